//! `then where CONDITION`: the rows for which it holds.

use super::{Stage, StageOperator, Takes, bound, shape_of_rows};
use crate::answer::Answer;
use crate::query::Limits;
use crate::query::bind::{Test, conditions, fields::rows};
use crate::query::syntax::{Item, Token};
use crate::stop::until;

pub(super) const STAGE: Stage = Stage {
    name: "where",
    takes: Takes::Condition,
    options: &[],
    summary: "keep what a condition holds for: `sources >= 2 and kind <> tool`",
    example: "prereqs llmops then where sources >= 2 and kind = tool",
    bind: |arguments, input| {
        let shape = shape_of_rows(arguments, input)?;
        match arguments.head()? {
            [Item { token: Token::Condition(condition), .. }] => {
                let test = conditions::bind(arguments.binder, input, condition)?;
                bound(Filter(test), shape)
            }
            _ => {
                let message = "`where` needs a condition".to_owned();
                Err(arguments.misuse("unexpected", arguments.verb_span(), message))
            }
        }
    },
};

#[derive(Debug)]
struct Filter(Test);

impl StageOperator for Filter {
    fn apply(&self, answer: Answer, limits: &Limits<'_>) -> Answer {
        let listing = answer.listing();
        let holds = |(at, row)| (self.0.holds(&listing, row) == Some(true)).then_some(at);
        let rows = until(limits.stop, rows(&answer).into_iter().enumerate());
        let places: Vec<usize> = rows.filter_map(holds).collect();
        answer.choose(&places)
    }
}
