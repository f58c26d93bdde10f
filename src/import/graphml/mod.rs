//! `GraphML`, read as a stream: one directed graph of nodes and edges with typed data. What that
//! is not (nested graphs, hyperedges, undirected edges, entities of a document's own) is refused.

mod data;
mod elements;

use self::data::{Keys, read_key};
use super::intake::{Expansion, Intake, Stop};
use super::{Importer, Reads};
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::Properties;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;

/// How deep elements may nest.
const DEPTH: usize = 128;

pub(super) const IMPORTER: Importer = Importer {
    name: "graphml",
    extensions: &["graphml", "xml"],
    summary: "GraphML, directed",
    reads: Reads::Text {
        recognises: |content| content.starts_with('<'),
        read: |builder, text, layer, _| {
            let mut intake = Intake::new(builder, text, layer);
            let mut document = Document::new(&mut intake);
            if let Err(stop) = document.read() {
                intake.stopped(stop, 0);
            }
        },
    },
};

fn stop(at: usize, message: impl Into<String>) -> Stop {
    Stop::new(at..at + 1, Diagnostic::new("bad-graphml", message))
}

/// An element that does not belong where it stands.
fn misplaced(parent: Option<&str>, name: &str, at: usize) -> Stop {
    match (parent, name) {
        (None, _) => {
            stop(at, format!("this XML is no GraphML, but begins with `{}`", shortened(name)))
        }
        (Some("node" | "edge"), "graph") => {
            stop(at, "a graph inside a node or edge is not read here")
                .help("ungroup the nodes, or load the graphs one by one")
        }
        (Some("graph"), "hyperedge") => {
            stop(at, "a hyperedge is not read here: an edge has two ends")
        }
        (Some(parent), _) => {
            stop(at, format!("`{}` does not belong into `{parent}`", shortened(name)))
        }
    }
}

/// An attribute's value and where it stands.
type Attribute = (String, usize);

/// A node or an edge that is being read.
struct Item {
    is_edge: bool,
    attributes: BTreeMap<String, Attribute>,
    properties: Properties,
    place: usize,
}

/// Text that is being collected: of which key, or of a key's default if none.
struct Collected {
    key: Option<Attribute>,
    text: String,
    /// What yEd shows beside its drawing; text elsewhere in a drawing is not collected.
    drawn: bool,
}

struct Document<'i, 'b> {
    intake: &'i mut Intake<'b>,
    xml: Reader<&'b [u8]>,
    content: &'b str,
    before: usize,
    /// The names of the open elements.
    open: Vec<String>,
    /// How many open elements are passed over.
    skipped: usize,
    keys: Keys,
    /// What nodes and what edges have that do not say otherwise.
    defaults: [Properties; 2],
    /// The key whose declaration is open.
    declared: Option<String>,
    graphs: usize,
    undirected: Option<usize>,
    item: Option<Item>,
    collected: Option<Collected>,
    expansion: Expansion,
}

impl<'i, 'b> Document<'i, 'b> {
    fn new(intake: &'i mut Intake<'b>) -> Self {
        let (content, before) = intake.content();
        let mut xml = Reader::from_str(content);
        xml.config_mut().expand_empty_elements = true;
        Self {
            intake,
            xml,
            content,
            before,
            open: Vec::new(),
            skipped: 0,
            keys: Keys::new(),
            defaults: [Properties::new(), Properties::new()],
            declared: None,
            graphs: 0,
            undirected: None,
            item: None,
            collected: None,
            expansion: Expansion::default(),
        }
    }

