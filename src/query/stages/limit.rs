//! `then limit N` and `then offset N`: a stretch of the rows.

use super::{Stage, StageOperator, Takes, bound, shape_of_rows};
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use crate::query::Limits;
use crate::query::bind::{Arguments, fields::rows, whole_number};
use crate::query::syntax::{Item, Token, span_of};

pub(super) const LIMIT: Stage = Stage {
    name: "limit",
    takes: Takes::Number,
    options: &[],
    summary: "the first N only",
    example: "tools then sort by sources desc then limit 5",
    bind: |arguments, input| {
        let shape = shape_of_rows(arguments, input)?;
        let stretch = RowRange { offset: 0, limit: number(arguments)? };
        bound(stretch, shape)
    },
};

pub(super) const OFFSET: Stage = Stage {
    name: "offset",
    takes: Takes::Number,
    options: &[],
    summary: "all but the first N",
    example: "tools then offset 10 then limit 5",
    bind: |arguments, input| {
        let shape = shape_of_rows(arguments, input)?;
        let stretch = RowRange { offset: number(arguments)?, limit: usize::MAX };
        bound(stretch, shape)
    },
};

fn number(arguments: &Arguments<'_>) -> Result<usize, Diagnostic> {
    let items = arguments.head()?;
    if let [Item { token: Token::Word(word), .. }] = items
        && let Some(number) = whole_number(word)
    {
        return Ok(number);
    }
    let message = format!("`{}` takes a whole number from 0", arguments.name);
    Err(arguments.misuse("bad-number", &span_of(items), message))
}

#[derive(Debug)]
struct RowRange {
    offset: usize,
    limit: usize,
}

impl StageOperator for RowRange {
    fn apply(&self, answer: Answer, _: &Limits<'_>) -> Answer {
        let places: Vec<usize> =
            (0..rows(&answer).len()).skip(self.offset).take(self.limit).collect();
        answer.choose(&places)
    }
}
