//! What an assistant can call: a row each. Few tools with small answers, since all of it is read,
//! and paid for, word by word.

use super::super::prompt::{help_on, questions};
use crate::answer::{Answer, Shape};
use crate::cli::errors::FLAG;
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::intact;
use crate::query::{Limits, STAGES, Session, Statement, VERBS, statements};
use crate::render::{Format, problem_in_words};
use serde_json::{Map, Value, json};

/// Rows of an answer where nobody says how many.
const ROWS: u64 = 40;
/// Rows of an answer at most.
const MOST_ROWS: u64 = 1000;
/// How long an answer may be, in bytes: some 8,000 tokens.
const LENGTH: usize = 32_000;

type CallArguments = Map<String, Value>;

/// A tool: a row of [`TOOLS`].
pub(super) struct Tool {
    pub(super) name: &'static str,
    description: &'static str,
    properties: fn() -> Value,
    required: &'static [&'static str],
    /// Its text, or what is wrong with the question.
    run: fn(&Session, &Limits<'_>, &CallArguments) -> Result<String, String>,
}

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "ask",
        description: "Asks the graph one query of its language: `path A to B`, `prereqs X`, `unlocks X`, `plan X knowing Y, Z`, `compare A, B`, `why A in (plan B)`, `show X`, `find WORDS`, `tools of X`, `… then where sources >= 2`. Statements name their sources. A name or word that is wrong comes back with what to type instead; a long answer says how to go on.",
        properties: || {
            json!({
                "query": {"type": "string"},
                "limit": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "description": format!("rows at most, {ROWS} if not given")},
                "format": {"enum": ["text", "json", "mermaid"], "description": "text if not given"},
            })
        },
        required: &["query"],
        run: ask,
    },
    Tool {
        name: "overview",
        description: "What the graph holds: its kinds, relations and fields with their counts, and questions to begin with.",
        properties: || json!({}),
        required: &[],
        run: |session, limits, _| overview(session, limits),
    },
    Tool {
        name: "language",
        description: "The query language on one page, or what one word of it means.",
        properties: || json!({"word": {"type": "string"}}),
        required: &[],
        run: |_, _, arguments| language(arguments),
    },
];

impl Tool {
    pub(super) fn definition(&self) -> Value {
        json!({
            "name": self.name,
            "description": self.description,
            "inputSchema": {
                "type": "object", "properties": (self.properties)(), "required": self.required,
                "additionalProperties": false,
            },
            "annotations": {
                "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true,
                "openWorldHint": false,
            },
        })
    }

    /// Its text, bounded, or what is wrong with the arguments.
    pub(super) fn call(
        &self,
        session: &Session,
        limits: &Limits<'_>,
        arguments: &CallArguments,
    ) -> Result<String, String> {
        let known = (self.properties)();
        if let Some(other) = arguments.keys().find(|key| known.get(key.as_str()).is_none()) {
            return Err(format!("`{}` has no argument `{other}`", self.name));
        }
        if let Some(missing) = self.required.iter().find(|key| !arguments.contains_key(**key)) {
            return Err(format!("`{}` wants the argument `{missing}`", self.name));
        }
        intact(|| (self.run)(session, limits, arguments))
            .unwrap_or_else(|damage| Err(told(*damage)))
    }
}

