//! Graphs on which cost must not grow with the square, and every question that the tables of vocabulary
//! can ask of them.

use opsatlas::analysis::MEASURES;
use opsatlas::answer::{Answer, Shape as AnswerShape};
use opsatlas::graph::Atlas;
use opsatlas::query::{STAGES, VERBS};
use serde_json::{Value, json};

/// Nodes, edges and schema of a graph.
type Parts = (Vec<Value>, Vec<Value>, Value);

/// A family of graphs by its size: a relation `needs`, whose target comes first.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    make: fn(usize) -> Parts,
    /// How many times smaller than others it is to be for the same work; 0 if its edges are the
    /// square of its nodes.
    pub(crate) denser: usize,
}

fn edge(from: usize, to: usize) -> Value {
    json!({"from": format!("n{from}"), "kind": "needs", "to": format!("n{to}")})
}

fn option(from: usize, to: usize, group: &str) -> Value {
    let mut edge = edge(from, to);
    edge["properties"] = json!({"any-of": group});
    edge
}

fn plain(count: usize) -> Vec<Value> {
    (0..count).map(|at| json!({"id": format!("n{at}")})).collect()
}

fn each(count: usize, more: impl Fn(usize) -> (&'static str, Value)) -> Vec<Value> {
    let mut nodes = plain(count);
    for (at, node) in nodes.iter_mut().enumerate() {
        let (member, value) = more(at);
        node[member] = value;
    }
    nodes
}

fn row(count: usize) -> Vec<Value> {
    (1..count).map(|at| edge(at, at - 1)).collect()
}

/// All shapes.
pub(crate) const SHAPES: &[Shape] = &[
    Shape { name: "chain", make: |n| (plain(n), row(n), json!({})), denser: 1 },
    Shape {
        name: "ring",
        make: |n| (plain(n), (0..n).map(|at| edge(at, (at + 1) % n)).collect(), json!({})),
        denser: 1,
    },
    Shape {
        name: "star",
        make: |n| (plain(n), (1..n).map(|at| edge(0, at)).collect(), json!({})),
        denser: 1,
    },
    Shape {
        name: "comb",
        make: |n| {
            let back = (1..n / 2).map(|at| edge(at, at - 1));
            (plain(n), back.chain((0..n / 2).map(|at| edge(n / 2 + at, at))).collect(), json!({}))
        },
        denser: 1,
    },
    Shape {
        name: "ladder",
        make: |n| {
            let rungs = (0..n.saturating_sub(3))
                .step_by(3)
                .flat_map(|at| [(at + 3, at + 1), (at + 3, at + 2), (at + 1, at), (at + 2, at)]);
            (plain(n), rungs.map(|(from, to)| edge(from, to)).collect(), json!({}))
        },
        denser: 1,
    },
    Shape {
        name: "grid",
        make: |n| {
            let side = n.isqrt();
            let left = (0..side * side).filter(|at| at % side > 0).map(|at| edge(at, at - 1));
            let up = (side..side * side).map(|at| edge(at, at - side));
            let rest = (side * side..n).map(|at| edge(at, at - 1));
            (plain(n), left.chain(up).chain(rest).collect(), json!({}))
        },
        denser: 1,
    },
    Shape {
        name: "tournament",
        make: |n| {
            let pairs = (0..n).flat_map(|at| (0..at).map(move |before| edge(at, before)));
            (plain(n), pairs.collect(), json!({}))
        },
        denser: 0,
    },
    Shape {
        name: "clique",
        make: |n| {
            let others = (0..n).flat_map(|a| (0..n).filter(move |b| *b != a).map(move |b| (a, b)));
            (plain(n), others.map(|(a, b)| edge(a, b)).collect(), json!({}))
        },
        denser: 0,
    },
    Shape {
        name: "kinds",
        make: |n| (each(n, |at| ("kind", format!("kind{at}").into())), row(n), json!({})),
        denser: 1,
    },
    Shape {
        name: "choice ring",
        make: |n| {
            let two = |at: usize| [1, n / 2].map(|step| option(at, (at + step) % n, "g"));
            (plain(n), (0..n).flat_map(two).collect(), json!({}))
        },
        denser: 1,
    },
    Shape {
        name: "one choice",
        make: |n| (plain(n), (1..n).map(|at| option(0, at, "g")).collect(), json!({})),
        denser: 1,
    },
    Shape {
        name: "choices of two",
        make: |n| {
            let pair = |at: usize| option(0, at, &format!("g{}", (at - 1) / 2));
            (plain(n), (1..n).map(pair).collect(), json!({}))
        },
        denser: 1,
    },
    Shape {
        name: "one name",
        make: |n| (each(n, |_| ("name", "Same".into())), Vec::new(), json!({})),
        denser: 1,
    },
    Shape {
        name: "statements",
        make: |n| {
            let said: Vec<Value> = (0..n).map(|at| json!({"value": format!("v{at}")})).collect();
            (vec![json!({"id": "n0", "properties": {"goal": said}})], Vec::new(), json!({}))
        },
        denser: 1,
    },
    Shape {
        name: "cited statements",
        make: |n| {
            let cited = |at: usize| json!([{"source": "all"}, {"source": format!("s{at}")}]);
            let said = (0..n).map(|at| json!({"value": at, "sources": cited(at)}));
            let said: Vec<Value> = said.collect();
            (vec![json!({"id": "n0", "properties": {"goal": said}})], Vec::new(), json!({}))
        },
        denser: 1,
    },
    Shape {
        name: "sources",
        make: |n| {
            let sources: Vec<Value> = (0..n).map(|at| json!({"id": format!("s{at}")})).collect();
            (plain(1), Vec::new(), json!({"sources": sources}))
        },
        denser: 1,
    },
    Shape {
        name: "fields",
        make: |n| (each(n, |at| ("properties", json!({format!("f{at}"): at}))), row(n), json!({})),
        denser: 4,
    },
];

impl Shape {
    /// The graph of a size, and how many nodes it has.
    pub(crate) fn graph(&self, size: usize) -> (Atlas, usize) {
        let nodes = size.checked_div(self.denser).unwrap_or_else(|| (2 * size).isqrt());
        let (nodes, edges, mut file) = (self.make)(nodes);
        let count = nodes.len();
        let known = [
            ("atlas", json!(1)),
            ("schema", json!({"relations": {"needs": {"prerequisite": "target"}}})),
            ("nodes", nodes.into()),
            ("edges", edges.into()),
        ];
        for (member, value) in known {
            file[member] = value;
        }
        let atlas = Atlas::from_texts([("shape.json", file.to_string())]).expect("a valid graph");
        (atlas, count)
    }
}

/// What stands for a placeholder of a usage, given how many nodes there are.
fn filled(placeholder: &str, count: usize) -> Option<String> {
    let node = |at: usize| format!("n{}", at.min(count - 1));
    Some(match placeholder {
        "S" => "nodes".to_owned(),
        "A" | "X" => node(0),
        "B" => node(count),
        "N" => node(count / 2),
        "C" => node(count / 3),
        "R" => "needs".to_owned(),
        "TEXT" => "n1".to_owned(),
        "K" => "10000".to_owned(),
        _ => return None,
    })
}

/// Every question that the table of verbs can ask: each verb as its usage says, then with each option
/// by itself.
pub(crate) fn questions(count: usize) -> Vec<String> {
    let node = |at: usize| format!("n{}", at.min(count - 1));
    let (first, middle, last) = (node(0), node(count / 2), node(count));
    let mut asked = Vec::new();
    for verb in VERBS {
        let usage = verb.usage();
        let words = usage.split(" [").next().unwrap_or_default();
        let bare: Vec<String> = match verb.name {
            "why" => ["prereqs", "unlocks", "plan", "must", "near"]
                .iter()
                .flat_map(|inner| {
                    [
                        format!("why {middle} in ({inner} {last})"),
                        format!("why not {last} in ({inner} {middle})"),
                    ]
                })
                .chain([
                    format!("why path {first} -> {last}"),
                    format!("why not path {last} -> {first}"),
                ])
                .collect(),
            "rank" => MEASURES.iter().map(|row| format!("rank nodes by {}", row.name)).collect(),
            "compare" => vec![format!("compare {first}, {last}")],
            "matrix" => {
                vec![format!("matrix {last} for {middle}"), "matrix nodes for nodes".to_owned()]
            }
            _ => words
                .split(" | ")
                .map(|way| {
                    let name = if way.starts_with(verb.name) { "" } else { verb.name };
                    let words =
                        way.split(' ').map(|word| filled(word, count).unwrap_or(word.into()));
                    let words: Vec<String> = words.collect();
                    format!("{name} {}", words.join(" ")).trim().to_owned()
                })
                .collect(),
        };
        for query in &bare {
            // What has to stand there stands there already.
            let whole = ["rank", "why", "matrix", "alternatives"].contains(&verb.name);
            for option in verb.options.iter().filter(|_| !whole) {
                let value = match (option.words, option.value) {
                    ("depth", _) => "3".to_owned(),
                    ("limit", _) => "10000".to_owned(),
                    ("minimize", _) => "hours default 1".to_owned(),
                    // Named sets, sources: there are none.
                    ("default" | "from", _) => continue,
                    (_, value) if value.starts_with('@') => continue,
                    (_, "") => String::new(),
                    (_, value) => filled(value.split(',').next().unwrap_or_default(), count)
                        .unwrap_or_else(|| {
                            panic!("{value} of {} stands for nothing", option.words)
                        }),
                };
                asked.push(format!("{query} {} {value}", option.words).trim().to_owned());
            }
        }
        // Of one node the answer is another than of all.
        if words.ends_with(" S") {
            asked.extend([&first, &last].map(|node| bare[0].replace("nodes", node)));
        }
        asked.extend(bare);
    }
    asked
}

/// A query with each stage behind it that its rows can have.
pub(crate) fn staged(query: &str, answer: &Answer) -> Vec<String> {
    if matches!(answer.shape(), AnswerShape::Card | AnswerShape::Value) {
        return Vec::new();
    }
    let column = answer.table().columns[0].clone();
    let field = match answer.shape() {
        AnswerShape::Paths => "length",
        AnswerShape::Table => column.as_str(),
        _ => "name",
    };
    let has_steps =
        matches!(answer.shape(), AnswerShape::Set | AnswerShape::Plan) && answer.count() > 0;
    let can = STAGES.iter().filter(|stage| has_steps || stage.name != "schedule");
    let stages = can.map(|stage| {
        let usage = stage.usage();
        let words = usage.split([',', '[', '|']).next().unwrap_or_default().trim();
        let default = stage.options.iter().find(|option| option.words == "default");
        let words = format!("{words}{}", default.map_or("", |_| " default 1"));
        let words =
            words.replace("CONDITION", &format!("`{field}` <> \"x\"")).replace("FIELD", field);
        format!("{query} then {}", words.replace(" N", " 5"))
    });
    stages.collect()
}
