//! What is saved is what was loaded, and no file, however it was bent, makes the program fail.

use opsatlas::data::save;
use opsatlas::diagnostic::Diagnostic;
use opsatlas::graph::Atlas;
use opsatlas::query::{STAGES, VERBS};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Every member that a schema may have.
fn schema() -> Value {
    json!({
        "kinds": {"stone": {"plural": "stones", "milestone": true, "color": "#1f6feb", "summary": "hard"}, "thing": {}},
        "relations": {
            "needs": {"prerequisite": "target", "acyclic": true, "inverse": "is needed by", "summary": "before"},
            "gives": {"prerequisite": "source", "strength": "recommended", "owns": true},
            "door": {"prerequisite": "none", "route": true, "entry": true},
            "own": {},
        },
        "fields": {"hours": {"type": "any"}, "note": {"type": "string", "stands-in-for": "thing", "on-path": true}},
        "roadmap": [
            {"label": "Needs", "relation": "needs", "kind": "stone", "limit": 3, "at": "end"},
            {"label": "Says", "field": "note"},
        ],
    })
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{1,8}|[a-z]{1,5}"
        .prop_filter("a text that is no mere blank", |text| !text.trim().is_empty())
}

fn value() -> impl Strategy<Value = Value> {
    let number = |digits: &str| serde_json::from_str::<Value>(digits).expect("a number");
    prop_oneof![
        text().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(number("123456789012345678901234567890.10")),
        Just(number("1e400")),
        vec(text(), 0..3).prop_map(Value::from),
        text().prop_map(|text| json!({"deep": [1, {"er": text}]})),
        text().prop_map(|text| json!([{"value": text, "sources": [{"source": "s1", "line": 7}]}])),
    ]
}

fn citations() -> impl Strategy<Value = Value> {
    let one =
        (0..3u8, prop::option::of(text()), prop::option::of(1..99u64), prop::option::of(text()));
    vec(one, 1..3).prop_map(|cited| {
        let object = |(source, section, line, address): (
            u8,
            Option<String>,
            Option<u64>,
            Option<String>,
        )| {
            let mut parts = Map::new();
            parts.insert("source".to_owned(), format!("s{source}").into());
            let mut put = |name: &str, value: Option<Value>| {
                value.map(|value| parts.insert(name.to_owned(), value))
            };
            put("section", section.map(Value::from));
            put("line", line.map(Value::from));
            put("address", address.map(Value::from));
            Value::from(parts)
        };
        let mut cited: Vec<Value> = cited.into_iter().map(object).collect();
        cited.dedup();
        cited.into()
    })
}

/// A whole file, every member of it used.
fn file() -> impl Strategy<Value = Value> {
    let node = (0..4u8, text(), vec(text(), 1..3), vec(value(), 3), citations());
    let edge = (
        any::<prop::sample::Index>(),
        0..4usize,
        any::<prop::sample::Index>(),
        value(),
        citations(),
    );
    (vec(node, 2..6), vec(edge, 1..8)).prop_map(|(nodes, edges)| {
        let count = nodes.len();
        let nodes = nodes.into_iter().enumerate().map(|(at, (kind, name, mut aliases, values, sources))| {
            aliases.sort();
            aliases.dedup();
            let kind = match kind {
                0 => json!("stone"),
                1 => json!("thing"),
                2 => json!("found"),
                _ => json!(["stone", "thing"]),
            };
            let properties: Map<String, Value> = ["hours", "x y", "ünlisted"].into_iter().map(str::to_owned).zip(values).collect();
            json!({"id": format!("n{at}"), "kind": kind, "name": name, "aliases": aliases, "properties": properties, "sources": sources})
        });
        let edges = edges.into_iter().enumerate().map(|(at, (from, relation, to, value, sources))| {
            let relation = ["needs", "gives", "door", "found"][relation];
            json!({"from": format!("n{}", from.index(count)), "kind": relation, "to": format!("n{}", to.index(count)),
                   "properties": {"number": at, "said": value}, "sources": sources})
        });
        json!({
            "atlas": 1, "schema": schema(), "nodes": nodes.collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>(),
            "sources": [
                {"id": "s0", "title": "A title", "file": "a.txt", "address": "https://example.org", "covers": "all"},
                {"id": "s1"}, {"id": "s2", "title": "Another"},
            ],
        })
    })
}

/// The same facts in one order: nodes and edges of a graph have none.
fn sorted(mut file: Value) -> Value {
    for part in ["sources", "nodes", "edges"] {
        let list = file[part].as_array_mut().expect(part);
        list.sort_by_key(Value::to_string);
    }
    file
}

