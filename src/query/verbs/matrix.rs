//! `matrix S for @a, @b`: who knows which step on the way to S.

use super::target::{Planned, Target};
use super::{Takes, Verb};
use crate::analysis::{EFFORT, Standing, must, standings};
use crate::answer::{Answer, Body, Shape, Table, number};
use crate::diagnostic::{Diagnostic, Note};
use crate::graph::{Atlas, Fetches, Flow, NodeIndex};
use crate::query::bind::{Arguments, Operand, OptionRow, Stands, operand};
use crate::query::explain::all_names;
use crate::query::syntax::{Item, Token, span_of, words_or_quoted};
use crate::query::{Limits, Operator};
use crate::stop::raised;
use serde_json::Value;

/// `for @A, …`
const FOR: OptionRow = OptionRow::new("for", "@A, …", "the people, each a set of what they know")
    .stands(Stands::Required);

pub(super) const VERB: Verb = Verb {
    name: "matrix",
    fetches: Fetches::Closure,
    takes: Takes::Set,
    options: &[FOR],
    summary: "who knows which step on the way to S: a row a step, a column a person",
    example: "matrix mlops for (must kubernetes), (must python)",
    shape: Shape::Table,
    bind: |arguments| {
        let people = people(arguments)?;
        Ok(Box::new(MatrixOperator { target: Target::bind(arguments)?, people }))
    },
};

/// The columns before those of people.
const COLUMNS: [&str; 3] = ["id", "step", EFFORT];

/// What somebody knows, under the name of the column.
#[derive(Debug)]
struct Person {
    name: String,
    knows: Operand,
}

/// The operands behind `for`, each under the name that it was written with.
fn people(arguments: &Arguments<'_>) -> Result<Vec<Person>, Diagnostic> {
    let Some((span, items)) = arguments.value(&FOR) else {
        let message = "`matrix` needs to know for whom".to_owned();
        let problem = arguments.misuse("missing-operand", &arguments.after_verb(), message);
        let sets = "people are sets: `let ann = docker, git`, or ";
        return Err(problem.help(Note::naming(sets, "me", " ann=ann.json")));
    };
    if items.is_empty() {
        let message = "`for` needs people behind it: for @ann, @bo".to_owned();
        return Err(arguments.misuse("missing-operand", &(span.end..span.end), message));
    }
    let mut people: Vec<Person> = Vec::new();
    // A gap in the list is told below.
    if items
        .first()
        .zip(items.last())
        .is_some_and(|(first, last)| ![&first.token, &last.token].contains(&&Token::Comma))
    {
        operand::people(arguments.binder, items)?;
    }
    for part in items.split(|item| item.token == Token::Comma) {
        // Of a list with a gap the whole tells what is wrong with it.
        let knows = operand::bind(arguments.binder, if part.is_empty() { items } else { part })?;
        let name = heading(arguments, part);
        let taken =
            |name: &str| COLUMNS.contains(&name) || people.iter().any(|person| person.name == name);
        let name = if taken(&name) { format!("@{name}") } else { name };
        if taken(&name) {
            let message = format!("`{name}` stands twice");
            let problem = arguments.misuse("repeated-option", &span_of(part), message);
            return Err(problem.help("name each once"));
        }
        people.push(Person { name, knows });
    }
    Ok(people)
}

fn heading(arguments: &Arguments<'_>, part: &[Item]) -> String {
    match part {
        [Item { token: Token::Variable(name), .. }] => name.clone(),
        _ => words_or_quoted(part)
            .unwrap_or_else(|| arguments.binder.statement.text(&span_of(part)).to_owned()),
    }
}

#[derive(Debug)]
struct MatrixOperator {
    target: Target,
    people: Vec<Person>,
}

impl MatrixOperator {
    fn names(&self) -> Vec<String> {
        self.people.iter().map(|person| person.name.clone()).collect()
    }

    /// Where each of them stands, as far as there is time.
    fn standings(
        &self,
        atlas: &Atlas,
        limits: &Limits<'_>,
        planned: &Planned,
    ) -> Vec<Option<Vec<Standing>>> {
        let (flow, required) = (Flow::all(atlas), Flow::required(atlas));
        let of = |person: &Person| {
            let named = person.knows.nodes(atlas, limits);
            // Knowledge is closed downward: who knows something knows what it requires.
            let known = must(&required, &named).nodes;
            standings(&flow, planned.steps(), planned.goals(), &known)
        };
        self.people.iter().map(|person| (!raised(limits.stop)).then(|| of(person))).collect()
    }
}

impl Operator for MatrixOperator {
    fn columns(&self) -> Vec<String> {
        COLUMNS.iter().map(|&name| name.to_owned()).chain(self.names()).collect()
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let planned = self.target.planned(atlas, limits);
        let standing = self.standings(atlas, limits, &planned);
        let steps = planned.steps().iter().enumerate();
        let mut rows: Vec<Vec<Value>> = steps
            .map(|(at, step)| {
                let [ids, names] = titles(atlas, step);
                let hours = planned.hours[at].map_or(Value::Null, number);
                let cells = standing.iter().map(|of| match of {
                    Some(of) => cell(atlas, &of[at]),
                    None => Value::Null,
                });
                [ids, names, hours].into_iter().chain(cells).collect()
            })
            .collect();
        if !rows.is_empty() {
            rows.extend(totals(&planned, &standing));
        }
        let table = Table { standing: self.names(), ..Table::of(self.columns(), rows) };
        let notes = planned.notes.iter().cloned().chain(planned.unsaid());
        let answer = Answer::new(atlas, Body::Table(table)).noting(notes);
        Answer { complete: planned.complete, ..answer }
    }
}

/// The ids and the names of a step's nodes.
fn titles(atlas: &Atlas, step: &[NodeIndex]) -> [Value; 2] {
    let ids: Vec<&str> = step.iter().map(|node| atlas.node(*node).id.as_str()).collect();
    [ids.join(", ").into(), all_names(atlas, step, ", ").into()]
}

/// `known (Podman)`
fn cell(atlas: &Atlas, standing: &Standing) -> Value {
    match standing {
        Standing::Known(instead) if !instead.is_empty() => {
            format!("{} ({})", standing.word(), all_names(atlas, instead, ", ")).into()
        }
        _ => standing.word().into(),
    }
}

/// How many steps are left for each, and how long they take.
fn totals(planned: &Planned, standing: &[Option<Vec<Standing>>]) -> [Vec<Value>; 2] {
    let left = |of: &[Standing]| -> Vec<usize> {
        (0..of.len()).filter(|at| !of[*at].is_known()).collect()
    };
    let cells = |tell: &dyn Fn(Vec<usize>) -> Value| -> Vec<Value> {
        let cells = standing.iter().map(|of| of.as_ref().map_or(Value::Null, |of| tell(left(of))));
        cells.collect()
    };
    let row = |name: &str, all: Value, cells: Vec<Value>| -> Vec<Value> {
        [Value::Null, name.into(), all].into_iter().chain(cells).collect()
    };
    let all = planned.sum(0..planned.hours.len());
    [
        row("left", Value::Null, cells(&|left| left.len().into())),
        row("hours left", all, cells(&|left| planned.sum(left))),
    ]
}
