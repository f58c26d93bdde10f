//! Conditions, by a table of what binds how tight (a Pratt parser). Recursion is as deep as
//! brackets nest.

use super::ast::{Arithmetic, Comparison, Condition, Expression};
use super::grammar::{Rule, RuleMatch, field, span, unquoted};
use super::statements::Statement;
use crate::diagnostic::Diagnostic;
use pest::pratt_parser::{Assoc, Op, PrattParser};
use serde_json::{Number, Value};
use std::ops::Range;
use std::str::FromStr;
use std::sync::LazyLock;

/// Loosest first.
static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    PrattParser::new()
        .op(Op::infix(Rule::or_word, Assoc::Left))
        .op(Op::infix(Rule::and_word, Assoc::Left))
        .op(Op::prefix(Rule::negation))
        .op(Op::infix(Rule::compare, Assoc::Left)
            | Op::postfix(Rule::within)
            | Op::postfix(Rule::nullness))
        .op(Op::infix(Rule::add, Assoc::Left))
        .op(Op::infix(Rule::multiply, Assoc::Left))
        .op(Op::prefix(Rule::negative))
});

type Read = Result<Condition, Diagnostic>;

/// Reads a condition.
pub(super) fn read(statement: &Statement, pair: RuleMatch<'_>) -> Read {
    PRECEDENCE
        .map_primary(|pair| operand(statement, pair))
        .map_prefix(|sign, operand| Ok(prefix(sign, operand?)))
        .map_infix(|left, sign, right| Ok(infix(left?, &sign, right?)))
        .map_postfix(|operand, sign| postfix(statement, operand?, sign))
        .parse(pair.into_inner())
}

fn operand(statement: &Statement, pair: RuleMatch<'_>) -> Read {
    let written = pair.as_str();
    let expression = match pair.as_rule() {
        Rule::condition => return read(statement, pair),
        Rule::number => Expression::Literal(number(written)),
        Rule::truth => Expression::Literal(written.eq_ignore_ascii_case("true").into()),
        Rule::quoted => Expression::Literal(unquoted(statement, &pair)?.into()),
        Rule::field | Rule::name => Expression::Field(field(written)),
        _ => Expression::Literal(Value::Null),
    };
    Ok(Condition { expression, span: span(&pair) })
}

/// Of signs in a row two undo one another; nothing grows with their number.
fn prefix(signs: RuleMatch<'_>, operand: Condition) -> Condition {
    let span = signs.as_span().start()..operand.span.end;
    let negation = signs.as_rule() == Rule::negation;
    match signs.into_inner().count() % 2 {
        0 => operand,
        _ if negation => negated(operand, span),
        _ => Condition { expression: Expression::Negative(Box::new(operand)), span },
    }
}

fn negated(condition: Condition, span: Range<usize>) -> Condition {
    match condition.expression {
        Expression::Not(inner) => *inner,
        _ => Condition { expression: Expression::Not(Box::new(condition)), span },
    }
}

/// A chain of one level is one expression, so that none is as deep as it is long.
fn infix(left: Condition, sign: &RuleMatch<'_>, right: Condition) -> Condition {
    let span = left.span.start..right.span.end;
    let expression = match (sign.as_rule(), left.expression) {
        (Rule::or_word, Expression::Any(list)) => Expression::Any(with(list, right)),
        (Rule::and_word, Expression::All(list)) => Expression::All(with(list, right)),
        (rule, Expression::Chain(first, rest))
            if rest.iter().all(|(own, _)| rule_of(*own) == rule) =>
        {
            Expression::Chain(first, with(rest, (arithmetic(sign), right)))
        }
        (rule, expression) => {
            let left = Condition { expression, span: left.span };
            match rule {
                Rule::or_word => Expression::Any(vec![left, right]),
                Rule::and_word => Expression::All(vec![left, right]),
                Rule::compare => return comparison(left, sign, right),
                _ => Expression::Chain(Box::new(left), vec![(arithmetic(sign), right)]),
            }
        }
    };
    Condition { expression, span }
}

fn with<T>(mut list: Vec<T>, last: T) -> Vec<T> {
    list.push(last);
    list
}

/// The level of an operation.
fn rule_of(sign: Arithmetic) -> Rule {
    match sign {
        Arithmetic::Plus | Arithmetic::Minus => Rule::add,
        Arithmetic::Times | Arithmetic::Divided | Arithmetic::Modulo => Rule::multiply,
    }
}

fn arithmetic(sign: &RuleMatch<'_>) -> Arithmetic {
    let mut signs = Arithmetic::SIGNS.iter();
    let row = signs.find(|(written, _)| sign.as_str() == *written);
    row.map_or(Arithmetic::Plus, |(_, sign)| *sign)
}

fn comparison(left: Condition, sign: &RuleMatch<'_>, right: Condition) -> Condition {
    let span = left.span.start..right.span.end;
    let mut words = sign.clone().into_inner();
    let is_not = words.peek().is_some_and(|word| word.as_rule() == Rule::not_word);
    let word = if is_not { words.nth(1) } else { words.next() };
    let written = word.map_or(sign.as_str(), |word| word.as_str()).to_lowercase();
    let mut rows = Comparison::WORDS.iter();
    let row = rows.find(|(own, _)| own.split(' ').next() == Some(&written));
    let comparison = row.map_or(Comparison::Equal, |(_, comparison)| *comparison);
    let expression = Expression::Compare(Box::new(left), comparison, Box::new(right));
    let condition = Condition { expression, span: span.clone() };
    if is_not { negated(condition, span) } else { condition }
}

fn postfix(statement: &Statement, operand: Condition, sign: RuleMatch<'_>) -> Read {
    let span = operand.span.start..sign.as_span().end();
    let is_not = sign.clone().into_inner().any(|part| part.as_rule() == Rule::not_word);
    let operand = Box::new(operand);
    let expression = match sign.as_rule() {
        Rule::nullness => Expression::IsNull(operand),
        _ => {
            let list = sign.into_inner().filter(|part| part.as_rule() == Rule::condition);
            let list = list.map(|part| read(statement, part)).collect::<Result<_, _>>()?;
            Expression::Within(operand, list)
        }
    };
    let condition = Condition { expression, span: span.clone() };
    Ok(if is_not { negated(condition, span) } else { condition })
}

/// The number as written, but for zeros that JSON does not allow in front.
fn number(written: &str) -> Value {
    let digits = written.trim_start_matches('0');
    let whole = if digits.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    Number::from_str(&format!("{whole}{digits}")).map_or(Value::Null, Value::Number)
}
