//! `progress S`: how far somebody is on the way to S, milestone by milestone.

use super::target::{Planned, Target};
use super::{Takes, Verb};
use crate::analysis::{EFFORT, Outcome, Question, Standing, UNIT, plan, standings};
use crate::answer::{Answer, Note, Shape};
use crate::graph::{Atlas, Fetches, Flow, NodeIndex, quoted_if_needed};
use crate::query::bind::{KNOWING, KNOWING_ONLY, Knowing, profile};
use crate::query::{Limits, Operator, columns};
use serde_json::Value;

/// How many goals a note names.
const MOST_GOALS: usize = 3;

pub(super) const VERB: Verb = Verb {
    name: "progress",
    fetches: Fetches::Closure,
    takes: Takes::Set,
    options: &[KNOWING_ONLY, KNOWING],
    summary: "how far one is on the way to S, by milestone: steps and hours, known and left",
    example: "progress llmops knowing docker, python",
    shape: Shape::Table,
    bind: |arguments| {
        let says = [&KNOWING, &KNOWING_ONLY].iter().any(|row| arguments.value(row).is_some());
        let own = if says { None } else { profile(arguments.binder) };
        let knows = match (says, &own) {
            (true, _) => Knows::Said,
            (false, Some(_)) => Knows::Profile,
            (false, None) => Knows::Nobody,
        };
        let target = Target::bind(arguments)?;
        Ok(Box::new(ProgressOperator { target, knowing: Knowing::bind(arguments, own)?, knows }))
    },
};

const COLUMNS: &[&str] =
    &["milestone", "steps", "known", "left", EFFORT, "hours known", "hours left"];

/// Whose knowledge counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Knows {
    Said,
    Profile,
    Nobody,
}

#[derive(Debug)]
struct ProgressOperator {
    target: Target,
    knowing: Knowing,
    knows: Knows,
}

impl Operator for ProgressOperator {
    fn columns(&self) -> Vec<String> {
        columns(COLUMNS)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let flow = Flow::all(atlas);
        let planned = self.target.planned(atlas, limits);
        let known = self.knowing.known(atlas, limits).all;
        let standing = standings(&flow, planned.steps(), planned.goals(), &known);
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for (under, places) in planned.under() {
            // What no milestone needs is told in all only, if that is everything.
            if places.len() == standing.len() && under.is_none() {
                continue;
            }
            let name = match under {
                Some(node) => atlas.node(node).name().to_owned(),
                None => rest(atlas, planned.goals()),
            };
            rows.push(row(&planned, &standing, name.into(), &places));
        }
        let all: Vec<usize> = (0..standing.len()).collect();
        if !all.is_empty() {
            rows.push(row(&planned, &standing, "all".into(), &all));
        }
        let answer = Answer::of_rows(atlas, COLUMNS, rows).noting(planned.notes.iter().cloned());
        let answer = Answer { complete: planned.complete, ..answer };
        if all.is_empty() {
            return answer;
        }
        let shorter = self.shorter(&flow, &planned, &standing, &known, limits);
        answer.noting([self.whose(), planned.unsaid(), shorter].into_iter().flatten())
    }
}

/// What steps are called that no milestone needs: by the goals that do, if they are few.
fn rest(atlas: &Atlas, goals: &[NodeIndex]) -> String {
    const FEW: usize = 3;
    let goals = goals.iter().filter(|goal| !atlas.is_milestone(**goal));
    let names: Vec<&str> = goals.map(|goal| atlas.node(*goal).name()).collect();
    match names.len() {
        1..=FEW => names.join(", "),
        _ => "others".to_owned(),
    }
}

/// A row for these steps.
fn row(planned: &Planned, standing: &[Standing], name: Value, places: &[usize]) -> Vec<Value> {
    let (known, left): (Vec<usize>, Vec<usize>) =
        places.iter().partition(|at| standing[**at].is_known());
    vec![
        name,
        places.len().into(),
        known.len().into(),
        left.len().into(),
        planned.sum(places.iter().copied()),
        planned.sum(known),
        planned.sum(left),
    ]
}

impl ProgressOperator {
    /// Whose knowledge was taken, if the question does not say.
    fn whose(&self) -> Option<Note> {
        match self.knows {
            Knows::Said => None,
            Knows::Profile => Some("what `@me` knows counts".into()),
            Knows::Nobody => Some(
                "nothing counts as known: `.know NAME, …` notes what you know, `knowing NAME, …` says it here"
                    .into(),
            ),
        }
    }

    /// Tells where a plan made from what is known has fewer steps than are left of this one.
    fn shorter(
        &self,
        flow: &Flow<'_>,
        planned: &Planned,
        standing: &[Standing],
        known: &[NodeIndex],
        limits: &Limits<'_>,
    ) -> Option<Note> {
        let left = standing.iter().filter(|standing| !standing.is_known()).count();
        if self.target.given || left == standing.len() {
            return None;
        }
        let question = Question {
            flow,
            goals: planned.goals(),
            known,
            avoid: &[],
            cost: &|_| Some(UNIT),
            search_limit: limits.search,
            stop: limits.stop,
        };
        let Outcome::Plan(made) = plan(&question) else { return None };
        let steps = made.steps.len();
        (steps < left).then(|| {
            let whose = if self.knows == Knows::Profile { "@me" } else { "…" };
            let ids = planned.goals().iter().map(|goal| quoted_if_needed(flow.atlas().id(*goal)));
            let goals: Vec<String> = ids.collect();
            let goals = if goals.len() > MOST_GOALS { "S".to_owned() } else { goals.join(", ") };
            let plan = format!("`plan {goals} knowing {whose}`");
            format!("a plan from what is known has {steps} steps: {plan}").into()
        })
    }
}
