//! Options that several verbs have, and where options begin behind a verb: a word is an option only
//! where one can stand.

use super::binder::{Binder, Expected};
use super::signature::{OptionRow, Signature, Takes};
use crate::query::syntax::{Item, Token};
use std::slice;

/// `depth N`
pub(crate) const DEPTH: OptionRow = OptionRow::new("depth", "N", "no farther than N steps");
/// `over R, …`
pub(crate) const OVER: OptionRow = OptionRow::new("over", "R, …", "follow these relations only");
/// `required only`
pub(crate) const REQUIRED_ONLY: OptionRow =
    OptionRow::new("required only", "", "leave out what is only recommended");
/// `from SOURCE, …`
pub(crate) const FROM: OptionRow =
    OptionRow::new("from", "SOURCE, …", "look only at what these sources say");
/// `via N, …`
pub(crate) const VIA: OptionRow = OptionRow::new("via", "N, …", "pass these, in any order");
/// `avoid N, …`
pub(crate) const AVOID: OptionRow = OptionRow::new("avoid", "N, …", "never pass these");
/// `shortest`
pub(crate) const SHORTEST: OptionRow =
    OptionRow::new("shortest", "", "fewest steps, recommended way or not");
/// `limit K`
pub(crate) const LIMIT: OptionRow = OptionRow::new("limit", "K", "list K at most");
/// `knowing only N, …`
pub(crate) const KNOWING_ONLY: OptionRow =
    OptionRow::new("knowing only", "N, …", "take just these as known");
/// `knowing N, …`
pub(crate) const KNOWING: OptionRow =
    OptionRow::new("knowing", "N, …", "take these as known, with all that one must know for them");

/// What other languages, and plain English, call options.
pub(crate) const OTHER_OPTIONS: [(&str, &str); 12] = [
    ("without", "avoid"),
    ("not", "avoid"),
    ("avoiding", "avoid"),
    ("through", "via"),
    ("max", "limit"),
    ("top", "limit"),
    ("within", "depth"),
    ("level", "depth"),
    ("having", "knowing"),
    ("with", "knowing"),
    ("minimise", "minimize"),
    ("using", "over"),
];

/// An option found: its place among the items, how many items its words are, the words.
pub(crate) type Start = (usize, usize, &'static str);

/// The options among `behind`, the items behind a verb, in the order they stand.
pub(super) fn option_starts(
    binder: Binder<'_>,
    signature: Signature,
    behind: &[Item],
) -> Vec<Start> {
    let rows = signature.options;
    let mut starts: Vec<Start> = Vec::new();
    let mut at = 0;
    while at < behind.len() {
        // Where a value has to come first, the word is that value.
        let value_due = match starts.last() {
            Some((start, length, words)) => {
                start + length == at
                    && rows.iter().any(|row| row.words == *words && !row.value.is_empty())
            }
            // Behind `by` a field has to come, whatever it is called.
            None if signature.takes.joint().is_some() => at <= 1,
            None => at == 0 && signature.takes != Takes::Nothing,
        };
        if value_due || (at > 0 && joins(&behind[..at], signature.takes)) {
            at += 1;
            continue;
        }
        if binder.is_observed() {
            let left = rows.iter().filter(|row| starts.iter().all(|start| start.2 != row.words));
            let left: Vec<_> = left.map(|row| (row.words, row.summary)).collect();
            let item = slice::from_ref(&behind[at]);
            binder.suggest(item, Expected::Words(&left));
            binder.suggest(item, Expected::SetOperator);
        }
        let stands = |row: &&OptionRow| {
            let mut words = row.words.split(' ').enumerate();
            words.all(|(next, word)| behind.get(at + next).is_some_and(|item| item.is_word(word)))
        };
        match rows.iter().find(stands) {
            Some(row) => {
                let length = row.words.split(' ').count();
                starts.push((at, length, row.words));
                at += length;
            }
            None => at += 1,
        }
    }
    starts
}

/// Do these items end with something that a name has to follow: a comma, an arrow, or `to`
/// where it is one?
fn joins(items: &[Item], takes: Takes) -> bool {
    match items {
        [.., Item { token: Token::Comma | Token::Arrow, .. }] => true,
        [_, .., last] => takes.has_arrow() && last.is_word("to"),
        _ => false,
    }
}
