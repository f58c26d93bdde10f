//! Statements and who makes them: how many each source makes, and where sources disagree.

use crate::graph::Csr;
use crate::graph::{Atlas, Citation, EdgeIndex, ListPosition, NodeIndex, cited_statements};
use crate::stop::until;
use fixedbitset::FixedBitSet;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::atomic::AtomicBool;

/// How many statements cite each source: the naming of a node, a value of a property, an edge.
/// About `of`, or about everything. O(statements).
#[must_use]
pub fn statements_by_source(atlas: &Atlas, of: Option<&[NodeIndex]>) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |cited: &[Citation]| {
        let sources: BTreeSet<&str> = cited.iter().map(|cite| cite.source.as_str()).collect();
        for source in sources {
            *counts.entry(source.to_owned()).or_default() += 1;
        }
    };
    let nodes: Vec<NodeIndex> = of.map_or_else(|| atlas.nodes().collect(), <[NodeIndex]>::to_vec);
    for node in &nodes {
        let facts = atlas.node(*node);
        count(&facts.sources);
        for (_, value) in facts.properties.iter() {
            for (_, cited) in cited_statements(value) {
                count(&cited);
            }
        }
    }
    // A set, since an edge between two of the nodes is met at both ends.
    let edges: BTreeSet<EdgeIndex> = match of {
        None => atlas.edges().into_iter().collect(),
        Some(nodes) => {
            let both = |node: &NodeIndex| [atlas.edges_from(*node), atlas.edges_to(*node)].concat();
            nodes.iter().flat_map(both).collect()
        }
    };
    for edge in edges {
        count(atlas.edge(edge).sources);
    }
    counts
}

/// Something on which sources say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// What it is about.
    pub about: NodeIndex,
    /// The field, or the order of a relation.
    pub on: String,
    /// What is said, and by whom.
    pub said: Vec<(Value, Vec<Citation>)>,
}

/// All disputes, by node, fields before orders: properties to which sources that share nothing
/// give different values, orders of a relation that sources turn round, and routes between
/// milestones that sources take in opposite directions. Fewer once `stop` is raised.
#[must_use]
pub fn disputes(atlas: &Atlas, stop: &AtomicBool) -> Vec<Dispute> {
    let mut found = Vec::new();
    for node in until(stop, atlas.nodes()) {
        for (name, value) in atlas.node(node).properties.iter() {
            let said = cited_statements(value);
            if differ(&said, stop) {
                let said = said.into_iter().map(|(value, cited)| (value.clone(), cited));
                found.push(Dispute { about: node, on: name.to_owned(), said: said.collect() });
            }
        }
        orders(atlas, node, &mut found, stop);
        routes(atlas, node, &mut found);
    }
    found
}

/// Do two of these, both cited, differ in their values and share no source?
///
/// The value and each source is a tie. Two statements without a common tie are wanted: one whose ties
/// do not join all. Who has a tie is a set of bits if they are many, so that N statements take
/// N √N steps, or N / 64 for each citation.
fn differ(said: &[(&Value, Vec<Citation>)], stop: &AtomicBool) -> bool {
    let mut ties: HashMap<(bool, String), u32> = HashMap::new();
    let mut of = Csr::new();
    for (value, cited) in said.iter().filter(|(_, cited)| !cited.is_empty()) {
        let names = cited.iter().map(|cite| (true, cite.source.clone()));
        let names = names.chain([(false, value.to_string())]);
        let numbers: BTreeSet<u32> = names.map(|name| number(&mut ties, name)).collect();
        of.push(numbers);
    }
    let numbered = |row: &[u32]| row.iter().map(|at| *at as usize).collect::<Vec<usize>>();
    let with = of.transpose(ties.len());
    let count = of.len();
    let many: HashMap<u32, FixedBitSet> = (0..ties.len())
        // More than √N have it: a bit set is quicker than a list, and there are few such ties.
        .filter(|tie| with.row(*tie).len().pow(2) > count)
        .map(|tie| {
            let mut bits = FixedBitSet::with_capacity(count);
            bits.extend(numbered(with.row(tie)));
            (tie as u32, bits)
        })
        .collect();
    // What is tied to all is tied to each.
    let alike = (0..ties.len()).any(|tie| with.row(tie).len() == count);
    !alike
        && until(stop, 0..count).any(|at| {
            let mut joined = FixedBitSet::with_capacity(count);
            for tie in of.row(at) {
                match many.get(tie) {
                    Some(bits) => joined.union_with(bits),
                    None => joined.extend(numbered(with.row(*tie as usize))),
                }
            }
            joined.count_ones(..) < count
        })
}

