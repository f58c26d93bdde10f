//! What a plan says of itself: how sure it is, what it chose, what it left out, and why there is
//! none.

use crate::analysis::{self, Blocked, Choice, Clause, EFFORT, Hindrance, Price, Question, clauses};
use crate::answer::{Note, StudyPlan, amount, sources_in_words, told_on_path};
use crate::diagnostic::first_few;
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex, quoted_if_needed};
use crate::query::explain::naming::{all_names, names, said_by};
use std::collections::BTreeSet;

/// How many notes of one kind are told.
const CHOICES: usize = 12;

/// The notes of a plan.
pub(crate) fn told(
    atlas: &Atlas,
    plan: &StudyPlan,
    question: &Question<'_>,
    named: &[NodeIndex],
) -> Vec<Note> {
    let mut notes: Vec<String> = Vec::new();
    // The sum of what was minimized is told already.
    let told = plan.spent.as_ref().is_some_and(|spent| spent.field == EFFORT);
    let effort = plan.effort(atlas).filter(|effort| !told || effort.without > 0);
    notes.extend(effort.map(|effort| effort.words()));
    let choices = plan.made.choices.iter();
    notes.extend(bounded(choices, "choices", |choice| chosen(atlas, plan, choice)));
    notes
        .extend(bounded(stand_ins(atlas, plan, question).into_iter(), "of that kind", |note| note));
    let joint = plan.made.steps.iter().filter(|step| step.len() > 1);
    notes.extend(bounded(joint, "joint steps", |step| {
        format!("{} need one another: one joint step", names(atlas, step))
    }));
    let clauses = plan.made.dropped.iter();
    notes.extend(bounded(clauses, "recommendations are left out", |clause| {
        dropped(atlas, question, clause)
    }));
    if !plan.known.is_empty() {
        notes.push(format!("known and left out: {}", names(atlas, &plan.known)));
    }
    notes.extend(bounded(entered(atlas, plan, named).into_iter(), "ways in", |note| note));
    notes.extend(of_no_use(atlas, plan, named));
    std::iter::once(total(plan)).chain(notes.into_iter().map(Into::into)).collect()
}

/// `from Data science into MLOps: to-learn production systems (ops-roles)`: what the schema wants
/// told of the edges by which people enter a step from what they know.
fn entered(atlas: &Atlas, plan: &StudyPlan, named: &[NodeIndex]) -> Vec<String> {
    let steps: BTreeSet<NodeIndex> = plan.nodes().into_iter().collect();
    let edges = named.iter().flat_map(|node| atlas.edges_from(*node));
    let told = edges.filter_map(|edge| {
        let (from, to) = atlas.ends(edge);
        let told = told_on_path(atlas, &[edge]);
        let enters = atlas.relation_of(edge).entry && steps.contains(&to) && !told.is_empty();
        let [from, to] = [from, to].map(|node| atlas.name(node));
        let sources = sources_in_words(atlas.edge(edge).sources);
        enters.then(|| format!("from {from} into {to}: {told} ({sources})"))
    });
    told.collect()
}

/// The sum, and how sure it is that no plan has a smaller one.
fn total(plan: &StudyPlan) -> Note {
    let nodes = if plan.made.cost == analysis::UNIT { "node" } else { "nodes" };
    let unit = plan.spent.as_ref().map_or(nodes, |spent| spent.field.as_str());
    let (cost, least) = (amount(plan.made.cost), amount(plan.made.least));
    if plan.made.steps.is_empty() {
        return "nothing is left to learn".into();
    }
    if plan.made.least < plan.made.cost {
        let told = format!("best found {cost} {unit}, at least {least} needed");
        return Note::on(told, "limit-search", "raises that");
    }
    let sure = if plan.made.settled { "" } else { "; others like it may be better sourced" };
    match &plan.spent {
        None => format!("this is the shortest plan: {cost} {unit}{sure}").into(),
        Some(_) => format!("no plan takes fewer {unit}: {cost}{sure}").into(),
    }
}

/// `for MLOps: Vertex AI, rather than Azure ML (as cheap) or SageMaker (3 more)`
fn chosen(atlas: &Atlas, plan: &StudyPlan, choice: &Choice) -> String {
    let unit = plan.spent.as_ref().map_or("", |spent| spent.field.as_str());
    let others = choice.others.iter().map(|other| {
        format!("{} ({})", atlas.node(other.node).name(), price(&plan.made, other.price, unit))
    });
    let others = first_few(others.collect(), CHOICES);
    let dependent = atlas.node(choice.dependent).name();
    let taken = all_names(atlas, &choice.taken, ", ");
    let said = said_by(atlas, &choice.ties);
    format!("for {dependent}: {taken}, rather than {}{said}", others.join(" or "))
}

