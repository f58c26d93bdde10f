//! `compare A, B`: nodes beside one another, field by field and relation by relation.

use super::{Takes, Verb};
use crate::analysis::{
    Alternatives, Aspect, Entry, Said, alternatives, compared, in_learning_order, needed_by,
    shared, shared_by_all,
};
use crate::answer::{Answer, Body, Shape, Side, Stated, Table, sources_in_words, value_in_words};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Citation, Fetches, Flow, KindId, NodeIndex};
use crate::query::bind::{
    Arguments, Atom, Binder, Expected, KNOWING, KNOWING_ONLY, Knowing, Operand, operand,
};
use crate::query::explain::all_names;
use crate::query::hints::misspelt::{is_known, split_names};
use crate::query::syntax::{Item, Token, span_of, words};
use crate::query::{Limits, Operator};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};

pub(super) const VERB: Verb = Verb {
    name: "compare",
    fetches: Fetches::Neighbours,
    takes: Takes::List,
    options: &[KNOWING_ONLY, KNOWING],
    summary: "what A and B share, what only one has, and what is said of each, with sources",
    example: "compare mlops and llmops",
    shape: Shape::Table,
    bind: |arguments| {
        let of = operands(arguments)?;
        let columns = columns_of(arguments.binder.atlas, &of);
        Ok(Box::new(Compare { of, columns, knowing: Knowing::bind(arguments, None)? }))
    },
};

/// How many nodes stand beside one another at most: each is a column.
const MOST: usize = 12;

/// A comma list in which `and`, `vs` and mere blanks may stand for commas.
fn operands(arguments: &Arguments<'_>) -> Result<Operand, Diagnostic> {
    let binder = arguments.binder;
    let head = arguments.head()?;
    let mut atoms = Vec::new();
    for part in head.split(|item| item.token == Token::Comma) {
        // What is quoted is a name of its own.
        let quoted = |item: &Item| matches!(item.token, Token::Quoted(_));
        for run in part.chunk_by(|a, b| !quoted(a) && !quoted(b)) {
            let joints = run.iter().filter(|item| is_joint(item)).count();
            if joints < run.len() || run.len() == part.len() {
                atoms.extend(listed(binder, run)?);
            }
        }
    }
    if let [Atom::Nodes(nodes)] = atoms.as_slice()
        && nodes.len() < 2
    {
        let message = "`compare` needs two to compare".to_owned();
        return Err(arguments.misuse("missing-operand", &span_of(head), message));
    }
    Ok(Operand { atoms })
}

/// Does the word part names, as a comma does?
fn is_joint(item: &Item) -> bool {
    ["and", "vs", "versus", "with"].iter().any(|word| item.is_word(word))
}

/// One name, or several that blanks, `and` or `vs` part.
fn listed(binder: Binder<'_>, items: &[Item]) -> Result<Vec<Atom>, Diagnostic> {
    let known = |items: &[Item]| words(items).is_none_or(|name| is_known(binder.atlas, &name));
    if items.len() < 2 || known(items) && !items.iter().any(is_joint) {
        return Ok(operand::bind(binder, items)?.atoms);
    }
    if words(items).is_some() && known(items) {
        return Ok(operand::bind(binder, items)?.atoms);
    }
    // Blanks part names here: the last word may begin one.
    binder.suggest(&items[items.len() - 1..], Expected::Name);
    let mut atoms = Vec::new();
    for part in items.split(is_joint) {
        match split_names(binder.atlas, part) {
            Some(names) if !known(part) => {
                let nodes =
                    names.iter().flat_map(|name| binder.atlas.resolve(name.trim_matches('"')));
                atoms.extend(nodes.map(|node| Atom::Nodes(vec![node])));
            }
            _ => atoms.extend(operand::bind(binder, part)?.atoms),
        }
    }
    Ok(atoms)
}

#[derive(Debug)]
struct Compare {
    of: Operand,
    /// Those of the table, if what is compared is named one by one.
    columns: Vec<String>,
    knowing: Knowing,
}

/// The columns, if nothing has to be asked to know them.
fn columns_of(atlas: &Atlas, of: &Operand) -> Vec<String> {
    let mut nodes = Vec::new();
    for atom in &of.atoms {
        let Atom::Nodes(named) = atom else { return Vec::new() };
        nodes.extend(named);
    }
    headings(atlas, &distinct(nodes))
}

