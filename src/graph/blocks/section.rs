//! A stretch of a snapshot: bytes that are mapped, not read, and checked block by block when they
//! are first looked at. What is damaged unwinds to [`intact`], so that no answer rests on it.

use crate::diagnostic::Diagnostic;
use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes that are checked at once: few pages, so that one look does not read the whole file.
pub(in crate::graph) const BLOCK: usize = 1 << 14;
/// Bytes of a word.
pub(in crate::graph) const WORD: usize = 4;

/// The bytes of a snapshot, shared by its sections.
#[derive(Clone)]
pub(crate) enum Bytes {
    /// Part of the program, and tested with it: never checked.
    BuiltIn(&'static [u8]),
    /// Whatever holds them: a map of a file, a buffer.
    Held(Arc<dyn AsRef<[u8]> + Send + Sync>),
}

impl Bytes {
    pub(in crate::graph) fn all(&self) -> &[u8] {
        match self {
            Self::BuiltIn(bytes) => bytes,
            Self::Held(held) => (**held).as_ref(),
        }
    }
}

/// A stretch of a snapshot.
pub(crate) struct Section {
    bytes: Bytes,
    range: Range<usize>,
    /// The checksum of each block.
    sums: Vec<u32>,
    checked: Vec<AtomicBool>,
    /// What every word must be less than: what it numbers is there.
    bound: u32,
    file: Arc<str>,
}

impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Section({} {:?})", self.file, self.range)
    }
}

impl Section {
    /// The stretch `range`, whose blocks have these checksums.
    pub(in crate::graph) fn new(
        bytes: &Bytes,
        range: Range<usize>,
        sums: Vec<u32>,
        file: &Arc<str>,
    ) -> Self {
        let blocks = if matches!(bytes, Bytes::BuiltIn(_)) { 0 } else { sums.len() };
        let checked = std::iter::repeat_with(AtomicBool::default).take(blocks).collect();
        Self { bytes: bytes.clone(), range, sums, checked, bound: u32::MAX, file: Arc::clone(file) }
    }

    /// The same of words that are all less than `bound`.
    pub(in crate::graph) fn below(self, bound: usize) -> Self {
        Self { bound: bound as u32, ..self }
    }

    /// How many words it has.
    pub(in crate::graph) fn words_len(&self) -> usize {
        self.range.len() / WORD
    }

    /// A stretch of its bytes.
    pub(in crate::graph) fn bytes(&self, range: Range<usize>) -> &[u8] {
        let all = &self.bytes.all()[self.range.clone()];
        if !self.checked.is_empty() && !range.is_empty() {
            let last = (range.end - 1) / BLOCK;
            for block in range.start / BLOCK..=last {
                match self.checked.get(block) {
                    Some(checked) if checked.load(Ordering::Relaxed) => {}
                    Some(checked) => self.check(all, block, checked),
                    None => self.damaged(),
                }
            }
        }
        all.get(range).unwrap_or_else(|| self.damaged())
    }

    #[cold]
    fn check(&self, all: &[u8], block: usize, checked: &AtomicBool) {
        let end = all.len().min((block + 1) * BLOCK);
        let bytes = &all[block * BLOCK..end];
        let sound = crc32fast::hash(bytes) == self.sums[block];
        let bounded = || bytemuck::cast_slice(bytes).iter().all(|word: &u32| *word < self.bound);
        if !sound || self.bound != u32::MAX && !bounded() {
            self.damaged();
        }
        checked.store(true, Ordering::Relaxed);
    }

    /// A stretch of its words.
    pub(in crate::graph) fn words(&self, range: Range<usize>) -> &[u32] {
        bytemuck::cast_slice(self.bytes(range.start * WORD..range.end * WORD))
    }

    /// One of its words.
    pub(in crate::graph) fn word(&self, at: usize) -> u32 {
        self.words(at..at + 1)[0]
    }

    /// All of its words.
    pub(in crate::graph) fn all_words(&self) -> &[u32] {
        self.words(0..self.words_len())
    }

    /// The entries of a row, if this is where rows begin and, one more, where the last one ends.
    pub(in crate::graph) fn row(&self, row: usize) -> Range<usize> {
        let [start, end] = *self.words(row..row + 2) else { self.damaged() };
        if start > end {
            self.damaged();
        }
        start as usize..end as usize
    }

    /// Ends whatever asked.
    pub(in crate::graph) fn damaged(&self) -> ! {
        resume_unwind(Box::new(damage(&self.file)))
    }
}

/// The one code of what is wrong with a snapshot.
pub(in crate::graph) fn refusal(message: String) -> Diagnostic {
    let help = "write it anew from the text: `opsatlas -g GRAPH.json --save GRAPH.atlas`";
    Diagnostic::new("bad-snapshot", message).outside().help(help)
}

/// A snapshot whose bytes are not what was written.
pub(in crate::graph) fn damage(file: &str) -> Diagnostic {
    refusal(format!("{file} is damaged: its bytes are not those that were written"))
}

/// What `ask` gives, unless it comes upon damage in a snapshot.
///
/// # Errors
/// That the snapshot is damaged.
pub(crate) fn intact<T>(ask: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    catch_unwind(AssertUnwindSafe(ask)).or_else(|why| match why.downcast::<Diagnostic>() {
        Ok(damage) => Err(damage),
        Err(other) => resume_unwind(other),
    })
}
