//! The right answers on graphs on which cost must not grow with the square: each is asked at a size at
//! which anything that grows so would not come to an end.

mod support;

use opsatlas::answer::{Answer, Body, Readiness};
use opsatlas::graph::Atlas;
use opsatlas::render::{FORMATS, Look};
use opsatlas::stop::NEVER;
use support::shapes::SHAPES;

fn graph(shape: &str, size: usize) -> Atlas {
    let shape = SHAPES.iter().find(|row| row.name == shape).expect("a shape");
    shape.graph(size).0
}

fn ask(atlas: &Atlas, query: &str) -> Answer {
    atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem:?}"))
}

fn written(answer: &Answer, format: &str) -> String {
    let format = FORMATS.iter().find(|row| row.name == format).expect("a format");
    String::from_utf8((format.write)(answer, &Look::plain("")).expect("written")).expect("UTF-8")
}

/// Of a table: the first column and the last one of its rows.
fn rows(answer: &Answer) -> Vec<(String, usize)> {
    let Body::Table(table) = &answer.body else { panic!("no table") };
    let row = |row: &Vec<serde_json::Value>| {
        let last = row.last().and_then(serde_json::Value::as_u64).expect("a number");
        (row[0].as_str().expect("an id").to_owned(), usize::try_from(last).expect("small"))
    };
    table.rows.iter().map(row).collect()
}

#[test]
fn each_node_of_a_row_is_ranked_by_what_lies_behind_it() {
    const COUNT: usize = 20_000;
    for shape in ["chain", "comb"] {
        let atlas = graph(shape, COUNT);
        let ranked = rows(&ask(&atlas, "rank nodes by unlocks"));
        assert_eq!(ranked[0], ("n0".to_owned(), COUNT - 1), "{shape}");
        assert_eq!(
            ranked.iter().find(|(id, _)| id == "n1").expect("there").1,
            match shape {
                "chain" => COUNT - 2,
                // Its own tooth, and the rest of the row with a tooth each.
                _ => 1 + 2 * (COUNT / 2 - 2),
            }
        );
        assert_eq!(ranked.last().expect("there").1, 0);
    }
    let ring = graph("ring", COUNT);
    assert!(rows(&ask(&ring, "rank nodes by prereqs")).iter().all(|row| row.1 == COUNT - 1));
    assert_eq!(ask(&ring, "ready limit 100000").count(), COUNT);
    // A rung and the post above it for each three.
    let ladder = rows(&ask(&graph("ladder", 3_001), "rank nodes by unlocks"));
    assert_eq!(ladder[0], ("n0".to_owned(), 3_000));
    assert_eq!(ladder.iter().find(|(id, _)| id == "n1").expect("there").1, 2_998);
    let field = rows(&ask(&graph("grid", 900), "rank nodes by prereqs"));
    assert_eq!(field[0], ("n899".to_owned(), 899));
    // A corner of two rows and two columns.
    assert_eq!(field.iter().find(|(id, _)| id == "n31").expect("there").1, 3);
}

#[test]
fn plans_choose_once_or_often() {
    let one = graph("one choice", 5_000);
    assert_eq!(ask(&one, "plan n0").count(), 2);
    let often = graph("choices of two", 2_001);
    let answer = ask(&often, "plan n0");
    assert_eq!((answer.count(), answer.complete), (1_001, true));
}

#[test]
fn sources_disagree_or_not() {
    const COUNT: usize = 20_000;
    assert_eq!(ask(&graph("statements", COUNT), "disputes").count(), 0, "nobody says so");
    assert_eq!(ask(&graph("cited statements", COUNT), "disputes").count(), 0, "one says all");
    assert_eq!(ask(&graph("sources", COUNT), "sources").count(), COUNT);
}

#[test]
fn nodes_of_one_name_are_told_apart_by_their_ids() {
    let atlas = graph("one name", 20_000);
    let page = written(&ask(&atlas, "nodes"), "table");
    assert_eq!(page.lines().filter(|line| line.starts_with("Same  n")).count(), 20_000);
}

#[test]
fn of_thousands_of_alternatives_some_are_told() {
    let answer = graph("one choice", 10_000);
    let answer = ask(&answer, "prereqs n0");
    // Itself left out, twelve of 9,999 are told.
    for (format, line) in
        [("tree", "or n10 or n100 or n1000 or"), ("md", "n10 or n100 or n1000 or")]
    {
        let text = written(&answer, format);
        assert!(text.contains(line) && text.contains("9986 more"), "{format}");
        assert!(text.len() < 3_000_000, "{} bytes of {format}", text.len());
    }
    let table = written(&answer, "table");
    assert!(table.contains("9986") && table.len() < 5_000_000, "{} bytes", table.len());
    let few = graph("one choice", 8);
    assert!(!written(&ask(&few, "prereqs n0"), "table").contains(" more"));
}

#[test]
fn listed_paths_have_half_a_million_nodes_at_most() {
    let ladder = graph("ladder", 30_001);
    let answer = ask(&ladder, "paths n0 -> n30000 limit 200");
    // 20,001 nodes on each.
    assert_eq!((answer.count(), answer.complete), (24, false));
    assert!(answer.notes[0].starts_with("stopped at 24 paths"), "{:?}", answer.notes);
    assert!(ask(&ladder, "paths n0 -> n30000 limit 20").complete);
}

#[test]
fn many_paths_of_a_complete_graph() {
    let atlas = graph("clique", 60 * 30);
    let answer = ask(&atlas, "paths n0 -> n59 limit 2000");
    let lengths: Vec<usize> = answer.paths().iter().map(|path| path.hops.len()).collect();
    // One directly, one by way of each other node, then by way of two, first by ids.
    assert_eq!(lengths[..60], [vec![1], vec![2; 58], vec![3]].concat());
    assert!(lengths[59..].iter().all(|length| *length == 3));
    let last: Vec<usize> = answer.paths()[59].nodes.iter().map(|node| node.index()).collect();
    let ids: Vec<&str> = last
        .iter()
        .map(|at| atlas.node(opsatlas::graph::NodeIndex::new(*at)).id.as_str())
        .collect();
    assert_eq!(ids, ["n0", "n1", "n10", "n59"]);
}

#[test]
fn a_plan_of_everything_is_drawn_when_cut_short() {
    const COUNT: usize = 100_000;
    // In a chain all but the last are passed by others; in a ring all are learned together.
    for (shape, goals) in [("chain", 1), ("ring", COUNT)] {
        let atlas = graph(shape, COUNT);
        let answer = ask(&atlas, "plan nodes");
        let picture = answer.picture(&NEVER).expect("a picture");
        assert_eq!(picture.nodes.len(), COUNT, "{shape}");
        let goal = picture.nodes.iter().filter(|node| node.readiness == Some(Readiness::Goal));
        assert_eq!(goal.count(), goals, "{shape}");
        let brief = answer.brief(20);
        assert_eq!(brief.picture(&NEVER).expect("a picture").nodes.len(), 20, "{shape}");
    }
}

#[test]
fn what_nobody_could_read_is_refused_before_it_is_parted() {
    let svg = FORMATS.iter().find(|row| row.name == "svg").expect("a format");
    for (shape, query) in [
        ("chain", "plan n29999"),
        ("chain", "prereqs n29999"),
        ("chain", "nodes"),
        ("comb", "prereqs nodes"),
        ("one choice", "prereqs n0"),
    ] {
        let answer = ask(&graph(shape, 30_000), query);
        let problem = (svg.write)(&answer, &Look::plain(query)).expect_err(query);
        assert_eq!(problem.code, "too-large", "{query} of {shape}");
    }
}
