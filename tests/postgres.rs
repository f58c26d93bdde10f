//! Graphs in a real `PostgreSQL`: the same bytes as locally, and what can go wrong. Where no server is
//! to be had, this says so and passes.
#![cfg(all(feature = "postgres", unix))]

mod support;

use opsatlas::query::{STAGES, VERBS};
use postgres::{Client, NoTls};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use support::{folder, root, run_in};

/// A server of one's own.
struct Server {
    place: PathBuf,
    url: String,
}

impl Server {
    fn start(name: &str) -> Option<Self> {
        let place = std::env::temp_dir().join(format!("opsatlas-pg-{name}-{}", std::process::id()));
        let url = Self::engines("start", &place)?;
        Some(Self { place, url })
    }

    fn engines(what: &str, place: &Path) -> Option<String> {
        let mut command = Command::new(root().join("scripts/engines"));
        let output = command.arg(what).arg(place).output().expect("a script");
        if output.status.code() == Some(77) {
            eprintln!("SKIPPED: {}", String::from_utf8_lossy(&output.stderr));
            return None;
        }
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8(output.stdout).expect("text").trim().to_owned())
    }

    fn graph(&self, name: &str) -> String {
        format!("{}?graph={name}", self.url)
    }

    fn client(&self) -> Client {
        Client::connect(&self.url, NoTls).expect("a connection")
    }

    /// Sends a signal to the server and all that it has started.
    fn signal(&self, signal: &str) {
        let pid = std::fs::read_to_string(self.place.join("pid")).expect("a process id");
        let status =
            Command::new("kill").args([signal, "--", &format!("-{}", pid.trim())]).status();
        assert!(status.expect("kill").success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        Self::engines("stop", &self.place);
    }
}

