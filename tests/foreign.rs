//! What files of other tools say that was once read as something else, each with the right value.

use opsatlas::data::save;
use opsatlas::graph::Atlas;
use serde_json::{Value, json};

fn loaded(name: &str, text: &str) -> (Atlas, Value) {
    let atlas = Atlas::from_texts([(name, text)])
        .unwrap_or_else(|problems| panic!("{text}: {}", problems[0]));
    let saved = serde_json::from_str(&save(&atlas)).expect("JSON");
    (atlas, saved)
}

/// Code, message and place of the first problem.
fn refused(name: &str, text: &str) -> (&'static str, String, (usize, usize)) {
    let problem = Atlas::from_texts([(name, text)]).expect_err(text).remove(0);
    let place = problem.place.as_ref().expect("a place").line_and_column();
    (problem.code, problem.message, place)
}

#[test]
fn dot_comments_begin_anywhere_outside_quotes() {
    let text = "digraph { # a -> x\n a -> b# why\n b [label=\"#1\"] // -> y\n\"#c\" -> a [label=<#2>]#}\n}";
    let (_, found) = loaded("g.dot", text);
    assert_eq!(found["nodes"], json!([{"id": "#c"}, {"id": "a"}, {"id": "b", "name": "#1"}]));
    assert_eq!(found["edges"][0]["kind"], "#2");
    assert_eq!(found["edges"].as_array().map(Vec::len), Some(2));
}

#[test]
fn dot_labels_show_names_entities_and_the_text_of_markup() {
    let text = r#"digraph Wald {
        a -> b [label="\T to \H"]; b -> a [label=<grows<br/>near>]; a -> a [label=3]
        a [label="R&D &lt;dept&gt;"]; b [label="caf&eacute; &Omega; &#233;&#xe9; &nothing;"]
        c [label="\G: \N"]; d [label=<The <b>big</b> fir>]; e [label=<Holm &amp; oak>]
        f [label=<<table><tr><td>one</td><td>two</td></tr></table>>]; g [label=<<img src="x"/>>]
        node [label=<all of <i>\G</i>>]; h edge [label="\E"]; h -> a }"#;
    let (_, found) = loaded("g.dot", text);
    let names: Vec<&Value> =
        found["nodes"].as_array().expect("nodes").iter().map(|node| &node["name"]).collect();
    let wanted = json!([
        "R&D <dept>",
        "café Ω éé &nothing;",
        "Wald: c",
        "The big fir",
        "Holm & oak",
        "one two",
        null,
        "all of Wald"
    ]);
    assert_eq!(json!(names), wanted);
    let kinds: Vec<&Value> =
        found["edges"].as_array().expect("edges").iter().map(|edge| &edge["kind"]).collect();
    assert_eq!(json!(kinds), json!(["3", "a to b", "grows near", "h->a"]));
    // Names for names must not fill the memory.
    let long = format!(
        "digraph \"{}\" {{ node [label=\"{}\"] a b c }}",
        "g".repeat(60_000),
        "\\G".repeat(60_000)
    );
    assert_eq!(refused("g.dot", &long).0, "too-large");
    // What was said around a subgraph since it was closed holds when it is named again.
    let again = "digraph { subgraph s { a } node [x=1] edge [label=new] subgraph s { b -> a } }";
    let (_, found) = loaded("g.dot", again);
    assert_eq!(found["nodes"][1]["properties"], json!({"subgraph": "s", "x": 1}));
    assert_eq!(found["edges"][0]["kind"], "new");
}

#[test]
fn gml_is_told_to_be_gml() {
    let text = "Creator \"x\"\nVersion 1\ngraph\n[\n  directed 1\n  node [ id 1 ]\n]";
    for (name, text) in [
        ("g.gml", text),
        ("g.gml", "graph [ directed 1 ]"),
        ("standard input", text),
        ("x", "graph [\n]"),
    ] {
        let (code, message, _) = refused(name, text);
        assert_eq!((code, message.contains("GML")), ("unknown-format", true), "{name}");
    }
    assert_eq!(refused("x", "graph { a -- b }").0, "undirected");
}

