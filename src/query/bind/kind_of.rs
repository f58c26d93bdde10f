//! `KIND of S`: what the members own of a kind.

use crate::analysis::{Owners, listed, owned_of, sorted_unique, undirected_path};
use crate::answer::{Answer, Body, Path, Set, Shape, value_in_words};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, Flow, KindId, NodeIndex, statements};
use crate::query::bind::binder::{Binder, Expected, Meaning};
use crate::query::bind::operand::{self, Operand};
use crate::query::bind::options::FROM;
use crate::query::bind::unknown::unknown_kind;
use crate::query::bind::what_if;
use crate::query::explain::{ANY, Reason, chain, name, names};
use crate::query::limits::Limits;
use crate::query::operator::{Bound, Operator};
use crate::query::syntax::{Item, meant_by, span_of, words};
use std::slice;

/// How many members are each looked at by themselves, which is quicker than to look at the whole
/// graph, but not for many.
const FEW: usize = 16;

/// How it is written.
pub(crate) const USAGE: &str = "KIND of S [from SOURCE, …]";

/// Resolves the phrase if it is one of these.
pub(crate) fn bind(binder: Binder<'_>, items: &[Item]) -> Result<Option<Bound>, Diagnostic> {
    let Some(at) = items.iter().position(|item| item.is_word("of")) else {
        return Ok(None);
    };
    let Some(kind) = words(&items[..at]) else {
        return Ok(None);
    };
    let span = span_of(&items[..at]);
    let Some(kind) = operand::one_kind(binder, &kind, &span)? else {
        // A name may hold `of`, too.
        let whole = words(items).is_some_and(|name| !binder.atlas.resolve(&name).is_empty());
        if whole {
            return Ok(None);
        }
        let problem = unknown_kind(binder, &kind, &span);
        return Err(match meant_by(&kind) {
            Some(advice) => problem.help(advice),
            None => problem,
        });
    };
    let behind = &items[at + 1..];
    if behind.is_empty() {
        let end = items[at].span.end;
        let problem = binder.error("missing-operand", &(end..end), "`of` needs a name behind it");
        return Err(problem.help(format!("usage: {USAGE}")));
    }
    let bound = |binder, items| {
        let of = operand::bind(binder, items)?;
        Ok(Bound { operator: Box::new(KindOf { kind, of }), shape: Shape::Set })
    };
    // The last one: a name before it may hold the word.
    let from = behind.iter().rposition(|item| item.is_word(FROM.words)).filter(|at| *at > 0);
    let Some(from) = from else {
        let offered = behind.split_last().filter(|(_, before)| !before.is_empty());
        if let Some((last, _)) = offered {
            let words = [(FROM.words, FROM.summary)];
            binder.suggest(slice::from_ref(last), Expected::Words(&words));
        }
        return bound(binder, behind).map(Some);
    };
    binder.record(&behind[from].span, Meaning::Verb);
    if from + 1 == behind.len() {
        let end = behind[from].span.end;
        let problem =
            binder.error("missing-operand", &(end..end), "`from` needs a source behind it");
        return Err(problem.help(format!("usage: {USAGE}")));
    }
    let changed = what_if::heard(binder, &behind[from + 1..])?;
    let inner = bound(binder.in_graph(&changed.atlas), &behind[..from])?;
    Ok(Some(changed.asked(inner)))
}

#[derive(Debug)]
struct KindOf {
    kind: KindId,
    of: Operand,
}

