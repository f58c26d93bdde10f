//! JSON that was made from a file in another notation: where in that its values stand.

use crate::diagnostic::Text;
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
