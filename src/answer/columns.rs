//! The columns under which nodes stand: one table for what pages show, what files and JSON hold,
//! and what conditions, sorting, grouping and choosing take as fields. A row more is all of that.

use super::words::{later_layers, number, sources_in_words};
use super::{Cell, Listing};
use crate::analysis::{EFFORT, effort};
use crate::graph::{Atlas, NodeIndex};
use serde_json::Value;
use std::collections::BTreeSet;

/// A column under which nodes stand.
#[derive(Debug)]
pub struct Column {
    /// Its heading, and its name as a field; nothing for the field that a plan minimizes.
    pub name: &'static str,
    /// What it says, in a few words.
    pub summary: &'static str,
    /// What its texts name, so that one may write them as one writes that.
    pub names: Names,
    /// Whose it is.
    pub of: Of,
    /// The member of a JSON object that holds it, if no other member does.
    pub member: &'static str,
    /// How it reads behind a name, `{}` for the cell; nothing if it is not told there.
    pub aside: &'static str,
    /// What it says of a node.
    pub cell: fn(&Listing<'_>, NodeIndex) -> Cell,
    /// What a page shows, if that is not the cell in words.
    page: Option<fn(&Listing<'_>, NodeIndex) -> String>,
    /// What a file holds, if that is not the cell in words.
    file: Option<fn(&Atlas, NodeIndex) -> String>,
}

/// What the texts of a column name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Nothing that the graph knows.
    Nothing,
    /// Kinds.
    Kinds,
    /// Nodes.
    Nodes,
}

/// What has a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Every node by itself.
    Nodes,
    /// The rows of answers that tell it.
    Answers,
    /// The nodes that have the property of its name.
    Property,
}

const PLAIN: Column = Column {
    name: "",
    summary: "",
    names: Names::Nothing,
    of: Of::Answers,
    member: "",
    aside: "",
    cell: |_, _| Cell::Nothing,
    page: None,
    file: None,
};

/// All columns, in the order in which a page shows them.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "under",
        summary: "the milestone that needs it first",
        names: Names::Nodes,
        member: "under",
        cell: |listing, node| listing.under(node).map_or(Cell::Nothing, Cell::Node),
        ..PLAIN
    },
    Column {
        name: "name",
        summary: "its name, or its id",
        of: Of::Nodes,
        cell: |listing, node| Cell::Value(listing.atlas.name(node).into()),
        ..PLAIN
    },
    Column {
        name: "id",
        summary: "its id",
        of: Of::Nodes,
        cell: |listing, node| Cell::Value(listing.atlas.id(node).into()),
        // Where the name alone leads back to the node, nobody needs its id.
        page: Some(|listing, node| {
            let (id, name) = (listing.atlas.id(node), listing.atlas.name(node));
            let own = name == id || listing.atlas.is_alone(name, node);
            if own { String::new() } else { id.to_owned() }
        }),
        ..PLAIN
    },
    Column {
        name: "kind",
        summary: "its kinds",
        names: Names::Kinds,
        of: Of::Nodes,
        aside: "{}",
        cell: |listing, node| {
            let schema = listing.atlas.schema();
            let kinds = listing.atlas.kinds(node).iter();
            Cell::Values(kinds.map(|kind| schema.kinds[*kind].name.as_str().into()).collect())
        },
        ..PLAIN
    },
    Column {
        name: "aliases",
        summary: "its other names",
        of: Of::Nodes,
        cell: |listing, node| {
            let facts = listing.atlas.seen(node);
            Cell::Values(facts.aliases.iter().map(|alias| alias.as_str().into()).collect())
        },
        page: Some(|_, _| String::new()),
        ..PLAIN
    },
    Column {
        name: "relation",
        summary: "the relations by which what was asked about owns it, or it that",
        member: "relation",
        aside: "{}",
        cell: |listing, node| {
            Cell::Values(listing.owning(node).iter().map(|name| (*name).into()).collect())
        },
        // Where all are owned alike, it goes without saying.
        page: Some(|listing, node| {
            let alike = listing.is_owned_alike();
            if alike { String::new() } else { listing.owning(node).join(", ") }
        }),
        ..PLAIN
    },
    Column {
        name: "strength",
        summary: "`required`, or `recommended` only",
        member: "strength",
        aside: "{} (optional)",
        cell: |listing, node| Cell::of(listing.strength(node)),
        // What is needed goes without saying.
        page: Some(|listing, node| {
            let said = listing.strength(node).filter(|strength| *strength != "required");
            said.unwrap_or_default().to_owned()
        }),
        ..PLAIN
    },
    Column {
        name: "or instead",
        summary: "what else is listed of which one suffices",
        names: Names::Nodes,
        member: "instead",
        cell: |listing, node| match listing.plan() {
            Some(_) => Cell::Nothing,
            None => listing.instead(node),
        },
        ..PLAIN
    },
    Column {
        name: "instead of",
        summary: "the alternatives that a plan passed over",
        names: Names::Nodes,
        member: "instead",
        aside: "instead of {}",
        cell: |listing, node| match listing.plan() {
            Some(_) => listing.instead(node),
            None => Cell::Nothing,
        },
        ..PLAIN
    },
    Column {
        name: "learned together",
        summary: "the joint step of a plan that it belongs to",
        member: "together",
        aside: "together: {}",
        cell: |listing, node| {
            Cell::of(listing.together(node).map(|number| format!("step {number}")))
        },
        ..PLAIN
    },
    Column {
        aside: "{} {field}",
        cell: |listing, node| {
            let field = listing.spent().map(|spent| spent.field.as_str());
            let other = field.filter(|field| *field != EFFORT);
            Cell::of(other.and_then(|field| listing.taken(field, node)))
        },
        ..PLAIN
    },
    Column {
        name: EFFORT,
        summary: "what it takes; of several statements the median",
        of: Of::Property,
        member: EFFORT,
        aside: "{} {field}",
        cell: hours,
        // Only a plan adds them up.
        page: Some(|listing, node| match listing.plan() {
            Some(_) => hours(listing, node).words(listing.atlas),
            None => String::new(),
        }),
        ..PLAIN
    },
    Column {
        name: "layer",
        summary: "the layers that speak of it",
        of: Of::Nodes,
        cell: |listing, node| {
            let layers = listing.atlas.layers_of(node).iter();
            Cell::Values(
                layers.map(|layer| listing.atlas.layers()[*layer].as_str().into()).collect(),
            )
        },
        page: Some(|listing, node| later_layers(listing.atlas, listing.atlas.layers_of(node))),
        ..PLAIN
    },
    Column {
        name: "sources",
        summary: "how many distinct sources name it",
        of: Of::Nodes,
        cell: |listing, node| Cell::Value(source_count(listing.atlas, node).into()),
        page: Some(|listing, node| match source_count(listing.atlas, node) {
            0 => String::new(),
            count => count.to_string(),
        }),
        file: Some(|atlas, node| sources_in_words(&atlas.seen(node).sources)),
        ..PLAIN
    },
];

