//! Where mutation begins: the queries and files of the documents, and what once failed.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// The fences of all documents: head and body.
fn fences() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in [files(&root().join("docs")), files(&root().join("tests/spec"))].concat() {
        let text = fs::read_to_string(file).unwrap_or_default();
        for fence in text.split("\n```").skip(1).step_by(2) {
            if let Some((head, body)) = fence.split_once('\n') {
                found.push((head.to_owned(), body.to_owned()));
            }
        }
    }
    found
}

/// Queries.
pub fn queries() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (head, body) in fences() {
        if head == "query" {
            found.push(body.into_bytes());
        } else if head == "console" {
            let commands = body.lines().filter_map(|line| line.strip_prefix("$ opsatlas "));
            found.extend(commands.map(|line| line.replace('\'', "").into_bytes()));
        }
    }
    let known = fs::read(root().join("tests/regressions/queries.txt")).unwrap_or_default();
    found.extend(known.split(|byte| *byte == b'\n').map(<[u8]>::to_vec));
    found
}

/// Files: a byte that chooses the extension, then the text.
pub fn graph_files(extensions: &[&str]) -> Vec<Vec<u8>> {
    let input = |name: &str, text: &[u8]| {
        let extension = name.rsplit('.').next().unwrap_or_default();
        let at = extensions.iter().position(|known| *known == extension)?;
        Some([&[at as u8], text].concat())
    };
    let mut found = Vec::new();
    for (head, body) in fences() {
        found.extend(head.split_once("file=").and_then(|(_, name)| input(name, body.as_bytes())));
    }
    for folder in ["refused", "loaded"] {
        for path in files(&root().join("tests/regressions").join(folder)) {
            found.extend(input(&path.to_string_lossy(), &fs::read(&path).unwrap_or_default()));
        }
    }
    found
}
