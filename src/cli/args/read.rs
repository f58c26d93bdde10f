//! Arguments read by clap, and what it refuses told in our words. Reading has no effect but the
//! options it yields.

use super::{Options, Order};
use crate::cli::errors::Failure;
use crate::cli::words::WORDS;
use crate::diagnostic::{Diagnostic, nearest};
use crate::query::{STAGES, VERBS};
use crate::render::{FORMATS, Format};
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgMatches, Command, CommandFactory, FromArgMatches, ValueHint};
use std::error::Error;
use std::ffi::{OsStr, OsString};

/// Why there are no options.
pub(crate) enum EarlyExit {
    /// Help or version was asked for and told.
    Said,
    /// The arguments are wrong.
    Failed(Failure),
}

/// What is the same for all flags: a value may begin with a dash, and defaults are not shown.
pub(crate) fn command() -> Command {
    let mut command = Options::command().mut_args(|arg| {
        if arg.is_positional() || !arg.get_action().takes_values() {
            return arg;
        }
        let hint = if takes_file(&arg) { ValueHint::FilePath } else { ValueHint::Other };
        arg.value_hint(hint).allow_hyphen_values(true).hide_default_value(true)
    });
    command.build();
    command
}

/// What one can ask, and how answers can be written: after the flags.
pub(super) fn after_help() -> String {
    let mut text = String::from("Queries:\n");
    let mut row = |name: &str, summary| text.push_str(&format!("  {name:<16}{summary}\n"));
    for verb in VERBS {
        row(verb.name, verb.summary);
    }
    for stage in STAGES {
        row(&format!("… then {}", stage.name), stage.summary);
    }
    row("KIND of S", "nodes of a kind that S has: `tools of mlops`");
    text.push_str("\nFormats:\n");
    for format in FORMATS {
        text.push_str(&format!("  {:<16}{}\n", format.name, format.summary));
    }
    text.push_str("\nWords:\n");
    for (word, meaning) in WORDS {
        text.push_str(&format!("  {word:<16}{meaning}\n"));
    }
    text.push_str("\nOn one of them: `opsatlas help path`, `opsatlas path --help`\n");
    text.push_str("\nExamples:\n  opsatlas path devops to llmops\n  opsatlas tools of mlops\n  opsatlas -F json 'prereqs llmops'\n");
    text
}

/// Does a file stand behind this flag?
pub(crate) fn takes_file(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    !arg.is_positional() && names.iter().any(|name| name.ends_with("FILE"))
}

/// Reads the program's arguments.
pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> Result<Options, EarlyExit> {
    let arguments: Vec<OsString> = arguments.collect();
    if !arguments.iter().any(|argument| argument.as_encoded_bytes().starts_with(b"-")) {
        return Ok(Options::without_flags(arguments.into_iter().skip(1).collect()));
    }
    let mut command = command();
    let arguments = marked(&command, arguments);
    if let Some(options) = on_topic(&command, &arguments) {
        return Ok(options);
    }
    let read = command.try_get_matches_from_mut(arguments).and_then(|matches| {
        let options = Options::from_arg_matches(&matches)?;
        Ok(Options { orders: orders(&options, &matches), ..options })
    });
    read.map_err(|error| refusal(&command, &error))
}

/// The format that arguments ask for, of which others are wrong.
pub(crate) fn format_among(arguments: impl Iterator<Item = OsString>) -> Option<&'static Format> {
    let mut arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    let asked = |argument: &String| argument.starts_with("-F") || argument.starts_with("--format");
    let found = arguments.find(asked)?;
    let name = match found.as_str() {
        "-F" | "--format" => arguments.next()?,
        joined => joined.trim_start_matches("--format=").trim_start_matches("-F").to_owned(),
    };
    Format::named(&name).ok()
}

/// The options of `path --help`, which asks about that word rather than about the program.
fn on_topic(command: &Command, arguments: &[OsString]) -> Option<Options> {
    const HELP: [&str; 2] = ["--help", "-h"];
    let flags = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    let is_help = |argument: &OsString| HELP.iter().any(|help| argument == help);
    arguments[..flags].iter().find(|argument| is_help(argument))?;
    let others = arguments.iter().enumerate();
    let others = others.filter(|(at, argument)| *at >= flags || !is_help(argument));
    let others = others.map(|(_, argument)| argument.clone());
    let matches = command.clone().try_get_matches_from(others).ok()?;
    let mut options = Options::from_arg_matches(&matches).ok()?;
    let topic = options.words.first()?.to_str()?;
    let verbs = VERBS.iter().map(|verb| verb.name);
    let stages = STAGES.iter().map(|stage| stage.name);
    let mut topics = verbs.chain(stages).chain(FORMATS.iter().map(|format| format.name));
    topics.find(|name| name.eq_ignore_ascii_case(topic) || topic == "then")?;
    options.words.insert(0, HELP_COMMAND.into());
    Some(options)
}

/// The command that explains a word.
const HELP_COMMAND: &str = ".help";

