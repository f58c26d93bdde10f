//! Which nodes of a plan are required, and which only recommended.

use super::Question;
use crate::analysis::and_or::graph::AndOrGraph;
use crate::analysis::and_or::instance::{Instance, NONE};
use crate::analysis::and_or::requirements::{Extent, Requirements};
use crate::graph::NodeIndex;
use std::collections::BTreeSet;

/// The nodes of a plan that required clauses alone would not bring in.
///
/// The required ones are found from the goals back, latest first: what the only option left asks
/// for is required, and of several the earliest one is if by then none of the others has turned
/// out to be. An option that comes after its dependent satisfies nothing. So what is required can
/// be learned by itself in the plan's order, and nothing in it is superfluous. Linear.
pub(super) fn recommended(
    question: &Question<'_>,
    graph: &AndOrGraph<'_>,
    known: &[bool],
    steps: &[Vec<NodeIndex>],
) -> BTreeSet<NodeIndex> {
    let mut place = vec![NONE; known.len()];
    for (at, node) in (0u32..).zip(steps).flat_map(|(at, step)| step.iter().map(move |n| (at, n))) {
        place[node.index()] = at;
    }
    let outside: Vec<bool> = place.iter().map(|place| *place == NONE).collect();
    let extent = Extent { graph, goals: question.goals, known, barred: &outside };
    let mut required = Requirements::new(extent, |number| graph.clause(number).required, |_| true);
    // In this instance steps rank as the plan has them, not as the learning order has.
    for (rank, members) in required.rank.iter_mut().zip(&required.members) {
        *rank = members.iter().map(|node| place[node.index()]).min().unwrap_or_default();
    }
    let goals = required.steps(question.goals);
    let derived = required.in_order(|_| true);
    let mut turn = required.rank.clone();
    if derived.has_all(&goals) {
        turn.fill(NONE);
        for (at, step) in (0u32..).zip(&derived.order) {
            turn[*step as usize] = at;
        }
    }
    let needed = needed(&required.instance, &goals, &turn);
    let all = steps.iter().flatten().copied();
    all.filter(|node| required.step(*node).is_none_or(|step| !needed[step as usize])).collect()
}

/// By step: is it required, if each is made in its turn?
fn needed(required: &Instance, goals: &[u32], turn: &[u32]) -> Vec<bool> {
    let count = required.len();
    let mut needed = vec![false; count];
    // What has not turned out to be needed when its turn came, going back.
    let mut passed = vec![false; count];
    // For each step, the clauses that it has to satisfy if nothing later does.
    let mut last_chance: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut open = goals.to_vec();
    let mut latest_first: Vec<u32> = (0..count as u32).collect();
    latest_first.sort_by_key(|step| std::cmp::Reverse(turn[*step as usize]));
    let mut queue = latest_first.into_iter();
    loop {
        while let Some(step) = open.pop() {
            if std::mem::replace(&mut needed[step as usize], true) {
                continue;
            }
            for clause in required.asks.row(step as usize) {
                let in_time = in_time(required, *clause, turn);
                if in_time.clone().any(|option| needed[option as usize]) {
                    continue;
                }
                let earliest = in_time.min_by_key(|option| turn[*option as usize]);
                match earliest {
                    // Its turn is over, and nobody else can satisfy the clause: it is required
                    // after all.
                    Some(option) if passed[option as usize] => open.push(option),
                    Some(option) => last_chance[option as usize].push(*clause),
                    None => {}
                }
            }
        }
        let Some(step) = queue.next() else { return needed };
        passed[step as usize] = true;
        let has_to =
            |clause: &u32| !in_time(required, *clause, turn).any(|option| needed[option as usize]);
        if last_chance[step as usize].iter().any(has_to) {
            open.push(step);
        }
    }
}

/// The options of a clause that come no later than who asks for it.
fn in_time<'r>(
    required: &'r Instance,
    clause: u32,
    turn: &'r [u32],
) -> impl Iterator<Item = u32> + Clone + 'r {
    let latest = turn[required.owner[clause as usize] as usize];
    let options = required.options.row(clause as usize).iter().copied();
    options.filter(move |option| turn[*option as usize] <= latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_options_in_time_the_earliest_is_required() {
        // 0 asks for 1 or 2 and for 3 or 1; 2 comes after 0.
        let instance = Instance::new(4, [(0, vec![1, 2]), (0, vec![1, 3])]);
        assert_eq!(needed(&instance, &[0], &[2, 1, 3, 0]), [true, true, false, false]);
        // Now 2 comes before 1, which the other clause requires all the same.
        let instance = Instance::new(4, [(0, vec![1, 2]), (0, vec![1])]);
        assert_eq!(needed(&instance, &[0], &[3, 2, 1, 0]), [true, true, false, false]);
        let instance = Instance::new(4, [(0, vec![1, 2]), (0, vec![3])]);
        assert_eq!(needed(&instance, &[0], &[3, 2, 1, 0]), [true, false, true, true]);
    }
}
