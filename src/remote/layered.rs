//! Files over a graph in a database: what they speak of is fetched and laid under them when the
//! graph is opened, and from then on whatever is asked is what the database has and what they add.

use super::engine::Reply;
use super::kept::head_of;
use super::records::{Lines, Plain, edge_body, node_body, relations_of, take_edge, take_node};
use super::totals::joined;
use super::{Engine, RawEdge, RawNode, Side};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Builder, Collected, EdgeIndex, Head, NodeIndex, key_of, keys_of};
use crate::query::Sought;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Between two numbers of nodes, or of edges, there is room for so many others, as a power of two.
const NODE_ROOM: u32 = 32;
const EDGE_ROOM: u32 = 20;
/// The numbers of edges that no others of the same statement stand beside.
const ALONE: i64 = 1 << 62;

/// A graph in a database with files over it.
#[derive(Debug)]
pub(crate) struct Layered {
    under: Box<dyn Engine>,
    head: Option<Head>,
    /// The relations of the database as they are numbered here, and the reverse.
    relations: Vec<u32>,
    back: HashMap<u32, u32>,
    /// What the files make of the nodes that they speak of, by number, which may be new ones.
    nodes: BTreeMap<i64, Arc<Node>>,
    /// The edges that they add, by their ends.
    edges: [HashMap<i64, Vec<Arc<Added>>>; 2],
}

/// A node as the files leave it.
#[derive(Debug)]
struct Node {
    id: String,
    kinds: Vec<String>,
    body: String,
    keys: Vec<String>,
}

/// An edge that a file adds.
#[derive(Debug)]
struct Added {
    number: i64,
    from: i64,
    to: i64,
    relation: u32,
    offset: i64,
    body: Option<String>,
}

fn over(number: i64) -> i64 {
    (number + 1) << NODE_ROOM
}

/// The number that the database knows a node by, unless a file made it.
fn under(number: i64) -> Option<i64> {
    let whole = number >> NODE_ROOM << NODE_ROOM == number;
    whole.then(|| (number >> NODE_ROOM) - 1)
}

impl Added {
    fn raw(&self) -> RawEdge {
        let (relation, body) = (Some(self.relation), self.body.clone());
        let Self { number, from, to, offset, .. } = *self;
        RawEdge { number, from, to, relation, offset, body }
    }
}

impl Node {
    fn raw(&self, number: i64) -> RawNode {
        let (id, kinds, body) = (self.id.clone(), self.kinds.clone(), self.body.clone());
        RawNode { number, rank: 0, id, kinds, body }
    }
}

/// What lies under the files: rows, and edges that say the same as theirs.
struct Base {
    collected: Collected,
    /// The number of each node, by its id.
    numbers: HashMap<String, i64>,
    edges: Vec<RawEdge>,
}

impl Layered {
    /// Lays files over the graph of an engine.
    pub(crate) fn new<F: From<Diagnostic> + From<Vec<Diagnostic>>>(
        mut engine: Box<dyn Engine>,
        lay: impl Fn(Builder) -> Result<Builder, F>,
        stop: &AtomicBool,
    ) -> Result<Self, F> {
        let head = Arc::new(engine.head(stop)?);
        let mut base =
            Base { collected: Collected::new(&head), numbers: HashMap::new(), edges: Vec::new() };
        let relations = relations_of(&base.collected.atlas(true));
        let keys: BTreeSet<String> = {
            // The first time only to hear which nodes the files speak of: those are fetched.
            let first = lay(Builder::holding_part(&base.collected.atlas(true)))?;
            first.mentioned().map(key_of).collect()
        };
        for row in engine.named(&keys.into_iter().collect::<Vec<String>>(), stop)? {
            base.numbers.insert(row.id.clone(), row.number);
            take_node(&mut base.collected, &row);
        }
        let mut before = base.collected.atlas(true);
        let mut merged = lay(Builder::holding_part(&before))?.finish()?;
        base.edges = same_statements(&mut *engine, &merged, &base.numbers, &relations, stop)?;
        if !base.edges.is_empty() {
            let mut plain = Plain::new();
            for edge in &base.edges {
                take_edge(&mut base.collected, &mut plain, &relations, edge);
            }
            before = base.collected.atlas(true);
            merged = lay(Builder::holding_part(&before))?.finish()?;
        }
        let numbers = numbered(&mut *engine, &merged, &base.numbers, stop)?;
        Ok(Self::of(engine, &head, (&before, &merged), &numbers, &base.edges))
    }

