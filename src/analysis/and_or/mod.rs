//! Prerequisites as an AND/OR graph: all clauses of a node must hold, one option of each is enough.
//! `docs/analysis.md` gives the model.

mod alternatives;
mod clauses;
mod fringe;
mod instance;
mod landmarks;
mod plan;
mod support;

pub use alternatives::{Alternatives, alternatives};
pub use clauses::{Clause, clauses, tied};
pub use fringe::{Ready, ready, ready_for};
pub use landmarks::{Must, must};
pub use plan::{
    Blocked, Choice, Cost, Hindrance, Other, Outcome, Plan, Price, Question, SEARCH_LIMIT, UNIT,
    plan, unpriced,
};
pub use support::supporting_edges;
