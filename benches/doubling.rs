//! How cost grows when a graph is doubled: every question of the table of verbs on graphs of many shapes,
//! written in every format that takes long enough to tell. `cargo bench --bench doubling [SIZE]`.

#![allow(clippy::print_stdout, reason = "a benchmark tells figures")]

#[path = "../tests/support/shapes.rs"]
#[expect(dead_code, reason = "tests have more of it")]
mod shapes;

use opsatlas::graph::Atlas;
use opsatlas::render::{FORMATS, Look};
use shapes::{SHAPES, questions};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Nodes and edges of the smaller graph, about.
const SIZE: usize = 10_000;
/// What takes less than this, on the larger graph, may grow as it likes.
const SHORT: Duration = Duration::from_millis(50);
/// By how much cost may grow: n log n, and what is noise.
const FAIR: f64 = 2.8;

/// How long a question takes, and how long the slowest format takes to write its answer.
fn timed(atlas: &Atlas, query: &str) -> [(Duration, &'static str); 2] {
    let began = Instant::now();
    let Ok(answer) = atlas.query(query) else { return Default::default() };
    let asked = (began.elapsed(), "asked");
    let written = FORMATS.iter().filter(|format| format.name != "png").map(|format| {
        let began = Instant::now();
        let _ = black_box((format.write)(&answer, &Look::plain(query)));
        (began.elapsed(), format.name)
    });
    [asked, written.max().unwrap_or_default()]
}

fn main() {
    let size = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(SIZE);
    println!("| shape | slowest question | ms | ms doubled | times | beyond {FAIR} |");
    println!("|---|---|---:|---:|---:|---|");
    for shape in SHAPES {
        let ((small, few), (large, many)) = (shape.graph(size), shape.graph(2 * size));
        let mut slowest = (Duration::ZERO, Duration::ZERO, String::new());
        let mut beyond = Vec::new();
        for (query, twice) in questions(few).iter().zip(questions(many)) {
            for (at, (long, what)) in timed(&large, &twice).into_iter().enumerate() {
                if long > slowest.1 || long > SHORT {
                    let short = timed(&small, query)[at].0;
                    let times = long.as_secs_f64() / short.as_secs_f64().max(1e-6);
                    if long > SHORT && times > FAIR {
                        beyond.push(format!("`{twice}` {what}: {times:.1}"));
                    }
                    if long > slowest.1 {
                        slowest = (short, long, format!("`{twice}` {what}"));
                    }
                }
            }
        }
        let (short, long) = (slowest.0.as_secs_f64(), slowest.1.as_secs_f64());
        let (name, what, times) = (shape.name, slowest.2, long / short.max(1e-6));
        let (short, long) = (short * 1e3, long * 1e3);
        let beyond = beyond.join("; ");
        println!("| {name} | {what} | {short:.0} | {long:.0} | {times:.1} | {beyond} |");
    }
}
