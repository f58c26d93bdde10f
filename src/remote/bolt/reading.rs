//! Questions in Cypher. Labels are quoted, everything else is a parameter.

use super::address::Address;
use super::connection::{Open, Parameters, Row, numbers, place, texts};
use super::labels::{Labels, quoted};
use super::saving::save;
use super::{BATCH, VERSION, base_of};
use crate::graph::{Atlas, Head};
use crate::query::Sought;
use crate::remote::engine::Reply;
use crate::remote::kept::head_from;
use crate::remote::searched::held;
use crate::remote::server::Server;
use crate::remote::trouble::bad_rows;
use crate::remote::{Engine, RawEdge, RawNode, Side, Store};
use neo4j::ValueSend;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What is said of a node.
const NODE: &str = "a.no, a.rank, a.id, a.kinds, a.body";

/// A graph behind Bolt.
pub(crate) struct Bolt {
    server: Server<Open>,
    graph: String,
    /// The first number of the nodes, and how many there are.
    base: i64,
    count: i64,
    save: i64,
    labels: Labels,
    kinds: HashMap<String, usize>,
    /// Relations by the types of relationships.
    relations: Arc<HashMap<String, u32>>,
}

impl fmt::Debug for Bolt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bolt").field("at", &self.server.place.told).finish_non_exhaustive()
    }
}

/// How many rows at most; some engines count no further than that.
fn limit(most: usize) -> ValueSend {
    ValueSend::Integer(i64::from(i32::try_from(most).unwrap_or(i32::MAX)))
}

impl Bolt {
    /// Opens the graph at an address.
    pub(crate) fn open(address: &Address, stop: &AtomicBool) -> Reply<Self> {
        Ok(Self {
            server: Server::open(place(address), stop)?,
            graph: address.graph.clone(),
            base: 0,
            count: 0,
            save: 0,
            labels: Labels::default(),
            kinds: HashMap::new(),
            relations: Arc::default(),
        })
    }

    fn rows<T: Send + 'static>(
        &mut self,
        text: String,
        parameters: Parameters,
        made: impl Fn(Row) -> Option<T> + Send + Sync + 'static,
        stop: &AtomicBool,
    ) -> Reply<Vec<T>> {
        self.server.ask(stop, move |open| open.rows(&text, &parameters, &made))
    }

    fn node_rows(
        &mut self,
        found: &str,
        parameters: Parameters,
        stop: &AtomicBool,
    ) -> Reply<Vec<RawNode>> {
        let base = self.base;
        let made = move |mut row: Row| {
            Some(RawNode {
                number: row.number()? - base,
                rank: row.number()?,
                id: row.text()?,
                kinds: row.texts()?,
                body: row.text()?,
            })
        };
        self.rows(format!("{found} RETURN {NODE}"), parameters, made, stop)
    }

    /// The keys of this save begin so.
    fn key(&self, key: &str) -> ValueSend {
        ValueSend::String(format!("{}:{key}", self.save))
    }
}

/// The edges of a row: a node, a type, and the edges of that type that it has.
fn raw_edges(
    mut row: Row,
    side: Side,
    base: i64,
    relations: &HashMap<String, u32>,
) -> Option<Vec<RawEdge>> {
    let own = row.number()? - base;
    let relation = relations.get(row.text()?.as_str()).copied();
    let edges = row.rows()?.map(|row| {
        let mut row = row?;
        let (number, other) = (row.number()?, row.number()? - base);
        let (from, to) = if side == Side::From { (own, other) } else { (other, own) };
        let (offset, body) = (row.number()?, row.text_if_any()?);
        Some(RawEdge { number, from, to, relation, offset, body })
    });
    edges.collect()
}

impl Engine for Bolt {
    fn begin(&mut self, stop: &AtomicBool) -> Reply<()> {
        self.server.begin(stop)
    }

    fn settle(&mut self, stop: &AtomicBool) -> Reply<()> {
        self.server.look(stop)
    }