/// Each once.
fn distinct(mut nodes: Vec<NodeIndex>) -> Vec<NodeIndex> {
    let mut seen = HashSet::new();
    nodes.retain(|node| seen.insert(*node));
    nodes
}

fn headings(atlas: &Atlas, nodes: &[NodeIndex]) -> Vec<String> {
    let mut columns = vec!["aspect".to_owned(), "shared".to_owned()];
    for node in nodes.iter().take(MOST) {
        let facts = atlas.node(*node);
        let taken = columns.iter().any(|column| column == facts.name());
        columns.push(if taken { &facts.id } else { facts.name() }.to_owned());
    }
    columns
}

impl Operator for Compare {
    fn columns(&self) -> Vec<String> {
        self.columns.clone()
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        let mut nodes = distinct(self.of.sets(atlas, limits).concat());
        let asked = nodes.len();
        nodes.truncate(MOST);
        let columns = headings(atlas, &nodes);
        let mut rows = vec![kinds(atlas, &nodes)];
        let mut statements = vec![kinds_said(atlas, &nodes)];
        let mut aspects = compared(atlas, &nodes);
        aspects.sort_by_key(|(aspect, said)| usefulness(aspect, said));
        rows.extend(aspects.iter().map(|(aspect, said)| row(atlas, aspect, said)));
        statements.extend(aspects.iter().map(|(_, said)| stated(said)));
        let known = self.knowing.known(atlas, limits).all;
        let needed = needed(atlas, &nodes, &known);
        rows.extend(needs(atlas, &nodes, &needed, !known.is_empty()));
        statements.push(needs_said(atlas, &needed));
        statements.truncate(rows.len());
        let sides = sides(atlas, &nodes, &aspects, &needed);
        let mut answer = Answer::new(
            atlas,
            Body::Table(Table { sides, said: statements, ..Table::of(columns, rows) }),
        );
        if asked > MOST {
            answer.notes.push(format!("the first {MOST} of {asked} are compared").into());
            answer.complete = false;
        }
        if nodes.len() < 2 {
            answer.notes.push("there is nothing to compare it with".into());
        } else {
            answer = answer.noting(silent(atlas, &nodes));
        }
        answer
    }
}

fn kinds(atlas: &Atlas, nodes: &[NodeIndex]) -> Vec<Value> {
    let kinds: Vec<String> = nodes.iter().map(|node| atlas.kind_words(*node)).collect();
    let same = kinds.windows(2).all(|pair| pair[0] == pair[1]);
    let shared = kinds.first().filter(|kind| same && !kind.is_empty());
    let shared = shared.map_or(Value::Null, |kind| kind.as_str().into());
    let own = kinds.into_iter().map(|kind| if same { Value::Null } else { kind.into() });
    ["kind".into(), shared].into_iter().chain(own).collect()
}

/// What edges say of the nodes beside one another comes first, then fields on which several have
/// something, then other fields, then relations.
fn usefulness(aspect: &Aspect, said: &[Said]) -> usize {
    match aspect {
        Aspect::Between(..) => 0,
        Aspect::Field(_) if said.iter().filter(|said| !said.is_empty()).count() > 1 => 1,
        Aspect::Field(_) => 2,
        Aspect::Outward(..) | Aspect::Inward(..) => 3,
    }
}

fn row(atlas: &Atlas, aspect: &Aspect, said: &[Said]) -> Vec<Value> {
    let common = shared(said);
    let is_field = matches!(aspect, Aspect::Field(_) | Aspect::Between(..));
    let cell = |said: &Said| {
        let own = said.iter().filter(|(entry, _)| !common.contains_key(*entry));
        // A text is missing; an edge that is not there is no gap.
        let silent = matches!(aspect, Aspect::Field(_)) && said.is_empty();
        let own = list(&own.map(|entry| told(atlas, entry)).collect::<Vec<_>>(), is_field);
        if silent { "no source says".into() } else { own }
    };
    let both = list(&common.iter().map(|entry| told(atlas, entry)).collect::<Vec<_>>(), is_field);
    [heading(atlas, aspect).into(), both].into_iter().chain(said.iter().map(cell)).collect()
}

