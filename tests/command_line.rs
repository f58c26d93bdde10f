//! The program as a user runs it: arguments, formats, files, exit codes, streams.

mod support;

use serde_json::Value;
use std::fs::File;
use std::io::Write;
use std::process::{Command, Stdio};
use support::{err, folder, out, root, run, run_in};

fn json(arguments: &[&str]) -> Value {
    let output = run(&[&["-F", "json"], arguments].concat());
    serde_json::from_str(&out(&output)).expect("one JSON object")
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect()
}

#[test]
fn words_quotes_and_operators_make_one_query() {
    let flagship = ["devops", "gitops", "mlops", "llmops"];
    for arguments in [
        &["path devops -> llmops"][..],
        &["path", "devops", "to", "llmops"],
        &["path", "devops", "->", "llmops"],
        &["--", "path", "devops", "->", "llmops"],
        &["path", "DevOps", "to", "LLM_Ops"],
        &["path 'devops' -> \"LLMOps\""],
    ] {
        assert_eq!(ids(&json(arguments)), flagship, "{arguments:?}");
    }
}

#[test]
fn an_argument_with_blanks_is_one_name_unless_it_is_query() {
    assert_eq!(json(&["show", "Argo CD"])["nodes"][0]["id"], "argo-cd");
    assert_eq!(json(&["show", "argo", "cd"])["nodes"][0]["id"], "argo-cd");
    assert_eq!(ids(&json(&["prereqs", "python", "union", "Argo CD"])), ["argo-cd"]);
    let unknown = run(&["prereqs", "no such thing"]);
    assert!(err(&unknown).contains("no node is called `no such thing`"));
}

