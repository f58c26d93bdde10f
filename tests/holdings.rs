//! What `docs/coverage.md` says of the layer `practice`: its counts, and which names are here and
//! which are not. `UPDATE=1 cargo test --test holdings` writes the counts.

mod support;

use opsatlas::graph::Atlas;
use std::collections::{BTreeMap, BTreeSet};
use support::data::{files, hours, list, word};
use support::root;

const DOCUMENT: &str = "docs/coverage.md";
const LAYERS: [&str; 2] = ["texts", "practice"];

/// Which domain a file's nodes belong to.
const DOMAINS: [(&str, &str); 7] = [
    (
        "DevOps",
        "devops cloud container-parts containers delivery delivery-practice infrastructure \
         kubernetes reliability security",
    ),
    ("GitOps", "gitops gitops-practice"),
    (
        "MLOps",
        "mlops data-engineering deep-learning machine-learning ml-monitoring ml-platforms serving",
    ),
    ("LLMOps", "llmops agents language-models llm llm-evaluation llm-safety llm-serving rag"),
    ("AIOps", "aiops"),
    (
        "shared",
        "shared data-stores foundations linux mathematics networking observability telemetry wider",
    ),
    ("roles and backgrounds", "backgrounds roles"),
];
/// Relations whose statements say what one learns first.
const PREREQUISITES: [&str; 2] = ["builds-on", "learns"];
const KINDS: [&str; 4] = ["tool", "skill", "concept", "role"];

/// What the files of a domain add in one layer.
#[derive(Default)]
struct Counts {
    nodes: [usize; KINDS.len()],
    prerequisites: usize,
    hours: usize,
}

impl Counts {
    fn row(&self, name: &str) -> String {
        let nodes = self.nodes.map(|count| count.to_string()).join(" | ");
        format!("| {name} | {nodes} | {} | {} |\n", self.prerequisites, self.hours)
    }

    fn add(&mut self, other: &Self) {
        for (count, more) in self.nodes.iter_mut().zip(other.nodes) {
            *count += more;
        }
        self.prerequisites += other.prerequisites;
        self.hours += other.hours;
    }
}

/// A row for each domain and layer; a node counts where it is named first.
fn by_domain() -> String {
    let (hours, mut seen) = (hours(), BTreeSet::<String>::new());
    let mut rows: BTreeMap<(usize, usize), Counts> = BTreeMap::new();
    for (layer, name) in LAYERS.iter().enumerate() {
        for (file, content) in files(name) {
            let named = list(&content, "nodes").filter(|node| node.get("kind").is_some());
            let named: Vec<_> = named.filter(|node| seen.insert(word(node, "id").into())).collect();
            let said = list(&content, "edges").count();
            let mine = |(_, files): &(&str, &str)| files.split_whitespace().any(|one| one == file);
            let Some(domain) = DOMAINS.iter().position(mine) else {
                assert!(named.is_empty() && said == 0, "{file} belongs to no domain");
                continue;
            };
            let row = rows.entry((domain, layer)).or_default();
            for node in named {
                if let Some(kind) = KINDS.iter().position(|kind| *kind == word(node, "kind")) {
                    row.nodes[kind] += 1;
                }
                row.hours += usize::from(hours.contains_key(word(node, "id")));
            }
            let first = |edge: &&serde_json::Value| PREREQUISITES.contains(&word(edge, "kind"));
            row.prerequisites += list(&content, "edges").filter(first).count();
        }
    }
    let mut table =
        "\n| domain | layer | tools | skills | concepts | roles | prerequisites | hours \
                     |\n|---|---|---|---|---|---|---|---|\n"
            .to_owned();
    let mut all = Counts::default();
    for ((domain, layer), counts) in &rows {
        all.add(counts);
        table += &counts.row(&format!("{} | {}", DOMAINS[*domain].0, LAYERS[*layer]));
    }
    table + &all.row("all | both") + "\n"
}

/// A row for each role: how many of its plan's tools and skills say how long they take.
fn by_role() -> String {
    let (atlas, hours) = (Atlas::built_in(), hours());
    let kinds: Vec<usize> =
        ["tool", "skill"].iter().flat_map(|kind| atlas.resolve_kind(kind)).collect();
    let mut table =
        "\n| role | steps | tools and skills | with hours |\n|---|---|---|---|\n".to_owned();
    for role in atlas.query("roles").expect("the roles").nodes() {
        let facts = atlas.node(role);
        let plan = atlas.query(&format!("plan {}", facts.id)).expect("a plan").nodes();
        let learned =
            plan.iter().filter(|node| kinds.iter().any(|kind| atlas.is_kind(**node, *kind)));
        let learned: Vec<_> = learned.map(|node| &atlas.node(*node).id).collect();
        let told = learned.iter().filter(|id| hours.contains_key(**id)).count();
        let name = facts.name.as_ref().unwrap_or(&facts.id);
        table += &format!("| {name} | {} | {} | {told} |\n", plan.len(), learned.len());
    }
    table + "\n"
}

/// The document with what stands between `<!-- name -->` and the next `<!-- end -->` replaced.
fn with_part(document: &str, name: &str, part: &str) -> String {
    let mark = format!("<!-- {name} -->\n");
    let (before, rest) = document.split_once(&mark).expect("the mark is in the document");
    let (_, after) = rest.split_once("<!-- end -->").expect("the part has an end");
    format!("{before}{mark}{part}<!-- end -->{after}")
}

fn document() -> String {
    std::fs::read_to_string(root().join(DOCUMENT)).expect("the document")
}

#[test]
fn the_counts_are_what_the_files_say() {
    let known = document();
    let now = with_part(&with_part(&known, "counts", &by_domain()), "hours", &by_role());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join(DOCUMENT), now).expect("the document is written");
    } else {
        assert!(known == now, "{DOCUMENT} counts otherwise: UPDATE=1 writes it anew");
    }
}

/// The first cells of a section's table, each split at its commas.
fn cells<'d>(document: &'d str, section: &str, column: usize) -> Vec<&'d str> {
    let (_, section) = document.split_once(&format!("\n## {section}\n")).expect("the section");
    let section = section.split("\n## ").next().unwrap_or(section);
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    let cells = rows.filter_map(move |row| row.trim_matches('|').split('|').nth(column));
    cells.flat_map(|cell| cell.split(',')).map(|name| name.trim().trim_matches('`')).collect()
}

#[test]
fn what_is_said_to_be_here_is_and_the_rest_is_not() {
    let (atlas, hours, document) = (Atlas::built_in(), hours(), document());
    let here = cells(&document, "Names looked for, and the nodes that hold them", 1);
    assert!(here.len() > 200, "{} names", here.len());
    for id in here {
        assert!(atlas.by_id(id).is_some(), "{id} is not here");
    }
    let gone = cells(&document, "What is not here, and why", 0);
    assert!(!gone.is_empty());
    for name in gone {
        assert!(atlas.resolve(name).is_empty(), "{name} is here by now");
    }
    let untold = cells(&document, "What has no hours, and why", 0);
    assert!(!untold.is_empty());
    for id in untold {
        assert!(atlas.by_id(id).is_some() && !hours.contains_key(id), "{id} has hours");
    }
}
