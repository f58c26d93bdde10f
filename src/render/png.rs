//! `png`: the SVG in pixels, with the font that measured it and no other.

use super::layout::FONT;
use super::{Format, Look, Theme, svg};
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, FontResolver, Options, Tree};
use std::sync::Arc;

pub(super) const FORMAT: Format = Format {
    name: "png",
    extensions: &["png"],
    summary: "a picture in pixels",
    single: true,
    notes: false,
    write: |answer, look| match look.drawing.engine {
        Some(engine) => super::graphviz::draw(answer, look, engine, "png"),
        None => draw(answer, look),
    },
};

/// How many pixels a picture may have, and how many along a side.
const MOST_PIXELS: f64 = 100e6;
const LONGEST: f64 = 30_000.0;

fn draw(answer: &Answer<'_>, look: &Look<'_>) -> Result<Vec<u8>, Diagnostic> {
    let mut drawing = look.drawing;
    if drawing.theme == Theme::Auto {
        drawing.theme = Theme::Light;
    }
    let (picture, scene) = drawing.scene(answer)?;
    let document = svg::document(&picture, &scene, &Look { drawing, ..*look });
    let failed = |why: String| Diagnostic::new("io", format!("the picture was not drawn: {why}"));
    let tree = Tree::from_str(&document, &options()).map_err(|error| failed(error.to_string()))?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let scale = drawing.scale;
    let (across, down) = ((width * scale).ceil(), (height * scale).ceil());
    if across * down > MOST_PIXELS || across.max(down) > LONGEST {
        let fits = (MOST_PIXELS / (width * height)).sqrt().min(LONGEST / width.max(height));
        let message = format!("a picture of {across} × {down} pixels would be unreadable");
        return Err(Diagnostic::new("too-large", message)
            .help(format!("`--scale {:.2}` fits; so does SVG: -o answer.svg", floor(fits)))
            .help("or ask for less, such as near X, or prereqs X depth 2"));
    }
    let mut pixels = Pixmap::new(across as u32, down as u32)
        .ok_or_else(|| failed(format!("{across} × {down} pixels")))?;
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(error.to_string()))
}

fn floor(value: f64) -> f64 {
    (value * 100.0).floor() / 100.0
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
