//! Conditions: resolved once, then tested on each row in three-valued logic. A field may have
//! several values; a comparison holds if it holds for one of them, and `<>` is `not =`.

use crate::answer::{Listing, Names};
use crate::diagnostic::Diagnostic;
use crate::graph::composed;
use crate::query::bind::binder::{Binder, Expected, Meaning};
use crate::query::bind::fields::{BoundField, ListedRow};
use crate::query::bind::unknown::unknown_kind;
use crate::query::bind::values::{arithmetic, compare, negative};
use crate::query::operator::Input;
use crate::query::syntax::{Arithmetic, Comparison, Condition, Expression, FieldName};
use serde_json::Value;
use std::cmp::Ordering;
use std::collections::HashSet;

/// A condition with its fields resolved.
#[derive(Debug)]
pub(crate) enum Test {
    Literal(Value),
    Field(BoundField),
    Negative(Box<Test>),
    Chain(Box<Test>, Vec<(Arithmetic, Test)>),
    Compare(Box<Test>, Comparison, Box<Test>),
    /// One of these texts, or what these say.
    Within(Box<Test>, HashSet<String>, Vec<Test>),
    IsNull(Box<Test>),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
}

/// Resolves a condition on the rows of `input`, which must be something that holds or not.
pub(crate) fn bind(
    binder: Binder<'_>,
    input: &Input,
    condition: &Condition,
) -> Result<Test, Diagnostic> {
    let test = part(binder, input, condition)?;
    if matches!(
        test,
        Test::Negative(_) | Test::Chain(..) | Test::Literal(Value::Number(_) | Value::String(_))
    ) {
        let message = "this is a value, not a condition";
        let problem = binder.error("no-condition", &condition.span, message);
        return Err(
            problem.help("compare it: `hours > 3`, `name contains \"ops\"`, `goal is null`")
        );
    }
    Ok(test)
}

/// Any part of a condition. Recursion is as deep as brackets nest.
fn part(binder: Binder<'_>, input: &Input, condition: &Condition) -> Result<Test, Diagnostic> {
    let bind = |condition: &Condition| part(binder, input, condition);
    let boxed = |condition: &Condition| bind(condition).map(Box::new);
    let all = |list: &[Condition]| list.iter().map(bind).collect::<Result<Vec<_>, _>>();
    Ok(match &condition.expression {
        Expression::Literal(value) => Test::Literal(value.clone()),
        Expression::Field(name) => {
            let field = BoundField::bind(binder, input, name, &condition.span);
            Test::Field(field.map_err(|problem| {
                let name = &name.name;
                problem.help(format!(
                    "a text goes in quotes: \"{name}\"; what may be missing everywhere: ?{name}"
                ))
            })?)
        }
        Expression::Negative(inner) => Test::Negative(boxed(inner)?),
        Expression::Chain(first, rest) => {
            let rest = rest.iter().map(|(sign, next)| Ok((*sign, bind(next)?)));
            Test::Chain(boxed(first)?, rest.collect::<Result<_, Diagnostic>>()?)
        }
        Expression::Compare(left, with, right) => {
            let [left, right] = sides(binder, input, left, *with, right)?;
            Test::Compare(Box::new(left), *with, Box::new(right))
        }
        Expression::Within(what, list) => {
            let what = bind(what)?;
            let list = match names(&what) {
                Names::Nothing => all(list)?,
                names => list
                    .iter()
                    .map(|item| named(binder, input, names, item))
                    .collect::<Result<Vec<_>, _>>()?,
            };
            let (mut texts, mut rest) = (HashSet::new(), Vec::new());
            for item in list {
                match item {
                    Test::Literal(Value::String(text)) => {
                        texts.insert(composed(&text).into_owned());
                    }
                    other => rest.push(other),
                }
            }
            Test::Within(Box::new(what), texts, rest)
        }
        Expression::IsNull(inner) => Test::IsNull(boxed(inner)?),
        Expression::Not(inner) => Test::Not(boxed(inner)?),
        Expression::All(list) => Test::All(all(list)?),
        Expression::Any(list) => Test::Any(all(list)?),
    })
}

fn names(test: &Test) -> Names {
    match test {
        Test::Field(field) => field.names(),
        _ => Names::Nothing,
    }
}

/// Both sides of a comparison; what a field of kinds or nodes is compared with is the name of one.
fn sides(
    binder: Binder<'_>,
    input: &Input,
    left: &Condition,
    with: Comparison,
    right: &Condition,
) -> Result<[Test; 2], Diagnostic> {
    let named_by = |side: &Condition| {
        let is_equality = matches!(with, Comparison::Equal | Comparison::Different);
        let is_field = matches!(&side.expression, Expression::Field(_));
        let bound = (is_equality && is_field).then(|| part(binder, input, side));
        bound.and_then(Result::ok).map_or(Names::Nothing, |bound| names(&bound))
    };
    let plain = |side| part(binder, input, side);
    match (named_by(left), named_by(right)) {
        (Names::Nothing, Names::Nothing) => Ok([plain(left)?, plain(right)?]),
        (Names::Nothing, names) => Ok([named(binder, input, names, left)?, plain(right)?]),
        (names, _) => Ok([plain(left)?, named(binder, input, names, right)?]),
    }
}

