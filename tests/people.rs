//! What people know, against naive twins on random graphs: what can stand in for what, who knows
//! which step of a plan, how far one is.

mod support;

use opsatlas::answer::{Answer, Body, Table};
use opsatlas::graph::Atlas;
use opsatlas::query::Session;
use opsatlas::render::{FORMATS, Look};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::{err, folder, out, run_in};

const SCHEMA: &str = r#"{"atlas": 1, "schema": {"kinds": {"stage": {"milestone": true}},
  "relations": {"needs": {"prerequisite": "target"},
  "instead": {"prerequisite": "none", "alternative": true}}}}"#;

type Ids = BTreeSet<String>;

/// A random graph as its own file says it: who needs whom, in which group; who is tied to whom.
#[derive(Debug, Clone)]
struct Facts {
    count: usize,
    hours: Vec<Option<u8>>,
    /// Dependent, need, group, and whether it is only recommended.
    needs: Vec<(usize, usize, Option<u8>, bool)>,
    ties: Vec<(usize, usize)>,
}

fn id(at: usize) -> String {
    format!("n{at}")
}

fn facts() -> impl Strategy<Value = Facts> {
    (4..11usize).prop_flat_map(|count| {
        // Who needs something stands behind it, but now and then the other way round.
        let edge = (0..count, 0..count, prop::option::of(0..2u8), 0..8u8, 0..5u8);
        let tie = (0..count, 0..count);
        (vec(edge, 0..count * 2), vec(tie, 0..3), vec(prop::option::of(0..9u8), count)).prop_map(
            move |(edges, ties, hours)| {
                let needs = edges.into_iter().filter(|(a, b, ..)| a != b);
                let needs = needs.map(|(a, b, group, turned, soft)| {
                    let (high, low) = (a.max(b), a.min(b));
                    let ends = if turned == 0 { (low, high) } else { (high, low) };
                    (ends, (group, soft == 0))
                });
                let needs: BTreeMap<_, _> = needs.collect();
                let needs =
                    needs.into_iter().map(|((from, to), (group, soft))| (from, to, group, soft));
                let ties = ties.into_iter().filter(|(a, b)| a != b).collect();
                Facts { count, hours, needs: needs.collect(), ties }
            },
        )
    })
}

impl Facts {
    fn atlas(&self) -> Atlas {
        let nodes = (0..self.count).map(|at| {
            let hours = self.hours[at].map_or(json!({}), |hours| json!({"hours": hours}));
            let kind = if at % 4 == 3 { "stage" } else { "thing" };
            json!({"id": id(at), "kind": kind, "properties": hours})
        });
        let needs = self.needs.iter().map(|(from, to, group, soft)| {
            let mut properties =
                group.map_or(json!({}), |group| json!({"any-of": format!("g{group}")}));
            if *soft {
                properties["strength"] = "recommended".into();
            }
            json!({"from": id(*from), "to": id(*to), "kind": "needs", "properties": properties})
        });
        let ties = self.ties.iter().collect::<BTreeSet<_>>().into_iter();
        let ties = ties.map(|(a, b)| json!({"from": id(*a), "to": id(*b), "kind": "instead"}));
        let edges: Vec<Value> = needs.chain(ties).collect();
        let text = json!({"atlas": 1, "nodes": nodes.collect::<Vec<Value>>(), "edges": edges});
        Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("random.json", text.to_string())])
            .expect("a random graph is valid")
    }

    fn tied(&self, a: usize, b: usize) -> bool {
        self.ties.contains(&(a, b)) || self.ties.contains(&(b, a))
    }

    /// What a node asks for: sets of which one member each suffices, and whether that is required.
    fn clauses(&self, dependent: usize) -> Vec<(Ids, bool)> {
        let own: Vec<_> = self.needs.iter().filter(|(from, ..)| *from == dependent).collect();
        let mut clauses: BTreeSet<(Ids, bool)> = BTreeSet::new();
        for (_, need, group, _) in &own {
            let mut clause = BTreeSet::from([*need]);
            for _ in &own {
                let same = |(_, other, of, _): &&&(usize, usize, Option<u8>, bool)| match group {
                    Some(_) => of == group,
                    None => of.is_none() && clause.iter().any(|one| self.tied(*one, *other)),
                };
                let more: Vec<usize> =
                    own.iter().filter(same).map(|(_, other, ..)| *other).collect();
                clause.extend(more);
            }
            let hard = own.iter().any(|(_, need, of, soft)| {
                let inside = clause.contains(need) && (of == group);
                inside && !soft
            });
            clauses.insert((clause.into_iter().map(id).collect(), hard));
        }
        clauses.into_iter().collect()
    }

    fn all_clauses(&self) -> Vec<(String, Ids, bool)> {
        let of = |at: usize| {
            let clauses = self.clauses(at).into_iter();
            clauses.map(move |(clause, required)| (id(at), clause, required))
        };
        (0..self.count).flat_map(of).collect()
    }

    /// What can stand in for a node.
    fn instead(&self, node: usize) -> Ids {
        let own = id(node);
        let clauses = self.all_clauses().into_iter().map(|(_, clause, _)| clause);
        let options = clauses.filter(|clause| clause.contains(&own)).flatten();
        let ties = (0..self.count).filter(|other| self.tied(node, *other)).map(id);
        options.chain(ties).filter(|other| *other != own).collect()
    }
}

