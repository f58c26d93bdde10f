//! `alternatives of S`: what can stand in for each member.

use super::{Takes, Verb};
use crate::analysis::{Grounds, grounds, sorted_unique, stand_ins};
use crate::answer::{Answer, Body, Path, Set, Shape};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Fetches, Flow, NodeIndex};
use crate::query::bind::{Arguments, Operand, OptionRow, Stands};
use crate::query::explain::{Reason, all_names, name, names, said_by};
use crate::query::{Limits, Operator};
use crate::stop::until;

/// `of S`
const OF: OptionRow = OptionRow::new("of", "S", "what is to be replaced").stands(Stands::Required);

pub(super) const VERB: Verb = Verb {
    name: "alternatives",
    fetches: Fetches::Neighbours,
    takes: Takes::Nothing,
    options: &[OF],
    summary: "what can stand in for S: other options of a choice, and what a source calls so",
    example: "alternatives of docker",
    shape: Shape::Set,
    bind: |arguments| Ok(Box::new(AlternativesOperator { of: operand(arguments)? })),
};

fn operand(arguments: &Arguments<'_>) -> Result<Operand, Diagnostic> {
    arguments.nothing()?;
    arguments.option_operand(&OF)?.ok_or_else(|| {
        let message = "`alternatives` needs to know of what".to_owned();
        arguments.misuse("missing-operand", &arguments.after_verb(), message)
    })
}

#[derive(Debug)]
struct AlternativesOperator {
    of: Operand,
}

impl Operator for AlternativesOperator {
    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let flow = Flow::all(atlas);
        let of = self.of.nodes(atlas, limits);
        let found = until(limits.stop, &of).map(|node| stand_ins(&flow, *node));
        let found: Vec<Vec<NodeIndex>> = found.collect();
        let alone = of.iter().zip(&found).filter(|(_, found)| found.is_empty());
        let alone: Vec<NodeIndex> = alone.map(|(node, _)| *node).collect();
        let set = Set::of(sorted_unique(found.concat()));
        let told = || format!("no source names an alternative to {}", names(atlas, &alone));
        Answer::new(atlas, Body::Set(set)).noting((!alone.is_empty()).then(told))
    }

    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        let flow = Flow::all(atlas);
        let own = name(atlas, node);
        let of = self.of.nodes(atlas, limits);
        let mut told: Option<Reason> = None;
        for member in &of {
            for grounds in grounds(&flow, *member, node) {
                let (words, steps) = in_words(atlas, [node, *member], &grounds);
                let reason = match told.take() {
                    None => Reason::new(true, words),
                    Some(reason) => reason.and(words),
                };
                told = Some(reason.by(steps));
            }
        }
        told.unwrap_or_else(|| {
            let of = names(atlas, &of);
            Reason::new(false, format!("no source says that {own} can stand in for {of}"))
        })
    }
}

/// Why one node can stand in for the other, in words and with the edges that say so.
fn in_words(
    atlas: &Atlas,
    [node, member]: [NodeIndex; 2],
    grounds: &Grounds,
) -> (String, Vec<Path>) {
    match grounds {
        Grounds::Options(clause) => {
            let options: Vec<NodeIndex> = clause.nodes().collect();
            let said = said_by(atlas, &clause.ties);
            let words = format!(
                "for {} one of {} suffices{said}",
                name(atlas, clause.dependent),
                all_names(atlas, &options, ", ")
            );
            let offer = |need: NodeIndex| Path {
                nodes: vec![need, clause.dependent],
                hops: vec![clause.edges(need).to_vec()],
            };
            (words, vec![offer(member), offer(node)])
        }
        Grounds::Ties(edges) => {
            let words = format!(
                "{} can stand in for {}{}",
                name(atlas, node),
                name(atlas, member),
                said_by(atlas, edges)
            );
            (words, vec![Path { nodes: vec![member, node], hops: vec![edges.clone()] }])
        }
    }
}
