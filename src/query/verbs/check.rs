//! `check`: what is wrong or odd in the graph.

use super::{Verb, whole};
use crate::analysis::{Severity, findings};
use crate::answer::Answer;
use crate::graph::{Atlas, Fetches};
use crate::query::Limits;
use serde_json::Value;

pub(super) const VERB: Verb = Verb {
    name: "check",
    fetches: Fetches::Everything,
    summary: "what is wrong or odd in the graph",
    example: "check",
    bind: |arguments| whole::bind(arguments, COLUMNS, check),
    ..whole::PLAIN
};

const COLUMNS: &[&str] = &["severity", "code", "id", "message", "file", "line"];

fn check(atlas: &Atlas, limits: &Limits<'_>) -> Answer {
    let (findings, finished) = findings(atlas, limits.stop);
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let rows = findings.into_iter().map(|finding| {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (file, line) = match atlas.file_and_line(finding.place) {
            Some((file, line)) => (file.into(), line.into()),
            None => (Value::Null, Value::Null),
        };
        vec![
            severity.into(),
            finding.code.into(),
            finding.id.into(),
            finding.message.into(),
            file,
            line,
        ]
    });
    let mut answer =
        Answer { errors: Some(errors), ..Answer::of_rows(atlas, COLUMNS, rows.collect()) };
    if answer.count() == 0 && !limits.stopped() {
        answer.notes.push("no problems".into());
    }
    if !finished && !limits.stopped() {
        let note = "redundant edges are too many to look for here; the first were looked for";
        answer.notes.push(note.into());
    }
    answer
}
