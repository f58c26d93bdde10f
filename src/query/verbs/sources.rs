//! `sources [of S]`: who says so.

use super::{Takes, Verb};
use crate::analysis::statements_by_source;
use crate::answer::{Answer, Shape};
use crate::graph::{Atlas, Fetches};
use crate::query::bind::{Operand, OptionRow};
use crate::query::{Limits, Operator, columns};
use serde_json::Value;

const OF: OptionRow = OptionRow::new("of", "S", "those that say something about S");

pub(super) const VERB: Verb = Verb {
    name: "sources",
    fetches: Fetches::Counts,
    takes: Takes::Nothing,
    options: &[OF],
    summary: "the sources, with how many statements each makes, in all or about S",
    example: "sources of gitops",
    shape: Shape::Table,
    bind: |arguments| {
        arguments.nothing()?;
        Ok(Box::new(Sources { of: arguments.option_operand(&OF)? }))
    },
};

const COLUMNS: &[&str] = &["id", "title", "file", "address", "layer", "statements"];

#[derive(Debug)]
struct Sources {
    of: Option<Operand>,
}

impl Operator for Sources {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let of = self.of.as_ref().map(|of| of.nodes(atlas, limits));
        let mut counts = statements_by_source(atlas, of.as_deref());
        if of.is_none() {
            for source in atlas.sources() {
                counts.entry(source.id.clone()).or_default();
            }
        }
        let rows = counts.into_iter().map(|(id, count)| {
            let text =
                |text: Option<&String>| text.map_or(Value::Null, |text| text.as_str().into());
            let described = atlas.source(&id);
            let layer = described.map(|source| &atlas.layers()[source.layer]);
            vec![
                id.into(),
                text(described.and_then(|source| source.title.as_ref())),
                text(described.and_then(|source| source.file.as_ref())),
                text(described.and_then(|source| source.address.as_ref())),
                text(layer),
                count.into(),
            ]
        });
        let answer = Answer::of_rows(atlas, COLUMNS, rows.collect());
        let told = match of {
            Some(_) => "no source says anything about that",
            None => "no source is cited or described",
        };
        let none = answer.count() == 0;
        answer.noting(none.then_some(told))
    }

    fn columns(&self) -> Vec<String> {
        columns(COLUMNS)
    }
}
