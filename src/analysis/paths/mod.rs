//! Paths of a journey: the best, the K best, their number, what lies on any of them or on all.

mod astar;
mod bidirectional;
mod both_ends;
mod bottlenecks;
mod bounds;
mod cost;
mod counting;
mod deviations;
mod itinerary;
mod moves;
mod nearest_miss;
mod path;
mod states;
#[cfg(test)]
mod tests;
mod walks;
mod yen;

pub use bottlenecks::bottlenecks;
pub use cost::{Cost, Rule};
pub use counting::shortest;
pub use itinerary::Itinerary;
pub use nearest_miss::{Fault, Miss, nearest_miss, undirected_path};
pub use path::Path;
pub use states::Journey;
pub use walks::{reached, reaching, walks};
pub use yen::{best_and_shortest, best_path, best_paths, best_paths_and_shortest};
