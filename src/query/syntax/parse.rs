//! Statements to queries: what the grammar found, as the tree that is bound.

use super::ast::{Change, Item, Phrase, Query, SetOperator, Token};
use super::grammar::{Grammar, Rule, RuleMatch, field, span, unquoted};
use super::limits::checked_lexemes;
use super::mistakes::unexpected;
use super::statements::Statement;
use super::{condition, plain};
use crate::diagnostic::Diagnostic;
use pest::Parser;
use pest::error::InputLocation;
use pest::iterators::Pair;

/// What the last answer that had nodes is called.
pub(crate) const LAST: &str = "last";

/// Parses one statement. Linear in its length.
///
/// # Errors
/// Where the text stops being a query, and what could stand there.
pub fn parse(statement: &Statement) -> Result<Query, Diagnostic> {
    let lexemes = checked_lexemes(statement)?;
    // Most statements are one plain phrase, for which no grammar is needed.
    if let Some(query) = plain::query(statement.content(), &lexemes) {
        return Ok(query);
    }
    let pairs = Grammar::parse(Rule::statement, statement.content()).map_err(|error| {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        unexpected(statement, at)
    })?;
    let mut name = None;
    for part in pairs.flat_map(Pair::into_inner) {
        match part.as_rule() {
            Rule::word => name = item(statement, part)?,
            Rule::query | Rule::onward => return Ok(Query { name, ..query(statement, part)? }),
            _ => {}
        }
    }
    Err(unexpected(statement, 0))
}

fn query(statement: &Statement, pair: RuleMatch<'_>) -> Result<Query, Diagnostic> {
    let (mut changes, mut phrases) = (Vec::new(), Vec::new());
    let (mut operators, mut stages) = (Vec::new(), Vec::new());
    if pair.as_rule() == Rule::onward {
        phrases.push(last_answer(&pair));
    }
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::change => changes.push(change(statement, part)?),
            Rule::phrase => phrases.push(phrase(statement, part)?),
            Rule::union => operators.push(SetOperator::Union),
            Rule::except => operators.push(SetOperator::Except),
            Rule::intersect => operators.push(SetOperator::Intersect),
            Rule::stage => stages.push(phrase(statement, part)?),
            Rule::filter => stages.push(filter(statement, part)?),
            _ => {}
        }
    }
    let mut phrases = phrases.into_iter();
    let first = phrases.next().ok_or_else(|| unexpected(statement, 0))?;
    let rest = operators.into_iter().zip(phrases).collect();
    Ok(Query { name: None, changes, first, rest, stages })
}

/// What stages alone go on from.
fn last_answer(pair: &RuleMatch<'_>) -> Phrase {
    let start = pair.as_span().start();
    let end = start + if pair.as_str().starts_with('|') { 1 } else { "then".len() };
    Phrase { items: vec![Item { token: Token::Variable(LAST.to_owned()), span: start..end }] }
}

fn phrase(statement: &Statement, pair: RuleMatch<'_>) -> Result<Phrase, Diagnostic> {
    let items = pair.into_inner().filter_map(|part| item(statement, part).transpose());
    Ok(Phrase { items: items.collect::<Result<_, _>>()? })
}

fn filter(statement: &Statement, pair: RuleMatch<'_>) -> Result<Phrase, Diagnostic> {
    let mut items = Vec::new();
    for part in pair.into_inner() {
        let mut span = span(&part);
        let token = match part.as_rule() {
            Rule::condition => {
                let condition = condition::read(statement, part)?;
                // The rule takes what blanks and comments stand behind it; its place does not.
                span.end = condition.span.end.max(span.start);
                Token::Condition(Box::new(condition))
            }
            _ => Token::Word(part.as_str().to_owned()),
        };
        items.push(Item { token, span });
    }
    Ok(Phrase { items })
}

fn change(statement: &Statement, pair: RuleMatch<'_>) -> Result<Change, Diagnostic> {
    let mut change = Change { adds: false, items: Vec::new(), span: span(&pair) };
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::sign => change.adds = part.as_str() == "+",
            _ => change.items.extend(item(statement, part)?),
        }
    }
    Ok(change)
}

fn item(statement: &Statement, part: RuleMatch<'_>) -> Result<Option<Item>, Diagnostic> {
    let span = span(&part);
    let token = match part.as_rule() {
        Rule::word => Token::Word(part.as_str().to_owned()),
        Rule::arrow => Token::Arrow,
        Rule::comma => Token::Comma,
        Rule::variable => Token::Variable(part.as_str()[1..].to_owned()),
        Rule::quoted => Token::Quoted(unquoted(statement, &part)?),
        Rule::field => Token::Field(field(part.as_str())),
        Rule::group => match part.into_inner().next() {
            Some(inner) => Token::Group(Box::new(query(statement, inner)?)),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(Some(Item { token, span }))
}
