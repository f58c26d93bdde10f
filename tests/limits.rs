//! What `docs/limits.md` promises, tried on both sides: what is within is answered, what is beyond is
//! refused or says that it is incomplete. Every row of the document is a case here or names the test
//! that tries it.

mod support;

use opsatlas::diagnostic::Text;
use opsatlas::graph::Atlas;
use opsatlas::query::{Limits, Session, Statement};
use opsatlas::render::{FORMATS, Look};
use std::fmt::Write;
use std::process::Output;
use support::{err, folder, out, root, run_in};

/// A row, what to run within and beyond the limit, and what says that it is beyond.
struct Case {
    row: &'static str,
    within: Try,
    beyond: Try,
    says: &'static str,
}

/// A graph file by its name and text, arguments, and standard input.
struct Try {
    file: &'static str,
    text: String,
    arguments: Vec<String>,
    input: String,
}

impl Try {
    fn new(arguments: &str) -> Self {
        let arguments = arguments.split('|').map(str::to_owned).collect();
        Self { file: "graph.json", text: String::new(), arguments, input: String::new() }
    }

    fn on(self, file: &'static str, text: String) -> Self {
        Self { file, text, ..self }
    }

    fn reading(self, input: String) -> Self {
        Self { input, ..self }
    }

    fn run(&self) -> Output {
        let folder = folder("limits");
        let mut arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        if !self.text.is_empty() {
            std::fs::write(folder.join(self.file), &self.text).expect("written");
            arguments.extend(["-g", self.file]);
        }
        run_in(&folder, &arguments, &self.input)
    }
}

/// Rows that other tests try, or that nothing tries, with the reason.
const ELSEWHERE: &[(&str, &str)] = &[
    ("a graph file", "a_graph_file_beyond_its_limit_is_not_read; within is 2 GiB"),
    ("a graph in binary form", "not tried: gigabytes"),
    ("what a workbook unpacks to", "tests/hostile.rs"),
    ("parts of a workbook", "tests/hostile.rs"),
    (
        "nesting of values in a graph file, JSON or YAML, of elements in GraphML, of subgraphs in DOT",
        "not tried here: the test of its room",
    ),
    ("notes in a folder", "tests/notes.rs"),
    ("what repeated parts (`*name`) make of a YAML file", "src/data/yaml/tests.rs"),
    ("links to nothing, and to one of several notes, told one by one", "tests/notes.rs"),
    ("weeks of a schedule", "tests/schedule.rs"),
    ("a chart of a schedule", "tests/schedule.rs"),
    ("dates", "not tried here: the test of its room"),
    ("how long Tab waits for names from a database", "not tried: a database that stalls"),
    ("letters of the graph of a plan or a closure", "src/render/paper.rs"),
    ("cells of a sheet in a workbook", "tests/hostile.rs"),
    ("commas of a name that is looked for in a list", "list-of-commas.csv in tests/hostile.rs"),
    ("problems of graph files", "a_thousand_problems_are_enough in tests/imports.rs"),
    ("the search for redundant edges", "not tried: minutes in a debug build"),
    ("search nodes of a plan", "tests/command_line.rs"),
    (
        "search nodes for the price",
        "not tried: it shows as \"at least\", which tests/plans.rs checks",
    ),
    ("the time an answer takes", "tests/prompt_lines.rs and tests/stopping.rs"),
    ("an answer that there was no time to write", "tests/stopping.rs"),
    (
        "kinds of a graph of which free questions",
        "of_more_kinds_no_question_is_read_freely in src/query/hints/advice.rs",
    ),
    (
        "nodes counted that a start reaches",
        "no_more_is_counted_than_is_told in src/analysis/paths/tests.rs",
    ),
    (
        "nodes of all listed paths",
        "listed_paths_have_half_a_million_nodes_at_most in tests/shapes.rs",
    ),
    (
        "alternatives told beside a node",
        "of_thousands_of_alternatives_some_are_told in tests/shapes.rs",
    ),
    ("a message, a note", "no_name_makes_a_message_long in src/diagnostic/length.rs"),
    ("letters of a roadmap", "tests/roadmap.rs and src/layout/roadmap_tests.rs"),
    ("lines kept by the prompt", "tests/prompt_lines.rs"),
    ("notes on graph files", "a_column_of_prerequisites_is_told in tests/foreign.rs"),
    ("waiting for another prompt", "tests/prompt_kept.rs"),
    ("an answer shown at the prompt", "tests/prompt_lines.rs"),
    ("a stopped answer at the prompt", "tests/prompt_lines.rs"),
    ("cards of a page", "pictures_say_less_beyond_their_limits"),
    ("nodes drawn one by one", "tests/pictures.rs"),
    ("words on edges", "pictures_say_less_beyond_their_limits"),
    ("leaving out edges that follow", "pictures_say_less_beyond_their_limits"),
    ("a Unicode picture", "pictures_say_less_beyond_their_limits"),
    ("`--engine`", "not tried: a minute is too long"),
    ("edges that a statement fetches", "not tried here: tests/postgres.rs, with a server"),
    ("names looked at for what was meant, of a graph in a database", "not tried: a server"),
    ("opening a connection to a database", "not tried: seconds"),
];

