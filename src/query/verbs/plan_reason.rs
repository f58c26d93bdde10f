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
    if question.avoid.contains(&node) {
        return Reason::new(false, format!("{own} is avoided"));
    }
    passed_over(question, &made, node).unwrap_or_else(|| unneeded(question, node))
}

/// An alternative that was not taken, or a recommendation that could not be followed.
fn passed_over(question: &Question<'_>, made: &Plan, node: NodeIndex) -> Option<Reason> {
    let atlas = question.flow.atlas();
    let own = name(atlas, node);
    let choice = made
        .choices
        .iter()
        .find_map(|choice| Some((choice, choice.others.iter().find(|other| other.node == node)?)));
    if let Some((choice, other)) = choice {
        let dependent = name(atlas, choice.dependent);
        let taken = names(atlas, &choice.taken);
        let note = format!("for {dependent}, {taken} is taken instead of {own}");
        let reason = Reason::new(false, note);
        let reason = reason.and(format!("a plan with {own} is {}", price(made, other.price, "")));
        return Some(reason.by(chain(question.flow, &[node], &[choice.dependent], &[])));
    }
    let clause = made.dropped.iter().find(|clause| clause.nodes().any(|own| own == node))?;
    let dependent = name(atlas, clause.dependent);
    let note = format!("{own} is only recommended for {dependent} and cannot be learned before it");
    Some(Reason::new(false, note))
}

/// What the plan does without.
fn unneeded(question: &Question<'_>, node: NodeIndex) -> Reason {
    let atlas = question.flow.atlas();
    if !needed_by(question.flow, question.goals, usize::MAX).contains(&node) {
        return missed(question.flow, &[node], question.goals, question.avoid);
    }
    let way = chain(question.flow, &[node], question.goals, question.known);
    let why = if way.is_none() {
        "only what is known needs it"
    } else {
        "only what the plan does not take needs it"
    };
    let reason = Reason::new(false, format!("{} is left out: {why}", name(atlas, node)));
    reason.by(way.or_else(|| chain(question.flow, &[node], question.goals, &[])))
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
