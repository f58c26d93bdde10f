//! Questions to the tables. Names of schemas are quoted, everything else is a parameter.

use super::VERSION;
use super::address::Address;
use super::link::{Link, Open, Work};
use super::problems::Trouble;
use crate::diagnostic::{Diagnostic, Note};
use crate::graph::Head;
use crate::query::Sought;
use crate::remote::engine::Reply;
use crate::remote::{Engine, RawEdge, RawNode, RawStructure, Side};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Error, Row, SimpleQueryMessage};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What begins a statement: what is asked until the next one is asked of one state.
const BEGIN: &str = "rollback; begin isolation level repeatable read read only";

/// A graph in PostgreSQL.
pub(crate) struct Postgres {
    address: Address,
    link: Link,
    /// The schema, quoted.
    schema: String,
    /// Which save it is of.
    saved: String,
    /// How many nodes it has.
    nodes: i64,
    relations: Arc<HashMap<String, u32>>,
    names: Vec<String>,
    /// Has this statement been tried again?
    again: bool,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").field("at", &self.address.told()).finish_non_exhaustive()
    }
}

/// The name of a schema or table as SQL has it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Postgres {
    /// Opens the graph at an address.
    pub(crate) fn open(address: Address, stop: &AtomicBool) -> Reply<Self> {
        let link = Link::open(&address, stop)?;
        let schema = quoted(&address.graph);
        Ok(Self {
            address,
            link,
            schema,
            saved: String::new(),
            nodes: 0,
            relations: Arc::default(),
            names: Vec::new(),
            again: false,
        })
    }

    /// Does work; where the connection is lost it is opened anew, once for a statement.
    fn ask<T: Send + 'static>(
        &mut self,
        stop: &AtomicBool,
        work: impl Fn(&mut Open) -> Result<T, Trouble> + Send + Sync + 'static,
    ) -> Reply<T> {
        let work: Work<T> = Arc::new(work);
        let trouble = match self.link.run(&work, stop)? {
            Ok(found) => return Ok(found),
            Err(trouble) if trouble.is_loss() && !self.again => {
                self.again = true;
                self.link = Link::open(&self.address, stop)?;
                self.start(stop)?;
                match self.link.run(&work, stop)? {
                    Ok(found) => return Ok(found),
                    Err(trouble) => trouble,
                }
            }
            Err(trouble) => trouble,
        };
        Err(self.told(trouble))
    }

    fn told(&self, trouble: Trouble) -> Diagnostic {
        trouble.problem(&self.address.told())
    }

    /// Begins to look at one state, which must be the one that was opened.
    fn start(&mut self, stop: &AtomicBool) -> Reply<()> {
        let text = format!(
            "{BEGIN}; select value::text from {}.atlas_meta where key = 'saved'",
            self.schema
        );
        let work: Work<Option<String>> = Arc::new(move |open: &mut Open| {
            let told = open.client.simple_query(&text)?;
            let row = told.iter().find_map(|own| match own {
                SimpleQueryMessage::Row(row) => row.get(0),
                _ => None,
            });
            Ok(row.map(str::to_owned))
        });
        let mut answer = self.link.run(&work, stop)?;
        if !self.again && answer.as_ref().is_err_and(Trouble::is_loss) {
            self.again = true;
            self.link = Link::open(&self.address, stop)?;
            answer = self.link.run(&work, stop)?;
        }
        let saved = answer.map_err(|trouble| self.told(trouble))?;
        if saved.is_some_and(|saved| self.saved.is_empty() || saved == self.saved) {
            return Ok(());
        }
        let message = format!("{} was saved anew while it was open", self.address.told());
        Err(Diagnostic::new("graph-replaced", message).outside().help("open it again"))
    }

    /// Rows of a question, each made into something.
    fn rows<T: Send + 'static>(
        &mut self,
        text: String,
        parameters: Vec<Box<dyn ToSql + Sync + Send>>,
        made: impl Fn(&Row) -> Result<T, Error> + Send + Sync + 'static,
        stop: &AtomicBool,
    ) -> Reply<Vec<T>> {
        self.ask(stop, move |open| {
            let statement = open.prepared(&text)?;
            let parameters = parameters.iter().map(|own| &**own as &(dyn ToSql + Sync));
            let mut rows = open.client.query_raw(&statement, parameters)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(made(&row)?);
            }
            Ok(found)
        })
    }

    fn node_rows(
        &mut self,
        rest: &str,
        parameters: Vec<Box<dyn ToSql + Sync + Send>>,
        stop: &AtomicBool,
    ) -> Reply<Vec<RawNode>> {
        let text = format!(
            "select no, rank, id, kinds, body::text from {}.atlas_nodes {rest}",
            self.schema
        );
        self.rows(text, parameters, raw_node, stop)
    }
}

