//! The pure library as WebAssembly. A host writes a [message](message) into memory, calls, and
//! reads one back; everything else is what the library says.
//!
//! ```
//! use opsatlas_wasm::{Engine, message};
//!
//! let mut engine = Engine::default();
//! let asked = message::write(r#"{"ask": {"query": "path devops to mlops"}}"#, &[]);
//! let (head, _) = message::read(&engine.answer(&asked)).map(|(head, rest)| (head.to_owned(), rest.len())).unwrap();
//! assert!(head.contains("GitOps"));
//! ```

mod engine;
mod excerpt;
pub mod message;
mod next;
mod options;
mod page;
mod pieces;
mod typing;
mod wasm;

pub use engine::Engine;