/// The cells of a row as statements: none under its heading, what all say, what each one says
/// besides.
fn stated(said: &[Said]) -> Vec<Vec<Stated>> {
    let common = shared(said);
    let one = |(entry, sources): (&Entry, &Vec<Citation>)| Stated {
        entry: entry.clone(),
        recommended: false,
        sources: sources.clone(),
    };
    let own = |said: &Said| {
        said.iter().filter(|(entry, _)| !common.contains_key(*entry)).map(one).collect()
    };
    let both = common.iter().map(one).collect();
    [Vec::new(), both].into_iter().chain(said.iter().map(own)).collect()
}

/// The same of the row of kinds.
fn kinds_said(atlas: &Atlas, nodes: &[NodeIndex]) -> Vec<Vec<Stated>> {
    let kind = |kind: &KindId| Entry::Value(atlas.schema().kinds[*kind].name.as_str().into());
    let said = |node: &NodeIndex| {
        atlas.node(*node).kinds.iter().map(|own| (kind(own), Vec::new())).collect()
    };
    stated(&nodes.iter().map(said).collect::<Vec<Said>>())
}

/// The same of the row of what is needed.
fn needs_said(atlas: &Atlas, sets: &[Needs]) -> Vec<Vec<Stated>> {
    let common = shared_by_all(sets);
    let cell = |needs: &Needs| {
        let strength: BTreeMap<NodeIndex, bool> = needs.iter().copied().collect();
        let order = in_learning_order(atlas, strength.keys().copied());
        let one = |node: NodeIndex| Stated {
            entry: Entry::Node(node),
            recommended: strength[&node],
            sources: Vec::new(),
        };
        order.into_iter().map(one).collect()
    };
    let own = sets.iter().map(|set| cell(&(set - &common)));
    [Vec::new(), cell(&common)].into_iter().chain(own).collect()
}

/// What is said, with who says so.
fn told(atlas: &Atlas, (entry, cited): (&Entry, &Vec<Citation>)) -> String {
    let words = match entry {
        Entry::Value(value) => value_in_words(value),
        Entry::Node(node) => atlas.node(*node).name().to_owned(),
    };
    let sources = sources_in_words(cited);
    if sources.is_empty() { words } else { format!("{words} ({sources})") }
}

/// A field, or a relation with the kind at its other end.
fn heading(atlas: &Atlas, aspect: &Aspect) -> String {
    let schema = atlas.schema();
    let (relation, kind, outward) = match aspect {
        Aspect::Field(name) => return name.clone(),
        Aspect::Between(relation, name) => {
            let relation = &schema.relations[*relation].name;
            return if name.is_empty() { relation.clone() } else { format!("{relation}: {name}") };
        }
        Aspect::Outward(relation, kind) => (&schema.relations[*relation], kind, true),
        Aspect::Inward(relation, kind) => (&schema.relations[*relation], kind, false),
    };
    let inverse = || relation.inverse.clone().unwrap_or_else(|| format!("{} of", relation.name));
    let name = if outward { relation.name.clone() } else { inverse() };
    let kind = kind.map(|kind| format!(" ({})", schema.kinds[kind].plural()));
    name + &kind.unwrap_or_default()
}

fn list(entries: &[String], sentences: bool) -> Value {
    if entries.is_empty() {
        return Value::Null;
    }
    entries.join(if sentences { "; " } else { ", " }).into()
}

/// What each needs that is not known, and whether it is only recommended.
type Needs = BTreeSet<(NodeIndex, bool)>;

fn needed(atlas: &Atlas, nodes: &[NodeIndex], known: &[NodeIndex]) -> Vec<Needs> {
    let closure = |flow: &Flow<'_>, node: NodeIndex| -> BTreeSet<NodeIndex> {
        let needed = needed_by(flow, &[node], usize::MAX).into_iter();
        needed.filter(|need| known.binary_search(need).is_err()).collect()
    };
    let flows = [false, true].map(|required_only| Flow::new(atlas, &None, required_only));
    let sets = nodes.iter().map(|node| {
        let [all, required] = [&flows[0], &flows[1]].map(|flow| closure(flow, *node));
        all.into_iter().map(|need| (need, !required.contains(&need))).collect()
    });
    sets.collect()
}

