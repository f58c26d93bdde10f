//! What it brings to exchange vertices of a rank, told from where their neighbours stand.

/// The sorted positions of a vertex's neighbours in the rank before and in the rank behind.
pub(super) type Places = [Vec<usize>; 2];

/// The place in a row where a vertex has the fewest crossings, and how many fewer they are.
pub(super) fn best_place(beside: &[Places], at: usize, work: &mut usize) -> (usize, i64) {
    let (mut place, mut best) = (at, 0);
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
    (place, best)
}

/// The place in a row where a vertex has no more crossings than where it is and links are
/// shortest, rows being centred; `sizes` are those of the rows beside.
pub(super) fn nearer_place(
    beside: &[Places],
    at: usize,
    sizes: [usize; 2],
    work: &mut usize,
) -> usize {
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

fn degree(places: &Places) -> usize {
    places[0].len() + places[1].len()
}

/// How many links of two vertices cross if the first stands before the second, and if behind.
pub(super) fn crossed(first: &Places, second: &Places, work: &mut usize) -> (usize, usize) {
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
