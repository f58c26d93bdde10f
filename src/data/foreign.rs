//! Nodes and edges of JSON that is not ours: what is not their id, ends, kind, name or relation
//! becomes a property. What differs from format to format is a [`Dialect`].

use super::json::{Member, Reader};
use super::roles::{self, RoleWords};
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::{EdgeFacts, NodeFacts, Properties};
use std::borrow::Cow;
use std::collections::HashSet;

/// How a format writes nodes and edges.
#[derive(Debug)]
pub(super) struct Dialect {
    pub(super) words: RoleWords,
    /// The members that name an edge's source and its target, the first that is there.
    pub(super) ends: [&'static [&'static str]; 2],
    /// A member whose own members are read as if they stood beside it.
    pub(super) within: Option<&'static str>,
    /// May both say the same thing? Then the inner one is called `data-KEY`.
    pub(super) both: bool,
    /// Members that belong to the drawing.
    pub(super) drawing: &'static [&'static str],
}

pub(super) const SOURCE_AND_TARGET: [&[&str]; 2] = [&["source"], &["target"]];

impl Dialect {
    /// What node-link JSON has, and most others too.
    pub(super) const PLAIN: Self = Self {
        words: roles::LISTED,
        ends: SOURCE_AND_TARGET,
        within: None,
        both: false,
        drawing: &[],
    };
}

/// What is written like node-link JSON and means something else.
pub(super) struct JsonShape {
    /// Is it this one, by what the file and its first node and edge have?
    pub(super) recognises: fn(&MemberNames) -> bool,
    /// Reads the file's members.
    pub(super) read: for<'t> fn(&mut Reader<'_, 't>, &[Member<'t>]),
}

/// The names of members: the first node's and the first edge's.
pub(super) struct MemberNames {
    /// Does the file say whether it is directed, as networkx does?
    pub(super) says_direction: bool,
    pub(super) node: Vec<String>,
    pub(super) edge: Vec<String>,
}

/// Has the object such a member?
pub(super) fn has(keys: &[String], name: &str) -> bool {
    keys.iter().any(|key| key == name)
}

/// Reads a node's members into facts, of which the format may have said some: the place, an id.
pub(super) fn node<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    mut facts: NodeFacts,
    dialect: &Dialect,
    members: &mut Vec<Member<'t>>,
) -> Option<NodeFacts> {
    lift(reader, dialect, members)?;
    for Member { key, value } in members.drain(..) {
        let word = key.as_ref();
        if word == "id" && facts.id.is_empty() {
            facts.id = id(reader, value, "a node's `id`")?.into_owned();
        } else if !dialect.drawing.contains(&word) {
            property(reader, &mut facts.properties, key, value)?;
        }
    }
    if facts.id.is_empty() {
        reader.problem(slice, Diagnostic::new("missing-member", "this node has no `id`"));
        return None;
    }
    roles::node(&mut facts, &dialect.words);
    let names = facts.kinds.iter().chain(&facts.name);
    all_name(reader, slice, names.map(String::as_str)).then_some(facts)
}

/// Reads an edge's members; one that names no relation is a plain link.
pub(super) fn edge<'t>(
    reader: &mut Reader<'_, 't>,
    slice: &'t str,
    what: &str,
    dialect: &Dialect,
    members: &mut Vec<Member<'t>>,
) -> Option<EdgeFacts<Cow<'t, str>>> {
    lift(reader, dialect, members)?;
    let mut facts = EdgeFacts { place: reader.place(slice), ..EdgeFacts::default() };
    for (side, words) in dialect.ends.into_iter().enumerate() {
        let end = words.iter().find_map(|word| members.iter().find(|member| member.key == *word));
        let Some(end) = end else {
            let message = format!("this {what} has no `{}`", words[words.len() - 1]);
            reader.problem(slice, Diagnostic::new("missing-member", message));
            return None;
        };
        facts.end_places[side] = reader.place(end.value);
        let name = id(reader, end.value, &format!("`{}`", end.key))?;
        *(if side == 0 { &mut facts.from } else { &mut facts.to }) = name;
    }
    for Member { key, value } in members.drain(..) {
        match key.as_ref() {
            "directed" if value == "false" => {
                undirected(reader, value);
                return None;
            }
            "directed" if value == "true" => {}
            word if dialect.ends.iter().any(|words| words.contains(&word)) => {}
            word if dialect.drawing.contains(&word) => {}
            _ => property(reader, &mut facts.properties, key, value)?,
        }
    }
    roles::edge(&mut facts, &dialect.words);
    all_name(reader, slice, [facts.relation.as_ref()].into_iter()).then_some(facts)
}

