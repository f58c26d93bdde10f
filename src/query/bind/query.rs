//! Whole queries: phrases combined by set operators, then stages.

use super::arguments::Arguments;
use super::binder::{Binder, Binding, Expected, Language, Meaning};
use super::combination::Combination;
use super::operand::{self, Atom};
use super::rows::{Stage, Verb};
use super::staged::Staged;
use super::{kind_of, what_if};
use crate::answer::{Answer, Body, Shape, Table};
use crate::diagnostic::{Diagnostic, nearest, one_of};
use crate::graph::{Atlas, Fetches};
use crate::query::Limits;
use crate::query::bind::options::{DEPTH, FROM};
use crate::query::hints::{misspelt, mistakes};
use crate::query::operator::{Bound, BoundStage, Input, Operator};
use crate::query::syntax::{
    Item, Phrase, Query, SetOperator, Token, stage_called, words, words_or_quoted,
};
use serde_json::Value;
use std::slice;

/// The two tables of the language.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) verbs: &'static [Verb],
    pub(crate) stages: &'static [Stage],
}

impl Language for Vocabulary {
    fn query(&self, binder: Binder<'_>, query: &Query) -> Binding {
        if query.changes.is_empty() {
            return self.staged(binder, query);
        }
        let changed = what_if::bind(binder, &query.changes)?;
        let inner = self.staged(binder.in_graph(&changed.atlas), query)?;
        Ok(changed.asked(inner))
    }

    fn phrase(&self, binder: Binder<'_>, items: &[Item]) -> Binding {
        // A query in brackets is that query, whatever its shape.
        if let [Item { token: Token::Group(query), .. }] = items {
            return self.query(binder, query);
        }
        binder.suggest(items, Expected::Phrase);
        // In a list a verb that stands alone is a member like a kind.
        let listed = items.get(1).is_some_and(|item| item.token == Token::Comma);
        let verb = items.first().and_then(|first| self.verb(first.word()?));
        if let Some(verb) = verb.filter(|verb| !listed || !verb.stands_alone()) {
            return bind_verb(binder, verb, items);
        }
        if let Some(bound) = kind_of::bind(binder, items)? {
            return Ok(bound);
        }
        if binder.is_observed() {
            suggest_behind(binder, items);
        }
        self.misspelt_verb(binder, items)?;
        let bound = operand::bind(binder, items)?;
        let shape = match bound.atoms.as_slice() {
            [Atom::Query(query)] => query.shape,
            _ => Shape::Set,
        };
        Ok(Bound { operator: Box::new(bound), shape })
    }

    fn verb_alone(&self, binder: Binder<'_>, name: &str, items: &[Item]) -> Option<Binding> {
        let verb = self.verb(name)?;
        (verb.stands_alone() && verb.shape == Shape::Set).then(|| bind_verb(binder, verb, items))
    }

    fn is_verb(&self, name: &str) -> bool {
        self.verb(name).is_some()
    }
}

