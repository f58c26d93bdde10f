//! What is given comes back as it was given: numbers of any size, names of any script, ids.

mod support;

use opsatlas::graph::Atlas;
use opsatlas::render::{FORMATS, Look};
use serde_json::Value;
use support::{err, folder, out, run_in};

/// The answer in a format.
fn written(atlas: &Atlas, query: &str, format: &str) -> String {
    let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    let row = FORMATS.iter().find(|row| row.name == format).expect("a format");
    let bytes = (row.write)(&answer, &Look::plain(query)).expect("an answer is written");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The answer as JSON.
fn asked(atlas: &Atlas, query: &str) -> Value {
    serde_json::from_str(&written(atlas, query, "json")).expect("JSON")
}

fn loaded(name: &str, text: &str) -> Atlas {
    Atlas::from_texts([(name, text)]).unwrap_or_else(|problems| panic!("{name}: {problems:?}"))
}

/// The ids of the answer's nodes.
fn ids(atlas: &Atlas, query: &str) -> Vec<String> {
    let nodes = asked(atlas, query)["nodes"].clone();
    let nodes = nodes.as_array().cloned().unwrap_or_default();
    nodes.iter().map(|node| node["id"].as_str().expect("an id").to_owned()).collect()
}

/// The first and second cell of each row, as JSON writes them.
fn rows(atlas: &Atlas, query: &str) -> Vec<String> {
    let rows = asked(atlas, query)["rows"].clone();
    let rows = rows.as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| format!("{} {}", row[0], row[1])).collect()
}

/// More rows than an insertion sort takes, so that an order that contradicts itself panics.
const MIXED: [&str; 21] = [
    "100", "100", "1e400", "1e400", "100", "100", "100", "100", "12", "1e400", "3", "1e400", "12",
    "100", "100", "1e400", "3", "1e400", "1e400", "3", "1e400",
];

#[test]
fn numbers_beyond_floating_point_are_sorted_and_grouped() {
    let rows_of: Vec<String> =
        MIXED.iter().enumerate().map(|(at, n)| format!("k{:03},{n}\n", at + 100)).collect();
    let atlas = loaded("n.csv", &format!("id,n\n{}", rows_of.concat()));
    let sorted = ids(&atlas, "nodes then sort by n");
    assert_eq!(sorted[..3], ["k110", "k116", "k119"]);
    assert_eq!(sorted[20], "k120");
    let groups = rows(&atlas, "nodes then group by n then select n, count");
    assert_eq!(groups.len(), 4, "{groups:?}");
    assert!(groups[3].ends_with(" 8"), "{groups:?}");
    let atlas = loaded("n.csv", "id,n\na,1\nb,18446744073709551616\nc,2\nd,1e400\ne,3\n");
    assert_eq!(ids(&atlas, "nodes then sort by n"), ["a", "c", "e", "b", "d"]);
    assert_eq!(ids(&atlas, "nodes then sort by n desc"), ["d", "b", "e", "c", "a"]);
    assert_eq!(ids(&atlas, "nodes then where n > 18446744073709551615"), ["b", "d"]);
}

#[test]
fn numbers_beyond_53_bits_are_not_mistaken() {
    let atlas = loaded("n.csv", "id,n\na,9007199254740993\nb,9007199254740992.0\n");
    assert_eq!(ids(&atlas, "nodes then where n = 9007199254740993"), ["a"]);
    assert_eq!(ids(&atlas, "nodes then where n = 9007199254740992"), ["b"]);
    assert_eq!(ids(&atlas, "nodes then where n + 0.5 > 9007199254740993"), ["a"]);
    assert_eq!(rows(&atlas, "nodes then group by n").len(), 2);
    // The same number, written in several ways, is one.
    let atlas = loaded("n.csv", "id,n:number\na,+1.50\nb,15e-1\nc,.12345678901234567890\n");
    assert_eq!(rows(&atlas, "nodes then group by n").len(), 2);
    assert_eq!(ids(&atlas, "nodes then where n = 0.1234567890123456789"), ["c"]);
    assert_eq!(ids(&atlas, "nodes then where n = 0.12345678901234568"), [""; 0]);
}

#[test]
fn plans_add_up_exactly() {
    let text = r#"{"atlas": 1, "schema": {"relations": {"needs": {"prerequisite": "target"}}},
        "nodes": [{"id": "a", "properties": {"h": 999999999999.000001}},
                  {"id": "b", "properties": {"h": 999999999999.000002}}, {"id": "g", "properties": {"h": 0}}],
        "edges": [{"from": "g", "kind": "needs", "to": "b", "properties": {"any-of": "x"}},
                  {"from": "g", "kind": "needs", "to": "a", "properties": {"any-of": "x"}}]}"#;
    assert_eq!(ids(&loaded("g.json", text), "plan g minimize h"), ["a", "g"]);
}

