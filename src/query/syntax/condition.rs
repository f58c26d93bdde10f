//! Conditions: what stands behind `where`.

use super::build::{Node, Rule, field, span, unquoted};
use super::{FieldName, Statement};
use crate::diagnostic::Diagnostic;
use serde_json::{Number, Value};
use std::ops::Range;
use std::str::FromStr;

/// A part of a condition with its place in the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What it is.
    pub expression: Expression,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a part of a condition can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A number, a text, `true`, `false` or `null`.
    Literal(Value),
    /// A field of a node or row.
    Field(FieldName),
    /// `- x`
    Negative(Box<Condition>),
    /// `a + b - c …`, or `a * b / c …`: from the left.
    Chain(Box<Condition>, Vec<(Arithmetic, Condition)>),
    /// `a = b` and the like.
    Compare(Box<Condition>, Comparison, Box<Condition>),
    /// `a in (b, c)`
    Within(Box<Condition>, Vec<Condition>),
    /// `a is null`
    IsNull(Box<Condition>),
    /// `not a`
    Not(Box<Condition>),
    /// `a and b …`
    All(Vec<Condition>),
    /// `a or b …`
    Any(Vec<Condition>),
}

/// What joins numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Divided,
    /// `%`
    Modulo,
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    Different,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `contains`
    Contains,
    /// `starts with`
    StartsWith,
    /// `ends with`
    EndsWith,
}

impl Comparison {
    /// Every comparison as it is written.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("=", Self::Equal),
        ("<>", Self::Different),
        ("<", Self::Less),
        ("<=", Self::AtMost),
        (">", Self::Greater),
        (">=", Self::AtLeast),
        ("contains", Self::Contains),
        ("starts with", Self::StartsWith),
        ("ends with", Self::EndsWith),
    ];

    fn read(written: &str) -> Self {
        let first = written.split_whitespace().next().unwrap_or_default().to_lowercase();
        let row = Self::WORDS.iter().find(|(word, _)| word.split(' ').next() == Some(&first));
        row.map_or(Self::Equal, |(_, comparison)| *comparison)
    }
}

impl Arithmetic {
    /// Every operation as it is written.
    pub const SIGNS: [(&'static str, Self); 5] = [
        ("+", Self::Plus),
        ("-", Self::Minus),
        ("*", Self::Times),
        ("/", Self::Divided),
        ("%", Self::Modulo),
    ];
}

type Built = Result<Condition, Diagnostic>;

/// Reads any rule of a condition. Recursion is as deep as brackets nest.
pub(super) fn build(statement: &Statement, pair: Node<'_>) -> Built {
    let place = span(&pair);
    match pair.as_rule() {
        Rule::condition => several(statement, pair, Expression::Any),
        Rule::both => several(statement, pair, Expression::All),
        Rule::test => test(statement, pair),
        Rule::sum | Rule::product => chain(statement, pair),
        Rule::factor => factor(statement, pair),
        _ => {
            let written = pair.as_str();
            let expression = match pair.as_rule() {
                Rule::number => Expression::Literal(number(written)),
                Rule::truth => Expression::Literal(written.eq_ignore_ascii_case("true").into()),
                Rule::quoted => Expression::Literal(unquoted(statement, written, &place)?.into()),
                Rule::field | Rule::name => Expression::Field(field(written)),
                _ => Expression::Literal(Value::Null),
            };
            Ok(Condition { expression, span: place })
        }
    }
}

/// One part as it is, several as a list.
fn several(
    statement: &Statement,
    pair: Node<'_>,
    listed: fn(Vec<Condition>) -> Expression,
) -> Built {
    let place = span(&pair);
    let parts = pair.into_inner().filter(|part| matches!(part.as_rule(), Rule::both | Rule::test));
    let mut parts = parts.map(|part| build(statement, part)).collect::<Result<Vec<_>, _>>()?;
    match parts.len() {
        1 => Ok(parts.remove(0)),
        _ => Ok(Condition { expression: listed(parts), span: place }),
    }
}

fn test(statement: &Statement, pair: Node<'_>) -> Built {
    let place = span(&pair);
    let mut negations = 0;
    let mut built: Option<Condition> = None;
    let mut comparison = None;
    for part in pair.into_inner() {
        let left = |built: &mut Option<Condition>| built.take().map(Box::new);
        let wrap = |expression| Some(Condition { expression, span: place.clone() });
        match part.as_rule() {
            Rule::not_word => negations += 1,
            Rule::compare | Rule::text_test => comparison = Some(Comparison::read(part.as_str())),
            Rule::null => {
                if let Some(left) = left(&mut built) {
                    built = wrap(Expression::IsNull(left));
                }
            }
            Rule::list => {
                let parts = part.into_inner().map(|part| build(statement, part));
                let parts = parts.collect::<Result<Vec<_>, _>>()?;
                if let Some(left) = left(&mut built) {
                    built = wrap(Expression::Within(left, parts));
                }
            }
            Rule::sum => {
                let right = build(statement, part)?;
                built = match (left(&mut built), comparison.take()) {
                    (Some(left), Some(with)) => {
                        wrap(Expression::Compare(left, with, Box::new(right)))
                    }
                    _ => Some(right),
                };
            }
            _ => {}
        }
    }
    let null = Condition { expression: Expression::Literal(Value::Null), span: place.clone() };
    let mut built = built.unwrap_or(null);
    // Two in a row undo one another; nothing grows with their number.
    if negations % 2 == 1 {
        built = Condition { expression: Expression::Not(Box::new(built)), span: place };
    }
    Ok(built)
}

fn chain(statement: &Statement, pair: Node<'_>) -> Built {
    let place = span(&pair);
    let mut first: Option<Condition> = None;
    let mut rest = Vec::new();
    let mut sign = Arithmetic::Plus;
    for part in pair.into_inner() {
        let signs = &mut Arithmetic::SIGNS.iter();
        match signs.find(|(written, _)| part.as_str() == *written) {
            Some((_, read)) => sign = *read,
            None if first.is_none() => first = Some(build(statement, part)?),
            None => rest.push((sign, build(statement, part)?)),
        }
    }
    let null = Condition { expression: Expression::Literal(Value::Null), span: place.clone() };
    let first = first.unwrap_or(null);
    if rest.is_empty() {
        return Ok(first);
    }
    Ok(Condition { expression: Expression::Chain(Box::new(first), rest), span: place })
}

fn factor(statement: &Statement, pair: Node<'_>) -> Built {
    let place = span(&pair);
    let mut signs = 0;
    let mut built = Condition { expression: Expression::Literal(Value::Null), span: place.clone() };
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::minus => signs += 1,
            Rule::nested => {
                for inner in part.into_inner() {
                    built = build(statement, inner)?;
                }
            }
            _ => built = build(statement, part)?,
        }
    }
    if signs % 2 == 1 {
        built = Condition { expression: Expression::Negative(Box::new(built)), span: place };
    }
    Ok(built)
}

/// The number as written, but for zeros that JSON does not allow in front.
fn number(written: &str) -> Value {
    let digits = written.trim_start_matches('0');
    let whole = if digits.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    Number::from_str(&format!("{whole}{digits}")).map_or(Value::Null, Value::Number)
}
