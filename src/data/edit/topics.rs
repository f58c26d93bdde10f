//! Sheets of topics: a row is found by its name, and what it needs is a name in its cell.

use super::Patch;
use super::sheet::{EditedRow, EditedSheet};
use crate::data::roles::{NAME, NEEDS, PREREQUISITES, TITLES, is_header};
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::{fold, spelling};
use std::collections::HashSet;
use std::ops::Range;

/// How many rows are looked at for names that repeat, as readers do.
const LOOKED_AT: usize = 20;
/// Cells that say there is nothing.
const NOTHING: [&str; 4] = ["", "-", "none", "n/a"];

/// The columns of a sheet of topics.
pub(super) struct TopicSheet {
    /// What names a row.
    pub(super) title: usize,
    /// What it needs.
    needs: Vec<usize>,
    /// Are rows named by ids, which differ in letter case?
    by_id: bool,
}

impl TopicSheet {
    /// Those of a sheet of nodes, whose rows ids name if there is a column of them.
    pub(super) fn of(sheet: &EditedSheet<'_>, id: Option<usize>) -> Option<Self> {
        let needs = sheet.meaning("prerequisites", |header| is_header(PREREQUISITES, header));
        let rank = |header: &str| TITLES.split(' ').position(|word| word == fold(header));
        let titles = sheet.meaning("name", |header| rank(header).is_some());
        let ranked = |at: &usize| (sheet.repeated(*at), rank(&sheet.header[*at]));
        let title = id.or(titles.into_iter().min_by_key(ranked))?;
        Some(Self { title, needs, by_id: id.is_some() })
    }

    /// The rows of a topic.
    pub(super) fn rows<'s>(&self, sheet: &'s EditedSheet<'_>, name: &str) -> Vec<&'s EditedRow> {
        let wanted = spelling(name);
        let is = |row: &&EditedRow| {
            let cell = sheet.cell(row, self.title);
            cell == name || !self.by_id && spelling(&cell) == wanted
        };
        sheet.rows.iter().filter(is).collect()
    }

    /// What cells may call a node: its id, and its name where that has a column.
    fn names(&self, sheet: &EditedSheet<'_>, id: &str) -> Vec<String> {
        let column = sheet.column(&NAME).filter(|_| self.by_id);
        let rows = self.rows(sheet, id);
        let names =
            column.into_iter().flat_map(|at| rows.iter().map(move |row| sheet.cell(row, at)));
        std::iter::once(id.to_owned()).chain(names).collect()
    }

    /// Writes that a topic needs another; nothing if it stands in no row.
    pub(super) fn link(
        &self,
        sheet: &EditedSheet<'_>,
        [from, relation, to]: &[String; 3],
    ) -> Result<Vec<Patch>, Diagnostic> {
        if relation != NEEDS || self.needs.is_empty() {
            return Ok(Vec::new());
        }
        let Some(row) = self.rows(sheet, from).into_iter().next() else { return Ok(Vec::new()) };
        if to.contains([';', '\n']) {
            let message = format!("a sheet cannot name `{}` beside others", shortened(to));
            let problem = Diagnostic::new("not-editable", message);
            return Err(problem.help("`;` and line ends separate names in a cell"));
        }
        let is_free = |column: &usize| {
            let cell = sheet.cell(row, *column).trim().to_lowercase();
            NOTHING.contains(&cell.as_str())
        };
        // An empty cell if there is one, or else behind what the last column says.
        let free = self.needs.iter().copied().find(is_free);
        let column = free.or(self.needs.last().copied()).unwrap_or_default();
        let text = match free {
            Some(_) => to.clone(),
            None => format!("{}{}{to}", sheet.cell(row, column), self.separator(sheet)),
        };
        Ok(sheet.set(row, column, &text).into_iter().collect())
    }

    /// What stands between names in the cells of this sheet.
    fn separator(&self, sheet: &EditedSheet<'_>) -> &'static str {
        let cells = sheet.rows.iter().flat_map(|row| self.needs.iter().map(move |at| (row, *at)));
        let all: String = cells.map(|(row, at)| sheet.cell(row, at) + " ").collect();
        if all.contains(';') || !all.contains('\n') { "; " } else { "\n" }
    }

    /// Takes a node out of what these rows need.
    pub(super) fn unlink(
        &self,
        sheet: &EditedSheet<'_>,
        rows: &[&EditedRow],
        id: &str,
    ) -> Vec<Patch> {
        let names = self.names(sheet, id);
        let cells = rows.iter().flat_map(|row| self.needs.iter().map(move |at| (*row, *at)));
        let patches = cells.filter_map(|(row, at)| {
            let cell = sheet.cell(row, at);
            let text = names.iter().find_map(|name| without(&cell, name))?;
            sheet.set(row, at, &text)
        });
        patches.collect()
    }
}

/// A cell of names without one of them; `None` if that is not there.
fn without(cell: &str, name: &str) -> Option<String> {
    let wanted = spelling(name);
    // The widest stretch that is the name: names hold commas, and `or`.
    for signs in [&[";", "\n"][..], &[";", "\n", " or "], &[";", "\n", " or ", ","]] {
        let pieces = pieces(cell, signs);
        let is = |piece: &&Range<usize>| spelling(&cell[(*piece).clone()]) == wanted;
        let Some(found) = pieces.iter().find(is) else { continue };
        let at = pieces.iter().position(|piece| piece == found)?;
        // With the sign before it, or behind it if it is the first.
        let gone = match (at, pieces.get(at + 1)) {
            (0, Some(next)) => found.start..next.start,
            (0, None) => found.clone(),
            _ => pieces[at - 1].end..found.end,
        };
        let rest = format!("{}{}", &cell[..gone.start], &cell[gone.end..]);
        return Some(rest.trim().to_owned());
    }
    None
}

/// The stretches between signs.
fn pieces(cell: &str, signs: &[&str]) -> Vec<Range<usize>> {
    let (mut pieces, mut start, mut at) = (Vec::new(), 0, 0);
    while at < cell.len() {
        match signs.iter().find(|sign| cell[at..].starts_with(**sign)) {
            Some(sign) => {
                pieces.push(start..at);
                at += sign.len();
                start = at;
            }
            None => at += cell[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.push(start..cell.len());
    pieces
}

impl EditedSheet<'_> {
    /// How many cells of a column repeat another, of those that are looked at.
    fn repeated(&self, column: usize) -> usize {
        let mut seen = HashSet::new();
        let cells = self.rows.iter().take(LOOKED_AT).map(|row| self.cell(row, column));
        cells.filter(|cell| !cell.is_empty() && !seen.insert(spelling(cell))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn a_name_is_taken_out_with_one_sign() {
        for (cell, name, wanted) in [
            ("A; B;C", "b", Some("A;C")),
            ("A; B;C", "A", Some("B;C")),
            ("A", "a", Some("")),
            ("Backup, Restore; B", "backup,  restore", Some("B")),
            ("Docker or Podman; YAML", "Podman", Some("Docker; YAML")),
            ("A, B, C", "B", Some("A, C")),
            ("A; B", "D", None),
        ] {
            assert_eq!(without(cell, name).as_deref(), wanted, "{cell} without {name}");
        }
    }
}
