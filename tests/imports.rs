//! Every format that can be read: what each piece of it becomes, that a graph written in it loads
//! as the native file does, and what is refused.

use opsatlas::data::save;
use opsatlas::graph::Atlas;
use opsatlas::import::IMPORTERS;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Nodes and edges of the loaded files as a native file says them.
fn loaded(files: &[(&str, &str)]) -> Value {
    let atlas = Atlas::from_texts(files.iter().copied())
        .unwrap_or_else(|problems| panic!("{files:?}: {}", problems[0]));
    let saved = save(&atlas);
    let again = Atlas::from_texts([("again.json", saved.as_str())]).expect("what was saved loads");
    assert_eq!(save(&again), saved, "saving loses something");
    serde_json::from_str(&saved).expect("JSON")
}

/// Code, line and column of a problem.
type Told = (&'static str, usize, usize);

/// Every problem of the file.
fn refused(name: &str, text: &str) -> Vec<Told> {
    let problems = Atlas::from_texts([(name, text)]).expect_err(text);
    let told = problems.iter().map(|problem| {
        let (line, column) = problem.place.as_ref().expect("a place").line_and_column();
        (problem.code, line, column)
    });
    told.collect()
}

#[test]
fn sheets_of_nodes_and_edges() {
    let nodes = "id,Name,kind,aliases,hours,done,zip,note,sources\n\
                 helm,Helm,tool;chart,h; hm,12,true,01234,\"says \"\"hi\"\", twice\",a;b\n\
                 \n\
                 docker,,,,8.50,false,99,\r\n,,,,,,,,\n"
        .replace("99,\r\n", "99,,\r\n");
    let edges = "from,to,kind,weight\nhelm,docker,needs,1\nhelm,docker,,\n";
    let found = loaded(&[("nodes.csv", &nodes), ("edges.csv", edges)]);
    assert_eq!(
        found,
        json!({"atlas": 1, "nodes": [
            {"id": "docker", "properties": {"done": false, "hours": serde_json::from_str::<Value>("8.50").expect("a number"), "zip": "99"}},
            {"id": "helm", "kind": ["tool", "chart"], "name": "Helm", "aliases": ["h", "hm"],
             "properties": {"done": true, "hours": 12, "note": "says \"hi\", twice", "zip": "01234"},
             "sources": [{"source": "a"}, {"source": "b"}]}],
         "edges": [
            {"from": "helm", "kind": "links-to", "to": "docker"},
            {"from": "helm", "kind": "needs", "to": "docker", "properties": {"weight": 1}}]})
    );
}

#[test]
fn other_separators_and_a_byte_order_mark() {
    for separator in [",", ";", "\t", "|"] {
        let nodes = "\u{feff}id!name\r\n\"a\"!\"x, y; z\"\r\nb!B".replace('!', separator);
        let found = loaded(&[("nodes.csv", &nodes)]);
        assert_eq!(found["nodes"][0]["name"], "x, y; z");
        assert_eq!(found["nodes"][1]["name"], "B");
    }
}

#[test]
fn what_spreadsheets_leave_and_what_edges_alone_say() {
    let nodes = "id;\"a, b, c\";n:point{crs:WGS-84};;\n1;2;;;\n3;4;5\n6;;;;;;\n";
    let found = loaded(&[("n.csv", nodes)]);
    let told = json!([{"id": "1", "properties": {"a, b, c": 2}}, {"id": "3", "properties": {"a, b, c": 4, "n": "5"}}, {"id": "6"}]);
    assert_eq!(found["nodes"], told);
    assert_eq!(refused("n.csv", "id,x,,\na,1,,2\n"), [("bad-csv", 2, 1)]);

    let edges = "From,To\nb,a\nb,c\n";
    let alone = loaded(&[("e.csv", edges)]);
    assert_eq!(alone["nodes"], json!([{"id": "a"}, {"id": "b"}, {"id": "c"}]));
    let with_nodes = Atlas::from_texts([("e.csv", edges), ("n.csv", "id\na\nb\n")]);
    assert_eq!(with_nodes.expect_err("a list of nodes is whole")[0].code, "dangling-end");
}

#[test]
fn a_thousand_problems_are_enough() {
    for (rows, told) in [(999, 999), (5_000, 1_000)] {
        let sheet = format!("id\n{}", "a,b\n".repeat(rows));
        let problems = Atlas::from_texts([("n.csv", sheet)]).expect_err("ragged");
        assert_eq!(problems.len(), told);
        assert_eq!(
            problems[told - 1].help.iter().any(|help| help.contains("more problems")),
            rows > told
        );
    }
}

#[test]
fn headers_of_neo4j() {
    let movies = "movieId:ID(Movie),title,year:int,:LABEL,tags:string[],score:float,seen:boolean,x:IGNORE\n\
                  1,The Matrix,1999,Movie;Film,a;b,.5,TRUE,?\n";
    let people = ":ID(Person),name:string,born:date\n1,Keanu,1964-09-02\n";
    let roles = ":START_ID(Person),role,:END_ID(Movie),:TYPE\n1,Neo,1,ACTED_IN\n";
    let found = loaded(&[("m.csv", movies), ("p.csv", people), ("r.csv", roles)]);
    assert_eq!(
        found,
        json!({"atlas": 1, "nodes": [
            {"id": "Movie/1", "kind": ["Movie", "Film"], "properties": {"movieId": "1", "score": 0.5, "seen": true, "tags": ["a", "b"], "title": "The Matrix", "year": 1999}},
            {"id": "Person/1", "name": "Keanu", "properties": {"born": "1964-09-02"}}],
         "edges": [{"from": "Person/1", "kind": "ACTED_IN", "to": "Movie/1", "properties": {"role": "Neo"}}]})
    );
}

#[test]
fn sheets_of_gephi() {
    let nodes = "Id,Label,timeset\n1,One,\n2,Two,\n";
    let edges = "Source,Target,Type,Id,Label,Weight\n1,2,Directed,0,,1.0\n2,1,Directed,1,likes,2\n";
    let found = loaded(&[("n.csv", nodes), ("e.csv", edges)]);
    assert_eq!(found["nodes"][0], json!({"id": "1", "name": "One"}));
    assert_eq!(found["edges"][1]["kind"], "likes");
    assert_eq!(found["edges"][0]["kind"], "links-to");
    let undirected = "Source,Target,Type\n1,2,Undirected\n";
    assert_eq!(refused("e.csv", undirected), [("undirected", 2, 1)]);
}

#[test]
fn graphml_as_networkx_igraph_and_yed_write_it() {
    let text = r#"<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE graphml>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">
  <key id="d0" for="node" attr.name="kind" attr.type="string"><default>package</default></key>
  <key id="d1" for="all" attr.name="weight" attr.type="double"/>
  <key id="d2" for="node" attr.name="size" attr.type="long"/>
  <key id="d3" for="node" attr.name="good" attr.type="boolean"/>
  <key id="d4" for="edge" attr.name="label" attr.type="string"/>
  <key id="d5" for="node" yfiles.type="nodegraphics"/>
  <key id="d6" for="node" attr.name="url" attr.type="string"/>
  <graph id="G" edgedefault="directed" parse.nodes="2"><data key="d6">of the graph</data>
    <desc>nothing <b>to</b> read</desc>
    <node id="a"><data key="d0">tool &amp; &#x6b;it<![CDATA[ <x>]]></data><data key="d2">7</data><data key="d3">1</data></node>
    <node id="n0" color="red">
      <data key="d5">
        <y:ShapeNode><y:Geometry height="30.0"/><y:NodeLabel visible="true">A label<y:LabelModel/> of yEd</y:NodeLabel></y:ShapeNode>
      </data>
      <data key="d6"/>
      <port name="north"/>
    </node>
    <edge id="e0" source="a" target="n0" directed="true" sourceport="p"><data key="d4">uses</data><data key="d1">1.50</data></edge>
    <edge source="n0" target="a"><data key="d1">NaN</data></edge>
  </graph>
</graphml>
"#;
    let found = loaded(&[("g.graphml", text)]);
    let weight: Value = serde_json::from_str("1.50").expect("a number");
    assert_eq!(
        found,
        json!({"atlas": 1, "nodes": [
            {"id": "a", "kind": "tool & kit <x>", "properties": {"good": true, "size": 7}},
            {"id": "n0", "kind": "package", "name": "A label of yEd", "properties": {"color": "red", "url": ""}}],
         "edges": [
            {"from": "a", "kind": "uses", "to": "n0", "properties": {"id": "e0", "sourceport": "p", "weight": weight}},
            {"from": "n0", "kind": "links-to", "to": "a", "properties": {"weight": "NaN"}}]})
    );
}

#[test]
fn keys_of_nodes_and_edges_may_share_an_id() {
    let text = "<graphml><key id='t' for='node' attr.name='type'/><key id='t' for='edge' attr.name='w' attr.type='integer'/>\
        <key id='u' attr.name='size' attr.type='double'><default> </default></key>\
        <graph edgedefault='directed'><node id='a'><data key='t'>x</data><data key='u'/></node>\
        <edge source='a' target='a'><data key='t'>3</data></edge></graph></graphml>";
    let found = loaded(&[("g.xml", text)]);
    assert_eq!(found["nodes"][0]["kind"], "x");
    assert_eq!(found["edges"][0]["properties"], json!({"w": 3}));
}

#[test]
fn dot_with_all_its_corners() {
    let text = "// what it is\n# a line of the preprocessor\n\
        DiGraph \"G\" { graph [rankdir=LR]; label = \"whole\"\n\
        a -> {b c} -> \"d e\":port:n [kind=needs, weight=2];\n\
        node [type=tool]; edge [style=dashed]\n\
        subgraph cluster_x { label=inner; f [label=\"F\\n\\\"f\\\" &amp; co\"]; { g } }\n\
        f -> é /* here */ -> 1.5; g [label=<<b>G</b>>, bold]\n\
        \"long\" + \"er\" -> \"long\\\ner\" [type=\"is a\"] }";
    let found = loaded(&[("g.dot", text)]);
    assert_eq!(
        found,
        json!({"atlas": 1, "nodes": [
            {"id": "1.5", "kind": "tool"}, {"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d e"},
            {"id": "f", "kind": "tool", "name": "F \"f\" & co", "properties": {"subgraph": "cluster_x"}},
            {"id": "g", "kind": "tool", "name": "G", "properties": {"bold": "true", "subgraph": "cluster_x"}},
            {"id": "longer", "kind": "tool"}, {"id": "é", "kind": "tool"}],
         "edges": [
            {"from": "a", "kind": "needs", "to": "b", "properties": {"weight": 2}},
            {"from": "a", "kind": "needs", "to": "c", "properties": {"weight": 2}},
            {"from": "b", "kind": "needs", "to": "d e", "properties": {"headport": "port:n", "weight": 2}},
            {"from": "c", "kind": "needs", "to": "d e", "properties": {"headport": "port:n", "weight": 2}},
            {"from": "f", "kind": "links-to", "to": "é", "properties": {"style": "dashed"}},
            {"from": "longer", "kind": "is a", "to": "longer", "properties": {"style": "dashed"}},
            {"from": "é", "kind": "links-to", "to": "1.5", "properties": {"style": "dashed"}}]})
    );
    // As Graphviz reads them: a subgraph named again is the same, an edge's `key` tells it apart.
    let again = "digraph { subgraph s { node [x=1] a } node [x=2] subgraph s { b } -> c\n\
        { subgraph s { d } -> c } {e} [x=3]\n a -> e [key=k, y=1]; a -> e [key=k, z=1]; a -> e; a -> e\n\
        subgraph t { f } -> subgraph t { g } }";
    let again = loaded(&[("g.dot", again)]);
    assert_eq!(
        again["nodes"],
        json!([
            {"id": "a", "properties": {"subgraph": "s", "x": 1}}, {"id": "b", "properties": {"subgraph": "s", "x": 1}},
            {"id": "c", "properties": {"x": 2}}, {"id": "d", "properties": {"subgraph": "s", "x": 2}},
            {"id": "e", "properties": {"x": 2}},
            {"id": "f", "properties": {"subgraph": "t", "x": 2}}, {"id": "g", "properties": {"subgraph": "t", "x": 2}}])
    );
    let ends: Vec<(&str, &str)> = again["edges"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|edge| (edge["from"].as_str().expect("text"), edge["to"].as_str().expect("text")))
        .collect();
    let groups = [("f", "f"), ("f", "g"), ("g", "f"), ("g", "g")];
    let single = [("a", "c"), ("a", "e"), ("a", "e"), ("a", "e"), ("b", "c"), ("d", "c")];
    assert_eq!(ends, [&single[..], &groups].concat());
    let strict = loaded(&[("g.gv", "strict digraph { a -> b [x=1]; a -> b [y=2]; b -> a }")]);
    assert_eq!(strict["edges"].as_array().map(Vec::len), Some(2));
    assert_eq!(strict["edges"][0]["properties"], json!({"x": 1, "y": 2}));
}

#[test]
fn json_graph_format_of_both_versions() {
    let first = r#"{"graph": {"directed": true, "type": "x", "label": "y", "metadata": {},
        "nodes": [{"id": "a", "label": "A", "type": "tool", "metadata": {"hours": 3, "name": "x"}}, {"id": "b"}],
        "edges": [{"source": "a", "target": "b", "relation": "needs", "directed": true, "label": "l", "metadata": {"w": 1.50}}]}}"#;
    let second = r#"{"graphs": [{"nodes": {"b": {}, "a": {"label": "A", "metadata": {"type": "tool", "hours": 3, "name": "x"}}},
        "edges": [{"source": "a", "target": "b", "relation": "needs", "label": "l", "metadata": {"w": 1.50}}]}]}"#;
    let found = loaded(&[("g.json", first)]);
    assert_eq!(found, loaded(&[("g.json", second)]));
    assert_eq!(
        found["nodes"][0],
        json!({"id": "a", "kind": "tool", "name": "A", "properties": {"hours": 3, "name": "x"}})
    );
    assert_eq!(found["edges"][0]["kind"], "needs");
}

