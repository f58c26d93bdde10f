//! `table`: a page to read, on a terminal or in a file.

use super::{Format, Look};
use crate::answer::{Answer, Block, Line, Span, TextRole};
use crate::diagnostic::{is_plain, visible};
use anstyle::{AnsiColor, Style};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use unicode_width::UnicodeWidthStr;

pub(super) const FORMAT: Format = Format {
    name: "table",
    extensions: &["txt"],
    summary: "columns and lines to read",
    notes: true,
    write: |answer, look| Ok(write(answer, look).into_bytes()),
    ..Format::PLAIN
};

/// Colours of kinds, by their position in the schema.
const KINDS: [AnsiColor; 5] =
    [AnsiColor::Blue, AnsiColor::Cyan, AnsiColor::Magenta, AnsiColor::Yellow, AnsiColor::Green];

fn write(answer: &Answer, look: &Look<'_>) -> String {
    let mut page = String::new();
    for (number, block) in answer.page().blocks.into_iter().enumerate() {
        if number > 0 {
            page.push('\n');
        }
        match block {
            Block::Grid { columns, rows, .. } => grid(&mut page, columns, rows, look),
            Block::Lines(lines) => {
                for line in &lines {
                    write_line(&mut page, line, ["", ""], look);
                }
            }
        }
    }
    footer(&mut page, answer, look);
    page
}

/// The count, where it is not plain to see, and the notes.
pub(super) fn footer(page: &mut String, answer: &Answer, look: &Look<'_>) {
    counted(page, answer, look);
    for note in &answer.notes {
        let line =
            Line::new(0).with(TextRole::Dim, "note: ").with(TextRole::Plain, note.to_string());
        write_line(page, &line, ["", ""], look);
    }
    unfinished(page, answer, look);
}

/// Says so of an answer that stopped at a limit.
pub(super) fn unfinished(page: &mut String, answer: &Answer, look: &Look<'_>) {
    if !answer.complete {
        let line = Line::new(0).with(TextRole::Strong, "incomplete: stopped at a limit");
        write_line(page, &line, ["", ""], look);
    }
}

/// The count, where it is not plain to see.
pub(super) fn counted(page: &mut String, answer: &Answer, look: &Look<'_>) {
    if let Some(mut words) = answer.counted_in_words() {
        if let Some(shortest) = answer.shortest_count().filter(|_| answer.count() > 0) {
            words.push_str(&format!(", {shortest} shortest in all"));
        }
        write_line(page, &Line::new(0).with(TextRole::Dim, words), ["", ""], look);
    }
}

fn grid(page: &mut String, mut columns: Vec<String>, mut rows: Vec<Vec<String>>, look: &Look<'_>) {
    for cell in columns.iter_mut().chain(rows.iter_mut().flatten()) {
        if !is_plain(cell) {
            *cell = visible(cell);
        }
    }
    let (columns, rows) = (columns.as_slice(), rows.as_slice());
    let widths = widths(columns, rows);
    if widths.iter().map(|width| width + 2).sum::<usize>() <= look.width {
        return side_by_side(page, columns, rows, (&widths, look));
    }
    arranged(page, columns, rows, look);
}

/// The width of each column.
fn widths(columns: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.iter().map(|name| name.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    widths
}

/// Where all of it fits: there may be many rows.
fn side_by_side(
    page: &mut String,
    columns: &[String],
    rows: &[Vec<String>],
    (widths, look): (&[usize], &Look<'_>),
) {
    let rows = rows.iter().map(Vec::as_slice);
    for (number, row) in std::iter::once(columns).chain(rows).enumerate() {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        let role = if number == 0 { TextRole::Strong } else { TextRole::Plain };
        page.push_str(&paint(role, line.trim_end(), look.color));
        page.push('\n');
    }
}

/// Where it has to be made narrower.
fn arranged(page: &mut String, columns: &[String], rows: &[Vec<String>], look: &Look<'_>) {
    let narrowest = longest_words(columns, rows);
    // A column counts its width in 16 bits.
    let long = rows.iter().flatten().any(|cell| cell.width() + 2 > usize::from(u16::MAX));
    // Blanks stand on both sides of each column.
    if long || narrowest.iter().sum::<usize>() + 2 * columns.len() > look.width {
        return stacked(page, columns, rows, look);
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(look.width).unwrap_or(u16::MAX))
        .set_header(columns)
        .add_rows(rows);
    for (column, word) in table.column_iter_mut().zip(narrowest) {
        // Two blanks of padding count; a word is never broken.
        let width = Width::Fixed(u16::try_from(word + 2).unwrap_or(u16::MAX));
        column.set_constraint(ColumnConstraint::LowerBoundary(width));
    }
    for (number, line) in table.lines().enumerate() {
        let line = line.trim_end();
        let line = line.strip_prefix(' ').unwrap_or(line);
        let role = if number == 0 { TextRole::Strong } else { TextRole::Plain };
        page.push_str(&paint(role, line, look.color));
        page.push('\n');
    }
}

/// The longest word of each column.
fn longest_words(columns: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let longest =
        |text: &str| text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let column = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| longest(cell));
        cells.chain([longest(&columns[at])]).max().unwrap_or(0)
    };
    (0..columns.len()).map(column).collect()
}

