//! Every graph is written in each format that can hold it and read again as the same graph; what a
//! format cannot hold is told.

mod support;

use opsatlas::data::save;
use opsatlas::export::{SAVERS, Saved, Saver};
use opsatlas::graph::Atlas;
use opsatlas::import::IMPORTERS;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The graph of a native file.
fn native(file: &Value) -> Atlas {
    let text = file.to_string();
    Atlas::from_texts([("g.json", text.as_str())])
        .unwrap_or_else(|problems| panic!("{text}: {}", problems[0]))
}

/// Can the files of the format be read?
fn is_read(saver: &Saver) -> bool {
    let end = saver.extensions[0].rsplit('.').next().unwrap_or_default();
    end == "atlas" || IMPORTERS.iter().any(|row| row.extensions.contains(&end))
}

/// One of the files as text.
fn text(saved: &Saved, at: usize) -> &str {
    std::str::from_utf8(&saved.files[at].1).expect("text")
}

/// A graph written in a format and read again, in native form.
fn again(saver: &Saver, saved: &Saved) -> String {
    let end = saver.extensions[0];
    let bytes = &saved.files[0].1;
    let atlas = if std::str::from_utf8(bytes).is_ok() {
        let files = 0..saved.files.len();
        let files = files.map(|at| (format!("g{}.{end}", saved.files[at].0), text(saved, at)));
        Atlas::from_texts(files)
    } else {
        // Tests run beside one another.
        let folder = format!("exports-{}", std::thread::current().name().unwrap_or_default());
        let file = support::folder(&folder).join(format!("g.{end}"));
        std::fs::write(&file, bytes).expect("written");
        Atlas::from_files([file])
    };
    let atlas = atlas.unwrap_or_else(|problems| {
        panic!("{}: {}\n{}", saver.name, problems[0], String::from_utf8_lossy(bytes))
    });
    // What is told of columns of ids and of texts that happen to be ids.
    let meant = |note: &String| !note.contains("names other nodes") && !note.contains("column ``");
    let odd: Vec<String> = atlas.notes().iter().map(ToString::to_string).filter(meant).collect();
    assert!(odd.is_empty(), "{}: {odd:?}", saver.name);
    save(&atlas)
}

/// Letters that some format has a meaning for.
const HOSTILE: &str = "[-a@=+\\\\\"'`;:,|<>&%#*{}\\[\\]()~!?/. \té\u{200d}\u{301}]{1,6}";

fn select(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(str::to_owned)
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}",
        HOSTILE,
        "\\PC{1,5}",
        "[ \n\r\ta]{0,4}",
        select(&[
            "true", "1", "007", "1e5", "2,5", "null", "=1+1", "@x", "-x", "&amp;", "a;b", "\u{1}"
        ])
    ]
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => texts().prop_map(Value::from),
        2 => any::<i64>().prop_map(Value::from),
        1 => select(&["1.50", "1e400", "18446744073709551616", "-0.0"])
            .prop_map(|text| serde_json::from_str(&text).expect("a number")),
        1 => any::<bool>().prop_map(Value::from),
        1 => vec(texts(), 0..3).prop_map(Value::from),
        1 => vec(any::<i32>(), 0..3).prop_map(Value::from),
        1 => texts().prop_map(|text| json!([{"value": text, "sources": [{"source": "s"}]}])),
        1 => Just(Value::Null),
        1 => texts().prop_map(|text| json!({"a": text})),
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]",
        select(&[
            "id", "from", "to", "source", "target", "label", "type", "name", "kind", "hours",
            "weeks", "relation", "sources", "needs", "requires", "a:b", " x", "Type", "topic"
        ]),
        HOSTILE,
    ]
}

fn properties() -> impl Strategy<Value = Value> {
    btree_map(words(), values(), 0..4).prop_map(|map| Value::Object(map.into_iter().collect()))
}