fn ids(answer: &Answer) -> Vec<String> {
    answer.nodes().iter().map(|node| answer.atlas.node(*node).id.clone()).collect()
}

fn set(atlas: &Atlas, query: &str) -> Ids {
    ids(&atlas.query(query).unwrap_or_else(|problem| panic!("{query}: {problem:?}")))
        .into_iter()
        .collect()
}

fn table(session: &mut Session, query: &str) -> Table {
    let answer = session.ask(query).unwrap_or_else(|problem| panic!("{query}: {problem:?}"));
    let Body::Table(table) = answer.body else { panic!("no table") };
    table
}

fn list(of: &[usize]) -> String {
    of.iter().map(|at| id(*at)).collect::<Vec<String>>().join(", ")
}

/// Where somebody stands with a step, by what that means.
fn standing(facts: &Facts, atlas: &Atlas, goals: &Ids, steps: &[Ids], knows: &str) -> Vec<String> {
    let known = set(atlas, &format!("must {knows}"));
    let listed = known.iter().cloned().collect::<Vec<String>>().join(", ");
    let ready = set(atlas, &format!("ready knowing only {listed} limit 1000"));
    let planned: Ids = steps.iter().flatten().cloned().collect();
    let asked: Vec<(String, Ids, bool)> =
        facts.all_clauses().into_iter().filter(|(by, ..)| planned.contains(by)).collect();
    // Known options of the clauses that ask for a node, if each of those has one that is still to
    // learn and requires it.
    let others = |node: &String| -> Option<Ids> {
        let own = asked.iter().filter(|(_, clause, _)| clause.contains(node));
        let (mut others, mut met) = (Ids::new(), !goals.contains(node));
        for (by, clause, required) in own {
            let has: Ids = clause.intersection(&known).cloned().collect();
            met &= !has.is_empty() || known.contains(by) || !required;
            others.extend(has);
        }
        (met && !others.is_empty()).then_some(others)
    };
    let of = |step: &Ids| {
        let mut instead = Ids::new();
        let mut open = Vec::new();
        for node in step.difference(&known) {
            match others(node) {
                Some(others) => instead.extend(others),
                None => open.push(node),
            }
        }
        if !open.is_empty() {
            let alone = |node: &String| !facts.all_clauses().iter().any(|(by, ..)| by == node);
            let ready = open.iter().all(|node| ready.contains(*node) || alone(node));
            return if ready { "ready" } else { "missing" }.to_owned();
        }
        let mut instead: Vec<usize> =
            instead.iter().map(|id| id[1..].parse().expect("a number")).collect();
        // As the graph orders ids.
        instead.sort_by_key(|at| id(*at));
        if instead.is_empty() { "known".to_owned() } else { format!("known ({})", list(&instead)) }
    };
    steps.iter().map(of).collect()
}

