//! JSON values that remember where they stand: a value is a slice of the file's text, so its place
//! is the distance from the text's start. The text is checked once, as a whole; then values are
//! taken from it piece by piece, with every problem at its place.

mod keys;
mod origin;
mod scanner;
mod value;

use crate::diagnostic::{Diagnostic, Place, Text, shortened};
use crate::graph::{Builder, EdgeFacts, FilePlace};
pub(crate) use origin::Origin;
use scanner::{ScanStep, Scanner, Unexpected};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;
pub(crate) use value::FILE_DEPTH;

/// One member of an object.
pub(in crate::data) struct Member<'t> {
    pub(in crate::data) key: Cow<'t, str>,
    pub(in crate::data) value: &'t str,
}

/// Reads one file's values, noting every problem with its place.
pub(in crate::data) struct Reader<'b, 't> {
    pub(in crate::data) builder: &'b mut Builder,
    file: usize,
    text: &'t Arc<Text>,
    scanner: Scanner<'t>,
    /// The file that the text was made from, if it is not the file itself.
    origin: Option<&'t Origin>,
    /// What names the node or edge being read, for messages.
    about: Vec<Cow<'t, str>>,
    /// Edges on their way into the builder, a few at a time.
    edges: Vec<EdgeFacts<Cow<'t, str>>>,
}

/// How many edges go into the builder at a time: it looks their ends up together.
const FEW: usize = 64;

impl<'b, 't> Reader<'b, 't> {
    pub(in crate::data) fn new(builder: &'b mut Builder, text: &'t Arc<Text>, file: usize) -> Self {
        let scanner = Scanner::new(&text.content);
        Self { builder, file, text, scanner, origin: None, about: Vec::new(), edges: Vec::new() }
    }

    /// The whole file as the one object that it must be, without a byte-order mark, and its
    /// members. From then on every slice of it is known to be JSON; if it is not, that is noted.
    /// `like` says what such a file looks like.
    pub(in crate::data) fn root(
        &mut self,
        what: &str,
        like: &str,
    ) -> Option<(&'t str, Vec<Member<'t>>)> {
        let content = &*self.text.content;
        let root = content.strip_prefix('\u{feff}').unwrap_or(content).trim_start();
        if root.is_empty() {
            self.problem(root, Diagnostic::new("bad-json", "this file is empty"));
            return None;
        }
        if !root.starts_with('{') {
            let problem = Diagnostic::new("bad-json", format!("{what} is one JSON object"));
            self.problem(root.lines().next().unwrap_or(root), problem.help(like));
            return None;
        }
        let start = content.len() - root.len();
        let mut members = Vec::new();
        let end = self.members_at(start, &mut members, what);
        match end.map(|end| self.scanner.blanks(end)) {
            Ok(end) if end == content.len() => Some((root, members)),
            Ok(end) | Err(Unexpected(end)) => {
                self.not_json(root, end);
                None
            }
        }
    }