/// What satisfies a demand in the place of something tied to it, where that was no choice.
fn stand_ins(atlas: &Atlas, plan: &StudyPlan, question: &Question<'_>) -> Vec<String> {
    let inside: BTreeSet<NodeIndex> = plan.nodes().into_iter().collect();
    let chosen: BTreeSet<&[EdgeIndex]> =
        plan.made.choices.iter().map(|choice| choice.ties.as_slice()).collect();
    let [known, avoid] = [question.known, question.avoid]
        .map(|nodes| nodes.iter().copied().collect::<BTreeSet<NodeIndex>>());
    let has = |node: &NodeIndex| inside.contains(node) || known.contains(node);
    let mut told = Vec::new();
    for node in plan.nodes().into_iter().filter(|_| question.flow.ties().is_some()) {
        for clause in clauses(question.flow, node) {
            let (there, instead): (Vec<NodeIndex>, Vec<NodeIndex>) = clause.nodes().partition(has);
            let plain = clause.ties.is_empty() || chosen.contains(clause.ties.as_slice());
            if plain || there.is_empty() || instead.is_empty() {
                continue;
            }
            let avoided = instead.iter().all(|node| avoid.contains(node));
            let avoided = if avoided { ", avoided" } else { "" };
            let [there, instead] = [there, instead].map(|nodes| names(atlas, &nodes));
            let (dependent, said) = (atlas.node(node).name(), said_by(atlas, &clause.ties));
            told.push(format!("for {dependent}: {there}, in place of {instead}{avoided}{said}"));
        }
    }
    told
}

/// The first few of many notes, and how many more there are.
fn bounded<T>(
    mut items: impl Iterator<Item = T>,
    what: &str,
    told: impl Fn(T) -> String,
) -> Vec<String> {
    let mut notes: Vec<String> = items.by_ref().take(CHOICES).map(told).collect();
    let more = items.count();
    notes.extend((more > 0).then(|| format!("{more} more {what}")));
    notes
}

/// What another alternative would cost, beside a plan.
pub(crate) fn price(plan: &analysis::Plan, price: Price, unit: &str) -> String {
    let longer = |cost: u128| {
        let more = amount(cost - plan.cost);
        if unit.is_empty() { format!("{more} longer") } else { format!("{more} {unit} more") }
    };
    match price {
        Price::Exactly(cost) if cost == plan.cost && unit.is_empty() => "as short".to_owned(),
        Price::Exactly(cost) if cost == plan.cost => format!("as much {unit}"),
        Price::Exactly(cost) if cost > plan.cost => longer(cost),
        Price::AtLeast(cost) if cost > plan.cost => format!("at least {}", longer(cost)),
        // A bound no higher than the plan itself says nothing.
        Price::Exactly(_) | Price::AtLeast(_) => "not worked out".to_owned(),
        Price::None => "not possible here".to_owned(),
    }
}

fn dropped(atlas: &Atlas, question: &Question<'_>, clause: &Clause) -> String {
    let nodes: Vec<NodeIndex> = clause.nodes().collect();
    let avoided = nodes.iter().all(|node| question.avoid.contains(node));
    let why = if avoided { "avoided" } else { "not to be had before it" };
    let dependent = atlas.node(clause.dependent).name();
    format!("{}, recommended for {dependent}, is left out: {why}", all_names(atlas, &nodes, " or "))
}

/// What was said to be known and saves nothing; with what to say instead.
fn of_no_use(atlas: &Atlas, plan: &StudyPlan, named: &[NodeIndex]) -> Option<String> {
    let useful: BTreeSet<NodeIndex> = plan.known.iter().copied().collect();
    let flow = Flow::required(atlas);
    let silent = |node: &&NodeIndex| !useful.contains(node) && flow.needs(**node).next().is_none();
    let silent: Vec<NodeIndex> = named.iter().filter(silent).copied().collect();
    if silent.is_empty() || plan.made.steps.is_empty() {
        return None;
    }
    let basics =
        plan.made.steps.iter().flatten().filter(|node| flow.needs(**node).next().is_none());
    let basics: Vec<String> =
        basics.take(2).map(|node| quoted_if_needed(&atlas.node(*node).id)).collect();
    let instead = if basics.is_empty() {
        String::new()
    } else {
        format!("; add what you know, such as `knowing {}`", basics.join(", "))
    };
    Some(format!(
        "no source says what {} brings along, so nothing is left out for it{instead}",
        names(atlas, &silent)
    ))
}

/// Why there is no plan, for the first goals without one.
pub(crate) fn blocked(atlas: &Atlas, question: &Question<'_>, blocked: &Blocked) -> Vec<String> {
    let mut notes: Vec<String> =
        blocked.why.iter().map(|why| hindered(atlas, question, why)).collect();
    if blocked.more > 0 {
        notes.push(format!("no plan for {} more", blocked.more));
    }
    notes
}

/// The way to the clause that cannot be satisfied.
fn hindered(atlas: &Atlas, question: &Question<'_>, why: &Hindrance) -> String {
    let name = |node: NodeIndex| atlas.node(node).name();
    let goal = name(why.goal);
    if why.clauses.is_empty() {
        return format!("no plan: {goal} is avoided");
    }
    let asks = |clause: &Clause| {
        let nodes: Vec<NodeIndex> = clause.nodes().collect();
        let one_of = if nodes.len() > 1 { "one of " } else { "" };
        format!("{} needs {one_of}{}", name(clause.dependent), names(atlas, &nodes))
    };
    let mut chain: Vec<String> = why.clauses.iter().map(asks).collect();
    if why.skipped > 0 {
        chain.insert(chain.len() - 1, format!("{} more steps", why.skipped));
    }
    let last: Vec<NodeIndex> = why.clauses.last().into_iter().flat_map(Clause::nodes).collect();
    let end = if why.circular {
        "and so on in a circle".to_owned()
    } else if last.iter().all(|node| question.avoid.contains(node)) {
        if last.len() > 1 {
            "all of which are avoided".to_owned()
        } else {
            "which is avoided".to_owned()
        }
    } else {
        "none of which can be learned".to_owned()
    };
    format!("no plan for {goal}: {}, {end}", chain.join("; "))
}
