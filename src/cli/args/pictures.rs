//! Flags of pictures.

use super::values::one_of;
use crate::cli::errors::FLAG;
use crate::render::{Columns, Direction, Drawing, ENGINES, Layout, Theme};
use clap::Args;

/// How pictures are to be drawn.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Pictures {
    /// roadmap (a lane for each milestone), layers (the graph), or auto
    #[arg(long, value_name = "WHAT", value_parser = layout, default_value = "auto")]
    layout: Layout,
    /// what stands above a picture, instead of the query
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// how wide a picture is, in pixels: it wraps, or shrinks, to fit
    #[arg(long, value_name = "N", value_parser = side)]
    width: Option<f64>,
    /// how high a picture is, in pixels
    #[arg(long, value_name = "N", value_parser = side)]
    height: Option<f64>,
    /// tell below a picture what its colours and lines mean, as it is unless told
    #[arg(long, overrides_with = "no_legend")]
    legend: bool,
    /// leave the legend out
    #[arg(long)]
    no_legend: bool,
    /// columns of pictures: auto, steps (what comes first) or kinds
    #[arg(long, value_name = "WHAT", value_parser = columns, default_value = "auto")]
    columns: Columns,
    /// which way pictures run: right or down
    #[arg(long, value_name = "WAY", value_parser = direction, default_value = "right")]
    direction: Direction,
    /// pictures as the reader's system is (auto), light or dark
    #[arg(long, value_parser = theme, default_value = "auto")]
    theme: Theme,
    /// pixels of a PNG for each of the drawing (2 unless told; 1 with --width or --height)
    #[arg(long, value_name = "N", value_parser = scale)]
    scale: Option<f64>,
    /// draw SVG and PNG with an installed Graphviz: dot, neato, fdp, sfdp, circo or twopi
    #[arg(long, value_name = "NAME", value_parser = engine)]
    engine: Option<&'static str>,
    /// draw edges too that follow from others
    #[arg(long)]
    all_edges: bool,
}

impl From<&Pictures> for Drawing {
    fn from(pictures: &Pictures) -> Self {
        let &Pictures { layout, width, height, scale, engine, all_edges, .. } = pictures;
        let &Pictures { columns, direction, theme, no_legend, .. } = pictures;
        let (legend, setting_prefix) = (!no_legend, FLAG);
        let settings = Self { layout, width, height, legend, engine, ..Self::default() };
        Self { scale, all_edges, columns, direction, theme, setting_prefix, ..settings }
    }
}

fn layout(text: &str) -> Result<Layout, String> {
    use Layout::{Auto, Layers, Roadmap};
    one_of(text, &[("auto", Auto), ("roadmap", Roadmap), ("layers", Layers)])
}

fn side(text: &str) -> Result<f64, &'static str> {
    let side = text.parse().ok().filter(|side| (200.0..=30_000.0).contains(side));
    side.ok_or("a number of pixels from 200 to 30000")
}

fn columns(text: &str) -> Result<Columns, String> {
    use Columns::{Auto, Kinds, Steps};
    one_of(text, &[("auto", Auto), ("steps", Steps), ("kinds", Kinds)])
}

fn direction(text: &str) -> Result<Direction, String> {
    one_of(text, &[("right", Direction::Right), ("down", Direction::Down)])
}

fn theme(text: &str) -> Result<Theme, String> {
    one_of(text, &[("auto", Theme::Auto), ("light", Theme::Light), ("dark", Theme::Dark)])
}

fn scale(text: &str) -> Result<f64, &'static str> {
    let scale = text.parse().ok().filter(|scale| (0.05..=16.0).contains(scale));
    scale.ok_or("a number from 0.05 to 16")
}

fn engine(text: &str) -> Result<&'static str, String> {
    one_of(text, &ENGINES.iter().map(|engine| (*engine, *engine)).collect::<Vec<_>>())
}
