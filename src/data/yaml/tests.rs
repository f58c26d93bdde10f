use super::{to_json, written};
use crate::diagnostic::Text;
use crate::graph::Atlas;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(text: &str) -> Value {
    let text = Text::new("x.yaml", text);
    let (json, _) = to_json(&text, 0..text.content.len()).unwrap_or_else(|why| panic!("{why}"));
    serde_json::from_str(&json.content).expect("JSON")
}

fn refused(text: &str) -> (&'static str, usize, usize) {
    let text = Text::new("x.yaml", text);
    let problem = to_json(&text, 0..text.content.len()).expect_err("no such YAML");
    let (line, column) = problem.place.expect("a place").line_and_column();
    (problem.code, line, column)
}

#[test]
fn values_are_what_the_core_schema_says() {
    let text = "a: [1, 1.50, +3, .5, 0x1F, 007, 1e400, 2024-05-01, 1.2.3, a-]\n\
                b: {t: true, n: ~, empty: , word: yes, q: '1', s: \"x\\ty\"}\n\
                c: |\n  two\n  lines\n&k d: &v [x]\ne: *v\n*k : f\n";
    let number = |text: &str| serde_json::from_str::<Value>(text).expect("a number");
    let list =
        json!([1, number("1.50"), 3, 0.5, 31, "007", number("1e400"), "2024-05-01", "1.2.3", "a-"]);
    let wanted = json!({"a": list, "b": {"t": true, "n": null, "empty": null, "word": "yes", "q": "1",
        "s": "x\ty"}, "c": "two\nlines\n", "d": ["x"], "e": ["x"]});
    let mut found = read(&text.replace("*k : f\n", ""));
    assert_eq!(found, wanted);
    found = read("");
    assert_eq!(found, Value::Null);
}

#[test]
fn what_is_no_yaml_or_too_much_is_told_with_its_place() {
    assert_eq!(refused("a: 1\nb: [1, 2\nc: 3\n").0, "bad-yaml");
    assert_eq!(refused("a: 1\n---\nb: 2\n"), ("bad-yaml", 2, 1));
    assert_eq!(refused("? [a]\n: b\n"), ("bad-yaml", 1, 3));
    assert_eq!(refused("é: *x\n"), ("bad-yaml", 1, 4));
    assert_eq!(refused(&"[".repeat(100_000)).0, "too-deep");
    assert_eq!(refused(&"- ".repeat(100_000)).0, "too-deep");
    let mut laughs = "a0: &a0 [\"lol\",\"lol\"]\n".to_owned();
    for level in 1..40 {
        let before = level - 1;
        laughs += &format!("a{level}: &a{level} [*a{before},*a{before}]\n");
    }
    assert_eq!(refused(&laughs).0, "too-large");
}

#[test]
fn problems_stand_where_they_do_in_the_file() {
    let text = "atlas: 1\nnodes:\n- id: ä\n  kid: x\n- id: [a]\n- id: 7\nedges:\n- {from: ä, kind: needs, to: b}\n";
    let problems = Atlas::from_texts([("g.yaml", text)]).expect_err("three problems");
    let told: Vec<_> = problems
        .iter()
        .map(|problem| (problem.code, problem.place.as_ref().expect("a place").line_and_column()))
        .collect();
    assert_eq!(
        told,
        [("unknown-member", (4, 3)), ("wrong-type", (5, 7)), ("dangling-end", (8, 30))]
    );
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        "[-:#&*!|>%@`'\"\\\\ \n\tya~0.1e{},\\[\\]\u{7f}\u{85}\u{feff}\u{2028}?]{0,6}"
            .prop_map(Value::from),
        prop_oneof!["yes", "null", "~", "1e3", "0x1", "- a", "a: b", "a #b", "", " "]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("\\PC{0,4}|[:?# \n-]{0,3}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(value in values()) {
        let text = written(&value);
        prop_assert_eq!(read(&text), value, "{}", text);
    }

    #[test]
    fn no_text_panics(text in "[-:#&*!|>%@`'\"\\\\ \n\tab~0.1e{},\\[\\]?é]{0,40}") {
        let text = Text::new("x.yaml", text);
        let _ = to_json(&text, 0..text.content.len());
    }
}
