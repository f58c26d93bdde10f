//! What is made of a snapshot when it is first asked for, some at a time.

use std::sync::OnceLock;

/// How many are made at once: a slot each would cost more to set up than a few more to make.
pub(super) const CHUNK: usize = 32;

/// Items by number, made in chunks.
#[derive(Debug)]
pub(super) struct Chunks<T> {
    count: usize,
    made: Vec<OnceLock<Box<[T]>>>,
}

impl<T> Chunks<T> {
    pub(super) fn new(count: usize) -> Self {
        let slots = std::iter::repeat_with(OnceLock::new).take(count.div_ceil(CHUNK));
        Self { count, made: slots.collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// An item; `make` makes all of a chunk, by its number, which are so many.
    pub(super) fn get(&self, at: usize, make: impl FnOnce(usize, usize) -> Box<[T]>) -> &T {
        let chunk = at / CHUNK;
        let made =
            self.made[chunk].get_or_init(|| make(chunk, CHUNK.min(self.count - chunk * CHUNK)));
        &made[at % CHUNK]
    }
}
