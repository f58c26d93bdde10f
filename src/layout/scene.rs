//! The laid-out picture: where everything stands, whoever draws it.

use super::geometry::{Area, Curve};

/// A node as a box; it has the index of its node in the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneNode {
    /// The box.
    pub area: Area,
    /// What it says, broken into lines.
    pub lines: Vec<String>,
}

/// Text on an edge.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeLabel {
    /// The text.
    pub text: String,
    /// The room kept for it.
    pub area: Area,
}

/// An edge as a curve; it has the index of its edge in the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneEdge {
    /// The way it takes.
    pub curve: Curve,
    /// Its relation in words; none where a picture is too full for that.
    pub label: Option<EdgeLabel>,
    /// Is it read from target to source, in the words of the relation's inverse?
    pub inverse: bool,
    /// Does it have a head at its end?
    pub headed: bool,
}

/// A laid-out picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// The picture's nodes, in its order.
    pub nodes: Vec<SceneNode>,
    /// The picture's edges, in its order.
    pub edges: Vec<SceneEdge>,
}
