//! Which nodes have been met: a bit each.

use crate::graph::NodeIndex;

/// A bit for each place a node can have.
#[derive(Debug)]
pub(super) struct Seen(Vec<u64>);

impl Seen {
    /// No bit set.
    pub(super) fn new(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    /// Sets a bit; was it unset?
    pub(super) fn insert(&mut self, index: usize) -> bool {
        let bit = 1 << (index % 64);
        let word = &mut self.0[index / 64];
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Sets bits.
    pub(super) fn extend(&mut self, places: &[u32]) {
        for place in places {
            self.insert(*place as usize);
        }
    }

    /// Sets all bits that another one has, which has as many places.
    pub(super) fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// How many bits are set?
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Is the bit set?
    pub(super) fn has(&self, index: usize) -> bool {
        self.0[index / 64] & (1 << (index % 64)) != 0
    }

    /// The places whose bits are set, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate().filter(|(_, word)| **word != 0);
        words.flat_map(|(at, &word)| {
            let without_lowest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
            let rests = std::iter::successors(Some(word), without_lowest);
            rests.map(move |rest| at * 64 + rest.trailing_zeros() as usize)
        })
    }

    /// The nodes whose bits are set, by id.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeIndex> {
        self.places().map(NodeIndex::new)
    }
}
