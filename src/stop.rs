//! Long work is stopped by a flag that is raised from outside: every loop that can take long asks it,
//! and whoever runs it tells what was found until then.

use std::sync::atomic::{AtomicBool, Ordering};

/// The flag of what is never stopped.
pub static NEVER: AtomicBool = AtomicBool::new(false);

/// Is it time to stop?
#[must_use]
pub fn raised(stop: &AtomicBool) -> bool {
    stop.load(Ordering::Relaxed)
}

/// The items that come before the flag is raised.
pub fn until<I>(stop: &AtomicBool, items: I) -> impl Iterator<Item = I::Item> + use<'_, I>
where
    I: IntoIterator,
{
    let mut items = items.into_iter();
    std::iter::from_fn(move || if raised(stop) { None } else { items.next() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_after_the_flag_is_left() {
        let stop = AtomicBool::new(false);
        let mut all = 1..9;
        let raise = |item: &usize| stop.store(*item == 3, Ordering::Relaxed);
        let items: Vec<usize> = until(&stop, &mut all).inspect(raise).collect();
        assert_eq!((items, all), (vec![1, 2, 3], 4..9));
        assert_eq!(until(&NEVER, 0..9).count(), 9);
    }
}
