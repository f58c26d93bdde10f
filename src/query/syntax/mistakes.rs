//! What to say where a text stops being a query.

use super::Statement;
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
    let known = bare_end(content, rest)
        .or_else(|| in_condition(content, at))
        .or_else(|| assignment(content, rest))
        .or_else(|| lookalike(rest))
        .or_else(|| nothing_behind(rest));
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

fn lookalike(rest: &str) -> Option<Diagnostic> {
    let (wrong, right) = LOOKALIKES.iter().find(|(wrong, _)| rest.starts_with(wrong))?;
    let message = format!("`{wrong}` is not part of the language");
    Some(Diagnostic::new("unexpected", message).help(format!("write {right}")))
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
    let name = serde_json::Value::from(run_around(content, at));
    Diagnostic::new("unexpected", format!("`{character}` cannot stand here")).help(format!(
        "a name with other characters than letters, digits, - _ . / goes in quotes: {name}"
    ))
}

/// Where the last `where` before a place stands.
fn last_where(content: &str, at: usize) -> Option<Range<usize>> {
    let before = content[..at].to_ascii_lowercase();
    let word = before.rfind("where").filter(|word| {
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        apart(before[..*word].chars().last()) && apart(before[*word + 5..].chars().next())
    })?;
    Some(word..word + 5)
}

/// A `where` that no `then` opens.
fn bare_where(content: &str, at: usize) -> Option<(Range<usize>, Diagnostic)> {
    let word = last_where(content, at)?;
    let opener = content[..word.start].trim_end().to_ascii_lowercase();
    let problem = || Diagnostic::new("unexpected", "`where` stands here without `then`");
    let bare = !opener.ends_with('|') && !opener.ends_with("then");
    bare.then(|| (word, problem().help("stages come after `then`: `tools then where sources > 1`")))
}

/// What is wrong behind a `where`.
fn in_condition(content: &str, at: usize) -> Option<Diagnostic> {
    last_where(content, at)?;
    let rest = &content[at..];
    if rest.trim().is_empty() {
        let problem = Diagnostic::new("unexpected-end", "the condition ends before it is whole");
        return Some(problem.help("for example `where sources >= 2 and kind = tool`"));
    }
    // `==` fails at its second sign.
    let from = if content[..at].ends_with('=') && rest.starts_with('=') { at - 1 } else { at };
    let row = IN_CONDITIONS.iter().find(|(wrong, _)| {
        content[from..].get(..wrong.len()).is_some_and(|start| start.eq_ignore_ascii_case(wrong))
    });
    let (wrong, right) = row?;
    let problem = Diagnostic::new("unexpected", format!("`{wrong}` is not part of the language"));
    Some(problem.help(format!("write {right}")))
}

/// What people of other languages type in conditions.
const IN_CONDITIONS: [(&str, &str); 17] = [
    ("==", "`=`: hours = 3"),
    ("!=", "`<>`: kind <> tool"),
    ("=~", "`contains`, `starts with` or `ends with`"),
    ("~", "`contains`, `starts with` or `ends with`"),
    ("like", "`contains`, `starts with` or `ends with`"),
    ("matches", "`contains`, `starts with` or `ends with`"),
    ("has", "`contains`, or `=` for one of several values"),
    ("&&", "`and`"),
    ("||", "`or`"),
    ("!", "`not`"),
    ("[", "a list in parentheses: kind in (tool, skill)"),
    ("between", "`a >= 1 and a <= 5`"),
    ("exists", "`field is not null`"),
    ("(", "a comparison: there are no functions"),
    ("in", "texts as `name contains \"kube\"`, lists as `kind in (tool, skill)`"),
    (")", "a value before this bracket"),
    ("$", "the value itself"),
];

/// The run of characters around a place that was probably meant as one name.
fn run_around(content: &str, at: usize) -> &str {
    let ends = |c: char| c.is_whitespace() || "(),\"'".contains(c);
    let start = content[..at].rfind(ends).map_or(0, |end| end + 1);
    let start = (start..=at).find(|start| content.is_char_boundary(*start)).unwrap_or(at);
    let end = content[at..].find(ends).map_or(content.len(), |length| at + length);
    &content[start..end]
}

