//! What tables of a database mean: which hold nodes, which edges, and what their columns are.

use super::json::{Member, Reader};
use super::native::{missing, unknown};
use super::yaml::to_json;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::graph::Builder;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a file says, and where.
#[derive(Debug, Clone)]
pub(crate) struct PlacedText {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// A table whose rows are nodes, or edges.
#[derive(Debug, Clone)]
pub(crate) struct MappedTable {
    pub(crate) is_nodes: bool,
    pub(crate) name: PlacedText,
    /// Columns, and words for all rows, by what they are.
    pub(crate) said: BTreeMap<&'static str, PlacedText>,
    /// Properties and the columns that hold them; none for all that mean nothing else.
    pub(crate) properties: Option<Vec<(String, PlacedText)>>,
}

/// What tables mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableMap {
    /// Kinds and relations, as native files have them.
    pub(crate) schema: Option<String>,
    pub(crate) tables: Vec<MappedTable>,
}

/// What members say a column; the others are words for all rows.
pub(crate) const COLUMNS: [&str; 7] =
    ["id", "name", "aliases", "kind-column", "from", "to", "relation-column"];
const NODES: [&str; 8] =
    ["table", "id", "name", "aliases", "kind", "kind-column", "prefix", "properties"];
const EDGES: [&str; 8] = [
    "table",
    "from",
    "to",
    "relation",
    "relation-column",
    "from-prefix",
    "to-prefix",
    "properties",
];
const LISTS: [&str; 3] = ["schema", "nodes", "edges"];

impl TableMap {
    /// Reads such a file, in YAML or JSON.
    ///
    /// # Errors
    /// Every problem, each with its place.
    pub(crate) fn read(text: &Arc<Text>) -> Result<Self, Vec<Diagnostic>> {
        let (json, origin) =
            to_json(text, 0..text.content.len()).map_err(|problem| vec![problem])?;
        // A builder without facts collects the problems.
        let mut builder = Builder::new();
        let file = builder.begin_file(text, "");
        let mut reader = Reader::of_yaml(&mut builder, &json, file, &origin);
        let mut map = Self::default();
        let like = "it has `nodes` and `edges`, lists of tables and what their columns are";
        for member in reader.root("a map of tables", like).map_or(Vec::new(), |(_, all)| all) {
            match member.key.as_ref() {
                "schema" => map.schema = Some(member.value.to_owned()),
                list @ ("nodes" | "edges") => {
                    for slice in reader.array(member.value, "tables").unwrap_or_default() {
                        map.tables.extend(table(&mut reader, text, slice, list == "nodes"));
                    }
                }
                _ => unknown(&mut reader, &member, "a map of tables", &LISTS),
            }
        }
        builder.finish().map(|_| map)
    }
}

fn table<'t>(
    reader: &mut Reader<'_, 't>,
    text: &Arc<Text>,
    slice: &'t str,
    is_nodes: bool,
) -> Option<MappedTable> {
    let known = if is_nodes { &NODES } else { &EDGES };
    let members = reader.object(slice, "a table")?;
    let (mut said, mut properties) = (BTreeMap::new(), None);
    for member in members {
        match known.iter().find(|known| **known == member.key) {
            Some(&"properties") => properties = columns(reader, text, &member),
            Some(key) => {
                said.extend(word(reader, text, key, member.value).map(|word| (*key, word)));
            }
            None => unknown(reader, &member, "a table", known),
        }
    }
    let wanted = if is_nodes { ["table", "id", "kind"] } else { ["table", "from", "to"] };
    let mut lacking: Vec<&str> = wanted.into_iter().filter(|key| !said.contains_key(key)).collect();
    lacking.retain(|key| *key != "kind" || !said.contains_key("kind-column"));
    if !is_nodes && !said.contains_key("relation") && !said.contains_key("relation-column") {
        lacking.push("relation");
    }
    lacking.iter().for_each(|key| missing(reader, slice, "table", key));
    let name = said.remove("table").filter(|_| lacking.is_empty())?;
    Some(MappedTable { is_nodes, name, said, properties })
}

fn word<'t>(
    reader: &mut Reader<'_, 't>,
    text: &Arc<Text>,
    key: &str,
    slice: &'t str,
) -> Option<PlacedText> {
    let place = Place::fitted(text, reader.span(slice));
    let text = reader.string(slice, &format!("`{key}`"))?;
    Some(PlacedText { text, place })
}

/// A list of columns, or properties with the columns that hold them.
fn columns<'t>(
    reader: &mut Reader<'_, 't>,
    text: &Arc<Text>,
    member: &Member<'t>,
) -> Option<Vec<(String, PlacedText)>> {
    if member.value.starts_with('{') {
        let members = reader.object(member.value, "`properties`")?;
        let pair = |own: Member<'t>| {
            Some((own.key.to_string(), word(reader, text, "properties", own.value)?))
        };
        return Some(members.into_iter().filter_map(pair).collect());
    }
    let items = reader.array(member.value, "`properties`")?;
    let words = items.into_iter().filter_map(|item| word(reader, text, "properties", item));
    Some(words.map(|word| (word.text.clone(), word)).collect())
}

#[cfg(test)]
mod tests {
    use super::TableMap;
    use crate::diagnostic::Text;

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        let read = |text: &str| TableMap::read(&Text::new("map.yaml", text));
        let good = "nodes:\n- {table: skills, id: code, kind: skill, properties: {hours: h}}\n\
                    edges:\n- {table: needs, from: a, to: b, relation-column: how}\n";
        let map = read(good).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(map.tables.len(), 2);
        for (text, code, line) in [
            ("nodes: 7", "wrong-type", 1),
            ("nods: []", "unknown-member", 1),
            ("nodes:\n- {table: t, id: a}", "missing-member", 2),
            ("edges:\n- {table: t, from: a, to: b}", "missing-member", 2),
            ("nodes:\n- table: t\n  id: a\n  kind: k\n  tabel: x", "unknown-member", 5),
            ("nodes:\n- {table: t, id: [a], kind: k}", "wrong-type", 2),
            ("nodes: [", "bad-yaml", 1),
        ] {
            let problem = read(text).expect_err(text).swap_remove(0);
            let place = problem.place.as_ref().expect(text);
            assert_eq!((problem.code, place.line_and_column().0), (code, line), "{text}");
        }
    }
}
