//! What to say where a text stops being a query.

use super::Statement;
use crate::diagnostic::Diagnostic;

/// What to say of the place where the parser gave up.
pub(super) fn unexpected(statement: &Statement, at: usize) -> Diagnostic {
    let content = statement.content();
    let rest = &content[at..];
    let width = rest.chars().next().map_or(0, char::len_utf8);
    let place = statement.place(&(at..at + width));
    let bare_end =
        content.trim_end().ends_with('-') && rest.trim().trim_start_matches('-').is_empty();
    if bare_end {
        return shell_hint(
            Diagnostic::new("missing-target", "the query ends at a bare `-`").at(place),
        );
    }
    for (wrong, right) in LOOKALIKES {
        if rest.starts_with(wrong) {
            let message = format!("`{wrong}` is not part of the language");
            return Diagnostic::new("unexpected", message).at(place).help(format!("write {right}"));
        }
    }
    let behind = rest.get(width..).unwrap_or_default().trim_start();
    if rest.starts_with(['&', '|', '+', '-'])
        && (behind.is_empty() || behind.starts_with([')', ',']))
    {
        let message = format!("`{}` needs something behind it", &rest[..width]);
        return Diagnostic::new("unexpected-end", message).at(place);
    }
    let Some(character) = rest.chars().next() else {
        return Diagnostic::new("unexpected-end", "the query ends where a name should follow")
            .at(place);
    };
    if "(),".contains(character) {
        let message = format!("`{character}` cannot stand here: a name or a verb is missing");
        return Diagnostic::new("unexpected", message).at(place);
    }
    let problem =
        Diagnostic::new("unexpected", format!("`{character}` cannot stand here")).at(place);
    problem.help(format!(
        "a name with other characters than letters, digits, - _ . / goes in quotes: {}",
        serde_json::Value::from(run_around(content, at))
    ))
}

/// The run of characters around a place that was probably meant as one name.
fn run_around(content: &str, at: usize) -> &str {
    let ends = |c: char| c.is_whitespace() || "(),\"'".contains(c);
    let start = content[..at].rfind(ends).map_or(0, |end| end + 1);
    let start = (start..=at).find(|start| content.is_char_boundary(*start)).unwrap_or(at);
    let end = content[at..].find(ends).map_or(content.len(), |length| at + length);
    &content[start..end]
}

/// What people of other languages type, and how it is written here.
const LOOKALIKES: [(&str, &str); 14] = [
    ("“", "straight quotes: \"Argo CD\""),
    ("‘", "straight quotes: 'Argo CD'"),
    ("=>", "`->` or `to`"),
    ("→", "`->` or `to`"),
    ("—>", "`->` or `to`"),
    ("–>", "`->` or `to`"),
    ("-->", "`->` or `to`"),
    (">", "`->` or `to`"),
    ("&&", "`&` or `intersect`"),
    ("||", "`+` or `union`"),
    (";", "one query at a time here; `-c` and `-f` take several"),
    ("#", "comments as `// …`, and names with # in quotes"),
    ("--", "comments as `// …`"),
    ("{", "queries inside queries in parentheses: ( … )"),
];

/// Adds the advice for arrows that the shell took.
pub(in crate::query) fn shell_hint(problem: Diagnostic) -> Diagnostic {
    problem
        .help("the shell takes `>` for itself: write `to`, as in `path devops to llmops`")
        .help("or put the whole query in quotes: 'path devops -> llmops'")
}
