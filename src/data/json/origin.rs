//! JSON that was made from a file in another notation: where in that its values stand.

use super::Reader;
use crate::diagnostic::Text;
use crate::graph::Builder;
use std::ops::Range;
use std::sync::Arc;

/// Where in a file stands what was made JSON of.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(super) text: Arc<Text>,
    /// What begins at a byte of the JSON, and its stretch of the file; by that byte.
    places: Vec<(usize, Range<usize>)>,
}

impl Origin {
    pub(in crate::data) fn new(text: &Arc<Text>, places: Vec<(usize, Range<usize>)>) -> Self {
        Self { text: Arc::clone(text), places }
    }

    /// The stretch of the file for a byte of the JSON.
    pub(crate) fn span(&self, offset: usize) -> Range<usize> {
        let behind = self.places.partition_point(|(start, _)| *start <= offset);
        behind.checked_sub(1).map_or(0..0, |at| self.places[at].1.clone())
    }
}

impl<'b, 't> Reader<'b, 't> {
    /// A reader of JSON that was made from a file in another notation, where texts need no quotes.
    pub(in crate::data) fn of_yaml(
        builder: &'b mut Builder,
        json: &'t Arc<Text>,
        file: usize,
        origin: &'t Origin,
    ) -> Self {
        Self { origin: Some(origin), ..Self::new(builder, json, file) }
    }

    /// What to point at in the file for a slice: of a list or an object its first line.
    pub(super) fn pointed(&self, origin: &Origin, slice: &str) -> Range<usize> {
        let span = origin.span(self.offset(slice));
        let text = &origin.text.content[span.clone()];
        let length = match slice.chars().next() {
            Some('{' | '[') => text.chars().next().map_or(0, char::len_utf8),
            _ => text.lines().next().map_or(0, str::len),
        };
        span.start..span.start + length
    }

    /// The stretch of the file that was made into a slice.
    pub(in crate::data) fn span(&self, slice: &str) -> Range<usize> {
        let offset = self.offset(slice);
        self.origin.map_or(offset..offset + slice.len(), |origin| origin.span(offset))
    }
}
