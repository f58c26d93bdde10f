//! The learner's profile on disk: read before queries, edited at the prompt, saved whole.

use super::args::{NamedProfile, OWN_PROFILE, Options};
use super::errors::{Exit, Failure};
use super::io::destination;
use super::io::{
    file_name::{FileName, own_folder},
    files,
    inputs::{self, Purpose},
    lock,
    output::OutputFile,
};
use crate::analysis::Date;
use crate::answer::Answer;
use crate::data::{KnownItem, Profile};
use crate::diagnostic::{Diagnostic, Text};
use crate::query::{Limits, Session, Statement};
use crate::stop::NEVER;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// The variable that names the profile's file.
const VARIABLE: &str = "OPSATLAS_ME";

/// What names the file of one's own profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamedBy {
    Flag,
    /// For all runs: it may be made later.
    Environment,
    /// Nothing: it is the one in the user's data folder, if there is one yet.
    Nothing,
}

/// What it means that one's own profile is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    /// The file's name is wrong.
    Wrong,
    /// It may be made, which is told.
    Told,
    /// It may be made.
    Fine,
}

/// The profiles of a run: one's own, which can be edited, and others.
pub(crate) struct Learner {
    file: Option<FileName>,
    named_by: NamedBy,
    /// The others, each with its name.
    others: Vec<NamedProfile>,
}

impl Learner {
    /// The profiles that flags or the environment name.
    pub(crate) fn new(options: &Options) -> Self {
        let variable = std::env::var_os(VARIABLE).filter(|file| !file.is_empty());
        let variable = variable.map(|file| PathBuf::from(file).into());
        let (own, others): (Vec<_>, Vec<_>) =
            options.profiles.iter().cloned().partition(|profile| profile.name == OWN_PROFILE);
        let own = own.into_iter().next().map(|profile| profile.file);
        let (file, named_by) = match (own, variable) {
            (Some(own), _) => (Some(own), NamedBy::Flag),
            (None, Some(variable)) => (Some(variable), NamedBy::Environment),
            (None, None) => (in_data_folder(), NamedBy::Nothing),
        };
        Self { file, named_by, others }
    }

    /// Reads the files and names what they know `@me` and so on; yields what is worth a note. One
    /// that is not there is wrong, unless it is one's own and can still be written.
    pub(crate) fn open(
        &self,
        session: &mut Session,
        absent: Absent,
    ) -> Result<Option<String>, Failure> {
        let mut notes = Vec::new();
        if let Some(file) = &self.file {
            let profile = match (read(file)?, self.named_by) {
                (Some(profile), _) => Some(profile),
                (None, NamedBy::Nothing) => None,
                (None, _) if absent == Absent::Fine => Some(Profile::default()),
                (None, NamedBy::Environment) => {
                    notes.push(format!(
                        "{VARIABLE} names {file}, which is not there: nothing is known"
                    ));
                    Some(Profile::default())
                }
                (None, NamedBy::Flag) if absent == Absent::Told => {
                    notes.push(format!("{file} is not there yet: nothing is known"));
                    Some(Profile::default())
                }
                (None, NamedBy::Flag) => return Err(no_profile(file)),
            };
            notes.extend(profile.and_then(|own| define(session, OWN_PROFILE, &own, file)));
        }
        for NamedProfile { name, file } in &self.others {
            let profile = read(file)?.ok_or_else(|| no_profile(file))?;
            notes.extend(define(session, name, &profile, file));
        }
        Ok((!notes.is_empty()).then(|| notes.join("; ")))
    }

    /// Reads one's own profile anew, since others may have written; yields its file and how many
    /// entries it has, if it is there.
    pub(crate) fn read_again(
        &self,
        session: &mut Session,
    ) -> Result<Option<(String, usize)>, Failure> {
        let Some(file) = &self.file else { return Ok(None) };
        let Some(profile) = read(file)? else { return Ok(None) };
        define(session, OWN_PROFILE, &profile, file);
        Ok(Some((file.to_string(), profile.items.len())))
    }

