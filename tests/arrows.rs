//! Which file knows which: imports between the files of `src` run one way, and so do those between
//! rooms within rooms. A circle is allowed only through a room's own `mod.rs`, where a table stands
//! beside its rows.

mod support;

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};
use support::root;

/// A file's place in the tree of modules: `graph/flow/mod.rs` is `[graph, flow]`.
type Module = Vec<String>;

/// The source files by module, without comments and tests.
fn modules() -> BTreeMap<Module, String> {
    let base = root().join("src");
    let mut open = vec![base.clone()];
    let mut found = BTreeMap::new();
    while let Some(place) = open.pop() {
        if place.is_dir() {
            let entries = std::fs::read_dir(&place).expect("a folder");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let path = place.strip_prefix(&base).expect("below src").to_string_lossy().into_owned();
        let Some(path) = path.strip_suffix(".rs").filter(|path| !path.ends_with("tests")) else {
            continue;
        };
        let text = std::fs::read_to_string(&place).expect("a source file");
        found.insert(module(path), code(&text));
    }
    found
}

fn module(path: &str) -> Module {
    let mut parts: Module = path.split('/').map(str::to_owned).collect();
    parts.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
    parts
}

fn code(text: &str) -> String {
    let lines = text.split("#[cfg(test)]").next().unwrap_or(text).lines();
    lines.map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<&str>>().join("\n")
}

/// The paths of a `use` tree, its braces opened: `a::{b, c::d as e}` gives `a::b` and `a::c::d`.
fn opened(tree: &str) -> Vec<Vec<String>> {
    let Some((head, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or(tree);
        return vec![path.split("::").map(|part| part.trim().to_owned()).collect()];
    };
    let inner = rest.trim_end().strip_suffix('}').unwrap_or(rest);
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| opened(&format!("{}{part}", head.trim()))).collect()
}

/// What `use` items import, each with what its first word is relative to.
fn imports(code: &str) -> Vec<Vec<String>> {
    let uses = code.match_indices("use ").filter(|(at, _)| {
        let line = code[..*at].rsplit('\n').next().unwrap_or("").trim();
        line.is_empty() || line.starts_with("pub")
    });
    let trees = uses.filter_map(|(at, _)| code[at + 4..].split(';').next());
    trees.flat_map(opened).collect()
}

/// The absolute path that an import from `here` means, as far as it is ours.
fn absolute(path: &[String], here: &[String], all: &BTreeMap<Module, String>) -> Option<Module> {
    let supers = path.iter().take_while(|part| *part == "super").count();
    let (base, rest) = match path.first()?.as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (here.to_vec(), &path[1..]),
        "super" => (here[..here.len().checked_sub(supers)?].to_vec(), &path[supers..]),
        child if all.contains_key(&[here, &[child.to_owned()]].concat()) => (here.to_vec(), path),
        _ => return None,
    };
    Some([base, rest.to_vec()].concat())
}

/// The file that defines what a path names: through re-exports, to where it stands.
fn target(path: &[String], all: &BTreeMap<Module, String>) -> Option<Module> {
    let mut path = path.to_vec();
    for _ in 0..8 {
        let known = (0..=path.len()).rev().find(|end| all.contains_key(&path[..*end]))?;
        let (file, rest) = path.split_at(known);
        let Some(name) = rest.first() else {
            return Some(file.to_vec());
        };
        let exports = imports(&all[file]).into_iter().filter(|import| import.last() == Some(name));
        match exports.filter_map(|import| absolute(&import, file, all)).find(|next| *next != path) {
            Some(next) => path = next,
            None => return Some(file.to_vec()),
        }
    }
    None
}

/// Which file imports from which, but for what a file has from the rooms it stands in and for what
/// a room has from those within it.
fn arrows(all: &BTreeMap<Module, String>) -> BTreeSet<(Module, Module)> {
    let mut found = BTreeSet::new();
    for (here, code) in all {
        for import in imports(code) {
            let there = absolute(&import, here, all).and_then(|path| target(&path, all));
            if let Some(there) = there.filter(|there| {
                !there.is_empty() && !here.starts_with(there) && !there.starts_with(here)
            }) {
                found.insert((here.clone(), there));
            }
        }
    }
    found
}

/// Modules that know one another in a circle.
fn circles(arrows: &BTreeSet<(Module, Module)>) -> Vec<String> {
    let mut graph = DiGraph::new();
    let ends: BTreeSet<&Module> = arrows.iter().flat_map(|(from, to)| [from, to]).collect();
    let numbers: BTreeMap<&Module, _> =
        ends.into_iter().map(|file| (file, graph.add_node(file.join("/")))).collect();
    graph.extend_with_edges(arrows.iter().map(|(from, to)| (numbers[from], numbers[to])));
    let graph: DiGraph<String, ()> = graph;
    let circles = tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1);
    let told = circles.map(|circle| {
        let files: BTreeSet<&str> = circle.into_iter().map(|file| &*graph[file]).collect();
        files.into_iter().collect::<Vec<&str>>().join(" ↔ ")
    });
    told.collect::<BTreeSet<String>>().into_iter().collect()
}

/// The arrows between what stands side by side where two modules part: `graph/flow/index` to
/// `graph/build/ids` is `graph/flow` to `graph/build`.
fn between_rooms(arrows: &BTreeSet<(Module, Module)>) -> BTreeSet<(Module, Module)> {
    let parting = |(from, to): &(Module, Module)| {
        let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        Some((from.get(..=shared)?.to_vec(), to.get(..=shared)?.to_vec()))
    };
    arrows.iter().filter_map(parting).collect()
}

#[test]
fn no_file_knows_one_that_knows_it() {
    let all = modules();
    let arrows = arrows(&all);
    assert!(all.len() > 100 && arrows.len() > 300, "{} files, {} arrows", all.len(), arrows.len());
    let circles = circles(&arrows);
    assert!(circles.is_empty(), "circles of files:\n{}", circles.join("\n"));
}

#[test]
fn rooms_within_rooms_know_one_another_one_way() {
    let circles = circles(&between_rooms(&arrows(&modules())));
    assert!(circles.is_empty(), "circles of rooms:\n{}", circles.join("\n"));
}

#[test]
fn every_room_is_in_the_architecture() {
    let document =
        std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).expect("it is there");
    let all = modules();
    let rooms: BTreeSet<String> =
        all.keys().filter_map(|file| Some(file.split_last()?.1.join("/"))).collect();
    let missing =
        rooms.iter().filter(|room| !room.is_empty() && !document.contains(&format!("`{room}`")));
    let missing: Vec<&String> = missing.collect();
    assert!(missing.is_empty(), "docs/ARCHITECTURE.md does not name {missing:?}");
}

#[test]
fn the_reader_of_imports_reads() {
    let files = [
        ("a/mod", "mod b;\npub use b::Thing;\nuse crate::c;"),
        ("a/b", "use super::d::{self, E as F};\nuse crate::{c::Deep, a::d};"),
        ("a/d", "pub use super::Thing;\n#[cfg(test)]\nuse crate::c::Other;"),
        ("c", "use std::fmt;"),
    ];
    let all: BTreeMap<Module, String> =
        files.iter().map(|(path, text)| (module(path), code(text))).collect();
    let arrows = arrows(&all);
    let told: Vec<String> =
        arrows.iter().map(|(from, to)| format!("{} {}", from.join("/"), to.join("/"))).collect();
    assert_eq!(told, ["a c", "a/b a/d", "a/b c", "a/d a/b"]);
    assert_eq!(circles(&arrows), ["a/b ↔ a/d"]);
}
