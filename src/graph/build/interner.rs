//! Things said again and again, each kept once and told by its number.

use indexmap::IndexSet;
use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

/// Distinct items, numbered in the order they come.
#[derive(Debug)]
pub(super) struct Interner<T: ?Sized>(IndexSet<Arc<T>>);

impl<T: ?Sized> Default for Interner<T> {
    fn default() -> Self {
        Self(IndexSet::new())
    }
}

impl<T: ?Sized + Eq + Hash> Interner<T>
where
    Arc<T>: for<'t> From<&'t T> + Borrow<T>,
{
    /// The number of an item, new if it has not come yet.
    pub(super) fn number(&mut self, item: &T) -> u32 {
        // Most come again soon, and comparing a few is quicker than hashing one.
        let late = self.0.len().saturating_sub(16);
        let mut latest = self.0.as_slice()[late..].iter();
        if let Some(at) = latest.position(|known| **known == *item) {
            return (late + at) as u32;
        }
        let known = self.0.get_index_of(item);
        known.unwrap_or_else(|| self.0.insert_full(item.into()).0) as u32
    }

    /// The one copy of an item.
    pub(super) fn shared(&mut self, item: &T) -> Arc<T> {
        let number = self.number(item);
        Arc::clone(self.item(number as usize))
    }

    /// The item of a number.
    ///
    /// # Panics
    /// If no item has it.
    pub(super) fn item(&self, number: usize) -> &Arc<T> {
        &self.0[number]
    }

    /// The items by number.
    pub(super) fn items(&self) -> impl ExactSizeIterator<Item = &Arc<T>> {
        self.0.iter()
    }
}

impl<T: ?Sized + Eq + Hash> FromIterator<Arc<T>> for Interner<T> {
    fn from_iter<I: IntoIterator<Item = Arc<T>>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Interner;

    #[test]
    fn items_keep_their_numbers_among_the_latest_and_beyond() {
        let mut interner = Interner::<str>::default();
        for _ in 0..2 {
            for at in 0..100 {
                assert_eq!(interner.number(&format!("{at}")), at);
            }
        }
        assert_eq!(interner.items().len(), 100);
        assert_eq!(&**interner.item(7), "7");
        assert!(std::sync::Arc::ptr_eq(&interner.shared("7"), &interner.shared("7")));
    }
}
