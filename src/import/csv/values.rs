//! What the values of a sheet say of its columns: of what type their cells are, and what looks like
//! something that it is not read as.

use super::columns::{CellType, ColumnMeaning, SheetColumns};
use super::rows::SheetRows;
use super::told::is_amount;
use crate::data::roles::{ALIASES, KIND, NAME, SOURCES};
use crate::diagnostic::{Note, nearest, shortened};
use crate::import::intake::{Intake, number};
use serde_json::Value;
use std::collections::HashSet;
use std::ops::Range;

/// Words of Gephi's column `Type`.
const DIRECTIONS: [&str; 3] = ["directed", "undirected", "mutual"];

/// What was seen of a column's values.
#[derive(Default)]
struct Seen {
    count: usize,
    truths: usize,
    numbers: usize,
    /// Numbers with a comma for a point: `2,5`.
    commas: usize,
    /// The first of them.
    comma: Option<(Range<usize>, String)>,
    /// What may be that or a thousand and more: `1,234`.
    doubtful: usize,
    /// The first value that is none of these, or doubtful.
    odd: Option<(Range<usize>, String)>,
    /// The first value that is no amount, in a column of amounts.
    no_amount: Option<(Range<usize>, String)>,
}

/// What a comma in a number is.
#[derive(PartialEq, Eq)]
enum Comma {
    None,
    Decimal,
    Doubtful,
}

/// The number with a point, if its only sign beside the minus is a comma between digits.
pub(super) fn with_point(text: &str) -> Option<String> {
    let (whole, part) = text.split_once(',')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(part);
    fits.then(|| format!("{whole}.{part}")).filter(|text| number(text).is_some())
}

/// The number that an amount is, with the unit that the column names: `2,5`, `4 h`.
pub(super) fn amount(text: &str, column: &str) -> Option<Value> {
    let end = text.trim_end_matches(char::is_alphabetic);
    let unit = text[end.len()..].to_lowercase();
    let fits = column.starts_with(&unit) || unit == "hr" || unit == "hrs" || unit == "std";
    let plain = end.trim_end();
    let read = || match comma(plain) {
        Comma::Decimal => number(&with_point(plain)?),
        Comma::None => number(plain),
        Comma::Doubtful => None,
    };
    fits.then(read).flatten()
}

fn comma(text: &str) -> Comma {
    let Some(pointed) = with_point(text) else { return Comma::None };
    let (whole, part) = pointed.split_once('.').unwrap_or_default();
    let whole = whole.trim_start_matches('-');
    // `1,234` may be either; `0,234`, `12,34` and `1234,567` have a decimal comma.
    let may_part_thousands = part.len() == 3 && whole.len() < 4 && whole != "0";
    if may_part_thousands { Comma::Doubtful } else { Comma::Decimal }
}

impl Seen {
    fn note(&mut self, text: &str, span: impl FnOnce() -> Range<usize>) {
        self.count += 1;
        if number(text).is_some() {
            self.numbers += 1;
            return;
        }
        if text == "true" || text == "false" {
            self.truths += 1;
        }
        match comma(text) {
            Comma::Decimal => {
                self.commas += 1;
                self.comma.get_or_insert_with(|| (span(), text.to_owned()));
            }
            comma => {
                self.doubtful += usize::from(comma == Comma::Doubtful);
                self.odd.get_or_insert_with(|| (span(), text.to_owned()));
            }
        }
    }

    /// What all values are. A comma that may part thousands is a decimal one where the sheet or
    /// other values of the column say so.
    fn cells(&self, delimiter: u8) -> CellType {
        let decimal = self.commas > 0 || delimiter == b';';
        let doubtful = if decimal { self.doubtful } else { 0 };
        match self.count {
            0 => CellType::Text,
            all if self.numbers == all => CellType::Number,
            all if self.truths == all => CellType::Truth,
            all if self.numbers + self.commas + doubtful == all => CellType::Comma,
            _ => CellType::Text,
        }
    }

