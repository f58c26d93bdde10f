//! Statements as one types them at a prompt, where an answer is due as soon as one is whole: a
//! quote may close on a later line, and a line that ends or begins with an operator goes on.

use super::lexer::{Mark, Scan};
use crate::diagnostic::{Place, Text};
use std::ops::Range;
use std::sync::Arc;

/// A stretch of a text that is one statement.
#[derive(Debug, Clone)]
pub struct Statement {
    text: Arc<Text>,
    span: Range<usize>,
}

impl Statement {
    /// A text that is one statement.
    #[must_use]
    pub fn whole(text: &Arc<Text>) -> Self {
        Self { text: Arc::clone(text), span: 0..text.content.len() }
    }

    /// A stretch of a text.
    pub(in crate::query) fn part(text: &Arc<Text>, span: Range<usize>) -> Self {
        Self { text: Arc::clone(text), span }
    }

    /// The statement as typed, without blanks around.
    #[must_use]
    pub fn as_typed(&self) -> &str {
        self.content().trim()
    }

    /// Where it begins in its text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.span.start
    }

    /// A stretch of it as typed.
    pub(in crate::query) fn typed(&self, span: Range<usize>) -> &str {
        self.content().get(span).unwrap_or_default()
    }

    pub(in crate::query) fn content(&self) -> &str {
        &self.text.content[self.span.clone()]
    }

    /// A stretch of the statement, as typed.
    pub(crate) fn text(&self, span: &Range<usize>) -> &str {
        self.content().get(span.clone()).unwrap_or_default()
    }

    /// The place of a stretch of the statement.
    #[must_use]
    pub fn place(&self, span: &Range<usize>) -> Place {
        let start = self.span.start;
        Place::new(&self.text, start + span.start..start + span.end)
    }
}

/// Words behind which a query cannot end.
const HANGING: [&str; 9] =
    ["to", "then", "union", "intersect", "except", "of", "where", "and", "or"];
/// Words that a statement cannot begin with.
const JOINING: [&str; 6] = ["then", "union", "intersect", "except", "and", "or"];

/// A statement's end as found by [`next`].
struct Found {
    /// The byte behind the statement.
    stops: usize,
    /// Where the next one begins.
    next: usize,
    /// Is there anything but blanks and comments?
    anything: bool,
    /// What the text ends in the midst of, if it does.
    open: Option<Open>,
}

/// In the midst of what a text ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Braces, where `;` divides changes.
    Braces,
    /// A quote or comment that is closed nowhere, so that the statement ends with its line.
    Quote,
    /// Another bracket, or an operator that something has to follow.
    Other,
}

/// The statements of what was typed or pasted. Linear.
#[must_use]
pub fn typed_statements(content: &str) -> Vec<Statement> {
    let text = Text::new("query", on_one_line(content));
    let mut found = Vec::new();
    let mut start = 0;
    while start < content.len() {
        let Found { stops, next, anything, .. } = next(&content[start..]);
        if anything {
            found.push(Statement::part(&text, start..start + stops));
        }
        start += next;
    }
    found
}

/// The text with a blank for each line's end inside a quote, which the language does not take.
fn on_one_line(content: &str) -> String {
    let mut scan = Scan::of_typed(content);
    let mut text = String::with_capacity(content.len());
    while let Some((at, mark)) = scan.next_mark() {
        text.push_str(&content[text.len()..at]);
        match mark {
            Mark::Other => text.push_str(&content[at..scan.reached()].replace('\n', " ")),
            _ => text.push_str(&content[at..scan.reached()]),
        }
    }
    text.push_str(&content[text.len()..]);
    text
}

/// Has what was typed to go on before it can be answered? An empty line or `;` ends it anyhow.
#[must_use]
pub fn is_incomplete(content: &str) -> bool {
    let mut start = 0;
    let mut open = None;
    while start < content.len() {
        let end = next(&content[start..]);
        start += end.next;
        open = end.open;
        if open == Some(Open::Quote) {
            break;
        }
    }
    let blank_line = content.rsplit_once('\n').is_some_and(|(_, last)| last.trim().is_empty());
    let ended = content.trim_end().ends_with(';') && open != Some(Open::Braces);
    open.is_some() && !blank_line && !ended
}

