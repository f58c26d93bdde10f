//! The documents and what stands in their fences.

use super::root;
use std::path::PathBuf;

/// The documents that readers have, each with its text.
pub(crate) fn documents() -> Vec<(String, String)> {
    let mut files = vec![root().join("README.md")];
    for place in ["docs", "tests/spec"] {
        let entries = std::fs::read_dir(root().join(place)).expect("the folder is there");
        files.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    files.retain(|file| file.extension().is_some_and(|end| end == "md"));
    files.sort();
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).expect("the document is read");
        (file.display().to_string(), text)
    };
    files.into_iter().map(read).collect()
}

/// The texts of a document's fences, and the rest of it.
pub(crate) fn fences(document: &str, head: &str) -> (Vec<String>, String) {
    let (mut inside, mut outside) = (Vec::new(), String::new());
    let mut parts = document.split("```");
    outside.push_str(parts.next().unwrap_or_default());
    while let (Some(fence), prose) = (parts.next(), parts.next()) {
        let (own, text) = fence.split_once('\n').unwrap_or((fence, ""));
        if own.trim() == head {
            inside.push(text.to_owned());
        }
        outside.push_str(prose.unwrap_or_default());
    }
    (inside, outside)
}