#[test]
fn the_order_of_a_list_is_exact() {
    let edge = |to: &str, order: &str| {
        format!(
            r#"{{"from": "g", "kind": "needs", "to": "{to}", "properties": {{"order": {order}}}}}"#
        )
    };
    let text = format!(
        r#"{{"atlas": 1, "schema": {{"kinds": {{"goal": {{"milestone": true}}}},
        "relations": {{"needs": {{"prerequisite": "target"}}}}}},
        "nodes": [{{"id": "a"}}, {{"id": "b"}}, {{"id": "c"}}, {{"id": "g", "kind": "goal"}}], "edges": [{}, {}, {}]}}"#,
        edge("a", "9007199254740993"),
        edge("b", "9007199254740992"),
        edge("c", "-1e400")
    );
    assert_eq!(ids(&loaded("g.json", &text), "prereqs g"), ["c", "b", "a"]);
}

#[test]
fn different_is_not_equal() {
    let atlas = loaded(
        "g.json",
        r#"{"atlas": 1, "nodes": [{"id": "a", "properties": {"v": [1, 2]}},
            {"id": "b", "properties": {"v": 2}}, {"id": "c"}]}"#,
    );
    assert_eq!(ids(&atlas, "nodes then where v = 1"), ["a"]);
    assert_eq!(ids(&atlas, "nodes then where v <> 1"), ["b"]);
    assert_eq!(ids(&atlas, "nodes then where not v = 1"), ["b"]);
}

/// `ü` as two characters.
const PARTED: &str = "u\u{308}";

#[test]
fn composed_and_decomposed_names_are_one() {
    let nodes = format!("id,name,kind\n{PARTED}ber-gang,{PARTED}bergang,step\nstart,Start,step\n");
    let edges = "from,kind,to\nstart,needs,über-gang\n".to_owned();
    let atlas = Atlas::from_texts([("nodes.csv", nodes.clone()), ("edges.csv", edges.clone())]);
    let atlas = atlas.expect("joined");
    for query in ["show Übergang", "show übergang", "show \"über-gang\"", "show U\u{308}BERGANG"]
    {
        assert_eq!(ids(&atlas, query), [format!("{PARTED}ber-gang")], "{query}");
    }
    assert_eq!(asked(&atlas, "nodes")["edges"][0]["to"], format!("{PARTED}ber-gang"));
    let same = ids(&atlas, "nodes then where name contains \"über\" and name = \"übergang\"");
    assert_eq!(same.len(), 1);
    let among = format!("nodes then where name in (\"übergang\") and id in (\"{PARTED}ber-gang\")");
    assert_eq!(ids(&atlas, &among).len(), 1);
    assert_eq!(ids(&atlas, "nodes then where not id in (\"über-gang\")"), ["start"]);
    // The other way round, and one node told in two files.
    let more = "id,hours\nüber-gang,3\n".to_owned();
    let files = [("edges.csv", edges), ("nodes.csv", nodes), ("more.csv", more)];
    let atlas = Atlas::from_texts(files).expect("joined");
    assert_eq!(ids(&atlas, "nodes then where hours = 3"), [format!("{PARTED}ber-gang")]);
    assert_eq!(ids(&atlas, "nodes").len(), 2);
}

#[test]
fn words_of_a_schema_compare_in_canonical_composition() {
    let schema = r#"{"atlas": 1, "schema": {"kinds": {"Übung": {"plural": "Übungen"}}, "closed": true,
        "relations": {"benötigt": {"prerequisite": "target"}}, "fields": {"größe": {"type": "number"}}}}"#;
    let facts = "{\"atlas\": 1, \"nodes\": [{\"id\": \"a\", \"kind\": \"U\u{308}bung\",
          \"properties\": {\"größe\": 1}}, {\"id\": \"b\"}],
          \"edges\": [{\"from\": \"a\", \"kind\": \"beno\u{308}tigt\", \"to\": \"b\"}]}"
        .to_owned();
    let files = [("schema.json", schema.to_owned()), ("facts.json", facts)];
    let atlas = Atlas::from_texts(files).expect("known words");
    assert_eq!(ids(&atlas, "prereqs a"), ["b"]);
    assert_eq!(ids(&atlas, "Übungen"), ["a"]);
    assert_eq!(ids(&atlas, "nodes then where gro\u{308}ße > 0 or ?größe > 0"), ["a"]);
    assert_eq!(ids(&atlas, "prereqs a over beno\u{308}tigt"), ["b"]);
}

