//! Errors as a host shows them: what the program writes as JSON, and the line around each place.

use crate::engine::problems_in_json;
use opsatlas::Diagnostic;
use opsatlas::diagnostic::visible;
use serde_json::{Value, json};

/// How much of a line is told on either side of a place.
const AROUND: usize = 60;
/// How many problems are told; a file may have thousands.
const MOST: usize = 100;

/// The problems of a query or of files.
pub(crate) fn error(query: Option<&str>, problems: &[Diagnostic]) -> Value {
    let shown = &problems[..problems.len().min(MOST)];
    let mut told = problems_in_json(query, shown);
    let excerpts = shown.iter().map(|problem| {
        problem.place.as_ref().map(|place| {
            let [(before, cut), (marked, _), (after, _)] = place.line_around(AROUND);
            let start = if cut { "…" } else { "" };
            json!({"before": format!("{start}{}", visible(&before)),
                "marked": visible(&marked), "after": visible(&after)})
        })
    });
    told["excerpts"] = excerpts.collect();
    told["more"] = (problems.len() - shown.len()).into();
    told
}
