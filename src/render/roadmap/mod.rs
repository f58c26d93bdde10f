//! The roadmap as SVG: lanes, cards and links of a [`RoadmapScene`], one document a sheet.

mod pages;
mod style;

use super::Look;
use super::curves::{arrow, path};
use super::drawing::too_large;
use super::harmless::harmless_id;
use super::legend::{Legend, Swatch, footnote};
use super::paper::Paper;
use super::sheet::{MARGIN, SizedDocument, Surroundings};
use super::xml::{escaped, number, placed, words};
use crate::answer::{Card, OPTIONAL, Readiness, Roadmap, sources_in_words};
use crate::diagnostic::{Diagnostic, visible};
use crate::layout::{CardText, LaneText, PlacedCard, PlacedLane, Point, RoadmapScene, Sheet};
use crate::stop::raised;
use pages::with_pages;
use style::style;

/// Widths of screens, from small to large, and how much wider than high they are.
const WIDTHS: [f64; 6] = [960.0, 1120.0, 1280.0, 1440.0, 1680.0, 1920.0];
/// Letters may be so much larger where a size is told.
const LARGER: f64 = 2.0;
/// So many cards fit no small screen anyway.
const MANY: usize = 400;
const ASPECT: f64 = 16.0 / 9.0;
/// Whatever stands around them, lanes have so much room.
const LEAST_ROOM: f64 = 200.0;

/// The roadmap, a document for each sheet.
pub(super) fn documents(
    map: &Roadmap<'_>,
    look: &Look<'_>,
    paper: &Paper,
) -> Result<Vec<SizedDocument>, Diagnostic> {
    let texts: Vec<LaneText> = map.lanes.iter().map(|lane| text_of(map, lane)).collect();
    let mut drawn = None;
    // Where nobody says how wide it is to be, it is as wide as it must be to fit a screen.
    let told = paper.size[0].map(|width| vec![width]);
    let mut widths = told.unwrap_or_else(|| WIDTHS.to_vec());
    if map.nodes > MANY {
        widths.drain(..widths.len() - 1);
    }
    for (at, width) in widths.iter().enumerate() {
        // A wider one is better than small letters, as long as there is one.
        let [least, most] = paper.letters;
        let small = if at + 1 == widths.len() { least } else { most };
        let most = if paper.size == [None, None] { most } else { most + LARGER };
        let paper = Paper { letters: [small, most], ..*paper };
        let sheets = Sheets::new(map, look, paper, &texts, *width);
        let done = sheets.fit();
        if raised(look.stop) {
            return Err(too_large(map.nodes, map.links.len()));
        }
        drawn = Some(sheets);
        if done {
            break;
        }
    }
    Ok(drawn.map(Sheets::documents).unwrap_or_default())
}

/// Sheets of a width.
struct Sheets<'a> {
    map: &'a Roadmap<'a>,
    paper: Paper,
    around: Surroundings<'a>,
    height: f64,
    scenes: Vec<RoadmapScene>,
}

impl<'a> Sheets<'a> {
    fn new(
        map: &'a Roadmap<'a>,
        look: &'a Look<'a>,
        paper: Paper,
        texts: &[LaneText],
        width: f64,
    ) -> Self {
        let inner = width - 2.0 * MARGIN;
        let told = if look.drawing.legend { legend(map) } else { Vec::new() };
        let told = told.into_iter().chain([footnote(look)]).collect();
        let around = Surroundings {
            look,
            inner,
            description: description(map),
            style: style(map, look.drawing.theme),
            legend: Legend::of(told, inner),
            number: paper.pages.then(|| "88 / 88".to_owned()),
        };
        let height = paper.size[1].unwrap_or(width / ASPECT);
        let room = (height - around.height()).max(LEAST_ROOM);
        let sheet =
            Sheet { width: inner, height: Some(room), letters: paper.letters, pages: paper.pages };
        let links: Vec<_> = map.links.iter().map(|link| (link.from, link.to)).collect();
        let scenes = with_pages(texts, &links, &sheet);
        Self { map, paper, around, height, scenes }
    }

    /// Is all of it on one sheet that is no higher than it may be?
    fn fit(&self) -> bool {
        let high = |scene: &RoadmapScene| scene.size.y + self.around.height() <= self.height + 0.5;
        self.scenes.len() == 1 && self.scenes.iter().all(high)
    }

