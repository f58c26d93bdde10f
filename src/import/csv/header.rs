//! The header of a sheet: what it says of each column, and what its words mean.

use super::bad_quotes;
use super::columns::{CellType, ColumnMeaning, SheetColumn, SheetColumns, TYPES, column};
use super::rows::{Cells, SheetRow};
use crate::data::roles::{
    ALIASES, AMOUNTS, KIND, NAME, PREREQUISITES, RELATION, SOURCES, TITLES,
    is_header as is_header_of,
};
use crate::diagnostic::{Diagnostic, Note};
use crate::graph::{fold, spelling};
use crate::import::intake::Intake;
use crate::import::reading::Reading;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How many rows are looked at for a header below a title, and for names that repeat.
const LOOKED_AT: usize = 20;

/// How many of these headers say what a sheet of nodes or edges holds.
fn known<'h>(headers: impl Iterator<Item = &'h str>) -> usize {
    let words = ["id", "from", "to", "source", "target"];
    let known = headers.map(str::trim).filter(|header| {
        [TITLES, PREREQUISITES, AMOUNTS].iter().any(|words| is_header_of(words, header))
            || words.iter().any(|word| word.eq_ignore_ascii_case(header))
    });
    known.count()
}

/// Does a text of unknown name begin as a sheet does?
pub(super) fn is_known<'h>(headers: impl Iterator<Item = &'h str> + Clone, content: &str) -> bool {
    let names: Vec<String> =
        headers.map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let ends = has("from") && has("to") || has("source") && has("target");
    let topics = || known(names.iter().map(String::as_str)) > 1;
    ends || has("id")
        || has("_id") && has("_labels")
        || names.iter().any(|name| name.contains(":id") || name.contains(":start_id"))
        || content.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("sep="))
        || topics()
}

/// Refuses lines above the header, such as a title over all columns.
fn is_below_a_title(intake: &mut Intake<'_>, cells: Cells<'_>, first: &SheetRow) -> bool {
    let filled = |row: &SheetRow| row.record.iter().filter(|cell| !cell.trim().is_empty()).count();
    if filled(first) > 1 {
        return false;
    }
    let mut rows = cells.rows();
    let _ = rows.next();
    for _ in 0..LOOKED_AT {
        let Some(Ok(row)) = rows.next() else { return false };
        if filled(row) > 1 && known(row.record.iter()) > 1 {
            let (line, _) = intake.line_and_column(row.span(0).start);
            let title = first.record.iter().position(|cell| !cell.trim().is_empty());
            let message = format!("the columns are named on line {line}, below a title");
            let help = "take the lines above the header away: the first row names the columns";
            refuse(intake, first.span(title.unwrap_or(0)), &message, help);
            return true;
        }
    }
    false
}

/// A column whose meaning was said.
fn said(header: &str, meaning: &str) -> SheetColumn {
    let place = |meaning| (meaning, "", CellType::Text);
    let text = |name| (ColumnMeaning::Property, name, CellType::Text);
    let (meaning, name, cells) = match meaning {
        "id" => place(ColumnMeaning::Id),
        "from" => place(ColumnMeaning::From),
        "to" => place(ColumnMeaning::To),
        "name" => place(ColumnMeaning::Title),
        "prerequisites" => (ColumnMeaning::Needs, header, CellType::Text),
        "ignored" => (ColumnMeaning::Ignored, header, CellType::Text),
        "relation" => text(RELATION[0]),
        "kind" => text(KIND[0]),
        "aliases" => text(ALIASES),
        "sources" => text(SOURCES),
        "property" => (ColumnMeaning::Property, header, CellType::Guess),
        amount => (ColumnMeaning::Property, amount, CellType::Guess),
    };
    SheetColumn { is_said: true, ..SheetColumn::new(header, name, meaning, cells) }
}

