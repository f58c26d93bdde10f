//! Servers for tests, and how answers from a graph in a database are compared with the local ones.

use super::prompt;
use super::shapes::{questions, staged};
use super::{folder, root, run_in};
use opsatlas::graph::Atlas;
use opsatlas::query::{STAGES, Session, VERBS};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;

/// A server of one's own.
pub(crate) struct Server {
    pub(crate) place: PathBuf,
    pub(crate) url: String,
}

impl Server {
    /// Starts one, of `PostgreSQL` or of an `engine`; none where there is none to be had, which is said.
    pub(crate) fn start(name: &str, engine: &str) -> Option<Self> {
        let place =
            std::env::temp_dir().join(format!("opsatlas-{engine}-{name}-{}", std::process::id()));
        let url = Self::engines(&["start", place.to_str()?, engine])?;
        Some(Self { place, url })
    }

    #[expect(clippy::print_stderr, reason = "what is skipped is said")]
    fn engines(arguments: &[&str]) -> Option<String> {
        let mut command = Command::new(root().join("scripts/engines"));
        let output = command.args(arguments).output().expect("a script");
        if output.status.code() == Some(77) {
            eprintln!("SKIPPED: {}", String::from_utf8_lossy(&output.stderr));
            return None;
        }
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8(output.stdout).expect("text").trim().to_owned())
    }

    /// What tells it from others.
    pub(crate) fn name(&self) -> String {
        let name = self.place.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Starts it once more.
    pub(crate) fn again(&self) -> bool {
        Self::engines(&["again", self.place.to_str().expect("text")]).is_some()
    }

    pub(crate) fn graph(&self, name: &str) -> String {
        format!("{}?graph={name}", self.url)
    }

    /// Sends a signal to the server and all that it has started.
    pub(crate) fn signal(&self, signal: &str) {
        let pid = std::fs::read_to_string(self.place.join("pid")).expect("a process id");
        let status =
            Command::new("kill").args([signal, "--", &format!("-{}", pid.trim())]).status();
        assert!(status.expect("kill").success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        Self::engines(&["stop", self.place.to_str().unwrap_or_default()]);
    }
}

/// Exit code, standard output and standard error.
pub(crate) fn ask(arguments: &[&str]) -> (i32, String, String) {
    let output = run_in(&std::env::temp_dir(), arguments, "");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// The answers to queries, a line each.
pub(crate) fn answers(arguments: &[&str], queries: &[String]) -> Vec<String> {
    let arguments = [arguments, &["-F", "json", "-f", "-"]].concat();
    let output = run_in(&std::env::temp_dir(), &arguments, &(queries.join("\n") + "\n"));
    let text = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(lines.len(), queries.len(), "{arguments:?}: {told}");
    lines
}

pub(crate) fn code(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    value["error"]["code"].as_str().map(str::to_owned)
}

/// Compares answers from the database with those of the graph itself; how many were refused since
/// they take the whole graph. With `--fetch-all` none is.
pub(crate) fn compare(local: &[&str], remote: &[&str], queries: &[String]) -> usize {
    let wanted = answers(local, queries);
    let mut refused = 0;
    for (own, wanted) in answers(remote, queries).iter().zip(&wanted) {
        if code(own).as_deref() == Some("needs-everything") {
            refused += 1;
        } else {
            assert_eq!(own, wanted);
        }
    }
    let whole = answers(&[remote, &["--fetch-all"]].concat(), queries);
    for (own, wanted) in whole.iter().zip(&wanted) {
        assert_eq!(own, wanted);
    }
    refused
}

/// The queries of the tables and of the documents that need nothing but the graph.
pub(crate) fn known_queries() -> Vec<String> {
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

/// A graph by dice: hostile names, parallel edges, loops, clauses, strengths.
fn random_graph(seed: u64) -> String {
    let mut state = seed;
    let mut dice = move |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let plain = 8 + dice(20);
    let odd =
        ["a'; drop schema atlas; --", "b\"\"c", "$1", "é\u{301}", "\\x00", "%s", "名前", "a b"];
    let relations = ["needs", "\"q\"'; select 1 --", "leads", "enters", "same"];
    let count = plain + odd.len() as u64;
    let id = |at: u64| match at.checked_sub(plain) {
        None => format!("n{at}"),
        Some(odd_one) => odd[odd_one as usize].to_owned(),
    };
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
            json!({"from": id(dice(count)), "kind": relations[dice(5) as usize], "to": id(dice(count)),
                "properties": properties, "sources": [{"source": format!("s{}", dice(3))}]})
        })
        .collect();
    let mut schema = json!({"kinds": {"stage": {"milestone": true}}, "relations": {
        "needs": {"prerequisite": "target"}, "leads": {"prerequisite": "none", "route": true},
        "enters": {"prerequisite": "target", "entry": true},
        "same": {"prerequisite": "none", "alternative": true}}});
    schema["relations"][relations[1]] = json!({"prerequisite": "source", "owns": true});
    json!({"atlas": 1, "schema": schema, "nodes": nodes, "edges": edges})
        .to_string()
        // A number comes back as it was spelt.
        .replace("\"hours\":3", "\"hours\":3.10E+0")
        .replace("\"hours\":4", "\"hours\":[1e400,1.0,1e2,1E+2,18446744073709551616,-0,0.10]")
        .replace("\"order\":3", "\"order\":3e0")
}

pub(crate) fn fails(arguments: &[&str], code: &str) {
    let (exit, said, told) = ask(arguments);
    assert!(
        exit != 0 && said.is_empty() && told.contains(&format!("[{code}]")),
        "{code}: {exit} {told}"
    );
    assert!(!told.contains("secret"), "{told}");
}

/// The built-in graph, saved, answers every query that is known as it does itself; at most one in so many
/// takes the whole graph.
pub(crate) fn built_in_answers_alike(server: &Server, share: usize) {
    let (exit, _, told) = ask(&["--save", &server.url]);
    assert_eq!(exit, 0, "{told}");
    let queries = known_queries();
    let refused = compare(&[], &["-g", &server.url], &queries);
    assert!(
        queries.len() > 80 && refused * share < queries.len(),
        "{refused} of {}",
        queries.len()
    );
    files_lie_over_it(server, &queries, share);
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
pub(crate) fn files_lie_over_it(server: &Server, queries: &[String], share: usize) {
    let place = folder(&server.name());
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
    assert!(refused * share < queries.len(), "{refused} of {}", queries.len());
    let (exit, _, told) = ask(&["-g", files[0], "-g", &server.url, "kinds"]);
    assert!(exit == 2 && told.contains("stands first"), "{told}");
}

/// Every verb with each option, and every stage behind each of these, of which one in `every` is asked.
fn walked(file: &str, seed: usize, every: usize) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("a text");
    let count = text.matches("\"id\":\"n").count();
    let atlas = Atlas::from_texts([(file, text)]).expect("a graph");
    let mut session = Session::new(&atlas);
    let mut found = Vec::new();
    for query in questions(count) {
        if let Ok(answer) = session.ask(&query) {
            found.extend(staged(&query, &answer));
        }
        found.push(query);
    }
    assert!(count >= 8 && found.len() > 1_000, "{count} nodes, {} queries", found.len());
    found.into_iter().skip(seed % every).step_by(every).collect()
}

/// Random graphs, saved under odd names, answer as they do themselves.
/// `saved` is told the names of graphs that are in the database.
pub(crate) fn random_graphs_answer_alike(
    server: &Server,
    seeds: u64,
    every: usize,
    saved: impl Fn(&str),
) {
    let place = folder(&server.name());
    for seed in 1..=seeds {
        let file = place.join(format!("random-{seed}.json"));
        std::fs::write(&file, random_graph(seed)).expect("written");
        let file = file.to_str().expect("text");
        let url = server.graph(&format!("it's%20%22{seed}%22"));
        let (exit, _, told) = ask(&["-g", file, "--save", &url]);
        assert_eq!(exit, 0, "{told}");
        saved(&format!("it's \"{seed}\""));
        let mut queries = walked(file, seed as usize, every);
        let names =
            ["n2", "n3", "n4", "\"a'; drop schema atlas; --\"", "'b\"\"c'", "\"$1\"", "'名前'"];
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
                "compare X, Y from s0, s1",
                "with { X needs Y } plan X",
                "with { X needs Y, -n0 } ready knowing Y then count",
            ] {
                queries.push(query.replace('X', name).replace('Y', other));
            }
        }
        compare(&["-g", file], &["-g", &url], &queries);
        let saved = |graph: &[&str]| ask(&[graph, &["--save", "-"]].concat()).1;
        assert_eq!(saved(&["-g", &url, "--fetch-all"]), saved(&["-g", file]));
        let over = place.join("over.json");
        std::fs::write(&over, random_graph(seed + 100)).expect("written");
        let over = over.to_str().expect("text");
        compare(&["-g", file, "-g", over], &["-g", &url, "-g", over], &queries);
    }
}

