//! SVG as usvg lays it out, for pixels and paper: with the font that measured it.

use crate::diagnostic::Diagnostic;
use crate::layout::FONT;
use resvg::usvg::{self, FontResolver, Options, Tree};
use std::fmt::Display;
use std::sync::Arc;

pub(super) fn failed(why: impl Display) -> Diagnostic {
    Diagnostic::new("io", format!("the picture was not drawn: {why}"))
}

/// A document, laid out.
pub(super) fn tree(document: &str) -> Result<Tree, Diagnostic> {
    Tree::from_str(document, &options()).map_err(failed)
}

/// One font for every family, and none of the machine's: the same pixels everywhere.
fn options() -> Options<'static> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    let font_resolver = FontResolver {
        select_font: Box::new(|_, fonts| fonts.faces().next().map(|face| face.id)),
        select_fallback: Box::new(|_, _, _| None),
    };
    Options { fontdb: Arc::new(fonts), font_resolver, ..Options::default() }
}
