//! Flags: one row each. Reading them has no effect but the options it yields.

use super::terminal::ColorChoice;
use super::{Exit, Failure};
use crate::diagnostic::{Diagnostic, nearest};
use crate::query::{PATH_LIMIT, STAGES, VERBS};
use crate::render::{FORMATS, Format, format_of_file};
use clap::{Arg, ArgAction, Command};

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
}

const FLAGS: &[Flag] = &[
    Flag {
        name: "graph",
        short: Some('g'),
        value: "FILE",
        help: "other graphs instead of the built-in one; later ones are laid over earlier ones; `ops` is the built-in graph, `ops-texts` its first layer, `-` standard input",
    },
    Flag {
        name: "file",
        short: Some('f'),
        value: "FILE",
        help: "a batch: a statement a line, or separated by `;` (`-`: standard input)",
    },
    Flag {
        name: "command",
        short: Some('c'),
        value: "QUERY",
        help: "a statement, or several separated by `;`",
    },
    Flag { name: "format", short: Some('F'), value: "FORMAT", help: "how answers are written" },
    Flag {
        name: "output",
        short: Some('o'),
        value: "FILE",
        help: "where answers go; the format by its extension",
    },
    Flag {
        name: "save",
        short: None,
        value: "FILE",
        help: "write the loaded, layered graph itself as native JSON",
    },
    Flag { name: "limit-paths", short: None, value: "N", help: "how many paths a list may have" },
    Flag { name: "bail", short: None, value: "", help: "end a batch at the first error" },
    Flag {
        name: "exit-status",
        short: None,
        value: "",
        help: "end with 3 if `check` finds errors",
    },
    Flag { name: "color", short: None, value: "WHEN", help: "auto, always or never" },
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
                .num_args(0..)
                .allow_hyphen_values(true),
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
        text.push_str(&format!("  {:<12}{}\n", verb.name, verb.summary));
    }
    for stage in STAGES {
        let name = format!("… then {}", stage.name);
        text.push_str(&format!("  {name:<12}{}\n", stage.summary));
    }
    text.push_str("  KIND of S   nodes of a kind that S has: `tools of mlops`\n");
    text.push_str("\nFormats:\n");
    for format in FORMATS {
        text.push_str(&format!("  {:<12}{}\n", format.name, format.summary));
    }
    text.push_str("\nExamples:\n  opsatlas path devops to llmops\n  opsatlas tools of mlops\n  opsatlas -F json 'prereqs llmops'\n");
    text
}

/// Reads the program's arguments.
pub(crate) fn read() -> Result<Options, Stop> {
    let usage = |code, message: String| Failure::new(Exit::Usage, Diagnostic::new(code, message));
    let matches = command().try_get_matches().map_err(|error| {
        if error.use_stderr() {
            let told = error.to_string();
            let first = told.lines().next().unwrap_or_default().trim_start_matches("error: ");
            Stop::Failed(usage("bad-flag", first.to_owned()))
        } else {
            let said = error.print();
            said.map_or_else(
                |error| Stop::Failed(super::files::stream_failure("standard output", &error)),
                |()| Stop::Said,
            )
        }
    })?;
    let all = |name: &str| -> Vec<String> {
        matches.get_many::<String>(name).into_iter().flatten().cloned().collect()
    };
    let last = |name: &str| all(name).pop();
    let mut orders: Vec<(usize, Order)> = Vec::new();
    for (name, make) in [("file", Order::File as fn(String) -> Order), ("command", Order::Command)]
    {
        let places = matches.indices_of(name).into_iter().flatten();
        orders.extend(places.zip(all(name).into_iter().map(make)));
    }
    orders.sort_by_key(|(place, _)| *place);
    let words = all("words");
    unknown_flag(&words).map_err(Stop::Failed)?;
    let number = |name: &str| match last(name) {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| {
            Stop::Failed(usage("bad-flag", format!("--{name} takes a whole number, not `{text}`")))
        }),
    };
    let color = match last("color").as_deref() {
        None | Some("auto") => ColorChoice::Auto,
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        Some(other) => {
            let message = format!("--color takes auto, always or never, not `{other}`");
            return Err(Stop::Failed(usage("bad-flag", message)));
        }
    };
    Ok(Options {
        graphs: all("graph"),
        orders: orders.into_iter().map(|(_, order)| order).collect(),
        words,
        format: last("format"),
        output: last("output"),
        save: last("save"),
        limit_paths: number("limit-paths")?.unwrap_or(PATH_LIMIT),
        bail: matches.get_flag("bail"),
        exit_status: matches.get_flag("exit-status"),
        color,
    })
}

/// Words before `--` that look like flags are misspelt flags, not part of a query.
fn unknown_flag(words: &[String]) -> Result<(), Failure> {
    let mut typed = std::env::args().skip(1).take_while(|word| word != "--");
    let wrong = words.iter().find(|word| {
        let long = word
            .strip_prefix("--")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        long && typed.any(|typed| typed == **word)
    });
    let Some(wrong) = wrong else {
        return Ok(());
    };
    let name = wrong.split('=').next().unwrap_or(wrong);
    let problem = Diagnostic::new("bad-flag", format!("there is no flag `{name}`"));
    let near = nearest(name.trim_start_matches('-'), FLAGS.iter().map(|flag| flag.name));
    let problem = match near.first() {
        Some(near) => problem.help(format!("did you mean `--{near}`?")),
        None => problem.help("`--help` lists them; after `--` everything is part of the query"),
    };
    Err(Failure::new(Exit::Usage, problem))
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
        match self.output.as_deref().filter(|file| *file != "-") {
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

    /// Shall errors be JSON too?
    pub(crate) fn wants_json(&self) -> bool {
        self.format().is_ok_and(|format| format.name == "json")
    }
}
