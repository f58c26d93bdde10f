//! `then where CONDITION`: the rows for which it holds.

use super::{BoundStage, Stage, Transform, choose, shape_of_rows};
use crate::answer::Answer;
use crate::query::conditions::{self, Test};
use crate::query::fields::rows;
use crate::query::syntax::{Item, Token};

pub(super) const STAGE: Stage = Stage {
    name: "where",
    usage: "where CONDITION",
    summary: "keep what a condition holds for: `sources >= 2 and kind <> tool`",
    example: "prereqs llmops then where sources >= 2 and kind = tool",
    bind: |arguments, input| {
        let shape = shape_of_rows(arguments, input)?;
        match arguments.head()? {
            [Item { token: Token::Condition(condition), .. }] => {
                let test = conditions::bind(arguments.scope, input, condition)?;
                let bound: BoundStage = (Box::new(Filter(test)), shape);
                Ok(bound)
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

impl Transform for Filter {
    fn apply<'g>(&self, answer: Answer<'g>) -> Answer<'g> {
        let listing = answer.listing();
        let holds = |(at, row)| (self.0.holds(&listing, row) == Some(true)).then_some(at);
        let places: Vec<usize> = rows(&answer).into_iter().enumerate().filter_map(holds).collect();
        choose(answer, &places)
    }
}
