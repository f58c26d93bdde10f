//! Workbooks of Excel: a sheet of one is read as CSV is. `book.xlsx#Topics` names the sheet.

#[cfg(feature = "xlsx")]
mod archive;
#[cfg(feature = "xlsx")]
mod cells;

use super::{Importer, Reading, Reads};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::Builder;
use std::path::{Path, PathBuf};

pub(super) const IMPORTER: Importer = Importer {
    name: "xlsx",
    extensions: &["xlsx", "xlsm"],
    summary: "a sheet of an Excel workbook",
    reads: Reads::Bytes { recognises: |bytes| is_archive(bytes) || is_old(bytes), read },
};

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Workbooks before 2007, and any that asks for a password, are compound files.
fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

/// The file and the sheet that a name means.
pub(super) fn sheet_of(name: &str) -> (&str, Option<&str>) {
    let ends = IMPORTER.extensions.iter().filter_map(|end| {
        let sign = format!(".{end}#");
        // The signs are plain ASCII, so that places are the same in small letters.
        name.to_ascii_lowercase().find(&sign).map(|at| at + sign.len())
    });
    match ends.min() {
        Some(end) if end < name.len() => (&name[..end - 1], Some(&name[end..])),
        _ => (name, None),
    }
}

/// The path of the file itself, where a sheet is named and no file is called so.
pub(crate) fn book_of(path: &Path) -> PathBuf {
    match path.to_str().map(sheet_of) {
        Some((book, Some(_))) if !path.exists() => book.into(),
        _ => path.to_owned(),
    }
}

#[cfg_attr(
    not(feature = "xlsx"),
    expect(clippy::needless_pass_by_value, reason = "a row of the table")
)]
fn read(builder: &mut Builder, name: &str, bytes: Vec<u8>, layer: &str, reading: &mut Reading) {
    let refuse = |builder: &mut Builder, problem| {
        super::refuse(builder, &Text::new(name, ""), layer, problem);
    };
    if is_old(&bytes) {
        let message = "this is a workbook of before 2007, or one with a password";
        let problem = Diagnostic::new("bad-xlsx", message)
            .help("save it as `.xlsx` without a password, or as `CSV UTF-8`");
        return refuse(builder, problem);
    }
    #[cfg(feature = "xlsx")]
    match cells::sheet(name, bytes) {
        Ok(sheet) => super::csv::read_grid(builder, &sheet, layer, reading),
        Err(problem) => refuse(builder, problem),
    }
    #[cfg(not(feature = "xlsx"))]
    {
        let _ = reading;
        let problem = Diagnostic::new("bad-xlsx", "this build does not read workbooks")
            .help("save the sheet as `CSV UTF-8`");
        refuse(builder, problem);
    }
}

#[cfg(test)]
mod tests {
    use super::sheet_of;

    #[test]
    fn a_sheet_stands_behind_the_extension() {
        assert_eq!(sheet_of("a/Book.XLSX#Week 1.2"), ("a/Book.XLSX", Some("Week 1.2")));
        assert_eq!(sheet_of("b.xlsm#x#y"), ("b.xlsm", Some("x#y")));
        for name in ["b.xlsx", "b.xlsx#", "b.csv#x", "#x", "bxlsx#y"] {
            assert_eq!(sheet_of(name), (name, None));
        }
    }
}