/// The columns that a file always has, first of all, in their order.
pub(super) const ALWAYS: [&str; 7] =
    ["id", "name", "kind", "aliases", "layer", "strength", "sources"];

impl Column {
    /// Its heading.
    #[must_use]
    pub fn heading<'a>(&'a self, listing: &Listing<'a>) -> &'a str {
        match listing.spent() {
            Some(spent) if self.name.is_empty() => &spent.field,
            _ => self.name,
        }
    }

    /// The cell as a page shows it; nothing where that has nothing to say.
    #[must_use]
    pub fn on_page(&self, listing: &Listing<'_>, node: NodeIndex) -> String {
        match self.page {
            Some(page) => page(listing, node),
            None => (self.cell)(listing, node).words(listing.atlas),
        }
    }

    /// What is said of a node behind its name.
    pub(super) fn beside(&self, listing: &Listing<'_>, node: NodeIndex) -> Option<String> {
        let words = Some(self.on_page(listing, node)).filter(|words| !words.is_empty())?;
        Some(self.aside.replace("{field}", self.heading(listing)).replace("{}", &words))
    }

    /// The cell as a file of rows holds it.
    #[must_use]
    pub fn in_file(&self, listing: &Listing<'_>, node: NodeIndex) -> Value {
        match (self.file, (self.cell)(listing, node)) {
            (Some(file), _) => file(listing.atlas, node).into(),
            (None, Cell::Value(value)) => value,
            (None, cell) => cell.words(listing.atlas).into(),
        }
    }
}

/// The column of a name, letter case and blanks aside.
#[must_use]
pub fn column(name: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| !column.name.is_empty() && column.name == name)
}

fn source_count(atlas: &Atlas, node: NodeIndex) -> usize {
    let facts = atlas.seen(node);
    let cited = facts.sources.iter().map(|cite| cite.source.as_str());
    cited.collect::<BTreeSet<&str>>().len()
}

fn hours(listing: &Listing<'_>, node: NodeIndex) -> Cell {
    let taken = listing.taken(EFFORT, node);
    Cell::of(taken.or_else(|| effort(listing.atlas, node).map(number)))
}

/// The members that JSON objects of nodes and steps have in any case.
const OF_OBJECTS: [&str; 10] = [
    "id",
    "kind",
    "name",
    "aliases",
    "layer",
    "properties",
    "sources",
    "recommended",
    "step",
    "nodes",
];

/// What the columns say of nodes that make one row, beyond what the nodes say themselves, by JSON
/// member.
#[must_use]
pub fn members<'a>(listing: &'a Listing<'a>, nodes: &[NodeIndex]) -> Vec<(&'a str, Value)> {
    let told = COLUMNS.iter().filter(|column| column.of != Of::Nodes);
    let told = told.filter_map(|column| {
        let member = match column.name {
            // A plan may minimize what is called as another column is.
            "" => Some(column.heading(listing))
                .filter(|name| COLUMNS.iter().all(|own| own.member != *name))?,
            _ => column.member,
        };
        let cells = nodes.iter().map(|node| (column.cell)(listing, *node));
        Some((member, Cell::joined(cells).json(listing.atlas)?))
    });
    told.filter(|(member, _)| !OF_OBJECTS.contains(member)).collect()
}
