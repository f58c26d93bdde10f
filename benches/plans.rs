//! How plans fare on graphs of up to 400 nodes, 30 % of them with alternatives: search nodes,
//! time, and the gap where the search limit is met. `cargo bench --bench plans [SEEDS]`.

#![allow(clippy::print_stdout, reason = "a benchmark tells figures")]

use opsatlas::analysis::{Outcome, Question, SEARCH_LIMIT, UNIT, plan};
use opsatlas::graph::{Atlas, Flow, NodeIndex};
use serde_json::json;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

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

/// A graph in which each node needs up to `plain` of the `reach` nodes before it; of every ten
/// nodes three need one of two to four alternatives besides. One edge in fifty goes forward, so
/// that there are cycles.
fn graph(nodes: usize, reach: usize, plain: usize, share: usize, seed: u64) -> Atlas {
    let mut dice = Dice(seed);
    let mut edges = Vec::new();
    for node in 1..nodes {
        let earlier = |dice: &mut Dice| {
            if dice.roll(50) == 0 {
                dice.roll(nodes)
            } else {
                node - 1 - dice.roll(node.min(reach))
            }
        };
        // Two groups where alternatives are the rule.
        let groups = if share > 5 { 2 } else { 1 };
        let alternatives = if dice.roll(10) < share { 2 + dice.roll(3) } else { 0 };
        for _ in 0..dice.roll(plain + 1) {
            edges.push((node, node - 1 - dice.roll(node.min(reach)), None));
        }
        for group in 0..groups {
            for _ in 0..alternatives {
                edges.push((node, earlier(&mut dice), Some(group)));
            }
        }
    }
    let edge = |(from, to, group): (usize, usize, Option<usize>)| {
        let mut edge =
            json!({"from": format!("n{from:03}"), "kind": "needs", "to": format!("n{to:03}")});
        if let Some(group) = group {
            edge["properties"] = json!({"any-of": format!("g{group}")});
            edge["sources"] = json!([{"source": format!("s{}", (from + to) % 3)}]);
        }
        edge
    };
    let ids = (0..nodes).map(|at| json!({"id": format!("n{at:03}")})).collect::<Vec<_>>();
    let edges = edges.into_iter().map(edge).collect::<Vec<_>>();
    let schema = r#"{"atlas": 1, "schema": {"relations": {"needs": {"prerequisite": "target"}}}}"#;
    let text = json!({"atlas": 1, "nodes": ids, "edges": edges}).to_string();
    Atlas::from_texts([("schema.json", schema.to_owned()), ("graph.json", text)]).expect("valid")
}

fn main() {
    let seeds = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(20u64);
    let stop = AtomicBool::new(false);
    println!(
        "nodes  reach  plain  share  optimal  ties settled  median     slowest    largest gap"
    );
    for (nodes, reach, plain, share) in [
        (400, 20, 3, 3),
        (400, 60, 3, 3),
        (400, 60, 2, 3),
        (400, 60, 1, 3),
        (400, 400, 1, 3),
        (400, 60, 1, 6),
        (200, 30, 1, 10),
        (400, 60, 0, 10),
    ] {
        let (mut times, mut optimal, mut settled, mut gap) = (Vec::new(), 0, 0, 0.0f64);
        let mut sizes = 0;
        for seed in 0..seeds {
            let atlas = graph(nodes, reach, plain, share, seed);
            let flow = Flow::all(&atlas);
            // The last ten nodes together: nearly everything lies behind them.
            let goals: Vec<NodeIndex> = (nodes - 10..nodes).map(NodeIndex::new).collect();
            let begin = Instant::now();
            let outcome = plan(&Question {
                flow: &flow,
                goals: &goals,
                known: &[],
                avoid: &[],
                cost: &|_| Some(UNIT),
                search_limit: SEARCH_LIMIT,
                stop: &stop,
            });
            times.push(begin.elapsed());
            let Outcome::Plan(plan) = outcome else { panic!("seed {seed} has no plan") };
            assert!(
                plan.least <= plan.cost,
                "seed {seed}: {} of at least {}",
                plan.cost,
                plan.least
            );
            sizes += plan.steps.len();
            optimal += usize::from(plan.least == plan.cost);
            settled += usize::from(plan.settled);
            #[expect(clippy::cast_precision_loss, reason = "a few hundred units")]
            let missing = (plan.cost - plan.least) as f64 / plan.cost as f64;
            gap = gap.max(missing);
        }
        times.sort();
        let slowest = times.last().copied().unwrap_or(Duration::ZERO);
        println!(
            "{nodes:<7}{reach:<7}{plain:<7}{:<7}{:<9}{:<14}{:<11}{:<11}{:.1} %  (mean size {})",
            format!("{} %", share * 10),
            format!("{optimal}/{seeds}"),
            format!("{settled}/{seeds}"),
            format!("{:.1?}", times[times.len() / 2]),
            format!("{slowest:.1?}"),
            gap * 100.0,
            sizes / usize::try_from(seeds).expect("few"),
        );
    }
}
