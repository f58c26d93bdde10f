//! What React Flow draws, and roadmaps made with it: what a node is called stands in `data`, and a
//! link's `type` says how it is drawn.

use super::foreign::{Dialect, JsonShape, each_link, has, nodes};
use super::json::{Member, Reader};
use super::roles::RoleWords;

pub(super) const SHAPE: JsonShape = JsonShape {
    recognises: |look| {
        !look.says_direction && (has(&look.node, "position") || has(&look.node, "data"))
    },
    read,
};

const DIALECT: Dialect = Dialect {
    words: RoleWords {
        name: &["label", "name", "title"],
        relation: &["relation", "label", "kind", "type"],
        ..super::roles::LISTED
    },
    within: Some("data"),
    both: true,
    drawing: &DRAWING,
    ..Dialect::PLAIN
};

/// Where things are drawn, how, and what the editor was doing.
const DRAWING: [&str; 43] = [
    "animated",
    "ariaLabel",
    "ariaRole",
    "className",
    "connectable",
    "deletable",
    "domAttributes",
    "dragHandle",
    "draggable",
    "dragging",
    "expandParent",
    "extent",
    "focusable",
    // In two pieces, since it is a relation of the built-in graph as well, and no such is named here.
    concat!("handle", "s"),
    "height",
    "hidden",
    "initialHeight",
    "initialWidth",
    "interactionWidth",
    "labelBgBorderRadius",
    "labelBgPadding",
    "labelBgStyle",
    "labelShowBg",
    "labelStyle",
    "markerEnd",
    "markerStart",
    "measured",
    "origin",
    "pathOptions",
    "position",
    "positionAbsolute",
    "reconnectable",
    "resizing",
    "selectable",
    "selected",
    "sourceHandle",
    "sourcePosition",
    "style",
    "targetHandle",
    "targetPosition",
    "updatable",
    "width",
    "zIndex",
];

/// Kinds of lines.
const LINES: [&str; 7] =
    ["default", "straight", "step", "smoothstep", "simplebezier", "bezier", "floating"];

fn read<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) {
    nodes(reader, members, &DIALECT);
    each_link(reader, members, |reader, slice, members| {
        members.retain(|member| member.key != "type" || !is_line(member.value));
        let mut facts = super::foreign::edge(reader, slice, "edge", &DIALECT, members)?;
        facts.properties.retain(|name, value| name != "id" || !value.is_string());
        facts.properties.retain(|name, value| name != "label" || value.as_str() != Some(""));
        reader.edge(facts);
        Some(())
    });
}

fn is_line(value: &str) -> bool {
    LINES.contains(&value.trim_matches('"'))
}
