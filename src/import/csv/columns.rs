//! What the header of a sheet says: which column means what, and of what type its cells are.

use super::Row;
use crate::data::roles::{ALIASES, KIND, NAME, RELATION, SOURCES};
use crate::diagnostic::Diagnostic;
use crate::import::intake::Intake;
use std::collections::HashSet;
use std::ops::Range;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Id,
    From,
    To,
    /// Labels, in Neo4j's words.
    Kinds,
    Relation,
    Property,
    Ignored,
}

/// Of what type a column's cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellType {
    Text,
    Whole,
    Number,
    /// Numbers with a comma for a point.
    Comma,
    Truth,
    /// What all its values are.
    Guess,
}

/// One column.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) meaning: Meaning,
    pub(super) cells: CellType,
    /// Do its cells hold lists?
    pub(super) list: bool,
    /// The space its ids are from: equal ids of two spaces are different nodes.
    space: Option<String>,
}

impl Column {
    /// The id of a cell, told apart from those of other spaces.
    pub(super) fn in_space(&self, id: &str) -> String {
        self.space.as_ref().map_or_else(|| id.to_owned(), |space| format!("{space}/{id}"))
    }

    /// `personId:ID` is an id and a property.
    pub(super) fn keeps_id(&self) -> bool {
        self.meaning == Meaning::Id && !self.name.is_empty()
    }
}

/// What a sheet holds.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) columns: Vec<Column>,
    /// May a column `type` say that an edge is undirected?
    pub(super) has_directions: bool,
    /// Are the ends called as Gephi calls them?
    pub(super) ends_of_gephi: bool,
    /// Does its header tell that Gephi has written it?
    pub(super) is_of_gephi: bool,
}

impl Sheet {
    /// Has the row a cell for each column? Empty ones behind them are what spreadsheets leave.
    pub(super) fn fits(&self, row: &Row) -> bool {
        let columns = self.columns.len();
        row.record.len() >= columns
            && row.record.iter().skip(columns).all(|cell| cell.trim().is_empty())
    }
}

/// Types of Neo4j's bulk import; those of time and space stay text.
const TYPES: [(&str, CellType); 18] = [
    ("string", CellType::Text),
    ("char", CellType::Text),
    ("int", CellType::Whole),
    ("integer", CellType::Whole),
    ("long", CellType::Whole),
    ("short", CellType::Whole),
    ("byte", CellType::Whole),
    ("float", CellType::Number),
    ("double", CellType::Number),
    ("number", CellType::Number),
    ("boolean", CellType::Truth),
    ("point", CellType::Text),
    ("date", CellType::Text),
    ("localtime", CellType::Text),
    ("time", CellType::Text),
    ("localdatetime", CellType::Text),
    ("datetime", CellType::Text),
    ("duration", CellType::Text),
];

/// Words behind a colon that are no types.
const PLACES: [(&str, Meaning); 6] = [
    ("ID", Meaning::Id),
    ("START_ID", Meaning::From),
    ("END_ID", Meaning::To),
    ("LABEL", Meaning::Kinds),
    ("TYPE", Meaning::Relation),
    ("IGNORE", Meaning::Ignored),
];

/// Reads the header; problems are noted, and then there is no sheet.
pub(super) fn read_header(intake: &mut Intake<'_>, row: &Row) -> Option<Sheet> {
    let mut columns = Vec::new();
    let empty = row.record.iter().rev().take_while(|cell| cell.trim().is_empty()).count();
    let count = row.record.len() - empty;
    for (at, cell) in row.record.iter().take(count).enumerate() {
        let cell = cell.trim();
        if cell.is_empty() {
            refuse(intake, row.span(at), "this column has no name", "name it, or take it away");
        } else if let Some(column) = column(cell) {
            columns.push(column);
        } else {
            let types: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
            let help = format!("types are {}; `[]` behind one makes lists", types.join(", "));
            refuse(intake, row.span(at), &format!("`{cell}` ends in no type that is known"), &help);
        }
    }
    if columns.len() < count {
        return None;
    }
    if is_composite(intake, &columns, row) {
        return None;
    }
    let mut whole = true;
    let sheet = roles(columns);
    let mut seen = HashSet::new();
    for (at, column) in sheet.columns.iter().enumerate() {
        let property = column.meaning == Meaning::Property || column.keeps_id();
        let name = if property { column.name.as_str() } else { "" };
        let twice = !seen.insert((column.meaning, name))
            || column.keeps_id() && !seen.insert((Meaning::Property, name));
        if twice && column.meaning != Meaning::Ignored {
            let message = format!("the column `{}` stands twice", row.record[at].trim());
            intake.problem(row.span(at), Diagnostic::new("duplicate-key", message));
            whole = false;
        }
    }
    if !whole {
        return None;
    }
    let has = |meaning| sheet.columns.iter().any(|column| column.meaning == meaning);
    let missing = match (has(Meaning::Id), has(Meaning::From), has(Meaning::To)) {
        (_, true, true) | (true, false, false) => return Some(sheet),
        (_, true, false) => "this sheet of edges has no column `to`, `target` or `:END_ID`",
        (_, false, true) => "this sheet of edges has no column `from`, `source` or `:START_ID`",
        (false, false, false) => "this sheet has no column that says which node a row is about",
    };
    let help = "nodes have a column `id`; edges have `from` and `to`, and `kind` for the relation";
    refuse(intake, row.span(0), missing, help);
    None
}