/// Where the first statement of `content` ends.
fn next(content: &str) -> Found {
    let mut scan = Scan::of_typed(content);
    let mut brackets = Vec::new();
    let (mut anything, mut last) = (false, 0);
    let mut first_line = None;
    let mut unclosed = false;
    while let Some((at, mark)) = scan.next_mark() {
        let line_ends = content[at..].starts_with('\n');
        match mark {
            Mark::Open => brackets.push(content[at..].starts_with('{')),
            Mark::Close => drop(brackets.pop()),
            Mark::End if line_ends && brackets.is_empty() => {
                let (before, behind) = (&content[..last], &content[at + 1..]);
                let joined = anything && (hangs(before) && !blank_first(behind) || joins(behind));
                if unclosed || !joined {
                    let open = unclosed.then_some(Open::Quote);
                    return Found { stops: at, next: at + 1, anything, open };
                }
            }
            Mark::End if brackets.is_empty() => {
                return Found { stops: at, next: at + 1, anything, open: None };
            }
            Mark::End if line_ends && first_line.is_none() => first_line = Some(at),
            Mark::Unclosed(_) => unclosed = true,
            Mark::End | Mark::Other => {}
        }
        if !matches!(mark, Mark::End) {
            anything = true;
            last = scan.reached();
        }
    }
    let open = if brackets.contains(&true) {
        Some(Open::Braces)
    } else if unclosed {
        Some(Open::Quote)
    } else {
        (!brackets.is_empty() || hangs(&content[..last])).then_some(Open::Other)
    };
    let blank_line = content.rsplit_once('\n').is_some_and(|(_, last)| last.trim().is_empty());
    match first_line {
        // A bracket that is never closed ends with its line.
        Some(at) if !brackets.is_empty() && blank_line => {
            Found { stops: at, next: at + 1, anything, open }
        }
        _ => Found { stops: content.len(), next: content.len(), anything, open },
    }
}

/// Is the first line of these empty?
fn blank_first(content: &str) -> bool {
    content.split('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// Does a text end with something that more has to follow?
fn hangs(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|c: char| !is_inside(c)).next().unwrap_or_default();
    let words = HANGING.iter().any(|hanging| hanging.eq_ignore_ascii_case(word));
    let alone = before.len() == word.len();
    before.ends_with([',', '|', '&', '+', '=', '<'])
        || before.ends_with("->")
        || before.ends_with(" -")
        || (words && !alone)
}

/// Does a text begin with something that belongs to what stands before it?
fn joins(behind: &str) -> bool {
    let behind = behind.trim_start_matches([' ', '\t']);
    let word = behind.split(|c: char| !is_inside(c)).next().unwrap_or_default();
    behind.starts_with(['|', '&', '+', ','])
        || behind.starts_with("->")
        || JOINING.iter().any(|joining| joining.eq_ignore_ascii_case(word))
}

fn is_inside(character: char) -> bool {
    character.is_alphanumeric() || "_-./@?".contains(character)
}

#[cfg(test)]
mod tests {
    use super::{is_incomplete, typed_statements};
    use crate::query::Statement;

    #[test]
    fn what_has_to_go_on() {
        for open in [
            "tools of (prereqs llmops",
            "show \"Argo",
            "show 'Argo\nC",
            "docker,",
            "docker, // the first",
            "path devops ->",
            "path devops to",
            "tools of",
            "tools then",
            "tools |",
            "tools then where sources > 1 and",
            "with { -docker;",
            "nodes\n(kinds",
            "nodes /* why",
            "let mine =",
        ] {
            assert!(is_incomplete(open), "{open}");
            assert!(!is_incomplete(&format!("{open}\n")), "an empty line ends {open}");
        }
        for whole in [
            "",
            " ",
            "tools",
            "path devops to llmops",
            "plan-to",
            "how-to",
            "to",
            "(tools)",
            "show \"Argo CD\"",
            "path a to;",
            "show \"Argo;",
            "wrong ) bracket",
            "tools -x",
        ] {
            assert!(!is_incomplete(whole), "{whole}");
        }
    }

    #[test]
    fn where_typed_statements_end() {
        for (typed, wanted) in [
            ("nodes\nkinds; relations", vec!["nodes", "kinds", "relations"]),
            ("docker,\nhelm\nkinds", vec!["docker,\nhelm", "kinds"]),
            ("tools\n  then count\nkinds", vec!["tools\n  then count", "kinds"]),
            ("path devops\n-> llmops", vec!["path devops\n-> llmops"]),
            ("show \"Argo\nCD\"\nkinds", vec!["show \"Argo CD\"", "kinds"]),
            ("show \"Argo\nkinds\n", vec!["show \"Argo", "kinds"]),
            ("(docker,\nhelm)", vec!["(docker,\nhelm)"]),
            ("docker,\n\nkinds", vec!["docker,", "kinds"]),
            ("(docker\nkinds\n", vec!["(docker", "kinds"]),
            ("path a to;", vec!["path a to"]),
            ("// only this\n\n", vec![]),
        ] {
            let found = typed_statements(typed);
            let found: Vec<&str> = found.iter().map(Statement::as_typed).collect();
            assert_eq!(found, wanted, "{typed}");
        }
    }
}
