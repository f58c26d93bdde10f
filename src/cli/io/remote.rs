//! Graphs in databases: opened by `-g`, written by `--save`. Without the feature, what to do.

use super::file_name::FileName;
use crate::cli::errors::Failure;
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;
use crate::import::Reading;
use crate::query::Session;
use std::time::Duration;

/// How much may be fetched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fetching {
    pub(crate) edges: usize,
    pub(crate) everything: bool,
    pub(crate) time: Option<Duration>,
}

/// Is this the address of a database?
pub(crate) fn is_remote(name: &FileName) -> bool {
    let schemes = ["postgres://", "postgresql://", "bolt://", "neo4j://"];
    schemes.iter().any(|scheme| name.as_str().to_lowercase().starts_with(scheme))
}

/// The session on the graph in a database that `-g` names first, if it names one, with the files
/// that lie over it.
pub(crate) fn opened(
    graphs: &[FileName],
    fetching: Fetching,
    reading: Reading,
) -> Result<Option<Session>, Failure> {
    let mut addresses = graphs.iter().enumerate().filter(|(_, graph)| is_remote(graph));
    let Some((at, address)) = addresses.next() else { return Ok(None) };
    if at > 0 || addresses.next().is_some() {
        let message = "a graph in a database lies under all others: it stands first, and alone";
        let problem = Diagnostic::new("bad-flag", message);
        return Err(problem.help("-g postgres://… -g over.json").into());
    }
    imp::open(address, fetching, (&graphs[1..], reading)).map(Some)
}

/// Writes a graph to the database at an address.
pub(crate) fn save(address: &FileName, atlas: &Atlas) -> Result<(), Failure> {
    imp::save(address, atlas)
}

#[cfg(not(feature = "postgres"))]
mod imp {
    use super::{Atlas, Diagnostic, Failure, Fetching, FileName, Reading, Session};

    fn missing() -> Failure {
        let message = "this program was built without databases";
        let help = "build it with them: cargo install opsatlas --features postgres";
        Diagnostic::new("no-database", message).outside().help(help).into()
    }

    pub(super) fn open(
        _: &FileName,
        fetching: Fetching,
        _: (&[FileName], Reading),
    ) -> Result<Session, Failure> {
        // What they say is for databases.
        let _ = (fetching.edges, fetching.everything, fetching.time);
        Err(missing())
    }

    pub(super) fn save(_: &FileName, _: &Atlas) -> Result<(), Failure> {
        Err(missing())
    }
}

#[cfg(feature = "postgres")]
mod imp {
    use super::{Atlas, Diagnostic, Failure, Fetching, FileName, Reading, Session};
    use crate::cli::io::over::over;
    use crate::cli::progress::Progress;
    use crate::cli::terminal::STOP;
    use crate::remote::postgres::{Address, Lookup, Postgres, is_address, save as save_tables};
    use crate::remote::{FetchLimits, Layered, Supplier, kept_of};

    /// What the environment says.
    struct Environment;

    impl Lookup for Environment {
        fn variable(&self, name: &str) -> Option<String> {
            std::env::var(name).ok().filter(|value| !value.is_empty())
        }

        fn passwords(&self) -> Option<String> {
            let file = self.variable("PGPASSFILE");
            let file = file.or_else(|| Some(format!("{}/.pgpass", self.variable("HOME")?)))?;
            std::fs::read_to_string(file).ok()
        }
    }

    fn address(name: &FileName) -> Result<Address, Failure> {
        if !is_address(name.as_str()) {
            let message = "this program speaks to PostgreSQL alone";
            let problem = Diagnostic::new("no-database", message).outside();
            return Err(problem.help("write postgres://USER@HOST/DATABASE?graph=NAME").into());
        }
        Ok(Address::read(name.as_str(), &Environment)?)
    }

    pub(super) fn open(
        name: &FileName,
        fetching: Fetching,
        (files, reading): (&[FileName], Reading),
    ) -> Result<Session, Failure> {
        let limits = FetchLimits { edges: fetching.edges, everything: fetching.everything };
        let _watch = Progress::begin(fetching.time);
        let engine = Postgres::open(address(name)?, &STOP)?;
        if !files.is_empty() {
            let engine = Layered::new(engine, over(files, &reading)?, &STOP)?;
            return Ok(Session::supplied(Supplier::new(engine, limits, &STOP)?, &STOP)?);
        }
        let supplier = Supplier::new(engine, limits, &STOP)?;
        Ok(Session::supplied(supplier, &STOP)?)
    }

    pub(super) fn save(name: &FileName, atlas: &Atlas) -> Result<(), Failure> {
        let address = address(name)?;
        let _watch = Progress::begin(None);
        Ok(save_tables(&address, atlas, kept_of(atlas), &STOP)?)
    }
}
