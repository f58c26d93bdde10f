//! Steps laid into weeks, one behind the other: each week is filled before the next begins, and a
//! step that does not fit goes on there.

use super::Amount;

/// How many weeks a schedule has at most: a hundred years of them.
pub const WEEK_LIMIT: usize = 5_200;

/// What of a step is done in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The step's place.
    pub step: usize,
    /// The week, from 1.
    pub week: usize,
    /// How much of it.
    pub amount: Amount,
    /// How much of everything is done then.
    pub done: Amount,
}

/// How many weeks it takes at so much a week, 1 at least; `None` if it never ends.
#[must_use]
pub fn weeks_at(total: Amount, each: Amount) -> Option<Amount> {
    match each {
        0 => (total == 0).then_some(1),
        _ => Some(total.div_ceil(each).max(1)),
    }
}

/// The least a week with which it fits into so many weeks, to a millionth.
#[must_use]
pub fn least_each(total: Amount, weeks: usize) -> Amount {
    total.div_ceil(weeks.max(1) as Amount)
}

/// Lays steps into weeks that hold `each`. What takes nothing stands in the week in which what is
/// before it ends. O(steps + weeks).
#[must_use]
pub fn schedule(steps: &[Amount], each: Amount) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut week, mut left, mut done) = (1, each, 0);
    for (step, amount) in steps.iter().enumerate() {
        let mut rest = *amount;
        if rest == 0 || each == 0 {
            parts.push(Part { step, week, amount: 0, done });
            continue;
        }
        while rest > 0 {
            // A week begins when something is left to do, so that none stays empty at the end.
            if left == 0 {
                (week, left) = (week + 1, each);
            }
            let amount = rest.min(left);
            rest -= amount;
            left -= amount;
            done += amount;
            parts.push(Part { step, week, amount, done });
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_step_goes_on_in_the_next_week() {
        let part = |step, week, amount, done| Part { step, week, amount, done };
        let laid = schedule(&[4, 5, 0, 3, 0], 6);
        let wanted = [
            part(0, 1, 4, 4),
            part(1, 1, 2, 6),
            part(1, 2, 3, 9),
            part(2, 2, 0, 9),
            part(3, 2, 3, 12),
            // The second week is full, and what takes nothing still fits.
            part(4, 2, 0, 12),
        ];
        assert_eq!(laid, wanted);
        assert_eq!(schedule(&[0, 0], 0), [part(0, 1, 0, 0), part(1, 1, 0, 0)]);
        assert_eq!(schedule(&[], 6), []);
    }

    #[test]
    fn the_least_a_week_is_told_to_a_millionth() {
        assert_eq!(least_each(100_000_000, 14), 7_142_858);
        assert_eq!(least_each(84_000_000, 14), 6_000_000);
        assert_eq!((weeks_at(0, 6), weeks_at(12, 6), weeks_at(13, 6)), (Some(1), Some(2), Some(3)));
        assert_eq!((weeks_at(0, 0), weeks_at(1, 0)), (Some(1), None));
    }

    /// Naively: every unit of work by itself, each in the week that is due.
    fn unit_by_unit(steps: &[Amount], each: Amount) -> Vec<Part> {
        let units: Vec<usize> = (0..)
            .zip(steps)
            .flat_map(|(step, amount)| std::iter::repeat_n(step, *amount as usize))
            .collect();
        let mut parts: Vec<Part> = Vec::new();
        for (step, amount) in steps.iter().enumerate() {
            let before = steps[..step].iter().sum::<Amount>();
            if *amount == 0 {
                let week = (before.max(1) - 1) / each + 1;
                parts.push(Part { step, week: week as usize, amount: 0, done: before });
            }
            for (at, _) in units.iter().enumerate().filter(|(_, own)| **own == step) {
                let (week, done) = (at / each as usize + 1, at as Amount + 1);
                match parts.last_mut() {
                    Some(part) if part.step == step && part.week == week => {
                        (part.amount, part.done) = (part.amount + 1, done);
                    }
                    _ => parts.push(Part { step, week, amount: 1, done }),
                }
            }
        }
        parts
    }

    proptest! {
        #[test]
        fn weeks_are_as_their_naive_twin_has_them(
            steps in prop::collection::vec(0u128..12, 0..12),
            each in 1u128..9,
        ) {
            let laid = schedule(&steps, each);
            prop_assert_eq!(&laid, &unit_by_unit(&steps, each));
            let total = steps.iter().sum::<Amount>();
            let last = laid.last().map_or(1, |part| part.week as Amount);
            prop_assert_eq!(weeks_at(total, each), Some(last));
        }

        #[test]
        fn no_less_a_week_would_do(
            steps in prop::collection::vec(0u128..12, 1..12),
            weeks in 1usize..9,
        ) {
            let total = steps.iter().sum::<Amount>();
            let each = least_each(total, weeks);
            prop_assert!(weeks_at(total, each).is_some_and(|needed| needed <= weeks as Amount));
            let less = each.checked_sub(1).and_then(|less| weeks_at(total, less));
            prop_assert!(less.is_none_or(|needed| needed > weeks as Amount));
        }
    }
}
