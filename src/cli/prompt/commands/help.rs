//! `.help` and `.schema`: what one can type, from the same tables that answer.

use super::{At, COMMANDS, called};
use crate::analysis::field_uses;
use crate::answer::{Line, TextRole};
use crate::cli::errors::Failure;
use crate::cli::terminal;
use crate::cli::words::WORDS;
use crate::diagnostic::{Diagnostic, nearest};
use crate::query::{OptionRow, STAGES, VERBS};
use crate::render::{FORMATS, Look, written_lines};

/// Something worth explaining that is neither a verb nor a stage, format or command.
struct Idea {
    name: &'static str,
    summary: &'static str,
    text: &'static str,
    examples: &'static [&'static str],
}

/// How many of [`IDEAS`] are of the language; the others are of the prompt.
const LANGUAGE_IDEAS: usize = 5;

const IDEAS: &[Idea] = &[
    Idea {
        name: "of",
        summary: "nodes of a kind that X has: `tools of mlops`",
        text: "KIND of S: what the members have of a kind; if nothing, what has them; if nothing again, what their nearest prerequisites have. A kind alone lists all of it.",
        examples: &["tools of mlops", "roles of (prereqs llmops)", "skills"],
    },
    Idea {
        name: "names",
        summary: "how nodes are called",
        text: "An id, a name or an alias, in any letter case; blanks and - _ . / do not count. Several words are one name; commas make a list. Quotes always mean a node. Tab completes, `find` searches.",
        examples: &["argo cd, \"Flux CD\"", "find kuberntes"],
    },
    Idea {
        name: "sets",
        summary: "answers combine: `A union B`, `A intersect B`, `A except B`",
        text: "Also written + & and -; intersect binds tightest. Parentheses make any query a set.",
        examples: &[
            "prereqs llmops except prereqs mlops",
            "tools of (prereqs mlops intersect domains)",
        ],
    },
    Idea {
        name: "let",
        summary: "a set gets a name for this session: `let mine = docker, git`, then `@mine`",
        text: "let NAME = QUERY; the set is used as @NAME wherever a name can stand. @last is the last answer that had nodes, and a line that begins with `then` goes on from it.",
        examples: &["let mine = docker, git; prereqs mlops except @mine"],
    },
    Idea {
        name: "with",
        summary: "what if: `with { -docker } prereqs devops`",
        text: "Asks a changed graph: +A relation B adds an edge, -A relation B takes one away, -A a node. The graph itself stays as it is.",
        examples: &["with { -gitops } path devops -> llmops"],
    },
    Idea {
        name: "keys",
        summary: "what the keyboard does here",
        text: "Tab completes, Right takes over what is shown dimmed, Enter on an empty line takes what was suggested, Up and Ctrl-R find earlier lines in any letter case. A line with an open bracket or quote, or an operator at its end, goes on; an empty line or ; ends it. Ctrl-C clears the line or stops an answer, Ctrl-D leaves. What begins with a blank is not kept.",
        examples: &[],
    },
    Idea {
        name: "files",
        summary: "graphs, batches and pictures",
        text: ".graph loads graphs of your own, .read answers a file of statements, .export writes the last answer (svg, csv, md, json … by the extension), .output sends all further ones to a file.",
        examples: &["paths devops -> llmops"],
    },
];

/// What the words mean, under this name.
const WORDS_TOPIC: &str = "words";

/// Every topic with a few words on it.
pub(crate) fn topics() -> impl Iterator<Item = (&'static str, &'static str)> {
    let verbs = VERBS.iter().map(|verb| (verb.name, verb.summary));
    let stages = STAGES.iter().map(|stage| (stage.name, stage.summary));
    let ideas = IDEAS.iter().map(|idea| (idea.name, idea.summary));
    let formats = FORMATS.iter().map(|format| (format.name, format.summary));
    let commands = COMMANDS.iter().map(|command| (command.name, command.summary));
    let words = [(WORDS_TOPIC, "what S, N, flow, milestone, layer and other words mean")];
    verbs.chain(stages).chain(ideas).chain(words).chain(formats).chain(commands)
}

/// Is there help on this?
pub(super) fn is_topic(topic: &str) -> bool {
    let topic = topic.to_lowercase();
    on_words(&topic).or_else(|| on_surface(&topic)).is_some()
}

/// `.help`
pub(super) fn help(topic: &str, at: &At<'_>) -> Result<String, Failure> {
    let lines = if topic.is_empty() { overview() } else { on(topic)? };
    Ok(written(&lines, at))
}

