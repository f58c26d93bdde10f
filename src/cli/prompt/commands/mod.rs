//! Commands of the prompt: a row each. They begin with a full stop and are no part of the
//! language.

mod edits;
mod files;
mod help;
mod settings;

pub(crate) use help::{text as help_on, topics};
pub(crate) use settings::Settings;

use super::tour;
use crate::answer::{Answer, Note};
use crate::cli::batch::CommandOutcome;
use crate::cli::errors::Failure;
use crate::cli::profile::Learner;
use crate::diagnostic::{Diagnostic, Text, nearest};
use crate::graph::{Atlas, intact};
use crate::query::{Session, Statement};
use std::sync::Arc;

/// What the prompt does after a command.
pub(crate) enum Next {
    /// Shows a text and goes on.
    Say(String),
    /// Asks a query, and tells more about its answer.
    Ask(String, Option<Note>),
    /// Answers what a file holds.
    Read(Arc<Text>),
    /// Asks queries one after the other, each with a word on it.
    Tour(Vec<tour::TourStep>),
    /// Goes on with another graph.
    Change(Box<Atlas>),
    /// Leaves.
    Leave,
}

/// Where a command is given.
pub(crate) struct At<'a> {
    pub(crate) session: &'a mut Session,
    pub(crate) learner: &'a Learner,
    pub(crate) settings: &'a mut Settings,
    /// The last statement and its answer.
    pub(crate) last: Option<&'a (Statement, Answer)>,
}

/// What can stand behind a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommandOperand {
    Nothing,
    Topic,
    Format,
    /// A file, or several.
    Files,
    Switch,
    /// Names of nodes.
    Names,
    /// A change to the graph: names, kinds, relations, values.
    Change,
}

/// A row of [`COMMANDS`].
pub(crate) struct PromptCommand {
    pub(crate) name: &'static str,
    /// What stands behind its name, as it is told.
    operand: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) takes: CommandOperand,
    /// What does the same outside the prompt, if it makes no sense there itself.
    outside: Option<&'static str>,
    run: fn(&str, &mut At<'_>) -> Result<Next, Failure>,
}

impl PromptCommand {
    /// How it is written.
    pub(crate) fn usage(&self) -> String {
        format!("{} {}", self.name, self.operand).trim_end().to_owned()
    }
}

/// What a row says nothing of.
const PLAIN: PromptCommand = PromptCommand {
    name: "",
    operand: "",
    summary: "",
    takes: CommandOperand::Nothing,
    outside: None,
    run: |_, _| Ok(Next::Leave),
};