    /// Adds what `names` means, since today; tells what changed.
    pub(crate) fn know(&self, session: &mut Session, names: &str) -> Result<String, Failure> {
        let meant = asked(session, names)?;
        self.edit(session, |session, profile| {
            let known = ids_of(session, profile)?;
            let mut told = Vec::new();
            for id in meant.into_iter().filter(|id| !known.contains(id)) {
                told.push(id.clone());
                profile.items.push(KnownItem { id, since: Some(today()), evidence: None });
            }
            Ok(match told.as_slice() {
                [] => "known already".to_owned(),
                ids => format!("known now: {}", ids.join(", ")),
            })
        })
    }

    /// Takes away what `names` means, or an entry that is called just so.
    pub(crate) fn forget(&self, session: &mut Session, names: &str) -> Result<String, Failure> {
        let meant = asked(session, names);
        self.edit(session, |session, profile| {
            let before = profile.items.clone();
            let entry = names.trim_matches('"');
            if profile.items.iter().any(|item| item.id == entry) {
                profile.items.retain(|item| item.id != entry);
            } else {
                let meant = meant?;
                let named = |own: &Session, item: &KnownItem| {
                    let atlas = own.atlas();
                    let [node] = atlas.resolve(&item.id)[..] else { return false };
                    meant.iter().any(|id| id == atlas.id(node))
                };
                let named = |own: &Session| {
                    Ok(before.iter().map(|item| named(own, item)).collect::<Vec<bool>>())
                };
                let mut named = session.settled(&NEVER, named)??.into_iter();
                profile.items.retain(|_| named.next() != Some(true));
            }
            let gone = before.iter().filter(|item| !profile.items.contains(item));
            let gone: Vec<&str> = gone.map(|item| item.id.as_str()).collect();
            Ok(match gone.as_slice() {
                [] => "that was not known".to_owned(),
                ids => format!("forgotten: {}", ids.join(", ")),
            })
        })
    }

