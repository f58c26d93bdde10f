//! An answer that is no piece of graph, as HTML to read: grids as tables, lines as lines.

use crate::answer::{Answer, Block, Line, Role, Standing};
use crate::diagnostic::visible;
use crate::render::xml::escaped;

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
            Block::Grid { columns, rows, standing } => {
                html.push_str(&table(columns, rows, standing));
            }
            Block::Lines(lines) => html.extend(lines.iter().map(paragraph)),
        }
    }
    for note in &answer.notes {
        html.push_str(&format!("<p class=\"note\">{}</p>\n", text(&note.to_string())));
    }
    html
}

/// A table; in columns of people each cell is coloured by where they stand.
fn table(columns: &[String], rows: &[Vec<String>], standing: &[usize]) -> String {
    let heading = columns.iter().map(|name| format!("<th>{}</th>", text(name)));
    let cell = |(at, cell): (usize, &String)| {
        let class = if standing.contains(&at) { heat(cell) } else { String::new() };
        format!("<td{class}>{}</td>", text(cell))
    };
    let row = |row: &Vec<String>| -> String {
        let cells: String = row.iter().enumerate().map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = rows.iter().map(row).collect();
    let heading: String = heading.collect();
    format!("<table>\n<thead><tr>{heading}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}

/// The class of a cell that begins with the word for where somebody stands.
fn heat(cell: &str) -> String {
    let word = cell.split(' ').next().unwrap_or_default();
    match Standing::WORDS.iter().find(|known| **known == word) {
        Some(word) => format!(" class=\"{word}\""),
        None => String::new(),
    }
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
