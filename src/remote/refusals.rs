//! What is told where a graph in a database is not fetched.

use crate::diagnostic::{Diagnostic, Note};
use crate::graph::Head;

fn sizes(head: &Head) -> String {
    let [nodes, edges] = head.counts;
    format!("the graph has {nodes} nodes and {edges} edges")
}

pub(super) fn needs_everything(head: &Head) -> Diagnostic {
    let message = format!("this takes the whole graph from the database; {}", sizes(head));
    Diagnostic::new("needs-everything", message).help(Note::naming(
        "`",
        "fetch-all",
        "` fetches it, once for the whole run",
    ))
}

pub(super) fn too_many(limit: usize, head: &Head) -> Diagnostic {
    let message = format!("this takes more than {limit} edges from the database; {}", sizes(head));
    Diagnostic::new("fetch-limit", message).help(Note::naming(
        "`",
        "limit-fetch",
        " EDGES` raises that",
    ))
}