fn steps(atlas: &Atlas, goals: &str) -> Vec<Ids> {
    let answer = atlas.query(&format!("plan {goals}")).expect("an answer");
    let Body::Plan(plan) = answer.body else { panic!("no plan") };
    let names = |step: &Vec<_>| step.iter().map(|node| atlas.node(*node).id.clone()).collect();
    plan.made.steps.iter().map(names).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_can_stand_in_is_what_the_facts_say(facts in facts()) {
        let atlas = facts.atlas();
        for node in 0..facts.count {
            let found = atlas.query(&format!("alternatives of {}", id(node))).expect("an answer");
            let found_ids: Ids = ids(&found).into_iter().collect();
            prop_assert_eq!(&found_ids, &facts.instead(node));
            let sorted: Vec<String> = found_ids.iter().cloned().collect();
            prop_assert_eq!(ids(&found), sorted);
            for other in (0..facts.count).map(id) {
                let asked = |not: &str| {
                    let query = format!("why {not}{other} in (alternatives of {})", id(node));
                    atlas.query(&query).expect("an answer")
                };
                let told = found_ids.contains(&other);
                for not in ["", "not "] {
                    let notes = asked(not).notes.iter().map(ToString::to_string).collect::<String>();
                    prop_assert_eq!(!notes.contains("no source says that"), told, "{}", notes);
                }
            }
        }
        let two = set(&atlas, "alternatives of n0, n1");
        prop_assert_eq!(two, facts.instead(0).union(&facts.instead(1)).cloned().collect::<Ids>());
    }

    #[test]
    fn a_matrix_tells_where_each_stands_and_progress_adds_it_up(
        facts in facts(),
        goals in vec(0..4usize, 1..3),
        ann in vec(0..4usize, 1..3),
        bo in vec(0..4usize, 1..4),
    ) {
        let atlas = facts.atlas();
        let within = |picks: &[usize]| -> Vec<usize> {
            let places = picks.iter().map(|pick| (pick * 7 + 3) % facts.count);
            places.collect::<BTreeSet<usize>>().into_iter().collect()
        };
        let goals: Vec<usize> =
            goals.iter().map(|pick| facts.count - 1 - pick).collect::<BTreeSet<_>>().into_iter().collect();
        let (goals_in_words, [ann, bo]) = (list(&goals), [list(&within(&ann)), list(&within(&bo))]);
        let goal_ids: Ids = goals.iter().map(|at| id(*at)).collect();
        let steps = steps(&atlas, &goals_in_words);
        let mut session = Session::new(&atlas);
        session.ask(&format!("let ann = {ann}")).expect("named");
        let found = table(&mut session, &format!("matrix {goals_in_words} for @ann, ({bo})"));
        prop_assert_eq!(&found.columns[..4], ["id", "step", "hours", "ann"]);
        if steps.is_empty() {
            prop_assert!(found.rows.is_empty());
            return Ok(());
        }
        prop_assert_eq!(found.rows.len(), steps.len() + 2);
        let hours = |step: &Ids| -> Option<u64> {
            let said = step.iter().filter_map(|node| facts.hours[node[1..].parse::<usize>().expect("a number")]);
            let said: Vec<u64> = said.map(u64::from).collect();
            (!said.is_empty()).then(|| said.iter().sum())
        };
        let any = steps.iter().any(|step| hours(step).is_some());
        let sum = |of: &mut dyn Iterator<Item = &Ids>| {
            let sum: u64 = of.filter_map(hours).sum();
            if any { Value::from(sum) } else { Value::Null }
        };
        for (column, knows) in [(3, &ann), (4, &bo)] {
            let wanted = standing(&facts, &atlas, &goal_ids, &steps, knows);
            for ((row, step), wanted) in found.rows.iter().zip(&steps).zip(&wanted) {
                let listed = step.iter().cloned().collect::<Vec<String>>().join(", ");
                prop_assert_eq!(row[0].as_str(), Some(listed.as_str()));
                prop_assert_eq!(row[column].as_str(), Some(wanted.as_str()));
                prop_assert_eq!(row[2].as_u64(), hours(step));
            }
            let open = |known: bool| {
                let of = steps.iter().zip(&wanted);
                let of = of.filter(move |(_, word)| word.starts_with("known") == known);
                of.map(|(step, _)| step)
            };
            let [left, in_hours] = [&found.rows[steps.len()], &found.rows[steps.len() + 1]];
            prop_assert_eq!(&left[column], &Value::from(open(false).count()));
            prop_assert_eq!(&in_hours[column], &sum(&mut open(false)));
            let query = format!("progress {goals_in_words} knowing {knows}");
            let progress = table(&mut session, &query);
            let all = progress.rows.last().expect("a row");
            let counts = [steps.len(), open(true).count(), open(false).count()].map(Value::from);
            prop_assert_eq!(&all[1..4], counts);
            let sums = [sum(&mut steps.iter()), sum(&mut open(true)), sum(&mut open(false))];
            prop_assert_eq!(&all[4..], sums);
            // The rows of milestones are all of it, each step once.
            let (parts, last) = progress.rows.split_at(progress.rows.len() - 1);
            for at in (1..7).filter(|_| !parts.is_empty()) {
                let numbers = parts.iter().map(|row| row[at].as_u64().unwrap_or_default());
                prop_assert_eq!(numbers.sum::<u64>(), last[0][at].as_u64().unwrap_or_default());
            }
        }
    }
}

