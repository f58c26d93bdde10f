//! CSV: a file with a column `id`, or with one that names topics, holds nodes, one with `from` and
//! `to` (or `source` and `target`) edges. Headers of Neo4j's bulk import are understood, and what
//! Gephi writes. A workbook's sheet is read in the same way.

mod apart;
mod columns;
#[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "only workbooks have grids"))]
mod grid;
mod header;
mod prerequisites;
mod rows;
mod told;
mod topics;
mod values;

#[cfg(feature = "xlsx")]
pub(super) use grid::{Grid, Misplaced};

use self::columns::{CellType, ColumnMeaning, SheetColumn, SheetColumns};
use self::header::read_header;
use self::rows::{Cells, SheetRow};
use self::topics::Topics;
use self::values::{amount, guess_types, tell_references, with_point};
use super::intake::{Intake, loose_number, no_direction, number, whole_number};
use super::{Importer, Reading, Reads};
use crate::data::roles::{colons, items};
use crate::data::sheets::delimiter;
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::{EdgeFacts, FilePlace, NodeFacts, Properties};
use serde_json::Value;
use std::ops::Range;

pub(super) const IMPORTER: Importer = Importer {
    name: "csv",
    extensions: &["csv", "tsv"],
    summary: "a sheet of nodes or of edges, with a header line",
    reads: Reads::Text {
        recognises: |content| {
            let first = content.lines().next().unwrap_or_default();
            header::is_known(first.split(delimiter(first) as char), content)
        },
        read: |builder, text, layer, reading| {
            let mut intake = Intake::new(builder, text, layer);
            let (content, before) = intake.content();
            read(&mut intake, Cells::of_text(content, before), reading);
        },
    },
};

/// A sheet of a workbook: its cells, the text that stands for them, and what is to be told of it.
#[cfg(feature = "xlsx")]
pub(super) struct GridSheet {
    pub(super) text: std::sync::Arc<crate::diagnostic::Text>,
    pub(super) grid: Grid,
    pub(super) notes: Vec<String>,
}

/// Reads a sheet of a workbook.
#[cfg(feature = "xlsx")]
pub(super) fn read_grid(
    builder: &mut crate::graph::Builder,
    sheet: &GridSheet,
    layer: &str,
    reading: &mut Reading,
) {
    sheet.notes.iter().for_each(|note| builder.note(format!("{}: {note}", sheet.text.name)));
    let mut intake = Intake::new(builder, &sheet.text, layer);
    read(&mut intake, Cells::of_grid(&sheet.text.content, &sheet.grid), reading);
}

fn read(intake: &mut Intake<'_>, cells: Cells<'_>, reading: &mut Reading) {
    let (mut sheet, cells) = match apart::header_of(intake, cells, reading) {
        Some(found) => found,
        None => match read_header(intake, cells, reading) {
            Some(sheet) => (sheet, cells),
            None => return,
        },
    };
    apart::keep(intake, &sheet, cells, reading);
    guess_types(cells.rows(), &mut sheet, intake);
    if !cells.is_headless {
        tell_references(cells.rows(), &sheet, intake);
    }
    read_rows(intake, cells, &sheet, reading);
}

fn read_rows(
    intake: &mut Intake<'_>,
    cells: Cells<'_>,
    sheet: &SheetColumns,
    reading: &mut Reading,
) {
    let mut topics = sheet.has_topics().then(|| Topics::new(intake));
    let mut rows = cells.rows();
    rows.skip_header();
    while let Some(row) = rows.next() {
        match row {
            Ok(row) if !sheet.fits(row) => {
                let message = format!(
                    "this row has {} cells, but the header has {}",
                    row.record.len(),
                    sheet.columns.len()
                );
                let problem = Diagnostic::new("bad-csv", message)
                    .help("put a cell that holds the separator into quotes");
                intake.problem(row.span(0), problem);
            }
            Ok(row) => {
                let Some(mut said) = read_row(intake, sheet, row) else { continue };
                said.name_composites(sheet, reading);
                match &mut topics {
                    Some(topics) => topics.add(intake, said, row),
                    None => said.bring(intake),
                }
            }
            // Behind an open quote nothing can be told apart.
            Err(span) => return bad_quotes(intake, span),
        }
    }
    if let Some(topics) = topics {
        topics.bring(intake, sheet);
    }
}

