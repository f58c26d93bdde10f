//! Kinds as labels and relations as types of relationships. They are the only names that stand in
//! the text of a statement, so no sign goes into one that could end it, or that an engine would not
//! take in a name.

use crate::graph::Schema;

/// How the labels of our own nodes begin; no kind's does.
const OWN: &str = "Atlas";

/// Labels and types by the numbers of kinds and relations.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) kinds: Vec<String>,
    pub(super) relations: Vec<String>,
}

impl Labels {
    pub(super) fn of(schema: &Schema) -> Self {
        let kinds: Vec<String> = schema.kinds.iter().map(|kind| label(&kind.name)).collect();
        // Some engines have one space of names for both.
        let relations = schema.relations.iter().map(|relation| {
            let own = label(&relation.name);
            if kinds.contains(&own) { own + "%" } else { own }
        });
        Self { relations: relations.collect(), kinds }
    }
}

/// A name in which what is no letter, digit, space, `-` or `_` is `%` and two digits a byte.
fn label(name: &str) -> String {
    let mut label = String::new();
    for (at, letter) in name.char_indices() {
        let plain = letter.is_alphanumeric() || [' ', '-', '_'].contains(&letter);
        if plain && !(at == 0 && name.starts_with(OWN)) {
            label.push(letter);
        } else {
            let mut bytes = [0; 4];
            let bytes = letter.encode_utf8(&mut bytes).bytes();
            label.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
    }
    if label.is_empty() { "%".to_owned() } else { label }
}

/// Labels as they stand in a statement.
pub(super) fn quoted<'l>(labels: impl Iterator<Item = &'l String>, between: &str) -> String {
    labels.map(|label| format!("`{label}`")).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn no_sign_of_a_name_ends_it() {
        assert_eq!(label("is-part of_it 名"), "is-part of_it 名");
        assert_eq!(label("a`b\\u0060~*"), "a%60b%5Cu0060%7E%2A");
        assert_eq!(label("AtlasGraph"), "%41tlasGraph");
        assert_eq!(label("é\u{301}"), "é%CC%81");
        assert_eq!(label(""), "%");
    }
}
