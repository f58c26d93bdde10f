//! Native JSON: values are found by the reader's places, and new ones written like their neighbours.

use super::{FileChange, Patch, not_editable};
use crate::data::json::{Member, Reader};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::Builder;
use serde_json::{Map, Value, json};
use std::ops::Range;

/// A list or an object, and where its items or members stand.
struct JsonContainer {
    range: Range<usize>,
    items: Vec<Range<usize>>,
}

pub(super) fn patches(
    name: &str,
    content: &str,
    change: &FileChange,
) -> Result<Vec<Patch>, Diagnostic> {
    let text = Text::new(name, content);
    // Only places are wanted here; what is wrong with the file was told when it was loaded.
    let mut scratch = Builder::new();
    let file = scratch.begin_file(&text, "");
    let mut reader = Reader::new(&mut scratch, &text, file);
    let Some((root, members)) = reader.root("a graph file", "") else {
        return Err(not_editable(name));
    };
    if !members.iter().any(|member| member.key == "atlas") {
        return Err(not_editable(name));
    }
    let outer = group_of_members(&reader, root, &members);
    let mut file = File { content, reader, members, outer };
    Ok(match change {
        FileChange::Add { id, kind, fields } => {
            let nodes = file.items("nodes");
            vec![file.insert("nodes", nodes.as_ref(), &node(id, kind, fields))]
        }
        FileChange::Link { edge: [from, kind, to] } => {
            let edges = file.items("edges");
            let edge = [("from", from), ("kind", kind), ("to", to)]
                .map(|(key, text)| (key.to_owned(), Value::from(text.as_str())));
            vec![file.insert("edges", edges.as_ref(), &edge)]
        }
        FileChange::Unlink { edge: [from, kind, to] } => {
            let wanted = [("from", from), ("kind", kind), ("to", to)];
            file.without("edges", |said| wanted.iter().all(|(key, text)| said(key, text)))
        }
        FileChange::Remove { id } => {
            let mut gone = file.without("nodes", |said| said("id", id));
            gone.extend(file.without("edges", |said| said("from", id) || said("to", id)));
            gone
        }
        FileChange::Set { id, field, value } => file.set(id, field, value).into_iter().collect(),
    })
}

/// A node's members, in the order in which they are written.
fn node(id: &str, kind: &str, fields: &[(String, Value)]) -> Vec<(String, Value)> {
    let mut members = vec![("id".to_owned(), json!(id))];
    if !kind.is_empty() {
        members.push(("kind".to_owned(), json!(kind)));
    }
    let (own, properties): (Vec<_>, Vec<_>) =
        fields.iter().cloned().partition(|(field, _)| field == "name");
    members.extend(own);
    if !properties.is_empty() {
        let properties: Map<String, Value> = properties.into_iter().collect();
        members.push(("properties".to_owned(), properties.into()));
    }
    members
}

struct File<'b, 't> {
    content: &'t str,
    reader: Reader<'b, 't>,
    members: Vec<Member<'t>>,
    outer: JsonContainer,
}

fn group_of_members<'t>(
    reader: &Reader<'_, 't>,
    slice: &'t str,
    members: &[Member<'t>],
) -> JsonContainer {
    let items = members
        .iter()
        .map(|member| reader.span(reader.key_slice(member)).start..reader.span(member.value).end);
    JsonContainer { range: reader.span(slice), items: items.collect() }
}

