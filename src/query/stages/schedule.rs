//! `then schedule at N`, `in N`: the steps of a plan laid into weeks.

use super::{Stage, StageOperator, Takes, bound};
use crate::analysis::{Amount, Date, EFFORT, WEEK_LIMIT, least_each, median, millionths, weeks_at};
use crate::answer::{Answer, Schedule, Shape, Workload, amount};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Atlas, Decimal, NodeIndex};
use crate::query::bind::{
    Arguments, BoundField, ListedRow, OptionRow, Stands, named, whole_number,
};
use crate::query::explain::{all_names, listed_ids};
use crate::query::syntax::{FieldName, Item, Token, span_of};
use crate::query::{Input, Limits};

/// `at N`
const AT: OptionRow =
    OptionRow::new("at", "N", "weeks that hold so many hours").stands(Stands::Required);
/// `in N`
const IN: OptionRow = OptionRow::new("in", "N", "so many weeks, each as full as it must be")
    .stands(Stands::Instead("at"));
/// `from DATE`
const FROM: OptionRow = OptionRow::new("from", "DATE", "the day on which the first week begins");
/// `default X`
const DEFAULT: OptionRow = OptionRow::new("default", "X", "what a step without an amount takes");
/// `by FIELD`
const BY: OptionRow = OptionRow::new("by", "FIELD", "what is added up, instead of hours");

pub(super) const STAGE: Stage = Stage {
    name: "schedule",
    takes: Takes::Nothing,
    options: &[AT, IN, FROM, DEFAULT, BY],
    summary: "lay the steps into weeks: so many hours in each, or so many weeks",
    example: "plan gitops then schedule at 6 from 2026-12-07 default 1",
    bind: |arguments, input| {
        arguments.nothing()?;
        must_have_steps(arguments, input)?;
        bound(Weeks::bind(arguments)?, Shape::Table)
    },
};

#[expect(clippy::struct_field_names, reason = "weeks are what the stage is about")]
#[derive(Debug)]
struct Weeks {
    field: BoundField,
    /// How much a week holds at most.
    at: Option<Amount>,
    /// How many weeks there are.
    weeks: Option<usize>,
    from: Option<Date>,
    default: Option<Amount>,
    /// The stage, and how it is typed.
    place: Place,
    typed: String,
}

fn must_have_steps(arguments: &Arguments<'_>, input: &Input) -> Result<(), Diagnostic> {
    if matches!(input.shape, Shape::Plan | Shape::Set) {
        return Ok(());
    }
    let wanted = "what is laid into weeks are the steps of a plan, or a set in its order";
    let problem = arguments.binder.wrong_shape(input.shape, arguments.verb_span(), wanted);
    Err(problem.help("for example: plan llmops then schedule at 6 default 1"))
}

impl Weeks {
    fn bind(arguments: &Arguments<'_>) -> Result<Self, Diagnostic> {
        let (at, weeks) = (at(arguments)?, weeks(arguments)?);
        if at.is_none() && weeks.is_none() {
            let message = "`schedule` needs hours a week, or a number of weeks".to_owned();
            let problem = arguments.misuse("missing-operand", &arguments.after_verb(), message);
            return Err(problem.help("for example: then schedule at 6, or then schedule in 14"));
        }
        let (binder, nodes) = (arguments.binder, Input { shape: Shape::Set, columns: Vec::new() });
        let field = match arguments.value(&BY) {
            Some((_, items)) => named(arguments, &nodes, items)?,
            // A graph in which nothing has hours is told node by node.
            None => {
                let hours = FieldName { name: EFFORT.to_owned(), optional: true };
                BoundField::bind(binder, &nodes, &hours, arguments.verb_span())?
            }
        };
        let span = arguments.span();
        Ok(Self {
            field,
            at,
            weeks,
            from: from(arguments)?,
            default: arguments.amount(&DEFAULT)?,
            place: binder.statement.place(&span),
            typed: binder.statement.text(&span).to_owned(),
        })
    }

