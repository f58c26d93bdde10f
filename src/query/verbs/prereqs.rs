//! `prereqs S`: what one must know before.

use super::{Verb, closure};
use crate::answer::Shape;

pub(super) const VERB: Verb = Verb {
    name: "prereqs",
    usage: "prereqs S [depth N] [over R, …] [required only]",
    summary: "everything to know before S, in learning order",
    example: "prereqs llmops",
    shape: Shape::Set,
    options: closure::OPTIONS,
    bind: |arguments| closure::bind(arguments, true),
};
