//! `KIND of S`: what the members own of a kind.

use super::arguments::Scope;
use super::conditions::unknown_kind;
use super::operand::{self, Operand};
use super::syntax::{Item, meant_by, span_of};
use super::{Bind, Limits, Run};
use crate::analysis::{first_by_id, owned_of};
use crate::answer::{Answer, Body, Set, Shape, value_in_words};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, KindId, NodeIndex, statements};

/// How it is written.
pub(super) const USAGE: &str = "KIND of S";

/// Resolves the phrase if it is one of these.
pub(super) fn bind(scope: Scope<'_>, items: &[Item]) -> Result<Option<Bind>, Diagnostic> {
    let Some(at) = items.iter().position(|item| item.is_word("of")) else {
        return Ok(None);
    };
    let Some(kind) = operand::words(&items[..at]) else {
        return Ok(None);
    };
    let span = span_of(&items[..at]);
    let Some(kind) = operand::one_kind(scope, &kind, &span)? else {
        let whole =
            operand::words(items).is_some_and(|name| !scope.atlas.resolve(&name).is_empty());
        if whole {
            return Ok(None);
        }
        let problem = unknown_kind(scope, &kind, &span);
        return Err(match meant_by(&kind) {
            Some(advice) => problem.help(advice),
            None => problem,
        });
    };
    let behind = &items[at + 1..];
    if behind.is_empty() {
        let end = items[at].span.end;
        let problem = scope.error("missing-operand", &(end..end), "`of` needs a name behind it");
        return Err(problem.help(format!("usage: {USAGE}")));
    }
    let of = operand::bind(scope, behind)?;
    Ok(Some(Bind { run: Box::new(KindOf { kind, of }), shape: Shape::Set }))
}

#[derive(Debug)]
struct KindOf {
    kind: KindId,
    of: Operand,
}

impl Run for KindOf {
    fn run<'g>(&self, atlas: &'g Atlas, limits: &Limits<'_>) -> Answer<'g> {
        let mut nodes = Vec::new();
        let mut notes = Vec::new();
        let mut dependents = Vec::new();
        let plural = atlas.schema().kinds[self.kind].plural();
        for member in self.of.nodes(atlas, limits) {
            let name = atlas.node(member).name();
            let owned = owned_of(atlas, member, self.kind);
            if owned.nodes.is_empty() {
                notes.push(format!(
                    "no source names {plural} of {name}{}",
                    self.instead(atlas, member)
                ));
            } else if !owned.through.is_empty() {
                let through: Vec<&str> =
                    owned.through.iter().map(|node| atlas.node(*node).name()).collect();
                notes.push(format!("{plural} of {name}: through {}", through.join(", ")));
            }
            nodes.extend(owned.nodes);
            dependents.push(member);
            dependents.extend(owned.through);
        }
        let set = Set { dependents, ..Set::of(first_by_id(nodes)) };
        let mut answer = Answer::new(atlas, Body::Set(set));
        answer.notes = notes;
        answer
    }
}

impl KindOf {
    /// What the fields that stand in for the kind say.
    fn instead(&self, atlas: &Atlas, member: NodeIndex) -> String {
        let kind = &atlas.schema().kinds[self.kind].name;
        let fields = atlas.schema().fields.iter();
        let fields = fields.filter(|(_, field)| field.stands_in_for.as_ref() == Some(kind));
        let said = fields.filter_map(|(name, _)| {
            let value = atlas.node(member).properties.get(name)?;
            let values: Vec<String> = statements(value).map(value_in_words).collect();
            Some(format!("; {name}: {}", values.join(", ")))
        });
        said.collect()
    }
}