    fn documents(mut self) -> Vec<SizedDocument> {
        let count = self.scenes.len();
        let scenes = std::mem::take(&mut self.scenes);
        let documents = scenes.iter().enumerate().map(|(at, scene)| {
            self.around.number = (count > 1).then(|| format!("{} / {count}", at + 1));
            let drawn = fragment(self.map, scene);
            // A sheet that was asked for keeps its size; what does not fit makes it higher.
            let needed = scene.size.y + self.around.height();
            let asked = self.paper.size[1].map(|height| height.max(needed));
            let own = self.around.inner + 2.0 * MARGIN;
            self.around.around(
                &drawn,
                Point { x: self.around.inner, y: scene.size.y },
                [Some(own), Some(asked.unwrap_or(needed))],
            )
        });
        documents.collect()
    }
}

fn text_of(map: &Roadmap<'_>, lane: &crate::answer::Lane) -> LaneText {
    let cards = lane.cards.iter().map(|card| CardText {
        name: visible(&map.name(card)),
        aside: card.hours().unwrap_or_default(),
        marked: card.readiness == Some(Readiness::Known),
    });
    LaneText { title: visible(&lane.title), summary: lane.summary(), cards: cards.collect() }
}

fn description(map: &Roadmap<'_>) -> String {
    let lanes = map.lanes.iter().map(|lane| format!("{}: {}", lane.title, lane.summary()));
    visible(&lanes.collect::<Vec<String>>().join("; "))
}

/// The lanes of a sheet, without a document around them.
fn fragment(map: &Roadmap<'_>, scene: &RoadmapScene) -> String {
    let mut text = String::new();
    for lane in &scene.lanes {
        text.push_str(&lane_group(map, lane, scene.letters));
    }
    for (at, curve) in &scene.links {
        let link = &map.links[*at];
        let name = |lane: usize| visible(&map.lanes[lane].title);
        let relations = link.stored.iter().map(|edge| map.atlas.relation_of(*edge).name.as_str());
        let mut relations: Vec<&str> = relations.collect();
        relations.dedup();
        let cited =
            sources_in_words(link.stored.iter().flat_map(|edge| map.atlas.edge(*edge).sources));
        let told =
            [format!("{} → {}", name(link.from), name(link.to)), relations.join(", "), cited];
        let told: Vec<String> =
            told.iter().filter(|line| !line.is_empty()).map(|line| visible(line)).collect();
        let optional = if link.recommended { " recommended" } else { "" };
        text.push_str(&format!(
            "<g class=\"link{optional}\"><title>{}</title><path d=\"{}\"/>{}</g>\n",
            escaped(&told.join("\n")),
            path(curve),
            arrow(curve, false),
        ));
    }
    text
}

fn lane_group(map: &Roadmap<'_>, placed_lane: &PlacedLane, letters: f64) -> String {
    let lane = &map.lanes[placed_lane.lane];
    let mut text = format!(
        "<g class=\"lane\"><rect class=\"field\" {} rx=\"{}\"/>\n",
        placed(placed_lane.area),
        number(letters * 0.6),
    );
    let (classes, about) = match &lane.head {
        Some(head) => (classes(map, head), about(map, head)),
        None => (String::new(), ">".to_owned()),
    };
    text.push_str(&format!(
        "<g class=\"head{classes}\"{about}<rect {} rx=\"{}\"/>",
        placed(placed_lane.head),
        number(letters * 0.6),
    ));
    for line in &placed_lane.title {
        text.push_str(&words("name", &line.text, line.at, letters * 1.12, "start"));
    }
    for line in &placed_lane.summary {
        text.push_str(&words("sum", &line.text, line.at, letters, "start"));
    }
    text.push_str("</g>\n");
    for card in &placed_lane.cards {
        text.push_str(&card_group(map, &lane.cards[card.card], card, letters));
    }
    text.push_str("</g>\n");
    text
}

