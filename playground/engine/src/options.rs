//! How an answer shall look, as a host says it.

use opsatlas::render::{Columns, Direction, Drawing, Layout, Look, Theme};
use serde::Deserialize;

/// A choice of a drawing by its name.
macro_rules! choice {
    ($name:ident of $chosen:ident: $($row:ident),*) => {
        #[derive(Debug, Clone, Copy, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub(crate) enum $name { $($row),* }

        impl From<$name> for $chosen {
            fn from(name: $name) -> Self {
                match name { $($name::$row => Self::$row),* }
            }
        }
    };
}

choice!(ThemeName of Theme: Auto, Light, Dark);
choice!(LayoutName of Layout: Auto, Roadmap, Layers);
choice!(ColumnsName of Columns: Auto, Steps, Kinds);
choice!(DirectionName of Direction: Right, Down);

/// How an answer shall look; what is left out is as the program does it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Options {
    theme: Option<ThemeName>,
    layout: Option<LayoutName>,
    columns: Option<ColumnsName>,
    direction: Option<DirectionName>,
    width: Option<f64>,
    height: Option<f64>,
    legend: Option<bool>,
    all_edges: Option<bool>,
    title: Option<String>,
    line_width: Option<usize>,
    guard_formulas: Option<bool>,
}

/// Smaller and larger pictures are no pictures, and shorter lines no lines.
const SIZES: std::ops::RangeInclusive<f64> = 1.0..=100_000.0;
const LINE_WIDTHS: std::ops::RangeInclusive<usize> = 20..=10_000;

impl Options {
    /// The same as the library takes it, for an answer to `query` and a reader who knows `marks`.
    pub(crate) fn look<'a>(&'a self, query: &'a str, marks: &'a [String]) -> Look<'a> {
        let plain = Look::plain(query);
        let usual = plain.drawing;
        let within = |size: f64| size.clamp(*SIZES.start(), *SIZES.end());
        let drawing = Drawing {
            theme: self.theme.map_or(usual.theme, Into::into),
            layout: self.layout.map_or(usual.layout, Into::into),
            columns: self.columns.map_or(usual.columns, Into::into),
            direction: self.direction.map_or(usual.direction, Into::into),
            width: self.width.map(within),
            height: self.height.map(within),
            legend: self.legend.unwrap_or(usual.legend),
            all_edges: self.all_edges.unwrap_or(usual.all_edges),
            ..usual
        };
        let line_width = self.line_width.unwrap_or(plain.width);
        Look {
            title: self.title.as_deref(),
            marks,
            width: line_width.clamp(*LINE_WIDTHS.start(), *LINE_WIDTHS.end()),
            drawing,
            exact: true,
            guard_formulas: self.guard_formulas.unwrap_or(plain.guard_formulas),
            ..plain
        }
    }
}