/// Help on a word of the language, plainly, for who reads it elsewhere; if there is none, the word
/// that is nearest.
pub(crate) fn text(topic: &str) -> Result<String, Option<&'static str>> {
    let topic = topic.to_lowercase();
    let of_prompt = |word: &str| IDEAS[LANGUAGE_IDEAS..].iter().any(|idea| idea.name == word);
    let on = |word: &str| if of_prompt(word) { None } else { on_words(word) };
    let lines = on(&topic).or_else(|| on(topic.split(' ').next().unwrap_or_default()));
    let words = topics().map(|(name, _)| name).filter(|name| on(name).is_some());
    let written = lines.map(|lines| written_lines(&lines, &Look::plain("")));
    written.ok_or_else(|| nearest(&topic, words).first().copied())
}

fn on(topic: &str) -> Result<Vec<Line>, Diagnostic> {
    let topic = topic.to_lowercase();
    // Behind a verb may stand what it was about.
    let first = topic.split(' ').next().unwrap_or_default();
    on_words(&topic).or_else(|| on_surface(&topic)).or_else(|| on_words(first)).ok_or_else(|| {
        let problem = Diagnostic::new("unknown-command", format!("there is no help on `{topic}`"));
        let near = nearest(&topic, topics().map(|(name, _)| name));
        let near = near.first().map(|near| format!(".help {near}"));
        problem.suggest(near, "`.help` lists what there is")
    })
}

fn written(lines: &[Line], at: &At<'_>) -> String {
    let look = Look { width: terminal::width(), color: at.settings.color, ..Look::plain("") };
    written_lines(lines, &look)
}

fn row(name: &str, summary: &str) -> Line {
    Line::new(1).with(TextRole::Strong, format!("{name:<14} ")).with(TextRole::Plain, summary)
}

fn heading(text: &str) -> Line {
    Line::new(0).with(TextRole::Dim, text)
}

fn overview() -> Vec<Line> {
    let mut lines = vec![heading("questions")];
    lines.extend(VERBS.iter().map(|verb| row(verb.name, verb.summary)));
    lines.push(heading("putting together"));
    lines.extend(IDEAS[..LANGUAGE_IDEAS].iter().map(|idea| row(idea.name, idea.summary)));
    lines.extend(STAGES.iter().map(|stage| row(&format!("then {}", stage.name), stage.summary)));
    lines.push(heading("commands"));
    lines.extend(COMMANDS.iter().map(|command| row(command.name, command.summary)));
    let more: Vec<&str> = IDEAS[LANGUAGE_IDEAS..].iter().map(|idea| idea.name).collect();
    let more =
        format!("{WORDS_TOPIC}, {}, or any word or format above: `.help path`", more.join(", "));
    lines.push(heading("more help on ").with(TextRole::Plain, more));
    lines
}

fn examples(lines: &mut Vec<Line>, examples: &[&str]) {
    for (number, example) in examples.iter().enumerate() {
        let word = if number == 0 { "try  " } else { "     " };
        lines.push(Line::new(1).with(TextRole::Dim, word).with(TextRole::Strong, *example));
    }
}

fn option(row: &OptionRow) -> Line {
    let written = format!("{} {}", row.words, row.value);
    Line::new(1)
        .with(TextRole::Strong, format!("{written:<16} "))
        .with(TextRole::Plain, row.summary)
}

fn title(text: &str) -> Line {
    Line::new(0).with(TextRole::Strong, text)
}

fn said(text: &str) -> Line {
    Line::new(1).with(TextRole::Plain, text)
}

/// Verbs, stages and ideas.
fn on_words(topic: &str) -> Option<Vec<Line>> {
    let topic = topic.strip_prefix("then ").unwrap_or(topic);
    if topic == WORDS_TOPIC {
        return Some(WORDS.iter().map(|(word, meaning)| row(word, meaning)).collect());
    }
    let verb = VERBS.iter().find(|verb| verb.name == topic);
    let verb = verb.map(|verb| (verb.usage(), verb.summary, verb.options, verb.example));
    let stage = || {
        let stage = STAGES.iter().find(|stage| stage.name == topic)?;
        Some((format!("… then {}", stage.usage()), stage.summary, stage.options, stage.example))
    };
    if let Some((usage, summary, options, example)) = verb.or_else(stage) {
        let mut lines = vec![title(&usage), said(summary)];
        lines.extend(options.iter().map(option));
        examples(&mut lines, &[example]);
        return Some(lines);
    }
    if let Some(idea) = IDEAS.iter().find(|idea| idea.name == topic) {
        let mut lines = vec![title(idea.summary), said(idea.text)];
        examples(&mut lines, idea.examples);
        return Some(lines);
    }
    let word = WORDS.iter().find(|(word, _)| word.to_lowercase() == topic);
    word.map(|(word, meaning)| vec![title(word), said(meaning)]).or_else(|| on_option(topic))
}

