//! Conditions: what stands behind `where`.

use super::ast::{Arithmetic, Comparison, Condition, Expression};
use super::parse::{Node, Rule, field, span, unquoted};
use super::statements::Statement;
use crate::diagnostic::Diagnostic;
use serde_json::{Number, Value};
use std::ops::Range;
use std::str::FromStr;

type Built = Result<Condition, Diagnostic>;

/// A piece of a condition: an operand that is built, or what stands between operands.
enum Piece<'t> {
    Built(Condition),
    Sign(Node<'t>),
}

impl Piece<'_> {
    fn is(&self, rule: Rule) -> bool {
        matches!(self, Self::Sign(pair) if pair.as_rule() == rule)
    }

    fn span(&self) -> Range<usize> {
        match self {
            Self::Built(condition) => condition.span.clone(),
            Self::Sign(pair) => span(pair),
        }
    }
}

/// Reads a condition. Recursion is as deep as brackets nest.
pub(super) fn build(statement: &Statement, pair: Node<'_>) -> Built {
    let mut pieces = Vec::new();
    for part in pair.into_inner() {
        pieces.push(match part.as_rule() {
            Rule::nested => {
                let inner = part.into_inner().next();
                Piece::Built(inner.map_or_else(|| Ok(null(0..0)), |inner| build(statement, inner))?)
            }
            Rule::number
            | Rule::truth
            | Rule::quoted
            | Rule::field
            | Rule::name
            | Rule::null_word => Piece::Built(literal(statement, &part)?),
            _ => Piece::Sign(part),
        });
    }
    joined(&pieces, Rule::or_word, Expression::Any, &|pieces| {
        joined(pieces, Rule::and_word, Expression::All, &|pieces| test(statement, pieces))
    })
}

fn null(span: Range<usize>) -> Condition {
    Condition { expression: Expression::Literal(Value::Null), span }
}

fn literal(statement: &Statement, pair: &Node<'_>) -> Built {
    let (written, place) = (pair.as_str(), span(pair));
    let expression = match pair.as_rule() {
        Rule::number => Expression::Literal(number(written)),
        Rule::truth => Expression::Literal(written.eq_ignore_ascii_case("true").into()),
        Rule::quoted => Expression::Literal(unquoted(statement, written, &place)?.into()),
        Rule::field | Rule::name => Expression::Field(field(written)),
        _ => Expression::Literal(Value::Null),
    };
    Ok(Condition { expression, span: place })
}

/// From the first piece to the last.
fn reach(pieces: &[Piece<'_>]) -> Range<usize> {
    match (pieces.first(), pieces.last()) {
        (Some(first), Some(last)) => first.span().start..last.span().end,
        _ => 0..0,
    }
}

/// The pieces between words of one rule: one as it is, several as a list.
fn joined(
    pieces: &[Piece<'_>],
    divider: Rule,
    listed: fn(Vec<Condition>) -> Expression,
    read: &dyn Fn(&[Piece<'_>]) -> Built,
) -> Built {
    let parts = pieces.split(|piece| piece.is(divider)).map(read);
    let mut parts = parts.collect::<Result<Vec<_>, _>>()?;
    match parts.len() {
        1 => Ok(parts.remove(0)),
        _ => Ok(Condition { expression: listed(parts), span: reach(pieces) }),
    }
}

/// `not … a = b`, `a in (…)`, `a is null`, or a value alone.
fn test(statement: &Statement, pieces: &[Piece<'_>]) -> Built {
    let place = reach(pieces);
    let mut negations = pieces.iter().take_while(|piece| piece.is(Rule::not_word)).count();
    let pieces = &pieces[negations..];
    let between = |piece: &Piece<'_>| {
        [Rule::compare, Rule::within, Rule::nullness].iter().any(|rule| piece.is(*rule))
    };
    let Some(at) = pieces.iter().position(between) else {
        return Ok(negated(total(pieces), negations, place));
    };
    let left = Box::new(total(&pieces[..at]));
    let expression = match &pieces[at] {
        Piece::Sign(pair) => {
            let mut inner = pair.clone().into_inner();
            negations += usize::from(inner.any(|part| part.as_rule() == Rule::not_word));
            match pair.as_rule() {
                Rule::nullness => Expression::IsNull(left),
                Rule::within => {
                    let list = pair.clone().into_inner();
                    let list = list.filter(|part| part.as_rule() == Rule::condition);
                    let list = list.map(|part| build(statement, part));
                    Expression::Within(left, list.collect::<Result<_, _>>()?)
                }
                _ => {
                    let right = Box::new(total(&pieces[at + 1..]));
                    Expression::Compare(left, Comparison::read(pair.as_str()), right)
                }
            }
        }
        Piece::Built(_) => left.expression,
    };
    Ok(negated(Condition { expression, span: place.clone() }, negations, place))
}

/// Two negations in a row undo one another; nothing grows with their number.
fn negated(condition: Condition, negations: usize, span: Range<usize>) -> Condition {
    if negations.is_multiple_of(2) {
        return condition;
    }
    Condition { expression: Expression::Not(Box::new(condition)), span }
}

/// Numbers with signs between them: `* / %` first, then `+ -`, each from the left.
fn total(pieces: &[Piece<'_>]) -> Condition {
    let loose = [Arithmetic::Plus, Arithmetic::Minus];
    chained(pieces, &|sign| loose.contains(&sign), &|pieces| chained(pieces, &|_| true, &term))
}

fn chained(
    pieces: &[Piece<'_>],
    divides: &dyn Fn(Arithmetic) -> bool,
    read: &dyn Fn(&[Piece<'_>]) -> Condition,
) -> Condition {
    let mut rest = Vec::new();
    let mut first = None;
    let (mut start, mut sign) = (0, Arithmetic::Plus);
    for at in 0..=pieces.len() {
        let found = pieces.get(at).map(sign_of);
        let ends = found.is_none_or(|found| found.is_some_and(divides));
        if !ends {
            continue;
        }
        let part = read(&pieces[start..at]);
        match first {
            None => first = Some(part),
            Some(_) => rest.push((sign, part)),
        }
        (start, sign) = (at + 1, found.flatten().unwrap_or(Arithmetic::Plus));
    }
    let first = first.unwrap_or_else(|| null(0..0));
    if rest.is_empty() {
        return first;
    }
    Condition { expression: Expression::Chain(Box::new(first), rest), span: reach(pieces) }
}

fn sign_of(piece: &Piece<'_>) -> Option<Arithmetic> {
    let Piece::Sign(pair) = piece else { return None };
    if pair.as_rule() != Rule::reckon {
        return None;
    }
    let mut signs = Arithmetic::SIGNS.iter();
    signs.find(|(written, _)| pair.as_str() == *written).map(|(_, sign)| *sign)
}

/// An operand with minus signs before it.
fn term(pieces: &[Piece<'_>]) -> Condition {
    let signs = pieces.iter().take_while(|piece| piece.is(Rule::minus)).count();
    let built = match pieces.get(signs) {
        Some(Piece::Built(condition)) => condition.clone(),
        _ => null(reach(pieces)),
    };
    if signs.is_multiple_of(2) {
        return built;
    }
    Condition { expression: Expression::Negative(Box::new(built)), span: reach(pieces) }
}

/// The number as written, but for zeros that JSON does not allow in front.
fn number(written: &str) -> Value {
    let digits = written.trim_start_matches('0');
    let whole = if digits.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    Number::from_str(&format!("{whole}{digits}")).map_or(Value::Null, Value::Number)
}