    /// How much each week holds, and what is to be told of it.
    fn each(&self, atlas: &Atlas, load: &Workload) -> Result<(Amount, String), Diagnostic> {
        let (total, field) = (load.total(), &self.field.name);
        let sum = amount(total);
        let Some(weeks) = self.weeks else {
            let each = self.at.unwrap_or_default();
            let weeks = weeks_at(total, each).unwrap_or(Amount::MAX);
            if weeks > WEEK_LIMIT as Amount {
                return Err(self.too_many_weeks(total, weeks));
            }
            let last = total - each * (weeks - 1).min(total / each.max(1));
            let last = if weeks > 1 && last < each {
                format!(", {} in the last", amount(last))
            } else {
                String::new()
            };
            return Ok((
                each,
                format!("{sum} {field} in {}: {} a week{last}", in_weeks(weeks), amount(each)),
            ));
        };
        let each = least_each(total, weeks);
        match self.at {
            Some(most) if each > most => Err(self.too_full(atlas, load, most, weeks)),
            _ if total == 0 => Ok((0, format!("no step takes any {field}"))),
            _ => Ok((
                each,
                format!("{} {field} a week: {sum} in {}", amount(each), in_weeks(weeks as Amount)),
            )),
        }
    }

    fn error(&self, code: &'static str, message: String) -> Diagnostic {
        Diagnostic::new(code, message).at(self.place.clone())
    }

    fn too_many_weeks(&self, total: Amount, weeks: Amount) -> Diagnostic {
        let message = format!("that takes {weeks} weeks, and a schedule has {WEEK_LIMIT} at most");
        let least = amount(least_each(total, WEEK_LIMIT));
        self.error("too-many", message).help(format!("more than {least} a week fits"))
    }

    /// A number of weeks that hold too little.
    fn too_full(&self, atlas: &Atlas, load: &Workload, most: Amount, weeks: usize) -> Diagnostic {
        let (total, field, room) = (load.total(), &self.field.name, most * weeks as Amount);
        let message = format!(
            "{} {field} do not fit into {} of {}, which hold {}",
            amount(total),
            in_weeks(weeks as Amount),
            amount(most),
            amount(room)
        );
        let mut done = 0;
        let left = load.amounts.iter().take_while(|amount| {
            done += **amount;
            done <= room
        });
        let fits = left.count();
        let reached: Vec<NodeIndex> = load.steps.get(fits).cloned().unwrap_or_default();
        let needed = weeks_at(total, most).unwrap_or(Amount::MAX);
        let edits = [
            format!("schedule at {}{}", amount(most), self.rest()),
            format!("schedule in {weeks}{}", self.rest()),
        ];
        self.error("too-full", message)
            .instead(edits)
            .help(format!(
                "{fits} of {} steps fit; then one is at {}, with {} {field} left",
                load.steps.len(),
                all_names(atlas, &reached, " + "),
                amount(total - room)
            ))
            .help(format!(
                "all take {}, or {} a week",
                in_weeks(needed),
                amount(least_each(total, weeks))
            ))
    }

    /// What else was asked, as it is typed.
    fn rest(&self) -> String {
        let mut rest = String::new();
        if let Some(from) = self.from {
            rest.push_str(&format!(" from {from}"));
        }
        if let Some(default) = self.default {
            rest.push_str(&format!(" default {}", amount(default)));
        }
        if self.field.name != EFFORT {
            rest.push_str(&format!(" by {}", self.field.name));
        }
        rest
    }

    /// Every step needs an amount.
    fn silent(&self, answer: &Answer, load: &Workload) -> Diagnostic {
        let (count, field) = (load.silent.len(), &self.field.name);
        let steps = if count == 1 { "step says" } else { "steps say" };
        self.error("missing-value", format!("{count} {steps} no number for `{field}`"))
            .help(format!("without it: {}", listed_ids(&answer.atlas, &load.silent)))
            .help("`default 1` takes 1 for each of them")
            .instead([format!("{} default 1", self.typed)])
    }

    fn nothing(&self, answer: &Answer) -> Diagnostic {
        let problem =
            self.error("nothing-to-schedule", "there are no steps to lay into weeks".into());
        let why = answer.notes.iter().map(ToString::to_string);
        let problem = why.fold(problem, Diagnostic::help);
        if problem.help.is_empty() {
            problem.help("what comes before `then schedule` is empty")
        } else {
            problem
        }
    }