impl Vocabulary {
    fn verb(&self, name: &str) -> Option<&'static Verb> {
        self.verbs.iter().find(|verb| verb.name.eq_ignore_ascii_case(name))
    }

    /// A query in the graph as it is.
    fn staged(&self, binder: Binder<'_>, query: &Query) -> Binding {
        let first = self.sets(binder, query)?;
        if query.stages.is_empty() {
            return Ok(first);
        }
        let mut input = Input { shape: first.shape, columns: first.operator.columns() };
        let (mut stages, mut words) = (Vec::new(), Vec::new());
        for phrase in &query.stages {
            let (stage, shape) = self.stage(binder, phrase, &input)?;
            input = Input { shape, columns: stage.columns(input.columns) };
            stages.push(stage);
            words.push(binder.statement.text(&phrase.span()).to_owned());
        }
        let Input { shape, columns } = input;
        Ok(Bound { operator: Box::new(Staged { first, stages, words, columns }), shape })
    }

    fn sets(&self, binder: Binder<'_>, query: &Query) -> Binding {
        let first = self.phrase(binder, &query.first.items)?;
        if query.rest.is_empty() {
            return Ok(first);
        }
        let set = |bound: Bound, phrase: &Phrase| {
            binder.expect_nodes(bound, &phrase.span(), "sets are combined here")
        };
        let mut terms = vec![(SetOperator::Union, vec![set(first, &query.first)?])];
        for (operator, phrase) in &query.rest {
            let bound = set(self.phrase(binder, &phrase.items)?, phrase)?;
            match (operator, terms.last_mut()) {
                // `intersect` binds closer than the others: it joins the factors of the term before
                // it.
                (SetOperator::Intersect, Some((_, factors))) => factors.push(bound),
                _ => terms.push((*operator, vec![bound])),
            }
        }
        Ok(Bound { operator: Box::new(Combination { terms }), shape: Shape::Set })
    }

    fn stage(
        &self,
        binder: Binder<'_>,
        phrase: &Phrase,
        input: &Input,
    ) -> Result<BoundStage, Diagnostic> {
        let items = phrase.items.as_slice();
        binder.suggest(items, Expected::Stage);
        let word = items.first().and_then(Item::word).unwrap_or_default();
        let Some(stage) = self.stages.iter().find(|stage| stage.name.eq_ignore_ascii_case(word))
        else {
            return Err(self.unknown_stage(binder, phrase, word));
        };
        binder.record(&items[0].span, Meaning::Verb);
        let arguments = Arguments::new(binder, stage.signature(), items)?;
        (stage.bind)(&arguments, input)
    }

    fn unknown_stage(&self, binder: Binder<'_>, phrase: &Phrase, word: &str) -> Diagnostic {
        let message = format!("there is no stage `{word}` to come after `then`");
        let problem = binder.error("unknown-stage", &phrase.span(), message);
        if self.verbs.iter().any(|verb| verb.name == word) {
            return problem.help(format!("`{word}` is a verb and begins a query: `{word} (…)`"));
        }
        if let Some(stage) = stage_called(word) {
            return problem.help(format!("that is a stage: then {stage}"));
        }
        let first = phrase.items.first().map_or(phrase.span(), |item| item.span.clone());
        let near = nearest(word, self.stages.iter().map(|stage| stage.name));
        match near.first() {
            Some(near) => problem.at(binder.statement.place(&first)).instead([*near]),
            None => {
                let known = self.stages.iter().map(|stage| stage.signature().words());
                problem.help(format!("stages are {}", one_of(known)))
            }
        }
    }

    /// A first word that is nearly a verb, with more behind it that is no name.
    fn misspelt_verb(&self, binder: Binder<'_>, items: &[Item]) -> Result<(), Diagnostic> {
        let [first, behind, ..] = items else {
            return Ok(());
        };
        let Some(word) = first.word() else {
            return Ok(());
        };
        let known = words(items).is_some_and(|name| misspelt::is_known(binder.atlas, &name));
        if known || behind.token == Token::Comma || mistakes::advice(binder.atlas, items).is_some()
        {
            return Ok(());
        }
        let names = self.verbs.iter().map(|verb| verb.name);
        let Some(verb) = misspelt::verb_like(word, names) else {
            return Ok(());
        };
        let message = format!("there is no verb `{word}`");
        Err(binder.error("unknown-verb", &first.span, message).instead([verb]))
    }
}

fn bind_verb(binder: Binder<'_>, verb: &Verb, items: &[Item]) -> Binding {
    binder.record(&items[0].span, Meaning::Verb);
    let arguments = Arguments::new(binder, verb.signature(), items)?;
    if let Some(sources) = arguments.option_value(&FROM)? {
        let changed = what_if::heard(binder, sources)?;
        let heard = |item: &&Item| !arguments.is_in(&FROM, item);
        // The rest is bound once more, to the graph that these sources make.
        let items: Vec<Item> = items.iter().filter(heard).cloned().collect();
        let inner = bind_verb(binder.in_graph(&changed.atlas), verb, &items)?;
        return Ok(changed.asked(inner));
    }
    if let Some(partial) = binder.atlas.partial() {
        // What goes a few steps only is fetched step by step.
        let bounded = arguments.value(&DEPTH).is_some();
        partial.follow(if bounded { Fetches::Neighbours } else { verb.fetches });
        let whole = items.len() == 1 && verb.fetches == Fetches::Counts;
        if let Some(rows) = binder.atlas.kept_rows(verb.name).filter(|_| whole) {
            let columns = (verb.bind)(&arguments)?.columns();
            let operator = Box::new(Kept { columns, rows: rows.clone() });
            return Ok(Bound { operator, shape: verb.shape });
        }
    }
    Ok(Bound { operator: (verb.bind)(&arguments)?, shape: verb.shape })
}

/// A table that was made when the graph was saved.
#[derive(Debug)]
struct Kept {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Operator for Kept {
    fn run(&self, atlas: &Atlas, _: &Limits<'_>) -> Answer {
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        Answer::new(atlas, Body::Table(Table::new(&columns, self.rows.clone())))
    }

    fn columns(&self) -> Vec<String> {
        self.columns.clone()
    }
}

/// Suggests what can stand behind an operand that is whole.
fn suggest_behind(binder: Binder<'_>, items: &[Item]) {
    let Some((last, before)) = items.split_last().filter(|(_, before)| !before.is_empty()) else {
        return;
    };
    let name = words_or_quoted(before);
    let kind = name.as_ref().is_some_and(|name| !binder.atlas.resolve_kind(name).is_empty());
    let last = slice::from_ref(last);
    if kind {
        binder.suggest(last, Expected::Words(&[("of", "those that a node has")]));
    }
    let whole = name.is_none_or(|name| kind || binder.atlas.resolve(&name).len() == 1);
    if whole && before.last().is_some_and(|item| item.token != Token::Comma) {
        binder.suggest(last, Expected::SetOperator);
    }
}
