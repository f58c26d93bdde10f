//! Graph files to facts and back: native JSON, node-link JSON, and the built-in graph. Reads
//! texts, never files: opening them is the program's business.

mod built_in;
mod fast;
mod fast_link;
mod json;
mod json_graph;
mod native;
mod node_link;
mod profile;
mod save;
mod schema;
mod strict;

pub use built_in::{BUILT_IN, BuiltIn};
pub use node_link::PLAIN_LINK;
pub use profile::{KnownItem, Profile};
pub use save::save;
pub(crate) use save::{CitationObject, OneOrList, prerequisite_word};

use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Atlas, Builder};
use json::{Member, Reader};
use std::sync::Arc;

/// Reads one graph file into the builder, as a layer or a part of one. Problems are noted there.
pub fn read(builder: &mut Builder, text: &Arc<Text>, layer: &str) {
    let file = builder.begin_file(text, layer);
    let mut reader = Reader::new(builder, text, file);
    if !read_fast(&mut reader, text) {
        read_carefully(&mut reader);
    }
}

/// Reads a file without a flaw, or does nothing.
fn read_fast<'t>(reader: &mut Reader<'_, 't>, text: &'t Arc<Text>) -> bool {
    fast::read(reader, text) || fast_link::read(reader, text)
}

/// Reads a file piece by piece and notes every problem with its place.
fn read_carefully(reader: &mut Reader<'_, '_>) {
    let root = reader.root();
    if root.is_empty() {
        reader.problem(root, Diagnostic::new("bad-json", "this file is empty"));
        return;
    }
    if !root.starts_with('{') {
        let problem = Diagnostic::new("bad-json", "a graph file is one JSON object");
        let line = root.lines().next().unwrap_or(root);
        reader.problem(line, problem.help("it begins with `{`"));
        return;
    }
    let Some(members) = reader.object(root, "a graph file") else {
        return;
    };
    let has = |name: &str| members.iter().any(|member| member.key == name);
    if has("atlas") {
        native::read(reader, &members);
    } else if has("links") || has("directed") || edges_have_source(reader, &members) {
        node_link::read(reader, &members);
    } else if json_graph::recognises(&members) {
        json_graph::read(reader, &members);
    } else {
        let problem =
            Diagnostic::new("unknown-format", "this JSON is no graph file that is known here");
        let problem = problem
            .help("native files begin with `{\"atlas\": 1, \"nodes\": […], \"edges\": […]}`")
            .help("node-link files have `nodes` and `links` with `source` and `target`")
            .help("JSON Graph Format begins with `{\"graph\": {\"nodes\": …, \"edges\": […]}}`");
        reader.problem(root, problem);
    }
}

/// Are there `edges` of which the first, if any, has a `source`?
fn edges_have_source<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) -> bool {
    let edges =
        members.iter().find(|member| member.key == "edges" && member.value.starts_with('['));
    let items = edges.and_then(|edges| reader.array(edges.value, "`edges`"));
    match items.as_deref() {
        None => false,
        Some([]) => true,
        Some([first, ..]) => {
            let object = first.starts_with('{').then(|| reader.object(first, "an edge"));
            object.flatten().is_some_and(|parts| parts.iter().any(|part| part.key == "source"))
        }
    }
}

impl Atlas {
    /// The built-in graph of the Ops world, all layers.
    ///
    /// # Panics
    /// Never in a released build: a test holds that the built-in files are valid.
    #[must_use]
    pub fn built_in() -> Self {
        let mut builder = Builder::new();
        for part in &BUILT_IN {
            part.read_into(&mut builder);
        }
        builder.finish().expect("the built-in graph is valid")
    }
}

/// The layer's name for a file: without folder and extension.
#[must_use]
pub fn layer_name(file: &str) -> &str {
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match base.rfind('.') {
        Some(at) if at > 0 => &base[..at],
        _ => base,
    }
}

#[cfg(test)]
mod tests {
    use super::{Reader, read_carefully, read_fast, save};
    use crate::diagnostic::{Diagnostic, Text};
    use crate::graph::{Builder, FilePlace};
    use proptest::prelude::*;

    /// What comes of the file, behind one that defines a node: the graph saved, with the places of
    /// all facts, or the problems.
    fn read(text: &str, carefully: bool) -> Result<(String, Vec<FilePlace>), Vec<Diagnostic>> {
        let mut builder = Builder::new();
        let before = r#"{"nodes": [{"id": "a", "p": 1}], "links": []}"#;
        super::read(&mut builder, &Text::new("a.json", before), "a");
        let text = Text::new("x.json", text);
        let file = builder.begin_file(&text, "x");
        let mut reader = Reader::new(&mut builder, &text, file);
        if carefully || !read_fast(&mut reader, &text) {
            read_carefully(&mut reader);
        }
        let atlas = builder.finish()?;
        let nodes = atlas.nodes().map(|node| atlas.node(node).place);
        let edges = atlas.edges().into_iter().map(|edge| atlas.edge(edge).place);
        Ok((save(&atlas), nodes.chain(edges).collect()))
    }

    /// Does a fast reader read it?
    fn is_fast(text: &str) -> bool {
        let mut builder = Builder::new();
        let text = Text::new("x.json", text);
        let file = builder.begin_file(&text, "x");
        read_fast(&mut Reader::new(&mut builder, &text, file), &text)
    }

