//! Questions to the tables. Names of schemas are quoted, everything else is a parameter.

use super::VERSION;
use super::address::Address;
use super::connection::{Open, place};
use super::saving::save;
use super::spelling::{LETTER_BITS, letters_of, quoted};
use crate::graph::{Atlas, Head};
use crate::query::Sought;
use crate::remote::engine::Reply;
use crate::remote::kept::head_from;
use crate::remote::searched::held;
use crate::remote::server::Server;
use crate::remote::{Engine, RawEdge, RawNode, Side, Store};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Error, Row};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A graph in `PostgreSQL`.
pub(crate) struct Postgres {
    server: Server<Open>,
    /// What it is called, and the schema, quoted.
    graph: String,
    schema: String,
    /// How many nodes it has.
    nodes: i64,
    relations: Arc<HashMap<String, u32>>,
    names: Vec<String>,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").field("at", &self.server.place.told).finish_non_exhaustive()
    }
}

impl Postgres {
    /// Opens the graph at an address.
    pub(crate) fn open(address: &Address, stop: &AtomicBool) -> Reply<Self> {
        Ok(Self {
            server: Server::open(place(address), stop)?,
            graph: address.graph.clone(),
            schema: quoted(&address.graph),
            nodes: 0,
            relations: Arc::default(),
            names: Vec::new(),
        })
    }

    /// Rows of a question, each made into something.
    fn rows<T: Send + 'static>(
        &mut self,
        text: String,
        parameters: Vec<Box<dyn ToSql + Sync + Send>>,
        made: impl Fn(&Row) -> Result<T, Error> + Send + Sync + 'static,
        stop: &AtomicBool,
    ) -> Reply<Vec<T>> {
        self.server.ask(stop, move |open| {
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

/// Edges of one relation, a list for each of what is held of them.
fn raw_edges(row: &Row, relations: &HashMap<String, u32>) -> Result<Vec<RawEdge>, Error> {
    let relation: &str = row.try_get(0)?;
    let relation = relations.get(relation).copied();
    let [numbers, from, to, offsets] = [1, 2, 3, 4].map(|at| row.try_get::<_, Vec<i64>>(at));
    let bodies: Option<Vec<Option<String>>> = row.try_get(5)?;
    let bodies = bodies.unwrap_or_default().into_iter().chain(std::iter::repeat(None));
    let ends = from?.into_iter().zip(to?);
    let rows = numbers?.into_iter().zip(ends).zip(offsets?.into_iter().zip(bodies));
    Ok(rows
        .map(|((number, (from, to)), (offset, body))| RawEdge {
            number,
            from,
            to,
            relation,
            offset,
            body,
        })
        .collect())
}

impl Engine for Postgres {
    fn begin(&mut self, stop: &AtomicBool) -> Reply<()> {
        self.server.begin(stop)
    }

    fn head(&mut self, stop: &AtomicBool) -> Reply<Head> {
        let exists = self.rows(
            "select to_regclass($1) is not null".to_owned(),
            vec![Box::new(format!("{}.atlas_meta", self.schema))],
            |row| row.try_get::<_, bool>(0),
            stop,
        )?;
        let mut found = HashMap::new();
        if exists == [true] {
            let text = format!("select key, value::text from {}.atlas_meta", self.schema);
            let pair = |row: &Row| Ok((row.try_get(0)?, row.try_get(1)?));
            found.extend(self.rows(text, Vec::new(), pair, stop)?);
        }
        let (told, graph) = (&self.server.place.told, &self.graph);
        let (head, saved) = head_from(&found, VERSION, &format!("graph `{graph}` of {told}"))?;
        self.server.saved = Some(saved);
        self.nodes = head.counts[0] as i64;
        self.names = head.schema.relations.iter().map(|own| own.name.clone()).collect();
        self.relations = Arc::new(self.names.iter().cloned().zip(0..).collect());
        Ok(head)
    }

    fn numbers(&self) -> Vec<i64> {
        (0..self.nodes).collect()
    }

    fn nodes(&mut self, numbers: &[i64], stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        self.node_rows("where no = any($1)", vec![Box::new(numbers.to_vec())], stop)
    }

    fn named(&mut self, keys: &[String], stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let rest =
            format!("where no in (select no from {}.atlas_names where key = any($1))", self.schema);
        self.node_rows(&rest, vec![Box::new(keys.to_vec())], stop)
    }

    fn beginning(&mut self, start: &str, most: usize, stop: &AtomicBool) -> Reply<Vec<RawNode>> {
        let rest = format!(
            "where no in (select no from {}.atlas_names where key >= $1 and key < $2 \
             order by key, no limit $3)",
            self.schema
        );
        let end = format!("{start}\u{10ffff}");
        let parameters: Vec<Box<dyn ToSql + Sync + Send>> = vec![
            Box::new(start.to_owned()),
            Box::new(end),
            Box::new(i64::try_from(most).unwrap_or(i64::MAX)),
        ];
        self.node_rows(&rest, parameters, stop)
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
            vec![Box::new(nodes.to_vec()), Box::new(i64::try_from(most).unwrap_or(i64::MAX))];
        let of = relations.map_or("", |relations| {
            // Of one alone an index finds nothing else.
            if let [only] = relations {
                parameters.push(Box::new(self.names[*only as usize].clone()));
                return "and kind = $3";
            }
            let names = relations.iter().map(|own| self.names[*own as usize].clone());
            parameters.push(Box::new(names.collect::<Vec<String>>()));
            "and kind = any($3)"
        });
        // Most say no more than their relation: an index alone answers that.
        let part = |body: &str, which: &str| {
            format!(
                "(select no, src, kind, dst, at, {body} as body from {}.atlas_edges \
                 where {end} = any($1) {of} and body is {which} limit $2)",
                self.schema
            )
        };
        // A row for each takes its reader longer than it takes to find them.
        let text = format!(
            "select kind, array_agg(no), array_agg(src), array_agg(dst), array_agg(at), \
             case when count(body) > 0 then array_agg(body) end \
             from ({} union all {}) found group by kind, no >> 16",
            part("null::text", "null"),
            part("body::text", "not null")
        );
        let known = Arc::clone(&self.relations);
        let lists = self.rows(text, parameters, move |row| raw_edges(row, &known), stop)?;
        Ok(lists.into_iter().flatten().collect())
    }

    fn sought(&mut self, sought: &Sought, stop: &AtomicBool) -> Reply<Vec<i64>> {
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
        self.rows(text, parameters, |row| row.try_get(0), stop)
    }

    fn places(&mut self, ids: &[String], stop: &AtomicBool) -> Reply<Vec<i64>> {
        let text = format!(
            "select coalesce((select no from {}.atlas_nodes where id >= own order by id limit 1), $2) \
             from unnest($1::text[]) with ordinality as asked (own, at) order by at",
            self.schema
        );
        let parameters: Vec<Box<dyn ToSql + Sync + Send>> =
            vec![Box::new(ids.to_vec()), Box::new(self.nodes)];
        self.rows(text, parameters, |row| row.try_get(0), stop)
    }
}

impl Store for Postgres {
    fn save(&mut self, atlas: &Atlas, kept: (String, Vec<u32>), stop: &AtomicBool) -> Reply<()> {
        save((&mut self.server, &self.graph), atlas, kept, stop)
    }
}
