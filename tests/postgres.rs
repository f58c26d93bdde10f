//! Graphs in a real `PostgreSQL`: the same bytes as locally, and what can go wrong. Where no server is
//! to be had, this says so and passes.
#![cfg(all(feature = "postgres", unix))]

mod support;

use postgres::{Client, NoTls};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use support::engines::{
    Server, ask, built_in_answers_alike, code, compare, fails, files_lie_over_it, known_queries,
    random_graphs_answer_alike,
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
}

#[test]
fn random_graphs_keep_to_themselves() {
    let Some(server) = started("random") else { return };
    random_graphs_answer_alike(&server, 3);
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
    fails(&["-g", "postgres://x:secret@h/x?sslmode=require", "kinds"], "no-tls");
    #[cfg(not(feature = "bolt"))]
    fails(&["-g", "bolt://x:secret@h", "kinds"], "no-database");
    let Some(server) = started("failures") else { return };
    let wrong = server.url.replace(":secret@", ":secreter@");
    fails(&["-g", &wrong, "kinds"], "no-access");
    fails(&["-g", &server.url, "kinds"], "no-graph");
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
        server.again()
    });
    assert!(back, "it is back");
    assert_eq!(ask(&question).1, wanted);
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
    let queries = known_queries();
    compare(&[], &["-g", &server.url], &queries);
    files_lie_over_it(&server, &queries, 5);
}
