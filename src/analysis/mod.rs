//! The mathematics: pure functions on views of the graph. Nothing here fails, prints or knows
//! the query language. No recursion over data: a chain is as safe as a star.

mod and_or;
mod audit;
mod compare;
mod date;
mod effort;
mod fields;
mod learning_order;
mod levels;
mod measures;
mod ownership;
mod paths;
mod reach_counts;
mod schedule;
mod transitive_reduction;
mod traverse;

pub use and_or::{
    Alternatives, Blocked, Choice, Clause, Grounds, Hindrance, Must, Other, Outcome, Plan, Price,
    Question, Ready, SEARCH_LIMIT, Standing, alternatives, clauses, grounds, must, plan, ready,
    ready_for, stand_ins, standings, supporting_edges, tied, unpriced,
};
pub use audit::{Dispute, Finding, Severity, disputes, findings, statements_by_source};
pub use compare::{Aspect, Entry, Said, compared, shared, shared_by_all};
pub use date::Date;
pub use effort::{Amount, EFFORT, UNIT, effort, effortless, median, millionths};
pub use fields::{FieldUse, field_uses, field_values, has_field, is_used_by_nodes};
pub(crate) use learning_order::learning_order;
pub use learning_order::{in_learning_order, learning_rank, sorted_unique};
pub(crate) use levels::levels;
pub use measures::{MEASURES, Measure};
pub use ownership::{Owned, Owners, listed, owned, owned_of};
pub use paths::{
    Cost, Fault, Itinerary, Journey, Miss, Path, Rule, best_and_shortest, best_path, best_paths,
    best_paths_and_shortest, bottlenecks, nearest_miss, reached, reaching, shortest,
    undirected_path, walks,
};
pub use reach_counts::reached_counts;
pub use schedule::{Part, WEEK_LIMIT, least_each, schedule, weeks_at};
pub use transitive_reduction::{lookalikes, redundant};
pub use traverse::{closure, first_needing, nearest_level, needed_by, neighbourhood, opened_by};
