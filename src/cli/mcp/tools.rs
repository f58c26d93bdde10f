//! What an assistant can call: a row each. Few tools with small answers, since all of it is read,
//! and paid for, word by word.

use super::super::prompt::{help_on, questions as first_questions};
use crate::answer::{Answer, Body, Shape};
use crate::cli::errors::FLAG;
use crate::cli::progress::Progress;
use crate::cli::terminal::STOP;
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::intact;
use crate::query::{Lexer, Limits, STAGES, Session, Statement, VERBS, statements};
use crate::render::{Format, Look, problem_in_words};
use serde_json::{Map, Value, json};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Rows of an answer where nobody says how many.
const ROWS: f64 = 40.0;
/// Rows of an answer at most.
const MOST_ROWS: f64 = 1000.0;
/// How long an answer may be, in bytes: some 8,000 tokens.
const LENGTH: usize = 32_000;
/// How long a query may be that is repeated to go on with.
const LONG_QUERY: usize = 2_000;

type CallArguments = Map<String, Value>;

/// A tool: a row of [`TOOLS`].
pub(super) struct Tool {
    pub(super) name: &'static str,
    description: &'static str,
    properties: fn() -> Value,
    required: &'static [&'static str],
    /// Its text, or what is wrong with the question.
    run: fn(&Questions<'_>, &CallArguments) -> Result<String, String>,
}

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "ask",
        description: "Asks the graph one query of its language: `path A to B`, `prereqs X`, `unlocks X`, `plan X knowing Y, Z`, `compare A, B`, `why A in (plan B)`, `show X`, `find WORDS`, `tools of X`, `… then where sources >= 2`. Statements name their sources. A name or word that is wrong comes back with what to type instead; a long answer says how to go on.",
        properties: || {
            json!({
                "query": {"type": "string"},
                "limit": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS as u64, "description": format!("rows at most, {ROWS} if not given")},
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
        run: |questions, _| overview(questions),
    },
    Tool {
        name: "language",
        description: "The query language on one page, or what one word of it means.",
        properties: || json!({"word": {"type": "string"}}),
        required: &[],
        run: |_, arguments| language(arguments),
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
        questions: &Questions<'_>,
        arguments: &CallArguments,
    ) -> Result<String, String> {
        let bounded = |text: String| cut(text, LENGTH, "ask for less");
        self.told(questions, arguments).map(bounded).map_err(bounded)
    }

    fn told(&self, questions: &Questions<'_>, arguments: &CallArguments) -> Result<String, String> {
        let known = (self.properties)();
        if let Some(other) = arguments.keys().find(|key| known.get(key.as_str()).is_none()) {
            return Err(format!("`{}` has no argument `{other}`", self.name));
        }
        if let Some(missing) = self.required.iter().find(|key| !arguments.contains_key(**key)) {
            return Err(format!("`{}` wants the argument `{missing}`", self.name));
        }
        intact(|| (self.run)(questions, arguments)).unwrap_or_else(|damage| Err(told(*damage)))
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

fn ask(questions: &Questions<'_>, arguments: &CallArguments) -> Result<String, String> {
    let query = text(arguments, "query")?.ok_or("`query` is a text")?;
    let format = text(arguments, "format")?.unwrap_or("text");
    let rows = match arguments.get("limit") {
        None | Some(Value::Null) => ROWS,
        // In JSON 5.0 is a whole number, too.
        Some(limit) => (limit.as_f64())
            .filter(|limit| limit.fract() == 0.0 && (1.0..=MOST_ROWS).contains(limit))
            .ok_or_else(|| format!("`limit` is a whole number from 1 to {MOST_ROWS}"))?,
    };
    let found = statements(&Text::new("query", query));
    let [statement] = &found[..] else {
        let many = format!("one query at a time, but these are {}", found.len());
        return Err(if found.is_empty() { "`query` is empty".to_owned() } else { many });
    };
    let write = |answer: &Answer| written(answer, statement.as_typed(), format, rows as usize);
    questions.asked(statement, &write)
}

/// Whom questions are asked, and how far they may go.
pub(super) struct Questions<'a> {
    pub(super) session: &'a Session,
    pub(super) limits: Limits<'a>,
    pub(super) time: Duration,
}

impl Questions<'_> {
    /// An answer to a statement, written so that all is here that is looked at.
    fn asked(
        &self,
        statement: &Statement,
        write: &dyn Fn(&Answer) -> Result<String, String>,
    ) -> Result<String, String> {
        // What stopped the question before does not stop this one.
        STOP.store(false, Ordering::Relaxed);
        let watch = Progress::begin(Some(self.time));
        let show = |_: &Session, answer: &Answer| {
            // The program that an assistant asks was started by somebody else.
            let notes = answer.notes.iter().map(|note| note.without_setting().to_owned().into());
            let mut answer = Answer { notes: notes.collect(), ..answer.clone() };
            if watch.expired() && !answer.complete {
                let told = format!("the time of {} s is up", self.time.as_secs_f64());
                answer.notes.push(told.into());
            }
            write(&answer)
        };
        self.session.clone().answer_shown(statement, &self.limits, show).map_err(told)?.1
    }
}

