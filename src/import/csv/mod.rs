//! CSV: a file with a column `id` holds nodes, one with `from` and `to` (or `source` and
//! `target`) edges. Headers of Neo4j's bulk import are understood, and what Gephi writes.

mod columns;
mod values;

use self::columns::{CellType, Column, Meaning, Sheet, read_header};
use self::values::{guess_types, tell_references, with_point};
use super::Importer;
use super::intake::{Intake, loose_number, number};
use crate::data::roles::items;
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::{EdgeFacts, FilePlace, NodeFacts, Properties};
use csv::{ReaderBuilder, StringRecord};
use serde_json::{Number, Value};
use std::ops::Range;

pub(super) const IMPORTER: Importer = Importer {
    name: "csv",
    extensions: &["csv", "tsv"],
    summary: "a sheet of nodes or of edges, with a header line",
    recognises: |content| {
        let header = content.lines().next().unwrap_or_default();
        let names = header.split(delimiter(header) as char);
        let names: Vec<String> =
            names.map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        let ends = has("from") && has("to") || has("source") && has("target");
        ends || has("id")
            || names.iter().any(|name| name.contains(":id") || name.contains(":start_id"))
    },
    read: |builder, text, layer| {
        read(&mut Intake::new(builder, text, layer));
    },
};

/// What stands most often in the header line, outside of quotes, separates the cells.
fn delimiter(header: &str) -> u8 {
    let outside = || header.split('"').step_by(2).flat_map(str::bytes);
    let count = |sign: u8| outside().filter(|byte| *byte == sign).count();
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// A row with where its cells stand.
pub(super) struct Row {
    pub(super) record: StringRecord,
    /// Where each cell begins, in 32 bits: a short file may have many millions.
    starts: Vec<u32>,
    end: usize,
}

impl Row {
    /// Where a cell stands, with its quotes.
    pub(super) fn span(&self, cell: usize) -> Range<usize> {
        let end = self.starts.get(cell + 1).map_or(self.end, |next| *next as usize - 1);
        self.starts[cell] as usize..end
    }

    /// A cell without blanks around it; those in quotes are meant.
    fn id(&self, cell: usize) -> &str {
        let text = &self.record[cell];
        let quoted = self.span(cell).len() > text.len();
        if quoted { text } else { text.trim() }
    }
}

/// The rows of a text, one after the other.
struct Rows<'t> {
    reader: csv::Reader<&'t [u8]>,
    content: &'t str,
    /// Bytes before `content` in the file.
    before: usize,
    delimiter: u8,
    row: Row,
}

impl<'t> Rows<'t> {
    fn new(content: &'t str, before: usize) -> Self {
        let delimiter = delimiter(content.lines().next().unwrap_or_default());
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(content.as_bytes());
        let row = Row { record: StringRecord::new(), starts: Vec::new(), end: 0 };
        Self { reader, content, before, delimiter, row }
    }

    /// The next row that is not blank; where a cell is neither plain nor well quoted, its place.
    fn next(&mut self) -> Option<Result<&Row, Range<usize>>> {
        while self.reader.read_record(&mut self.row.record).unwrap_or(false) {
            let position = self.row.record.position().map_or(0, csv::Position::byte);
            let position = usize::try_from(position).unwrap_or(self.content.len());
            if let Err(span) = self.find_cells(position) {
                return Some(Err(span));
            }
            if self.row.record.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(Ok(&self.row));
            }
        }
        None
    }

    /// Notes where the cells of the row at `position` begin. The reader forgives quotes that are
    /// never closed or have text behind them; here they are found out.
    fn find_cells(&mut self, position: usize) -> Result<(), Range<usize>> {
        let text = self.content.as_bytes();
        let blank = text[position..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let mut at = position + blank.count();
        let row = &mut self.row;
        row.starts.clear();
        for cell in &row.record {
            row.starts.push((self.before + at) as u32);
            let quoted = text.get(at) == Some(&b'"');
            let inner = cell.bytes().filter(|byte| *byte == b'"').count();
            let end = at + cell.len() + if quoted { 2 + inner } else { 0 };
            let closed = !quoted || text.get(end - 1) == Some(&b'"');
            let behind = text.get(end).copied();
            let ends =
                behind.is_none_or(|sign| sign == self.delimiter || sign == b'\n' || sign == b'\r');
            if !closed || !ends || end > text.len() {
                return Err(self.before + at..self.before + at + 1);
            }
            row.end = self.before + end;
            at = end + 1;
        }
        Ok(())
    }
}