fn bad_quotes(intake: &mut Intake<'_>, span: Range<usize>) {
    let message = "the quote of this cell is not closed, or text follows it";
    let problem = Diagnostic::new("bad-csv", message);
    intake.problem(span, problem.help("a quote inside quotes is written twice: \"5\"\" disk\""));
}

/// A part of a composite id, told apart from the next one.
fn part_of_id(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}

/// What the cells of one row say.
#[derive(Default)]
struct RowFacts {
    id: Option<(String, FilePlace)>,
    /// A composite id as one column says it.
    joined: String,
    ends: [Option<(String, FilePlace)>; 2],
    kinds: Vec<String>,
    relation: String,
    properties: Properties,
    /// The name of a topic, and the column it stands in.
    title: Option<(String, usize)>,
    /// Columns whose cells name what the row needs.
    needs: Vec<usize>,
    /// Properties with the columns they stand in.
    columns: Vec<(String, usize)>,
}

const NEITHER: &str =
    "this row is neither a node, with `_id`, nor an edge, with `_start` and `_end`";

/// What a row says, if that can be brought.
fn read_row(intake: &mut Intake<'_>, sheet: &SheetColumns, row: &SheetRow) -> Option<RowFacts> {
    let topics = sheet.has_topics();
    let mut said = RowFacts::default();
    for (at, (column, cell)) in sheet.columns.iter().zip(&row.record).enumerate() {
        let text = cell.trim();
        match column.meaning {
            ColumnMeaning::Ignored => {}
            ColumnMeaning::Id | ColumnMeaning::From | ColumnMeaning::To
                if sheet.is_mixed && text.is_empty() => {}
            ColumnMeaning::Id | ColumnMeaning::From | ColumnMeaning::To => {
                let (span, text) = (row.span(at), row.id(at));
                if !intake.is_id(text, "an id", span.clone()) {
                    return None;
                }
                said.take_id(sheet, column, text, intake.place(span.start));
            }
            ColumnMeaning::Kinds => said.kinds = colons(text).unwrap_or_else(|| items(text)),
            ColumnMeaning::Relation => text.clone_into(&mut said.relation),
            ColumnMeaning::Property | ColumnMeaning::Needs | ColumnMeaning::Title
                if text.is_empty() => {}
            ColumnMeaning::Title => said.title = Some((text.to_owned(), at)),
            ColumnMeaning::Needs => said.needs.push(at),
            ColumnMeaning::Property => match value(column, cell) {
                Some(value) => {
                    said.properties.insert(column.name.clone(), value);
                    if topics {
                        said.columns.push((column.name.clone(), at));
                    }
                }
                None => misfit(intake, column, text, row.span(at)),
            },
        }
    }
    if !said.is_about_one(sheet) {
        intake.problem(row.span(0), Diagnostic::new("bad-csv", NEITHER));
        return None;
    }
    let brought = !sheet.has_directions || is_directed(intake, &mut said, row);
    brought.then_some(said)
}

impl RowFacts {
    /// Takes an id, or a part of one.
    fn take_id(&mut self, sheet: &SheetColumns, column: &SheetColumn, text: &str, at: FilePlace) {
        if column.keeps_id() {
            self.properties.insert(column.name.clone(), text.into());
        }
        if column.meaning == ColumnMeaning::Id {
            self.joined.push_str(text);
        }
        let part = self.part(column.meaning);
        *part = Some(match part.take() {
            // A part of a composite id.
            Some((id, place)) => (id + "/" + &part_of_id(text), place),
            None if sheet.composite.contains(&column.meaning) => {
                (column.in_space(&part_of_id(text)), at)
            }
            None => (column.in_space(text), at),
        });
    }

    /// What a column of ids says.
    fn part(&mut self, meaning: ColumnMeaning) -> &mut Option<(String, FilePlace)> {
        match meaning {
            ColumnMeaning::From => &mut self.ends[0],
            ColumnMeaning::To => &mut self.ends[1],
            _ => &mut self.id,
        }
    }