/// Nodes and edges `(from, to)` of a relation `needs`, with what else the nodes hold.
fn graph(nodes: usize, edges: impl Iterator<Item = (usize, usize)>, more: &str) -> String {
    let nodes: Vec<String> = (0..nodes).map(|at| format!("{{\"id\": \"n{at}\"{more}}}")).collect();
    let edges: Vec<String> = edges
        .map(|(from, to)| {
            format!("{{\"from\": \"n{from}\", \"kind\": \"needs\", \"to\": \"n{to}\"}}")
        })
        .collect();
    format!(
        "{{\"atlas\": 1, \"schema\": {{\"relations\": {{\"needs\": {{\"prerequisite\": \"target\"}}}}}}, \
         \"nodes\": [{}], \"edges\": [{}]}}",
        nodes.join(","),
        edges.join(",")
    )
}

fn chain(nodes: usize) -> String {
    graph(nodes, (1..nodes).map(|at| (at, at - 1)), "")
}

/// `open` and `close` so many times around nothing.
fn nested(before: &str, (open, close): (&str, &str), depth: usize, after: &str) -> String {
    format!("{before}{}{}{after}", open.repeat(depth), close.repeat(depth))
}

/// `n0, n1, …`.
fn names(count: usize, between: &str) -> String {
    (0..count).map(|at| format!("n{at}")).collect::<Vec<_>>().join(between)
}

fn cases() -> Vec<Case> {
    let mut cases = texts();
    cases.extend(questions());
    cases.extend(answers());
    cases
}

