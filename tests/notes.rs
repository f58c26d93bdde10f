//! Folders of Markdown: what a note, its front matter and its links become, and folders made to break
//! the reader.

mod support;

use opsatlas::data::save;
use opsatlas::graph::Atlas;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A folder of this name with these files.
fn vault(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = support::folder(name);
    for (path, text) in files {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("made");
        fs::write(place, text).expect("written");
    }
    folder
}

fn read(folder: &PathBuf) -> (Value, Vec<String>) {
    let atlas = Atlas::from_files([folder]).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let told = atlas.notes().iter().map(|note| note.replace(&format!("{}/", folder.display()), ""));
    (serde_json::from_str(&save(&atlas)).expect("JSON"), told.collect())
}

fn node<'v>(graph: &'v Value, id: &str) -> &'v Value {
    let nodes = graph["nodes"].as_array().expect("nodes");
    nodes.iter().find(|node| node["id"] == id).unwrap_or_else(|| panic!("{id} is there"))
}

/// From, relation, to, the lines it is cited to.
fn edges(graph: &Value) -> Vec<(String, String, String, Vec<u64>)> {
    let text = |edge: &Value, name: &str| edge[name].as_str().expect("a text").to_owned();
    let edges = graph["edges"].as_array().into_iter().flatten().map(|edge| {
        let cited = edge["sources"].as_array().into_iter().flatten();
        let lines = cited.filter_map(|cited| cited["line"].as_u64()).collect();
        (text(edge, "from"), text(edge, "kind"), text(edge, "to"), lines)
    });
    edges.collect()
}

#[test]
fn a_note_alone_is_one_of_a_folder() {
    let folder =
        vault("notes_alone", &[("Bread.md", "\u{feff}---\ntype: food\n---\nBaked [[Bread]].\n")]);
    let (graph, told) = read(&folder.join("Bread.md"));
    assert_eq!((node(&graph, "Bread")["kind"].as_str(), told), (Some("food"), Vec::new()));
    let (same, _) = read(&folder);
    assert_eq!([&graph["nodes"], &graph["edges"]], [&same["nodes"], &same["edges"]]);
    let (plain, _) = read(&vault("notes_plain", &[("Plain.md", "Words.\n")]).join("Plain.md"));
    assert_eq!(node(&plain, "Plain")["id"], "Plain");
}

#[test]
fn a_vault_of_obsidian() {
    let folder = vault(
        "notes_obsidian",
        &[
            (
                "Docker.md",
                "---\r\ntype: tool\r\ntags: [containers]\r\nhours: 12.50\r\nrequires:\r\n  - \"[[Linux]]\"\r\n  - Networking\r\nafter: [[Linux]]\r\nstatus: draft\r\naliases: [docker engine]\r\n---\r\n# Overview\r\n\r\nSee [[Linux#Namespaces|namespaces]], [[linux]] and [[Dokcer Basics]]. #infra #1 a#b ![[plan.png]]\r\n\r\n## Next\r\nneeds:: [[Go]]\r\nlevel:: 3\r\n\r\n`[[Linux]]`\r\n```\r\n[[Networking]]\r\n```\r\n",
            ),
            ("Docker basics.md", "| a | b |\n|---|---|\n| [[Docker\\|this]] | [[#Overview]] |\n"),
            ("Linux.md", "\u{feff}no front matter\n---\nrule\n"),
            ("Networking.md", "---\ntitle: Computer networks\n---\n[[docker engine]]\n"),
            (
                "a/Go.md",
                "[[computer networks]] [go](https://go.dev) [up](../Docker%20basics.md) [no](../x.md)\n",
            ),
            ("b/go.md", "---\nnever closed\n[[Docker\n"),
            (".obsidian/workspace.md", "[[Docker]]"),
            (".trash.md", "[[Docker]]"),
            ("readme.txt", "[[Docker]]"),
        ],
    );
    let (graph, told) = read(&folder);
    assert_eq!(graph["nodes"].as_array().map(Vec::len), Some(6));
    let hours: Value = serde_json::from_str("12.50").expect("a number");
    assert_eq!(
        node(&graph, "Docker"),
        &json!({"id": "Docker", "kind": "tool", "aliases": ["docker engine"],
        "properties": {"hours": hours, "status": "draft", "tags": ["containers", "infra"], "level": 3,
            "headings": ["Overview", "Next"]},
        "sources": [{"source": "Docker.md", "line": 1}]})
    );
    assert_eq!(node(&graph, "Networking")["name"], "Computer networks");
    let edge = |from: &str, kind: &str, to: &str, lines: &[u64]| {
        (from.to_owned(), kind.to_owned(), to.to_owned(), lines.to_vec())
    };
    assert_eq!(
        edges(&graph),
        [
            edge("Docker", "after", "Linux", &[8]),
            edge("Docker", "links-to", "Linux", &[14]),
            edge("Docker", "needs", "a/Go", &[17]),
            edge("Docker", "requires", "Linux", &[6]),
            edge("Docker", "requires", "Networking", &[7]),
            edge("Docker basics", "links-to", "Docker", &[3]),
            edge("Networking", "links-to", "Docker", &[4]),
            edge("a/Go", "links-to", "Docker basics", &[1]),
            edge("a/Go", "links-to", "Networking", &[1]),
        ]
    );
    let link =
        graph["edges"].as_array().expect("edges").iter().find(|edge| edge["kind"] == "links-to");
    let link = link.expect("a link");
    assert_eq!(link["properties"], json!({"heading": "Namespaces", "words": "namespaces"}));
    assert_eq!(
        link["sources"][0],
        json!({"source": "Docker.md", "section": "Overview", "line": 14})
    );
    assert_eq!(
        told,
        [
            "Docker.md:14: `Dokcer Basics` is no note; did you mean `Docker basics`?",
            "a/Go.md:1: `../x.md` is no note",
            "Docker.md:17: `Go` may be 2 notes; taken for a/Go",
        ]
    );
    assert_eq!(read(&folder).0, graph, "in the same order each time");
}