/// A native file: nodes of hostile ids and what they say.
fn graphs() -> impl Strategy<Value = Value> {
    let node = (
        texts(),
        vec(texts(), 0..3),
        proptest::option::of(texts()),
        vec(texts(), 0..2),
        properties(),
    );
    let edge = (any::<prop::sample::Index>(), texts(), any::<prop::sample::Index>(), properties());
    (vec(node, 1..6), vec(edge, 0..6), any::<bool>()).prop_map(|(nodes, edges, cited)| {
        let named = |text: &String| !text.is_empty();
        let mut seen = std::collections::BTreeSet::new();
        let composed = |id: &str| opsatlas::graph::composed(id).into_owned();
        let nodes: Vec<_> = nodes
            .into_iter()
            .filter(|(id, ..)| named(id) && seen.insert(composed(id)))
            .collect();
        let sources = if cited { json!([{"source": "s"}]) } else { json!([]) };
        let node = |(id, kinds, name, aliases, properties): &(String, Vec<String>, Option<String>, Vec<String>, Value)| {
            let kinds: Vec<&String> = kinds.iter().filter(|kind| named(kind)).collect();
            let mut node = json!({"id": id, "kind": kinds, "aliases": aliases, "properties": properties, "sources": sources});
            if let Some(name) = name.as_ref().filter(|name| named(name)) {
                node["name"] = name.as_str().into();
            }
            node
        };
        let edges: Vec<Value> = edges
            .iter()
            .filter(|(_, relation, ..)| named(relation) && !nodes.is_empty())
            .map(|(from, relation, to, properties)| {
                let [from, to] = [from, to].map(|end| &nodes[end.index(nodes.len())].0);
                json!({"from": from, "kind": relation, "to": to, "properties": properties, "sources": sources})
            })
            .collect();
        json!({"atlas": 1, "nodes": nodes.iter().map(node).collect::<Vec<_>>(), "edges": edges})
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_graph_is_the_same_in_each_format_that_holds_it(file in graphs()) {
        let atlas = native(&file);
        for saver in SAVERS {
            let saved = match saver.save(&atlas) {
                Ok(saved) => saved,
                Err(problem) => {
                    prop_assert_eq!(problem.code, "cannot-hold");
                    continue;
                }
            };
            if !is_read(saver) {
                roxmltree::Document::parse(text(&saved, 0)).expect("XML");
                continue;
            }
            let read = again(saver, &saved);
            if saved.left_out.is_empty() {
                prop_assert_eq!(read, save(&atlas), "{}: {:?}", saver.name, saved.files);
            }
        }
    }
}

/// Names with what any format might stumble over.
const NAMES: [&str; 14] = [
    "C:\\app",
    "a\\",
    "say \"hi\"",
    "it's",
    "@home",
    "=1+1",
    "-x",
    "+y",
    "a,b",
    "a|b",
    "<b>&'",
    "👩\u{200d}🚀",
    "می\u{200c}خواهم",
    "#tag: x",
];

#[test]
fn hostile_names_come_back_from_every_format() {
    let nodes: Vec<Value> = NAMES
        .iter()
        .map(|name| json!({"id": name, "name": format!("{name} in words"), "kind": name, "properties": {"p": name}}))
        .collect();
    let edges: Vec<Value> = NAMES
        .iter()
        .map(|name| json!({"from": name, "kind": name, "to": "@home", "properties": {"why": name}}))
        .collect();
    let atlas = native(&json!({"atlas": 1, "nodes": nodes, "edges": edges}));
    for saver in SAVERS {
        let saved = saver.save(&atlas).expect("it holds them");
        assert_eq!(saved.left_out, [""; 0], "{}", saver.name);
        if is_read(saver) {
            assert_eq!(again(saver, &saved), save(&atlas), "{}", saver.name);
        }
    }
}

#[test]
fn what_a_format_cannot_hold_is_told() {
    let atlas = native(&json!({"atlas": 1, "schema": {"kinds": {"skill": {"plural": "skills"}}},
        "sources": [{"id": "s", "title": "The source"}],
        "nodes": [
            {"id": "a", "kind": "skill", "aliases": ["x;y"], "sources": [{"source": "s", "line": 3}],
             "properties": {"hours": [{"value": 4, "sources": [{"source": "s"}]}], "label": "b", "gone": null,
                "deep": {"a": 1}}},
            {"id": "b", "properties": {"hours": "many"}}]}));
    let told = |name: &str| Saver::named(name).expect("a saver").save(&atlas).expect("it holds it");
    for name in ["json", "yaml"] {
        assert_eq!(told(name).left_out, [""; 0]);
    }
    let csv = told("csv");
    let wanted = [
        "the schema is left out",
        "1 source is left to its id alone (first: `s`)",
        "1 citation is left without its line, section or address (first: `s`)",
        "1 property is left without who says so (first: `hours of a`)",
        "1 list or object is now text (first: `deep of a`)",
        "1 property that is null or empty is left out (first: `gone of a`)",
        "1 value is now text, as others of its column are (first: `hours of a`)",
    ];
    assert_eq!(csv.left_out[..7], wanted);
    assert!(csv.left_out[7].contains("`;`") && csv.left_out[8].contains("label of a"));
    let wanted =
        "id,kind,sources,deep:string,hours:string\na,skill,s,\"{\"\"a\"\":1}\",4\nb,,,,many\n";
    assert_eq!(text(&csv, 0), wanted);
    assert_eq!((csv.files[1].0, text(&csv, 1)), ("-edges", "from,to\n"));
    let blank = native(&json!({"atlas": 1, "nodes": [{"id": " "}]}));
    let problem = Saver::named("csv").expect("a saver").save(&blank).expect_err("no cell");
    assert_eq!((problem.code, problem.help.len()), ("cannot-hold", 1));
}

#[test]
fn yaml_holds_what_is_as_deep_as_it_may_be_and_numbers_as_they_are_spelt() {
    let yaml = Saver::named("yaml").expect("a saver");
    let lists = "[".repeat(128) + &"]".repeat(128);
    let objects = "{\"a\":".repeat(128) + "1" + &"}".repeat(128);
    for value in ["1E5", "[1e400, -0.0, 1.50, {\"a\": 9007199254740993}]", &lists, &objects] {
        let properties = format!("\"properties\": {{\"p\": {value}}}");
        let text = format!(
            "{{\"atlas\": 1, \"nodes\": [{{\"id\": \"a\", {properties}}}],
              \"edges\": [{{\"from\": \"a\", \"kind\": \"r\", \"to\": \"a\", {properties}}}]}}"
        );
        let atlas = Atlas::from_texts([("deep.json", text)]).expect("a graph");
        assert_eq!(again(yaml, &yaml.save(&atlas).expect("it holds it")), save(&atlas));
    }
}

#[test]
fn a_closed_schema_stays_closed() {
    let atlas = native(&json!({"atlas": 1, "schema": {"kinds": {"step": {}}, "closed": true},
        "nodes": [{"id": "a", "kind": "step"}]}));
    for name in ["json", "yaml"] {
        let saver = Saver::named(name).expect("a saver");
        let read = again(saver, &saver.save(&atlas).expect("it holds it"));
        assert!(read.contains("\"closed\":true"), "{read}");
    }
}

#[test]
fn columns_of_a_sheet_keep_their_names_and_numbers() {
    let atlas = native(&json!({"atlas": 1, "nodes": [
        {"id": "a", "properties": {"n": 1, "x;y;z;w": 1, "p|q|r|s": true}},
        {"id": "b", "properties": {"n": 2.5}}]}));
    let csv = Saver::named("csv").expect("a saver");
    let saved = csv.save(&atlas).expect("it holds it");
    assert_eq!(again(csv, &saved), save(&atlas));
    assert_eq!(saved.left_out, [""; 0]);
}

#[test]
fn the_built_in_graph_comes_back_in_yaml_and_loads_in_every_format() {
    let atlas = Atlas::built_in();
    for saver in SAVERS {
        let saved = saver.save(&atlas).expect("it holds it");
        if !is_read(saver) {
            continue;
        }
        let read = again(saver, &saved);
        if saved.left_out.is_empty() {
            assert_eq!(read, save(&atlas), "{}", saver.name);
        }
    }
}

#[test]
fn gephi_finds_names_types_and_relations() {
    let atlas = native(&json!({"atlas": 1,
        "nodes": [{"id": "a", "name": "A & co", "properties": {"hours": 2.5}}, {"id": "b", "properties": {"hours": 3}}],
        "edges": [{"from": "a", "kind": "needs", "to": "b"}]}));
    let saved = Saver::named("gexf").expect("a saver").save(&atlas).expect("it holds it");
    let document = roxmltree::Document::parse(text(&saved, 0)).expect("XML");
    let find = |name: &str| {
        document
            .descendants()
            .filter(|node| node.has_tag_name(("http://gexf.net/1.3", name)))
            .collect::<Vec<_>>()
    };
    assert_eq!(find("graph")[0].attribute("defaultedgetype"), Some("directed"));
    assert_eq!(find("node")[0].attribute("label"), Some("A & co"));
    let hours = find("attribute").into_iter().find(|node| node.attribute("title") == Some("hours"));
    assert_eq!(hours.and_then(|hours| hours.attribute("type")), Some("double"));
    let edge = find("edge")[0];
    assert_eq!(
        ["source", "target", "label", "kind"].map(|name| edge.attribute(name)),
        ["a", "b", "needs", "needs"].map(Some)
    );
}

#[test]
fn graphviz_finds_names_and_relations() {
    let atlas = native(&json!({"atlas": 1,
        "nodes": [{"id": "a", "kind": "x", "name": "A & \"co\"", "properties": {"hours": 2.5, "done": true}},
            {"id": "C:\\", "name": "two\nlines"}],
        "edges": [{"from": "a", "kind": "needs", "to": "C:\\"},
            {"from": "a", "kind": "likes", "to": "a", "properties": {"type": "t", "key": 1, "n": 1}}]}));
    let saved = Saver::of_file("g.dot").expect("a saver").save(&atlas).expect("it holds it");
    let wanted = r#"digraph {
  <C:\> [name="two
lines"]
  "a" [kind="x", label="A &amp; \"co\"", "done"="true", "hours"=2.5]
  "a" -> "a" [relation="likes", "n"=1, "type"="t"]
  "a" -> <C:\> [label="needs"]
}
"#;
    assert_eq!(text(&saved, 0), wanted);
    let left_out = [
        "1 truth value or number with an exponent is now text (first: `done of a`)",
        "1 property whose name means something else there is left out (first: `key of likes`)",
    ];
    assert_eq!(saved.left_out, left_out);
}

#[test]
fn the_program_saves_by_extension() {
    let folder = support::folder("exports");
    std::fs::write(folder.join("e.csv"), "from,kind,to\nbread,needs,flour\n").expect("written");
    let run = |arguments: &[&str]| support::run_in(&folder, arguments, "");
    let saved = run(&["-g", "e.csv", "--save", "g.csv"]);
    let told = support::err(&saved);
    assert!(told.contains("saved as two sheets, read by -g g.csv -g g-edges.csv"), "{told}");
    let again = run(&["-g", "g.csv", "-g", "g-edges.csv", "--save", "-"]);
    assert!(support::out(&again).contains(r#"{"from":"bread","kind":"needs","to":"flour"}"#));
    for end in ["yaml", "graphml", "dot"] {
        let file = format!("g.{end}");
        run(&["-g", "e.csv", "--save", &file]);
        assert_eq!(support::out(&run(&["-g", &file, "--save", "-"])), support::out(&again));
    }
    let refused = run(&["-g", "e.csv", "--save", "g.svg"]);
    assert!(support::err(&refused).contains("a graph is not saved as `svg`"));
    let answer = run(&["-g", "e.csv", "-o", "a.graphml", "prereqs", "bread", "over", "needs"]);
    assert_eq!(support::err(&answer), "");
    assert_eq!(support::out(&run(&["-g", "a.graphml", "-F", "csv", "nodes"])).lines().count(), 3);
}
