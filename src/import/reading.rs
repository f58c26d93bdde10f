//! What is said of files beside what stands in them.

use crate::data::COLUMN_MEANINGS;
use crate::diagnostic::{Diagnostic, nearest, one_of};
use crate::graph::{Builder, fold};
use std::collections::HashMap;
use std::str::FromStr;

/// What headers of sheets mean: `topic=name,needs=prerequisites`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMeanings(Vec<(String, &'static str)>);

impl FromStr for ColumnMeanings {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted =
            || format!("HEADER=MEANING, separated by commas, where MEANING is {}", known());
        let mut columns = Vec::new();
        // A header may hold commas: what has no sign belongs to what follows.
        let mut header = String::new();
        for part in text.split(',') {
            let Some((name, meaning)) = part.rsplit_once('=') else {
                header = header + part + ",";
                continue;
            };
            let name = std::mem::take(&mut header) + name;
            let meaning = fold(meaning);
            let known = COLUMN_MEANINGS.iter().find(|known| **known == meaning);
            match known {
                Some(known) if !fold(&name).is_empty() => columns.push((name, *known)),
                _ => return Err(wanted()),
            }
        }
        if header.is_empty() { Ok(Self(columns)) } else { Err(wanted()) }
    }
}

fn known() -> String {
    one_of(COLUMN_MEANINGS)
}

/// A header of columns that stands in a file of its own.
#[derive(Debug, Clone)]
pub(super) struct HeaderFile {
    pub(super) name: String,
    pub(super) text: String,
}

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    columns: Vec<ColumnMeanings>,
    pub(super) create_missing: bool,
    /// The headers seen, as far as somebody asks for one.
    seen: Vec<String>,
    /// The headers found of those that have a meaning.
    found: Vec<String>,
    /// A header that stands in a file of its own.
    pub(super) header: Option<HeaderFile>,
    /// Ids that several columns say, by how one column says them, without anything between the
    /// parts; nothing where two are said alike.
    pub(super) composite: HashMap<String, Option<String>>,
}

impl Reading {
    /// With what headers mean, the last meaning of each, and whether names that nothing defines
    /// become nodes.
    #[must_use]
    pub fn new(columns: Vec<ColumnMeanings>, create_missing: bool) -> Self {
        Self { columns, create_missing, ..Self::default() }
    }

    /// What a header is said to mean.
    pub(crate) fn said(&self, header: &str) -> Option<&'static str> {
        if self.columns.is_empty() {
            return None;
        }
        let folded = fold(header);
        let mut all = self.columns.iter().flat_map(|columns| &columns.0).rev();
        all.find(|(name, _)| fold(name) == folded).map(|(_, meaning)| *meaning)
    }

    /// The same, and that it was seen.
    pub(super) fn meaning(&mut self, header: &str) -> Option<&'static str> {
        match self.said(header) {
            Some(meaning) => {
                self.found.push(fold(header));
                Some(meaning)
            }
            None => {
                if !self.columns.is_empty() && self.seen.len() < 1_000 {
                    self.seen.push(header.to_owned());
                }
                None
            }
        }
    }

    /// Ends the reading: names that nothing defines become nodes, if that is said, and headers that
    /// have a meaning and stand in no sheet are problems.
    pub fn end(&self, builder: &mut Builder) {
        if self.create_missing {
            builder.create_missing();
        }
        self.unmatched().into_iter().for_each(|problem| builder.problem(problem));
    }

    /// Headers that have a meaning and stand in no sheet that was read.
    fn unmatched(&self) -> Vec<Diagnostic> {
        let all = self.columns.iter().flat_map(|columns| &columns.0);
        let missing = all.filter(|(name, _)| !self.found.contains(&fold(name)));
        missing
            .map(|(name, meaning)| {
                let message =
                    format!("no sheet has a column `{name}`, which is said to mean `{meaning}`");
                let near = nearest(name, self.seen.iter().map(String::as_str));
                Diagnostic::new("bad-flag", message).suggest(near.first(), "")
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnMeanings, Reading};

    #[test]
    fn a_header_may_hold_the_signs_that_separate() {
        let read = |text: &str| text.parse::<ColumnMeanings>().map(|columns| columns.0);
        let wanted = vec![("a=b".to_owned(), "name"), ("Hours, est.".to_owned(), "hours")];
        assert_eq!(read("a=b=name,Hours, est.=Hours"), Ok(wanted));
        for wrong in ["", "a", "a=", "=name", "a=name,b", "a=nam"] {
            assert!(read(wrong).is_err_and(|told| told.contains("`prerequisites`")), "{wrong}");
        }
    }

    #[test]
    fn a_header_that_no_sheet_has_is_told_with_the_nearest() {
        let columns = vec!["topik=name,needs=prerequisites".parse().expect("columns")];
        let mut reading = Reading::new(columns, false);
        assert_eq!(reading.meaning("Topic"), None);
        assert_eq!(reading.meaning(" NEEDS"), Some("prerequisites"));
        let problems = reading.unmatched();
        assert_eq!((problems.len(), &*problems[0].help[0]), (1, "did you mean `Topic`?"));
    }
}
