//! DOT's words and signs, by the grammar of the Graphviz documentation.

use crate::diagnostic::Diagnostic;
use crate::import::intake::Stop;
use std::ops::Range;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum TokenForm {
    Plain,
    Numeral,
    Quoted,
    /// Between `<` and `>`.
    Html,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DotToken {
    Word(String, TokenForm),
    /// One of `{ } [ ] ; , = : +`.
    Sign(char),
    /// `->`
    Arrow,
    /// `--`
    Line,
    End,
}

impl DotToken {
    /// Is it this keyword? Those are plain words, large or small.
    pub(super) fn is_keyword(&self, keyword: &str) -> bool {
        matches!(self, Self::Word(word, TokenForm::Plain) if word.eq_ignore_ascii_case(keyword))
    }
}

pub(super) fn misread(span: Range<usize>, message: impl Into<String>) -> Stop {
    Stop::new(span, Diagnostic::new("bad-dot", message))
}

/// Cuts a text into tokens, one at a time.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token with its place. Linear in what it passes.
    pub(super) fn next(&mut self) -> Result<(DotToken, Range<usize>), Stop> {
        self.skip_blank()?;
        let start = self.at;
        let rest = &self.text[start..];
        let Some(first) = rest.chars().next() else {
            return Ok((DotToken::End, start..start));
        };
        let token = match first {
            '{' | '}' | '[' | ']' | ';' | ',' | '=' | ':' | '+' => {
                self.at += 1;
                DotToken::Sign(first)
            }
            '-' if rest.starts_with("->") => self.passed(2, DotToken::Arrow),
            '-' if rest.starts_with("--") => self.passed(2, DotToken::Line),
            '"' => self.quoted()?,
            '<' => self.html()?,
            '-' | '.' | '0'..='9' => self.numeral()?,
            _ if is_letter(first) => {
                let word = |c: char| is_letter(c) || c.is_ascii_digit();
                let end = rest.find(|c: char| !word(c)).unwrap_or(rest.len());
                self.passed(end, DotToken::Word(rest[..end].to_owned(), TokenForm::Plain))
            }
            _ => {
                let message = format!("`{}` begins nothing here", first.escape_debug());
                return Err(misread(start..start + first.len_utf8(), message));
            }
        };
        Ok((token, start..self.at))
    }

    fn passed(&mut self, length: usize, token: DotToken) -> DotToken {
        self.at += length;
        token
    }

    /// Passes blanks and comments, which `//`, `#` and `/*` begin.
    fn skip_blank(&mut self) -> Result<(), Stop> {
        loop {
            let rest = &self.text[self.at..];
            let trimmed =
                rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{b}');
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") || trimmed.starts_with('#') {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if let Some(comment) = trimmed.strip_prefix("/*") {
                let Some(end) = comment.find("*/") else {
                    return Err(misread(self.at..self.at + 2, "this comment is not closed"));
                };
                self.at += end + 4;
            } else {
                return Ok(());
            }
        }
    }

    /// Text in quotes: `\"` is a quote, a backslash at a line's end joins lines; other
    /// backslashes stay, for labels to read.
    fn quoted(&mut self) -> Result<DotToken, Stop> {
        let start = self.at;
        let mut word = String::new();
        let mut rest = self.text[start + 1..].char_indices().peekable();
        while let Some((at, character)) = rest.next() {
            match (character, rest.peek().map(|(_, next)| *next)) {
                ('"', _) => {
                    self.at = start + at + 2;
                    return Ok(DotToken::Word(word, TokenForm::Quoted));
                }
                ('\\', Some('"')) => {
                    word.push('"');
                    rest.next();
                }
                ('\\', Some('\n')) => drop(rest.next()),
                ('\\', Some('\r')) if self.text[start + 1 + at..].starts_with("\\\r\n") => {
                    rest.next();
                    rest.next();
                }
                // The pair stays as it is for labels; taken together, its second half escapes no
                // quote.
                ('\\', Some('\\')) => {
                    word.push_str("\\\\");
                    rest.next();
                }
                _ => word.push(character),
            }
        }
        Err(misread(start..start + 1, "this quote is not closed"))
    }

    fn html(&mut self) -> Result<DotToken, Stop> {
        let start = self.at;
        // Bytes will do: in UTF-8 no other character has those of `<` and `>` in it.
        let mut depth = 0_usize;
        for (at, byte) in self.text.as_bytes()[start..].iter().enumerate() {
            match byte {
                b'<' => depth += 1,
                b'>' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at = start + at + 1;
                let inner = &self.text[start + 1..start + at];
                return Ok(DotToken::Word(inner.to_owned(), TokenForm::Html));
            }
        }
        Err(misread(start..start + 1, "this `<` is not closed"))
    }

    /// `-`, digits, a point, digits; one digit at least.
    fn numeral(&mut self) -> Result<DotToken, Stop> {
        let start = self.at;
        let rest = &self.text[start..];
        let digits = rest.strip_prefix('-').unwrap_or(rest);
        let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
        let point = usize::from(digits[whole..].starts_with('.'));
        let part = digits[whole + point..].bytes().take_while(u8::is_ascii_digit).count();
        let length = rest.len() - digits.len() + whole + point + part;
        if whole + part == 0 {
            return Err(misread(start..start + 1, "here stands a sign without a number"));
        }
        self.at += length;
        if self.text[self.at..].starts_with(|next: char| is_letter(next) || next == '.') {
            let message = "a name that begins with a digit must stand in quotes";
            return Err(misread(start..self.at + 1, message));
        }
        Ok(DotToken::Word(rest[..length].to_owned(), TokenForm::Numeral))
    }
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
        || character == '_'
        || !character.is_ascii() && !character.is_control()
}
