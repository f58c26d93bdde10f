//! Colours: those of kinds come from the schema; what it leaves open has a fixed place in a calm
//! palette, so that the same graph always looks the same.
#![allow(clippy::unreadable_literal, reason = "colours are six digits")]

use crate::answer::{PictureNode, Readiness};
use crate::graph::{Atlas, RelationId};

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Color(u8, u8, u8);

/// The colour that CSS writes with these six digits.
const fn rgb(digits: u32) -> Color {
    let [_, red, green, blue] = digits.to_be_bytes();
    Color(red, green, blue)
}

/// Colours of kinds whose schema gives none, by position.
const KINDS: [Color; 8] = [
    rgb(0x57606a),
    rgb(0x1f6feb),
    rgb(0x2da44e),
    rgb(0xbf8700),
    rgb(0x8957e5),
    rgb(0xcf222e),
    rgb(0x1b7c83),
    rgb(0xbf3989),
];

/// Colours of relations, by position; more are made.
const RELATIONS: [Color; 8] = [
    rgb(0x3b6fb5),
    rgb(0xa0622d),
    rgb(0x6b7280),
    rgb(0x2f855a),
    rgb(0x8a5ab8),
    rgb(0xb84a62),
    rgb(0x8a7a1f),
    rgb(0x2a7f92),
];

/// So many lines are many.
const MANY: usize = 300;

pub(super) const WHITE: Color = rgb(0xffffff);
pub(super) const NIGHT: Color = rgb(0x0d1117);
pub(super) const INK: Color = rgb(0x1f2328);
pub(super) const CHALK: Color = rgb(0xe6edf3);
pub(super) const GREY: Color = rgb(0x59636e);
pub(super) const ASH: Color = rgb(0x9198a1);
const BLACK: Color = rgb(0x000000);
/// The contrast that words need.
const READABLE: f64 = 4.5;

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

    /// Of a kind as a ground, what is written on it, and as a bar.
    pub(super) fn of_cards(atlas: &Atlas, kind: usize, dark: bool) -> [Self; 3] {
        let color = Self::of_kind(atlas, Some(kind));
        let (solid, bar) =
            if dark { (color.on(NIGHT, 82), color.on(WHITE, 72)) } else { (color, color) };
        [solid, solid.ink(), bar]
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
            Readiness::Known => rgb(0x8c959f),
            Readiness::Ready => rgb(0x2da44e),
            Readiness::Later => rgb(0x547aa8),
            Readiness::Goal => rgb(0x8250df),
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
