//! `pdf`: the SVG on paper, a sheet a page. What usvg has laid out is written as paths and text, so that
//! it is the picture of the other formats, and its text can be searched and copied.

mod fonts;

use super::paper::Paper;
use super::raster::drawn;
use super::sheet::SizedDocument;
use super::{Format, Look};
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use fonts::Fonts;
use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use resvg::tiny_skia::{PathSegment, Transform};
use resvg::usvg::{Fill, Group, LineCap, LineJoin, Node, Paint, Path, Stroke, Text, Tree};

pub(super) const FORMAT: Format = Format {
    name: "pdf",
    extensions: &["pdf"],
    summary: "a picture on paper, its text searchable",
    single: true,
    binary: true,
    write: |answer, look| match look.drawing.engine.filter(|_| answer.schedule().is_none()) {
        Some(engine) => super::graphviz::draw(answer, look, engine, "pdf"),
        None => draw(answer, look),
    },
    ..Format::PLAIN
};

/// Points to a pixel of the drawing.
const POINTS: f64 = 0.75;

fn draw(answer: &Answer, look: &Look<'_>) -> Result<Vec<u8>, Diagnostic> {
    let (sheets, faces) = drawn(answer, look, &Paper::printed(look))?;
    let mut writing = Writing::new();
    for SizedDocument { text, size } in &sheets {
        writing
            .page(&faces.tree(text)?, [size.x * POINTS, size.y * POINTS].map(|side| side as f32));
    }
    Ok(writing.finish(look.heading()))
}

/// A document being written.
struct Writing {
    pdf: Pdf,
    last: i32,
    pages: Vec<Ref>,
    fonts: Fonts,
}

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);

impl Writing {
    fn new() -> Self {
        Self { pdf: Pdf::new(), last: 3, pages: Vec::new(), fonts: Fonts::default() }
    }

    fn page(&mut self, tree: &Tree, [width, height]: [f32; 2]) {
        let mut content = Content::new();
        // PDF's y axis runs upwards, and its unit is a point: 72 to the inch, where pixels are 96.
        let onto = Transform::from_row(POINTS as f32, 0.0, 0.0, -POINTS as f32, 0.0, height);
        group(&mut content, &mut self.fonts, tree, tree.root(), onto);
        let [page, stream] = [self.next(), self.next()];
        let bytes = compress_to_vec_zlib(&content.finish(), 7);
        self.pdf.stream(stream, &bytes).filter(Filter::FlateDecode);
        self.pages.push(page);
        let mut written = self.pdf.page(page);
        written.parent(PAGES).media_box(Rect::new(0.0, 0.0, width, height)).contents(stream);
    }

    fn next(&mut self) -> Ref {
        self.last += 1;
        Ref::new(self.last)
    }

    fn finish(mut self, title: &str) -> Vec<u8> {
        self.pdf.catalog(CATALOG).pages(PAGES).lang(TextStr("en"));
        self.pdf.document_info(INFO).title(TextStr(title)).producer(TextStr("opsatlas"));
        let count = self.pages.len() as i32;
        let first = self.last + 1;
        let mut pages = self.pdf.pages(PAGES);
        pages.count(count).kids(self.pages.iter().copied());
        // What stands here, each page has.
        let mut resources = pages.resources();
        let mut fonts = resources.fonts();
        for at in 0..self.fonts.count() {
            fonts.pair(Name(Fonts::name(at).as_bytes()), Fonts::reference(first, at));
        }
        fonts.finish();
        resources.finish();
        pages.finish();
        self.fonts.write(&mut self.pdf, first);
        self.pdf.finish()
    }
}

