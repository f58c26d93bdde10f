//! `unlocks S`: what it opens.

use super::{Verb, closure};
use crate::answer::Shape;

pub(super) const VERB: Verb = Verb {
    name: "unlocks",
    usage: "unlocks S [depth N] [over R, …] [required only]",
    summary: "everything that S opens, in learning order",
    example: "unlocks kubernetes",
    shape: Shape::Set,
    options: closure::OPTIONS,
    bind: |arguments| closure::bind(arguments, false),
};
