//! What is documented for pipelines works: workflows are YAML whose steps run, recipes for jq give
//! something, and what a release holds is called what installers look for.
#![cfg(unix)]

mod support;

use granit_parser::{Event, Parser};
use serde_json::{Map, Value};
use std::path::Path;
use std::process::{Command, Output};
use support::{folder, root};

/// A YAML file as JSON; scalars are texts.
fn yaml(file: &str) -> Value {
    let text = std::fs::read_to_string(root().join(file)).expect("the file is read");
    let mut events = Parser::new_from_str(&text).map(|event| event.expect("YAML").0);
    let mut wanted = events
        .by_ref()
        .filter(|event| !matches!(event, Event::StreamStart | Event::DocumentStart(..)));
    let first = wanted.next().expect("a document");
    value(first, &mut wanted)
}

fn value<'e>(event: Event<'e>, events: &mut dyn Iterator<Item = Event<'e>>) -> Value {
    match event {
        Event::Scalar(text, ..) => text.as_ref().into(),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            loop {
                match events.next().expect("a list ends") {
                    Event::SequenceEnd => return items.into(),
                    item => items.push(value(item, events)),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut members = Map::new();
            loop {
                match events.next().expect("a mapping ends") {
                    Event::MappingEnd => return members.into(),
                    Event::Scalar(key, ..) => {
                        let next = events.next().expect("a value");
                        let twice = members.insert(key.to_string(), value(next, events));
                        assert!(twice.is_none(), "{key} stands twice");
                    }
                    other => panic!("the key {other:?}"),
                }
            }
        }
        other => panic!("{other:?}"),
    }
}

/// A line of a shell that finds the program, in a folder.
fn shell(line: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_opsatlas"));
    let path = std::env::var("PATH").unwrap_or_default();
    let beside = program.parent().expect("a folder").display();
    Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", format!("{beside}:{path}"))
        .env("NO_COLOR", "1")
        .env("XDG_DATA_HOME", folder)
        .output()
        .expect("a shell")
}

fn steps(job: &Value) -> Vec<&Map<String, Value>> {
    let steps = job["steps"].as_array().expect("steps").iter();
    steps.map(|step| step.as_object().expect("a step")).collect()
}

fn runs(job: &Value) -> Vec<&str> {
    steps(job).into_iter().filter_map(|step| step.get("run")?.as_str()).collect()
}

const GRAPH: &str = r#"{"atlas": 1, "nodes": [{"id": "our-role", "name": "Our role", "kind": "skill"}],
    "edges": [{"from": "our-role", "kind": "builds-on", "to": "gitops"}]}"#;

#[test]
fn the_workflow_that_watches_a_graph_runs_and_fails_where_it_should() {
    let workflow = yaml("docs/graph-check.yml");
    assert!(workflow["on"].as_array().is_some_and(|on| on.contains(&"pull_request".into())));
    assert_eq!(workflow["permissions"]["contents"], "read");
    let job = &workflow["jobs"]["check"];
    for step in steps(job) {
        assert!(step.contains_key("run") != step.contains_key("uses"), "{step:?}");
        let uses = step.get("uses").and_then(Value::as_str).unwrap_or("a/b@v1");
        assert!(uses.contains('/') && uses.contains('@'), "{uses}");
    }
    let lines = runs(job);
    let ours: Vec<&&str> = lines.iter().filter(|line| line.starts_with("opsatlas ")).collect();
    let install = "cargo install --locked opsatlas";
    assert!(lines.contains(&install) && ours.len() >= 3 && ours.len() + 1 == lines.len());
    let place = folder("pipelines-workflow");
    let graph = place.join("skills.json");
    let check = |graph_text: &str, succeeds: &[bool]| {
        std::fs::write(&graph, graph_text).expect("written");
        for (line, wanted) in ours.iter().zip(succeeds) {
            let done = shell(line, &place);
            let said = String::from_utf8_lossy(&done.stderr);
            assert_eq!(done.status.success(), *wanted, "{line}: {said}");
        }
    };
    check(GRAPH, &[true; 3]);
    // What is uploaded is there.
    let upload = steps(job).into_iter().find_map(|step| step.get("with")?.get("path"));
    let kept = place.join(upload.and_then(Value::as_str).expect("a path"));
    assert!(std::fs::read_to_string(&kept).expect("it is kept").contains("Our role"));
    // A graph with an error in it, and one that does not load.
    let cyclic = GRAPH.replace(
        r#""to": "gitops"}"#,
        r#""to": "b"}, {"from": "b", "kind": "builds-on", "to": "our-role"}"#,
    );
    let cyclic = cyclic.replace(r#""kind": "skill"}"#, r#""kind": "skill"}, {"id": "b"}"#);
    let schema =
        r#"{"atlas": 1, "schema": {"relations": {"builds-on": {"prerequisite": "target"}}},"#;
    check(&cyclic.replace(r#"{"atlas": 1,"#, schema), &[false]);
    check("{", &[false; 3]);
}

/// The commands in the second column of the table of recipes.
fn recipes() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("docs/pipelines.md")).expect("the document");
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains("| `opsatlas "));
    let commands = rows.map(|row| {
        let begin = row.find("| `").expect("a command") + 3;
        row[begin..].trim_end_matches("` |").replace("\\|", "|")
    });
    commands.collect()
}

