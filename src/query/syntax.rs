//! Text to shape. The only file that knows pest; no name is looked up here.

use super::scan::{Mark, Scan};
use crate::diagnostic::{Diagnostic, Place, Text};
use pest::Parser;
use pest::error::InputLocation;
use pest::iterators::Pair;
use std::ops::Range;
use std::sync::Arc;

/// How many brackets may nest; the same in every build.
pub const NESTING_LIMIT: usize = 128;
/// How long a statement may be, in bytes.
pub const LENGTH_LIMIT: usize = 1 << 20;

#[derive(pest_derive::Parser)]
#[grammar = "grammar/query.pest"]
struct Grammar;

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
    pub(super) fn part(text: &Arc<Text>, span: Range<usize>) -> Self {
        Self { text: Arc::clone(text), span }
    }

    /// The statement as typed, without blanks around.
    #[must_use]
    pub fn as_typed(&self) -> &str {
        self.content().trim()
    }

    fn content(&self) -> &str {
        &self.text.content[self.span.clone()]
    }

    /// The place of a stretch of the statement.
    #[must_use]
    pub fn place(&self, span: &Range<usize>) -> Place {
        let start = self.span.start;
        Place::new(&self.text, start + span.start..start + span.end)
    }
}

/// A query: sets, then stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The first phrase.
    pub first: Phrase,
    /// What is combined with it, each operator with its level and operand, in order.
    pub rest: Vec<(Operator, Phrase)>,
    /// The stages after it.
    pub stages: Vec<Phrase>,
}

/// What combines two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Either.
    Union,
    /// The left without the right.
    Except,
    /// Both. Binds tighter than the others.
    Intersect,
}

/// A run of items: a verb with its arguments, or an operand alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The items; at least one.
    pub items: Vec<Item>,
}

impl Phrase {
    /// From the first item to the last.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        span_of(&self.items)
    }
}

/// From the first item to the last.
pub(super) fn span_of(items: &[Item]) -> Range<usize> {
    match (items.first(), items.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => 0..0,
    }
}

/// A piece of a phrase with its place in the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub token: Token,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What an item can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word: part of a name, a verb, a kind, an option, a number.
    Word(String),
    /// A name in quotes, unescaped.
    Quoted(String),
    /// `->`
    Arrow,
    /// `,`
    Comma,
    /// A query in parentheses.
    Group(Box<Query>),
}

impl Item {
    /// Is it this word, whatever its letter case?
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(own) if own.eq_ignore_ascii_case(word))
    }
}

/// Parses one statement. Linear in its length.
///
/// # Errors
/// Where the text stops being a query, and what could stand there.
pub fn parse(statement: &Statement) -> Result<Query, Diagnostic> {
    let content = statement.content();
    measure(statement)?;
    let pairs = Grammar::parse(Rule::statement, content).map_err(|error| {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        unexpected(statement, at)
    })?;
    let query = pairs.into_iter().next().into_iter().flat_map(Pair::into_inner);
    let query = query.into_iter().find(|pair| pair.as_rule() == Rule::query);
    match query {
        Some(pair) => build_query(statement, pair),
        None => Err(unexpected(statement, 0)),
    }
}

fn build_query(statement: &Statement, pair: Pair<'_, Rule>) -> Result<Query, Diagnostic> {
    let mut phrases = Vec::new();
    let mut operators = Vec::new();
    let mut stages = Vec::new();
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::sets => {
                for meet in part.into_inner() {
                    match meet.as_rule() {
                        Rule::union => operators.push(Operator::Union),
                        Rule::except => operators.push(Operator::Except),
                        _ => {
                            for phrase in meet.into_inner() {
                                match phrase.as_rule() {
                                    Rule::intersect => operators.push(Operator::Intersect),
                                    _ => phrases.push(build_phrase(statement, phrase)?),
                                }
                            }
                        }
                    }
                }
            }
            Rule::stage => stages.push(build_phrase(statement, part)?),
            _ => {}
        }
    }
    let mut phrases = phrases.into_iter();
    let Some(first) = phrases.next() else {
        return Err(unexpected(statement, 0));
    };
    Ok(Query { first, rest: operators.into_iter().zip(phrases).collect(), stages })
}

