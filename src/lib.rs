//! **opsatlas**: a knowledge graph with its own query language. What must I know before X, what
//! does X open, which way leads from A to B, and who says so.
//!
//! ```
//! let atlas = opsatlas::graph::Atlas::built_in();
//! let answer = atlas.query("path devops -> llmops").unwrap();
//! let names: Vec<&str> = answer.nodes().iter().map(|node| atlas.node(*node).name()).collect();
//! assert_eq!(names, ["DevOps", "GitOps", "MLOps", "LLMOps"]);
//! ```
//!
//! The picture to have in mind:
//!
//! ```text
//! text --parse--> Query --bind--> Bound<'g> --run--> Answer<'g> --project--> Table | Page | Picture --write--> bytes
//!       (shape)         (names)            (facts)              (view)
//! ```
//!
//! Modules, each of which may know those above it and none below:

pub mod diagnostic;
pub mod graph;

pub mod analysis;
pub mod answer;
pub mod data;
pub mod import;
pub mod query;
pub mod render;

#[cfg(feature = "cli")]
pub mod cli;
