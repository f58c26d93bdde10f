//! Why a path leads from A to B, why none does, and why a node is on the way or not.

use crate::analysis::{
    Fault, Journey, Path, Rule, Trip, best_path, best_paths, hop_edges, shortest, walks,
};
use crate::answer::Route;
use crate::graph::{Atlas, Flow, NodeIndex};
use crate::query::Limits;
use crate::query::explain::missing::{Missing, missed};
use crate::query::explain::naming::{name, names};
use crate::query::explain::no_path::{entered, why_none};
use crate::query::explain::reason::Reason;
use crate::query::explain::remedy::by_way_of;
use std::collections::HashSet;

/// Is what is asked for there, if one travels like this?
type Holds<'a> = &'a dyn Fn(&Journey<'_>) -> bool;

/// A reason with a path of a journey, and how many are as short as its shortest.
pub(crate) fn by_path(reason: Reason, journey: &Journey<'_>, rule: Rule, path: Path) -> Reason {
    let shortest = shortest(journey).map(|(_, count)| count);
    Reason { shortest, ..reason.by([route(journey, rule, path)]) }
}

/// A question for paths in one graph.
#[derive(Debug)]
pub(crate) struct PathQuestion<'g> {
    pub(crate) atlas: &'g Atlas,
    pub(crate) limits: &'g Limits<'g>,
    pub(crate) trip: Trip,
    pub(crate) rule: Rule,
}

/// A path with the edges of each hop.
pub(crate) fn route(journey: &Journey<'_>, rule: Rule, path: Path) -> Route {
    let hops = hop_edges(journey, rule, &path.nodes);
    Route { nodes: path.nodes, hops }
}

