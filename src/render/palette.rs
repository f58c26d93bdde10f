//! Colours: those of kinds come from the schema; what it leaves open has a fixed place in a calm
//! palette, so that the same graph always looks the same.

use crate::answer::{PictureNode, Readiness};
use crate::graph::{Atlas, RelationId};

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Color(u8, u8, u8);

/// Colours of kinds whose schema gives none, by position.
const KINDS: [Color; 8] = [
    Color(0x57, 0x60, 0x6a),
    Color(0x1f, 0x6f, 0xeb),
    Color(0x2d, 0xa4, 0x4e),
    Color(0xbf, 0x87, 0x00),
    Color(0x89, 0x57, 0xe5),
    Color(0xcf, 0x22, 0x2e),
    Color(0x1b, 0x7c, 0x83),
    Color(0xbf, 0x39, 0x89),
];

/// Colours of relations, by position; more are made.
const RELATIONS: [Color; 8] = [
    Color(0x3b, 0x6f, 0xb5),
    Color(0xa0, 0x62, 0x2d),
    Color(0x6b, 0x72, 0x80),
    Color(0x2f, 0x85, 0x5a),
    Color(0x8a, 0x5a, 0xb8),
    Color(0xb8, 0x4a, 0x62),
    Color(0x8a, 0x7a, 0x1f),
    Color(0x2a, 0x7f, 0x92),
];

/// So many lines are many.
const MANY: usize = 300;

pub(super) const WHITE: Color = Color(0xff, 0xff, 0xff);
const BLACK: Color = Color(0, 0, 0);
/// The contrast that words need.
const READABLE: f64 = 4.5;
pub(super) const NIGHT: Color = Color(0x0d, 0x11, 0x17);
pub(super) const INK: Color = Color(0x1f, 0x23, 0x28);
pub(super) const CHALK: Color = Color(0xe6, 0xed, 0xf3);
pub(super) const GREY: Color = Color(0x59, 0x63, 0x6e);
pub(super) const ASH: Color = Color(0x91, 0x98, 0xa1);

impl Color {
    /// Of a kind, by its schema or its position.
    pub(super) fn of_kind(atlas: &Atlas, kind: Option<usize>) -> Self {
        let kind = kind.unwrap_or(0);
        let declared = atlas.schema().kinds.get(kind).and_then(|kind| kind.color.as_deref());
        declared.and_then(Self::parse).unwrap_or_else(|| Self::at(&KINDS, kind))
    }

    /// Of a relation, by its position.
    pub(super) fn of_relation(relation: RelationId) -> Self {
        Self::at(&RELATIONS, relation)
    }

    /// The colour at a position; behind the last one hues a golden angle apart, none of which comes
    /// again, darker and lighter in turn.
    fn at(palette: &[Self], position: usize) -> Self {
        let Some(beyond) = position.checked_sub(palette.len()) else {
            return palette[position];
        };
        let hue = (beyond as f64 * 137.508 + 20.0) % 360.0;
        let lightness = [0.42, 0.34, 0.5][beyond % 3];
        Self::of_hue(hue, 0.5, lightness)
    }

    /// From hue, saturation and lightness, as CSS reckons.
    fn of_hue(hue: f64, saturation: f64, lightness: f64) -> Self {
        let reach = saturation * f64::min(lightness, 1.0 - lightness);
        let part = |offset: f64| {
            let place = (offset + hue / 30.0) % 12.0;
            let light = lightness - reach * (place - 3.0).min(9.0 - place).clamp(-1.0, 1.0);
            (light * 255.0).round() as u8
        };
        Self(part(0.0), part(8.0), part(4.0))
    }

    /// Of a box: where it stands in a plan, else its kind.
    pub(super) fn of_node(atlas: &Atlas, node: &PictureNode) -> Self {
        let kind = || Self::of_kind(atlas, atlas.node(node.node).kinds.first().copied());
        node.readiness.map_or_else(kind, Self::of_progress)
    }

    /// Of the lines of a relation, and of what stands out among them; by night on its ground. Many are drawn
    /// paler, so that boxes stay in front.
    pub(super) fn of_lines(relation: RelationId, lines: usize, dark: bool) -> [Self; 2] {
        let color = Self::of_relation(relation);
        let (color, ground) = if dark { (color.on(WHITE, 62), NIGHT) } else { (color, WHITE) };
        [color.on(ground, if lines > MANY { 45 } else { 78 }), color.readable_on(ground)]
    }

    /// Of a node of a plan.
    pub(super) fn of_progress(readiness: Readiness) -> Self {
        match readiness {
            Readiness::Known => Self(0x8c, 0x95, 0x9f),
            Readiness::Ready => Self(0x2d, 0xa4, 0x4e),
            Readiness::Later => Self(0x54, 0x7a, 0xa8),
            Readiness::Goal => Self(0x82, 0x50, 0xdf),
        }
    }

    /// Reads `#rrggbb`.
    fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// `#rrggbb`.
    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// A share of this colour, in percent, on a ground.
    pub(super) fn on(self, ground: Self, percent: u32) -> Self {
        let mix = |own: u8, other: u8| {
            ((u32::from(own) * percent + u32::from(other) * (100 - percent) + 50) / 100) as u8
        };
        Self(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }

    /// What to write in on it: white or ink, or black, of which one always has enough contrast.
    pub(super) fn ink(self) -> Self {
        let inks = [WHITE, INK, BLACK];
        inks.into_iter().find(|ink| self.contrast(*ink) >= READABLE).unwrap_or(BLACK)
    }

    /// As near to this colour as can be read on a ground.
    fn readable_on(self, ground: Self) -> Self {
        let mut shades = (0..=20).map(|step| ground.ink().on(self, step * 5));
        shades.find(|shade| shade.contrast(ground) >= READABLE).unwrap_or_else(|| ground.ink())
    }

    /// The contrast of WCAG, from 1 to 21.
    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let light = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * light(self.0) + 0.7152 * light(self.1) + 0.0722 * light(self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_every_colour_can_be_read() {
        for relation in 0..200 {
            for (dark, ground) in [(false, WHITE), (true, NIGHT)] {
                let [_, text] = Color::of_lines(relation, 1, dark);
                assert!(text.contrast(ground) >= READABLE, "{relation} {}", text.hex());
            }
        }
        for grey in 0..=255 {
            let color = Color(grey, grey.wrapping_mul(7), grey.wrapping_mul(31));
            assert!(color.contrast(color.ink()) >= READABLE, "{}", color.hex());
        }
    }
}
