//! Assistants ask by the Model Context Protocol: both eras, answers that are cited and bounded,
//! clients that do not behave.

mod support;

use serde_json::{Value, json};
use std::path::Path;
use support::{folder, out, root, run_in};

/// The replies to some lines.
fn talk(lines: &[String]) -> Vec<Value> {
    talk_in(&root(), &["--mcp"], lines)
}

fn talk_in(place: &Path, arguments: &[&str], lines: &[String]) -> Vec<Value> {
    let output = run_in(place, arguments, &(lines.join("\n") + "\n"));
    assert!(output.status.success(), "{output:?}");
    let replies = out(&output);
    replies.lines().map(|line| serde_json::from_str(line).expect("a reply is JSON")).collect()
}

fn request(id: u32, method: &str, parameters: &Value) -> String {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": parameters}).to_string()
}

/// What a tool says, and whether it is a complaint.
fn called(tool: &str, arguments: &Value) -> (String, bool) {
    let replies = talk(&[request(1, "tools/call", &json!({"name": tool, "arguments": arguments}))]);
    let result = &replies[0]["result"];
    let text = result["content"][0]["text"].as_str().expect("a text");
    (text.to_owned(), result["isError"].as_bool().expect("told"))
}

#[test]
fn clients_of_both_eras_are_served() {
    let current = json!({"io.modelcontextprotocol/protocolVersion": "2026-07-28"});
    let replies = talk(&[
        request(1, "initialize", &json!({"protocolVersion": "2025-06-18", "capabilities": {}})),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string(),
        request(2, "tools/list", &json!({})),
        request(3, "server/discover", &json!({"_meta": current})),
        request(4, "tools/list", &json!({"_meta": current})),
        request(5, "initialize", &json!({"protocolVersion": "1999-01-01"})),
        request(
            6,
            "tools/list",
            &json!({"_meta": {"io.modelcontextprotocol/protocolVersion": "1999-01-01"}}),
        ),
    ]);
    assert_eq!(replies.len(), 6, "a notification has no reply: {replies:?}");
    assert_eq!(replies[0]["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(replies[1]["result"]["tools"], replies[3]["result"]["tools"]);
    assert!(replies[1]["result"].get("resultType").is_none(), "older clients know none");
    let versions = replies[2]["result"]["supportedVersions"].as_array().expect("a list");
    assert!(versions.contains(&json!("2026-07-28")) && versions.contains(&json!("2024-11-05")));
    assert_eq!(replies[3]["result"]["resultType"], "complete");
    assert_eq!(replies[4]["result"]["protocolVersion"], "2025-11-25");
    assert_eq!(replies[5]["error"]["code"], -32022);
    let definitions = replies[1]["result"]["tools"].to_string();
    assert!(definitions.len() < 2000, "{} bytes are read at each start", definitions.len());
}

#[test]
fn statements_are_cited_and_answers_bounded() {
    let (path, failed) = called("ask", &json!({"query": "path devops to llmops"}));
    assert!(
        !failed
            && path.contains("DevOps → GitOps → MLOps → LLMOps")
            && path.contains("roadmap-2026:")
    );
    let (rows, _) = called("ask", &json!({"query": "prereqs gitops", "limit": 3}));
    let lines: Vec<&str> = rows.lines().collect();
    assert!(lines[0].contains("name | kind") && lines[0].contains("sources"), "{rows}");
    assert!(lines[4].ends_with("rows; go on with: prereqs gitops then offset 3"), "{rows}");
    let (next, _) = called("ask", &json!({"query": "prereqs gitops then offset 3", "limit": 3}));
    assert!(next.lines().nth(1) != lines.get(1).copied(), "{next}");
    let (all, _) = called("ask", &json!({"query": "nodes", "limit": 1000}));
    assert!(all.len() < 33_000 && all.contains("go on with: nodes then offset"), "{}", all.len());
    let (cards, failed) =
        called("ask", &json!({"query": "nodes", "limit": 1000, "format": "json"}));
    assert!(failed && cards.contains("`limit`"), "{cards}");
    let (json, _) = called("ask", &json!({"query": "show docker", "format": "json"}));
    assert!(serde_json::from_str::<Value>(&json).is_ok());
}

#[test]
fn what_is_cut_goes_on_behind_what_was_told() {
    for (query, limit, goes_on) in [
        ("prereqs gitops then offset 3", 3, "prereqs gitops then offset 6"),
        ("nodes // all of them", 3, "nodes then offset 3"),
        ("nodes /* all */ then limit 9 // c", 4, "nodes /* all */ then limit 9 then offset 4"),
        ("paths docker to llmops limit 5", 2, "paths docker to llmops limit 5 then offset 2"),
        ("compare devops, gitops;", 7, "compare devops, gitops then offset 7"),
    ] {
        let (first, failed) = called("ask", &json!({"query": query, "limit": f64::from(limit)}));
        let next = first.lines().find_map(|line| line.split_once("; go on with: "));
        assert_eq!(next.map(|(_, query)| query), Some(goes_on), "{failed} {first}");
        let (second, failed) = called("ask", &json!({"query": goes_on, "limit": limit}));
        assert!(!failed && second.lines().nth(2) != first.lines().nth(2), "{second}");
        let (part, _) = called("ask", &json!({"query": query, "limit": limit, "format": "json"}));
        let part: Value = serde_json::from_str(&part).expect("JSON");
        assert_eq!(part["query"], query.trim_end_matches(';'));
        assert_eq!((&part["count"], &part["complete"]), (&json!(limit), &json!(false)));
        assert!(part["notes"].to_string().contains(goes_on), "{}", part["notes"]);
    }
    let (all, _) = called("ask", &json!({"query": "paths docker to llmops limit 2", "limit": 2}));
    assert!(!all.contains("go on with") && !all.contains("incomplete"), "{all}");
    let long = "prereqs ".repeat(50_000);
    let (told, failed) = called("ask", &json!({"query": long}));
    assert!(failed && told.len() <= 32_000, "{}", told.len());
}

/// A lattice with more ways than anyone can list.
fn lattice() -> Value {
    let name = |row: usize, column: usize| format!("n{row}-{column}");
    let places = (0..14).flat_map(|row| (0..14).map(move |column| (row, column)));
    let edges = places.clone().flat_map(|(row, column)| {
        [(row + 1, column), (row, column + 1), (row + 1, column + 1)].map(|to| ((row, column), to))
    });
    let edges = edges.filter(|(_, to)| to.0 < 14 && to.1 < 14);
    let edge = |(from, to): ((usize, usize), (usize, usize))| json!({"from": name(from.0, from.1), "kind": "next", "to": name(to.0, to.1)});
    let relations = json!({"next": {"prerequisite": "source", "route": true}});
    json!({"atlas": 1, "schema": {"relations": relations}, "edges": edges.map(edge).collect::<Vec<_>>(),
        "nodes": places.map(|(row, column)| json!({"id": name(row, column)})).collect::<Vec<_>>()})
}

#[test]
fn an_answer_that_ran_out_of_time_does_not_stop_the_next() {
    let place = folder("assistants-time");
    std::fs::write(place.join("lattice.json"), lattice().to_string()).expect("written");
    let ask = |id: u32, query: &str| {
        request(id, "tools/call", &json!({"name": "ask", "arguments": {"query": query}}))
    };
    let long = ask(1, "paths n0-0 to n13-13 limit 100000000");
    let short = ask(2, "paths n0-0 to n13-13 limit 3");
    let arguments = ["--mcp", "-g", "lattice.json", "--limit-time", "0.2"];
    let batch = format!("[{long},{short}]");
    let replies = talk_in(&place, &arguments, &[long, short, ask(3, "nodes then count"), batch]);
    let text = |reply: &Value| reply["result"]["content"][0]["text"].as_str().map(str::to_owned);
    let texts: Vec<String> = replies[..3].iter().filter_map(text).collect();
    assert!(texts[0].contains("the time of 0.2 s is up"), "{}", texts[0]);
    assert!(texts[1].contains("**3.") && !texts[1].contains("stopped"), "{}", texts[1]);
    assert_eq!(texts[2], "196");
    assert_eq!(text(&replies[3][1]).as_ref(), Some(&texts[1]), "in a list, too");
}

#[test]
fn what_is_wrong_comes_back_with_what_to_type_instead() {
    for (tool, arguments, told) in [
        ("ask", json!({"query": "show kuberntes"}), "kubernetes"),
        ("ask", json!({"query": ""}), "empty"),
        ("ask", json!({"query": "nodes; kinds"}), "one query"),
        ("ask", json!({"query": 3}), "`query` is a text"),
        ("ask", json!({"limit": 3}), "wants the argument `query`"),
        ("ask", json!({"query": "nodes", "limit": 0}), "whole number from 1"),
        ("ask", json!({"query": "nodes", "format": "png"}), "text, json or mermaid"),
        ("ask", json!({"query": "nodes", "rows": 3}), "no argument `rows`"),
        ("language", json!({"word": "prereq"}), "prereqs"),
    ] {
        let (text, failed) = called(tool, &arguments);
        assert!(failed && text.contains(told), "{tool} {arguments}: {text}");
    }
    let (page, failed) = called("language", &json!({}));
    assert!(!failed && page.contains("unlocks S") && page.len() < 6000, "{}", page.len());
    let (word, failed) = called("language", &json!({"word": "plan"}));
    assert!(!failed && word.contains("knowing"), "{word}");
    let (word, failed) = called("language", &json!({"word": "knowing"}));
    assert!(!failed && word.contains("behind plan, ready"), "{word}");
    for word in [".add", "keys", "zzzz"] {
        let (told, failed) = called("language", &json!({"word": word}));
        assert!(failed && !told.contains(".help"), "commands of the prompt are no help: {told}");
    }
    let (told, failed) = called("ask", &json!({"query": "kinds", "format": "mermaid"}));
    assert!(failed && told.contains("as text or json") && !told.contains("-F"), "{told}");
    let (overview, _) = called("overview", &json!({}));
    assert!(overview.contains("leads-to") && overview.len() < 8000, "{}", overview.len());
}

#[test]
fn messages_that_are_none_are_refused_and_the_next_is_answered() {
    let wrong =
        ["{\"half\": ", "1", "null", "[]", "{}", r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#];
    let mut lines: Vec<String> = wrong.iter().map(|&line| line.to_owned()).collect();
    lines.push("x".repeat(3 << 20));
    lines.push("[".repeat(100_000));
    lines.push(r#"{"jsonrpc":"2.0","id":5,"result":{}}"#.to_owned());
    lines.push(request(7, "nothing/of/the/kind", &json!({})));
    lines.push(request(8, "tools/call", &json!({"name": "rm"})));
    lines.push(request(9, "ping", &json!({})));
    let replies = talk(&lines);
    assert_eq!(replies.len(), lines.len() - 1, "an answer that nobody asked for has no reply");
    for reply in &replies[..replies.len() - 1] {
        assert!(reply["error"]["code"].is_i64(), "{reply}");
    }
    let last = replies.last().expect("a reply");
    assert_eq!((&last["id"], &last["result"]), (&json!(9), &json!({})));
    for (line, code, id) in [
        (r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600, json!(1)),
        (r#"{"id":2,"method":"ping"}"#, -32600, json!(2)),
        (r#"{"jsonrpc":"2.0","id":"three"}"#, -32600, json!("three")),
        (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, json!(null)),
        (
            r#"{"jsonrpc":"2.0","id":4.5,"method":"tools/list","params":{"cursor":"x"}}"#,
            -32602,
            json!(4.5),
        ),
    ] {
        let reply = &talk(&[line.to_owned()])[0];
        assert_eq!((&reply["error"]["code"], &reply["id"]), (&json!(code), &id), "{line}");
    }
    let batch =
        talk(&[format!("[{},{}]", request(1, "ping", &json!({})), request(2, "ping", &json!({})))]);
    assert_eq!(batch[0].as_array().map(Vec::len), Some(2));
}