impl PathQuestion<'_> {
    fn journey(&self) -> Journey<'_> {
        self.trip.through(self.atlas).stopped_by(self.limits.stop)
    }

    /// Is there any path?
    pub(crate) fn leads(&self) -> bool {
        best_path(&self.journey(), Rule::Shortest).is_some()
    }

    /// The path with the rule that chose it, or the nearest miss.
    pub(crate) fn why_path(&self) -> Reason {
        let journey = self.journey();
        let (found, _) = best_paths(&journey, self.rule, 2);
        let rule = match self.rule {
            Rule::RouteFirst => {
                "the best path has the fewest steps off recommended routes, then the fewest steps, then the most sources"
            }
            Rule::Shortest => "the best path has the fewest steps, then the most sources",
        };
        let mut found = found.into_iter();
        let Some(path) = best_path(&journey, self.rule) else {
            let there = |journey: &Journey<'_>| best_path(journey, Rule::Shortest).is_some();
            return self.why_no_path(&journey, &there);
        };
        let reason = Reason::new(true, rule);
        let next = found.find(|other| other.nodes != path.nodes);
        let reason = match &next {
            Some(next) => {
                let way: Vec<&str> =
                    next.nodes.iter().map(|node| name(self.atlas, *node)).collect();
                reason.and(format!("next best: {}", way.join(" → ")))
            }
            None => reason.and("there is no other"),
        };
        by_path(reason, &journey, self.rule, path)
    }

    fn why_no_path(&self, journey: &Journey<'_>, holds: Holds<'_>) -> Reason {
        let fails = |leg: &Journey<'_>| best_path(leg, Rule::Shortest).is_none();
        let notes = why_none(journey);
        let Some(leg) = journey.legs().into_iter().find(fails) else {
            return notes.into_iter().fold(
                Reason::new(false, "what `via` names cannot be passed on one way"),
                Reason::and,
            );
        };
        if let Some((anywhere, path)) = entered(&leg) {
            let mut notes = notes.into_iter();
            let reason = Reason::new(false, notes.next().unwrap_or_default());
            return notes.fold(reason, Reason::and).by([route(&anywhere, Rule::Shortest, path)]);
        }
        let reason = missed(&Missing {
            flow: &Flow::of_paths(self.atlas, &self.trip.over),
            from: leg.from(),
            to: leg.to(),
            avoid: &leg.avoided(),
            mends: &|fault| self.mends(fault, holds),
        });
        let back = notes.into_iter().filter(|note| note.starts_with("the other way round"));
        back.fold(reason, Reason::and)
    }

    /// Would it hold if the question did not leave out or avoid what makes this fault?
    fn mends(&self, fault: Fault, holds: Holds<'_>) -> bool {
        let mut trip = self.trip.clone();
        match fault {
            Fault::LeftOut(edge) => {
                let relation = self.atlas.edge(edge).relation;
                if let Some(over) = &mut trip.over {
                    over.push(relation);
                }
            }
            Fault::Avoided(node) => trip.avoid.retain(|avoided| *avoided != node),
            Fault::Reversed(_) | Fault::NoFlow(_) => return false,
        }
        holds(&trip.through(self.atlas).stopped_by(self.limits.stop))
    }

    /// Why no path is there that could hold a node; what would mend that, and have it.
    pub(crate) fn why_no_way_by(&self, node: NodeIndex, holds: Holds<'_>) -> Reason {
        let journey = self.journey();
        let mut reason = self.why_no_path(&journey, holds);
        let flow = Flow::of_paths(self.atlas, &self.trip.over);
        reason.remedies.extend(by_way_of(&flow, journey.from(), node, journey.to()));
        reason
    }

    /// Why a node is on the best way, or why not.
    pub(crate) fn why_on_best(&self, node: NodeIndex) -> Reason {
        let journey = self.journey();
        let on_best = |journey: &Journey<'_>| {
            best_path(journey, self.rule).is_some_and(|path| path.nodes.contains(&node))
        };
        let Some(best) = best_path(&journey, self.rule) else {
            return self.why_no_way_by(node, &on_best);
        };
        if best.nodes.contains(&node) {
            let note = format!("{} is on the best way", name(self.atlas, node));
            return by_path(Reason::new(true, note), &journey, self.rule, best);
        }
        self.why_on_way(&journey, best, node)
    }

    /// Why a node is on one of the listed paths, or why not.
    pub(crate) fn why_listed(&self, node: NodeIndex, most: usize) -> Reason {
        let journey = self.journey();
        let listed = |journey: &Journey<'_>| best_paths(journey, self.rule, most).0;
        let paths = listed(&journey);
        let count = paths.len();
        let own = name(self.atlas, node);
        if let Some(at) = paths.iter().position(|path| path.nodes.contains(&node)) {
            let note = match (at, count) {
                (0, _) => format!("{own} is on the best way"),
                _ => format!("{own} is on path number {} of {count}", at + 1),
            };
            let path = paths.into_iter().nth(at);
            return path.into_iter().fold(Reason::new(true, note), |reason, path| {
                by_path(reason, &journey, self.rule, path)
            });
        }
        let Some(best) = best_path(&journey, self.rule) else {
            let on_any = |journey: &Journey<'_>| {
                listed(journey).iter().any(|path| path.nodes.contains(&node))
            };
            return self.why_no_way_by(node, &on_any);
        };
        let paths = if count == 1 { "path" } else { "paths" };
        let reason = self.why_on_way(&journey, best, node);
        let mut reason =
            reason.within(false, format!("{own} is not on the {count} {paths} listed"));
        if walks(&journey).0.contains(&node) {
            reason = reason.and(format!(
                "drawn, or joined with other sets, the answer is everything on any walk, {own} too"
            ));
        }
        reason
    }

    /// Why a node is on any walk, which is what the answer is as a set, or why not.
    pub(crate) fn why_on_walk(&self, node: NodeIndex) -> Reason {
        let journey = self.journey();
        let on_walk = |journey: &Journey<'_>| walks(journey).0.contains(&node);
        let Some(best) = best_path(&journey, self.rule) else {
            return self.why_no_way_by(node, &on_walk);
        };
        let (own, holds) = (name(self.atlas, node), on_walk(&journey));
        if best.nodes.contains(&node) {
            let note = format!("{own} is on the best way");
            return by_path(Reason::new(true, note), &journey, self.rule, best);
        }
        let reason = self.why_on_way(&journey, best, node);
        let is = if holds { "is" } else { "is not" };
        reason
            .within(holds, format!("as a set, paths are everything on any walk, where {own} {is}"))
    }

    /// The best way by a node that is not on the best one of all.
    fn why_on_way(&self, journey: &Journey<'_>, best: Path, node: NodeIndex) -> Reason {
        let own = name(self.atlas, node);
        let steps = best.nodes.len() - 1;
        let through = journey.through(node);
        let way = best_path(&through, self.rule).filter(|path| path.nodes.contains(&node));
        let Some(path) = way else {
            let ends = [names(self.atlas, journey.from()), names(self.atlas, journey.to())];
            let note = format!("no way from {} to {} passes {own}", ends[0], ends[1]);
            let mut reason = Reason::new(false, note);
            reason.remedies = by_way_of(journey.flow(), journey.from(), node, journey.to());
            return by_path(reason, journey, self.rule, best);
        };
        let more = path.nodes.len() - 1;
        let mut seen = HashSet::new();
        let twice = path.nodes.iter().find(|node| !seen.insert(**node));
        let again = twice
            .map_or(String::new(), |node| format!(" and passes {} twice", name(self.atlas, *node)));
        let note = format!("a way by {own} has {more} steps{again}, the best one {steps}");
        Reason::new(false, note).by([route(&through, self.rule, path)])
    }
}
