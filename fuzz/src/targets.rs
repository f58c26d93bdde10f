//! What is tried, a row each. A target panics or says which law an input breaks; else whether
//! the input was taken whole.

use super::seeds;
use opsatlas::answer::Body;
use opsatlas::data::save;
use opsatlas::diagnostic::{Diagnostic, Text};
use opsatlas::graph::{Atlas, NodeIndex};
use opsatlas::query::{Limits, Session, statements};
use opsatlas::render::{FORMATS, Look, problem_in_words};
use std::cell::LazyCell;
use std::collections::BTreeSet;

pub struct Target {
    pub name: &'static str,
    pub seeds: fn() -> Vec<Vec<u8>>,
    pub run: fn(&[u8]) -> Result<bool, String>,
}

pub const TARGETS: &[Target] = &[
    Target { name: "query", seeds: seeds::queries, run: query },
    Target { name: "file", seeds: || seeds::graph_files(&EXTENSIONS), run: file },
    Target { name: "graph", seeds: graphs, run: graph },
];

const EXTENSIONS: [&str; 5] = ["json", "csv", "graphml", "dot", "txt"];

fn limits() -> Limits<'static> {
    Limits { paths: 20, search: 50, ..Limits::default() }
}

/// A problem as people and programs see it.
fn told(problem: &Diagnostic) -> Result<bool, String> {
    drop(problem_in_words(problem, true));
    Ok(false)
}

thread_local! {
    static BUILT_IN: LazyCell<Atlas> = const { LazyCell::new(Atlas::built_in) };
}

/// Any text as a batch on the built-in graph, answered in every format of text.
fn query(input: &[u8]) -> Result<bool, String> {
    BUILT_IN.with(|atlas| asked(atlas, &String::from_utf8_lossy(input)))
}

fn asked(atlas: &Atlas, batch: &str) -> Result<bool, String> {
    let mut session = Session::new(atlas);
    let mut whole = true;
    for statement in statements(&Text::new("query", batch)).iter().take(3) {
        match session.answer(statement, &limits()) {
            Err(problem) => whole = told(&problem)?,
            Ok(answer) => {
                let answer = answer.limited(100);
                for format in FORMATS.iter().filter(|format| !format.single) {
                    if let Err(problem) =
                        (format.write)(&answer, &Look::plain(statement.as_typed()))
                    {
                        told(&problem)?;
                    }
                }
            }
        }
    }
    Ok(whole)
}

/// Any text as a file of any format: told with places, or saved and loaded without loss.
fn file(input: &[u8]) -> Result<bool, String> {
    let Some((choice, text)) = input.split_first() else { return Ok(false) };
    let name = format!("g.{}", EXTENSIONS[usize::from(*choice) % EXTENSIONS.len()]);
    let text = String::from_utf8_lossy(text);
    let atlas = match Atlas::from_texts([(name, text)]) {
        Ok(atlas) => atlas,
        Err(problems) => {
            for problem in &problems {
                told(problem)?;
                if problem.place.is_none() {
                    return Err(format!("a problem without a place: {problem}"));
                }
            }
            return Ok(false);
        }
    };
    let saved = save(&atlas);
    match Atlas::from_texts([("again.json", saved.as_str())]) {
        Err(problems) => return Err(format!("what was saved does not load: {}", problems[0])),
        Ok(again) if save(&again) != saved => return Err("saving loses something".to_owned()),
        Ok(_) => {}
    }
    asked(&atlas, "check; nodes; relations")?;
    Ok(true)
}

fn graphs() -> Vec<Vec<u8>> {
    (0..64_u8)
        .map(|at| (0..40).map(|byte: u8| byte.wrapping_mul(at | 1).wrapping_add(at)).collect())
        .collect()
}

