//! Numbers for ids. Short ids, and most are short, are numbers already: looking one up touches no
//! text in memory, and a table of 32-bit places instead of the ids themselves. On large graphs
//! looking up the ends of edges costs more than parsing them.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Marks a free place.
const FREE: u32 = u32::MAX;

/// Ids numbered in the order they come.
#[derive(Debug)]
pub(super) struct Numbers {
    /// Open addressing with linear probing (Knuth, The Art of Computer Programming, 6.4): numbers
    /// of short ids, in a power of two of places, at most half of them taken.
    table: Vec<u32>,
    /// The beginning of each id, by its number.
    beginnings: Vec<u128>,
    /// Nobody outside knows them, so nobody can choose ids that collide.
    seeds: [u64; 2],
    long: HashMap<Box<str>, u32>,
}

impl Default for Numbers {
    fn default() -> Self {
        let random = RandomState::new();
        let seeds = [random.hash_one(0), random.hash_one(1)];
        Self { table: vec![FREE; 16], beginnings: Vec::new(), seeds, long: HashMap::new() }
    }
}

impl Numbers {
    /// The number of an id, and whether it is new: one more than the last one.
    pub(super) fn of(&mut self, id: &str) -> (u32, bool) {
        let next = self.beginnings.len() as u32;
        let beginning = beginning(id);
        let number = if is_short(id) {
            let place = self.place(beginning);
            if self.table[place] == FREE {
                self.table[place] = next;
            }
            self.table[place]
        } else {
            match self.long.get(id) {
                Some(number) => *number,
                None => *self.long.entry(id.into()).or_insert(next),
            }
        };
        if number == next {
            self.beginnings.push(beginning);
            if self.beginnings.len() * 2 > self.table.len() {
                self.grow();
            }
        }
        (number, number == next)
    }

    /// Reads what looking up these ids will read: all at once, so that waits for memory overlap
    /// instead of following one another.
    pub(super) fn warm<'i>(&self, ids: impl Iterator<Item = &'i str>) {
        let slots = ids.map(|id| self.table[self.slot(beginning(id)) & (self.table.len() - 1)]);
        let numbers: Vec<u32> = slots.collect();
        let known = numbers.iter().filter_map(|number| self.beginnings.get(*number as usize));
        std::hint::black_box(known.fold(0, |all, beginning| all ^ beginning));
    }

    fn grow(&mut self) {
        let larger = vec![FREE; self.table.len() * 2];
        for number in std::mem::replace(&mut self.table, larger) {
            if number != FREE {
                let place = self.place(self.beginnings[number as usize]);
                self.table[place] = number;
            }
        }
    }

    /// Where to begin looking for a short id.
    fn slot(&self, id: u128) -> usize {
        let [low, high] = [id as u64 ^ self.seeds[0], (id >> 64) as u64 ^ self.seeds[1]];
        let product = u128::from(low) * u128::from(high);
        (product ^ (product >> 64)) as usize
    }

    /// Where a short id stands in the table, or a free place for it.
    fn place(&self, id: u128) -> usize {
        let mut place = self.slot(id);
        loop {
            place &= self.table.len() - 1;
            match self.beginnings.get(self.table[place] as usize) {
                Some(known) if *known != id => place += 1,
                _ => return place,
            }
        }
    }
}

/// Is its beginning the whole id? Ids hold no NUL.
fn is_short(id: &str) -> bool {
    id.len() <= 16 && !id.contains('\0')
}

/// The first bytes of an id as a number, which decides most comparisons.
pub(super) fn beginning(id: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = id.len().min(16);
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::Numbers;

    #[test]
    fn ids_keep_their_numbers() {
        let mut numbers = Numbers::default();
        let ids: Vec<String> = (0..5000).map(|at| format!("{at}{}", "x".repeat(at % 20))).collect();
        for round in 0..2 {
            for (at, id) in ids.iter().enumerate() {
                assert_eq!(numbers.of(id), (u32::try_from(at).expect("small"), round == 0));
            }
        }
        assert_eq!(numbers.of(""), (5000, true));
    }
}