/// `-f` and `-c` in the order given.
fn orders(options: &Options, matches: &ArgMatches) -> Vec<Order> {
    // clap gathers each flag by itself; the places tell in which order they were given.
    let places = |name| matches.indices_of(name).into_iter().flatten();
    let files = places("files").zip(options.files.iter().cloned().map(Order::File));
    let commands = places("commands").zip(options.commands.iter().cloned().map(Order::Command));
    let mut orders: Vec<(usize, Order)> = files.chain(commands).collect();
    orders.sort_by_key(|(place, _)| *place);
    orders.into_iter().map(|(_, order)| order).collect()
}

/// What clap refuses in our words, or what it was asked to say.
fn refusal(command: &Command, error: &clap::Error) -> EarlyExit {
    if !error.use_stderr() {
        return match error.print() {
            Ok(()) => EarlyExit::Said,
            Err(error) => EarlyExit::Failed(Failure::stream("standard output", &error)),
        };
    }
    let told = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let wrong = told(ContextKind::InvalidArg);
    let flag = wrong.split(' ').next().unwrap_or_default();
    let bad = |message| Diagnostic::new("bad-flag", message);
    let problem = match (error.kind(), error.source()) {
        (ErrorKind::UnknownArgument, _) => {
            let names = command.get_arguments().filter_map(Arg::get_long);
            let problem = bad(format!("there is no flag `{wrong}`"));
            let near = nearest(wrong.trim_start_matches('-'), names);
            let near = near.first().map(|near| format!("--{near}"));
            problem.suggest(near, "`--help` lists them; after `--` everything is part of the query")
        }
        (ErrorKind::ValueValidation, Some(wanted)) => {
            let value = told(ContextKind::InvalidValue);
            bad(format!("{flag} takes {wanted}, not `{value}`"))
        }
        (ErrorKind::InvalidUtf8, _) => bad("what stands behind a flag is no UTF-8 text".to_owned()),
        _ => {
            let told = error.to_string();
            let first = told.lines().next().unwrap_or_default();
            bad(first.trim_start_matches("error: ").to_owned())
        }
    };
    EarlyExit::Failed(problem.into())
}

/// Marks an argument that begins with a dash but is a word of the query, such as `->`: clap would
/// take it for a flag.
const WORD: &str = "\0";

/// The arguments as clap takes them.
fn marked(command: &Command, arguments: Vec<OsString>) -> Vec<OsString> {
    let short = |letter| command.get_arguments().find(|arg| arg.get_short() == Some(letter));
    let long = |name: &str| command.get_arguments().find(|arg| arg.get_long() == Some(name));
    let (mut words_only, mut is_value) = (false, false);
    let marked = arguments.into_iter().map(|argument| {
        let text = argument.to_string_lossy().into_owned();
        let Some(rest) = text.strip_prefix('-').filter(|_| !is_value && !words_only) else {
            is_value = false;
            return argument;
        };
        let mut letters = rest.chars();
        let (is_flag, found) = match (letters.next(), letters.next()) {
            (None, _) => (true, None),
            (Some('-'), first) => {
                // A bare `--`: nothing behind it is a flag.
                words_only = first.is_none();
                (first.is_none_or(|letter| letter.is_ascii_alphabetic()), long(&rest[1..]))
            }
            (Some(letter), next) => {
                let found = short(letter);
                (found.is_some(), found.filter(|_| next.is_none()))
            }
        };
        // What comes next is its value, whatever that begins with.
        is_value = found.is_some_and(|arg| arg.get_action().takes_values());
        if is_flag {
            return argument;
        }
        let mut word = OsString::from(WORD);
        word.push(&argument);
        word
    });
    marked.collect()
}

