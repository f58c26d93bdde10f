//! What other tools write, read as it is meant: graphify, React Flow and roadmaps, JSON Canvas, APOC,
//! `TinkerPop`, Neo4j, Mermaid, GEXF. Each sample is written in every format and read again, and cut
//! off everywhere.

mod support;

use opsatlas::data::save;
use opsatlas::export::SAVERS;
use opsatlas::graph::Atlas;
use serde_json::{Value, json};
use support::texts_in;

fn samples() -> Vec<(String, String)> {
    texts_in("tests/others")
}

fn native(atlas: &Atlas) -> Value {
    serde_json::from_str(&save(atlas)).expect("JSON")
}

fn loaded(name: &str, text: &str) -> Value {
    let atlas = Atlas::from_texts([(name, text)])
        .unwrap_or_else(|problems| panic!("{name}: {text}: {}", problems[0]));
    native(&atlas)
}

fn sample(name: &str) -> Value {
    let (_, text) = samples().into_iter().find(|(own, _)| own == name).expect(name);
    loaded(name, &text)
}

/// Code, message and place of the first problem.
fn refused(name: &str, text: &str) -> (&'static str, String, (usize, usize)) {
    let problem = Atlas::from_texts([(name, text)]).expect_err(text).remove(0);
    let place = problem.place.as_ref().expect("a place").line_and_column();
    (problem.code, problem.message, place)
}

/// Each edge in words.
fn edges(native: &Value) -> Vec<String> {
    let edges = native["edges"].as_array().into_iter().flatten();
    let word = |edge: &Value, part: &str| edge[part].as_str().unwrap_or_default().to_owned();
    edges.map(|edge| ["from", "kind", "to"].map(|part| word(edge, part)).join(" ")).collect()
}

#[test]
fn graphify_is_directed_and_cites() {
    let native = sample("graphify.json");
    assert_eq!(edges(&native), ["token calls parse"]);
    let cited = json!([{"source": "src/parse.py", "line": 20}]);
    assert_eq!(native["edges"][0]["sources"], cited);
    assert_eq!(native["edges"][0]["properties"], json!({"confidence": "EXTRACTED", "weight": 1.0}));
    let node = json!({"id": "parse", "kind": "code", "name": "parse()", "properties": {"community": 0},
        "sources": [{"source": "src/parse.py", "line": 12}]});
    assert_eq!(native["nodes"][0], node);
    assert_eq!(native["sources"][0], json!({"id": "src/parse.py", "file": "src/parse.py"}));
    // Without `_src` the link's own ends count; a place that is no line is a section.
    let plain = r#"{"directed": true, "nodes": [{"id": "a", "file_type": "document", "source_file": "a.md", "source_location": "Intro"}, {"id": "b"}],
        "edges": [{"source": "a", "target": "b", "relation": "cites", "source_file": "a.md", "source_location": "L3-L9"}]}"#;
    let native = loaded("graph.json", plain);
    assert_eq!(native["nodes"][0]["sources"], json!([{"source": "a.md", "section": "Intro"}]));
    assert_eq!(native["edges"][0]["sources"], json!([{"source": "a.md", "line": 3}]));
}

#[test]
fn react_flow_names_by_data_and_its_lines_are_no_relations() {
    let native = sample("reactflow.json");
    let nodes = json!([{"id": "xK_1", "kind": "topic", "name": "Kneading"}, {"id": "xK_2", "kind": "subtopic", "name": "Resting"}]);
    assert_eq!(native["nodes"], nodes);
    assert_eq!(edges(&native), ["xK_1 links-to xK_2"]);
    let native = sample("roadmap.json");
    let names: Vec<&Value> =
        native["nodes"].as_array().into_iter().flatten().map(|node| &node["name"]).collect();
    assert_eq!(names, ["Flour", "Rye", "vertical node"]);
    assert_eq!(native["nodes"][0]["properties"]["legend"]["label"], "Recommended");
    assert_eq!(native["nodes"][1]["properties"], json!({"data-type": "grain"}));
    assert_eq!(edges(&native), ["a leads to c", "a links-to b", "b replaces c"]);
    assert_eq!(native["edges"][1]["properties"], json!({"edgeStyle": "dashed"}));
}

