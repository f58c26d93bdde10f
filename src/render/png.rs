//! `png`: the SVG in pixels, with the font that measured it and no other.

use super::paper::Paper;
use super::raster::{drawn, failed};
use super::sheet::SizedDocument;
use super::{Format, Look};
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use crate::stop::raised;
use resvg::tiny_skia::{Pixmap, PixmapMut, Transform};
use resvg::usvg::Tree;
use std::sync::atomic::AtomicBool;

pub(super) const FORMAT: Format = Format {
    name: "png",
    extensions: &["png"],
    summary: "a picture in pixels",
    single: true,
    binary: true,
    write: |answer, look| match look.drawing.engine.filter(|_| answer.schedule().is_none()) {
        Some(engine) => super::graphviz::draw(answer, look, engine, "png"),
        None => draw(answer, look),
    },
    ..Format::PLAIN
};

/// How many pixels a picture may have, and how many along a side.
const MOST_PIXELS: f64 = 100e6;
const LONGEST: f64 = 30_000.0;

fn draw(answer: &Answer, look: &Look<'_>) -> Result<Vec<u8>, Diagnostic> {
    let drawing = look.drawing;
    let (sheets, fonts) = drawn(answer, look, &Paper::screen(look))?;
    let SizedDocument { text: document, size } = &sheets[0];
    let scale = drawing.pixels();
    let (across, down) = ((size.x * scale).ceil(), (size.y * scale).ceil());
    if across * down > MOST_PIXELS || across.max(down) > LONGEST {
        let fits = (MOST_PIXELS / (size.x * size.y)).sqrt().min(LONGEST / size.x.max(size.y));
        let message = format!("a picture of {across} × {down} pixels would be unreadable");
        return Err(Diagnostic::new("too-large", message)
            .help(format!("`{}scale {:.2}` fits; so does SVG", drawing.setting_prefix, floor(fits)))
            .help("or ask for less, such as near X, or prereqs X depth 2"));
    }
    if raised(look.stop) {
        return Err(failed("it was stopped"));
    }
    let tree = fonts.tree(document)?;
    let pixels = rendered(&tree, scale as f32, (across as u32, down as u32), look.stop);
    let pixels = pixels.ok_or_else(|| failed(format!("{across} × {down} pixels")))?;
    pixels.encode_png().map_err(failed)
}

/// How many pixels are drawn at once: a look at the flag between them comes often enough.
const BAND: u32 = 8_000_000;

/// The pixels, band by band; `None` if there is no room for them, or `stop` was raised.
fn rendered(
    tree: &Tree,
    scale: f32,
    (across, down): (u32, u32),
    stop: &AtomicBool,
) -> Option<Pixmap> {
    let mut pixels = Pixmap::new(across, down)?;
    let rows = (BAND / across).max(1);
    let bands = pixels.data_mut().chunks_mut(across as usize * 4 * rows as usize);
    for (number, band) in bands.enumerate() {
        if raised(stop) {
            return None;
        }
        let height = (band.len() / (across as usize * 4)) as u32;
        let above = (number as u32 * rows) as f32;
        let place = Transform::from_scale(scale, scale).post_translate(0.0, -above);
        resvg::render(tree, place, &mut PixmapMut::from_bytes(band, across, height)?);
    }
    Some(pixels)
}

fn floor(value: f64) -> f64 {
    (value * 100.0).floor() / 100.0
}
