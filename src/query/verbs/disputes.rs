//! `disputes`: where sources say different things.

use super::{Takes, Verb};
use crate::analysis::disputes;
use crate::answer::{Answer, Body, Shape, Table, sources_in_words};
use crate::graph::{Atlas, Fetches};
use crate::query::{Limits, Operator, columns};

pub(super) const VERB: Verb = Verb {
    name: "disputes",
    fetches: Fetches::Everything,
    takes: Takes::Nothing,
    options: &[],
    summary: "where sources differ: on a field, on an order, on a way",
    example: "disputes",
    shape: Shape::Table,
    bind: |arguments| {
        arguments.nothing()?;
        Ok(Box::new(Disputes))
    },
};

const COLUMNS: &[&str] = &["id", "on", "said", "sources"];

#[derive(Debug)]
struct Disputes;

impl Operator for Disputes {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let rows = disputes(atlas, limits.stop).into_iter().flat_map(|dispute| {
            let id = &atlas.node(dispute.about).id;
            let row = |(said, cited)| {
                let sources = sources_in_words(&cited);
                vec![id.as_str().into(), dispute.on.as_str().into(), said, sources.into()]
            };
            dispute.said.into_iter().map(row).collect::<Vec<_>>()
        });
        let table = Table::new(COLUMNS, rows.collect());
        let none = table.rows.is_empty();
        let mut answer = Answer::new(atlas, Body::Table(table));
        if none && !limits.stopped() {
            answer.notes.push("no two sources disagree".into());
        }
        answer
    }

    fn columns(&self) -> Vec<String> {
        columns(COLUMNS)
    }
}
