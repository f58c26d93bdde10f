//! The mathematics: pure functions on views of the graph. Nothing here fails, prints or knows
//! the query language. No recursion over data: a chain is as safe as a star.

mod acyclic;
mod alternatives;
mod check;
mod clauses;
mod compare;
mod effort;
mod fields;
mod lists;
mod measures;
mod must;
mod order;
mod owned;
mod paths;
mod plan;
mod reach_counts;
mod ready;
mod reduction;
mod requirements;
mod statements;
mod support;
mod traverse;

pub use alternatives::{Alternatives, alternatives};
pub use check::{Finding, Severity, findings};
pub use clauses::{Clause, clauses, tied};
pub use compare::{Aspect, Entry, Said, compared, shared, shared_by_all};
pub use effort::{EFFORT, effort, effortless, median, millionths};
pub use fields::{FieldUse, field_uses, field_values, has_field};
pub use measures::{MEASURES, Measure};
pub use must::{Must, must};
pub use order::{first_by_id, in_learning_order, learning_rank};
pub use owned::{Owned, Owners, listed, owned, owned_of};
pub use paths::{
    Cost, Fault, Itinerary, Journey, Miss, Path, Rule, best_and_shortest, best_path, best_paths,
    bottlenecks, nearest_miss, reached, reaching, shortest, undirected_path, walks,
};
pub use plan::{
    Blocked, Choice, Cost as PlanCost, Hindrance, Other, Outcome, Plan, Price, Question,
    SEARCH_LIMIT, UNIT, plan, unpriced,
};
pub use reach_counts::reached_counts;
pub use ready::{Ready, ready, ready_for};
pub use reduction::{lookalikes, redundant};
pub use statements::{Dispute, disputes, statements_by_source};
pub use support::supporting_edges;
pub use traverse::{closure, first_needing, nearest_level, needed_by, neighbourhood, opened_by};
