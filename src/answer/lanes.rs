//! The answer as a roadmap: a lane for each milestone, in the order of the way, and in it the cards of
//! what is learned for it. Options of one clause share a card. Where no milestone is, the goal's own needs
//! part the way.

use super::milestones::{or_under_needs, under_milestones};
use super::readiness::readiness;
use super::{Answer, Body, Listing, Path, Readiness, Set, Side, Spent, StudyPlan, amount, roadmap};
use crate::analysis::Amount;
use crate::diagnostic::first_few;
use crate::graph::{Atlas, EdgeIndex, NodeIndex, Prerequisite, Strength};
use std::collections::{BTreeMap, BTreeSet};

/// An answer as a roadmap.
#[derive(Debug, Clone)]
pub struct Roadmap<'a> {
    /// The graph it is about.
    pub atlas: &'a Atlas,
    /// The lanes, in the order of the way.
    pub lanes: Vec<Lane>,
    /// What the milestones say of one another.
    pub links: Vec<LaneLink>,
    /// How many nodes the answer has.
    pub nodes: usize,
    /// Does the answer tell what comes first, so that this is the picture one expects of it?
    pub is_way: bool,
    /// Is it all of the answer, and about what is learned before what?
    pub is_learned: bool,
}

/// A milestone and what is learned for it.
#[derive(Debug, Clone)]
pub struct Lane {
    /// The milestone, or the goal of what no milestone needs.
    pub head: Option<Card>,
    /// What it is learned for where no milestone is: a need of the goal, which has a card like any other.
    pub need: Option<NodeIndex>,
    /// What stands at its head.
    pub title: String,
    /// What to learn, in order.
    pub cards: Vec<Card>,
    /// What is counted of it.
    pub noun: &'static str,
}

/// A step, or what one clause leaves to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The node that the answer has; of several, which all do, the first.
    pub node: NodeIndex,
    /// What one may learn in its place.
    pub others: Vec<NodeIndex>,
    /// How many of these the answer has too.
    pub shared: usize,
    /// Where it stands in a plan.
    pub readiness: Option<Readiness>,
    /// Is it only recommended?
    pub recommended: bool,
    /// What it takes; of several that the answer leaves open, the least.
    pub amount: Option<Amount>,
}

/// An edge, or parallel ones, between the heads of two lanes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneLink {
    /// The lane that comes first.
    pub from: usize,
    /// The lane that needs it, or follows.
    pub to: usize,
    /// The edges.
    pub stored: Vec<EdgeIndex>,
    /// Is it only recommended?
    pub recommended: bool,
}

const NODE: &str = "node";
/// So many options are named on a card.
const NAMED: usize = 3;
/// Above so many nodes an answer with milestones is drawn as a roadmap.
const FEW: usize = 25;
/// No graph of more nodes can be read.
const CROWD: usize = 250;

impl Roadmap<'_> {
    /// Is it a better picture of the answer than its graph?
    #[must_use]
    pub fn suggests_itself(&self) -> bool {
        let milestone =
            |lane: &Lane| lane.head.as_ref().is_some_and(|head| self.atlas.is_milestone(head.node));
        // What has no graph has no other picture.
        self.nodes == 0 && self.cards().next().is_some()
            || self.is_way && self.nodes > FEW && self.lanes.iter().any(milestone)
            || self.is_learned && self.nodes > CROWD
    }

    /// What a card says: its node, and what one may learn instead.
    #[must_use]
    pub fn name(&self, card: &Card) -> String {
        let name = |node: &NodeIndex| self.atlas.node(*node).name().to_owned();
        let others = card.others.iter().map(name);
        let all = [name(&card.node)].into_iter().chain(others);
        first_few(all.collect(), NAMED).join(" or ")
    }

    /// All cards, those at the heads too.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.lanes.iter().flat_map(Lane::all)
    }
}

