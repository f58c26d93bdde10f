//! Standard input line by line: answered as it comes, and as if it had come at once.

mod support;

use opsatlas::diagnostic::Text;
use opsatlas::query::{Statement, Unfinished, statements};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

fn typed(statements: &[Statement]) -> Vec<String> {
    statements.iter().map(|statement| statement.as_typed().to_owned()).collect()
}

/// The statements of a text that comes line by line.
fn streamed(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut content, mut unfinished) = (String::new(), Unfinished::default());
    for line in text.split_inclusive('\n') {
        content.push_str(line);
        if unfinished.closed_by(line) {
            found.extend(typed(&statements(&Text::new("", std::mem::take(&mut content)))));
        }
    }
    found.extend(typed(&statements(&Text::new("", content))));
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn line_by_line_is_as_at_once(text in "([ab(){};\"'`]|\n|\n|//|/\\*|\\*/|\\\\){0,30}") {
        prop_assert_eq!(streamed(&text), typed(&statements(&Text::new("", text.as_str()))));
    }
}

/// The program answering as it is asked; further statements may stand around what it is asked.
fn questions_and_answers(arguments: &[&str], before: usize, behind: usize) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .args(["-F", "json"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = program.stdin.take().expect("piped");
    let mut answers = BufReader::new(program.stdout.take().expect("piped")).lines();
    for _ in 0..before {
        let answer = answers.next().expect("an answer").expect("text");
        assert!(answer.contains("\"query\":\"kinds then count\""), "{answer}");
    }
    let mut ask = |question: &str| -> Value {
        input.write_all(question.as_bytes()).expect("written");
        let answer = answers.next().expect("an answer").expect("text");
        serde_json::from_str(&answer).expect("JSON")
    };
    assert_eq!(ask("\u{feff}devops then count\n")["value"], 1);
    // Brackets hold an answer back until they close, and lines are counted on.
    assert_eq!(ask("(devops,\n gitops) then count;\n")["value"], 2);
    assert_eq!(ask("prereqs nobody-knows\n")["error"]["line"], 4);
    assert_eq!(ask("devops union /* a\n comment */ gitops\n")["count"], 2);
    assert_eq!(ask("  nodse\n")["error"]["line"], 7);
    drop(input);
    assert_eq!(answers.count(), behind);
    assert_eq!(program.wait().expect("it ends").code(), Some(2));
}

#[test]
fn an_answer_does_not_wait_for_the_next_question() {
    questions_and_answers(&[], 0, 0);
    questions_and_answers(&["-f", "-"], 0, 0);
    questions_and_answers(&["-c", "kinds then count", "-f", "-", "-c", "nodes; kinds"], 1, 2);
    questions_and_answers(&["-f", "-", "nodes"], 0, 1);
}

#[test]
fn a_batch_that_bails_ends_in_the_midst_of_the_stream() {
    let lines = "kinds then count\nprereqs nobody\nnodes then count\n";
    let arguments = ["--bail", "-F", "json", "-f", "-", "-c", "kinds then count"];
    let bailed = support::run_in(&support::root(), &arguments, lines);
    assert_eq!(support::out(&bailed).lines().count(), 2);
    let arguments = ["-F", "json", "-f", "-", "-c", "kinds then count"];
    let whole = support::run_in(&support::root(), &arguments, lines);
    assert_eq!((support::out(&whole).lines().count(), whole.status.code()), (4, Some(2)));
}

#[cfg(unix)]
#[test]
fn an_answer_does_not_wait_for_a_slow_one_behind_it() {
    let folder = support::folder("stream-slow");
    let nodes: Vec<Value> = (0..=900).map(|at| json!({"id": format!("n{at}")})).collect();
    let edges = (0..300).flat_map(|at| {
        let [a, b, c, d] = [0, 1, 2, 3].map(|more| format!("n{}", 3 * at + more));
        [(&b, &a), (&c, &a), (&d, &b), (&d, &c)]
            .map(|(from, to)| json!({"from": from, "kind": "needs", "to": to}))
    });
    let graph = json!({"atlas": 1, "nodes": nodes, "edges": edges.collect::<Vec<Value>>(),
        "schema": {"relations": {"needs": {"prerequisite": "target"}}}});
    std::fs::write(folder.join("ladder.json"), graph.to_string()).expect("written");
    let mut program = Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .args(["-F", "json", "-g", "ladder.json", "--limit-time", "100"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = program.stdin.take().expect("piped");
    input.write_all(b"n0 then count\npaths n0 -> n900 limit 10000\n").expect("written");
    let mut answers = BufReader::new(program.stdout.take().expect("piped")).lines();
    assert!(answers.next().expect("an answer").expect("text").contains("\"value\":1"));
    let id = program.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    assert!(answers.next().is_none(), "the slow one was answered before it was interrupted");
    assert_eq!(program.wait().expect("it ends").code(), Some(130));
    drop(input);
}