fn build_phrase(statement: &Statement, pair: Pair<'_, Rule>) -> Result<Phrase, Diagnostic> {
    let mut items = Vec::new();
    for part in pair.into_inner() {
        let span = part.as_span().start()..part.as_span().end();
        let token = match part.as_rule() {
            Rule::word => Token::Word(part.as_str().to_owned()),
            Rule::arrow => Token::Arrow,
            Rule::comma => Token::Comma,
            Rule::quoted => Token::Quoted(unquoted(statement, part.as_str(), &span)?),
            Rule::group => match part.into_inner().next() {
                Some(query) => Token::Group(Box::new(build_query(statement, query)?)),
                None => continue,
            },
            _ => continue,
        };
        items.push(Item { token, span });
    }
    Ok(Phrase { items })
}

/// The text of a quoted name: JSON escapes in `"…"`, none in `'…'`.
fn unquoted(statement: &Statement, raw: &str, span: &Range<usize>) -> Result<String, Diagnostic> {
    if raw.starts_with('\'') {
        return Ok(raw[1..raw.len() - 1].to_owned());
    }
    let mut json = String::with_capacity(raw.len());
    for character in raw.chars() {
        match character {
            '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", character as u32)),
            _ => json.push(character),
        }
    }
    serde_json::from_str(&json).map_err(|_| {
        Diagnostic::new(
            "bad-escape",
            "a backslash in \"…\" must begin a JSON escape such as \\\" or \\n",
        )
        .at(statement.place(span))
        .help("write \\\\ for a backslash, or use '…', which takes no escapes")
    })
}

/// Checks length, quotes, comments and brackets before the parser sees the text.
fn measure(statement: &Statement) -> Result<(), Diagnostic> {
    let content = statement.content();
    let error = |code, at: usize, message: &str| {
        let width = content[at..].chars().next().map_or(0, char::len_utf8);
        Diagnostic::new(code, message).at(statement.place(&(at..at + width)))
    };
    if content.len() > LENGTH_LIMIT {
        let message =
            format!("a query may have {LENGTH_LIMIT} bytes, this one has {}", content.len());
        return Err(Diagnostic::new("too-long", message));
    }
    let mut scan = Scan::new(content);
    let mut open = Vec::new();
    let mut anything = false;
    while let Some((at, mark)) = scan.next_mark() {
        anything = true;
        match mark {
            Mark::Open => open.push(at),
            Mark::Close if open.pop().is_none() => {
                return Err(error("unmatched-bracket", at, "this bracket closes nothing"));
            }
            Mark::Unclosed("comment") => {
                return Err(error("unclosed-comment", at, "this comment has no end")
                    .help("comments are `// to the end of the line` and `/* … */`"));
            }
            Mark::Unclosed(_) => {
                return Err(error("unclosed-quote", at, "this quote is never closed")
                    .help("quotes go around a name: \"Argo CD\" or 'Argo CD'"));
            }
            _ => {}
        }
        if open.len() > NESTING_LIMIT {
            let message = format!("brackets may nest {NESTING_LIMIT} levels deep, not more");
            return Err(error("too-deep", at, &message));
        }
    }
    if let Some(at) = open.last() {
        return Err(error("unmatched-bracket", *at, "this bracket is never closed"));
    }
    if !anything {
        return Err(Diagnostic::new("empty-query", "there is no query here")
            .help("try `path devops -> llmops` or `prereqs llmops`"));
    }
    Ok(())
}

/// What to say of the place where the parser gave up.
fn unexpected(statement: &Statement, at: usize) -> Diagnostic {
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
pub(super) fn shell_hint(problem: Diagnostic) -> Diagnostic {
    problem
        .help("the shell takes `>` for itself: write `to`, as in `path devops to llmops`")
        .help("or put the whole query in quotes: 'path devops -> llmops'")
}
