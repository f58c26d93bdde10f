//! Numbers for ids. Short ids, and most are short, are numbers already, so that they stand in the
//! table itself and looking one up touches one place in memory. On large graphs looking up the ends
//! of edges costs more than parsing them.

use crate::graph::names::beginning;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Marks a free place.
const FREE: u32 = u32::MAX;

/// A place of the table: the two halves of a short id, and its number.
#[derive(Debug, Clone, Copy)]
struct IdSlot {
    id: [u64; 2],
    number: u32,
}

/// Ids numbered in the order they come.
#[derive(Debug)]
pub(super) struct IdTable {
    /// Open addressing with linear probing (Knuth, The Art of Computer Programming, 6.4): a power
    /// of two of places, at most half of them taken.
    table: Vec<IdSlot>,
    /// How many have numbers.
    count: u32,
    /// Nobody outside knows them, so nobody can choose ids that collide.
    seeds: [u64; 2],
    long: HashMap<Box<str>, u32>,
}

impl Default for IdTable {
    fn default() -> Self {
        let random = RandomState::new();
        let seeds = [random.hash_one(0), random.hash_one(1)];
        Self { table: free(16), count: 0, seeds, long: HashMap::new() }
    }
}

fn free(places: usize) -> Vec<IdSlot> {
    vec![IdSlot { id: [0; 2], number: FREE }; places]
}

impl IdTable {
    /// The number of an id, and whether it is new: one more than the last one.
    pub(super) fn number(&mut self, id: &str) -> (u32, bool) {
        let next = self.count;
        let number = if is_short(id) {
            let id = halves(id);
            let place = self.place(id);
            let slot = &mut self.table[place];
            if slot.number == FREE {
                *slot = IdSlot { id, number: next };
            }
            slot.number
        } else {
            match self.long.get(id) {
                Some(number) => *number,
                None => *self.long.entry(id.into()).or_insert(next),
            }
        };
        if number == next {
            self.count += 1;
            if self.count as usize * 2 > self.table.len() {
                self.grow();
            }
        }
        (number, number == next)
    }

    /// The number of an id, if it has one.
    pub(super) fn get(&self, id: &str) -> Option<u32> {
        if is_short(id) {
            let number = self.table[self.place(halves(id))].number;
            return (number != FREE).then_some(number);
        }
        self.long.get(id).copied()
    }

    /// Reads what looking up these ids will read: all at once, so that waits for memory overlap
    /// instead of following one another.
    pub(super) fn prefetch<'i>(&self, ids: impl Iterator<Item = &'i str>) {
        let places: Vec<usize> = ids.map(|id| self.first_place(halves(id))).collect();
        // Both ends of a place, which may stand in two lines of the processor's cache.
        let read = places.iter().map(|place| {
            let IdSlot { id, number } = self.table[*place];
            id[0] ^ u64::from(number)
        });
        std::hint::black_box(read.fold(0, |all, part| all ^ part));
    }

    fn grow(&mut self) {
        let larger = free(self.table.len() * 2);
        for slot in std::mem::replace(&mut self.table, larger) {
            if slot.number != FREE {
                let place = self.place(slot.id);
                self.table[place] = slot;
            }
        }
    }

    /// Where to begin looking for a short id.
    fn first_place(&self, id: [u64; 2]) -> usize {
        let [low, high] = [id[1] ^ self.seeds[0], id[0] ^ self.seeds[1]];
        // Multiplied and folded, each bit of the id reaches each bit of the place.
        let product = u128::from(low) * u128::from(high);
        (product ^ (product >> 64)) as usize & (self.table.len() - 1)
    }

    /// Where a short id stands in the table, or a free place for it.
    fn place(&self, id: [u64; 2]) -> usize {
        let mut place = self.first_place(id);
        loop {
            let slot = &self.table[place];
            if slot.number == FREE || slot.id == id {
                return place;
            }
            place = (place + 1) & (self.table.len() - 1);
        }
    }
}

/// Is its beginning the whole id, and of no other one?
fn is_short(id: &str) -> bool {
    // Beginnings are filled up with zeros, so an id that ends in one would look like a shorter one.
    id.len() <= 16 && !id.ends_with('\0')
}

/// The beginning of an id as two numbers.
fn halves(id: &str) -> [u64; 2] {
    let beginning = beginning(id);
    [(beginning >> 64) as u64, beginning as u64]
}

#[cfg(test)]
mod tests {
    use super::IdTable;

    #[test]
    fn ids_keep_their_numbers() {
        let mut table = IdTable::default();
        let ids: Vec<String> = (0..5000).map(|at| format!("{at}{}", "x".repeat(at % 20))).collect();
        for round in 0..2 {
            for (at, id) in ids.iter().enumerate() {
                assert_eq!(table.number(id), (u32::try_from(at).expect("small"), round == 0));
            }
        }
        assert_eq!(table.number(""), (5000, true));
    }
}