fn written(answer: &Answer, query: &str, format: &str, rows: usize) -> Result<String, String> {
    match format {
        "text" => in_text(answer, query, rows, LENGTH),
        "json" | "mermaid" => {
            let whole = answer.count();
            let mut part = answer.clone();
            part.truncate(rows);
            if part.count() < whole {
                part.notes.push(go_on(part.count(), answer, query).into());
            }
            let text = rendered(format, &part, query)?;
            if text.len() <= LENGTH {
                return Ok(text);
            }
            let fewer = match part.count() / 2 {
                0 => String::new(),
                fewer => format!("with `limit` {fewer}, or "),
            };
            let bytes = text.len();
            Err(format!("as {format} it is {bytes} bytes, {LENGTH} at most: ask {fewer}as text"))
        }
        _ => Err("`format` is text, json or mermaid".to_owned()),
    }
}

fn rendered(format: &str, answer: &Answer, query: &str) -> Result<String, String> {
    let written = Format::named(format)
        .and_then(|format| (format.write)(answer, &Look::plain(query)))
        .map_err(|problem| match problem.code {
            "no-picture" => format!("{}: ask for it as text or json", problem.message),
            _ => told(problem),
        })?;
    Ok(String::from_utf8_lossy(&written).into_owned())
}

/// An answer as lines: rows with their cells, or a page in Markdown. One that is cut says how to
/// go on.
fn in_text(answer: &Answer, query: &str, rows: usize, room: usize) -> Result<String, String> {
    let whole = answer.count();
    let has_rows = match answer.shape() {
        Shape::Set | Shape::Plan | Shape::Table => true,
        Shape::Paths | Shape::Card | Shape::Value => false,
    };
    let mut aside = String::new();
    if has_rows {
        answer.notes.iter().for_each(|note| aside.push_str(&format!("\nnote: {note}")));
        aside = cut(aside, room / 4, "more notes");
        aside.push_str(if answer.complete { "" } else { "\nincomplete: stopped at a limit" });
    }
    let room = room.saturating_sub(aside.len() + go_on(whole, answer, query).len());
    let mut part = answer.clone();
    part.truncate(rows);
    part.complete = answer.complete;
    // What is told is told whole, and what goes on begins behind it.
    let text = loop {
        let text = if has_rows { rows_of(&part) } else { rendered("md", &part, query)? };
        let told = part.count();
        if told < 2 || text.len() <= room {
            break text;
        }
        part.truncate((told * room / text.len()).clamp(1, told - 1));
    };
    let instead = match &answer.body {
        Body::Card(node) => {
            let id = &answer.atlas.node(*node).id;
            format!("`near \"{id}\" depth 1` tells by rows what is around it")
        }
        _ => "select less".to_owned(),
    };
    let mut text = cut(text.trim_end().to_owned(), room, &instead);
    if part.count() < whole {
        text.push_str(&format!("\n{}", go_on(part.count(), answer, query)));
    } else if has_rows {
        text.push_str(&format!("\n{whole} rows"));
    }
    Ok(text + &aside)
}

/// Where an answer was cut, and the query that goes on.
fn go_on(told: usize, answer: &Answer, query: &str) -> String {
    let noun = if answer.shape() == Shape::Paths { "paths" } else { "rows" };
    // What stands behind the last comment would be one, too.
    let end = Lexer::new(query).filter(|lexeme| !lexeme.is_blank()).last();
    let query = &query[..end.map_or(0, |last| last.span.end)];
    let (query, skipped) = (query.rsplit_once(" then offset "))
        .and_then(|(before, number)| Some((before, number.parse::<usize>().ok()?)))
        .unwrap_or((query, 0));
    let query = if query.len() > LONG_QUERY { "(the same query)" } else { query };
    let next = skipped.saturating_add(told);
    format!("{told} of {} {noun}; go on with: {query} then offset {next}", answer.count())
}

/// A text, or what of it is not too long, ended with a line or a character.
fn cut(mut text: String, room: usize, instead: &str) -> String {
    if text.len() > room {
        let bytes = text.len();
        let most = room.saturating_sub(100 + instead.len());
        text.truncate((0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
        let line = text.rfind('\n').filter(|line| *line > text.len() / 2);
        text.truncate(line.unwrap_or(text.len()));
        text.push_str(&format!("\ncut after {} of {bytes} bytes: {instead}", text.len()));
    }
    text
}

/// A problem as an assistant reads it: the program that it asks was started with flags.
fn told(mut problem: Diagnostic) -> String {
    problem.prefix_settings(FLAG);
    problem_in_words(&problem, false)
}

/// Columns that answers need not repeat.
const LEFT_OUT: &[&str] = &["aliases"];

/// A heading and the rows, cells apart by ` | `, without columns in which nothing stands.
fn rows_of(answer: &Answer) -> String {
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
    std::iter::once(heading).chain(rows).collect::<Vec<String>>().join("\n")
}

fn overview(questions: &Questions<'_>) -> Result<String, String> {
    let atlas = questions.session.atlas();
    let [nodes, edges] = atlas.counts();
    let mut text = format!("{nodes} nodes, {edges} edges, {} sources\n", atlas.sources().len());
    for query in ["kinds", "relations", "fields"] {
        let statement = Statement::whole(&Text::new("query", query));
        let write = |answer: &Answer| in_text(answer, query, 60, LENGTH / 4);
        let table = questions.asked(&statement, &write)?;
        text.push_str(&format!("\n{query}\n{table}\n"));
    }
    text.push_str("\nto begin with\n");
    for question in first_questions(atlas) {
        text.push_str(&format!("{question}\n"));
    }
    Ok(text)
}

fn language(arguments: &CallArguments) -> Result<String, String> {
    if let Some(word) = text(arguments, "word")?.filter(|word| !word.trim().is_empty()) {
        return help_on(word.trim()).map_err(|near| {
            let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            format!("the language has no word `{word}`; {near}without `word` all of it is told")
        });
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