#[test]
fn graphml_edges_are_directed_by_one_and_zero_too() {
    let graph = |default: &str, word: &str| {
        format!(
            "<graphml><graph edgedefault='{default}'><node id='a'/><node id='b'/><edge source='a' target='b' directed='{word}'/></graph></graphml>"
        )
    };
    for (default, word) in
        [("directed", "1"), ("directed", "true"), ("undirected", "1"), ("undirected", " true ")]
    {
        let (_, found) = loaded("g.graphml", &graph(default, word));
        assert_eq!(found["edges"].as_array().map(Vec::len), Some(1), "{default} {word}");
    }
    for word in ["0", "false"] {
        assert_eq!(refused("g.graphml", &graph("directed", word)).0, "undirected");
    }
    for word in ["yes", "True", "2", ""] {
        let (code, message, _) = refused("g.graphml", &graph("directed", word));
        assert_eq!(code, "bad-graphml");
        assert!(message.contains(&format!("not `{word}`")), "{message}");
    }
}

#[test]
fn a_row_of_neo4j_is_about_one_node() {
    let (code, message, place) =
        refused("n.csv", "isbn:ID(Book),shelf:ID(Place),title\n11,A3,Wheel\n12,A4,Spoon\n");
    assert_eq!((code, place), ("bad-csv", (1, 15)));
    assert!(message.contains("`isbn:ID(Book)` and `shelf:ID(Place)`"), "{message}");
}

#[test]
fn what_gephi_calls_a_type_is_a_direction() {
    for (sheet, place) in [
        ("Source,Target,Type,Weight\na,b,Directed,1\nb,c,Sideways,1\n", (3, 1)),
        ("Source,Target,Type,Id\na,b,Sideways,1\n", (2, 1)),
        ("Source,Target,Type\na,b,Directed\nb,c,sideways\n", (3, 1)),
        ("Source,Target,Type\na,b,Dircted\n", (2, 1)),
        ("from,to,type\na,b,directed\na,c,needs\n", (3, 1)),
    ] {
        let (code, message, at) = refused("e.csv", sheet);
        assert_eq!((code, at), ("bad-csv", place), "{sheet}");
        assert!(message.contains("is no direction"), "{message}");
    }
    for sheet in ["from,to,type\na,b,needs\n", "Source,Target,Type\na,b,needs\n"] {
        assert_eq!(loaded("e.csv", sheet).1["edges"][0]["kind"], "needs");
    }
}

#[test]
fn decimal_commas_are_numbers_or_told() {
    let hours = |sheet: &str| -> (Vec<String>, Vec<String>) {
        let (atlas, found) = loaded("n.csv", sheet);
        let nodes = found["nodes"].as_array().expect("nodes").iter();
        let hours = nodes.map(|node| node["properties"]["size"].to_string());
        (hours.collect(), atlas.notes().iter().map(ToString::to_string).collect())
    };
    for (sheet, wanted) in [
        ("id,size\na,3\nb,\"2,5\"\nc,-0.25\n", ["3", "2.5", "-0.25"]),
        ("id;size\na;3\nb;2,50\nc;1,234\n", ["3", "2.50", "1.234"]),
        ("id\tsize\na\t0,125\nb\t2,5\nc\t1,234\n", ["0.125", "2.5", "1.234"]),
    ] {
        assert_eq!(hours(sheet), (wanted.map(str::to_owned).to_vec(), Vec::new()), "{sheet}");
    }
    for (sheet, line, why) in [
        ("id,size\na,3\nb,\"1,234\"\nc,7\n", 3, "`1,234` may be a thousand"),
        ("id,size\na,3\nb,7\nc,8\nd,two\n", 5, "`two` is no number"),
    ] {
        let (found, notes) = hours(sheet);
        assert!(found.iter().all(|hours| hours.starts_with('"')), "{found:?}");
        assert!(
            notes[0].starts_with(&format!("n.csv:{line}: ")) && notes[0].contains(why),
            "{notes:?}"
        );
    }
    assert!(hours("id,size\na,x\nb,3\n").1.is_empty(), "a column of texts is one");
    let (declared, notes) = hours("id,size:float\na,3\nb,\"2,5\"\n");
    assert_eq!((declared, notes.len()), (vec!["3".to_owned(), "2.5".to_owned()], 1));
    assert!(notes[0].starts_with("n.csv:3: ") && notes[0].contains("`2,5` is 2.5"), "{notes:?}");
    for cells in ["\"2,5\"\nb,two", "\"1,234\"\nb,7"] {
        let sheet = format!("id,size:float\na,{cells}\n");
        let problems = Atlas::from_texts([("n.csv", sheet)]).expect_err("commas that disagree");
        assert_eq!(problems[0].code, "wrong-type");
        assert!(problems[0].help[0].starts_with("write `"), "{problems:?}");
    }
    let schema = r#"{"atlas": 1, "edges": [{"from": "a", "kind": "needs", "to": "b"}], "schema": {"relations": {"needs": {"prerequisite": "target"}}}}"#;
    let atlas = Atlas::from_texts([("n.csv", "id,size\na,3\nb,\"2,5\"\n"), ("s.json", schema)])
        .expect("loads");
    assert_eq!(atlas.query("plan a minimize size").expect("a plan").count(), 2);
}

