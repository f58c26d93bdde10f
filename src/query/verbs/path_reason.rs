//! Why a path leads from A to B, why none does, and why a node is on the way or not.

use super::no_path::why_none;
use super::path::{Asked, route};
use crate::analysis::{Journey, Rule, best_path, best_paths, walks};
use crate::graph::{Atlas, Flow, NodeIndex};
use crate::query::Limits;
use crate::query::reason::{Reason, missed, name, names};

impl Asked {
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
            return self.why_no_path(atlas, &journey);
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
        reason.by([route(&journey, self.rule, path)])
    }

    fn why_no_path(&self, atlas: &Atlas, journey: &Journey<'_>) -> Reason {
        let fails = |leg: &Journey<'_>| best_path(leg, Rule::Shortest).is_none();
        let notes = why_none(journey);
        let Some(leg) = journey.legs().into_iter().find(fails) else {
            return notes.into_iter().fold(
                Reason::new(false, "what `via` names cannot be passed on one way"),
                Reason::and,
            );
        };
        let flow = Flow::of_paths(atlas, &self.over);
        let reason = missed(&flow, leg.from(), leg.to(), &leg.avoided());
        let back = notes.into_iter().filter(|note| note.starts_with("the other way round"));
        back.fold(reason, Reason::and)
    }

    /// Why a node is on the way; with `any`, on any way.
    pub(super) fn why_on_way(
        &self,
        atlas: &Atlas,
        limits: &Limits<'_>,
        node: NodeIndex,
        any: bool,
    ) -> Reason {
        let journey = self.journey(atlas, limits);
        let Some(best) = best_path(&journey, self.rule) else {
            return self.why_path(atlas, limits);
        };
        let own = name(atlas, node);
        let steps = best.nodes.len() - 1;
        if best.nodes.contains(&node) {
            let note = format!("{own} is on the best way");
            return Reason::new(true, note).by([route(&journey, self.rule, best)]);
        }
        let through = best_path(&journey.through(node), self.rule);
        let on_some = walks(&journey).0.contains(&node);
        let holds = any && on_some;
        match through {
            Some(path) => {
                let more = path.nodes.len() - 1;
                let note = format!("a way by {own} has {more} steps, the best one {steps}");
                Reason::new(holds, note).by([route(&journey, self.rule, path)])
            }
            None if on_some => {
                Reason::new(holds, format!("{own} is on a way that passes a node twice"))
            }
            None => {
                let ends = [names(atlas, journey.from()), names(atlas, journey.to())];
                let note = format!("no way from {} to {} passes {own}", ends[0], ends[1]);
                Reason::new(false, note).by([route(&journey, self.rule, best)])
            }
        }
    }
}
