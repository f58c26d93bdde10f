//! The chain of needs that says best why one node is needed for another, and how strongly it says
//! so. Needs are followed wherever they stand: an entry is a beginning for paths only.

use crate::analysis::{
    Clause, Itinerary, Journey, Rule, best_and_shortest, clauses, supporting_edges,
};
use crate::answer::Path;
use crate::graph::{EdgeIndex, Flow, NodeIndex, Strength};
use crate::query::explain::naming::{name, names, said_by};
use crate::query::explain::reason::Reason;
use num_bigint::BigUint;

/// How many choices on a chain are told.
const CHOICES: usize = 5;

/// What a chain may be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChainLevel {
    /// Options of which one suffices.
    choices: bool,
    /// What is only recommended.
    recommended: bool,
}

/// The strongest first: what is plainly required, then what is required as one of several, then
/// what is recommended.
pub(crate) const STRONGEST_FIRST: [ChainLevel; 4] = [
    ChainLevel { choices: false, recommended: false },
    ChainLevel { choices: true, recommended: false },
    ChainLevel { choices: false, recommended: true },
    ChainLevel { choices: true, recommended: true },
];

/// What a recommendation has behind it.
pub(crate) const RECOMMENDED: [ChainLevel; 2] = [STRONGEST_FIRST[2], STRONGEST_FIRST[3]];

/// A chain of needs, from what is needed to what needs it.
#[derive(Debug)]
pub(crate) struct Chain {
    pub(crate) route: Path,
    /// How many chains are that short, of those as strong.
    shortest: BigUint,
    level: ChainLevel,
}

/// Which chains are looked for.
#[derive(Clone, Copy)]
pub(crate) struct SoughtChains<'a> {
    pub(crate) levels: &'a [ChainLevel],
    /// How many steps at most.
    pub(crate) depth: usize,
    /// May this need of this dependent be a step?
    pub(crate) fits: &'a dyn Fn(NodeIndex, NodeIndex) -> bool,
}

/// Any chain, the strongest.
pub(crate) const ANY: SoughtChains<'static> =
    SoughtChains { levels: &STRONGEST_FIRST, depth: usize::MAX, fits: &|_, _| true };

/// The shortest chain of any kind.
pub(crate) const WEAKEST: SoughtChains<'static> =
    SoughtChains { levels: &[STRONGEST_FIRST[3]], ..ANY };

/// The shortest of the strongest chains by which one of `to` needs one of `from`.
pub(crate) fn chain(
    flow: &Flow<'_>,
    from: &[NodeIndex],
    to: &[NodeIndex],
    wanted: SoughtChains<'_>,
) -> Option<Chain> {
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let required = |edge: EdgeIndex| flow.atlas().edge(edge).strength == Strength::Required;
    let mut looked_at: Vec<(ChainLevel, usize)> = Vec::new();
    for level in wanted.levels {
        let edges = supporting_edges(flow, to, |clause: &Clause, need, edge| {
            (level.choices || clause.is_plain())
                && (level.recommended || required(edge))
                && (wanted.fits)(need, clause.dependent)
        });
        // As many edges as on a narrower level are the same ones.
        let same = |(other, count): &(ChainLevel, usize)| {
            let narrower = other.choices <= level.choices && other.recommended <= level.recommended;
            narrower && *count == edges.len()
        };
        if looked_at.iter().any(same) && wanted.depth == usize::MAX {
            continue;
        }
        looked_at.push((*level, edges.len()));
        let journey = Journey::new(flow.clone(), Itinerary::between(from.to_vec(), to.to_vec()));
        let journey = journey.entered_anywhere().only(edges);
        if let Some((route, (steps, shortest))) = best_and_shortest(&journey, Rule::Shortest)
            && steps <= wanted.depth
        {
            return Some(Chain { route, shortest, level: *level });
        }
    }
    None
}

impl Chain {
    /// What the chain says: that one needs the other, or had better have it, or one of several.
    pub(crate) fn told(self, flow: &Flow<'_>) -> Reason {
        let atlas = flow.atlas();
        let ends = [self.route.nodes[0], self.route.nodes[self.route.nodes.len() - 1]];
        let [need, dependent] = ends.map(|node| name(atlas, node));
        let end = ends[1];
        let choices = self.choices(flow, &|option, _| option != end);
        let note = match (self.level.recommended, choices.is_empty()) {
            (true, _) => format!("{need} is recommended for {dependent}, not required"),
            (false, true) => format!("{dependent} needs {need}"),
            (false, false) => format!("{dependent} needs {need} or what can be taken instead"),
        };
        choices.into_iter().fold(self.supports(Reason::new(true, note)), Reason::and)
    }

    /// `for Terraform one of AWS, Azure, Google Cloud suffices`, for each step that is a choice,
    /// of the options that `count` for its dependent.
    pub(crate) fn choices(
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
        let steps = self.route.nodes.windows(2).zip(&self.route.hops);
        steps.filter_map(choice).take(CHOICES).collect()
    }

    /// The reason with this chain, and how many are as short.
    pub(crate) fn supports(self, reason: Reason) -> Reason {
        Reason { shortest: Some(self.shortest), ..reason.by([self.route]) }
    }
}