    fn head(&mut self, stop: &AtomicBool) -> Reply<Head> {
        let text = "MATCH (g:AtlasGraph {graph: $graph, state: 'live'}) \
                    RETURN g.version, g.head, g.save";
        let parameters: Parameters = [("graph", ValueSend::String(self.graph.clone()))].into();
        let made = |mut row: Row| Some((row.number()?, row.text()?, row.number()?));
        let found = self.rows(text.to_owned(), parameters, made, stop)?.into_iter().next();
        let found = found.map(|(version, head, save)| {
            [("version", version.to_string()), ("head", head), ("saved", save.to_string())]
                .map(|(key, value)| (key.to_owned(), value))
        });
        let found = found.into_iter().flatten().collect();
        let (told, graph) = (&self.server.place.told, &self.graph);
        let (head, saved) = head_from(&found, VERSION, &format!("graph `{graph}` of {told}"))?;
        self.save = saved.parse().unwrap_or_default();
        self.server.saved = Some(saved);
        self.base = base_of(self.save);
        self.count = head.counts[0] as i64;
        self.labels = Labels::of(&head.schema);
        let kinds = head.schema.kinds.iter().map(|kind| kind.name.clone());
        self.kinds = kinds.zip(0..).collect();
        self.relations = Arc::new(self.labels.relations.iter().cloned().zip(0..).collect());
        Ok(head)
    }

    fn numbers(&self) -> Vec<i64> {
        (0..self.count).collect()
    }

    fn nodes(&mut self, wanted: &[i64], stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let mut found = Vec::new();
        for part in wanted.chunks(BATCH) {
            let base = self.base;
            let numbers = numbers(part.iter().map(|number| number + base));
            let text = "UNWIND $f AS i MATCH (a:Atlas {no: i})";
            found.extend(self.node_rows(text, [("f", numbers)].into(), stop)?);
        }
        Ok(found)
    }

    fn named(&mut self, keys: &[String], stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let keys = ValueSend::List(keys.iter().map(|key| self.key(key)).collect());
        let text = "UNWIND $f AS k MATCH (n:AtlasName {key: k}) WITH DISTINCT n.no AS i \
                    MATCH (a:Atlas {no: i})";
        self.node_rows(text, [("f", keys)].into(), stop)
    }

    fn beginning(&mut self, start: &str, most: usize, stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let text = "MATCH (n:AtlasName) WHERE n.key >= $start AND n.key < $end \
                    WITH n ORDER BY n.key, n.no LIMIT $most WITH DISTINCT n.no AS i \
                    MATCH (a:Atlas {no: i})";
        let end = self.key(&format!("{start}\u{10ffff}"));
        let most = limit(most);
        let parameters = [("start", self.key(start)), ("end", end), ("most", most)].into();
        self.node_rows(text, parameters, stop)
    }

    fn of_kind(&mut self, kind: &str, stop: &AtomicBool) -> Reply<Vec<i64>> {
        let Some(label) = self.kinds.get(kind).map(|kind| &self.labels.kinds[*kind]) else {
            return Ok(Vec::new());
        };
        let label = quoted([label].into_iter(), "");
        let text =
            format!("MATCH (a:Atlas:{label}) WHERE a.no >= $from AND a.no < $to RETURN a.no");
        let (from, to) =
            (ValueSend::Integer(self.base), ValueSend::Integer(base_of(self.save + 1)));
        let base = self.base;
        let made = move |mut row: Row| Some(row.number()? - base);
        self.rows(text, [("from", from), ("to", to)].into(), made, stop)
    }