#[test]
fn letter_case_goes_by_full_folding() {
    let atlas = loaded("n.csv", "id,name\na,Große Straße\nb,ΟΔΥΣΣΕΥΣ\nc,soft\u{ad}hyphen\nd,ﬁle\n");
    let named = [
        ("show GROSSE STRASSE", "a"),
        ("show οδυσσευς", "b"),
        ("show softhyphen", "c"),
        ("show soft\u{ad}hyphen", "c"),
        ("show FILE", "d"),
    ];
    for (query, id) in named {
        assert_eq!(ids(&atlas, query), [id], "{query}");
    }
    assert_eq!(rows(&atlas, "find \"strasse\"").len(), 1);
}

#[test]
fn ids_apart_in_one_file_stay_apart() {
    let text = format!("id\nüber\n{PARTED}ber\n");
    let atlas = loaded("n.csv", &text);
    assert_eq!(ids(&atlas, "nodes").len(), 2);
    assert_eq!(ids(&atlas, "show über"), ["über"]);
    assert_eq!(ids(&atlas, &format!("show {PARTED}ber")), [format!("{PARTED}ber")]);
    // What edges alone name is one node, however it is spelled.
    let atlas = loaded("e.csv", &format!("from,kind,to\na,r,über\n{PARTED}ber,r,a\n"));
    assert_eq!(ids(&atlas, "nodes"), ["a", "über"]);
}

/// Names with what joins letters, chooses their form or spells a flag.
const JOINED: [&str; 18] = [
    "می\u{200c}خواهم بدانم",
    "👩\u{200d}👩\u{200d}👧 families",
    "🏳\u{fe0f}\u{200d}🌈 flag",
    "क्\u{200d}ष ZWJ",
    "ශ්\u{200d}රී ලංකා",
    "soft\u{ad}hyphen",
    "no\u{a0}break",
    "❤\u{fe0f} heart",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} england",
    "1\u{fe0f}\u{20e3} one",
    "#\u{fe0f}\u{20e3} hash",
    "👍🏽 ok",
    "word\u{2060}joiner",
    "a\u{feff}b",
    "a\u{200e}b",
    "🇩🇪 ↔\u{fe0f} 🇫🇷",
    "はじめてのグラフ理論",
    "ＦＵＬＬ",
];

#[test]
fn names_are_typed_and_written_as_they_are() {
    let nodes: Vec<Value> = JOINED
        .iter()
        .enumerate()
        .map(|(at, name)| serde_json::json!({"id": format!("n{at:02}"), "name": name, "kind": "w"}))
        .collect();
    let edges: Vec<Value> = (1..JOINED.len())
        .map(|at| serde_json::json!({"from": format!("n{:02}", at - 1), "kind": "needs", "to": format!("n{at:02}")}))
        .collect();
    let text = serde_json::json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
    let atlas = loaded("joined.json", &text);
    for (at, name) in JOINED.iter().enumerate() {
        assert_eq!(ids(&atlas, &format!("show {name}")), [format!("n{at:02}")], "{name}");
        let stage = format!("nodes then where name = \"{name}\"");
        assert_eq!(ids(&atlas, &stage), [format!("n{at:02}")], "{name}");
    }
    for format in FORMATS
        .iter()
        .filter(|format| !["png", "pdf", "ics", "mermaid", "md"].contains(&format.name))
    {
        let shown = written(&atlas, "nodes", format.name);
        for name in JOINED {
            // Pictures cut lines at blanks.
            let found = name.split([' ', '\u{a0}']).all(|word| shown.contains(word));
            assert!(found, "{} {name:?}", format.name);
        }
    }
    for (format, escapes) in [("mermaid", ["#35;", "#20;"]), ("md", ["\\#", "~~~"])] {
        let shown = written(&atlas, "nodes", format);
        for name in JOINED {
            assert!(shown.contains(&name.replace('#', escapes[0])), "{format} {name:?}: {shown}");
        }
    }
}

/// Ids that other formats have their own words for.
const ODD: [&str; 14] = [
    "C:\\app",
    "C:\\",
    "C:\\\\",
    "a\\\"b",
    "a\\\\\"b",
    "say \"hi\"",
    "two\nlines",
    "odd\\\nlines",
    "@acme/ui",
    "-dash",
    "=1+1",
    "＝full",
    " blanks ",
    "a,b;c",
];

#[test]
fn ids_come_back_from_every_format_that_is_read() {
    let nodes: Vec<Value> = ODD.iter().map(|id| serde_json::json!({"id": id})).collect();
    let text = serde_json::json!({"atlas": 1, "nodes": nodes}).to_string();
    let atlas = loaded("odd.json", &text);
    let mut sorted: Vec<String> = ODD.iter().map(|id| (*id).to_owned()).collect();
    sorted.sort();
    let (mut dot, mut csv) = (written(&atlas, "nodes", "dot"), written(&atlas, "nodes", "csv"));
    for round in 0..3 {
        let atlas = loaded("w.dot", &dot);
        assert_eq!(ids(&atlas, "nodes"), sorted, "{round}: {dot}");
        dot = written(&atlas, "nodes", "dot");
        let atlas = loaded("w.csv", &csv);
        assert_eq!(ids(&atlas, "nodes"), sorted, "{round}: {csv}");
        csv = written(&atlas, "nodes then select id", "csv");
    }
}