/// The prompt completes names, an assistant is served, and what is known is kept, as over a file.
pub(crate) fn people_are_served_alike(server: &Server) {
    let place = folder(&format!("{}-people", server.name()));
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "ask", "arguments": {"query": "path devops to llmops"}}});
    let misspelt = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call",
        "params": {"name": "ask", "arguments": {"query": "prereqs kuberntes"}}});
    let lines = format!("{call}\n{misspelt}\n");
    let served = |arguments: &[&str]| run_in(&place, arguments, &lines).stdout;
    let local = served(&["--mcp"]);
    assert!(!local.is_empty());
    assert_eq!(served(&["-g", &server.url, "--mcp"]), local);

    let known = |arguments: &[&str], profile: &str| {
        let own = ["--me", profile, "-c", ".know docker, git", "-F", "json", "-c", "ready limit 5"];
        let output = run_in(&place, &[arguments, &own].concat(), "");
        let kept = std::fs::read_to_string(place.join(profile)).expect("a profile");
        (output.status.code(), output.stdout, kept)
    };
    let local = known(&[], "here.json");
    assert_eq!(local.0, Some(0));
    let remote = known(&["-g", &server.url], "there.json");
    let plain = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("there.json", "here.json");
    assert_eq!((remote.0, plain(&remote.1), &remote.2), (local.0, plain(&local.1), &local.2));

    let mut prompt = prompt::open(&place, &["-g", &server.url]);
    prompt::see(&mut prompt, prompt::PROMPT);
    prompt::type_in(&mut prompt, "prereqs kubern\t");
    prompt::see(&mut prompt, "Kubernetes autoscaling");
    prompt::see(&mut prompt, prompt::PROMPT);
    // What is typed goes.
    prompt::type_in(&mut prompt, "\u{15}");
    prompt::ask(&mut prompt, ".timer on");
    let timed = prompt::ask(&mut prompt, "path devops to llmops");
    assert!(timed.contains("rounds"), "{timed}");
    prompt::leave(prompt);
}
