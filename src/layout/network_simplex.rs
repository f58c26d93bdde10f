//! The network simplex method of Gansner, Koutsofios, North and Vo (1993): integer ranks with the least
//! weighted length of all demands. A spanning tree of demands without slack fixes all ranks; as long
//! as a tree demand has a negative cut value, it is worth lengthening: it leaves the tree, and the
//! demand with the least slack that closes the cut again enters.

use crate::stop::raised;
use std::sync::atomic::AtomicBool;

/// A demand: `head` stands at least `length` ranks behind `tail`, the nearer the better.
pub(super) struct Demand {
    pub(super) tail: usize,
    pub(super) head: usize,
    pub(super) length: i64,
    pub(super) weight: i64,
}

/// How many steps of work the search for shorter arcs may take.
const BUDGET: usize = 40_000_000;

const NONE: usize = usize::MAX;

pub(super) struct Simplex {
    demands: Vec<Demand>,
    pub(super) rank: Vec<i64>,
    /// The demands of each vertex.
    at: Vec<Vec<usize>>,
    in_tree: Vec<bool>,
    /// The tree, rooted: vertices in preorder, the demand to each one's parent, and where its
    /// subtree ends in preorder.
    preorder: Vec<usize>,
    place: Vec<usize>,
    up: Vec<usize>,
    end: Vec<usize>,
    /// Weight out of each vertex less weight into it.
    surplus: Vec<i64>,
}

impl Simplex {
    pub(super) fn new(count: usize, demands: Vec<Demand>) -> Self {
        let mut at = vec![Vec::new(); count];
        let mut surplus = vec![0; count];
        for (index, demand) in demands.iter().enumerate() {
            at[demand.tail].push(index);
            at[demand.head].push(index);
            surplus[demand.tail] += demand.weight;
            surplus[demand.head] -= demand.weight;
        }
        let rank = longest_ways(count, &demands, &at);
        let in_tree = vec![false; demands.len()];
        let (preorder, place) = (Vec::new(), vec![NONE; count]);
        let (up, end) = (vec![NONE; count], vec![0; count]);
        Self { demands, rank, at, in_tree, preorder, place, up, end, surplus }
    }

    fn slack(&self, demand: usize) -> i64 {
        let Demand { tail, head, length, .. } = self.demands[demand];
        self.rank[head] - self.rank[tail] - length
    }

    /// Shortens arcs until no exchange helps or the budget is spent.
    pub(super) fn improve(&mut self, stop: &AtomicBool) {
        if self.rank.is_empty() {
            return;
        }
        let mut work = self.grow_tree(stop);
        // What an exchange costs: two walks over the vertices and a look at each demand.
        let step = self.rank.len() * 2 + self.demands.len();
        while work < BUDGET && !raised(stop) {
            self.walk_tree();
            let Some((leaving, vertex)) = self.leaving() else {
                break;
            };
            let Some(entering) = self.entering(leaving, vertex) else {
                break;
            };
            // The subtree moves as a whole: only the demands across its cut change, those that run
            // with the leaving one grow by what the others shrink.
            let shift = self.slack(entering);
            let shift = if self.demands[leaving].tail == vertex { -shift } else { shift };
            for inside in &self.preorder[self.place[vertex]..self.end[vertex]] {
                self.rank[*inside] += shift;
            }
            self.in_tree[leaving] = false;
            self.in_tree[entering] = true;
            work += step;
        }
    }

    /// A tree of demands without slack that spans each part: the part is shifted towards its
    /// tree until one exists.
    fn grow_tree(&mut self, stop: &AtomicBool) -> usize {
        let mut grown = vec![false; self.rank.len()];
        let mut work = 0;
        for root in 0..grown.len() {
            if grown[root] {
                continue;
            }
            grown[root] = true;
            let mut tree = vec![root];
            let mut next = 0;
            while !raised(stop) {
                // Tight demands: whatever can join without shifting joins.
                while let Some(vertex) = tree.get(next).copied() {
                    next += 1;
                    for index in self.at[vertex].clone() {
                        let Demand { tail, head, .. } = self.demands[index];
                        let other = if tail == vertex { head } else { tail };
                        if !grown[other] && self.slack(index) == 0 {
                            grown[other] = true;
                            self.in_tree[index] = true;
                            tree.push(other);
                        }
                    }
                }
                let border = tree.iter().flat_map(|vertex| &self.at[*vertex]).copied();
                let border = border.filter(|index| {
                    let demand = &self.demands[*index];
                    grown[demand.tail] != grown[demand.head]
                });
                work += tree.len();
                let Some(nearest) = border.min_by_key(|index| self.slack(*index)) else {
                    break;
                };
                // No tight demand leads out of the tree: shift all of it until the nearest is tight.
                let slack = self.slack(nearest);
                let outward = grown[self.demands[nearest].tail];
                for vertex in &tree {
                    self.rank[*vertex] += if outward { slack } else { -slack };
                }
                // Other demands may be tight now: the whole tree is looked at again.
                next = 0;
            }
        }
        work
    }

    /// Roots the tree anew.
    fn walk_tree(&mut self) {
        self.preorder.clear();
        self.place.fill(NONE);
        for root in 0..self.rank.len() {
            if self.place[root] != NONE {
                continue;
            }
            self.up[root] = NONE;
            let mut open = vec![root];
            while let Some(vertex) = open.pop() {
                self.place[vertex] = self.preorder.len();
                self.preorder.push(vertex);
                for index in &self.at[vertex] {
                    let Demand { tail, head, .. } = self.demands[*index];
                    let other = if tail == vertex { head } else { tail };
                    if self.in_tree[*index] && self.up[vertex] != *index {
                        self.up[other] = *index;
                        open.push(other);
                    }
                }
            }
        }
        // A subtree is a stretch of the preorder; it ends where its last child's does.
        self.end.fill(0);
        for vertex in self.preorder.iter().rev().copied() {
            self.end[vertex] = self.end[vertex].max(self.place[vertex] + 1);
            if self.up[vertex] != NONE {
                let Demand { tail, head, .. } = self.demands[self.up[vertex]];
                let parent = if tail == vertex { head } else { tail };
                self.end[parent] = self.end[parent].max(self.end[vertex]);
            }
        }
    }

