//! Operands: comma lists of names, kinds and queries in parentheses.

use super::binder::{Binder, Expected, Meaning, NamedSet};
use crate::analysis::sorted_unique;
use crate::answer::{Answer, Body, Set, Shape};
use crate::diagnostic::{Diagnostic, Note, SUGGESTIONS, nearest, one_of, shortened};
use crate::graph::{Atlas, KindId, NodeIndex, quoted_if_needed};
use crate::query::explain::{Reason, name};
use crate::query::hints::misspelt::split_names;
use crate::query::hints::mistakes;
use crate::query::limits::Limits;
use crate::query::operator::{Bound, Operator};
use crate::query::syntax::{Item, LAST, Token, span_of, words};
use std::ops::Range;

/// The name of one's own profile.
const OWN: &str = "me";

/// A comma list, every name resolved.
#[derive(Debug)]
pub(crate) struct Operand {
    pub(crate) atoms: Vec<Atom>,
}

/// One member of a comma list.
#[derive(Debug)]
pub(crate) enum Atom {
    /// A node, or all nodes of a kind.
    Nodes(Vec<NodeIndex>),
    /// A query in parentheses, or a named set.
    Query(Bound),
}

impl Operand {
    /// The nodes of each atom.
    pub(crate) fn sets(&self, atlas: &Atlas, limits: &Limits<'_>) -> Vec<Vec<NodeIndex>> {
        let sets = self.atoms.iter().map(|atom| match atom {
            Atom::Nodes(nodes) => nodes.clone(),
            Atom::Query(query) => query.operator.run(atlas, limits).into_set(),
        });
        sets.collect()
    }

    /// All nodes, by id.
    pub(crate) fn nodes(&self, atlas: &Atlas, limits: &Limits<'_>) -> Vec<NodeIndex> {
        sorted_unique(self.sets(atlas, limits).concat())
    }
}

impl Operator for Operand {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        if let [Atom::Query(query)] = self.atoms.as_slice() {
            return query.operator.run(atlas, limits);
        }
        Answer::new(atlas, Body::Set(Set::of(self.nodes(atlas, limits))))
    }

    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let name = name(atlas, node);
        let mut why_not = None;
        let alone = self.atoms.len() == 1;
        for atom in &self.atoms {
            match atom {
                Atom::Nodes(nodes) if nodes.contains(&node) => {
                    return Reason::new(true, format!("{name} is named, or is of a kind that is"));
                }
                Atom::Nodes(_) => {}
                Atom::Query(query) => {
                    let reason = if alone {
                        query.operator.reason(atlas, limits, node)
                    } else {
                        query.operator.reason_in_set(atlas, limits, node)
                    };
                    if reason.holds {
                        return reason;
                    }
                    why_not = why_not.or(Some(reason));
                }
            }
        }
        why_not.unwrap_or_else(|| {
            Reason::new(false, format!("{name} is not named, nor of a kind that is"))
        })
    }

    fn columns(&self) -> Vec<String> {
        match self.atoms.as_slice() {
            [Atom::Query(query)] => query.operator.columns(),
            _ => Vec::new(),
        }
    }
}

/// Resolves a comma list.
pub(crate) fn bind(binder: Binder<'_>, items: &[Item]) -> Result<Operand, Diagnostic> {
    let mut atoms = Vec::new();
    let parts: Vec<&[Item]> = items.split(|item| item.token == Token::Comma).collect();
    for (number, part) in parts.iter().enumerate() {
        if part.is_empty() {
            let commas = items.iter().filter(|item| item.token == Token::Comma);
            let comma = commas.map(|item| item.span.clone()).nth(number.saturating_sub(1));
            let message = "a name is missing beside this comma";
            return Err(binder.error("missing-operand", &comma.unwrap_or(0..0), message));
        }
        atoms.push(atom(binder, part)?);
    }
    Ok(Operand { atoms })
}

fn atom(binder: Binder<'_>, items: &[Item]) -> Result<Atom, Diagnostic> {
    binder.suggest(items, Expected::Name);
    match items {
        [Item { token: Token::Group(query), span }] => {
            let bound = binder.query(query)?;
            binder.expect_nodes(bound, span, "a set of nodes is wanted").map(Atom::Query)
        }
        [Item { token: Token::Quoted(name), span }] => {
            let found = binder.atlas.resolve(name);
            one(binder, name, span, &found, items).map(|node| Atom::Nodes(vec![node]))
        }
        [Item { token: Token::Variable(name), span }] => variable(binder, name, span),
        _ => match words(items) {
            Some(name) => named(binder, &name, items),
            None => Err(joined(binder, items)),
        },
    }
}

