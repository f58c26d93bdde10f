//! Rows in the binary form of `copy`, sent in large pieces: a driver's row by row takes as long as
//! the server.

use crate::remote::trouble::Trouble;
use postgres::{Client, CopyInWriter};
use std::io::Write;

/// How many bytes are gathered before they are sent.
const PIECE: usize = 1 << 17;
/// What begins the form: its signature, no flags, no extension.
const BEGIN: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// The number by which the server knows `text`.
const TEXT: i32 = 25;
/// The same for `bigint`.
const BIGINT: i32 = 20;

/// A table that is being filled.
pub(super) struct Rows<'c> {
    out: CopyInWriter<'c>,
    bytes: Vec<u8>,
}

impl<'c> Rows<'c> {
    /// Begins to fill a table, which was made in the same transaction.
    pub(super) fn begin(client: &'c mut Client, table: &str) -> Result<Self, Trouble> {
        let out = client.copy_in(&format!("copy {table} from stdin (format binary, freeze)"))?;
        Ok(Self { out, bytes: BEGIN.to_vec() })
    }

    /// Begins a row of so many cells.
    pub(super) fn row(&mut self, cells: i16) -> Result<&mut Self, Trouble> {
        if self.bytes.len() > PIECE {
            self.out.write_all(&self.bytes)?;
            self.bytes.clear();
        }
        self.bytes.extend(cells.to_be_bytes());
        Ok(self)
    }

    fn length(&mut self, length: usize) {
        self.bytes.extend((length as i32).to_be_bytes());
    }

    pub(super) fn number(&mut self, number: i64) -> &mut Self {
        self.length(8);
        self.bytes.extend(number.to_be_bytes());
        self
    }

    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.length(text.len());
        self.bytes.extend(text.as_bytes());
        self
    }

    pub(super) fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => {
                self.bytes.extend((-1i32).to_be_bytes());
                self
            }
        }
    }

    /// A list, whose items `write` appends, each a cell.
    fn list(&mut self, kind: i32, count: usize, write: impl FnOnce(&mut Self)) -> &mut Self {
        let begin = self.bytes.len();
        self.length(0);
        for head in [i32::from(count > 0), 0, kind] {
            self.bytes.extend(head.to_be_bytes());
        }
        if count > 0 {
            self.length(count);
            self.length(1);
        }
        write(self);
        let length = (self.bytes.len() - begin - 4) as i32;
        self.bytes[begin..begin + 4].copy_from_slice(&length.to_be_bytes());
        self
    }

    pub(super) fn texts(&mut self, texts: &[&str]) -> &mut Self {
        self.list(TEXT, texts.len(), |rows| {
            texts.iter().for_each(|text| {
                rows.text(text);
            });
        })
    }

    pub(super) fn numbers(&mut self, numbers: &[i64]) -> &mut Self {
        self.list(BIGINT, numbers.len(), |rows| {
            numbers.iter().for_each(|number| {
                rows.number(*number);
            });
        })
    }

    /// Ends the table.
    pub(super) fn finish(mut self) -> Result<(), Trouble> {
        self.bytes.extend((-1i16).to_be_bytes());
        self.out.write_all(&self.bytes)?;
        self.out.finish()?;
        Ok(())
    }
}