    fn read(&mut self) -> Result<(), Stop> {
        let mut seen = false;
        loop {
            let at = self.before + self.xml.buffer_position() as usize;
            match self.xml.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => {
                    if self.open.is_empty() && std::mem::replace(&mut seen, true) {
                        return Err(stop(at, "a document has one outermost element"));
                    }
                    self.begin(&element, at)?;
                }
                Ok(Event::End(_)) => self.end(at)?,
                Ok(Event::Text(text)) => self.text(&text.xml10_content(), at)?,
                Ok(Event::CData(text)) => self.text(&text.xml10_content(), at)?,
                Ok(Event::GeneralRef(name)) => self.reference(&name, at)?,
                Ok(Event::DocType(kind)) if kind.as_bytes().contains(&b'[') => {
                    let problem =
                        stop(at, "this document declares entities or elements of its own");
                    return Err(
                        problem.help("no entity is expanded here: take the part in […] away")
                    );
                }
                Ok(Event::Decl(declaration)) => self.check_encoding(declaration.encoding(), at)?,
                Ok(Event::Eof) => break,
                Ok(Event::DocType(_) | Event::Comment(_) | Event::PI(_)) => {}
                Err(error) => {
                    let at = self.before + self.xml.error_position() as usize;
                    return Err(stop(at, format!("this is not XML: {error}")));
                }
            }
        }
        let end = self.before + self.content.len();
        match self.open.last() {
            Some(name) => Err(stop(end, format!("the file ends inside `{}`", shortened(name)))),
            None if !seen => Err(stop(end, "there is no element here")),
            None if self.graphs == 0 => Err(stop(end, "this document has no `graph`")),
            None => Ok(()),
        }
    }

    fn check_encoding<E>(
        &self,
        encoding: Option<Result<std::borrow::Cow<'_, str>, E>>,
        at: usize,
    ) -> Result<(), Stop> {
        let Some(Ok(encoding)) = encoding else { return Ok(()) };
        let fits = ["utf-8", "us-ascii", "ascii"].contains(&encoding.to_lowercase().as_str());
        if fits || self.content.is_ascii() {
            return Ok(());
        }
        let message = format!("this document says it is {}, not UTF-8", shortened(&encoding));
        Err(stop(at, message).help("save it as UTF-8, and say so in its first line"))
    }

    fn text(&mut self, text: &str, at: usize) -> Result<(), Stop> {
        if self.open.is_empty() && !text.trim().is_empty() {
            return Err(stop(at, "text stands outside of any element"));
        }
        if let Some(collected) = &mut self.collected
            && (self.skipped == 0 || collected.drawn)
        {
            collected.text.push_str(text);
        }
        Ok(())
    }

    /// `&amp;`, `&#x41;` and the like; there are no others.
    fn reference(&mut self, name: &BytesRef<'_>, at: usize) -> Result<(), Stop> {
        let character = match name.resolve_char_ref() {
            Ok(Some(character)) => Some(character.to_string()),
            Ok(None) => quick_xml::escape::resolve_xml_entity(name).map(str::to_owned),
            Err(error) => return Err(stop(at, format!("this is not XML: {error}"))),
        };
        let unknown = || {
            let message = format!("the entity `&{};` is not known", shortened(name));
            stop(at, message).help("known are &lt; &gt; &amp; &quot; &apos; and numbers: &#233;")
        };
        let character = character.ok_or_else(unknown)?;
        self.text(&character, at)
    }

    fn begin(&mut self, element: &BytesStart<'b>, at: usize) -> Result<(), Stop> {
        let local = element.local_name();
        let name: &str = local.as_ref();
        let parent = self.open.last().cloned();
        self.open.push(name.to_owned());
        if self.open.len() > DEPTH {
            let message = format!("elements nest deeper than {DEPTH} levels");
            return Err(Stop::new(at..at + 1, Diagnostic::new("too-deep", message)));
        }
        if self.skipped > 0 {
            self.skipped += 1;
            let label = ["NodeLabel", "EdgeLabel"].contains(&name);
            if let Some(drawing) = self.collected.as_mut().filter(|_| label) {
                drawing.drawn = drawing.text.trim().is_empty();
            }
            return Ok(());
        }
        match (parent.as_deref(), name) {
            (None, "graphml") => Ok(()),
            (Some("graphml"), "key") => {
                let attributes = self.attributes(element, at)?;
                self.declared = Some(read_key(&mut self.keys, &attributes, at)?);
                Ok(())
            }
            (Some("key"), "default") => {
                self.collect(None);
                Ok(())
            }
            (Some("graphml"), "graph") => self.begin_graph(element, at),
            (Some("graph"), "node" | "edge") => self.begin_item(element, name == "edge", at),
            (Some("node" | "edge"), "data") => self.begin_data(element, at),
            // What yEd draws, inside its data; and what says nothing about nodes and edges.
            (Some("data"), _)
            | (Some("graphml" | "graph"), "data")
            | (Some("node"), "port")
            | (_, "desc") => {
                self.skipped = 1;
                Ok(())
            }
            (parent, _) => Err(misplaced(parent, name, at)),
        }
    }

    fn collect(&mut self, key: Option<Attribute>) {
        self.collected = Some(Collected { key, text: String::new(), drawn: false });
    }

    /// An element's attributes by name, without those that declare namespaces.
    fn attributes(
        &mut self,
        element: &BytesStart<'b>,
        at: usize,
    ) -> Result<BTreeMap<String, Attribute>, Stop> {
        let mut found = BTreeMap::new();
        for attribute in element.attributes() {
            let attribute =
                attribute.map_err(|error| stop(at, format!("this is not XML: {error}")))?;
            let name: &str = attribute.key.as_ref();
            let start = self.content.as_ptr() as usize;
            let inner = (attribute.value.as_ptr() as usize).wrapping_sub(start);
            // The value with its quotes, if it is a piece of the text.
            let place = if inner <= self.content.len() { self.before + inner - 1 } else { at };
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| stop(place, format!("this is not XML: {error}")))?;
            if !name.starts_with("xmlns") && !name.starts_with("xsi:") {
                found.insert(name.to_owned(), (value.into_owned(), place));
            }
        }
        Ok(found)
    }

    fn end(&mut self, at: usize) -> Result<(), Stop> {
        let name = self.open.pop().unwrap_or_default();
        if self.skipped > 0 {
            self.skipped -= 1;
            if let Some(drawing) = self.collected.as_mut().filter(|_| name.ends_with("Label")) {
                drawing.drawn = false;
            }
            return Ok(());
        }
        match name.as_str() {
            "key" => self.declared = None,
            "default" => self.end_default(at),
            "data" => self.end_data(at)?,
            "node" | "edge" => return self.end_item(at),
            _ => {}
        }
        Ok(())
    }
}