impl Lane {
    /// Its cards, the head's first.
    pub fn all(&self) -> impl Iterator<Item = &Card> {
        self.head.iter().chain(&self.cards)
    }

    /// How many steps it has, and how long those take that say so and are not known: `12 steps · 38
    /// hours`.
    #[must_use]
    pub fn summary(&self) -> String {
        let left = |card: &&Card| card.readiness != Some(Readiness::Known);
        let cards: Vec<&Card> = self.all().collect();
        let steps = cards.iter().copied().filter(left).count();
        let mut parts = vec![match (steps, cards.len()) {
            (0, 0) => "nothing".to_owned(),
            (0, _) => "known".to_owned(),
            (1, _) => format!("1 {}", self.noun),
            (steps, _) => format!("{steps} {}s", self.noun),
        }];
        let sum: Amount = cards.iter().copied().filter(left).filter_map(|card| card.amount).sum();
        if sum > 0 {
            parts.push(format!("{} h", rounded(sum)));
        }
        parts.join(" · ")
    }
}

impl Card {
    /// What it takes, in words: `2.5 h`; nothing if nobody says.
    #[must_use]
    pub fn hours(&self) -> Option<String> {
        self.amount.map(|amount| format!("{} h", rounded(amount)))
    }
}

/// Hours as a glance takes them: tenths below ten, else whole ones.
fn rounded(of: Amount) -> String {
    let step = if of < 10_000_000 { 100_000 } else { 1_000_000 };
    let near = (of + step / 2) / step * step;
    amount(if near == 0 { of } else { near })
}

impl Answer {
    /// The answer as a roadmap; `None` if it has no nodes in an order, or is about one only.
    #[must_use]
    pub fn roadmap(&self) -> Option<Roadmap<'_>> {
        let draft = match &self.body {
            Body::Plan(plan) => RoadmapDraft::of_plan(self, plan),
            Body::Set(set) => RoadmapDraft::of_set(self, set),
            Body::Paths(paths) => match paths.routes.as_slice() {
                [route] if paths.all_of.is_none() => {
                    return Some(Roadmap { is_learned: false, ..self.stops(route) });
                }
                _ => return None,
            },
            Body::Table(table) if !table.sides.is_empty() => {
                RoadmapDraft::of_sides(self, &table.sides)
            }
            Body::Card(_) | Body::Table(_) | Body::Value(_) => return None,
        };
        Some(draft.finished())
    }

    /// A way as a roadmap: a lane for each stop, with what one learns there by the rows of the
    /// schema's `roadmap`.
    fn stops(&self, route: &Path) -> Roadmap<'_> {
        let mut draft = RoadmapDraft::new(self);
        let mut told: BTreeSet<NodeIndex> = route.nodes.iter().copied().collect();
        for stop in &route.nodes {
            let rows = self.atlas.schema().roadmap.iter().filter(|row| !row.at_end);
            let mut lane = Vec::new();
            let here = roadmap::Stop::new(&self.atlas, *stop);
            for mut group in rows.flat_map(|row| here.leads_to(&row.content)) {
                group.retain(|node| !told.contains(node));
                told.extend(&group);
                if !group.is_empty() {
                    lane.push(draft.card(group));
                }
            }
            let name = self.atlas.node(*stop).name().to_owned();
            let head = Some(draft.card(vec![*stop]));
            draft.lanes.push(Lane { head, need: None, title: name, cards: lane, noun: NODE });
        }
        draft.finished()
    }
}

/// A roadmap in the making.
struct RoadmapDraft<'a> {
    answer: &'a Answer,
    listing: Listing<'a>,
    readiness: BTreeMap<NodeIndex, Readiness>,
    recommended: &'a BTreeSet<NodeIndex>,
    lanes: Vec<Lane>,
    is_way: bool,
    nodes: usize,
}

