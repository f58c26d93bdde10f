//! Questions as people put them, and how they are asked here.

mod language;
mod rows;

/// A row of the tables.
#[derive(Debug)]
pub struct Phrasing {
    /// The question. Words in any case; `a|b` is one or the other, `?` behind a word says that it
    /// may be missing. Capitals stand for what differs: `A` and `B` names or kinds, several with
    /// commas or `and`; `K` a kind, `L` a relation, `V` a verb, `F` a field, `N` a number, `M` a number of months,
    /// asked as weeks, `T` any words, `Q` and
    /// `R` queries.
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
    language::ROWS.iter()
}

/// All others, which come after free questions.
pub(super) fn others() -> impl Iterator<Item = &'static Phrasing> {
    rows::ROWS.iter()
}

/// All of them.
pub fn phrasings() -> impl Iterator<Item = &'static Phrasing> {
    of_language().chain(others())
}