    fn laid(&self, answer: &Answer, limits: &Limits<'_>) -> Result<Answer, Diagnostic> {
        let listing = answer.listing();
        let takes = |node: NodeIndex| median(&self.field.values(&listing, ListedRow::Node(node)));
        let load = answer.workload(takes, self.default, self.field.name == EFFORT);
        // Who was stopped before anything was found is told that.
        if load.steps.is_empty() && answer.complete && !limits.stopped() {
            return Err(self.nothing(answer));
        }
        if !load.silent.is_empty() {
            return Err(self.silent(answer, &load));
        }
        let (each, told) = self.each(&answer.atlas, &load)?;
        let weeks = weeks_at(load.total(), each).unwrap_or(1) as i64;
        if self.from.is_some_and(|from| from.later(7 * weeks).is_none()) {
            let message = "the schedule ends after the year 9999".to_owned();
            return Err(self.error("bad-date", message).help("begin sooner"));
        }
        let stands_in = match load.defaulted {
            0 => None,
            1 => Some("1 node says no number, and `default` stands in for it".to_owned()),
            count => Some(format!("{count} nodes say no number, and `default` stands in for them")),
        };
        let mut answer = answer.clone();
        // What was asked last is told first.
        let told = std::iter::once(told).chain(stands_in).map(Into::into);
        answer.notes.splice(..0, told);
        Ok(answer.scheduled(&load, each, &self.field.name, self.from))
    }
}

/// `a week` or `14 weeks`.
fn in_weeks(weeks: Amount) -> String {
    if weeks == 1 { "1 week".to_owned() } else { format!("{weeks} weeks") }
}

/// How much a week holds.
fn at(arguments: &Arguments<'_>) -> Result<Option<Amount>, Diagnostic> {
    let Some((_, items)) = arguments.value(&AT) else { return Ok(None) };
    let number = leading_number(arguments, &AT, items, &["hours", "hour", "h"])?;
    match Decimal::read(number.unwrap_or_default()).as_ref().and_then(millionths) {
        Some(each) if each > 0 => Ok(Some(each)),
        _ => {
            let message = "`at` takes a number of hours above 0".to_owned();
            let problem = arguments.misuse("bad-number", &arguments.place_of(&AT), message);
            Err(problem.help("for example: then schedule at 6, or then schedule in 14"))
        }
    }
}

/// How many weeks there are.
fn weeks(arguments: &Arguments<'_>) -> Result<Option<usize>, Diagnostic> {
    let Some((_, items)) = arguments.value(&IN) else { return Ok(None) };
    let number = leading_number(arguments, &IN, items, &["weeks", "week"])?;
    match whole_number(number.unwrap_or_default()) {
        Some(weeks) if (1..=WEEK_LIMIT).contains(&weeks) => Ok(Some(weeks)),
        _ => {
            let message = format!("`in` takes a whole number of weeks from 1 to {WEEK_LIMIT}");
            Err(arguments.misuse("bad-number", &arguments.place_of(&IN), message))
        }
    }
}

/// The number of an option; a unit behind it is an error that tells how it is written without.
fn leading_number<'a>(
    arguments: &Arguments<'_>,
    row: &OptionRow,
    items: &'a [Item],
    units: &[&str],
) -> Result<Option<&'a str>, Diagnostic> {
    match items {
        [one] => Ok(one.word()),
        [number @ Item { token: Token::Word(word), .. }, unit, ..]
            if units.iter().any(|own| unit.is_word(own)) && Decimal::read(word).is_some() =>
        {
            let span = span_of(items);
            let message = format!("`{}` takes a number alone", row.words);
            let typed = arguments.binder.statement.text(&number.span).to_owned();
            Err(arguments.misuse("bad-number", &span, message).instead([typed]))
        }
        _ => Ok(None),
    }
}

/// The first day.
fn from(arguments: &Arguments<'_>) -> Result<Option<Date>, Diagnostic> {
    let Some((_, items)) = arguments.value(&FROM) else { return Ok(None) };
    let typed = match items {
        [Item { token: Token::Word(word) | Token::Quoted(word), .. }] => word.as_str(),
        _ => "",
    };
    if let Some(date) = Date::read(typed) {
        return Ok(Some(date));
    }
    let message = if typed.is_empty() {
        "`from` takes a date".to_owned()
    } else {
        format!("`{typed}` is no date")
    };
    let problem = arguments.misuse("bad-date", &arguments.place_of(&FROM), message);
    Err(problem.help("a date is year, month and day: from 2026-12-07"))
}

impl StageOperator for Weeks {
    fn apply(&self, answer: Answer, limits: &Limits<'_>) -> Answer {
        self.laid(&answer, limits).unwrap_or_else(|problem| answer.refused(problem))
    }

    fn columns(&self, _: Vec<String>) -> Vec<String> {
        Schedule::columns(&self.field.name, self.from.is_some())
    }
}