    fn of(
        engine: Box<dyn Engine>,
        head: &Head,
        (before, merged): (&Atlas, &Atlas),
        numbers: &[i64],
        same: &[RawEdge],
    ) -> Self {
        let (own, lines) = (head.layers.len(), Lines::of(merged));
        let mut nodes = BTreeMap::new();
        for (at, number) in numbers.iter().enumerate() {
            let node = merged.node(NodeIndex::new(at));
            let kinds = node.kinds.iter().map(|kind| merged.schema().kinds[*kind].name.clone());
            let (id, kinds) = (node.id.clone(), kinds.collect());
            let (body, keys) = (node_body(&lines, node).unwrap_or_default(), keys_of(node));
            nodes.insert(*number, Arc::new(Node { id, kinds, body, keys }));
        }
        let mut edges: [HashMap<i64, Vec<Arc<Added>>>; 2] = Default::default();
        let mut count = 0;
        for (edge, number) in edge_numbers(merged, own, same) {
            let (facts, (from, to)) = (merged.edge(edge), merged.ends(edge));
            let [from, to] = [from, to].map(|end| numbers[end.index()]);
            let added = Arc::new(Added {
                number,
                from,
                to,
                relation: facts.relation as u32,
                offset: i64::from(lines.line(facts.place)),
                body: edge_body(&facts).unwrap_or_default(),
            });
            count += 1;
            edges[0].entry(from).or_default().push(Arc::clone(&added));
            edges[1].entry(to).or_default().push(added);
        }
        let relation = |name: &String| merged.schema().relation(name).unwrap_or_default() as u32;
        let names = head.schema.relations.iter().map(|relation| relation.name.clone());
        let relations: Vec<u32> = names.map(|name| relation(&name)).collect();
        let new = numbers.iter().filter(|number| under(**number).is_none()).count();
        let counts = [head.counts[0] + new as u64, head.counts[1] + count];
        let joined = joined(head, &head_of(before), head_of(merged));
        Self {
            under: engine,
            head: Some(Head { counts, ranked: false, ..joined }),
            back: relations.iter().copied().zip(0..).collect(),
            relations,
            nodes,
            edges,
        }
    }

    /// Rows of the database as they are here, without those that files say more of.
    fn rows(&self, rows: Vec<RawNode>) -> Vec<RawNode> {
        let rows = rows.into_iter().map(|row| RawNode { number: over(row.number), ..row });
        rows.filter(|row| !self.nodes.contains_key(&row.number)).collect()
    }

    fn edges_of(&self, edges: Vec<RawEdge>) -> Vec<RawEdge> {
        let relation = |relation: u32| self.relations.get(relation as usize).copied();
        let edges = edges.into_iter().map(|edge| RawEdge {
            number: edge.number << EDGE_ROOM,
            from: over(edge.from),
            to: over(edge.to),
            relation: edge.relation.and_then(relation),
            ..edge
        });
        edges.collect()
    }

    /// The nodes of files that fit.
    fn own(&self, fits: impl Fn(&Node) -> bool) -> impl Iterator<Item = (i64, &Node)> {
        let all = self.nodes.iter().map(|(number, node)| (*number, &**node));
        all.filter(move |(_, node)| fits(node))
    }

    fn all_added(&self) -> impl Iterator<Item = &Added> {
        self.edges[0].values().flatten().map(|added| &**added)
    }

    /// The numbers of relations as the database has them.
    fn below(&self, relations: &[u32]) -> Vec<u32> {
        relations.iter().filter_map(|relation| self.back.get(relation).copied()).collect()
    }
}