/// A set that `let` has named.
fn variable(binder: Binder<'_>, name: &str, span: &Range<usize>) -> Result<Atom, Diagnostic> {
    if let Some(set) = binder.names.get(name) {
        binder.record(span, Meaning::Variable);
        let operator = Box::new(Named(set.clone()));
        return Ok(Atom::Query(Bound { operator, shape: Shape::Set }));
    }
    if name == OWN {
        let problem =
            binder.error("no-profile", span, "no profile is open, so `@me` knows nothing");
        return Err(problem.help("`.know NAME, …` notes what you know").help(Note::naming(
            "or name a file: ",
            "me",
            " knows.json, or set OPSATLAS_ME",
        )));
    }
    if name == LAST {
        let message = "no answer before this one had nodes";
        let problem = binder.error("unknown-variable", span, message);
        return Err(problem.help("`@last` is the last one that had, in the same run"));
    }
    let problem =
        binder.error("unknown-variable", span, format!("nothing is called `@{name}` yet"));
    let near = nearest(name, binder.names.keys().map(String::as_str));
    let near = near.into_iter().take(1).map(|near| format!("@{near}"));
    Err(problem.instead_or(near, || {
        let set =
            format!("name a set first: `let {name} = …`, in the same run, or open a profile: ");
        Note::naming(&set, "me", &format!(" {name}={name}.json"))
    }))
}

/// What people know: a bare name that a person has as well as a node is neither.
pub(crate) fn people(binder: Binder<'_>, items: &[Item]) -> Result<Operand, Diagnostic> {
    let parts = || items.split(|item| item.token == Token::Comma);
    let person = |part: &[Item]| match part {
        [Item { token: Token::Word(name), .. }] if binder.names.contains_key(name) => {
            Some(name.clone())
        }
        _ => None,
    };
    let mut people = parts().filter_map(person);
    let Some(name) = people.find(|name| !binder.atlas.resolve(name).is_empty()) else {
        return bind(binder, items);
    };
    let named = parts().map(|part| match person(part) {
        Some(name) => format!("@{name}"),
        None => binder.statement.text(&span_of(part)).to_owned(),
    });
    let named = named.collect::<Vec<String>>().join(", ");
    let message = format!("`{name}` can mean a node or `@{name}`");
    let problem = binder.error("ambiguous-name", &span_of(items), message);
    Err(problem.instead([named]).help(format!("the node is \"{name}\"")))
}

/// What `@me` knows, if a profile is open.
pub(crate) fn profile(binder: Binder<'_>) -> Option<Operand> {
    let set = binder.names.get(OWN)?.clone();
    let query = Bound { operator: Box::new(Named(set)), shape: Shape::Set };
    Some(Operand { atoms: vec![Atom::Query(query)] })
}

/// A set that a statement before has named.
#[derive(Debug)]
struct Named(NamedSet);

impl Operator for Named {
    fn run(&self, atlas: &Atlas, _: &Limits<'_>) -> Answer {
        let mut set = Set::clone(&self.0);
        set.nodes.retain(|node| atlas.has(*node));
        Answer::new(atlas, Body::Set(set))
    }
}

/// A verb that stands alone comes before a kind, a kind before a node.
fn named(binder: Binder<'_>, name: &str, items: &[Item]) -> Result<Atom, Diagnostic> {
    let (atlas, span) = (binder.atlas, span_of(items));
    if let Some(bound) = binder.language.verb_alone(binder, name, items) {
        return bound.map(Atom::Query);
    }
    if let Some(kind) = one_kind(binder, name, &span)? {
        return Ok(Atom::Nodes(atlas.of_kind(kind)));
    }
    one(binder, name, &span, &atlas.resolve(name), items).map(|node| Atom::Nodes(vec![node]))
}

/// The one kind of a name, if it names any.
pub(crate) fn one_kind(
    binder: Binder<'_>,
    name: &str,
    span: &Range<usize>,
) -> Result<Option<KindId>, Diagnostic> {
    match binder.atlas.resolve_kind(name).as_slice() {
        [] => Ok(None),
        [kind] => {
            binder.record(span, Meaning::Kind);
            Ok(Some(*kind))
        }
        several => {
            let kinds = several.iter().map(|kind| &binder.atlas.schema().kinds[*kind].name);
            let message = format!("`{name}` can mean several kinds");
            let problem = binder.error("ambiguous-name", span, message);
            Err(problem.help(format!("write {}", one_of(kinds))))
        }
    }
}