    /// Node-link files, most of them with some oddity.
    fn link_file() -> impl Strategy<Value = String> {
        let value = prop_oneof![
            Just("1".to_owned()),
            Just("-0.50".to_owned()),
            Just("null".to_owned()),
            Just("\"\"".to_owned()),
            Just("\"t\"".to_owned()),
            Just("\"\\u0074\"".to_owned()),
            Just("[\"t\", \"u\", \"t\"]".to_owned()),
            Just("[]".to_owned()),
            Just("[7]".to_owned()),
            Just("{\"a\": [true]}".to_owned()),
            Just("{\"$serde_json::private::Number\": \"12\"}".to_owned()),
            Just("{\"a\": 1, \"a\": 2}".to_owned()),
        ];
        let keys = "kind|type|name|label|aliases|weight|id";
        let member = (keys, value).prop_map(|(key, value)| format!("\"{key}\": {value}"));
        let id = prop_oneof![
            Just("\"a\""),
            Just("\"b\""),
            Just("\"\\u0063\""),
            Just("1"),
            Just("2.0"),
            Just("\"\"")
        ];
        let more = prop::collection::vec(member, 0..3);
        let node = (id.clone(), more.clone()).prop_map(|(id, more)| {
            format!("{{ {}}}", [vec![format!("\"id\" : {id}")], more].concat().join(", "))
        });
        let link = (id.clone(), id, more).prop_map(|(from, to, more)| {
            let ends = vec![format!("\"source\":{from}"), format!("\"target\": {to}")];
            format!("{{{}}}", [ends, more].concat().join(", "))
        });
        let nodes = prop::collection::vec(node, 0..4);
        let links = prop::collection::vec(link, 0..3);
        let heads = ["", "\"directed\": true, ", "\"directed\": false, ", "\"graph\": {}, "];
        let head = prop::sample::select(heads.to_vec());
        (head, nodes, "links|edges", links).prop_map(|(head, nodes, key, links)| {
            let (nodes, links) = (nodes.join(", "), links.join(", "));
            format!("{{{head}\"nodes\": [{nodes}], \"{key}\": [{links}]}}")
        })
    }

    fn file() -> impl Strategy<Value = String> {
        let value = prop_oneof![
            Just("1".to_owned()),
            Just("-0.50".to_owned()),
            Just("12345678901234567890123".to_owned()),
            Just("null".to_owned()),
            Just("\"t\"".to_owned()),
            Just("[{\"value\": 1, \"sources\": []}]".to_owned()),
            Just("{\"$serde_json::private::Number\": \"12\"}".to_owned()),
            Just("{\"a\": 1, \"a\": 2}".to_owned()),
            Just("{\"a\": [true]}".to_owned()),
            Just("[".to_owned()),
        ];
        let member = prop_oneof![
            Just("\"kind\": \"k\"".to_owned()),
            Just("\"kind\": [\"k\", \"l\", \"k\"]".to_owned()),
            Just("\"kind\": 1".to_owned()),
            Just("\"name\": \"N\"".to_owned()),
            Just("\"name\": null".to_owned()),
            Just("\"name\": \"\"".to_owned()),
            Just("\"aliases\": [\"x\"]".to_owned()),
            Just("\"aliases\": \"x\"".to_owned()),
            Just("\"odd\": 1".to_owned()),
            Just("\"sources\": [{\"source\": \"s\", \"line\": 3}]".to_owned()),
            Just("\"sources\": [{\"source\": \"s\", \"line\": -3}]".to_owned()),
            Just("\"sources\": [{\"line\": 3}]".to_owned()),
            value.prop_map(|value| format!("\"properties\": {{\"p\": {value}}}")),
        ];
        let id = prop_oneof![Just("a"), Just("b"), Just("c"), Just(""), Just("\\u0061d")];
        let node =
            (id.clone(), prop::collection::vec(member.clone(), 0..3)).prop_map(|(id, more)| {
                let members = [vec![format!("\"id\": \"{id}\"")], more].concat();
                format!("{{{}}}", members.join(", "))
            });
        let edge = (id.clone(), id).prop_map(|(from, to)| {
            format!("{{\"from\": \"{from}\", \"kind\": \"r\", \"to\": \"{to}\"}}")
        });
        (prop::collection::vec(node, 0..4), prop::collection::vec(edge, 0..2)).prop_map(
            |(nodes, edges)| {
                format!(
                    "{{\"atlas\": 1, \"nodes\": [{}], \"edges\": [{}]}}",
                    nodes.join(", "),
                    edges.join(", ")
                )
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_fast_readers_say_what_the_careful_one_says(text in prop_oneof![file(), link_file()]) {
            prop_assert_eq!(read(&text, false), read(&text, true));
        }
    }

    #[test]
    fn a_key_that_looks_like_a_number_is_none() {
        let value = r#"{"$serde_json::private::Number":"12"}"#;
        let native =
            format!(r#"{{"atlas": 1, "nodes": [{{"id": "a", "properties": {{"p": {value}}}}}]}}"#);
        let links =
            format!(r#"{{"directed": true, "nodes": [{{"id": "a", "p": {value}}}], "links": []}}"#);
        for text in [native, links] {
            assert!(read(&text, true).is_ok_and(|(saved, _)| saved.contains(value)));
            assert!(!is_fast(&text), "this is for the careful reader");
        }
    }

    #[test]
    fn files_without_a_flaw_are_read_fast() {
        assert!(is_fast(r#"{"atlas": 1, "nodes": [{"id": "a", "properties": {"p": 1.50}}]}"#));
        assert!(is_fast(
            r#"{"nodes": [{"id": 7}, {"id": "b"}], "links": [{"source": 7, "target": "b"}]}"#
        ));
        for (name, content) in super::BUILT_IN.iter().flat_map(|part| part.files) {
            assert!(is_fast(content), "{name}");
        }
    }
}
