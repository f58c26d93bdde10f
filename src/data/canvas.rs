//! JSON Canvas: cards with a text, a file or an address, and arrows between them. A group is a node;
//! what lies on it has its name as the property `group`.

use super::foreign::{self, Dialect, JsonShape, each_link, each_node, has, no_direction};
use super::json::{Member, Reader};
use super::roles::RoleWords;
use crate::graph::NodeFacts;
use serde_json::Value;

pub(super) const SHAPE: JsonShape = JsonShape {
    recognises: |look| {
        let placed = ["type", "x", "y"].iter().all(|name| has(&look.node, name));
        !look.says_direction && (has(&look.edge, "fromNode") || placed && look.edge.is_empty())
    },
    read,
};

const DIALECT: Dialect = Dialect {
    words: RoleWords { relation: &["label"], ..super::roles::LISTED },
    ends: [&["fromNode"], &["toNode"]],
    drawing: &["color", "fromSide", "toSide", "background", "backgroundStyle"],
    ..Dialect::PLAIN
};

/// How often a card is compared with a group, at most.
const COMPARED: usize = 20_000_000;

/// A rectangle: left, top, right, bottom.
type Rectangle = [f64; 4];

fn read<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) {
    let mut cards: Vec<(NodeFacts, Option<Rectangle>)> = Vec::new();
    each_node(reader, members, &DIALECT, |_, mut facts| {
        let area = area(&mut facts);
        name(&mut facts);
        cards.push((facts, area));
    });
    group(reader, &mut cards);
    cards.into_iter().for_each(|(facts, _)| reader.builder.node(facts));
    each_link(reader, members, |reader, slice, members| {
        let pointed = |end: &str, otherwise: &str| {
            let said = members.iter().find(|member| member.key == end);
            said.map_or(otherwise, |said| said.value.trim_matches('"')) == "arrow"
        };
        let arrows = [pointed("fromEnd", "none"), pointed("toEnd", "arrow")];
        members.retain(|member| !["fromEnd", "toEnd", "id"].contains(&member.key.as_ref()));
        let mut facts = foreign::edge(reader, slice, "edge", &DIALECT, members)?;
        if arrows == [false, false] {
            let problem = no_direction("this line has no arrow");
            reader.problem(slice, problem.help("let one of its ends be an arrow"));
            return None;
        }
        let mut back = facts.clone();
        std::mem::swap(&mut back.from, &mut back.to);
        back.end_places.reverse();
        match arrows {
            [true, false] => facts = back,
            [true, true] => reader.edge(back),
            _ => {}
        }
        reader.edge(facts);
        Some(())
    });
}

/// Where a card lies, which is taken from what is said of it.
fn area(facts: &mut NodeFacts) -> Option<Rectangle> {
    let [x, y, width, height] = ["x", "y", "width", "height"]
        .map(|name| facts.properties.remove(name).and_then(|value| value.as_f64()));
    let (x, y) = (x?, y?);
    Some([x, y, x + width.unwrap_or(0.0), y + height.unwrap_or(0.0)])
}

/// The first line of a card's text, the name of its file, its address; a group has its own.
fn name(facts: &mut NodeFacts) {
    let said = |key: &str| facts.properties.get(key).and_then(Value::as_str);
    let line = said("text").and_then(|text| text.lines().map(bare).find(|line| !line.is_empty()));
    let file = said("file").map(|file| {
        let base = file.rsplit('/').next().unwrap_or(file);
        base.strip_suffix(".md").unwrap_or(base)
    });
    let name = line.or(file).or(said("url")).filter(|name| !name.is_empty()).map(str::to_owned);
    let whole = name.is_some() && said("text").map(str::trim) == name.as_deref();
    if whole {
        facts.properties.remove("text");
    }
    facts.name = facts.name.take().or(name);
}

/// A line without the signs of Markdown around it.
fn bare(line: &str) -> &str {
    let line = line.trim().trim_start_matches('#').trim();
    line.strip_prefix("- ").unwrap_or(line).trim_matches('*').trim()
}

/// Says of each card on which group it lies: the smallest that holds it.
fn group(reader: &mut Reader<'_, '_>, cards: &mut [(NodeFacts, Option<Rectangle>)]) {
    let is_group = |facts: &NodeFacts| facts.kinds.iter().any(|kind| kind == "group");
    let groups = cards.iter().enumerate().filter(|(_, (facts, _))| is_group(facts));
    let mut groups: Vec<(usize, Rectangle, String)> = groups
        .filter_map(|(at, (facts, area))| {
            let name = facts.name.clone().unwrap_or_else(|| facts.id.clone());
            area.map(|area| (at, area, name))
        })
        .collect();
    if groups.len().saturating_mul(cards.len()) > COMPARED {
        let told = "which cards lie on which group is not told, since there are too many of both";
        return reader.builder.note(told.to_owned());
    }
    let size = |area: &Rectangle| (area[2] - area[0]) * (area[3] - area[1]);
    groups.sort_by(|one, other| size(&one.1).total_cmp(&size(&other.1)));
    for (at, (facts, area)) in cards.iter_mut().enumerate() {
        let Some(area) = area else { continue };
        let holds = |(group, outer, _): &&(usize, Rectangle, String)| {
            let around = outer[0] <= area[0] && outer[1] <= area[1];
            *group != at && around && outer[2] >= area[2] && outer[3] >= area[3]
        };
        if let Some((.., name)) = groups.iter().find(holds) {
            facts.properties.entry("group".to_owned()).or_insert_with(|| name.as_str().into());
        }
    }
}
