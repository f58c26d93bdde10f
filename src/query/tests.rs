//! The rules of binding, each with the case that it exists for.

use super::Session;
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;

/// `b` needs `a`, `c` needs `b` and one of `x` and `y`, `d` had better have `c`; `t` is a gadget of `c`.
const SMALL: &str = r#"{"atlas": 1,
  "schema": {
    "kinds": {"topic": {}, "gadget": {}},
    "relations": {
      "needs": {"prerequisite": "target"},
      "likes": {"prerequisite": "target", "strength": "recommended"},
      "holds": {"prerequisite": "none", "owns": true},
      "beside": {"prerequisite": "none"}}},
  "nodes": [
    {"id": "a", "kind": "topic", "properties": {"weeks": 3, "main-concern": "speed"}},
    {"id": "b", "kind": "topic", "properties": {"weeks": [1, 5]}},
    {"id": "c", "kind": "topic", "properties": {"weeks": 8, "sure": true}},
    {"id": "d", "kind": "topic", "name": "d to e"},
    {"id": "x", "kind": "topic"}, {"id": "y", "kind": "topic"},
    {"id": "t", "kind": "gadget", "aliases": ["depth"]}],
  "edges": [
    {"from": "b", "kind": "needs", "to": "a"},
    {"from": "c", "kind": "needs", "to": "b"},
    {"from": "c", "kind": "needs", "to": "x", "properties": {"any-of": "one"}},
    {"from": "c", "kind": "needs", "to": "y", "properties": {"any-of": "one"}},
    {"from": "d", "kind": "likes", "to": "c"},
    {"from": "c", "kind": "holds", "to": "t"}]}"#;

fn small() -> Atlas {
    Atlas::from_texts([("small.json", SMALL)]).expect("a valid graph")
}

fn asked(query: &str) -> Result<Answer, Diagnostic> {
    small().query(query)
}

/// The ids of an answer, in order.
fn ids(query: &str) -> String {
    let answer = asked(query).unwrap_or_else(|problem| panic!("{query}: {problem:?}"));
    let nodes = answer.nodes().into_iter();
    nodes.map(|node| answer.atlas.node(node).id.clone()).collect::<Vec<String>>().join(" ")
}

/// The code of a problem and where it is.
fn problem(query: &str) -> (&'static str, String) {
    let problem = asked(query).expect_err(query);
    let place = problem.place.expect("a place");
    (problem.code, place.text.content[place.span].to_owned())
}

#[test]
fn an_operand_is_a_list_of_nodes_kinds_and_queries() {
    assert_eq!(ids("b, a"), "a b");
    assert_eq!(ids("gadgets, a"), "a t");
    assert_eq!(ids("(prereqs c depth 1), d"), "b d x y");
    assert_eq!(ids("\"d to e\""), "d");
    assert_eq!(problem("a, , b"), ("missing-operand", ",".to_owned()));
    assert_eq!(problem("a, nobody"), ("unknown-name", "nobody".to_owned()));
    assert_eq!(problem("prereqs (kinds)"), ("wrong-shape", "(kinds)".to_owned()));
    // A verb that takes nothing is a member of a list like a kind.
    assert_eq!(ids("(nodes, a) then count").len(), 0);
    assert_eq!(ids("nodes, a").split(' ').count(), 7);
}

#[test]
fn a_word_is_an_option_only_where_one_can_stand() {
    assert_eq!(ids("prereqs c depth 1"), "b x y");
    // Where a value is due, the word is that value: `depth` is a name of t.
    assert_eq!(ids("near depth depth 1"), "c t");
    assert_eq!(ids("near a, depth"), "a b c t");
    assert_eq!(problem("prereqs c depth 1 depth 2"), ("repeated-option", "depth".to_owned()));
    assert_eq!(problem("prereqs c depth two"), ("bad-number", "two".to_owned()));
    assert_eq!(problem("prereqs c over holds"), ("no-flow", "holds".to_owned()));
    assert_eq!(problem("prereqs c over neds"), ("unknown-relation", "neds".to_owned()));
}

#[test]
fn stops_are_parted_by_arrows_and_by_to_between_names() {
    assert_eq!(ids("path a -> b -> c"), "a b c");
    assert_eq!(ids("path a to c"), "a b c");
    assert_eq!(problem("path a").0, "missing-target");
    assert_eq!(problem("path a ->").0, "missing-target");
    assert_eq!(problem("prereqs a -> b"), ("unexpected", "->".to_owned()));
    // `plan` takes a set as well; there `to` may be part of a name.
    assert!(ids("plan d to e").contains('d'));
}