/// Three people and a role, as files.
fn team(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    for (file, knows) in [("ann.json", "docker"), ("bo.json", "podman"), ("me.json", "linux")] {
        let text = json!({"knows": 1, "items": [{"id": knows}]}).to_string();
        std::fs::write(folder.join(file), text).expect("written");
    }
    folder
}

#[test]
fn profiles_have_names_and_stand_beside_one_another() {
    let folder = team("people");
    let people = ["--me", "ann=ann.json", "--me", "bo=bo.json"];
    let ask = |more: &[&str]| run_in(&folder, &[&people[..], more].concat(), "");
    let csv = out(&ask(&["-F", "csv", "matrix kind for @ann, @bo"]));
    assert!(csv.starts_with("id,step,hours,ann,bo\n"), "{csv}");
    assert!(csv.contains("\ndocker,Docker,1.75,known,known (Podman)\n"), "{csv}");
    let chosen = "matrix kind for @ann, @bo then where ann = \"known\" and bo <> \"known\" then select id, bo";
    assert_eq!(out(&ask(&["-F", "csv", chosen])), "id,bo\ndocker,known (Podman)\n");
    let told: Value =
        serde_json::from_str(&out(&ask(&["-F", "json", "matrix kind for @ann, @bo"])))
            .expect("JSON");
    assert_eq!(told["columns"], json!(["id", "step", "hours", "ann", "bo"]));
    let page = out(&ask(&["-F", "html", "matrix kind for @ann, @bo then select id, bo, ann"]));
    for cell in ["<td class=\"known\">known (Podman)</td>", "<td class=\"missing\">missing</td>"] {
        assert!(page.contains(cell), "{page}");
    }
    let plain = out(&ask(&["-F", "md", "matrix kind for @ann, @bo"]));
    assert!(plain.contains("| docker | Docker | 1.75 | known | known (Podman) |"), "{plain}");
    let wrong = ask(&["matrix kind for @cy"]);
    assert!(err(&wrong).contains("--me cy=cy.json"), "{}", err(&wrong));
    let lost = run_in(&folder, &["--me", "cy=cy.json", "nodes then count"], "");
    assert_eq!(lost.status.code(), Some(1), "{}", err(&lost));
}

#[test]
fn the_profile_in_the_data_folder_changes_what_says_so_only() {
    let folder = folder("data");
    let ask = |arguments: &[&str], input: &str| run_in(&folder, arguments, input);
    let before = out(&ask(&["plan kind"], ""));
    let untold = ask(&["@me"], "");
    assert!(untold.status.code() == Some(2) && err(&untold).contains(".know NAME"));
    assert!(out(&ask(&[".know"], "")).starts_with("nothing is known yet"));
    let told = out(&ask(&["-c", ".know docker, linux; .forget linux"], ""));
    assert!(
        told.contains("known now: docker, linux") && told.contains("forgotten: linux"),
        "{told}"
    );
    assert!(folder.join("opsatlas/me.json").is_file());
    assert_eq!(out(&ask(&["plan kind"], "")), before, "it changes what does not say @me");
    assert!(out(&ask(&["plan kind knowing @me"], "")) != before);
    let progress = ask(&["-F", "csv", "progress kind"], "");
    assert!(err(&progress).contains("what `@me` knows counts"), "{}", err(&progress));
    assert_eq!(out(&progress), out(&ask(&["-F", "csv", "progress kind knowing docker"], "")));
    let piped = ask(&[], ".know git\n@me then select id\n.know\n");
    assert!(out(&piped).contains("docker\ngit\n"), "{}", out(&piped));
    assert!(out(&piped).contains("note: 2 entries in "), "{}", out(&piped));
}

