//! pest's pairs to a query.

use super::ast::{Change, FieldName, Item, Operator, Phrase, Query, Token};
use super::condition;
use super::mistakes::unexpected;
use super::statements::Statement;
use crate::diagnostic::Diagnostic;
use pest::Parser;
use pest::error::InputLocation;
use pest::iterators::Pair;
use std::ops::Range;

#[derive(pest_derive::Parser)]
#[grammar = "grammar/query.pest"]
struct Grammar;

pub(super) type Node<'t> = Pair<'t, Rule>;

/// Reads a whole statement.
pub(super) fn statement(statement: &Statement) -> Result<Query, Diagnostic> {
    let pairs = Grammar::parse(Rule::statement, statement.content()).map_err(|error| {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        unexpected(statement, at)
    })?;
    let mut name = None;
    for part in pairs.into_iter().next().into_iter().flat_map(Pair::into_inner) {
        match part.as_rule() {
            Rule::binding => {
                let word = part.into_inner().find(|word| word.as_rule() == Rule::word);
                name = word.map(|word| item(statement, word)).transpose()?.flatten();
            }
            Rule::query => return Ok(Query { name, ..query(statement, part)? }),
            _ => {}
        }
    }
    Err(unexpected(statement, 0))
}

fn query(statement: &Statement, pair: Node<'_>) -> Result<Query, Diagnostic> {
    let mut changes = Vec::new();
    let (mut phrases, mut operators) = (Vec::new(), Vec::new());
    let mut stages = Vec::new();
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::what_if => {
                let listed = part.into_inner().filter(|part| part.as_rule() == Rule::change);
                for part in listed {
                    changes.push(change(statement, part)?);
                }
            }
            Rule::sets => sets(statement, part, &mut phrases, &mut operators)?,
            Rule::stage => stages.push(phrase(statement, part)?),
            Rule::filter => stages.push(filter(statement, part)?),
            _ => {}
        }
    }
    let mut phrases = phrases.into_iter();
    let Some(first) = phrases.next() else {
        return Err(unexpected(statement, 0));
    };
    let rest = operators.into_iter().zip(phrases).collect();
    Ok(Query { name: None, changes, first, rest, stages })
}

fn sets(
    statement: &Statement,
    pair: Node<'_>,
    phrases: &mut Vec<Phrase>,
    operators: &mut Vec<Operator>,
) -> Result<(), Diagnostic> {
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::union => operators.push(Operator::Union),
            Rule::except => operators.push(Operator::Except),
            _ => {
                for part in part.into_inner() {
                    match part.as_rule() {
                        Rule::intersect => operators.push(Operator::Intersect),
                        _ => phrases.push(phrase(statement, part)?),
                    }
                }
            }
        }
    }
    Ok(())
}

fn phrase(statement: &Statement, pair: Node<'_>) -> Result<Phrase, Diagnostic> {
    let mut items = Vec::new();
    for part in pair.into_inner() {
        items.extend(item(statement, part)?);
    }
    Ok(Phrase { items })
}

fn filter(statement: &Statement, pair: Node<'_>) -> Result<Phrase, Diagnostic> {
    let mut items = Vec::new();
    for part in pair.into_inner() {
        let whole = span(&part);
        // The grammar's condition takes what blanks and comments stand behind it; its place does not.
        let (token, span) = match part.as_rule() {
            Rule::condition => {
                let condition = condition::build(statement, part)?;
                let end = condition.span.end;
                (Token::Condition(Box::new(condition)), whole.start..end.max(whole.start))
            }
            _ => (Token::Word(part.as_str().to_owned()), whole),
        };
        items.push(Item { token, span });
    }
    Ok(Phrase { items })
}

fn change(statement: &Statement, pair: Node<'_>) -> Result<Change, Diagnostic> {
    let span = span(&pair);
    let mut change = Change { adds: false, items: Vec::new(), span };
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::sign => change.adds = part.as_str() == "+",
            _ => change.items.extend(item(statement, part)?),
        }
    }
    Ok(change)
}

fn item(statement: &Statement, part: Node<'_>) -> Result<Option<Item>, Diagnostic> {
    let span = span(&part);
    let token = match part.as_rule() {
        Rule::word => Token::Word(part.as_str().to_owned()),
        Rule::arrow => Token::Arrow,
        Rule::comma => Token::Comma,
        Rule::variable => Token::Variable(part.as_str()[1..].to_owned()),
        Rule::quoted => Token::Quoted(unquoted(statement, part.as_str(), &span)?),
        Rule::field => Token::Field(field(part.as_str())),
        Rule::group => match part.into_inner().next() {
            Some(inner) => Token::Group(Box::new(query(statement, inner)?)),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(Some(Item { token, span }))
}

pub(super) fn span(pair: &Node<'_>) -> Range<usize> {
    pair.as_span().start()..pair.as_span().end()
}

pub(super) fn field(written: &str) -> FieldName {
    let name = written.strip_prefix('?');
    let optional = name.is_some();
    FieldName { name: name.unwrap_or(written).trim_matches('`').to_owned(), optional }
}

/// The text of a quoted name: JSON escapes in `"…"`, none in `'…'`.
pub(super) fn unquoted(
    statement: &Statement,
    raw: &str,
    span: &Range<usize>,
) -> Result<String, Diagnostic> {
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