#[test]
fn a_column_that_names_nodes_is_told() {
    for sheet in [
        "id,name,Vorher\nd,Docker,y\nk,Kubernetes,d;y\ny,YAML,\n",
        "id,parent\na,\nb,a\nc,other\n",
        "Topic,Vorher\nDocker,YAML\nKubernetes,Docker;YAML\nYAML,\n",
    ] {
        let (atlas, _) = loaded("n.csv", sheet);
        let [note, ..] = atlas.notes() else { panic!("{sheet}: {:?}", atlas.notes()) };
        assert!(note.starts_with("n.csv:1: ") && note.contains("makes no edges"), "{note}");
    }
    for sheet in
        ["id,name,note\na,A,x\nb,B,y\n", "id,name,kind\na,b,c\nb,a,a\n", "id,slug\na,a\nb,b\n"]
    {
        assert!(loaded("n.csv", sheet).0.notes().is_empty(), "{sheet}");
    }
    let columns: Vec<String> = (0..25).map(|at| format!("parent {at}")).collect();
    let cells = "a,".repeat(24) + "a";
    let (atlas, _) =
        loaded("n.csv", &format!("id,{}\na{}\nb,{cells}\n", columns.join(","), ",".repeat(25)));
    assert_eq!(atlas.notes().len(), 21);
    assert!(atlas.notes()[20].contains("may be more"));
}

#[test]
fn front_matter_of_a_flowchart_is_no_yaml() {
    let text = "---\ntitle: Bread\nconfig:\n  theme: dark\n---\nflowchart LR\n  a[Bread] --> b\n";
    for name in ["g.mmd", "standard input", "x"] {
        let (atlas, found) = loaded(name, text);
        assert_eq!(found["nodes"], json!([{"id": "a", "name": "Bread"}, {"id": "b"}]), "{name}");
        assert_eq!(atlas.edges().len(), 1);
    }
    let (_, found) = loaded("x", "---\natlas: 1\nnodes: [{id: flowchart}]\n");
    assert_eq!(found["nodes"], json!([{"id": "flowchart"}]));
}

#[test]
fn cytoscape_says_in_data_what_things_are() {
    let node = |id: &str, name: &str| {
        json!({"data": {"id": id, "shared_name": name, "SUID": 7, "n": 1}, "position": {"x": 1},
            "selected": false})
    };
    let file = |directed: Value, ends: [&str; 2]| {
        let [source, target] = ends;
        let edge =
            json!({"data": {"id": "e", "source": source, "target": target, "interaction": "pp"}});
        let elements = json!({"nodes": [node("a", "A"), node("b", "")], "edges": [edge]});
        json!({"data": {"name": "x"}, "directed": directed, "elements": elements}).to_string()
    };
    let (_, found) = loaded("g.cyjs", &file(json!(true), ["a", "b"]));
    let [a, b] = [
        json!({"id": "a", "name": "A", "properties": {"n": 1}}),
        json!({"id": "b", "properties": {"n": 1, "shared_name": ""}}),
    ];
    assert_eq!(found["nodes"], json!([a, b]));
    assert_eq!(found["edges"], json!([{"from": "a", "kind": "pp", "to": "b"}]));
    assert_eq!(refused("g.json", &file(json!(false), ["a", "b"])).0, "undirected");
    assert_eq!(refused("g.json", &file(json!(true), ["a", "c"])).0, "dangling-end");
    assert_eq!(refused("g.json", r#"{"elements": []}"#).0, "wrong-type");
}

#[test]
fn handles_of_react_flow_are_how_it_is_drawn() {
    let node = json!({"id": "a", "position": {"x": 0, "y": 0}, "data": {"label": "A", "handles": []},
        "handles": [{"type": "source", "position": "top", "x": 1, "y": 2}], "dragHandle": ".x"});
    let edge = json!({"id": "e", "source": "a", "target": "a", "labelStyle": {"fill": "red"}, "hidden": false});
    let (_, found) = loaded("g.json", &json!({"nodes": [node], "edges": [edge]}).to_string());
    assert_eq!(found["nodes"], json!([{"id": "a", "name": "A"}]));
    assert_eq!(found["edges"], json!([{"from": "a", "kind": "links-to", "to": "a"}]));
}
