//! What is made of a snapshot when it is first asked for.

use std::sync::OnceLock;

/// How many slots are set up at once: one each for all would cost more than most answers.
const CHUNK: usize = 64;

type Slots<T> = Box<[OnceLock<Box<T>>]>;

/// Items by number, each made when it is asked for.
#[derive(Debug)]
pub(in crate::graph) struct Chunks<T> {
    count: usize,
    chunks: Vec<OnceLock<Slots<T>>>,
}

fn empty<T>(count: usize) -> impl Iterator<Item = OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count)
}

impl<T> Chunks<T> {
    pub(in crate::graph) fn new(count: usize) -> Self {
        Self { count, chunks: empty(count.div_ceil(CHUNK)).collect() }
    }

    pub(in crate::graph) fn len(&self) -> usize {
        self.count
    }

    /// An item, if it has been made.
    pub(in crate::graph) fn made(&self, at: usize) -> Option<&T> {
        self.chunks[at / CHUNK].get()?[at % CHUNK].get().map(|item| &**item)
    }

    /// An item, which `make` makes.
    pub(in crate::graph) fn get(&self, at: usize, make: impl FnOnce() -> T) -> &T {
        // An item is boxed, so that a slot nobody asked for costs a pointer, not a whole item.
        let slots = self.chunks[at / CHUNK].get_or_init(|| empty(CHUNK).collect());
        slots[at % CHUNK].get_or_init(|| Box::new(make()))
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Chunks};

    #[test]
    fn each_item_is_made_once() {
        let items = Chunks::new(3 * CHUNK + 1);
        for _ in 0..2 {
            for at in [0, CHUNK - 1, CHUNK, 3 * CHUNK] {
                assert_eq!(*items.get(at, || at), at);
                assert_eq!(*items.get(at, || unreachable!("made already")), at);
            }
        }
        assert_eq!(items.len(), 3 * CHUNK + 1);
    }
}