impl Operator for KindOf {
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let own = name(atlas, node);
        let kind = &atlas.schema().kinds[self.kind].name;
        if !atlas.is_kind(node, self.kind) {
            let is = atlas.kind_words(node);
            let is =
                if is.is_empty() { "of no kind".to_owned() } else { format!("of the kind {is}") };
            return Reason::new(
                false,
                format!("the answer holds nodes of the kind {kind}; {own} is {is}"),
            );
        }
        let of = self.of.nodes(atlas, limits);
        for member in &of {
            let owned = owned_of(atlas, *member, self.kind);
            if !owned.nodes.contains(&node) {
                continue;
            }
            if owned.needed {
                let chain = chain(&Flow::all(atlas), &[node], &[*member], ANY);
                let of = name(atlas, *member);
                let note = format!("{of} owns none; {own} is what it needs");
                let reason = Reason::new(true, note);
                return chain.into_iter().fold(reason, |reason, chain| chain.supports(reason));
            }
            let direct = [*member];
            let owners: &[NodeIndex] =
                if owned.through.is_empty() { &direct } else { &owned.through };
            let routes = owners.iter().filter_map(|owner| Self::owning(atlas, node, *owner));
            let of = name(atlas, *member);
            let note = if owned.through.is_empty() {
                format!("{own} belongs to {of}")
            } else {
                format!("{of} has none of its own; {own} is {}'s", names(atlas, &owned.through))
            };
            return Reason::new(true, note).by(routes);
        }
        let of_names = names(atlas, &of);
        let reason = Reason::new(false, format!("no edge says that {own} belongs to {of_names}"));
        match undirected_path(atlas, &[node], &of, &None) {
            None => reason.and(format!("nothing joins {own} to {of_names}")),
            Some(path) => reason.and("what joins them is this").by([path]),
        }
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let mut nodes = Vec::new();
        let mut notes = Vec::new();
        let mut dependents = Vec::new();
        let plural = atlas.schema().kinds[self.kind].plural();
        let members = self.of.nodes(atlas, limits);
        // Of a graph in a database the whole is not looked at.
        let many = members.len() > FEW && atlas.partial().is_none();
        let mut owners = many.then(|| Owners::new(atlas, self.kind, limits.stop));
        for &member in &members {
            if limits.stopped() {
                break;
            }
            let name = atlas.node(member).name();
            let owned = match &mut owners {
                Some(owners) => owners.of(member),
                None => owned_of(atlas, member, self.kind),
            };
            if owned.nodes.is_empty() {
                notes.push(format!(
                    "no source names {plural} of {name}{}",
                    self.instead(atlas, member)
                ));
            } else if owned.needed {
                notes.push(format!(
                    "{plural} of {name}: what it needs, since it owns none; {}",
                    owning(atlas)
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
        let mut nodes = sorted_unique(nodes);
        // Of one member the data may give an order; the lists of several are not one list.
        if let [member] = members[..]
            && let Some(listed) = listed(atlas, member, &nodes)
        {
            nodes = listed;
        }
        let set = Set { dependents, ..Set::of(nodes) };
        Answer::new(atlas, Body::Set(set)).noting(notes)
    }
}

/// `learns, uses own`: which relations the schema says own.
fn owning(atlas: &Atlas) -> String {
    let owning = atlas.schema().relations.iter().filter(|relation| relation.owns);
    let names: Vec<&str> = owning.map(|relation| relation.name.as_str()).collect();
    match names.as_slice() {
        [] => "no relation owns anything here".to_owned(),
        [one] => format!("the relation that owns is {one}"),
        _ => format!("relations that own are {}", names.join(", ")),
    }
}

impl KindOf {
    /// The edges by which one owns the other, whichever way.
    fn owning(atlas: &Atlas, node: NodeIndex, owner: NodeIndex) -> Option<Path> {
        let edges = atlas.edges_from(owner).into_iter().chain(atlas.edges_to(owner));
        let fits = |edge: &EdgeIndex| {
            let ends = atlas.ends(*edge);
            atlas.relation_of(*edge).owns && (ends == (owner, node) || ends == (node, owner))
        };
        let edges: Vec<EdgeIndex> = edges.filter(fits).collect();
        (!edges.is_empty() && node != owner)
            .then(|| Path { nodes: vec![node, owner], hops: vec![edges] })
    }

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
