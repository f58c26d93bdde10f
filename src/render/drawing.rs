//! How pictures shall be drawn, and the way from an answer to a scene.

use super::from_picture::{Columns, Direction, lay_out};
use crate::answer::{Answer, Picture, Roadmap};
use crate::diagnostic::Diagnostic;
use crate::layout::{Metrics, Scene};
use std::sync::atomic::AtomicBool;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the reader's system is; light where that is unknown.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The theme of what cannot follow the reader's system.
    #[cfg(feature = "png")]
    pub(super) fn printed(self) -> Self {
        if self == Self::Auto { Self::Light } else { self }
    }

    /// What is the same by day and by night, and the colours of one or both; dark ones stand in a media query
    /// unless they were chosen.
    pub(super) fn css(self, shapes: &str, colors: impl Fn(bool) -> String) -> String {
        let night = || format!("@media (prefers-color-scheme:dark){{{}}}", colors(true));
        let after = if self == Self::Auto { night() } else { String::new() };
        format!("{shapes}{}{after}", colors(self == Self::Dark))
    }
}

/// What kind of picture it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// A roadmap, where the answer tells what comes first, has milestones and more than a few
    /// nodes; else its graph.
    #[default]
    Auto,
    /// A roadmap: a lane for each milestone.
    Roadmap,
    /// The graph in layers.
    Layers,
}

/// How pictures shall be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawing {
    /// What kind of picture it is.
    pub layout: Layout,
    /// How wide it is to be, in pixels of the drawing.
    pub width: Option<f64>,
    /// How high.
    pub height: Option<f64>,
    /// Is it told below it what colours and lines mean?
    pub legend: bool,
    /// An installed Graphviz engine instead of our own layout.
    pub engine: Option<&'static str>,
    /// How many pixels of a raster picture a pixel of the drawing has; 2 unless told, and 1 where
    /// width or height are told.
    pub scale: Option<f64>,
    /// Are redundant edges drawn too?
    pub all_edges: bool,
    /// What the columns are.
    pub columns: Columns,
    /// Which way it runs.
    pub direction: Direction,
    /// Light or dark.
    pub theme: Theme,
    /// What makes the plain name of a setting what one types for it: nothing, or `--`.
    pub setting_prefix: &'static str,
}

impl Default for Drawing {
    fn default() -> Self {
        Self {
            layout: Layout::default(),
            width: None,
            height: None,
            legend: true,
            engine: None,
            scale: None,
            all_edges: false,
            columns: Columns::default(),
            direction: Direction::default(),
            theme: Theme::default(),
            setting_prefix: "",
        }
    }
}

/// What can be laid out in bearable time.
pub(super) const MOST_NODES: usize = 10_000;
const MOST_EDGES: usize = 30_000;

impl Drawing {
    /// How many pixels a pixel of the drawing has.
    #[must_use]
    pub fn pixels(&self) -> f64 {
        self.scale.unwrap_or(if self.is_sized() { 1.0 } else { 2.0 })
    }

    /// Is it told how large it is to be?
    pub(super) fn is_sized(&self) -> bool {
        self.width.is_some() || self.height.is_some()
    }

    /// The answer as a roadmap, where that is the picture to draw.
    pub(super) fn roadmap<'a>(
        &self,
        answer: &'a Answer,
    ) -> Result<Option<Roadmap<'a>>, Diagnostic> {
        // What parts it into lanes may look at every node for every need of a goal.
        let nodes = answer.nodes().len();
        let wanted =
            self.layout == Layout::Roadmap || self.layout == Layout::Auto && answer.is_way();
        if nodes > MOST_NODES && wanted {
            return Err(too_large(nodes, answer.edges().len()));
        }
        bounded(match self.layout {
            _ if nodes > MOST_NODES => None,
            Layout::Layers => None,
            Layout::Roadmap => answer.roadmap().filter(|map| !map.lanes.is_empty()),
            Layout::Auto => answer.roadmap().filter(Roadmap::suggests_itself),
        })
    }

    /// The answer as a picture, without what is redundant; an error if it cannot be drawn.
    pub fn picture<'a>(
        &self,
        answer: &'a Answer,
        stop: &AtomicBool,
    ) -> Result<Picture<'a>, Diagnostic> {
        let Some(mut picture) = answer.picture(stop) else {
            let message = format!("a {} cannot be drawn", answer.shape().name());
            return Err(Diagnostic::new("no-picture", message).help(
                "sets, paths, plans and cards can be drawn; the rest is told as table, md, csv or json",
            ));
        };
        if !self.all_edges {
            picture.reduce();
        }
        picture.left_out.iter_mut().for_each(|note| note.prefix_setting(self.setting_prefix));
        Ok(picture)
    }

    /// The answer as a picture, with what looks alike folded, and laid out.
    pub fn scene<'a>(
        &self,
        answer: &'a Answer,
        stop: &AtomicBool,
    ) -> Result<(Picture<'a>, Scene), Diagnostic> {
        let mut picture = self.picture(answer, stop)?;
        picture.fold();
        let scene = self.lay_out(&picture, &Metrics::PIXELS, stop)?;
        Ok((picture, scene))
    }

    /// Lays a picture out, unless nobody could read it, or `stop` is raised.
    pub fn lay_out(
        &self,
        picture: &Picture<'_>,
        medium: &Metrics,
        stop: &AtomicBool,
    ) -> Result<Scene, Diagnostic> {
        let (nodes, edges) = (picture.nodes.len(), picture.edges.len());
        if nodes > MOST_NODES || edges > MOST_EDGES {
            return Err(too_large(nodes, edges));
        }
        lay_out(picture, self.columns, self.direction, medium, stop)
            .ok_or_else(|| too_large(nodes, edges))
    }
}

/// A roadmap, unless nobody could read it: what stands beside a way, or is compared, has cards too.
pub(super) fn bounded(map: Option<Roadmap<'_>>) -> Result<Option<Roadmap<'_>>, Diagnostic> {
    let [cards, links] = map.as_ref().map_or([0; 2], |map| [map.cards().count(), map.links.len()]);
    if cards > MOST_NODES || links > MOST_EDGES { Err(too_large(cards, links)) } else { Ok(map) }
}

/// The refusal of a picture that nobody could read.
pub(super) fn too_large(nodes: usize, edges: usize) -> Diagnostic {
    let message = format!("a picture of {nodes} nodes and {edges} edges would be unreadable");
    Diagnostic::new("too-large", message)
        .help(format!("pictures have at most {MOST_NODES} nodes and {MOST_EDGES} edges"))
        .help("ask for less, such as near X, or prereqs X depth 2, or write DOT: -o answer.dot")
}
