//! `with { … } Q` and `from SOURCE, …`: the answer in a changed graph.

use super::binder::{Binder, Expected, Meaning};
use super::operand::single;
use super::unknown::unknown_relation;
use crate::answer::Answer;
use crate::diagnostic::{Diagnostic, nearest, one_of, shortened};
use crate::graph::{Atlas, Edit, NodeIndex, RelationId, Source, fold, quoted_if_needed};
use crate::query::explain::Reason;
use crate::query::limits::Limits;
use crate::query::operator::{Bound, Operator};
use crate::query::syntax::{Change, Item, Token, span_of, words_or_quoted};
use std::slice;

/// How it is written.
pub(super) const USAGE: &str = "with { +A relation B; -A relation B; -A } QUERY";

/// A graph and what changes make of it.
#[derive(Debug)]
pub(super) struct Changes {
    base: Atlas,
    edits: Vec<Edit>,
    /// The sources that alone are heard, if not all are.
    heard: Option<Vec<String>>,
    /// The graph they make.
    pub(super) atlas: Atlas,
}

/// Makes the changes one after the other, so that each finds what those before it left.
pub(super) fn bind(binder: Binder<'_>, changes: &[Change]) -> Result<Changes, Diagnostic> {
    let base = binder.atlas.clone();
    let (mut atlas, mut edits) = (base.clone(), Vec::new());
    for change in changes {
        let edit = edit(binder.in_graph(&atlas), change)?;
        atlas = atlas.changed(edit);
        edits.push(edit);
    }
    Ok(Changes { base, edits, heard: None, atlas })
}

/// Only these sources are heard.
pub(super) fn heard(binder: Binder<'_>, items: &[Item]) -> Result<Changes, Diagnostic> {
    let parts = items.split(|item| item.token == Token::Comma);
    let sources = parts.map(|part| source(binder, part)).collect::<Result<Vec<_>, _>>()?;
    let base = binder.atlas.clone();
    let atlas = base.clone().stated_by(&sources);
    Ok(Changes { base, edits: Vec::new(), heard: Some(sources), atlas })
}

/// The source of this id, title or file name.
fn source(binder: Binder<'_>, items: &[Item]) -> Result<String, Diagnostic> {
    let known = binder.atlas.sources();
    if binder.is_observed() {
        let title = |source: &Source| source.title.clone().unwrap_or_default();
        let offers: Vec<_> =
            known.iter().map(|source| (quoted_if_needed(&source.id), title(source))).collect();
        let offers: Vec<_> = offers.iter().map(|(id, what)| (id.as_str(), what.as_str())).collect();
        binder.suggest(items, Expected::Words(&offers));
    }
    let name = words_or_quoted(items).unwrap_or_default();
    let called = |source: &&Source, same: &dyn Fn(&str) -> bool| {
        [Some(&source.id), source.title.as_ref(), source.file.as_ref()]
            .into_iter()
            .flatten()
            .any(|own| same(own))
    };
    let exactly = known.iter().find(|source| called(source, &|own| own == name));
    let folded = || known.iter().find(|source| called(source, &|own| fold(own) == fold(&name)));
    if let Some(source) = exactly.or_else(folded) {
        binder.record(&span_of(items), Meaning::Quoted);
        return Ok(source.id.clone());
    }
    let message = format!("there is no source `{}`", shortened(&name));
    let problem = binder.error("unknown-source", &span_of(items), message);
    if !binder.atlas.resolve(&name).is_empty() {
        return Err(problem.help(
            "`from` names a source; what one knows stands behind `knowing`, and where a path \
             begins behind `path`",
        ));
    }
    let near = nearest(&name, known.iter().map(|source| source.id.as_str()));
    let near = near.into_iter().map(quoted_if_needed);
    Err(problem.instead_or(near, || "`sources` lists them".to_owned()))
}

/// A query asked of a changed graph.
#[derive(Debug)]
struct WhatIf {
    changes: Changes,
    inner: Bound,
}

impl Changes {
    /// A query that was bound to the changed graph, asked of what they make of any graph.
    pub(super) fn asked(self, inner: Bound) -> Bound {
        let shape = inner.shape;
        Bound { operator: Box::new(WhatIf { changes: self, inner }), shape }
    }

    /// The graph that the changes make of another one.
    fn of(&self, outer: &Atlas) -> Atlas {
        // Bound to this very graph: the changes are made already.
        if outer.is(&self.base) {
            return self.atlas.clone();
        }
        let atlas = self.edits.iter().fold(outer.clone(), |atlas, edit| atlas.changed(*edit));
        match &self.heard {
            Some(sources) => atlas.stated_by(sources),
            None => atlas,
        }
    }
}

impl Operator for WhatIf {
    fn run(&self, outer: &Atlas, limits: &Limits<'_>) -> Answer {
        let atlas = self.changes.of(outer);
        let mut answer = self.inner.operator.run(&atlas, limits);
        if let Some(heard) = &self.changes.heard {
            let note = format!("only what is said by {} is looked at", one_of(heard));
            answer.notes.insert(0, note.into());
        }
        answer
    }