#[expect(clippy::print_stderr, reason = "what is skipped is said aloud")]
#[test]
fn recipes_give_what_they_promise() {
    let recipes = recipes();
    assert!(recipes.len() >= 6, "{recipes:?}");
    if Command::new("jq").arg("--version").output().is_err() {
        eprintln!("SKIPPED: jq is not installed, recipes are not run");
        return;
    }
    let place = folder("pipelines-recipes");
    std::fs::write(place.join("questions.txt"), "show docker\ntools of gitops\n").expect("written");
    std::fs::write(place.join("skills.json"), GRAPH).expect("written");
    for recipe in recipes {
        let done = shell(&recipe, &place);
        let [told, said] =
            [&done.stdout, &done.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert!(done.status.success() && !told.trim().is_empty(), "{recipe}: {told}{said}");
        assert!(told.lines().all(|line| line != "null"), "{recipe}: {told}");
        assert!(!said.contains("jq:"), "{recipe}: {said}");
    }
}

#[test]
fn a_line_says_which_query_it_answers() {
    let place = folder("pipelines-lines");
    let line = "printf 'show docker\\npath devops to gitops\\ntools of gitops then count\\n' \
                | opsatlas -F jsonl -f -";
    let done = shell(line, &place);
    let lines = String::from_utf8(done.stdout).expect("text");
    let queries = ["show docker", "path devops to gitops", "tools of gitops then count"];
    for (line, query) in lines.lines().zip(queries) {
        let object: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(object["query"], query);
    }
    assert_eq!(lines.lines().count(), queries.len());
}

/// What Cargo.toml says behind a key, anywhere.
fn said<'t>(manifest: &'t str, key: &str) -> &'t str {
    let line = manifest.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    line.expect("it is said").trim_matches('"')
}

#[test]
fn a_release_holds_what_installers_look_for() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let script = std::fs::read_to_string(root().join("scripts/release")).expect("the script");
    let workflow = yaml(".github/workflows/release.yml");
    let matrix = &workflow["jobs"]["build"]["strategy"]["matrix"]["include"];
    let targets = matrix.as_array().expect("targets").iter();
    let targets: Vec<&str> = targets.map(|row| row["target"].as_str().expect("a target")).collect();
    for system in ["linux-gnu", "linux-musl", "apple-darwin", "windows-msvc"] {
        assert!(targets.iter().any(|target| target.ends_with(system)), "{system}");
    }
    // Names: in the script by its variables, in the manifest by those of binstall.
    let named =
        script.lines().find_map(|line| line.trim_start().strip_prefix("name=")).expect("a name");
    let (address, inside) = (said(&manifest, "pkg-url"), said(&manifest, "bin-dir"));
    let version = said(&manifest, "version");
    for target in targets {
        let name = named.replace("$version", version).replace("$target", target);
        let windows = target.contains("windows");
        let fill = |text: &str| {
            let text = text.replace("{ target }", target).replace("{ version }", version);
            let text = text.replace("{ bin }", "opsatlas").replace("{ repo }", "REPOSITORY");
            text.replace("{ binary-ext }", if windows { ".exe" } else { "" })
        };
        let wanted = format!("REPOSITORY/releases/download/v{version}/{name}{{ archive-suffix }}");
        assert_eq!(fill(address), wanted, "{target}");
        let program = if windows { "opsatlas.exe" } else { "opsatlas" };
        assert_eq!(fill(inside), format!("{name}/{program}"), "{target}");
        let overridden =
            format!("[package.metadata.binstall.overrides.{target}]\npkg-fmt = \"zip\"");
        assert_eq!(manifest.contains(&overridden), windows, "{target}");
    }
    assert_eq!(said(&manifest, "pkg-fmt"), "tgz");
    assert!(script.contains("\"$name.zip\"") && script.contains("$name.tar.gz"));
    // Every build is published, with checksums.
    let build = &workflow["jobs"]["build"];
    let builds = runs(build);
    assert!(builds.iter().any(|run| run.starts_with("scripts/release --target")), "{builds:?}");
    let kept = steps(build).into_iter().find_map(|step| step.get("with")?.get("path"));
    let files = script.lines().find_map(|line| line.strip_prefix("files=")).expect("a folder");
    assert_eq!(kept.and_then(Value::as_str), Some(&*format!("{files}/*")));
    let publish = &workflow["jobs"]["publish"];
    assert_eq!(publish["needs"], serde_json::json!(["build", "playground"]));
    assert!(runs(publish).iter().any(|run| run.contains("sha256sum")));
    // So is the playground, with what its script makes.
    let playground = &workflow["jobs"]["playground"];
    let builds = runs(playground);
    assert!(builds.iter().any(|run| run.contains("--target wasm32-unknown-unknown")), "{builds:?}");
    assert!(builds.contains(&"scripts/playground"), "{builds:?}");
    let script = std::fs::read_to_string(root().join("scripts/playground")).expect("the script");
    let files = script.lines().find_map(|line| line.strip_prefix("files=")).expect("a folder");
    let kept = steps(playground).into_iter().find_map(|step| step.get("with")?.get("path"));
    let wanted = format!("{files}/playground.html\n{files}/*.tgz\n");
    assert_eq!(kept.and_then(Value::as_str), Some(&*wanted));
    assert!(script.contains("$files/playground.html") && script.contains("\"$files\"/*.tgz"));
    let whole = yaml(".github/workflows/ci.yml");
    assert!(whole["jobs"].as_object().is_some_and(|jobs| !jobs.is_empty()));
}