    /// Reads the file anew, so that nothing written meanwhile is lost, edits it and saves it, while
    /// no other prompt does.
    fn edit(
        &self,
        session: &mut Session,
        change: impl FnOnce(&mut Session, &mut Profile) -> Result<String, Diagnostic>,
    ) -> Result<String, Failure> {
        let Some(file) = &self.file else {
            let problem = Diagnostic::new("no-profile", "no profile is open");
            let problem = problem.help(format!("start with --me knows.json, or set {VARIABLE}"));
            return Err(problem.into());
        };
        files::must_be_regular(file)?;
        let path = file.path();
        if let (NamedBy::Nothing, Some(folder)) = (self.named_by, path.parent()) {
            let failed = |error| Failure::stream(&folder.to_string_lossy(), &error);
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let _lock = lock::beside(path).map_err(|error| Failure::stream(file.as_str(), &error))?;
        let target = OutputFile::new(path)?;
        let mut profile = read(file)?.unwrap_or_default();
        let before = profile.clone();
        let told = change(session, &mut profile)?;
        if profile != before {
            target.save(Purpose::Profile, profile.save().as_bytes())?;
        }
        define(session, OWN_PROFILE, &profile, file);
        Ok(format!("{told} ({} in {file})\n", profile.items.len()))
    }
}

/// The profile in the user's data folder: as the XDG base directories have it, or where the
/// platform keeps such things.
fn in_data_folder() -> Option<FileName> {
    let below =
        if cfg!(target_os = "macos") { "Library/Application Support" } else { ".local/share" };
    Some(own_folder(["XDG_DATA_HOME", "APPDATA"], below)?.join("me.json").into())
}

/// The profile of a file; none if there is no such file yet.
fn read(file: &FileName) -> Result<Option<Profile>, Failure> {
    if !file.path().exists() {
        inputs::note(Purpose::Profile, file.path(), None);
        return Ok(None);
    }
    // What a shell gives as a descriptor ends; a pipe that nobody writes to would never.
    if !destination::is_descriptor(file.path()) {
        files::must_be_regular(file)?;
    }
    let text = files::read(file, Purpose::Profile)?;
    Profile::read(&text).map(Some).map_err(|problems| Failure { exit: Exit::Data, problems })
}

/// The ids of what `@me` knows, where it is open.
pub(crate) fn known_ids(session: &Session) -> Vec<String> {
    let known = session.named(OWN_PROFILE).unwrap_or_default().iter();
    known.map(|node| session.atlas().node(*node).id.clone()).collect()
}

/// What to say of a profile that is not there.
fn no_profile(file: &FileName) -> Failure {
    let problem = Diagnostic::new("io", format!("{file}: there is no such profile"));
    let problem = problem
        .help("is the path right, seen from the current folder?")
        .help(format!("a new one is made by `opsatlas --me {file} .know NAME, …`"));
    Failure::new(Exit::InputOutput, problem)
}

/// Names what is known; tells of entries that the graph lacks.
fn define(session: &mut Session, name: &str, profile: &Profile, file: &FileName) -> Option<String> {
    // What a database has not told is told with the first question.
    let resolved = |own: &Session| Ok(profile.resolve(own.atlas()));
    let (nodes, lacking) = session.settled(&NEVER, resolved).and_then(|found| found).ok()?;
    session.define(name, nodes);
    (!lacking.is_empty())
        .then(|| format!("not in this graph, but kept in {file}: {}", lacking.join(", ")))
}

/// The ids of the nodes that a query yields.
fn asked(session: &Session, names: &str) -> Result<Vec<String>, Diagnostic> {
    let statement = Statement::whole(&Text::new("query", names));
    let ids = |_: &Session, own: &Answer| -> Vec<String> {
        own.clone().into_set().iter().map(|node| own.atlas.id(*node).to_owned()).collect()
    };
    let (answer, ids) = session.clone().answer_shown(&statement, &Limits::default(), ids)?;
    if !answer.shape().has_nodes() {
        let message = format!("this is a {}, but a set of nodes is wanted", answer.shape().name());
        return Err(Diagnostic::new("wrong-shape", message));
    }
    Ok(ids)
}

/// The ids of what is known.
fn ids_of(session: &mut Session, profile: &Profile) -> Result<Vec<String>, Diagnostic> {
    session.settled(&NEVER, |own| {
        let (known, _) = profile.resolve(own.atlas());
        Ok(known.iter().map(|node| own.atlas().id(*node).to_owned()).collect())
    })?
}

/// The day, in UTC.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let day = Date::EPOCH.later((seconds / 86_400) as i64);
    day.unwrap_or(Date::EPOCH).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Absent, Learner, NamedBy};
    use crate::graph::Atlas;
    use crate::query::Session;

    #[test]
    fn what_is_known_is_kept_and_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("me.json");
        let learner =
            |named_by| Learner { file: Some(file.clone().into()), named_by, others: Vec::new() };
        let atlas = Atlas::built_in();
        let mut session = Session::new(&atlas);
        assert!(
            learner(NamedBy::Flag).open(&mut session, Absent::Wrong).is_err(),
            "a file that is named is there"
        );
        let note = learner(NamedBy::Environment)
            .open(&mut session, Absent::Wrong)
            .expect("nothing is known yet");
        assert!(note.is_some_and(|note| note.ends_with("nothing is known")));
        assert_eq!(
            learner(NamedBy::Flag).open(&mut session, Absent::Fine).expect("it is made later"),
            None
        );
        let told = learner(NamedBy::Flag).know(&mut session, "docker, Argo CD").expect("known");
        assert!(told.starts_with("known now: argo-cd, docker (2 in "), "{told}");
        let told = learner(NamedBy::Flag).know(&mut session, "docker").expect("known");
        assert!(told.starts_with("known already (2 in "), "{told}");
        // Another prompt has written meanwhile.
        let text = r#"{"knows": 1, "items": [{"id": "docker"}, {"id": "gone"}]}"#;
        std::fs::write(&file, text).expect("written");
        let told = learner(NamedBy::Flag).forget(&mut session, "gone").expect("forgotten");
        assert!(told.starts_with("forgotten: gone (1 in "), "{told}");
        let mut other = Session::new(&atlas);
        assert_eq!(
            learner(NamedBy::Flag).open(&mut other, Absent::Wrong).expect("a profile"),
            None
        );
        let known = super::asked(&other, "@me").expect("a set");
        assert_eq!(known, ["docker"]);
        let wrong =
            learner(NamedBy::Flag).know(&mut session, "kinds").map_err(|failure| failure.problems);
        assert_eq!(wrong.map_err(|problems| problems[0].code), Err("wrong-shape"));
    }
}
