//! The words of loose text: how it is parted into them, what each says by itself, and what names stand there.
//! Phrasings, questions and what goes on from them all read through this room.

pub(crate) mod idioms;
pub(crate) mod lists;
pub(crate) mod text;
pub(crate) mod vocabulary;

pub(crate) use text::Words;