/// Where the columns do not fit side by side: each row as lines.
fn stacked(page: &mut String, columns: &[String], rows: &[Vec<String>], look: &Look<'_>) {
    for row in rows {
        let cells = columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        for (number, (column, cell)) in cells.enumerate() {
            let line = match number {
                0 => Line::new(0).with(TextRole::Strong, cell),
                _ => Line::new(1)
                    .with(TextRole::Dim, format!("{column} "))
                    .with(TextRole::Plain, cell),
            };
            write_line(page, &line, ["", ""], look);
        }
    }
}

/// `text` in the look of its role.
#[must_use]
pub fn paint(role: TextRole, text: &str, color: bool) -> String {
    let style = match role {
        _ if !color => return text.to_owned(),
        TextRole::Plain => return text.to_owned(),
        TextRole::Strong => Style::new().bold(),
        TextRole::Dim => Style::new().dimmed(),
        TextRole::Node(kind) => {
            let color = kind.map(|kind| KINDS[kind % KINDS.len()].into());
            Style::new().bold().fg_color(color)
        }
    };
    format!("{style}{text}{style:#}")
}

/// Writes a line, wrapped at the width; what is wrapped hangs below its text. Before its first line
/// and before all others stands what is told.
pub(super) fn write_line(
    page: &mut String,
    line: &Line,
    [first, others]: [&str; 2],
    look: &Look<'_>,
) {
    let depth = "  ".repeat(line.depth);
    let indent = format!("{first}{depth}");
    let hang = format!("{others}{depth}  ");
    page.push_str(&indent);
    let mut column = indent.width();
    let mut at_start = true;
    for Span { text, role } in &line.spans {
        let text = visible(text);
        let whole = text.width();
        if column + whole <= look.width {
            page.push_str(&paint(*role, &text, look.color));
            column += whole;
            at_start &= text.is_empty();
            continue;
        }
        let mut run = String::new();
        for piece in text.split_inclusive(' ') {
            let width = piece.trim_end().width();
            if !at_start && column + width > look.width && !piece.trim().is_empty() {
                page.push_str(&paint(*role, run.trim_end(), look.color));
                run.clear();
                trim_line(page);
                page.push('\n');
                page.push_str(&hang);
                column = hang.width();
            }
            run.push_str(piece);
            column += piece.width();
            at_start = false;
        }
        page.push_str(&paint(*role, &run, look.color));
    }
    trim_line(page);
    page.push('\n');
}

/// Lines as a page has them.
#[must_use]
pub fn written_lines(lines: &[Line], look: &Look<'_>) -> String {
    let mut page = String::new();
    for line in lines {
        write_line(&mut page, line, ["", ""], look);
    }
    page
}

fn trim_line(page: &mut String) {
    let length = page.trim_end_matches(' ').len();
    page.truncate(length);
}

#[cfg(test)]
mod tests {
    use super::{arranged, grid};
    use crate::render::Look;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_fits_stands_as_it_would_be_arranged(
            names in prop::collection::vec("[a-z]{1,6}", 1..5),
            cells in prop::collection::vec("[a-z知é]{0,5}( [a-z]{1,4})?", 0..40),
        ) {
            let rows: Vec<Vec<String>> =
                cells.chunks_exact(names.len()).map(<[String]>::to_vec).collect();
            let look = Look { width: 100, ..Look::plain("") };
            let (mut one, mut other) = (String::new(), String::new());
            arranged(&mut one, &names, &rows, &look);
            grid(&mut other, names, rows, &look);
            prop_assert_eq!(one, other);
        }
    }
}