fn read(intake: &mut Intake<'_>) {
    let (content, before) = intake.content();
    let mut rows = Rows::new(content, before);
    let header = match rows.next() {
        Some(Ok(header)) => header,
        Some(Err(span)) => return bad_quotes(intake, span),
        None => {
            let problem = Diagnostic::new("bad-csv", "this sheet is empty");
            return intake.problem(0..0, problem.help("its first line names the columns"));
        }
    };
    let Some(mut sheet) = read_header(intake, header) else { return };
    guess_types(Rows::new(content, before), &mut sheet, intake);
    tell_references(Rows::new(content, before), &sheet, intake);
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
            Ok(row) => read_row(intake, &sheet, row),
            // Behind an open quote nothing can be told apart.
            Err(span) => return bad_quotes(intake, span),
        }
    }
}

fn bad_quotes(intake: &mut Intake<'_>, span: Range<usize>) {
    let message = "the quote of this cell is not closed, or text follows it";
    let problem = Diagnostic::new("bad-csv", message);
    intake.problem(span, problem.help("a quote inside quotes is written twice: \"5\"\" disk\""));
}

/// What the cells of one row say.
#[derive(Default)]
struct Said {
    id: Option<(String, FilePlace)>,
    ends: [Option<(String, FilePlace)>; 2],
    kinds: Vec<String>,
    relation: String,
    properties: Properties,
}

fn read_row(intake: &mut Intake<'_>, sheet: &Sheet, row: &Row) {
    let mut said = Said::default();
    for (at, (column, cell)) in sheet.columns.iter().zip(&row.record).enumerate() {
        let text = cell.trim();
        match column.meaning {
            Meaning::Ignored => {}
            Meaning::Id | Meaning::From | Meaning::To => {
                let (span, text) = (row.span(at), row.id(at));
                if !intake.is_id(text, "an id", span.clone()) {
                    return;
                }
                if column.keeps_id() {
                    said.properties.insert(column.name.clone(), text.into());
                }
                let part = match column.meaning {
                    Meaning::From => &mut said.ends[0],
                    Meaning::To => &mut said.ends[1],
                    _ => &mut said.id,
                };
                *part = Some((column.in_space(text), intake.place(span.start)));
            }
            Meaning::Kinds => said.kinds = items(text),
            Meaning::Relation => text.clone_into(&mut said.relation),
            Meaning::Property if text.is_empty() => {}
            Meaning::Property => match value(column, cell) {
                Some(value) => drop(said.properties.insert(column.name.clone(), value)),
                None => misfit(intake, column, text, row.span(at)),
            },
        }
    }
    if !sheet.has_directions || is_directed(intake, &mut said, row) {
        said.bring(intake);
    }
}

impl Said {
    /// Hands the node or edge over.
    fn bring(self, intake: &mut Intake<'_>) {
        let Self { id, ends, kinds, relation, properties } = self;
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
fn is_directed(intake: &mut Intake<'_>, said: &mut Said, row: &Row) -> bool {
    let kind = said.properties.get("type").and_then(Value::as_str).map(str::to_lowercase);
    match kind.as_deref() {
        Some("directed") => drop(said.properties.remove("type")),
        Some("undirected" | "mutual") => {
            let message = "this edge is undirected, but who needs whom has a direction";
            let problem = Diagnostic::new("undirected", message);
            intake.problem(
                row.span(0),
                problem.help("write `Directed` where the source needs the target"),
            );
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
fn value(column: &Column, cell: &str) -> Option<Value> {
    let one = |text: &str| match column.cells {
        CellType::Comma => with_point(text).as_deref().map_or_else(|| number(text), number),
        CellType::Number => number(text).or_else(|| loose_number(text)),
        CellType::Whole => {
            let whole = text.parse::<i64>().map(Number::from).ok();
            number(text).filter(|_| whole.is_some()).or(whole.map(Value::Number))
        }
        CellType::Truth => match text.to_lowercase().as_str() {
            "true" => Some(true.into()),
            "false" => Some(false.into()),
            _ => None,
        },
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

fn misfit(intake: &mut Intake<'_>, column: &Column, text: &str, span: Range<usize>) {
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
