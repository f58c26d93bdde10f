//! What went wrong, where, and what to type instead. Knows nothing else and never prints.

mod length;
mod nearest;
mod note;
mod visible;

pub use length::shortened;
pub(crate) use length::{bounded, first_few};
pub(crate) use nearest::{Nearest, did_you_mean, one_of, signature};
pub use nearest::{SUGGESTIONS, nearest};
pub use note::Note;
pub(crate) use visible::is_plain;
pub use visible::{drives_terminal, harmless_json, visible};

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A named piece of text that places refer to: a query, a batch or a graph file.
pub struct Text {
    /// What to call it in a message: a file name, or `query`.
    pub name: String,
    /// The whole text.
    pub content: Cow<'static, str>,
    /// The number of its first line: more than 1 for a part of a stream.
    first_line: usize,
    /// Line and column at every [`STRIDE`]th byte, so that any place is found by a short scan.
    marks: OnceLock<Vec<(usize, usize)>>,
}

/// Its name and how long it is: it may be a whole file.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({}, {} bytes)", self.name, self.content.len())
    }
}

/// Bytes between two marks.
const STRIDE: usize = 1024;

impl Text {
    /// A text with its name.
    #[must_use]
    pub fn new(name: impl Into<String>, content: impl Into<String>) -> Arc<Self> {
        Self::part(name, content, 1)
    }

    /// What stands in a stream from some line on.
    #[must_use]
    pub fn part(
        name: impl Into<String>,
        content: impl Into<String>,
        first_line: usize,
    ) -> Arc<Self> {
        let (name, content) = (name.into(), Cow::Owned(content.into()));
        Arc::new(Self { name, content, first_line, marks: OnceLock::new() })
    }

    /// A text that lasts as long as the program: it is not copied.
    #[must_use]
    pub fn lasting(name: impl Into<String>, content: &'static str) -> Arc<Self> {
        let (name, content) = (name.into(), Cow::Borrowed(content));
        Arc::new(Self { name, content, first_line: 1, marks: OnceLock::new() })
    }

    /// Line and column of a byte on a character border, both from 1, the column in characters.
    /// Constant time after the first call, which is linear.
    #[must_use]
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let marks = self.marks.get_or_init(|| self.mark());
        let stride = offset / STRIDE;
        let (line, column) = marks[stride];
        advance(line, column, &self.content.as_bytes()[stride * STRIDE..offset])
    }

    fn mark(&self) -> Vec<(usize, usize)> {
        let (mut line, mut column) = (self.first_line, 1);
        let mut marks = vec![(line, column)];
        for chunk in self.content.as_bytes().chunks(STRIDE) {
            (line, column) = advance(line, column, chunk);
            marks.push((line, column));
        }
        marks
    }
}

/// Line and column after `bytes`; a character counts where it begins.
fn advance(mut line: usize, mut column: usize, bytes: &[u8]) -> (usize, usize) {
    for byte in bytes {
        // In UTF-8 only bytes 10…… go on with a character: all others begin one.
        if *byte == b'\n' {
            (line, column) = (line + 1, 1);
        } else if byte & 0b1100_0000 != 0b1000_0000 {
            column += 1;
        }
    }
    (line, column)
}

/// A stretch of a [`Text`], in bytes, always on character borders.
#[derive(Debug, Clone)]
pub struct Place {
    /// The text.
    pub text: Arc<Text>,
    /// The stretch; an empty one points between two characters.
    pub span: Range<usize>,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span && self.text.name == other.text.name
    }
}

impl Eq for Place {}

impl Place {
    /// The place `span` of `text`.
    #[must_use]
    pub fn new(text: &Arc<Text>, span: Range<usize>) -> Self {
        Self { text: Arc::clone(text), span }
    }

    /// A stretch of `text` made to end and begin where characters do.
    pub(crate) fn fitted(text: &Arc<Text>, span: Range<usize>) -> Self {
        let border = |at: usize| {
            let at = at.min(text.content.len());
            (0..=at).rev().find(|at| text.content.is_char_boundary(*at)).unwrap_or_default()
        };
        let start = border(span.start);
        Self::new(text, start..border(span.end).max(start))
    }

    /// Line and column, both counted from 1, the column in characters.
    #[must_use]
    pub fn line_and_column(&self) -> (usize, usize) {
        self.text.line_and_column(self.span.start)
    }

