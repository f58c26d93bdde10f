//! Where foreign readers bring what they found: places, problems, what property means what, and
//! how much a file may expand to.

pub(super) use crate::data::foreign::no_direction;
use crate::data::roles;
use crate::diagnostic::{Diagnostic, Note, Place, Text};
use crate::graph::{
    Builder, Decimal, EdgeFacts, FilePlace, NameTable, NodeFacts, Prerequisite, Properties,
    as_spelt,
};
use serde_json::{Number, Value};
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

/// What defaults and edges between groups may add to what a file says itself, in bytes: a short
/// file must not fill the memory.
const EXPANSION: usize = 256 << 20;

/// Why a reader cannot go on, and where.
pub(super) struct Stop {
    span: Range<usize>,
    problem: Box<Diagnostic>,
}

impl Stop {
    pub(super) fn new(span: Range<usize>, problem: Diagnostic) -> Self {
        Self { span, problem: Box::new(problem) }
    }

    /// The same, with one more piece of advice.
    pub(super) fn help(mut self, help: &str) -> Self {
        self.problem.help.push(help.into());
        self
    }
}

/// What is left of it.
pub(super) struct Expansion(usize);

impl Default for Expansion {
    fn default() -> Self {
        Self(EXPANSION)
    }
}

impl Expansion {
    /// Takes so many bytes from what is left, for what stands at `at`.
    pub(super) fn spend(&mut self, bytes: usize, at: usize) -> Result<(), Stop> {
        let Some(left) = self.0.checked_sub(bytes) else {
            let message = format!(
                "defaults and edges between groups make more than {} MiB of this file",
                EXPANSION >> 20
            );
            let problem = Diagnostic::new("too-large", message);
            let stop = Stop::new(at..at + 1, problem);
            return Err(stop.help("write out what is meant, in native JSON or CSV"));
        };
        self.0 = left;
        Ok(())
    }
}

/// One foreign file on its way into the builder.
pub(super) struct Intake<'b> {
    builder: &'b mut Builder,
    text: &'b Arc<Text>,
    file: usize,
}

impl<'b> Intake<'b> {
    pub(super) fn new(builder: &'b mut Builder, text: &'b Arc<Text>, layer: &str) -> Self {
        let file = builder.begin_file(text, layer);
        Self { builder, text, file }
    }

    /// The text behind a byte-order mark, and how long that is.
    pub(super) fn content(&self) -> (&'b str, usize) {
        let content = self.text.content.trim_start_matches('\u{feff}');
        (content, self.text.content.len() - content.len())
    }

    /// The file's name.
    pub(super) fn file(&self) -> &'b str {
        &self.text.name
    }

    pub(super) fn place(&self, offset: usize) -> FilePlace {
        FilePlace::new(self.file, offset)
    }

    /// Notes a problem at a stretch of the text.
    pub(super) fn problem(&mut self, span: Range<usize>, problem: Diagnostic) {
        let place = Place::fitted(self.text, span);
        self.builder.problem(problem.at(place));
    }

    /// Tells what loads, but may not be meant so.
    pub(super) fn note(&mut self, span: Range<usize>, note: impl Into<Note>) {
        let (line, _) = Place::fitted(self.text, span).line_and_column();
        self.builder.note(note.into().behind(&format!("{}:{line}: ", self.text.name)));
    }

    /// Notes why reading ended; `before` bytes stand before the reader's text.
    pub(super) fn stopped(&mut self, stop: Stop, before: usize) {
        self.problem(before + stop.span.start..before + stop.span.end, *stop.problem);
    }

    /// This file cannot say which nodes there are: see [`Builder::edges_may_stand_alone`].
    pub(super) fn edges_may_stand_alone(&mut self) {
        self.builder.edges_may_stand_alone();
    }

    /// The edges of this file name their ends by any name.
    pub(super) fn ends_are_names(&mut self) {
        self.builder.ends_are_names(self.file);
    }

    /// What the nodes of earlier files are called.
    pub(super) fn names(&self) -> NameTable {
        self.builder.names()
    }

    /// Line and column of a place of the text.
    pub(super) fn line_and_column(&self, offset: usize) -> (usize, usize) {
        Place::fitted(self.text, offset..offset).line_and_column()
    }

    /// Says of a relation that one needs its target first and that it has no cycles, unless a
    /// schema says what it is.
    pub(super) fn declare_flow(&mut self, relation: &str) {
        let schema = &mut self.builder.schema;
        if schema.declared_relations.insert(relation.to_owned()) {
            let relation = schema.add_relation(relation);
            relation.prerequisite = Some(Prerequisite::Target);
            relation.acyclic = true;
        }
    }

    /// Is it fit to name something? If not, that is noted.
    pub(super) fn is_id(&mut self, id: &str, what: &str, span: Range<usize>) -> bool {
        let fit = !id.is_empty() && !id.contains('\0');
        if !fit {
            let message = format!("{what} must not be empty or hold a NUL character");
            self.problem(span, Diagnostic::new("bad-id", message));
        }
        fit
    }

    /// Adds a node, and reads from its properties what they say of kind, name, other names and
    /// sources.
    pub(super) fn node(&mut self, mut facts: NodeFacts) {
        roles::node(&mut facts, &roles::JOINED);
        let at = facts.place.offset as usize;
        let names = facts.kinds.iter().chain(&facts.name).cloned().collect::<Vec<String>>();
        if names.iter().all(|name| self.is_id(name, "a kind or name", at..at + 1)) {
            self.builder.node(facts);
        }
    }

    /// Adds an edge; its properties may name the relation and sources.
    pub(super) fn edge(&mut self, mut facts: EdgeFacts) {
        let at = facts.place.offset as usize;
        roles::edge(&mut facts, &roles::JOINED);
        let relation = facts.relation.clone();
        if self.is_id(&relation, "a relation", at..at + 1) {
            self.builder.edge(facts);
        }
    }
}

/// Reads a text by `read`, which gets what stands behind a byte-order mark, and how long that is.
pub(super) fn read_by(
    (builder, text, layer): (&mut Builder, &Arc<Text>, &str),
    read: impl FnOnce(&mut Intake<'_>, &str, usize) -> Result<(), Stop>,
) {
    let mut intake = Intake::new(builder, text, layer);
    let (content, before) = intake.content();
    if let Err(stop) = read(&mut intake, content, before) {
        intake.stopped(stop, before);
    }
}

/// How much memory a value takes, roughly.
pub(super) fn weight(properties: &Properties) -> usize {
    let text = |value: &Value| value.as_str().map_or(0, str::len);
    properties.iter().map(|(name, value)| 128 + name.len() + text(value)).sum()
}

/// A JSON number, if the text is exactly one: `1.50` and `-3` are, `007`, `+5` and `.5` are not.
pub(super) fn number(text: &str) -> Option<Value> {
    let begins = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    as_spelt(text).filter(|_| begins).map(Value::Number)
}

/// A whole number; one that JSON writes in another way, such as `007`, if it is not too large.
pub(super) fn whole_number(text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().ok()?;
    number(text).or(Some(whole.into()))
}

/// A number that JSON writes in another way, such as `.5` or `+3`. No digit is lost.
pub(super) fn loose_number(text: &str) -> Option<Value> {
    Number::from_str(&Decimal::read(text)?.written()).ok().map(Value::Number)
}
