//! Commands of the prompt: a row each. They begin with a full stop and are no part of the
//! language.

use super::profile::Learner;
use crate::answer::Role;
use crate::diagnostic::{Diagnostic, nearest};
use crate::query::{STAGES, Session, VERBS};
use crate::render::paint;

/// What the prompt does after a command.
pub(crate) enum Next {
    /// Shows a text and goes on.
    Say(String),
    /// Leaves.
    Leave,
}

/// A row of [`COMMANDS`].
pub(crate) struct PromptCommand {
    pub(crate) name: &'static str,
    pub(crate) usage: &'static str,
    pub(crate) summary: &'static str,
    run: fn(&str, &mut At<'_, '_>) -> Result<Next, Vec<Diagnostic>>,
}

/// Where a command is given.
pub(crate) struct At<'a, 'g> {
    pub(crate) session: &'a mut Session<'g>,
    pub(crate) learner: &'a Learner,
    pub(crate) color: bool,
}

pub(crate) const COMMANDS: &[PromptCommand] = &[
    PromptCommand {
        name: ".help",
        usage: ".help [VERB]",
        summary: "the language at a glance, or one verb with its options",
        run: |topic, at| help(topic, at.color).map_err(|problem| vec![problem]),
    },
    PromptCommand {
        name: ".know",
        usage: ".know NAME, …",
        summary: "add to your profile what you know",
        run: |names, at| at.learner.know(at.session, names).map(Next::Say),
    },
    PromptCommand {
        name: ".forget",
        usage: ".forget NAME, …",
        summary: "take something out of your profile",
        run: |names, at| at.learner.forget(at.session, names).map(Next::Say),
    },
    PromptCommand {
        name: ".quit",
        usage: ".quit",
        summary: "leave (or Ctrl-D)",
        run: |_, _| Ok(Next::Leave),
    },
];

/// Runs a command line, which begins with a full stop.
pub(crate) fn run(line: &str, at: &mut At<'_, '_>) -> Result<Next, Vec<Diagnostic>> {
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(rest.trim(), at),
        None => {
            let problem =
                Diagnostic::new("unknown-command", format!("there is no command `{name}`"));
            let near = nearest(name, COMMANDS.iter().map(|command| command.name));
            Err(vec![match near.first() {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("`.help` lists what there is"),
            }])
        }
    }
}

fn help(topic: &str, color: bool) -> Result<Next, Diagnostic> {
    let strong = |text: &str| paint(Role::Strong, text, color);
    if topic.is_empty() {
        let mut text = String::new();
        let mut row = |name: &str, summary: &str| {
            text.push_str(&format!("  {}{summary}\n", strong(&format!("{name:<14}"))));
        };
        for verb in VERBS {
            row(verb.name, verb.summary);
        }
        row("tools of N", "nodes of a kind that N has");
        row("tools", "all of a kind; also `docker, helm`, a list of names");
        row("A union B", "or `A + B`; also `A intersect B`, `A except B`, and ( … )");
        for stage in STAGES {
            row(&format!("… then {}", stage.name), stage.summary);
        }
        for command in COMMANDS {
            row(command.usage, command.summary);
        }
        return Ok(Next::Say(text));
    }
    let verb = VERBS.iter().find(|verb| verb.name == topic);
    let Some(verb) = verb else {
        let problem = Diagnostic::new("unknown-command", format!("there is no help on `{topic}`"));
        let near = nearest(topic, VERBS.iter().map(|verb| verb.name));
        return Err(match near.first() {
            Some(near) => problem.help(format!("did you mean `.help {near}`?")),
            None => problem.help("`.help` lists what there is"),
        });
    };
    let mut text = format!("{}\n  {}\n", strong(verb.usage), verb.summary);
    for option in verb.options {
        let written = format!("{} {}", option.words, option.value);
        text.push_str(&format!("  {written:<16}{}\n", option.summary));
    }
    text.push_str(&format!("  for example: {}\n", verb.example));
    Ok(Next::Say(text))
}
