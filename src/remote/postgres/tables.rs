//! Tables that are there already, read whole as a file says what they mean. Names are quoted, and
//! looked up before: nothing of the file reaches the server as text.

use super::address::Address;
use super::connection::{Open, opening};
use super::spelling::quoted;
use crate::data::{COLUMNS, MappedTable, PlacedText, TableMap};
use crate::diagnostic::{Diagnostic, Note, nearest, one_of};
use crate::remote::engine::Reply;
use crate::remote::link::Link;
use crate::remote::trouble::Trouble;
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, Row};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How many tables are looked at for one that may be meant.
const TABLES: i64 = 1_000;

/// The tables of a database as a native graph file, a row a line; at most so many edges.
pub(crate) fn tables(
    address: &Address,
    map: TableMap,
    most: usize,
    stop: &AtomicBool,
) -> Reply<String> {
    let told = |trouble: Trouble| trouble.problem(&address.told(), super::connection::PASSWORD);
    let mut link = Link::open(&opening(address), stop)?.map_err(told)?;
    let work = move |open: &mut Open| {
        let client = &mut open.client;
        client.batch_execute("begin isolation level repeatable read read only")?;
        let mut lines = [Vec::new(), Vec::new()];
        for table in &map.tables {
            let left = most.saturating_sub(lines[1].len());
            match rows(client, table, if table.is_nodes { usize::MAX } else { left })? {
                Ok(rows) => lines[usize::from(!table.is_nodes)].extend(rows),
                Err(problem) => return Ok(Err(problem)),
            }
        }
        client.batch_execute("commit")?;
        // A table has no order.
        lines.iter_mut().for_each(|lines| lines.sort_unstable());
        let schema = map.schema.as_deref().unwrap_or("{}");
        let [nodes, edges] = lines.map(|lines| lines.join(",\n"));
        Ok(Ok(format!(
            "{{\"atlas\": 1, \"schema\": {schema},\n\"nodes\": [\n{nodes}\n],\n\"edges\": [\n{edges}\n]}}\n"
        )))
    };
    let work: crate::remote::link::Work<Open, Reply<String>> = Arc::new(work);
    link.run(&work, stop)?.map_err(told)?
}

/// The rows of a table, each as a native file has it.
fn rows(
    client: &mut Client,
    table: &MappedTable,
    most: usize,
) -> Result<Reply<Vec<String>>, Trouble> {
    let (name, known) = match found(client, &table.name)? {
        Ok(found) => found,
        Err(problem) => return Ok(Err(problem)),
    };
    let cells = COLUMNS.iter().filter_map(|key| Some((*key, table.said.get(key)?)));
    let cells: Vec<(&str, &PlacedText)> = cells.collect();
    let properties = properties(table, &known);
    let columns = cells.iter().map(|(_, said)| *said);
    let mut columns = columns.chain(properties.iter().map(|(_, said)| said));
    if let Some(column) = columns.find(|column| !known.contains(&column.text)) {
        let message = format!("the table `{}` has no column `{}`", table.name.text, column.text);
        let near = nearest(&column.text, known.iter().map(String::as_str));
        let problem = Diagnostic::new("bad-map", message).at(column.place.clone());
        let otherwise = format!("it has {}", one_of(&known));
        return Ok(Err(problem.suggest(near.first(), &otherwise)));
    }
    let text = statement(&name, &cells, &properties);
    let most_rows = i64::try_from(most).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = client.query_raw(&text, [most_rows])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        match line(table, &cells, &row)? {
            Ok(line) => lines.extend(line),
            Err(problem) => return Ok(Err(problem)),
        }
    }
    if lines.len() > most {
        let message =
            format!("the tables hold more edges than may be fetched: `{}`", table.name.text);
        let help = Note::naming("`", "limit-fetch", " EDGES` raises that");
        return Ok(Err(Diagnostic::new("fetch-limit", message).help(help)));
    }
    Ok(Ok(lines))
}

/// The properties of rows, and the columns that hold them.
fn properties(table: &MappedTable, known: &[String]) -> Vec<(String, PlacedText)> {
    if let Some(properties) = &table.properties {
        return properties.clone();
    }
    let means = |column: &String| {
        COLUMNS.iter().filter_map(|key| table.said.get(key)).any(|said| said.text == *column)
    };
    let said = |column: &String| PlacedText { text: column.clone(), ..table.name.clone() };
    let others = known.iter().filter(|column| !means(column));
    others.map(|column| (column.clone(), said(column))).collect()
}

