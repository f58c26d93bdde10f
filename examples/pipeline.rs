//! Answers as data: what one question found, chosen by the program's own rule, goes into the next
//! question; paths and rows become the program's own types. `cargo run --example pipeline`.

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use opsatlas::diagnostic::Diagnostic;
use opsatlas::graph::Atlas;
use opsatlas::query::Session;
use std::collections::BTreeMap;

fn main() -> Result<(), Diagnostic> {
    let atlas = Atlas::built_in();
    let mut session = Session::new(&atlas);

    // A set of nodes, filtered by code, and asked about under a name.
    let needed = session.ask("prereqs llmops")?;
    let mut short = needed.nodes();
    short.retain(|node| atlas.node(*node).name().len() <= 6);
    session.define("short", short);
    let opened = session.ask("@short union unlocks @short")?;
    println!("{} nodes are short-named needs of LLMOps, or build on one", opened.count());

    // Paths, and who states each of their hops.
    for path in session.ask("paths devops -> llmops limit 2")?.paths() {
        let names: Vec<&str> = path.nodes.iter().map(|node| atlas.node(*node).name()).collect();
        let cited = path.hops.iter().flatten().flat_map(|edge| atlas.edge(*edge).sources.iter());
        println!("{}: {} citations", names.join(" -> "), cited.count());
    }

    // Rows, by the names of their columns.
    let table = session
        .ask("tools then sort by sources desc then limit 3 then select name, sources")?
        .table();
    for row in &table.rows {
        let row: BTreeMap<_, _> = table.columns.iter().zip(row).collect();
        println!("{row:?}");
    }
    Ok(())
}