/// Reads the header; problems are noted, and then there is no sheet.
pub(super) fn read_header(
    intake: &mut Intake<'_>,
    cells: Cells<'_>,
    reading: &mut Reading,
) -> Option<SheetColumns> {
    let mut rows = cells.rows();
    let row = match rows.next() {
        Some(Ok(header)) => header,
        Some(Err(span)) => {
            bad_quotes(intake, span);
            return None;
        }
        None => {
            let problem = Diagnostic::new("bad-csv", "this sheet is empty");
            intake.problem(0..0, problem.help("its first line names the columns"));
            return None;
        }
    };
    if is_below_a_title(intake, cells, row) {
        return None;
    }
    let columns = columns(intake, row, reading)?;
    if is_of_two(intake, &columns, row) {
        return None;
    }
    let mut sheet = roles(columns, cells);
    sheet.start = row.span(0).start;
    if is_twice(intake, &sheet, row) {
        return None;
    }
    let has = |meaning| sheet.has(meaning);
    let node = has(ColumnMeaning::Id) || has(ColumnMeaning::Title);
    let missing = match (node, has(ColumnMeaning::From), has(ColumnMeaning::To)) {
        (_, true, true) | (true, false, false) => return Some(sheet),
        (_, true, false) => "this sheet of edges has no column `to`, `target` or `:END_ID`",
        (_, false, true) => "this sheet of edges has no column `from`, `source` or `:START_ID`",
        (false, false, false) => "this sheet has no column that says which node a row is about",
    };
    let titles = TITLES.replace(' ', "`, `");
    let help = format!(
        "nodes have a column `id`, or one of `{titles}`; edges have `from` and `to`, and `kind` for the relation"
    );
    let problem = Diagnostic::new("bad-csv", missing).help(help);
    let map = " HEADER=MEANING` says what a column means, such as `Thema=name`";
    intake.problem(row.span(0), problem.help(Note::naming("`", "map", map)));
    None
}

/// Is this a header of Neo4j's, or does it name ids or ends as others do?
pub(super) fn is_header(row: &SheetRow) -> bool {
    let cells = || row.record.iter().map(str::trim);
    let has = |wanted: &str| cells().any(|cell| cell.eq_ignore_ascii_case(wanted));
    let declares = |cell: &str| {
        column(cell)
            .is_some_and(|column| column.meaning != ColumnMeaning::Property && cell.contains(':'))
    };
    has("id") || has("from") && has("to") || has("source") && has("target") || cells().any(declares)
}

/// The columns as their headers declare them.
fn columns(
    intake: &mut Intake<'_>,
    row: &SheetRow,
    reading: &mut Reading,
) -> Option<Vec<SheetColumn>> {
    let mut columns = Vec::new();
    let empty = row.record.iter().rev().take_while(|cell| cell.trim().is_empty()).count();
    let count = row.record.len() - empty;
    for (at, cell) in row.record.iter().take(count).enumerate() {
        let cell = cell.trim();
        if cell.is_empty() {
            refuse(intake, row.span(at), "this column has no name", "name it, or take it away");
        } else if let Some(meaning) = reading.meaning(cell) {
            columns.push(said(cell, meaning));
        } else if let Some(column) = column(cell) {
            columns.push(column);
        } else {
            let types: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
            let help = format!("types are {}; `[]` behind one makes lists", types.join(", "));
            refuse(intake, row.span(at), &format!("`{cell}` ends in no type that is known"), &help);
        }
    }
    (columns.len() == count).then_some(columns)
}

/// Is a column there twice?
fn is_twice(intake: &mut Intake<'_>, sheet: &SheetColumns, row: &SheetRow) -> bool {
    let mut seen = HashSet::new();
    let mut found = false;
    for (at, column) in sheet.columns.iter().enumerate() {
        let named = matches!(column.meaning, ColumnMeaning::Property | ColumnMeaning::Needs);
        let name = if named || column.keeps_id() { column.name.as_str() } else { "" };
        // Several columns of Neo4j's are parts of one id.
        let is_part = column.is_of_neo4j() && name.is_empty();
        let twice = !seen.insert((column.meaning, name)) && !is_part
            || column.keeps_id() && !seen.insert((ColumnMeaning::Property, name));
        if twice && column.meaning != ColumnMeaning::Ignored {
            let message = format!("the column `{}` stands twice", row.record[at].trim());
            intake.problem(row.span(at), Diagnostic::new("duplicate-key", message));
            found = true;
        }
    }
    found
}

