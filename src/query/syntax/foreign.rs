//! What people of other languages type, and how it is written here: one table, by where it stands.

use crate::diagnostic::Diagnostic;

/// A sign or word of other languages.
pub(super) struct Foreign {
    pub(super) wrong: &'static str,
    /// What stands there here, if that is one thing.
    right: &'static str,
    /// How that is said here, where there is more to say.
    help: &'static str,
}

const fn sign(wrong: &'static str, right: &'static str, help: &'static str) -> Foreign {
    Foreign { wrong, right, help }
}

impl Foreign {
    pub(super) fn problem(&self) -> Diagnostic {
        let message = format!("`{}` is not part of the language", self.wrong.trim());
        let problem = Diagnostic::new("unexpected", message);
        let problem = match self.right {
            "" => problem,
            right => problem.instead(right.split('|')),
        };
        if self.help.is_empty() { problem } else { problem.help(format!("write {}", self.help)) }
    }
}

/// A flag as programs take it, inside a query.
const FLAG: Foreign = sign(
    "--",
    "|then ",
    "flags outside of the query: opsatlas FLAGS \"plan mlops\"; options of a query without dashes: depth 2",
);

/// The row of a sign between names.
pub(super) fn sign_at(rest: &str) -> Option<&'static Foreign> {
    let is_flag = |name: &str| name.starts_with(|first: char| first.is_ascii_alphabetic());
    if rest.strip_prefix("--").is_some_and(is_flag) {
        return Some(&FLAG);
    }
    SIGNS.iter().find(|sign| rest.starts_with(sign.wrong))
}

/// The row of a sign or word in a condition.
pub(super) fn condition_sign_at(rest: &str) -> Option<&'static Foreign> {
    let starts = |sign: &&Foreign| {
        let start = rest.get(..sign.wrong.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(sign.wrong))
    };
    IN_CONDITIONS.iter().find(starts)
}

/// What is meant by the first word of a question that other languages ask.
pub(in crate::query) fn meant_by(word: &str) -> Option<&'static str> {
    let row = FIRST_WORDS
        .iter()
        .find(|(words, _)| words.iter().any(|known| known.eq_ignore_ascii_case(word)));
    row.map(|(_, advice)| *advice)
}

/// The stage that other languages call `word`.
pub(in crate::query) fn stage_called(word: &str) -> Option<&'static str> {
    OTHER_STAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, stage)| *stage)
}

/// Signs between names.
const SIGNS: [Foreign; 22] = [
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
    sign("=", " ", "a condition behind `then where`: tools then where sources = 2"),
    sign("!", " except ", "`except` for what is left out: tools except docker"),
    sign("<", "", "a condition behind `then where`: tools then where sources < 2"),
    sign("*", "nodes", ""),
    sign("$", "@", "a named set as @name: let name = prereqs llmops"),
    sign("{", "", "queries inside queries in parentheses: ( … )"),
];

/// Signs and words in conditions.
const IN_CONDITIONS: [Foreign; 19] = [
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
    (&["help", "quit", "exit"], ".help and .quit, at the prompt"),
    (&["let"], "a set is named by let NAME = QUERY"),
    (&["with"], "a changed graph is asked by with { -A; +B relation C } QUERY"),
];

/// Stages under the names that other languages give them.
const OTHER_STAGES: &[(&str, &str)] = &[
    ("order", "sort by FIELD"),
    ("orderby", "sort by FIELD"),
    ("sort_by", "sort by FIELD"),
    ("filter", "where CONDITION"),
    ("having", "where CONDITION"),
    ("top", "limit N"),
    ("head", "limit N"),
    ("first", "limit N"),
    ("take", "limit N"),
    ("skip", "offset N"),
    ("length", "count"),
    ("fields", "select FIELD, …"),
    ("map", "select FIELD, …"),
    ("project", "select FIELD, …"),
    ("columns", "select FIELD, …"),
    ("reverse", "sort by FIELD desc"),
];