#[test]
fn canvases_have_cards_groups_and_arrows() {
    let native = sample("canvas.json");
    assert_eq!(edges(&native), ["7a1 becomes 8b2"]);
    let group = json!({"group": "Kitchen"});
    assert_eq!(
        native["nodes"][0],
        json!({"id": "7a1", "kind": "text", "name": "Dough", "properties": group})
    );
    assert_eq!(native["nodes"][1]["name"], "Bread");
    assert_eq!(native["nodes"][2], json!({"id": "9c3", "kind": "group", "name": "Kitchen"}));
    let canvas = |edge: &str| {
        format!(
            r##"{{"nodes": [{{"id": "a", "type": "text", "text": "# Title\n\nmore", "x": 0, "y": 0}}, {{"id": "b", "type": "link", "url": "https://b.org", "x": 0, "y": 0}}], "edges": [{{"fromNode": "a", "toNode": "b"{edge}}}]}}"##
        )
    };
    for (edge, wanted) in [
        ("", vec!["a links-to b"]),
        (r#", "toEnd": "none", "fromEnd": "arrow", "label": "x""#, vec!["b x a"]),
        (r#", "fromEnd": "arrow""#, vec!["a links-to b", "b links-to a"]),
    ] {
        let native = loaded("c.canvas", &canvas(edge));
        assert_eq!(edges(&native), wanted);
        assert_eq!(native["nodes"][0]["name"], "Title");
        assert_eq!(native["nodes"][0]["properties"]["text"], "# Title\n\nmore");
        assert_eq!(native["nodes"][1]["name"], "https://b.org");
    }
    assert_eq!(refused("c.canvas", &canvas(r#", "toEnd": "none""#)).0, "undirected");
    let open =
        r#"{"nodes": [{"id": "a", "type": "text", "x": 0, "y": 0}], "edges": [{"fromNode": "a"}]}"#;
    assert_eq!(refused("c.canvas", open).1, "this edge has no `toNode`");
}

#[test]
fn databases_say_kinds_and_relations_in_their_own_words() {
    for (name, kinds, edge) in [
        ("apoc.csv", json!(["Bird", "Animal"]), "7 FEARS 8"),
        ("apoc.graphml", json!(["Bird", "Animal"]), "n7 FEARS n8"),
        ("tinker.graphml", json!("bird"), "1 fears 2"),
    ] {
        let native = sample(name);
        assert_eq!(native["nodes"][0]["kind"], kinds, "{name}");
        assert_eq!(edges(&native), [edge], "{name}");
    }
    let lists = r#"<graphml><key id="l" for="node" attr.name="tags" attr.type="string" attr.list="string"/>
        <graph edgedefault="directed"><node id="a" labels=":X"><data key="l">["a","b"]</data></node></graph></graphml>"#;
    let node = json!({"id": "a", "kind": "X", "properties": {"tags": ["a", "b"]}});
    assert_eq!(loaded("g.graphml", lists)["nodes"][0], node);
    let neither = "_id,_labels,_start,_end,_type\n1,:A,,,\n,,1,,X\n";
    assert_eq!((refused("a.csv", neither).0, refused("a.csv", neither).2.0), ("bad-csv", 3));
}

#[test]
fn headers_of_neo4j_may_stand_in_files_of_their_own() {
    let files = [
        ("people-header.csv", "personId:ID(Person);name;born:int;:LABEL\n"),
        ("people-1.csv", "1;Keanu Reeves;1964;Actor\n"),
        ("people-2.csv", "2;Carrie-Anne Moss;1967;Actor\n"),
        ("knows-header.csv", ":START_ID(Person),since:int,:END_ID(Person),:TYPE\n"),
        ("knows.csv", "1,1999,2,KNOWS\n"),
        ("more.csv", "id,kind,note,x\na,b,c,d\n"),
    ];
    let atlas = Atlas::from_texts(files).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let native = native(&atlas);
    assert_eq!(edges(&native), ["Person/1 KNOWS Person/2"]);
    assert_eq!(native["nodes"][0]["properties"], json!({"born": 1964, "personId": "1"}));
    assert_eq!(native["nodes"].as_array().map(Vec::len), Some(3));
    let told = "people-2.csv:1: the columns are those that people-header.csv names";
    assert!(atlas.notes().iter().any(|note| *note == told), "{:?}", atlas.notes());
    // Composite ids are told apart whatever their parts hold.
    let composite = [
        (
            "films.csv",
            "year:ID(Film),nr:ID(Film),title\n1999,1,Wheel\n2000,1,Spoon\n1/9,1,x\n1,9/1,y\n",
        ),
        (
            "next.csv",
            ":START_ID(Film),:START_ID(Film),:END_ID(Film),:END_ID(Film),:TYPE\n1999,1,2000,1,NEXT\n",
        ),
    ];
    let native = self::native(&Atlas::from_texts(composite).expect("loads"));
    assert_eq!(edges(&native), ["Film/1999/1 NEXT Film/2000/1"]);
    assert_eq!(native["nodes"].as_array().map(Vec::len), Some(4));
    // One column says a composite id as its parts behind one another, if that means one node.
    let films = "year:ID(Film),nr:ID(Film)\n1999,1\n2000,1\n1,12\n11,2\n";
    let next = |ends: &str| {
        let next = format!(":START_ID(Film),:END_ID(Film),:TYPE\n{ends},NEXT\n");
        Atlas::from_texts([("films.csv", films), ("next.csv", &*next)])
    };
    let native = self::native(&next("19991,20001").expect("loads"));
    assert_eq!(edges(&native), ["Film/1999/1 NEXT Film/2000/1"]);
    assert_eq!(next("112,20001").expect_err("two nodes").remove(0).code, "dangling-end");
}

#[test]
fn flowcharts_with_all_their_corners() {
    let native = sample("flowchart.mmd");
    let nodes: Vec<String> = native["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|node| Some(format!("{}={}", node["id"].as_str()?, node["name"].as_str()?)))
        .collect();
    let wanted = "A=Hard edge;B=Round edge;C=Decision;D=Result one;E=Stadium \"x\";F=Database;G=Circle;H=Hex;I=Sub;J=flag;K=dbl;L=quoted (text) [x];M=slant;N=Data, base;R=The bold text more;d=slanted;one=First group";
    assert_eq!(nodes.join(";"), wanted);
    let wanted = [
        "A Link text B",
        "B links-to C",
        "C One D",
        "C two words E",
        "F dotted G",
        "G links-to H",
        "G thick I",
        "J links-to K",
        "L links-to M",
        "M links-to L",
        "N links-to O",
        "a links-to c",
        "a links-to d",
        "b links-to c",
        "b links-to d",
        "end-node links-to a-b-c",
        "m1 links-to m2",
        "m2 links-to m3",
        "n1 links-to n2",
        "one links-to m1",
        "x links-to y",
        "y links-to z",
    ];
    assert_eq!(edges(&native), wanted);
    for (text, code, place) in [
        ("sequenceDiagram\n A->>B: hi", "bad-mermaid", (1, 1)),
        ("flowchart TD\n a --- b", "undirected", (2, 4)),
        ("graph TD\n a --> ", "bad-mermaid", (2, 8)),
        ("graph LR\n a[open --> b", "bad-mermaid", (2, 3)),
        ("graph LR\n subgraph x\n a", "bad-mermaid", (3, 3)),
        ("graph LR;a-->b;end", "bad-mermaid", (1, 16)),
        ("graph LR\n a b", "bad-mermaid", (2, 4)),
        ("graph LR\n a -->|x b", "bad-mermaid", (2, 7)),
        ("graph LR\n a -- x b", "bad-mermaid", (2, 4)),
    ] {
        let (found, _, at) = refused("g.mmd", text);
        assert_eq!((found, at), (code, place), "{text}");
        // Without a name the text tells what it is.
        assert_eq!(refused("standard input", text).0, code, "{text}");
    }
    for text in ["graph { a -- b }", "digraph { a -> b }"] {
        let told = Atlas::from_texts([("x", text)]).err().map(|problems| problems[0].code);
        assert_ne!(told, Some("bad-mermaid"), "DOT is DOT");
    }
}

#[test]
fn gexf_as_gephi_writes_it() {
    let native = sample("gephi.gexf");
    let nodes = json!([
        {"id": "c", "properties": {"size": 1}},
        {"id": "r", "properties": {"size": 7}},
        {"id": "w", "kind": "bird", "name": "Wren & co", "properties": {"size": 1, "wild": true}}]);
    assert_eq!(native["nodes"], nodes);
    assert_eq!(edges(&native), ["r links-to c", "w fears r"]);
    assert_eq!(native["edges"][1]["properties"], json!({"since": 2001, "weight": 2.5}));
    let graph = |head: &str, inner: &str| format!("<gexf><graph {head}>{inner}</graph></gexf>");
    let two = r#"<nodes><node id="a"/><node id="b"/></nodes>"#;
    let edge = r#"<edges><edge source="a" target="b"/></edges>"#;
    for (text, code) in [
        (graph("", &format!("{two}{edge}")), "undirected"),
        (graph(r#"defaultedgetype="mutual""#, &format!("{two}{edge}")), "undirected"),
        (graph("", r#"<nodes><node id="a"><nodes/></node></nodes>"#), "bad-gexf"),
        (
            graph(
                "",
                r#"<nodes><node id="a"><attvalues><attvalue for="x" value="1"/></attvalues></node></nodes>"#,
            ),
            "bad-gexf",
        ),
        (graph("", "<nodes><node/></nodes>"), "missing-member"),
        ("<gexf></gexf>".to_owned(), "bad-gexf"),
        ("<graphml></graphml>".to_owned(), "bad-gexf"),
        (r#"<!DOCTYPE x [<!ENTITY a "b">]><gexf/>"#.to_owned(), "bad-gexf"),
    ] {
        assert_eq!(refused("g.gexf", &text).0, code, "{text}");
    }
}

#[test]
fn every_sample_comes_back_from_every_format_that_holds_it() {
    for (name, text) in samples() {
        let atlas = Atlas::from_texts([(name.as_str(), text)]).expect(&name);
        let mut whole = 0;
        for saver in SAVERS.iter().filter(|saver| saver.name != "atlas") {
            let saved = saver.save(&atlas).expect("it holds it");
            let end = saver.extensions[0];
            let files = saved.files.iter().map(|(part, bytes)| {
                (format!("g{part}.{end}"), std::str::from_utf8(bytes).expect("text"))
            });
            let again = Atlas::from_texts(files)
                .unwrap_or_else(|problems| panic!("{name} as {}: {}", saver.name, problems[0]));
            if saved.left_out.is_empty() {
                assert_eq!(save(&again), save(&atlas), "{name} as {}", saver.name);
                whole += 1;
            }
        }
        assert!(whole >= 2, "{name}: native JSON and YAML hold everything");
    }
}

#[test]
fn what_is_cut_off_is_read_or_told_with_a_place() {
    for (name, text) in samples() {
        let borders = (0..text.len()).step_by(37).filter(|at| text.is_char_boundary(*at));
        let mut told = 0;
        for end in borders {
            if let Err(problems) = Atlas::from_texts([(name.as_str(), &text[..end])]) {
                let first = &problems[0];
                assert!(first.place.is_some(), "{name} cut at {end}: {first}");
                told += 1;
            }
        }
        assert!(told > 0, "{name}");
    }
}