/// The bytes of a word of the query.
pub(super) fn unmarked(argument: &OsStr) -> &[u8] {
    let bytes = argument.as_encoded_bytes();
    bytes.strip_prefix(WORD.as_bytes()).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::{EarlyExit, command, read};
    use crate::cli::args::{Options, Order};
    use crate::cli::terminal::ColorChoice;
    use clap::Arg;

    fn given(arguments: &[&str]) -> Result<Options, EarlyExit> {
        read(["opsatlas"].iter().chain(arguments).map(Into::into))
    }

    fn options(arguments: &[&str]) -> Options {
        given(arguments).unwrap_or_else(|_| panic!("{arguments:?} is refused"))
    }

    /// What is said of arguments that are wrong, and the first piece of advice.
    fn refused(arguments: &[&str]) -> (String, String) {
        match given(arguments) {
            Err(EarlyExit::Failed(failure)) => {
                let problem = &failure.problems[0];
                (
                    problem.message.clone(),
                    problem.help.first().map_or_else(String::new, ToString::to_string),
                )
            }
            _ => panic!("{arguments:?} is taken"),
        }
    }

    fn words(arguments: &[&str]) -> Vec<String> {
        let words = options(arguments).words().into_iter();
        words.map(|word| String::from_utf8(word).expect("text")).collect()
    }

    #[test]
    fn the_table_is_one_that_clap_takes() {
        command().debug_assert();
        for arg in command().get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty() && !help.ends_with('.'), "{}: {help}", arg.get_id());
        }
        let names: Vec<_> = command().get_arguments().filter_map(Arg::get_short).collect();
        assert!(names.iter().collect::<std::collections::BTreeSet<_>>().len() == names.len());
    }

    #[test]
    fn without_flags_options_are_those_that_the_table_has() {
        let told = |arguments: &[&str]| format!("{:?}", options(arguments));
        for words in [&["path", "a", "to", "b"][..], &[], &[""]] {
            let marked: Vec<_> = ["--"].iter().chain(words).copied().collect();
            assert_eq!(told(words), told(&marked));
        }
    }

    #[test]
    fn words_may_begin_with_a_dash_where_no_flag_does() {
        assert_eq!(words(&["path", "a", "->", "b", "-F", "json"]), ["path", "a", "->", "b"]);
        assert_eq!(words(&["a", "-docker", "-5", "-"]), ["a", "-docker", "-5", "-"]);
        assert_eq!(words(&["--", "--bail", "->"]), ["--bail", "->"]);
        assert!(!options(&["--", "--bail"]).bail);
        assert_eq!(words(&["--->", "x"]), ["--->", "x"]);
    }

    #[test]
    fn a_value_may_look_like_a_flag_or_a_word() {
        let read = options(&["-o", "--bail", "--save", "->", "-c", "--", "-g", "-", "nodes"]);
        assert_eq!(read.output.map(|file| file.to_string()).as_deref(), Some("--bail"));
        assert_eq!(read.save.map(|file| file.to_string()).as_deref(), Some("->"));
        assert_eq!(read.orders, [Order::Command("--".into())]);
        assert!(read.graphs[0].is_stream() && !read.bail);
        assert_eq!(options(&["-oa.svg"]).output.map(|file| file.to_string()), Some("a.svg".into()));
    }

    #[test]
    fn batches_keep_their_order_and_the_last_of_what_is_given_twice_counts() {
        let read = options(&["-c", "a", "-f", "b", "--command=c", "--color", "never"]);
        let wanted =
            [Order::Command("a".into()), Order::File("b".into()), Order::Command("c".into())];
        assert_eq!((read.orders.as_slice(), read.color), (&wanted[..], ColorChoice::Never));
        let twice = options(&["--limit-rows", "3", "--bail", "--limit-rows", "4", "--bail"]);
        assert_eq!((twice.limit_rows, twice.bail, twice.guard_formulas), (4, true, true));
        assert!(!options(&["--no-formula-guard"]).guard_formulas);
    }

    #[test]
    fn what_is_wrong_is_told_with_what_would_be_right() {
        let said = |arguments: &[&str]| refused(arguments).0;
        let flag = refused(&["--formt", "json"]);
        assert_eq!(flag.0, "there is no flag `--formt`");
        assert_eq!(flag.1, "did you mean `--format`?");
        assert!(refused(&["--zzzzzzzz"]).1.starts_with("`--help` lists them"));
        assert_eq!(said(&["--color", "blue"]), "--color takes auto, always or never, not `blue`");
        assert_eq!(said(&["--limit-rows", "-5"]), "--limit-rows takes a whole number, not `-5`");
        assert_eq!(said(&["--limit-time", "x"]), "--limit-time takes a number of seconds, not `x`");
        assert_eq!(said(&["--scale", "17"]), "--scale takes a number from 0.05 to 16, not `17`");
        assert_eq!(said(&["--direction", "up"]), "--direction takes right or down, not `up`");
        assert!(said(&["--completions", "tcsh"]).contains("elvish or powershell, not `tcsh`"));
        assert!(said(&["--format"]).contains("a value is required"));
    }

    #[test]
    fn a_profile_has_a_name_only_where_one_stands_before_the_sign() {
        for (value, name, file) in [
            ("a.json", "me", "a.json"),
            ("ana=a.json", "ana", "a.json"),
            ("ana=", "me", "ana="),
            ("dir/x=1.json", "me", "dir/x=1.json"),
            ("=a", "me", "=a"),
            ("a=b=c", "a", "b=c"),
        ] {
            let profile = options(&["--me", value]).profiles.remove(0);
            assert_eq!((profile.name.as_str(), profile.file.as_str()), (name, file), "{value}");
        }
        assert!(options(&["--me", "a", "--me", "b"]).claim_names_once().is_err());
        assert!(options(&["--me", "a", "--me", "x=b"]).claim_names_once().is_ok());
    }

    #[test]
    fn standard_input_is_read_once() {
        assert!(options(&["-g", "-", "-f", "-"]).claim_input_once().is_err());
        assert!(options(&["-g", "-", "-f", "./-"]).claim_input_once().is_ok());
    }

    #[test]
    fn a_format_is_named_or_told_by_the_file() {
        let format = |arguments: &[&str]| options(arguments).format().map(|format| format.name);
        assert_eq!(format(&[]).ok(), Some("table"));
        assert_eq!(format(&["-o", "a.SVG"]).ok(), Some("svg"));
        assert_eq!(format(&["-o", "a.svg", "-F", "JSON"]).ok(), Some("json"));
        assert_eq!(format(&["-o", "/dev/stderr"]).ok(), Some("table"));
        assert!(format(&["-o", "a.xyz"]).is_err() && format(&["-F", "xyz"]).is_err());
    }
}