impl<'t> File<'_, 't> {
    fn items(&mut self, list: &str) -> Option<JsonContainer> {
        let slice = self.members.iter().find(|member| member.key == list)?.value;
        let items = self.reader.array(slice, list)?;
        let items = items.iter().map(|item| self.reader.span(item)).collect();
        Some(JsonContainer { range: self.reader.span(slice), items })
    }

    /// An object put behind the last one of a list, or in a list of its own.
    fn insert(
        &self,
        name: &str,
        list: Option<&JsonContainer>,
        object: &[(String, Value)],
    ) -> Patch {
        let Some(list) = list else {
            let item = written(object, None, self.line_end());
            let inner = format!("\"{name}\": [{0}{item}{0}]", self.line_end());
            return self.behind(&self.outer, &inner);
        };
        // In the manner of its neighbour: in one line or in several, and as far in.
        let like = list.items.last().map(|item| &self.content[item.clone()]);
        let indent = list.items.last().map_or(0, |item| self.indent(item.start));
        let item = written(object, like.map(|like| (like, indent)), self.line_end());
        self.behind(list, &item)
    }

    /// A text behind the last item of a group, with the blanks that stand before others.
    fn behind(&self, group: &JsonContainer, text: &str) -> Patch {
        let inside = group.range.start + 1;
        let Some(last) = group.items.last() else {
            let line = self.line_end();
            let text = format!("{line}{text}{line}");
            return Patch { range: inside..group.range.end - 1, text };
        };
        // Between the last two items stand the comma, the end of the line and the indent.
        let before = match group.items.as_slice() {
            [.., one, other] => &self.content[one.end..other.start],
            _ => &self.content[inside..last.start],
        };
        let comma = match before {
            _ if before.contains(',') => "",
            "" if colon(self.content) == ": " => ", ",
            _ => ",",
        };
        Patch { range: last.end..last.end, text: format!("{comma}{before}{text}") }
    }

    fn line_end(&self) -> &'static str {
        if self.content.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// How far a line is indented.
    fn indent(&self, at: usize) -> usize {
        let line = self.content[..at].rsplit('\n').next().unwrap_or_default();
        line.len() - line.trim_start().len()
    }

    /// Takes objects out of a list: those of which `is` holds, asked with what an object says.
    fn without(
        &mut self,
        name: &str,
        is: impl Fn(&dyn Fn(&str, &str) -> bool) -> bool,
    ) -> Vec<Patch> {
        let Some(member) = self.members.iter().find(|member| member.key == name) else {
            return Vec::new();
        };
        let objects = self.reader.array(member.value, name).unwrap_or_default();
        let mut gone = Vec::new();
        for object in &objects {
            let members = self.reader.object(object, "an object").unwrap_or_default();
            let texts: Vec<(String, String)> = members
                .iter()
                .filter(|member| member.value.starts_with('"'))
                .filter_map(|member| {
                    Some((member.key.to_string(), self.reader.string(member.value, "")?))
                })
                .collect();
            let said = |key: &str, text: &str| {
                texts.iter().any(|(own, value)| own == key && value == text)
            };
            gone.push(is(&said));
        }
        let spans: Vec<Range<usize>> = objects.iter().map(|item| self.reader.span(item)).collect();
        let first_kept = gone.iter().position(|gone| !gone);
        // An item goes with the comma before it. Before the first one that stays there is none:
        // those go with the comma behind them.
        let patch = |at: usize| {
            let range = if first_kept.is_some_and(|first| first < at) {
                spans[at - 1].end..spans[at].end
            } else {
                spans[at].start..spans.get(at + 1).map_or(spans[at].end, |next| next.start)
            };
            Patch { range, text: String::new() }
        };
        (0..spans.len()).filter(|at| gone[*at]).map(patch).collect()
    }

    fn set(&mut self, id: &str, field: &str, value: &Value) -> Option<Patch> {
        let nodes = self.members.iter().find(|member| member.key == "nodes")?.value;
        for object in self.reader.array(nodes, "nodes")? {
            let members = self.reader.object(object, "a node")?;
            let own = members.iter().find(|member| member.key == "id")?;
            if self.reader.string(own.value, "an id").as_deref() != Some(id) {
                continue;
            }
            let new = compact(value, object);
            if ["name", "kind"].contains(&field) {
                return Some(self.member(object, &members, field, &new));
            }
            let Some(properties) = members.iter().find(|member| member.key == "properties") else {
                let key = Value::from(field);
                let new = format!("{{{key}{}{new}}}", colon(object));
                return Some(self.member(object, &members, "properties", &new));
            };
            let inner = self.reader.object(properties.value, "properties")?;
            return Some(self.member(properties.value, &inner, field, &new));
        }
        None
    }

    /// A member's value replaced, or the member put behind the others.
    fn member(&self, object: &'t str, members: &[Member<'t>], key: &str, new: &str) -> Patch {
        if let Some(known) = members.iter().find(|member| member.key == key) {
            return Patch { range: self.reader.span(known.value), text: new.to_owned() };
        }
        let group = group_of_members(&self.reader, object, members);
        let text = format!("{}{}{new}", Value::from(key), colon(object));
        if members.is_empty() {
            return Patch { range: group.range.start + 1..group.range.end - 1, text };
        }
        self.behind(&group, &text)
    }
}

/// What stands between a key and its value in a text like this.
fn colon(like: &str) -> &'static str {
    if like.contains("\": ") || !like.contains("\":") { ": " } else { ":" }
}

/// A value in one line, with blanks where such texts have them.
fn compact(value: &Value, like: &str) -> String {
    match value {
        Value::Object(map) => {
            let comma = if colon(like) == ":" { "," } else { ", " };
            let members = map.iter().map(|(key, value)| {
                format!("{}{}{}", Value::from(key.as_str()), colon(like), compact(value, like))
            });
            format!("{{{}}}", members.collect::<Vec<String>>().join(comma))
        }
        plain => plain.to_string(),
    }
}

/// An object like another one, which begins so far from the left: in one line or in several.
fn written(members: &[(String, Value)], like: Option<(&str, usize)>, line: &str) -> String {
    let (like, indent) = like.unwrap_or(("", 0));
    let key = |key: &str| format!("{}{}", Value::from(key), colon(like));
    if !like.contains('\n') {
        let members = members.iter().map(|(name, value)| key(name) + &compact(value, like));
        let comma = if colon(like) == ":" { "," } else { ", " };
        let blank = if like.starts_with("{ ") { " " } else { "" };
        return format!("{{{blank}{}{blank}}}", members.collect::<Vec<String>>().join(comma));
    }
    let first = like.lines().nth(1).unwrap_or_default();
    let inner = first.len() - first.trim_start().len();
    let tab = if first.starts_with('\t') { "\t" } else { " " };
    let (margin, inner) = (tab.repeat(indent), tab.repeat(inner.max(indent)));
    let members =
        members.iter().map(|(name, value)| format!("{inner}{}{}", key(name), compact(value, like)));
    let members: Vec<String> = members.collect();
    format!("{{{line}{}{line}{margin}}}", members.join(&format!(",{line}")))
}
