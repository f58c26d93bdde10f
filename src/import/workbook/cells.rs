//! The cells of one sheet of a workbook as a text with a place for each.

use super::archive::{bad, check};
use super::sheet_of;
use crate::diagnostic::{Diagnostic, Text, first_few, nearest};
use crate::import::csv::{Grid, GridSheet, Misplaced};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};
use std::io::Cursor;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// How many sheets a message names.
const NAMED: usize = 20;

/// The sheet that the name of a file asks for, or the first one that has rows.
pub(super) fn sheet(name: &str, bytes: Vec<u8>) -> Result<GridSheet, Diagnostic> {
    check(&bytes)?;
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let (file, wanted) = sheet_of(name);
    let called = |sheet: &str| format!("{file}#{sheet}");
    let Some(wanted) = wanted else {
        for sheet in &sheets {
            let found = read(&mut book, sheet, called(sheet))?;
            if !found.text.content.is_empty() {
                return Ok(found);
            }
        }
        return Err(bad("no sheet of this workbook has a row"));
    };
    let exact = sheets.iter().find(|sheet| *sheet == wanted);
    let folded = || sheets.iter().find(|sheet| sheet.to_lowercase() == wanted.to_lowercase());
    match exact.or_else(folded) {
        Some(sheet) => read(&mut book, sheet, called(sheet)),
        None => Err(no_sheet(file, wanted, &sheets)),
    }
}

fn no_sheet(file: &str, wanted: &str, sheets: &[String]) -> Diagnostic {
    let near = nearest(wanted, sheets.iter().map(String::as_str));
    let near: Option<String> = near.first().map(|sheet| format!("{file}#{sheet}"));
    let names = first_few(sheets.iter().map(|sheet| format!("`{sheet}`")).collect(), NAMED);
    let problem = bad(format!("this workbook has no sheet `{wanted}`")).suggest(near, "");
    problem.help(format!("its sheets are {}", names.join(", ")))
}

fn broken(error: &calamine::XlsxError) -> Diagnostic {
    bad(format!("this workbook cannot be read: {error}"))
        .help("open it and save it again, or save the sheet as `CSV UTF-8`")
}

fn read(book: &mut Book, sheet: &str, name: String) -> Result<GridSheet, Diagnostic> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| broken(&error))?;
    let (mut grid, mut text) = (Grid::default(), String::new());
    let (mut failed, mut empty) = (Vec::new(), Vec::new());
    while let Some(cell) =
        cells.next_cell_with_formula_metadata().map_err(|error| broken(&error))?
    {
        let place = [cell.pos.0 as usize, cell.pos.1 as usize];
        let value = match cell.value {
            DataRef::Empty => {
                // Programs that make workbooks may leave it to Excel to work their formulas out.
                if cell.formula.is_some() {
                    empty.push(place);
                }
                continue;
            }
            DataRef::Error(error) => {
                failed.push((place, error.to_string()));
                continue;
            }
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
            DataRef::SharedString(text) => text.to_owned(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => number.to_string(),
            DataRef::Bool(truth) => truth.to_string(),
            DataRef::DateTime(date) => dated(&date),
        };
        grid.add(&mut text, place, &value).map_err(|why| match why {
            Misplaced::TooMany => {
                let message = format!("the sheet `{sheet}` has more cells than are read");
                Diagnostic::new("too-large", message).help("save it as `CSV UTF-8`")
            }
            Misplaced::OutOfOrder => bad(format!("the cells of `{sheet}` are out of order")),
        })?;
    }
    let notes = told("holds a formula whose value the file does not have", &empty, |place| {
        cell_name(*place)
    });
    let failed = told("is empty, since its formula failed", &failed, |(place, error)| {
        format!("{} ({error})", cell_name(*place))
    });
    Ok(GridSheet {
        text: Text::new(name, text),
        grid,
        notes: notes.into_iter().chain(failed).collect(),
    })
}

/// What is to be told of some cells: the first of them, and how many there are.
fn told<C>(what: &str, cells: &[C], name: impl Fn(&C) -> String) -> Option<String> {
    let first = name(cells.first()?);
    Some(match cells.len() - 1 {
        0 => format!("the cell {first} {what}"),
        more => format!("the cell {first} {what}; {more} more"),
    })
}

/// A cell as Excel calls it: `B7`.
fn cell_name([row, column]: [usize; 2]) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), row + 1)
}

/// A date or a time as ISO 8601 writes it.
fn dated(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return (date.as_f64() * 24.0).to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match date.as_f64() {
        value if (0.0..1.0).contains(&value) => time,
        value if value.fract() == 0.0 => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{cell_name, dated};
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    #[test]
    fn cells_are_called_as_excel_calls_them() {
        let names = [[0, 0], [6, 25], [0, 26], [1_048_575, 16_383]].map(cell_name);
        assert_eq!(names, ["A1", "Z7", "AA1", "XFD1048576"]);
    }

    #[test]
    fn dates_are_written_as_iso_writes_them() {
        let date = |value| dated(&ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false));
        assert_eq!(date(45943.0), "2025-10-13");
        assert_eq!(date(45943.5), "2025-10-13T12:00:00");
        assert_eq!(date(0.25), "06:00:00");
        let hours = ExcelDateTime::new(1.25, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(dated(&hours), "30", "a stretch of time is told in hours");
    }
}
