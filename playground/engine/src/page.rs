//! An answer as a page to read, with links in it.

use crate::pieces::Links;
use opsatlas::Answer;
use opsatlas::answer::{Block, Line, Span, TextRole};
use opsatlas::diagnostic::visible;
use opsatlas::render::Drawing;
use serde_json::{Value, json};

/// How many rows or lines of a block are told; the rest is in the formats.
const MOST: usize = 2_000;

/// What is told of an answer at once.
pub(crate) fn of(answer: &Answer) -> Value {
    let links = Links::of(&answer.atlas);
    let page = answer.page();
    let blocks = page.blocks.iter().map(|block| match block {
        Block::Grid { columns, rows, standing } => {
            let shown = &rows[..rows.len().min(MOST)];
            let named: Vec<bool> =
                (0..columns.len()).map(|at| of_names(&links, shown, at)).collect();
            let cell = |(text, named): (&String, &bool)| links.cell(&visible(text), *named);
            let shown = shown.iter().map(|row| row.iter().zip(&named).map(cell).collect());
            json!({"columns": columns, "rows": shown.collect::<Vec<Vec<_>>>(),
                "standing": standing, "more": rows.len().saturating_sub(MOST)})
        }
        Block::Lines(lines) => {
            let shown = lines.iter().take(MOST).map(|told| line(&links, told));
            json!({"lines": shown.collect::<Value>(), "more": lines.len().saturating_sub(MOST)})
        }
    });
    let notes = answer.notes.iter().map(|note| links.cited(&visible(&note.to_string())));
    let never = std::sync::atomic::AtomicBool::new(false);
    let picture = Drawing::default().picture(answer, &never).is_ok_and(|it| !it.nodes.is_empty());
    let roadmap = answer.roadmap().is_some_and(|map| map.suggests_itself());
    let (blocks, notes) = (blocks.collect::<Value>(), notes.collect::<Vec<_>>());
    json!({
        "shape": answer.shape().name(), "count": answer.count(), "complete": answer.complete,
        "counted": answer.counted_in_words(), "blocks": blocks, "notes": notes,
        "sources": links.sources(), "picture": picture || answer.schedule().is_some(),
        "roadmap": roadmap,
    })
}

/// Are most of a column's cells names of nodes?
fn of_names(links: &Links<'_>, rows: &[Vec<String>], at: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
    let (mut names, mut others) = (0, 0);
    for cell in cells {
        *if links.called(cell).is_some() { &mut names } else { &mut others } += 1;
    }
    names > others
}

fn line(links: &Links<'_>, line: &Line) -> Value {
    let pieces = line.spans.iter().flat_map(|Span { text, role }| {
        let text = visible(text);
        let (is, mut pieces) = match role {
            TextRole::Node(_) => match links.called(&text) {
                Some(node) => ("node", vec![links.node(node, &text)]),
                None => ("strong", vec![json!({"text": text})]),
            },
            TextRole::Plain => ("plain", links.cell(&text, true)),
            TextRole::Strong => ("strong", links.cited(&text)),
            TextRole::Dim => ("dim", links.cited(&text)),
        };
        pieces.iter_mut().for_each(|piece| piece["is"] = is.into());
        pieces
    });
    json!({"depth": line.depth, "pieces": pieces.collect::<Value>()})
}
