//! Dice for tests: numbers that look random and are the same everywhere.

/// A linear congruential generator (Knuth's MMIX multiplier); the high bits are what is thrown.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll<N: TryFrom<u64> + TryInto<u64>>(&mut self, sides: N) -> N {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
        let sides = sides.try_into().ok().expect("a number of sides");
        N::try_from((self.0 >> 33) % sides).ok().expect("less than the sides")
    }
}
