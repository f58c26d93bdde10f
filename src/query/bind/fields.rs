//! Fields: what conditions test, `sort by` orders and `select` shows.

use crate::analysis::{field_uses, field_values, is_used_by_nodes};
use crate::answer::{
    self, Answer, Body, COLUMNS, Listing, Names, Of, Path, Shape, column, edge_as_stored,
    told_on_path,
};
use crate::diagnostic::{Diagnostic, nearest, one_of};
use crate::graph::{Atlas, NodeIndex, composed, fold};
use crate::query::bind::arguments::Arguments;
use crate::query::bind::binder::{Binder, Expected, Meaning};
use crate::query::operator::Input;
use crate::query::syntax::{FieldName, Item, Token, span_of, words, written_field};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ops::Range;

/// A field with its name resolved.
#[derive(Debug, Clone)]
pub(crate) struct BoundField {
    /// As it was written, for headings.
    pub(crate) name: String,
    source: FieldSource,
}

/// Where a field's values come from.
#[derive(Debug, Clone)]
enum FieldSource {
    /// A column under which nodes stand.
    OfNode(&'static answer::Column),
    /// A property of nodes, or a part of one.
    Property,
    /// What every path has.
    OfPath(fn(&Atlas, &Path) -> Vec<Value>),
    /// A column, by its name.
    Column,
}

/// One of the things an answer lists.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ListedRow<'a> {
    Node(NodeIndex),
    Path(&'a Path),
    Cells(&'a [String], &'a [Value]),
}

type OfPath = fn(&Atlas, &Path) -> Vec<Value>;

/// What every path has: of its steps a value each.
const OF_PATHS: [(&str, OfPath); 8] = [
    ("length", |_, route| vec![route.hops.len().into()]),
    ("nodes", ids),
    ("id", ids),
    ("name", |atlas, route| of_steps(route, |node| atlas.node(node).name().into())),
    ("kind", |atlas, route| of_steps(route, |node| atlas.kind_words(node).into())),
    ("edge", |atlas, route| {
        let hops = route.nodes.iter().zip(&route.hops);
        let edges =
            hops.filter_map(|(left, hop)| Some(edge_as_stored(atlas, *hop.first()?, *left)));
        edges.map(Value::from).collect()
    }),
    ("sources", |atlas, route| {
        let edges = route.hops.iter().flatten();
        vec![distinct(edges.flat_map(|edge| atlas.edge(*edge).source_ids())).into()]
    }),
    ("details", |atlas, route| {
        let told = route.hops.iter().map(|hop| told_on_path(atlas, hop));
        told.filter(|told| !told.is_empty()).map(Value::from).collect()
    }),
];

fn ids(atlas: &Atlas, route: &Path) -> Vec<Value> {
    of_steps(route, |node| atlas.node(node).id.as_str().into())
}

fn of_steps(route: &Path, say: impl Fn(NodeIndex) -> Value) -> Vec<Value> {
    route.nodes.iter().map(|node| say(*node)).collect()
}

fn distinct<'a>(ids: impl Iterator<Item = &'a str>) -> usize {
    ids.collect::<BTreeSet<&str>>().len()
}

/// The field that lists of one value and of several share: nothing, the value, a list.
pub(crate) fn as_cell(mut values: Vec<Value>) -> Value {
    match values.len() {
        0 => Value::Null,
        1 => values.remove(0),
        _ => Value::Array(values),
    }
}

/// What an answer lists, in order.
pub(crate) fn rows(answer: &Answer) -> Vec<ListedRow<'_>> {
    match &answer.body {
        Body::Paths(paths) => paths.routes.iter().map(ListedRow::Path).collect(),
        Body::Table(table) => {
            table.rows.iter().map(|row| ListedRow::Cells(&table.columns, row)).collect()
        }
        _ => answer.nodes().into_iter().map(ListedRow::Node).collect(),
    }
}

impl BoundField {
    /// The field of a name that the rows of `input` have.
    pub(crate) fn bind(
        binder: Binder<'_>,
        input: &Input,
        field: &FieldName,
        span: &Range<usize>,
    ) -> Result<Self, Diagnostic> {
        binder.suggest(&[], Expected::Field(span, &|| known(binder, input)));
        let name = &in_use(binder.atlas, &field.name);
        let source = match input.shape {
            Shape::Paths => {
                OF_PATHS.iter().find(|(own, _)| own == name).map(|row| FieldSource::OfPath(row.1))
            }
            Shape::Table => {
                let columns = input.columns.clone();
                let same = |column: &String| fold(column) == fold(name);
                (columns.is_empty() || columns.iter().any(same)).then_some(FieldSource::Column)
            }
            _ => match column(name).filter(|column| column.of != Of::Property) {
                Some(column) => Some(FieldSource::OfNode(column)),
                None if is_property(binder.atlas, name) => {
                    Some(column(name).map_or(FieldSource::Property, FieldSource::OfNode))
                }
                None => None,
            },
        };
        match source {
            Some(source) => {
                binder.record(span, Meaning::Field);
                Ok(Self { name: name.clone(), source })
            }
            None if field.optional => {
                Ok(Self { name: name.clone(), source: FieldSource::Property })
            }
            None => Err(unknown(binder, input, name, span)),
        }
    }

    /// What its texts name.
    pub(crate) fn names(&self) -> Names {
        match self.source {
            FieldSource::OfNode(column) => column.names,
            _ => Names::Nothing,
        }
    }

