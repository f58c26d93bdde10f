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
pub fn until<'s, I>(stop: &'s AtomicBool, items: I) -> impl Iterator<Item = I::Item> + use<'s, I>
where
    I: IntoIterator,
{
    items.into_iter().take_while(move |_| !raised(stop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_after_the_flag_is_left() {
        let stop = AtomicBool::new(false);
        let raise = |item: &usize| stop.store(*item == 3, Ordering::Relaxed);
        let items: Vec<usize> = until(&stop, 1..9).inspect(raise).collect();
        assert_eq!(items, [1, 2, 3]);
        assert_eq!(until(&NEVER, 0..9).count(), 9);
    }
}