pub(crate) const COMMANDS: &[PromptCommand] = &[
    PromptCommand {
        name: ".help",
        operand: "[TOPIC]",
        summary: "the language at a glance, or a verb, stage, format, command or idea",
        takes: CommandOperand::Topic,
        run: |topic, at| help::help(topic, at).map(Next::Say),
        ..PLAIN
    },
    PromptCommand {
        name: ".tour",
        summary: "two minutes through what this graph can answer",
        outside: Some("the tour waits for Enter: `opsatlas` alone opens the prompt"),
        run: |_, at| Ok(Next::Tour(tour::steps(at.session.atlas()))),
        ..PLAIN
    },
    PromptCommand {
        name: ".schema",
        summary: "the kinds, relations and fields of this graph, in short",
        run: |_, at| Ok(Next::Say(help::schema(at))),
        ..PLAIN
    },
    PromptCommand {
        name: ".graph",
        operand: "[FILE …]",
        summary: "go on with other graphs, later ones over earlier ones; `ops` is the built-in one",
        takes: CommandOperand::Files,
        outside: Some("`-g FILE` names the graph"),
        run: files::graph,
    },
    PromptCommand {
        name: ".read",
        operand: "FILE",
        summary: "answer the statements of a file",
        takes: CommandOperand::Files,
        outside: Some("`-f FILE` answers the statements of a file"),
        run: files::read,
    },
    PromptCommand {
        name: ".format",
        operand: "[NAME]",
        summary: "how answers are written from now on",
        takes: CommandOperand::Format,
        outside: Some("`-F NAME` says how answers are written"),
        run: |name, at| settings::format(name, at.settings).map(Next::Say),
    },
    PromptCommand {
        name: ".output",
        operand: "[FILE]",
        summary: "where answers go from now on, the format by its extension; without FILE the screen",
        takes: CommandOperand::Files,
        outside: Some("`-o FILE` says where answers go"),
        run: |file, at| settings::send_to(&files::words(file), at.settings).map(Next::Say),
    },
    PromptCommand {
        name: ".export",
        operand: "FILE",
        summary: "the last answer into a file: a picture, a table, a page, by its extension",
        takes: CommandOperand::Files,
        outside: Some("`-o FILE` writes an answer into a file"),
        run: files::export,
    },
    PromptCommand {
        name: ".timer",
        operand: "[on|off]",
        summary: "tell how long an answer took",
        takes: CommandOperand::Switch,
        outside: Some("`--limit-time S` limits how long an answer may take"),
        run: |word, at| {
            settings::switch(".timer", word, &mut at.settings.display.timer).map(Next::Say)
        },
    },
    PromptCommand {
        name: ".pager",
        operand: "[on|off]",
        summary: "page what is higher than the screen, through $PAGER or less",
        takes: CommandOperand::Switch,
        outside: Some("what is written to a pipe is never paged"),
        run: |word, at| {
            settings::switch(".pager", word, &mut at.settings.display.pager).map(Next::Say)
        },
    },
    PromptCommand {
        name: ".know",
        operand: "[NAME, …]",
        summary: "add to your profile what you know; alone it tells what is there",
        takes: CommandOperand::Names,
        run: know,
        ..PLAIN
    },
    PromptCommand {
        name: ".forget",
        operand: "NAME, …",
        summary: "take something out of your profile",
        takes: CommandOperand::Names,
        run: |names, at| at.learner.forget(at.session, names).map(Next::Say),
        ..PLAIN
    },
    PromptCommand {
        name: ".add",
        operand: "KIND ID [FIELD VALUE …]",
        summary: "a new node, written to your file",
        takes: CommandOperand::Change,
        run: |rest, at| edits::add(rest, at).map(Next::Say),
        ..PLAIN
    },
    PromptCommand {
        name: ".set",
        operand: "NAME FIELD VALUE",
        summary: "what a field of a node says from now on",
        takes: CommandOperand::Change,
        run: |rest, at| edits::set(rest, at).map(Next::Say),
        ..PLAIN
    },
    PromptCommand {
        name: ".remove",
        operand: "NAME",
        summary: "take a node and its edges out of your files",
        takes: CommandOperand::Change,
        run: |rest, at| edits::remove(rest, at).map(Next::Say),
        ..PLAIN
    },
    PromptCommand {
        name: ".link",
        operand: "NAME RELATION NAME",
        summary: "a new edge, written to your file",
        takes: CommandOperand::Change,
        run: |rest, at| edits::link(rest, at).map(Next::Say),
        ..PLAIN
    },
    PromptCommand {
        name: ".unlink",
        operand: "NAME RELATION NAME",
        summary: "take an edge out of your files",
        takes: CommandOperand::Change,
        run: |rest, at| edits::unlink(rest, at).map(Next::Say),
        ..PLAIN
    },
    PromptCommand {
        name: ".undo",
        summary: "take back the last change to a file",
        run: |_, at| edits::undo(at).map(Next::Say),
        ..PLAIN
    },
    PromptCommand {
        name: ".quit",
        summary: "leave (or Ctrl-D)",
        outside: Some("a run ends by itself after its last statement"),
        run: |_, _| Ok(Next::Leave),
        ..PLAIN
    },
];

/// `.know`
fn know(names: &str, at: &mut At<'_>) -> Result<Next, Failure> {
    if !names.is_empty() {
        return at.learner.know(at.session, names).map(Next::Say);
    }
    match at.learner.read_again(at.session)? {
        Some((file, items)) => {
            let entries = if items == 1 { "entry" } else { "entries" };
            Ok(Next::Ask("@me".to_owned(), Some(format!("{items} {entries} in {file}").into())))
        }
        None => Ok(Next::Say("nothing is known yet: `.know NAME, …` notes it\n".to_owned())),
    }
}

/// Words that are commands when they stand alone, or with a topic.
const BARE: [(&str, &str); 4] =
    [("quit", ".quit"), ("exit", ".quit"), ("help", ".help"), ("?", ".help")];

/// The command that a line without a full stop is, if it is no name in this graph.
pub(crate) fn bare(line: &str, atlas: &Atlas) -> Option<String> {
    let line = line.trim();
    let (word, topic) = line.split_once(' ').unwrap_or((line, ""));
    let (_, command) = BARE.iter().find(|(bare, _)| *bare == word)?;
    // One word that is no topic is told what is near.
    let known = !topic.contains(' ') || help::is_topic(topic);
    let takes_topic = topic.is_empty() || *command == ".help";
    let is_name = || intact(|| atlas.resolve(line)).is_ok_and(|found| !found.is_empty());
    (known && takes_topic && !is_name()).then(|| format!("{command} {topic}").trim_end().to_owned())
}

/// Is this line a command rather than a query? A colon or backslash is as good as a full stop:
/// that is how other prompts have it.
pub(crate) fn is_command(line: &str) -> bool {
    let mut letters = line.trim_start().chars();
    matches!(letters.next(), Some('.' | ':' | '\\'))
        && letters.next().is_none_or(|letter| letter.is_ascii_alphabetic() || letter == '?')
}

