//! Laws of the language: canonical text, sets, stages, what-if against a rebuilt graph,
//! bottlenecks against their definition.

mod support;

use opsatlas::answer::{Body, Set};
use opsatlas::diagnostic::Text;
use opsatlas::graph::{Atlas, NodeIndex};
use opsatlas::query::{STAGES, Session, Statement, VERBS, parse};
use opsatlas::render::{FORMATS, Look};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeSet;

const SCHEMA: &str = r#"{"atlas": 1, "schema": {
  "kinds": {"stone": {"milestone": true}, "thing": {}},
  "relations": {
    "needs": {"prerequisite": "target"},
    "gives": {"prerequisite": "source", "strength": "recommended", "owns": true},
    "way": {"prerequisite": "source", "route": true},
    "door": {"prerequisite": "none", "route": true, "entry": true},
    "near": {"prerequisite": "none"}
  }}}"#;
const RELATIONS: [&str; 5] = ["needs", "gives", "way", "door", "near"];
const COUNT: usize = 9;

type Arc = (usize, usize, usize);

fn nodes(without: &BTreeSet<usize>) -> Vec<Value> {
    let there = (0..COUNT).filter(|at| !without.contains(at));
    there
        .map(|at| {
            let kind = if at % 3 == 0 { "stone" } else { "thing" };
            let mut node =
                json!({"id": format!("n{at}"), "kind": kind, "properties": {"size": at}});
            if at % 4 == 1 {
                node["properties"] = json!({});
            }
            node
        })
        .collect()
}

fn edges(arcs: &[Arc]) -> Vec<Value> {
    let edge = |(from, relation, to): &Arc| json!({"from": format!("n{from}"), "kind": RELATIONS[*relation], "to": format!("n{to}")});
    arcs.iter().map(edge).collect()
}

fn built(without: &BTreeSet<usize>, arcs: &[Arc], added: &[Arc]) -> Atlas {
    let random = json!({"atlas": 1, "nodes": nodes(without), "edges": edges(arcs)}).to_string();
    let what_if = json!({"atlas": 1, "edges": edges(added)}).to_string();
    Atlas::from_texts([
        ("schema.json", SCHEMA.to_owned()),
        ("random.json", random),
        ("what-if.json", what_if),
    ])
    .expect("a valid graph")
}

fn arc() -> impl Strategy<Value = Arc> {
    (0..COUNT, 0..RELATIONS.len(), 0..COUNT)
}

fn set(atlas: &Atlas, query: &str) -> Vec<NodeIndex> {
    match atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}")).body {
        Body::Set(Set { nodes, .. }) => nodes,
        _ => panic!("{query} is no set"),
    }
}