/// Refuses columns that name two nodes: a row is about one.
fn is_of_two(intake: &mut Intake<'_>, columns: &[SheetColumn], row: &SheetRow) -> bool {
    for meaning in [ColumnMeaning::Id, ColumnMeaning::From, ColumnMeaning::To] {
        let mut same = (0..columns.len()).filter(|at| columns[*at].meaning == meaning);
        let Some(first) = same.next() else { continue };
        let Some(second) = same.find(|at| columns[*at].space != columns[first].space) else {
            continue;
        };
        let [one, other] = [first, second].map(|at| row.record[at].trim());
        let message =
            format!("`{one}` and `{other}` are ids of two spaces, but a row is about one node");
        let help = "make a sheet for each, and one of edges between them";
        refuse(intake, row.span(second), &message, help);
        return true;
    }
    false
}

fn refuse(intake: &mut Intake<'_>, span: Range<usize>, message: &str, help: &str) {
    intake.problem(span, Diagnostic::new("bad-csv", message).help(help));
}

/// Gives plain columns their meanings: ends, or else the id; then those that name kind, name,
/// relation and so on are text and written small.
fn roles(mut columns: Vec<SheetColumn>, cells: Cells<'_>) -> SheetColumns {
    let raw: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let is_mixed = apoc(&mut columns);
    let neo4j =
        columns.iter().any(|column| column.meaning != ColumnMeaning::Property && !column.is_said);
    let is = |column: &SheetColumn, name: &str| {
        column.meaning == ColumnMeaning::Property
            && !column.is_said
            && column.name.eq_ignore_ascii_case(name)
    };
    let has = |name: &str| columns.iter().any(|column| is(column, name));
    let ends = [["from", "to"], ["source", "target"]];
    let both = ends.iter().find(|[from, to]| has(from) && has(to));
    // One end alone may be meant as one, but not beside what names a topic: `source` is a book there.
    let titled = columns.iter().any(|column| {
        column.meaning == ColumnMeaning::Title
            || is(column, &column.name) && is_header_of(TITLES, &column.header)
    });
    let one = ends.iter().find(|[from, to]| (has(from) || has(to)) && !has("id") && !titled);
    let pair = both.or(one).filter(|_| !neo4j);
    for (at, meaning) in [ColumnMeaning::From, ColumnMeaning::To].into_iter().enumerate() {
        for column in &mut columns {
            if pair.is_some_and(|names| is(column, names[at])) {
                column.meaning = meaning;
                column.name.clear();
            }
        }
    }
    if pair.is_none() && !neo4j {
        for column in columns.iter_mut().filter(|column| is(column, "id")) {
            column.meaning = ColumnMeaning::Id;
            column.name.clear();
        }
        topics(&mut columns, cells);
    }
    let is_end = |meaning| matches!(meaning, ColumnMeaning::From | ColumnMeaning::To);
    let edges = columns.iter().any(|column| is_end(column.meaning));
    name_beside_ids(&mut columns);
    name_roles(&mut columns, edges, neo4j && !is_mixed, is_mixed);
    let [ends_of_gephi, is_of_gephi] = of_gephi(&raw);
    let composite = composite(&columns);
    SheetColumns {
        start: 0,
        columns,
        has_directions: edges && !neo4j,
        ends_of_gephi,
        is_of_gephi,
        is_mixed,
        composite,
    }
}

/// Ids in parts: what several columns say together.
fn composite(columns: &[SheetColumn]) -> Vec<ColumnMeaning> {
    let count = |meaning| columns.iter().filter(|column| column.meaning == meaning).count();
    let mut ids = vec![ColumnMeaning::Id, ColumnMeaning::From, ColumnMeaning::To];
    ids.retain(|meaning| count(*meaning) > 1);
    ids
}

/// Are the ends named as Gephi names them, and is it a sheet of Gephi's?
fn of_gephi(raw: &[String]) -> [bool; 2] {
    let names = |name: &str| raw.iter().any(|column| column == name);
    let ends = names("Source") && names("Target");
    [ends, ends && names("Type") && GEPHI.into_iter().any(names)]
}

/// What APOC calls the columns of its sheet, which has nodes and edges.
const APOC: [(&str, ColumnMeaning); 5] = [
    ("_id", ColumnMeaning::Id),
    ("_labels", ColumnMeaning::Kinds),
    ("_start", ColumnMeaning::From),
    ("_end", ColumnMeaning::To),
    ("_type", ColumnMeaning::Relation),
];

