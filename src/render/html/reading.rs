//! An answer that is no piece of graph, as HTML to read: grids as tables, lines as lines.

use crate::answer::{Answer, Block, Line, Standing, TextRole};
use crate::diagnostic::visible;
use crate::render::xml::escaped;

/// Longer words may be broken.
const LONGEST_WORD: usize = 40;
/// Deeper lines are not moved in any more.
const DEEPEST: usize = 6;

/// The body of the page, and whether it has a table.
pub(super) fn in_html(answer: &Answer) -> (String, bool) {
    let page = answer.page();
    let (mut html, mut has_table) = (String::new(), false);
    if page.blocks.is_empty() {
        html.push_str("<p class=\"nothing\">Nothing fits.</p>\n");
    }
    for block in &page.blocks {
        match block {
            Block::Grid { columns, rows, standing } => {
                html.push_str(&table(columns, rows, standing));
                has_table = true;
            }
            Block::Lines(lines) => html.extend(lines.iter().map(paragraph)),
        }
    }
    for note in &answer.notes {
        html.push_str(&format!("<p class=\"note\">{}</p>\n", text(&note.to_string())));
    }
    (html, has_table)
}

/// A table; in columns of people each cell is coloured by where they stand.
fn table(columns: &[String], rows: &[Vec<String>], standing: &[usize]) -> String {
    let told = |cell: &String| unbroken(&text(cell));
    let heading: Vec<String> =
        columns.iter().map(|name| format!("<th>{}</th>", told(name))).collect();
    let heading = heading.concat();
    let cell = |(at, cell): (usize, &String)| {
        let class = if standing.contains(&at) { heat(cell) } else { String::new() };
        format!("<td{class}>{}</td>", told(cell))
    };
    let row = |row: &Vec<String>| -> String {
        format!("<tr>{}</tr>\n", row.iter().enumerate().map(cell).collect::<String>())
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<div class=\"wide\"><table>\n<thead><tr>{heading}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// The class of a cell that begins with the word for where somebody stands.
fn heat(cell: &str) -> String {
    let word = cell.split(' ').next().unwrap_or_default();
    match Standing::WORDS.iter().find(|known| **known == word) {
        Some(word) => format!(" class=\"{word}\""),
        None => String::new(),
    }
}

/// A word with a hyphen in it is not broken there, unless it is longer than a line should be.
fn unbroken(html: &str) -> String {
    let words = html.split(' ').map(|word| match word.chars().count() {
        2..=LONGEST_WORD if word.contains('-') && word.contains(char::is_alphabetic) => {
            format!("<span class=\"word\">{word}</span>")
        }
        _ => word.to_owned(),
    });
    words.collect::<Vec<String>>().join(" ")
}

fn paragraph(line: &Line) -> String {
    let spans = line.spans.iter().map(|span| {
        let text = text(&span.text);
        match span.role {
            TextRole::Plain => text,
            TextRole::Strong | TextRole::Node(_) => format!("<strong>{text}</strong>"),
            TextRole::Dim => format!("<small>{text}</small>"),
        }
    });
    let deep = line.depth.min(DEEPEST);
    format!("<p class=\"deep{deep}\">{}</p>\n", spans.collect::<String>())
}

fn text(raw: &str) -> String {
    escaped(&visible(raw))
}
