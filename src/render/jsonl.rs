//! `jsonl`: one JSON object a line: each node, path or row by itself.

use super::Format;
use super::json::{EdgeObject, NodeRow};
use crate::answer::{Answer, Path};
use crate::diagnostic::{Diagnostic, harmless_json};
use crate::graph::Atlas;
use serde_json::Value;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl"],
    summary: "one JSON object a line: each node, path or row",
    write: |answer, look| {
        let query = format!("{{\"query\":{}", Value::from(look.query));
        let mut written = String::new();
        let each = |line: String| {
            let line = match line.strip_prefix('{') {
                Some("}") if look.batch => format!("{query}}}"),
                Some(rest) if look.batch => format!("{query},{rest}"),
                _ => line,
            };
            written.push_str(&harmless_json(line));
            written.push('\n');
        };
        let told = lines(answer, look.batch, each);
        told.map_err(|error| Diagnostic::new("io", error.to_string()))?;
        Ok(written.into_bytes())
    },
    ..Format::PLAIN
};

/// One after the other: together they may be large.
fn lines(answer: &Answer, batch: bool, mut each: impl FnMut(String)) -> serde_json::Result<()> {
    let (atlas, parts) = (&answer.atlas, answer.parts());
    if let Some(value) = parts.value {
        each(if batch { format!("{{\"value\":{value}}}") } else { value.to_string() });
    } else if let Some(table) = parts.table {
        let taken = if batch { vec!["query".to_owned()] } else { Vec::new() };
        let names = distinct(taken, &table.columns);
        let pair =
            |(name, value): (&String, &Value)| format!("{}:{value}", Value::from(name.as_str()));
        for row in &table.rows {
            let pairs: Vec<String> = names.iter().zip(row).map(pair).collect();
            each(format!("{{{}}}", pairs.join(",")));
        }
    } else if let Some(routes) = parts.paths {
        for route in routes {
            each(path(atlas, route)?);
        }
    } else {
        let (listing, recommended) = (&answer.listing(), answer.recommended());
        for node in parts.nodes.unwrap_or_default() {
            each(serde_json::to_string(&NodeRow { listing, node, recommended })?);
        }
    }
    Ok(())
}

/// The columns' names, a number behind those that are taken already: no object has a key twice.
fn distinct(mut names: Vec<String>, columns: &[String]) -> Vec<String> {
    let taken = names.len();
    for column in columns {
        let numbered = (2..).map(|number| format!("{column} {number}"));
        let free =
            std::iter::once(column.clone()).chain(numbered).find(|name| !names.contains(name));
        names.extend(free);
    }
    names.split_off(taken)
}

fn path(atlas: &Atlas, route: &Path) -> serde_json::Result<String> {
    let ids: Vec<&str> = route.nodes.iter().map(|node| atlas.id(*node)).collect();
    let hops = route.hops.iter().filter_map(|hop| hop.first());
    let edges: Vec<EdgeObject<'_>> = hops.map(|edge| EdgeObject::new(atlas, *edge)).collect();
    let (ids, edges) = (serde_json::to_string(&ids)?, serde_json::to_string(&edges)?);
    Ok(format!("{{\"nodes\":{ids},\"edges\":{edges},\"length\":{}}}", route.hops.len()))
}