/// Edges of the database that have the ends and relations of edges of files.
fn same_statements(
    engine: &mut dyn Engine,
    merged: &Atlas,
    numbers: &HashMap<String, i64>,
    relations: &[String],
    stop: &AtomicBool,
) -> Reply<Vec<RawEdge>> {
    let known = |node: NodeIndex| numbers.get(merged.id(node)).copied();
    let mut statements: HashSet<(i64, &str, i64)> = HashSet::new();
    for edge in merged.edges() {
        let (from, to) = merged.ends(edge);
        if let Some((from, to)) = known(from).zip(known(to)) {
            statements.insert((from, merged.relation_of(edge).name.as_str(), to));
        }
    }
    let said: BTreeSet<&str> = statements.iter().map(|(_, relation, _)| *relation).collect();
    let asked = (0..).zip(relations).filter(|(_, name)| said.contains(name.as_str()));
    let asked: Vec<u32> = asked.map(|(relation, _)| relation).collect();
    let from: BTreeSet<i64> = statements.iter().map(|(from, ..)| *from).collect();
    if asked.is_empty() || from.is_empty() {
        return Ok(Vec::new());
    }
    let from: Vec<i64> = from.into_iter().collect();
    let mut found = engine.edges(&from, Side::From, Some(&asked), i32::MAX as usize, stop)?;
    found.retain(|edge| {
        let name = edge.relation.and_then(|relation| relations.get(relation as usize));
        name.is_some_and(|name| statements.contains(&(edge.from, name.as_str(), edge.to)))
    });
    found.sort_by_key(|edge| edge.number);
    Ok(found)
}

/// The number of each node: of new ones between those of the database that stand beside them.
fn numbered(
    engine: &mut dyn Engine,
    merged: &Atlas,
    known: &HashMap<String, i64>,
    stop: &AtomicBool,
) -> Reply<Vec<i64>> {
    let ids = || merged.nodes().map(|node| merged.id(node));
    let new: Vec<String> = ids().filter(|id| !known.contains_key(*id)).map(str::to_owned).collect();
    let mut places = engine.places(&new, stop)?.into_iter();
    let mut last = i64::MIN;
    let numbers = ids().map(|id| {
        last = match known.get(id) {
            Some(number) => over(*number),
            // Behind the database's node of that place, and behind what was numbered last.
            None => (last + 1).max((places.next().unwrap_or_default() << NODE_ROOM) + 1),
        };
        last
    });
    Ok(numbers.collect())
}

/// The edges that files add, each with its number: of those that say the same as edges of the
/// database between theirs.
fn edge_numbers(merged: &Atlas, own: usize, same: &[RawEdge]) -> Vec<(EdgeIndex, i64)> {
    let statement = |edge: EdgeIndex| (merged.ends(edge), merged.edge(edge).relation);
    let mut same = same.iter();
    let mut found = Vec::new();
    let edges = merged.edges();
    for group in edges.chunk_by(|a, b| statement(*a) == statement(*b)) {
        let held = group.iter().map(|edge| {
            let held = merged.edge(*edge).layer < own;
            if held { same.next().map(|edge| edge.number << EDGE_ROOM) } else { None }
        });
        let held: Vec<Option<i64>> = held.collect();
        for (at, edge) in group.iter().enumerate().filter(|(at, _)| held[*at].is_none()) {
            let before = (0..at).rev().find_map(|other| Some(held[other]? + (at - other) as i64));
            let behind =
                (at..held.len()).find_map(|other| Some(held[other]? - (other - at) as i64));
            found.push((*edge, before.or(behind).unwrap_or(ALONE + edge.index() as i64)));
        }
    }
    found
}

impl Engine for Layered {
    fn begin(&mut self, stop: &AtomicBool) -> Reply<()> {
        self.under.begin(stop)
    }

    fn settle(&mut self, stop: &AtomicBool) -> Reply<()> {
        self.under.settle(stop)
    }

    fn head(&mut self, stop: &AtomicBool) -> Reply<Head> {
        self.head.take().map_or_else(|| self.under.head(stop), Ok)
    }

