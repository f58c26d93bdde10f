//! Schedules of random plans against a twin that fills weeks drop by drop; calendars read by a
//! calendar library; charts, check lists, and what goes on from the last answer.

mod support;

use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use opsatlas::graph::Atlas;
use opsatlas::query::Session;
use opsatlas::render::{Format, Look};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{err, folder, out, run_in};

const SCHEMA: &str = r#"{"atlas": 1, "schema": {"kinds": {"unit": {"milestone": true}},
  "relations": {"needs": {"prerequisite": "target"}}}}"#;

/// What is asked about: a goal that needs all lessons, each of which may need earlier ones, and may
/// need a later one too, so that they can only be learned together.
fn course(hours: &[u32], needs: &[(prop::sample::Index, prop::sample::Index)]) -> Atlas {
    let lesson = |(at, hours): (usize, &u32)| json!({"id": format!("l{at}"), "properties": {"hours": f64::from(*hours) / 4.0}});
    let mut nodes: Vec<Value> = hours.iter().enumerate().map(lesson).collect();
    nodes.push(json!({"id": "goal", "kind": "unit"}));
    let count = hours.len();
    let mut edges: Vec<Value> = (0..count)
        .map(|at| json!({"from": "goal", "to": format!("l{at}"), "kind": "needs"}))
        .collect();
    let mut known = std::collections::BTreeSet::new();
    for (a, b) in needs {
        let (from, to) = (a.index(count), b.index(count));
        if from != to && known.insert((from, to)) {
            edges
                .push(json!({"from": format!("l{from}"), "to": format!("l{to}"), "kind": "needs"}));
        }
    }
    let text = json!({"atlas": 1, "nodes": nodes, "edges": edges}).to_string();
    Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("course.json", text)]).expect("valid")
}

