//! Paths of a journey: the best, the K best, their number, what lies on any of them or on all.

mod astar;
mod bidirectional;
mod bottlenecks;
mod deviations;
mod nearest_miss;
mod path;
mod states;
mod walks;
mod yen;

pub use bottlenecks::bottlenecks;
pub use nearest_miss::{Fault, Miss, joined, nearest_miss};
pub use path::hop_edges;
pub use states::{Journey, Rule, Trip};
pub use walks::{reached, reaching, shortest, walks};
pub use yen::{Cost, Path, best_and_shortest, best_path, best_paths};
