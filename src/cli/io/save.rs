//! `--save`: a graph to the file, or the files, of a format.

use super::file_name::FileName;
use super::inputs::Purpose;
use super::output::OutputFile;
use super::remote;
use crate::cli::errors::{self, Exit, Failure};
use crate::diagnostic::Diagnostic;
use crate::export::{SAVERS, Saver};
use crate::graph::Atlas;
use crate::import::IMPORTERS;
use crate::render::format_of_file;
use std::path::{Path, PathBuf};

/// As what a graph is written.
enum Form {
    /// As files of a format.
    Files(&'static Saver),
    /// As tables of the database at this address.
    Tables(FileName),
}

/// Where a graph is to go, in the state that it has before anything is read.
pub(crate) struct Save {
    form: Form,
    /// The files that the format may write, each by what stands before its extension.
    targets: Vec<(&'static str, OutputFile, PathBuf)>,
}

/// What stands before the extensions of the files that a graph may make.
const ENDINGS: [&str; 2] = ["", "-edges"];

impl Save {
    pub(crate) fn new(file: &FileName) -> Result<Self, Failure> {
        if remote::is_remote(file) {
            return Ok(Self { form: Form::Tables(file.clone()), targets: Vec::new() });
        }
        if file.as_str().ends_with(std::path::is_separator) {
            return Self::folder(file);
        }
        let saver = saver(file)?;
        let stream = file.is_stream() || file.as_str().starts_with("/dev/");
        // A stream takes one file only.
        let endings = if stream { &ENDINGS[..1] } else { &ENDINGS[..] };
        let target = |ending: &&'static str| {
            let path = with_ending(file.path(), ending);
            Ok((*ending, OutputFile::new(&path)?, path))
        };
        let targets: Result<Vec<_>, Failure> = endings.iter().map(target).collect();
        Ok(Self { form: Form::Files(saver), targets: targets? })
    }

    /// The sheets of Neo4j's bulk import, by the names that its documents give them.
    fn folder(folder: &FileName) -> Result<Self, Failure> {
        let failed = |error| Failure::stream(folder.as_str(), &error);
        std::fs::create_dir_all(folder.path()).map_err(failed)?;
        let target = |(ending, name): (&'static str, &str)| {
            let path = folder.path().join(name);
            Ok((ending, OutputFile::new(&path)?, path))
        };
        let names = ENDINGS.into_iter().zip(["nodes.csv", "relationships.csv"]);
        let targets: Result<Vec<_>, Failure> = names.map(target).collect();
        let saver = Saver::named("neo4j").unwrap_or(&SAVERS[0]);
        Ok(Self { form: Form::Files(saver), targets: targets? })
    }

    /// Writes the graph, and tells what its format cannot hold.
    pub(crate) fn write(self, atlas: &Atlas) -> Result<(), Failure> {
        let Self { form, mut targets } = self;
        let saver = match form {
            Form::Files(saver) => saver,
            Form::Tables(address) => return remote::save(&address, atlas),
        };
        let data = |problem| Failure::new(Exit::Data, problem);
        let saved = saver.save(atlas).map_err(data)?;
        let mut names = Vec::new();
        for (ending, text) in &saved.files {
            let Some(at) = targets.iter().position(|(own, ..)| own == ending) else {
                let message = "these are two sheets, and need two files";
                let problem = Diagnostic::new("bad-flag", message);
                let help = "name a file: --save graph.csv also writes graph-edges.csv";
                return Err(problem.help(help).into());
            };
            let (_, target, path) = targets.swap_remove(at);
            names.push((target, text, path));
        }
        let several = names.len() > 1;
        let mut written = Vec::new();
        for (target, text, path) in names {
            target.save(Purpose::Graph, text)?;
            written.push(format!("-g {}", path.display()));
        }
        if several {
            errors::note(&format!("saved as two sheets, read by {}", written.join(" ")));
        }
        if !saved.left_out.is_empty() {
            let name = saver.name;
            errors::note(&format!("as {name}, {}", saved.left_out.join("; ")));
        }
        Ok(())
    }
}

/// The format of a file by its extension; native JSON for what has none, or one that nobody knows.
fn saver(file: &FileName) -> Result<&'static Saver, Failure> {
    let name = file.as_str();
    if let Some(saver) = Saver::of_file(name) {
        return Ok(saver);
    }
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    let read = IMPORTERS.iter().any(|row| row.extensions.contains(&extension.as_str()));
    if !read && format_of_file(name).is_none() {
        return Ok(&SAVERS[0]);
    }
    let known: Vec<&str> = SAVERS.iter().flat_map(|saver| saver.extensions).copied().collect();
    let message = format!("a graph is not saved as `{extension}`");
    let help = format!("use one of the extensions {}; answers go to files by -o", known.join(", "));
    Err(Diagnostic::new("unknown-format", message).help(help).into())
}

/// `graph-edges.csv` for `graph.csv`.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    if ending.is_empty() {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(ending);
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::{saver, with_ending};
    use std::path::Path;

    #[test]
    fn the_extension_says_the_format() {
        for (file, wanted) in [
            ("a.json", "json"),
            ("-", "json"),
            ("a.d/b", "json"),
            ("x.atlases", "json"),
            ("x.ATLAS", "atlas"),
            ("a.YML", "yaml"),
            ("a.csv", "csv"),
            ("a.graphml", "graphml"),
            ("a.gexf", "gexf"),
        ] {
            assert_eq!(saver(&file.into()).map(|saver| saver.name).ok(), Some(wanted), "{file}");
        }
        assert!(saver(&"a.svg".into()).is_err() && saver(&"a.tsv".into()).is_err());
    }

    #[test]
    fn a_second_file_stands_beside_the_first() {
        assert_eq!(with_ending(Path::new("d/a.b.csv"), "-edges"), Path::new("d/a.b-edges.csv"));
        assert_eq!(with_ending(Path::new("d/a.csv"), ""), Path::new("d/a.csv"));
    }
}
