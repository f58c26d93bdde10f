//! A graph in binary form answers as its text does, byte by byte, and a form that is cut off,
//! damaged or not ours is refused: no answer rests on it.

mod support;

use opsatlas::data::{BUILT_IN, save, snapshot};
use opsatlas::diagnostic::Diagnostic;
use opsatlas::graph::{Atlas, Builder, EdgeIndex};
use opsatlas::query::{STAGES, Session, VERBS};
use opsatlas::render::{FORMATS, Look};
use std::fmt::Write;
use std::path::Path;
use support::{err, folder, out, run_in};

/// A small graph with what graphs can have: two layers, other names, properties of every type,
/// citations, recommendations, alternatives, cycles, and names that only folding finds.
const LOWER: &str = r#"{"atlas": 1, "schema": {
  "kinds": {"skill": {"milestone": true}, "tool": {}},
  "relations": {"needs": {"prerequisite": "target"}, "leads-to": {"prerequisite": "none", "route": true},
    "instead-of": {"prerequisite": "none", "alternative": true},
    "helps": {"prerequisite": "source", "strength": "recommended"}}},
 "sources": [{"id": "book", "title": "A book", "address": "https://example.org/book"}],
 "nodes": [
  {"id": "a", "kind": "skill", "name": "Änderung", "aliases": ["Change", "the-change"]},
  {"id": "b", "kind": ["tool", "skill"], "properties": {"list": [1, 1.50, null, true, "x", {"k": -2}]}},
  {"id": "c", "kind": "tool", "sources": [{"source": "book", "section": "One", "line": 7}]},
  {"id": "D_e", "kind": "tool", "name": "a"}, {"id": "alone"}],
 "edges": [
  {"from": "a", "kind": "needs", "to": "b", "properties": {"order": 2, "any-of": "x"}},
  {"from": "a", "kind": "needs", "to": "c", "properties": {"order": 1, "any-of": "x"}},
  {"from": "b", "kind": "needs", "to": "D_e", "sources": [{"source": "book"}]},
  {"from": "D_e", "kind": "needs", "to": "b"}, {"from": "c", "kind": "helps", "to": "b"},
  {"from": "a", "kind": "leads-to", "to": "D_e"}, {"from": "b", "kind": "instead-of", "to": "c"}]}"#;
const UPPER: &str = r#"{"atlas": 1, "nodes": [{"id": "b", "name": "Bee", "properties": {"more": "y"}},
  {"id": "f", "kind": "skill"}], "edges": [{"from": "f", "kind": "needs", "to": "a"}]}"#;
const QUERIES: &[&str] = &[
    "prereqs a",
    "unlocks D_e",
    "path f -> D_e",
    "paths f -> D_e",
    "plan f",
    "must f",
    "show a",
    "show \"d e\"",
    "show change",
    "show Änderung",
    "show bee",
    "prereqs nobody",
    "prereqs b required",
    "near b",
    "near b over leads-to",
    "find chang",
    "check",
    "kinds",
    "relations",
    "fields",
    "sources of c",
    "why b in (prereqs f)",
    "bottlenecks f -> D_e",
    "ready for f knowing b",
    "compare a and b",
    "nodes then where more = \"y\"",
    "tools of a",
    "rank skills by unlocks",
    "prereqs f without b",
    "unlocks b assuming alone needs b",
    "nodes then count",
    "skills then sort by name",
];

fn text() -> Atlas {
    Atlas::from_texts([("lower.json", LOWER), ("upper.json", UPPER)]).expect("a valid graph")
}

/// The graph of these bytes, from a file.
fn opened(file: &Path, bytes: &[u8]) -> Result<Atlas, Vec<Diagnostic>> {
    std::fs::write(file, bytes).expect("written");
    Atlas::from_files([file])
}

/// All that is said of a query in every format.
fn told(atlas: &Atlas, query: &str) -> Vec<String> {
    let answer = match Session::new(atlas).ask(query) {
        Ok(answer) => answer,
        Err(problem) => return vec![format!("{problem:?}")],
    };
    // Pixels are those of the SVG, and take long.
    let written = FORMATS.iter().filter(|format| !format.binary).map(|format| {
        let bytes = (format.write)(&answer, &Look::plain(query));
        let told = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        told.unwrap_or_else(|problem| format!("{problem:?}"))
    });
    written.collect()
}

