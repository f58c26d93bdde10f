//! `disputes`: where sources say different things.

use super::{Verb, whole};
use crate::analysis::disputes;
use crate::answer::{Answer, sources_in_words};
use crate::graph::{Atlas, Fetches};
use crate::query::Limits;

pub(super) const VERB: Verb = Verb {
    name: "disputes",
    fetches: Fetches::Everything,
    summary: "where sources differ: on a field, on an order, on a way",
    example: "disputes",
    bind: |arguments| whole::bind(arguments, COLUMNS, disputed),
    ..whole::PLAIN
};

const COLUMNS: &[&str] = &["id", "on", "said", "sources"];

fn disputed(atlas: &Atlas, limits: &Limits<'_>) -> Answer {
    let rows = disputes(atlas, limits.stop).into_iter().flat_map(|dispute| {
        let id = &atlas.node(dispute.about).id;
        let row = |(said, cited)| {
            let sources = sources_in_words(&cited);
            vec![id.as_str().into(), dispute.on.as_str().into(), said, sources.into()]
        };
        dispute.said.into_iter().map(row).collect::<Vec<_>>()
    });
    let answer = Answer::of_rows(atlas, COLUMNS, rows.collect());
    let none = answer.count() == 0 && !limits.stopped();
    answer.noting(none.then_some("no two sources disagree"))
}