fn asked(atlas: &Atlas, query: &str) -> Value {
    let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    let bytes = Format::named("json").expect("a format").write(&answer).expect("JSON");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// A quarter of an hour after the other, each in the week that has room.
fn twin(steps: &[(String, u64)], each: u64) -> Vec<(u64, String, u64, u64)> {
    let (mut rows, mut done): (Vec<(u64, String, u64, u64)>, u64) = (Vec::new(), 0);
    for (name, quarters) in steps {
        if *quarters == 0 {
            rows.push((done.max(1).div_ceil(each), name.clone(), 0, done));
        }
        for at in 0..*quarters {
            let week = done / each + 1;
            done += 1;
            match rows.last_mut() {
                Some(row) if at > 0 && row.0 == week => (row.2, row.3) = (row.2 + 1, done),
                _ => rows.push((week, name.clone(), 1, done)),
            }
        }
    }
    rows
}

fn quarters(value: &Value) -> u64 {
    (value.as_f64().expect("a number") * 4.0) as u64
}

/// The steps of a plan with what each takes, from its JSON.
fn steps(plan: &Value) -> Vec<(String, u64)> {
    let nodes = plan["nodes"].as_array().expect("nodes");
    let hours = |id: &Value| {
        let node = nodes.iter().find(|node| node["id"] == *id).expect("a node");
        node["properties"].get("hours").map_or(0, quarters)
    };
    let steps = plan["steps"].as_array().expect("steps").iter();
    steps
        .map(|step| {
            let ids = step["nodes"].as_array().expect("ids");
            let names: Vec<&str> = ids.iter().filter_map(Value::as_str).collect();
            (names.join(" + "), ids.iter().map(hours).sum())
        })
        .collect()
}

fn name(step: &Value) -> String {
    let list = step.as_array().cloned().unwrap_or_else(|| vec![step.clone()]);
    list.iter().filter_map(Value::as_str).collect::<Vec<&str>>().join(" + ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_schedule_is_what_its_twin_has(
        hours in vec(0u32..30, 1..9),
        needs in vec(any::<(prop::sample::Index, prop::sample::Index)>(), 0..8),
        each in 1u64..40,
    ) {
        let atlas = course(&hours, &needs);
        let wanted = twin(&steps(&asked(&atlas, "plan goal")), each);
        let query = format!("plan goal then schedule at {} from 2026-12-07", each as f64 / 4.0);
        let laid = asked(&atlas, &query);
        let rows = laid["rows"].as_array().expect("rows");
        let found: Vec<(u64, String, u64, u64)> = rows
            .iter()
            .map(|row| {
                let week = row[0].as_u64().expect("a week");
                (week, name(&row[3]), quarters(&row[4]), quarters(&row[5]))
            })
            .collect();
        prop_assert_eq!(&found, &wanted);
        let total: u64 = hours.iter().map(|hours| u64::from(*hours)).sum();
        prop_assert_eq!(quarters(&asked(&atlas, "plan goal then sum hours")["value"]), total);
        prop_assert_eq!(quarters(&asked(&atlas, &format!("{query} then sum hours"))["value"]), total);
    }

    #[test]
    fn no_week_is_fuller_than_it_must_be(
        hours in vec(0u32..30, 1..9),
        weeks in 1u64..20,
    ) {
        let atlas = course(&hours, &[]);
        let laid = asked(&atlas, &format!("plan goal then schedule in {weeks}"));
        let mut full = std::collections::BTreeMap::new();
        for row in laid["rows"].as_array().expect("rows") {
            let millionths = (row[2].as_f64().expect("a number") * 1e6).round() as u64;
            *full.entry(row[0].as_u64().expect("a week")).or_insert(0) += millionths;
        }
        let total: u64 = hours.iter().map(|hours| u64::from(*hours) * 250_000).sum();
        prop_assert_eq!(full.values().sum::<u64>(), total);
        prop_assert!(full.keys().all(|week| *week <= weeks));
        prop_assert!(full.values().all(|sum| *sum <= total.div_ceil(weeks)));
    }
}

/// Names that would break a calendar or a chart that is not careful.
const AWKWARD: &str = r#"{"atlas": 1, "schema": {"kinds": {"unit": {"milestone": true}},
  "relations": {"needs": {"prerequisite": "target"}}, "fields": {"cost": {"type": "number"}}},
  "nodes": [
    {"id": "a", "name": "Semicolons; commas, and \\ a # sign: 100 %", "properties": {"hours": 2.5, "cost": 10}},
    {"id": "b", "name": "日本語と👩‍💻、とても長い名前で、行が七十五オクテットを超えてしまうもの", "properties": {"hours": 4}},
    {"id": "c", "name": "A line\nBEGIN:VEVENT", "properties": {"hours": 1}},
    {"id": "d", "name": "Together", "properties": {"hours": 0.5}},
    {"id": "m", "kind": "unit", "name": "The unit"}],
  "edges": [
    {"from": "b", "to": "a", "kind": "needs"}, {"from": "c", "to": "b", "kind": "needs"},
    {"from": "c", "to": "d", "kind": "needs"}, {"from": "d", "to": "c", "kind": "needs"},
    {"from": "m", "to": "c", "kind": "needs"}]}"#;

fn awkward() -> Atlas {
    Atlas::from_texts([("awkward.json", AWKWARD.to_owned())]).expect("valid")
}

fn written(atlas: &Atlas, query: &str, format: &str) -> String {
    let answer = atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    let format = Format::named(format).expect("a format");
    let bytes = (format.write)(&answer, &Look::plain(query));
    let bytes = bytes.unwrap_or_else(|problem| panic!("{query}: {problem}"));
    String::from_utf8(bytes).expect("text")
}

fn events(text: &str) -> Vec<IcalEvent> {
    let calendars: Vec<IcalCalendar> =
        ical::IcalParser::new(text.as_bytes()).collect::<Result<_, _>>().expect("a calendar");
    assert_eq!(calendars.len(), 1);
    calendars.into_iter().flat_map(|calendar| calendar.events).collect()
}