fn texts() -> Vec<Case> {
    let query =
        |length: usize| Try::new("-f|-").reading("nodes".to_owned() + &" ".repeat(length - 5));
    let brackets = |depth| Try::new(&nested("", ("(", ")"), depth, "").replace("()", "(nodes)"));
    let values = |depth| {
        let text = nested(
            "{\"atlas\": 1, \"nodes\": [{\"id\": \"a\", \"properties\": {\"x\": ",
            ("[", "]"),
            depth,
            "}}]}",
        );
        Try::new("nodes").on("graph.json", text)
    };
    let subgraphs = |depth| {
        let text = nested("digraph { a -> b; ", ("subgraph {", "}"), depth, "}");
        Try::new("nodes").on("graph.dot", text)
    };
    let elements = |depth| {
        let before = "<graphml><graph edgedefault=\"directed\"><node id=\"a\"/>";
        let text = nested(before, ("<desc>", "</desc>"), depth, "</graph></graphml>");
        Try::new("nodes").on("graph.graphml", text)
    };
    let batch = |length: usize| {
        let lines = "// nothing is asked in this line of a batch that is as long as it may be\n";
        let mut text = lines.repeat(length / lines.len());
        text.push_str(&" ".repeat(length - text.len()));
        Try::new("-f|-").reading(text)
    };
    let groups = |count| {
        let text =
            format!("digraph {{ {{ {} }} -> {{ {} }} }}", names(count, " "), names(count, " "));
        Try::new("nodes then count").on("graph.dot", text)
    };
    let nesting = "nesting of values in a graph file";
    vec![
        Case {
            row: "a query",
            within: query(1 << 20),
            beyond: query((1 << 20) + 1),
            says: "too-long",
        },
        Case {
            row: "nesting of brackets",
            within: brackets(128),
            beyond: brackets(129),
            says: "too-deep",
        },
        // The document and its graph are two of the elements.
        Case { row: nesting, within: values(128), beyond: values(129), says: "too-deep" },
        Case { row: nesting, within: subgraphs(128), beyond: subgraphs(129), says: "too-deep" },
        Case { row: nesting, within: elements(126), beyond: elements(127), says: "too-deep" },
        Case {
            row: "a batch, a profile",
            within: batch(64 << 20),
            beyond: batch((64 << 20) + 1),
            says: "too-long",
        },
        Case {
            row: "what defaults",
            within: groups(100),
            beyond: groups(4_000),
            says: "too-large",
        },
    ]
}

fn questions() -> Vec<Case> {
    let on = |query: &str, text: String| Try::new(query).on("graph.json", text);
    let via = |count: usize| on(&format!("path n0 -> n20 via {}", names(count, ", ")), chain(21));
    let stops = |count: usize| on(&format!("path {}", names(count, " -> ")), chain(300));
    // A chain, and a last node that nothing leads to.
    let reached = |count: usize| {
        let chain = (1..=count).map(|at| (at, at - 1));
        on(&format!("path n0 -> n{}", count + 1), graph(count + 2, chain, ""))
    };
    let compared = |count: usize| on(&format!("compare {}", names(count, ", ")), chain(20));
    let reckoned = |digits: usize| {
        on(&format!("nodes then where not {} + 1 = 2 then count", "7".repeat(digits)), chain(3))
    };
    let hours = |amount: &str| {
        on(
            "plan n2 minimize hours",
            graph(
                3,
                [(2, 1), (1, 0)].into_iter(),
                &format!(", \"properties\": {{\"hours\": {amount}}}"),
            ),
        )
    };
    let change = |words: usize| {
        let name = vec!["w"; words - 2].join(" ");
        let text = format!(
            "{{\"atlas\": 1, \"nodes\": [{{\"id\": \"a\", \"name\": \"{name}\"}}, {{\"id\": \"b\"}}],
            \"edges\": [{{\"from\": \"b\", \"kind\": \"near\", \"to\": \"a\"}}]}}"
        );
        on(&format!("with {{ +{name} near b }} nodes"), text)
    };
    vec![
        Case {
            row: "fields of a stage",
            within: Try::new(&format!("tools then sort by {}", vec!["name"; 256].join(", "))),
            beyond: Try::new(&format!("tools then sort by {}", vec!["name"; 257].join(", "))),
            says: "too-many",
        },
        Case { row: "words of a change", within: change(64), beyond: change(65), says: "error[" },
        Case { row: "names in `via`", within: via(8), beyond: via(9), says: "too-many" },
        Case { row: "stops of a way", within: stops(256), beyond: stops(257), says: "too-many" },
        Case {
            row: "nodes counted that a start reaches",
            within: reached(10_000),
            beyond: reached(10_001),
            says: "more than 10000 nodes",
        },
        Case {
            row: "nodes that `compare`",
            within: compared(12),
            beyond: compared(13),
            says: "the first 12 of 13",
        },
        Case {
            row: "an amount of a field",
            within: hours("1000000000000"),
            beyond: hours("1000000000001"),
            says: "missing-value",
        },
        Case {
            row: "numbers that a condition",
            within: reckoned(1_000),
            beyond: reckoned(1_001),
            says: "0",
        },
        Case {
            row: "an amount of a field",
            within: hours("0"),
            beyond: hours("-0.5"),
            says: "missing-value",
        },
    ]
}

