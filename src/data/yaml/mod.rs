//! YAML as the JSON that says the same, with the place of each value: the one reader of values then
//! reads it, and its problems stand where they do in the file.

mod scalar;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use write::written;

use super::json::{FILE_DEPTH, Origin, Reader};
use crate::diagnostic::{Diagnostic, Place, Text, shortened};
use crate::graph::Builder;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, options};
use serde_json::Value;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// How many bytes repeated parts (`*name`) may add: a short file must not fill the memory.
const EXPANSION: usize = 64 << 20;

/// Reads a graph file in YAML into the builder, as [`super::read`] does JSON.
pub(crate) fn read(builder: &mut Builder, text: &Arc<Text>, layer: &str) {
    let file = builder.begin_file(text, layer);
    match to_json(text, 0..text.content.len()) {
        Ok((json, origin)) => {
            let mut reader = Reader::of_yaml(builder, &json, file, &origin);
            super::read_value(&mut reader);
        }
        Err(problem) => builder.problem(problem),
    }
}

/// A member of a mapping: its key, its value, and where that, or each item of a list, stands.
pub(crate) type YamlMember = (String, Value, Vec<Range<usize>>);

/// The members of the mapping that a document is; `None` if it is something else.
pub(crate) fn members(
    json: &Arc<Text>,
    origin: &Origin,
) -> Result<Option<Vec<YamlMember>>, Diagnostic> {
    if !json.content.starts_with('{') {
        return Ok(None);
    }
    // Problems go into a builder.
    let mut scratch = Builder::new();
    let file = scratch.begin_file(json, "");
    let mut reader = Reader::of_yaml(&mut scratch, json, file, origin);
    let found = reader.root("front matter", "").map(|(_, members)| members).unwrap_or_default();
    let read = found.into_iter().filter_map(|member| {
        let value = reader.value(member.value)?;
        let items = value.is_array().then(|| reader.array(member.value, "a list")).flatten();
        let items = items.filter(|items| !items.is_empty()).unwrap_or(vec![member.value]);
        let places = items.into_iter().map(|item| reader.span(item)).collect();
        Some((member.key.into_owned(), value, places))
    });
    let read: Vec<YamlMember> = read.collect();
    match scratch.finish() {
        Ok(_) => Ok(Some(read)),
        Err(mut problems) => Err(problems.swap_remove(0)),
    }
}

/// The JSON that says what one YAML document says, which stands in a stretch of a text.
pub(crate) fn to_json(
    text: &Arc<Text>,
    range: Range<usize>,
) -> Result<(Arc<Text>, Origin), Diagnostic> {
    let content = &text.content[range.clone()];
    let mark = content.len() - content.trim_start_matches('\u{feff}').len();
    let settings =
        options! { flow_nesting_limit: FILE_DEPTH + 1, block_nesting_limit: FILE_DEPTH + 1 };
    let parser = Parser::new_from_str_with_options(&content[mark..], settings);
    let mut converter = Converter::new(text, range.start + mark..range.end);
    for event in parser {
        let (event, span) = event.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or_default();
            let deep = matches!(error.kind(), ErrorKind::RecursionLimitExceeded);
            let message = format!("this is not YAML: {}", error.info());
            let problem = if deep {
                Diagnostic::new("too-deep", message)
            } else {
                Diagnostic::new("bad-yaml", message)
            };
            problem.at(converter.place(at..at + 1))
        })?;
        converter.take(event, span)?;
    }
    let Converter { json, places, .. } = converter;
    let json = if json.is_empty() { "null".to_owned() } else { json };
    Ok((Text::new(text.name.as_str(), json), Origin::new(text, places)))
}

/// A list or mapping that is open.
struct OpenCollection {
    is_map: bool,
    count: usize,
    /// Its anchor, and where it begins.
    anchor: (usize, usize),
}

struct Converter<'t> {
    text: &'t Arc<Text>,
    /// The stretch that is read.
    range: Range<usize>,
    json: String,
    /// Where in the file stands what begins at a byte of the JSON.
    places: Vec<(usize, Range<usize>)>,
    open: Vec<OpenCollection>,
    /// The JSON of what has a name.
    anchors: HashMap<usize, Range<usize>>,
    documents: usize,
    left: usize,
}