    /// Are these numbers but for a few?
    fn are_numbers_but_for_a_few(&self) -> bool {
        let numbers = self.numbers + self.commas + self.doubtful;
        numbers > 0 && (numbers == self.count || numbers > 2 * (self.count - numbers))
    }
}

/// Columns without a declared type hold numbers, or true and false, if every value is one; those
/// of which only a few are none are told. Those declared as numbers may have decimal commas, if all
/// their values agree, which is told too.
pub(super) fn guess_types(rows: SheetRows<'_>, sheet: &mut SheetColumns, intake: &mut Intake<'_>) {
    // Only quotes put a comma into a cell between commas.
    let cells = rows.cells;
    let sign = if cells.delimiter == b',' { '"' } else { ',' };
    let may_have_commas = cells.content.contains(sign);
    let open = sheet.columns.iter().map(|column| match column.cells {
        CellType::Guess => true,
        CellType::Number => may_have_commas && !column.list,
        _ => false,
    });
    let open: Vec<bool> = open.collect();
    if !open.contains(&true) && !sheet.has_directions {
        return;
    }
    let (delimiter, seen) = (cells.delimiter, survey(rows, sheet, &open));
    sheet.has_directions = sheet.has_directions && says_directions(cells.rows(), sheet);
    for ((column, seen), _) in
        sheet.columns.iter_mut().zip(seen).zip(open).filter(|(_, open)| *open)
    {
        let cells = seen.cells(delimiter);
        if is_amount(column) && cells == CellType::Text {
            column.cells = if seen.count > 0 { CellType::Amount } else { cells };
            tell(intake, seen.no_amount, |text, why| {
                format!("`{text}` of the column `{}` {why}, and stays text", column.name)
            });
        } else if column.cells == CellType::Guess {
            column.cells = cells;
            if cells == CellType::Text && seen.are_numbers_but_for_a_few() {
                let name = shortened(&column.name);
                tell(intake, seen.odd, |text, why| {
                    format!("the column `{name}` is text and not numbers, since `{text}` {why}")
                });
            }
        } else if cells == CellType::Comma {
            column.cells = cells;
            if let Some((span, text)) = seen.comma {
                let (name, pointed) = (shortened(&column.name), text.replace(',', "."));
                let note = format!("the column `{name}` has decimal commas: `{text}` is {pointed}");
                intake.note(span, note);
            }
        }
    }
}

/// What stands in the columns of which the type is open.
fn survey(mut rows: SheetRows<'_>, sheet: &SheetColumns, open: &[bool]) -> Vec<Seen> {
    let amounts: Vec<bool> = sheet.columns.iter().map(is_amount).collect();
    let mut seen: Vec<Seen> = open.iter().map(|_| Seen::default()).collect();
    rows.skip_header();
    while let Some(Ok(row)) = rows.next() {
        for (at, text) in row.record.iter().map(str::trim).enumerate().take(open.len()) {
            if !open[at] || text.is_empty() {
                continue;
            }
            let (seen, name) = (&mut seen[at], &sheet.columns[at].name);
            seen.note(text, || row.span(at));
            if amounts[at] && seen.no_amount.is_none() && amount(text, name).is_none() {
                seen.no_amount = Some((row.span(at), text.to_owned()));
            }
        }
    }
    seen
}

/// Does a column `type` say which way edges go?
fn says_directions(mut rows: SheetRows<'_>, sheet: &SheetColumns) -> bool {
    let column = sheet.columns.iter().position(|column| column.name == "type");
    let Some(at) = column.filter(|_| !sheet.is_of_gephi) else { return sheet.is_of_gephi };
    rows.skip_header();
    while let Some(Ok(row)) = rows.next() {
        if row.record.get(at).is_some_and(|text| is_direction(text.trim(), sheet)) {
            return true;
        }
    }
    false
}

