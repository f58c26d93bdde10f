//! `find TEXT`: search in names, aliases and texts.

use super::search::hits;
use super::{Takes, Verb};
use crate::answer::{Answer, Shape};
use crate::diagnostic::shortened;
use crate::graph::{Atlas, Fetches};
use crate::query::bind::Expected;
use crate::query::syntax::{Item, Token, words_or_quoted};
use crate::query::{Limits, Operator, columns};

pub(super) const VERB: Verb = Verb {
    name: "find",
    fetches: Fetches::Neighbours,
    takes: Takes::Text,
    options: &[],
    summary: "search names, aliases and texts; typing errors are forgiven",
    example: "find kuberntes",
    shape: Shape::Table,
    bind: |arguments| {
        let items = arguments.head()?;
        arguments.binder.suggest(items, Expected::Name);
        let text = words_or_quoted(items).unwrap_or_else(|| loose(items));
        Ok(Box::new(Find { text }))
    },
};

/// The words of any items, whatever stands between them.
fn loose(items: &[Item]) -> String {
    let words = items.iter().filter_map(|item| match &item.token {
        Token::Word(word) | Token::Quoted(word) => Some(word.as_str()),
        _ => None,
    });
    words.collect::<Vec<&str>>().join(" ")
}

const COLUMNS: &[&str] = &["id", "name", "kind", "found in"];

#[derive(Debug)]
struct Find {
    text: String,
}

impl Operator for Find {
    fn columns(&self) -> Vec<String> {
        columns(COLUMNS)
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let rows = hits(atlas, &self.text, limits).into_iter().map(|hit| {
            let node = atlas.node(hit.node);
            let name = node.name().into();
            vec![
                node.id.as_str().into(),
                name,
                atlas.kind_words(hit.node).into(),
                hit.found_in.into(),
            ]
        });
        let answer = Answer::of_rows(atlas, COLUMNS, rows.collect());
        let told = || format!("nothing is called or says `{}`", shortened(&self.text));
        let none = answer.count() == 0 && !limits.stopped();
        answer.noting(none.then(told))
    }
}
