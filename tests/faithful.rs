//! What is given comes back as it was given: numbers of any size, names of any script, ids.

use opsatlas::graph::Atlas;
use opsatlas::render::{FORMATS, Look};
use serde_json::Value;

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
        format!(r#"{{"from": "g", "kind": "needs", "to": "{to}", "properties": {{"order": {order}}}}}"#)
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
    for query in ["show Übergang", "show übergang", "show \"über-gang\"", "show U\u{308}BERGANG"] {
        assert_eq!(ids(&atlas, query), [format!("{PARTED}ber-gang")], "{query}");
    }
    assert_eq!(asked(&atlas, "nodes")["edges"][0]["to"], format!("{PARTED}ber-gang"));
    let same = ids(&atlas, "nodes then where name contains \"über\" and name = \"übergang\"");
    assert_eq!(same.len(), 1);
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
    let facts = format!(
        "{{\"atlas\": 1, \"nodes\": [{{\"id\": \"a\", \"kind\": \"U\u{308}bung\", \"properties\": {{\"größe\": 1}}}}, {{\"id\": \"b\"}}],
          \"edges\": [{{\"from\": \"a\", \"kind\": \"beno\u{308}tigt\", \"to\": \"b\"}}]}}"
    );
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
