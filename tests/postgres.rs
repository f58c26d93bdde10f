//! Graphs in a real `PostgreSQL`: the same bytes as locally, and what can go wrong. Where no server is
//! to be had, this says so and passes.
#![cfg(all(feature = "postgres", unix))]

mod support;

use postgres::{Client, NoTls};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use support::engines::{
    Server, ask, built_in_answers_alike, code, compare, fails, files_lie_over_it, known_queries,
    people_are_served_alike, random_graphs_answer_alike,
};
use support::root;

fn started(name: &str) -> Option<Server> {
    Server::start(name, "postgres")
}

fn client(server: &Server) -> Client {
    Client::connect(&server.url, NoTls).expect("a connection")
}

#[test]
fn the_built_in_graph_answers_alike() {
    let Some(server) = started("built-in") else { return };
    built_in_answers_alike(&server, 5);
    people_are_served_alike(&server);
}

#[test]
fn random_graphs_keep_to_themselves() {
    let Some(server) = started("random") else { return };
    random_graphs_answer_alike(&server, 3, 9, |_| ());
    let kept: i64 = client(&server)
        .query_one("select count(*) from pg_namespace where nspname like 'it''s%'", &[])
        .expect("rows")
        .get(0);
    assert_eq!(kept, 3);
}

#[test]
fn failures_are_told() {
    fails(&["-g", "postgres://x:secret@127.0.0.1:1/x", "kinds"], "no-server");
    fails(&["-g", "postgres://x:secret@h:notaport/x", "kinds"], "bad-address");
    fails(&["-g", "postgres://x:secret@h/x?sslmode=full", "kinds"], "bad-address");
    #[cfg(not(feature = "bolt"))]
    fails(&["-g", "bolt://x:secret@h", "kinds"], "no-database");
    let Some(server) = started("failures") else { return };
    let wrong = server.url.replace(":secret@", ":secreter@");
    fails(&["-g", &wrong, "kinds"], "no-access");
    fails(&["-g", &server.url, "kinds"], "no-graph");
    fails(&["-g", &format!("{}?sslmode=require", server.url), "kinds"], "no-tls");
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let mut client = client(&server);
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
    let mut client = client(server);
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
    let Some(server) = started("deaths") else { return };
    let question = ["-g", &server.url, "-F", "json", "path devops to llmops"];
    let wanted = ask(&question[2..]).1;
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let lock = "begin; lock table atlas.atlas_edges in access exclusive mode";

    // The connection dies once: it is opened anew.
    let mut holder = client(&server);
    holder.batch_execute(lock).expect("a lock");
    let child = waiting(&server, &question);
    let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock'";
    client(&server).query(end, &[]).expect("an end");
    holder.batch_execute("rollback").expect("no lock");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), wanted);

    // Whoever saves, or asks, is killed: what was there stays, and nothing of it goes on.
    for arguments in [&["-g", "ops-texts", "--save", &server.url][..], &question] {
        holder.batch_execute(lock).expect("a lock");
        let mut child = waiting(&server, arguments);
        child.kill().expect("killed");
        child.wait().expect("gone");
        holder.batch_execute("rollback").expect("no lock");
        assert_eq!(ask(&question).1, wanted);
        nothing_is_left(&server);
    }

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
    is_back(&server);
    assert_eq!(ask(&question).1, wanted);

    // The same while somebody saves.
    let mut holder = client(&server);
    holder.batch_execute(lock).expect("a lock");
    let child = waiting(&server, &["-g", "ops-texts", "--save", &server.url]);
    server.signal("-KILL");
    let output = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let lost = told.contains("[no-server]") || told.contains("[lost-connection]");
    assert!(output.status.code() == Some(1) && lost, "{told}");
    is_back(&server);
    assert_eq!(ask(&question).1, wanted);
    nothing_is_left(&server);
}

/// Waits until a server that was killed is there again: what it had started lets go of the memory that
/// they share, sooner or later.
fn is_back(server: &Server) {
    let back = (0..60).any(|_| {
        std::thread::sleep(Duration::from_millis(500));
        server.again()
    });
    assert!(back, "it is back");
}