/// A text among the arguments.
fn text<'a>(arguments: &'a CallArguments, name: &str) -> Result<Option<&'a str>, String> {
    match arguments.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{name}` is a text")),
    }
}

fn ask(
    session: &Session,
    limits: &Limits<'_>,
    arguments: &CallArguments,
) -> Result<String, String> {
    let query = text(arguments, "query")?.ok_or("`query` is a text")?;
    let format = text(arguments, "format")?.unwrap_or("text");
    let rows = match arguments.get("limit") {
        None | Some(Value::Null) => ROWS,
        Some(limit) => (limit.as_u64().filter(|limit| (1..=MOST_ROWS).contains(limit)))
            .ok_or_else(|| format!("`limit` is a whole number from 1 to {MOST_ROWS}"))?,
    };
    let rows = usize::try_from(rows).unwrap_or(usize::MAX);
    let found = statements(&Text::new("query", query));
    let [statement] = &found[..] else {
        let many = format!("one query at a time, but these are {}", found.len());
        return Err(if found.is_empty() { "`query` is empty".to_owned() } else { many });
    };
    let write = |answer: &Answer| written(answer, statement.as_typed(), format, rows);
    asked(session, statement, limits, &write)
}

/// An answer to a statement, written so that all is here that is looked at.
fn asked(
    session: &Session,
    statement: &Statement,
    limits: &Limits<'_>,
    write: &dyn Fn(&Answer) -> Result<String, String>,
) -> Result<String, String> {
    session.clone().answer_shown(statement, limits, |_, answer| write(answer)).map_err(told)?.1
}

fn written(answer: &Answer, query: &str, format: &str, rows: usize) -> Result<String, String> {
    match format {
        "text" => in_text(answer, query, rows),
        "json" | "mermaid" => {
            let whole = answer.count();
            let answer = answer.clone().limited(rows);
            let bytes = Format::named(format).and_then(|format| format.write(&answer));
            let bytes = bytes.map_err(told)?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if text.len() <= LENGTH {
                return Ok(text);
            }
            let less = (rows.min(whole) / 2).max(1);
            Err(format!(
                "as {format} it is {} bytes, {LENGTH} at most: ask with `limit` {less}, or as text",
                text.len()
            ))
        }
        _ => Err("`format` is text, json or mermaid".to_owned()),
    }
}

/// An answer as lines: rows with their cells, or a page in Markdown. One that is cut says how to
/// go on.
fn in_text(answer: &Answer, query: &str, rows: usize) -> Result<String, String> {
    let has_rows = match answer.shape() {
        Shape::Set | Shape::Plan | Shape::Table => true,
        Shape::Paths | Shape::Card | Shape::Value => false,
    };
    let (mut lines, total) = if has_rows {
        let lines = rows_of(answer);
        let total = lines.len() - 1;
        (lines, total)
    } else {
        let markdown = Format::named("md").and_then(|format| format.write(answer));
        let markdown = markdown.map_err(told)?;
        let text = String::from_utf8_lossy(&markdown).into_owned();
        (text.lines().map(str::to_owned).collect(), usize::MAX)
    };
    if has_rows {
        lines.truncate(rows + 1);
    }
    let length = |line: &String| line.len() + 1;
    let mut room = LENGTH;
    let fitting = lines.iter().take_while(|line| {
        let fits = length(line) <= room;
        room = room.saturating_sub(length(line));
        fits
    });
    let kept = fitting.count();
    let cut = kept < lines.len();
    lines.truncate(kept);
    let told = kept.saturating_sub(1);
    if has_rows {
        lines.push(match told < total {
            true if told > 0 => {
                format!("{told} of {total} rows; go on with: {query} then offset {told}")
            }
            true => format!("{total} rows, the first of which is too long to tell: select less"),
            false => format!("{total} rows"),
        });
        lines.extend(answer.notes.iter().map(|note| format!("note: {}", note.without_setting())));
        if !answer.complete {
            lines.push("incomplete: stopped at a limit".to_owned());
        }
    } else if cut {
        lines.push(format!("cut after {kept} lines: ask for less, as by `then limit 3`"));
    }
    Ok(lines.join("\n"))
}

/// A problem as an assistant reads it: the program that it asks was started with flags.
fn told(mut problem: Diagnostic) -> String {
    problem.prefix_settings(FLAG);
    problem_in_words(&problem, false)
}

/// Columns that answers need not repeat.
const LEFT_OUT: &[&str] = &["aliases"];

/// A heading and the rows, cells apart by ` | `, without columns in which nothing stands.
fn rows_of(answer: &Answer) -> Vec<String> {
    let table = answer.table();
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    };
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|at| {
            !LEFT_OUT.contains(&table.columns[*at].as_str())
                && (table.rows.is_empty() || table.rows.iter().any(|row| !is_empty(&row[*at])))
        })
        .collect();
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    };
    let heading = shown.iter().map(|at| table.columns[*at].clone()).collect::<Vec<_>>().join(" | ");
    let rows = table
        .rows
        .iter()
        .map(|row| shown.iter().map(|at| cell(&row[*at])).collect::<Vec<String>>().join(" | "));
    std::iter::once(heading).chain(rows).collect()
}

fn overview(session: &Session, limits: &Limits<'_>) -> Result<String, String> {
    let atlas = session.atlas();
    let [nodes, edges] = atlas.counts();
    let mut text = format!("{nodes} nodes, {edges} edges, {} sources\n", atlas.sources().len());
    for query in ["kinds", "relations", "fields"] {
        let statement = Statement::whole(&Text::new("query", query));
        let table = asked(session, &statement, limits, &|answer| in_text(answer, query, 60))?;
        text.push_str(&format!("\n{query}\n{table}\n"));
    }
    text.push_str("\nto begin with\n");
    for question in questions(atlas) {
        text.push_str(&format!("{question}\n"));
    }
    Ok(text)
}

fn language(arguments: &CallArguments) -> Result<String, String> {
    if let Some(word) = text(arguments, "word")?.filter(|word| !word.trim().is_empty()) {
        return help_on(word.trim()).map_err(told);
    }
    let mut text = "A query is a verb with names; names are ids, names or aliases in any letter \
        case, several separated by commas; `KIND of X` is what X has of a kind. Answers combine \
        with union, intersect, except and parentheses, and go on with `then`.\n"
        .to_owned();
    for verb in VERBS {
        text.push_str(&format!("{}: {}; as {}\n", verb.usage(), verb.summary, verb.example));
    }
    for stage in STAGES {
        text.push_str(&format!("… then {}: {}\n", stage.usage(), stage.summary));
    }
    Ok(text)
}
