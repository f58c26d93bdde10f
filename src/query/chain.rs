//! The chain of needs that says best why one node is needed for another, and how strongly it says
//! so. Needs are followed wherever they stand: an entry is a beginning for paths only.

use super::reason::{Reason, name, names, said_by};
use crate::analysis::{
    Clause, Itinerary, Journey, Rule, best_and_shortest, clauses, supporting_edges,
};
use crate::answer::Path;
use crate::graph::{EdgeIndex, Flow, NodeIndex, Strength};
use num_bigint::BigUint;

/// How many choices on a chain are told.
const CHOICES: usize = 5;

/// What a chain may be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    /// Options of which one suffices.
    choices: bool,
    /// What is only recommended.
    recommended: bool,
}

/// The strongest first: what is plainly required, then what is required as one of several, then
/// what is recommended.
pub(super) const STRONGEST_FIRST: [Level; 4] = [
    Level { choices: false, recommended: false },
    Level { choices: true, recommended: false },
    Level { choices: false, recommended: true },
    Level { choices: true, recommended: true },
];

/// What a recommendation has behind it.
pub(super) const RECOMMENDED: [Level; 2] = [STRONGEST_FIRST[2], STRONGEST_FIRST[3]];

/// A chain of needs, from what is needed to what needs it.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) path: Path,
    /// How many chains are that short, of those as strong.
    shortest: BigUint,
    level: Level,
}

/// Which chains are looked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) levels: &'a [Level],
    /// How many steps at most.
    pub(super) depth: usize,
    /// May this need of this dependent be a step?
    pub(super) fits: &'a dyn Fn(NodeIndex, NodeIndex) -> bool,
}

/// Any chain, the strongest.
pub(super) const ANY: Wanted<'static> =
    Wanted { levels: &STRONGEST_FIRST, depth: usize::MAX, fits: &|_, _| true };

/// The shortest chain of any kind.
pub(super) const WEAKEST: Wanted<'static> = Wanted { levels: &[STRONGEST_FIRST[3]], ..ANY };

/// The shortest of the strongest chains by which one of `to` needs one of `from`.
pub(super) fn chain(
    flow: &Flow<'_>,
    from: &[NodeIndex],
    to: &[NodeIndex],
    wanted: Wanted<'_>,
) -> Option<Chain> {
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let required = |edge: EdgeIndex| flow.atlas().edge(edge).strength == Strength::Required;
    let mut looked_at: Vec<(Level, usize)> = Vec::new();
    for level in wanted.levels {
        let edges = supporting_edges(flow, to, |clause: &Clause, need, edge| {
            (level.choices || clause.is_plain())
                && (level.recommended || required(edge))
                && (wanted.fits)(need, clause.dependent)
        });
        // As many edges as on a narrower level are the same ones.
        let same = |(other, count): &(Level, usize)| {
            let narrower = other.choices <= level.choices && other.recommended <= level.recommended;
            narrower && *count == edges.len()
        };
        if looked_at.iter().any(same) && wanted.depth == usize::MAX {
            continue;
        }
        looked_at.push((*level, edges.len()));
        let journey = Journey::new(flow.clone(), Itinerary::between(from.to_vec(), to.to_vec()));
        let journey = journey.entered_anywhere().only(edges);
        if let Some((path, (steps, shortest))) = best_and_shortest(&journey, Rule::Shortest)
            && steps <= wanted.depth
        {
            return Some(Chain { path, shortest, level: *level });
        }
    }
    None
}

impl Chain {
    /// What the chain says: that one needs the other, or had better have it, or one of several.
    pub(super) fn told(self, flow: &Flow<'_>) -> Reason {
        let atlas = flow.atlas();
        let ends = [self.path.nodes[0], self.path.nodes[self.path.nodes.len() - 1]];
        let [need, dependent] = ends.map(|node| name(atlas, node));
        let end = ends[1];
        let choices = self.choices(flow, &|option, _| option != end);
        let note = match (self.level.recommended, choices.is_empty()) {
            (true, _) => format!("{need} is recommended for {dependent}, not required"),
            (false, true) => format!("{dependent} needs {need}"),
            (false, false) => format!("{dependent} needs {need} or what can be taken instead"),
        };
        choices.into_iter().fold(Reason::new(true, note).by_chain(self), Reason::and)
    }

    /// `for Terraform one of AWS, Azure, Google Cloud suffices`, for each step that is a choice,
    /// of the options that `count` for its dependent.
    pub(super) fn choices(
        &self,
        flow: &Flow<'_>,
        count: &dyn Fn(NodeIndex, NodeIndex) -> bool,
    ) -> Vec<String> {
        let atlas = flow.atlas();
        let choice = |(step, hop): (&[NodeIndex], &Vec<EdgeIndex>)| {
            let asked = clauses(flow, step[1]).into_iter();
            let offers =
                |clause: &Clause| clause.edges(step[0]).iter().any(|edge| hop.contains(edge));
            let mut asked: Vec<Clause> = asked.filter(offers).collect();
            if asked.iter().any(Clause::is_plain) {
                return None;
            }
            let clause = asked.drain(..).next()?;
            let options = clause.nodes().filter(|option| count(*option, step[1]));
            let options: Vec<NodeIndex> = options.collect();
            if options.len() < 2 {
                return None;
            }
            let (dependent, said) = (name(atlas, step[1]), said_by(atlas, &clause.ties));
            Some(format!("for {dependent} one of {} suffices{said}", names(atlas, &options)))
        };
        let steps = self.path.nodes.windows(2).zip(&self.path.hops);
        steps.filter_map(choice).take(CHOICES).collect()
    }

    /// The path, and how many are that short.
    pub(super) fn into_parts(self) -> (Path, BigUint) {
        (self.path, self.shortest)
    }
}
