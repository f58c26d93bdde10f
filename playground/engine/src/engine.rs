//! A graph, a session on it, and the answers that were given last.

use crate::excerpt;
use crate::message::{self, File, Request};
use crate::options::Options;
use crate::pieces::described;
use crate::{next, page, typing};
use opsatlas::data::{self, Profile, built_in_unquoted};
use opsatlas::diagnostic::{Note, Text};
use opsatlas::graph::{Atlas, Builder};
use opsatlas::import::{
    IMPORTERS, Reading, SNAPSHOT_EXTENSION, is_note, read_bytes, read_notes, read_snapshot,
};
use opsatlas::query::{Limits, Session, VERBS, statements};
use opsatlas::render::{FORMATS, Format, error_as_json};
use opsatlas::{Answer, Diagnostic};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of the set of what a reader knows, as the program has it.
const OWN: &str = "me";

/// What answers messages.
#[derive(Debug)]
pub struct Engine {
    session: Session,
    /// Ids of what the reader's profile knows.
    marks: Vec<String>,
    /// The last answers, each with its query.
    kept: Vec<(String, Answer)>,
}

/// With the built-in graph.
impl Default for Engine {
    fn default() -> Self {
        Self::on(&Atlas::built_in())
    }
}

/// An answer to a message, or what is wrong with it.
type Told = Result<(Value, Vec<u8>), Problems>;

/// What is wrong, with the query in question.
struct Problems(Option<String>, Vec<Diagnostic>);

impl From<Diagnostic> for Problems {
    fn from(problem: Diagnostic) -> Self {
        Self(None, vec![problem])
    }
}

impl Engine {
    fn on(atlas: &Atlas) -> Self {
        Self { session: Session::new(atlas), marks: Vec::new(), kept: Vec::new() }
    }

    /// The answer to a message, as a message.
    #[must_use]
    pub fn answer(&mut self, message: &[u8]) -> Vec<u8> {
        let told = match message::read(message) {
            Some((request, bytes)) => match serde_json::from_str(request) {
                Ok(request) => self.obey(request, bytes),
                Err(error) => Err(misheard(&error.to_string())),
            },
            None => Err(misheard("it is cut off, or no text")),
        };
        let (head, bytes) = told.unwrap_or_else(|Problems(query, problems)| {
            (excerpt::error(query.as_deref(), &problems), Vec::new())
        });
        message::write(&head.to_string(), &bytes)
    }

    fn obey(&mut self, request: Request, bytes: &[u8]) -> Told {
        let told = match request {
            Request::Open { over, files, create_missing, columns } => {
                let told = |why: String| misheard(&format!("`columns` is {why}"));
                let columns = Some(columns).filter(|columns| !columns.is_empty());
                let columns = columns.map(|columns| columns.parse().map_err(told)).transpose()?;
                let reading = Reading::new(columns.into_iter().collect(), create_missing);
                return self.open(over, reading, &files, bytes);
            }
            Request::Ask { query } => self.ask(&query),
            Request::Query { query, format, options } => {
                let format = Format::named(&format)?;
                let answer = self.session.ask(&query);
                let wrong = |problem| Problems(Some(query.clone()), vec![problem]);
                return self.written(&query, &answer.map_err(wrong)?, format, &options);
            }
            Request::Write { answer, format, options } => {
                let format = Format::named(&format)?;
                let (query, answer) = self.kept(answer)?;
                return self.written(query, answer, format, &options);
            }
            Request::Next { answer } => {
                let (query, answer) = self.kept(answer)?;
                json!({"next": next::questions(&self.session, query, answer)})
            }
            Request::Complete { before } => typing::complete(&self.session, &before),
            Request::Meanings { text } => typing::meanings(&self.session, &text),
            Request::Describe { brief } => self.describe(brief),
            #[expect(clippy::panic, reason = "it is asked for")]
            Request::Fail {} => panic!("this was asked to fail on purpose"),
        };
        Ok((told, Vec::new()))
    }

    /// Takes a graph. What was asked before is forgotten, and stays where the files have problems.
    fn open(&mut self, over: bool, mut reading: Reading, files: &[File], mut bytes: &[u8]) -> Told {
        let mut builder = None;
        let (mut profiles, mut folders) = (Vec::new(), BTreeMap::<&str, Vec<_>>::new());
        for File { name, length } in files {
            let cut_off = || misheard("files have fewer bytes than it says");
            let (own, rest) = bytes.split_at_checked(*length).ok_or_else(cut_off)?;
            bytes = rest;
            if let Some(text) = profile(name, own) {
                profiles.push(Profile::read(&text).map_err(|problems| Problems(None, problems))?);
                continue;
            }
            if builder.is_none() && name.ends_with(SNAPSHOT_EXTENSION) {
                builder = Some(read_snapshot(name, own).map_err(|problem| *problem)?);
                continue;
            }
            let fresh = || if over { built_in_unquoted() } else { Builder::new() };
            let builder = builder.get_or_insert_with(fresh);
            if let Some((folder, path)) = name.split_once('/').filter(|_| is_note(name)) {
                folders.entry(folder).or_default().push((path.to_owned(), own.to_vec()));
                continue;
            }
            read_bytes(builder, name, own.to_vec(), data::layer_name(name), &mut reading);
        }
        if let Some(builder) = &mut builder {
            for (folder, notes) in folders {
                read_notes(builder, folder, notes, &reading);
            }
            reading.end(builder);
        }
        let atlas = builder.map_or_else(|| Ok(Atlas::built_in()), Builder::finish);
        *self = Self::on(&atlas.map_err(|problems| Problems(None, problems))?);
        self.know(&profiles);
        Ok((self.describe(false), Vec::new()))
    }