/// The nodes that all are related to or need, and those that only one is or does, as they are drawn.
fn sides(
    atlas: &Atlas,
    nodes: &[NodeIndex],
    aspects: &[(Aspect, Vec<Said>)],
    needed: &[Needs],
) -> Vec<Side> {
    let compared: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
    let all = |at: usize| -> BTreeSet<NodeIndex> {
        let said = aspects.iter().flat_map(|(_, said)| said[at].keys());
        let related = said.filter_map(|entry| match entry {
            Entry::Node(node) => Some(*node),
            Entry::Value(_) => None,
        });
        let all: BTreeSet<NodeIndex> =
            related.chain(needed[at].iter().map(|(need, _)| *need)).collect();
        &all - &compared
    };
    let sets: Vec<BTreeSet<NodeIndex>> = (0..nodes.len()).map(all).collect();
    if sets.len() < 2 {
        return Vec::new();
    }
    let common = shared_by_all(&sets);
    let own = nodes.iter().zip(&sets).map(|(node, set)| (Some(*node), set - &common));
    let sides = [(None, common.clone())].into_iter().chain(own);
    sides.map(|(of, nodes)| Side { of, nodes: in_learning_order(atlas, nodes) }).collect()
}

/// What is needed and not known, as `prereqs` tells it, shared and apart: alternatives stand
/// together, what is only recommended is marked.
fn needs(
    atlas: &Atlas,
    nodes: &[NodeIndex],
    sets: &[Needs],
    some_known: bool,
) -> Option<Vec<Value>> {
    if sets.iter().all(BTreeSet::is_empty) {
        return None;
    }
    let heading = if some_known { "still to learn" } else { "all prerequisites" };
    let all: BTreeSet<NodeIndex> = sets.iter().flatten().map(|(need, _)| *need).collect();
    let dependents: Vec<NodeIndex> = all.iter().chain(nodes).copied().collect();
    let others = alternatives(atlas, &Vec::from_iter(all), &dependents);
    let common = shared_by_all(sets);
    let told = |needs: &BTreeSet<(NodeIndex, bool)>, all: &BTreeSet<(NodeIndex, bool)>| {
        list(&in_words(atlas, needs, all, &others), false)
    };
    let own = sets.iter().map(|set| told(&(set - &common), set));
    let own: Vec<Value> = own.collect();
    Some([heading.into(), told(&common, &common)].into_iter().chain(own).collect())
}

/// How many alternatives of a need stand in one entry.
const ALIKE: usize = 20;

/// Needs in learning order, options of which one suffices as one entry; those that are among `all`
/// that is needed, but elsewhere or more or less strongly, in brackets.
fn in_words(
    atlas: &Atlas,
    needs: &BTreeSet<(NodeIndex, bool)>,
    all: &BTreeSet<(NodeIndex, bool)>,
    others: &Alternatives,
) -> Vec<String> {
    let all: BTreeSet<NodeIndex> = all.iter().map(|(node, _)| *node).collect();
    let strength: BTreeMap<NodeIndex, bool> = needs.iter().copied().collect();
    let mut told = HashSet::new();
    let mut words = Vec::new();
    for node in in_learning_order(atlas, strength.keys().copied()) {
        if !told.insert(node) {
            continue;
        }
        let (mut instead, _) = others.of(node, ALIKE);
        instead.retain(|other| all.contains(other));
        let (here, elsewhere): (Vec<NodeIndex>, Vec<NodeIndex>) =
            instead.into_iter().partition(|other| strength.get(other) == strength.get(&node));
        let alike = here.into_iter().filter(|other| told.insert(*other));
        let alike: Vec<NodeIndex> = [node].into_iter().chain(alike).collect();
        let mut entry = all_names(atlas, &alike, " or ");
        if !elsewhere.is_empty() {
            entry.push_str(&format!(" (or {})", all_names(atlas, &elsewhere, " or ")));
        }
        entry.push_str(if strength[&node] { " (recommended, optional)" } else { "" });
        words.push(entry);
    }
    words
}

/// Names those of whom no source says anything.
fn silent(atlas: &Atlas, nodes: &[NodeIndex]) -> Option<String> {
    let bare = |node: &&NodeIndex| {
        atlas.node(**node).properties.is_empty()
            && atlas.edges_from(**node).is_empty()
            && atlas.edges_to(**node).is_empty()
    };
    let names: Vec<&str> = nodes.iter().filter(bare).map(|node| atlas.node(*node).name()).collect();
    (!names.is_empty()).then(|| format!("nothing is said about {}", names.join(", ")))
}
