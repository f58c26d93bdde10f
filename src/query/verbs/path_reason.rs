//! Why a path leads from A to B, why none does, and why a node is on the way or not.

use super::no_path::{entered, failing_leg, why_none};
use super::path_question::PathQuestion;
use crate::analysis::{Fault, Journey, Path, Rule, best_path, best_paths, shortest, walks};
use crate::graph::{Atlas, Flow, NodeIndex};
use crate::query::Limits;
use crate::query::reason::{Reason, name, names};
use crate::query::remedy::{Missing, by_way_of, missed};
use std::collections::HashSet;

/// Is what is asked for there, if one travels like this?
type Holds<'a> = &'a dyn Fn(&Journey<'_>) -> bool;

/// What an answer tells of the paths there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The best one.
    Best,
    /// So many of the best.
    Listed(usize),
    /// As a set: everything on any walk.
    AnyWalk,
}

/// A reason with a path of a journey, and how many are as short as its shortest.
pub(super) fn by_path(reason: Reason, journey: &Journey<'_>, path: Path) -> Reason {
    let shortest = shortest(journey).map(|(_, count)| count);
    Reason { shortest, ..reason.by([path]) }
}

impl PathQuestion {
    /// The path with the rule that chose it, or the nearest miss.
    pub(super) fn why_path(&self, atlas: &Atlas, limits: &Limits<'_>) -> Reason {
        let journey = self.journey(atlas, limits);
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
            return self.why_no_path(atlas, limits, &journey, &there);
        };
        let reason = Reason::new(true, rule);
        let next = found.find(|other| other.nodes != path.nodes);
        let reason = match &next {
            Some(next) => {
                let way: Vec<&str> = next.nodes.iter().map(|node| name(atlas, *node)).collect();
                reason.and(format!("next best: {}", way.join(" → ")))
            }
            None => reason.and("there is no other"),
        };
        by_path(reason, &journey, path)
    }

    fn why_no_path(
        &self,
        atlas: &Atlas,
        limits: &Limits<'_>,
        journey: &Journey<'_>,
        holds: Holds<'_>,
    ) -> Reason {
        let notes = why_none(journey);
        let Some(leg) = failing_leg(journey) else {
            return notes.into_iter().fold(
                Reason::new(false, "what `via` names cannot be passed on one way"),
                Reason::and,
            );
        };
        if let Some(path) = entered(&leg) {
            let mut notes = notes.into_iter();
            let reason = Reason::new(false, notes.next().unwrap_or_default());
            return notes.fold(reason, Reason::and).by([path]);
        }
        let asked = leg.itinerary();
        let reason = missed(&Missing {
            flow: &Flow::of_paths(atlas, &self.over),
            from: asked.from(),
            to: asked.to(),
            avoid: &asked.avoid.iter().copied().collect::<Vec<NodeIndex>>(),
            mends: &|fault| self.mends(atlas, limits, fault, holds),
        });
        let back = notes.into_iter().filter(|note| note.starts_with("the other way round"));
        back.fold(reason, Reason::and)
    }

    /// Would it hold if the question did not leave out or avoid what makes this fault?
    fn mends(&self, atlas: &Atlas, limits: &Limits<'_>, fault: Fault, holds: Holds<'_>) -> bool {
        let mut asked = self.itinerary(atlas, limits);
        match fault {
            Fault::LeftOut(edge) => {
                let relation = atlas.edge(edge).relation;
                if let Some(over) = &mut asked.over {
                    over.push(relation);
                }
            }
            Fault::Avoided(node) => drop(asked.avoid.remove(&node)),
            Fault::Reversed(_) | Fault::NoFlow(_) => return false,
        }
        holds(&Journey::through(atlas, asked).stopped_by(limits.stop))
    }

    /// Why no path is there that could hold a node; what would mend that, and have it.
    pub(super) fn why_no_way_by(
        &self,
        atlas: &Atlas,
        limits: &Limits<'_>,
        node: NodeIndex,
        holds: Holds<'_>,
    ) -> Reason {
        let journey = self.journey(atlas, limits);
        let mut reason = self.why_no_path(atlas, limits, &journey, holds);
        let flow = Flow::of_paths(atlas, &self.over);
        let asked = journey.itinerary();
        reason.remedies.extend(by_way_of(&flow, asked.from(), node, asked.to()));
        reason
    }

    /// Why a node is in an answer, or why not.
    pub(super) fn why_on(
        &self,
        atlas: &Atlas,
        limits: &Limits<'_>,
        node: NodeIndex,
        told: Told,
    ) -> Reason {
        let journey = self.journey(atlas, limits);
        let passes = |path: &Path| path.nodes.contains(&node);
        let listed = |journey: &Journey<'_>| match told {
            Told::Listed(most) => best_paths(journey, self.rule, most).0,
            Told::Best | Told::AnyWalk => best_path(journey, self.rule).into_iter().collect(),
        };
        let on_walk = |journey: &Journey<'_>| walks(journey).0.contains(&node);
        let Some(best) = best_path(&journey, self.rule) else {
            return self.why_no_way_by(atlas, limits, node, &|journey| match told {
                Told::AnyWalk => on_walk(journey),
                Told::Best | Told::Listed(_) => listed(journey).iter().any(passes),
            });
        };
        let own = name(atlas, node);
        let mut paths = listed(&journey);
        let count = paths.len();
        if let Some(at) = paths.iter().position(passes) {
            let note = match at {
                0 => format!("{own} is on the best way"),
                _ => format!("{own} is on path number {} of {count}", at + 1),
            };
            return by_path(Reason::new(true, note), &journey, paths.swap_remove(at));
        }
        let reason = self.why_on_way(atlas, &journey, best, node);
        let holds = told != Told::Best && on_walk(&journey);
        match told {
            Told::Best => reason,
            Told::Listed(_) => {
                let paths = if count == 1 { "path" } else { "paths" };
                let note = format!("{own} is not on the {count} {paths} listed");
                let anyway = holds.then(|| {
                    format!(
                        "drawn, or joined with other sets, the answer is everything on any walk, {own} too"
                    )
                });
                anyway.into_iter().fold(reason.within(false, note), Reason::and)
            }
            Told::AnyWalk => {
                let is = if holds { "is" } else { "is not" };
                let note = format!("as a set, paths are everything on any walk, where {own} {is}");
                reason.within(holds, note)
            }
        }
    }

    /// The best way by a node that is not on the best one of all.
    fn why_on_way(
        &self,
        atlas: &Atlas,
        journey: &Journey<'_>,
        best: Path,
        node: NodeIndex,
    ) -> Reason {
        let (own, asked) = (name(atlas, node), journey.itinerary());
        let steps = best.nodes.len() - 1;
        let through = journey.with(asked.by_way_of(node));
        let way = best_path(&through, self.rule).filter(|path| path.nodes.contains(&node));
        let Some(path) = way else {
            let ends = [names(atlas, asked.from()), names(atlas, asked.to())];
            let note = format!("no way from {} to {} passes {own}", ends[0], ends[1]);
            let mut reason = Reason::new(false, note);
            reason.remedies = by_way_of(journey.flow(), asked.from(), node, asked.to());
            return by_path(reason, journey, best);
        };
        let more = path.nodes.len() - 1;
        let mut seen = HashSet::new();
        let twice = path.nodes.iter().find(|node| !seen.insert(**node));
        let again =
            twice.map_or(String::new(), |node| format!(" and passes {} twice", name(atlas, *node)));
        let note = format!("a way by {own} has {more} steps{again}, the best one {steps}");
        Reason::new(false, note).by([path])
    }
}
