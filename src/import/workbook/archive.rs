//! Is an archive fit to be read? What it unpacks to, and what it says of itself, is bounded before a
//! reader trusts it: a short file must not fill the memory.

use crate::diagnostic::Diagnostic;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What the parts of a workbook may unpack to, in bytes.
pub(super) const UNPACKED: u64 = 128 << 20;
/// How many parts it may have.
const PARTS: usize = 10_000;
/// The least that an entry of the table of texts takes: `<si/>`.
const ENTRY: usize = 5;

pub(super) fn bad(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new("bad-xlsx", message)
}

/// Is it a workbook whose parts are of bounded size?
pub(super) fn check(bytes: &[u8]) -> Result<(), Diagnostic> {
    let broken = |error: &dyn std::fmt::Display| {
        bad(format!("this workbook cannot be unpacked: {error}"))
            .help("open it and save it again, or save the sheet as `CSV UTF-8`")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > PARTS {
        return Err(bad(format!("this archive has more than {PARTS} parts")));
    }
    let is_list = |name: &str| name.eq_ignore_ascii_case("[Content_Types].xml");
    if !archive.file_names().any(|name| name.is_ok_and(|name| is_list(&name))) {
        let problem = bad("this archive is no workbook of Excel");
        return Err(problem.help("save the sheet as `.xlsx`, or as `CSV UTF-8`"));
    }
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| broken(&error))?;
        let name = part.name().map_err(|error| broken(&error))?.to_ascii_lowercase();
        // Pictures and the like are never unpacked.
        if ![".xml", ".rels"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let mut content = Vec::new();
        // One byte too many tells that there is more, and no more than that is unpacked.
        part.take(left + 1).read_to_end(&mut content).map_err(|error| broken(&error))?;
        let Some(rest) = left.checked_sub(content.len() as u64) else {
            let message = format!("this workbook unpacks to more than {} MiB", UNPACKED >> 20);
            return Err(Diagnostic::new("too-large", message).help("save the sheet as `CSV UTF-8`"));
        };
        left = rest;
        if content.contains(&0) {
            return Err(bad("a part of this workbook is no UTF-8 text"));
        }
        if counts_too_much(&content) {
            return Err(bad(
                "the table of texts in this workbook says that it is longer than it is",
            ));
        }
    }
    Ok(())
}

/// Does a part promise more texts than it can hold? Readers make room for what is promised.
fn counts_too_much(content: &[u8]) -> bool {
    let word = b"uniqueCount";
    let promises = content.windows(word.len()).enumerate().filter(|(_, window)| window == word);
    let mut digits = promises.map(|(at, _)| {
        let rest = content[at + word.len()..].iter().copied();
        let mut value =
            rest.skip_while(|byte| byte.is_ascii_whitespace() || b"='\"+".contains(byte));
        let first = value.by_ref().take_while(u8::is_ascii_digit).take(20);
        first.fold(0_u64, |sum, digit| {
            sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
        })
    });
    digits.any(|count| count > (content.len() / ENTRY) as u64)
}

#[cfg(test)]
mod tests {
    use super::counts_too_much;

    #[test]
    fn a_promise_is_measured() {
        assert!(!counts_too_much(b"<sst count='2' uniqueCount='2'><si/><si/></sst>"));
        assert!(counts_too_much(b"<sst uniqueCount = \"99999999999999999999999\"/>"));
        assert!(!counts_too_much(b""));
    }
}