/// Everything in a group, in the order in which it is painted.
fn group(content: &mut Content, fonts: &mut Fonts, tree: &Tree, of: &Group, onto: Transform) {
    for node in of.children() {
        match node {
            Node::Group(inner) => group(content, fonts, tree, inner, onto),
            Node::Path(shape) if shape.is_visible() => path(content, shape, onto),
            Node::Text(words) => text(content, fonts, tree, words, onto),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn rgb(paint: &Paint) -> [f32; 3] {
    match paint {
        Paint::Color(color) => {
            [color.red, color.green, color.blue].map(|part| f32::from(part) / 255.0)
        }
        _ => [0.0; 3],
    }
}

fn fill_color(content: &mut Content, fill: &Fill) {
    let [red, green, blue] = rgb(fill.paint());
    content.set_fill_rgb(red, green, blue);
}

fn path(content: &mut Content, shape: &Path, onto: Transform) {
    let place = onto.pre_concat(shape.abs_transform());
    let Some(outline) = shape.data().clone().transform(place) else { return };
    // The root of the determinant: by how much lengths grow, whichever way they run.
    let scale = (place.sx * place.sy - place.kx * place.ky).abs().sqrt();
    if let Some(stroke) = shape.stroke() {
        stroked(content, stroke, scale);
    }
    if let Some(fill) = shape.fill() {
        fill_color(content, fill);
    }
    let mut at = resvg::tiny_skia::Point::zero();
    for segment in outline.segments() {
        match segment {
            PathSegment::MoveTo(to) => drop(content.move_to(to.x, to.y)),
            PathSegment::LineTo(to) => drop(content.line_to(to.x, to.y)),
            PathSegment::QuadTo(by, to) => {
                // A quadratic curve is a cubic whose control points lie two thirds of the way to
                // its own.
                let third = |end: f32, by: f32| end + (by - end) * 2.0 / 3.0;
                let [x1, y1] = [third(at.x, by.x), third(at.y, by.y)];
                let [x2, y2] = [third(to.x, by.x), third(to.y, by.y)];
                content.cubic_to(x1, y1, x2, y2, to.x, to.y);
            }
            PathSegment::CubicTo(a, b, to) => {
                content.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y);
            }
            PathSegment::Close => drop(content.close_path()),
        }
        if let PathSegment::MoveTo(to)
        | PathSegment::LineTo(to)
        | PathSegment::QuadTo(_, to)
        | PathSegment::CubicTo(_, _, to) = segment
        {
            at = to;
        }
    }
    match (shape.fill(), shape.stroke()) {
        (Some(_), Some(_)) => content.fill_nonzero_and_stroke(),
        (Some(_), None) => content.fill_nonzero(),
        (None, Some(_)) => content.stroke(),
        (None, None) => content.end_path(),
    };
}

fn stroked(content: &mut Content, stroke: &Stroke, scale: f32) {
    let [red, green, blue] = rgb(stroke.paint());
    content.set_stroke_rgb(red, green, blue);
    content.set_line_width(stroke.width().get() * scale);
    content.set_line_cap(match stroke.linecap() {
        LineCap::Butt => LineCapStyle::ButtCap,
        LineCap::Round => LineCapStyle::RoundCap,
        LineCap::Square => LineCapStyle::ProjectingSquareCap,
    });
    content.set_line_join(match stroke.linejoin() {
        LineJoin::Round => LineJoinStyle::RoundJoin,
        LineJoin::Bevel => LineJoinStyle::BevelJoin,
        _ => LineJoinStyle::MiterJoin,
    });
    let dashes = stroke.dasharray().unwrap_or_default().iter().map(|dash| dash * scale);
    content.set_dash_pattern(dashes, stroke.dashoffset() * scale);
}

fn text(content: &mut Content, fonts: &mut Fonts, tree: &Tree, words: &Text, onto: Transform) {
    let onto = onto.pre_concat(words.abs_transform());
    content.begin_text();
    let mut current = None;
    for span in words.layouted().iter().filter(|span| span.visible) {
        if let Some(fill) = &span.fill {
            fill_color(content, fill);
        }
        for glyph in &span.positioned_glyphs {
            let Some(font) = fonts.font(tree, glyph.font) else { continue };
            let em = fonts.units(font);
            let place = onto.pre_concat(glyph.outline_transform()).pre_scale(em, em);
            // The upright axis is as long as letters are high; what is left of the matrix turns
            // them.
            let size = place.kx.hypot(place.sy).max(1e-3);
            if current != Some((font, size.to_bits())) {
                content.set_font(Name(Fonts::name(font).as_bytes()), size);
                current = Some((font, size.to_bits()));
            }
            let Transform { sx, ky, kx, sy, tx, ty } = place;
            content.set_text_matrix([sx / size, ky / size, kx / size, sy / size, tx, ty]);
            let code = fonts.code(font, glyph.id.0, &glyph.text);
            content.show(Str(&code.to_be_bytes()));
        }
    }
    content.end_text();
}
