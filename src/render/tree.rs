//! `tree`: indented lines with branches.

use super::text::{footer, write_line};
use super::{Format, Look};
use crate::answer::{Answer, Line};

pub(super) const FORMAT: Format = Format {
    name: "tree",
    extensions: &[],
    summary: "what hangs on what, as indented lines",
    notes: true,
    write: |answer, look| {
        let mut page = branches(answer, look);
        footer(&mut page, answer, look);
        Ok(page.into_bytes())
    },
    ..Format::PLAIN
};

/// Deeper lines are drawn at this depth with their depth as a number, so that a long chain
/// stays readable and the text linear.
const DEEPEST: usize = 40;

/// The lines with their branches.
pub(super) fn branches(answer: &Answer, look: &Look<'_>) -> String {
    let lines = answer.outline();
    let mut page = String::new();
    let last = last_of_siblings(&lines);
    // Whether a branch goes on below, for each depth.
    let mut open: Vec<bool> = Vec::new();
    for (line, last) in lines.iter().zip(last) {
        let depth = line.depth.min(DEEPEST);
        open.resize(depth + 1, false);
        open[depth] = !last;
        let mut before = String::new();
        for goes_on in &open[1.min(depth)..depth] {
            before.push_str(if *goes_on { "│  " } else { "   " });
        }
        let mut below = before.clone();
        if depth > 0 {
            before.push_str(if last { "└─ " } else { "├─ " });
            below.push_str(if last { "   " } else { "│  " });
        }
        if line.depth > DEEPEST {
            before.push_str(&format!("({}) ", line.depth));
        }
        let flat = Line { depth: 0, spans: line.spans.clone() };
        write_line(&mut page, &flat, [&before, &below], look);
    }
    page
}

/// For each line: is it the last among its siblings? One pass from the end.
fn last_of_siblings(lines: &[Line]) -> Vec<bool> {
    let mut last = vec![true; lines.len()];
    let mut seen: Vec<bool> = Vec::new();
    for (at, line) in lines.iter().enumerate().rev() {
        let depth = line.depth.min(DEEPEST);
        seen.resize(depth + 1, false);
        last[at] = !std::mem::replace(&mut seen[depth], true);
    }
    last
}