const QUERIES: [&str; 16] = [
    "prereqs A",
    "unlocks A",
    "path A -> B",
    "paths A -> B",
    "near A depth 2",
    "compare A, B",
    "bottlenecks prereqs A",
    "no path A -> B",
    "plan A",
    "plan A knowing B",
    "prereqs A required only union unlocks B",
    "prereqs A except prereqs B",
    "with { -A } prereqs B",
    "with { +A needs B } paths B -> A",
    "rank nodes by degree",
    "check",
];

/// A small random graph by the bytes, one question, and what must hold of any graph.
fn graph(input: &[u8]) -> Result<bool, String> {
    let byte = |at: usize| input.get(at).copied().unwrap_or(0);
    let count = 1 + usize::from(byte(0) % 9);
    let id = |byte: u8| format!("n{}", usize::from(byte) % count);
    let relations = ["needs", "gives", "way", "near"];
    let nodes: Vec<String> = (0..count)
        .map(|at| format!("{{\"id\": \"n{at}\", \"kind\": \"k{}\"}}", byte(at + 4) % 3))
        .collect();
    let edges: Vec<String> = input
        .get(14..)
        .unwrap_or_default()
        .chunks_exact(4)
        .map(|edge| {
            let more = match edge[3] % 5 {
                0 => ", \"properties\": {\"any-of\": \"x\"}",
                1 => ", \"properties\": {\"strength\": \"recommended\", \"order\": 2}",
                2 => ", \"sources\": [{\"source\": \"s\"}]",
                _ => "",
            };
            let relation = relations[usize::from(edge[2]) % relations.len()];
            format!(
                "{{\"from\": \"{}\", \"kind\": \"{relation}\", \"to\": \"{}\"{more}}}",
                id(edge[0]),
                id(edge[1])
            )
        })
        .collect();
    let acyclic = byte(1) % 2 == 0;
    let text = format!(
        "{{\"atlas\": 1, \"schema\": {{\"kinds\": {{\"k0\": {{\"milestone\": true}}}}, \"relations\": {{\"needs\": {{\"prerequisite\": \"target\", \"acyclic\": {acyclic}}}, \
         \"gives\": {{\"prerequisite\": \"source\", \"owns\": true}}, \"way\": {{\"prerequisite\": \"source\", \"route\": true}}, \"near\": {{\"prerequisite\": \"none\"}}}}}}, \
         \"nodes\": [{}], \"edges\": [{}]}}",
        nodes.join(","),
        edges.join(",")
    );
    let atlas =
        Atlas::from_texts([("g.json", text)]).map_err(|problems| problems[0].to_string())?;
    let (a, b) = (id(byte(2)), id(byte(3)));
    let query = QUERIES[usize::from(byte(13)) % QUERIES.len()].replace('A', &a).replace('B', &b);
    asked(&atlas, &query)?;
    laws(&atlas, &a, &b)?;
    Ok(true)
}

fn laws(atlas: &Atlas, a: &str, b: &str) -> Result<(), String> {
    let ask = |query: &str| atlas.query(query).map_err(|problem| format!("{query}: {problem}"));
    let set =
        |query: &str| Ok::<BTreeSet<NodeIndex>, String>(ask(query)?.nodes().into_iter().collect());
    let [from, to] = [a, b].map(|id| atlas.by_id(id).unwrap_or_default());
    let needs = set(&format!("prereqs {b}"))?.contains(&from);
    let opens = set(&format!("unlocks {a}"))?.contains(&to);
    if needs != opens {
        return Err(format!("`prereqs {b}` and `unlocks {a}` disagree"));
    }
    if a != b
        && !matches!(&ask(&format!("path {a} -> {b}"))?.body, Body::Paths(paths) if paths.routes.is_empty() != needs)
    {
        return Err(format!("`path {a} -> {b}` and `prereqs {b}` disagree"));
    }
    let union = set(&format!("prereqs {a} union prereqs {b}"))?;
    if union != &set(&format!("prereqs {a}"))? | &set(&format!("prereqs {b}"))? {
        return Err("union is not the union".to_owned());
    }
    Ok(())
}