#[test]
fn comments_say_nothing() {
    let own = "%% [[C]] %% see [[D]], %%needs:: [[C]]%% [[E|100%% sure]]\n\
        %%needs:: [[C]]%%needs:: [[D]] %% `x` #hidden %% #seen\n\n\
        %%\n# Hidden\n\n[[C]], 5:[^1]\n\n```\n%%\n```\n- [c](C.md) ![[C]]\n%%\n\n\
        ## Seen\n`%%` [[F]]\n\n<!-- [[C]] -->\nat 100%% [[G]]\n\n[^1]: The manual\n";
    let files = ["C", "D", "E", "F", "G"].map(|name| (format!("{name}.md"), String::new()));
    let mut files = files.to_vec();
    files.push(("A.md".into(), own.into()));
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (graph, told) = read(&vault("notes_comments", &files));
    let ends = edges(&graph).into_iter().map(|(_, kind, to, lines)| (kind, to, lines));
    let edge = |kind: &str, to: &str, line| (kind.to_owned(), to.to_owned(), vec![line]);
    assert_eq!(
        ends.collect::<Vec<_>>(),
        [
            edge("links-to", "D", 1),
            edge("links-to", "E", 1),
            edge("links-to", "F", 16),
            edge("links-to", "G", 19),
            edge("needs", "D", 2),
        ]
    );
    assert_eq!(node(&graph, "A")["properties"], json!({"tags": ["seen"], "headings": ["Seen"]}));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_bundle_of_the_open_knowledge_format() {
    let folder = vault(
        "notes_okf",
        &[
            ("index.md", "---\nokf_version: \"0.2\"\n---\n* [Orders](tables/orders.md)\n"),
            ("log.md", "## 2026-05-22\n* **Update**: [Orders](/tables/orders.md)\n"),
            ("tables/index.md", "* [Orders](orders.md)\n"),
            (
                "tables/orders.md",
                "---\ntype: BigQuery Table\ntitle: Customer Orders\ntags: [sales]\nsources:\n  - id: schema\n    resource: https://example.org/schema\n    title: The schema\n  - id: job\n    resource: /jobs/load.md\nverified: { by: human:ana, at: 2026-06-25T09:00:00Z }\n---\n# Joins\n\nAll rows are kept. It joins [customers](/tables/customers.md) on `id`.[^schema][^job] See [load](../jobs/load.md).\n\n[^schema]: the schema\n[^job]: the job\n",
            ),
            (
                "tables/customers.md",
                "---\ntype: BigQuery Table\nsources: [{id: schema, resource: 'https://example.org/other'}]\n---\nOne row each.[^schema]\n\n[^schema]: x\n",
            ),
            ("jobs/load.md", "---\ntype: Job\n---\nRuns.\n"),
        ],
    );
    let (graph, told) = read(&folder);
    assert_eq!(told, [""; 0]);
    let ids: Vec<&str> = graph["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    assert_eq!(ids, ["jobs/load", "tables/customers", "tables/orders"]);
    let orders = node(&graph, "tables/orders");
    assert_eq!(
        (&orders["kind"], &orders["name"]),
        (&json!("BigQuery Table"), &json!("Customer Orders"))
    );
    assert_eq!(
        orders["properties"]["claims"],
        json!([{"value": "It joins customers on id.", "sources": [
        {"source": "https://example.org/schema"}, {"source": "job"}, {"source": "tables/orders.md", "section": "Joins", "line": 15}]}])
    );
    let link = graph["edges"]
        .as_array()
        .expect("edges")
        .iter()
        .find(|edge| edge["to"] == "tables/customers")
        .expect("an edge");
    assert_eq!(
        link["sources"],
        json!([{"source": "tables/orders.md", "section": "Joins", "line": 15},
        {"source": "https://example.org/schema"}, {"source": "job"}])
    );
    let sources = graph["sources"].as_array().expect("sources");
    assert!(sources.contains(&json!({"id": "schema", "address": "https://example.org/other"})));
    assert!(sources.contains(&json!({"id": "job", "file": "/jobs/load.md"})));
}

#[test]
fn what_is_wrong_is_told_with_its_file_and_line() {
    let folder = vault(
        "notes_wrong",
        &[("a.md", "---\na: 1\nb: [1\n---\n"), ("b.md", "---\na: 1\na: 2\n---\n")],
    );
    let problems = Atlas::from_files([&folder]).expect_err("two problems");
    let told: Vec<_> = problems
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().expect("a place");
            (
                problem.code,
                place.text.name.rsplit('/').next().unwrap_or_default().to_owned(),
                place.line_and_column().0,
            )
        })
        .collect();
    assert_eq!(told[1], ("duplicate-key", "b.md".to_owned(), 3));
    assert_eq!((told[0].0, told[0].1.as_str()), ("bad-yaml", "a.md"));
    fs::write(folder.join("a.md"), b"a\n\xff\xfe").expect("written");
    fs::write(folder.join("b.md"), "x".repeat((4 << 20) + 1)).expect("written");
    let problems = Atlas::from_files([&folder]).expect_err("binary and long");
    let codes: BTreeSet<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, BTreeSet::from(["not-utf8", "too-long"]));
    let empty = vault("notes_empty", &[("a.txt", "x")]);
    assert_eq!(Atlas::from_files([&empty]).expect_err("no notes")[0].code, "unknown-format");
}