/// The one node of a name.
fn one(
    binder: Binder<'_>,
    name: &str,
    span: &Range<usize>,
    found: &[NodeIndex],
    items: &[Item],
) -> Result<NodeIndex, Diagnostic> {
    match found {
        [node] => {
            binder.record(span, Meaning::Node(binder.atlas.kinds(*node).first().copied()));
            Ok(*node)
        }
        [] => Err(unknown(binder, name, span, items)),
        several => {
            let message = format!("`{name}` can mean {} nodes", several.len());
            let problem = binder.error("ambiguous-name", span, message);
            let shown = several.iter().take(10).map(|node| {
                let facts = binder.atlas.node(*node);
                let kind = binder.atlas.kind_words(*node);
                let what = [facts.name(), &kind].join(", ");
                format!("{} ({})", quoted_if_needed(&facts.id), what.trim_end_matches(", "))
            });
            let shown: Vec<String> = shown.collect();
            let ids = several.iter().map(|node| quoted_if_needed(&binder.atlas.node(*node).id));
            let problem = problem.instead(ids.take(SUGGESTIONS));
            Err(problem.help(format!("write its id: {}", shown.join(", "))))
        }
    }
}

/// A single node behind a verb that takes just one.
pub(crate) fn single(
    binder: Binder<'_>,
    name: &str,
    items: &[Item],
) -> Result<NodeIndex, Diagnostic> {
    binder.suggest(items, Expected::Name);
    let found = binder.atlas.resolve(name);
    one(binder, name, &span_of(items), &found, items)
}

/// How names of files end that hold graphs.
const FILES: [&str; 8] = ["atlas", "csv", "dot", "graphml", "json", "tsv", "xlsx", "zip"];

fn unknown(binder: Binder<'_>, name: &str, span: &Range<usize>, items: &[Item]) -> Diagnostic {
    let atlas = binder.atlas;
    let problem =
        binder.error("unknown-name", span, format!("no node is called `{}`", shortened(name)));
    if binder.is_observed() {
        // Advice takes time, and nobody hears it.
        return problem;
    }
    if let Some(advice) = mistakes::advice(atlas, items) {
        return problem.help(advice);
    }
    if !atlas.resolve_kind(name).is_empty() {
        return problem
            .help(format!("it is a kind: `{}` alone lists what is of it", quoted_if_needed(name)));
    }
    if atlas.resolve_relation(name).len() == 1 {
        return problem.help(format!("`{name}` is a relation; follow it with `over {name}`"));
    }
    if let Some(names) = split_names(atlas, items) {
        return problem.instead([names.join(", ")]);
    }
    let verb = items.first().and_then(Item::word).filter(|_| items.len() > 1);
    if verb.is_some_and(|word| binder.language.is_verb(word)) {
        return problem
            .instead([format!("({name})")])
            .help("a query inside another goes in parentheses");
    }
    if ["all", "everything", "any"].iter().any(|all| all.eq_ignore_ascii_case(name)) {
        return problem.instead(["nodes".to_owned()]);
    }
    if name.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending)) {
        return problem.help(Note::naming(
            "a file is opened as a graph: ",
            "graph",
            &format!(" {name}"),
        ));
    }
    let near = atlas.nearest(name).into_iter().map(|(text, _)| quoted_if_needed(&text));
    problem.instead_or(near, || {
        format!("`find {}` searches names and texts", quoted_if_needed(&shortened(name)))
    })
}

/// A phrase that is no name and no list: something is missing between its parts.
fn joined(binder: Binder<'_>, items: &[Item]) -> Diagnostic {
    if let Some(problem) = mistakes::call(binder.statement, items) {
        return problem;
    }
    let arrow = items.iter().find(|item| item.token == Token::Arrow);
    if let Some(arrow) = arrow {
        let problem = binder.error("unexpected", &arrow.span, "an arrow cannot stand here");
        return problem.help("from one place to another leads path A -> B");
    }
    let second = items.get(1).map_or(0..0, |item| item.span.clone());
    binder
        .error("unexpected", &second, "a comma or an operator is missing before this")
        .help("names are listed with commas: `docker, helm`; sets combine with `union`, `intersect`, `except`")
}
