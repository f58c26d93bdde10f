//! Flags of pictures: one row each.

use super::options::Flag;
use crate::render::{Columns, Direction, ENGINES, Theme};

pub(super) const PICTURE_FLAGS: &[Flag] = &[
    Flag {
        name: "columns",
        short: None,
        value: "WHAT",
        help: "columns of pictures: auto, steps (what comes first) or kinds",
        apply: |options, what| {
            options.drawing.columns = match what {
                "auto" => Columns::Auto,
                "steps" => Columns::Steps,
                "kinds" => Columns::Kinds,
                _ => return Err("auto, steps or kinds"),
            };
            Ok(())
        },
    },
    Flag {
        name: "direction",
        short: None,
        value: "WAY",
        help: "which way pictures run: right or down",
        apply: |options, way| {
            options.drawing.direction = match way {
                "right" => Direction::Right,
                "down" => Direction::Down,
                _ => return Err("right or down"),
            };
            Ok(())
        },
    },
    Flag {
        name: "theme",
        short: None,
        value: "THEME",
        help: "pictures as the reader's system is (auto), light or dark",
        apply: |options, theme| {
            options.drawing.theme = match theme {
                "auto" => Theme::Auto,
                "light" => Theme::Light,
                "dark" => Theme::Dark,
                _ => return Err("auto, light or dark"),
            };
            Ok(())
        },
    },
    Flag {
        name: "scale",
        short: None,
        value: "N",
        help: "pixels of a PNG for each of the drawing (2 unless told)",
        apply: |options, number| {
            let scale = number.parse().ok().filter(|scale| (0.05..=16.0).contains(scale));
            options.drawing.scale = scale.ok_or("a number from 0.05 to 16")?;
            Ok(())
        },
    },
    Flag {
        name: "engine",
        short: None,
        value: "NAME",
        help: "draw SVG and PNG with an installed Graphviz: dot, neato, fdp, sfdp, circo or twopi",
        apply: |options, name| {
            let engine = ENGINES.iter().find(|engine| **engine == name).copied();
            options.drawing.engine = Some(engine.ok_or("dot, neato, fdp, sfdp, circo or twopi")?);
            Ok(())
        },
    },
    Flag {
        name: "all-edges",
        short: None,
        value: "",
        help: "draw edges too that follow from others",
        apply: |options, _| {
            options.drawing.all_edges = true;
            Ok(())
        },
    },
];