/// The number of a name; names are numbered as they come.
fn number<K: Eq + Hash>(numbers: &mut HashMap<K, u32>, name: K) -> u32 {
    let fresh = numbers.len() as u32;
    *numbers.entry(name).or_insert(fresh)
}

/// What one source says of the order of a relation: order, target, where.
type ToldOrder<'g> = Vec<(ListPosition, NodeIndex, &'g Citation)>;

/// For each relation: two sources that order the same targets the other way round.
fn orders(atlas: &Atlas, node: NodeIndex, found: &mut Vec<Dispute>, stop: &AtomicBool) {
    // What each source says of the order, by relation.
    let mut told: BTreeMap<(usize, &str), ToldOrder<'_>> = BTreeMap::new();
    for edge in atlas.edges_from(node) {
        let facts = atlas.edge(edge);
        let order = facts.list_position();
        if order == ListPosition::Last {
            continue;
        }
        for cite in facts.sources {
            let list = told.entry((facts.relation, &cite.source)).or_default();
            list.push((order.clone(), atlas.ends(edge).1, cite));
        }
    }
    for list in told.values_mut() {
        list.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    }
    let lists: Vec<_> = told.iter().collect();
    for (at, ((relation, _), one)) in until(stop, lists.iter().enumerate()) {
        for ((_, _), other) in lists[at + 1..].iter().take_while(|((next, _), _)| next == relation)
        {
            let place = |node: NodeIndex| other.iter().find(|(_, own, _)| *own == node);
            let places: Vec<&ListPosition> =
                one.iter().filter_map(|(_, node, _)| Some(&place(*node)?.0)).collect();
            // In the order of one source the places of the other must rise, or two are turned
            // round.
            if places.is_sorted() {
                continue;
            }
            let shared = |list: &ToldOrder<'_>| {
                let shared = list.iter().filter(|(_, node, _)| {
                    [one, other].iter().all(|list| list.iter().any(|(_, own, _)| own == node))
                });
                let ids = shared.clone().map(|(_, node, _)| Value::from(atlas.node(*node).name()));
                (ids.collect(), shared.map(|(.., cite)| (*cite).clone()).collect())
            };
            let on = format!("order of {}", atlas.schema().relations[*relation].name);
            found.push(Dispute { about: node, on, said: vec![shared(one), shared(other)] });
        }
    }
}

/// A route to another milestone, and one of the same relation back.
fn routes(atlas: &Atlas, node: NodeIndex, found: &mut Vec<Dispute>) {
    for edge in atlas.edges_from(node) {
        let (relation, to) = (atlas.edge(edge).relation, atlas.ends(edge).1);
        let between = atlas.is_milestone(node) && atlas.is_milestone(to) && node < to;
        if !between || !atlas.schema().relations[relation].route {
            continue;
        }
        let back = atlas.edges_between(to, relation, node);
        let Some(back) = back.first() else { continue };
        let name = &atlas.schema().relations[relation].name;
        let way = |from: NodeIndex, to: NodeIndex| {
            Value::from(format!("{} {name} {}", atlas.node(from).id, atlas.node(to).id))
        };
        let said = vec![
            (way(node, to), atlas.edge(edge).sources.to_vec()),
            (way(to, node), atlas.edge(*back).sources.to_vec()),
        ];
        found.push(Dispute { about: node, on: name.clone(), said });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stop::NEVER;

    fn cite(source: usize) -> Citation {
        Citation { source: format!("s{source}"), section: None, line: None, address: None }
    }

    #[test]
    fn a_dispute_is_what_comparing_each_with_each_finds() {
        let mut thrown = crate::dice::Dice(3);
        let mut dice = |sides: usize| thrown.roll(sides);
        let mut met = [0, 0];
        for _ in 0..2_000 {
            let (values, sources) = (1 + dice(3), 1 + dice(5));
            let said: Vec<(Value, Vec<Citation>)> = (0..dice(9))
                .map(|_| (dice(values).into(), (0..dice(4)).map(|_| cite(dice(sources))).collect()))
                .collect();
            let said: Vec<_> = said.iter().map(|(value, cited)| (value, cited.clone())).collect();
            let apart = |a: &[Citation], b: &[Citation]| {
                a.iter().all(|cite| b.iter().all(|other| other.source != cite.source))
            };
            let twin = said.iter().any(|(one, by)| {
                let cited = said.iter().filter(|(_, cited)| !cited.is_empty() && !by.is_empty());
                cited.into_iter().any(|(other, cited)| one != other && apart(by, cited))
            });
            assert_eq!(differ(&said, &NEVER), twin, "{said:?}");
            met[usize::from(twin)] += 1;
        }
        assert!(met.iter().all(|times| *times > 200), "{met:?}");
    }
}
