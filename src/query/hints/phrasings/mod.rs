//! Questions as people put them, and how they are asked here.

mod captures;
mod fit;
mod rows;

pub(super) use captures::Captures;
pub(super) use fit::readings;

/// A row of the tables.
#[derive(Debug)]
pub struct Phrasing {
    /// The question. Words in any case; `a|b` is one or the other, `?` behind a word says that it
    /// may be missing. Capitals stand for what differs: `A` and `B` names or kinds, several with
    /// commas or `and`; `K` a kind, `L` a relation, `V` a verb, `F` a field, `N` a number, `T` any
    /// words, `Q` and `R` queries. Words in front of a `K` that only ask (`show me all`) are passed over.
    pub said: &'static str,
    /// How it is asked, best first; the first that is a query of this graph, or a command, is
    /// suggested.
    pub meant: &'static [&'static str],
    /// A question of this kind, which a test asks.
    pub example: &'static str,
}

const fn row(
    said: &'static str,
    meant: &'static [&'static str],
    example: &'static str,
) -> Phrasing {
    Phrasing { said, meant, example }
}

/// Those in the words of a language; the first that fits counts.
pub(super) fn of_language() -> impl Iterator<Item = &'static Phrasing> {
    rows::OF_LANGUAGE.iter()
}

/// All others, which come after free questions.
pub(super) fn others() -> impl Iterator<Item = &'static Phrasing> {
    rows::OTHERS.iter()
}

/// All of them.
pub fn phrasings() -> impl Iterator<Item = &'static Phrasing> {
    of_language().chain(others())
}