    /// Its values in a row; none where it is missing.
    pub(crate) fn values(&self, listing: &Listing<'_>, row: ListedRow<'_>) -> Vec<Value> {
        let atlas = listing.atlas();
        let property = |node| {
            let values = field_values(&atlas.node(node).properties, &self.name);
            values.into_iter().cloned().collect()
        };
        match (&self.source, row) {
            (FieldSource::OfNode(column), ListedRow::Node(node)) => {
                let values = (column.cell)(listing, node).values(atlas);
                // A node may have a property that is called like a column.
                let silent = values.is_empty() && column.of != Of::Nodes;
                if silent { property(node) } else { values }
            }
            (FieldSource::Property, ListedRow::Node(node)) => match listing.taken(&self.name, node)
            {
                Some(taken) => vec![taken],
                None => property(node),
            },
            (FieldSource::OfPath(values), ListedRow::Path(route)) => values(atlas, route),
            (FieldSource::Column, ListedRow::Cells(columns, cells)) => {
                let at = columns.iter().position(|column| fold(column) == fold(&self.name));
                match at.and_then(|at| cells.get(at)) {
                    None | Some(Value::Null) => Vec::new(),
                    Some(Value::Array(list)) => list.clone(),
                    Some(value) => vec![value.clone()],
                }
            }
            _ => Vec::new(),
        }
    }
}

/// The name as the graph spells it, where that differs in canonical composition alone.
fn in_use(atlas: &Atlas, name: &str) -> String {
    if !name.is_ascii() && !is_property(atlas, name) {
        let wanted = composed(name);
        let used = field_uses(atlas).into_keys().find(|own| composed(own) == wanted);
        return used.unwrap_or_else(|| name.to_owned());
    }
    name.to_owned()
}

/// Does the schema declare it, or any node have it?
fn is_property(atlas: &Atlas, name: &str) -> bool {
    let declared = atlas.schema().fields.contains_key(name);
    declared || is_used_by_nodes(atlas, name)
}

/// Every field that the rows of `input` have.
fn known(binder: Binder<'_>, input: &Input) -> Vec<String> {
    match input.shape {
        Shape::Paths => OF_PATHS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        Shape::Table => input.columns.clone(),
        _ => {
            let own = COLUMNS.iter().filter(|column| column.of != Of::Property);
            let own = own.map(|column| column.name.to_owned()).filter(|name| !name.is_empty());
            let declared = binder.atlas.schema().fields.keys().cloned();
            own.chain(declared).chain(field_uses(binder.atlas).into_keys()).collect()
        }
    }
}

fn unknown(binder: Binder<'_>, input: &Input, name: &str, span: &Range<usize>) -> Diagnostic {
    let problem = binder.error("unknown-field", span, format!("there is no field `{name}` here"));
    if binder.is_observed() {
        return problem;
    }
    let known = known(binder, input);
    let parts: Vec<&str> = name.split(' ').collect();
    if parts.len() > 1 && parts.iter().all(|part| known.iter().any(|known| known == part)) {
        return problem.help(format!("put commas between fields: {}", parts.join(", ")));
    }
    if let Some(field) = name.strip_suffix(" descending") {
        return problem.help(format!("the word is `desc`: {field} desc"));
    }
    // `main-concern` without back quotes is a subtraction.
    let longer = known.iter().find(|known| known.starts_with(&format!("{name}-")));
    if let Some(longer) = longer {
        return problem.help(format!("in a condition write it in back quotes: `{longer}`"));
    }
    let near = nearest(name, known.iter().map(String::as_str)).into_iter().map(written_field);
    problem.instead_or(near, || match known.len() {
        0..=8 => format!("there are {}", one_of(&known)),
        _ => "`fields` lists them".to_owned(),
    })
}

/// The comma list of fields that stands behind a stage's word.
pub(crate) fn listed(
    arguments: &Arguments<'_>,
    input: &Input,
    items: &[Item],
) -> Result<Vec<BoundField>, Diagnostic> {
    parts(arguments, items)?.into_iter().map(|part| named(arguments, input, part)).collect()
}

/// How many fields a stage takes: each has a value for every row.
const FIELD_LIMIT: usize = 256;

/// The parts of a comma list of fields.
pub(crate) fn parts<'i>(
    arguments: &Arguments<'_>,
    items: &'i [Item],
) -> Result<Vec<&'i [Item]>, Diagnostic> {
    let parts: Vec<&[Item]> = items.split(|item| item.token == Token::Comma).collect();
    match parts.get(FIELD_LIMIT) {
        None => Ok(parts),
        Some(first) => {
            let (name, count) = (arguments.name, parts.len());
            let message = format!("`{name}` takes {FIELD_LIMIT} fields, but here are {count}");
            Err(arguments.misuse("too-many", &span_of(first), message))
        }
    }
}

/// One field that stands behind a stage's word.
pub(crate) fn named(
    arguments: &Arguments<'_>,
    input: &Input,
    items: &[Item],
) -> Result<BoundField, Diagnostic> {
    let binder = arguments.binder;
    match items {
        [Item { token: Token::Field(field), span }] => BoundField::bind(binder, input, field, span),
        [] => Err(arguments.misuse(
            "missing-operand",
            &arguments.after_verb(),
            format!("`{}` needs the name of a field", arguments.name),
        )),
        _ => match words(items) {
            Some(name) => {
                let field = FieldName { name, optional: false };
                BoundField::bind(binder, input, &field, &span_of(items))
            }
            None => {
                let message = "the name of a field must stand here".to_owned();
                Err(arguments.misuse("unexpected", &span_of(items), message))
            }
        },
    }
}
