//! Flags of pictures.

use super::FLAG;
use super::values::one_of;
use crate::render::{Columns, Direction, Drawing, ENGINES, Theme};
use clap::Args;

/// How pictures are to be drawn.
#[derive(Debug, Clone, Args)]
pub(super) struct Pictures {
    /// columns of pictures: auto, steps (what comes first) or kinds
    #[arg(long, value_name = "WHAT", value_parser = columns, default_value = "auto")]
    columns: Columns,
    /// which way pictures run: right or down
    #[arg(long, value_name = "WAY", value_parser = direction, default_value = "right")]
    direction: Direction,
    /// pictures as the reader's system is (auto), light or dark
    #[arg(long, value_parser = theme, default_value = "auto")]
    theme: Theme,
    /// pixels of a PNG for each of the drawing (2 unless told)
    #[arg(long, value_name = "N", value_parser = scale, default_value = "2")]
    scale: f64,
    /// draw SVG and PNG with an installed Graphviz: dot, neato, fdp, sfdp, circo or twopi
    #[arg(long, value_name = "NAME", value_parser = engine)]
    engine: Option<&'static str>,
    /// draw edges too that follow from others
    #[arg(long)]
    all_edges: bool,
}

impl From<&Pictures> for Drawing {
    fn from(pictures: &Pictures) -> Self {
        let &Pictures { columns, direction, theme, scale, engine, all_edges } = pictures;
        let setting_prefix = FLAG;
        Self { engine, scale, all_edges, columns, direction, theme, setting_prefix }
    }
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