    fn reason(&self, outer: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let atlas = self.changes.of(outer);
        self.inner.operator.reason(&atlas, limits, node).in_graph(atlas)
    }

    fn reason_in_set(&self, outer: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let atlas = self.changes.of(outer);
        self.inner.operator.reason_in_set(&atlas, limits, node).in_graph(atlas)
    }

    fn columns(&self) -> Vec<String> {
        self.inner.operator.columns()
    }
}

fn edit(binder: Binder<'_>, change: &Change) -> Result<Edit, Diagnostic> {
    let atlas = binder.atlas;
    if binder.is_observed() {
        suggest(binder, &change.items);
    }
    let Some((from, relation, to)) = statement(binder, &change.items)? else {
        let name = words_or_quoted(&change.items);
        let node = match &name {
            Some(name) => single(binder, name, &change.items)?,
            None => return Err(unclear(binder, change)),
        };
        if change.adds {
            return Err(unclear(binder, change));
        }
        return Ok(Edit::RemoveNode(node));
    };
    if change.adds {
        return Ok(Edit::Add(from, relation, to));
    }
    if !atlas.edges_between(from, relation, to).is_empty() {
        return Ok(Edit::Remove(from, relation, to));
    }
    let typed = |node: NodeIndex| quoted_if_needed(&atlas.node(node).id);
    let name = quoted_if_needed(&atlas.schema().relations[relation].name);
    let message = format!("there is no edge {} {name} {} to take away", typed(from), typed(to));
    let problem = binder.error("no-such-edge", &change.span, message);
    Err(if atlas.edges_between(to, relation, from).is_empty() {
        problem.help(format!("`near {}` shows what is joined to it", typed(from)))
    } else {
        problem.help(format!(
            "the other way round there is one: `-{} {name} {}`",
            typed(to),
            typed(from)
        ))
    })
}

/// Suggests names, or behind one relations, or behind one of these names again.
fn suggest(binder: Binder<'_>, items: &[Item]) {
    let is_relation = |item: &Item| {
        let name = words_or_quoted(slice::from_ref(item));
        name.is_some_and(|name| binder.atlas.resolve_relation(&name).len() == 1)
    };
    match items.iter().rposition(is_relation).filter(|at| *at > 0) {
        Some(relation) => binder.suggest(&items[relation + 1..], Expected::Name),
        None => {
            binder.suggest(items, Expected::Name);
            binder.suggest(items.get(1..).unwrap_or_default(), Expected::Relation);
        }
    }
}

/// How many words a change may have.
const MOST_WORDS: usize = 64;

/// `A relation B`, where the words split into that.
fn statement(
    binder: Binder<'_>,
    items: &[Item],
) -> Result<Option<(NodeIndex, RelationId, NodeIndex)>, Diagnostic> {
    let atlas = binder.atlas;
    let relation_at = |start: usize, end: usize| {
        let relation = words_or_quoted(&items[start..end]);
        relation.map(|name| atlas.resolve_relation(&name)).filter(|found| found.len() == 1)
    };
    // Nothing is called by so many words, and all ways to split them are tried.
    let last = if items.len() > MOST_WORDS { 0 } else { items.len().saturating_sub(1) };
    let starts = 1..last;
    let splits = starts.flat_map(|start| (start + 1..items.len()).map(move |end| (start, end)));
    let mut splits: Vec<_> =
        splits.filter_map(|(start, end)| Some((start, end, relation_at(start, end)?[0]))).collect();
    // Where a name holds a relation's word, the split with two known names is meant.
    let known =
        |items: &[Item]| words_or_quoted(items).is_some_and(|name| atlas.resolve(&name).len() == 1);
    splits.sort_by_key(|(start, end, _)| !(known(&items[..*start]) && known(&items[*end..])));
    if let Some(&(start, end, relation)) = splits.first() {
        let end_of = |items: &[Item]| match words_or_quoted(items) {
            Some(name) => single(binder, &name, items),
            None => Err(binder.error("unexpected", &span_of(items), "one name must stand here")),
        };
        return Ok(Some((end_of(&items[..start])?, relation, end_of(&items[end..])?)));
    }
    match items {
        [_, relation, _]
            if words_or_quoted(items).is_none_or(|name| atlas.resolve(&name).is_empty()) =>
        {
            let name = words_or_quoted(slice::from_ref(relation)).unwrap_or_default();
            Err(unknown_relation(binder, &name, &relation.span))
        }
        _ => Ok(None),
    }
}

fn unclear(binder: Binder<'_>, change: &Change) -> Diagnostic {
    let message = "a change adds an edge, or takes away an edge or a node";
    binder.error("unexpected", &change.span, message).help(format!("usage: {USAGE}"))
}
