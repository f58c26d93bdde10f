//! Flags: one row each.

use super::file_name::FileName;
use super::picture_flags::PICTURE_FLAGS;
use super::terminal::ColorChoice;
use super::{Exit, Failure};
use crate::diagnostic::Diagnostic;
use crate::query::{Limits, PATH_LIMIT, SEARCH_LIMIT};
use crate::render::{Drawing, FORMATS, Format, format_of_file};
use std::time::Duration;

/// A statement to run, or a file of them, in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// `-f`
    File(FileName),
    /// `-c`
    Command(String),
}

/// What was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) graphs: Vec<FileName>,
    pub(crate) orders: Vec<Order>,
    pub(crate) words: Vec<String>,
    pub(crate) format: Option<String>,
    pub(crate) output: Option<FileName>,
    pub(crate) save: Option<FileName>,
    /// Profiles, each with the name of its set.
    pub(crate) profiles: Vec<(String, FileName)>,
    pub(crate) limit_paths: usize,
    pub(crate) limit_rows: usize,
    pub(crate) limit_search: usize,
    pub(crate) limit_time: Option<Duration>,
    pub(crate) bail: bool,
    pub(crate) exit_status: bool,
    pub(crate) color: ColorChoice,
    /// Are texts guarded that a spreadsheet would take for formulas?
    pub(crate) guard_formulas: bool,
    pub(crate) drawing: Drawing,
    /// Is the JSON Schema of answers wanted?
    pub(crate) schema: bool,
    /// Do assistants ask, by the Model Context Protocol?
    pub(crate) mcp: bool,
    /// The shell whose completion script is wanted.
    pub(crate) completions: Option<String>,
}

/// A row of [`flags`].
pub(crate) struct Flag {
    pub(crate) name: &'static str,
    pub(crate) short: Option<char>,
    /// What follows it; empty if nothing does.
    pub(crate) value: &'static str,
    pub(crate) help: &'static str,
    /// Takes the value over; says what it should have been if it does not fit.
    pub(crate) apply: fn(&mut Options, &str) -> Result<(), &'static str>,
}

/// The name of one's own profile.
pub(crate) const OWN_PROFILE: &str = "me";

const FLAGS: &[Flag] = &[
    Flag {
        name: "graph",
        short: Some('g'),
        value: "FILE",
        help: "other graphs instead of the built-in one; later ones are laid over earlier ones; `ops` is the built-in graph, `ops-texts` its first layer, `-` standard input",
        apply: |options, file| {
            options.graphs.push(file.into());
            Ok(())
        },
    },
    Flag {
        name: "file",
        short: Some('f'),
        value: "FILE",
        help: "a batch: a statement a line, or separated by `;` (`-`: standard input)",
        apply: |options, file| {
            options.orders.push(Order::File(file.into()));
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
            options.output = Some(file.into());
            Ok(())
        },
    },
    Flag {
        name: "save",
        short: None,
        value: "FILE",
        help: "write the loaded, layered graph itself as native JSON",
        apply: |options, file| {
            options.save = Some(file.into());
            Ok(())
        },
    },
    Flag {
        name: "schema",
        short: None,
        value: "",
        help: "print the JSON Schema of answers",
        apply: |options, _| {
            options.schema = true;
            Ok(())
        },
    },
    Flag {
        name: "mcp",
        short: None,
        value: "",
        help: "serve assistants by the Model Context Protocol on standard input and output",
        apply: |options, _| {
            options.mcp = true;
            Ok(())
        },
    },
    Flag {
        name: "me",
        short: None,
        value: "[NAME=]FILE",
        help: "your profile: what you know, in queries `@me` (also OPSATLAS_ME); somebody else's under a name, `@NAME`",
        apply: |options, value| {
            options.profiles.push(named_profile(value));
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
        name: "limit-search",
        short: None,
        value: "N",
        help: "how many search nodes a plan may take before the best one found is told",
        apply: |options, number| {
            options.limit_search = number.parse().map_err(|_| "a whole number")?;
            Ok(())
        },
    },
    Flag {
        name: "limit-time",
        short: None,
        value: "S",
        help: "how many seconds an answer may take before what was found is told",
        apply: |options, seconds| {
            let limit = seconds.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok());
            options.limit_time = Some(limit.ok_or("a number of seconds")?);
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
        name: "no-formula-guard",
        short: None,
        value: "",
        help: "csv without an apostrophe before what a spreadsheet would take for a formula",
        apply: |options, _| {
            options.guard_formulas = false;
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
    Flag {
        name: "completions",
        short: None,
        value: "SHELL",
        help: "print a completion script for bash, zsh, fish, elvish or powershell",
        apply: |options, shell| {
            options.completions = Some(shell.to_owned());
            Ok(())
        },
    },
];

/// All flags.
pub(crate) fn flags() -> impl Iterator<Item = &'static Flag> {
    FLAGS.iter().chain(PICTURE_FLAGS)
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
            profiles: Vec::new(),
            limit_paths: PATH_LIMIT,
            limit_rows: usize::MAX,
            limit_search: SEARCH_LIMIT,
            limit_time: None,
            bail: false,
            exit_status: false,
            color: ColorChoice::Auto,
            guard_formulas: true,
            drawing: Drawing::default(),
            completions: None,
            mcp: false,
            schema: false,
        }
    }
}

impl Options {
    /// The format asked for by name, or by the output file's extension.
    pub(crate) fn format(&self) -> Result<&'static Format, Failure> {
        if let Some(name) = &self.format {
            return Format::named(name).map_err(|problem| Failure::new(Exit::Usage, problem));
        }
        let device = |file: &&str| *file == "-" || file.starts_with("/dev/");
        match self.output.as_ref().map(FileName::as_str).filter(|file| !device(file)) {
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
        let graphs = self.graphs.iter().filter(|file| file.is_stream()).count();
        let batches = self.orders.iter().filter(|order| **order == Order::File("-".into()));
        if graphs + batches.count() > 1 {
            let problem = Diagnostic::new("bad-flag", "standard input is asked for twice");
            return Err(Failure::new(Exit::Usage, problem.help("put one of them into a file")));
        }
        Ok(())
    }

    /// Each profile needs a name of its own.
    pub(crate) fn claim_names_once(&self) -> Result<(), Failure> {
        for (at, (name, _)) in self.profiles.iter().enumerate() {
            if self.profiles[..at].iter().any(|(other, _)| other == name) {
                let message = format!("two profiles are to be `@{name}`");
                let problem = Diagnostic::new("bad-flag", message);
                let help = "give each a name: --me knows.json --me ana=ana.json";
                return Err(Failure::new(Exit::Usage, problem.help(help)));
            }
        }
        Ok(())
    }

    /// How far answers may go.
    pub(crate) fn limits(&self) -> Limits<'static> {
        Limits { paths: self.limit_paths, search: self.limit_search, ..Limits::default() }
    }

    /// Shall errors be JSON too?
    pub(crate) fn wants_json(&self) -> bool {
        self.format().is_ok_and(|format| format.name == "json")
    }
}

/// A profile's name and file: `ana=ana.json`, or the file alone, which is one's own.
fn named_profile(value: &str) -> (String, FileName) {
    let is_name = |name: &str| {
        let mut letters = name.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.all(|letter| letter.is_alphanumeric() || "-_".contains(letter))
    };
    match value.split_once('=').filter(|(name, file)| is_name(name) && !file.is_empty()) {
        Some((name, file)) => (name.to_owned(), file.into()),
        None => (OWN_PROFILE.to_owned(), value.into()),
    }
}