/// Refuses two columns that name one node together, or two nodes: a row is about one.
fn is_composite(intake: &mut Intake<'_>, columns: &[Column], row: &Row) -> bool {
    for meaning in [Meaning::Id, Meaning::From, Meaning::To] {
        let mut same = (0..columns.len()).filter(|at| columns[*at].meaning == meaning);
        let (Some(first), Some(second)) = (same.next(), same.next()) else { continue };
        let [one, other] = [first, second].map(|at| row.record[at].trim());
        let (message, help) = if columns[first].space == columns[second].space {
            let message =
                format!("`{one}` and `{other}` are a composite id, which is not read here");
            (message, "put both into one column, in the same way in sheets of nodes and of edges")
        } else {
            let message =
                format!("`{one}` and `{other}` are ids of two spaces, but a row is about one node");
            (message, "make a sheet for each, and one of edges between them")
        };
        refuse(intake, row.span(second), &message, help);
        return true;
    }
    false
}

/// What Gephi calls further columns of a sheet of edges.
const GEPHI: [&str; 4] = ["Id", "Label", "Weight", "timeset"];

fn refuse(intake: &mut Intake<'_>, span: Range<usize>, message: &str, help: &str) {
    intake.problem(span, Diagnostic::new("bad-csv", message).help(help));
}

/// A column as its cell declares it: `name`, `name:type`, `name:type[]`, `:ID(Space)` …; `None`
/// if the part behind the colon is not known.
fn column(cell: &str) -> Option<Column> {
    let plain = |name: &str, meaning, cells| Column {
        name: name.to_owned(),
        meaning,
        cells,
        list: false,
        space: None,
    };
    let Some((name, declared)) = cell.split_once(':') else {
        return Some(plain(cell, Meaning::Property, CellType::Guess));
    };
    // Options in braces say how Neo4j should keep the values.
    let declared = match declared.split_once('{') {
        Some((word, options)) => &format!("{word}{}", options.split_once('}')?.1),
        None => declared,
    };
    let (word, space) = match declared.split_once('(') {
        Some((word, space)) => (word, Some(space.strip_suffix(')')?.to_owned())),
        None => (declared, None),
    };
    if let Some((_, meaning)) = PLACES.iter().find(|(known, _)| *known == word) {
        let spaced = matches!(meaning, Meaning::Id | Meaning::From | Meaning::To);
        let space = space.filter(|space| spaced && !space.is_empty());
        if space.as_ref().is_some_and(|space| space.contains('\0')) {
            return None;
        }
        return Some(Column { space, ..plain(name, *meaning, CellType::Text) });
    }
    let list = declared.ends_with("[]");
    let declared = declared.trim_end_matches("[]").to_lowercase();
    let (_, cells) = TYPES.iter().find(|(known, _)| *known == declared)?;
    let named = !name.is_empty() && space.is_none();
    named.then(|| Column { list, ..plain(name, Meaning::Property, *cells) })
}

/// Gives plain columns their meanings: ends, or else the id; then those that name kind, name,
/// relation and so on are text and written small.
fn roles(mut columns: Vec<Column>) -> Sheet {
    let raw: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let neo4j = columns.iter().any(|column| column.meaning != Meaning::Property);
    let is = |column: &Column, name: &str| {
        column.meaning == Meaning::Property && column.name.eq_ignore_ascii_case(name)
    };
    let has = |name: &str| columns.iter().any(|column| is(column, name));
    let ends = [["from", "to"], ["source", "target"]];
    let both = ends.iter().find(|[from, to]| has(from) && has(to));
    let one = ends.iter().find(|[from, to]| (has(from) || has(to)) && !has("id"));
    let pair = both.or(one).filter(|_| !neo4j);
    for (at, meaning) in [Meaning::From, Meaning::To].into_iter().enumerate() {
        for column in &mut columns {
            if pair.is_some_and(|names| is(column, names[at])) {
                column.meaning = meaning;
                column.name.clear();
            }
        }
    }
    if pair.is_none() && !neo4j {
        for column in columns.iter_mut().filter(|column| is(column, "id")) {
            column.meaning = Meaning::Id;
            column.name.clear();
        }
    }
    let edges = columns.iter().any(|column| matches!(column.meaning, Meaning::From | Meaning::To));
    let words: Vec<&str> = if edges {
        RELATION.into_iter().chain([SOURCES]).collect()
    } else {
        KIND.into_iter().chain(NAME).chain([ALIASES, SOURCES]).collect()
    };
    for column in columns.iter_mut().filter(|column| column.meaning == Meaning::Property) {
        if column.cells != CellType::Guess {
            continue;
        }
        if let Some(word) = words.iter().find(|word| word.eq_ignore_ascii_case(&column.name)) {
            (*word).clone_into(&mut column.name);
            column.cells = CellType::Text;
        } else if neo4j {
            column.cells = CellType::Text;
        }
    }
    let names = |name: &str| raw.iter().any(|column| column == name);
    let ends_of_gephi = names("Source") && names("Target");
    let is_of_gephi = ends_of_gephi && names("Type") && GEPHI.into_iter().any(names);
    Sheet { columns, has_directions: edges && !neo4j, ends_of_gephi, is_of_gephi }
}
