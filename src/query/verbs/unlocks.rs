//! `unlocks S`: what it opens.

use super::{Takes, Verb, closure};
use crate::answer::Shape;
use crate::graph::Fetches;

pub(super) const VERB: Verb = Verb {
    name: "unlocks",
    fetches: Fetches::Closure,
    takes: Takes::Set,
    options: closure::OPTIONS,
    summary: "everything that S opens, in learning order",
    example: "unlocks kubernetes",
    shape: Shape::Set,
    bind: |arguments| closure::bind(arguments, false),
};
