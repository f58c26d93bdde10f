//! A graph into tables: a new schema is filled, then takes the place of the old one, all in one
//! transaction. Whoever is interrupted leaves nothing behind.

use super::VERSION;
use super::connection::Open;
use super::reading::quoted;
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, NodeIndex, keys_of};
use crate::remote::engine::Reply;
use crate::remote::records::{raw_edge, raw_node};
use crate::remote::server::Server;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::{ToSql, Type};
use postgres::{Client, Error};
use std::sync::atomic::AtomicBool;

/// The tables of a graph, and those who may stand in its schema.
const TABLES: [&str; 4] = ["atlas_meta", "atlas_nodes", "atlas_names", "atlas_edges"];

/// Saves a graph; what stood there is replaced.
pub(super) fn save(
    (server, graph): (&mut Server<Open>, &str),
    atlas: &Atlas,
    (head, rank): (String, Vec<u32>),
    stop: &AtomicBool,
) -> Reply<()> {
    let (new, old) = (quoted(&format!("{graph} (new)")), quoted(graph));
    let name = graph.to_owned();
    let other = server.ask(stop, move |open: &mut Open| Ok(foreign(&mut open.client, &name)?))?;
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
fn foreign(client: &mut Client, graph: &str) -> Result<Option<String>, Error> {
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
           kind text not null, dst bigint not null, at bigint not null, body json)"
    )
}

fn indices(schema: &str) -> String {
    format!(
        "alter table {schema}.atlas_nodes add primary key (no);
         create unique index on {schema}.atlas_nodes (id);
         create index on {schema}.atlas_nodes using gin (kinds);
         create index on {schema}.atlas_names (key, no);
         create index on {schema}.atlas_edges (src, kind) include (dst);
         create index on {schema}.atlas_edges (dst, kind) include (src);
         analyze {schema}.atlas_nodes; analyze {schema}.atlas_names; analyze {schema}.atlas_edges"
    )
}

/// Rows into a table, in binary form.
fn copy(
    client: &mut Client,
    table: &str,
    types: &[Type],
    write: impl FnOnce(&mut BinaryCopyInWriter<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let writer = client.copy_in(&format!("copy {table} from stdin (format binary)"))?;
    let mut writer = BinaryCopyInWriter::new(writer, types);
    write(&mut writer)?;
    writer.finish().map(drop)
}

fn fill(client: &mut Client, schema: &str, atlas: &Atlas, rank: &[u32]) -> Result<(), Error> {
    let all = || (0..atlas.node_bound()).map(NodeIndex::new);
    let texts = Type::TEXT_ARRAY;
    let types = [Type::INT8, Type::INT8, Type::TEXT, texts, Type::TEXT];
    copy(client, &format!("{schema}.atlas_nodes"), &types, |rows| {
        for node in all() {
            let own = raw_node(atlas, node, rank);
            let row: [&(dyn ToSql + Sync); 5] =
                [&own.number, &own.rank, &own.id, &own.kinds, &own.body];
            rows.write(&row)?;
        }
        Ok(())
    })?;
    copy(client, &format!("{schema}.atlas_names"), &[Type::TEXT, Type::INT8], |rows| {
        for node in all() {
            for key in keys_of(&atlas.seen(node)) {
                rows.write(&[&key, &(node.index() as i64)])?;
            }
        }
        Ok(())
    })?;
    let [number, text] = [Type::INT8, Type::TEXT];
    let types = [&number, &number, &text, &number, &number, &text].map(Clone::clone);
    copy(client, &format!("{schema}.atlas_edges"), &types, |rows| {
        for edge in (0..atlas.edge_bound()).map(EdgeIndex::new) {
            let own = raw_edge(atlas, edge);
            let relation = &atlas.relation_of(edge).name;
            let row: [&(dyn ToSql + Sync); 6] =
                [&own.number, &own.from, relation, &own.to, &own.offset, &own.body];
            rows.write(&row)?;
        }
        Ok(())
    })
}