/// Are all of these fit to name something? If not, that is noted.
fn all_name<'n>(
    reader: &mut Reader<'_, '_>,
    slice: &str,
    mut names: impl Iterator<Item = &'n str>,
) -> bool {
    let fit = names.all(|name| !name.is_empty() && !name.contains('\0'));
    if !fit {
        let message = "a kind, name or relation must not be empty or hold a NUL character";
        reader.problem(slice, Diagnostic::new("bad-id", message));
    }
    fit
}

/// What has no direction.
pub(crate) fn no_direction(what: &str) -> Diagnostic {
    Diagnostic::new("undirected", format!("{what}, but who needs whom has a direction"))
}

/// Notes that this says the graph, or an edge, is undirected.
pub(super) fn undirected<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) {
    let problem = no_direction("this graph is undirected");
    reader.problem(slice, problem.help("write `\"directed\": true` if each link's source needs its target, or the other way round"));
}

/// Puts the members of what is `within` behind the others, as if they stood there themselves.
fn lift<'t>(
    reader: &mut Reader<'_, 't>,
    dialect: &Dialect,
    members: &mut Vec<Member<'t>>,
) -> Option<()> {
    let Some(within) = dialect.within else { return Some(()) };
    let holds = |member: &Member<'t>| member.key == within && member.value.starts_with('{');
    let Some(at) = members.iter().position(holds) else { return Some(()) };
    let holder = members.remove(at);
    let lifted = reader.object(holder.value, &format!("`{within}`"))?;
    members.retain(|member| !dialect.drawing.contains(&member.key.as_ref()));
    let own: HashSet<Cow<'t, str>> = members.iter().map(|member| member.key.clone()).collect();
    for mut member in lifted {
        let twice = own.contains(&member.key);
        if twice && dialect.both {
            member.key = format!("{within}-{}", member.key).into();
        } else if twice {
            let message = format!("`{}` is said here and in `{within}`", shortened(&member.key));
            reader.problem(reader.key_slice(&member), Diagnostic::new("duplicate-key", message));
            return None;
        }
        members.push(member);
    }
    Some(())
}

/// An id, which these files may write as a number.
fn id<'t>(reader: &mut Reader<'_, 't>, slice: &'t str, what: &str) -> Option<Cow<'t, str>> {
    let number = slice.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    if number { Some(slice.into()) } else { reader.id(slice, what) }
}

fn property<'t>(
    reader: &mut Reader<'_, 't>,
    properties: &mut Properties,
    key: Cow<'t, str>,
    slice: &'t str,
) -> Option<()> {
    let value = reader.value(slice)?;
    properties.insert(key.into_owned(), value);
    Some(())
}

/// Reads each node of a dialect.
pub(super) fn each_node<'t>(
    reader: &mut Reader<'_, 't>,
    members: &[Member<'t>],
    dialect: &Dialect,
    mut one: impl FnMut(&mut Reader<'_, 't>, NodeFacts),
) {
    for member in members.iter().filter(|member| member.key == "nodes") {
        reader.objects(member.value, "`nodes`", "a node", |reader, slice, members| {
            reader.begin(members, &["id"]);
            let facts = NodeFacts { place: reader.place(slice), ..NodeFacts::default() };
            let facts = node(reader, slice, facts, dialect, members)?;
            one(reader, facts);
            Some(())
        });
    }
}

/// Reads the nodes of a dialect.
pub(super) fn nodes<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>], dialect: &Dialect) {
    each_node(reader, members, dialect, |reader, facts| reader.builder.node(facts));
}

/// Reads each link, or edge.
pub(super) fn each_link<'t>(
    reader: &mut Reader<'_, 't>,
    members: &[Member<'t>],
    mut one: impl FnMut(&mut Reader<'_, 't>, &'t str, &mut Vec<Member<'t>>) -> Option<()>,
) {
    let lists =
        || members.iter().filter(|member| ["links", "edges"].contains(&member.key.as_ref()));
    if lists().count() > 1 {
        let message = "this graph has `links` and `edges`, which mean the same";
        let problem = Diagnostic::new("duplicate-key", message);
        for member in lists().filter(|member| member.key == "edges") {
            reader.problem(reader.key_slice(member), problem.clone().help("put all into one list"));
        }
    }
    let links = lists().find(|member| member.key == "links").or_else(|| lists().next());
    if let Some(links) = links {
        let what = format!("`{}`", links.key);
        reader.objects(links.value, &what, "a link", |reader, slice, members| {
            reader.begin(members, &["source", "target", "fromNode", "toNode"]);
            one(reader, slice, members)
        });
    }
}