/// Nobody is at work for the program soon, and no save is left half done.
fn nothing_is_left(server: &Server) {
    let mut client = client(server);
    let busy = "select count(*) from pg_stat_activity where application_name = 'opsatlas'";
    let began = Instant::now();
    while client.query_one(busy, &[]).expect("a row").get::<_, i64>(0) > 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "somebody is at work");
        std::thread::sleep(Duration::from_millis(50));
    }
    let schemas = "select count(*) from pg_namespace where nspname like '%(new)'";
    assert_eq!(client.query_one(schemas, &[]).expect("a row").get::<_, i64>(0), 0);
}

#[expect(clippy::print_stderr, reason = "what is skipped is said")]
#[test]
fn certificates_are_looked_at_as_the_address_says() {
    let Some(server) = started("tls") else { return };
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let script = |command: &str| {
        let mut script = Command::new(root().join("scripts/engines"));
        script.arg(command).arg(&server.place).status().expect("a script").success()
    };
    if !script("tls") {
        eprintln!("SKIPPED: no openssl here");
        return;
    }
    let root = server.place.join("root.crt");
    let root = root.to_str().expect("a name");
    let wanted = ask(&["kinds"]);
    let by_name = server.url.replace("127.0.0.1", "localhost");
    for (url, mode, code) in [
        (&server.url, "", None),
        (&server.url, "sslmode=require", None),
        (&server.url, &format!("sslmode=verify-full&sslrootcert={root}"), None),
        (&by_name, &format!("sslmode=verify-ca&sslrootcert={root}"), None),
        (&by_name, &format!("sslmode=require&sslrootcert={root}"), None),
        (&by_name, &format!("sslmode=verify-full&sslrootcert={root}"), Some("no-tls")),
        (&server.url, "sslmode=verify-full", Some("no-tls")),
        (&server.url, "sslmode=verify-full&sslrootcert=/nowhere", Some("no-tls")),
        (&server.url, "sslmode=disable", Some("no-access")),
    ] {
        let address = format!("{url}?{mode}");
        match code {
            None => assert_eq!(ask(&["-g", &address, "kinds"]), wanted, "{address}"),
            Some(code) => fails(&["-g", &address, "kinds"], code),
        }
    }
}

const OWN_TABLES: &str = r#"
create schema hr;
create table hr.skills (id int primary key, "the title" text, also text[], hours numeric, note jsonb, level text);
insert into hr.skills values (1, 'Shell', '{"sh","Bash"}', 3.50, '{"a": [1, null]}', null),
  (2, 'Containers', null, 7, null, 'basic'), (3, 'It''s "odd"; --', '{}', null, null, null);
create table people (name text, wants int);
insert into people values ('Ana', 3), ('Bo', null);
create table needs (who int, what int, how text, why text);
insert into needs values (2, 1, 'builds-on', 'one has to'), (3, 2, null, null), (3, null, 'builds-on', null);
"#;

const OWN_MAP: &str = r"
schema: {relations: {wants: {prerequisite: target}, builds-on: {prerequisite: target}}}
nodes:
- {table: hr.skills, id: id, prefix: s, name: the title, aliases: also, kind: skill, properties: {hours: hours, notes: note}}
- {table: people, id: name, kind: person, properties: []}
edges:
- {table: needs, from: who, from-prefix: s, to: what, to-prefix: s, relation: builds-on, relation-column: how}
- {table: people, from: name, to: wants, to-prefix: s, relation: wants, properties: []}
";