/// Tells of a value that is no number, and why.
fn tell(
    intake: &mut Intake<'_>,
    odd: Option<(Range<usize>, String)>,
    told: impl FnOnce(&str, &str) -> String,
) {
    let Some((span, text)) = odd else { return };
    let why = match comma(&text) {
        Comma::Doubtful => "may be a thousand or a decimal comma",
        _ => "is no number",
    };
    intake.note(span, told(&shortened(&text), why));
}

/// Does the word say which way an edge goes, or mean to?
fn is_direction(text: &str, sheet: &SheetColumns) -> bool {
    let known = DIRECTIONS.iter().any(|word| word.eq_ignore_ascii_case(text));
    known || sheet.ends_of_gephi && !nearest(text, DIRECTIONS).is_empty()
}

/// How many rows are looked at for names of others.
const LOOKED_AT: usize = 1_000;

/// Tells of columns that name other nodes of the sheet and make no edges.
pub(super) fn tell_references(
    mut rows: SheetRows<'_>,
    sheet: &SheetColumns,
    intake: &mut Intake<'_>,
) {
    let place = |meaning| sheet.columns.iter().position(|column| column.meaning == meaning);
    let Some(id) = place(ColumnMeaning::Id).or(place(ColumnMeaning::Title)) else { return };
    let roles = || KIND.into_iter().chain(NAME).chain([ALIASES, SOURCES]);
    let texts = (0..sheet.columns.len()).filter(|at| {
        let column = &sheet.columns[*at];
        let text = column.meaning == ColumnMeaning::Property && column.cells == CellType::Text;
        text && !roles().any(|role| role == column.name)
    });
    let texts: Vec<usize> = texts.collect();
    if texts.is_empty() {
        return;
    }
    let name = sheet.columns.iter().position(|column| column.name == NAME[0]);
    let header =
        rows.next().and_then(Result::ok).map(|row| (0..row.record.len()).map(|at| row.span(at)));
    let spans: Vec<Range<usize>> = header.into_iter().flatten().collect();
    let own: Vec<usize> = [Some(id), name].into_iter().flatten().collect();
    let (mut known, mut looked_at) = (HashSet::new(), Vec::new());
    while looked_at.len() < LOOKED_AT {
        let Some(Ok(row)) = rows.next() else { break };
        let cells = |columns: &[usize]| -> Vec<String> {
            let cell = |at: &usize| row.record.get(*at).map(str::trim).unwrap_or_default();
            columns.iter().map(|at| cell(at).to_owned()).collect()
        };
        known.extend(cells(&own));
        looked_at.push((cells(&own), cells(&texts)));
    }
    known.remove("");
    for (at, column) in texts.iter().enumerate() {
        let header = &sheet.columns[*column].name;
        let cells = looked_at.iter().map(|(own, texts)| (own.as_slice(), texts[at].as_str()));
        if name_others(cells.filter(|(_, cell)| !cell.is_empty()), &known, header) {
            let name = shortened(header);
            let told = format!("the column `{name}` names other nodes, but makes no edges: `");
            let effect = format!(" {name}=prerequisites` says that it names what a node needs");
            intake.note(spans[*column].clone(), Note::naming(&told, "map", &effect));
        }
    }
}

/// Words of headers above what others are needed.
const NEEDS: [&str; 6] = ["prereq", "require", "depend", "need", "after", "parent"];

/// Do most cells name what is known but their own node, or some where the header says so?
fn name_others<'c>(
    cells: impl Iterator<Item = (&'c [String], &'c str)>,
    known: &HashSet<String>,
    header: &str,
) -> bool {
    let header = header.to_lowercase();
    let says_so = NEEDS.iter().any(|word| header.starts_with(word));
    let (mut count, mut hits) = (0, 0);
    for (own, cell) in cells {
        count += 1;
        let mut items = cell.split([';', ',', '|', '\n']).map(str::trim);
        let names = |item: &str| known.contains(item) && !own.iter().any(|own| own == item);
        hits += usize::from(items.any(names));
    }
    hits > 0 && (says_so || hits > 1 && 2 * hits > count)
}
