//! Headers of Neo4j's bulk import that stand in files of their own: `movies-header.csv`, and then
//! one or more files of rows.

use super::columns::SheetColumns;
use super::header::is_header;
use super::rows::Cells;
use crate::import::intake::Intake;
use crate::import::reading::Reading;

/// A header without rows, for the files behind it.
#[derive(Debug, Clone)]
pub(in crate::import) struct Header {
    sheet: SheetColumns,
    delimiter: u8,
    /// The file that it stands in.
    file: String,
}

/// What an earlier file says of the columns of this one, which begins with a row.
pub(super) fn header_of<'t>(
    intake: &mut Intake<'_>,
    cells: Cells<'t>,
    reading: &mut Reading,
) -> Option<(SheetColumns, Cells<'t>)> {
    let header = reading.header.take()?;
    let cells = cells.without_header(header.delimiter);
    let mut rows = cells.rows();
    let Some(Ok(first)) = rows.next() else { return None };
    if is_header(first) || !header.sheet.fits(first) {
        return None;
    }
    let note = format!("the columns are those that {} names", header.file);
    intake.note(first.span(0), &note);
    let sheet = header.sheet.clone();
    reading.header = Some(header);
    Some((sheet, cells))
}

/// Keeps a header of Neo4j's that has no rows.
pub(super) fn keep(intake: &Intake<'_>, sheet: &SheetColumns, cells: Cells<'_>, reading: &mut Reading) {
    if cells.is_headless || !sheet.columns.iter().any(super::columns::SheetColumn::is_of_neo4j) {
        return;
    }
    let mut rows = cells.rows();
    rows.skip_header();
    if rows.next().is_none() {
        let (sheet, delimiter) = (sheet.clone(), cells.delimiter);
        reading.header = Some(Header { sheet, delimiter, file: intake.file().to_owned() });
    }
}
