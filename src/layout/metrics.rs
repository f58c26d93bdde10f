//! What is drawn on: pixels, or the character cells of a terminal. How large things are there.

use super::layout_graph::{Gaps, Size};
use super::text::{text_width, wrapped};
use unicode_width::UnicodeWidthStr;

/// Size of the names of nodes, in pixels.
pub const NODE_TEXT: f64 = 13.0;
/// Size of the words on edges.
pub const EDGE_TEXT: f64 = 11.0;
/// Height of a line of a node's name.
pub const LINE: f64 = 17.0;

/// Sizes of what is drawn there.
#[derive(Debug, Clone, Copy)]
pub struct Metrics {
    /// The width of a node's text and of an edge's.
    text: [fn(&str) -> f64; 2],
    /// How long a line of text is, and how many a name has at most.
    longest: f64,
    most_lines: usize,
    /// Height of a line of a name, and of a label.
    line: f64,
    label: f64,
    /// Beside a name, and above and below it together; beside a label.
    padding: Size,
    label_padding: f64,
    /// How high a loop rises below its words; nothing if loops are told otherwise.
    pub looped: f64,
    /// A box is this much higher for each edge at a side, up to a limit, so that they keep apart.
    pub port: f64,
    /// The limit of that.
    pub highest: f64,
    /// Above so many edges words on all of them are clutter; colours tell the relation.
    pub few_labels: usize,
    /// Above so many even words on those that stand out are.
    pub most_labels: usize,
    /// The room between things.
    pub gaps: Gaps,
}

impl Metrics {
    /// A drawing in pixels.
    pub const PIXELS: Self = Self {
        text: [|text| text_width(text, NODE_TEXT), |text| text_width(text, EDGE_TEXT)],
        longest: 180.0,
        most_lines: 3,
        line: LINE,
        label: EDGE_TEXT + 6.0,
        padding: Size { main: 26.0, cross: 17.0 },
        label_padding: 10.0,
        looped: 16.0,
        port: 8.5,
        highest: 190.0,
        few_labels: 40,
        most_labels: 160,
        gaps: Gaps::PIXELS,
    };

    /// The cells of a terminal: with or without words on edges, and with so many cells between
    /// columns.
    #[must_use]
    pub fn cells(labelled: bool, between: usize) -> Self {
        Self {
            text: [|text| text.width() as f64, |text| text.width() as f64],
            longest: 24.0,
            most_lines: 3,
            line: 1.0,
            label: 0.0,
            padding: Size { main: 4.0, cross: 2.0 },
            label_padding: 2.0,
            looped: 0.0,
            port: 0.0,
            highest: 0.0,
            few_labels: if labelled { usize::MAX } else { 0 },
            most_labels: if labelled { usize::MAX } else { 0 },
            gaps: Gaps {
                ranks: between as f64,
                climb: 0.0,
                boxes: 0.0,
                arcs: 0.5,
                parts: 2.0,
                ports: 0.0,
                grid: true,
            },
        }
    }

    /// A node's name in lines.
    #[must_use]
    pub fn name(&self, name: &str) -> Vec<String> {
        let mut lines = wrapped(name, self.longest, self.most_lines, self.text[0]);
        // On a grid a box has a middle row, where its edges meet it.
        if self.gaps.grid && lines.len().is_multiple_of(2) {
            lines.push(String::new());
        }
        lines
    }

    /// The words on an edge in one line.
    #[must_use]
    pub fn label(&self, words: &str) -> String {
        wrapped(words, self.longest, 1, self.text[1]).swap_remove(0)
    }

    /// The room for a name.
    pub fn box_size(&self, lines: &[String]) -> Size {
        let width = lines.iter().map(|line| (self.text[0])(line)).fold(0.0, f64::max);
        let least = if self.gaps.grid { 0.0 } else { 56.0 };
        Size {
            main: (width + self.padding.main).max(least).ceil(),
            cross: lines.len() as f64 * self.line + self.padding.cross,
        }
    }

    /// The room for a loop with words of a size.
    #[must_use]
    pub fn loop_room(&self, words: Size) -> Size {
        if self.looped == 0.0 {
            return Size::default();
        }
        let beside = self.gaps.arcs;
        Size { main: words.main.max(46.0) + beside, cross: self.looped + words.cross + beside }
    }

    /// The room for the words on an edge.
    #[must_use]
    pub fn label_size(&self, text: &str) -> Size {
        Size { main: ((self.text[1])(text) + self.label_padding).ceil(), cross: self.label }
    }
}
