//! Which nodes have been met: a bit each, and for searches that meet few of many, a table.

use crate::graph::NodeIndex;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

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

    /// Is the bit set?
    pub(super) fn has(&self, index: usize) -> bool {
        self.0[index / 64] & (1 << (index % 64)) != 0
    }

    /// The places whose bits are set, in order.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeIndex> {
        let words = self.0.iter().enumerate().filter(|(_, word)| **word != 0);
        let bits = words.flat_map(|(at, word)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| at * 64 + bit)
        });
        bits.map(NodeIndex::new)
    }
}

/// The nodes met, in memory for as many as there are.
pub(super) type Met = HashSet<NodeIndex, BuildHasherDefault<Spread>>;

/// Spreads node indices by one multiplication: nobody chooses them to collide.
#[derive(Debug, Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        // 2^64 divided by the golden ratio: Knuth, The Art of Computer Programming, 6.4.
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}