/// What people of other languages type, and how it is written here.
const LOOKALIKES: [(&str, &str); 22] = [
    ("“", "straight quotes: \"Argo CD\""),
    ("‘", "straight quotes: 'Argo CD'"),
    ("=>", "`->` or `to`"),
    ("∪", "`+` or `union`"),
    ("∩", "`&` or `intersect`"),
    ("→", "`->` or `to`"),
    ("—>", "`->` or `to`"),
    ("–>", "`->` or `to`"),
    ("-->", "`->` or `to`"),
    (">", "`->` or `to` between names; comparisons behind `then where`"),
    ("&&", "`&` or `intersect`"),
    ("||", "`+` or `union`"),
    (";", "one query at a time here; `-c` and `-f` take several"),
    ("#", "comments as `// …`, and names with # in quotes"),
    ("--", "comments as `// …`"),
    ("==", "a condition behind `then where`, with one `=`"),
    ("=", "a condition behind `then where`: tools then where sources = 2"),
    ("!", "`except` for what is left out: tools except docker"),
    ("<", "a condition behind `then where`: tools then where sources < 2"),
    ("*", "`nodes` for everything"),
    ("$", "a named set as @name: let name = prereqs llmops"),
    ("{", "queries inside queries in parentheses: ( … )"),
];

/// What is meant by the first word of a question that other languages ask.
pub(in crate::query) fn meant_by(word: &str) -> Option<&'static str> {
    let row = FIRST_WORDS
        .iter()
        .find(|(words, _)| words.iter().any(|known| known.eq_ignore_ascii_case(word)));
    row.map(|(_, advice)| *advice)
}

/// Words that other languages, and plain English, begin a question with; and what is meant.
const FIRST_WORDS: &[(&[&str], &str)] = &[
    (
        &[
            "prerequisites",
            "prerequisite",
            "requirements",
            "requires",
            "needs",
            "deps",
            "dependencies",
            "before",
        ],
        "what one must know before is `prereqs X`",
    ),
    (&["rdeps", "dependents", "enables", "opens", "after"], "what it opens is `unlocks X`"),
    (&["from", "route", "way", "somepath", "go"], "a way is `path A -> B`"),
    (&["allpaths", "ways", "routes"], "several ways are `paths A -> B`"),
    (&["shortest"], "the shortest way is `path A -> B shortest`"),
    (&["search", "grep", "lookup"], "to search is `find TEXT`"),
    (&["describe", "info", "get", "display", "about", "print"], "one node's card is `show X`"),
    (&["list", "all", "every"], "all of a kind is the kind alone: `tools`"),
    (&["neighbors", "neighbours", "around"], "the neighbourhood is `near X`"),
    (&["diff", "difference", "differences", "versus"], "to compare is `compare A, B`"),
    (&["learn", "become", "study", "how"], "what to learn, in order, is `plan X` or `prereqs X`"),
    (
        &["what", "which", "who", "where", "tell", "give"],
        "questions begin with a verb: `prereqs X`, `unlocks X`, `tools of X`, `find TEXT`",
    ),
    (
        &["select"],
        "a query begins with what it is about: `tools then where sources >= 2 then select name`",
    ),
    (&["match", "return"], "`match` is not there yet; `path A -> B` and `near X` follow edges"),
    (&["count"], "to count is a stage: `tools then count`"),
    (
        &["create", "add", "insert", "delete", "update", "set", "merge"],
        "graphs are changed in their files; to try a change: `with { +A relation B } QUERY`",
    ),
    (&["distinct", "unique"], "a set holds each node once"),
    (&["help", "quit", "exit"], "`--help` on the command line, `.help` and `.quit` at the prompt"),
    (&["let"], "a set is named by `let NAME = QUERY`"),
    (&["with"], "a changed graph is asked by `with { -A; +B relation C } QUERY`"),
];

/// Adds the advice for arrows that the shell took.
pub(in crate::query) fn shell_hint(problem: Diagnostic) -> Diagnostic {
    problem
        .help("the shell takes `>` for itself: write `to`, as in `path devops to llmops`")
        .help("or put the whole query in quotes: 'path devops -> llmops'")
}
