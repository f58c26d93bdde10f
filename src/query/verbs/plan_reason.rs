//! Why a node is in a plan, or why not.

use super::plan_notes::{blocked, price};
use crate::analysis::{Outcome, Plan, Question, needed_by, plan};
use crate::graph::NodeIndex;
use crate::query::reason::{Reason, chain, missed, name, names};
use std::collections::BTreeSet;

/// The chain of requirements through the plan, or what kept the node out of it.
pub(super) fn why_planned(question: &Question<'_>, node: NodeIndex) -> Reason {
    let atlas = question.flow.atlas();
    let own = name(atlas, node);
    let made = match plan(question) {
        Outcome::Plan(made) => made,
        Outcome::Blocked(why) => {
            let notes = why.iter().map(|why| blocked(atlas, question, why));
            let reason = Reason::new(false, "there is no plan at all");
            return notes.fold(reason, Reason::and);
        }
        Outcome::Unpriced(_) => return Reason::new(false, "there is no plan at all"),
    };
    let inside: BTreeSet<NodeIndex> = made.steps.iter().flatten().copied().collect();
    if inside.contains(&node) {
        return planned(question, &made, &inside, node);
    }
    if question.known.contains(&node) {
        return Reason::new(false, format!("{own} is known, so it need not be learned"));
    }
    let choice = made
        .choices
        .iter()
        .find_map(|choice| Some((choice, choice.others.iter().find(|other| other.node == node)?)));
    if let Some((choice, other)) = choice {
        let dependent = name(atlas, choice.dependent);
        let reason = Reason::new(
            false,
            format!("for {dependent}, {} is taken instead of {own}", names(atlas, &choice.taken)),
        );
        let reason = reason.and(format!("a plan with {own} is {}", price(&made, other.price, "")));
        return reason.by(chain(question.flow, &[node], &[choice.dependent], &[]));
    }
    if question.avoid.contains(&node) {
        return Reason::new(false, format!("{own} is avoided"));
    }
    if let Some(clause) = made.dropped.iter().find(|clause| clause.nodes().any(|own| own == node)) {
        let dependent = name(atlas, clause.dependent);
        let note =
            format!("{own} is only recommended for {dependent} and cannot be learned before it");
        return Reason::new(false, note);
    }
    let needed = needed_by(question.flow, question.goals, usize::MAX);
    if needed.contains(&node) {
        let known: Vec<NodeIndex> = question.known.to_vec();
        let way = chain(question.flow, &[node], question.goals, &known);
        let why = if way.is_none() {
            "only what is known needs it"
        } else {
            "only alternatives that the plan does not take need it"
        };
        let reason = Reason::new(false, format!("{own} is left out: {why}"));
        return reason.by(way.or_else(|| chain(question.flow, &[node], question.goals, &[])));
    }
    missed(question.flow, &[node], question.goals, question.avoid)
}

fn planned(
    question: &Question<'_>,
    made: &Plan,
    inside: &BTreeSet<NodeIndex>,
    node: NodeIndex,
) -> Reason {
    let atlas = question.flow.atlas();
    let own = name(atlas, node);
    if question.goals.contains(&node) {
        return Reason::new(true, format!("{own} is what the plan is for"));
    }
    let outside: Vec<NodeIndex> = atlas.nodes().filter(|node| !inside.contains(node)).collect();
    let way = chain(question.flow, &[node], question.goals, &outside);
    let what = if made.recommended.contains(&node) { "is recommended" } else { "is needed" };
    let goal = way.as_ref().and_then(|way| way.nodes.last()).map_or("", |goal| name(atlas, *goal));
    let mut reason = Reason::new(true, format!("{own} {what} for {goal}")).by(way);
    for choice in made.choices.iter().filter(|choice| choice.taken.contains(&node)) {
        let others: Vec<String> = choice
            .others
            .iter()
            .map(|other| format!("{} ({})", name(atlas, other.node), price(made, other.price, "")))
            .collect();
        let dependent = name(atlas, choice.dependent);
        reason =
            reason.and(format!("for {dependent} it stands instead of {}", others.join(" or ")));
    }
    reason
}