    /// The line around the place in three parts: at most `most` characters before it, the place
    /// itself, at most `most` behind; each outer part with whether it was cut.
    #[must_use]
    pub fn line_around(&self, most: usize) -> [(String, bool); 3] {
        let (before, rest) = self.text.content.split_at(self.span.start);
        let mut left: Vec<char> = Vec::new();
        let mut cut_left = false;
        for character in before.chars().rev().take_while(|character| *character != '\n') {
            if left.len() == most {
                cut_left = true;
                break;
            }
            left.push(character);
        }
        let marked = self.span.end - self.span.start;
        let (mut middle, mut right) = ((String::new(), false), (String::new(), false));
        let mut counts = (0, 0);
        for (at, character) in rest.char_indices().take_while(|(_, character)| *character != '\n') {
            let (part, count) = if at < marked {
                (&mut middle, &mut counts.0)
            } else {
                (&mut right, &mut counts.1)
            };
            *count += 1;
            part.1 = *count > most;
            if !part.1 {
                part.0.push(character);
            } else if at >= marked {
                break;
            }
        }
        right.0 = right.0.trim_end_matches('\r').to_owned();
        [(left.into_iter().rev().collect(), cut_left), middle, right]
    }
}

/// Texts that can be typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Offered {
    /// Whole queries, each of which is answered.
    suggestions: Vec<String>,
    /// What may stand in the place of what is wrong: asking makes whole queries of it.
    instead: Vec<String>,
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
    pub id: Option<Box<str>>,
    /// What to do or type instead, best first.
    pub help: Vec<Note>,
    /// Is it the fault of a file, a stream or a program outside, and not of what was asked?
    pub outside: bool,
    /// What is offered as text to be typed, if anything is: few problems have it, and all are moved
    /// about.
    offered: Option<Box<Offered>>,
}

impl Diagnostic {
    /// A problem without a place.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: bounded(message.into()),
            place: None,
            id: None,
            help: Vec::new(),
            outside: false,
            offered: None,
        }
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, which no other question would mend.
    #[must_use]
    pub fn outside(mut self) -> Self {
        self.outside = true;
        self
    }

    /// The same, about the node or edge `id`.
    #[must_use]
    pub fn about(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into().into_boxed_str());
        self
    }

    /// The same, with one more piece of advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<Note>) -> Self {
        let mut help = help.into();
        help.bound();
        self.help.push(help);
        self
    }

    /// Calls the settings that its advice names as whoever asks does.
    pub fn prefix_settings(&mut self, prefix: &str) {
        self.help.iter_mut().for_each(|help| help.prefix_setting(prefix));
    }

    /// Whole queries to type instead, best first, each of which is answered. `help` tells them too.
    #[must_use]
    pub fn suggestions(&self) -> &[String] {
        self.offered.as_ref().map_or(&[], |offered| &offered.suggestions)
    }

    /// The same, with what may stand in its place, best first.
    pub(crate) fn instead(mut self, texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
        if !texts.is_empty() {
            self.offered.get_or_insert_default().instead.extend(texts);
        }
        self
    }

    /// Takes what may stand in its place.
    pub(crate) fn take_instead(&mut self) -> Vec<String> {
        self.offered.take().map_or_else(Vec::new, |offered| offered.instead)
    }

    /// The same, with what may stand in its place, best first, or with this advice if nothing may.
    pub(crate) fn instead_or<N: Into<Note>>(
        self,
        texts: impl IntoIterator<Item = impl Into<String>>,
        otherwise: impl FnOnce() -> N,
    ) -> Self {
        let problem = self.instead(texts);
        if problem.offered.is_some() { problem } else { problem.help(otherwise()) }
    }

    /// The same, asking whether this is meant, or with this advice, if any, where nothing is near.
    pub(crate) fn suggest(self, near: Option<impl AsRef<str>>, otherwise: &str) -> Self {
        match near {
            Some(near) => self.help(did_you_mean(&[near])),
            None if otherwise.is_empty() => self,
            None => self.help(otherwise),
        }
    }

    /// The same, with whole queries to type instead.
    pub(crate) fn suggest_queries(mut self, queries: Vec<String>) -> Self {
        self.help.insert(0, did_you_mean(&queries).into());
        self.offered.get_or_insert_default().suggestions = queries;
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