    /// The tree demand whose cut gains most by being lengthened, with the vertex below it.
    ///
    /// Weights inside a subtree cancel out, so its cut is the sum of its vertices' surpluses.
    fn leaving(&self) -> Option<(usize, usize)> {
        // A subtree is a stretch of the preorder, so two running sums tell what it holds.
        let mut sum = vec![0; self.preorder.len() + 1];
        for (place, vertex) in self.preorder.iter().enumerate() {
            sum[place + 1] = sum[place] + self.surplus[*vertex];
        }
        // The cut value: the weight across the cut along the demand less the weight against it. Where
        // it is negative, to lengthen the demand shortens more than it lengthens.
        let below = self.preorder.iter().filter(|vertex| self.up[**vertex] != NONE);
        let cuts = below.map(|vertex| {
            let inside = sum[self.end[*vertex]] - sum[self.place[*vertex]];
            let leads_up = self.demands[self.up[*vertex]].tail == *vertex;
            (if leads_up { inside } else { -inside }, self.up[*vertex], *vertex)
        });
        let best = cuts.min_by_key(|(cut, demand, _)| (*cut, *demand))?;
        (best.0 < 0).then_some((best.1, best.2))
    }

    /// The demand with the least slack that crosses the cut the other way.
    fn entering(&self, leaving: usize, vertex: usize) -> Option<usize> {
        let inside = self.place[vertex]..self.end[vertex];
        let leads_up = self.demands[leaving].tail == vertex;
        let crossing = (0..self.demands.len()).filter(|index| {
            let demand = &self.demands[*index];
            let tail = inside.contains(&self.place[demand.tail]);
            let head = inside.contains(&self.place[demand.head]);
            if leads_up { !tail && head } else { tail && !head }
        });
        crossing.min_by_key(|index| self.slack(*index))
    }
}

/// Ranks by the longest way from a source. O(n + m).
fn longest_ways(count: usize, demands: &[Demand], at: &[Vec<usize>]) -> Vec<i64> {
    let mut missing = vec![0; count];
    for demand in demands {
        missing[demand.head] += 1;
    }
    let mut rank = vec![0; count];
    let mut open: Vec<usize> = (0..count).filter(|vertex| missing[*vertex] == 0).collect();
    while let Some(vertex) = open.pop() {
        for demand in at[vertex].iter().map(|index| &demands[*index]) {
            if demand.tail == vertex {
                rank[demand.head] = rank[demand.head].max(rank[vertex] + demand.length);
                missing[demand.head] -= 1;
                if missing[demand.head] == 0 {
                    open.push(demand.head);
                }
            }
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::crossings::Xorshift;
    use crate::stop::NEVER;

    fn weighted_length(demands: &[Demand], rank: &[i64]) -> Option<i64> {
        let lengths = demands.iter().map(|demand| {
            let length = rank[demand.head] - rank[demand.tail];
            (length >= demand.length).then_some(length * demand.weight)
        });
        lengths.sum()
    }

    /// The least weighted length, by trying all ranks.
    fn by_trying_all(count: usize, demands: &[Demand]) -> Option<i64> {
        let highest = demands.iter().map(|demand| demand.length).sum::<i64>() + 1;
        let all = (0..highest.pow(count as u32)).filter_map(|number| {
            let digit = |at: usize| number / highest.pow(at as u32) % highest;
            weighted_length(demands, &(0..count).map(digit).collect::<Vec<i64>>())
        });
        all.min()
    }

    fn improved(count: usize, demands: Vec<Demand>) -> Simplex {
        let mut simplex = Simplex::new(count, demands);
        simplex.improve(&NEVER);
        simplex
    }

    #[test]
    fn no_ranks_are_shorter_than_those_found() {
        let mut dice = Xorshift(7);
        for _ in 0..200 {
            let count = 2 + dice.below(3);
            // Tails before heads: no circle.
            let demands = (0..=dice.below(5)).map(|_| {
                let tail = dice.below(count - 1);
                let head = tail + 1 + dice.below(count - 1 - tail);
                let (length, weight) = (dice.below(3) as i64, dice.below(4) as i64);
                Demand { tail, head, length, weight }
            });
            let simplex = improved(count, demands.collect());
            let found = weighted_length(&simplex.demands, &simplex.rank);
            assert!(found.is_some(), "a demand is broken");
            assert_eq!(found, by_trying_all(count, &simplex.demands));
        }
    }

    #[test]
    fn a_source_stands_near_what_it_serves() {
        // Longest ways put 3 at rank 0, though its only dependent is at rank 2.
        let demand = |tail, head| Demand { tail, head, length: 1, weight: 1 };
        let simplex = improved(4, vec![demand(0, 1), demand(1, 2), demand(3, 2)]);
        assert_eq!(simplex.rank[3], simplex.rank[1]);
    }

    #[test]
    fn a_raised_flag_leaves_ranks_that_keep_all_demands() {
        let stop = AtomicBool::new(true);
        let demands = (1..50).map(|head| Demand { tail: head / 2, head, length: 1, weight: 1 });
        let mut simplex = Simplex::new(50, demands.filter(|demand| demand.tail > 0).collect());
        simplex.improve(&stop);
        assert!(weighted_length(&simplex.demands, &simplex.rank).is_some());
    }
}
