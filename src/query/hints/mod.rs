//! What to type instead of what cannot be answered.

pub(crate) mod advice;
mod fit;
pub(crate) mod mistakes;
mod phrasings;