fn load(name: &str, text: &str) -> Result<Atlas, Vec<Diagnostic>> {
    Atlas::from_texts([(name, text)])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn saving_loses_nothing(file in file()) {
        let first = load("first.json", &file.to_string()).expect("valid");
        let saved = save(&first);
        let facts: Value = serde_json::from_str(&saved).expect("JSON");
        prop_assert_eq!(sorted(facts), sorted(file));
        let again = load("again.json", &saved).expect("what was saved is valid");
        prop_assert_eq!(save(&again), saved);
    }
}

/// A valid file of each format, with as many of its features as fit.
const SEEDS: [(&str, &str); 7] = [
    (
        "native.json",
        r##"{"atlas": 1, "schema": {"kinds": {"tool": {"plural": "tools", "milestone": true, "color": "#123456"}},
        "relations": {"needs": {"prerequisite": "target", "acyclic": true, "owns": true}, "door": {"prerequisite": "none", "route": true, "entry": true}},
        "fields": {"hours": {"type": "number"}}, "roadmap": [{"label": "x", "field": "hours", "limit": 2, "at": "end"}]},
        "sources": [{"id": "s", "title": "T", "file": "f.txt", "address": "https://example.org"}],
        "nodes": [{"id": "a", "kind": "tool", "name": "Á \"é\" 知", "aliases": ["x"], "properties": {"hours": [{"value": 1.5, "sources": [{"source": "s", "line": 3}]}]}},
                  {"id": "b", "kind": ["tool", "t"], "sources": [{"source": "s", "section": "1"}]}, {"id": "c"}],
        "edges": [{"from": "a", "kind": "needs", "to": "b", "properties": {"any-of": "x", "order": 1, "strength": "recommended"}},
                  {"from": "b", "kind": "needs", "to": "c"}, {"from": "c", "kind": "door", "to": "a", "sources": [{"source": "s"}]}]}"##,
    ),
    (
        "links.json",
        r#"{"directed": true, "multigraph": false, "graph": {"name": "g"}, "nodes": [{"id": "a", "type": "t", "label": "A", "w": 1}, {"id": 2}],
        "links": [{"source": "a", "target": 2, "type": "r", "weight": 1.5, "key": 0}, {"source": 2, "target": "a"}]}"#,
    ),
    (
        "jgf.json",
        r#"{"graph": {"directed": true, "nodes": {"a": {"label": "A", "metadata": {"type": "t"}}, "b": {}},
        "edges": [{"source": "a", "relation": "r", "target": "b", "metadata": {"w": [1, null]}}]}}"#,
    ),
    (
        "nodes.csv",
        "id,name,kind,aliases,hours,topics:string[]\na,\"A, \"\"x\"\"\",tool,k;l,1.5,u;v\nb,B,tool,,2,\nc,,,,,\n",
    ),
    ("edges.csv", "from,kind,to,weight\na,needs,b,1\nb,needs,c,2\n\"c d\",uses,a,\n"),
    (
        "g.graphml",
        "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrafting.org/xmlns\"><key id=\"k\" for=\"node\" attr.name=\"hours\" attr.type=\"double\"><default>1</default></key>\n<graph edgedefault=\"directed\"><node id=\"a\"><data key=\"k\">2.5</data></node><node id=\"b\"/><!-- x --><edge source=\"a\" target=\"b\" id=\"e\"><data key=\"k\">1</data></edge></graph></graphml>\n",
    ),
    (
        "g.dot",
        "strict digraph \"g\" { // c\n node [shape=box, hours=2]; a [label=\"A \\\"x\\\"\\nb\"]; subgraph s { b; c } a -> { b c } [label=needs]; b -> \"d e\":n; /* y */ 1.5 -> a; x = \"1\" + \"2\" }\n",
    ),
];

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).expect("small")
    }
}

