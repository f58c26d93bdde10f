//! Prerequisites as an AND/OR graph: all clauses of a node must hold, one option of each is enough.
//! `docs/analysis.md` gives the model.

mod alternatives;
mod clauses;
mod feasibility;
mod fringe;
mod graph;
mod hindrance;
mod instance;
mod landmarks;
mod plan;
mod requirements;
mod stand_ins;
mod standing;
mod support;
#[cfg(test)]
mod tests;

pub use alternatives::{Alternatives, alternatives};
pub use clauses::{Clause, clauses, tied};
pub use fringe::{Ready, ready, ready_for};
pub use hindrance::{Blocked, Hindrance};
pub use landmarks::{Must, must};
pub use plan::{Choice, Other, Outcome, Plan, Price, Question, SEARCH_LIMIT, plan, unpriced};
pub use stand_ins::{Grounds, grounds, stand_ins};
pub use standing::{Standing, standings};
pub use support::supporting_edges;
