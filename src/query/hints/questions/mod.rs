//! Questions in free words: read by what they name, by what stands in front of each name, and by what the other
//! words are about. A word that is none of these leaves the question unread: no suggestion is better than
//! a wrong one.

mod about;
mod mentions;
mod rows;
mod vocabulary;

use super::fit::{Captures, Words};
use crate::graph::Atlas;
use about::Sense;

/// The queries that a question may mean, best first; without `exact`, words may be misspelt.
pub(super) fn meanings(words: &Words<'_>, atlas: &Atlas, exact: bool) -> Vec<String> {
    let Some(sense) = Sense::of(words, atlas, exact) else { return Vec::new() };
    let apart = sense.apart();
    let filled = |sense: &Sense, row: &rows::QuestionRow| -> Vec<String> {
        let readings = sense.read_as(row);
        let queries =
            readings.iter().flat_map(|reading| row.meant.iter().map(|t| said(t, reading)));
        queries.flatten().collect()
    };
    let rows = rows::questions();
    rows.flat_map(|row| {
        let mut queries = filled(&sense, row);
        if queries.is_empty() {
            queries.extend(apart.iter().flat_map(|apart| filled(apart, row)));
        }
        queries
    })
    .collect()
}

/// A template with what stands for its capitals; a part in square brackets is left out where nothing does.
fn said(template: &str, reading: &Captures) -> Option<String> {
    let mut query = String::new();
    for (at, part) in template.split(['[', ']']).enumerate() {
        match (reading.fill(part), at % 2) {
            (Some(text), _) => query.push_str(&text),
            (None, 0) => return None,
            (None, _) => {}
        }
    }
    Some(query)
}
