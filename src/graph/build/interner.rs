//! Things said again and again, each kept once and told by its number.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Distinct items, numbered in the order they come.
#[derive(Debug)]
pub(super) struct Distinct<T: ?Sized> {
    items: Vec<Arc<T>>,
    numbers: HashMap<Arc<T>, u32>,
}

impl<T: ?Sized> Default for Distinct<T> {
    fn default() -> Self {
        Self { items: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: ?Sized + Eq + Hash> Distinct<T>
where
    Arc<T>: for<'t> From<&'t T>,
{
    /// The number of an item, new if it has not come yet.
    pub(super) fn number(&mut self, item: &T) -> u32 {
        // Usually they are few; where they are not, a table finds what is no late one.
        let late = self.items.len().saturating_sub(16);
        if let Some(at) = self.items[late..].iter().position(|known| **known == *item) {
            return (late + at) as u32;
        }
        if let Some(number) = self.numbers.get(item) {
            return *number;
        }
        let number = self.items.len() as u32;
        let item: Arc<T> = item.into();
        self.items.push(Arc::clone(&item));
        self.numbers.insert(item, number);
        number
    }

    /// The one copy of an item.
    pub(super) fn shared(&mut self, item: &T) -> Arc<T> {
        let number = self.number(item);
        Arc::clone(&self.items[number as usize])
    }

    /// The items by number.
    pub(super) fn items(&self) -> &[Arc<T>] {
        &self.items
    }
}

#[cfg(test)]
mod tests {
    use super::Distinct;

    #[test]
    fn items_keep_their_numbers() {
        let mut distinct = Distinct::<str>::default();
        for _ in 0..2 {
            for at in 0..100 {
                assert_eq!(distinct.number(&format!("{at}")), at);
            }
        }
        assert_eq!(distinct.items().len(), 100);
        assert_eq!(&*distinct.shared("7"), "7");
    }
}
