//! What two spellings of one name have in common: canonical composition, and letter case,
//! blanks and joiners folded. Plain ASCII, which most names are, takes a short way.

use std::borrow::Cow;
use unicase::UniCase;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` in canonical composition (NFC): `é` as one letter, whichever way it was typed.
#[must_use]
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// `text` without letter case, in canonical composition. Case goes by Unicode's full folding:
/// `Straße` is `STRASSE`, and `ς` is `σ`.
#[must_use]
pub fn caseless(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Unicode's canonical caseless match folds decomposed text: some letters fold apart from their
    // marks only then.
    let decomposed: String = text.nfd().collect();
    UniCase::unicode(decomposed).to_folded_case().nfc().collect()
}

/// `text` [without letter case](caseless), blanks, soft hyphens and `- _ . /`.
#[must_use]
pub fn fold(text: &str) -> String {
    let kept = |character: &char| {
        !matches!(character, '-' | '_' | '.' | '/' | '\u{ad}') && !character.is_whitespace()
    };
    if text.is_ascii() {
        return text.chars().filter(kept).map(|letter| letter.to_ascii_lowercase()).collect();
    }
    caseless(&text.chars().filter(kept).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{composed, fold};

    #[test]
    fn spellings_of_one_name_fold_alike() {
        let same = [
            ["Argo CD", "argo-cd"],
            ["Über-Gang", "u\u{308}bergang"],
            ["Straße", "STRASSE"],
            ["ΟΔΥΣΣΕΥΣ", "οδυσσευς"],
            ["ﬁle", "FILE"],
            ["soft\u{ad}hyphen", "softhyphen"],
            ["no\u{a0}break", "nobreak"],
            ["한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"],
            ["Å", "\u{212b}"],
            ["ᾳ\u{313}", "α\u{313}\u{345}"],
        ];
        for [one, other] in same {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
            assert_eq!(fold(&fold(one)), fold(one), "{one}");
        }
        for [one, other] in [["e", "é"], ["می\u{200c}خواهم", "میخواهم"], ["ﾊ", "ハ"]]
        {
            assert_ne!(fold(one), fold(other), "{one} and {other}");
        }
        assert_eq!(composed("e\u{301}"), "é");
    }
}