fn property(event: &IcalEvent, name: &str) -> String {
    let found = event.properties.iter().filter(|property| property.name == name);
    let values: Vec<String> = found.filter_map(|property| property.value.clone()).collect();
    assert_eq!(values.len(), 1, "{name}");
    values[0].clone()
}

#[test]
fn a_calendar_is_read_by_a_calendar_library() {
    let text = written(&awkward(), "plan m then schedule at 3 from 2026-12-28", "ics");
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let events = events(&text);
    let told =
        |name: &str| -> Vec<String> { events.iter().map(|event| property(event, name)).collect() };
    assert_eq!(told("DTSTART"), ["20261228", "20270104", "20270111"]);
    assert_eq!(told("DTEND"), ["20270104", "20270111", "20270118"]);
    assert!(told("DTSTAMP").iter().all(|stamp| stamp == "20261228T000000Z"));
    let ids = told("UID");
    assert!(ids.iter().zip(&ids[1..]).all(|(a, b)| a != b));
    let first = &told("DESCRIPTION")[0];
    assert_eq!(
        first.split("\\n").next(),
        Some("Semicolons\\; commas\\, and \\\\ a # sign: 100 % (2.5 hours)")
    );
    assert!(told("SUMMARY")[2].contains("Together") && told("SUMMARY")[2].contains("BEGIN:VEVENT"));
    // Another pace and another day: the same events, moved.
    let other = written(&awkward(), "plan m then schedule at 3 from 2027-02-01 default 9", "ics");
    assert!(ids.iter().all(|id| other.contains(&format!("UID:{id}\r\n"))));
    // A week of it is a calendar too.
    let second = "plan m then schedule at 3 from 2026-12-28 then where week = 2";
    assert_eq!(written(&awkward(), second, "ics").matches("BEGIN:VEVENT\r\n").count(), 1);
}

#[test]
fn a_check_list_goes_week_by_week_and_ticks_what_is_known() {
    let list = written(&awkward(), "plan m knowing a then schedule at 3 from 2026-12-28", "md");
    let told: Vec<&str> = list.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(told[0..2], ["## Known", "- [x] Semicolons; commas, and \\\\ a \\# sign: 100 %"]);
    assert_eq!(told[2], "## Week 1 (2026-12-28 – 2027-01-03)");
    assert!(told[3].starts_with("- [ ] 日本語") && told[3].ends_with("(3 of 4 hours)"), "{list}");
    assert!(told[6].ends_with("+ Together (1.5 hours)"), "{list}");
    assert_eq!(told[7], "- [ ] The unit");
    let undated = written(&awkward(), "plan m then schedule in 1", "md");
    assert!(undated.starts_with("## Week 1\n\n- [ ] Semicolons"), "{undated}");
}

#[test]
fn charts_are_well_formed_and_name_every_step() {
    let query = "plan m then schedule at 3 from 2026-12-28";
    for (format, query) in [("svg", query), ("svg", "plan m then schedule in 2")] {
        let chart = written(&awkward(), query, format);
        let document = roxmltree::Document::parse(&chart).expect("XML");
        let bars = document
            .descendants()
            .filter(|node| node.attribute("class").is_some_and(|class| class.starts_with("bar ")));
        assert_eq!(bars.count(), 4, "{chart}");
        assert!(chart.contains("The unit") && chart.contains("prefers-color-scheme:dark"));
    }
    let page = written(&awkward(), query, "html");
    assert!(page.contains("<svg class=\"gantt\"") && page.contains("<td>2026-12-28</td>"));
    let chart = written(&awkward(), query, "mermaid");
    let wanted = [
        "gantt\n",
        "  section The unit\n",
        ", 2#46;5 hours :s1, 2026-12-28, 6d\n",
        ", 4 hours :s2, 2027-01-02, 11d\n",
        "  The unit :milestone, s4, 2027-01-15, 0d\n",
    ];
    wanted.iter().for_each(|piece| assert!(chart.contains(piece), "{piece:?} in {chart}"));
    assert!(!chart.contains("BEGIN:VEVENT"), "a colon would end a task's name: {chart}");
}

