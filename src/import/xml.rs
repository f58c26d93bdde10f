//! XML as a stream of elements, for the formats that are written in it. No entity but XML's five and
//! numbers is resolved, and nothing outside of a document is ever opened.

use super::intake::{Intake, Stop};
use crate::diagnostic::{Diagnostic, shortened};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How deep elements may nest.
const DEPTH: usize = 128;

/// An attribute's value and where it stands.
pub(super) type Attribute = (String, usize);
/// An element's attributes by name, without those that declare namespaces.
pub(super) type Attributes = BTreeMap<String, Attribute>;

/// What a format makes of elements.
pub(super) trait Elements {
    /// An element begins inside `parent`; is what stands inside it read? If not, it is passed over.
    fn begin(&mut self, parent: Option<&str>, element: &Element<'_, '_>) -> Result<bool, Stop>;

    /// Text, perhaps inside of what is passed over.
    fn text(&mut self, text: &str, passed_over: bool);

    /// An element ends that is not passed over.
    fn end(&mut self, name: &str, at: usize) -> Result<(), Stop>;

    /// An element begins or ends inside of what is passed over.
    fn passed_over(&mut self, _name: &str, _begins: bool) {}
}

/// The beginning of an element.
pub(super) struct Element<'x, 'b> {
    /// Its name, without a prefix.
    pub(super) name: &'x str,
    pub(super) at: usize,
    start: &'x BytesStart<'b>,
    xml: &'x Xml<'b>,
}

impl Element<'_, '_> {
    pub(super) fn attributes(&self) -> Result<Attributes, Stop> {
        let mut found = BTreeMap::new();
        for attribute in self.start.attributes() {
            let attribute = attribute.map_err(|error| self.xml.misread(self.at, &error))?;
            let name: &str = attribute.key.as_ref();
            // What has no references in it is a piece of the text, and its address tells where it
            // stands.
            let start = self.xml.content.as_ptr() as usize;
            let inner = (attribute.value.as_ptr() as usize).wrapping_sub(start);
            // The value with its quotes, if it is a piece of the text.
            let within = inner <= self.xml.content.len();
            let place = if within { self.xml.before + inner - 1 } else { self.at };
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.xml.misread(place, &error))?;
            if !name.starts_with("xmlns") && !name.starts_with("xsi:") {
                found.insert(name.to_owned(), (value.into_owned(), place));
            }
        }
        Ok(found)
    }
}

/// A document.
pub(super) struct Xml<'b> {
    content: &'b str,
    before: usize,
    /// The code of its problems.
    code: &'static str,
}

impl<'b> Xml<'b> {
    pub(super) fn new(intake: &Intake<'b>, code: &'static str) -> Self {
        let (content, before) = intake.content();
        Self { content, before, code }
    }

    fn stop(&self, at: usize, message: impl Into<String>) -> Stop {
        Stop::new(at..at + 1, Diagnostic::new(self.code, message))
    }

    fn misread(&self, at: usize, error: &dyn std::fmt::Display) -> Stop {
        self.stop(at, format!("this is not XML: {error}"))
    }

