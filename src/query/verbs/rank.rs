//! `rank S by MEASURE`: the members of S, those with most first.

use super::{Takes, Verb};
use crate::analysis::MEASURES;
use crate::answer::{Answer, Body, Shape, Table};
use crate::diagnostic::{Diagnostic, nearest, one_of};
use crate::graph::{Atlas, EdgeIndex, Fetches, Flow, Strength};
use crate::query::bind::{Arguments, Expected, Operand, OptionRow, REQUIRED_ONLY, Stands};
use crate::query::syntax::{span_of, words};
use crate::query::{Limits, Operator, columns};

const BY: OptionRow =
    OptionRow::new("by", "MEASURE", "degree, unlocks or prereqs").stands(Stands::Required);

pub(super) const VERB: Verb = Verb {
    name: "rank",
    fetches: Fetches::Everything,
    takes: Takes::Set,
    options: &[BY, REQUIRED_ONLY],
    summary: "the members of S by degree, or by how much they unlock or need",
    example: "rank skills by unlocks",
    shape: Shape::Table,
    bind: |arguments| {
        let measure = measure(arguments)?;
        if MEASURES[measure].flows {
            arguments.must_flow(Flow::exists(arguments.binder.atlas, &None))?;
        }
        let required_only = arguments.flag(&REQUIRED_ONLY)?;
        Ok(Box::new(Rank { of: arguments.operand()?, measure, required_only }))
    },
};

/// The place of the measure named.
fn measure(arguments: &Arguments<'_>) -> Result<usize, Diagnostic> {
    let (span, items) = arguments.value(&BY).unwrap_or((arguments.after_verb(), &[]));
    let measures: Vec<_> = MEASURES.iter().map(|row| (row.name, row.summary)).collect();
    arguments.binder.suggest(items, Expected::Words(&measures));
    let name = words(items).unwrap_or_default();
    if let Some(at) = MEASURES.iter().position(|row| row.name.eq_ignore_ascii_case(&name)) {
        return Ok(at);
    }
    let names = || MEASURES.iter().map(|row| row.name);
    if items.is_empty() {
        let message = format!("`rank` needs a measure: by {}", one_of(names()));
        return Err(arguments.misuse("missing-operand", &(span.end..span.end), message));
    }
    let message = format!("there is no measure `{name}`");
    let problem = arguments.misuse("unknown-measure", &span_of(items), message);
    let near = nearest(&name, names()).into_iter().take(1);
    Err(problem.instead_or(near, || format!("measures are {}", one_of(names()))))
}

#[derive(Debug)]
struct Rank {
    of: Operand,
    measure: usize,
    required_only: bool,
}

impl Operator for Rank {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let measure = &MEASURES[self.measure];
        let members = self.of.nodes(atlas, limits);
        let values = (measure.of)(atlas, &members, self.required_only, limits.stop);
        let rows = values.into_iter().zip(members.iter().copied());
        let mut rows: Vec<_> = rows.filter_map(|(value, node)| Some((value?, node))).collect();
        let complete = rows.len() == members.len();
        // Members stand by id, and the sort is stable.
        rows.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
        let cells = rows.into_iter().map(|(value, node)| {
            let facts = atlas.node(node);
            let (id, name) = (facts.id.as_str(), facts.name());
            vec![id.into(), name.into(), atlas.kind_words(node).into(), value.into()]
        });
        let table = Table::of(self.columns(), cells.collect());
        let mut notes = Vec::new();
        let flow = Flow::all(atlas);
        let soft = |edge: EdgeIndex| atlas.edge(edge).strength == Strength::Recommended;
        let recommends = || {
            flow.recommends()
                && atlas.nodes().any(|node| flow.needs(node).any(|(edge, _)| soft(edge)))
        };
        if measure.flows && !self.required_only && recommends() {
            notes.push(
                "what is only recommended counts too; `required only` leaves it out".to_owned(),
            );
        }
        if !complete {
            notes.push("stopped before all were measured".to_owned());
        }
        Answer { complete, ..Answer::new(atlas, Body::Table(table)).noting(notes) }
    }

    fn columns(&self) -> Vec<String> {
        columns(&["id", "name", "kind", MEASURES[self.measure].name])
    }
}
