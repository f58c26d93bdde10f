//! `jsonl`: one JSON object a line: each node, path or row by itself.

use super::Format;
use super::json::{EdgeObject, NodeObject};
use crate::answer::{Answer, Path};
use crate::diagnostic::{Diagnostic, harmless_json};
use crate::graph::Atlas;
use serde_json::Value;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl"],
    summary: "one JSON object a line: each node, path or row",
    write: |answer, look| {
        let lines =
            lines(answer, look.batch).map_err(|error| Diagnostic::new("io", error.to_string()))?;
        let query = format!("{{\"query\":{}", Value::from(look.query));
        let told = |line: String| match line.strip_prefix('{') {
            Some("}") if look.batch => format!("{query}}}"),
            Some(rest) if look.batch => format!("{query},{rest}"),
            _ => line,
        };
        Ok(lines
            .into_iter()
            .map(|line| harmless_json(told(line)) + "\n")
            .collect::<String>()
            .into_bytes())
    },
    ..Format::PLAIN
};

fn lines(answer: &Answer, batch: bool) -> serde_json::Result<Vec<String>> {
    let (atlas, parts) = (&answer.atlas, answer.parts());
    if let Some(value) = parts.value {
        return Ok(vec![if batch { format!("{{\"value\":{value}}}") } else { value.to_string() }]);
    }
    if let Some(table) = parts.table {
        let taken = if batch { vec!["query".to_owned()] } else { Vec::new() };
        let names = distinct(taken, &table.columns);
        let pair =
            |(name, value): (&String, &Value)| format!("{}:{value}", Value::from(name.as_str()));
        let object = |row: &Vec<Value>| {
            let pairs: Vec<String> = names.iter().zip(row).map(pair).collect();
            format!("{{{}}}", pairs.join(","))
        };
        return Ok(table.rows.iter().map(object).collect());
    }
    if let Some(routes) = parts.paths {
        return routes.iter().map(|route| path(atlas, route)).collect();
    }
    let (listing, recommended) = (answer.listing(), answer.recommended());
    let nodes = parts.nodes.unwrap_or_default().into_iter();
    nodes.map(|node| serde_json::to_string(&NodeObject::new(&listing, node, recommended))).collect()
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
    let ids: Vec<&str> = route.nodes.iter().map(|node| atlas.node(*node).id.as_str()).collect();
    let hops = route.hops.iter().filter_map(|hop| hop.first());
    let edges: Vec<EdgeObject<'_>> = hops.map(|edge| EdgeObject::new(atlas, *edge)).collect();
    let (ids, edges) = (serde_json::to_string(&ids)?, serde_json::to_string(&edges)?);
    Ok(format!("{{\"nodes\":{ids},\"edges\":{edges},\"length\":{}}}", route.hops.len()))
}
