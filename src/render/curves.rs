//! Curves and the heads of arrows as SVG.

use super::xml::number;
use crate::layout::{Curve, Point};

pub(super) fn path(curve: &Curve) -> String {
    let mut text = format!("M{} {}", number(curve.start.x), number(curve.start.y));
    for [first, second, end] in &curve.pieces {
        let point = |point: &Point| format!("{} {}", number(point.x), number(point.y));
        text.push_str(&format!("C{},{},{}", point(first), point(second), point(end)));
    }
    text
}

/// The head of the arrow at a curve's end, which lies in its direction.
pub(super) fn arrow(curve: &Curve, emphasised: bool) -> String {
    let Some([_, before, tip]) = curve.pieces.last() else {
        return String::new();
    };
    let (x, y) = (tip.x - before.x, tip.y - before.y);
    let length = x.hypot(y).max(1e-9);
    let (x, y) = (x / length, y / length);
    let (long, wide) = if emphasised { (10.0, 5.0) } else { (7.5, 3.6) };
    let corner = |side: f64| {
        let base = Point { x: tip.x - x * long, y: tip.y - y * long };
        format!("{} {}", number(base.x - y * wide * side), number(base.y + x * wide * side))
    };
    format!(
        "<polygon points=\"{} {} {} {}\"/>",
        number(tip.x),
        number(tip.y),
        corner(1.0),
        corner(-1.0)
    )
}