    fn numbers(&self) -> Vec<i64> {
        let mut all: Vec<i64> = self.under.numbers().into_iter().map(over).collect();
        all.extend(self.nodes.keys().filter(|number| under(**number).is_none()));
        all.sort_unstable();
        all
    }

    fn nodes(&mut self, numbers: &[i64], stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let below = numbers.iter().filter(|number| !self.nodes.contains_key(number));
        let below: Vec<i64> = below.filter_map(|number| under(*number)).collect();
        let rows = if below.is_empty() { Vec::new() } else { self.under.nodes(&below, stop)? };
        let mut rows = self.rows(rows);
        let own = numbers.iter().filter_map(|own| Some(self.nodes.get(own)?.raw(*own)));
        rows.extend(own);
        Ok(rows)
    }

    fn named(&mut self, keys: &[String], stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let rows = self.under.named(keys, stop)?;
        let mut rows = self.rows(rows);
        let named = self.own(|node| node.keys.iter().any(|key| keys.contains(key)));
        rows.extend(named.map(|(number, node)| node.raw(number)));
        Ok(rows)
    }

    fn beginning(&mut self, start: &str, most: usize, stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let rows = self.under.beginning(start, most, stop)?;
        if rows.is_empty() && start.chars().nth(1).is_some() {
            return Ok(rows);
        }
        let mut rows = self.rows(rows);
        let first = start.chars().next();
        let alike = self.own(|node| node.keys.iter().any(|own| own.chars().next() == first));
        rows.extend(alike.take(most).map(|(number, node)| node.raw(number)));
        Ok(rows)
    }

    fn of_kind(&mut self, kind: &str, stop: &AtomicBool) -> Reply<Vec<i64>> {
        let below = self.under.of_kind(kind, stop)?.into_iter().map(over);
        let mut found: Vec<i64> = below.filter(|number| !self.nodes.contains_key(number)).collect();
        let own = self.own(|node| node.kinds.iter().any(|own| own == kind));
        found.extend(own.map(|(number, _)| number));
        Ok(found)
    }

    fn edges(
        &mut self,
        nodes: &[i64],
        side: Side,
        relations: Option<&[u32]>,
        most: usize,
        stop: &AtomicBool,
    ) -> Reply<Vec<RawEdge>> {
        let below: Vec<i64> = nodes.iter().filter_map(|number| under(*number)).collect();
        let known = relations.map(|relations| self.below(relations));
        let nothing = below.is_empty() || known.as_ref().is_some_and(Vec::is_empty);
        let edges = if nothing {
            Vec::new()
        } else {
            self.under.edges(&below, side, known.as_deref(), most, stop)?
        };
        let mut edges = self.edges_of(edges);
        let added = &self.edges[usize::from(side == Side::To)];
        let added = nodes.iter().filter_map(|node| added.get(node)).flatten();
        let asked = |added: &&Arc<Added>| {
            relations.is_none_or(|relations| relations.contains(&added.relation))
        };
        edges.extend(added.filter(asked).map(|added| added.raw()));
        Ok(edges)
    }

    fn sought(&mut self, sought: &Sought, stop: &AtomicBool) -> Reply<Vec<i64>> {
        let below = self.under.sought(sought, stop)?;
        // Of what files speak of there is little: all of it is looked at.
        let added = self.all_added().map(|added| added.to);
        let own = self.nodes.keys().copied().chain(added);
        Ok(below.into_iter().map(over).chain(own).collect())
    }

    fn places(&mut self, ids: &[String], stop: &AtomicBool) -> Reply<Vec<i64>> {
        let below = self.under.places(ids, stop)?;
        let new = self.nodes.iter().filter(|(number, _)| under(**number).is_none());
        let new: Vec<&str> = new.map(|(_, node)| node.id.as_str()).collect();
        let own = |id: &String| new.partition_point(|new| *new < id.as_str()) as i64;
        Ok(ids.iter().zip(below).map(|(id, below)| below + own(id)).collect())
    }
}