#[test]
fn conditions_know_three_answers() {
    // Unknown is neither: what has no weeks is in neither half.
    assert_eq!(ids("topics then where weeks > 2"), "a b c");
    assert_eq!(ids("topics then where not weeks > 2"), "");
    assert_eq!(ids("topics then where weeks is null"), "d x y");
    // One of several values suffices; `<>` is `not =`.
    assert_eq!(ids("topics then where weeks = 5"), "b");
    assert_eq!(ids("topics then where weeks <> 5"), "a c");
    // One that holds decides beside an unknown one, and one that fails does in `and`.
    assert_eq!(ids("topics then where weeks > 9 or id = \"d\""), "d");
    assert_eq!(ids("topics then where not (weeks > 2 and id = \"a\")"), "b c d x y");
    assert_eq!(ids("topics then where ?nothing = 1 or sure"), "c");
    // Of several values there is no one number to reckon with.
    assert_eq!(ids("topics then where weeks + 1 > 1"), "a c");
    assert_eq!(ids("topics then where weeks in (3, 8)"), "a c");
}

#[test]
fn fields_are_named_as_they_are_written() {
    assert_eq!(ids("topics then where `main-concern` = \"speed\""), "a");
    let told = |query: &str| asked(query).expect_err(query).help.join("; ");
    assert!(told("topics then where main-concern = 1").contains("`main-concern`"));
    assert!(told("topics then select weeks sure").contains("put commas between"));
    assert!(told("topics then where weesk = 1").contains("did you mean"));
    assert_eq!(problem("topics then sort by nothing"), ("unknown-field", "nothing".to_owned()));
    // A table has its columns, whatever the graph has.
    assert_eq!(problem("topics then group by weeks then select sure").0, "unknown-field");
    assert_eq!(problem("compare a, b then select nonsense").0, "unknown-field");
    assert!(asked("compare a, b then select aspect, a").is_ok());
}

#[test]
fn changes_are_made_one_after_the_other() {
    assert_eq!(ids("with { -c needs b } prereqs c"), "x y");
    assert_eq!(ids("with { +a needs t; -t } prereqs b"), "a");
    assert_eq!(problem("with { -c needs b; -c needs b } a").0, "no-such-edge");
    assert_eq!(problem("with { -b; +b needs a } a").0, "unknown-name");
    assert_eq!(problem("with { +a neds t } a"), ("unknown-relation", "neds".to_owned()));
    assert_eq!(problem("with { +a } a").0, "unexpected");
    // Names in a changed graph are those that it has left.
    assert_eq!(problem("with { -t } near t").0, "unknown-name");
}

#[test]
fn sets_combine_from_the_left_and_intersect_first() {
    assert_eq!(ids("a union b except b union b"), "a b");
    assert_eq!(ids("topics except b intersect prereqs c"), "a c d x y");
    assert_eq!(problem("a union kinds"), ("wrong-shape", "kinds".to_owned()));
    let mut session = Session::new(&small());
    assert!(session.ask("let mine = a, b").is_ok());
    assert_eq!(session.ask("@mine except a").expect("a set").count(), 1);
    assert_eq!(session.ask("let mine = kinds").expect_err("a table").code, "wrong-shape");
    assert_eq!(session.ask("@mnie").expect_err("no set").code, "unknown-variable");
}

#[test]
fn what_is_known_holds_what_one_must_know_for_it() {
    assert_eq!(ids("ready knowing b limit 9"), ids("ready knowing a, b limit 9"));
    assert!(ids("ready knowing only b limit 9").contains('a'));
}

#[test]
fn the_strongest_chain_is_told() {
    let told = |query: &str| {
        let notes = asked(query).expect(query).notes.into_iter();
        notes.map(|note| note.to_string()).collect::<Vec<String>>().join("; ")
    };
    assert_eq!(told("why a in (prereqs c)"), "c needs a");
    assert!(told("why x in (prereqs c)").starts_with("c needs x or what can be taken instead"));
    assert!(told("why x in (prereqs c)").contains("one of x, y suffices"));
    assert_eq!(told("why a in (prereqs d)"), "a is recommended for d to e, not required");
    assert!(told("why d in (prereqs a)").contains("no chain of requirements leads from"));
    assert!(told("why a in (prereqs c depth 1)").contains("2 steps away"));
    // The stage, or the operator, that drops a node says so.
    assert!(told("why a in (prereqs c then limit 1 then offset 1)").contains("drops a"));
    assert!(told("why a in (prereqs c except a)").contains("`except` takes a away"));
    assert!(told("why a in (prereqs c intersect x)").contains("not every side of `intersect`"));
}
