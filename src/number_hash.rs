//! A hash of numbers that nobody chose, which need no protection from who would choose them: a search
//! looks up each state that it meets, many times over.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How maps and sets of such numbers hash.
pub(crate) type BuildNumberHasher = BuildHasherDefault<NumberHasher>;

/// Values by such numbers.
pub(crate) type ByNumber<K, V> = HashMap<K, V, BuildNumberHasher>;

/// Fibonacci hashing (Knuth, "The Art of Computer Programming", volume 3, 6.4): a number times the
/// golden ratio of 64 bits, both halves of the product in one.
#[derive(Debug, Default)]
pub(crate) struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        // Numbers follow one another: the product spreads them, the high half brings its bits down.
        let product = u128::from(self.0 ^ number) * 0x9e37_79b9_7f4a_7c15;
        self.0 = product as u64 ^ (product >> 64) as u64;
    }

    #[inline]
    fn write_i64(&mut self, number: i64) {
        self.write_u64(number as u64);
    }
}