    /// Notes where the text stops being JSON, in the words of `serde_json`.
    fn not_json(&mut self, root: &str, at: usize) {
        let content = &self.text.content;
        let told = serde_json::from_str::<serde::de::IgnoredAny>(root);
        let told =
            told.err().map_or_else(|| "unexpected character".to_owned(), |error| error.to_string());
        let told = told.split(" at line ").next().unwrap_or_default();
        let end = content[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        let problem = Diagnostic::new("bad-json", format!("this is not JSON: {told}"));
        self.builder.problem(problem.at(Place::new(self.text, at..end)));
    }

    /// Where a slice of the text stands.
    pub(in crate::data) fn place(&self, slice: &str) -> FilePlace {
        let offset = self.offset(slice);
        FilePlace::new(self.file, self.origin.map_or(offset, |origin| origin.span(offset).start))
    }

    fn offset(&self, slice: &str) -> usize {
        // A slice is a part of the text itself: how far their addresses lie apart is its place. A
        // copy is none, and counts as the end.
        let start = self.text.content.as_ptr() as usize;
        let offset = (slice.as_ptr() as usize).wrapping_sub(start);
        offset.min(self.text.content.len())
    }

    /// Notes a problem at the start of `slice`.
    pub(in crate::data) fn problem(&mut self, slice: &str, mut problem: Diagnostic) {
        if problem.id.is_none() && !self.about.is_empty() {
            let about = self.about.iter().map(|name| name.trim_matches('"'));
            problem.id = Some(about.collect::<Vec<&str>>().join(" ").into_boxed_str());
        }
        let start = self.offset(slice);
        if let Some(origin) = self.origin {
            let place = Place::new(&origin.text, self.pointed(origin, slice));
            return self.builder.problem(problem.at(place));
        }
        // An object or a list is pointed at, a plain value underlined.
        let length = match slice.chars().next() {
            Some('{' | '[') => 1,
            Some(_) => slice.len(),
            None => 0,
        };
        self.builder.problem(problem.at(Place::new(self.text, start..start + length)));
    }

    /// From now on problems are about the object with these members: its id, or its ends.
    pub(in crate::data) fn begin(&mut self, members: &[Member<'t>], naming: &[&str]) {
        self.about.clear();
        for name in naming {
            let member = members.iter().find(|member| member.key == *name);
            self.about.extend(member.map(|member| Cow::from(member.value)));
        }
    }

    /// From now on problems are about what has this name.
    pub(in crate::data) fn begin_named(&mut self, name: Cow<'t, str>) {
        self.about.clear();
        self.about.push(name);
    }

    /// From now on problems are about nothing in particular.
    pub(in crate::data) fn end(&mut self) {
        self.about.clear();
    }

    /// Notes that `slice` should have been something else.
    pub(in crate::data) fn misfit(&mut self, slice: &str, what: &str, wanted: &str) {
        let found = describe(slice);
        let message = format!("{what} must be {wanted}, found {found}");
        self.problem(slice, Diagnostic::new("wrong-type", message));
    }

    /// The members of an object; each key once.
    pub(in crate::data) fn object(
        &mut self,
        slice: &'t str,
        what: &str,
    ) -> Option<Vec<Member<'t>>> {
        if !slice.starts_with('{') {
            self.misfit(slice, what, "an object");
            return None;
        }
        let mut members = Vec::new();
        self.members_at(self.offset(slice), &mut members, what).ok()?;
        Some(members)
    }

    /// Collects the members of the object at `at`; behind it.
    fn members_at(
        &mut self,
        at: usize,
        members: &mut Vec<Member<'t>>,
        what: &str,
    ) -> Result<usize, Unexpected> {
        members.clear();
        let content = &*self.text.content;
        let mut step = self.scanner.enter(at);
        loop {
            match step {
                ScanStep::End(end) => {
                    self.each_once(members, what);
                    return Ok(end);
                }
                ScanStep::At(at) => {
                    let (key_end, value) = self.scanner.member(at)?;
                    let end = self.scanner.skip(value)?;
                    let key = self.unescaped(&content[at..key_end]).unwrap_or_default();
                    members.push(Member { key, value: &content[value..end] });
                    step = self.scanner.next(end, b'}')?;
                }
            }
        }
    }

    /// Notes the members whose key an earlier one has.
    fn each_once(&mut self, members: &[Member<'t>], what: &str) {
        for member in repeated(members) {
            self.twice(&member.key, self.key_slice(member), what);
        }
    }

    fn twice(&mut self, key: &str, slice: &str, what: &str) {
        let message = format!("the key `{}` stands twice in {what}", shortened(key));
        let problem = Diagnostic::new("duplicate-key", message)
            .help("keep one of them; JSON readers disagree on which one counts");
        self.problem(slice, problem);
    }

    /// Where a member's key stands, or its value if the key holds escapes.
    pub(in crate::data) fn key_slice(&self, member: &Member<'t>) -> &'t str {
        match member.key {
            Cow::Borrowed(key) => {
                let start = self.offset(key).saturating_sub(1);
                self.text.content.get(start..start + key.len() + 2).unwrap_or(member.value)
            }
            Cow::Owned(_) => member.value,
        }
    }

    /// The items of an array.
    pub(in crate::data) fn array(&mut self, slice: &'t str, what: &str) -> Option<Vec<&'t str>> {
        let mut items = Vec::new();
        let mut all = |reader: &mut Self, at| {
            let end = reader.scanner.skip(at)?;
            items.push(&reader.text.content[at..end]);
            Ok(end)
        };
        self.items(slice, what, &mut all)?;
        Some(items)
    }

    /// Goes through an array; `one` reads the item that begins at a byte and says where it ends.
    fn items(
        &mut self,
        slice: &'t str,
        what: &str,
        one: &mut dyn FnMut(&mut Self, usize) -> Result<usize, Unexpected>,
    ) -> Option<()> {
        if !slice.starts_with('[') {
            self.misfit(slice, what, "a list");
            return None;
        }
        let mut step = self.scanner.enter(self.offset(slice));
        while let ScanStep::At(at) = step {
            let end = one(self, at).ok()?;
            step = self.scanner.next(end, b']').ok()?;
        }
        Some(())
    }

    /// Reads the objects of an array one after the other, each as its slice and its members: many
    /// nodes or edges take no more memory than one.
    pub(in crate::data) fn objects(
        &mut self,
        slice: &'t str,
        what: &str,
        item: &str,
        mut one: impl FnMut(&mut Self, &'t str, &mut Vec<Member<'t>>) -> Option<()>,
    ) {
        let mut members = Vec::new();
        let mut object = |reader: &mut Self, at| {
            let content = &*reader.text.content;
            let end = if content[at..].starts_with('{') {
                reader.members_at(at, &mut members, item)?
            } else {
                let end = reader.scanner.skip(at)?;
                reader.misfit(&content[at..end], item, "an object");
                return Ok(end);
            };
            one(reader, &content[at..end], &mut members);
            reader.end();
            Ok(end)
        };
        self.items(slice, what, &mut object);
        self.flush();
    }

    /// Adds an edge, with others that came before it.
    pub(in crate::data) fn edge(&mut self, facts: EdgeFacts<Cow<'t, str>>) {
        self.edges.push(facts);
        if self.edges.len() == FEW {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.builder.edges(&mut self.edges);
    }

    /// A text as it stands or, where it has escapes, a copy.
    pub(in crate::data) fn text(&mut self, slice: &'t str, what: &str) -> Option<Cow<'t, str>> {
        if !slice.starts_with('"') {
            let bare = !slice.starts_with(['{', '[']) && slice != "null";
            if let Some(origin) = self.origin.filter(|_| bare) {
                return Some(Cow::Owned(
                    origin.text.content[origin.span(self.offset(slice))].to_owned(),
                ));
            }
            let wanted = if self.origin.is_some() { "text" } else { "text in quotes" };
            self.misfit(slice, what, wanted);
            return None;
        }
        self.unescaped(slice)
    }

    /// What stands between quotes, which are there.
    fn unescaped(&mut self, quoted: &'t str) -> Option<Cow<'t, str>> {
        let inner = &quoted[1..quoted.len() - 1];
        if !inner.as_bytes().contains(&b'\\') {
            return Some(inner.into());
        }
        match serde_json::from_str(quoted) {
            Ok(text) => Some(Cow::Owned(text)),
            Err(error) => {
                // The grammar is right, so it is half of a surrogate pair.
                let told = error.to_string();
                let told = told.split(" at line ").next().unwrap_or_default();
                let message = format!("this is not JSON: {told}");
                self.problem(quoted, Diagnostic::new("bad-json", message));
                None
            }
        }
    }

    /// A text.
    pub(in crate::data) fn string(&mut self, slice: &'t str, what: &str) -> Option<String> {
        self.text(slice, what).map(Cow::into_owned)
    }

    /// A list of texts, or one text alone.
    pub(in crate::data) fn strings(&mut self, slice: &'t str, what: &str) -> Option<Vec<String>> {
        if slice.starts_with('[') {
            let items = self.array(slice, what)?;
            return Some(items.into_iter().filter_map(|item| self.string(item, what)).collect());
        }
        Some(vec![self.string(slice, what)?])
    }

    /// `true` or `false`.
    pub(in crate::data) fn boolean(&mut self, slice: &'t str, what: &str) -> Option<bool> {
        match slice {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.misfit(slice, what, "true or false");
                None
            }
        }
    }

    /// A whole number from 0.
    pub(in crate::data) fn count(&mut self, slice: &'t str, what: &str) -> Option<u64> {
        let number = slice.parse().ok();
        if number.is_none() {
            self.misfit(slice, what, "a whole number from 0");
        }
        number
    }

    /// An id: a text that names something.
    pub(in crate::data) fn id(&mut self, slice: &'t str, what: &str) -> Option<Cow<'t, str>> {
        let id = self.text(slice, what)?;
        // Only an escape can stand for a NUL character.
        let has_nul = matches!(&id, Cow::Owned(id) if id.contains('\0'));
        if id.is_empty() || has_nul {
            let message = format!("{what} must not be empty or hold a NUL character");
            self.problem(slice, Diagnostic::new("bad-id", message));
            return None;
        }
        Some(id)
    }
}

/// The members whose key an earlier one has.
fn repeated<'m, 't>(members: &'m [Member<'t>]) -> Vec<&'m Member<'t>> {
    const FEW: usize = 16;
    if members.len() <= FEW {
        let earlier = |at: usize| members[..at].iter().any(|other| other.key == members[at].key);
        return (0..members.len()).filter(|at| earlier(*at)).map(|at| &members[at]).collect();
    }
    let mut seen = HashSet::new();
    members.iter().filter(|member| !seen.insert(member.key.as_ref())).collect()
}

/// What kind of value a slice is, in words.
fn describe(slice: &str) -> &'static str {
    match slice.bytes().next() {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'"') => "text",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        Some(b'-') => "a negative number",
        Some(b'0'..=b'9') => "a number",
        _ => "nothing of the kind",
    }
}