/// What a word means behind each verb and stage that knows it.
fn on_option(topic: &str) -> Option<Vec<Line>> {
    let verbs = VERBS.iter().map(|verb| (verb.name.to_owned(), verb.options));
    let stages = STAGES.iter().map(|stage| (format!("then {}", stage.name), stage.options));
    let mut meanings: Vec<(&OptionRow, Vec<String>)> = Vec::new();
    for (name, row) in verbs.chain(stages).flat_map(|(name, rows)| {
        rows.iter().filter(|row| row.words == topic).map(move |row| (name.clone(), row))
    }) {
        match meanings.iter_mut().find(|(known, _)| known.summary == row.summary) {
            Some((_, names)) => names.push(name),
            None => meanings.push((row, vec![name])),
        }
    }
    let lines = meanings.iter().flat_map(|(row, names)| {
        let usage = format!("{} {}", row.words, row.value);
        [title(usage.trim()), said(row.summary), said(&format!("behind {}", names.join(", ")))]
    });
    Some(lines.collect()).filter(|lines: &Vec<Line>| !lines.is_empty())
}

/// Formats and commands.
fn on_surface(topic: &str) -> Option<Vec<Line>> {
    if let Some(format) = FORMATS.iter().find(|format| format.name == topic) {
        let mut lines = vec![title(format.name), said(format.summary)];
        let example = match format.extensions.first() {
            Some(extension) => format!(".export answer.{extension}"),
            None => format!(".format {}", format.name),
        };
        examples(&mut lines, &[example.as_str()]);
        return Some(lines);
    }
    let name = topic.trim_start_matches([':', '\\', '.']);
    let command = called(&format!(".{name}")).filter(|_| !name.is_empty())?;
    let mut lines = vec![title(&command.usage()), said(command.summary)];
    match command.name {
        ".help" => examples(&mut lines, &[".help path"]),
        _ => examples(&mut lines, &[command.name]),
    }
    Some(lines)
}

/// `.schema`
pub(super) fn schema(at: &At<'_>) -> String {
    let atlas = at.session.atlas();
    let mut kinds = vec![0usize; atlas.schema().kinds.len()];
    for kind in atlas.nodes().flat_map(|node| atlas.node(node).kinds.iter()) {
        kinds[*kind] += 1;
    }
    let mut relations = vec![0usize; atlas.schema().relations.len()];
    for edge in atlas.edges() {
        relations[atlas.edge(edge).relation] += 1;
    }
    let names = atlas.schema().kinds.iter().map(|kind| kind.name.clone());
    let kinds = listed("kinds", names.zip(kinds));
    let names = atlas.schema().relations.iter().map(|relation| relation.name.clone());
    let relations = listed("relations", names.zip(relations));
    let uses = field_uses(atlas).into_iter();
    let fields = listed("fields", uses.map(|(name, uses)| (name, uses.nodes + uses.edges)));
    let more = Line::new(0).with(TextRole::Dim, "in full: `kinds`, `relations`, `fields`");
    written(&[kinds, relations, fields, more], at)
}

fn listed(title: &str, counts: impl Iterator<Item = (String, usize)>) -> Line {
    let mut line = Line::new(0).with(TextRole::Strong, format!("{title:<10}"));
    for (number, (name, count)) in counts.enumerate() {
        if number > 0 {
            line = line.with(TextRole::Dim, " · ");
        }
        line = line.with(TextRole::Plain, name).with(TextRole::Dim, format!(" {count}"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{IDEAS, topics};
    use crate::graph::Atlas;
    use crate::query::{Limits, Session, VERBS, typed_statements};
    use std::collections::BTreeSet;

    #[test]
    fn every_example_is_answered() {
        let atlas = Atlas::built_in();
        let ideas = IDEAS.iter().flat_map(|idea| idea.examples).copied();
        for example in ideas.chain(VERBS.iter().map(|verb| verb.example)) {
            let mut session = Session::new(&atlas);
            for statement in typed_statements(example) {
                let answer = session.answer(&statement, &Limits::default());
                assert!(answer.is_ok(), "{example}: {answer:?}");
            }
        }
    }

    #[test]
    fn topics_differ() {
        let names: Vec<&str> = topics().map(|(name, _)| name).collect();
        let distinct: BTreeSet<&&str> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
    }
}
