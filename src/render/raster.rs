//! SVG as usvg lays it out, for pixels and paper: with the font that measured it, and where that lacks a
//! character, with one that the system has.

use super::paper::Paper;
use super::sheet::SizedDocument;
use super::syllables::{Syllable, apart, syllables};
use super::{Drawing, Look, svg};
use crate::answer::Answer;
use crate::diagnostic::{Diagnostic, first_few};
use crate::layout::font;
use crate::stop::raised;
use resvg::usvg::fontdb::{Database, FaceInfo, ID, Style, Weight};
use resvg::usvg::{FontResolver, Options, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::sync::Arc;
use ttf_parser::Face;

pub(super) fn failed(why: impl Display) -> Diagnostic {
    Diagnostic::new("io", format!("the picture was not drawn: {why}"))
}

/// The picture for pixels or paper, which follow no reader's system, with the fonts for it. What no
/// font has is told below it.
pub(super) fn drawn(
    answer: &Answer,
    look: &Look<'_>,
    paper: &Paper,
) -> Result<(Vec<SizedDocument>, FallbackFonts), Diagnostic> {
    let drawing = Drawing { theme: look.drawing.theme.printed(), ..look.drawing };
    let look = Look { drawing, ..*look };
    let mut sheets = svg::documents(answer, &look, paper)?;
    let fonts = FallbackFonts::of(&sheets);
    if let Some(footnote) = fonts.lacking() {
        let look = Look { footnote: Some(&footnote), ..look };
        sheets = svg::documents(answer, &look, paper)?;
    }
    if raised(look.stop) || sheets.is_empty() {
        return Err(failed("it was stopped"));
    }
    Ok((sheets, fonts))
}

/// The font of every family, and others for what it lacks.
pub(super) struct FallbackFonts {
    faces: Arc<Database>,
    others: Arc<BTreeMap<char, ID>>,
    lacking: Vec<char>,
}

/// So many characters are named that no font has.
const NAMED: usize = 5;

impl FallbackFonts {
    /// For these documents. Only where our font lacks a character are those of the system looked
    /// at, so that pictures are the same everywhere.
    fn of(sheets: &[SizedDocument]) -> Self {
        let font = font();
        let own = Face::parse(&font, 0).ok();
        let is_ours = |character: char| {
            // What takes no room is part of what stands before it.
            unicode_width::UnicodeWidthChar::width(character).unwrap_or(0) == 0
                || own.as_ref().is_some_and(|face| face.glyph_index(character).is_some())
        };
        let all: BTreeSet<char> = sheets.iter().flat_map(|sheet| sheet.text.chars()).collect();
        let wanted: Vec<char> = all.into_iter().filter(|letter| !is_ours(*letter)).collect();
        let mut faces = Database::new();
        faces.load_font_data(font);
        let others =
            if wanted.is_empty() { BTreeMap::new() } else { elsewhere(&mut faces, &wanted) };
        let lacking = wanted.into_iter().filter(|letter| !others.contains_key(letter)).collect();
        Self { faces: Arc::new(faces), others: Arc::new(others), lacking }
    }

    /// What no font here has, in words.
    fn lacking(&self) -> Option<String> {
        let named = self.lacking.iter().map(|letter| format!("U+{:04X}", u32::from(*letter)));
        let mut named = first_few(named.collect(), NAMED);
        let last = named.pop().unwrap_or_default();
        let named =
            if named.is_empty() { last } else { format!("{} and {last}", named.join(", ")) };
        (!named.is_empty()).then(|| {
            format!("no font of this system has {named}: boxes stand for them; an SVG takes the reader's fonts")
        })
    }

    /// The syllables of a text in the font that draws it whole: ours, or one that has what that lacks.
    fn syllables(&self, text: &str) -> Option<Vec<Syllable>> {
        let other = text.chars().find_map(|letter| self.others.get(&letter).copied());
        let id = other.or_else(|| self.faces.faces().next().map(|face| face.id))?;
        let of = |data: &[u8], index| syllables(&rustybuzz::Face::from_slice(data, index)?, text);
        self.faces.with_face_data(id, of).flatten()
    }

    /// A document, laid out.
    pub(super) fn tree(&self, document: &str) -> Result<Tree, Diagnostic> {
        let others = self.others.clone();
        let own = |faces: &Database| faces.faces().next().map(|face| face.id);
        let font_resolver = FontResolver {
            select_font: Box::new(move |_, faces| own(faces)),
            select_fallback: Box::new(move |letter, used, _| {
                others.get(&letter).copied().filter(|id| !used.contains(id))
            }),
        };
        let options = Options { fontdb: self.faces.clone(), font_resolver, ..Options::default() };
        let apart = apart(document, |text| self.syllables(text));
        Tree::from_str(&apart, &options).map_err(failed)
    }
}

/// The first face of the system, by name, that can draw each of these characters.
fn elsewhere(faces: &mut Database, wanted: &[char]) -> BTreeMap<char, ID> {
    faces.load_system_fonts();
    let plain = |face: &&FaceInfo| face.style == Style::Normal && !face.monospaced;
    // The first one is ours. The others are sorted, as systems list them in any order.
    let mut known: Vec<&FaceInfo> = faces.faces().skip(1).filter(plain).collect();
    let far = |face: &FaceInfo| face.weight.0.abs_diff(Weight::NORMAL.0);
    known.sort_by(|a, b| (far(a), &a.post_script_name).cmp(&(far(b), &b.post_script_name)));
    let mut found = BTreeMap::new();
    for face in known {
        if found.len() == wanted.len() {
            break;
        }
        let has = faces.with_face_data(face.id, |data, index| {
            let Ok(font) = Face::parse(data, index) else { return Vec::new() };
            // Pictures of characters are no outlines.
            let outlined = font.tables().glyf.is_some() || font.tables().cff.is_some();
            let has = |letter: &char| outlined && font.glyph_index(*letter).is_some();
            wanted.iter().copied().filter(has).collect::<Vec<char>>()
        });
        for letter in has.unwrap_or_default() {
            found.entry(letter).or_insert(face.id);
        }
    }
    found
}
