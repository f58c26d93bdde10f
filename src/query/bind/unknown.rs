//! What to say of names that nothing has.

use super::binder::Binder;
use crate::diagnostic::{Diagnostic, nearest};
use crate::graph::{Kind, quoted_if_needed};
use crate::query::syntax::written_field;
use std::ops::Range;

/// What to say of a relation that is none.
pub(crate) fn unknown_relation(binder: Binder<'_>, name: &str, span: &Range<usize>) -> Diagnostic {
    let relations = &binder.atlas.schema().relations;
    let near = nearest(name, relations.iter().map(|relation| relation.name.as_str()));
    binder
        .error("unknown-relation", span, format!("there is no relation `{name}`"))
        .instead_or(near.into_iter().map(quoted_if_needed), || "`relations` lists them".to_owned())
}

/// What to say of a kind that is none.
pub(crate) fn unknown_kind(binder: Binder<'_>, kind: &str, span: &Range<usize>) -> Diagnostic {
    let plurals: Vec<String> = binder.atlas.schema().kinds.iter().map(Kind::plural).collect();
    let near = nearest(kind, plurals.iter().map(String::as_str));
    binder
        .error("unknown-kind", span, format!("there is no kind `{kind}`"))
        .instead_or(near.into_iter().map(written_field), || "`kinds` lists them".to_owned())
}
