//! Why a node is in a plan, or why not.

use crate::analysis::{Fault, Outcome, Plan, Question, needed_by, plan};
use crate::graph::{Flow, NodeIndex};
use crate::query::explain::chain::{
    ANY, Chain, ChainLevel, RECOMMENDED, STRONGEST_FIRST, SoughtChains, chain,
};
use crate::query::explain::missing::{Missing, missed};
use crate::query::explain::naming::{name, names, said_by};
use crate::query::explain::plan_notes::{blocked, price};
use crate::query::explain::reason::Reason;
use std::collections::{BTreeMap, BTreeSet};

/// The chain of requirements through the plan, or what kept the node out of it.
pub(crate) fn why_planned(question: &Question<'_>, node: NodeIndex) -> Reason {
    let atlas = question.flow.atlas();
    let own = name(atlas, node);
    let made = match plan(question) {
        Outcome::Plan(made) => made,
        Outcome::Blocked(why) => {
            let reason = Reason::new(false, "there is no plan at all");
            return blocked(atlas, question, &why).into_iter().fold(reason, Reason::and);
        }
        Outcome::Unpriced(_) => return Reason::new(false, "there is no plan at all"),
    };
    let inside: BTreeSet<NodeIndex> = made.steps.iter().flatten().copied().collect();
    if inside.contains(&node) {
        return planned(question, &made, node);
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
        let said = said_by(atlas, &choice.ties);
        let note = format!("for {dependent}, {taken} is taken instead of {own}{said}");
        let reason = Reason::new(false, note);
        let reason = reason.and(format!("a plan with {own} is {}", price(made, other.price, "")));
        let way = chain(question.flow, &[node], &[choice.dependent], ANY);
        return Some(reason.by(way.map(|way| way.route)));
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
        return missed(&Missing {
            flow: question.flow,
            from: &[node],
            to: question.goals,
            avoid: question.avoid,
            mends: &|fault| mends(question, fault, node),
        });
    }
    let known: BTreeSet<NodeIndex> = question.known.iter().copied().collect();
    let fits = |need: NodeIndex, by: NodeIndex| !known.contains(&need) && !known.contains(&by);
    // First around what is known: only if nothing leads there is that the reason.
    let unknown = SoughtChains { fits: &fits, ..ANY };
    let way = chain(question.flow, &[node], question.goals, unknown);
    let why = if way.is_none() {
        "only what is known needs it"
    } else {
        "only what the plan does not take needs it"
    };
    let reason = Reason::new(false, format!("{} is left out: {why}", name(atlas, node)));
    let way = way.or_else(|| chain(question.flow, &[node], question.goals, ANY));
    reason.by(way.map(|way| way.route))
}

/// Would a plan have the node if the question did not leave out or avoid what makes this fault?
fn mends(question: &Question<'_>, fault: Fault, node: NodeIndex) -> bool {
    let flow = Flow::all(question.flow.atlas());
    let mut avoid = question.avoid.to_vec();
    let other = match fault {
        Fault::LeftOut(_) => Question { flow: &flow, ..*question },
        Fault::Avoided(avoided) => {
            avoid.retain(|own| *own != avoided);
            Question { avoid: &avoid, ..*question }
        }
        Fault::Reversed(_) | Fault::NoFlow(_) => return false,
    };
    match plan(&other) {
        Outcome::Plan(made) => made.steps.iter().flatten().any(|own| *own == node),
        Outcome::Blocked(_) | Outcome::Unpriced(_) => false,
    }
}

fn planned(question: &Question<'_>, made: &Plan, node: NodeIndex) -> Reason {
    let atlas = question.flow.atlas();
    let own = name(atlas, node);
    if question.goals.contains(&node) {
        return Reason::new(true, format!("{own} is what the plan is for"));
    }
    let turns = (0..).zip(&made.steps);
    let turns = turns.flat_map(|(at, step)| step.iter().map(move |own| (*own, at)));
    let turn: BTreeMap<NodeIndex, usize> = turns.collect();
    let way = support(question, made, &turn, node);
    let what = if made.recommended.contains(&node) { "is recommended" } else { "is needed" };
    let goal = way.as_ref().and_then(|way| way.route.nodes.last());
    let goal = goal.map_or("", |goal| name(atlas, *goal));
    let mut reason = Reason::new(true, format!("{own} {what} for {goal}"));
    if let Some(way) = way {
        // An option that is learned later stands for nothing.
        let in_time = |option: NodeIndex, by: NodeIndex| turn.get(&option) <= turn.get(&by);
        let choices = way.choices(question.flow, &in_time);
        reason = choices.into_iter().fold(way.supports(reason), Reason::and);
    }
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

/// The chain through the plan that brings a node in: of what is required alone if it is, and in
/// no step from what is learned later to what is learned before.
fn support(
    question: &Question<'_>,
    made: &Plan,
    turn: &BTreeMap<NodeIndex, usize>,
    node: NodeIndex,
) -> Option<Chain> {
    let is_required = !made.recommended.contains(&node);
    let part = |own: &NodeIndex| {
        turn.contains_key(own) && !(is_required && made.recommended.contains(own))
    };
    let fits =
        |need: NodeIndex, by: NodeIndex| part(&need) && part(&by) && turn[&need] <= turn[&by];
    let levels: &[ChainLevel] = if is_required { &STRONGEST_FIRST } else { &RECOMMENDED };
    let wanted = SoughtChains { levels, fits: &fits, ..ANY };
    chain(question.flow, &[node], question.goals, wanted)
}
