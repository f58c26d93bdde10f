//! Where JSON values end: one pass over the bytes that checks the grammar (RFC 8259) and builds
//! nothing. What it cuts out is a slice of the text, so a value's place is never lost.

/// A run of bytes that are JSON, as far as it has been looked at.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    bytes: &'t [u8],
    /// The brackets that close what is open.
    open: Vec<u8>,
}

/// The byte at which a text stops being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unexpected(pub(super) usize);

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), open: Vec::new() }
    }

    /// The first byte from `at` on that is no blank.
    pub(super) fn blanks(&self, mut at: usize) -> usize {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.bytes.get(at) {
            at += 1;
        }
        at
    }

    /// Behind the value that begins at `at`. Linear, and as deep as one likes: what is open is
    /// kept on a stack of its own.
    pub(super) fn skip(&mut self, mut at: usize) -> Result<usize, Unexpected> {
        self.open.clear();
        loop {
            at = match self.bytes.get(at) {
                Some(b'"') => self.text_end(at)?,
                Some(b'-' | b'0'..=b'9') => self.number_end(at)?,
                Some(b't') => self.word_end(at, b"true")?,
                Some(b'f') => self.word_end(at, b"false")?,
                Some(b'n') => self.word_end(at, b"null")?,
                Some(bracket @ (b'{' | b'[')) => match self.enter(at) {
                    ScanStep::End(end) => end,
                    ScanStep::At(first) => {
                        self.open.push(closing(*bracket));
                        at = self.value(first)?;
                        continue;
                    }
                },
                _ => return Err(Unexpected(at)),
            };
            // A value has ended: go on to the next of the list or object around it.
            while let Some(&close) = self.open.last() {
                match self.next(at, close)? {
                    ScanStep::At(next) => {
                        at = self.value(next)?;
                        break;
                    }
                    ScanStep::End(end) => {
                        self.open.pop();
                        at = end;
                    }
                }
            }
            if self.open.is_empty() {
                return Ok(at);
            }
        }
    }

    /// Into the list or object that opens at `at`.
    pub(super) fn enter(&self, at: usize) -> ScanStep {
        let first = self.blanks(at + 1);
        let empty = self.bytes.get(first) == Some(&closing(self.bytes[at]));
        if empty { ScanStep::End(first + 1) } else { ScanStep::At(first) }
    }

    /// What follows a value that ended before `at`, within a bracket that `close` closes.
    pub(super) fn next(&self, at: usize, close: u8) -> Result<ScanStep, Unexpected> {
        let at = self.blanks(at);
        match self.bytes.get(at) {
            Some(b',') => Ok(ScanStep::At(self.blanks(at + 1))),
            Some(byte) if *byte == close => Ok(ScanStep::End(at + 1)),
            _ => Err(Unexpected(at)),
        }
    }

    /// Of the member at `at`, where its key ends and its value begins.
    pub(super) fn member(&self, at: usize) -> Result<(usize, usize), Unexpected> {
        if self.bytes.get(at) != Some(&b'"') {
            return Err(Unexpected(at));
        }
        let end = self.text_end(at)?;
        let colon = self.blanks(end);
        if self.bytes.get(colon) != Some(&b':') {
            return Err(Unexpected(colon));
        }
        Ok((end, self.blanks(colon + 1)))
    }

    /// Where the value begins of the item or member at `at`, in what was opened last.
    fn value(&self, at: usize) -> Result<usize, Unexpected> {
        if self.open.last() == Some(&b'}') { Ok(self.member(at)?.1) } else { Ok(at) }
    }

    /// Behind the text whose first quote stands at `at`.
    pub(super) fn text_end(&self, at: usize) -> Result<usize, Unexpected> {
        let mut at = at + 1;
        loop {
            at += plain_bytes(&self.bytes[at..]);
            match self.bytes.get(at) {
                Some(b'"') => return Ok(at + 1),
                Some(b'\\') => at = self.escape_end(at)?,
                None | Some(0..0x20) => return Err(Unexpected(at)),
                // The last few bytes of the file.
                Some(_) => at += 1,
            }
        }
    }

    fn escape_end(&self, at: usize) -> Result<usize, Unexpected> {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
            Some(b'u') => match (at + 2..at + 6)
                .find(|at| !self.bytes.get(*at).is_some_and(u8::is_ascii_hexdigit))
            {
                None => Ok(at + 6),
                Some(wrong) => Err(Unexpected(wrong)),
            },
            _ => Err(Unexpected(at + 1)),
        }
    }

    fn word_end(&self, at: usize, word: &[u8]) -> Result<usize, Unexpected> {
        let differs = |(offset, byte): (usize, &u8)| self.bytes.get(at + offset) != Some(byte);
        match word.iter().enumerate().position(differs) {
            None => Ok(at + word.len()),
            Some(offset) => Err(Unexpected(at + offset)),
        }
    }

    fn number_end(&self, at: usize) -> Result<usize, Unexpected> {
        let is =
            |at: usize, bytes: &[u8]| self.bytes.get(at).is_some_and(|byte| bytes.contains(byte));
        let mut at = if is(at, b"-") { at + 1 } else { at };
        // A zero in front stands alone: `01` is no number.
        at = if is(at, b"0") { at + 1 } else { self.digits_end(at)? };
        if is(at, b".") {
            at = self.digits_end(at + 1)?;
        }
        if is(at, b"eE") {
            let digits = if is(at + 1, b"+-") { at + 2 } else { at + 1 };
            at = self.digits_end(digits)?;
        }
        Ok(at)
    }

    /// Behind one or more digits.
    fn digits_end(&self, start: usize) -> Result<usize, Unexpected> {
        let mut at = start;
        while self.bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        if at > start { Ok(at) } else { Err(Unexpected(at)) }
    }
}