#[test]
fn tables_that_are_there_are_read_as_a_file_says() {
    let Some(server) = started("tables") else { return };
    client(&server).batch_execute(OWN_TABLES).expect("tables");
    let place = support::folder("own-tables");
    let map = place.join("map.yaml");
    let written = |text: &str| std::fs::write(&map, text).expect("written");
    let map = map.to_str().expect("a name");
    written(OWN_MAP);
    let same = serde_json::json!({"atlas": 1, "schema": {"relations": {"wants": {"prerequisite": "target"}, "builds-on": {"prerequisite": "target"}}},
        "nodes": [{"id": "s1", "kind": "skill", "name": "Shell", "aliases": ["sh", "Bash"],
                "properties": {"hours": 1, "notes": {"a": [1, null]}}},
            {"id": "s2", "kind": "skill", "name": "Containers", "properties": {"hours": 7}},
            {"id": "s3", "kind": "skill", "name": "It's \"odd\"; --"},
            {"id": "Ana", "kind": "person"}, {"id": "Bo", "kind": "person"}],
        "edges": [{"from": "s2", "kind": "builds-on", "to": "s1", "properties": {"why": "one has to"}},
            {"from": "s3", "kind": "builds-on", "to": "s2"}, {"from": "Ana", "kind": "wants", "to": "s3"}]});
    // The layer is called so.
    let file = place.join("tables.json");
    let same = same.to_string().replace("\"hours\":1", "\"hours\":3.50");
    std::fs::write(&file, same).expect("written");
    let local = ["-g", file.to_str().expect("a name")];
    let remote = ["-g", &server.url, "--map", map];
    let queries = [
        "prereqs Ana",
        "show bash",
        "kinds",
        "path s1 -> s3",
        "nodes then select hours",
        "find odd",
    ];
    compare(&local, &remote, &queries.map(str::to_owned));
    // From there they go where they can be asked part by part.
    assert_eq!(ask(&[&remote[..], &["--save", &server.graph("own")]].concat()).0, 0);
    compare(&local, &["-g", &server.graph("own")], &queries.map(str::to_owned));

    let refused = |text: &str, code: &str, told: &[&str]| {
        written(text);
        let (exit, _, said) = ask(&[&remote[..], &["kinds"]].concat());
        let all = told.iter().all(|told| said.contains(told));
        assert!(exit != 0 && said.contains(&format!("[{code}]")) && all, "{said}");
    };
    refused(
        &OWN_MAP.replace("table: hr.skills", "table: hr.skils"),
        "bad-map",
        &["hr.skills", ":4:"],
    );
    refused(&OWN_MAP.replace("the title", "the titel"), "bad-map", &["`the title`", "^"]);
    refused(&OWN_MAP.replace("kind: skill", "sort: skill"), "unknown-member", &["kind", ":4:"]);
    refused(
        &OWN_MAP.replace("kind: skill", "kind-column: level"),
        "bad-map",
        &["has no kind", "s1"],
    );
    refused(
        &OWN_MAP.replace("to: what, to-prefix: s", "to: what, to-prefix: t"),
        "dangling-end",
        &[],
    );
    refused(&OWN_MAP.replace("the title", "x\"; drop table people; --"), "bad-map", &["the title"]);
    written(OWN_MAP);
    fails(&[&remote[..], &["--limit-fetch", "1", "kinds"]].concat(), "fetch-limit");
    fails(&["--map", map, "kinds"], "bad-flag");
}

#[test]
#[ignore = "three servers take long to start"]
fn two_shards_answer_alike() {
    let Some(server) = started("shards") else { return };
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let engines = |arguments: &[&str]| {
        let mut command = Command::new(root().join("scripts/engines"));
        let output = command.arg(arguments[0]).arg(&server.place).args(&arguments[1..]).output();
        let output = output.expect("a script");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    engines(&["shards"]);
    engines(&["spread", "atlas"]);
    random_graphs_answer_alike(&server, 2, 12, |graph| engines(&["spread", graph]));
    let queries = known_queries();
    compare(&[], &["-g", &server.url], &queries);
    files_lie_over_it(&server, &queries, 5);
}

#[test]
fn the_example_of_the_document_is_right() {
    let Some(server) = started("document") else { return };
    let text = std::fs::read_to_string(root().join("docs/engines.md")).expect("the document");
    let section = text.split("\n## Tables that are there already\n").nth(1).expect("a section");
    let fence = |name: &str| {
        let begun = section.split(&format!("\n```{name}\n")).nth(1).expect("an example");
        begun.split("\n```").next().expect("its end").to_owned()
    };
    client(&server).batch_execute(&fence("sql")).expect("tables");
    let map = support::folder("documented-tables").join("tables.yaml");
    std::fs::write(&map, fence("yaml")).expect("written");
    let map = map.to_str().expect("a name");
    let (exit, said, told) = ask(&["-g", &server.url, "--map", map, "prereqs 'Platform engineer'"]);
    assert_eq!((exit, said.trim_end()), (0, fence("text").trim_end()), "{told}");
}
