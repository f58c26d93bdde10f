//! The sources that statements cite, by id. An answer shows a few: those of a snapshot are made when
//! they are asked for.

use super::Source;
use super::blocks::{Chunks, Section};
use super::mapped::body;
use super::search::first_not_before;
use std::sync::OnceLock;

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one there is, and it is not moved about")]
pub(super) enum SourceTable {
    Loaded(Vec<Source>),
    Kept { bodies: [Section; 2], each: Chunks<Source>, all: OnceLock<Vec<Source>> },
}

impl SourceTable {
    /// Those of a snapshot: where each begins, and what it is.
    pub(super) fn kept(bodies: [Section; 2]) -> Self {
        let each = Chunks::new(bodies[0].words_len() - 1);
        Self::Kept { bodies, each, all: OnceLock::new() }
    }

    pub(super) fn all(&self) -> &[Source] {
        match self {
            Self::Loaded(sources) => sources,
            Self::Kept { each, all, .. } => {
                all.get_or_init(|| (0..each.len()).map(|at| self.at(at).clone()).collect())
            }
        }
    }

    /// The one of exactly this id. Logarithmic.
    pub(super) fn get(&self, id: &str) -> Option<&Source> {
        let count = match self {
            Self::Loaded(sources) => sources.len(),
            Self::Kept { each, .. } => each.len(),
        };
        let at = first_not_before(count, |at| self.at(at).id.as_str() < id);
        (at < count).then(|| self.at(at)).filter(|source| source.id == id)
    }

    fn at(&self, at: usize) -> &Source {
        match self {
            Self::Loaded(sources) => &sources[at],
            Self::Kept { bodies, each, .. } => each.get(at, || body(bodies, at)),
        }
    }
}