/// Of the first kind, and how it stands.
fn classes(map: &Roadmap<'_>, card: &Card) -> String {
    let mut classes = match map.atlas.node(card.node).kinds.first() {
        Some(kind) => format!(" k{kind}"),
        None => String::new(),
    };
    match card.readiness {
        Some(Readiness::Known) => classes.push_str(" known"),
        Some(Readiness::Ready) => classes.push_str(" ready"),
        _ => {}
    }
    if card.recommended {
        classes.push_str(" recommended");
    }
    classes
}

/// The rest of a group's opening, and what it tells who points at it.
fn about(map: &Roadmap<'_>, card: &Card) -> String {
    let atlas = map.atlas;
    let facts = atlas.node(card.node);
    let name = |node: &crate::graph::NodeIndex| atlas.node(*node).name().to_owned();
    let all: Vec<String> = [card.node].iter().chain(&card.others).map(name).collect();
    let kinds = atlas.kind_words(card.node);
    let mut about = vec![kinds.clone(), facts.id.clone()];
    about.extend(card.recommended.then(|| "recommended".to_owned()));
    about.extend(card.hours());
    about.retain(|part| !part.is_empty());
    let lines = [all.join(" or "), about.join(" · "), sources_in_words(&facts.sources)];
    let told: Vec<String> =
        lines.iter().filter(|line| !line.is_empty()).map(|line| visible(line)).collect();
    format!(
        " data-node=\"{}\" data-kind=\"{}\"><title>{}</title>",
        escaped(&harmless_id(atlas, card.node)),
        escaped(&visible(&kinds)),
        escaped(&told.join("\n")),
    )
}

fn card_group(map: &Roadmap<'_>, card: &Card, drawn: &PlacedCard, letters: f64) -> String {
    let area = drawn.area;
    let round = number(letters * 0.4);
    let bar = crate::layout::Area { width: letters * 0.36, ..area };
    let mut text = format!(
        "<g class=\"card{}\"{}<rect class=\"box\" {} rx=\"{round}\"/><rect class=\"bar\" {} rx=\"{}\"/>",
        classes(map, card),
        about(map, card),
        placed(area),
        placed(bar),
        number(letters * 0.18),
    );
    for line in &drawn.lines {
        text.push_str(&words("name", &line.text, line.at, letters, "start"));
    }
    if let Some(aside) = &drawn.aside {
        text.push_str(&words("aside", &aside.text, aside.at, letters, "end"));
    }
    if let Some(mark) = drawn.mark {
        let size = letters * 0.36;
        let at =
            |x: f64, y: f64| format!("{} {}", number(mark.x + x * size), number(mark.y + y * size));
        text.push_str(&format!(
            "<path class=\"check\" d=\"M{}L{}L{}\"/>",
            at(-1.0, 0.1),
            at(-0.3, 0.8),
            at(1.1, -0.9),
        ));
    }
    text.push_str("</g>\n");
    text
}

/// What kinds and marks mean.
fn legend(map: &Roadmap<'_>) -> Vec<Vec<(Swatch, String)>> {
    let schema = map.atlas.schema();
    let kinds = map.lanes.iter().flat_map(|lane| &lane.cards);
    let kinds = kinds.filter_map(|card| map.atlas.node(card.node).kinds.first().copied());
    let kinds: std::collections::BTreeSet<usize> = kinds.collect();
    let kind = |kind: usize| {
        let class = format!("card k{kind}");
        (Swatch::Card(class), visible(&schema.kinds[kind].name))
    };
    let mut entries: Vec<(Swatch, String)> = kinds.into_iter().map(kind).collect();
    let has = |fits: fn(&Card) -> bool| map.cards().any(fits);
    if has(|card| card.readiness == Some(Readiness::Known)) {
        entries.push((Swatch::Card("card known".to_owned()), "✓ known".to_owned()));
    }
    if has(|card| card.readiness == Some(Readiness::Ready)) {
        entries.push((Swatch::Card("card ready".to_owned()), "ready to begin".to_owned()));
    }
    if has(|card| card.recommended) {
        let class = "card recommended".to_owned();
        entries.push((Swatch::Card(class), OPTIONAL.to_owned()));
    }
    let silent = map.cards().filter(|card| card.amount.is_none()).count();
    if silent < map.cards().count() {
        entries.push((Swatch::Nothing, "h: hours, where somebody says so".to_owned()));
    }
    vec![entries]
}
