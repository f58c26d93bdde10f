//! What to say where a text stops being a query.

use super::foreign::{Foreign, condition_sign_at, meant_by, sign_at};
use super::lexer::{LexemeKind, Lexer};
use super::statements::Statement;
use crate::diagnostic::Diagnostic;
use std::ops::Range;

/// What to say of the place where the parser gave up.
pub(super) fn unexpected(statement: &Statement, at: usize) -> Diagnostic {
    let content = statement.content();
    let rest = &content[at..];
    let width = rest.chars().next().map_or(0, char::len_utf8);
    let place = statement.place(&(at..at + width));
    if let Some((word, problem)) = other_language(content).or_else(|| bare_where(content, at)) {
        return problem.at(statement.place(&word));
    }
    let sign = || in_condition(content, at).or_else(|| sign_at(rest).map(|row| (at, row)));
    let bare = bare_end(content, rest).or_else(|| half_condition(content, at));
    let bare = bare.or_else(|| assignment(content, rest));
    if bare.is_none()
        && let Some((from, sign)) = sign()
    {
        let place = statement.place(&(from..from + sign.wrong.len()));
        return sign.problem().at(place);
    }
    let known = bare.or_else(|| nothing_behind(rest));
    known.unwrap_or_else(|| out_of_place(content, at)).at(place)
}

/// An arrow of which the shell took the head.
fn bare_end(content: &str, rest: &str) -> Option<Diagnostic> {
    let bare = content.trim_end().ends_with('-') && rest.trim().trim_start_matches('-').is_empty();
    let problem = || Diagnostic::new("missing-target", "the query ends at a bare `-`");
    bare.then(|| shell_hint(problem()))
}

/// A first word that begins no query here.
fn other_language(content: &str) -> Option<(Range<usize>, Diagnostic)> {
    let first = content.split_whitespace().next()?;
    let start = content.len() - content.trim_start().len();
    let advice = meant_by(first)?;
    let whole = ["let", "with"].iter().all(|word| !first.eq_ignore_ascii_case(word));
    let message = if whole { "does not begin a query" } else { "is not whole here" };
    let message = format!("`{first}` {message}");
    let problem = Diagnostic::new("unexpected", message).help(advice);
    Some((start..start + first.len(), problem))
}

/// A name with `=` behind it, and no `let` before.
fn assignment(content: &str, rest: &str) -> Option<Diagnostic> {
    let (name, _) = content.split_once('=')?;
    let single = rest.starts_with('=') && name.split_whitespace().count() == 1;
    let problem = || Diagnostic::new("unexpected", "a set is named by `let`");
    single.then(|| problem().help(format!("write `let {} = …`", name.trim())))
}

/// An operator at the end, or a pipe before what is no stage.
fn nothing_behind(rest: &str) -> Option<Diagnostic> {
    let sign = rest.chars().next().filter(|sign| "&|+-".contains(*sign))?;
    let behind = rest[1..].trim_start();
    if behind.is_empty() || behind.starts_with([')', ',']) {
        let message = format!("`{sign}` needs something behind it");
        return Some(Diagnostic::new("unexpected-end", message));
    }
    let problem = || Diagnostic::new("unexpected", "behind `|` or `then` comes a stage");
    let stages = "stages are `where`, `sort by`, `limit`, `select`, `count` and others";
    (sign == '|').then(|| problem().help(stages))
}

fn out_of_place(content: &str, at: usize) -> Diagnostic {
    let Some(character) = content[at..].chars().next() else {
        return Diagnostic::new("unexpected-end", "the query ends where a name should follow");
    };
    if "(),".contains(character) {
        let message = format!("`{character}` cannot stand here: a name or a verb is missing");
        return Diagnostic::new("unexpected", message);
    }
    if character == '-' && content[at + 1..].starts_with(|next: char| next.is_ascii_digit()) {
        let message = "a number here is 0 or more, without a sign";
        return Diagnostic::new("unexpected", message).help("leave the `-` out");
    }
    let name = serde_json::Value::from(run_around(content, at));
    Diagnostic::new("unexpected", format!("`{character}` cannot stand here")).help(format!(
        "a name with other characters than letters, digits, - _ . / goes in quotes: {name}"
    ))
}

/// Where the last `where` before a place stands.
fn last_where(content: &str, at: usize) -> Option<Range<usize>> {
    let words = Lexer::new(&content[..at]).filter(|lexeme| {
        lexeme.kind == LexemeKind::Word
            && content[lexeme.span.clone()].eq_ignore_ascii_case("where")
    });
    words.last().map(|word| word.span)
}

/// A `where` that no `then` opens.
fn bare_where(content: &str, at: usize) -> Option<(Range<usize>, Diagnostic)> {
    let word = last_where(content, at)?;
    let opener = content[..word.start].trim_end().to_ascii_lowercase();
    let problem = || Diagnostic::new("unexpected", "`where` stands here without `then`");
    let bare = !opener.ends_with('|') && !opener.ends_with("then");
    bare.then(|| (word, problem().help("stages come after `then`: `tools then where sources > 1`")))
}

/// A `where` with nothing behind it.
fn half_condition(content: &str, at: usize) -> Option<Diagnostic> {
    last_where(content, at)?;
    let problem = || Diagnostic::new("unexpected-end", "the condition ends before it is whole");
    let ends = content[at..].trim().is_empty();
    ends.then(|| problem().help("for example: where sources >= 2 and kind = tool"))
}

/// What is wrong behind a `where`, and where that begins.
fn in_condition(content: &str, at: usize) -> Option<(usize, &'static Foreign)> {
    last_where(content, at)?;
    // `==` and `=>` fail at their second sign.
    let second = content[..at].ends_with('=') && content[at..].starts_with(['=', '<', '>']);
    let from = if second { at - 1 } else { at };
    Some((from, condition_sign_at(&content[from..])?))
}

/// The run of characters around a place that was probably meant as one name.
fn run_around(content: &str, at: usize) -> &str {
    let ends = |c: char| c.is_whitespace() || "(),\"'".contains(c);
    let start = content[..at].rfind(ends).map_or(0, |end| end + 1);
    // What ends a run may be a character of several bytes.
    let start = (start..=at).find(|start| content.is_char_boundary(*start)).unwrap_or(at);
    let end = content[at..].find(ends).map_or(content.len(), |length| at + length);
    &content[start..end]
}

/// Adds the advice for arrows that the shell took.
pub(in crate::query) fn shell_hint(problem: Diagnostic) -> Diagnostic {
    problem
        .help("the shell takes `>` for itself: write `to`, as in `path devops to llmops`")
        .help("or put the whole query in quotes: 'path devops -> llmops'")
}
