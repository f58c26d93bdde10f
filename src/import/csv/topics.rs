//! Sheets whose rows are topics: the same topic in several rows is one, what it needs stands in its
//! row by name, and the names are looked up when all rows are read.

use super::RowFacts;
use super::columns::{ColumnMeaning, SheetColumns};
use super::prerequisites::{Separators, unlinked};
use super::rows::SheetRow;
use super::told::TopicReport;
use crate::data::NEEDS;
use crate::data::roles::{ALIASES, JOINED, SOURCES, node as read_roles};
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::{
    Decimal, EdgeFacts, FilePlace, Meant, NameTable, NodeFacts, Properties, spelling,
};
use crate::import::intake::Intake;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How many commas of a name are looked for in a list.
const COMMAS: usize = 16;

/// How long the name of choices may be that stand together.
const GROUP: usize = 200;

/// A row's topic, and that of later rows of the same name.
struct Topic {
    facts: NodeFacts,
    /// Where each property was said.
    said: HashMap<String, Range<usize>>,
}

/// A cell of prerequisites.
struct PrerequisiteCell {
    topic: usize,
    cell: String,
    /// Where its text begins.
    offset: usize,
}

/// The topics of a sheet.
#[expect(clippy::struct_field_names, reason = "it is what there are")]
#[derive(Default)]
pub(super) struct Topics {
    topics: Vec<Topic>,
    /// Topics without ids, by the spelling of their names.
    by_name: HashMap<String, usize>,
    needs: Vec<PrerequisiteCell>,
    /// What earlier layers call their nodes.
    earlier: NameTable,
    repeated: usize,
}

impl Topics {
    pub(super) fn new(intake: &Intake<'_>) -> Self {
        Self { earlier: intake.names(), ..Self::default() }
    }

    /// Takes what a row says.
    pub(super) fn add(&mut self, intake: &mut Intake<'_>, said: RowFacts, row: &SheetRow) {
        let RowFacts { id, title, kinds, properties, columns, needs, .. } = said;
        let places: HashMap<String, Range<usize>> =
            columns.into_iter().map(|(name, at)| (name, row.span(at))).collect();
        let topic = match (id, title) {
            (Some((id, place)), _) => self.begin(id, place, kinds, properties, places),
            (None, Some((title, at))) => {
                let span = row.span(at);
                let name = title.split_whitespace().collect::<Vec<&str>>().join(" ");
                if !intake.is_id(&name, "a name", span.clone()) {
                    return;
                }
                match self.by_name.get(&spelling(&name)) {
                    Some(known) => {
                        let known = *known;
                        self.repeated += 1;
                        self.merge(intake, known, &name, properties, &places);
                        known
                    }
                    None => {
                        let key = spelling(&name);
                        let place = intake.place(span.start);
                        let id = match self.earlier.find(&name) {
                            Some(Meant::One(id)) => id.clone(),
                            _ => name,
                        };
                        self.by_name.insert(key, self.topics.len());
                        self.begin(id, place, kinds, properties, places)
                    }
                }
            }
            (None, None) => {
                let message = "this row names no topic, but says something of one";
                let help =
                    "write the name into each row: merged cells have it in the first one only";
                let problem = Diagnostic::new("bad-csv", message).help(help);
                return intake.problem(row.span(0), problem);
            }
        };
        for at in needs {
            let (cell, span) = (row.record[at].to_owned(), row.span(at));
            // A cell in quotes is longer than its text, which begins behind the first of them.
            let quote = usize::from(span.len() > cell.len());
            self.needs.push(PrerequisiteCell { topic, cell, offset: span.start + quote });
        }
    }

    fn begin(
        &mut self,
        id: String,
        place: FilePlace,
        kinds: Vec<String>,
        properties: Properties,
        said: HashMap<String, Range<usize>>,
    ) -> usize {
        let facts = NodeFacts { id, kinds, properties, place, ..NodeFacts::default() };
        self.topics.push(Topic { facts, said });
        self.topics.len() - 1
    }

    /// Lays what another row says of a topic over what is known of it: both must agree.
    fn merge(
        &mut self,
        intake: &mut Intake<'_>,
        topic: usize,
        name: &str,
        properties: Properties,
        places: &HashMap<String, Range<usize>>,
    ) {
        let Topic { facts, said } = &mut self.topics[topic];
        for (key, value) in properties {
            let Some(known) = facts.properties.get_mut(&key) else {
                said.extend(places.get(&key).map(|span| (key.clone(), span.clone())));
                facts.properties.insert(key, value);
                continue;
            };
            if let (true, Some(more)) = ([ALIASES, SOURCES].contains(&&*key), value.as_str()) {
                let both = format!("{};{more}", known.as_str().unwrap_or_default());
                *known = both.into();
            } else if !agree(known, &value) {
                let span = places.get(&key).cloned().unwrap_or_default();
                let first = said.get(&key).map_or(0, |span| span.start);
                let (line, column) = intake.line_and_column(first);
                let [here, there] = [&value, known].map(|value| shortened(&plain(value)));
                let message = format!(
                    "`{}` has the {key} {here} here, but {there} on line {line}, column {column}",
                    shortened(name)
                );
                let help =
                    "a topic may stand in several rows where they agree: keep one of the two";
                let problem = Diagnostic::new("duplicate-id", message).about(&facts.id);
                intake.problem(span, problem.help(help));
            }
        }
    }

