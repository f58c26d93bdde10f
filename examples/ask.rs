//! Ask the built-in graph and read the typed answer: `cargo run --example ask -- "prereqs llmops"`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it finds")]

use opsatlas::answer::Body;
use opsatlas::graph::Atlas;

fn main() {
    let query = std::env::args().nth(1).unwrap_or_else(|| "path devops -> llmops".to_owned());
    let atlas = Atlas::built_in();
    let answer = match atlas.query(&query) {
        Ok(answer) => answer,
        Err(problem) => {
            eprintln!("{problem}");
            problem.help.iter().for_each(|help| eprintln!("  = {help}"));
            return;
        }
    };
    let name = |node| atlas.node(node).name();
    match &answer.body {
        Body::Set(set) => {
            for node in &set.nodes {
                println!("{} ({})", name(*node), atlas.kind_words(*node));
            }
        }
        Body::Paths(paths) => {
            for route in &paths.routes {
                let names: Vec<&str> = route.nodes.iter().map(|node| name(*node)).collect();
                println!("{}", names.join(" -> "));
            }
        }
        Body::Card(node) => println!("{}: {:?}", name(*node), atlas.node(*node).properties),
        other => println!("{other:?}"),
    }
    for note in &answer.notes {
        println!("note: {note}");
    }
}