fn agree(one: &Atlas, other: &Atlas, queries: impl IntoIterator<Item = impl AsRef<str>>) {
    for query in queries {
        let query = query.as_ref();
        for (format, (one, other)) in told(one, query).iter().zip(told(other, query)).enumerate() {
            assert!(*one == other, "{query}, format {format}:\n{one}\n{other}");
        }
    }
    assert!(save(one) == save(other), "the text saved");
    assert_eq!(one.graph().node_count(), other.graph().node_count());
    for edge in one.edges() {
        let [one, other] = [one, other].map(|atlas| (atlas.ends(edge), atlas.edge(edge).place));
        assert_eq!(one, other);
    }
}

#[test]
fn every_verb_and_stage_answers_the_same_in_every_format() {
    let mut builder = Builder::new();
    BUILT_IN.iter().for_each(|part| part.read_into(&mut builder));
    let texts = builder.finish().expect("valid texts");
    let examples =
        VERBS.iter().map(|verb| verb.example).chain(STAGES.iter().map(|row| row.example));
    agree(&texts, &Atlas::built_in(), examples);
}

#[test]
fn a_graph_of_ones_own_answers_the_same_once_it_is_in_binary_form() {
    let folder = folder("snapshot-own");
    let text = text();
    let bytes = snapshot(&text).expect("small");
    assert!(bytes == snapshot(&text).expect("small"), "the same bytes at each time");
    let kept = opened(&folder.join("own.atlas"), &bytes).expect("intact");
    agree(&text, &kept, QUERIES);
    assert!(snapshot(&kept).expect("small") == bytes, "a snapshot of a snapshot");
    let named = |atlas: &Atlas| {
        let lines = atlas.edges().into_iter().map(|edge: EdgeIndex| {
            atlas.file_and_line(atlas.edge(edge).place).map(|(file, line)| format!("{file}:{line}"))
        });
        lines.collect::<Vec<_>>()
    };
    assert_eq!(named(&text), named(&kept));
    let empty = Atlas::from_texts([("none.json", r#"{"atlas": 1}"#)]).expect("a graph");
    let kept = opened(&folder.join("none.atlas"), &snapshot(&empty).expect("small"));
    agree(&empty, &kept.expect("intact"), ["nodes", "kinds", "show a", "check"]);
}

/// What is known ahead of who leads to whom leaves nothing out: ways, their number and why there is none
/// are those of the text, where a search looks at all.
#[test]
fn ways_are_the_same_whatever_is_known_ahead() {
    const SCHEMA: &str = r#"{"atlas": 1, "schema": {"kinds": {"skill": {}}, "relations": {
        "needs": {"prerequisite": "target"}, "way": {"prerequisite": "none", "route": true},
        "door": {"prerequisite": "none", "route": true, "entry": true},
        "like": {"prerequisite": "none"}}}}"#;
    let (folder, mut state) = (folder("snapshot-ways"), 7u64);
    let mut roll = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
        (state >> 33) as usize % sides
    };
    let json = FORMATS.iter().find(|format| format.name == "json").expect("a format");
    let mut found = [0, 0];
    for number in 0..6 {
        let nodes: Vec<String> = (0..9).map(|id| format!(r#"{{"id": "n{id}"}}"#)).collect();
        let edge = |[kind, from, to]: [usize; 3]| {
            let kind = ["needs", "way", "door", "like"][kind];
            format!(r#"{{"from": "n{from}", "kind": "{kind}", "to": "n{to}"}}"#)
        };
        let edges: Vec<String> =
            (0..6 + roll(10)).map(|_| edge([roll(4), roll(9), roll(9)])).collect();
        let graph = format!(
            r#"{{"atlas": 1, "nodes": [{}], "edges": [{}]}}"#,
            nodes.join(","),
            edges.join(",")
        );
        let text = Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("graph.json", graph)]);
        let text = text.expect("a graph");
        let file = folder.join(format!("{number}.atlas"));
        let kept = opened(&file, &snapshot(&text).expect("small")).expect("intact");
        for (from, to) in (0..9).flat_map(|from| (0..9).map(move |to| (from, to))) {
            let other = roll(9);
            for query in [
                format!("path n{from} -> n{to}"),
                format!("path n{from} -> n{to} shortest"),
                format!("paths n{from} -> n{to} limit 4"),
                format!("paths n{from}, n{other} -> n{to}"),
                format!("path n{from} -> n{to} over needs"),
                format!("path n{from} -> n{to} over door, way"),
                format!("path n{from} -> n{to} via n{other}"),
                format!("path n{from} -> n{other} -> n{to}"),
                format!("path n{from} -> n{to} avoid n{other}"),
                format!("bottlenecks n{from} -> n{to}"),
                format!("with {{ +n{to} needs n{other} }} path n{from} -> n{to}"),
            ] {
                let ask = |atlas: &Atlas| Session::new(atlas).ask(&query).expect("an answer");
                let (expected, answer) = (ask(&text), ask(&kept));
                let written =
                    [&expected, &answer].map(|answer| (json.write)(answer, &Look::plain(&query)));
                assert!(written[0] == written[1], "{number}: {query}: {written:?}");
                found[usize::from(expected.count() > 0)] += 1;
            }
        }
    }
    assert!(found.iter().all(|found| *found > 500), "{found:?}");
}