    /// Hands all over: topics, then what they need.
    pub(super) fn bring(self, intake: &mut Intake<'_>, sheet: &SheetColumns) {
        let Self { topics, needs, earlier, repeated, .. } = self;
        // All topics before what they need: a row may name one of a later row.
        let mut own = NameTable::default();
        let mut ids = Vec::new();
        for Topic { mut facts, .. } in topics {
            read_roles(&mut facts, &JOINED);
            own.add(&facts.id, facts.name.as_deref(), &facts.aliases);
            ids.push((facts.id.clone(), facts.place));
            intake.node(facts);
        }
        let mut edges =
            Edges { own: &own, earlier: &earlier, unknown: HashMap::new(), seen: HashSet::new() };
        let is_known = |name: &str| meant([&own, &earlier], name).is_some();
        let commas_in_names = own.commas.max(earlier.commas).min(COMMAS);
        let mut separators = Separators { is_known: &is_known, comma: false, commas_in_names };
        let counts = needs.iter().map(|need| separators.between_commas(&need.cell));
        let [known, unknown] = counts.fold([0, 0], |all, [k, u]| [all[0] + k, all[1] + u]);
        // Commas are between names here if what stands between them is mostly known.
        separators.comma = known > unknown;
        let mut told = TopicReport::new(sheet, separators.comma, repeated);
        if sheet.has(ColumnMeaning::Needs) {
            intake.declare_flow(NEEDS);
            intake.ends_are_names();
        }
        for need in &needs {
            let (from, place) = &ids[need.topic];
            let items = separators.items(&need.cell);
            told.count(&items, &need.cell);
            for options in items {
                edges.bring(intake, (from, *place), need.offset, &options);
            }
        }
        told.note(intake);
    }
}

/// What a name means, or else without the address behind it.
fn meant<'n>(tables: [&'n NameTable; 2], name: &str) -> Option<&'n Meant> {
    let find = |name| tables.into_iter().find_map(|table| table.find(name));
    find(name).or_else(|| find(unlinked(name)))
}

/// The edges of a sheet's topics.
struct Edges<'n> {
    own: &'n NameTable,
    earlier: &'n NameTable,
    /// Names that neither this sheet nor an earlier file defines, by their first spelling.
    unknown: HashMap<String, String>,
    seen: HashSet<[String; 3]>,
}

impl Edges<'_> {
    /// One for each choice; several share a group, of which one suffices.
    fn bring(
        &mut self,
        intake: &mut Intake<'_>,
        (from, place): (&str, FilePlace),
        offset: usize,
        options: &[(usize, &str)],
    ) {
        let ids: Option<Vec<String>> =
            options.iter().map(|(at, name)| self.id(intake, name, offset + at)).collect();
        let Some(ids) = ids else { return };
        let distinct: HashSet<&String> = ids.iter().collect();
        let group = if distinct.len() > 1 { group(intake, &ids, offset) } else { String::new() };
        for ((at, _), to) in options.iter().zip(ids) {
            if !self.seen.insert([from.to_owned(), to.clone(), group.clone()]) {
                continue;
            }
            let mut properties = Properties::new();
            if !group.is_empty() {
                properties.insert("any-of".to_owned(), group.clone().into());
            }
            let end = intake.place(offset + at);
            intake.edge(EdgeFacts {
                from: from.to_owned(),
                relation: NEEDS.to_owned(),
                to,
                properties,
                sources: Vec::new(),
                place: end,
                end_places: [place, end],
            });
        }
    }

    /// The id of what a name means; later files may define one that is unknown here.
    fn id(&mut self, intake: &mut Intake<'_>, name: &str, offset: usize) -> Option<String> {
        match meant([self.own, self.earlier], name) {
            Some(Meant::One(id)) => Some(id.clone()),
            Some(Meant::Several([one, other])) => {
                let [one, other] = [one, other].map(|id| shortened(id));
                let message = format!("`{}` can mean `{one}` or `{other}`", shortened(name));
                let problem = Diagnostic::new("ambiguous-name", message).about(name);
                let help = "write the id of the one that is meant";
                intake.problem(offset..offset + name.len(), problem.help(help));
                None
            }
            None => {
                let name = unlinked(name);
                let words = name.split_whitespace().collect::<Vec<&str>>().join(" ");
                let fit = intake.is_id(&words, "a name", offset..offset + name.len());
                fit.then(|| self.unknown.entry(spelling(name)).or_insert(words).clone())
            }
        }
    }
}

/// What choices are called that stand together: a long list by its first one and its place.
fn group(intake: &Intake<'_>, ids: &[String], offset: usize) -> String {
    let length: usize = ids.iter().map(|id| id.len() + 4).sum();
    if length <= GROUP {
        return ids.join(" or ");
    }
    let (line, column) = intake.line_and_column(offset);
    format!("{} or {} more ({line}:{column})", shortened(&ids[0]), ids.len() - 1)
}

/// Do two cells say the same? Numbers do in any spelling.
fn agree(one: &Value, other: &Value) -> bool {
    let number = |value: &Value| value.is_number().then(|| Decimal::read(&value.to_string()));
    match (number(one), number(other)) {
        (Some(Some(one)), Some(Some(other))) => one == other,
        _ => one == other,
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| format!("`{text}`"))
}
