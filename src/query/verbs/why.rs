//! `why X in (Q)`, `why path …` and their negations: the chain that says so, or the nearest miss.

use super::{Takes, Verb, path};
use crate::answer::{Answer, Body, Path, Paths, Shape};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Fetches, NodeIndex};
use crate::query::bind::{Arguments, single};
use crate::query::explain::{Reason, name};
use crate::query::syntax::{Item, Token, span_of, words_or_quoted};
use crate::query::{Bound, Limits, Operator};

pub(super) const VERB: Verb = Verb {
    name: "why",
    fetches: Fetches::Neighbours,
    takes: Takes::Statement,
    options: &[],
    summary: "the chain of statements that says so, with sources; or the nearest miss",
    example: "why docker in (plan mlops-engineer)",
    shape: Shape::Paths,
    bind,
};

fn bind(arguments: &Arguments<'_>) -> Result<Box<dyn Operator>, Diagnostic> {
    let (binder, items) = (arguments.binder, arguments.head()?);
    let negated = items.len() > 1 && items[0].is_word("not") && !items[1].is_word("in");
    let items = if negated { &items[1..] } else { items };
    let arrow = |item: &Item| item.token == Token::Arrow || item.is_word("to");
    if items[0].is_word(path::VERB.name) && items.iter().any(arrow) {
        let asked = Arguments::new(binder, path::VERB.signature(), items)?;
        return Ok(Box::new(WhyPath { asked: path::PathArguments::bind(&asked)?, negated }));
    }
    let usage = |message: &str| arguments.misuse("unexpected", &span_of(items), message.to_owned());
    let Some(at) = items.iter().position(|item| item.is_word("in")).filter(|at| *at > 0) else {
        return Err(usage("`why` asks about one node in an answer, or about a path")
            .help("for example `why docker in (prereqs llmops)`"));
    };
    let (who, query) = (&items[..at], &items[at + 1..]);
    let Some(typed) = words_or_quoted(who) else {
        return Err(usage("one name must stand before `in`"));
    };
    let node = single(binder, &typed, who)?;
    let inner = match query {
        [] => return Err(usage("a query must stand behind `in`")),
        [Item { token: Token::Group(query), .. }] => binder.query(query)?,
        _ => binder.language.phrase(binder, query)?,
    };
    let inner = binder.expect_nodes(inner, &span_of(query), "a set of nodes is wanted")?;
    Ok(Box::new(WhyIn { node, inner, negated }))
}

#[derive(Debug)]
struct WhyIn {
    node: NodeIndex,
    inner: Bound,
    negated: bool,
}

impl Operator for WhyIn {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let mut reason = self.inner.operator.reason(atlas, limits, self.node);
        let has =
            |atlas: &Atlas| self.inner.operator.run(atlas, limits).nodes().contains(&self.node);
        reason.mend(atlas, limits, has);
        let own = name(atlas, self.node);
        let [is_in, is_not] = [
            format!("{own} is in it: `why not` has no answer, this is why it is"),
            format!("{own} is not in it; this is why not"),
        ];
        told(atlas, reason, self.negated, [is_in, is_not], Some(self.node))
    }
}

#[derive(Debug)]
struct WhyPath {
    asked: path::PathArguments,
    negated: bool,
}

impl Operator for WhyPath {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let mut reason = self.asked.in_graph(atlas, limits).why_path();
        reason.mend(atlas, limits, |atlas| self.asked.in_graph(atlas, limits).leads());
        let texts = ["there is a path; this is why", "there is no path; this is why not"];
        told(atlas, reason, self.negated, texts.map(str::to_owned), None)
    }
}

/// The reason as an answer; the first note tells if the opposite was asked for.
fn told(
    atlas: &Atlas,
    reason: Reason,
    negated: bool,
    texts: [String; 2],
    node: Option<NodeIndex>,
) -> Answer {
    let [is_so, is_not] = texts;
    let mut notes = reason.notes;
    if reason.holds && negated {
        notes.insert(0, is_so);
    } else if !reason.holds && !negated {
        notes.insert(0, is_not);
    }
    let mut routes = reason.routes;
    if routes.is_empty() {
        routes.extend(node.map(|node| Path { nodes: vec![node], hops: Vec::new() }));
    }
    let shortest_count = reason.shortest.filter(|_| routes.len() == 1);
    let body = Body::Paths(Paths { routes, shortest_count, ..Paths::default() });
    let atlas = reason.atlas.as_ref().unwrap_or(atlas);
    Answer::new(atlas, body).noting(notes)
}
