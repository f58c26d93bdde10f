//! `docs/errors.md` and the program know the same codes, and each section's input raises its code.

mod support;

use std::collections::BTreeSet;
use support::{err, folder, out, root, run_in};

/// Codes whose input does not fit into a document; the tests below raise them.
const RAISED_HERE: [&str; 5] = ["bad-xlsx", "not-utf8", "too-long", "too-large", "no-graphviz"];
/// Raised by what happens while the program runs, in `tests/data_kept.rs`.
const RAISED_MEANWHILE: [&str; 1] = ["changed-file"];
/// Raised where a database is asked, which `tests/postgres.rs` and `tests/bolt.rs` do where there is one; that one had a
/// graph replaced under it and broke twice cannot be had in a test without chance.
const RAISED_BY_DATABASES: [&str; 16] = [
    "bad-address",
    "bad-map",
    "bad-rows",
    "database",
    "fetch-limit",
    "graph-replaced",
    "lost-connection",
    "needs-everything",
    "no-access",
    "no-database",
    "no-graph",
    "no-server",
    "no-tls",
    "not-saved",
    "other-version",
    "stopped",
];
/// Raised at the prompt, where `tests/prompt.rs` does it.
const RAISED_AT_THE_PROMPT: [&str; 2] = ["unknown-command", "bad-command"];

/// The sections of the document: code and text.
fn sections() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("docs/errors.md")).expect("the document");
    let sections = text.split("\n## ").skip(1);
    let split = sections.filter_map(|section| section.split_once('\n'));
    split.map(|(code, text)| (code.trim().to_owned(), text.to_owned())).collect()
}

/// What stands in quotes right behind one of the calls that make a problem.
fn codes_in(source: &str) -> BTreeSet<String> {
    let calls = ["Diagnostic::new(", ".error(", "error(", "misuse(", "usage(", "warning(", "code:"];
    let mut codes = BTreeSet::new();
    for call in calls {
        for (at, _) in source.match_indices(call) {
            let behind = source[at + call.len()..].trim_start();
            let code = behind.strip_prefix('"').and_then(|code| code.split('"').next());
            let is_code = |code: &&str| {
                !code.is_empty()
                    && code
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'8')
            };
            codes.extend(code.filter(is_code).map(str::to_owned));
        }
    }
    codes
}

fn codes_of_the_program() -> BTreeSet<String> {
    let mut open = vec![root().join("src")];
    let mut codes = BTreeSet::new();
    while let Some(place) = open.pop() {
        if place.is_dir() {
            open.extend(
                std::fs::read_dir(&place)
                    .expect("a folder")
                    .map(|entry| entry.expect("an entry").path()),
            );
        } else {
            codes.extend(codes_in(&std::fs::read_to_string(&place).expect("a source file")));
        }
    }
    codes
}

#[test]
fn the_document_and_the_program_know_the_same_codes() {
    let documented: BTreeSet<String> = sections().into_iter().map(|(code, _)| code).collect();
    assert_eq!(documented, codes_of_the_program());
    assert!(documented.len() > 40, "the scanner is blind");
    assert!(codes_in("Diagnostic::new(\n  \"some-code\", x)").contains("some-code"));
}

#[test]
fn a_workbook_that_is_none_is_told() {
    let folder = folder("bad-xlsx");
    std::fs::write(folder.join("book.xlsx"), b"PK\x03\x04 and no more").expect("written");
    let output = run_in(&folder, &["-g", "book.xlsx", "nodes"], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("error[bad-xlsx]") && err(&output).contains("CSV UTF-8"));
}

#[test]
fn each_section_shows_its_code() {
    for (code, text) in sections() {
        let elsewhere =
            [&RAISED_HERE[..], &RAISED_AT_THE_PROMPT, &RAISED_MEANWHILE, &RAISED_BY_DATABASES]
                .concat();
        let elsewhere = elsewhere.contains(&code.as_str());
        // `check` tells codes in a column, errors in brackets, JSON in quotes.
        let shown = [format!("[{code}]"), format!("  {code}  "), format!("\"code\":\"{code}\"")];
        assert!(elsewhere || shown.iter().any(|shown| text.contains(shown)), "{code} is not shown");
        let names_rules = ["word", "phrase", "EOI", "operator_word", "query_start"];
        assert!(!names_rules.iter().any(|rule| text.contains(&format!("expected {rule}"))));
    }
}

#[test]
fn a_file_that_is_not_utf8_is_refused_with_its_place() {
    let folder = folder("not-utf8");
    std::fs::write(
        folder.join("latin.json"),
        b"{\"atlas\": 1,\n \"nodes\": [{\"id\": \"caf\xe9\"}]}",
    )
    .expect("written");
    let output = run_in(&folder, &["-g", "latin.json", "nodes"], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(
        err(&output).contains("error[not-utf8]") && err(&output).contains("latin.json:2:"),
        "{}",
        err(&output)
    );
}

#[test]
fn without_graphviz_a_picture_says_what_to_do() {
    let folder = folder("no-graphviz");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .args(["-o", "map.svg", "--engine", "dot", "domains"])
        .current_dir(&folder)
        .env("PATH", &folder)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("error[no-graphviz]") && err(&output).contains("leave out --engine")
    );
    assert!(out(&output).is_empty() && !folder.join("map.svg").exists());
}

#[test]
fn a_picture_that_nobody_can_read_is_refused() {
    let folder = folder("too-large");
    let nodes: Vec<String> = (0..20_000).map(|at| format!("{{\"id\": \"n{at}\"}}")).collect();
    let text = format!("{{\"atlas\": 1, \"nodes\": [{}]}}", nodes.join(","));
    std::fs::write(folder.join("large.json"), text).expect("written");
    for file in ["map.svg", "map.png"] {
        let output = run_in(&folder, &["-g", "large.json", "-o", file, "nodes"], "");
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("error[too-large]") && err(&output).contains("near X"));
        assert!(!folder.join(file).exists());
    }
}

#[test]
fn many_problems_are_told_in_time() {
    let folder = folder("many-problems");
    let edges: Vec<String> = (0..50_000)
        .map(|at| format!("{{\"from\": \"a{at}\", \"kind\": \"r\", \"to\": \"b\"}}"))
        .collect();
    let text = format!(
        "{{\"atlas\": 1, \"nodes\": [{{\"id\": \"b\"}}], \"edges\": [{}]}}",
        edges.join(",")
    );
    std::fs::write(folder.join("many.json"), text).expect("written");
    let output = run_in(&folder, &["-g", "many.json", "nodes"], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).ends_with("no more are told at once\n1000 problems\n"));
}
