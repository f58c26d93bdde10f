//! `.add`, `.set`, `.remove`, `.link`, `.unlink`, `.undo`: changes to the graph, written to its file.

use super::{At, files::split_words, misuse};
use crate::cli::errors::Failure;
use crate::cli::io::edit;
use crate::data::edit::FileChange;
use crate::diagnostic::{Diagnostic, shortened, visible};
use crate::graph::{Atlas, as_spelt, quoted_if_needed};
use serde_json::Value;

/// `.add KIND ID [FIELD VALUE …]`
pub(super) fn add(rest: &str, at: &mut At<'_>) -> Result<String, Failure> {
    let words = split_words(rest);
    let [kind, id, fields @ ..] = words.as_slice() else {
        return Err(misuse(".add", "`.add` takes a kind and an id"));
    };
    if fields.len() % 2 == 1 {
        return Err(misuse(".add", "each field has a value behind it"));
    }
    let atlas = at.session.atlas();
    if atlas.by_id(id).is_some() {
        let problem =
            Diagnostic::new("bad-command", format!("there is a node `{}`", shortened(id)));
        return Err(problem.help("`.set` changes what is said of it").into());
    }
    let kind = match atlas.resolve_kind(kind).as_slice() {
        [known] => atlas.schema().kinds[*known].name.clone(),
        _ => kind.clone(),
    };
    let pairs = fields.chunks(2).map(|pair| (pair[0].clone(), value(&pair[1])));
    let change = FileChange::Add { id: id.clone(), kind, fields: pairs.collect() };
    run(&change, at)
}

/// `.set NAME FIELD VALUE`
pub(super) fn set(rest: &str, at: &mut At<'_>) -> Result<String, Failure> {
    let words = split_words(rest);
    let [name, field, said] = words.as_slice() else {
        return Err(misuse(".set", "`.set` takes a node, a field and a value"));
    };
    let id = id_of(at.session.atlas(), name)?;
    let said =
        if ["name", "kind"].contains(&field.as_str()) { said.as_str().into() } else { value(said) };
    let change = FileChange::Set { id, field: field.clone(), value: said };
    run(&change, at)
}

/// `.remove NAME`
pub(super) fn remove(rest: &str, at: &mut At<'_>) -> Result<String, Failure> {
    let words = split_words(rest);
    let [name] = words.as_slice() else {
        return Err(misuse(".remove", "`.remove` takes one node"));
    };
    let id = id_of(at.session.atlas(), name)?;
    run(&FileChange::Remove { id }, at)
}

/// `.link A RELATION B`
pub(super) fn link(rest: &str, at: &mut At<'_>) -> Result<String, Failure> {
    let edge = edge(".link", rest, at.session.atlas())?;
    if is_there(at.session.atlas(), &edge) {
        let problem = Diagnostic::new("bad-command", "there is such an edge already");
        return Err(problem.into());
    }
    run(&FileChange::Link { edge }, at)
}

/// `.unlink A RELATION B`
pub(super) fn unlink(rest: &str, at: &mut At<'_>) -> Result<String, Failure> {
    let atlas = at.session.atlas();
    let edge = edge(".unlink", rest, atlas)?;
    if !is_there(atlas, &edge) {
        let [from, _, to] = &edge;
        let problem = Diagnostic::new("bad-command", "there is no such edge");
        let help = format!("`why {} -> {}` tells those there are", quoted(from), quoted(to));
        return Err(problem.help(help).into());
    }
    run(&FileChange::Unlink { edge }, at)
}

/// `.undo`
pub(super) fn undo(at: &mut At<'_>) -> Result<String, Failure> {
    let settings = &mut *at.settings;
    edit::undo(at.session, &settings.options, &mut settings.changes)
}

fn run(change: &FileChange, at: &mut At<'_>) -> Result<String, Failure> {
    let settings = &mut *at.settings;
    edit::run(change, at.session, &settings.options, &mut settings.changes)
}

fn quoted(id: &str) -> String {
    visible(&quoted_if_needed(id))
}

/// What a word says: a number where JSON would write one so, true or false, or else a text.
fn value(word: &str) -> Value {
    let number = word.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    match (as_spelt(word).filter(|_| number), word) {
        (Some(number), _) => Value::Number(number),
        (None, "true") => true.into(),
        (None, "false") => false.into(),
        _ => word.into(),
    }
}

/// The id of the one node that a name means.
fn id_of(atlas: &Atlas, name: &str) -> Result<String, Failure> {
    let told = shortened(&visible(name));
    match atlas.resolve(name).as_slice() {
        [node] => Ok(atlas.node(*node).id.clone()),
        [] => {
            let problem = Diagnostic::new("unknown-name", format!("no node is called `{told}`"));
            let near = atlas.nearest(name).into_iter().next().map(|(near, _)| near);
            Err(problem.suggest(near, "`.add KIND ID` makes a node").into())
        }
        several => {
            let ids = several.iter().take(5).map(|node| atlas.node(*node).id.as_str());
            let ids = ids.map(quoted).collect::<Vec<String>>().join(", ");
            let message = format!("`{told}` may be {ids}");
            Err(Diagnostic::new("ambiguous-name", message).help("name it by its id").into())
        }
    }
}

/// The ids of the ends and the relation between them, which may be a new one.
fn edge(command: &'static str, rest: &str, atlas: &Atlas) -> Result<[String; 3], Failure> {
    let words = split_words(rest);
    let [from, relation, to] = words.as_slice() else {
        return Err(misuse(command, &format!("`{command}` takes a node, a relation and a node")));
    };
    let relation = match atlas.resolve_relation(relation).as_slice() {
        [known] => atlas.schema().relations[*known].name.clone(),
        _ => relation.clone(),
    };
    Ok([id_of(atlas, from)?, relation, id_of(atlas, to)?])
}

fn is_there(atlas: &Atlas, [from, relation, to]: &[String; 3]) -> bool {
    let ends = atlas.by_id(from).zip(atlas.by_id(to));
    let relation = atlas.schema().relation(relation);
    ends.zip(relation)
        .is_some_and(|((from, to), relation)| !atlas.edges_between(from, relation, to).is_empty())
}
