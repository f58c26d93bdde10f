//! Raw text before it is parsed: quotes, comments, brackets, and where statements end.

use super::statements::Statement;
use crate::diagnostic::Text;
use std::sync::Arc;

/// What a scan over raw text meets, outside quotes and comments.
pub(in crate::query) enum Mark {
    Open,
    Close,
    End,
    Other,
    Unclosed(&'static str),
}

/// Walks over a text, stepping over quotes and comments as the grammar does.
pub(in crate::query) struct Scan<'t> {
    content: &'t str,
    at: usize,
    /// May a quote close on a later line?
    across_lines: bool,
}

impl<'t> Scan<'t> {
    pub(in crate::query) fn new(content: &'t str) -> Self {
        Self { content, at: 0, across_lines: false }
    }

    /// The same where a quote may close on a later line.
    pub(in crate::query) fn of_typed(content: &'t str) -> Self {
        Self { across_lines: true, ..Self::new(content) }
    }

    /// The byte behind the last mark.
    pub(in crate::query) fn reached(&self) -> usize {
        self.at
    }

    pub(in crate::query) fn next_mark(&mut self) -> Option<(usize, Mark)> {
        loop {
            let rest = &self.content[self.at..];
            let at = self.at;
            let first = rest.chars().next()?;
            self.at += first.len_utf8();
            if rest.starts_with("//") {
                self.at = at + rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            if let Some(comment) = rest.strip_prefix("/*") {
                let Some(end) = comment.find("*/") else {
                    self.at = self.content.len();
                    return Some((at, Mark::Unclosed("comment")));
                };
                self.at = at + end + 4;
                continue;
            }
            return Some((
                at,
                match first {
                    '"' | '\'' | '`' => match closing(rest, first, self.across_lines) {
                        Some(end) => {
                            self.at = at + end;
                            Mark::Other
                        }
                        None => {
                            self.at = at + rest.find('\n').unwrap_or(rest.len());
                            Mark::Unclosed("quote")
                        }
                    },
                    '(' | '{' => Mark::Open,
                    ')' | '}' => Mark::Close,
                    ';' | '\n' => Mark::End,
                    _ if first.is_whitespace() => continue,
                    _ => Mark::Other,
                },
            ));
        }
    }
}

/// The byte after the quote that closes the one `text` begins with, on the same line unless
/// `across_lines`.
fn closing(text: &str, quote: char, across_lines: bool) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '\n' if !across_lines => return None,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether a text that comes line by line may go on: is a bracket or a comment still open?
#[derive(Debug, Clone, Copy, Default)]
pub struct Unfinished {
    depth: usize,
    comment: bool,
}

impl Unfinished {
    /// Takes the next line; is everything closed behind it?
    pub fn closed_by(&mut self, line: &str) -> bool {
        let mut rest = line;
        if self.comment {
            let Some(end) = line.find("*/") else { return false };
            (self.comment, rest) = (false, &line[end + 2..]);
        }
        let mut scan = Scan::new(rest);
        while let Some((_, mark)) = scan.next_mark() {
            match mark {
                Mark::Open => self.depth += 1,
                Mark::Close => self.depth = self.depth.saturating_sub(1),
                Mark::Unclosed("comment") => self.comment = true,
                _ => {}
            }
        }
        self.depth == 0 && !self.comment
    }
}

/// The statements of a batch: one a line, or several separated by `;`, both outside brackets and
/// quotes. Blank and comment lines yield nothing. A bracket that is never closed ends with its
/// line, and from there on every line does, so that what follows is still read. Linear.
#[must_use]
pub fn statements(text: &Arc<Text>) -> Vec<Statement> {
    let content = &text.content;
    let mut found = Vec::new();
    let (mut start, mut by_line) = (0, false);
    while start < content.len() {
        let (end, next, anything) = statement_end(&content[start..], &mut by_line);
        if anything {
            found.push(Statement::part(text, start..start + end));
        }
        start += next;
    }
    found
}

/// Where the first statement of `content` ends, where the next begins, and whether it has
/// anything. `by_line` is set once a bracket turns out to be never closed.
fn statement_end(content: &str, by_line: &mut bool) -> (usize, usize, bool) {
    let mut scan = Scan::new(content);
    let (mut depth, mut anything) = (0usize, false);
    let mut first_line = None;
    while let Some((at, mark)) = scan.next_mark() {
        match mark {
            Mark::Open => depth += 1,
            Mark::Close => depth = depth.saturating_sub(1),
            Mark::End if depth == 0 => return (at, at + 1, anything),
            Mark::End if *by_line && content[at..].starts_with('\n') => {
                return (at, at + 1, anything);
            }
            Mark::End if first_line.is_none() && content[at..].starts_with('\n') => {
                first_line = Some(at);
            }
            _ => {}
        }
        anything |= !matches!(mark, Mark::End);
    }
    match first_line {
        Some(at) if depth > 0 => {
            *by_line = true;
            (at, at + 1, anything)
        }
        _ => (content.len(), content.len(), anything),
    }
}