#[cfg(unix)]
#[test]
fn links_to_nothing_make_nodes_if_that_is_said() {
    let files = [
        (
            "a.md",
            "---\nneeds: [\"[[Missing note]]\", \"[[b]]\"]\n---\nSee [[missing note|words]] and [x](deep/gone.md).\n",
        ),
        ("b.md", "[[Other#part]] and `[[code]]`, <https://example.org>\n"),
    ];
    let folder = vault("missing", &files);
    let mut reading = opsatlas::import::Reading::new(Vec::new(), true);
    let atlas = Atlas::read_files([&folder], &mut reading).expect("loads");
    let graph: Value = serde_json::from_str(&save(&atlas)).expect("JSON");
    let kept = edges(&graph);
    let ends: Vec<String> =
        kept.iter().map(|(from, kind, to, _)| format!("{from} {kind} {to}")).collect();
    let wanted = [
        "a links-to Missing note",
        "a links-to deep/gone",
        "a needs Missing note",
        "a needs b",
        "b links-to Other",
    ];
    assert_eq!(ends, wanted);
    let told = "nodes were made of what nothing defines: ";
    assert!(atlas.notes().iter().any(|note| note.starts_with(told)), "{:?}", atlas.notes());
    assert_eq!(
        read(&folder).0["nodes"].as_array().map(Vec::len),
        Some(2),
        "nothing is made unasked"
    );
}

#[test]
fn links_of_folders_that_lead_round_are_passed_over() {
    let folder = vault("notes_round", &[("sub/a.md", "[[b]]"), ("b.md", "x")]);
    let _ = fs::remove_file(folder.join("sub/round"));
    let _ = fs::remove_file(folder.join("sub/self.md"));
    std::os::unix::fs::symlink(&folder, folder.join("sub/round")).expect("a link");
    std::os::unix::fs::symlink("self.md", folder.join("sub/self.md")).expect("a link");
    let (graph, _) = read(&folder);
    assert_eq!(graph["nodes"].as_array().map(Vec::len), Some(2));
}

/// Runs within the time that a reader may take of what is made to break it; builds without
/// optimization get more.
fn in_time<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = run();
    let limit = if cfg!(debug_assertions) { 30 } else { 5 };
    assert!(began.elapsed() < Duration::from_secs(limit), "{what} took {:?}", began.elapsed());
    result
}

#[test]
fn ten_thousand_notes_and_hostile_texts_are_read_in_time() {
    let folder = support::folder("notes_many");
    for at in 0..10_000 {
        let text = format!(
            "---\ntype: topic\nneeds: [\"[[n{}]]\"]\n---\n[[n{}]] [[gone{at}]]\n",
            at / 2,
            at / 3
        );
        fs::write(folder.join(format!("n{at}.md")), text).expect("written");
    }
    let (graph, told) = in_time("many notes", || read(&folder));
    assert_eq!(graph["nodes"].as_array().map(Vec::len), Some(10_000));
    assert_eq!(told.len(), 13);
    assert_eq!(told[12], "9988 more links to nothing");
    let size = 1 << 20;
    for (at, piece) in [
        "[[", "[", "![", "> ", "*a_", "`", "- ", "#", "[^a]", "<a ", "|", "[[a|", "a::", "\\", "&",
        "~~", "](",
    ]
    .into_iter()
    .enumerate()
    {
        let folder = vault(
            &format!("notes_hostile_{at}"),
            &[
                ("a.md", &piece.repeat(size / piece.len())),
                ("b.md", &format!("---\na: {}", piece.repeat(1000))),
            ],
        );
        in_time(piece, || drop(Atlas::from_files([&folder])));
    }
}
