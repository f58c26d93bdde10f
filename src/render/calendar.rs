//! `ics`: a schedule as a calendar by RFC 5545, an event a week that lasts all its days. Nothing of
//! it is the clock's: an event is stamped with the day on which the schedule begins.

use super::Format;
use super::clusters::clusters;
use crate::analysis::{Amount, Date};
use crate::answer::{Answer, Schedule, Shape, Slot, in_units};
use crate::diagnostic::{Diagnostic, visible};
use crate::graph::Atlas;
use hmac_sha256::Hash;

pub(super) const FORMAT: Format = Format {
    name: "ics",
    extensions: &["ics"],
    summary: "a calendar of a schedule, an event a week",
    single: true,
    write: |answer, look| {
        let Some(schedule) = answer.schedule() else {
            let message = match answer.shape() {
                Shape::Paths => "paths are no schedule".to_owned(),
                shape => format!("a {} is no schedule", shape.name()),
            };
            let problem = Diagnostic::new("no-schedule", message);
            return Err(problem.help(EXAMPLE));
        };
        let Some(from) = schedule.from else {
            let problem = Diagnostic::new("no-dates", "a calendar needs dates");
            return Err(problem.help(format!("say when it begins: {EXAMPLE}")));
        };
        Ok(calendar(answer, schedule, from, look.query).into_bytes())
    },
    ..Format::PLAIN
};

const EXAMPLE: &str = "plan llmops then schedule at 6 from 2026-12-07 default 1";
/// How many bytes a line has at most, without its end.
const LONGEST: usize = 75;
/// How many steps the title of a week names.
const NAMED: usize = 3;

fn calendar(answer: &Answer, schedule: &Schedule, from: Date, query: &str) -> String {
    let mut text = String::new();
    let mut line = |content: &str| text.push_str(&folded(content));
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//opsatlas//schedule//EN");
    line("CALSCALE:GREGORIAN");
    line(&format!("X-WR-CALNAME:{}", escaped(query)));
    let plan = fingerprint(&answer.atlas, schedule);
    for (week, slots) in schedule.weeks() {
        let Some((first, last)) = schedule.days(week) else { continue };
        let Some(end) = last.later(1) else { continue };
        line("BEGIN:VEVENT");
        line(&format!("UID:{plan}-week-{week}@opsatlas"));
        line(&format!("DTSTAMP:{}T000000Z", from.compact()));
        line(&format!("DTSTART;VALUE=DATE:{}", first.compact()));
        line(&format!("DTEND;VALUE=DATE:{}", end.compact()));
        line(&format!("SUMMARY:{}", escaped(&title(answer, schedule, week, &slots))));
        line(&format!("DESCRIPTION:{}", escaped(&told(answer, schedule, &slots))));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// What stays the same when the plan is made again, also at another pace or from another day: the
/// goals. A calendar program that reads both then moves the events instead of doubling them.
fn fingerprint(atlas: &Atlas, schedule: &Schedule) -> String {
    let ids = schedule.goals.iter().map(|node| atlas.node(*node).id.as_str());
    let ids = serde_json::Value::from(ids.collect::<Vec<&str>>()).to_string();
    let hash = Hash::hash(ids.as_bytes());
    let number = hash[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

fn title(answer: &Answer, schedule: &Schedule, week: usize, slots: &[&Slot]) -> String {
    let names = slots.iter().take(NAMED).map(|slot| slot.name(&answer.atlas));
    let mut names = names.collect::<Vec<String>>().join(", ");
    if slots.len() > NAMED {
        names.push_str(&format!(" and {} more", slots.len() - NAMED));
    }
    let sum: Amount = slots.iter().map(|slot| slot.part.amount).sum();
    format!("Week {week}: {names} ({})", in_units(sum, &schedule.field))
}

/// A line for each step.
fn told(answer: &Answer, schedule: &Schedule, slots: &[&Slot]) -> String {
    let lines = slots.iter().map(|slot| {
        let spent = slot.spent(&schedule.field);
        let spent = if spent.is_empty() { spent } else { format!(" ({spent})") };
        format!("{}{spent}", slot.name(&answer.atlas))
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// Text as a property holds it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let lines: Vec<String> = text.split('\n').map(visible).collect();
    for character in lines.join("\n").chars() {
        match character {
            '\\' | ';' | ',' => {
                safe.push('\\');
                safe.push(character);
            }
            '\n' => safe.push_str("\\n"),
            _ => safe.push(character),
        }
    }
    safe
}

/// A content line, folded between characters as people see them where that is possible.
fn folded(content: &str) -> String {
    let mut text = String::with_capacity(content.len() + 2);
    let mut length = 0;
    for cluster in clusters(content) {
        let whole = cluster.len() < LONGEST;
        for piece in if whole { vec![cluster.to_owned()] } else { apart(cluster) } {
            if length + piece.len() > LONGEST {
                text.push_str("\r\n ");
                length = 1;
            }
            text.push_str(&piece);
            length += piece.len();
        }
    }
    text + "\r\n"
}

/// The characters of a cluster that is longer than a line.
fn apart(cluster: &str) -> Vec<String> {
    cluster.chars().map(String::from).collect()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, escaped, folded};

    #[test]
    fn a_line_is_folded_at_75_bytes_and_unfolds_to_itself() {
        let marks = "\u{301}".repeat(200);
        for text in ["short", &"word ".repeat(60), &"日本語".repeat(40), &"👩‍💻".repeat(30), &marks]
        {
            let line = folded(text);
            assert!(line.ends_with("\r\n"));
            assert!(line.lines().all(|line| line.len() <= LONGEST), "{line}");
            assert_eq!(line.trim_end_matches("\r\n").replace("\r\n ", ""), *text);
        }
    }

    #[test]
    fn what_would_end_a_value_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
