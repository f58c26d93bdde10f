//! What several tests need: the program, run as a user runs it, and documents with fences.

#![allow(dead_code, reason = "each test binary uses its part")]

pub(crate) mod data;
pub(crate) mod documents;
#[cfg(all(feature = "databases", unix))]
pub(crate) mod engines;
#[cfg(unix)]
pub(crate) mod prompt;
pub(crate) mod shapes;
#[cfg(feature = "xlsx")]
pub(crate) mod workbook;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program with arguments, in a folder, fed with standard input.
pub(crate) fn run_in(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        // Nobody's own profile is looked at.
        .env("XDG_DATA_HOME", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let input = input.to_owned();
    let feeder = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("the program ends");
    feeder.join().expect("input was fed");
    output
}

/// The program with arguments and nothing to read.
pub(crate) fn run(arguments: &[&str]) -> Output {
    run_in(&root(), arguments, "")
}

/// Standard output as text.
pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// Standard error as text.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("errors are UTF-8")
}

/// A folder of its own for one test, empty at first.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

/// Splits a command line into words as a shell does, as far as our documents need it.
pub(crate) fn shell_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The ids and the ends of the edges of a DOT document, unquoted.
pub(crate) fn dot_ids(
    graph: &graphviz_rust::dot_structures::Graph,
) -> (std::collections::BTreeSet<String>, std::collections::BTreeSet<(String, String)>) {
    use graphviz_rust::dot_structures::{EdgeTy, Graph, Id, Stmt, Vertex};
    let unquoted = |id: &Id| match id {
        Id::Escaped(text) => {
            let mut plain = String::new();
            let mut inner = text[1..text.len() - 1].chars();
            // A pair of backslashes stays one: only before a quote does a backslash mean more.
            while let Some(character) = inner.next() {
                match (character, inner.as_str().chars().next()) {
                    ('\\', Some('"')) => plain.extend(inner.next()),
                    ('\\', Some('\\')) => plain.extend(['\\'].into_iter().chain(inner.next())),
                    _ => plain.push(character),
                }
            }
            plain
        }
        Id::Html(text) => text.trim_start_matches('<').trim_end_matches('>').to_owned(),
        Id::Plain(text) | Id::Anonymous(text) => text.clone(),
    };
    let Graph::DiGraph { stmts, .. } = graph else {
        panic!("a directed graph");
    };
    let mut ids = std::collections::BTreeSet::new();
    let mut edges = std::collections::BTreeSet::new();
    for statement in stmts {
        match statement {
            Stmt::Node(node) => drop(ids.insert(unquoted(&node.id.0))),
            Stmt::Edge(edge) => {
                if let EdgeTy::Pair(Vertex::N(from), Vertex::N(to)) = &edge.ty {
                    edges.insert((unquoted(&from.0), unquoted(&to.0)));
                }
            }
            _ => {}
        }
    }
    (ids, edges)
}

/// The names and texts of the files in a folder of the repository, by name.
pub(crate) fn texts_in(folder: &str) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(root().join(folder)).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = paths.iter().map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("UTF-8"))
    });
    read.collect()
}
