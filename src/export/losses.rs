//! What a format cannot hold, counted and told.

use crate::diagnostic::{shortened, visible};

/// A way to lose something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    Schema,
    Sources,
    Places,
    Statements,
    Nested,
    Empty,
    Mixed,
    Untyped,
    Word,
    Reserved,
    Text,
}

impl Loss {
    fn words(self, count: usize) -> String {
        let of = |one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        match self {
            Self::Schema => "the schema is left out".to_owned(),
            Self::Sources => {
                of("source is left to its id alone", "sources are left to their ids alone")
            }
            Self::Places => of(
                "citation is left without its line, section or address",
                "citations are left without their lines, sections or addresses",
            ),
            Self::Statements => of(
                "property is left without who says so",
                "properties are left without who says so",
            ),
            Self::Nested => of("list or object is now text", "lists or objects are now texts"),
            Self::Empty => of(
                "property that is null or empty is left out",
                "properties that are null or empty are left out",
            ),
            Self::Mixed => of(
                "value is now text, as others of its column are",
                "values are now texts, as others of their columns are",
            ),
            Self::Untyped => of(
                "truth value or number with an exponent is now text",
                "truth values or numbers with exponents are now texts",
            ),
            Self::Word => of(
                "kind, relation, name, alias or source with `;` or outer blanks is changed or left out",
                "kinds, relations, names, aliases or sources with `;` or outer blanks are changed or left out",
            ),
            Self::Reserved => of(
                "property whose name means something else there is left out",
                "properties whose names mean something else there are left out",
            ),
            Self::Text => of(
                "text with characters that it lacks is left out",
                "texts with characters that it lacks are left out",
            ),
        }
    }
}

/// What was lost so far.
#[derive(Debug, Default)]
pub(super) struct Losses(Vec<(Loss, usize, String)>);

impl Losses {
    /// Counts a loss; the first of its kind is told.
    pub(super) fn count(&mut self, loss: Loss, example: &str) {
        match self.0.iter_mut().find(|(known, ..)| *known == loss) {
            Some((_, count, _)) => *count += 1,
            None => self.0.push((loss, 1, example.to_owned())),
        }
    }

    /// In words, one for each kind.
    pub(super) fn told(mut self) -> Vec<String> {
        self.0.sort();
        let told = self.0.into_iter().map(|(loss, count, example)| {
            let example = shortened(&visible(&example)).replace('`', "'");
            let words = loss.words(count);
            if example.is_empty() { words } else { format!("{words} (first: `{example}`)") }
        });
        told.collect()
    }
}