#[test]
fn whatever_is_cut_off_or_changed_is_refused_or_does_not_matter() {
    let folder = folder("snapshot-damaged");
    let file = folder.join("own.atlas");
    let (text, queries) = (text(), QUERIES.iter().take(12));
    let bytes = snapshot(&text).expect("small");
    let right: Vec<Vec<String>> = queries.clone().map(|query| told(&text, query)).collect();
    for length in (0..bytes.len()).step_by(31) {
        let problems = opened(&file, &bytes[..length]).expect_err("cut off");
        assert_eq!(problems[0].code, "bad-snapshot", "cut at {length}");
    }
    let mut found = 0;
    for at in (0..bytes.len()).step_by(5) {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        let Ok(atlas) = opened(&file, &changed) else {
            found += 1;
            continue;
        };
        for (query, right) in queries.clone().zip(&right) {
            match Session::new(&atlas).ask(query) {
                Err(problem) if problem.code == "bad-snapshot" => found += 1,
                Err(problem) => assert_eq!(vec![format!("{problem:?}")], *right, "{query}, {at}"),
                Ok(answer) => {
                    let rows: Vec<_> = answer.nodes().into_iter().collect();
                    let same = Session::new(&text).ask(query).expect("an answer");
                    assert_eq!(rows, same.nodes(), "{query}, byte {at}");
                }
            }
        }
    }
    assert!(found > bytes.len() / 5, "damage is found: {found}");
}

#[test]
fn the_program_writes_opens_and_refuses_it() {
    let folder = folder("snapshot-program");
    std::fs::write(folder.join("lower.json"), LOWER).expect("written");
    std::fs::write(folder.join("upper.json"), UPPER).expect("written");
    let run = |arguments: &[&str]| run_in(&folder, arguments, "");
    let both = ["-g", "lower.json", "-g", "upper.json"];
    assert!(run(&[&both[..], &["--save", "own.atlas"]].concat()).status.success());
    assert!(run(&["-g", "lower.json", "--save", "lower.atlas"]).status.success());
    assert!(run(&[&both[..], &["--save", "text.json"]].concat()).status.success());
    assert!(run(&["-g", "own.atlas", "--save", "again.json"]).status.success());
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a file");
    assert!(read("text.json") == read("again.json"));
    for query in ["plan f", "show b --format json", "check", "prereqs nobody"] {
        let words: Vec<&str> = query.split(' ').collect();
        let [text, kept, layered] =
            [&both[..], &["-g", "own.atlas"], &["-g", "lower.atlas", "-g", "upper.json"]]
                .map(|graph| run(&[graph, &words].concat()));
        assert_eq!([out(&text), err(&text)], [out(&kept), err(&kept)], "{query}");
        assert_eq!([out(&text), err(&text)], [out(&layered), err(&layered)], "{query}");
    }
    let streamed = std::process::Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .args(["-g", "-", "prereqs", "f"])
        .stdin(std::fs::File::open(folder.join("own.atlas")).expect("a file"))
        .output()
        .expect("the program runs");
    assert_eq!(out(&streamed), out(&run(&["-g", "own.atlas", "prereqs", "f"])));
    refused(&folder);
}

/// What is refused, what is said, and how the run ends.
fn refused(folder: &Path) {
    let bytes = std::fs::read(folder.join("own.atlas")).expect("a file");
    let changed = |at: usize, to: &[u8]| {
        let mut bytes = bytes.clone();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes
    };
    let order: Vec<u8> = bytes[12..16].iter().rev().copied().collect();
    let half = bytes.len() / 2;
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("version.atlas", changed(8, &99_u32.to_ne_bytes()), "version 99"),
        ("order.atlas", changed(12, &order), "another order of bytes"),
        ("cut.atlas", bytes[..half].to_vec(), "cut off"),
        ("head.atlas", changed(40, &[0xaa; 8]), "damaged"),
        ("longer.atlas", [&bytes[..], b"more"].concat(), "damaged"),
        ("text.atlas", LOWER.into(), "no graph that was saved in binary form"),
    ];
    for (name, bytes, said) in cases {
        std::fs::write(folder.join(name), bytes).expect("written");
        for layers in [&["-g", name][..], &["-g", name, "-g", "upper.json"]] {
            let output = run_in(folder, &[layers, &["nodes"]].concat(), "");
            let told = err(&output);
            assert!(told.contains(said) && told.contains("write it anew"), "{name}: {told}");
            assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""), "{name}");
        }
    }
    let output = run_in(folder, &["-g", "upper.json", "-g", "own.atlas", "nodes"], "");
    assert!(err(&output).contains("name it first"), "{}", err(&output));
}

