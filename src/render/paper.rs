//! What pictures are drawn on: a screen, or sheets of paper; and whether a graph can be read there.

use super::Look;
use crate::layout::{EDGE_TEXT, Point};

/// A sheet, or a screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    /// How wide and high it is, where that is told.
    pub(super) size: [Option<f64>; 2],
    /// How large letters of a roadmap are at least and at most.
    pub(super) letters: [f64; 2],
    /// May there be several?
    pub(super) pages: bool,
}

/// A screen, and the least letters on it.
const SLIDE: [f64; 2] = [1920.0, 1080.0];
const SHOWN: f64 = 11.0;
/// A4, lying, in pixels of the drawing; and letters of 6.5 points.
#[cfg(feature = "pdf")]
const A4: [f64; 2] = [1122.5, 793.7];
#[cfg(feature = "pdf")]
const PRINTED: f64 = 8.67;
const LARGEST: f64 = 13.0;

impl Paper {
    /// A screen, or a slide.
    pub(super) fn screen(look: &Look<'_>) -> Self {
        let size = [look.drawing.width, look.drawing.height];
        Self { size, letters: [SHOWN, LARGEST], pages: false }
    }

    /// Sheets of A4, unless another size is told.
    #[cfg(feature = "pdf")]
    pub(super) fn printed(look: &Look<'_>) -> Self {
        let told = [look.drawing.width, look.drawing.height];
        let size = if look.drawing.is_sized() { told } else { A4.map(Some) };
        Self { size, letters: [PRINTED, LARGEST], pages: true }
    }

    /// Can the smallest letters of a graph of a size be read on it, or on a slide?
    pub(super) fn legible(&self, graph: Point) -> bool {
        let size = if self.size == [None, None] { SLIDE.map(Some) } else { self.size };
        let sides = size.into_iter().zip([graph.x, graph.y]);
        let scales = sides.filter_map(|(room, side)| Some(room? / side));
        EDGE_TEXT * scales.fold(f64::INFINITY, f64::min) >= self.letters[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Atlas;
    use crate::render::sheet::SizedDocument;
    use crate::render::svg::documents;
    use crate::render::{Drawing, Layout};

    /// The smallest letters of a document, as large as they are shown.
    fn least(sheet: &SizedDocument) -> f64 {
        let tree = roxmltree::Document::parse(&sheet.text).expect("XML");
        let view = tree.root_element().attribute("viewBox").expect("a view").split(' ').nth(2);
        let scale = sheet.size.x / view.expect("a width").parse::<f64>().expect("a number");
        let sizes = tree.descendants().filter_map(|node| node.attribute("font-size"));
        let sizes = sizes.map(|size| size.parse::<f64>().expect("a number") * scale);
        sizes.fold(f64::MAX, f64::min)
    }

    #[test]
    fn the_plan_of_every_role_and_domain_can_be_read_on_a_slide_and_on_paper() {
        let atlas = Atlas::built_in();
        let goals = atlas.query("roles + domains").expect("goals").nodes();
        assert!(goals.len() > 25, "only {}", goals.len());
        for goal in goals {
            let query = format!("plan {}", atlas.node(goal).id);
            let (answer, look) = (atlas.query(&query).expect("a plan"), Look::plain(&query));
            let shown = documents(&answer, &look, &Paper::screen(&look)).expect("drawn");
            let size = shown[0].size;
            assert!(size.x <= SLIDE[0] && size.y <= SLIDE[1], "{query}: {} x {}", size.x, size.y);
            assert!(least(&shown[0]) >= SHOWN, "{query}: letters of {}", least(&shown[0]));
            // What cannot be read on a slide is no graph on paper either.
            let mapped = shown[0].text.contains("class=\"lane\"");
            let layout = if mapped { Layout::Roadmap } else { Layout::Auto };
            let look = Look { drawing: Drawing { layout, ..look.drawing }, ..look };
            #[cfg(feature = "pdf")]
            for sheet in documents(&answer, &look, &Paper::printed(&look)).expect("drawn") {
                assert!([sheet.size.x, sheet.size.y] == A4, "{query}: {:?}", sheet.size);
                assert!(least(&sheet) >= PRINTED, "{query}: letters of {}", least(&sheet));
            }
        }
    }
}
