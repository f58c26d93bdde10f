//! The one note of a sheet of topics: what was taken for what.

use super::columns::{CellType, ColumnMeaning, SheetColumn, SheetColumns};
use crate::data::NEEDS;
use crate::data::roles::{AMOUNTS, KIND, NAME};
use crate::diagnostic::{Note, first_few, shortened};
use crate::import::intake::Intake;

/// How many columns are named where they are alike.
const NAMED: usize = 8;

/// What there is to tell.
pub(super) struct TopicReport<'s> {
    sheet: &'s SheetColumns,
    comma: bool,
    repeated: usize,
    choices: usize,
    /// Was `;`, a comma or a line end between names?
    signs: [bool; 3],
}

impl<'s> TopicReport<'s> {
    pub(super) fn new(sheet: &'s SheetColumns, comma: bool, repeated: usize) -> Self {
        Self { sheet, comma, repeated, choices: 0, signs: [false; 3] }
    }

    /// Counts what a cell names.
    pub(super) fn count(&mut self, items: &[Vec<(usize, &str)>], cell: &str) {
        self.choices += items.iter().filter(|options| options.len() > 1).count();
        if items.len() > 1 {
            for (seen, sign) in self.signs.iter_mut().zip([';', ',', '\n']) {
                *seen |= cell.contains(sign) && (sign != ',' || self.comma);
            }
        }
    }

    fn headers(&self, fits: impl Fn(&SheetColumn) -> bool) -> Vec<String> {
        let columns = self.sheet.columns.iter().filter(|column| fits(column));
        columns.map(|column| format!("`{}`", shortened(&column.header))).collect()
    }

    pub(super) fn note(&self, intake: &mut Intake<'_>) {
        let property = |column: &SheetColumn, name: &str| {
            column.meaning == ColumnMeaning::Property && column.name == name
        };
        let title = self.headers(|own| own.meaning == ColumnMeaning::Title);
        let id = self.headers(|own| own.meaning == ColumnMeaning::Id);
        let name = self.headers(|own| NAME.iter().any(|name| property(own, name)));
        let kind = self.headers(|own| KIND.iter().any(|kind| property(own, kind)));
        let mut parts = Vec::new();
        let mut part = |headers: &[String], what: &str| {
            if !headers.is_empty() {
                parts.push(format!("{} {what}", headers.join(", ")));
            }
        };
        part(&title, "is its name and id");
        part(&id, "is its id");
        part(&name, "is its name");
        part(&kind, "is its kind");
        part(&self.headers(|own| own.meaning == ColumnMeaning::Needs), &self.needs());
        for amount in AMOUNTS.split(' ') {
            part(&self.headers(|own| property(own, amount)), &format!("is its {amount}"));
        }
        let is_other = |own: &SheetColumn| {
            let roles = AMOUNTS.split(' ').chain(KIND).chain(NAME);
            own.meaning == ColumnMeaning::Property
                && !roles.into_iter().any(|role| role == own.name)
        };
        let others = self.headers(is_other);
        let what = if others.len() == 1 { "is a property" } else { "are properties" };
        part(&first_few(others, NAMED), what);
        if self.repeated > 0 {
            parts.push(format!("rows of a topic that stood before: {}", self.repeated));
        }
        let told = format!("each row is a topic: {}; `", parts.join("; "));
        let note = Note::naming(&told, "map", " HEADER=MEANING` reads them otherwise");
        intake.note(self.sheet.start..self.sheet.start, note);
    }

    /// What the cells of prerequisites are.
    fn needs(&self) -> String {
        let signs = self.signs.iter().zip(["`;`", "commas", "line ends"]);
        let signs: Vec<&str> = signs.filter(|(seen, _)| **seen).map(|(_, sign)| sign).collect();
        let mut told = format!("is what it needs first (relation `{NEEDS}`");
        if !signs.is_empty() {
            told += &format!(", several by {}", signs.join(" and "));
        }
        if self.choices > 0 {
            told += &format!(", {} with `or` between", self.choices);
        }
        told + ")"
    }
}

/// Is the column of an amount?
pub(super) fn is_amount(column: &SheetColumn) -> bool {
    column.meaning == ColumnMeaning::Property
        && column.cells == CellType::Guess
        && AMOUNTS.split(' ').any(|amount| amount == column.name)
}
