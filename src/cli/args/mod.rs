//! The program's arguments. A flag is a field: its comment is its help, its name the flag's.

mod manual;
mod pictures;
mod read;
mod values;

pub(crate) use manual::manual;
pub(crate) use read::{EarlyExit, command, format_among, read, takes_file};
pub(crate) use values::{COLORS, SHELLS};

use super::errors::Failure;
use super::io::file_name::FileName;
use super::terminal::ColorChoice;
use crate::diagnostic::Diagnostic;
use crate::import::{ColumnMeanings, Reading};
use crate::query::{PATH_LIMIT, SEARCH_LIMIT};
use crate::render::{Drawing, FORMATS, Format, format_of_file};
use clap::{ArgAction, Parser};
use clap_complete::Shell;
use pictures::Pictures;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::str::FromStr;
use std::time::Duration;
use values::{color, seconds, whole_number};

/// A statement to run, or a file of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// `-f`
    File(FileName),
    /// `-c`
    Command(OsString),
}

/// The name of one's own profile.
pub(crate) const OWN_PROFILE: &str = "me";

/// A profile's file, and the name of the set of what it knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedProfile {
    pub(crate) name: String,
    pub(crate) file: FileName,
}

/// What `--map` says.
#[derive(Debug, Clone)]
enum MapArgument {
    Columns(ColumnMeanings),
    /// What tables of a database mean stands in a file.
    Tables(FileName),
}

impl FromStr for MapArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let file = ["yaml", "yml", "json"].iter().any(|ending| {
            text.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
        });
        if file { Ok(Self::Tables(text.into())) } else { text.parse().map(Self::Columns) }
    }
}

/// How many edges a statement fetches from a database, unless that is said.
const FETCH_LIMIT: usize = 5_000_000;

/// What was asked for.
#[expect(clippy::struct_excessive_bools, reason = "independent switches, one each")]
#[derive(Debug, Clone, Default, Parser)]
#[command(
    name = "opsatlas",
    version,
    about = "Ask a knowledge graph of the Ops world: what to learn, in which order, and who says so",
    override_usage = "opsatlas [FLAGS] [QUERY…]",
    after_help = read::after_help(),
    args_override_self = true
)]
pub(crate) struct Options {
    /// one query; without any, a prompt opens
    #[arg(value_name = "QUERY")]
    words: Vec<OsString>,
    /// other graphs instead of the built-in one; later ones are laid over earlier ones; `ops` is
    /// the built-in graph, `ops-texts` its first layer, `-` standard input
    #[arg(long = "graph", short, value_name = "FILE")]
    pub(crate) graphs: Vec<FileName>,
    /// what headers of sheets mean: `topic=name,needs=prerequisites`; any number of times; or a
    /// file `tables.yaml` that says what tables of a database mean
    #[arg(id = "map", long = "map", value_name = "HEADER=MEANING", value_parser = str::parse::<MapArgument>)]
    meanings: Vec<MapArgument>,
    /// make nodes of names that no row and no file defines
    #[arg(long)]
    pub(crate) create_missing: bool,
    /// a batch: a statement a line, or separated by `;` (`-`: standard input)
    #[arg(long = "file", short, value_name = "FILE")]
    files: Vec<FileName>,
    /// a statement, or several separated by `;`
    #[arg(long = "command", short, value_name = "QUERY")]
    commands: Vec<OsString>,
    /// how answers are written
    #[arg(long, short = 'F')]
    format: Option<String>,
    /// where answers go; the format by its extension
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<FileName>,
    /// write the loaded, layered graph itself, in the format of the extension: json, yaml, csv,
    /// graphml, gexf or atlas
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<FileName>,
    /// your profile: what you know, in queries `@me` (also `OPSATLAS_ME`; without either, `me.json`
    /// in your data folder); somebody else's under a name, `@NAME`
    #[arg(long = "me", value_name = "[NAME=]FILE")]
    pub(crate) profiles: Vec<NamedProfile>,
    /// how many paths a list may have
    #[arg(long, value_name = "N", value_parser = whole_number, default_value_t = PATH_LIMIT)]
    pub(crate) limit_paths: usize,
    /// how many nodes, paths or rows an answer may have
    #[arg(long, value_name = "N", value_parser = whole_number, default_value_t = usize::MAX)]
    pub(crate) limit_rows: usize,
    /// how many search nodes a plan may take before the best one found is told
    #[arg(long, value_name = "N", value_parser = whole_number, default_value_t = SEARCH_LIMIT)]
    pub(crate) limit_search: usize,
    /// how many seconds an answer may take before what was found is told
    #[arg(long, value_name = "S", value_parser = seconds)]
    pub(crate) limit_time: Option<Duration>,
    /// how many edges a statement may fetch from a database
    #[arg(long, value_name = "EDGES", value_parser = whole_number, default_value_t = FETCH_LIMIT)]
    pub(crate) limit_fetch: usize,
    /// fetch all of a graph from its database for what takes all of it
    #[arg(long)]
    pub(crate) fetch_all: bool,
    /// end a batch at the first error
    #[arg(long)]
    pub(crate) bail: bool,
    /// end with 3 if `check` finds errors, with 5 if an answer is empty
    #[arg(long)]
    pub(crate) exit_status: bool,
    /// csv without an apostrophe before what a spreadsheet would take for a formula
    #[arg(long = "no-formula-guard", action = ArgAction::SetFalse)]
    pub(crate) guard_formulas: bool,
    /// auto, always or never
    #[arg(long, value_name = "WHEN", value_parser = color, default_value = "auto")]
    pub(crate) color: ColorChoice,
    /// serve assistants by the Model Context Protocol on standard input and output
    #[arg(long)]
    pub(crate) mcp: bool,
    /// print the JSON Schema of answers
    #[arg(long)]
    pub(crate) schema: bool,
    /// print the manual page: `opsatlas --man | man -l -`
    #[arg(long)]
    pub(crate) man: bool,
    /// print a completion script for bash, zsh, fish, elvish or powershell
    #[arg(long, value_name = "SHELL", value_parser = values::shell)]
    pub(crate) completions: Option<Shell>,
    /// what could stand where the last of the words behind `--` does, for completion scripts
    #[arg(long, hide = true)]
    pub(crate) complete: bool,
    #[command(flatten)]
    pictures: Pictures,
    // `-f` and `-c` in the order given.
    #[arg(skip)]
    pub(crate) orders: Vec<Order>,
}

