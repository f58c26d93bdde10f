//! JSON values that remember where they stand. `serde_json` does the parsing; a value is a slice
//! of the file's text, so its place is the distance from the text's start.

use super::strict::Strict;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::graph::{Builder, FilePlace};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

/// How deep values may nest.
pub(super) const DEPTH: usize = 128;

/// One member of an object.
pub(super) struct Member<'t> {
    pub(super) key: Cow<'t, str>,
    pub(super) value: &'t str,
}

/// Reads one file's values, noting every problem with its place.
pub(super) struct Reader<'b, 't> {
    pub(super) builder: &'b mut Builder,
    file: usize,
    text: &'t Arc<Text>,
    /// The node or edge being read, for messages.
    pub(super) about: Option<String>,
}

impl<'b, 't> Reader<'b, 't> {
    pub(super) fn new(builder: &'b mut Builder, text: &'t Arc<Text>, file: usize) -> Self {
        Self { builder, file, text, about: None }
    }

    /// The whole file as one value, without a byte-order mark.
    pub(super) fn root(&self) -> &'t str {
        let content = self.text.content.as_str();
        content.strip_prefix('\u{feff}').unwrap_or(content).trim_start()
    }

    /// Where a slice of the text stands.
    pub(super) fn place(&self, slice: &str) -> FilePlace {
        FilePlace::new(self.file, self.offset(slice))
    }

    fn offset(&self, slice: &str) -> usize {
        let start = self.text.content.as_ptr() as usize;
        let offset = (slice.as_ptr() as usize).wrapping_sub(start);
        offset.min(self.text.content.len())
    }

    /// Where the quoted text stands that has `inner` between its quotes.
    pub(super) fn place_around(&self, inner: &str) -> FilePlace {
        let place = self.place(inner);
        FilePlace { offset: place.offset.saturating_sub(1), ..place }
    }

    /// Notes a problem at the start of `slice`.
    pub(super) fn problem(&mut self, slice: &str, mut problem: Diagnostic) {
        problem.id = problem.id.or_else(|| self.about.clone());
        let start = self.offset(slice);
        // An object or a list is pointed at, a plain value underlined.
        let length = match slice.chars().next() {
            Some('{' | '[') => 1,
            Some(_) => slice.len(),
            None => 0,
        };
        self.builder.problem(problem.at(Place::new(self.text, start..start + length)));
    }

    /// From now on problems are about the object with these members: its id, or its ends.
    pub(super) fn begin(&mut self, members: &[Member<'t>], naming: &[&str]) {
        let told = naming.iter().filter_map(|name| {
            let member = members.iter().find(|member| member.key == *name)?;
            Some(member.value.trim_matches('"'))
        });
        let told: Vec<&str> = told.collect();
        self.about = (!told.is_empty()).then(|| told.join(" "));
    }

    /// Notes that `slice` should have been something else.
    pub(super) fn misfit(&mut self, slice: &str, what: &str, wanted: &str) {
        let found = describe(slice);
        let message = format!("{what} must be {wanted}, found {found}");
        self.problem(slice, Diagnostic::new("wrong-type", message));
    }

    /// The members of an object; each key once.
    pub(super) fn object(&mut self, slice: &'t str, what: &str) -> Option<Vec<Member<'t>>> {
        if !slice.starts_with('{') {
            self.misfit(slice, what, "an object");
            return None;
        }
        let members = self.parse::<Members<'t>>(slice)?.0;
        for member in repeated(&members) {
            let message = format!("the key `{}` stands twice in {what}", member.key);
            let problem = Diagnostic::new("duplicate-key", message)
                .help("keep one of them; JSON readers disagree on which one counts");
            self.problem(self.key_slice(member), problem);
        }
        Some(members)
    }

    /// Where a member's key stands, or its value if the key holds escapes.
    pub(super) fn key_slice(&self, member: &Member<'t>) -> &'t str {
        match member.key {
            Cow::Borrowed(key) => {
                let start = self.offset(key).saturating_sub(1);
                self.text.content.get(start..start + key.len() + 2).unwrap_or(member.value)
            }
            Cow::Owned(_) => member.value,
        }
    }

    /// The items of an array.
    pub(super) fn array(&mut self, slice: &'t str, what: &str) -> Option<Vec<&'t str>> {
        if !slice.starts_with('[') {
            self.misfit(slice, what, "a list");
            return None;
        }
        Some(self.parse::<Items<'t>>(slice)?.0)
    }

    /// A text.
    pub(super) fn string(&mut self, slice: &'t str, what: &str) -> Option<String> {
        if !slice.starts_with('"') {
            self.misfit(slice, what, "text in quotes");
            return None;
        }
        match slice[1..].split_once('"') {
            // Without escapes the text is what stands there.
            Some((plain, "")) if !plain.contains('\\') => Some(plain.to_owned()),
            _ => self.parse(slice),
        }
    }

    /// A list of texts, or one text alone.
    pub(super) fn strings(&mut self, slice: &'t str, what: &str) -> Option<Vec<String>> {
        if slice.starts_with('[') {
            let items = self.array(slice, what)?;
            return Some(items.into_iter().filter_map(|item| self.string(item, what)).collect());
        }
        Some(vec![self.string(slice, what)?])
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, slice: &'t str, what: &str) -> Option<bool> {
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
    pub(super) fn count(&mut self, slice: &'t str, what: &str) -> Option<u64> {
        let number = slice.parse().ok();
        if number.is_none() {
            self.misfit(slice, what, "a whole number from 0");
        }
        number
    }

    /// An id: a text that names something.
    pub(super) fn id(&mut self, slice: &'t str, what: &str) -> Option<String> {
        let id = self.string(slice, what)?;
        if id.is_empty() || id.contains('\0') {
            let message = format!("{what} must not be empty or hold a NUL character");
            self.problem(slice, Diagnostic::new("bad-id", message));
            return None;
        }
        Some(id)
    }

    /// Any value, numbers kept digit by digit.
    pub(super) fn value(&mut self, slice: &'t str) -> Option<Value> {
        // What is perfect is read in one pass.
        if let Ok(Strict(value)) = serde_json::from_str(slice) {
            return Some(value);
        }
        if let Some(at) = too_deep(slice) {
            let message = format!("values nest deeper than {DEPTH} levels");
            self.problem(&slice[at..], Diagnostic::new("too-deep", message));
            return None;
        }
        self.piece(slice)
    }

    /// A value, piece by piece, so that each problem gets its place.
    fn piece(&mut self, slice: &'t str) -> Option<Value> {
        if slice.starts_with('{') {
            let members = self.object(slice, "this object")?;
            let mut map = serde_json::Map::new();
            for member in members {
                let value = self.piece(member.value)?;
                map.insert(member.key.into_owned(), value);
            }
            Some(Value::Object(map))
        } else if slice.starts_with('[') {
            let items = self.array(slice, "this list")?;
            let values = items.into_iter().map(|item| self.piece(item));
            values.collect::<Option<Vec<Value>>>().map(Value::Array)
        } else if slice.starts_with('"') {
            self.string(slice, "this text").map(Value::String)
        } else {
            self.parse(slice)
        }
    }

    fn parse<T: Deserialize<'t>>(&mut self, slice: &'t str) -> Option<T> {
        match serde_json::from_str(slice) {
            Ok(value) => Some(value),
            Err(error) => {
                let told = error.to_string();
                let told = told.split(" at line ").next().unwrap_or_default();
                let offset = self.offset(slice) + error_offset(slice, &error);
                let problem = Diagnostic::new("bad-json", format!("this is not JSON: {told}"));
                let text = &self.text.content;
                let mut start = offset.min(text.len());
                while !text.is_char_boundary(start) {
                    start -= 1;
                }
                let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
                self.builder.problem(problem.at(Place::new(self.text, start..end)));
                None
            }
        }
    }
}

/// Where a value begins that nests deeper than values may. Linear.
fn too_deep(slice: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in slice.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' if depth == DEPTH => return Some(at),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
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

/// The byte of `slice` that an error's line and column point to.
fn error_offset(slice: &str, error: &serde_json::Error) -> usize {
    let mut start = 0;
    for _ in 1..error.line() {
        start += slice[start..].find('\n').map_or(0, |at| at + 1);
    }
    start + error.column().saturating_sub(1)
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

struct Members<'t>(Vec<Member<'t>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    let value = map.next_value::<&'de RawValue>()?.get();
                    members.push(Member { key, value });
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

struct Items<'t>(Vec<&'t str>);

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Items<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element::<&'de RawValue>()? {
                    items.push(item.get());
                }
                Ok(Items(items))
            }
        }
        deserializer.deserialize_seq(Collect)
    }
}

/// A key, borrowed from the text where it has no escapes, so that its place is known.
struct Key<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrow;
        impl<'de> Visitor<'de> for Borrow {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }
            fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(Borrow)
    }
}