    /// Gives what the profiles know a name, as the program does.
    fn know(&mut self, profiles: &[Profile]) {
        if profiles.is_empty() {
            return;
        }
        let atlas = self.session.atlas().clone();
        let known = profiles.iter().flat_map(|profile| profile.resolve(&atlas).0).collect();
        self.session.define(OWN, known);
        let known = self.session.named(OWN).unwrap_or_default().iter();
        self.marks = known.map(|node| atlas.node(*node).id.clone()).collect();
    }

    /// Answers each statement, up to the first that has no answer.
    fn ask(&mut self, query: &str) -> Value {
        self.kept.clear();
        let whole = Text::new("query", query);
        let mut told = Vec::new();
        let mut wrong = None;
        for statement in statements(&whole) {
            match self.session.answer(&statement, &Limits::default()) {
                Ok(answer) => {
                    told.push(page::of(&answer));
                    self.kept.push((statement.as_typed().to_owned(), answer));
                }
                Err(problem) => {
                    wrong = Some(excerpt::error(Some(query), &[problem]));
                    break;
                }
            }
        }
        let mut told = json!({"answers": told});
        if let (Some(Value::Object(wrong)), Value::Object(told)) = (wrong, &mut told) {
            told.extend(wrong);
        }
        told
    }

    fn kept(&self, answer: usize) -> Result<&(String, Answer), Problems> {
        self.kept.get(answer).ok_or_else(|| misheard("no answer of that number is kept"))
    }

    fn written(&self, query: &str, answer: &Answer, format: &Format, options: &Options) -> Told {
        let look = options.look(query, &self.marks);
        let wrong = |problem| Problems(Some(query.to_owned()), vec![problem]);
        let bytes = (format.write)(answer, &look).map_err(wrong)?;
        let extension = format.extensions.first().unwrap_or(&"txt");
        Ok((json!({"format": format.name, "extension": extension}), bytes))
    }

    fn describe(&self, brief: bool) -> Value {
        let atlas = self.session.atlas();
        let questions = if brief { json!([]) } else { next::first_questions(atlas) };
        let schema = atlas.schema();
        let formats = FORMATS.iter().map(|format| {
            json!({"name": format.name, "extension": format.extensions.first(),
                "summary": format.summary})
        });
        let importers = IMPORTERS.iter().map(
            |row| json!({"name": row.name, "extensions": row.extensions, "summary": row.summary}),
        );
        let verbs = VERBS.iter().map(|verb| json!({"name": verb.name, "summary": verb.summary}));
        let kinds = schema.kinds.iter().map(|kind| {
            json!({"name": kind.name, "plural": kind.plural(), "summary": kind.summary,
                "milestone": kind.milestone, "color": kind.color})
        });
        let sources = atlas.sources().iter().filter(|_| !brief).map(described);
        // Nobody has flags here.
        let notes = atlas.notes().iter().map(Note::without_setting);
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "nodes": atlas.nodes().count(), "edges": atlas.edges().len(),
            "sourceCount": atlas.sources().len(),
            "layers": atlas.layers(), "notes": notes.collect::<Value>(), "marks": self.marks,
            "kinds": kinds.collect::<Value>(), "sources": sources.collect::<Value>(),
            "formats": formats.collect::<Value>(), "importers": importers.collect::<Value>(),
            "verbs": verbs.collect::<Value>(),
            "questions": questions,
        })
    }
}

/// A message that says nothing that is known here.
fn misheard(why: &str) -> Problems {
    Diagnostic::new("bad-message", format!("this message is none: {why}")).into()
}

/// The text of a profile, if it is one.
fn profile(name: &str, bytes: &[u8]) -> Option<Arc<Text>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let looks = text.trim_start().starts_with('{') && text.contains("\"knows\"");
    let whole: Option<Value> = if looks { serde_json::from_str(text).ok() } else { None };
    whole.filter(|whole| whole.get("knows").is_some()).map(|_| Text::new(name, text))
}

/// What the library writes of problems, as a value.
pub(crate) fn problems_in_json(query: Option<&str>, problems: &[Diagnostic]) -> Value {
    serde_json::from_str(&error_as_json(query, problems)).unwrap_or_default()
}
