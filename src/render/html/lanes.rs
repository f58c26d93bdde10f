//! The roadmap of a page: its lanes as facts, and the colours of its kinds.

use crate::analysis::Amount;
use crate::answer::{Card, Lane, LaneLink, Picture, Roadmap, amount};
use crate::diagnostic::visible;
use crate::graph::NodeIndex;
use crate::render::palette::Color;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The lanes, their nodes by their places among the facts.
pub(super) fn in_json(map: &Roadmap<'_>, place: &BTreeMap<NodeIndex, usize>) -> Value {
    let card = |card: &Card| {
        json!({
            "node": place[&card.node],
            "others": card.others.iter().map(|node| place[node]).collect::<Vec<usize>>(),
            "recommended": card.recommended,
            "hours": card.amount.map(hours),
        })
    };
    let lane = |(at, lane): (usize, &Lane)| {
        let before = |link: &&LaneLink| link.to == at && link.from != at;
        json!({
            "title": visible(&lane.title),
            "head": lane.head.as_ref().map(card),
            "cards": lane.cards.iter().map(card).collect::<Vec<Value>>(),
            "after": map.links.iter().filter(before).map(|link| link.from).collect::<Vec<usize>>(),
        })
    };
    map.lanes.iter().enumerate().map(lane).collect()
}

fn hours(of: Amount) -> f64 {
    amount(of).parse().unwrap_or_default()
}

/// The colours of the kinds of a page, by day or by night.
pub(super) fn colors(picture: &Picture<'_>, map: Option<&Roadmap<'_>>, dark: bool) -> String {
    let atlas = picture.atlas;
    let cards = map.into_iter().flat_map(Roadmap::cards).map(|card| card.node);
    let nodes = picture.nodes.iter().map(|node| node.node).chain(cards);
    let kinds = nodes.filter_map(|node| atlas.node(node).kinds.first().copied());
    let kinds: BTreeSet<usize> = kinds.collect();
    let rules = kinds.into_iter().map(|kind| {
        let [solid, ink, bar] = Color::of_cards(atlas, kind, dark).map(Color::hex);
        format!("#map .k{kind}{{--kind:{bar};--solid:{solid};--on:{ink}}}")
    });
    rules.collect()
}
