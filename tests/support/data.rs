//! The built-in graph as its files say it.

use super::root;
use serde_json::Value;
use std::collections::BTreeMap;

/// The files of a layer, each with its name.
pub(crate) fn files(layer: &str) -> Vec<(String, Value)> {
    let folder = std::fs::read_dir(root().join("graph-data").join(layer)).expect("the layer");
    let mut files: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let file = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("a file");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, serde_json::from_str(&text).expect("valid JSON"))
    };
    files.iter().map(file).collect()
}

pub(crate) fn list<'v>(value: &'v Value, member: &str) -> impl Iterator<Item = &'v Value> {
    value[member].as_array().into_iter().flatten()
}

pub(crate) fn word<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap_or_default()
}

/// What each node's hours are.
pub(crate) fn hours() -> BTreeMap<String, Vec<f64>> {
    let mut hours: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (_, file) in files("practice") {
        for node in list(&file, "nodes") {
            let said = list(&node["properties"], "hours").filter_map(|said| said["value"].as_f64());
            hours.entry(word(node, "id").to_owned()).or_default().extend(said);
        }
    }
    hours.retain(|_, said| !said.is_empty());
    hours
}
