//! Where the upright parts of lines stand between two columns of a picture made of cells.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// A stretch of an edge between two columns, which changes its row.
pub(super) struct Climb {
    pub(super) edge: usize,
    /// Where it begins, and where it ends.
    pub(super) rows: (i64, i64),
}

/// The edge of each climb with its track. Climbs from one row share a track, as branches of one line;
/// where one climb ends in the row in which another begins, the one that begins stands before it.
pub(super) fn tracks(climbs: &[Climb]) -> Vec<(usize, usize)> {
    let (mut leaving, mut arriving) = (BTreeMap::new(), BTreeMap::new());
    for climb in climbs {
        *leaving.entry(climb.rows.0).or_insert(0) += 1;
        *arriving.entry(climb.rows.1).or_insert(0) += 1;
    }
    let mut groups: BTreeMap<i64, Vec<&Climb>> = BTreeMap::new();
    for climb in climbs {
        // A line joins those with which it shares its busier end.
        let joins_right = arriving[&climb.rows.1] > leaving[&climb.rows.0];
        let key = if joins_right { -1 - climb.rows.1 } else { climb.rows.0 };
        groups.entry(key).or_default().push(climb);
    }
    let lines: Vec<Branches> = groups.values().map(|climbs| Branches::of(climbs)).collect();
    let placed = groups.values().zip(placed(&lines));
    let edges = placed.flat_map(|(group, track)| group.iter().map(move |one| (one.edge, track)));
    edges.collect()
}

/// Climbs that share a track.
struct Branches {
    begins: BTreeSet<i64>,
    ends: BTreeSet<i64>,
}

impl Branches {
    fn of(climbs: &[&Climb]) -> Self {
        Self {
            begins: climbs.iter().map(|climb| climb.rows.0).collect(),
            ends: climbs.iter().map(|climb| climb.rows.1).collect(),
        }
    }

    fn reach(&self) -> (i64, i64) {
        let low = self.begins.first().min(self.ends.first());
        let high = self.begins.last().max(self.ends.last());
        (low.copied().unwrap_or(0), high.copied().unwrap_or(0))
    }
}

/// The first track for each line on which it meets no other, behind those it must follow. O(n log n)
/// and n for each track.
fn placed(lines: &[Branches]) -> Vec<usize> {
    let mut ending: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        line.ends.iter().for_each(|row| ending.entry(*row).or_default().push(at));
    }
    // Who must stand behind a line, once for each row in which it ends and that one begins.
    let behind = |at: usize| {
        let ends = lines[at].begins.iter().filter_map(|row| ending.get(row)).flatten();
        ends.copied().filter(move |other| *other != at)
    };
    let mut waits = vec![0usize; lines.len()];
    (0..lines.len()).flat_map(behind).for_each(|other| waits[other] += 1);
    let mut free: BinaryHeap<_> =
        (0..lines.len()).filter(|at| waits[*at] == 0).map(Reverse).collect();
    let mut open = 0..lines.len();
    let mut track: Vec<Option<usize>> = vec![None; lines.len()];
    let mut least = vec![0; lines.len()];
    // What each track is taken by: where a stretch begins, and where it ends.
    let mut taken: Vec<BTreeMap<i64, i64>> = Vec::new();
    // A circle of such demands is cut where it is met first.
    while let Some(next) = std::iter::from_fn(|| free.pop().map(|Reverse(at)| at))
        .find(|at| track[*at].is_none())
        .or_else(|| open.find(|at| track[*at].is_none()))
    {
        let (low, high) = lines[next].reach();
        let meets = |stretches: &BTreeMap<i64, i64>| {
            stretches.range(..=high).next_back().is_some_and(|(_, end)| *end >= low)
        };
        let fits = (least[next]..taken.len()).find(|at| !meets(&taken[*at]));
        let own = fits.unwrap_or(taken.len().max(least[next]));
        taken.resize_with(taken.len().max(own + 1), BTreeMap::new);
        taken[own].insert(low, high);
        track[next] = Some(own);
        for other in behind(next) {
            least[other] = least[other].max(own + 1);
            waits[other] -= 1;
            if waits[other] == 0 && track[other].is_none() {
                free.push(Reverse(other));
            }
        }
    }
    track.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by comparing each line with each.
    fn twin(lines: &[Branches]) -> Vec<usize> {
        let before = |a: usize, b: usize| {
            a != b && lines[a].begins.iter().any(|row| lines[b].ends.contains(row))
        };
        let mut track: Vec<Option<usize>> = vec![None; lines.len()];
        while let Some(first) = track.iter().position(Option::is_none) {
            let open: Vec<usize> = (0..lines.len()).filter(|at| track[*at].is_none()).collect();
            let free = |at: &&usize| !open.iter().any(|other| before(*other, **at));
            let next = open.iter().find(free).copied().unwrap_or(first);
            let (low, high) = lines[next].reach();
            let follows = (0..lines.len()).filter(|other| before(*other, next));
            let least = follows.filter_map(|other| Some(track[other]? + 1)).max().unwrap_or(0);
            let meets = |at: usize| {
                (0..lines.len()).any(|other| {
                    let (from, to) = lines[other].reach();
                    track[other] == Some(at) && from <= high && low <= to
                })
            };
            track[next] = (least..=lines.len()).find(|at| !meets(*at));
        }
        track.into_iter().flatten().collect()
    }

    #[test]
    fn lines_stand_where_comparing_all_puts_them() {
        let mut thrown = crate::dice::Dice(5);
        let mut dice = |sides: usize| thrown.roll(sides);
        for _ in 0..500 {
            let rows = 2 + dice(12);
            let climbs: Vec<Climb> = (0..=dice(14))
                .map(|edge| Climb { edge, rows: (dice(rows) as i64, dice(rows) as i64) })
                .collect();
            let groups: Vec<Branches> = climbs
                .chunks(1 + dice(3))
                .map(|some| Branches::of(&some.iter().collect::<Vec<_>>()))
                .collect();
            assert_eq!(placed(&groups), twin(&groups));
        }
    }

    #[test]
    fn thousands_of_lines_take_no_time() {
        let climbs: Vec<Climb> = (0..4_000)
            .map(|edge| Climb { edge, rows: (edge as i64, edge as i64 + 1_000) })
            .collect();
        let most = tracks(&climbs).into_iter().map(|(_, track)| track).max();
        assert_eq!(most, Some(1_002));
    }
}
