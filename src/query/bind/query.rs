//! Whole queries: phrases combined by set operators, then stages.

use crate::answer::{Answer, Body, Set, Shape};
use crate::diagnostic::{Diagnostic, nearest};
use crate::graph::{Atlas, NodeIndex};
use crate::query::assist::meaning::Meaning;
use crate::query::bind::arguments::{Arguments, Binder, alternatives};
use crate::query::bind::{kind_of, operand, what_if};
use crate::query::explain::naming::name;
use crate::query::explain::reason::Reason;
use crate::query::hints::mistakes;
use crate::query::stages::{STAGES, StageOperator};
use crate::query::syntax::{Item, Phrase, Query, SetOperator, Token, stage_called};
use crate::query::verbs::VERBS;
use crate::query::{Bound, Input, Limits, Operator};
use crate::stop::until;
use std::collections::{BTreeSet, HashSet};

/// Resolves a query: phrases, operators, stages.
pub(crate) fn bind_query(binder: Binder<'_>, query: &Query) -> Result<Bound, Diagnostic> {
    if query.changes.is_empty() { bind_stages(binder, query) } else { what_if::bind(binder, query) }
}

/// The same in the graph as it is.
pub(crate) fn bind_stages(binder: Binder<'_>, query: &Query) -> Result<Bound, Diagnostic> {
    let first = bind_sets(binder, query)?;
    if query.stages.is_empty() {
        return Ok(first);
    }
    let mut input = Input { shape: first.shape, columns: first.operator.columns() };
    let mut stages = Vec::with_capacity(query.stages.len());
    let words = query.stages.iter().map(|stage| binder.statement.text(&stage.span()).to_owned());
    let words = words.collect();
    for stage in &query.stages {
        let (transform, shape) = bind_stage(binder, stage, &input)?;
        input = Input { shape, columns: transform.columns(input.columns) };
        stages.push(transform);
    }
    let shape = input.shape;
    Ok(Bound { operator: Box::new(Staged { first, stages, words, columns: input.columns }), shape })
}

fn bind_sets(binder: Binder<'_>, query: &Query) -> Result<Bound, Diagnostic> {
    let first = bind_phrase(binder, &query.first)?;
    if query.rest.is_empty() {
        return Ok(first);
    }
    let check = |bind: Bound, phrase: &Phrase| {
        if bind.shape.has_nodes() {
            return Ok(bind);
        }
        let message = format!("this is a {}, but sets are combined here", bind.shape.name());
        Err(binder.error("wrong-shape", &phrase.span(), message))
    };
    let mut terms = vec![(SetOperator::Union, vec![check(first, &query.first)?])];
    for (operator, phrase) in &query.rest {
        let bind = check(bind_phrase(binder, phrase)?, phrase)?;
        match (operator, terms.last_mut()) {
            (SetOperator::Intersect, Some((_, factors))) => factors.push(bind),
            _ => terms.push((*operator, vec![bind])),
        }
    }
    Ok(Bound { operator: Box::new(Combination { terms }), shape: Shape::Set })
}

/// A verb with its arguments, `KIND of S`, or an operand alone.
pub(crate) fn bind_phrase(binder: Binder<'_>, phrase: &Phrase) -> Result<Bound, Diagnostic> {
    let items = phrase.items.as_slice();
    // A query in brackets is that query, whatever its shape.
    if let [Item { token: Token::Group(query), .. }] = items {
        return bind_query(binder, query);
    }
    binder.offer_phrase(items);
    if let Some(Item { token: Token::Word(word), .. }) = items.first() {
        let verb = VERBS.iter().find(|verb| verb.name.eq_ignore_ascii_case(word));
        // In a list a verb that stands alone is a member like a kind.
        let listed = items.get(1).is_some_and(|item| item.token == Token::Comma);
        if let Some(verb) = verb.filter(|verb| !listed || verb.usage.contains(' ')) {
            binder.record(&items[0].span, Meaning::Verb);
            let arguments = Arguments::new(binder, verb.name, verb.usage, verb.options, items)?;
            return Ok(Bound { operator: (verb.bind)(&arguments)?, shape: verb.shape });
        }
    }
    if let Some(bound) = kind_of::bind(binder, items)? {
        return Ok(bound);
    }
    offer_behind(binder, items);
    misspelt_verb(binder, items)?;
    let bound = operand::bind(binder, items)?;
    let shape = match bound.atoms.as_slice() {
        [operand::Atom::Query(query)] => query.shape,
        _ => Shape::Set,
    };
    Ok(Bound { operator: Box::new(bound), shape })
}

