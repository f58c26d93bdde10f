//! Each change on each notation, byte for byte.

use super::{FileChange, HeaderMeanings};
use crate::graph::Atlas;
use serde_json::{Value, json};

fn add(id: &str, fields: &[(&str, Value)]) -> FileChange {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    FileChange::Add { id: id.to_owned(), kind: "topic".to_owned(), fields }
}

fn link(from: &str, kind: &str, to: &str) -> FileChange {
    FileChange::Link { edge: [from, kind, to].map(str::to_owned) }
}

fn unlink(from: &str, kind: &str, to: &str) -> FileChange {
    FileChange::Unlink { edge: [from, kind, to].map(str::to_owned) }
}

fn set(id: &str, field: &str, value: Value) -> FileChange {
    FileChange::Set { id: id.to_owned(), field: field.to_owned(), value }
}

fn remove(id: &str) -> FileChange {
    FileChange::Remove { id: id.to_owned() }
}

/// A change where nothing is said of headers.
fn changed(
    name: &str,
    text: &str,
    change: &FileChange,
) -> Result<Option<String>, crate::diagnostic::Diagnostic> {
    super::changed(name, text, change, &|_| None)
}

/// The text after a change, which must load where the text did.
fn after(name: &str, text: &str, change: &FileChange) -> String {
    let new = changed(name, text, change).expect("it can be changed").expect("it is changed");
    if name.ends_with("json") {
        Atlas::from_texts([(name, new.as_str())]).unwrap_or_else(|why| panic!("{}\n{new}", why[0]));
    }
    new
}

#[test]
fn new_values_are_written_like_their_neighbours() {
    let lines = "{\"atlas\": 1,\n \"nodes\": [\n   {\"id\": \"a\", \"kind\": \"topic\"},\n   {\"id\": \"b\"}],\n \"edges\": []}\n";
    assert_eq!(
        after("g.json", lines, &add("c", &[("hours", json!(20)), ("name", json!("C"))])),
        lines.replace("\"b\"}", "\"b\"},\n   {\"id\": \"c\", \"kind\": \"topic\", \"name\": \"C\", \"properties\": {\"hours\": 20}}")
    );
    assert_eq!(
        after("g.json", lines, &link("a", "needs", "b")),
        lines.replace("[]", "[\n{\"from\": \"a\", \"kind\": \"needs\", \"to\": \"b\"}\n]")
    );
    let tight = "{\"atlas\":1,\"nodes\":[{\"id\":\"a\"}]}";
    assert_eq!(
        after("g.json", tight, &add("b", &[])),
        "{\"atlas\":1,\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\",\"kind\":\"topic\"}]}"
    );
    let pretty = "{\r\n  \"atlas\": 1,\r\n  \"nodes\": [\r\n    {\r\n      \"id\": \"a\"\r\n    }\r\n  ]\r\n}\r\n";
    assert_eq!(
        after("g.json", pretty, &add("b", &[])),
        pretty.replace(
            "    }\r\n",
            "    },\r\n    {\r\n      \"id\": \"b\",\r\n      \"kind\": \"topic\"\r\n    }\r\n"
        )
    );
    let schema = "{\n  \"atlas\": 1\n}\n";
    assert!(
        after("g.json", schema, &add("b", &[]))
            .starts_with("{\n  \"atlas\": 1,\n  \"nodes\": [\n{")
    );
}

#[test]
fn values_are_set_where_they_stand_or_beside_the_others() {
    let text = "{\"atlas\": 1, \"nodes\": [\n  {\"id\": \"a\", \"properties\": {\"hours\": 1.50, \"x\": {}}},\n  {\"id\": \"b\"}\n]}";
    let new = after("g.json", text, &set("a", "hours", json!(3)));
    assert_eq!(new, text.replace("1.50", "3"));
    let new = after("g.json", text, &set("a", "goal", json!("say \"hi\"")));
    assert_eq!(new, text.replace("{}}", "{}, \"goal\": \"say \\\"hi\\\"\"}"));
    let new = after("g.json", text, &set("b", "hours", json!(3)));
    assert_eq!(new, text.replace("\"b\"}", "\"b\", \"properties\": {\"hours\": 3}}"));
    let new = after("g.json", text, &set("b", "name", json!("B")));
    assert_eq!(new, text.replace("\"b\"}", "\"b\", \"name\": \"B\"}"));
    assert_eq!(changed("g.json", text, &set("z", "name", json!("B"))).expect("no error"), None);
}

#[test]
fn what_is_taken_away_takes_its_comma_along() {
    let node = |id: &str| format!("\n  {{\"id\": \"{id}\"}}");
    let edge = |from: &str, to: &str| {
        format!("\n  {{\"from\":\"{from}\",\"kind\":\"k\",\"to\":\"{to}\"}}")
    };
    let file = |nodes: &[&str], edges: &[(&str, &str)]| {
        let nodes: Vec<String> = nodes.iter().map(|id| node(id)).collect();
        let edges: Vec<String> = edges.iter().map(|(from, to)| edge(from, to)).collect();
        format!(
            "{{\"atlas\": 1, \"nodes\": [{}\n], \"edges\": [{}\n]}}",
            nodes.join(","),
            edges.join(",")
        )
    };
    let text = file(&["a", "b", "c"], &[("a", "b"), ("b", "c"), ("a", "c")]);
    assert_eq!(after("g.json", &text, &remove("a")), file(&["b", "c"], &[("b", "c")]));
    assert_eq!(after("g.json", &text, &remove("b")), file(&["a", "c"], &[("a", "c")]));
    assert_eq!(after("g.json", &text, &remove("c")), file(&["a", "b"], &[("a", "b")]));
    assert_eq!(
        after("g.json", &text, &unlink("b", "k", "c")),
        file(&["a", "b", "c"], &[("a", "b"), ("a", "c")])
    );
    let one = file(&["a"], &[]);
    assert_eq!(
        after("g.json", &one, &remove("a")).replace(char::is_whitespace, ""),
        "{\"atlas\":1,\"nodes\":[],\"edges\":[]}"
    );
    assert_eq!(changed("g.json", &text, &unlink("a", "x", "b")).expect("no error"), None);
}

