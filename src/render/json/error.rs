//! An error as one JSON object.

use crate::diagnostic::{Diagnostic, Place, harmless_json};
use serde::Serialize;

#[derive(Serialize)]
struct ErrorObject<'a> {
    query: Option<&'a str>,
    error: ErrorPart<'a>,
}

#[derive(Serialize)]
struct ErrorPart<'a> {
    code: &'a str,
    message: String,
    line: Option<usize>,
    column: Option<usize>,
    help: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    suggestions: &'a [String],
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    id: Option<&'a str>,
    help: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    suggestions: &'a [String],
}

impl<'a> Problem<'a> {
    fn new(problem: &'a Diagnostic) -> Self {
        let place = problem.place.as_ref();
        let numbers = place.map(Place::line_and_column);
        Self {
            code: problem.code,
            message: &problem.message,
            file: place.map(|place| place.text.name.as_str()),
            line: numbers.map(|(line, _)| line),
            column: numbers.map(|(_, column)| column),
            id: problem.id.as_deref(),
            help: problem.help.iter().map(|help| &**help).collect(),
            suggestions: problem.suggestions(),
        }
    }
}

/// An error as one JSON object, without a line end. Several problems are one error that lists
/// them.
#[must_use]
pub fn error_as_json(query: Option<&str>, problems: &[Diagnostic]) -> String {
    let listed: Vec<Problem<'_>> = problems.iter().map(Problem::new).collect();
    let error = match listed.as_slice() {
        [one] => ErrorPart {
            code: one.code,
            message: one.message.to_owned(),
            line: one.line,
            column: one.column,
            help: one.help.clone(),
            suggestions: one.suggestions,
            problems: listed,
        },
        several => ErrorPart {
            code: "bad-graph",
            message: format!("{} problems in graph files", several.len()),
            line: None,
            column: None,
            help: Vec::new(),
            suggestions: &[],
            problems: listed,
        },
    };
    harmless_json(serde_json::to_string(&ErrorObject { query, error }).unwrap_or_default())
}