#[test]
fn what_cannot_be_laid_out_says_what_to_type() {
    let atlas = awkward();
    let problem = |query: &str| atlas.query(query).expect_err(query);
    let silent = problem("plan m then schedule at 3 by cost");
    assert_eq!(silent.code, "missing-value");
    assert_eq!(silent.suggestions(), ["plan m then schedule at 3 by cost default 1"]);
    assert!(silent.help.iter().any(|help| help == "without it: b, c, d"), "{silent:?}");
    let full = problem("plan m then schedule in 2 at 3 from 2026-12-28");
    assert_eq!(full.code, "too-full");
    for query in silent.suggestions().iter().chain(full.suggestions()) {
        assert!(atlas.query(query).is_ok_and(|answer| answer.count() > 0), "{query}");
    }
    for (query, code) in [
        ("plan m then schedule at 0", "bad-number"),
        ("plan m then schedule at much", "bad-number"),
        ("plan m then schedule at 0.0000001", "bad-number"),
        ("plan m then schedule in 0", "bad-number"),
        ("plan m then schedule in 1.5", "bad-number"),
        ("plan m then schedule at 0.001", "too-many"),
        ("plan m then schedule", "missing-operand"),
        ("plan m then schedule from 2026-12-07", "missing-operand"),
        ("plan m then schedule at 3 from 2026-02-30", "bad-date"),
        ("plan m then schedule at 3 from 9999-12-25", "bad-date"),
        ("plan m then schedule at 3 from tomorrow", "bad-date"),
        ("plan m knowing m then schedule at 3", "nothing-to-schedule"),
        ("m then where id = \"none\" then schedule at 3", "nothing-to-schedule"),
        ("m then count then schedule at 3", "wrong-shape"),
        ("plan m then schedule at 3 then schedule at 3", "wrong-shape"),
        ("plan m then schedule at -3", "unexpected"),
    ] {
        let problem = problem(query);
        assert_eq!(problem.code, code, "{query}");
        let told = !problem.help.is_empty() || !problem.suggestions().is_empty();
        assert!(told && problem.place.is_some(), "{query}: {problem:?}");
    }
}

#[test]
fn a_set_is_laid_out_as_it_stands() {
    let mut session = Session::new(&awkward());
    let names = |session: &mut Session, query: &str| -> Vec<Value> {
        let answer = session.ask(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
        answer.table().rows.iter().map(|row| row[1].clone()).collect()
    };
    let steps = names(&mut session, "ready for m then schedule at 6");
    assert_eq!(steps.len(), 1);
    let steps = names(&mut session, "b, d then sort by hours then schedule at 6");
    assert_eq!(steps[0], "Together");
    session.ask("plan m").expect("a plan");
    // What is learned together stays together where the rows of a plan are chosen.
    let steps = names(&mut session, "then where hours < 4 then schedule at 9");
    assert_eq!(steps.len(), 2, "{steps:?}");
    assert_eq!(steps[1].as_array().map(Vec::len), Some(2));
}

#[test]
fn stages_alone_go_on_from_the_last_answer_that_had_nodes() {
    let place = folder("going-on");
    std::fs::write(place.join("m.json"), AWKWARD).expect("written");
    let lines = "plan m\nthen sum hours\nkinds\n| where hours > 2\n| count\n@last then count\n\
                 let x = then limit 1\n@x then count\n";
    let output = run_in(&place, &["-g", "m.json", "-F", "csv"], lines);
    let told = out(&output);
    let values: Vec<&str> =
        told.lines().filter(|line| line.chars().all(|c| c.is_ascii_digit())).collect();
    assert_eq!(values, ["8", "2", "2", "1"], "{told}{}", err(&output));
    let output = run_in(&place, &["-g", "m.json", "then", "count"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no answer before this one had nodes"), "{}", err(&output));
}