#[test]
fn sheets_get_rows_and_cells() {
    let nodes = "id;name;kind;hours:int\r\na;\"A; B\";topic;1\r\nb;B;;\r\n\r\n";
    assert_eq!(
        after("n.csv", nodes, &add("c", &[("hours", json!(20))])),
        nodes.replace("b;B;;\r\n", "b;B;;\r\nc;;topic;20\r\n")
    );
    assert_eq!(
        after("n.csv", nodes, &set("a", "name", json!("x;y"))),
        nodes.replace("A; B", "x;y")
    );
    assert_eq!(after("n.csv", nodes, &set("b", "hours", json!(7))), nodes.replace("B;;", "B;;7"));
    assert_eq!(after("n.csv", nodes, &remove("a")), nodes.replace("a;\"A; B\";topic;1\r\n", ""));
    let problem = changed("n.csv", nodes, &set("a", "hour", json!(1))).expect_err("no column");
    assert_eq!((problem.code, &*problem.help[0]), ("no-column", "did you mean `hours`?"));
    assert_eq!(changed("n.csv", nodes, &link("a", "k", "b")).expect("no error"), None);
    let edges = "from,kind,to,why\na,needs,b,x\na,needs,c,y";
    assert_eq!(after("e.csv", edges, &link("b", "needs", "c")), edges.to_owned() + "\nb,needs,c,");
    assert_eq!(after("e.csv", edges, &unlink("a", "needs", "b")), "from,kind,to,why\na,needs,c,y");
    assert_eq!(after("e.csv", edges, &remove("c")), "from,kind,to,why\na,needs,b,x\n");
}

#[test]
fn columns_mean_what_is_said() {
    let text = "Nr;Thema;Course;Braucht;Std.;needs\n1;Rust;x;C;20;much\n2;C;x;;10;\n";
    let said: HeaderMeanings<'_> = &|header| match header {
        "Thema" => Some("name"),
        "Braucht" => Some("prerequisites"),
        "Std." => Some("hours"),
        "needs" => Some("property"),
        "Nr" => Some("ignored"),
        _ => None,
    };
    let after = |change: &FileChange| {
        super::changed("t.csv", text, change, said).expect("it can be").expect("it is changed")
    };
    assert_eq!(after(&set("rust", "hours", json!(25))), text.replace("C;20", "C;25"));
    assert_eq!(after(&set("Rust", "needs", json!("little"))), text.replace("much", "little"));
    assert_eq!(
        after(&link("Rust", "needs", "Go")),
        text.replace("x;C;", "x;C; Go;").replace("C; Go", "\"C; Go\"")
    );
    assert_eq!(after(&unlink("Rust", "needs", "C")), text.replace("x;C;", "x;;"));
    let gone = "Nr;Thema;Course;Braucht;Std.;needs\n1;Rust;x;;20;much\n";
    assert_eq!(after(&remove("c")), gone);
    let problem = super::changed("t.csv", text, &set("c", "Nr", json!(3)), said);
    assert_eq!(problem.expect_err("it is ignored").code, "no-column");
    let edges = "von,nach,art\na,b,needs\n";
    let ends: HeaderMeanings<'_> = &|header| match header {
        "von" => Some("from"),
        "nach" => Some("to"),
        _ => Some("relation"),
    };
    let linked = super::changed("e.csv", edges, &link("b", "needs", "c"), ends);
    assert_eq!(linked.expect("it can be").expect("it is"), edges.to_owned() + "b,c,needs\n");
}

#[test]
fn other_formats_are_not_changed() {
    for (name, text) in
        [("g.dot", "digraph { a }"), ("g.json", "{\"nodes\": [], \"links\": []}"), ("g.json", "{")]
    {
        assert_eq!(changed(name, text, &remove("a")).expect_err("no").code, "not-editable");
    }
}

#[test]
fn a_quote_within_a_cell_is_a_sign_like_any_other() {
    let sheet = "name,prerequisites,notes\nA,,5\" disk\nB,,x 3\"\nC,,y\nD,,\"\"\"q\"\", z\"\n";
    let without = |row: &str| sheet.replace(row, "");
    assert_eq!(after("t.csv", sheet, &remove("A")), without("A,,5\" disk\n"));
    assert_eq!(after("t.csv", sheet, &remove("B")), without("B,,x 3\"\n"));
    assert_eq!(
        after("t.csv", sheet, &set("C", "notes", json!("k"))),
        sheet.replace("C,,y", "C,,k")
    );
    assert_eq!(after("t.csv", sheet, &remove("D")), without("D,,\"\"\"q\"\", z\"\n"));
}
