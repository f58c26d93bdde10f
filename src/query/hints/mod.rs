//! What to type instead of what cannot be answered.

pub(crate) mod advice;
mod follow_up;
pub(crate) mod misspelt;
pub(crate) mod mistakes;
pub(crate) mod phrasings;
mod questions;
mod words;
