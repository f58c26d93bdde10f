//! What a user of the prompt can set: format, output, timer, pager.

use super::misuse;
use crate::cli::args::Options;
use crate::cli::batch::Display;
use crate::cli::errors::Failure;
use crate::cli::io::{edit::Edited, output};
use crate::render::{FORMATS, Format, format_of_file};

/// The settings of a prompt.
pub(crate) struct Settings {
    /// What the program was started with; where answers go.
    pub(crate) options: Options,
    /// How answers are written now.
    pub(crate) format: &'static Format,
    /// How they are written on the screen.
    screen: &'static Format,
    pub(crate) display: Display,
    /// What has been written to the output file so far.
    pub(crate) kept: Vec<u8>,
    pub(crate) color: bool,
    /// What was changed in graph files since the start, the last behind the others.
    pub(crate) changes: Vec<Vec<Edited>>,
}

impl Settings {
    pub(crate) fn new(options: &Options, format: &'static Format, color: bool) -> Self {
        let display = Display { prompt: true, pager: true, timer: false };
        let screen = if options.output.is_some() { &FORMATS[0] } else { format };
        Self {
            options: options.clone(),
            format,
            screen,
            display,
            kept: Vec::new(),
            color,
            changes: Vec::new(),
        }
    }
}

/// `.format`
pub(crate) fn format(name: &str, settings: &mut Settings) -> Result<String, Failure> {
    if name.is_empty() {
        let mut text = String::new();
        for format in FORMATS {
            let mark = if format.name == settings.format.name { '*' } else { ' ' };
            text.push_str(&format!("{mark} {:<9} {}\n", format.name, format.summary));
        }
        return Ok(text);
    }
    settings.format = Format::named(name)?;
    settings.screen = settings.format;
    Ok(format!("answers are written as {}\n", settings.format.name))
}

/// `.output`
pub(crate) fn send_to(files: &[String], settings: &mut Settings) -> Result<String, Failure> {
    settings.kept.clear();
    match files {
        [] => {}
        [file] if file == "-" => {}
        [file] => {
            output::claim(file.as_ref())?;
            settings.format = format_of_file(file).unwrap_or(settings.screen);
            settings.options.output = Some(file.as_str().into());
            let format = settings.format.name;
            return Ok(format!("answers go to {file} as {format}; `.output` brings them back\n"));
        }
        _ => return Err(misuse(".output", "`.output` takes one file")),
    }
    settings.options.output = None;
    settings.format = settings.screen;
    Ok(format!("answers are shown here, as {}\n", settings.format.name))
}

/// `.timer` and `.pager`
pub(crate) fn switch(name: &str, word: &str, value: &mut bool) -> Result<String, Failure> {
    *value = match word.to_lowercase().as_str() {
        "on" => true,
        "off" => false,
        "" => !*value,
        _ => return Err(misuse(name, &format!("`{name}` is on or off"))),
    };
    let state = if *value { "on" } else { "off" };
    Ok(format!("{} is {state}\n", name.trim_start_matches('.')))
}
