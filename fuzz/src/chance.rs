//! Random numbers that a seed repeats: Marsaglia's xorshift.

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From 0 to below `end`; 0 if that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 33) as usize).checked_rem(end).unwrap_or(0)
    }
}