    /// Brings every element to `elements`.
    pub(super) fn walk(&self, elements: &mut impl Elements) -> Result<(), Stop> {
        let mut xml = Reader::from_str(self.content);
        xml.config_mut().expand_empty_elements = true;
        let mut walk = Walk { xml: self, elements, open: Vec::new(), skipped: 0, seen: false };
        loop {
            let at = self.before + xml.buffer_position() as usize;
            match xml.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => walk.begin(&element, at)?,
                Ok(Event::End(_)) => walk.end(at)?,
                Ok(Event::Text(text)) => walk.text(&text.xml10_content(), at)?,
                Ok(Event::CData(text)) => walk.text(&text.xml10_content(), at)?,
                Ok(Event::GeneralRef(name)) => walk.reference(&name, at)?,
                Ok(Event::DocType(kind)) if kind.as_bytes().contains(&b'[') => {
                    let problem =
                        self.stop(at, "this document declares entities or elements of its own");
                    return Err(
                        problem.help("no entity is expanded here: take the part in […] away")
                    );
                }
                Ok(Event::Decl(declaration)) => self.check_encoding(declaration.encoding(), at)?,
                Ok(Event::Eof) => break,
                Ok(Event::DocType(_) | Event::Comment(_) | Event::PI(_)) => {}
                Err(error) => {
                    let at = self.before + xml.error_position() as usize;
                    return Err(self.misread(at, &error));
                }
            }
        }
        let end = self.before + self.content.len();
        match walk.open.last() {
            Some(name) => {
                Err(self.stop(end, format!("the file ends inside `{}`", shortened(name))))
            }
            None if !walk.seen => Err(self.stop(end, "there is no element here")),
            None => Ok(()),
        }
    }

    fn check_encoding<E>(
        &self,
        encoding: Option<Result<Cow<'_, str>, E>>,
        at: usize,
    ) -> Result<(), Stop> {
        let Some(Ok(encoding)) = encoding else { return Ok(()) };
        let fits = ["utf-8", "us-ascii", "ascii"].contains(&encoding.to_lowercase().as_str());
        if fits || self.content.is_ascii() {
            return Ok(());
        }
        let message = format!("this document says it is {}, not UTF-8", shortened(&encoding));
        Err(self.stop(at, message).help("save it as UTF-8, and say so in its first line"))
    }
}

struct Walk<'x, 'b, E> {
    xml: &'x Xml<'b>,
    elements: &'x mut E,
    /// The names of the open elements.
    open: Vec<String>,
    /// How many open elements are passed over.
    skipped: usize,
    /// Was there an outermost element?
    seen: bool,
}

impl<'b, E: Elements> Walk<'_, 'b, E> {
    fn begin(&mut self, start: &BytesStart<'b>, at: usize) -> Result<(), Stop> {
        if self.open.is_empty() && std::mem::replace(&mut self.seen, true) {
            return Err(self.xml.stop(at, "a document has one outermost element"));
        }
        let local = start.local_name();
        let name: &str = local.as_ref();
        if self.open.len() >= DEPTH {
            let message = format!("elements nest deeper than {DEPTH} levels");
            return Err(Stop::new(at..at + 1, Diagnostic::new("too-deep", message)));
        }
        if self.skipped > 0 {
            self.skipped += 1;
            self.elements.passed_over(name, true);
        } else {
            let element = Element { name, at, start, xml: self.xml };
            let parent = self.open.last().map(String::as_str);
            self.skipped = usize::from(!self.elements.begin(parent, &element)?);
        }
        self.open.push(name.to_owned());
        Ok(())
    }

    fn end(&mut self, at: usize) -> Result<(), Stop> {
        let name = self.open.pop().unwrap_or_default();
        if self.skipped == 0 {
            return self.elements.end(&name, at);
        }
        self.skipped -= 1;
        self.elements.passed_over(&name, false);
        Ok(())
    }

    fn text(&mut self, text: &str, at: usize) -> Result<(), Stop> {
        if self.open.is_empty() && !text.trim().is_empty() {
            return Err(self.xml.stop(at, "text stands outside of any element"));
        }
        self.elements.text(text, self.skipped > 0);
        Ok(())
    }

    /// `&amp;`, `&#x41;` and the like; there are no others.
    fn reference(&mut self, name: &BytesRef<'_>, at: usize) -> Result<(), Stop> {
        let character = match name.resolve_char_ref() {
            Ok(Some(character)) => Some(character.to_string()),
            Ok(None) => quick_xml::escape::resolve_xml_entity(name).map(str::to_owned),
            Err(error) => return Err(self.xml.misread(at, &error)),
        };
        let unknown = || {
            let message = format!("the entity `&{};` is not known", shortened(name));
            let stop = self.xml.stop(at, message);
            stop.help("known are &lt; &gt; &amp; &quot; &apos; and numbers: &#233;")
        };
        let character = character.ok_or_else(unknown)?;
        self.text(&character, at)
    }
}