/// What asks for rows: the cells, then the properties as an object.
fn statement(
    name: &str,
    cells: &[(&str, &PlacedText)],
    properties: &[(String, PlacedText)],
) -> String {
    let cell = |(key, said): &(&str, &PlacedText)| {
        let column = quoted(&said.text);
        if *key == "aliases" {
            format!("to_json({column})::text")
        } else {
            format!("{column}::text")
        }
    };
    let mut wanted: Vec<String> = cells.iter().map(cell).collect();
    let values =
        properties.iter().map(|(key, said)| format!("{} as {}", quoted(&said.text), quoted(key)));
    let values: Vec<String> = values.collect();
    wanted.push(if values.is_empty() {
        "null::text".to_owned()
    } else {
        format!("(select row_to_json(own)::text from (select {}) own)", values.join(", "))
    });
    format!("select {} from {name} limit $1", wanted.join(", "))
}

/// A row as a native file has it; none for an edge without an end.
fn line(
    table: &MappedTable,
    cells: &[(&str, &PlacedText)],
    row: &Row,
) -> Result<Reply<Option<String>>, Trouble> {
    let mut values: BTreeMap<&str, String> = BTreeMap::new();
    for (at, (key, _)) in cells.iter().enumerate() {
        values.extend(row.try_get::<_, Option<String>>(at)?.map(|value| (*key, value)));
    }
    let word = |key: &str| table.said.get(key).map(|said| said.text.clone());
    let of = |key: &str, column: &str| values.get(column).cloned().or_else(|| word(key));
    let prefixed = |key: &str, prefix: &str| {
        values.get(key).map(|value| word(prefix).unwrap_or_default() + value)
    };
    let mut line = Map::new();
    let mut set = |key: &str, value: Option<String>| {
        line.extend(value.map(|value| (key.to_owned(), Value::from(value))));
    };
    if table.is_nodes {
        set("id", prefixed("id", "prefix"));
        set("kind", of("kind", "kind-column"));
        set("name", values.get("name").cloned());
    } else {
        let ends = (prefixed("from", "from-prefix"), prefixed("to", "to-prefix"));
        let (Some(from), Some(to)) = ends else { return Ok(Ok(None)) };
        set("from", Some(from));
        set("kind", of("relation", "relation-column"));
        set("to", Some(to));
    }
    let lacking = if table.is_nodes { ["id", "kind"] } else { ["kind", "kind"] };
    if let Some(key) = lacking.into_iter().find(|key| !line.contains_key(*key)) {
        let message = format!("a row of `{}` has no {key}: {}", table.name.text, json!(line));
        let problem = Diagnostic::new("bad-map", message).at(table.name.place.clone());
        return Ok(Err(problem.help(format!("`{key}` beside the column is for rows without one"))));
    }
    let aliases = values.get("aliases").and_then(|text| serde_json::from_str::<Value>(text).ok());
    if let Some(aliases) = aliases {
        let list = if aliases.is_array() { aliases } else { json!([aliases]) };
        line.insert("aliases".to_owned(), list);
    }
    let line = json!(line).to_string();
    let properties: Option<String> = row.try_get(cells.len())?;
    Ok(Ok(Some(properties.map_or(line.clone(), |own| with_properties(&line, &own)))))
}

/// A line with an object of properties, of which those that are null are left out.
fn with_properties(line: &str, properties: &str) -> String {
    let own: BTreeMap<String, &RawValue> = serde_json::from_str(properties).unwrap_or_default();
    let own: BTreeMap<_, _> = own.into_iter().filter(|(_, raw)| raw.get() != "null").collect();
    let own = serde_json::to_string(&own).unwrap_or_default();
    format!("{}, \"properties\": {own}}}", &line[..line.len() - 1])
}

/// A table as SQL has it, and its columns.
fn found(client: &mut Client, said: &PlacedText) -> Result<Reply<(String, Vec<String>)>, Trouble> {
    let parts = said.text.split_once('.').map(|(schema, own)| quoted(schema) + "." + &quoted(own));
    let text = "select attname::text from pg_attribute \
                where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attnum";
    for name in [Some(quoted(&said.text)), parts].into_iter().flatten() {
        let columns: Vec<String> =
            client.query(text, &[&name])?.iter().map(|row| row.get(0)).collect();
        if !columns.is_empty() {
            return Ok(Ok((name, columns)));
        }
    }
    let text = "select case when pg_table_is_visible(c.oid) then relname::text \
                else nspname || '.' || relname end from pg_class c \
                join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'v', 'm', 'f', 'p') \
                and nspname !~ '^pg_' and nspname <> 'information_schema' order by 1 limit $1";
    let tables: Vec<String> =
        client.query(text, &[&TABLES])?.iter().map(|row| row.get(0)).collect();
    let problem = Diagnostic::new("bad-map", format!("there is no table `{}`", said.text));
    let near = nearest(&said.text, tables.iter().map(String::as_str));
    let otherwise = match tables.as_slice() {
        [] => "this database has no tables that this user sees".to_owned(),
        some => format!("there are {}", one_of(some.iter().take(10))),
    };
    Ok(Err(problem.at(said.place.clone()).suggest(near.first(), &otherwise)))
}
