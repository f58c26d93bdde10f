//! Documents are tests: every fenced query is run and its fenced answer compared; every `$ ` line
//! of a `console` fence is run with the program. `UPDATE=1 cargo test --test spec` rewrites the
//! answers. A `json file=NAME` fence is a file that later commands of the document can read.

mod support;

use opsatlas::diagnostic::{Diagnostic, Text};
use opsatlas::graph::Atlas;
use opsatlas::query::{Limits, Session, Statement, statements};
use opsatlas::render::{FORMATS, Look, problem_in_words};
use std::path::{Path, PathBuf};
use support::{err, folder, out, root, run_in, shell_words};

/// A piece of a document.
enum Part {
    Prose(String),
    Fence { head: String, body: String },
}

fn parts(document: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = document.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let Some(head) = line.strip_prefix("```") else {
            parts.push(Part::Prose(line.to_owned()));
            continue;
        };
        let body = lines.by_ref().take_while(|line| line.trim_end() != "```").collect();
        parts.push(Part::Fence { head: head.trim_end().to_owned(), body });
    }
    parts
}

/// What the statements of a fence answer, one after the other.
fn answer(atlas: &Atlas, query: &str, format: &str) -> String {
    let name = if ["text", "error"].contains(&format) { "table" } else { format };
    let mut session = Session::new(atlas);
    let mut answered = |statement: &Statement| -> Result<String, Diagnostic> {
        let answer = session.answer(statement, &Limits::default())?;
        let format = FORMATS.iter().find(|row| row.name == name).expect("the fence names a format");
        let bytes = (format.write)(&answer, &Look::plain(statement.as_typed()))?;
        Ok(String::from_utf8(bytes).expect("text formats are UTF-8"))
    };
    let text = Text::new("query", query.trim_end());
    let mut asked = statements(&text);
    if asked.is_empty() {
        asked.push(Statement::whole(&text));
    }
    let told = asked.into_iter().map(|statement| {
        answered(&statement).unwrap_or_else(|mut problem| {
            problem.prefix_settings("--");
            problem_in_words(&problem, false)
        })
    });
    told.collect()
}

/// Runs the commands of a console fence and yields the fence as it should be.
fn console(body: &str, folder: &Path) -> String {
    let mut written = String::new();
    for line in body.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let words = shell_words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(words.first(), Some(&"opsatlas"), "consoles run the program only: {line}");
        let output = run_in(folder, &words[1..], "");
        written.push_str(&format!("$ {line}\n{}{}", out(&output), err(&output)));
    }
    written
}

/// The document with every answer as it is now, and how many it has.
fn rewritten(document: &str, atlas: &Atlas, folder: &Path) -> (String, usize) {
    let (mut text, mut answers) = (String::new(), 0);
    let mut query: Option<String> = None;
    for part in parts(document) {
        let (head, mut body) = match part {
            Part::Prose(line) => {
                text.push_str(&line);
                continue;
            }
            Part::Fence { head, body } => (head, body),
        };
        if let Some(query) = query.take() {
            body = answer(atlas, &query, &head);
            answers += 1;
        } else if head == "query" {
            query = Some(body.clone());
        } else if head == "console" {
            body = console(&body, folder);
            answers += 1;
        } else if let Some((_, name)) = head.split_once("file=") {
            let file = folder.join(name);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("it is made");
            std::fs::write(file, &body).expect("the document's file is written");
        }
        text.push_str(&format!("```{head}\n{body}```\n"));
    }
    (text, answers)
}

fn documents() -> Vec<PathBuf> {
    let mut found = vec![root().join("README.md")];
    for place in ["docs", "tests/spec"] {
        let entries = std::fs::read_dir(root().join(place)).expect("the folder is there");
        let files = entries.map(|entry| entry.expect("an entry").path());
        found.extend(files.filter(|file| file.extension().is_some_and(|end| end == "md")));
    }
    found.sort();
    found
}

#[test]
fn every_answer_in_the_documents_is_what_the_program_says() {
    let atlas = Atlas::built_in();
    let folder = folder("spec");
    let (mut answers, mut wrong) = (0, Vec::new());
    for file in documents() {
        let document = std::fs::read_to_string(&file).expect("the document is read");
        let (now, count) = rewritten(&document, &atlas, &folder);
        answers += count;
        if now == document {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, now).expect("the document is rewritten");
        } else {
            let differs = document.lines().zip(now.lines()).enumerate().find(|(_, (a, b))| a != b);
            wrong.push(format!("{}: first difference {differs:?}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE=1 and look at the change:\n{}", wrong.join("\n"));
    assert!(answers >= 40, "only {answers} answers were found: is the scanner blind?");
}

#[test]
fn a_wrong_answer_is_noticed() {
    let document = "```query\nnodes then count\n```\n```text\n-1\n```\n";
    let (now, count) = rewritten(document, &Atlas::built_in(), &folder("spec-self"));
    assert_eq!(count, 1);
    assert_ne!(now, document);
}

#[test]
fn every_example_of_the_tables_is_answered() {
    let atlas = Atlas::built_in();
    let verbs = opsatlas::query::VERBS.iter().map(|verb| (verb.name, verb.example));
    let stages = opsatlas::query::STAGES.iter().map(|stage| (stage.name, stage.example));
    for (name, example) in verbs.chain(stages) {
        assert!(example.contains(name), "the example of {name} does not show it");
        let answer = atlas.query(example).unwrap_or_else(|problem| panic!("{example}: {problem}"));
        assert!(answer.count() > 0 || name == "check", "{example} has an empty answer");
    }
}