impl Options {
    /// The options of who gives no flag, without the table of flags: to build that takes as long as
    /// many an answer.
    fn without_flags(words: Vec<OsString>) -> Self {
        Self {
            words,
            limit_paths: PATH_LIMIT,
            limit_rows: usize::MAX,
            limit_search: SEARCH_LIMIT,
            limit_fetch: FETCH_LIMIT,
            guard_formulas: true,
            ..Self::default()
        }
    }

    /// The words of the query, as the system gave them.
    pub(crate) fn words(&self) -> Vec<Vec<u8>> {
        self.words.iter().map(|word| read::unmarked(word).to_vec()).collect()
    }

    /// How graph files are read.
    pub(crate) fn reading(&self) -> Reading {
        let columns = self.meanings.iter().filter_map(|own| match own {
            MapArgument::Columns(columns) => Some(columns.clone()),
            MapArgument::Tables(_) => None,
        });
        Reading::new(columns.collect(), self.create_missing)
    }

    /// Files that say what tables of a database mean.
    pub(crate) fn tables(&self) -> Vec<&FileName> {
        let tables = self.meanings.iter().filter_map(|own| match own {
            MapArgument::Tables(file) => Some(file),
            MapArgument::Columns(_) => None,
        });
        tables.collect()
    }

    /// How pictures are drawn.
    pub(crate) fn drawing(&self) -> Drawing {
        (&self.pictures).into()
    }

    /// What stands above pictures, if not the query.
    pub(crate) fn title(&self) -> Option<&str> {
        self.pictures.title.as_deref()
    }

    /// The format asked for by name, or by the output file's extension.
    pub(crate) fn format(&self) -> Result<&'static Format, Failure> {
        if let Some(name) = &self.format {
            return Ok(Format::named(name)?);
        }
        let device = |file: &&str| *file == "-" || file.starts_with("/dev/");
        match self.output.as_ref().map(FileName::as_str).filter(|file| !device(file)) {
            None => Ok(&FORMATS[0]),
            Some(file) => format_of(file),
        }
    }

    /// Standard input can be read once only.
    pub(crate) fn claim_input_once(&self) -> Result<(), Failure> {
        let graphs = self.graphs.iter().filter(|file| file.is_stream()).count();
        let batches = self.files.iter().filter(|file| file.is_stream()).count();
        if graphs + batches > 1 {
            let problem = Diagnostic::new("bad-flag", "standard input is asked for twice");
            return Err(problem.help("put one of them into a file").into());
        }
        Ok(())
    }

    /// Each profile needs a name of its own.
    pub(crate) fn claim_names_once(&self) -> Result<(), Failure> {
        let mut names = BTreeSet::new();
        match self.profiles.iter().find(|profile| !names.insert(&profile.name)) {
            None => Ok(()),
            Some(twice) => {
                let message = format!("two profiles are to be `@{}`", twice.name);
                let help = "give each a name: --me knows.json --me ana=ana.json";
                Err(Diagnostic::new("bad-flag", message).help(help).into())
            }
        }
    }
}

/// The format of a file by its extension.
pub(crate) fn format_of(file: &str) -> Result<&'static Format, Failure> {
    format_of_file(file).ok_or_else(|| {
        let known: Vec<&str> =
            FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
        let message = format!("no format is known for the file `{file}`");
        let help =
            format!("use one of the extensions {}, or name a format with -F", known.join(", "));
        Diagnostic::new("unknown-format", message).help(help).into()
    })
}
