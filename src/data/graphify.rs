//! What graphify writes: node-link JSON that says it is undirected, while each link says in `_src`
//! and `_tgt` which way it goes, and where it stands in `source_file` and `source_location`.

use super::foreign::{self, Dialect, JsonShape, each_link, each_node, has};
use super::json::{Member, Reader};
use super::roles::RoleWords;
use crate::graph::{Citation, Properties, Source};
use serde_json::Value;
use std::collections::HashSet;

pub(super) const SHAPE: JsonShape = JsonShape {
    recognises: |look| {
        has(&look.edge, "_src")
            || has(&look.edge, "source_file")
            || has(&look.node, "source_file") && has(&look.node, "file_type")
    },
    read,
};

const DIALECT: Dialect = Dialect {
    words: RoleWords {
        kind: &["kind", "type", "file_type"],
        name: &["label", "name"],
        ..super::roles::LISTED
    },
    ends: [&["_src", "source"], &["_tgt", "target"]],
    ..Dialect::PLAIN
};

fn read<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) {
    let mut files = HashSet::new();
    each_node(reader, members, &DIALECT, |reader, mut facts| {
        facts.sources.extend(citation(reader, &mut facts.properties, &mut files));
        reader.builder.node(facts);
    });
    let hyperedges = members.iter().find(|member| member.key == "hyperedges");
    if hyperedges.is_some_and(|own| own.value.starts_with('[') && !is_empty(own.value)) {
        reader.builder.note("`hyperedges` are left out, since an edge has two ends".to_owned());
    }
    each_link(reader, members, |reader, slice, members| {
        let mut facts = foreign::edge(reader, slice, "link", &DIALECT, members)?;
        facts.sources.extend(citation(reader, &mut facts.properties, &mut files));
        reader.edge(facts);
        Some(())
    });
}

fn is_empty(list: &str) -> bool {
    list[1..].trim_start().starts_with(']')
}

/// Where something stands: a file, and its line (`L12`, `L12-L20`) or a place within it.
fn citation(
    reader: &mut Reader<'_, '_>,
    properties: &mut Properties,
    files: &mut HashSet<String>,
) -> Option<Citation> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let file = properties.get("source_file").and_then(text).filter(|file| !file.is_empty())?;
    properties.remove("source_file");
    let place = properties.remove("source_location").filter(|place| !place.is_null());
    let place = place.map(|place| text(&place).unwrap_or_else(|| place.to_string()));
    let digits = |place: &String| {
        let line = place.trim_start_matches(['L', 'l']);
        let end = line.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(line.len());
        let alone = line[end..].is_empty() || line[end..].starts_with(['-', ':']);
        line[..end].parse().ok().filter(|_| alone)
    };
    let line: Option<u64> = place.as_ref().and_then(digits);
    if files.insert(file.clone()) {
        let source = Source { id: file.clone(), file: Some(file.clone()), ..Source::default() };
        reader.builder.source(source);
    }
    let section = place.filter(|place| line.is_none() && !place.is_empty());
    Some(Citation { source: file, line, section, ..Citation::default() })
}
