//! The program's arguments, read by clap from the table of flags. Reading has no effect but the
//! options it yields.

mod options;
mod pictures;

pub(crate) use options::{OWN_PROFILE, Options, Order};

use crate::cli::errors::{Exit, Failure};
use crate::cli::io::file_name::{as_text, told};
use crate::diagnostic::{Diagnostic, nearest};
use crate::query::{STAGES, VERBS};
use crate::render::FORMATS;
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use clap_complete::Shell;
use options::{Flag, flags};

/// Why there are no options.
pub(crate) enum Stop {
    /// Help or version was asked for and told.
    Said,
    /// The arguments are wrong.
    Failed(Failure),
}

fn command() -> Command {
    let mut command = Command::new("opsatlas")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Ask a knowledge graph of the Ops world: what to learn, in which order, and who says so")
        .override_usage("opsatlas [FLAGS] [QUERY…]")
        .after_help(after_help())
        .arg(
            Arg::new("words")
                .value_name("QUERY")
                .help("one query; without any, a prompt opens")
                .num_args(0..),
        );
    for flag in flags() {
        let mut arg = Arg::new(flag.name).long(flag.name).help(flag.help);
        if let Some(short) = flag.short {
            arg = arg.short(short);
        }
        arg = if flag.value.is_empty() {
            arg.action(ArgAction::SetTrue)
        } else {
            let file = flag.value == "FILE";
            let hint = if file { ValueHint::FilePath } else { ValueHint::Other };
            arg.action(ArgAction::Append)
                .value_name(flag.value)
                .value_hint(hint)
                .allow_hyphen_values(true)
        };
        command = command.arg(arg);
    }
    command
}

fn after_help() -> String {
    let mut text = String::from("Queries:\n");
    for verb in VERBS {
        text.push_str(&format!("  {:<14}{}\n", verb.name, verb.summary));
    }
    for stage in STAGES {
        let name = format!("… then {}", stage.name);
        text.push_str(&format!("  {name:<14}{}\n", stage.summary));
    }
    text.push_str("  KIND of S     nodes of a kind that S has: `tools of mlops`\n");
    text.push_str("\nFormats:\n");
    for format in FORMATS {
        text.push_str(&format!("  {:<14}{}\n", format.name, format.summary));
    }
    text.push_str("\nExamples:\n  opsatlas path devops to llmops\n  opsatlas tools of mlops\n  opsatlas -F json 'prereqs llmops'\n");
    text
}

fn misuse(message: String) -> Stop {
    Stop::Failed(Failure::new(Exit::Usage, Diagnostic::new("bad-flag", message)))
}

/// The completion script of a shell.
pub(crate) fn completions(shell: &str) -> Result<Vec<u8>, Failure> {
    let shell: Shell = shell.to_lowercase().parse().map_err(|_| {
        let problem = Diagnostic::new("bad-flag", format!("there is no shell `{shell}`"));
        Failure::new(Exit::Usage, problem.help("bash, zsh, fish, elvish and powershell are known"))
    })?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "opsatlas", &mut script);
    Ok(script)
}

/// Reads the program's arguments.
pub(crate) fn read() -> Result<Options, Stop> {
    let matches = command()
        .try_get_matches_from(marked(std::env::args_os().map(|argument| as_text(&argument))))
        .map_err(|error| refusal(&error))?;
    let words = matches.get_many::<String>("words").into_iter().flatten();
    let words = words.map(|word| unmarked(word).to_owned()).collect();
    let mut options = Options { words, ..Options::default() };
    for (flag, value) in given(&matches) {
        // Files have any name, and of queries it is told where they are no text.
        let text =
            if ["FILE", "QUERY"].contains(&flag.value) { Ok(String::new()) } else { told(value) };
        text.map_err(|(_, shown)| {
            misuse(format!("what stands behind --{} is no UTF-8 text: `{shown}`", flag.name))
        })?;
        (flag.apply)(&mut options, value)
            .map_err(|wanted| misuse(format!("--{} takes {wanted}, not `{value}`", flag.name)))?;
    }
    Ok(options)
}

/// What clap refuses in our words, or what it was asked to say.
fn refusal(error: &clap::Error) -> Stop {
    if !error.use_stderr() {
        return match error.print() {
            Ok(()) => Stop::Said,
            Err(error) => Stop::Failed(Failure::stream("standard output", &error)),
        };
    }
    let wrong = error.get(ContextKind::InvalidArg).map(ToString::to_string);
    let (ErrorKind::UnknownArgument, Some(wrong)) = (error.kind(), wrong) else {
        let told = error.to_string();
        let first = told.lines().next().unwrap_or_default();
        return misuse(first.trim_start_matches("error: ").to_owned());
    };
    let problem = Diagnostic::new("bad-flag", format!("there is no flag `{wrong}`"));
    let near = nearest(wrong.trim_start_matches('-'), flags().map(|flag| flag.name));
    let problem = match near.first() {
        Some(near) => problem.help(format!("did you mean `--{near}`?")),
        None => problem.help("`--help` lists them; after `--` everything is part of the query"),
    };
    Stop::Failed(Failure::new(Exit::Usage, problem))
}

/// The flags given, each with its value, in the order given.
fn given(matches: &ArgMatches) -> Vec<(&'static Flag, &str)> {
    let mut given: Vec<(usize, &Flag, &str)> = Vec::new();
    for flag in flags() {
        if flag.value.is_empty() {
            if matches.get_flag(flag.name) {
                given.push((0, flag, ""));
            }
            continue;
        }
        let places = matches.indices_of(flag.name).into_iter().flatten();
        let values = matches.get_many::<String>(flag.name).into_iter().flatten();
        let values = values.map(|value| unmarked(value));
        given.extend(places.zip(values).map(|(place, value)| (place, flag, value)));
    }
    given.sort_by_key(|(place, ..)| *place);
    given.into_iter().map(|(_, flag, value)| (flag, value)).collect()
}

/// Marks an argument that begins with a dash but is a word of the query, such as `->`.
const WORD: char = '\u{0}';

/// The arguments as clap takes them: words that only look like flags are marked.
fn marked(arguments: impl Iterator<Item = String>) -> Vec<String> {
    let mut words_only = false;
    let marked = arguments.map(|argument| {
        words_only |= argument == "--";
        let mut rest = argument.strip_prefix('-').unwrap_or_default().chars();
        let flag = match rest.next() {
            Some('-') => rest.next().is_none_or(|letter| letter.is_ascii_alphabetic()),
            Some(letter) => "hV".contains(letter) || flags().any(|flag| flag.short == Some(letter)),
            None => true,
        };
        if flag || words_only || !argument.starts_with('-') {
            argument
        } else {
            format!("{WORD}{argument}")
        }
    });
    marked.collect()
}

fn unmarked(argument: &str) -> &str {
    argument.strip_prefix(WORD).unwrap_or(argument)
}