impl<'a> RoadmapDraft<'a> {
    fn new(answer: &'a Answer) -> Self {
        Self {
            answer,
            listing: answer.listing(),
            readiness: BTreeMap::new(),
            recommended: answer.recommended(),
            lanes: Vec::new(),
            is_way: true,
            nodes: answer.nodes().len(),
        }
    }

    fn of_plan(answer: &'a Answer, plan: &StudyPlan) -> Self {
        let mut draft = Self::new(answer);
        draft.readiness = readiness(plan, &answer.atlas);
        let nodes: Vec<NodeIndex> = plan.known.iter().copied().chain(plan.nodes()).collect();
        let inside: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
        let passed = plan.passed_over();
        let groups =
            under_milestones(&answer.atlas, &None, &nodes, nodes.iter().copied(), |node| {
                inside.contains(&node)
            });
        let groups = or_under_needs(&answer.atlas, &None, groups, &plan.goals);
        for (under, nodes) in groups {
            let cards = nodes.iter().map(|node| {
                let others = passed.get(node).into_iter().flatten().copied();
                let mut card = draft.card(vec![*node]);
                card.others = others.collect();
                card
            });
            let cards = cards.collect();
            draft.lane(under, &plan.goals, cards);
        }
        draft
    }

    fn of_set(answer: &'a Answer, set: &Set) -> Self {
        let mut draft = Self::new(answer);
        draft.is_way = answer.is_way();
        // What one asked of heads what it needs, not what it opens.
        let needs = set.closure.as_ref().filter(|closure| closure.needs);
        let asked = needs.map_or(&[][..], |closure| &closure.of);
        let told: BTreeSet<NodeIndex> = set.nodes.iter().copied().collect();
        let groups = match &set.closure {
            Some(_) => draft.listing.groups().clone(),
            None => {
                let all = set.nodes.iter().copied();
                under_milestones(&answer.atlas, &set.over, &set.nodes, all, |_| true)
            }
        };
        for (under, nodes) in or_under_needs(&answer.atlas, &set.over, groups, asked) {
            let nodes: Vec<NodeIndex> =
                nodes.into_iter().filter(|node| told.contains(node)).collect();
            let groups = draft.options(&nodes);
            let cards = groups.into_iter().map(|nodes| draft.card(nodes)).collect();
            draft.lane(under, asked, cards);
        }
        draft
    }

    /// What several have in common, and what only one has.
    fn of_sides(answer: &'a Answer, sides: &[Side]) -> Self {
        let mut draft = Self::new(answer);
        draft.is_way = false;
        for side in sides {
            let cards = side.nodes.iter().map(|node| draft.card(vec![*node])).collect();
            let title = match side.of {
                Some(node) => format!("Only {}", answer.atlas.node(node).name()),
                None => "Shared".to_owned(),
            };
            draft.lanes.push(Lane { head: None, need: None, title, cards, noun: NODE });
        }
        draft
    }

    /// These nodes, those that stand in for one another together where the first of them stands.
    fn options(&self, nodes: &[NodeIndex]) -> Vec<Vec<NodeIndex>> {
        let alike = |node: NodeIndex| -> BTreeSet<NodeIndex> {
            self.listing.alternatives_of(node).into_iter().chain([node]).collect()
        };
        let mut left: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
        let mut groups = Vec::new();
        for node in nodes {
            if !left.remove(node) {
                continue;
            }
            let own = alike(*node);
            let stands_in = |other: &NodeIndex| left.contains(other) && alike(*other) == own;
            let others: Vec<NodeIndex> = own.iter().copied().filter(stands_in).collect();
            for other in &others {
                left.remove(other);
            }
            groups.push([*node].into_iter().chain(others).collect());
        }
        groups
    }

