//! What names mean before the graph is built: ids as they are, then ids, names and other names
//! without letter case and with blanks as one, the first of these that has any.

use crate::graph::folding::{caseless, composed};
use std::collections::HashMap;

/// The form in which names in files are compared.
pub(crate) fn spelling(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    caseless(&words.join(" "))
}

/// Which names are tried first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LookupLevel {
    Id,
    FoldedId,
    Name,
    Alias,
}

const LEVELS: [LookupLevel; 4] =
    [LookupLevel::Id, LookupLevel::FoldedId, LookupLevel::Name, LookupLevel::Alias];

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meant {
    /// The node of this id.
    One(String),
    /// Any of these, or more.
    Several([String; 2]),
}

/// Names of nodes.
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    levels: [HashMap<String, Meant>; LEVELS.len()],
    /// How many commas a name has at most.
    pub(crate) commas: usize,
}

impl NameTable {
    /// Adds what a node is called.
    pub(crate) fn add(&mut self, id: &str, name: Option<&str>, aliases: &[String]) {
        self.add_at(LookupLevel::Id, composed(id).into_owned(), id);
        self.add_at(LookupLevel::FoldedId, spelling(id), id);
        name.into_iter().for_each(|name| self.add_at(LookupLevel::Name, spelling(name), id));
        aliases.iter().for_each(|alias| self.add_at(LookupLevel::Alias, spelling(alias), id));
    }

    fn add_at(&mut self, level: LookupLevel, name: String, id: &str) {
        if name.is_empty() {
            return;
        }
        self.commas = self.commas.max(name.matches(',').count());
        let known = self.levels[level as usize].entry(name);
        let known = known.or_insert_with(|| Meant::One(id.to_owned()));
        if let Meant::One(first) = known
            && first != id
        {
            *known = Meant::Several([std::mem::take(first), id.to_owned()]);
        }
    }

    /// What a name means, if anything.
    pub(crate) fn find(&self, name: &str) -> Option<&Meant> {
        let exact = self.levels[LookupLevel::Id as usize].get(&*composed(name.trim()));
        let folded = spelling(name);
        let mut levels = LEVELS[1..].iter();
        exact.or_else(|| levels.find_map(|at| self.levels[*at as usize].get(&folded)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Meant, NameTable};

    #[test]
    fn ids_come_before_names_and_names_before_others() {
        let mut names = NameTable::default();
        names.add("a", Some("Docker"), &["b".to_owned()]);
        names.add("b", Some("docker"), &[]);
        names.add("A", None, &[]);
        let one = |id: &str| Some(Meant::One(id.to_owned()));
        let several = |ids: [&str; 2]| Some(Meant::Several(ids.map(str::to_owned)));
        assert_eq!(names.find("A").cloned(), one("A"), "exactly");
        assert_eq!(names.find(" b ").cloned(), one("b"), "an id before another's alias");
        assert_eq!(names.find("DOCKER").cloned(), several(["a", "b"]));
        assert_eq!(names.find("c").cloned(), None);
        names.add("u", Some("U\u{308}ber  Gang"), &[]);
        assert_eq!(names.find("\u{fc}ber gang").cloned(), one("u"));
    }
}
