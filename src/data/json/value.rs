//! Whole values, as properties have them.

use super::Reader;
use super::scanner::{ScanStep, closing};
use crate::diagnostic::Diagnostic;
use crate::graph::as_spelt;
use serde_json::{Map, Value};

/// How deep values may nest.
const DEPTH: usize = 128;
/// How deep a file of ours may nest: its lists, their items, and the properties of these hold values.
pub(crate) const FILE_DEPTH: usize = DEPTH + 4;

impl<'t> Reader<'_, 't> {
    /// Any value, numbers kept digit by digit. Linear.
    pub(in crate::data) fn value(&mut self, slice: &'t str) -> Option<Value> {
        self.build(self.offset(slice), DEPTH).map(|(value, _)| value)
    }

    /// A whole file as a value, if it is one.
    pub(in crate::data) fn file(&mut self) -> Option<Value> {
        self.build(0, FILE_DEPTH).map(|(value, _)| value)
    }

    /// The value at `at`, which may nest so deep, and where it ends.
    fn build(&mut self, at: usize, depth: usize) -> Option<(Value, usize)> {
        let content = &*self.text.content;
        let bracket = content.as_bytes()[at];
        if !matches!(bracket, b'{' | b'[') {
            let end = self.scanner.skip(at).ok()?;
            return self.scalar(&content[at..end]).map(|value| (value, end));
        }
        let Some(depth) = depth.checked_sub(1) else {
            let message = format!("values nest deeper than {DEPTH} levels");
            self.problem(&content[at..], Diagnostic::new("too-deep", message));
            return None;
        };
        let (mut list, mut map) = (Vec::new(), Map::new());
        let mut step = self.scanner.enter(at);
        while let ScanStep::At(at) = step {
            let key = if bracket == b'{' { Some(self.scanner.member(at).ok()?) } else { None };
            let start = key.map_or(at, |(_, start)| start);
            let (value, end) = self.build(start, depth)?;
            match key {
                None => list.push(value),
                Some((key_end, _)) => self.insert(&mut map, &content[at..key_end], value)?,
            }
            step = self.scanner.next(end, closing(bracket)).ok()?;
        }
        let ScanStep::End(end) = step else { return None };
        Some((if bracket == b'{' { Value::Object(map) } else { Value::Array(list) }, end))
    }

    fn insert(
        &mut self,
        map: &mut Map<String, Value>,
        quoted: &'t str,
        value: Value,
    ) -> Option<()> {
        let key = self.unescaped(quoted)?.into_owned();
        if map.contains_key(&key) {
            self.twice(&key, quoted, "this object");
        }
        map.insert(key, value);
        Some(())
    }

    fn scalar(&mut self, slice: &'t str) -> Option<Value> {
        Some(match slice.as_bytes()[0] {
            b'"' => Value::String(self.unescaped(slice)?.into_owned()),
            b't' => Value::Bool(true),
            b'f' => Value::Bool(false),
            b'n' => Value::Null,
            _ => Value::Number(as_spelt(slice)?),
        })
    }
}
