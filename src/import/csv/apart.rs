//! Headers of Neo4j's bulk import that stand in files of their own: `movies-header.csv`, and then
//! one or more files of rows.

use super::columns::{SheetColumn, SheetColumns};
use super::header::{is_header, read_header};
use super::rows::Cells;
use crate::import::intake::Intake;
use crate::import::reading::{HeaderFile, Reading};

/// What an earlier file says of the columns of this one, which begins with a row.
pub(super) fn header_of<'t>(
    intake: &mut Intake<'_>,
    cells: Cells<'t>,
    reading: &mut Reading,
) -> Option<(SheetColumns, Cells<'t>)> {
    let header = reading.header.take()?;
    let named = Cells::of_text(&header.text, 0);
    let cells = cells.without_header(named.delimiter);
    let mut rows = cells.rows();
    let Some(Ok(first)) = rows.next() else { return None };
    if is_header(first) {
        return None;
    }
    // It was read before: there is nothing to tell of it.
    let sheet = read_header(intake, named, reading).filter(|sheet| sheet.fits(first))?;
    intake.note(first.span(0), format!("the columns are those that {} names", header.name));
    reading.header = Some(header);
    Some((sheet, cells))
}

/// Keeps a header of Neo4j's that has no rows.
pub(super) fn keep(
    intake: &Intake<'_>,
    sheet: &SheetColumns,
    cells: Cells<'_>,
    reading: &mut Reading,
) {
    if cells.is_headless || !sheet.columns.iter().any(SheetColumn::is_of_neo4j) {
        return;
    }
    let mut rows = cells.rows();
    rows.skip_header();
    if rows.next().is_none() {
        let text = intake.content().0.to_owned();
        reading.header = Some(HeaderFile { name: intake.file().to_owned(), text });
    }
}
