//! What paths are compared by.

use crate::graph::{Atlas, EdgeIndex};
use std::ops::{Add, Sub};

/// How paths compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Fewest hops outside route relations, then fewest hops, then most sources, then ids.
    RouteFirst,
    /// Fewest hops, then most sources, then ids.
    Shortest,
}

/// What a path costs, compared in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Hops outside route relations; 0 where that does not count.
    pub off_route: u32,
    /// Hops.
    pub hops: u32,
    /// Distinct sources of each hop, summed, and negated: more is better.
    pub unsourced: i64,
}

impl Cost {
    /// What a hop by any of these edges costs.
    #[must_use]
    pub fn of_hop(
        atlas: &Atlas,
        rule: Rule,
        edges: impl Iterator<Item = EdgeIndex> + Clone,
    ) -> Self {
        let is_route = |edge: &EdgeIndex| atlas.relation_of(*edge).route;
        let route = rule == Rule::RouteFirst && edges.clone().any(|edge| is_route(&edge));
        let counted = edges.filter(|edge| !route || is_route(edge));
        let cited = counted.flat_map(|edge| atlas.sources_of(edge));
        let mut sources: Vec<&str> = cited.map(|cite| cite.source.as_str()).collect();
        sources.sort_unstable();
        sources.dedup();
        Self {
            off_route: u32::from(rule == Rule::RouteFirst && !route),
            hops: 1,
            unsourced: -(sources.len() as i64),
        }
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            off_route: self.off_route + other.off_route,
            hops: self.hops + other.hops,
            unsourced: self.unsourced + other.unsourced,
        }
    }
}

impl Sub for Cost {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            off_route: self.off_route - other.off_route,
            hops: self.hops - other.hops,
            unsourced: self.unsourced - other.unsourced,
        }
    }
}
