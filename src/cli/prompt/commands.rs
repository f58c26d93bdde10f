//! Commands of the prompt: a row each. They begin with a full stop and are no part of the
//! language.

use super::settings::Settings;
use super::{help, settings, tour};
use crate::answer::Answer;
use crate::cli::args::format_of;
use crate::cli::errors::Failure;
use crate::cli::io::{file_name::FileName, files, output};
use crate::cli::io::{graphs, inputs::Purpose};
use crate::cli::profile::Learner;
use crate::cli::progress::Progress;
use crate::diagnostic::{Diagnostic, Text, nearest, visible};
use crate::graph::Atlas;
use crate::query::{Session, Statement};
use crate::render::Look;
use std::sync::Arc;

/// What the prompt does after a command.
pub(crate) enum Next {
    /// Shows a text and goes on.
    Say(String),
    /// Answers what a file holds.
    Read(Arc<Text>),
    /// Asks queries one after the other, each with a word on it.
    Tour(Vec<tour::Step>),
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
pub(crate) enum Takes {
    Nothing,
    Topic,
    Format,
    /// A file, or several.
    Files,
    Switch,
    /// Names of nodes.
    Names,
}

/// A row of [`COMMANDS`].
pub(crate) struct PromptCommand {
    pub(crate) name: &'static str,
    pub(crate) usage: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) takes: Takes,
    run: fn(&str, &mut At<'_>) -> Result<Next, Vec<Diagnostic>>,
}

pub(crate) const COMMANDS: &[PromptCommand] = &[
    PromptCommand {
        name: ".help",
        usage: ".help [TOPIC]",
        summary: "the language at a glance, or a verb, stage, format, command or idea",
        takes: Takes::Topic,
        run: |topic, at| help::help(topic, at).map(Next::Say).map_err(|problem| vec![problem]),
    },
    PromptCommand {
        name: ".tour",
        usage: ".tour",
        summary: "two minutes through what this graph can answer",
        takes: Takes::Nothing,
        run: |_, at| Ok(Next::Tour(tour::steps(at.session.atlas()))),
    },
    PromptCommand {
        name: ".schema",
        usage: ".schema",
        summary: "the kinds, relations and fields of this graph, in short",
        takes: Takes::Nothing,
        run: |_, at| Ok(Next::Say(help::schema(at))),
    },
    PromptCommand {
        name: ".graph",
        usage: ".graph [FILE …]",
        summary: "go on with other graphs, later ones over earlier ones; `ops` is the built-in one",
        takes: Takes::Files,
        run: graph,
    },
    PromptCommand {
        name: ".read",
        usage: ".read FILE",
        summary: "answer the statements of a file",
        takes: Takes::Files,
        run: read,
    },
    PromptCommand {
        name: ".format",
        usage: ".format [NAME]",
        summary: "how answers are written from now on",
        takes: Takes::Format,
        run: |name, at| one(settings::format(name, at.settings)),
    },
    PromptCommand {
        name: ".output",
        usage: ".output [FILE]",
        summary: "where answers go from now on, the format by its extension; without FILE the screen",
        takes: Takes::Files,
        run: |file, at| one(settings::send_to(&words(file), at.settings)),
    },
    PromptCommand {
        name: ".export",
        usage: ".export FILE",
        summary: "the last answer into a file: a picture, a table, a page, by its extension",
        takes: Takes::Files,
        run: export,
    },
    PromptCommand {
        name: ".timer",
        usage: ".timer [on|off]",
        summary: "tell how long an answer took",
        takes: Takes::Switch,
        run: |word, at| one(settings::switch(".timer", word, &mut at.settings.manner.timer)),
    },
    PromptCommand {
        name: ".pager",
        usage: ".pager [on|off]",
        summary: "page what is higher than the screen, through $PAGER or less",
        takes: Takes::Switch,
        run: |word, at| one(settings::switch(".pager", word, &mut at.settings.manner.pager)),
    },
    PromptCommand {
        name: ".know",
        usage: ".know NAME, …",
        summary: "add to your profile what you know",
        takes: Takes::Names,
        run: |names, at| at.learner.know(at.session, names).map(Next::Say),
    },
    PromptCommand {
        name: ".forget",
        usage: ".forget NAME, …",
        summary: "take something out of your profile",
        takes: Takes::Names,
        run: |names, at| at.learner.forget(at.session, names).map(Next::Say),
    },
    PromptCommand {
        name: ".quit",
        usage: ".quit",
        summary: "leave (or Ctrl-D)",
        takes: Takes::Nothing,
        run: |_, _| Ok(Next::Leave),
    },
];

fn one(said: Result<String, Diagnostic>) -> Result<Next, Vec<Diagnostic>> {
    said.map(Next::Say).map_err(|problem| vec![problem])
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

/// The command of a name, which may be cut short where that leaves no doubt.
pub(crate) fn called(name: &str) -> Option<&'static PromptCommand> {
    const OTHERWISE: [(&str, &str); 3] = [(".exit", ".quit"), (".?", ".help"), (".open", ".graph")];
    let name = OTHERWISE.iter().find(|(other, _)| *other == name).map_or(name, |(_, own)| own);
    let mut fitting = COMMANDS.iter().filter(|command| command.name.starts_with(name));
    let exact = COMMANDS.iter().find(|command| command.name == name);
    exact.or_else(|| fitting.next().filter(|_| fitting.next().is_none()))
}

/// Runs a command line.
pub(crate) fn run(line: &str, at: &mut At<'_>) -> Result<Next, Vec<Diagnostic>> {
    let (name, rest) = split(line);
    let Some(command) = called(&name).filter(|_| name.len() > 1) else {
        let problem = Diagnostic::new("unknown-command", format!("there is no command `{name}`"));
        let near = nearest(&name, COMMANDS.iter().map(|command| command.name));
        return Err(vec![problem.suggest(near.first(), "`.help` lists what there is")]);
    };
    let rest = rest.trim_end_matches(';').trim_end();
    if command.takes == Takes::Nothing && !rest.is_empty() {
        return Err(misuse(command.name, format!("`{}` stands alone", command.name)));
    }
    (command.run)(rest, at)
}

/// A problem with how a command is used.
pub(crate) fn misuse(name: &str, message: String) -> Vec<Diagnostic> {
    let usage = COMMANDS.iter().find(|command| command.name == name);
    let usage = usage.map_or(name, |command| command.usage);
    vec![Diagnostic::new("bad-command", message).help(format!("usage: {usage}"))]
}

/// The words of an argument; quotes keep blanks, `~/` is the home folder.
pub(crate) fn words(rest: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in rest.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words.into_iter().map(|word| FileName::at_home(&word)).collect()
}

fn graph(rest: &str, at: &mut At<'_>) -> Result<Next, Vec<Diagnostic>> {
    let files: Vec<FileName> = words(rest).iter().map(|file| file.as_str().into()).collect();
    if files.is_empty() {
        let atlas = at.session.atlas();
        let (nodes, edges) = (atlas.graph().node_count(), atlas.graph().edge_count());
        let layers = visible(&atlas.layers().join(", "));
        return Ok(Next::Say(format!("{nodes} nodes, {edges} edges; layers: {layers}\n")));
    }
    if files.iter().any(FileName::is_stream) {
        return Err(misuse(".graph", "standard input is the prompt's".to_owned()));
    }
    let regular = files.iter().try_for_each(files::must_be_regular);
    regular.map_err(|failure| failure.problems)?;
    let _watch = Progress::begin(None);
    let atlas = graphs::load(&files).map_err(|failure| failure.problems)?;
    Ok(Next::Change(Box::new(atlas)))
}

fn read(rest: &str, _: &mut At<'_>) -> Result<Next, Vec<Diagnostic>> {
    match words(rest).as_slice() {
        [file] if file != "-" => {
            let file = file.as_str().into();
            let text =
                files::must_be_regular(&file).and_then(|()| files::read(&file, Purpose::Batch));
            text.map(Next::Read).map_err(|failure| failure.problems)
        }
        _ => Err(misuse(".read", "`.read` takes one file".to_owned())),
    }
}

fn export(rest: &str, at: &mut At<'_>) -> Result<Next, Vec<Diagnostic>> {
    let found = words(rest);
    let [file] = found.as_slice() else {
        return Err(misuse(".export", "`.export` takes one file".to_owned()));
    };
    let Some((statement, answer)) = at.last else {
        let problem = Diagnostic::new("bad-command", "there is no answer yet");
        return Err(vec![problem.help("ask something, then export its answer")]);
    };
    let exit = |failure: Failure| failure.problems;
    let format = format_of(file).map_err(exit)?;
    let options = &at.settings.options;
    let (drawing, guard_formulas) = (options.drawing(), options.guard_formulas);
    let look = Look { drawing, guard_formulas, exact: true, ..Look::plain(statement.as_typed()) };
    let bytes = (format.write)(answer, &look);
    output::write(file.as_ref(), &bytes.map_err(|problem| vec![problem])?).map_err(exit)?;
    let shown = visible(&statement.as_typed().replace('\n', " "));
    Ok(Next::Say(format!("`{shown}` written to {file} as {}\n", format.name)))
}

#[cfg(test)]
mod tests {
    use super::{COMMANDS, called, is_command, split, words};

