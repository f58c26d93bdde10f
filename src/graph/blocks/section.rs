//! A stretch of a snapshot: bytes that are mapped, not read, and checked block by block when they
//! are first looked at. What is damaged unwinds to [`intact`], so that no answer rests on it.

use crate::diagnostic::{Diagnostic, Note};
use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that are checked at once: a page, so that one look reads no more.
pub(in crate::graph) const BLOCK: usize = 1 << 12;
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

/// The checksums of a section's blocks.
#[derive(Clone)]
pub(in crate::graph) enum Sums {
    /// As they are.
    These(Arc<[u32]>),
    /// From a place on in a section that holds those of all others, and is checked itself.
    Among(Arc<Section>, usize),
}

impl Sums {
    fn of(&self, block: usize) -> u32 {
        match self {
            Self::These(sums) => sums[block],
            Self::Among(all, first) => all.word(first + block),
        }
    }
}

/// A stretch of a snapshot.
pub(crate) struct Section {
    bytes: Bytes,
    range: Range<usize>,
    sums: Sums,
    /// Which blocks have been checked, a bit each; none if none is.
    checked: Vec<AtomicU64>,
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
        sums: Sums,
        file: &Arc<str>,
    ) -> Self {
        let is_checked = !matches!(bytes, Bytes::BuiltIn(_));
        let words = range.len().div_ceil(BLOCK).div_ceil(64) * usize::from(is_checked);
        let checked = std::iter::repeat_with(AtomicU64::default).take(words).collect();
        Self { bytes: bytes.clone(), range, sums, checked, bound: u32::MAX, file: Arc::clone(file) }
    }

    /// The same of words that are all less than `bound`.
    pub(in crate::graph) fn below(self, bound: usize) -> Self {
        Self { bound: bound as u32, ..self }
    }

    /// What its file is called.
    pub(in crate::graph) fn file(&self) -> &Arc<str> {
        &self.file
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
                let bit = 1 << (block % 64);
                match self.checked.get(block / 64) {
                    Some(checked) if checked.load(Ordering::Relaxed) & bit != 0 => {}
                    Some(checked) => {
                        self.check(all, block);
                        // Two threads may check one block at once, and find the same: no order is
                        // needed.
                        checked.fetch_or(bit, Ordering::Relaxed);
                    }
                    None => self.damaged(),
                }
            }
        }
        all.get(range).unwrap_or_else(|| self.damaged())
    }

    #[cold]
    fn check(&self, all: &[u8], block: usize) {
        let end = all.len().min((block + 1) * BLOCK);
        let Some(bytes) = all.get(block * BLOCK..end) else { self.damaged() };
        let sound = crc32fast::hash(bytes) == self.sums.of(block);
        // The greatest, rather than the first too great, is found many words at a time.
        let greatest = || bytemuck::cast_slice(bytes).iter().copied().fold(0, u32::max);
        if !sound || self.bound != u32::MAX && greatest() >= self.bound {
            self.damaged();
        }
    }

    /// A stretch of its words.
    pub(in crate::graph) fn words(&self, range: Range<usize>) -> &[u32] {
        // Aligned, as was tried when the section was found; so the cast cannot fail.
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
        // Lookups are everywhere and none could go on, so it unwinds; and past the panic hook,
        // which would print.
        resume_unwind(Box::new(damage(&self.file)))
    }
}

/// The one code of what is wrong with a snapshot.
pub(in crate::graph) fn refusal(message: String) -> Diagnostic {
    let help = Note::naming("write it anew from the text: `", "save", " GRAPH.atlas`");
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
