//! **opsatlas**: a knowledge graph with its own query language. What must I know before X, what
//! does X open, which way leads from A to B, and who says so.
//!
//! ```
//! let atlas = opsatlas::Atlas::built_in();
//! let answer = atlas.query("path devops -> llmops").unwrap();
//! let names: Vec<&str> = answer.nodes().iter().map(|node| atlas.node(*node).name()).collect();
//! assert_eq!(names, ["DevOps", "GitOps", "MLOps", "LLMOps"]);
//! ```
//!
//! An [`Answer`] is typed: its [`Body`](answer::Body) is a set of nodes, paths, a
//! table, a card or a value.
//!
//! ```
//! use opsatlas::answer::Body;
//!
//! let atlas = opsatlas::Atlas::built_in();
//! let answer = atlas.query("paths devops -> llmops limit 2").unwrap();
//! let [best, _] = answer.paths() else { panic!("there are more than two") };
//! assert!(best.hops.iter().all(|edges| !atlas.edge(edges[0]).sources.is_empty()));
//!
//! let answer = atlas.query("tools then count").unwrap();
//! assert!(matches!(&answer.body, Body::Value(count) if count.as_u64() > Some(9)));
//! ```
//!
//! Whatever its shape, an answer has [rows](answer::Answer::table); and what a program found out
//! itself goes back into questions by a name ([`Session`]):
//!
//! ```
//! use opsatlas::Session;
//!
//! let atlas = opsatlas::Atlas::built_in();
//! let mut session = Session::new(&atlas);
//! let popular = atlas.nodes().filter(|node| atlas.node(*node).sources.len() > 3).collect();
//! session.define("popular", popular);
//! let table = session.ask("tools intersect @popular then select id, sources").unwrap().table();
//! assert_eq!(table.columns, ["id", "sources"]);
//! ```
//!
//! What is wrong with a query is told with its place and what to type instead:
//!
//! ```
//! let problem = opsatlas::Atlas::built_in().query("prereqs kuberntes").unwrap_err();
//! assert_eq!(problem.code, "unknown-name");
//! assert_eq!(problem.place.unwrap().line_and_column(), (1, 9));
//! assert!(problem.help[0].contains("kubernetes"));
//! ```
//!
//! Graphs of your own: [`Atlas::from_files`](graph::Atlas::from_files) reads files as `-g` does;
//! [`Atlas::from_texts`](graph::Atlas::from_texts) takes the texts of files of
//! [any known format](import::IMPORTERS), [`Atlas::from_petgraph`](graph::Atlas::from_petgraph) a
//! graph that your program holds. Answers are written by one of the
//! [formats](render::FORMATS), the graph itself by [`data::save`]. Nothing else outside of the module
//! `cli`, which the feature of that name adds, touches files, streams, clock or environment.
//!
//! The picture to have in mind:
//!
//! ```text
//! text --parse--> Query --bind--> Bound --run--> Answer --project--> Table | Page | Picture --write--> bytes
//!       (shape)         (names)            (facts)              (view)
//! ```
//!
//! Modules, each of which may know those above it and none below:

mod csr;
pub mod diagnostic;
#[cfg(test)]
mod dice;
pub mod graph;
pub mod layout;
mod number_hash;
pub mod stop;

pub mod analysis;
pub mod answer;
pub mod data;
pub mod export;
pub mod import;
pub mod query;
#[cfg(feature = "databases")]
mod remote;
pub mod render;

#[cfg(feature = "cli")]
pub mod cli;

pub use answer::Answer;
pub use diagnostic::Diagnostic;
pub use graph::Atlas;
pub use query::Session;
pub use render::Format;

#[doc = include_str!("../docs/library.md")]
#[cfg(doctest)]
struct Library;