    #[test]
    fn commands_have_their_names_cut_short_and_other_prefixes() {
        for (typed, wanted) in [
            (".help", Some(".help")),
            (":h", Some(".help")),
            ("\\q", Some(".quit")),
            (".exit", Some(".quit")),
            (".?", Some(".help")),
            (".fmt csv", None),
            (".form csv", Some(".format")),
            (".HELP path", Some(".help")),
            (".hlep", None),
        ] {
            assert!(is_command(typed), "{typed}");
            let (name, _) = split(typed);
            assert_eq!(called(&name).map(|command| command.name), wanted, "{typed}");
        }
        assert!(!is_command("docker") && !is_command("\"a\"") && !is_command(".5"));
    }

    #[test]
    fn the_table_is_well_formed() {
        for command in COMMANDS {
            assert!(command.name.starts_with('.') && command.usage.starts_with(command.name));
            assert!(!command.summary.is_empty() && !command.summary.ends_with('.'));
            assert_eq!(called(command.name).map(|found| found.name), Some(command.name));
        }
    }

    #[test]
    fn the_document_has_every_command() {
        let document = include_str!("../../../docs/prompt.md");
        for command in COMMANDS {
            let row = format!("| `{}` | {} |", command.usage, command.summary);
            // In a table a bar is escaped.
            let row = row.replace("on|off", "on\\|off");
            assert!(document.contains(&row), "docs/prompt.md lacks: {row}");
        }
    }

    #[test]
    fn files_with_blanks_stand_in_quotes() {
        assert_eq!(words("a.json 'b c.json'  \"d\""), ["a.json", "b c.json", "d"]);
    }
}