/// Damage in what only writing an answer looks at ends the run all the same.
#[test]
fn damage_far_inside_ends_a_run_without_an_answer() {
    let folder = folder("snapshot-far");
    let mut nodes = String::from(r#"{"atlas": 1, "nodes": [{"id": "first"}"#);
    for at in 0..3000 {
        write!(
            nodes,
            r#", {{"id": "n{at:05}", "properties": {{"text": "what is said of it {at}"}}}}"#
        )
        .expect("memory");
    }
    nodes.push_str("]}");
    let atlas = Atlas::from_texts([("many.json", nodes)]).expect("a graph");
    let mut bytes = snapshot(&atlas).expect("small");
    let said = b"what is said of it 2900";
    let at = bytes.windows(said.len()).position(|window| window == said).expect("it is there");
    bytes[at] = b'W';
    std::fs::write(folder.join("many.atlas"), bytes).expect("written");
    let sound = run_in(&folder, &["-g", "many.atlas", "show", "first"], "");
    assert!(sound.status.success(), "what is not looked at does no harm: {}", err(&sound));
    for query in ["show n02900", "nodes then where text contains \"2900\""] {
        let output = run_in(&folder, &["-g", "many.atlas", query], "");
        assert_eq!(output.status.code(), Some(1), "{query}");
        let told = err(&output);
        assert!(told.contains("bad-snapshot") && told.contains("damaged"), "{query}: {told}");
        assert!(!out(&output).contains("2900"), "{query}: {}", out(&output));
    }
}

/// What `@last` stands for is worked out when it is asked for: damage that is met then is told each
/// time, and so is what only writing looks at; what is asked next is answered.
#[test]
fn damage_on_any_page_ends_one_statement_alone() {
    let folder = folder("snapshot-pages");
    let mut text = String::from(
        r#"{"atlas": 1, "schema": {"relations": {"needs": {"prerequisite": "target"}}}, "edges": [
        {"from": "t", "kind": "needs", "to": "s"}, {"from": "t", "kind": "needs", "to": "n3000"}"#,
    );
    for at in 1..3000 {
        let next = at + 1;
        write!(text, r#", {{"from": "n{next}", "kind": "needs", "to": "n{at}"}}"#).expect("memory");
    }
    text.push_str(
        r#", {"from": "n1", "kind": "needs", "to": "s"}], "nodes": [{"id": "s"}, {"id": "t"}"#,
    );
    (1..=3000).for_each(|at| write!(text, r#", {{"id": "n{at}"}}"#).expect("memory"));
    text.push_str("]}");
    let atlas = Atlas::from_texts([("chain.json", text)]).expect("a graph");
    let bytes = snapshot(&atlas).expect("small");
    let mut met = None;
    for at in (0..bytes.len()).step_by(4096) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let Ok(atlas) = opened(&folder.join("page.atlas"), &changed) else { continue };
        let mut session = Session::new(&atlas);
        if session.ask("paths s -> t limit 1").is_ok() {
            let mut code = || session.ask("@last then count").err().map(|problem| problem.code);
            let told = [code(), code()];
            assert!(told == [None; 2] || told == [Some("bad-snapshot"); 2], "{told:?}, byte {at}");
            met = told[0].and(Some(changed)).or(met);
        }
    }
    std::fs::write(folder.join("met.atlas"), met.expect("what only `@last` looks at"))
        .expect("room");
    let typed = "paths s -> t limit 1\n@last\n@last\nnodes\nt then count\n";
    let output = run_in(&folder, &["-g", "met.atlas", "-F", "jsonl"], typed);
    let told = [out(&output), err(&output)].concat();
    assert!(told.matches("bad-snapshot").count() >= 2 && !told.contains("panicked"), "{told}");
    assert!(
        out(&output).trim_end().ends_with("\"value\":1}"),
        "the last statement is answered: {told}"
    );
}