/// The text with a piece left out, doubled, moved or put in.
fn bent(text: &str, dice: &mut Dice) -> String {
    const PIECES: [&str; 24] = [
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "0",
        "-1",
        "1e999",
        "\\",
        "\n",
        "<",
        ">",
        "&",
        ";",
        "é",
        "\u{202e}",
        "{\"id\":\"a\"},",
        "a,b\n",
        "<node id=\"a\"/>",
        "->",
        "//",
    ];
    let ends: Vec<usize> = if dice.below(2) == 0 {
        text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
    } else {
        // Whole words and numbers: what a reader takes for one thing.
        let part_of_word = |c: char| c.is_alphanumeric() || ".-_".contains(c);
        let mut before = None;
        let starts = text.char_indices().filter(|(_, character)| {
            let own = part_of_word(*character);
            let goes_on = before.replace(own) == Some(true) && own;
            !goes_on
        });
        starts.map(|(at, _)| at).chain([text.len()]).collect()
    };
    let from = dice.below(ends.len());
    let length = if dice.below(4) == 0 { dice.below(12) } else { 1 };
    let to = (from + length).min(ends.len() - 1);
    let (before, piece, behind) =
        (&text[..ends[from]], &text[ends[from]..ends[to]], &text[ends[to]..]);
    match dice.below(4) {
        0 => format!("{before}{behind}"),
        1 => format!("{before}{piece}{piece}{behind}"),
        2 if dice.below(4) == 0 => format!("{piece}{before}{behind}"),
        _ => format!("{before}{}{behind}", PIECES[dice.below(PIECES.len())]),
    }
}

/// Loads a file and asks it, or looks at what is told; did it load?
fn survives(name: &str, text: &str) -> bool {
    match load(name, text) {
        Ok(atlas) => {
            for query in [
                "nodes",
                "check",
                "kinds",
                "relations",
                "fields",
                "near nodes",
                "ready",
                "plan nodes",
            ] {
                if let Err(problem) = atlas.query(query) {
                    assert_eq!(problem.code, "no-flow", "{query}: {problem}\n{text}");
                }
            }
            let saved = save(&atlas);
            let again = load("again.json", &saved);
            let again = again.unwrap_or_else(|problems| panic!("{problems:?}\n{text}\n{saved}"));
            assert_eq!(save(&again), saved, "{text}");
            true
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "{text}");
            for problem in problems {
                let place = problem.place.unwrap_or_else(|| panic!("{}: {text}", problem.message));
                let content = &place.text.content;
                assert!(
                    content.is_char_boundary(place.span.start)
                        && content.is_char_boundary(place.span.end)
                );
                assert!(place.line_and_column().0 >= 1);
            }
            false
        }
    }
}

#[test]
fn no_bent_file_makes_the_program_fail() {
    const EACH: usize = 3000;
    for (name, seed) in SEEDS {
        assert!(survives(name, seed), "{name} is not valid: {:?}", load(name, seed).err());
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let mut loaded = 0;
        for _ in 0..EACH {
            let bends = 1 + dice.below(3);
            let text = (0..bends).fold(seed.to_owned(), |text, _| bent(&text, &mut dice));
            loaded += usize::from(survives(name, &text));
        }
        // What is refused at its first byte, or never, tries nothing.
        assert!(loaded > EACH / 20 && loaded < EACH, "{name}: {loaded} of {EACH} load");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_reader_fail(text in "\\PC{0,200}|[{}\\[\\]\",:a-z0-9 -]{0,200}") {
        for (name, _) in SEEDS {
            survives(name, &text);
        }
        survives("g.json", &format!("{{\"atlas\":1,\"nodes\":[{text}]}}"));
        survives("g.json", &format!("{{\"atlas\":1,\"schema\":{text}}}"));
    }
}

#[test]
fn no_bent_query_makes_the_program_fail() {
    let atlas = Atlas::built_in();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (mut answered, mut told) = (0, 0);
    let examples = VERBS.iter().map(|verb| verb.example);
    for example in examples.chain(STAGES.iter().map(|stage| stage.example)) {
        for _ in 0..12 {
            let bends = 1 + dice.below(3);
            let text = (0..bends).fold(example.to_owned(), |text, _| bent(&text, &mut dice));
            match atlas.query(&text) {
                Ok(_) => answered += 1,
                // A comment alone asks nothing, at no place.
                Err(problem) if problem.code == "empty-query" => {}
                Err(problem) => {
                    told += 1;
                    let place = problem
                        .place
                        .as_ref()
                        .unwrap_or_else(|| panic!("{text}: {}", problem.message));
                    let (content, span) = (&place.text.content, &place.span);
                    assert!(
                        content.is_char_boundary(span.start) && content.is_char_boundary(span.end)
                    );
                    // What begins with a full stop is a command of the program.
                    for query in
                        problem.suggestions().iter().filter(|query| !query.starts_with('.'))
                    {
                        atlas
                            .query(query)
                            .unwrap_or_else(|further| panic!("{text}: {query}: {further}"));
                    }
                }
            }
        }
    }
    assert!(answered > 10 && told > 100, "{answered} answered, {told} told");
}