/// Splits a command line into the command's name, beginning with a full stop, and the rest.
pub(crate) fn split(line: &str) -> (String, &str) {
    let line = line.trim();
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (format!(".{}", name.get(1..).unwrap_or_default().to_lowercase()), rest.trim())
}

/// What other prompts call our commands.
const OTHERWISE: [(&str, &str); 12] = [
    (".exit", ".quit"),
    (".?", ".help"),
    (".open", ".graph"),
    (".load", ".graph"),
    (".mode", ".format"),
    (".tables", ".schema"),
    (".d", ".schema"),
    (".dt", ".schema"),
    (".i", ".read"),
    (".once", ".export"),
    (".o", ".output"),
    (".timing", ".timer"),
];

/// Commands of other prompts that are something else here.
const ELSEWHERE: [(&str, &str); 6] = [
    (".history", "Up and Ctrl-R find earlier lines; they are kept from prompt to prompt"),
    (".clear", "Ctrl-L clears the screen, Ctrl-C the line"),
    (".save", "`.export FILE` writes the last answer; `opsatlas --save FILE` the graph itself"),
    (".dump", "`.export FILE` writes the last answer; `opsatlas --save FILE` the graph itself"),
    (".import", "`.graph FILE …` goes on with graphs of your own: JSON, CSV, GraphML, DOT"),
    (".indexes", "`kinds`, `relations` and `fields` say what the graph has; `.schema` in short"),
];

/// The command of a name, which may be cut short where that leaves no doubt.
pub(crate) fn called(name: &str) -> Option<&'static PromptCommand> {
    let name = OTHERWISE.iter().find(|(other, _)| *other == name).map_or(name, |(_, own)| own);
    let mut fitting = COMMANDS.iter().filter(|command| command.name.starts_with(name));
    let exact = COMMANDS.iter().find(|command| command.name == name);
    exact.or_else(|| fitting.next().filter(|_| fitting.next().is_none()))
}

/// Runs a command line.
pub(crate) fn run(line: &str, at: &mut At<'_>) -> Result<Next, Failure> {
    let (name, rest) = split(line);
    let Some(command) = called(&name).filter(|_| name.len() > 1) else {
        let problem = Diagnostic::new("unknown-command", format!("there is no command `{name}`"));
        if let Some((_, told)) = ELSEWHERE.iter().find(|(other, _)| *other == name) {
            return Err(problem.help(*told).into());
        }
        let near = nearest(&name, COMMANDS.iter().map(|command| command.name));
        return Err(problem.suggest(near.first(), "`.help` lists what there is").into());
    };
    let rest = rest.trim_end_matches(';').trim_end();
    if command.takes == CommandOperand::Nothing && !rest.is_empty() {
        return Err(misuse(command.name, &format!("`{}` stands alone", command.name)));
    }
    intact(|| (command.run)(rest, at)).unwrap_or_else(|damage| Err((*damage).into()))
}

/// Runs a line that stands among queries outside the prompt, if it is a command.
pub(crate) fn run_outside(line: &str, at: &mut At<'_>) -> Option<Result<CommandOutcome, Failure>> {
    let bare = bare(line, at.session.atlas());
    let line = bare.as_deref().unwrap_or(line);
    if !is_command(line) {
        return None;
    }
    let (name, _) = split(line);
    if let Some(PromptCommand { name, outside: Some(outside), .. }) = called(&name) {
        let message = format!("`{name}` makes sense at the prompt only");
        let problem = Diagnostic::new("bad-command", message);
        return Some(Err(problem.help(*outside).into()));
    }
    Some(run(line, at).map(|next| match next {
        Next::Say(text) => CommandOutcome::Text(text),
        Next::Ask(query, note) => CommandOutcome::Query(query, note),
        // Commands with these have something else outside.
        Next::Read(_) | Next::Tour(_) | Next::Change(_) | Next::Leave => {
            CommandOutcome::Text(String::new())
        }
    }))
}

/// Does this line change one's own profile?
pub(crate) fn edits_profile(line: &str) -> bool {
    let (name, rest) = split(line);
    let edits = called(&name).is_some_and(|command| command.takes == CommandOperand::Names);
    is_command(line) && edits && !rest.is_empty()
}

/// A problem with how a command is used.
fn misuse(name: &str, message: &str) -> Failure {
    let command = COMMANDS.iter().find(|command| command.name == name);
    let usage = command.map_or_else(|| name.to_owned(), PromptCommand::usage);
    Diagnostic::new("bad-command", message).help(format!("usage: {usage}")).into()
}

#[cfg(test)]
mod tests;
