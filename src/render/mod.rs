//! Answers to bytes. A format is one file and one row; it consumes a projection of the answer
//! and knows no verb.

mod calendar;
mod canvas;
mod clusters;
mod csv;
mod curves;
mod dot;
mod drawing;
mod exchange;
mod from_picture;
mod gantt;
mod graph;
mod graphviz;
mod harmless;
mod html;
mod json;
mod jsonl;
mod legend;
mod markdown;
mod mermaid;
mod palette;
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "png")]
mod png;
mod problem;
#[cfg(feature = "png")]
mod raster;
mod roadmap;
mod sheet;
mod style;
mod svg;
#[cfg(feature = "png")]
mod syllables;
mod text;
mod tracks;
mod tree;
mod unicode;
mod xml;

pub use drawing::{Drawing, Layout, Theme};
pub use from_picture::{Columns, Direction, lay_out};
pub use graph::fragment;
pub use graphviz::ENGINES;
pub use harmless::harmless_id;
pub use json::SCHEMA as ANSWER_SCHEMA;
pub use json::error_as_json;
pub use problem::{in_columns as problem_in_columns, in_words as problem_in_words};
pub use style::style;
pub use text::{paint, written_lines};

use crate::answer::Answer;
use crate::diagnostic::{Diagnostic, nearest};
use crate::graph::intact;
use crate::stop::NEVER;
use std::sync::atomic::AtomicBool;

/// How an answer shall look.
#[expect(clippy::struct_excessive_bools, reason = "independent switches, one each")]
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The query as typed.
    pub query: &'a str,
    /// What stands above a picture, if not the query.
    pub title: Option<&'a str>,
    /// What else is told below a picture.
    pub footnote: Option<&'a str>,
    /// Ids of what the reader's profile knows: what a page begins with.
    pub marks: &'a [String],
    /// Is it one of several, so that each line must say which it answers?
    pub batch: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// May colours be used?
    pub color: bool,
    /// How pictures are drawn.
    pub drawing: Drawing,
    /// Raised from outside to stop: rows still to come are not written then, pictures not drawn.
    pub stop: &'a AtomicBool,
    /// Does it go into a file that programs read? Formats that other programs read then keep every
    /// character as it is, also what could drive a terminal.
    pub exact: bool,
    /// Are texts guarded that a spreadsheet would take for formulas?
    pub guard_formulas: bool,
}

/// Columns where nobody says how many there are.
pub const WIDTH: usize = 100;

impl<'a> Look<'a> {
    /// What stands above a picture.
    #[must_use]
    pub fn heading(&self) -> &'a str {
        self.title.unwrap_or(self.query)
    }

    /// Plain, for a file or a pipe.
    #[must_use]
    pub fn plain(query: &'a str) -> Self {
        Self {
            query,
            title: None,
            footnote: None,
            marks: &[],
            batch: false,
            width: WIDTH,
            color: false,
            drawing: Drawing::default(),
            exact: false,
            guard_formulas: true,
            stop: &NEVER,
        }
    }
}

/// Writes what is wrong with a query, given as typed.
pub type WriteErrors = fn(Option<&str>, &[Diagnostic]) -> String;

/// A row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// Extensions of files that have it.
    pub extensions: &'static [&'static str],
    /// What it is, in a few words.
    pub summary: &'static str,
    /// May a file hold one answer only?
    pub single: bool,
    /// Does it show the notes? If not, they go elsewhere.
    pub notes: bool,
    /// Is it no text, so that no terminal can show it?
    pub binary: bool,
    /// How errors are written among the answers, given the query as typed; elsewhere if not at all.
    pub error: Option<WriteErrors>,
    /// Writes an answer.
    pub write: fn(&Answer, &Look<'_>) -> Result<Vec<u8>, Diagnostic>,
}

impl Format {
    /// What a row says nothing of.
    const PLAIN: Self = Self {
        name: "",
        extensions: &[],
        summary: "",
        single: false,
        notes: false,
        binary: false,
        error: None,
        write: |_, _| Ok(Vec::new()),
    };

    /// The format of a name, in any letter case.
    ///
    /// # Errors
    /// There is none of that name; the nearest one is told.
    pub fn named(name: &str) -> Result<&'static Self, Diagnostic> {
        let names = || FORMATS.iter().map(|format| format.name);
        let found = FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name));
        found.ok_or_else(|| {
            let problem = Diagnostic::new("unknown-format", format!("there is no format `{name}`"));
            let all = names().collect::<Vec<_>>().join(", ");
            problem.suggest(nearest(name, names()).first(), &format!("formats are {all}"))
        })
    }

    /// Writes an answer plainly, as for a file or a pipe.
    ///
    /// # Errors
    /// The answer is none that the format can show.
    pub fn write(&self, answer: &Answer) -> Result<Vec<u8>, Diagnostic> {
        // Damage in a snapshot is met wherever it is looked at, here too.
        intact(|| (self.write)(answer, &Look::plain(""))).unwrap_or_else(|damage| Err(*damage))
    }
}

/// All formats, the default first.
pub const FORMATS: &[Format] = &[
    text::FORMAT,
    tree::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    csv::FORMAT,
    markdown::FORMAT,
    dot::FORMAT,
    mermaid::FORMAT,
    calendar::FORMAT,
    unicode::FORMAT,
    svg::FORMAT,
    html::FORMAT,
    #[cfg(feature = "png")]
    png::FORMAT,
    exchange::GRAPHML,
    exchange::GEXF,
    #[cfg(feature = "pdf")]
    pdf::FORMAT,
];

/// The format of a file, by its extension.
#[must_use]
pub fn format_of_file(file: &str) -> Option<&'static Format> {
    let extension = file.rsplit_once('.')?.1.to_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}
