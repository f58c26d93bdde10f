//! The columns of a sheet: what each means, and of what type its cells are.

use super::rows::SheetRow;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ColumnMeaning {
    Id,
    From,
    To,
    /// Labels, in Neo4j's words.
    Kinds,
    Relation,
    /// What the topic of a row is called.
    Title,
    /// Names of what the row needs.
    Needs,
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
    /// How much something takes: numbers, and text where there is none.
    Amount,
    /// What all its values are.
    Guess,
}

/// One column.
#[derive(Debug, Clone)]
pub(super) struct SheetColumn {
    /// Its header as it stands in the sheet.
    pub(super) header: String,
    pub(super) name: String,
    pub(super) meaning: ColumnMeaning,
    pub(super) cells: CellType,
    /// Do its cells hold lists?
    pub(super) list: bool,
    /// The space its ids are from: equal ids of two spaces are different nodes.
    pub(super) space: Option<String>,
    /// Is it said, and not told from the header, what it means?
    pub(super) is_said: bool,
}

impl SheetColumn {
    /// A column of single values, by what its header tells.
    pub(super) fn new(header: &str, name: &str, meaning: ColumnMeaning, cells: CellType) -> Self {
        let (header, name) = (header.to_owned(), name.to_owned());
        Self { header, name, meaning, cells, list: false, space: None, is_said: false }
    }

    /// The id of a cell, told apart from those of other spaces.
    pub(super) fn in_space(&self, id: &str) -> String {
        self.space.as_ref().map_or_else(|| id.to_owned(), |space| format!("{space}/{id}"))
    }

    /// Does its header say, as Neo4j's do, that it holds an id or a part of one?
    pub(super) fn is_of_neo4j(&self) -> bool {
        let ids =
            matches!(self.meaning, ColumnMeaning::Id | ColumnMeaning::From | ColumnMeaning::To);
        ids && !self.is_said && self.header.contains(':')
    }

    /// `personId:ID` is an id and a property.
    pub(super) fn keeps_id(&self) -> bool {
        self.meaning == ColumnMeaning::Id && !self.name.is_empty()
    }
}

/// What a sheet holds.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
#[derive(Debug, Clone)]
pub(super) struct SheetColumns {
    /// Where its header begins.
    pub(super) start: usize,
    pub(super) columns: Vec<SheetColumn>,
    /// May a column `type` say that an edge is undirected?
    pub(super) has_directions: bool,
    /// Are the ends called as Gephi calls them?
    pub(super) ends_of_gephi: bool,
    /// Does its header tell that Gephi has written it?
    pub(super) is_of_gephi: bool,
    /// Is a row a node or an edge, whichever its cells say, as in APOC's sheets?
    pub(super) is_mixed: bool,
    /// What several columns say together: composite ids.
    pub(super) composite: Vec<ColumnMeaning>,
}

impl SheetColumns {
    /// Is each row a topic, with what it needs or with a name alone?
    pub(super) fn has_topics(&self) -> bool {
        self.has(ColumnMeaning::Title)
            || self.has(ColumnMeaning::Id) && self.has(ColumnMeaning::Needs)
    }

    pub(super) fn has(&self, meaning: ColumnMeaning) -> bool {
        self.columns.iter().any(|column| column.meaning == meaning)
    }

    /// Has the row a cell for each column? Empty ones behind them are what spreadsheets leave.
    pub(super) fn fits(&self, row: &SheetRow) -> bool {
        let named = |column: &SheetColumn| {
            matches!(column.meaning, ColumnMeaning::Id | ColumnMeaning::From | ColumnMeaning::To)
        };
        // Workbooks leave empty cells out: what a row is about must not be one of them.
        let columns = if row.may_be_short {
            self.columns.iter().rposition(named).map_or(0, |last| last + 1)
        } else {
            self.columns.len()
        };
        row.record.len() >= columns
            && row.record.iter().skip(self.columns.len()).all(|cell| cell.trim().is_empty())
    }
}

/// Types of Neo4j's bulk import; those of time and space stay text.
pub(super) const TYPES: [(&str, CellType); 18] = [
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
const PLACES: [(&str, ColumnMeaning); 6] = [
    ("ID", ColumnMeaning::Id),
    ("START_ID", ColumnMeaning::From),
    ("END_ID", ColumnMeaning::To),
    ("LABEL", ColumnMeaning::Kinds),
    ("TYPE", ColumnMeaning::Relation),
    ("IGNORE", ColumnMeaning::Ignored),
];

/// A column as its cell declares it: `name`, `name:type`, `name:type[]`, `:ID(Space)` …; `None`
/// if the part behind the colon is not known.
pub(super) fn column(cell: &str) -> Option<SheetColumn> {
    let plain = |name: &str, meaning, cells| SheetColumn::new(cell, name, meaning, cells);
    let Some((name, declared)) = cell.split_once(':') else {
        return Some(plain(cell, ColumnMeaning::Property, CellType::Guess));
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
        let spaced = matches!(meaning, ColumnMeaning::Id | ColumnMeaning::From | ColumnMeaning::To);
        let space = space.filter(|space| spaced && !space.is_empty());
        if space.as_ref().is_some_and(|space| space.contains('\0')) {
            return None;
        }
        return Some(SheetColumn { space, ..plain(name, *meaning, CellType::Text) });
    }
    let list = declared.ends_with("[]");
    let declared = declared.trim_end_matches("[]").to_lowercase();
    let (_, cells) = TYPES.iter().find(|(known, _)| *known == declared)?;
    let named = !name.is_empty() && space.is_none();
    named.then(|| SheetColumn { list, ..plain(name, ColumnMeaning::Property, *cells) })
}
