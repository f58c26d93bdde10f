//! A graph into tables: a new schema is filled, then takes the place of the old one, all in one
//! transaction. Whoever is interrupted leaves nothing behind.

use super::VERSION;
use super::connection::Open;
use super::copying::Rows;
use super::spelling::{letters_of, quoted};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, NodeIndex, keys_of};
use crate::remote::engine::Reply;
use crate::remote::records::{Lines, edge_body, node_body};
use crate::remote::searched::{Searched, searched};
use crate::remote::server::Server;
use crate::remote::trouble::Trouble;
use postgres::Client;
use std::sync::atomic::AtomicBool;

/// The tables of a graph, and those who may stand in its schema.
const TABLES: [&str; 5] =
    ["atlas_meta", "atlas_nodes", "atlas_names", "atlas_edges", "atlas_search"];

/// Saves a graph; what stood there is replaced.
pub(super) fn save(
    (server, graph): (&mut Server<Open>, &str),
    atlas: &Atlas,
    (head, rank): (String, Vec<u32>),
    stop: &AtomicBool,
) -> Reply<()> {
    let (new, old) = (quoted(&format!("{graph} (new)")), quoted(graph));
    let name = graph.to_owned();
    let other = server.ask(stop, move |open: &mut Open| foreign(&mut open.client, &name))?;
    if let Some(name) = other {
        let told = &server.place.told;
        let message = format!("the schema `{graph}` of {told} holds something else: `{name}`");
        let problem = Diagnostic::new("not-saved", message).outside();
        return Err(problem.help("choose another name: `?graph=NAME`"));
    }
    let atlas = atlas.clone();
    server.ask(stop, move |open: &mut Open| {
        let client = &mut open.client;
        client.batch_execute("begin")?;
        client.batch_execute(&tables(&new))?;
        fill(client, &new, &atlas, &rank)?;
        let meta = format!(
            "insert into {new}.atlas_meta values ('version', $1::text::json), \
             ('head', $2::text::json), ('saved', to_json(pg_current_xact_id()::text))"
        );
        client.execute(&meta, &[&VERSION.to_string(), &head])?;
        client.batch_execute(&indices(&new))?;
        let swap = format!(
            "drop schema if exists {old} cascade; alter schema {new} rename to {old}; commit"
        );
        Ok(client.batch_execute(&swap)?)
    })
}

/// What stands in the schema and is not of a graph.
fn foreign(client: &mut Client, graph: &str) -> Result<Option<String>, Trouble> {
    let text = "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace \
                where n.nspname = $1 and c.relkind in ('r', 'v', 'm', 'f', 'p', 'S') \
                and not c.relname = any($2) limit 1";
    let row = client.query_opt(text, &[&graph, &TABLES.as_slice()])?;
    Ok(row.map(|row| row.get(0)))
}

fn tables(schema: &str) -> String {
    format!(
        "drop schema if exists {schema} cascade; create schema {schema};
         create table {schema}.atlas_meta (key text primary key, value json not null);
         create table {schema}.atlas_nodes (no bigint not null, rank bigint not null,
           id text collate \"C\" not null, kinds text[] not null, body json not null);
         create table {schema}.atlas_names (key text collate \"C\" not null, no bigint not null);
         create table {schema}.atlas_edges (no bigint not null, src bigint not null,
           kind text collate \"C\" not null, dst bigint not null, at bigint not null, body json);
         create table {schema}.atlas_search (no bigint not null, names text collate \"C\" not null,
           words bigint[] not null, texts text collate \"C\" not null)"
    )
}

fn indices(schema: &str) -> String {
    format!(
        "set local maintenance_work_mem = '256MB';
         alter table {schema}.atlas_nodes add primary key (no);
         create unique index on {schema}.atlas_nodes (id);
         create index on {schema}.atlas_nodes using gin (kinds);
         create index on {schema}.atlas_names (key, no);
         create index on {schema}.atlas_edges (src, kind) include (dst, no, at) where body is null;
         create index on {schema}.atlas_edges (dst, kind) include (src, no, at) where body is null;
         create index on {schema}.atlas_edges (src, kind) where body is not null;
         create index on {schema}.atlas_edges (dst, kind) where body is not null;
         analyze {schema}.atlas_nodes; analyze {schema}.atlas_names; analyze {schema}.atlas_edges"
    )
}

/// Fills the tables.
fn fill(client: &mut Client, schema: &str, atlas: &Atlas, rank: &[u32]) -> Result<(), Trouble> {
    let lines = Lines::of(atlas);
    let mut rows = Rows::begin(client, &format!("{schema}.atlas_edges"))?;
    for edge in (0..atlas.edge_bound()).map(EdgeIndex::new) {
        let (facts, (from, to)) = (atlas.edge(edge), atlas.ends(edge));
        rows.row(6)?.number(edge.index() as i64).number(from.index() as i64);
        rows.text(&atlas.schema().relations[facts.relation].name).number(to.index() as i64);
        rows.number(i64::from(lines.line(facts.place)));
        rows.maybe(edge_body(&facts).unwrap_or_default().as_deref());
    }
    rows.finish()?;
    let all = || (0..atlas.node_bound()).map(NodeIndex::new);
    let mut rows = Rows::begin(client, &format!("{schema}.atlas_nodes"))?;
    for node in all() {
        let facts = atlas.seen(node);
        let kinds = facts.kinds.iter().map(|kind| atlas.schema().kinds[*kind].name.as_str());
        let kinds: Vec<&str> = kinds.collect();
        rows.row(5)?.number(node.index() as i64).number(i64::from(rank[node.index()]));
        rows.text(&facts.id).texts(&kinds).text(&node_body(&lines, &facts).unwrap_or_default());
    }
    rows.finish()?;
    let mut rows = Rows::begin(client, &format!("{schema}.atlas_names"))?;
    for node in all() {
        for key in keys_of(&atlas.seen(node)) {
            rows.row(2)?.text(&key).number(node.index() as i64);
        }
    }
    rows.finish()?;
    let searched = searched(atlas);
    let mut rows = Rows::begin(client, &format!("{schema}.atlas_search"))?;
    for node in all() {
        let Searched { names, words, texts } = searched(node);
        let words: Vec<i64> = words.iter().map(|word| letters_of(word)).collect();
        rows.row(4)?.number(node.index() as i64).text(&names).numbers(&words).text(&texts);
    }
    rows.finish()
}
