//! A query as canonical text, which parses to the same query.

use super::ast::{
    Arithmetic, Comparison, Condition, Expression, FieldName, Item, Phrase, Query, SetOperator,
    Token,
};
use serde_json::Value;
use std::fmt::{Display, Formatter, Result};

impl Display for Query {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        if let Some(name) = &self.name {
            write!(out, "let {name} = ")?;
        }
        if !self.changes.is_empty() {
            write!(out, "with {{ ")?;
            for (at, change) in self.changes.iter().enumerate() {
                let between = if at > 0 { "; " } else { "" };
                let sign = if change.adds { "+" } else { "-" };
                write!(out, "{between}{sign}")?;
                in_a_row(out, &change.items)?;
            }
            write!(out, " }} ")?;
        }
        write!(out, "{}", self.first)?;
        for (operator, phrase) in &self.rest {
            // Signs, since a word before them might be the name `union`.
            let sign = match operator {
                SetOperator::Union => "+",
                SetOperator::Except => "-",
                SetOperator::Intersect => "&",
            };
            write!(out, " {sign} {phrase}")?;
        }
        for stage in &self.stages {
            write!(out, " | {stage}")?;
        }
        Ok(())
    }
}

impl Display for Phrase {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        in_a_row(out, &self.items)
    }
}

fn in_a_row(out: &mut Formatter<'_>, items: &[Item]) -> Result {
    for (at, item) in items.iter().enumerate() {
        let blank = if at > 0 && item.token != Token::Comma { " " } else { "" };
        write!(out, "{blank}{item}")?;
    }
    Ok(())
}

impl Display for Item {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match &self.token {
            Token::Word(word) => write!(out, "{word}"),
            Token::Quoted(name) => write!(out, "{}", Value::from(name.as_str())),
            Token::Variable(name) => write!(out, "@{name}"),
            Token::Field(field) if field.optional => write!(out, "?{}", ticked(&field.name)),
            Token::Field(field) => write!(out, "{}", ticked(&field.name)),
            Token::Condition(condition) => write!(out, "{condition}"),
            Token::Arrow => write!(out, "->"),
            Token::Comma => write!(out, ","),
            Token::Group(query) => write!(out, "({query})"),
        }
    }
}

fn ticked(name: &str) -> String {
    format!("`{name}`")
}

/// How tight an expression binds, loosest first.
fn level(expression: &Expression) -> u8 {
    match expression {
        Expression::Any(_) => 0,
        Expression::All(_) => 1,
        Expression::Not(_) => 2,
        Expression::Compare(..) | Expression::Within(..) | Expression::IsNull(_) => 3,
        Expression::Chain(_, rest) => match rest.first() {
            Some((Arithmetic::Plus | Arithmetic::Minus, _)) | None => 4,
            Some(_) => 5,
        },
        Expression::Negative(_) => 6,
        Expression::Literal(_) | Expression::Field(_) => 7,
    }
}

/// The part in brackets unless it binds at least as tight as `least`.
fn part(out: &mut Formatter<'_>, condition: &Condition, least: u8) -> Result {
    if level(&condition.expression) >= least {
        write!(out, "{condition}")
    } else {
        write!(out, "({condition})")
    }
}

fn listed(out: &mut Formatter<'_>, list: &[Condition], between: &str, least: u8) -> Result {
    for (at, condition) in list.iter().enumerate() {
        if at > 0 {
            write!(out, "{between}")?;
        }
        part(out, condition, least)?;
    }
    Ok(())
}

impl Display for Condition {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match &self.expression {
            Expression::Literal(value) => write!(out, "{value}"),
            Expression::Field(FieldName { name, optional }) => {
                let sign = if *optional { "?" } else { "" };
                write!(out, "{sign}{}", ticked(name))
            }
            Expression::Negative(inner) => {
                write!(out, "-")?;
                part(out, inner, 7)
            }
            Expression::Chain(first, rest) => {
                let own = level(&self.expression);
                part(out, first, own + 1)?;
                for (sign, next) in rest {
                    let mut signs = Arithmetic::SIGNS.iter().filter(|(_, own)| own == sign);
                    write!(out, " {} ", signs.next().map_or("+", |(written, _)| written))?;
                    part(out, next, own + 1)?;
                }
                Ok(())
            }
            Expression::Compare(left, with, right) => {
                part(out, left, 4)?;
                let mut words = Comparison::WORDS.iter().filter(|(_, own)| own == with);
                write!(out, " {} ", words.next().map_or("=", |(written, _)| written))?;
                part(out, right, 4)
            }
            Expression::Within(what, list) => {
                part(out, what, 4)?;
                write!(out, " in (")?;
                listed(out, list, ", ", 4)?;
                write!(out, ")")
            }
            Expression::IsNull(inner) => {
                part(out, inner, 4)?;
                write!(out, " is null")
            }
            Expression::Not(inner) => {
                write!(out, "not ")?;
                part(out, inner, 3)
            }
            Expression::All(list) => listed(out, list, " and ", 2),
            Expression::Any(list) => listed(out, list, " or ", 1),
        }
    }
}
