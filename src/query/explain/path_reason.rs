//! Why a path leads from A to B, why none does, and why a node is on the way or not.

use crate::analysis::{
    Fault, Itinerary, Journey, Path, Rule, best_path, best_paths, best_paths_and_shortest,
    shortest, walks,
};
use crate::graph::{Atlas, NodeIndex};
use crate::query::Limits;
use crate::query::explain::missing::{Missing, missed};
use crate::query::explain::naming::{name, names};
use crate::query::explain::no_path::{entered, failing_leg, reversed, why_none};
use crate::query::explain::reason::Reason;
use crate::query::explain::remedy::by_way_of;
use std::collections::HashSet;

/// Is what is asked for there, if one travels like this?
type JourneyTest<'a> = &'a dyn Fn(&Journey<'_>) -> bool;

/// What an answer tells of the paths there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The best one.
    Best,
    /// So many of the best.
    Listed(usize),
    /// As a set: everything on any walk.
    AnyWalk,
}

/// A reason with a path of a journey, and how many are as short as its shortest.
pub(crate) fn by_path(reason: Reason, journey: &Journey<'_>, path: Path) -> Reason {
    let shortest = shortest(journey).map(|(_, count)| count);
    Reason { shortest, ..reason.by([path]) }
}

/// A question for paths in one graph.
#[derive(Debug)]
pub(crate) struct PathQuestion<'g> {
    pub(crate) atlas: &'g Atlas,
    pub(crate) limits: &'g Limits<'g>,
    pub(crate) asked: Itinerary,
    pub(crate) rule: Rule,
}

impl PathQuestion<'_> {
    fn journey(&self) -> Journey<'_> {
        Journey::through(self.atlas, self.asked.clone()).stopped_by(self.limits.stop)
    }

    /// Is there any path?
    pub(crate) fn leads(&self) -> bool {
        best_path(&self.journey(), Rule::Shortest).is_some()
    }

    /// The path with the rule that chose it, or the nearest miss.
    pub(crate) fn why_path(&self) -> Reason {
        let journey = self.journey();
        let ((found, _), shortest) = best_paths_and_shortest(&journey, self.rule, 2);
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
        Reason { shortest: shortest.map(|(_, count)| count), ..reason.by([path]) }
    }

    fn why_no_path(&self, journey: &Journey<'_>, holds: JourneyTest<'_>) -> Reason {
        let Some(leg) = failing_leg(journey) else {
            return why_none(journey).into_iter().fold(
                Reason::new(false, "what `via` names cannot be passed on one way"),
                Reason::and,
            );
        };
        if let Some(path) = entered(&leg) {
            let mut notes = why_none(journey).into_iter();
            let reason = Reason::new(false, notes.next().unwrap_or_default());
            return notes.fold(reason, Reason::and).by([path]);
        }
        let reason = missed(&Missing {
            flow: journey.flow(),
            from: leg.itinerary().from(),
            to: leg.itinerary().to(),
            avoid: &self.asked.avoid.iter().copied().collect::<Vec<NodeIndex>>(),
            mends: &|fault| self.mends(fault, holds),
        });
        reversed(&leg).into_iter().fold(reason, Reason::and)
    }

    /// Would it hold if the question did not leave out or avoid what makes this fault?
    fn mends(&self, fault: Fault, holds: JourneyTest<'_>) -> bool {
        let mut asked = self.asked.clone();
        match fault {
            Fault::LeftOut(edge) => {
                let relation = self.atlas.edge(edge).relation;
                if let Some(over) = &mut asked.over {
                    over.push(relation);
                }
            }
            Fault::Avoided(node) => drop(asked.avoid.remove(&node)),
            Fault::Reversed(_) | Fault::NoFlow(_) => return false,
        }
        holds(&Journey::through(self.atlas, asked).stopped_by(self.limits.stop))
    }

    /// Why no path is there that could hold a node; what would mend that, and have it.
    pub(crate) fn why_no_way_by(&self, node: NodeIndex, holds: JourneyTest<'_>) -> Reason {
        let journey = self.journey();
        let mut reason = self.why_no_path(&journey, holds);
        let asked = journey.itinerary();
        reason.remedies.extend(by_way_of(journey.flow(), asked.from(), node, asked.to()));
        reason
    }

    /// Why a node is in an answer, or why not.
    pub(crate) fn why_on(&self, node: NodeIndex, told: Told) -> Reason {
        let journey = self.journey();
        let passes = |path: &Path| path.nodes.contains(&node);
        let listed = |journey: &Journey<'_>| match told {
            Told::Listed(most) => best_paths(journey, self.rule, most).0,
            Told::Best | Told::AnyWalk => best_path(journey, self.rule).into_iter().collect(),
        };
        let on_walk = |journey: &Journey<'_>| walks(journey).0.contains(&node);
        let Some(best) = best_path(&journey, self.rule) else {
            return self.why_no_way_by(node, &|journey| match told {
                Told::AnyWalk => on_walk(journey),
                Told::Best | Told::Listed(_) => listed(journey).iter().any(passes),
            });
        };
        let own = name(self.atlas, node);
        let mut paths = listed(&journey);
        let count = paths.len();
        if let Some(at) = paths.iter().position(passes) {
            let note = match at {
                0 => format!("{own} is on the best way"),
                _ => format!("{own} is on path number {} of {count}", at + 1),
            };
            return by_path(Reason::new(true, note), &journey, paths.swap_remove(at));
        }
        let reason = self.why_on_way(&journey, best, node);
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
    fn why_on_way(&self, journey: &Journey<'_>, best: Path, node: NodeIndex) -> Reason {
        let (own, asked) = (name(self.atlas, node), journey.itinerary());
        let steps = best.nodes.len() - 1;
        let through = journey.with(asked.by_way_of(node));
        let way = best_path(&through, self.rule).filter(|path| path.nodes.contains(&node));
        let Some(path) = way else {
            let ends = [names(self.atlas, asked.from()), names(self.atlas, asked.to())];
            let note = format!("no way from {} to {} passes {own}", ends[0], ends[1]);
            let mut reason = Reason::new(false, note);
            reason.remedies = by_way_of(journey.flow(), asked.from(), node, asked.to());
            return by_path(reason, journey, best);
        };
        let more = path.nodes.len() - 1;
        let mut seen = HashSet::new();
        let twice = path.nodes.iter().find(|node| !seen.insert(**node));
        let again = twice
            .map_or(String::new(), |node| format!(" and passes {} twice", name(self.atlas, *node)));
        let note = format!("a way by {own} has {more} steps{again}, the best one {steps}");
        Reason::new(false, note).by([path])
    }
}