    /// The card of a node, and of others that the answer has as well.
    #[expect(clippy::needless_pass_by_value, reason = "those who call have made it for the card")]
    fn card(&self, nodes: Vec<NodeIndex>) -> Card {
        let (spent, atlas) = (self.listing.spent(), &self.answer.atlas);
        let takes = |node: &NodeIndex| Spent::hours(spent, atlas, *node);
        let node = nodes[0];
        Card {
            node,
            shared: nodes.len() - 1,
            readiness: self.readiness.get(&node).copied(),
            recommended: nodes.iter().all(|node| self.recommended.contains(node)),
            amount: nodes.iter().filter_map(takes).min(),
            others: nodes[1..].to_vec(),
        }
    }

    /// A lane whose milestone stands at its head; what no milestone needs stands under the goal.
    fn lane(&mut self, under: Option<NodeIndex>, goals: &[NodeIndex], mut cards: Vec<Card>) {
        let atlas = &self.answer.atlas;
        let name = |node: NodeIndex| atlas.node(node).name().to_owned();
        let noun = if self.readiness.is_empty() { NODE } else { "step" };
        let need = under.filter(|node| !atlas.is_milestone(*node));
        if let Some(title) = need.map(name) {
            return self.lanes.push(Lane { head: None, need, title, cards, noun });
        }
        let aims = || goals.iter().copied().filter(|goal| !atlas.is_milestone(*goal));
        let head = under.or_else(|| match aims().collect::<Vec<_>>().as_slice() {
            [goal] => Some(*goal),
            _ => None,
        });
        let title = match (head, aims().next()) {
            (Some(head), _) => name(head),
            (None, Some(_)) if self.is_way && aims().nth(NAMED).is_none() => {
                aims().map(name).collect::<Vec<_>>().join(", ")
            }
            _ if self.lanes.is_empty() => "Steps".to_owned(),
            _ => "Further".to_owned(),
        };
        let own = cards.iter().position(|card| Some(card.node) == head && card.others.is_empty());
        let own = own.map(|at| cards.remove(at));
        let head = own.or_else(|| head.map(|head| self.card(vec![head])));
        self.lanes.push(Lane { head, need, title, cards, noun });
    }

    fn finished(self) -> Roadmap<'a> {
        let atlas = &self.answer.atlas;
        let Self { lanes, is_way, nodes, .. } = self;
        let links = links(atlas, &lanes);
        Roadmap { atlas, lanes, links, nodes, is_way, is_learned: is_way }
    }
}

/// The edges between what heads the lanes that say what comes first, or lead on. O(edges of the heads).
fn links(atlas: &Atlas, lanes: &[Lane]) -> Vec<LaneLink> {
    let of = |lane: &Lane| lane.need.or_else(|| Some(lane.head.as_ref()?.node));
    let heads = (0..).zip(lanes).filter_map(|(at, lane)| Some((of(lane)?, at)));
    let lane_of: BTreeMap<NodeIndex, usize> = heads.collect();
    let mut found: BTreeMap<(usize, usize), Vec<EdgeIndex>> = BTreeMap::new();
    for (head, lane) in &lane_of {
        for edge in atlas.edges_from(*head) {
            let Some(other) = lane_of.get(&atlas.ends(edge).1).filter(|other| *other != lane)
            else {
                continue;
            };
            // That the goal needs what its own needs are goes without saying.
            if lanes[*other].need.is_some() != lanes[*lane].need.is_some() {
                continue;
            }
            let relation = atlas.relation_of(edge);
            let ends = match relation.prerequisite {
                Some(Prerequisite::Target) => (*other, *lane),
                Some(Prerequisite::Source) => (*lane, *other),
                _ if relation.route => (*lane, *other),
                _ => continue,
            };
            found.entry(ends).or_default().push(edge);
        }
    }
    let optional = |edge: &EdgeIndex| atlas.edge(*edge).strength == Strength::Recommended;
    let link = |((from, to), mut stored): ((usize, usize), Vec<EdgeIndex>)| {
        atlas.sort_edges(&mut stored);
        LaneLink { from, to, recommended: stored.iter().all(optional), stored }
    };
    found.into_iter().map(link).collect()
}