/// The answer's JSON without the query itself.
fn answer(atlas: &Atlas, query: &str) -> Value {
    let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    let json = FORMATS.iter().find(|format| format.name == "json").expect("a format");
    let bytes = (json.write)(&answer, &Look::plain("")).expect("JSON");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// A query's shape without places.
fn bare(text: &str) -> Option<(String, String)> {
    let statement = Statement::whole(&Text::new("query", text));
    let query = parse(&statement).ok()?;
    let mut shape = format!("{query:?}");
    while let Some(at) = shape.find("span: ") {
        let end = at + 6 + shape[at + 6..].find([' ', ',']).unwrap_or(0);
        shape.replace_range(at..end, "");
    }
    Some((shape, query.to_string()))
}

/// Whether what parses of these texts parses back to the same; texts that are no queries say
/// nothing, so enough of them must be.
fn parse_back(texts: &'static str, least: usize) {
    let parsed = Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(512));
    let outcome = runner.run(&texts, |text| {
        if let Some((shape, canonical)) = bare(&text) {
            parsed.set(parsed.get() + 1);
            let (same, twice) = bare(&canonical)
                .ok_or_else(|| TestCaseError::fail(format!("{text} became {canonical}")))?;
            prop_assert_eq!(shape, same, "{} became {}", text, canonical);
            prop_assert_eq!(canonical, twice);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|fault| panic!("{fault}"));
    assert!(parsed.get() >= least, "only {} of 512 texts were queries", parsed.get());
}

#[test]
fn canonical_text_parses_to_the_same_query() {
    parse_back(
        "((let x = )?(with ?\\{ ?-a; \\+a r \"b c\" ?\\} )?)?(a|\"b \\\\\"c\"|'d'|@x|path|then|to|->|,|\\(a\\)|\\(a - b then count\\)| then where | then sort by | and | or | not | in \\(1, x\\)| is null| is not null| contains | starts with |`e f`|\\?g|=|<>|<=| \\+ | - |\\*|/|%|3|0\\.50|1e3|true|null| union | \\+ | - | & |\\(|\\)| ){1,14}",
        20,
    );
}

#[test]
fn conditions_parse_back() {
    parse_back(
        "a then where (not |-|\\()?(a|`b-c`|3|\"x\")( and | or | = | < | \\+ | - | \\* | contains )(not |\\()?(a|\\?b|4|null)(\\))?( and | or | <> | / )(a|-5|\\(a or b\\))( is null| in \\(1\\)|\\))?",
        100,
    );
}

#[test]
fn every_example_parses_back() {
    let verbs = VERBS.iter().map(|verb| verb.example);
    for example in verbs.chain(STAGES.iter().map(|stage| stage.example)) {
        let (shape, canonical) = bare(example).expect(example);
        assert_eq!(
            bare(&canonical),
            Some((shape, canonical.clone())),
            "{example} became {canonical}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// A comment keeps a statement from being read without the grammar.
    #[test]
    fn plain_statements_are_what_the_grammar_says(
        text in "(a|A_1|b-c|b-|x\\.y|x\\._|a/b|9|é|aé|-é|\"b c\"|'d'|\"é\"|\"|'|\\\\|->|-|,|then|Then|thens|where|with|let|=|union|except|intersect|\\+|@x|\\?|\\(|\\)|\\||;|\t|\r|\n|\u{a0}| | | | ){0,12}",
    ) {
        let read = |text: String| parse(&Statement::whole(&Text::new("query", text))).ok();
        prop_assert_eq!(read(text.clone()), read(format!("{text} /**/")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn sets_obey_their_laws(arcs in vec(arc(), 0..24), a in 0..COUNT, b in 0..COUNT) {
        let atlas = built(&BTreeSet::new(), &arcs, &[]);
        let (left, right) = (format!("prereqs n{a}"), format!("unlocks n{b}"));
        let (l, r) = (set(&atlas, &left), set(&atlas, &right));
        let kept: Vec<NodeIndex> = l.iter().filter(|node| r.contains(node)).copied().collect();
        prop_assert_eq!(set(&atlas, &format!("{left} intersect {right}")), kept.clone());
        let gone: Vec<NodeIndex> = l.iter().filter(|node| !r.contains(node)).copied().collect();
        prop_assert_eq!(set(&atlas, &format!("{left} except {right}")), gone.clone());
        let new = r.iter().filter(|node| !l.contains(node));
        let joined: Vec<NodeIndex> = l.iter().chain(new).copied().collect();
        prop_assert_eq!(set(&atlas, &format!("{left} + {right}")), joined);
        // Intersect binds tighter, union and except from the left.
        let mixed = set(&atlas, &format!("{left} except {left} & {right} union n{a}"));
        let bracketed = set(&atlas, &format!("(({left}) except (({left}) & ({right}))) union (n{a})"));
        prop_assert_eq!(mixed, bracketed);
        prop_assert_eq!(set(&atlas, &format!("({left}) then limit 2")), l.iter().take(2).copied().collect::<Vec<_>>());
        prop_assert_eq!(set(&atlas, &format!("{left} then offset 1")), l.iter().skip(1).copied().collect::<Vec<_>>());
    }

    #[test]
    fn a_condition_its_negation_and_the_unknown_part_a_set(limit in 0..COUNT, arcs in vec(arc(), 0..20)) {
        let atlas = built(&BTreeSet::new(), &arcs, &[]);
        let all = set(&atlas, "prereqs nodes");
        for condition in [
            format!("size > {limit}"),
            format!("size > {limit} and kind = stone"),
            format!("size in ({limit}, 1) or kind = stone"),
            format!("size * 2 - 1 = {limit}"),
        ] {
            let holds = set(&atlas, &format!("prereqs nodes then where {condition}"));
            let fails = set(&atlas, &format!("prereqs nodes then where not ({condition})"));
            let in_order: Vec<NodeIndex> = all.iter().filter(|node| holds.contains(node)).copied().collect();
            prop_assert_eq!(&holds, &in_order, "a filter keeps the order");
            for node in &all {
                let size = node.index();
                let missing = size % 4 == 1;
                let known = !missing || condition.contains("kind");
                prop_assert!(known || (!holds.contains(node) && !fails.contains(node)));
                prop_assert!(!(holds.contains(node) && fails.contains(node)));
                prop_assert!(missing || holds.contains(node) || fails.contains(node));
            }
        }
        let sizes = set(&atlas, "nodes then where size is null");
        prop_assert!(sizes.iter().all(|node| node.index() % 4 == 1));
        let sorted = set(&atlas, "nodes then sort by size desc");
        let expected: Vec<usize> = (0..COUNT).rev().filter(|at| at % 4 != 1).chain((0..COUNT).filter(|at| at % 4 == 1)).collect();
        prop_assert_eq!(sorted.iter().map(|node| node.index()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_if_answers_as_a_rebuilt_graph_does(
        arcs in vec(arc(), 1..24),
        added in vec(arc(), 0..4),
        removed in vec(any::<prop::sample::Index>(), 0..3),
        gone in prop::option::of(6..COUNT),
    ) {
        let base = built(&BTreeSet::new(), &arcs, &[]);
        let dropped: BTreeSet<Arc> = removed.iter().map(|at| arcs[at.index(arcs.len())]).collect();
        let without: BTreeSet<usize> = gone.into_iter().collect();
        let stays = |(from, _, to): &Arc| !without.contains(from) && !without.contains(to);
        let kept: Vec<Arc> = arcs.iter().filter(|arc| !dropped.contains(arc) && stays(arc)).copied().collect();
        let more: Vec<Arc> = added.iter().filter(|arc| stays(arc)).copied().collect();
        // A relation that is nowhere used is still in the schema.
        let rebuilt = built(&without, &kept, &more);
        let mut changes: Vec<String> = Vec::new();
        for (sign, list) in [("-", dropped.iter().copied().collect::<Vec<Arc>>()), ("+", more)] {
            changes.extend(list.iter().map(|(from, relation, to)| format!("{sign}n{from} {} n{to}", RELATIONS[*relation])));
        }
        changes.extend(without.iter().map(|node| format!("-n{node}")));
        let with = format!("with {{ {} }}", changes.join("; "));
        for query in [
            "prereqs n0, n1", "unlocks n2", "path n0 -> n1", "paths n0 -> n2 limit 20", "near n3 depth 2", "nodes",
            "stones of n1", "rank nodes by degree", "rank nodes by prereqs", "bottlenecks n0 -> n4", "prereqs n5 required only",
            "check", "relations", "show n0", "path n0 -> n4 via n3 shortest",
        ] {
            let (mut now, mut then) = (answer(&base, &format!("{with} {query}")), answer(&rebuilt, query));
            if query == "check" {
                // Where a repeated edge stands differs: one has no place.
                for value in [&mut now, &mut then] {
                    for row in value["rows"].as_array_mut().expect("rows") {
                        row.as_array_mut().expect("a row").truncate(4);
                    }
                }
            }
            prop_assert_eq!(now, then, "{} {}", with, query);
        }
    }

    #[test]
    fn bottlenecks_are_the_nodes_that_no_path_avoids(arcs in vec(arc(), 0..24), a in 0..COUNT, b in 0..COUNT) {
        let atlas = built(&BTreeSet::new(), &arcs, &[]);
        let leads = |avoid: Option<usize>| {
            let avoid = avoid.map_or(String::new(), |node| format!(" avoid n{node}"));
            atlas.query(&format!("path n{a} -> n{b}{avoid}")).expect("valid").count() > 0
        };
        let expected: Vec<usize> = (0..COUNT).filter(|node| leads(None) && !leads(Some(*node))).collect();
        let found = set(&atlas, &format!("bottlenecks n{a} -> n{b}"));
        prop_assert_eq!(found.iter().map(|node| node.index()).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn ranks_are_the_sizes_of_closures() {
    let atlas = Atlas::built_in();
    let answer = atlas.query("rank tools by unlocks").expect("valid");
    let Body::Table(table) = &answer.body else { panic!("a table") };
    assert!(table.rows.len() > 20);
    for row in &table.rows {
        let id = row[0].as_str().expect("an id");
        let unlocked = atlas.query(&format!("unlocks {id}")).expect("valid").count();
        assert_eq!(row[3].as_u64(), Some(unlocked as u64), "{id}");
    }
    let degrees: Vec<u64> = table.rows.iter().filter_map(|row| row[3].as_u64()).collect();
    assert!(degrees.is_sorted_by(|a, b| a >= b));
}

#[test]
fn hostile_text_is_answered_in_linear_time_or_refused() {
    let atlas =
        Atlas::from_texts([("g.json", r#"{"atlas":1,"nodes":[{"id":"a"}]}"#)]).expect("valid");
    let many = 20_000;
    for (text, code) in [
        (format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000)), Some("too-deep")),
        (vec!["a"; many].join(" union "), None),
        (vec!["a"; many].join(", "), None),
        (format!("a then where {}", vec!["id = \"a\""; many].join(" and ")), None),
        (format!("a then where {}1 = 20001", "1 + ".repeat(many)), None),
        (format!("a then where {}true", "not ".repeat(many)), None),
        (format!("a then where {}1 = 1", "- ".repeat(many)), None),
        (format!("a then where {}true{}", "(".repeat(129), ")".repeat(129)), Some("too-deep")),
        (format!("a then where {}true{}", "(".repeat(128), ")".repeat(128)), None),
        (format!("with {{ {} }} a", "+a r a;".repeat(many)), Some("unknown-relation")),
        (format!("a{}", " then limit 1".repeat(many)), None),
        ("a".repeat(1 << 20), Some("unknown-name")),
        ("a ".repeat(1 << 19), Some("unknown-name")),
        (format!("`{}", "x".repeat(1 << 19)), Some("unclosed-quote")),
        ("((((((((((((((((a))))))))))))))) +".to_owned(), Some("unmatched-bracket")),
    ] {
        let shown: String = text.chars().take(40).collect();
        match atlas.query(&text) {
            Ok(answer) => assert!(code.is_none() && answer.count() > 0, "{shown}"),
            Err(problem) => assert_eq!(Some(problem.code), code, "{shown}: {}", problem.message),
        }
    }
}

#[test]
fn a_word_of_thousands_of_letters_can_be_typed() {
    // What is offered is asked for at each letter.
    let atlas = Atlas::built_in();
    let session = Session::new(&atlas);
    let began = std::time::Instant::now();
    for length in (0..20_000).step_by(200) {
        assert!(session.complete(&format!("prereqs zzz{}", "a".repeat(length))).offers.is_empty());
    }
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
    assert!(!session.complete("prereqs Kub").offers.is_empty());
}
