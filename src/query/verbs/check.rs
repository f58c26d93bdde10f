//! `check`: what is wrong or odd in the graph.

use super::{Takes, Verb};
use crate::analysis::{Severity, findings};
use crate::answer::{Answer, Body, Shape, Table};
use crate::graph::{Atlas, Fetches};
use crate::query::{Limits, Operator, columns};
use serde_json::Value;

pub(super) const VERB: Verb = Verb {
    name: "check",
    fetches: Fetches::Everything,
    takes: Takes::Nothing,
    options: &[],
    summary: "what is wrong or odd in the graph",
    example: "check",
    shape: Shape::Table,
    bind: |arguments| {
        arguments.nothing()?;
        Ok(Box::new(Check))
    },
};

const COLUMNS: &[&str] = &["severity", "code", "id", "message", "file", "line"];

#[derive(Debug)]
struct Check;

impl Operator for Check {
    fn columns(&self) -> Vec<String> {
        columns(COLUMNS)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
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
        let table = Table::new(COLUMNS, rows.collect());
        let empty = table.rows.is_empty();
        let mut answer = Answer { errors: Some(errors), ..Answer::new(atlas, Body::Table(table)) };
        if empty && !limits.stopped() {
            answer.notes.push("no problems".into());
        }
        if !finished && !limits.stopped() {
            let note = "redundant edges are too many to look for here; the first were looked for";
            answer.notes.push(note.into());
        }
        answer
    }
}