/// Offers what can stand behind an operand that is whole.
fn offer_behind(binder: Binder<'_>, items: &[Item]) {
    let Some((last, before)) = items.split_last().filter(|(_, before)| !before.is_empty()) else {
        return;
    };
    let Some(item) = binder.under_cursor(std::slice::from_ref(last)) else { return };
    let name = operand::words_or_quoted(before);
    let kind = name.as_ref().is_some_and(|name| !binder.atlas.resolve_kind(name).is_empty());
    if kind {
        binder.offer_words(item, &[("of", "those that a node has")]);
    }
    let whole = name.is_none_or(|name| kind || binder.atlas.resolve(&name).len() == 1);
    if whole && before.last().is_some_and(|item| item.token != Token::Comma) {
        binder.offer_operators(item);
    }
}

/// A first word that is nearly a verb, with more behind it that is no name.
fn misspelt_verb(binder: Binder<'_>, items: &[Item]) -> Result<(), Diagnostic> {
    let [first, behind, ..] = items else {
        return Ok(());
    };
    let Token::Word(word) = &first.token else {
        return Ok(());
    };
    let whole = operand::words(items).is_some_and(|name| {
        !binder.atlas.resolve(&name).is_empty() || !binder.atlas.resolve_kind(&name).is_empty()
    });
    let advised = mistakes::advice(binder, items).is_some();
    if whole || advised || matches!(behind.token, Token::Comma) {
        return Ok(());
    }
    let Some(verb) = operand::verb_like(word) else {
        return Ok(());
    };
    let problem = binder.error("unknown-verb", &first.span, format!("there is no verb `{word}`"));
    Err(problem.instead([verb]))
}

fn bind_stage(
    binder: Binder<'_>,
    phrase: &Phrase,
    input: &Input,
) -> Result<(Box<dyn StageOperator>, Shape), Diagnostic> {
    let items = phrase.items.as_slice();
    binder.offer_stages(items);
    let (word, word_span) = match items.first() {
        Some(Item { token: Token::Word(word), span }) => (word.as_str(), span.clone()),
        _ => ("", phrase.span()),
    };
    let Some(stage) = STAGES.iter().find(|stage| stage.name.eq_ignore_ascii_case(word)) else {
        let message = format!("there is no stage `{word}` to come after `then`");
        let problem = binder.error("unknown-stage", &phrase.span(), message);
        let near = nearest(word, STAGES.iter().map(|stage| stage.name));
        let words = |usage: &str| {
            let words =
                usage.split(' ').take_while(|word| word.bytes().all(|b| b.is_ascii_lowercase()));
            words.collect::<Vec<&str>>().join(" ")
        };
        let known: Vec<String> = STAGES.iter().map(|stage| words(stage.usage)).collect();
        return Err(if VERBS.iter().any(|verb| verb.name == word) {
            problem.help(format!("`{word}` is a verb and begins a query: `{word} (…)`"))
        } else if let Some(stage) = stage_called(word) {
            problem.help(format!("that is a stage: then {stage}"))
        } else if let Some(near) = near.first().copied() {
            problem.at(binder.statement.place(&word_span)).instead([near])
        } else {
            problem.help(format!("stages are {}", alternatives(&known)))
        });
    };
    binder.record(&items[0].span, Meaning::Verb);
    let arguments = Arguments::new(binder, stage.name, stage.usage, &[], items)?;
    (stage.bind)(&arguments, input)
}

#[derive(Debug)]
struct Staged {
    first: Bound,
    stages: Vec<Box<dyn StageOperator>>,
    /// Each stage as typed.
    words: Vec<String>,
    columns: Vec<String>,
}

impl Operator for Staged {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let (answer, rest) = match self.stages.split_first() {
            Some((first, rest)) if first.counts() => {
                (self.first.operator.count(atlas, limits), rest)
            }
            _ => (self.first.operator.run(atlas, limits), self.stages.as_slice()),
        };
        rest.iter().fold(answer, |answer, stage| stage.apply(answer, limits))
    }

    /// The stage that drops the node, or else what the query before the stages says.
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let own = name(atlas, node);
        let mut answer = self.first.operator.run(atlas, limits);
        let reason = self.first.operator.reason(atlas, limits, node);
        if !reason.holds {
            return Reason { hints: Vec::new(), ..reason };
        }
        for (stage, words) in self.stages.iter().zip(&self.words) {
            let before = answer.nodes().len();
            answer = stage.apply(answer, limits);
            let after = answer.nodes();
            if !after.contains(&node) {
                let left = after.len();
                let note = format!("`then {words}` drops {own}: {left} of {before} are left");
                return reason.within(false, note);
            }
        }
        let words: Vec<String> = self.words.iter().map(|words| format!("`then {words}`")).collect();
        reason.and(format!("it stays after {}", words.join(", ")))
    }

    fn columns(&self) -> Vec<String> {
        self.columns.clone()
    }
}

/// Terms joined from the left by union or except; the factors of each intersect.
#[derive(Debug)]
struct Combination {
    terms: Vec<(SetOperator, Vec<Bound>)>,
}

