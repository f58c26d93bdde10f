//! What went wrong, where, and what to type instead. Knows nothing else and never prints.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A named piece of text that places refer to: a query, a batch or a graph file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What to call it in a message: a file name, or `query`.
    pub name: String,
    /// The whole text.
    pub content: String,
}

/// A stretch of a [`Text`], in bytes, always on character borders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text.
    pub text: Arc<Text>,
    /// The stretch; an empty one points between two characters.
    pub span: Range<usize>,
}

impl Place {
    /// The place `span` of `text`.
    #[must_use]
    pub fn new(text: &Arc<Text>, span: Range<usize>) -> Self {
        Self { text: Arc::clone(text), span }
    }

    /// Line and column, both counted from 1, the column in characters.
    #[must_use]
    pub fn line_and_column(&self) -> (usize, usize) {
        let before = &self.text.content[..self.span.start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }

    /// The line the place starts on, without its end.
    #[must_use]
    pub fn line_text(&self) -> &str {
        let content = &self.text.content;
        let start = content[..self.span.start].rfind('\n').map_or(0, |at| at + 1);
        let end =
            content[self.span.start..].find('\n').map_or(content.len(), |at| self.span.start + at);
        content[start..end].trim_end_matches('\r')
    }
}

/// A problem, told to the person who can mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable short name; `docs/errors.md` lists them all.
    pub code: &'static str,
    /// What happened, in one sentence.
    pub message: String,
    /// Where, if it has a place.
    pub place: Option<Place>,
    /// The id of the node or edge in question, if there is one.
    pub id: Option<String>,
    /// What to do or type instead, best first.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A problem without a place.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place: None, id: None, help: Vec::new() }
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, about the node or edge `id`.
    #[must_use]
    pub fn about(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same, with one more piece of advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        if let Some(place) = &self.place {
            let (line, column) = place.line_and_column();
            write!(f, " ({}:{line}:{column})", place.text.name)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}

/// How many suggestions a message offers.
pub const SUGGESTIONS: usize = 3;

/// The candidates nearest to `wanted`, best first, ties in the order given: first by optimal
/// string alignment distance (at most a third of the letters may differ), then those that
/// contain it. Letter case does not count. Linear in the candidates.
pub fn nearest<'c>(wanted: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let wanted = wanted.to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > 200 {
        return Vec::new();
    }
    let allowed = (length / 3).max(1);
    let mut scored: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let folded = candidate.to_lowercase();
            let gap = folded.chars().count().abs_diff(length);
            if gap <= allowed {
                let distance = strsim::osa_distance(&wanted, &folded);
                if distance <= allowed {
                    return Some((distance, candidate));
                }
            }
            let inside = length >= 3 && folded.contains(&wanted);
            inside.then_some((allowed + 1 + gap, candidate))
        })
        .collect();
    scored.sort_by_key(|(score, _)| *score);
    let mut best: Vec<&str> = Vec::new();
    for (_, candidate) in scored {
        if best.len() < SUGGESTIONS && !best.contains(&candidate) {
            best.push(candidate);
        }
    }
    best
}

/// `text` with every character that could drive a terminal or hide itself made visible:
/// controls as `␛`-like pictures, bidirectional and zero-width ones as `<U+202E>`.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{0}'..='\u{1f}' => {
                shown.push(char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'));
            }
            '\u{7f}' => shown.push('\u{2421}'),
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' => {
                shown.push_str(&format!("<U+{:04X}>", character as u32));
            }
            _ => shown.push(character),
        }
    }
    shown
}
