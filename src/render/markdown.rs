//! `md`: Markdown as Git hosts render it: tables, and lists for what hangs on what.

use super::Format;
use crate::answer::{Answer, Block, Body, Line, Outline, Schedule};
use crate::diagnostic::visible;
use crate::graph::NodeIndex;

pub(super) const FORMAT: Format = Format {
    name: "md",
    extensions: &["md"],
    summary: "Markdown: tables and lists",
    notes: true,
    write: |answer, _| Ok(write(answer).into_bytes()),
    ..Format::PLAIN
};

fn write(answer: &Answer) -> String {
    let mut page = match (answer.schedule(), answer.checklist()) {
        (Some(schedule), _) => week_by_week(answer, schedule),
        (None, Some(groups)) => checklist(answer, &groups),
        (None, None) => String::new(),
    };
    let blocks = if page.is_empty() { answer.page().blocks } else { Vec::new() };
    for block in blocks {
        if !page.is_empty() {
            page.push('\n');
        }
        match block {
            Block::Grid { columns, rows, .. } => {
                let columns: Vec<String> = columns.iter().map(|name| escaped(name)).collect();
                row(&mut page, &columns);
                row(&mut page, &vec!["---".to_owned(); columns.len()]);
                for cells in rows {
                    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
                    row(&mut page, &cells);
                }
            }
            Block::Lines(lines) => list(&mut page, &lines),
        }
    }
    for note in &answer.notes {
        page.push_str(&format!("\n> {}\n", escaped(&note.to_string())));
    }
    if !answer.complete {
        page.push_str("\n> incomplete: stopped at a limit\n");
    }
    page
}

fn row(page: &mut String, cells: &[String]) {
    page.push_str(&format!("| {} |\n", cells.join(" | ")));
}

/// What to learn as a list to tick off, under headings; what is known is ticked.
fn checklist(answer: &Answer, groups: &[(Option<NodeIndex>, Outline)]) -> String {
    let mut page = String::new();
    let known = match &answer.body {
        Body::Plan(plan) => plan.known.as_slice(),
        _ => &[],
    };
    if !known.is_empty() {
        page.push_str("**Known**\n\n");
        let names = known.iter().map(|node| answer.atlas.node(*node).name());
        page.extend(names.map(|name| format!("- [x] {}\n", escaped(name))));
    }
    for (under, lines) in groups {
        if groups.len() > 1 || !known.is_empty() {
            let heading = under.map_or("…", |node| answer.atlas.node(node).name());
            let blank = if page.is_empty() { "" } else { "\n" };
            page.push_str(&format!("{blank}**{}**\n\n", escaped(heading)));
        }
        for line in lines {
            page.push_str(&format!("- [ ] {}\n", text(line)));
        }
    }
    page
}

/// What to learn week by week as lists to tick off; what is known is ticked.
fn week_by_week(answer: &Answer, schedule: &Schedule) -> String {
    let mut sections = Vec::new();
    if !schedule.known.is_empty() {
        let names = schedule.known.iter().map(|node| answer.atlas.node(*node).name());
        let items = names.map(|name| format!("- [x] {}\n", escaped(name)));
        sections.push(format!("## Known\n\n{}", items.collect::<String>()));
    }
    for (week, slots) in schedule.weeks() {
        let days = schedule.days(week);
        let days = days.map_or_else(String::new, |(from, to)| format!(" ({from} – {to})"));
        let items = slots.iter().map(|slot| {
            let spent = slot.spent(&schedule.field);
            let spent = if spent.is_empty() { spent } else { format!(" ({})", escaped(&spent)) };
            format!("- [ ] {}{spent}\n", escaped(&slot.name(&answer.atlas)))
        });
        sections.push(format!("## Week {week}{days}\n\n{}", items.collect::<String>()));
    }
    sections.join("\n")
}

fn text(line: &Line) -> String {
    let text: String = line.spans.iter().map(|span| span.text.as_str()).collect();
    escaped(text.trim())
}

/// The first line as a heading in bold, what hangs below it as a list.
fn list(page: &mut String, lines: &[Line]) {
    let [first, rest @ ..] = lines else { return };
    let rest: Vec<&Line> = rest.iter().filter(|line| !text(line).is_empty()).collect();
    if rest.is_empty() {
        page.push_str(&format!("{}\n", text(first)));
        return;
    }
    page.push_str(&format!("**{}**\n\n", text(first)));
    let base = rest.iter().map(|line| line.depth).min().unwrap_or_default();
    for line in rest {
        // Deeper lists would turn into code blocks on some hosts.
        let indent = "  ".repeat((line.depth - base).min(8));
        page.push_str(&format!("{indent}- {}\n", text(line)));
    }
}

/// The text with everything escaped that Markdown or HTML would read as its own.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => {
                safe.push('\\');
                safe.push(character);
            }
            '\n' | '\r' => safe.push(' '),
            _ => safe.push(character),
        }
    }
    safe
}
