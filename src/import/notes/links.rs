//! Notes to facts: a node, and its edges with who says so.

use super::body::NoteLink;
use super::front_matter::mentions;
use super::names::NoteNames;
use super::note::{MarkdownNote, is_role};
use crate::data::roles::{PLAIN_LINK, SOURCES};
use crate::diagnostic::shortened;
use crate::graph::{
    Builder, Citation, EdgeFacts, FilePlace, NodeFacts, Properties, Source, caseless,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many links to nothing, and to one of several, are told one by one.
const TOLD: [usize; 2] = [12, 4];

/// Brings notes into a builder, and keeps what is to be told.
pub(super) struct Linked<'n> {
    names: &'n NoteNames,
    relations: &'n BTreeSet<String>,
    /// The resource of each source.
    resources: HashMap<String, String>,
    /// What links to nothing mean as ids, if they make nodes, by their names without letter case.
    missing: Option<HashMap<String, String>>,
    /// What is told of links to nothing, and of links to one of several.
    notes: [LinkNotes; 2],
}

/// What is told of some links: of the first few, and how many there are.
#[derive(Default)]
struct LinkNotes {
    told: Vec<String>,
    count: usize,
}

/// An edge on its way: parallel links are one.
struct LinkDraft {
    citations: Vec<Citation>,
    words: Vec<Value>,
    headings: Vec<Value>,
    at: usize,
}

/// Edges by relation and target.
type Drafts = BTreeMap<(String, String), LinkDraft>;

impl<'n> Linked<'n> {
    /// Links to nothing make nodes if `create_missing` says so.
    pub(super) fn new(
        names: &'n NoteNames,
        relations: &'n BTreeSet<String>,
        create_missing: bool,
    ) -> Self {
        let missing = create_missing.then(HashMap::new);
        let (resources, notes) = Default::default();
        Self { names, relations, resources, missing, notes }
    }

    /// Brings a note, which is the file of this number.
    pub(super) fn bring(&mut self, builder: &mut Builder, note: &MarkdownNote, file: usize) {
        let title = Some(note.name());
        let own = Source {
            id: note.path.clone(),
            title,
            file: Some(note.path.clone()),
            ..Source::default()
        };
        builder.source(own);
        let sources = self.sources(builder, note);
        let mut cited = vec![cited(note, None, 0)];
        cited.extend(
            sources.values().map(|id| Citation { source: id.clone(), ..Citation::default() }),
        );
        let name = note.name();
        builder.node(NodeFacts {
            kinds: note.kinds().map(|(_, kinds)| kinds).unwrap_or_default(),
            name: (name != note.id).then_some(name),
            aliases: note.aliases(),
            properties: self.properties(note, &sources),
            sources: cited,
            place: FilePlace::new(file, 0),
            id: note.id.clone(),
        });
        for ((relation, target), draft) in self.drafts(note, &sources) {
            let mut properties = Properties::new();
            for (key, mut values) in [("words", draft.words), ("heading", draft.headings)] {
                if let Some(last) = values.pop() {
                    let value =
                        if values.is_empty() { last } else { [values, vec![last]].concat().into() };
                    properties.insert(key.to_owned(), value);
                }
            }
            let place = FilePlace::new(file, draft.at);
            builder.edge(EdgeFacts {
                from: note.id.clone(),
                relation,
                to: target,
                properties,
                sources: draft.citations,
                place,
                end_places: [place, place],
            });
        }
    }

    /// The sources that the front matter describes, by the names that footnotes have for them.
    fn sources(&mut self, builder: &mut Builder, note: &MarkdownNote) -> BTreeMap<String, String> {
        let mut known = BTreeMap::new();
        let listed = note.front.get(SOURCES).and_then(Value::as_array);
        for (at, entry) in listed.into_iter().flatten().enumerate() {
            let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
            let Some(resource) = text("resource") else { continue };
            let label = text("id").unwrap_or_else(|| format!("{at}"));
            let own = text("id").unwrap_or_else(|| resource.clone());
            // Two notes may call two things the same.
            let taken = self.resources.get(&own).is_some_and(|other| *other != resource);
            let id = if taken || own.is_empty() { resource.clone() } else { own };
            if id.is_empty() || id.contains('\0') {
                continue;
            }
            self.resources.insert(id.clone(), resource.clone());
            let is_address = resource.contains("://");
            let (address, file) =
                if is_address { (Some(resource), None) } else { (None, Some(resource)) };
            builder.source(Source {
                id: id.clone(),
                title: text("title"),
                address,
                file,
                ..Source::default()
            });
            known.insert(label, id);
        }
        known
    }

    fn properties(&self, note: &MarkdownNote, sources: &BTreeMap<String, String>) -> Properties {
        let mut properties = Properties::new();
        for field in &note.body.fields {
            let number = serde_json::from_str::<Value>(&field.value).ok().filter(Value::is_number);
            let value = number.unwrap_or_else(|| field.value.as_str().into());
            properties.insert(field.key.clone(), value);
        }
        let listed = |name: &str, list: Vec<Value>| {
            (!list.is_empty()).then(|| (name.to_owned(), Value::from(list)))
        };
        let headings = note.body.headings.iter().map(|heading| heading.as_str().into()).collect();
        properties.extend(listed("headings", headings));
        let claims = note.body.claims.iter().filter_map(|claim| {
            let cited = claim.labels.iter().filter_map(|label| sources.get(label));
            let mut cited: Vec<Value> = cited.map(|id| json!({ "source": id })).collect();
            if cited.is_empty() {
                return None;
            }
            let (line, _) = note.text.line_and_column(claim.at);
            let mut own = json!({ "source": note.path, "line": line });
            if let Some(section) = &claim.section {
                own["section"] = section.as_str().into();
            }
            cited.push(own);
            Some(json!({ "value": claim.text, "sources": cited }))
        });
        properties.extend(listed("claims", claims.collect()));
        properties.extend(listed("tags", note.tags()));
        for (key, value) in note.front.iter() {
            let described = key == SOURCES && !sources.is_empty();
            if !is_role(note, key) && !described && !self.is_relation(key, value) {
                properties.insert(key.clone(), value.clone());
            }
        }
        properties
    }