fn answers() -> Vec<Case> {
    let on = |query: &str, text: String| Try::new(query).on("graph.json", text);
    // Three ways from the first to the last.
    let ways = || graph(5, (1..4).flat_map(|at| [(4, at), (at, 0)]), "");
    let paths = |limit| on(&format!("--limit-paths|{limit}|paths n0 -> n4 limit 10"), ways());
    let rows = |limit| on(&format!("--limit-rows|{limit}|nodes"), ways());
    let picture = |count: usize| on("-F|svg|nodes", graph(count, std::iter::empty(), ""));
    let cards = |arguments: &str, count: usize| {
        let needed = (2..count).map(|at| (at % 2, at));
        on(arguments, graph(count, needed, ""))
    };
    let pixels = |scale| on(&format!("-o|map.png|--scale|{scale}|nodes"), chain(20));
    let sized = |width| on(&format!("-F|svg|--width|{width}|nodes"), chain(20));
    let mermaid = |edges: usize| on("-F|mermaid|--all-edges|nodes", chain(edges + 1));
    vec![
        Case { row: "listed paths", within: paths(3), beyond: paths(2), says: "incomplete" },
        Case { row: "an answer", within: rows(5), beyond: rows(4), says: "incomplete" },
        Case {
            row: "a picture",
            within: picture(10_000),
            beyond: picture(10_001),
            says: "too-large",
        },
        Case {
            row: "cards of a roadmap",
            within: cards("--layout|roadmap|-F|svg|nodes", 2_000),
            beyond: cards("--layout|roadmap|-F|svg|nodes", 10_001),
            says: "too-large",
        },
        Case {
            row: "cards of a roadmap",
            within: cards("-F|svg|compare n0, n1", 2_000),
            beyond: cards("-F|svg|compare n0, n1", 10_003),
            says: "too-large",
        },
        Case { row: "`--width`", within: sized("30000"), beyond: sized("30001"), says: "bad-flag" },
        Case { row: "a PNG", within: pixels("1"), beyond: pixels("16"), says: "too-large" },
        Case { row: "Mermaid", within: mermaid(140), beyond: mermaid(501), says: "%% " },
    ]
}

