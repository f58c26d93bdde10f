//! How cost grows with the graph: a table from 1,000 edges up, each ten times the one before.
//! `cargo bench --bench scale [LARGEST]`, where 6 stands for 10^6 edges and is the default.

#![allow(clippy::print_stdout, reason = "a benchmark tells figures")]

use opsatlas::analysis::{
    Itinerary, Journey, Rule, best_path, learning_rank, needed_by, opened_by, shortest, walks,
};
use opsatlas::graph::{Atlas, Flow, NodeIndex};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

const SCHEMA: &str = r#"{"atlas": 1, "schema": {"relations": {
  "builds-on": {"prerequisite": "target"}, "leads-to": {"prerequisite": "source"}}}}"#;
/// Edges for each node.
const DENSITY: usize = 8;
/// How many layers the nodes lie in; an edge leads to a lower one.
const LAYERS: usize = 20;
/// How many questions of each sort are asked.
const ASKED: usize = 25;

/// Numbers that look random and are the same everywhere (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).expect("small")
    }
}

/// A node-link file: nodes in layers, most edges to the layer below, some nodes in great demand.
fn file(edges: usize) -> String {
    let (nodes, mut dice) = ((edges / DENSITY).max(LAYERS), Dice(7));
    let mut text = String::from("{\"directed\": true, \"nodes\": [");
    for at in 0..nodes {
        let comma = if at > 0 { ",\n" } else { "" };
        write!(
            text,
            "{comma}{{\"id\": \"skill-{at}\", \"name\": \"Skill {at}\", \"kind\": \"skill\", \
             \"summary\": \"to build and explain what people use every day\"}}"
        )
        .expect("memory");
    }
    text.push_str("], \"edges\": [");
    let layer = nodes / LAYERS;
    for at in 0..edges {
        let from = layer + dice.roll(nodes - layer);
        let floor = from / layer * layer;
        // The product of two dice: few nodes are asked for often.
        let below = dice.roll(layer) * dice.roll(layer) / layer;
        let to = floor.min(nodes - 1) - layer + below;
        let (comma, back) = (if at > 0 { ",\n" } else { "" }, dice.roll(10) == 0);
        let (source, target, kind) =
            if back { (to, from, "leads-to") } else { (from, to, "builds-on") };
        write!(
            text,
            "{comma}{{\"source\": \"skill-{source}\", \"target\": \"skill-{target}\", \
             \"type\": \"{kind}\"}}"
        )
        .expect("memory");
    }
    text.push_str("]}");
    text
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = black_box(run());
    (value, start.elapsed())
}

/// The median time of as many questions.
fn median(mut ask: impl FnMut()) -> Duration {
    ask();
    let mut times: Vec<Duration> = (0..ASKED).map(|_| timed(&mut ask).1).collect();
    times.sort_unstable();
    times[ASKED / 2]
}

fn told(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        _ if micros < 1e3 => format!("{micros:.1} µs"),
        _ if micros < 1e6 => format!("{:.1} ms", micros / 1e3),
        _ => format!("{:.2} s", micros / 1e6),
    }
}

fn row(edges: usize) -> String {
    let text = file(edges);
    let (atlas, load) = timed(|| {
        Atlas::from_texts([("schema.json", SCHEMA.to_owned()), ("graph.json", text)])
            .expect("a valid graph")
    });
    let (_, index) = timed(|| Flow::all(&atlas));
    let (_, order) = timed(|| learning_rank(&atlas));
    let flow = Flow::all(&atlas);
    let count = atlas.graph().node_count();
    let mut dice = Dice(11);
    let mut node = || NodeIndex::new(dice.roll(count));
    let prereqs = median(|| drop(needed_by(&flow, &[node()], usize::MAX)));
    let unlocks = median(|| drop(opened_by(&flow, &[node()], usize::MAX)));
    let mut journey = || Journey::through(&atlas, Itinerary::between(vec![node()], vec![node()]));
    let path = median(|| drop(best_path(&journey(), Rule::Shortest)));
    let number = median(|| drop(shortest(&journey())));
    let all = median(|| drop(walks(&journey())));
    let id = |node: NodeIndex| atlas.node(node).id.clone();
    let query = median(|| {
        let text = format!("prereqs {} then count", id(node()));
        drop(atlas.query(&text).map(|answer| answer.count()));
    });
    let times = [load, index, order, prereqs, unlocks, path, number, all, query];
    let times = times.map(told).join(" | ");
    format!("| {edges} | {times} |")
}

fn main() {
    let largest = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(6);
    println!(
        "| edges | load | index | learning order | prereqs | unlocks | path | number of shortest | all walks | `prereqs … then count` |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for power in 3..=largest {
        println!("{}", row(10usize.pow(power)));
    }
}