fn raw_node(row: &Row) -> Result<RawNode, Error> {
    Ok(RawNode {
        number: row.try_get(0)?,
        rank: row.try_get(1)?,
        id: row.try_get(2)?,
        kinds: row.try_get(3)?,
        body: row.try_get(4)?,
    })
}

fn raw_edge(row: &Row, relations: &HashMap<String, u32>) -> Result<RawEdge, Error> {
    let relation: &str = row.try_get(2)?;
    Ok(RawEdge {
        number: row.try_get(0)?,
        from: row.try_get(1)?,
        relation: relations.get(relation).copied(),
        to: row.try_get(3)?,
        offset: row.try_get(4)?,
        body: row.try_get(5)?,
    })
}

/// A text as the tables hold it.
pub(super) fn held(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// How many bits tell which letters a word has.
const LETTER_BITS: usize = 52;

/// The length of a word, and bits for its letters: what differs in few letters differs in few bits.
pub(super) fn letters_of(word: &str) -> i64 {
    let bit = |letter: char| 1i64 << (u32::from(letter) % LETTER_BITS as u32);
    let length = word.chars().count().min(255) as i64;
    word.chars().fold(length << LETTER_BITS, |bits, letter| bits | bit(letter))
}

const EDGE: &str = "no, src, kind, dst, at, body::text";

impl Engine for Postgres {
    fn begin(&mut self, stop: &AtomicBool) -> Reply<()> {
        self.again = false;
        self.start(stop)
    }

    fn head(&mut self, stop: &AtomicBool) -> Reply<Head> {
        let exists = self.rows(
            "select to_regclass($1) is not null".to_owned(),
            vec![Box::new(format!("{}.atlas_meta", self.schema))],
            |row| row.try_get::<_, bool>(0),
            stop,
        )?;
        if exists != [true] {
            let message =
                format!("{} holds no graph `{}`", self.address.told(), self.address.graph);
            let problem = Diagnostic::new("no-graph", message).outside();
            return Err(problem.help(Note::naming(
                "`",
                "save",
                " postgres://…?graph=NAME` puts one there",
            )));
        }
        let text = format!("select key, value::text from {}.atlas_meta", self.schema);
        let pair = |row: &Row| Ok((row.try_get(0)?, row.try_get(1)?));
        let found: HashMap<String, String> =
            self.rows(text, Vec::new(), pair, stop)?.into_iter().collect();
        let version = found.get("version").and_then(|text| text.parse::<i64>().ok());
        if version != Some(VERSION) {
            let known = version.map_or("no version".to_owned(), |own| format!("version {own}"));
            let message = format!(
                "the tables of {} are of {known}; this program reads {VERSION}",
                self.address.told()
            );
            let problem = Diagnostic::new("other-version", message).outside();
            return Err(problem.help("save the graph anew with this program"));
        }
        let head: Option<Head> = found.get("head").and_then(|text| serde_json::from_str(text).ok());
        let (Some(head), Some(saved)) = (head, found.get("saved")) else {
            let message = format!("the tables of {} are damaged", self.address.told());
            let problem = Diagnostic::new("bad-rows", message).outside();
            return Err(problem.help("save the graph anew with this program"));
        };
        self.saved.clone_from(saved);
        self.nodes = head.counts[0] as i64;
        self.names = head.schema.relations.iter().map(|own| own.name.clone()).collect();
        self.relations = Arc::new(self.names.iter().cloned().zip(0..).collect());
        Ok(head)
    }

    fn nodes(&mut self, numbers: &[i64], stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        self.node_rows("where no = any($1)", vec![Box::new(numbers.to_vec())], stop)
    }

    fn named(&mut self, keys: &[String], stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let rest =
            format!("where no in (select no from {}.atlas_names where key = any($1))", self.schema);
        self.node_rows(&rest, vec![Box::new(keys.to_vec())], stop)
    }

    fn alike(&mut self, key: &str, most: usize, stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let rest = format!(
            "where no in (select no from {}.atlas_names where key >= $1 and key < $2 \
             order by key, no limit $3)",
            self.schema
        );
        let letters: Vec<char> = key.chars().collect();
        let mut length = letters.len().div_ceil(2).max(1);
        loop {
            let from: String = letters.iter().take(length).collect();
            let to = format!("{from}\u{10ffff}");
            let parameters: Vec<Box<dyn ToSql + Sync + Send>> =
                vec![Box::new(from), Box::new(to), Box::new(most as i64)];
            let found = self.node_rows(&rest, parameters, stop)?;
            if length <= 1 || !found.is_empty() {
                return Ok(found);
            }
            length -= 1;
        }
    }

    fn of_kind(&mut self, kind: &str, stop: &AtomicBool) -> Reply<Vec<i64>> {
        let text =
            format!("select no from {}.atlas_nodes where kinds @> array[$1::text]", self.schema);
        self.rows(text, vec![Box::new(kind.to_owned())], |row| row.try_get(0), stop)
    }

    fn edges(
        &mut self,
        nodes: &[i64],
        side: Side,
        relations: Option<&[u32]>,
        most: usize,
        stop: &AtomicBool,
    ) -> Reply<Vec<RawEdge>> {
        let end = if side == Side::From { "src" } else { "dst" };
        let mut parameters: Vec<Box<dyn ToSql + Sync + Send>> =
            vec![Box::new(nodes.to_vec()), Box::new(most as i64)];
        let of = relations.map_or("", |relations| {
            let names = relations.iter().map(|own| self.names[*own as usize].clone());
            parameters.push(Box::new(names.collect::<Vec<String>>()));
            "and kind = any($3)"
        });
        let text = format!(
            "select {EDGE} from {}.atlas_edges where {end} = any($1) {of} limit $2",
            self.schema
        );
        let known = Arc::clone(&self.relations);
        self.rows(text, parameters, move |row| raw_edge(row, &known), stop)
    }

    fn sought(&mut self, sought: &Sought, stop: &AtomicBool) -> Reply<Option<Vec<i64>>> {
        let text = format!(
            "select no from {}.atlas_search where position($1 in names) > 0 \
             or exists (select 1 from unnest(words) word where abs((word >> {LETTER_BITS}) - $2) <= $3 \
             and length(replace((~word & $4)::bit({LETTER_BITS})::text, '0', '')) <= $3) \
             or not exists (select 1 from unnest($5::text[]) part where position(part in texts) = 0)",
            self.schema
        );
        let folded = held(&sought.folded);
        let letters = letters_of(&sought.folded);
        let parts: Vec<String> = sought.words.iter().map(|word| held(word)).collect();
        let parameters: Vec<Box<dyn ToSql + Sync + Send>> = vec![
            Box::new(folded),
            Box::new(letters >> LETTER_BITS),
            Box::new(sought.errors as i64),
            Box::new(letters & ((1 << LETTER_BITS) - 1)),
            Box::new(parts),
        ];
        self.rows(text, parameters, |row| row.try_get(0), stop).map(Some)
    }

    fn structure(
        &mut self,
        kinds: &[String],
        relations: &[u32],
        most: usize,
        stop: &AtomicBool,
    ) -> Reply<Option<RawStructure>> {
        let members = kinds.iter().map(|kind| self.of_kind(kind, stop));
        let members = members.collect::<Reply<_>>()?;
        let names = relations.iter().map(|own| self.names[*own as usize].clone());
        let names: Vec<String> = names.collect();
        let text =
            format!("select {EDGE} from {}.atlas_edges where kind = any($1) limit $2", self.schema);
        let parameters: Vec<Box<dyn ToSql + Sync + Send>> =
            vec![Box::new(names), Box::new(most as i64)];
        let known = Arc::clone(&self.relations);
        let edges = self.rows(text, parameters, move |row| raw_edge(row, &known), stop)?;
        Ok(Some(RawStructure { numbers: (0..self.nodes).collect(), members, edges }))
    }

    fn places(&mut self, ids: &[String], stop: &AtomicBool) -> Reply<Option<Vec<i64>>> {
        let text = format!(
            "select coalesce((select no from {}.atlas_nodes where id >= own order by id limit 1), $2) \
             from unnest($1::text[]) with ordinality as asked (own, at) order by at",
            self.schema
        );
        let parameters: Vec<Box<dyn ToSql + Sync + Send>> =
            vec![Box::new(ids.to_vec()), Box::new(self.nodes)];
        self.rows(text, parameters, |row| row.try_get(0), stop).map(Some)
    }

    fn everything(&mut self, stop: &AtomicBool) -> Reply<(Vec<RawNode>, Vec<RawEdge>)> {
        let nodes = self.node_rows("", Vec::new(), stop)?;
        let text = format!("select {EDGE} from {}.atlas_edges", self.schema);
        let known = Arc::clone(&self.relations);
        let edges = self.rows(text, Vec::new(), move |row| raw_edge(row, &known), stop)?;
        Ok((nodes, edges))
    }
}