    fn edges(
        &mut self,
        nodes: &[i64],
        side: Side,
        relations: Option<&[u32]>,
        most: usize,
        stop: &AtomicBool,
    ) -> Reply<Vec<RawEdge>> {
        let of = relations.map_or(String::new(), |relations| {
            let types = relations.iter().map(|own| &self.labels.relations[*own as usize]);
            format!(":{}", quoted(types, "|"))
        });
        // The node whose number is known stands first: from there the engine begins.
        let way = if side == Side::From { format!("-[r{of}]->") } else { format!("<-[r{of}]-") };
        let text = format!(
            "UNWIND $f AS i MATCH (a:Atlas {{no: i}}){way}(b) WITH i, r, b LIMIT $most \
             RETURN i, type(r), collect([r.no, b.no, r.at, r.body])"
        );
        let mut found = Vec::new();
        for part in nodes.chunks(BATCH) {
            let (base, known) = (self.base, Arc::clone(&self.relations));
            let left = most.saturating_sub(found.len());
            let parameters =
                [("f", numbers(part.iter().map(|number| number + base))), ("most", limit(left))];
            let made = move |row: Row| raw_edges(row, side, base, &known);
            let edges = self.rows(text.clone(), parameters.into(), made, stop)?;
            found.extend(edges.into_iter().flatten());
        }
        Ok(found)
    }

    fn sought(&mut self, sought: &Sought, stop: &AtomicBool) -> Reply<Vec<i64>> {
        // Cypher has no bits: words are held as they are, and it counts letters as Java does, those
        // outside of the first plane twice.
        let text = "MATCH (a:Atlas) WHERE a.no >= $from AND a.no < $to AND (a.names CONTAINS $folded \
            OR any(w IN a.words WHERE size(w) >= $least AND size(w) <= $most \
                AND size([c IN $letters WHERE NOT w CONTAINS c]) <= $errors) \
            OR all(p IN $parts WHERE a.texts CONTAINS p)) RETURN a.no";
        let folded = held(&sought.folded);
        let (length, errors) = (folded.chars().count(), sought.errors);
        let letters: BTreeSet<char> = folded.chars().collect();
        let number = |number: usize| ValueSend::Integer(number as i64);
        let parameters: Parameters = [
            ("from", ValueSend::Integer(self.base)),
            ("to", ValueSend::Integer(self.base + self.count)),
            ("least", number(length.saturating_sub(errors))),
            ("most", number(folded.encode_utf16().count() + 2 * errors)),
            ("errors", number(errors)),
            ("letters", texts(letters.into_iter().map(String::from))),
            ("parts", texts(sought.words.iter().map(|word| held(word)))),
            ("folded", ValueSend::String(folded)),
        ]
        .into();
        let base = self.base;
        let made = move |mut row: Row| Some(row.number()? - base);
        self.rows(text.to_owned(), parameters, made, stop)
    }

    fn places(&mut self, ids: &[String], stop: &AtomicBool) -> Reply<Vec<i64>> {
        // Numbers follow the order of ids, of which the engine may have another notion.
        let mut bounds = vec![(0, self.count); ids.len()];
        loop {
            let open = bounds.iter().filter(|(low, high)| low < high);
            let middles: BTreeSet<i64> = open.map(|(low, high)| (low + high) / 2).collect();
            if middles.is_empty() {
                return Ok(bounds.into_iter().map(|(low, _)| low).collect());
            }
            let rows = self.nodes(&middles.into_iter().collect::<Vec<i64>>(), stop)?;
            let known: HashMap<i64, String> =
                rows.into_iter().map(|row| (row.number, row.id)).collect();
            for (id, (low, high)) in
                ids.iter().zip(&mut bounds).filter(|(_, (low, high))| low < high)
            {
                let middle = i64::midpoint(*low, *high);
                match known.get(&middle) {
                    Some(own) if own < id => *low = middle + 1,
                    Some(_) => *high = middle,
                    None => return Err(bad_rows("nodes are missing")),
                }
            }
        }
    }
}

impl Store for Bolt {
    fn save(&mut self, atlas: &Atlas, kept: (String, Vec<u32>), stop: &AtomicBool) -> Reply<()> {
        save(&mut self.server, (&self.graph, atlas), kept, stop)
    }
}
