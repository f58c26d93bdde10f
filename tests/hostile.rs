//! Files made to break a reader, one generator each: no panic, no hang, bounded memory, and a
//! placed error or a right answer. The program runs under a limit of its address space.
#![cfg(target_os = "linux")]
#![allow(clippy::format_collect, reason = "large inputs, made once")]

mod support;

use std::fmt::Write as _;
use std::ops::Range;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::folder;

/// What must come of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Exit 3 and an error of this code.
    Refused(&'static str),
    /// Exit 0 and so many nodes.
    Loads(usize),
}
use Fate::{Loads, Refused};

type Case = (&'static str, Vec<u8>, Fate);

const MEBIBYTE: usize = 1 << 20;

/// What `one` makes of each number, joined.
fn many(numbers: Range<usize>, one: impl Fn(usize) -> String) -> String {
    numbers.fold(String::new(), |text, at| text + &one(at))
}

fn json_cases() -> Vec<Case> {
    let deep = |open: &str, close: &str| open.repeat(200_000) + &close.repeat(200_000);
    let node = |inner: &str| format!("{{\"atlas\": 1, \"nodes\": [{{\"id\": \"a\"{inner}}}]}}");
    let property =
        |value: &str| node(&format!(", \"properties\": {{\"p\": {value}}}")).into_bytes();
    let wide: String = many(0..100_000, |at| format!(",\"k{at}\":1"));
    let same: String = (0..50_000).map(|_| ",\"k\":1").collect();
    let graph = |inner: &str| format!("{{\"graph\": {{{inner}}}}}").into_bytes();
    vec![
        ("empty.json", vec![], Refused("bad-json")),
        ("blank.json", b" \n\t ".to_vec(), Refused("bad-json")),
        ("mark.json", b"\xef\xbb\xbf".to_vec(), Refused("bad-json")),
        ("mark-and-graph.json", [b"\xef\xbb\xbf".to_vec(), node("").into_bytes()].concat(), Loads(1)),
        ("nul.json", b"\0".to_vec(), Refused("bad-json")),
        ("nuls.json", vec![0; 1000], Refused("bad-json")),
        ("many-nuls.json", vec![0; MEBIBYTE], Refused("bad-json")),
        ("utf16.json", b"\xff\xfe{\0}\0".to_vec(), Refused("unknown-format")),
        ("half-utf16.json", b"\xff\xfe{\0\0\xd8".to_vec(), Refused("not-utf8")),
        ("latin.json", b"{\"atlas\": 1, \"nodes\": [{\"id\": \"\xe9\"}]}".to_vec(), Refused("not-utf8")),
        ("overlong.json", b"{\"\xc0\xaf\": 1}".to_vec(), Refused("not-utf8")),
        ("surrogate.json", br#"{"atlas": 1, "nodes": [{"id": "\ud800"}]}"#.to_vec(), Refused("bad-json")),
        ("deep-lists.json", deep("[", "]").into_bytes(), Refused("bad-json")),
        ("deep-objects.json", deep("{\"a\":", "}").into_bytes(), Refused("bad-json")),
        ("deep-property.json", property(&deep("[", "]")), Refused("too-deep")),
        ("deep-property-of-objects.json", property(&format!("{}1{}", "{\"a\":".repeat(127), "}".repeat(127))), Loads(1)),
        ("deeper-than-allowed.json", property(&format!("{}1{}", "[".repeat(140), "]".repeat(140))), Refused("too-deep")),
        ("deep-but-allowed.json", property(&format!("{}1{}", "[".repeat(120), "]".repeat(120))), Loads(1)),
        ("open-lists.json", "[".repeat(MEBIBYTE).into_bytes(), Refused("bad-json")),
        ("open-text.json", format!("{{\"atlas\": \"{}", "x".repeat(10 * MEBIBYTE)).into_bytes(), Refused("bad-json")),
        ("cut.json", node("").into_bytes()[..20].to_vec(), Refused("bad-json")),
        ("huge-number.json", property(&"9".repeat(MEBIBYTE)), Loads(1)),
        ("huge-exponent.json", property("1e999999999"), Loads(1)),
        ("tiny-exponent.json", property("-1e-999999999"), Loads(1)),
        ("huge-version.json", br#"{"atlas": 99999999999999999999}"#.to_vec(), Refused("bad-version")),
        ("float-version.json", br#"{"atlas": 1.0}"#.to_vec(), Refused("bad-version")),
        ("huge-line.json", node(", \"sources\": [{\"source\": \"s\", \"line\": 18446744073709551616}]").into_bytes(), Refused("wrong-type")),
        ("long-id.json", node("").replace("\"a\"", &format!("\"{}\"", "x".repeat(10 * MEBIBYTE))).into_bytes(), Loads(1)),
        ("nul-id.json", node("").replace("\"a\"", "\"a\\u0000\"").into_bytes(), Refused("bad-id")),
        ("wide-properties.json", property(&format!("{{\"x\":1{wide}}}")), Loads(1)),
        ("same-key.json", property(&format!("{{\"x\":1{same}}}")), Refused("duplicate-key")),
        ("two-atlas.json", br#"{"atlas": 1, "atlas": 1}"#.to_vec(), Refused("duplicate-key")),
        ("number-key.json", br#"{"atlas": 1, "nodes": [{"id": "a", "properties": {"$serde_json::private::Number": "x"}}]}"#.to_vec(), Loads(1)),
        ("raw-key.json", br#"{"atlas": 1, "nodes": [{"id": "a", "properties": {"$serde_json::private::RawValue": "x"}}]}"#.to_vec(), Loads(1)),
        ("nulls.json", br#"{"atlas": 1, "nodes": null, "edges": null}"#.to_vec(), Refused("wrong-type")),
        ("lists.json", br#"{"atlas": 1, "nodes": [["a"]]}"#.to_vec(), Refused("wrong-type")),
        ("numbers.json", br#"{"atlas": 1, "nodes": [1, 2, 3]}"#.to_vec(), Refused("wrong-type")),
        ("comment.json", b"// hi\n{\"atlas\": 1}".to_vec(), Refused("bad-json")),
        ("two-values.json", b"{\"atlas\": 1} {\"atlas\": 1}".to_vec(), Refused("bad-json")),
        ("infinity.json", b"{\"atlas\": Infinity}".to_vec(), Refused("bad-json")),
        ("scalar.json", b"42".to_vec(), Refused("bad-json")),
        ("list.json", b"[1]".to_vec(), Refused("bad-json")),
        ("old-mac-lines.json", node("").replace(' ', "\r").into_bytes(), Loads(1)),
        ("windows-lines.json", node("").replace(' ', "\r\n").into_bytes(), Loads(1)),
        ("vertical-tab.json", b"{\x0b\"atlas\": 1}".to_vec(), Refused("bad-json")),
        ("jgf-list.json", graph("\"nodes\": [[]]"), Refused("wrong-type")),
        ("jgf-null.json", b"{\"graph\": null}".to_vec(), Refused("wrong-type")),
        ("jgf-none.json", b"{\"graphs\": []}".to_vec(), Refused("unknown-format")),
        ("jgf-itself.json", graph("\"graph\": {\"graph\": {}}"), Loads(0)),
        ("jgf-wide.json", graph(&format!("\"nodes\": {{\"x\": {{}}{}}}", wide.replace(":1", ":{}"))), Loads(100_001)),
        ("jgf-metadata.json", graph(&format!("\"nodes\": {{\"x\": {{\"y\": 1{wide}, \"metadata\": {{\"z\": 1{}}}}}}}", wide.replace('k', "m"))), Loads(1)),
        ("many-kinds.json", format!("{{\"atlas\": 1, \"nodes\": [{{\"id\": \"x\"}}{}]}}", many(0..100_000, |at| format!(",{{\"id\": \"{at}\", \"kind\": \"k{}\"}}", 900_000 - at))).into_bytes(), Loads(100_001)),
        ("many-relations.json", format!("{{\"atlas\": 1, \"nodes\": [{{\"id\": \"x\"}}], \"edges\": [{{\"from\": \"x\", \"kind\": \"r\", \"to\": \"x\"}}{}]}}", many(0..100_000, |at| format!(",{{\"from\": \"x\", \"kind\": \"k{}\", \"to\": \"x\"}}", 900_000 - at))).into_bytes(), Loads(1)),
        ("many-declared.json", format!("{{\"atlas\": 1, \"schema\": {{\"kinds\": {{\"k\": {{}}{}}}}}}}", many(0..100_000, |at| format!(",\"k{}\": {{}}", 900_000 - at))).into_bytes(), Loads(0)),
        ("links-null.json", b"{\"links\": [null], \"nodes\": []}".to_vec(), Refused("wrong-type")),
        ("deep-metadata.json", graph(&format!("\"nodes\": {{\"a\": {{\"metadata\": {{\"p\": {}}}}}}}", "[{\"a\":".repeat(2 * MEBIBYTE) + "1" + &"}]".repeat(2 * MEBIBYTE))), Refused("too-deep")),
        ("deep-and-same-key.json", property(&format!("{}{{\"a\": 1, \"a\": 2}}{}", "[".repeat(120), "]".repeat(120))), Refused("duplicate-key")),
        ("long-ends.json", format!("{{\"atlas\": 1, \"edges\": [{{\"from\": \"{0}\", \"kind\": \"r\", \"to\": \"{0}\"}}]}}", "x".repeat(10 * MEBIBYTE)).into_bytes(), Refused("dangling-end")),
        ("links-deep.json", format!("{{\"links\": [], \"nodes\": [{{\"id\": \"a\", \"p\": {}}}]}}", deep("[", "]")).into_bytes(), Refused("too-deep")),
    ]
}

fn xml_cases() -> Vec<Case> {
    let graph = |inner: &str| {
        format!("<graphml><key id=\"k\"/><graph edgedefault=\"directed\">{inner}</graph></graphml>")
            .into_bytes()
    };
    let mut laughs = String::from("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for at in 1..30 {
        let _ = write!(laughs, "<!ENTITY a{at} \"&a{};&a{};\">", at - 1, at - 1);
    }
    let laughs = laughs
        + "]><graphml><graph edgedefault=\"directed\"><node id=\"&a29;\"/></graph></graphml>";
    let outside = |what: &str| {
        format!("<!DOCTYPE x [{what}]><graphml><graph edgedefault=\"directed\"><node id=\"&e;\"/></graph></graphml>").into_bytes()
    };
    let attributes: String = many(0..20_000, |at| format!(" a{at}=\"1\""));
    let defaults = many(0..5_000, |at| {
        format!("<key id=\"k{at}\" for=\"node\"><default>{}</default></key>", "x".repeat(100))
    });
    let nodes: String = many(0..50_000, |at| format!("<node id=\"{at}\"/>"));
    vec![
        ("empty.graphml", vec![], Refused("bad-graphml")),
        ("laughs.graphml", laughs.into_bytes(), Refused("bad-graphml")),
        ("file.graphml", outside("<!ENTITY e SYSTEM \"file:///etc/passwd\">"), Refused("bad-graphml")),
        ("net.graphml", outside("<!ENTITY e SYSTEM \"http://127.0.0.1:9/\">"), Refused("bad-graphml")),
        ("parameter.graphml", outside("<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;"), Refused("bad-graphml")),
        ("outer-dtd.graphml", [b"<!DOCTYPE graphml SYSTEM \"http://127.0.0.1:9/x.dtd\">".to_vec(), graph("<node id=\"a\"/>")].concat(), Loads(1)),
        ("outer-entity.graphml", [b"<!DOCTYPE graphml SYSTEM \"file:///etc/passwd\">".to_vec(), graph("<node id=\"&x;\"/>")].concat(), Refused("bad-graphml")),
        ("include.graphml", graph("<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>"), Refused("bad-graphml")),
        ("open-doctype.graphml", b"<!DOCTYPE x [<!ENTITY".to_vec(), Refused("bad-graphml")),
        ("deep.graphml", "<graphml>".repeat(300_000).into_bytes(), Refused("bad-graphml")),
        ("deep-skipped.graphml", graph(&"<desc>".repeat(300_000)), Refused("too-deep")),
        ("deep-data.graphml", graph(&format!("<node id=\"a\"><data key=\"k\">{}", "<x>".repeat(300_000))), Refused("too-deep")),
        ("cut-tag.graphml", b"<graphml><graph edgedefault=\"dir".to_vec(), Refused("bad-graphml")),
        ("cut.graphml", b"<graphml><graph edgedefault=\"directed\"><node id=\"a\">".to_vec(), Refused("bad-graphml")),
        ("crossed.graphml", b"<graphml><graph edgedefault=\"directed\"></graphml></graph>".to_vec(), Refused("bad-graphml")),
        ("two-roots.graphml", [graph(""), graph("")].concat(), Refused("bad-graphml")),
        ("text-outside.graphml", [graph(""), b"hello".to_vec()].concat(), Refused("bad-graphml")),
        ("nul.graphml", graph("<node id=\"\0\"/>"), Refused("bad-id")),
        ("nul-reference.graphml", graph("<node id=\"&#0;\"/>"), Refused("bad-graphml")),
        ("huge-reference.graphml", graph("<node id=\"&#99999999999;\"/>"), Refused("bad-graphml")),
        ("lone-ampersand.graphml", graph("<node id=\"a\"><data key=\"k\">a & b</data></node>"), Refused("bad-graphml")),
        ("open-comment.graphml", graph("<!-- "), Refused("bad-graphml")),
        ("open-cdata.graphml", graph("<node id=\"a\"><data key=\"k\"><![CDATA[ "), Refused("bad-graphml")),
        ("long-id.graphml", graph(&format!("<node id=\"{}\"/>", "x".repeat(10 * MEBIBYTE))), Loads(1)),
        ("long-name.graphml", format!("<{}/>", "x".repeat(10 * MEBIBYTE)).into_bytes(), Refused("bad-graphml")),
        ("long-data.graphml", graph(&format!("<node id=\"a\"><data key=\"k\">{}</data></node>", "&amp;".repeat(2 * MEBIBYTE))), Loads(1)),
        ("attributes.graphml", graph(&format!("<node id=\"a\"{attributes}/>")), Loads(1)),
        ("twice.graphml", graph("<node id=\"a\" id=\"a\"/>"), Refused("bad-graphml")),
        ("defaults.graphml", format!("<graphml>{defaults}<graph edgedefault=\"directed\">{nodes}</graph></graphml>").into_bytes(), Refused("too-large")),
        ("keys.graphml", format!("<graphml>{}<graph edgedefault=\"directed\">{nodes}</graph></graphml>", many(0..10_000, |at| format!("<key id=\"k{at}\" for=\"node\"/>"))).into_bytes(), Loads(50_000)),
        ("key-for-all.graphml", format!("<graphml>{}</graphml>", many(0..10_000, |at| format!("<key id=\"k\" for=\"f{at}\"/>"))).into_bytes(), Refused("bad-graphml")),
        ("default-of-itself.graphml", b"<graphml><key id=\"k\"><default><default>x</default></default></key><graph edgedefault=\"directed\"/></graphml>".to_vec(), Refused("bad-graphml")),
        ("key-twice.graphml", b"<graphml><key id=\"k\"/><key id=\"k\"/><graph edgedefault=\"directed\"/></graphml>".to_vec(), Refused("bad-graphml")),
        ("latin.graphml", b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><graphml>\xe9</graphml>".to_vec(), Refused("not-utf8")),
        ("utf16.graphml", b"\xfe\xff\0<".to_vec(), Refused("bad-graphml")),
        ("html.graphml", b"<!DOCTYPE html><html><body><p>hi</html>".to_vec(), Refused("bad-graphml")),
        ("dangling.graphml", graph("<edge source=\"a\" target=\"b\"/>"), Refused("dangling-end")),
    ]
}

fn dot_cases() -> Vec<Case> {
    let members = |prefix: &str, count: usize| {
        (0..count).fold(String::new(), |text, at| text + &format!("{prefix}{at} "))
    };
    let graph = |inner: &str| format!("digraph {{ {inner} }}").into_bytes();
    let chain = (0..200_000).map(|at| format!("n{at}")).collect::<Vec<String>>().join("->");
    let attributes: String = many(0..10_000, |at| format!("a{at}=1,"));
    vec![
        ("empty.dot", vec![], Refused("bad-dot")),
        (
            "open-braces.dot",
            format!("digraph {}", "{".repeat(MEBIBYTE)).into_bytes(),
            Refused("too-deep"),
        ),
        ("deep.dot", graph(&format!("{}a{}", "{".repeat(128), "}".repeat(128))), Loads(1)),
        (
            "too-deep.dot",
            graph(&format!("{}a{}", "{".repeat(129), "}".repeat(129))),
            Refused("too-deep"),
        ),
        (
            "deep-markup.dot",
            graph(&format!("a [label={}{}]", "<".repeat(MEBIBYTE), ">".repeat(MEBIBYTE))),
            Loads(1),
        ),
        (
            "open-markup.dot",
            graph(&format!("a [label={}", "<".repeat(MEBIBYTE))),
            Refused("bad-dot"),
        ),
        ("open-quote.dot", graph(&format!("\"{}", "\\\"".repeat(MEBIBYTE))), Refused("bad-dot")),
        (
            "product.dot",
            graph(&format!("{{{}}} -> {{{}}}", members("a", 5_000), members("b", 5_000))),
            Refused("too-large"),
        ),
        (
            "product-chain.dot",
            graph(&format!("{{{}}} -> {{{}}}", members("a", 100), members("b", 100))),
            Loads(200),
        ),
        (
            "defaults.dot",
            graph(&format!("node [{attributes}] {}", members("n", 50_000))),
            Refused("too-large"),
        ),
        (
            "defaults-in-scopes.dot",
            graph(&format!("node [{attributes}] {}", "{}".repeat(100_000))),
            Refused("too-large"),
        ),
        (
            "edge-defaults.dot",
            graph(&format!("edge [{attributes}] {}", "a->b;".repeat(50_000))),
            Refused("too-large"),
        ),
        ("chain.dot", graph(&chain), Loads(200_000)),
        ("many-plus.dot", graph(&format!("\"a\"{}", "+\"a\"".repeat(300_000))), Loads(1)),
        ("many-ports.dot", graph(&format!("a{}", ":b".repeat(300_000))), Refused("bad-dot")),
        ("semicolons.dot", graph(&";".repeat(MEBIBYTE)), Loads(0)),
        (
            "comments.dot",
            format!("{}digraph {{ a }}", "/**/".repeat(MEBIBYTE)).into_bytes(),
            Loads(1),
        ),
        (
            "lines-of-comment.dot",
            format!("{}digraph {{ a }}", "#\n".repeat(MEBIBYTE)).into_bytes(),
            Loads(1),
        ),
        ("nul.dot", graph("a\0b"), Refused("bad-dot")),
        ("nul-id.dot", graph("\"a\0b\""), Refused("bad-id")),
        ("keyword.dot", graph("node"), Refused("bad-dot")),
        ("cut.dot", b"digraph { a -> b [la".to_vec(), Refused("bad-dot")),
        ("huge-number.dot", graph(&format!("a [n={}]", "9".repeat(MEBIBYTE))), Loads(1)),
        ("points.dot", graph("1.2.3"), Refused("bad-dot")),
        ("minus.dot", graph("a - b"), Refused("bad-dot")),
        ("long-word.dot", graph(&"x".repeat(10 * MEBIBYTE)), Loads(1)),
        ("undirected.dot", b"strict GRAPH { a -- b }".to_vec(), Refused("undirected")),
        (
            "strict-product.dot",
            format!(
                "strict {}",
                String::from_utf8(graph(
                    &format!("{{{}}} -> {{{}}};", members("a", 300), members("b", 300)).repeat(100)
                ))
                .expect("UTF-8")
            )
            .into_bytes(),
            Refused("too-large"),
        ),
        ("windows-lines.dot", b"digraph {\r\n a -> \"x\\\r\ny\"\r\n}\r\n".to_vec(), Loads(2)),
        ("escapes.dot", graph("a [label=\"\\\\\\N\\\\\\\"\"]"), Loads(1)),
    ]
}

/// Subgraphs that are named again, and edges that are told apart by a key.
fn dot_group_cases() -> Vec<Case> {
    let graph = |inner: &str| format!("digraph {{ {inner} }}").into_bytes();
    let members = many(0..100_000, |at| format!("n{at} "));
    vec![
        (
            "reopened.dot",
            graph(&many(0..100_000, |at| format!("subgraph s {{ n{at} }} "))),
            Loads(100_000),
        ),
        (
            "reopened-beside-nothing.dot",
            graph(&(members + &many(0..100_000, |at| format!("subgraph s {{ n{at} }} -> {{}} ")))),
            Refused("too-large"),
        ),
        ("edge-keys.dot", graph(&many(0..100_000, |at| format!("a -> b [key=k{at}] "))), Loads(2)),
    ]
}

fn csv_cases() -> Vec<Case> {
    let wide = (0..50_000).map(|at| format!("c{at}")).collect::<Vec<String>>().join(",");
    let rows = |row: &str, count: usize| format!("id,x\n{}", row.repeat(count)).into_bytes();
    vec![
        ("empty.csv", vec![], Refused("bad-csv")),
        ("header-only.csv", b"id,name".to_vec(), Loads(0)),
        ("blank-lines.csv", b"\n\n\r\nid\n\n\na\n\n".to_vec(), Loads(1)),
        ("mark.csv", b"\xef\xbb\xbfid\na\n".to_vec(), Loads(1)),
        ("two-marks.csv", b"\xef\xbb\xbf\xef\xbb\xbfid\na\n".to_vec(), Loads(1)),
        ("utf16.csv", b"\xff\xfei\0d\0".to_vec(), Loads(0)),
        ("latin.csv", b"id\n\xe9\n".to_vec(), Refused("not-utf8")),
        ("old-mac-lines.csv", b"id,x\ra,1\rb,2\r".to_vec(), Loads(2)),
        ("windows-lines.csv", b"id,x\r\na,1\r\nb,2\r\n".to_vec(), Loads(2)),
        (
            "open-quote.csv",
            format!("id,x\na,\"{}", "y\n".repeat(5 * MEBIBYTE)).into_bytes(),
            Refused("bad-csv"),
        ),
        ("quotes.csv", rows(&format!("a,{}\n", "\"".repeat(MEBIBYTE)), 1), Loads(1)),
        (
            "odd-quotes.csv",
            rows(&format!("a,{}\n", "\"".repeat(MEBIBYTE + 1)), 1),
            Refused("bad-csv"),
        ),
        ("quote-behind.csv", b"id,x\na,y\"z\n".to_vec(), Loads(1)),
        ("text-behind-quote.csv", b"id,x\na,\"y\"z\n".to_vec(), Refused("bad-csv")),
        ("wide.csv", format!("id,{wide}\n{}", ",".repeat(50_000)).into_bytes(), Loads(0)),
        ("wide-twice.csv", format!("id,{wide},{wide}\n").into_bytes(), Refused("duplicate-key")),
        ("ragged.csv", rows("a\n", 20_000), Refused("bad-csv")),
        ("same-id.csv", rows("a,1\n", 20_000), Refused("duplicate-id")),
        ("long-cell.csv", rows(&format!("a,{}\n", "x".repeat(10 * MEBIBYTE)), 1), Loads(1)),
        ("long-id.csv", rows(&format!("{},1\n", "x".repeat(10 * MEBIBYTE)), 1), Loads(1)),
        ("huge-number.csv", rows(&format!("a,{}\n", "9".repeat(MEBIBYTE)), 1), Loads(1)),
        (
            "number-beyond-type.csv",
            b"id,n:int\na,99999999999999999999\n".to_vec(),
            Refused("wrong-type"),
        ),
        ("infinity.csv", b"id,n:float\na,1e999\n".to_vec(), Loads(1)),
        ("not-a-number.csv", b"id,n:float\na,NaN\n".to_vec(), Refused("wrong-type")),
        ("kinds.csv", format!("id,kind\na,{}\n", "k;".repeat(100_000)).into_bytes(), Loads(1)),
        (
            "many-kinds.csv",
            format!("id,kind\na,{}\n", many(0..20_000, |at| format!("k{at};"))).into_bytes(),
            Loads(1),
        ),
        ("many-nuls.csv", vec![0; MEBIBYTE], Refused("bad-csv")),
        ("nul.csv", b"id\na\0b\n".to_vec(), Refused("bad-id")),
        ("formula.csv", b"id,x\n=cmd()|' /C calc'!A0,1\n".to_vec(), Loads(1)),
        ("spaces.csv", b":ID(),x\na,1\n".to_vec(), Loads(1)),
        ("open-space.csv", b":ID(Person,x\na,1\n".to_vec(), Refused("bad-csv")),
        ("alone.csv", b"from,to\na,b\n".to_vec(), Loads(2)),
        ("nul-space.csv", b":ID(a\0b)\n1\n".to_vec(), Refused("bad-csv")),
        ("commas.csv", vec![b','; 20 * MEBIBYTE], Refused("bad-csv")),
        (
            "nameless.csv",
            format!("{}id", ",".repeat(5 * MEBIBYTE)).into_bytes(),
            Refused("bad-csv"),
        ),
        ("colons.csv", b"id,:::\na,1\n".to_vec(), Refused("bad-csv")),
        ("json.csv", b"{\"atlas\": 1}".to_vec(), Refused("bad-csv")),
        ("html.csv", b"<!DOCTYPE html><html></html>".to_vec(), Refused("bad-csv")),
    ]
}

/// Sheets of topics that are looked up by name.
fn topic_cases() -> Vec<Case> {
    let sheet = |rows: &str| format!("Topic,Needs\n{rows}").into_bytes();
    let commas = "a,".repeat(100_000);
    vec![
        (
            "chain-of-topics.csv",
            sheet(&many(0..50_000, |at| format!("t{at},t{}\n", at.saturating_sub(1)))),
            Loads(50_000),
        ),
        ("same-topic.csv", sheet(&"a,\n".repeat(300_000)), Loads(1)),
        (
            "topics-disagree.csv",
            format!("Topic,Hours\n{}", many(0..20_000, |at| format!("a,{at}\n"))).into_bytes(),
            Refused("duplicate-id"),
        ),
        (
            "nothing-defined.csv",
            sheet(&many(0..20_000, |at| format!("t{at},x{at}\n"))),
            Refused("dangling-end"),
        ),
        (
            "name-of-commas.csv",
            sheet(&format!("\"{commas}\",\nb,\"{commas}x\"\n")),
            Refused("dangling-end"),
        ),
        ("list-of-commas.csv", sheet(&format!("a,\nb,\"{commas}a\"\n")), Loads(2)),
        ("list-of-semicolons.csv", sheet(&format!("a,\nb,{}\n", "a;".repeat(100_000))), Loads(2)),
        ("choices.csv", sheet(&format!("a,\nb,a{}\n", " or a".repeat(100_000))), Loads(2)),
        (
            "many-choices.csv",
            sheet(&format!(
                "{}b,x0{}\n",
                many(0..20_000, |at| format!("x{at},\n")),
                many(1..20_000, |at| format!(" or x{at}"))
            )),
            Loads(20_001),
        ),
        ("nul-topic.csv", sheet("a\0b,\n"), Refused("bad-id")),
        ("nul-need.csv", sheet("a,b\0c\n"), Refused("bad-id")),
        ("no-name.csv", sheet(",a\na,\n"), Refused("bad-csv")),
        ("sep.csv", b"sep=;".to_vec(), Refused("bad-csv")),
        ("sep-of-letter.csv", "sep=é\nid\na\n".as_bytes().to_vec(), Refused("bad-csv")),
        (
            "wide-topics.csv",
            format!("Topic{}\n", many(0..20_000, |at| format!(",needs {at}"))).into_bytes(),
            Loads(0),
        ),
    ]
}

/// Workbooks that unpack to more than they are, or lie about what they hold.
#[cfg(feature = "xlsx")]
fn workbook_cases() -> Vec<Case> {
    use support::workbook::{archive, row, workbook_of};
    let sheet = |rows: &str| workbook_of(&[("S", rows)], "");
    let headed = |rows: &str| sheet(&(row(&["Topic"]) + rows));
    let texts = |texts: &str| workbook_of(&[("S", &row(&["Topic"]))], texts);
    let good = headed(&row(&["a"]));
    let half = good.len() / 2;
    let mut flipped = good.clone();
    flipped[half] ^= 0x55;
    let parts: Vec<(String, Vec<u8>)> =
        (0..20_000).map(|at| (format!("p{at}.xml"), Vec::new())).collect();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    vec![
        ("good.xlsx", good.clone(), Loads(1)),
        ("empty.xlsx", Vec::new(), Refused("unknown-format")),
        ("mark.xlsx", b"PK\x03\x04".to_vec(), Refused("bad-xlsx")),
        ("end.xlsx", [b"PK\x05\x06".as_slice(), &[0; 18]].concat(), Refused("bad-xlsx")),
        ("cut.xlsx", good[..half].to_vec(), Refused("bad-xlsx")),
        ("flipped.xlsx", flipped, Refused("bad-xlsx")),
        ("book.csv", good.clone(), Loads(1)),
        ("bomb.xlsx", headed(&row(&["x".repeat(300 * MEBIBYTE).as_str()])), Refused("too-large")),
        (
            "bomb-of-texts.xlsx",
            texts(&format!("<sst>{}</sst>", "<si/>".repeat(40 * MEBIBYTE))),
            Refused("too-large"),
        ),
        (
            "promise.xlsx",
            texts("<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>"),
            Refused("bad-xlsx"),
        ),
        ("parts.xlsx", archive(&parts), Refused("bad-xlsx")),
        ("no-parts.xlsx", archive(&[]), Refused("bad-xlsx")),
        ("nuls.xlsx", archive(&[("[Content_Types].xml", &[0; 100])]), Refused("bad-xlsx")),
        (
            "far.xlsx",
            headed("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
            Refused("bad-csv"),
        ),
        (
            "gaps.xlsx",
            headed(&many(2..4_000, |at| {
                format!("<row r=\"{at}\"><c r=\"XFD{at}\"><v>1</v></c></row>")
            })),
            Refused("too-large"),
        ),
        (
            "beyond.xlsx",
            headed("<row r=\"4000000000\"><c r=\"A4000000000\"><v>1</v></c></row>"),
            Refused("too-large"),
        ),
        (
            "backwards.xlsx",
            headed(
                "<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>",
            ),
            Refused("bad-xlsx"),
        ),
        (
            "twice.xlsx",
            headed("<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c></row>"),
            Refused("bad-xlsx"),
        ),
        ("no-text.xlsx", headed("<row><c t=\"s\"><v>7</v></c></row>"), Refused("bad-xlsx")),
        (
            "shared-formula.xlsx",
            headed(
                "<row><c><f t=\"shared\" si=\"99999999999\" ref=\"A1:A2\">1</f><v>a</v></c></row>",
            ),
            Loads(1),
        ),
        ("deep.xlsx", headed(&"<row>".repeat(MEBIBYTE)), Loads(0)),
        ("open.xlsx", headed("<row><c><v>1"), Refused("bad-xlsx")),
        (
            "many-rows.xlsx",
            headed(&many(0..50_000, |at| format!("<row><c><v>{at}</v></c></row>"))),
            Loads(50_000),
        ),
        ("no-rows.xlsx", sheet(""), Refused("bad-xlsx")),
        ("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), Refused("bad-xlsx")),
    ]
}

#[cfg(not(feature = "xlsx"))]
fn workbook_cases() -> Vec<Case> {
    Vec::new()
}

/// Files of other tools: drawings, flowcharts, databases.
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn other_cases() -> Vec<Case> {
    let gexf = |inner: &str| {
        format!("<gexf><graph defaultedgetype=\"directed\">{inner}</graph></gexf>").into_bytes()
    };
    let chart = |inner: &str| format!("flowchart TD\n{inner}").into_bytes();
    let json = |nodes: &str, edges: &str| {
        format!("{{\"nodes\": [{nodes}], \"edges\": [{edges}]}}").into_bytes()
    };
    let attribute = |at: usize, inner: &str| {
        format!("<attribute id=\"{at}\" title=\"{at}\" type=\"string\">{inner}</attribute>")
    };
    let attributes = |count: usize, inner: &str| {
        let all = many(0..count, |at| attribute(at, inner));
        format!("<attributes class=\"node\">{all}</attributes>")
    };
    let nodes = format!("<nodes>{}</nodes>", many(0..50_000, |at| format!("<node id=\"{at}\"/>")));
    let default = format!("<default>{}</default>", "x".repeat(100));
    let card = |at: usize, kind: &str| {
        format!(
            "{{\"id\": \"{kind}{at}\", \"type\": \"{kind}\", \"text\": \"t\", \"x\": {at}, \"y\": 0, \"width\": 1e9, \"height\": 1e308}},"
        )
    };
    let cards = many(0..20_000, |at| card(at, "text") + &card(at, "group"));
    let cards = cards.trim_end_matches(',');
    let wide = many(0..50_000, |at| format!(",\"k{at}\": 1"));
    let flow = |data: &str| format!("{{\"id\": \"a\", \"position\": {{}}{data}}}");
    let ids = ":ID(F),".repeat(20_000);
    let deep = |open: &str| open.repeat(200_000);
    vec![
        ("empty.gexf", vec![], Refused("bad-gexf")),
        (
            "laughs.gexf",
            b"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><gexf/>".to_vec(),
            Refused("bad-gexf"),
        ),
        (
            "file.gexf",
            b"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><gexf>&e;</gexf>".to_vec(),
            Refused("bad-gexf"),
        ),
        ("deep.gexf", gexf(&deep("<nodes>")), Refused("too-deep")),
        ("deep-nodes.gexf", gexf(&deep("<nodes><node id=\"a\">")), Refused("bad-gexf")),
        ("defaults.gexf", gexf(&(attributes(5_000, &default) + &nodes)), Refused("too-large")),
        ("keys.gexf", gexf(&(attributes(20_000, "") + &nodes)), Loads(50_000)),
        (
            "cut.gexf",
            b"<gexf><graph defaultedgetype=\"directed\"><nodes><node id=\"a\">".to_vec(),
            Refused("bad-gexf"),
        ),
        ("nul.gexf", gexf("<nodes><node id=\"\0\"/></nodes>"), Refused("bad-id")),
        (
            "dangling.gexf",
            gexf("<edges><edge source=\"a\" target=\"b\"/></edges>"),
            Refused("dangling-end"),
        ),
        (
            "long.gexf",
            gexf(&format!(
                "<nodes><node id=\"a\" label=\"{}\"/></nodes>",
                "x".repeat(10 * MEBIBYTE)
            )),
            Loads(1),
        ),
        ("empty.mmd", vec![], Refused("bad-mermaid")),
        ("nuls.mmd", vec![0; 1000], Refused("bad-mermaid")),
        ("nul.mmd", chart("a\0b --> c"), Refused("bad-id")),
        ("deep.mmd", chart(&deep("subgraph a\n")), Refused("bad-mermaid")),
        (
            "deep-and-closed.mmd",
            chart(&format!("{}a\n{}", deep("subgraph s\n"), deep("end\n"))),
            Loads(1),
        ),
        ("brackets.mmd", chart(&format!("a{}", deep("["))), Refused("bad-mermaid")),
        (
            "open-quote.mmd",
            chart(&format!("a[\"{}", "x".repeat(10 * MEBIBYTE))),
            Refused("bad-mermaid"),
        ),
        (
            "open-texts.mmd",
            chart(&many(0..100_000, |at| format!("a{at} -- b\n"))),
            Refused("undirected"),
        ),
        ("open-looks.mmd", chart(&deep("a@{")), Refused("bad-mermaid")),
        ("codes.mmd", chart(&format!("a[{}]", "#".repeat(4 * MEBIBYTE))), Loads(1)),
        ("tags.mmd", chart(&format!("a[{}]", "<br".repeat(MEBIBYTE))), Loads(1)),
        ("chain.mmd", chart(&many(0..100_000, |at| format!("n{at} --> "))), Refused("bad-mermaid")),
        (
            "long-chain.mmd",
            chart(&(many(0..100_000, |at| format!("n{at} --> ")) + "z")),
            Loads(100_001),
        ),
        (
            "groups.mmd",
            chart(&format!("{0}a --> {0}b", many(0..5_000, |at| format!("n{at} & ")))),
            Refused("too-large"),
        ),
        ("dashes.mmd", chart(&format!("a {}> b", "-".repeat(10 * MEBIBYTE))), Loads(2)),
        ("blanks.mmd", chart(&format!("a{}--> b", " ".repeat(10 * MEBIBYTE))), Loads(2)),
        ("lines.mmd", chart(&format!("a{}b", "\n".repeat(10 * MEBIBYTE))), Loads(2)),
        ("comment.mmd", chart(&deep("%%{")), Loads(0)),
        ("classes.mmd", chart(&format!("a\nclass {} x", "a,".repeat(MEBIBYTE))), Loads(1)),
        (
            "titled.mmd",
            chart(&format!(
                "subgraph s[{}]\n{}end",
                "t".repeat(100_000),
                many(0..10_000, |at| format!("n{at}\n"))
            )),
            Refused("too-large"),
        ),
        ("groups.canvas", json(cards, ""), Loads(40_000)),
        (
            "no-place.canvas",
            json("{\"id\": \"a\", \"type\": \"text\", \"x\": null, \"y\": \"b\"}", ""),
            Loads(1),
        ),
        (
            "half.canvas",
            json(
                "{\"id\": \"a\", \"type\": \"text\", \"x\": 0, \"y\": 0}",
                "{\"fromNode\": \"a\"}",
            ),
            Refused("missing-member"),
        ),
        ("cut.canvas", b"{\"nodes\": [{\"id\": \"a\", \"x\"".to_vec(), Refused("bad-json")),
        ("wide.json", json(&flow(&format!("{wide}, \"data\": {{\"x\": 1{wide}}}")), ""), Loads(1)),
        (
            "data-list.json",
            json(&flow(", \"data\": [1]"), "{\"source\": 1, \"target\": \"a\"}"),
            Refused("dangling-end"),
        ),
        (
            "data-deep.json",
            json(
                &flow(&format!(", \"data\": {{\"p\": {}1{}}}", "[".repeat(140), "]".repeat(140))),
                "",
            ),
            Refused("too-deep"),
        ),
        (
            "odd-places.json",
            json(
                "{\"id\": \"a\", \"source_file\": 7, \"file_type\": [], \"source_location\": {}}, {\"id\": \"b\", \"source_file\": \"f\", \"source_location\": \"L99999999999999999999\"}",
                "",
            ),
            Loads(2),
        ),
        (
            "odd-ends.json",
            json("{\"id\": \"a\"}", "{\"_src\": null, \"_tgt\": \"a\"}"),
            Refused("wrong-type"),
        ),
        (
            "many-ids.csv",
            format!("{ids}name\n{}\n{}\n", "1,".repeat(20_000) + "x", "2,".repeat(20_000) + "y")
                .into_bytes(),
            Loads(2),
        ),
        ("neither.csv", b"_id,_labels,_start,_end,_type\n,,1,,X\n".to_vec(), Refused("bad-csv")),
        (
            "colons.csv",
            format!("_id,_labels,_start,_end,_type\n1,{},,,\n", ":".repeat(MEBIBYTE)).into_bytes(),
            Loads(1),
        ),
    ]
}

/// Runs the program on one file; says what is wrong.
fn tried(folder: &std::path::Path, (name, bytes, fate): &Case) -> Option<String> {
    std::fs::write(folder.join(name), bytes).expect("written");
    let begun = Instant::now();
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 1048576; exec \"$0\" -g \"$1\" 'nodes then count'"])
        .args([env!("CARGO_BIN_EXE_opsatlas"), name])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let took = begun.elapsed();
    std::fs::remove_file(folder.join(name)).expect("removed");
    let told = String::from_utf8_lossy(&output.stderr);
    let right = match fate {
        Refused(code) => {
            output.status.code() == Some(3)
                && told.contains(&format!("error[{code}]"))
                && (told.contains(&format!("--> {name}:"))
                    || told.contains(&format!("--> {name}#S:")))
                && output.stdout.is_empty()
                && output.stderr.len() < MEBIBYTE
        }
        Loads(count) => {
            output.status.success()
                && String::from_utf8_lossy(&output.stdout).trim() == count.to_string()
        }
    };
    // Builds without optimisation are many times slower than what users have.
    let slow = took > Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 5 });
    (!right || slow).then(|| {
        let told: String = told.chars().take(300).collect();
        format!("{name}: wanted {fate:?}, got {:?} in {took:?}: {told}", output.status.code())
    })
}

/// At least `least` cases, each as it should be; a folder for each test, since they run at once.
fn as_they_should(kind: &str, least: usize, cases: &[Case]) {
    let folder = folder(&format!("hostile-{kind}"));
    assert!(cases.len() >= least, "only {} cases", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|case| tried(&folder, case)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn hostile_json() {
    as_they_should("json", 30, &json_cases());
}

#[test]
fn hostile_xml() {
    as_they_should("xml", 20, &xml_cases());
}

#[test]
fn hostile_dot() {
    as_they_should("dot", 30, &[dot_cases(), dot_group_cases()].concat());
}

#[test]
fn hostile_sheets() {
    as_they_should("sheets", 20, &[csv_cases(), topic_cases(), workbook_cases()].concat());
}

#[test]
fn hostile_files_of_other_tools() {
    as_they_should("others", 20, &other_cases());
}
