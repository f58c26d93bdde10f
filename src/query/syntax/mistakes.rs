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
    let sign = || in_condition(content, at).or_else(|| lookalike(rest).map(|row| (at, row)));
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

/// A sign or word of other languages.
struct Sign {
    wrong: &'static str,
    /// What stands there here, if that is one thing.
    right: &'static str,
    /// How that is said here, where there is more to say.
    help: &'static str,
}

const fn sign(wrong: &'static str, right: &'static str, help: &'static str) -> Sign {
    Sign { wrong, right, help }
}

impl Sign {
    fn problem(&self) -> Diagnostic {
        let message = format!("`{}` is not part of the language", self.wrong.trim());
        let problem = Diagnostic::new("unexpected", message);
        let right = Some(self.right).filter(|right| !right.is_empty());
        let problem = problem.instead(right);
        if self.help.is_empty() { problem } else { problem.help(format!("write {}", self.help)) }
    }
}

fn lookalike(rest: &str) -> Option<&'static Sign> {
    LOOKALIKES.iter().find(|sign| rest.starts_with(sign.wrong))
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

/// A `where` with nothing behind it.
fn half_condition(content: &str, at: usize) -> Option<Diagnostic> {
    last_where(content, at)?;
    let problem = || Diagnostic::new("unexpected-end", "the condition ends before it is whole");
    let ends = content[at..].trim().is_empty();
    ends.then(|| problem().help("for example: where sources >= 2 and kind = tool"))
}

/// What is wrong behind a `where`, and where that begins.
fn in_condition(content: &str, at: usize) -> Option<(usize, &'static Sign)> {
    last_where(content, at)?;
    // `==` and `=>` fail at their second sign.
    let second = content[..at].ends_with('=') && content[at..].starts_with(['=', '<', '>']);
    let from = if second { at - 1 } else { at };
    let starts = |sign: &&Sign| {
        let start = content[from..].get(..sign.wrong.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(sign.wrong))
    };
    Some((from, IN_CONDITIONS.iter().find(starts)?))
}

/// What people of other languages type in conditions.
const IN_CONDITIONS: [Sign; 19] = [
    sign("=>", ">=", ""),
    sign("=<", "<=", ""),
    sign("==", "=", ""),
    sign("!=", "<>", ""),
    sign("=~", "contains", "`contains`, `starts with` or `ends with`"),
    sign("~", "contains", "`contains`, `starts with` or `ends with`"),
    sign("like", "", "`contains`, `starts with` or `ends with`"),
    sign("matches", "contains", "`contains`, `starts with` or `ends with`"),
    sign("has", "contains", "`contains`, or `=` for one of several values"),
    sign("&&", "and", ""),
    sign("||", "or", ""),
    sign("!", "not ", ""),
    sign("[", "", "a list in parentheses: kind in (tool, skill)"),
    sign("between", "", "two comparisons: sources >= 1 and sources <= 5"),
    sign("exists", "is not null", ""),
    sign("(", "", "a comparison: there are no functions"),
    sign("in", "", "texts as name contains \"kube\", lists as kind in (tool, skill)"),
    sign(")", "", "a value before this bracket"),
    sign("$", "", "the value itself"),
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
const LOOKALIKES: [Sign; 22] = [
    sign("“", "", "straight quotes: \"Argo CD\""),
    sign("‘", "", "straight quotes: 'Argo CD'"),
    sign("=>", "->", ""),
    sign("∪", "+", ""),
    sign("∩", "&", ""),
    sign("→", "->", ""),
    sign("—>", "->", ""),
    sign("–>", "->", ""),
    sign("-->", "->", ""),
    sign(">", "->", "`->` or `to` between names; comparisons behind `then where`"),
    sign("&&", "&", ""),
    sign("||", "+", ""),
    sign(";", "", "one query at a time here; `-c` and `-f` take several"),
    sign("#", "//", "comments behind `//`, and names with # in quotes"),
    sign("--", "//", "comments behind `//`"),
    sign("==", "", "a condition behind `then where`, with one `=`"),
    sign("=", "", "a condition behind `then where`: tools then where sources = 2"),
    sign("!", " except ", "`except` for what is left out: tools except docker"),
    sign("<", "", "a condition behind `then where`: tools then where sources < 2"),
    sign("*", "nodes", ""),
    sign("$", "@", "a named set as @name: let name = prereqs llmops"),
    sign("{", "", "queries inside queries in parentheses: ( … )"),
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
        "what one must know before: prereqs X",
    ),
    (&["rdeps", "dependents", "enables", "opens", "after"], "what it opens: unlocks X"),
    (&["from", "route", "way", "somepath", "go"], "a way: path A -> B"),
    (&["allpaths", "ways", "routes"], "several ways: paths A -> B"),
    (&["shortest"], "the shortest way: path A -> B shortest"),
    (&["search", "grep", "lookup"], "to search: find TEXT"),
    (&["describe", "info", "get", "display", "about", "print"], "one node's card: show X"),
    (&["list", "all", "every"], "all of a kind is the kind alone: `tools`"),
    (&["neighbors", "neighbours", "around"], "the neighbourhood: near X"),
    (&["diff", "difference", "differences", "versus"], "to compare: compare A, B"),
    (&["learn", "become", "study", "how"], "what to learn, in order: plan X, or prereqs X"),
    (
        &["what", "which", "who", "where", "tell", "give"],
        "questions begin with a verb: prereqs X, unlocks X, tools of X, find TEXT",
    ),
    (
        &["select"],
        "a query begins with what it is about: `tools then where sources >= 2 then select name`",
    ),
    (&["match", "return"], "there is no `match` yet; edges are followed by path A -> B and near X"),
    (&["count"], "to count is a stage: `tools then count`"),
    (
        &["create", "add", "insert", "delete", "update", "set", "merge"],
        "graphs are changed in their files; to try a change: with { +A relation B } QUERY",
    ),
    (&["distinct", "unique"], "a set holds each node once"),
    (&["help", "quit", "exit"], "on the command line: --help; at the prompt: .help and .quit"),
    (&["let"], "a set is named by let NAME = QUERY"),
    (&["with"], "a changed graph is asked by with { -A; +B relation C } QUERY"),
];

/// Adds the advice for arrows that the shell took.
pub(in crate::query) fn shell_hint(problem: Diagnostic) -> Diagnostic {
    problem
        .help("the shell takes `>` for itself: write `to`, as in `path devops to llmops`")
        .help("or put the whole query in quotes: 'path devops -> llmops'")
}
