//! Graphs behind Bolt, in a real `ArcadeDB`: the same bytes as locally, and what can go wrong. Where no
//! server is to be had, this says so and passes.
#![cfg(all(feature = "bolt", unix))]

mod support;

use neo4j::ValueReceive;
use neo4j::driver::auth::AuthToken;
use neo4j::driver::{ConnectionConfig, Driver, DriverConfig};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::engines::{
    Server, ask, built_in_answers_alike, code, fails, people_are_served_alike,
    random_graphs_answer_alike,
};

fn started(name: &str) -> Option<Server> {
    Server::start(name, "bolt")
}

/// A client of one's own.
struct Client(Driver);

impl Client {
    fn of(server: &Server) -> Self {
        let (user, place) = server.url["bolt://".len()..].split_once('@').expect("a user");
        let (user, password) = user.split_once(':').expect("a password");
        let (host, _) = place.split_once('/').expect("a database");
        let connection: ConnectionConfig = format!("bolt://{host}").parse().expect("an address");
        let token = Arc::new(AuthToken::new_basic_auth(user, password));
        Self(Driver::new(connection, DriverConfig::new().with_auth(token)))
    }

    /// The numbers that a statement yields.
    fn run(&self, text: &str) -> Vec<i64> {
        let query = self.0.execute_query(text).with_database(Arc::new("work".to_owned()));
        let found = query.run().unwrap_or_else(|error| panic!("{text}: {error}"));
        let values = found.records.into_iter().flat_map(neo4j::driver::Record::into_values);
        values
            .filter_map(
                |value| if let ValueReceive::Integer(own) = value { Some(own) } else { None },
            )
            .collect()
    }
}

#[test]
fn the_built_in_graph_answers_alike() {
    let Some(server) = started("built-in") else { return };
    built_in_answers_alike(&server, 5);
    people_are_served_alike(&server);
    // What others keep in the database is left alone, and what was replaced is gone.
    let client = Client::of(&server);
    client.run("CREATE (:Person {name: 'Ana', no: 7})");
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    assert_eq!(client.run("MATCH (p:Person) RETURN p.no"), [7]);
    assert_eq!(client.run("MATCH (g:AtlasGraph) RETURN count(g)"), [2]);
    let nodes = client.run("MATCH (g:AtlasGraph) RETURN sum(g.nodes)");
    assert_eq!(client.run("MATCH (a:Atlas) RETURN count(a)"), nodes);
}

#[test]
fn random_graphs_keep_to_themselves() {
    let Some(server) = started("random") else { return };
    random_graphs_answer_alike(&server, 2, 20, |_| ());
    let client = Client::of(&server);
    assert_eq!(client.run("MATCH (g:AtlasGraph {state: 'live'}) RETURN count(g)"), [2]);
}

#[test]
fn failures_are_told() {
    fails(&["-g", "bolt://x:secret@127.0.0.1:1/x", "kinds"], "no-server");
    fails(&["-g", "bolt://x:secret@h:notaport/x", "kinds"], "bad-address");
    let Some(server) = started("failures") else { return };
    let wrong = server.url.replace(":secret-password@", ":secreter@");
    fails(&["-g", &wrong, "kinds"], "no-access");
    fails(&["-g", &server.url.replace("/work", "/nowhere"), "kinds"], "no-access");
    fails(&["-g", &server.url, "kinds"], "no-graph");
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let client = Client::of(&server);
    client.run("MATCH (a:Atlas {id: 'docker'}) SET a.body = 'nonsense'");
    fails(&["-g", &server.url, "prereqs kubernetes"], "bad-rows");
    client.run("MATCH (a:Atlas {id: 'helm'}) SET a.no = 5");
    fails(&["-g", &server.url, "show kubernetes"], "bad-rows");
    client.run("MATCH (a:Atlas {id: 'gitops'}) CREATE (a)-[:nonsense {no: 1, at: 0}]->(:Person)");
    fails(&["-g", &server.url, "show gitops"], "bad-rows");
    client.run("MATCH (g:AtlasGraph) SET g.version = 99");
    fails(&["-g", &server.url, "kinds"], "other-version");
}

/// Stands before a server and cuts connections.
struct Cutter {
    url: String,
    /// What went to the program.
    passed: Arc<AtomicUsize>,
}