impl<'t> Converter<'t> {
    fn new(text: &'t Arc<Text>, range: Range<usize>) -> Self {
        Self {
            text,
            range,
            json: String::new(),
            places: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            documents: 0,
            left: EXPANSION,
        }
    }

    fn place(&self, span: Range<usize>) -> Place {
        let [start, end] =
            [span.start, span.end].map(|at| (self.range.start + at).min(self.range.end));
        Place::fitted(self.text, start..end)
    }

    fn refuse(&self, code: &'static str, message: &str, span: Span) -> Diagnostic {
        Diagnostic::new(code, message).at(self.place(span.byte_range().unwrap_or_default()))
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "a second document in one file is not read here";
                    return Err(self.refuse("bad-yaml", message, span));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let start = self.begin(span);
                let plain = style == ScalarStyle::Plain && tag.is_none();
                if self.awaits_key() || !plain {
                    self.json.push_str(&quoted(&text));
                } else {
                    self.json.push_str(&scalar::as_json(&text));
                }
                self.end(anchor, start);
            }
            Event::SequenceStart(_, anchor, _) => self.enter(false, anchor, span)?,
            Event::MappingStart(_, anchor, _) => self.enter(true, anchor, span)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.json.push(if open.is_map { '}' } else { ']' });
                    self.end(open.anchor.0, open.anchor.1);
                }
            }
            Event::Alias(anchor) => self.repeat(anchor, span)?,
            _ => {}
        }
        Ok(())
    }

    /// Is what comes next a key?
    fn awaits_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_map && open.count % 2 == 1)
    }

    /// Goes on to a value that stands at `span`, and says where it begins.
    fn begin(&mut self, span: Span) -> usize {
        if let Some(open) = self.open.last_mut() {
            // In a mapping keys and values take turns, so that an odd number means a key has been
            // written.
            let sign = match (open.is_map, open.count) {
                (_, 0) => "",
                (true, count) if count % 2 == 1 => ":",
                _ => ",",
            };
            self.json.push_str(sign);
            open.count += 1;
        }
        let start = self.json.len();
        let place = self.place(span.byte_range().unwrap_or_default()).span;
        self.places.push((start, place));
        start
    }

    fn end(&mut self, anchor: usize, start: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, start..self.json.len());
        }
    }

    fn enter(&mut self, is_map: bool, anchor: usize, span: Span) -> Result<(), Diagnostic> {
        if self.open.len() >= FILE_DEPTH {
            let message = format!("values nest deeper than {FILE_DEPTH} levels");
            return Err(self.refuse("too-deep", &message, span));
        }
        let start = self.begin(span);
        // What has been begun is a key if now its value would come.
        if self.awaits_key() {
            let message = "a key is a text here, not a list or a mapping";
            return Err(self.refuse("bad-yaml", message, span));
        }
        self.json.push(if is_map { '{' } else { '[' });
        self.open.push(OpenCollection { is_map, count: 0, anchor: (anchor, start) });
        Ok(())
    }

    /// Writes again what has a name.
    fn repeat(&mut self, anchor: usize, span: Span) -> Result<(), Diagnostic> {
        let Some(range) = self.anchors.get(&anchor).cloned() else {
            return Err(self.refuse("bad-yaml", "a value cannot be a part of itself", span));
        };
        // Names within what has a name double and double again ("billion laughs"): a bound for it.
        let Some(left) = self.left.checked_sub(range.len()) else {
            let told = shortened("repeated values make more than 64 MiB of this file");
            return Err(self.refuse("too-large", &told, span));
        };
        self.left = left;
        self.begin(span);
        if self.awaits_key() && !self.json[range.clone()].starts_with('"') {
            let message = "a key is a text here: write it out";
            return Err(self.refuse("bad-yaml", message, span));
        }
        let again = self.json[range].to_owned();
        self.json.push_str(&again);
        Ok(())
    }
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
