//! What stands around a picture: ground, title, legend, and how large the whole is to be.

use super::Look;
use super::legend::Legend;
use super::xml::{escaped, number, words};
use crate::diagnostic::visible;
use crate::layout::{Point, text_width, wrapped};

/// Room around everything.
pub(super) const MARGIN: f64 = 24.0;
const TITLE_TEXT: f64 = 16.0;
const TITLE_LINE: f64 = 22.0;
/// Below the title, and above the legend.
const BELOW_TITLE: f64 = 18.0;
const ABOVE_LEGEND: f64 = 22.0;

/// A document, and how large it is.
#[derive(Debug)]
pub(super) struct SizedDocument {
    pub(super) text: String,
    pub(super) size: Point,
}

/// What stands around a picture.
pub(super) struct Surroundings<'a> {
    pub(super) look: &'a Look<'a>,
    /// How wide the room between the margins is.
    pub(super) inner: f64,
    pub(super) description: String,
    pub(super) style: String,
    pub(super) legend: Legend,
    /// Behind the title, where there are several sheets.
    pub(super) number: Option<String>,
}

impl Surroundings<'_> {
    fn title(&self) -> (String, Vec<String>) {
        let heading = self.look.heading().split_whitespace().collect::<Vec<&str>>().join(" ");
        let heading = visible(&heading);
        let behind = self.number.as_deref().map_or(0.0, |text| text_width(text, TITLE_TEXT) + 20.0);
        let lines = wrapped(&heading, self.inner - behind, 2, |text| text_width(text, TITLE_TEXT));
        (heading, lines)
    }

    /// How high all of it is, without the picture.
    pub(super) fn height(&self) -> f64 {
        let legend = self.legend.height + if self.legend.height > 0.0 { ABOVE_LEGEND } else { 0.0 };
        2.0 * MARGIN + self.title().1.len() as f64 * TITLE_LINE + BELOW_TITLE + legend
    }

    /// The whole document. `picture` is drawn at its corner; where a size is asked for that it does not
    /// have, it is made larger or smaller.
    pub(super) fn around(
        &self,
        picture: &str,
        size: Point,
        asked: [Option<f64>; 2],
    ) -> SizedDocument {
        let (heading, title) = self.title();
        let top = MARGIN + title.len() as f64 * TITLE_LINE + BELOW_TITLE;
        let own = Point { x: self.inner + 2.0 * MARGIN, y: self.height() + size.y };
        let (shown, view, left) = fitted(own, asked);
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
             viewBox=\"{} 0 {} {}\" role=\"img\" aria-labelledby=\"title desc\" \
             font-family=\"'DejaVu Sans', Verdana, sans-serif\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n<style>{}</style>\n\
             <rect class=\"ground\" x=\"{}\" width=\"{}\" height=\"{}\"/>\n",
            number(shown.x),
            number(shown.y),
            number(left),
            number(view.x),
            number(view.y),
            escaped(&heading),
            escaped(&self.description),
            self.style,
            number(left),
            number(view.x),
            number(view.y),
        );
        for (at, line) in title.iter().enumerate() {
            let y = MARGIN + TITLE_TEXT + TITLE_LINE * at as f64;
            text.push_str(&words("title", line, Point { x: MARGIN, y }, TITLE_TEXT, "start"));
            text.push('\n');
        }
        if let Some(behind) = &self.number {
            let at = Point { x: own.x - MARGIN, y: MARGIN + TITLE_TEXT };
            text.push_str(&words("soft", behind, at, TITLE_TEXT, "end"));
            text.push('\n');
        }
        let beside = MARGIN + (self.inner - size.x) / 2.0;
        text.push_str(&format!(
            "<g transform=\"translate({} {})\">\n{picture}</g>\n",
            number(beside),
            number(top),
        ));
        // It stands at the bottom, also of what is higher than it would have to be.
        let bottom = view.y - MARGIN - self.legend.height;
        text.push_str(&self.legend.drawn(Point { x: MARGIN, y: bottom }));
        text.push_str("</svg>\n");
        SizedDocument { text, size: shown }
    }
}

/// How large a picture is shown, which part of the plane is seen, and where that begins: the whole
/// of it in the middle of what was asked for.
fn fitted(own: Point, asked: [Option<f64>; 2]) -> (Point, Point, f64) {
    let scale = match asked {
        [None, None] => return (own, own, 0.0),
        [Some(width), None] => width / own.x,
        [None, Some(height)] => height / own.y,
        [Some(width), Some(height)] => (width / own.x).min(height / own.y),
    };
    let shown =
        Point { x: asked[0].unwrap_or(own.x * scale), y: asked[1].unwrap_or(own.y * scale) };
    let view = Point { x: shown.x / scale, y: shown.y / scale };
    (shown, view, (own.x - view.x) / 2.0)
}
