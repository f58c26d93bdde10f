//! An answer that is no piece of graph, as HTML to read: grids as tables, lines as lines.

use crate::answer::{Answer, Block, Line, Role};
use crate::diagnostic::visible;
use crate::render::xml::escaped;

/// Longer words may be broken.
const LONGEST_WORD: usize = 40;
/// Deeper lines are not moved in any more.
const DEEPEST: usize = 6;

/// The body of the page.
pub(super) fn in_html(answer: &Answer) -> String {
    let page = answer.page();
    let mut html = String::new();
    if page.blocks.is_empty() {
        html.push_str("<p class=\"nothing\">Nothing fits.</p>\n");
    }
    for block in &page.blocks {
        match block {
            Block::Grid { columns, rows } => html.push_str(&table(columns, rows)),
            Block::Lines(lines) => html.extend(lines.iter().map(paragraph)),
        }
    }
    for note in &answer.notes {
        html.push_str(&format!("<p class=\"note\">{}</p>\n", text(&note.to_string())));
    }
    html
}

fn table(columns: &[String], rows: &[Vec<String>]) -> String {
    let cells = |tag: &str, row: &[String]| {
        let cells = row.iter().map(|cell| format!("<{tag}>{}</{tag}>", unbroken(&text(cell))));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = rows.iter().map(|row| cells("td", row)).collect();
    format!(
        "<div class=\"wide\"><table>\n<thead>{}</thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n",
        cells("th", columns)
    )
}

/// A word with a hyphen in it is not broken there, unless it is longer than a line should be.
fn unbroken(html: &str) -> String {
    let words = html.split(' ').map(|word| match word.chars().count() {
        2..=LONGEST_WORD if word.contains('-') => format!("<span class=\"word\">{word}</span>"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<String>>().join(" ")
}

fn paragraph(line: &Line) -> String {
    let spans = line.spans.iter().map(|span| {
        let text = text(&span.text);
        match span.role {
            Role::Plain => text,
            Role::Strong | Role::Node(_) => format!("<strong>{text}</strong>"),
            Role::Dim => format!("<small>{text}</small>"),
        }
    });
    let deep = line.depth.min(DEEPEST);
    format!("<p class=\"deep{deep}\">{}</p>\n", spans.collect::<String>())
}

fn text(raw: &str) -> String {
    escaped(&visible(raw))
}