/// What a field that names kinds or nodes is compared with: the name of one, as any name is written,
/// in quotes or not.
fn named(
    binder: Binder<'_>,
    input: &Input,
    names: Names,
    condition: &Condition,
) -> Result<Test, Diagnostic> {
    match names {
        Names::Kinds => binder.suggest(&[], Expected::Kind(&condition.span)),
        Names::Nodes => {}
        Names::Nothing => return part(binder, input, condition),
    }
    let (Expression::Literal(Value::String(name)) | Expression::Field(FieldName { name, .. })) =
        &condition.expression
    else {
        return part(binder, input, condition);
    };
    let atlas = binder.atlas;
    if names == Names::Kinds {
        let [kind] = atlas.resolve_kind(name)[..] else {
            return Err(unknown_kind(binder, name, &condition.span));
        };
        binder.record(&condition.span, Meaning::Kind);
        return Ok(Test::Literal(atlas.schema().kinds[kind].name.as_str().into()));
    }
    match atlas.resolve(name)[..] {
        [node] => {
            let facts = atlas.node(node);
            binder.record(&condition.span, Meaning::Node(facts.kinds.first().copied()));
            Ok(Test::Literal(facts.name().into()))
        }
        _ => part(binder, input, condition),
    }
}

impl Test {
    /// Does it hold for a row? `None` where a value is missing that would decide it.
    pub(crate) fn holds(&self, listing: &Listing<'_>, row: ListedRow<'_>) -> Option<bool> {
        match self {
            Self::Compare(left, with, right) => {
                holds_for_one(&left.values(listing, row), *with, &right.values(listing, row))
            }
            Self::Within(what, texts, rest) => {
                let what = what.values(listing, row);
                let listed = |value: &Value| {
                    value.as_str().is_some_and(|text| texts.contains(&*composed(text)))
                };
                let among = (!what.is_empty()).then(|| what.iter().any(listed));
                let among = (!texts.is_empty()).then_some(among);
                let tests = rest.iter().map(|item| {
                    holds_for_one(&what, Comparison::Equal, &item.values(listing, row))
                });
                either(among.into_iter().chain(tests))
            }
            Self::IsNull(inner) => Some(inner.values(listing, row).is_empty()),
            Self::Not(inner) => inner.holds(listing, row).map(|holds| !holds),
            Self::All(list) => {
                // By De Morgan: all hold if none fails.
                either(list.iter().map(|test| test.holds(listing, row).map(|holds| !holds)))
                    .map(|fails| !fails)
            }
            Self::Any(list) => either(list.iter().map(|test| test.holds(listing, row))),
            Self::Literal(_) | Self::Field(_) | Self::Negative(_) | Self::Chain(..) => {
                either(self.values(listing, row).iter().map(Value::as_bool))
            }
        }
    }

    /// Its values for a row; none where it is missing.
    fn values(&self, listing: &Listing<'_>, row: ListedRow<'_>) -> Vec<Value> {
        match self {
            Self::Literal(Value::Null) => Vec::new(),
            Self::Literal(value) => vec![value.clone()],
            Self::Field(field) => field.values(listing, row),
            Self::Negative(inner) => {
                inner.values(listing, row).iter().filter_map(negative).collect()
            }
            Self::Chain(first, rest) => {
                let mut total = first.values(listing, row);
                for (sign, next) in rest {
                    // Of a field with several values there is no one number.
                    total = match (total.as_slice(), next.values(listing, row).as_slice()) {
                        ([a], [b]) => arithmetic(a, *sign, b).into_iter().collect(),
                        _ => Vec::new(),
                    };
                }
                total
            }
            _ => self.holds(listing, row).map(Value::from).into_iter().collect(),
        }
    }
}

/// Does the comparison hold for one value of each side?
fn holds_for_one(left: &[Value], with: Comparison, right: &[Value]) -> Option<bool> {
    if with == Comparison::Different {
        return holds_for_one(left, Comparison::Equal, right).map(|equal| !equal);
    }
    either(left.iter().flat_map(|a| right.iter().map(move |b| holds_for(a, with, b))))
}

fn holds_for(a: &Value, with: Comparison, b: &Value) -> Option<bool> {
    let texts = || Some((composed(a.as_str()?), composed(b.as_str()?)));
    match with {
        Comparison::Equal => Some(compare(a, b).map_or_else(|| a == b, Ordering::is_eq)),
        Comparison::Different => Some(compare(a, b).map_or_else(|| a != b, Ordering::is_ne)),
        Comparison::Less => compare(a, b).map(Ordering::is_lt),
        Comparison::AtMost => compare(a, b).map(Ordering::is_le),
        Comparison::Greater => compare(a, b).map(Ordering::is_gt),
        Comparison::AtLeast => compare(a, b).map(Ordering::is_ge),
        Comparison::Contains => texts().map(|(a, b)| a.contains(&*b)),
        Comparison::StartsWith => texts().map(|(a, b)| a.starts_with(&*b)),
        Comparison::EndsWith => texts().map(|(a, b)| a.ends_with(&*b)),
    }
}

/// One that holds decides; otherwise one that is unknown leaves all unknown, and so does
/// nothing at all.
fn either(tests: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let (mut fails, mut unknown) = (false, false);
    for test in tests {
        match test {
            Some(true) => return Some(true),
            Some(false) => fails = true,
            None => unknown = true,
        }
    }
    // Kleene's three-valued `or`.
    (fails && !unknown).then_some(false)
}