/// Gives APOC's columns their meanings, if they are there.
fn apoc(columns: &mut [SheetColumn]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column.name == name && !column.is_said);
    if !APOC.iter().all(|(name, _)| has(name)) {
        return false;
    }
    for column in columns.iter_mut().filter(|column| !column.is_said) {
        if let Some((_, meaning)) = APOC.iter().find(|(name, _)| *name == column.name) {
            column.meaning = *meaning;
            column.name.clear();
        }
    }
    true
}

/// Writes what names kind, name, relation and so on small; such columns are text.
fn name_roles(columns: &mut [SheetColumn], edges: bool, neo4j: bool, is_mixed: bool) {
    let words: Vec<&str> = if edges && !is_mixed {
        RELATION.into_iter().chain([SOURCES]).collect()
    } else {
        KIND.into_iter().chain(NAME).chain([ALIASES, SOURCES]).collect()
    };
    for column in columns.iter_mut().filter(|column| column.meaning == ColumnMeaning::Property) {
        if column.cells != CellType::Guess || column.is_said {
            continue;
        }
        if let Some(word) = words.iter().find(|word| word.eq_ignore_ascii_case(&column.name)) {
            (*word).clone_into(&mut column.name);
            column.cells = CellType::Text;
        } else if neo4j {
            column.cells = CellType::Text;
        }
    }
}

/// What Gephi calls further columns of a sheet of edges.
const GEPHI: [&str; 4] = ["Id", "Label", "Weight", "timeset"];

/// Finds in a sheet of nodes what names a topic, what it needs and how much it takes.
fn topics(columns: &mut [SheetColumn], cells: Cells<'_>) {
    let is_open = |column: &SheetColumn| {
        column.meaning == ColumnMeaning::Property
            && !column.is_said
            && column.cells == CellType::Guess
    };
    for column in columns.iter_mut().filter(|column| is_open(column)) {
        if is_header_of(PREREQUISITES, &column.header) {
            column.meaning = ColumnMeaning::Needs;
        } else if is_header_of(AMOUNTS, &column.header) {
            column.name = fold(&column.header);
        }
    }
    let has = |columns: &[SheetColumn], meaning| columns.iter().any(|own| own.meaning == meaning);
    let named = columns.iter().any(|column| {
        NAME.iter().any(|name| name.eq_ignore_ascii_case(&column.header)) && is_open(column)
    });
    let [id, needs, title] = [ColumnMeaning::Id, ColumnMeaning::Needs, ColumnMeaning::Title]
        .map(|meaning| has(columns, meaning));
    if title || id && (named || !needs) {
        return;
    }
    let words = TITLES.split(' ').enumerate();
    let mut titles: Vec<(usize, usize)> = words
        .flat_map(|(rank, word)| {
            let fits = |at: &usize| is_open(&columns[*at]) && fold(&columns[*at].header) == word;
            (0..columns.len()).filter(fits).map(move |at| (rank, at)).collect::<Vec<_>>()
        })
        .collect();
    if titles.len() > 1 {
        // Beside `module`, which repeats, `course` may be what a row is about, or the reverse.
        let repeated = repeated(cells);
        titles.sort_by_key(|(rank, at)| (repeated.get(at).copied().unwrap_or(0), *rank));
    }
    if let Some((_, at)) = titles.first() {
        columns[*at].meaning = ColumnMeaning::Title;
        columns[*at].cells = CellType::Text;
    }
}

/// How many cells of each column repeat another.
fn repeated(cells: Cells<'_>) -> HashMap<usize, usize> {
    let (mut seen, mut repeated) = (HashSet::new(), HashMap::new());
    let mut rows = cells.rows();
    let mut looked_at = 0;
    while let Some(Ok(row)) = rows.next() {
        for (at, cell) in row.record.iter().enumerate() {
            let twice = !cell.trim().is_empty() && !seen.insert((at, spelling(cell)));
            *repeated.entry(at).or_default() += usize::from(twice);
        }
        looked_at += 1;
        if looked_at > LOOKED_AT {
            break;
        }
    }
    repeated
}

/// Where rows have ids, a column that was found or said to hold names is the nodes' name.
fn name_beside_ids(columns: &mut [SheetColumn]) {
    if columns.iter().any(|column| column.meaning == ColumnMeaning::Id) {
        for column in columns.iter_mut().filter(|column| column.meaning == ColumnMeaning::Title) {
            column.meaning = ColumnMeaning::Property;
            NAME[0].clone_into(&mut column.name);
            column.cells = CellType::Text;
        }
    }
}