#[test]
fn commands_stand_among_queries() {
    let folder = team("commands");
    let ask = |arguments: &[&str], input: &str| run_in(&folder, arguments, input);
    std::fs::write(folder.join("batch"), ".know git\n@me then count\n").expect("written");
    assert_eq!(out(&ask(&["--me", "new.json", "-f", "batch"], "")).lines().last(), Some("1"));
    let told = ask(&["--me", "new.json", "-F", "json", "-f", "batch"], "");
    let lines: Vec<Value> =
        out(&told).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["query"], ".know git");
    assert_eq!((&lines[0]["shape"], &lines[1]["value"]), (&json!("value"), &json!(1)));
    // A file that no command makes is wrong; in a pipe it may yet be made.
    assert_eq!(ask(&["--me", "none.json", "-c", "@me"], "").status.code(), Some(1));
    let piped = ask(&["--me", "none.json"], "@me then count\n.know git\n@me then count\n");
    assert_eq!(out(&piped).lines().next(), Some("0"));
    assert_eq!(err(&piped), "note: none.json is not there yet: nothing is known\n");
    for (command, instead) in [
        (".format csv", "`-F NAME`"),
        (".read x", "`-f FILE`"),
        (".quit", "ends by itself"),
        ("quit", "ends by itself"),
        (".history", "Up and Ctrl-R"),
        (".save x", "--save FILE"),
    ] {
        let refused = ask(&[command], "");
        assert_eq!(refused.status.code(), Some(2), "{command}");
        assert!(err(&refused).contains(instead), "{command}: {}", err(&refused));
    }
    for command in [&["help", "path"][..], &["path", "--help"], &[".help", "path"], &["?"]] {
        let told = ask(command, "");
        assert_eq!(told.status.code(), Some(0), "{command:?}: {}", err(&told));
        assert!(out(&told).contains("path A -> B") || command == ["?"], "{}", out(&told));
    }
    assert!(out(&ask(&["--help"], "")).contains("Words:\n"));
    assert!(out(&ask(&["docker", "--help"], "")).contains("Usage:"));
}

#[test]
fn an_empty_answer_can_end_the_run_with_a_code_of_its_own() {
    let code = |arguments: &[&str]| run_in(&support::root(), arguments, "").status.code();
    assert_eq!(code(&["--exit-status", "alternatives of git"]), Some(5));
    assert_eq!(code(&["alternatives of git"]), Some(0));
    assert_eq!(code(&["--exit-status", "alternatives of docker"]), Some(0));
    assert_eq!(code(&["--exit-status", "tools then where false then count"]).map(|_| ()), Some(()));
    assert_eq!(code(&["--exit-status", "path llmops -> docker"]), Some(5));
    // Of `check` nothing found is what was hoped for.
    assert_eq!(code(&["--exit-status", "check"]), Some(0));
    assert_eq!(
        code(&["--exit-status", "-c", "alternatives of git", "-c", "nodes then count"]),
        Some(5)
    );
}

#[test]
fn tables_of_people_are_written_in_every_format() {
    let atlas = Atlas::built_in();
    for query in [
        "progress kind knowing docker",
        "matrix kind for (must podman), docker",
        "alternatives of docker",
    ] {
        let answer = atlas.query(query).expect("an answer");
        for format in FORMATS {
            let look = Look::plain(query);
            let written = (format.write)(&answer, &look);
            let drawn = answer.shape().has_nodes();
            match written {
                Ok(bytes) => assert!(!bytes.is_empty(), "{query} as {}", format.name),
                Err(problem) => {
                    assert!(!drawn || format.name == "ics", "{}: {problem}", format.name);
                }
            }
        }
    }
}