/// Exit code, standard output and standard error.
fn ask(arguments: &[&str]) -> (i32, String, String) {
    let output = run_in(&std::env::temp_dir(), arguments, "");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// The answers to queries, a line each.
fn answers(arguments: &[&str], queries: &[String]) -> Vec<String> {
    let arguments = [arguments, &["-F", "json", "-f", "-"]].concat();
    let output = run_in(&std::env::temp_dir(), &arguments, &(queries.join("\n") + "\n"));
    let text = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(lines.len(), queries.len(), "{arguments:?}: {told}");
    lines
}

fn code(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    value["error"]["code"].as_str().map(str::to_owned)
}

/// Compares answers from the database with those of the graph itself; how many were refused since
/// they take the whole graph. With `--fetch-all` none is.
fn compare(local: &[&str], remote: &[&str], queries: &[String]) -> usize {
    let wanted = answers(local, queries);
    let mut refused = 0;
    for (own, wanted) in answers(remote, queries).iter().zip(&wanted) {
        if code(own).as_deref() == Some("needs-everything") {
            refused += 1;
        } else {
            assert_eq!(own, wanted);
        }
    }
    assert_eq!(answers(&[remote, &["--fetch-all"]].concat(), queries), wanted);
    refused
}

/// The queries of the tables and of the documents that need nothing but the graph.
fn known_queries() -> Vec<String> {
    let mut found: Vec<String> = VERBS.iter().map(|verb| verb.example.to_owned()).collect();
    found.extend(STAGES.iter().map(|stage| stage.example.to_owned()));
    for name in ["language", "guide", "cookbook"] {
        let text = std::fs::read_to_string(root().join(format!("docs/{name}.md"))).expect("a text");
        let blocks =
            text.split("\n```query\n").skip(1).filter_map(|rest| rest.split("\n```").next());
        found.extend(blocks.flat_map(str::lines).map(str::to_owned));
    }
    let plain = |query: &String| {
        !query.contains(['@', ';'])
            && !query.starts_with("then")
            && !query.starts_with("let ")
            && !query.starts_with("//")
            && !query.trim().is_empty()
    };
    found.retain(plain);
    found.dedup();
    found
}

#[test]
fn the_built_in_graph_answers_alike() {
    let Some(server) = Server::start("built-in") else { return };
    let (exit, _, told) = ask(&["--save", &server.url]);
    assert_eq!(exit, 0, "{told}");
    let queries = known_queries();
    let refused = compare(&[], &["-g", &server.url], &queries);
    assert!(queries.len() > 80 && refused * 5 < queries.len(), "{refused} of {}", queries.len());
    files_lie_over_it(&server, &queries);
    // The graph comes back as it was, and is saved again as it is.
    let (_, whole, _) = ask(&["--save", "-"]);
    assert_eq!(ask(&["-g", &server.url, "--fetch-all", "--save", "-"]).1, whole);
    let (exit, _, told) =
        ask(&["-g", &server.url, "--fetch-all", "--save", &server.graph("again")]);
    assert_eq!(exit, 0, "{told}");
    assert_eq!(ask(&["-g", &server.graph("again"), "--fetch-all", "--save", "-"]).1, whole);
    // What was named stays named, and what is known is marked.
    let named = "let d = prereqs mlops; @d then count; @d intersect tools; tools of (prereqs gitops); @last";
    let arguments = ["-F", "json", "-c", named];
    assert_eq!(ask(&[&["-g", &server.url], &arguments[..]].concat()), ask(&arguments));
    let (exit, _, told) = ask(&["-g", &server.url, "--limit-fetch", "10", "prereqs llmops"]);
    assert!(exit == 2 && told.contains("fetch-limit") && told.contains("--limit-fetch"), "{told}");
    let (exit, _, told) = ask(&["-g", &server.url, "check"]);
    assert!(exit == 2 && told.contains("needs-everything") && told.contains("edges"), "{told}");
}

/// Files over the built-in graph: new nodes and kinds, more about known ones, what is said already,
/// ends by name.
fn files_lie_over_it(server: &Server, queries: &[String]) {
    let place = folder("postgres-layers");
    let [json, csv] = ["mine.json", "more.csv"].map(|name| place.join(name));
    let mine = json!({"atlas": 1,
        "schema": {"kinds": {"habit": {"plural": "habits"}, "skill": {}}, "relations": {"likes": {"inverse": "liked by"}}},
        "sources": [{"id": "mine", "title": "My notes"}],
        "nodes": [
            {"id": "daily-standup", "kind": "habit", "name": "Daily stand-up", "aliases": ["standup"],
             "properties": {"hours": 2}, "sources": [{"source": "mine", "line": 3}]},
            {"id": "aaa", "kind": "skill", "name": "First of all"},
            {"id": "docker", "kind": "tool", "name": "Docker", "aliases": ["whale"], "properties": {"hours": 7}}],
        "edges": [
            {"from": "daily-standup", "kind": "builds-on", "to": "docker"},
            {"from": "kubernetes", "kind": "builds-on", "to": "daily-standup", "properties": {"as": "someone has to"}},
            {"from": "docker", "kind": "builds-on", "to": "aaa"},
            {"from": "kubernetes", "kind": "builds-on", "to": "docker", "sources": [{"source": "mine"}]},
            {"from": "docker", "kind": "likes", "to": "daily-standup"}]});
    std::fs::write(&json, mine.to_string()).expect("written");
    std::fs::write(&csv, "from,relation,to\ndaily-standup,likes,kubernetes\n").expect("written");
    let files = [&json, &csv].map(|file| file.to_str().expect("text"));
    let over = ["-g", files[0], "-g", files[1]];
    let mut queries: Vec<String> = queries.iter().step_by(4).cloned().collect();
    for query in [
        "prereqs kubernetes",
        "unlocks aaa",
        "path aaa -> llmops",
        "show docker",
        "near standup",
        "habits",
        "find whale",
        "find first of al",
        "ready knowing aaa",
        "with { -docker builds-on aaa } prereqs kubernetes",
        "plan kubernetes knowing linux",
        "nodes then count",
        "kinds",
        "relations",
        "fields",
        "sources",
        "sources of docker",
    ] {
        queries.push(query.to_owned());
    }
    let local = [&["-g", "ops"], &over[..]].concat();
    let remote = [&["-g", &server.url], &over[..]].concat();
    let refused = compare(&local, &remote, &queries);
    assert!(refused * 5 < queries.len(), "{refused} of {}", queries.len());
    let (exit, _, told) = ask(&["-g", files[0], "-g", &server.url, "kinds"]);
    assert!(exit == 2 && told.contains("stands first"), "{told}");
}

/// A graph by dice: hostile names, parallel edges, loops, clauses, strengths.
fn random_graph(seed: u64) -> String {
    let mut state = seed;
    let mut dice = move |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let odd =
        ["a'; drop schema atlas; --", "b\"\"c", "$1", "é\u{301}", "\\x00", "%s", "名前", "a b"];
    let relations = ["needs", "\"q\"'; select 1 --", "leads"];
    let count = 8 + dice(20);
    let id = |at: u64| odd.get(at as usize).map_or(format!("n{at}"), |odd| (*odd).to_owned());
    let kinds = ["skill", "o'dd \"kind\"", "stage"];
    let nodes: Vec<Value> = (0..count)
        .map(|at| {
            let (kind, name) = (kinds[dice(3) as usize], format!("Name {}", dice(count)));
            let (alias, hours) = (format!("Alias-{}", dice(9)), dice(9));
            let text = "it's \u{0} \"quoted\" \\ $$";
            json!({"id": id(at), "kind": kind, "name": name, "aliases": [alias],
                "properties": {"hours": hours, "text": text}})
        })
        .collect();
    let edges: Vec<Value> = (0..count * 2)
        .map(|_| {
            let mut properties = json!({});
            if dice(3) == 0 { properties["any-of"] = dice(2).into(); }
            if dice(4) == 0 { properties["strength"] = "recommended".into(); }
            if dice(4) == 0 { properties["order"] = dice(5).into(); }
            json!({"from": id(dice(count)), "kind": relations[dice(3) as usize], "to": id(dice(count)),
                "properties": properties, "sources": [{"source": format!("s{}", dice(3))}]})
        })
        .collect();
    let mut schema = json!({"kinds": {"stage": {"milestone": true}}, "relations": {
        "needs": {"prerequisite": "target"}, "leads": {"prerequisite": "none", "route": true}}});
    schema["relations"][relations[1]] = json!({"prerequisite": "source", "owns": true});
    json!({"atlas": 1, "schema": schema, "nodes": nodes, "edges": edges})
        .to_string()
        .replace("\"hours\":3", "\"hours\":3.10E+0")
}

#[test]
fn random_graphs_answer_alike() {
    let Some(server) = Server::start("random") else { return };
    let place = folder("postgres-random");
    for seed in 1..=3 {
        let file = place.join(format!("random-{seed}.json"));
        std::fs::write(&file, random_graph(seed)).expect("written");
        let file = file.to_str().expect("text");
        let url = server.graph(&format!("it's%20%22{seed}%22"));
        let (exit, _, told) = ask(&["-g", file, "--save", &url]);
        assert_eq!(exit, 0, "{told}");
        let mut queries = Vec::new();
        let names =
            ["n8", "n9", "n10", "\"a'; drop schema atlas; --\"", "'b\"\"c'", "\"$1\"", "'名前'"];
        for (at, name) in names.iter().enumerate() {
            let other = names[(at + seed as usize) % names.len()];
            for query in [
                "prereqs X",
                "unlocks X depth 2",
                "path X -> Y",
                "paths X -> Y limit 4",
                "plan X knowing Y",
                "must X",
                "near X",
                "show X",
                "why X in (prereqs Y)",
                "bottlenecks X -> Y",
                "compare X, Y",
                "alternatives of X",
                "sources of X",
                "prereqs X then count",
                "skills of X",
                "why not path X -> Y",
                "rank stages by degree",
                "ready for X knowing Y",
                "with { -X } prereqs Y",
                "find name 1",
                "kinds",
                "fields",
                "unlocks X then where kind = skill then sort by hours desc then limit 3",
            ] {
                queries.push(query.replace('X', name).replace('Y', other));
            }
        }
        compare(&["-g", file], &["-g", &url], &queries);
        let over = place.join("over.json");
        std::fs::write(&over, random_graph(seed + 100)).expect("written");
        let over = over.to_str().expect("text");
        compare(&["-g", file, "-g", over], &["-g", &url, "-g", over], &queries);
    }
    let kept: i64 = server
        .client()
        .query_one("select count(*) from pg_namespace where nspname like 'it''s%'", &[])
        .expect("rows")
        .get(0);
    assert_eq!(kept, 3);
}

fn fails(arguments: &[&str], code: &str) {
    let (exit, said, told) = ask(arguments);
    assert!(
        exit != 0 && said.is_empty() && told.contains(&format!("[{code}]")),
        "{code}: {exit} {told}"
    );
    assert!(!told.contains("secret"), "{told}");
}

#[test]
fn failures_are_told() {
    fails(&["-g", "postgres://x:secret@127.0.0.1:1/x", "kinds"], "no-server");
    fails(&["-g", "postgres://x:secret@h:notaport/x", "kinds"], "bad-address");
    fails(&["-g", "postgres://x:secret@h/x?sslmode=require", "kinds"], "no-tls");
    fails(&["-g", "bolt://x:secret@h", "kinds"], "no-database");
    let Some(server) = Server::start("failures") else { return };
    let wrong = server.url.replace(":secret@", ":secreter@");
    fails(&["-g", &wrong, "kinds"], "no-access");
    fails(&["-g", &server.url, "kinds"], "no-graph");
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let mut client = server.client();
    client
        .batch_execute("create schema mine; create table mine.precious (x int)")
        .expect("a table");
    fails(&["--save", &server.graph("mine")], "not-saved");
    client.batch_execute("create table atlas.precious (x int)").expect("a table");
    fails(&["--save", &server.url], "not-saved");
    client.batch_execute("drop table atlas.precious").expect("no table");
    client
        .batch_execute("begin; delete from atlas.atlas_nodes where id = 'docker'; commit")
        .expect("a row less");
    fails(&["-g", &server.url, "prereqs kubernetes"], "bad-rows");
    client.batch_execute("update atlas.atlas_edges set kind = 'nonsense'").expect("odd rows");
    fails(&["-g", &server.url, "show gitops"], "bad-rows");
    client.batch_execute("drop table atlas.atlas_edges").expect("a table less");
    fails(&["-g", &server.url, "prereqs kubernetes"], "database");
    client
        .batch_execute("update atlas.atlas_meta set value = '99' where key = 'version'")
        .expect("a version");
    fails(&["-g", &server.url, "kinds"], "other-version");
}

/// The program at work, which waits for a table that someone holds.
fn waiting(server: &Server, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opsatlas"));
    let child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = child.env("XDG_DATA_HOME", std::env::temp_dir()).spawn().expect("it starts");
    let mut client = server.client();
    let blocked = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
    let began = Instant::now();
    while client.query_one(blocked, &[]).expect("a row").get::<_, i64>(0) == 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "nobody waits");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

#[test]
fn what_dies_in_the_middle_leaves_everything_whole() {
    let Some(server) = Server::start("deaths") else { return };
    let question = ["-g", &server.url, "-F", "json", "path devops to llmops"];
    let wanted = ask(&question[2..]).1;
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let lock = "begin; lock table atlas.atlas_edges in access exclusive mode";

    // The connection dies once: it is opened anew.
    let mut holder = server.client();
    holder.batch_execute(lock).expect("a lock");
    let child = waiting(&server, &question);
    let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock'";
    server.client().query(end, &[]).expect("an end");
    holder.batch_execute("rollback").expect("no lock");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), wanted);

    // The one who saves is killed: what was there stays.
    holder.batch_execute(lock).expect("a lock");
    let mut child = waiting(&server, &["-g", "ops-texts", "--save", &server.url]);
    child.kill().expect("killed");
    child.wait().expect("gone");
    holder.batch_execute("rollback").expect("no lock");
    assert_eq!(ask(&question).1, wanted);

    // A server that stalls holds nobody longer than the limit.
    server.signal("-STOP");
    let began = Instant::now();
    fails(&["-g", &server.url, "--limit-time", "1", "path devops to llmops"], "stopped");
    assert!(began.elapsed() < Duration::from_secs(20));
    server.signal("-CONT");

    // The server is killed: an error, and when it is back the same answer.
    holder.batch_execute(lock).expect("a lock");
    let child = waiting(&server, &question);
    server.signal("-KILL");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        ["no-server", "lost-connection"].contains(&code(&said).unwrap_or_default().as_str()),
        "{said}"
    );
    // What it had started lets go of the memory that they share, sooner or later.
    let back = (0..60).any(|_| {
        std::thread::sleep(Duration::from_millis(500));
        Server::engines("again", &server.place).is_some()
    });
    assert!(back, "it is back");
    assert_eq!(ask(&question).1, wanted);
}

#[test]
#[ignore = "three servers take long to start"]
fn two_shards_answer_alike() {
    let Some(server) = Server::start("shards") else { return };
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let engines = |arguments: &[&str]| {
        let mut command = Command::new(root().join("scripts/engines"));
        let output = command.arg(arguments[0]).arg(&server.place).args(&arguments[1..]).output();
        let output = output.expect("a script");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    engines(&["shards"]);
    engines(&["spread", "atlas"]);
    let queries = known_queries();
    compare(&[], &["-g", &server.url], &queries);
    files_lie_over_it(&server, &queries);
}