/// How many bytes stand, eight at a time, before one that is a quote, a backslash or below a blank:
/// most texts are short, so this is quicker than calling a search.
fn plain_bytes(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    // A bit at the top of each byte that is less than `limit`, where a borrow may add higher ones.
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & (ONES << 7);
    let mut count = 0;
    for chunk in bytes.as_chunks().0 {
        let word = u64::from_le_bytes(*chunk);
        let quote = below(word ^ (ONES * u64::from(b'"')), 1);
        let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
        let special = quote | backslash | below(word, 0x20);
        if special != 0 {
            return count + special.trailing_zeros() as usize / 8;
        }
        count += 8;
    }
    count
}

/// What closes a bracket: each of `{` and `[` stands two before its counterpart.
pub(super) fn closing(bracket: u8) -> u8 {
    bracket + 2
}

/// What comes next within brackets.
#[derive(Debug)]
pub(super) enum ScanStep {
    /// An item or a member, at this byte.
    At(usize),
    /// The closing bracket; behind it.
    End(usize),
}

#[cfg(test)]
mod tests {
    use super::{Scanner, Unexpected};
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    /// Is the whole text one JSON value?
    fn is_json(text: &str) -> bool {
        let mut scanner = Scanner::new(text);
        let end = scanner.skip(scanner.blanks(0));
        end.is_ok_and(|end| scanner.blanks(end) == text.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_takes_what_serde_json_takes(
            text in r#"(\{|\}|\[|\]|,|:|"[a"\\u0/]{0,5}"|"a"|"a":|-?[0-9]{1,2}|0\.5|1e\+?3|01|tru|true|null|false| |\t){0,9}"#
        ) {
            prop_assert_eq!(is_json(&text), serde_json::from_str::<IgnoredAny>(&text).is_ok(), "{}", text);
        }
    }

    #[test]
    fn it_says_where_a_text_stops_being_json() {
        for (text, at) in [
            ("", 0),
            ("[1,]", 3),
            ("{\"a\" 1}", 5),
            ("{a: 1}", 1),
            ("[1 2]", 3),
            ("\"a\nb\"", 2),
            ("\"\\u00g0\"", 5),
            ("tru", 3),
            ("-", 1),
            ("[1.e5]", 3),
            ("[[[", 3),
        ] {
            assert_eq!(Scanner::new(text).skip(0), Err(Unexpected(at)), "{text}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
        assert_eq!(Scanner::new(&deep).skip(0), Ok(deep.len()));
    }
}
