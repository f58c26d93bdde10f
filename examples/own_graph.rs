//! Load graph files of any format, later ones over earlier ones, and ask them:
//! `cargo run --example own_graph -- nodes.csv edges.csv`. The library opens no files itself.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it finds")]

use opsatlas::graph::Atlas;
use opsatlas::render::{FORMATS, Look};
use std::fs::read_to_string;

fn main() -> std::io::Result<()> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let mut files = Vec::new();
    for name in names {
        let text = read_to_string(&name)?;
        files.push((name, text));
    }
    if files.is_empty() {
        let small = "digraph { app -> {lib log} [kind=needs]; lib -> std [kind=needs] }";
        files.push(("small.dot".to_owned(), small.to_owned()));
    }
    match Atlas::from_texts(files) {
        Err(problems) => problems.iter().for_each(|problem| eprintln!("{problem}")),
        Ok(atlas) => {
            for query in ["nodes then count", "relations", "check"] {
                let answer = atlas.query(query).expect("these need nothing of the graph");
                // The first format is the one for people; `json` is one for programs.
                let text = (FORMATS[0].write)(&answer, &Look::plain(query)).expect("text");
                println!("> {query}\n{}", String::from_utf8_lossy(&text));
            }
        }
    }
    Ok(())
}
