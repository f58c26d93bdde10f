//! `.graph`, `.read`, `.export`: commands that name files.

use super::{At, Next, misuse};
use crate::cli::args::format_of;
use crate::cli::errors::Failure;
use crate::cli::io::file_name::FileName;
use crate::cli::io::{files, graphs, inputs::Purpose, output};
use crate::cli::profile::known_ids;
use crate::cli::progress::Progress;
use crate::diagnostic::{Diagnostic, visible};
use crate::render::Look;
pub(super) fn graph(rest: &str, at: &mut At<'_>) -> Result<Next, Failure> {
    let files: Vec<FileName> = words(rest).iter().map(|file| file.as_str().into()).collect();
    if files.is_empty() {
        let atlas = at.session.atlas();
        let (nodes, edges) = (atlas.node_bound(), atlas.edge_bound());
        let layers = visible(&atlas.layers().join(", "));
        return Ok(Next::Say(format!("{nodes} nodes, {edges} edges; layers: {layers}\n")));
    }
    if files.iter().any(FileName::is_stream) {
        return Err(misuse(".graph", "standard input is the prompt's"));
    }
    files.iter().filter(|file| !file.path().is_dir()).try_for_each(files::must_be_regular)?;
    let _watch = Progress::begin(None);
    let atlas = graphs::load(&files, at.settings.options.reading())?;
    at.settings.options.graphs = files;
    at.settings.changes.clear();
    Ok(Next::Change(Box::new(atlas)))
}

pub(super) fn read(rest: &str, _: &mut At<'_>) -> Result<Next, Failure> {
    match words(rest).as_slice() {
        [file] if file != "-" => {
            let file = file.as_str().into();
            let text =
                files::must_be_regular(&file).and_then(|()| files::read(&file, Purpose::Batch));
            text.map(Next::Read)
        }
        _ => Err(misuse(".read", "`.read` takes one file")),
    }
}

pub(super) fn export(rest: &str, at: &mut At<'_>) -> Result<Next, Failure> {
    let found = words(rest);
    let [file] = found.as_slice() else {
        return Err(misuse(".export", "`.export` takes one file"));
    };
    let Some((statement, answer)) = at.last else {
        let problem = Diagnostic::new("bad-command", "there is no answer yet");
        return Err(problem.help("ask something, then export its answer").into());
    };
    if answer.atlas.partial().is_some() {
        let message = "this answer holds what was shown of a graph in a database, and no more";
        let problem = Diagnostic::new("bad-command", message);
        return Err(problem.help("start with --fetch-all, or ask with `-o FILE`").into());
    }
    let format = format_of(file)?;
    let options = &at.settings.options;
    let (drawing, guard_formulas) = (options.drawing(), options.guard_formulas);
    let title = options.title();
    let plain = Look::plain(statement.as_typed());
    let marks = known_ids(at.session);
    let look = Look { marks: &marks, title, drawing, guard_formulas, exact: true, ..plain };
    let bytes = (format.write)(answer, &look)?;
    output::write(file.as_ref(), &bytes)?;
    let shown = visible(&statement.as_typed().replace('\n', " "));
    Ok(Next::Say(format!("`{shown}` written to {file} as {}\n", format.name)))
}

/// The words of an argument; quotes keep blanks, `~/` is the home folder.
pub(super) fn words(rest: &str) -> Vec<String> {
    split_words(rest).into_iter().map(|word| FileName::at_home(&word)).collect()
}

/// The words of an argument; quotes keep blanks.
pub(super) fn split_words(rest: &str) -> Vec<String> {
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
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn files_with_blanks_stand_in_quotes() {
        assert_eq!(words("a.json 'b c.json'  \"d\""), ["a.json", "b c.json", "d"]);
    }
}