    fn is_relation(&self, key: &str, value: &Value) -> bool {
        self.relations.contains(key) && mentions(value).is_some_and(|said| !said.is_empty())
    }

    fn drafts(&mut self, note: &MarkdownNote, sources: &BTreeMap<String, String>) -> Drafts {
        let mut drafts = Drafts::new();
        for (key, value) in note.front.iter().filter(|(key, _)| !is_role(note, key)) {
            if !self.is_relation(key, value) {
                continue;
            }
            for mention in mentions(value).unwrap_or_default() {
                let at = note.front.place(key, mention.item);
                let (target, heading) = match mention.target.split_once('#') {
                    Some((target, heading)) if mention.link => (target, Some(heading.to_owned())),
                    _ => (mention.target.as_str(), None),
                };
                if let Some(found) = self.find(note, target, at, true) {
                    let draft =
                        drafts.entry((key.clone(), found)).or_insert_with(|| LinkDraft::at(at));
                    draft.add(cited(note, None, at), None, heading);
                }
            }
        }
        for link in &note.body.links {
            let Some(found) = self.find(note, &link.target, link.at, link.to_note) else {
                continue;
            };
            // A link to a place in the same note.
            if found == note.id {
                continue;
            }
            let relation = link.field.clone().unwrap_or_else(|| PLAIN_LINK.to_owned());
            let draft = drafts.entry((relation, found)).or_insert_with(|| LinkDraft::at(link.at));
            draft.add(
                cited(note, link.section.clone(), link.at),
                link.words.clone(),
                link.heading.clone(),
            );
            draft.citations.extend(claimed(note, link, sources));
        }
        drafts
    }

    /// The id of the note that is meant; what leads to nothing, or to one of several, is told.
    fn find(&mut self, note: &MarkdownNote, target: &str, at: usize, told: bool) -> Option<String> {
        let found = self.names.find(target, note.folder());
        let id = found.as_ref().map(|found| self.names.id(found.note).to_owned());
        if let (None, true, Some(missing)) = (&found, told, &mut self.missing) {
            let name = super::stem(target).unwrap_or(target).trim_start_matches('/').trim();
            if !name.is_empty() && !name.contains('\0') {
                let known = missing.entry(caseless(name));
                return Some(known.or_insert_with(|| name.to_owned()).clone());
            }
        }
        if !told || found.as_ref().is_some_and(|found| found.choices < 2) {
            return id;
        }
        let kind = usize::from(found.is_some());
        self.notes[kind].count += 1;
        if self.notes[kind].told.len() < TOLD[kind] {
            let (line, _) = note.text.line_and_column(at);
            let target = shortened(target);
            let what = match &found {
                Some(found) => {
                    let (choices, id) = (found.choices, self.names.id(found.note));
                    format!("`{target}` may be {choices} notes; taken for {id}")
                }
                None => {
                    let near = self.names.near(&target);
                    let near = near.map(|near| format!("; did you mean `{near}`?"));
                    format!("`{target}` is no note{}", near.unwrap_or_default())
                }
            };
            self.notes[kind].told.push(format!("{}:{line}: {what}", note.text.name));
        }
        id
    }

    /// What is to be told of all notes.
    pub(super) fn told(self) -> Vec<String> {
        let kinds = ["links to nothing", "links to one of several notes"];
        let told = self.notes.into_iter().zip(kinds).flat_map(|(notes, what)| {
            let more = notes.count - notes.told.len();
            let more = (more > 0).then(|| format!("{more} more {what}"));
            notes.told.into_iter().chain(more)
        });
        told.collect()
    }
}

impl LinkDraft {
    fn at(at: usize) -> Self {
        Self { citations: Vec::new(), words: Vec::new(), headings: Vec::new(), at }
    }

    fn add(&mut self, citation: Citation, words: Option<String>, heading: Option<String>) {
        if !self.citations.contains(&citation) {
            self.citations.push(citation);
        }
        for (list, text) in [(&mut self.words, words), (&mut self.headings, heading)] {
            let value = text.map(Value::from).filter(|value| !list.contains(value));
            list.extend(value);
        }
    }
}

/// The place in a note, as a citation.
fn cited(note: &MarkdownNote, section: Option<String>, at: usize) -> Citation {
    let (line, _) = note.text.line_and_column(at);
    Citation { source: note.path.clone(), section, line: Some(line as u64), address: None }
}

/// The sources of the claim that a link stands in.
fn claimed(
    note: &MarkdownNote,
    link: &NoteLink,
    sources: &BTreeMap<String, String>,
) -> Vec<Citation> {
    let (block, at) = link.block;
    let claims = &note.body.claims;
    // Claims come in the order of their blocks.
    let first = claims.partition_point(|claim| claim.block < block);
    let own = claims[first..].iter().take_while(|claim| claim.block == block);
    let around = own.filter(|claim| (claim.from..claim.to).contains(&at));
    let labels = around.flat_map(|claim| &claim.labels);
    let ids = labels.filter_map(|label| sources.get(label));
    ids.map(|id| Citation { source: id.clone(), ..Citation::default() }).collect()
}