impl Cutter {
    /// One that cuts the first connections, each after so many bytes for the program.
    fn before(server: &Server, after: usize, connections: usize) -> Self {
        let own = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = own.local_addr().expect("an address").port();
        let (head, tail) = server.url.split_once("127.0.0.1:").expect("a host");
        let (real, rest) = tail.split_once('/').expect("a database");
        let real = format!("127.0.0.1:{real}");
        let passed = Arc::new(AtomicUsize::new(0));
        let url = format!("{head}127.0.0.1:{port}/{rest}");
        let counter = Arc::clone(&passed);
        std::thread::spawn(move || {
            for (at, near) in own.incoming().map_while(Result::ok).enumerate() {
                let Ok(far) = TcpStream::connect(&real) else { continue };
                let most = if at < connections { after } else { usize::MAX };
                let (from, to) =
                    (near.try_clone().expect("a socket"), far.try_clone().expect("one"));
                std::thread::spawn(move || pass(from, to, usize::MAX, &AtomicUsize::new(0)));
                let counter = Arc::clone(&counter);
                std::thread::spawn(move || pass(far, near, most, &counter));
            }
        });
        Self { url, passed }
    }
}

/// Passes on what comes, so many bytes at most.
fn pass(mut from: TcpStream, mut to: TcpStream, mut most: usize, passed: &AtomicUsize) {
    let mut bytes = [0; 4096];
    while most > 0 {
        let Ok(count @ 1..) = from.read(&mut bytes) else { break };
        let count = count.min(most);
        most -= count;
        passed.fetch_add(count, Ordering::Relaxed);
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    for end in [from, to] {
        let _ = end.shutdown(Shutdown::Both);
    }
}

fn question(url: &str) -> (i32, String, String) {
    ask(&["-g", url, "-F", "json", "path devops to llmops"])
}

#[test]
fn what_dies_in_the_middle_leaves_everything_whole() {
    let Some(server) = started("deaths") else { return };
    let wanted = ask(&["-F", "json", "path devops to llmops"]).1;
    assert_eq!(ask(&["--save", &server.url]).0, 0);
    let whole = Cutter::before(&server, 0, 0);
    assert_eq!(question(&whole.url).1, wanted);
    let bytes = whole.passed.load(Ordering::Relaxed);

    // The connection dies once, wherever it is: it is opened anew. It dies
    // always: an error, but where the rest was little.
    for part in 1..8 {
        let after = bytes * part / 8;
        let (exit, said, told) = question(&Cutter::before(&server, after, 1).url);
        let opened = part > 2 || said == wanted;
        assert!(if opened { said == wanted } else { exit == 1 }, "{part}: {said} {told}");
        let (exit, said, _) = question(&Cutter::before(&server, after, usize::MAX).url);
        let told = code(&said).unwrap_or_default();
        let failed = exit == 1 && ["no-server", "lost-connection"].contains(&told.as_str());
        assert!(failed || (part > 3 && said == wanted), "{part}: {said}");
    }

    // Whoever saves is cut off, or killed: what was there stays, and the rest goes with the next save.
    for after in [1_000, 1_500, 2_000] {
        let (exit, ..) =
            ask(&["-g", "ops-texts", "--save", &Cutter::before(&server, after, 9).url]);
        assert_eq!(exit, 1, "{after}");
        assert_eq!(question(&server.url).1, wanted);
    }
    let client = Client::of(&server);
    let loading = "MATCH (g:AtlasGraph {state: 'loading'}) RETURN count(g)";
    let before = client.run(loading);
    let mut child = Command::new(env!("CARGO_BIN_EXE_opsatlas"));
    let child = child.args(["--save", &server.url]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = child.env("XDG_DATA_HOME", std::env::temp_dir()).spawn().expect("it starts");
    let began = Instant::now();
    while client.run(loading) == before {
        assert!(began.elapsed() < Duration::from_secs(60), "nobody saves");
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert_eq!(question(&server.url).1, wanted);
    // The last statement of the one who was killed may still run: who saves meanwhile is told so.
    let mut saved = ask(&["--save", &server.url]);
    for _ in 0..5 {
        if saved.0 != 0 {
            std::thread::sleep(Duration::from_secs(2));
            saved = ask(&["--save", &server.url]);
        }
    }
    assert_eq!(saved.0, 0, "{}", saved.2);
    assert_eq!(client.run("MATCH (g:AtlasGraph) RETURN count(g)"), [1]);
    assert_eq!(question(&server.url).1, wanted);

    // A server that stalls holds nobody longer than the limit.
    server.signal("-STOP");
    let began = Instant::now();
    fails(&["-g", &server.url, "--limit-time", "1", "path devops to llmops"], "stopped");
    assert!(began.elapsed() < Duration::from_secs(20));
    server.signal("-CONT");

    // The server is killed: an error, and when it is back the same answer.
    server.signal("-KILL");
    fails(&["-g", &server.url, "path devops to llmops"], "no-server");
    assert!(server.again(), "it is back");
    assert_eq!(question(&server.url).1, wanted);
}