impl Operator for Combination {
    /// What the operands say, one after the other: the one that brings the node in, and the one
    /// that keeps it out or takes it away.
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let own = name(atlas, node);
        let mut current: Option<Reason> = None;
        for (at, (operator, factors)) in self.terms.iter().enumerate() {
            let held = current.as_ref().is_some_and(|reason| reason.holds);
            // What is in cannot come in again, what is out cannot be taken away.
            if at > 0 && held != (*operator == SetOperator::Except) {
                continue;
            }
            let term = intersection(factors, atlas, limits, node);
            current = Some(match (operator, current) {
                (SetOperator::Except, _) if term.holds => {
                    term.within(false, format!("`except` takes {own} away"))
                }
                (SetOperator::Except, Some(before)) => before,
                (_, Some(before)) if !term.holds => before.joined(term, false),
                _ => term,
            });
        }
        current.unwrap_or_else(|| Reason::new(false, format!("nothing is asked that holds {own}")))
    }

    /// Stopped within, it has only what no term still to come can take away.
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let mut gathered = Gathered::default();
        let (mut notes, mut complete) = (Vec::new(), true);
        let mut evaluate = |bind: &Bound| {
            let mut answer = bind.operator.run(atlas, limits);
            complete &= answer.complete;
            notes.append(&mut answer.notes);
            let recommended = answer.recommended().clone();
            Set { recommended, ..Set::of(answer.into_set()) }
        };
        let mut terms = self.terms.iter();
        for (operator, factors) in until(limits.stop, &mut terms) {
            let mut factors = factors.iter();
            let mut term = factors.next().map(&mut evaluate).unwrap_or_default();
            for factor in until(limits.stop, &mut factors) {
                term = keep(term, &evaluate(factor));
            }
            match operator {
                // What was not found might have taken away what stands there.
                SetOperator::Except if limits.stopped() => gathered = Gathered::default(),
                SetOperator::Except => gathered.take(&term),
                // What has not met all factors may not belong to it.
                _ if factors.len() == 0 => gathered.add(&term),
                _ => {}
            }
        }
        if terms.any(|(operator, _)| *operator == SetOperator::Except) {
            gathered = Gathered::default();
        }
        let body = Body::Set(gathered.into_set());
        Answer { notes, complete, ..Answer::new(atlas, body) }
    }
}

/// Why a node is in all of the factors, or not in one of them.
fn intersection(factors: &[Bound], atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
    let mut all: Option<Reason> = None;
    for factor in factors {
        let reason = factor.operator.reason_in_set(atlas, limits, node);
        if !reason.holds && factors.len() > 1 {
            let own = name(atlas, node);
            return reason.within(false, format!("not every side of `intersect` has {own}"));
        }
        all = Some(match all {
            None => reason,
            Some(before) => before.joined(reason, true),
        });
    }
    all.unwrap_or_else(|| Reason::new(false, "there is nothing to intersect"))
}

/// The nodes of `left`, in order and marked as there, that are among `right`.
fn keep(mut left: Set, right: &Set) -> Set {
    let right: HashSet<&NodeIndex> = right.nodes.iter().collect();
    left.nodes.retain(|node| right.contains(node));
    left.recommended.retain(|node| right.contains(node));
    left
}

/// A set to which others are added and from which they are taken, each at the cost of the other.
#[derive(Default)]
struct Gathered {
    nodes: Vec<NodeIndex>,
    /// By node: one more than its place among them; 0 if it is none of them.
    places: Vec<usize>,
    recommended: BTreeSet<NodeIndex>,
}

impl Gathered {
    fn place(&mut self, node: NodeIndex) -> &mut usize {
        if self.places.len() <= node.index() {
            self.places.resize(node.index() + 1, 0);
        }
        &mut self.places[node.index()]
    }

    /// Adds what is new at the end; only recommended is what is no more than that on either side.
    fn add(&mut self, set: &Set) {
        for node in &set.nodes {
            let recommended = set.recommended.contains(node);
            if *self.place(*node) == 0 {
                self.nodes.push(*node);
                *self.place(*node) = self.nodes.len();
                if recommended {
                    self.recommended.insert(*node);
                }
            } else if !recommended && !self.recommended.is_empty() {
                self.recommended.remove(node);
            }
        }
    }

    fn take(&mut self, set: &Set) {
        for node in &set.nodes {
            *self.place(*node) = 0;
            self.recommended.remove(node);
        }
    }

    fn into_set(self) -> Set {
        let Self { nodes, places, recommended } = self;
        let inside = |(at, node): &(usize, NodeIndex)| places[node.index()] == at + 1;
        let nodes = nodes.into_iter().enumerate().filter(inside).map(|(_, node)| node);
        Set { recommended, ..Set::of(nodes.collect()) }
    }
}
