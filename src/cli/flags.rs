//! Flags: one row each. Reading them has no effect but the options it yields.

use super::terminal::ColorChoice;
use super::{Exit, Failure};
use crate::diagnostic::{Diagnostic, nearest};
use crate::query::{PATH_LIMIT, STAGES, VERBS};
use crate::render::{FORMATS, Format, format_of_file};
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

/// A statement to run, or a file of them, in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// `-f`
    File(String),
    /// `-c`
    Command(String),
}

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) graphs: Vec<String>,
    pub(crate) orders: Vec<Order>,
    pub(crate) words: Vec<String>,
    pub(crate) format: Option<String>,
    pub(crate) output: Option<String>,
    pub(crate) save: Option<String>,
    pub(crate) limit_paths: usize,
    pub(crate) limit_rows: usize,
    pub(crate) bail: bool,
    pub(crate) exit_status: bool,
    pub(crate) color: ColorChoice,
}

/// A row of [`FLAGS`].
struct Flag {
    name: &'static str,
    short: Option<char>,
    /// What follows it; empty if nothing does.
    value: &'static str,
    help: &'static str,
    /// Takes the value over; says what it should have been if it does not fit.
    apply: fn(&mut Options, &str) -> Result<(), &'static str>,
}

const FLAGS: &[Flag] = &[
    Flag {
        name: "graph",
        short: Some('g'),
        value: "FILE",
        help: "other graphs instead of the built-in one; later ones are laid over earlier ones; `ops` is the built-in graph, `ops-texts` its first layer, `-` standard input",
        apply: |options, file| {
            options.graphs.push(file.to_owned());
            Ok(())
        },
    },
    Flag {
        name: "file",
        short: Some('f'),
        value: "FILE",
        help: "a batch: a statement a line, or separated by `;` (`-`: standard input)",
        apply: |options, file| {
            options.orders.push(Order::File(file.to_owned()));
            Ok(())
        },
    },
    Flag {
        name: "command",
        short: Some('c'),
        value: "QUERY",
        help: "a statement, or several separated by `;`",
        apply: |options, text| {
            options.orders.push(Order::Command(text.to_owned()));
            Ok(())
        },
    },
    Flag {
        name: "format",
        short: Some('F'),
        value: "FORMAT",
        help: "how answers are written",
        apply: |options, name| {
            options.format = Some(name.to_owned());
            Ok(())
        },
    },
    Flag {
        name: "output",
        short: Some('o'),
        value: "FILE",
        help: "where answers go; the format by its extension",
        apply: |options, file| {
            options.output = Some(file.to_owned());
            Ok(())
        },
    },
    Flag {
        name: "save",
        short: None,
        value: "FILE",
        help: "write the loaded, layered graph itself as native JSON",
        apply: |options, file| {
            options.save = Some(file.to_owned());
            Ok(())
        },
    },
    Flag {
        name: "limit-paths",
        short: None,
        value: "N",
        help: "how many paths a list may have",
        apply: |options, number| {
            options.limit_paths = number.parse().map_err(|_| "a whole number")?;
            Ok(())
        },
    },
    Flag {
        name: "limit-rows",
        short: None,
        value: "N",
        help: "how many nodes, paths or rows an answer may have",
        apply: |options, number| {
            options.limit_rows = number.parse().map_err(|_| "a whole number")?;
            Ok(())
        },
    },
    Flag {
        name: "bail",
        short: None,
        value: "",
        help: "end a batch at the first error",
        apply: |options, _| {
            options.bail = true;
            Ok(())
        },
    },
    Flag {
        name: "exit-status",
        short: None,
        value: "",
        help: "end with 3 if `check` finds errors",
        apply: |options, _| {
            options.exit_status = true;
            Ok(())
        },
    },
    Flag {
        name: "color",
        short: None,
        value: "WHEN",
        help: "auto, always or never",
        apply: |options, when| {
            options.color = match when {
                "auto" => ColorChoice::Auto,
                "always" => ColorChoice::Always,
                "never" => ColorChoice::Never,
                _ => return Err("auto, always or never"),
            };
            Ok(())
        },
    },
];

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
    for flag in FLAGS {
        let mut arg = Arg::new(flag.name).long(flag.name).help(flag.help);
        if let Some(short) = flag.short {
            arg = arg.short(short);
        }
        arg = if flag.value.is_empty() {
            arg.action(ArgAction::SetTrue)
        } else {
            arg.action(ArgAction::Append).value_name(flag.value).allow_hyphen_values(true)
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

/// Reads the program's arguments.
pub(crate) fn read() -> Result<Options, Stop> {
    let matches = command()
        .try_get_matches_from(marked(std::env::args()))
        .map_err(|error| refusal(&error))?;
    let words = matches.get_many::<String>("words").into_iter().flatten();
    let words = words.map(|word| unmarked(word).to_owned()).collect();
    let mut options = Options { words, ..Options::default() };
    for (flag, value) in given(&matches) {
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
            Err(error) => Stop::Failed(super::files::stream_failure("standard output", &error)),
        };
    }
    let wrong = error.get(ContextKind::InvalidArg).map(ToString::to_string);
    let (ErrorKind::UnknownArgument, Some(wrong)) = (error.kind(), wrong) else {
        let told = error.to_string();
        let first = told.lines().next().unwrap_or_default();
        return misuse(first.trim_start_matches("error: ").to_owned());
    };
    let problem = Diagnostic::new("bad-flag", format!("there is no flag `{wrong}`"));
    let near = nearest(wrong.trim_start_matches('-'), FLAGS.iter().map(|flag| flag.name));
    let problem = match near.first() {
        Some(near) => problem.help(format!("did you mean `--{near}`?")),
        None => problem.help("`--help` lists them; after `--` everything is part of the query"),
    };
    Stop::Failed(Failure::new(Exit::Usage, problem))
}

/// The flags given, each with its value, in the order given.
fn given(matches: &ArgMatches) -> Vec<(&'static Flag, &str)> {
    let mut given: Vec<(usize, &Flag, &str)> = Vec::new();
    for flag in FLAGS {
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
            Some(letter) => {
                "hV".contains(letter) || FLAGS.iter().any(|flag| flag.short == Some(letter))
            }
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

impl Default for Options {
    fn default() -> Self {
        Self {
            graphs: Vec::new(),
            orders: Vec::new(),
            words: Vec::new(),
            format: None,
            output: None,
            save: None,
            limit_paths: PATH_LIMIT,
            limit_rows: usize::MAX,
            bail: false,
            exit_status: false,
            color: ColorChoice::Auto,
        }
    }
}

impl Options {
    /// The format asked for by name, or by the output file's extension.
    pub(crate) fn format(&self) -> Result<&'static Format, Failure> {
        let names = || FORMATS.iter().map(|format| format.name);
        if let Some(name) = &self.format {
            return FORMATS.iter().find(|format| format.name == name).ok_or_else(|| {
                let problem =
                    Diagnostic::new("unknown-format", format!("there is no format `{name}`"));
                let known: Vec<&str> = names().collect();
                let problem = match nearest(name, names()).first() {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help(format!("formats are {}", known.join(", "))),
                };
                Failure::new(Exit::Usage, problem)
            });
        }
        let device = |file: &&str| *file == "-" || file.starts_with("/dev/");
        match self.output.as_deref().filter(|file| !device(file)) {
            None => Ok(&FORMATS[0]),
            Some(file) => format_of_file(file).ok_or_else(|| {
                let known: Vec<&str> =
                    FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
                let message = format!("no format is known for the file `{file}`");
                let problem = Diagnostic::new("unknown-format", message).help(format!(
                    "use one of the extensions {}, or name a format with -F",
                    known.join(", ")
                ));
                Failure::new(Exit::Usage, problem)
            }),
        }
    }

    /// Standard input can be read once only.
    pub(crate) fn claim_input_once(&self) -> Result<(), Failure> {
        let graphs = self.graphs.iter().filter(|file| *file == "-").count();
        let batches = self.orders.iter().filter(|order| **order == Order::File("-".to_owned()));
        if graphs + batches.count() > 1 {
            let problem = Diagnostic::new("bad-flag", "standard input is asked for twice");
            return Err(Failure::new(Exit::Usage, problem.help("put one of them into a file")));
        }
        Ok(())
    }

    /// Shall errors be JSON too?
    pub(crate) fn wants_json(&self) -> bool {
        self.format().is_ok_and(|format| format.name == "json")
    }
}