#[test]
fn lists_that_are_no_kinds_and_no_names_stay_properties() {
    let node = r#"{"id": 7, "type": [1, "a"], "aliases": ["x", null]}"#;
    let files = [
        format!("{{\"nodes\": [{node}], \"edges\": []}}"),
        format!("{{\"graph\": {{\"nodes\": [{node}]}}}}"),
    ];
    for file in files {
        assert_eq!(
            loaded(&[("g.json", &file)])["nodes"][0],
            json!({"id": "7", "properties": {"type": [1, "a"], "aliases": ["x", null]}})
        );
    }
}

#[test]
fn formats_mix_as_layers() {
    let found = loaded(&[
        (
            "a.json",
            r#"{"atlas": 1, "schema": {"relations": {"needs": {"prerequisite": "target"}}}, "nodes": [{"id": "a", "name": "A"}]}"#,
        ),
        ("b.csv", "id,hours\na,3\n"),
        ("c.dot", "digraph { a -> b [kind=needs] }"),
        (
            "d.graphml",
            "<graphml><graph edgedefault='directed'><node id='c'/><edge source='c' target='a'/></graph></graphml>",
        ),
    ]);
    assert_eq!(found["nodes"][0], json!({"id": "a", "name": "A", "properties": {"hours": 3}}));
    assert_eq!(found["edges"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_text_tells_the_format_where_the_name_does_not() {
    let texts = [
        r#"{"atlas": 1, "nodes": [{"id": "a"}]}"#,
        "atlas: 1\nnodes:\n  - id: a\n",
        "id,name\na,A\n",
        " <graphml><graph edgedefault='directed'><node id='a'/></graph></graphml>",
        "strict\ndigraph { a }",
        "<gexf><graph><nodes><node id='a'/></nodes></graph></gexf>",
        "%% a comment\nflowchart LR\n  a[A]",
    ];
    let is_text = |name: &&str| *name != "xlsx";
    assert_eq!(texts.len(), IMPORTERS.iter().map(|row| row.name).filter(is_text).count());
    for text in texts {
        assert_eq!(loaded(&[("standard input", text)])["nodes"][0]["id"], "a");
    }
    assert_eq!(refused("x.txt", "Once upon a time"), [("unknown-format", 1, 1)]);
}

#[test]
fn what_is_refused_in_sheets() {
    let cases: [(&str, &[Told]); 13] = [
        ("", &[("bad-csv", 1, 1)]),
        ("called,kind\na,b\n", &[("bad-csv", 1, 1)]),
        ("from,kind\na,b\n", &[("bad-csv", 1, 1)]),
        ("id,id\na,a\n", &[("duplicate-key", 1, 4)]),
        ("id,a,a:int\na,1,1\n", &[("duplicate-key", 1, 6)]),
        ("id,,x\na,1,1\n", &[("bad-csv", 1, 4)]),
        ("id,n:itn\na,1\n", &[("bad-csv", 1, 4)]),
        ("id,n\na\nb,2,3\n", &[("bad-csv", 2, 1), ("bad-csv", 3, 1)]),
        ("id,n\na,\"b\n", &[("bad-csv", 2, 3)]),
        ("id,n\na,\"b\"c\nb,1\n", &[("bad-csv", 2, 3)]),
        (
            "id,n:int,b:boolean\na,1.5,yes\n,1,true\n",
            &[("wrong-type", 2, 3), ("wrong-type", 2, 7), ("bad-id", 3, 1)],
        ),
        ("id\né\né\n", &[("duplicate-id", 3, 1)]),
        ("id,kind\na,x\0y\n", &[("bad-id", 2, 1)]),
    ];
    for (text, told) in cases {
        assert_eq!(refused("x.csv", text), told, "{text:?}");
    }
}

#[test]
fn what_is_refused_in_graphml() {
    let graph = |inner: &str| {
        format!(
            "<graphml><key id='n' attr.name='n' attr.type='int'/>\n<graph edgedefault='directed'>{inner}</graph></graphml>"
        )
    };
    let cases = [
        ("<svg/>".to_owned(), "bad-graphml", 1, 1),
        ("<graphml>".to_owned(), "bad-graphml", 1, 10),
        ("<graphml/>".to_owned(), "bad-graphml", 1, 11),
        ("<graphml></graph>".to_owned(), "bad-graphml", 1, 10),
        ("<graphml><graph/></graphml>".to_owned(), "bad-graphml", 1, 10),
        (graph("<node/>"), "missing-member", 2, 31),
        (graph("<node id=''/>"), "bad-id", 2, 40),
        (graph("<node id='a' id='b'/>"), "bad-graphml", 2, 31),
        (graph("<node id='a'><data key='x'/></node>"), "bad-graphml", 2, 54),
        (graph("<node id='a'><data key='n'>1.5</data></node>"), "wrong-type", 2, 61),
        (graph("<node id='a'><data key='n'>1</data><data key='n'>2</data></node>"), "duplicate-key", 2, 76),
        (graph("<node id='a'><graph edgedefault='directed'/></node>"), "bad-graphml", 2, 44),
        (graph("<hyperedge/>"), "bad-graphml", 2, 31),
        (graph("<node id='a'>&lol;</node>"), "bad-graphml", 2, 44),
        (graph("<node id='&lol;'/>"), "bad-graphml", 2, 40),
        (graph("<edge source='a' target='a' directed='false'/>"), "undirected", 2, 68),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>\n<graphml/>".to_owned(), "bad-graphml", 1, 1),
        ("<graphml><graph edgedefault='undirected'><node id='a'/><edge source='a' target='a'/></graph></graphml>".to_owned(), "undirected", 1, 29),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><graphml>é</graphml>".to_owned(), "bad-graphml", 1, 1),
    ];
    for (text, code, line, column) in cases {
        assert_eq!(refused("x.graphml", &text)[0], (code, line, column), "{text}");
    }
}

#[test]
fn what_is_refused_in_dot() {
    let cases = [
        ("graph { a -- b }", "undirected", 1, 1),
        ("digraph { a -- b }", "bad-dot", 1, 13),
        ("digraph { a -> }", "bad-dot", 1, 16),
        ("digraph { a", "bad-dot", 1, 12),
        ("digraph { a } digraph { b }", "bad-dot", 1, 15),
        ("digraph { \"a }", "bad-dot", 1, 11),
        ("digraph { a [x=<b }", "bad-dot", 1, 16),
        ("digraph { 1a }", "bad-dot", 1, 11),
        ("digraph { a [x=] }", "bad-dot", 1, 16),
        ("digraph { \"\" }", "bad-id", 1, 11),
        ("digraph { /* a }", "bad-dot", 1, 11),
        ("digraph {\n  é ! }", "bad-dot", 2, 5),
        ("digraph { node -> a }", "bad-dot", 1, 16),
    ];
    for (text, code, line, column) in cases {
        assert_eq!(refused("x.dot", text), [(code, line, column)], "{text}");
    }
}

#[test]
fn what_is_refused_in_json_graphs() {
    let cases = [
        (r#"{"graph": {"directed": false, "nodes": []}}"#, "undirected", 1, 24),
        (r#"{"graphs": [{}, {}]}"#, "unknown-format", 1, 12),
        (r#"{"directed": true, "nodes": [{"id": 1}], "adjacency": [[]]}"#, "missing-member", 1, 1),
        (r#"{"directed": true, "parts": {"nodes": []}}"#, "missing-member", 1, 1),
        (r#"{"nodes": [], "links": [], "edges": []}"#, "duplicate-key", 1, 28),
        (r#"{"graph": {"vertices": [{"_id": 1}]}}"#, "unknown-member", 1, 24),
        (r#"{"graph": {"hyperedges": []}}"#, "unknown-member", 1, 26),
        (r#"{"graph": {"nodes": {"": {}}}}"#, "bad-id", 1, 22),
        (
            r#"{"graph": {"nodes": [{"id": "a", "x": 1, "metadata": {"x": 2}}]}}"#,
            "duplicate-key",
            1,
            55,
        ),
        (r#"{"graph": {"nodes": {"a": {}}, "edges": [{"source": "a"}]}}"#, "missing-member", 1, 42),
    ];
    for (text, code, line, column) in cases {
        assert_eq!(refused("x.json", text), [(code, line, column)], "{text}");
    }
}

/// A random graph: per node kind, name and properties, per edge relation and properties.
#[derive(Debug, Clone)]
struct Random {
    nodes: BTreeMap<String, (String, String, Map<String, Value>)>,
    edges: Vec<(Index, Index, String, Map<String, Value>)>,
}

/// Text that every format can hold: no outer blanks, nothing that drives a machine.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z\"'<>&,{}#é知\u{1f600}|=:/+-][a-zA-Z0-9 \"'<>&,{}#é知\n\t\u{1f600}|=:/+-]{0,8}[a-zA-Z\"<>&,{}é知|=:/+-]"
}

fn properties() -> impl Strategy<Value = Map<String, Value>> {
    let number =
        prop_oneof![any::<i64>().prop_map(Value::from), (-1e6..1e6f64).prop_map(Value::from)];
    let parts =
        (prop::option::of(text()), prop::option::of(number), prop::option::of(any::<bool>()));
    parts.prop_map(|(words, number, truth)| {
        let mut properties = Map::new();
        properties.extend(words.map(|value| ("words".to_owned(), value.into())));
        properties.extend(number.map(|value| ("number".to_owned(), value)));
        properties.extend(truth.map(|value| ("truth".to_owned(), value.into())));
        properties
    })
}

fn random() -> impl Strategy<Value = Random> {
    let nodes = btree_map(text(), (text(), text(), properties()), 1..6);
    let edges = vec((any::<Index>(), any::<Index>(), text(), properties()), 0..8);
    (nodes, edges).prop_map(|(nodes, edges)| Random { nodes, edges })
}

const TYPES: [(&str, &str); 3] = [("words", "string"), ("number", "double"), ("truth", "boolean")];

impl Random {
    fn edges(&self) -> impl Iterator<Item = (&str, &str, &str, &Map<String, Value>)> {
        let ids: Vec<&str> = self.nodes.keys().map(String::as_str).collect();
        self.edges.iter().map(move |(from, to, relation, properties)| {
            (ids[from.index(ids.len())], ids[to.index(ids.len())], relation.as_str(), properties)
        })
    }

    fn native(&self) -> String {
        let nodes = self.nodes.iter().map(|(id, (kind, name, properties))| {
            json!({"id": id, "kind": kind, "name": name, "properties": properties})
        });
        let edges = self.edges().map(|(from, to, relation, properties)| {
            json!({"from": from, "kind": relation, "to": to, "properties": properties})
        });
        json!({"atlas": 1, "nodes": nodes.collect::<Value>(), "edges": edges.collect::<Value>()})
            .to_string()
    }

    fn json_graph(&self) -> String {
        let nodes = self.nodes.iter().map(|(id, (kind, name, properties))| {
            let mut metadata = properties.clone();
            metadata.insert("kind".to_owned(), kind.as_str().into());
            (id.clone(), json!({"label": name, "metadata": metadata}))
        });
        let edges = self.edges().map(|(from, to, relation, properties)| {
            json!({"source": from, "relation": relation, "target": to, "metadata": properties})
        });
        let nodes: Map<String, Value> = nodes.collect();
        json!({"graph": {"directed": true, "nodes": nodes, "edges": edges.collect::<Value>()}})
            .to_string()
    }

    fn sheets(&self) -> [String; 2] {
        let types = TYPES.map(|(name, kind)| format!("{name}:{kind}"));
        let sheet = |head: [&str; 3], rows: Vec<([&str; 3], &Map<String, Value>)>| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            let head = head.into_iter().map(str::to_owned).chain(types.clone());
            writer.write_record(head).expect("written");
            for (cells, properties) in rows {
                let more = TYPES.map(|(name, _)| plain(properties.get(name)));
                let cells = cells.into_iter().map(str::to_owned).chain(more);
                writer.write_record(cells).expect("written");
            }
            String::from_utf8(writer.into_inner().expect("written")).expect("UTF-8")
        };
        let nodes = self.nodes.iter();
        let nodes =
            nodes.map(|(id, (kind, name, properties))| ([id.as_str(), kind, name], properties));
        let edges = self.edges();
        let edges =
            edges.map(|(from, to, relation, properties)| ([from, to, relation], properties));
        [
            sheet(["id", "kind", "name"], nodes.collect()),
            sheet(["from", "to", "kind"], edges.collect()),
        ]
    }

    fn graphml(&self) -> String {
        let mut text = String::from("<graphml>");
        for (name, kind) in TYPES.into_iter().chain([("kind", "string"), ("name", "string")]) {
            text += &format!("<key id='{name}' for='all' attr.name='{name}' attr.type='{kind}'/>");
        }
        text += "<graph edgedefault='directed'>";
        let data = |name: &str, value: String| {
            if value.is_empty() {
                value
            } else {
                format!("<data key='{name}'>{}</data>", escaped(&value))
            }
        };
        let more = |properties: &Map<String, Value>| -> String {
            TYPES.iter().map(|(name, _)| data(name, plain(properties.get(*name)))).collect()
        };
        for (id, (kind, name, properties)) in &self.nodes {
            let own = data("kind", kind.clone()) + &data("name", name.clone());
            text += &format!("<node id='{}'>{own}{}</node>", escaped(id), more(properties));
        }
        for (from, to, relation, properties) in self.edges() {
            let own = data("kind", relation.to_owned());
            let ends = format!("source='{}' target='{}'", escaped(from), escaped(to));
            text += &format!("<edge {ends}>{own}{}</edge>", more(properties));
        }
        text + "</graph></graphml>"
    }

    /// DOT knows text and numbers only, so true and false are left out.
    fn dot(&self) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\\\""));
        let more = |properties: &Map<String, Value>| {
            let words = properties
                .get("words")
                .and_then(Value::as_str)
                .map(|words| format!(",words={}", quoted(words)));
            let number = properties.get("number").map(ToString::to_string);
            let number = number
                .filter(|number| !number.contains('e'))
                .map(|number| format!(",number={number}"));
            words.unwrap_or_default() + &number.unwrap_or_default()
        };
        let mut text = String::from("digraph {\n");
        for (id, (kind, name, properties)) in &self.nodes {
            text += &format!(
                "{} [kind={},name={}{}]\n",
                quoted(id),
                quoted(kind),
                quoted(name),
                more(properties)
            );
        }
        for (from, to, relation, properties) in self.edges() {
            text += &format!(
                "{} -> {} [kind={}{}];",
                quoted(from),
                quoted(to),
                quoted(relation),
                more(properties)
            );
        }
        text + "}"
    }

    fn without_truth(mut self) -> Self {
        let sets = self.nodes.values_mut().map(|(_, _, properties)| properties);
        for properties in sets.chain(self.edges.iter_mut().map(|edge| &mut edge.3)) {
            properties.remove("truth");
            if properties.get("number").is_some_and(|number| number.to_string().contains('e')) {
                properties.remove("number");
            }
        }
        self
    }
}

fn plain(value: Option<&Value>) -> String {
    value.map_or_else(String::new, |value| {
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    })
}

fn escaped(text: &str) -> String {
    let signs = [('&', "&amp;"), ('<', "&lt;"), ('\'', "&apos;"), ('\n', "&#10;"), ('\t', "&#9;")];
    signs.iter().fold(text.to_owned(), |text, (sign, entity)| text.replace(*sign, entity))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_graph_is_the_same_in_every_format(graph in random()) {
        let native = loaded(&[("g.json", &graph.native())]);
        let [nodes, edges] = graph.sheets();
        prop_assert_eq!(&loaded(&[("n.csv", &nodes), ("e.csv", &edges)]), &native);
        prop_assert_eq!(&loaded(&[("g.json", &graph.json_graph())]), &native);
        prop_assert_eq!(&loaded(&[("g.graphml", &graph.graphml())]), &native);
        let plain = graph.clone().without_truth();
        prop_assert_eq!(loaded(&[("g.dot", &plain.dot())]), loaded(&[("g.json", &plain.native())]));
    }

    #[test]
    fn no_text_makes_an_importer_panic(text in "[ -~\\n\\té\u{0}]{0,60}", which in 0..6usize) {
        let begins = ["", "id,name\n", "<graphml><graph edgedefault='directed'>", "digraph {", "{\"graph\": {", ":ID,:LABEL\n"];
        for row in IMPORTERS {
            let name = format!("x.{}", row.extensions[0]);
            let _ = Atlas::from_texts([(name.as_str(), text.as_str())]);
            let _ = Atlas::from_texts([(name, format!("{}{text}", begins[which]))]);
        }
    }
}
