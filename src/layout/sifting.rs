//! Sifting (Matuszewski, Schönfeld and Molitor 1999): a vertex visits every place of its rank and
//! stays where it is best. Told from the positions of neighbours alone, since exchanging two
//! vertices of a rank changes no crossings but those of their own links.

/// The sorted positions of a vertex's neighbours in the rank before and in the rank behind.
pub(super) type NeighbourPositions = [Vec<usize>; 2];

/// The place in a row where a vertex has the fewest crossings, its own if none has fewer. O(row ·
/// degree).
pub(super) fn best_place(beside: &[NeighbourPositions], at: usize, work: &mut usize) -> usize {
    let (mut place, mut best) = (at, 0);
    // Step by step past each neighbour: what one exchange gains adds up over the way.
    let mut gain = 0;
    for before in (0..at).rev() {
        let (here, there) = crossed(&beside[before], &beside[at], work);
        gain += here as i64 - there as i64;
        if gain > best {
            (place, best) = (before, gain);
        }
    }
    gain = 0;
    for behind in at + 1..beside.len() {
        let (here, there) = crossed(&beside[at], &beside[behind], work);
        gain += here as i64 - there as i64;
        if gain > best {
            (place, best) = (behind, gain);
        }
    }
    place
}

/// The place in a row where a vertex has no more crossings than where it is and links are
/// shortest, rows being centred; `sizes` are those of the rows beside.
pub(super) fn nearer_place(
    beside: &[NeighbourPositions],
    at: usize,
    sizes: [usize; 2],
    work: &mut usize,
) -> usize {
    // Doubled, so that the middle of a row of any length is a whole number.
    let length = |vertex: usize, place: usize| -> i64 {
        let own = 2 * place as i64 - beside.len() as i64;
        let sides = beside[vertex].iter().zip(sizes);
        let far = sides.flat_map(|(places, size)| {
            places.iter().map(move |other| (2 * *other as i64 - size as i64 - own).abs())
        });
        far.sum()
    };
    let here = length(at, at);
    let (mut best, mut shortest) = (at, 0);
    let before: Vec<usize> = (0..at).rev().collect();
    let behind: Vec<usize> = (at + 1..beside.len()).collect();
    for (way, aside) in [(before, 1), (behind, -1)] {
        let (mut crossings, mut passed) = (0, 0);
        for place in way {
            let pair = if aside > 0 { (place, at) } else { (at, place) };
            *work += 2 * degree(&beside[place]) + degree(&beside[at]);
            let (now, then) = crossed(&beside[pair.0], &beside[pair.1], work);
            crossings += then as i64 - now as i64;
            // Who is passed moves one place towards where the vertex came from.
            let moved = place.wrapping_add_signed(aside);
            passed += length(place, moved) - length(place, place);
            let change = length(at, place) - here + passed;
            if crossings <= 0 && change < shortest {
                (best, shortest) = (place, change);
            }
        }
    }
    best
}

fn degree(places: &NeighbourPositions) -> usize {
    places[0].len() + places[1].len()
}

/// How many links of two vertices cross if the first stands before the second, and if behind.
pub(super) fn crossed(
    first: &NeighbourPositions,
    second: &NeighbourPositions,
    work: &mut usize,
) -> (usize, usize) {
    let (mut here, mut there) = (0, 0);
    for (a, b) in first.iter().zip(second) {
        *work += a.len() + b.len();
        here += inversions(a, b);
        there += inversions(b, a);
    }
    (here, there)
}

/// How many pairs have the first list's member behind the second's; both are sorted.
fn inversions(first: &[usize], second: &[usize]) -> usize {
    let (mut count, mut smaller) = (0, 0);
    for place in first {
        while smaller < second.len() && second[smaller] < *place {
            smaller += 1;
        }
        count += smaller;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::crossings::Xorshift;

    fn row(dice: &mut Xorshift) -> Vec<NeighbourPositions> {
        let mut positions = |most: usize| {
            let mut all: Vec<usize> = (0..dice.below(most)).map(|_| dice.below(5)).collect();
            all.sort_unstable();
            all
        };
        (0..6).map(|_| [positions(4), positions(4)]).collect()
    }

    fn moved(row: &[NeighbourPositions], at: usize, place: usize) -> Vec<NeighbourPositions> {
        let mut row = row.to_vec();
        let vertex = row.remove(at);
        row.insert(place, vertex);
        row
    }

    /// All crossings of a row's links, pair by pair.
    fn crossings(row: &[NeighbourPositions]) -> usize {
        let pairs = (0..row.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let crossed = |(a, b): (usize, usize)| -> usize {
            let sides = row[a].iter().zip(&row[b]);
            sides.map(|(a, b)| a.iter().flat_map(|x| b.iter().filter(move |y| x > y)).count()).sum()
        };
        pairs.map(crossed).sum()
    }

    fn length(row: &[NeighbourPositions], sizes: [usize; 2]) -> i64 {
        let far = |(place, beside): (usize, &NeighbourPositions)| -> i64 {
            let own = 2 * place as i64 - row.len() as i64;
            let sides = beside.iter().zip(sizes);
            let far = sides.flat_map(|(positions, size)| {
                positions.iter().map(move |at| (2 * *at as i64 - size as i64 - own).abs())
            });
            far.sum()
        };
        row.iter().enumerate().map(far).sum()
    }

    #[test]
    fn no_place_has_fewer_crossings_than_the_one_found() {
        let mut dice = Xorshift(11);
        for _ in 0..300 {
            let (row, at) = (row(&mut dice), dice.below(6));
            let found = crossings(&moved(&row, at, best_place(&row, at, &mut 0)));
            let least = (0..6).map(|place| crossings(&moved(&row, at, place))).min();
            assert_eq!(Some(found), least, "{row:?} {at}");
        }
    }

    #[test]
    fn what_is_drawn_together_is_shorter_and_crosses_no_more() {
        let mut dice = Xorshift(13);
        let mut shortened = 0;
        for _ in 0..300 {
            let (row, at, sizes) = (row(&mut dice), dice.below(6), [5, 5]);
            let drawn = moved(&row, at, nearer_place(&row, at, sizes, &mut 0));
            assert!(crossings(&drawn) <= crossings(&row), "{row:?} {at}");
            assert!(length(&drawn, sizes) <= length(&row, sizes), "{row:?} {at}");
            shortened += usize::from(length(&drawn, sizes) < length(&row, sizes));
        }
        assert!(shortened > 20, "{shortened}");
    }

    #[test]
    fn an_exchange_is_counted_both_ways() {
        let (first, second) = ([vec![2, 3], vec![]], [vec![1, 3], vec![]]);
        assert_eq!(crossed(&first, &second, &mut 0), (2, 1));
    }
}