#[test]
fn formulas_are_guarded_but_in_ids() {
    let names = ["=1+1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "plain"];
    let nodes: Vec<Value> = names
        .iter()
        .map(|name| serde_json::json!({"id": name, "name": format!("{name} ")}))
        .collect();
    let text = serde_json::json!({"atlas": 1, "nodes": nodes}).to_string();
    let folder = folder("formulas");
    std::fs::write(folder.join("g.json"), text).expect("written");
    let asked = ["-g", "g.json", "-F", "csv", "nodes then select id, name"];
    let guarded = out(&run_in(&folder, &asked, ""));
    for name in names {
        let guard = if name == "plain" { "" } else { "'" };
        assert!(guarded.contains(&format!("{name},\"{guard}{name} \"\n")), "{name}: {guarded}");
    }
    let open = [&asked[..], &["--no-formula-guard"]].concat();
    assert!(!out(&run_in(&folder, &open, "")).contains('\''));
}

#[test]
fn a_file_keeps_what_a_terminal_must_not_show() {
    let text = r#"{"atlas": 1, "nodes": [{"id": "a\u001b[31m", "name": "x\u202e\u0007\u009by"}]}"#;
    let folder = folder("controls");
    std::fs::write(folder.join("g.json"), text).expect("written");
    let drives = ['\u{1b}', '\u{202e}', '\u{7}', '\u{9b}'];
    for format in ["table", "tree", "json", "jsonl", "csv", "md", "dot", "mermaid", "svg", "html"] {
        let shown = out(&run_in(&folder, &["-g", "g.json", "-F", format, "nodes"], ""));
        assert!(!shown.contains(drives), "{format}");
    }
    let saved = out(&run_in(&folder, &["-g", "g.json", "--save", "-"], ""));
    assert!(!saved.contains(drives) && saved.contains("\\u202e"), "{saved}");
    for file in ["w.csv", "w.dot"] {
        let output = run_in(&folder, &["-g", "g.json", "-o", file, "nodes"], "");
        assert_eq!(err(&output), "");
        let text = std::fs::read_to_string(folder.join(file)).expect("written");
        let atlas = loaded(file, &text);
        assert_eq!(ids(&atlas, "nodes"), ["a\u{1b}[31m"]);
        assert_eq!(asked(&atlas, "nodes")["nodes"][0]["name"], "x\u{202e}\u{7}\u{9b}y", "{text}");
    }
}

#[cfg(unix)]
#[test]
fn files_have_any_name_and_queries_are_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("bytes");
    let named = |bytes: &'static [u8]| OsStr::from_bytes(bytes);
    let run = |arguments: &[&OsStr]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_opsatlas"));
        command.args(arguments).current_dir(&folder).env("NO_COLOR", "1").output().expect("it runs")
    };
    std::fs::write(folder.join(named(b"g\xff.csv")), "id\na\nb\n").expect("written");
    std::fs::write(folder.join(named(b"q\xff")), "nodes then count\n").expect("written");
    let graph = [named(b"-g"), named(b"g\xff.csv")];
    let output = run(&[&graph[..], &[named(b"-o"), named(b"o\xfe.csv"), named(b"nodes")]].concat());
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
    assert!(
        std::fs::read(folder.join(named(b"o\xfe.csv"))).is_ok_and(|text| text.starts_with(b"id,"))
    );
    let output =
        run(&[&graph[..], &[named(b"--save"), named(b"s\xfe"), named(b"-f"), named(b"q\xff")]]
            .concat());
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(0), "2\n"));
    assert!(folder.join(named(b"s\xfe")).exists());
    let output = run(&[named(b"-g"), named(b"none\xff"), named(b"nodes")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("none\\xff"), "{}", err(&output));
    // Queries, and values of other flags, are told.
    for (arguments, place) in [
        (vec![named(b"nodes"), named(b"\xff")], "query:1:7"),
        (vec![named(b"show \xc3(")], "query:1:6"),
        (vec![named(b"-c"), named(b"nodes; \xff")], "-c:1:8"),
    ] {
        let output = run(&arguments);
        let told = err(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("error[not-utf8]") && told.contains(place), "{told}");
    }
    let output = run(&[named(b"--color"), named(b"\xff"), named(b"nodes")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("error[bad-flag]"), "{}", err(&output));
    let output = run(&[named(b"-F"), named(b"json"), named(b"\xff")]);
    let told: Value = serde_json::from_str(&out(&output)).expect("JSON");
    assert_eq!(told["error"]["code"], "not-utf8");
}