#[test]
fn flags_stand_anywhere_and_misspelt_ones_are_told() {
    assert_eq!(ids(&json(&["tools", "of", "gitops"])), ["argo-cd", "flux-cd", "helm", "kustomize"]);
    let late = run(&["tools", "of", "gitops", "-F", "json"]);
    assert_eq!(out(&late), out(&run(&["-F", "json", "tools of gitops"])));
    let wrong = run(&["nodes", "--formt", "json"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("did you mean `--format`?"));
}

#[test]
fn wrong_flags_are_told_as_json_where_that_is_asked_for() {
    for flags in [
        &["-F", "json", "--nope"][..],
        &["--nope", "-Fjson"],
        &["--limit-rows", "x", "--format=json"],
        &["--layout", "zz", "--format", "json"],
    ] {
        let output = run(flags);
        let told: Value = serde_json::from_str(&out(&output)).expect("JSON");
        assert_eq!((&told["error"]["code"], output.status.code()), (&"bad-flag".into(), Some(2)));
        assert_eq!(err(&output), "", "{flags:?}");
    }
    assert!(out(&run(&["--nope", "-F", "csv"])).is_empty());
}

#[test]
fn help_on_no_word_tells_the_nearest() {
    let told = err(&run(&["help", "prereq"]));
    assert!(told.contains("did you mean `.help prereqs`?"), "{told}");
}

#[test]
fn exit_codes_are_as_promised() {
    let folder = folder("codes");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    write("bad.json", r#"{"atlas": 1, "nodes": [{"id": 1}]}"#);
    write(
        "ring.json",
        r#"{"atlas": 1, "schema": {"relations": {"needs": {"prerequisite": "target", "acyclic": true}}},
        "nodes": [{"id": "a"}], "edges": [{"from": "a", "kind": "needs", "to": "a"}]}"#,
    );
    for (arguments, code) in [
        (&["roles of gitops"][..], 0),
        (&["-g", "missing.json", "nodes"], 1),
        (&["prereqs nobody"], 2),
        (&["-g", "bad.json", "nodes"], 3),
        (&["-g", "ring.json", "check"], 0),
        (&["-g", "ring.json", "check", "--exit-status"], 3),
        (&["paths devops -> llmops limit 5", "--limit-paths", "1"], 4),
        (&["nodes", "--limit-rows", "3"], 4),
        (&["nodes then count", "--limit-rows", "3"], 0),
        (&["--version"], 0),
        (&["--help"], 0),
    ] {
        assert_eq!(run_in(&folder, arguments, "").status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn bad_data_leaves_standard_output_empty_and_tells_every_problem() {
    let folder = folder("all-problems");
    let text = "{\"atlas\": 1,\n \"nodes\": [{\"id\": \"a\"}, {\"id\": \"a\"}, {\"id\": \"é\", \"nmae\": 1}],\n \"edges\": [{\"from\": \"a\", \"kind\": \"r\", \"to\": \"b\"}]}";
    std::fs::write(folder.join("bad.json"), text).expect("written");
    let output = run_in(&folder, &["-g", "bad.json", "nodes"], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(out(&output).is_empty());
    for told in [
        "duplicate-id",
        "unknown-member",
        "dangling-end",
        "bad.json:2:32",
        "bad.json:2:50",
        "bad.json:3:45",
    ] {
        assert!(err(&output).contains(told), "{told} is missing in\n{}", err(&output));
    }
    let output = run_in(&folder, &["-F", "json", "-g", "bad.json", "nodes"], "");
    let error: Value = serde_json::from_str(&out(&output)).expect("one JSON object");
    assert_eq!(error["error"]["problems"].as_array().map(Vec::len), Some(3));
    assert_eq!((output.status.code(), err(&output).is_empty()), (Some(3), true));
}

#[test]
fn carets_stand_under_the_right_character() {
    for (query, column) in
        [("show é知😀\t! x", 10), ("path devops -> é", 16), ("prereqs 'é知😀', nobody", 9)]
    {
        let told = err(&run(&[query]));
        assert!(told.contains(&format!("query:1:{column}\n")), "{query}: {told}");
    }
    let told = err(&run(&["prereqs (知識, nobody"]));
    let lines: Vec<&str> = told.lines().collect();
    // Two wide characters, so the bracket's caret is where the bracket is.
    assert_eq!(lines[2].find('('), lines[3].find('^'), "{told}");
}

#[test]
fn a_batch_goes_on_after_errors_and_ends_with_the_worst_code() {
    let batch = "// comment\n\nnodes then count; prereqs nobody\nprereqs (helm,\n  kustomize) then count\nshow \"open\n(\nkinds";
    let output = run_in(&root(), &["-F", "json", "-f", "-"], batch);
    let lines: Vec<Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<String> = lines
        .iter()
        .map(|line| match line["error"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => line["shape"].as_str().expect("a shape").to_owned(),
        })
        .collect();
    assert_eq!(
        told,
        ["value", "unknown-name", "value", "unclosed-quote", "unmatched-bracket", "table"]
    );
    assert_eq!(lines[3]["error"]["line"], 6);
    assert_eq!(output.status.code(), Some(2));
    let bailed = run_in(&root(), &["-F", "json", "--bail", "-f", "-"], batch);
    assert_eq!(out(&bailed).lines().count(), 2);
    let ordered = run(&["-c", "nodes then count; kinds then count", "-c", "relations then count"]);
    assert_eq!(out(&ordered).lines().count(), 3);
    let piped = run_in(&root(), &[], "nodes then count\n");
    assert_eq!(
        out(&piped).trim().parse::<usize>().ok(),
        Some(json(&["nodes then count"])["value"].as_u64().expect("a number") as usize)
    );
}

#[test]
fn json_has_the_members_of_the_contract() {
    let members = |answer: &Value| -> Vec<String> {
        answer.as_object().expect("an object").keys().cloned().collect()
    };
    let mut common = vec!["complete", "count", "notes", "query", "shape", "version"];
    let with = |common: &mut Vec<&str>, more: &[&'static str]| -> Vec<String> {
        let mut all: Vec<String> = common.iter().chain(more).map(ToString::to_string).collect();
        all.sort();
        all
    };
    assert_eq!(members(&json(&["nodes"])), with(&mut common, &["nodes", "edges"]));
    assert_eq!(members(&json(&["show helm"])), with(&mut common, &["nodes", "edges"]));
    assert_eq!(members(&json(&["kinds"])), with(&mut common, &["columns", "rows"]));
    assert_eq!(members(&json(&["nodes then count"])), with(&mut common, &["value"]));
    let path = json(&["path devops -> llmops"]);
    assert_eq!(members(&path), with(&mut common, &["nodes", "edges", "paths", "shortest_count"]));
    let hops = path["paths"][0]["nodes"].as_array().expect("nodes");
    for (hop, edge) in path["paths"][0]["edges"].as_array().expect("edges").iter().enumerate() {
        let edge = &path["edges"][edge.as_u64().expect("an index") as usize];
        assert_eq!((&edge["from"], &edge["to"]), (&hops[hop], &hops[hop + 1]));
        assert_eq!(members(edge), ["from", "kind", "layer", "properties", "sources", "to"]);
    }
    assert_eq!(
        members(&path["nodes"][0]),
        ["aliases", "id", "kind", "layer", "name", "properties", "sources"]
    );
    assert!(path["shortest_count"].is_string() && path["count"] == 1 && path["complete"] == true);
    let helm = json(&["prereqs llmops"]);
    let helm = helm["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .find(|node| node["id"] == "helm")
        .expect("helm")
        .clone();
    assert_eq!(helm["recommended"], true);
}

#[test]
fn graphs_layer_and_save() {
    let folder = folder("layers");
    let mine = r#"{"atlas": 1, "nodes": [{"id": "helm", "aliases": ["chart tool"]}, {"id": "our-platform", "kind": "tool"}],
        "edges": [{"from": "our-platform", "kind": "builds-on", "to": "helm"}]}"#;
    std::fs::write(folder.join("mine.json"), mine).expect("written");
    let layered =
        run_in(&folder, &["-F", "json", "-g", "ops", "-g", "mine.json", "unlocks chart tool"], "");
    let answer: Value = serde_json::from_str(&out(&layered)).expect("JSON");
    let found: Vec<&Value> = answer["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter(|node| node["id"] == "our-platform")
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["layer"], "mine");
    let saved = run_in(&folder, &["-g", "ops", "-g", "mine.json", "--save", "all.json"], "");
    assert_eq!(saved.status.code(), Some(0));
    let again =
        run_in(&folder, &["-F", "json", "-g", "all.json", "unlocks chart tool then count"], "");
    let count: Value = serde_json::from_str(&out(&again)).expect("JSON");
    assert_eq!(count["value"], answer["count"]);
    let alone = run_in(
        &folder,
        &["-g", "mine.json", "-F", "json", "prereqs our-platform over builds-on"],
        "",
    );
    assert_eq!(alone.status.code(), Some(0), "what the built-in schema declares is found anew");
    let texts = run(&["-g", "ops-texts", "-F", "json", "nodes then count"]);
    assert_eq!(texts.status.code(), Some(0));
    let piped = run_in(
        &folder,
        &["-g", "-", "-F", "json", "nodes"],
        r#"{"atlas": 1, "nodes": [{"id": "x"}]}"#,
    );
    assert_eq!(
        serde_json::from_str::<Value>(&out(&piped)).expect("JSON")["nodes"][0]["layer"],
        "stdin"
    );
}

#[test]
fn files_are_written_whole_with_their_mode_and_through_links() {
    let folder = folder("files");
    let file = folder.join("map.dot");
    assert_eq!(run_in(&folder, &["-o", "map.dot", "domains"], "").status.code(), Some(0));
    assert!(std::fs::read_to_string(&file).expect("written").starts_with("digraph"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("a mode");
        std::os::unix::fs::symlink(&file, folder.join("link.dot")).expect("a link");
        assert_eq!(run_in(&folder, &["-o", "link.dot", "roles"], "").status.code(), Some(0));
        assert!(folder.join("link.dot").is_symlink());
        let mode = std::fs::metadata(&file).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert!(std::fs::read_to_string(&file).expect("written").contains("sre"));
    }
    let before = std::fs::read_to_string(&file).expect("there");
    let output = run_in(&folder, &["-F", "json", "-o", "map.dot", "prereqs nobody"], "");
    assert!(out(&output).contains("unknown-name"), "an error is not an answer: it is told");
    assert_eq!(run_in(&folder, &["-o", "map.dot", "prereqs nobody"], "").status.code(), Some(2));
    assert_eq!(
        std::fs::read_to_string(&file).expect("still there"),
        before,
        "an error loses nothing"
    );
    let left: Vec<_> = std::fs::read_dir(&folder).expect("there").collect();
    assert_eq!(left.len(), if cfg!(unix) { 2 } else { 1 }, "no temporary file is left");
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_goes_is_no_error_and_a_full_device_is() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .args(["-F", "json", "-f", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("piped");
    let _ = input.write_all("nodes\n".repeat(50).as_bytes());
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
    let full = File::options().write(true).open("/dev/full").expect("the device");
    let output = Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .arg("nodes")
        .stdout(full)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("error[io]: standard output"), "{}", err(&output));
    let output = run(&["-o", "/dev/full", "-F", "json", "nodes"]);
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_130() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .args(["-f", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let input = child.stdin.take();
    for _ in 0..10 {
        // Time enough to begin to listen; before that the signal itself would end it.
        std::thread::sleep(std::time::Duration::from_millis(500));
        let id = child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().expect("a signal is sent");
        if let Some(status) = child.try_wait().expect("it is asked") {
            drop(input);
            assert_eq!(status.code(), Some(130));
            return;
        }
    }
    panic!("it did not end");
}

#[test]
fn colour_is_for_terminals_or_on_request_and_data_never_drives_the_terminal() {
    assert!(!out(&run(&["show helm"])).contains('\u{1b}'));
    assert!(out(&run(&["show helm", "--color", "always"])).contains("\u{1b}["));
    let folder = folder("naughty");
    let text = r#"{"atlas": 1, "nodes": [{"id": "a\u001b[31m\u202e\u0007", "name": "x\u001b]0;t\u0007\u200b", "kind": "k\u009b"}]}"#;
    std::fs::write(folder.join("n.json"), text).expect("written");
    for format in ["table", "tree", "dot"] {
        let output = run_in(&folder, &["-g", "n.json", "-F", format, "nodes"], "");
        let shown = out(&output);
        let raw = ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{200b}'];
        let names_shown = if format == "dot" {
            shown.lines().filter(|line| line.contains("label")).collect()
        } else {
            shown
        };
        assert!(!names_shown.contains(raw) || format == "dot", "{format}: {names_shown:?}");
    }
    let told = err(&run_in(&folder, &["-g", "n.json", "show \u{202e}x"], ""));
    assert!(!told.contains('\u{202e}'));
}

#[test]
fn two_runs_give_the_same_bytes() {
    for format in ["table", "tree", "json", "dot"] {
        for query in ["nodes", "prereqs llmops", "paths devops -> llmops", "show mlops"] {
            let first = run(&["-F", format, query]);
            assert_eq!(first.stdout, run(&["-F", format, query]).stdout, "{format} {query}");
            assert!(!first.stdout.is_empty());
        }
    }
}

#[test]
fn real_graphs_answer_as_computed_elsewhere() {
    let graphs = root().join("../shared/graphs");
    if !graphs.is_dir() {
        // Past the test runner, which keeps what a passing test prints to itself.
        let told = b"skipped: the real graphs are not beside the repository\n";
        std::io::stderr().write_all(told).expect("standard error");
        return;
    }
    let folder = folder("real");
    let schema = r#"{"atlas": 1, "schema": {"relations": {"depends_on": {"prerequisite": "target"}, "part_of": {"prerequisite": "target"}}}}"#;
    std::fs::write(folder.join("schema.json"), schema).expect("written");
    for (name, relation) in [("bazel-modules", "depends_on"), ("cncf-landscape", "part_of")] {
        let table =
            std::fs::read_to_string(graphs.join(format!("{name}.tsv"))).expect("the answers");
        let rows = table.lines().map(|line| line.split('\t').collect::<Vec<&str>>());
        let rows: Vec<_> =
            rows.filter(|row| row.first() == Some(&relation) && row.len() == 5).collect();
        let (mut batch, mut expected) = (String::new(), Vec::new());
        for row in rows {
            let (a, b) = (Value::from(row[2]).to_string(), Value::from(row[3]).to_string());
            let query = match row[1] {
                "reaches" => format!("prereqs {a} then count"),
                "reached_by" => format!("unlocks {a} then count"),
                "hops" => format!("path {b} -> {a} shortest"),
                "shortest_path_count" => format!("paths {b} -> {a} limit 1"),
                _ => continue,
            };
            batch.push_str(&format!("{query}\n"));
            expected.push(row[4].to_owned());
        }
        let graph = graphs.join(format!("{name}.json"));
        let graph = graph.to_str().expect("a path");
        let output =
            run_in(&folder, &["-g", graph, "-g", "schema.json", "-F", "json", "-f", "-"], &batch);
        let found: Vec<String> = out(&output)
            .lines()
            .map(|line| {
                let answer: Value = serde_json::from_str(line).expect("JSON");
                let query = answer["query"].as_str().expect("a query");
                if query.starts_with("paths") {
                    answer["shortest_count"].as_str().expect("digits").to_owned()
                } else if query.starts_with("path") {
                    answer["paths"][0]["length"]
                        .as_u64()
                        .map_or("none".to_owned(), |length| length.to_string())
                } else {
                    answer["value"].to_string()
                }
            })
            .collect();
        assert!(expected.len() > 100);
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_plan_has_the_members_of_the_contract_and_tells_its_gap() {
    let plan = json(&["plan gitops knowing docker"]);
    assert_eq!((&plan["shape"], &plan["complete"]), (&"plan".into(), &true.into()));
    let steps = plan["steps"].as_array().expect("steps");
    assert_eq!(plan["count"], steps.len());
    let listed: Vec<&str> = steps
        .iter()
        .flat_map(|step| step["nodes"].as_array().expect("nodes"))
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(listed, ids(&plan));
    assert_eq!(steps[0]["step"], 1);
    assert!(!plan["edges"].as_array().expect("edges").is_empty());
    // To cover the edges of a circulant graph by its nodes takes a search.
    let folder = folder("gap");
    let node = |id: String| serde_json::json!({"id": id});
    let edge = |from: &str, to: String| serde_json::json!({"from": from, "kind": "needs", "to": to, "properties": {"any-of": "one"}});
    let mut nodes = vec![node("goal".to_owned())];
    nodes.extend((0..25).map(|at| node(format!("item{at}"))));
    let mut edges = Vec::new();
    for (at, reach) in (0..25).flat_map(|at| [1, 3, 8].map(|reach| (at, reach))) {
        let pair = format!("pair{at}-{reach}");
        nodes.push(node(pair.clone()));
        edges.push(serde_json::json!({"from": "goal", "kind": "needs", "to": pair}));
        edges.push(edge(&pair, format!("item{at}")));
        edges.push(edge(&pair, format!("item{}", (at + reach) % 25)));
    }
    let file = serde_json::json!({"atlas": 1, "nodes": nodes, "edges": edges,
        "schema": {"relations": {"needs": {"prerequisite": "target"}}}});
    std::fs::write(folder.join("ring.json"), file.to_string()).expect("written");
    let short = run_in(&folder, &["-g", "ring.json", "--limit-search", "1", "plan goal"], "");
    assert_eq!(short.status.code(), Some(4), "{}", out(&short));
    assert!(out(&short).contains("at least 88 needed"), "{}", out(&short));
    let whole = run_in(&folder, &["-g", "ring.json", "plan goal"], "");
    assert_eq!(whole.status.code(), Some(0));
    assert!(out(&whole).contains("this is the shortest plan: "), "{}", out(&whole));
}
