//! The fonts of a document: of each only the glyphs that it uses, and the characters these stand for.

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use resvg::usvg::Tree;
use resvg::usvg::fontdb::ID;
use std::collections::BTreeMap;
use subsetter::{GlyphRemapper, subset};
use ttf_parser::{Face, GlyphId};

/// A font and what is used of it.
struct Font {
    id: ID,
    data: Vec<u8>,
    index: u32,
    units: f32,
    glyphs: GlyphRemapper,
    /// The characters of each glyph, by its new number.
    texts: BTreeMap<u16, String>,
}

/// The fonts of a document, in the order in which they are first used.
#[derive(Default)]
pub(super) struct Fonts {
    fonts: Vec<Font>,
}

const SYSTEM: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// How many objects a font is.
const EACH: i32 = 5;

impl Fonts {
    pub(super) fn count(&self) -> usize {
        self.fonts.len()
    }

    /// Its name among the resources of a page.
    pub(super) fn name(at: usize) -> String {
        format!("F{at}")
    }

    /// Its object, if the first font's has the number `first`.
    pub(super) fn reference(first: i32, at: usize) -> Ref {
        Ref::new(first + EACH * at as i32)
    }

    /// The font of a face; `None` if its data cannot be had.
    pub(super) fn font(&mut self, tree: &Tree, id: ID) -> Option<usize> {
        if let Some(known) = self.fonts.iter().position(|font| font.id == id) {
            return Some(known);
        }
        let (data, index) =
            tree.fontdb().with_face_data(id, |data, index| (data.to_vec(), index))?;
        let units = f32::from(Face::parse(&data, index).ok()?.units_per_em());
        let (glyphs, texts) = (GlyphRemapper::new(), BTreeMap::new());
        self.fonts.push(Font { id, data, index, units, glyphs, texts });
        Some(self.fonts.len() - 1)
    }

    pub(super) fn units(&self, font: usize) -> f32 {
        self.fonts[font].units
    }

    /// The number of a glyph in what is embedded.
    pub(super) fn code(&mut self, font: usize, glyph: u16, text: &str) -> u16 {
        let font = &mut self.fonts[font];
        let code = font.glyphs.remap(glyph);
        // The box that stands for what no font has may be any character.
        if glyph != 0 && !text.is_empty() {
            font.texts.entry(code).or_insert_with(|| text.to_owned());
        }
        code
    }

    /// Writes them, from the object `first` on.
    pub(super) fn write(&self, pdf: &mut Pdf, first: i32) {
        for (at, font) in self.fonts.iter().enumerate() {
            font.write(pdf, Self::reference(first, at).get(), at);
        }
    }
}

impl Font {
    fn write(&self, pdf: &mut Pdf, first: i32, at: usize) {
        let Ok(face) = Face::parse(&self.data, self.index) else { return };
        let Ok(embedded) = subset(&self.data, self.index, &self.glyphs) else { return };
        let reference = |place: i32| Ref::new(first + place);
        let (cid, descriptor, map, file) = (reference(1), reference(2), reference(3), reference(4));
        // Subsets have a tag of six letters, one for each.
        let tag = char::from(b'A' + (at % 26) as u8);
        let base = format!("{}+Font{at}", tag.to_string().repeat(6));
        let base = Name(base.as_bytes());
        let identity = Name(b"Identity-H");
        let mut type0 = pdf.type0_font(reference(0));
        type0.base_font(base).encoding_predefined(identity).descendant_font(cid).to_unicode(map);
        type0.finish();
        let outlines = face.tables().glyf.is_some();
        let mut font = pdf.cid_font(cid);
        font.subtype(if outlines { CidFontType::Type2 } else { CidFontType::Type0 });
        font.base_font(base).system_info(SYSTEM).font_descriptor(descriptor).default_width(0.0);
        if outlines {
            font.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        let scaled = |units: f32| units * 1000.0 / self.units;
        let advance = |glyph: u16| face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
        let widths = self.glyphs.remapped_gids().map(|glyph| scaled(f32::from(advance(glyph))));
        font.widths().consecutive(0, widths);
        font.finish();
        let bounds = face.global_bounding_box();
        let [left, bottom, right, top] = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
            .map(|side| scaled(side.into()));
        let mut told = pdf.font_descriptor(descriptor);
        told.name(base).flags(FontFlags::SYMBOLIC).bbox(Rect::new(left, bottom, right, top));
        told.italic_angle(0.0).ascent(scaled(face.ascender().into()));
        told.descent(scaled(face.descender().into()));
        told.cap_height(scaled(face.capital_height().unwrap_or(face.ascender()).into()))
            .stem_v(90.0);
        if outlines {
            told.font_file2(file);
        } else {
            told.font_file3(file);
        }
        told.finish();
        self.write_file(pdf, [map, file], &embedded, outlines);
    }

    /// The characters that its glyphs stand for, so that text can be selected, and the font itself.
    fn write_file(&self, pdf: &mut Pdf, [map, file]: [Ref; 2], embedded: &[u8], outlines: bool) {
        let mut cmap = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
        for (code, text) in &self.texts {
            cmap.pair_with_multiple(*code, text.chars());
        }
        pdf.cmap(map, &cmap.finish());
        let bytes = compress_to_vec_zlib(embedded, 7);
        let mut stream = pdf.stream(file, &bytes);
        stream.filter(Filter::FlateDecode);
        if !outlines {
            stream.pair(Name(b"Subtype"), Name(b"OpenType"));
        }
    }
}