    /// Keeps how one column says a composite id, and finds those that this row's ends are said so.
    fn name_composites(&mut self, sheet: &SheetColumns, reading: &mut Reading) {
        let composes = |meaning| sheet.composite.contains(&meaning);
        let space = sheet.columns.iter().find(|column| column.meaning == ColumnMeaning::Id);
        if let (Some((id, _)), Some(column)) = (&self.id, space)
            && composes(ColumnMeaning::Id)
        {
            let known = reading.composite.entry(column.in_space(&self.joined));
            known.and_modify(|other| *other = None).or_insert_with(|| Some(id.clone()));
        }
        for (end, meaning) in self.ends.iter_mut().zip([ColumnMeaning::From, ColumnMeaning::To]) {
            if let Some((id, _)) = end
                && !composes(meaning)
                && let Some(Some(whole)) = reading.composite.get(id)
            {
                id.clone_from(whole);
            }
        }
    }

    /// Is it a node or an edge? In a sheet of both, a row may be neither.
    fn is_about_one(&self, sheet: &SheetColumns) -> bool {
        let ends = self.ends.iter().flatten().count();
        !sheet.is_mixed || ends == 2 || ends == 0 && self.id.is_some()
    }

    /// Hands the node or edge over.
    fn bring(self, intake: &mut Intake<'_>) {
        let Self { id, ends, kinds, relation, properties, .. } = self;
        match (id, ends) {
            (_, [Some((from, start)), Some((to, end))]) => {
                intake.edges_may_stand_alone();
                intake.edge(EdgeFacts {
                    from,
                    relation,
                    to,
                    properties,
                    sources: Vec::new(),
                    place: start,
                    end_places: [start, end],
                });
            }
            (Some((id, place)), _) => {
                intake.node(NodeFacts { id, kinds, properties, place, ..NodeFacts::default() });
            }
            _ => {}
        }
    }
}

/// Gephi's column `Type` says `Directed` or `Undirected`, which is no relation.
fn is_directed(intake: &mut Intake<'_>, said: &mut RowFacts, row: &SheetRow) -> bool {
    let kind = said.properties.get("type").and_then(Value::as_str).map(str::to_lowercase);
    match kind.as_deref() {
        Some("directed") => drop(said.properties.remove("type")),
        Some("undirected" | "mutual") => {
            let problem = no_direction("this edge is undirected")
                .help("write `Directed` where the source needs the target");
            intake.problem(row.span(0), problem);
            return false;
        }
        Some(word) => {
            let message = format!("`{}` is no direction of an edge", shortened(word));
            let problem = Diagnostic::new("bad-csv", message)
                .help("in Gephi's sheets `Type` is `Directed` or `Undirected`")
                .help("if the column names relations, call it `kind`");
            intake.problem(row.span(0), problem);
            return false;
        }
        None => {}
    }
    true
}

/// A cell's value; `None` if it does not fit its column.
fn value(column: &SheetColumn, cell: &str) -> Option<Value> {
    let one = |text: &str| match column.cells {
        CellType::Comma => with_point(text).as_deref().map_or_else(|| number(text), number),
        CellType::Number => number(text).or_else(|| loose_number(text)),
        CellType::Whole => whole_number(text),
        CellType::Truth => match text.to_lowercase().as_str() {
            "true" => Some(true.into()),
            "false" => Some(false.into()),
            _ => None,
        },
        CellType::Amount => Some(amount(text, &column.name).unwrap_or_else(|| text.into())),
        CellType::Text | CellType::Guess => Some(text.into()),
    };
    if column.list {
        let list = cell.split(';').map(|item| one(item.trim()));
        return list.collect::<Option<Vec<Value>>>().map(Value::Array);
    }
    match column.cells {
        CellType::Text | CellType::Guess => one(cell),
        _ => one(cell.trim()),
    }
}

fn misfit(intake: &mut Intake<'_>, column: &SheetColumn, text: &str, span: Range<usize>) {
    let wanted = match column.cells {
        CellType::Whole => "a whole number",
        CellType::Truth => "true or false",
        _ => "a number",
    };
    let message =
        format!("`{}` is declared as {wanted}, but here stands `{}`", column.name, shortened(text));
    let mut problem = Diagnostic::new("wrong-type", message);
    if let Some(pointed) = with_point(text).filter(|_| column.cells == CellType::Number) {
        problem = problem.help(format!(
            "write `{pointed}`; a decimal comma is read where all values of a column agree"
        ));
    }
    intake.problem(span, problem);
}
