//! Options: their rows, and where they begin behind a verb: a word is an option only where one can
//! stand.

use crate::query::bind::arguments::Binder;
use crate::query::syntax::{Item, Token};

/// An option of a verb or stage: a row of its table.
#[derive(Debug)]
pub struct OptionRow {
    /// The word or words that begin it.
    pub words: &'static str,
    /// What follows them; empty if nothing does.
    pub value: &'static str,
    /// What it does.
    pub summary: &'static str,
}

/// `depth N`
pub(crate) const DEPTH: OptionRow =
    OptionRow { words: "depth", value: "N", summary: "no farther than N steps" };
/// `over R, …`
pub(crate) const OVER: OptionRow =
    OptionRow { words: "over", value: "R, …", summary: "follow these relations only" };
/// `required only`
pub(crate) const REQUIRED_ONLY: OptionRow =
    OptionRow { words: "required only", value: "", summary: "leave out what is only recommended" };
/// `via N, …`
pub(crate) const VIA: OptionRow =
    OptionRow { words: "via", value: "N, …", summary: "pass these, in any order" };
/// `avoid N, …`
pub(crate) const AVOID: OptionRow =
    OptionRow { words: "avoid", value: "N, …", summary: "never pass these" };
/// `shortest`
pub(crate) const SHORTEST: OptionRow =
    OptionRow { words: "shortest", value: "", summary: "fewest steps, recommended way or not" };
/// `limit N`
pub(crate) const LIMIT: OptionRow =
    OptionRow { words: "limit", value: "N", summary: "list N at most" };

/// `knowing only N, …`
pub(crate) const KNOWING_ONLY: OptionRow =
    OptionRow { words: "knowing only", value: "N, …", summary: "take just these as known" };
/// `knowing N, …`
pub(crate) const KNOWING: OptionRow = OptionRow {
    words: "knowing",
    value: "N, …",
    summary: "take these as known, with all that one must know for them",
};

/// What other languages, and plain English, call options.
pub(crate) const OTHER_OPTIONS: [(&str, &str); 12] = [
    ("without", "avoid"),
    ("not", "avoid"),
    ("avoiding", "avoid"),
    ("through", "via"),
    ("max", "limit"),
    ("top", "limit"),
    ("within", "depth"),
    ("level", "depth"),
    ("having", "knowing"),
    ("with", "knowing"),
    ("minimise", "minimize"),
    ("using", "over"),
];

/// An option found: its place among the items, how many items its words are, the words.
pub(crate) type Start = (usize, usize, &'static str);

/// The options among `behind`, the items behind a verb, in the order they stand.
pub(crate) fn option_starts(
    binder: Binder<'_>,
    usage: &str,
    rows: &[OptionRow],
    behind: &[Item],
) -> Vec<Start> {
    let takes_operand = usage.split_once(' ').is_some_and(|(_, rest)| !rest.starts_with('['));
    let mut starts: Vec<Start> = Vec::new();
    let mut at = 0;
    while at < behind.len() {
        // Where a value has to come first, the word is that value.
        let value_due = match starts.last() {
            Some((start, length, words)) => {
                start + length == at
                    && rows.iter().any(|row| row.words == *words && !row.value.is_empty())
            }
            None => at == 0 && takes_operand,
        };
        if value_due || (at > 0 && joins(&behind[..at], usage)) {
            at += 1;
            continue;
        }
        if let Some(item) = binder.under_cursor(&behind[at..=at]) {
            let given = |row: &&OptionRow| starts.iter().all(|(.., words)| *words != row.words);
            binder.offer_options(item, rows.iter().filter(given));
            binder.offer_operators(item);
        }
        let found = rows.iter().map(|row| (row.words.split(' ').count(), row.words));
        let stands = |words: &str| {
            let mut words = words.split(' ').enumerate();
            words.all(|(next, word)| behind.get(at + next).is_some_and(|item| item.is_word(word)))
        };
        match found.into_iter().find(|(_, words)| stands(words)) {
            Some((length, words)) => {
                starts.push((at, length, words));
                at += length;
            }
            None => at += 1,
        }
    }
    starts
}

/// Do these items end with something that a name has to follow: a comma, an arrow, or `to`
/// where it is one?
fn joins(items: &[Item], usage: &str) -> bool {
    match items {
        [.., Item { token: Token::Comma | Token::Arrow, .. }] => true,
        [_, .., last] => usage.contains("->") && last.is_word("to"),
        _ => false,
    }
}
