//! `prereqs S`: what one must know before.

use super::{Takes, Verb, closure};
use crate::answer::Shape;
use crate::graph::Fetches;

pub(super) const VERB: Verb = Verb {
    name: "prereqs",
    fetches: Fetches::Closure,
    takes: Takes::Set,
    options: closure::OPTIONS,
    summary: "everything to know before S, in learning order",
    example: "prereqs llmops",
    shape: Shape::Set,
    bind: |arguments| closure::bind(arguments, true),
};
