//! The manual page (`man`), made from the tables that also answer.

use super::read::command;
use crate::query::{STAGES, VERBS};
use crate::render::FORMATS;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io;

/// How the program ends, and when.
const EXIT_CODES: &[(&str, &str)] = &[
    ("0", "everything was answered; an empty answer is an answer"),
    ("1", "a file or a stream failed"),
    ("2", "the arguments or a query are wrong"),
    ("3", "a graph's data is wrong; with --exit-status, check found errors"),
    ("4", "an answer was stopped at a limit and says so"),
    ("5", "with --exit-status, an answer was empty"),
    ("130", "interrupted"),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    ("OPSATLAS_ME", "the file of your profile, as with --me"),
    ("NO_COLOR", "no colours, whatever the terminal can"),
    ("PAGER", "what shows long answers at the prompt"),
    ("XDG_DATA_HOME", "where the lines of the prompt are kept"),
];

/// The page, as `man -l` reads it.
pub(crate) fn manual() -> io::Result<Vec<u8>> {
    // A day without one would be the day of the build.
    let man = Man::new(command()).date("\\&");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    let questions = VERBS
        .iter()
        .map(|verb| (verb.usage(), format!("{}: opsatlas {}", verb.summary, quoted(verb.example))));
    listed("QUERIES", questions, &mut page)?;
    let stages = STAGES.iter().map(|stage| {
        let usage = format!("… then {}", stage.usage());
        (usage, format!("{}: opsatlas {}", stage.summary, quoted(stage.example)))
    });
    listed("WHAT FOLLOWS A QUERY", stages, &mut page)?;
    man.render_options_section(&mut page)?;
    listed("FORMATS", FORMATS.iter().map(|format| (format.name, format.summary)), &mut page)?;
    listed("EXIT STATUS", EXIT_CODES.iter().copied(), &mut page)?;
    listed("ENVIRONMENT", ENVIRONMENT.iter().copied(), &mut page)?;
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// A query as one writes it in a shell.
fn quoted(query: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || " ,._-".contains(letter);
    if query.chars().all(plain) { query.to_owned() } else { format!("'{query}'") }
}

fn listed(
    title: &str,
    rows: impl Iterator<Item = (impl Into<String>, impl Into<String>)>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    let mut section = Roff::new();
    section.control("SH", [title]);
    for (name, summary) in rows {
        section.control("TP", []);
        section.text([bold(name)]).text([roman(summary)]);
    }
    section.to_writer(page)
}