#[test]
fn each_limit_holds_on_both_sides() {
    let mut wrong = String::new();
    for case in cases() {
        for (tried, beyond) in [(&case.within, false), (&case.beyond, true)] {
            let output = tried.run();
            let said = format!("{}{}", out(&output), err(&output));
            if said.contains(case.says) != beyond || (!beyond && output.status.code() != Some(0)) {
                let side = if beyond { "beyond" } else { "within" };
                let said: String = said.chars().take(300).collect();
                let code = output.status.code();
                writeln!(wrong, "{side} {}: {code:?} {said}", case.row).expect("text");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// How often `mark` stands in the picture of an answer about `text`, in a terminal of any width.
fn drawn(text: String, query: &str, format: &str, mark: &str) -> usize {
    let atlas = Atlas::from_texts([("graph.json", text)]).expect("a graph");
    let format = FORMATS.iter().find(|row| row.name == format).expect("a format");
    let look = Look { width: 100_000, ..Look::plain(query) };
    let answer = atlas.query(query).expect("an answer");
    let bytes = (format.write)(&answer, &look).expect("drawn");
    String::from_utf8(bytes).expect("text").matches(mark).count()
}

#[test]
fn pictures_say_less_beyond_their_limits() {
    assert_eq!(drawn(chain(41), "nodes", "svg", ">← needs<"), 40);
    assert_eq!(drawn(chain(42), "nodes", "svg", ">← needs<"), 0);
    assert_eq!(drawn(chain(400), "nodes", "unicode", "a tree instead"), 0);
    assert_eq!(drawn(chain(401), "nodes", "unicode", "a tree instead"), 1);
    let shortcut = |nodes| graph(nodes, (1..nodes).map(|at| (at, at - 1)).chain([(2, 0)]), "");
    assert_eq!(drawn(shortcut(10_000), "prereqs n9999", "dot", " -> "), 9_999);
    assert_eq!(drawn(shortcut(10_001), "prereqs n10000", "dot", " -> "), 10_001);
    // Edges of one node with the 250 that a limit draws, and with more that only its card tells.
    assert_eq!(cards(300), 300);
    assert_eq!(cards(30_001), 250);
}

/// How many edges a page tells of a hub with so many, of which it draws 250.
fn cards(edges: usize) -> usize {
    let text = graph(edges + 1, (1..=edges).map(|at| (0, at)), "");
    let atlas = Atlas::from_texts([("graph.json", text)]).expect("a graph");
    let format = FORMATS.iter().find(|row| row.name == "html").expect("a format");
    let answer = atlas.query("nodes then limit 251").expect("an answer");
    let page = (format.write)(&answer, &Look::plain("nodes")).expect("drawn");
    let page = String::from_utf8(page).expect("text");
    let facts = page.split("<script type=\"application/json\"").nth(1).expect("the facts");
    let (_, facts) = facts.split_once('>').expect("an element");
    let (facts, _) = facts.split_once("</script>").expect("its end");
    let facts: serde_json::Value = serde_json::from_str(facts).expect("JSON");
    facts["edges"].as_array().expect("edges").len()
}

#[test]
fn a_graph_file_beyond_its_limit_is_not_read() {
    let folder = folder("limits-file");
    let file = std::fs::File::create(folder.join("large.json")).expect("created");
    file.set_len((2 << 30) + 1).expect("a file with a hole");
    let output = run_in(&folder, &["-g", "large.json", "nodes"], "");
    assert!(err(&output).contains("error[too-long]"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn every_row_is_tried() {
    let document = std::fs::read_to_string(root().join("docs/limits.md")).expect("read");
    let tried: Vec<&str> = cases().iter().map(|case| case.row).collect();
    let elsewhere = ELSEWHERE.iter().map(|(row, _)| *row);
    let known: Vec<&str> = tried.into_iter().chain(elsewhere).collect();
    let rows = document.lines().filter_map(|line| line.strip_prefix("| ")).skip(1);
    let rows: Vec<&str> = rows.collect();
    assert!(rows.len() > 20, "the document has a table");
    for row in &rows {
        assert!(known.iter().any(|known| row.starts_with(known)), "nothing tries: {row}");
    }
    for known in known {
        assert!(rows.iter().any(|row| row.starts_with(known)), "no such row: {known}");
    }
}

#[test]
fn no_more_paths_are_listed_than_may_be() {
    let file = r#"{"atlas": 1, "schema": {"relations": {"leads": {"prerequisite": "source"}}},
        "nodes": [{"id": "s"}, {"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "t"}],
        "edges": [{"from": "s", "kind": "leads", "to": "a"}, {"from": "a", "kind": "leads", "to": "t"},
            {"from": "s", "kind": "leads", "to": "b"}, {"from": "b", "kind": "leads", "to": "t"},
            {"from": "s", "kind": "leads", "to": "c"}, {"from": "c", "kind": "leads", "to": "t"}]}"#;
    let atlas = Atlas::from_texts([("ways.json", file)]).expect("a graph");
    let ask = |query: &str, paths: usize| {
        let statement = Statement::whole(&Text::new("query", query));
        let limits = Limits { paths, ..Limits::default() };
        Session::new(&atlas).answer(&statement, &limits).expect(query)
    };
    for (paths, told, whole) in [(0, 0, false), (2, 2, false), (3, 3, true), (9, 3, true)] {
        let answer = ask("paths s -> t limit 10", paths);
        assert_eq!((answer.count(), answer.complete), (told, whole), "{paths}");
    }
    let notes = ask("why not c in (paths s -> t limit 10)", 2).notes;
    assert!(notes.iter().any(|note| note.contains("not on the 2 paths listed")), "{notes:?}");
}
