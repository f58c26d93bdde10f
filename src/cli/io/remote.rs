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
    let address = name.as_str().to_lowercase();
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    let bolt = ["bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"];
    scheme.is_some_and(|own| own == "postgres" || own == "postgresql" || bolt.contains(&own))
}

/// The session on the graph in a database that `-g` names first, if it names one, with the files
/// that lie over it.
pub(crate) fn opened(
    graphs: &[FileName],
    fetching: Fetching,
    (reading, tables): (Reading, Vec<&FileName>),
) -> Result<Option<Session>, Failure> {
    let mut addresses = graphs.iter().enumerate().filter(|(_, graph)| is_remote(graph));
    let found = addresses.next();
    if let Some(file) = tables.first()
        && found.is_none_or(|(_, address)| !is_postgres(address))
    {
        let message = format!("{file} says what tables mean, and none are read");
        let problem = Diagnostic::new("bad-flag", message);
        let help = "tables of PostgreSQL: -g postgres://USER@HOST/DATABASE --map tables.yaml";
        return Err(problem.help(help).into());
    }
    let Some((at, address)) = found else { return Ok(None) };
    if at > 0 || addresses.next().is_some() {
        let message = "a graph in a database lies under all others: it stands first, and alone";
        let problem = Diagnostic::new("bad-flag", message);
        return Err(problem.help("-g postgres://… -g over.json").into());
    }
    if tables.is_empty() {
        imp::open(address, fetching, (&graphs[1..], reading)).map(Some)
    } else {
        imp::open_tables((address, &tables), fetching, (&graphs[1..], reading)).map(Some)
    }
}

/// Writes a graph to the database at an address.
pub(crate) fn save(address: &FileName, atlas: &Atlas) -> Result<(), Failure> {
    imp::save(address, atlas)
}

/// A database that this program was built to speak to, or not.
fn not_built(name: &FileName, feature: &str) -> Failure {
    let scheme = name.as_str().split("://").next().unwrap_or_default();
    let message = format!("this program was built without {scheme}://");
    let help = format!("build it with it: cargo install opsatlas --features {feature}");
    Diagnostic::new("no-database", message).outside().help(help).into()
}

/// Is this the address of a graph in `PostgreSQL`? The others speak Bolt.
fn is_postgres(name: &FileName) -> bool {
    name.as_str().to_lowercase().starts_with("postgres")
}

#[cfg(not(feature = "databases"))]
mod imp {
    use super::{Atlas, Failure, Fetching, FileName, Reading, Session, is_postgres, not_built};

    fn missing(name: &FileName) -> Failure {
        not_built(name, if is_postgres(name) { "postgres" } else { "bolt" })
    }

    pub(super) fn open(
        name: &FileName,
        fetching: Fetching,
        _: (&[FileName], Reading),
    ) -> Result<Session, Failure> {
        // What they say is for databases.
        let _ = (fetching.edges, fetching.everything, fetching.time);
        Err(missing(name))
    }

    pub(super) fn open_tables(
        (name, _): (&FileName, &[&FileName]),
        fetching: Fetching,
        over: (&[FileName], Reading),
    ) -> Result<Session, Failure> {
        open(name, fetching, over)
    }

    pub(super) fn save(name: &FileName, _: &Atlas) -> Result<(), Failure> {
        Err(missing(name))
    }
}

#[cfg(feature = "databases")]
mod imp {
    use super::{Atlas, Failure, Fetching, FileName, Reading, Session, is_postgres, not_built};
    use crate::cli::io::over::over;
    use crate::cli::progress::Progress;
    use crate::cli::terminal::STOP;
    use crate::remote::{Engine, FetchLimits, Layered, Lookup, Store, Supplier};
    #[cfg(feature = "postgres")]
    use crate::{
        cli::{
            errors::tell_notes,
            io::{files, inputs::Purpose},
        },
        data::TableMap,
        diagnostic::Text,
        graph::Builder,
    };

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

    fn engine(name: &FileName) -> Result<Box<dyn Store>, Failure> {
        #[cfg(feature = "postgres")]
        if is_postgres(name) {
            use crate::remote::postgres::{Address, Postgres};
            let address = Address::read(name.as_str(), &Environment)?;
            return Ok(Box::new(Postgres::open(&address, &STOP)?));
        }
        #[cfg(feature = "bolt")]
        if !is_postgres(name) {
            use crate::remote::bolt::{Address, Bolt};
            let address = Address::read(name.as_str(), &Environment)?;
            return Ok(Box::new(Bolt::open(&address, &STOP)?));
        }
        Err(not_built(name, if is_postgres(name) { "postgres" } else { "bolt" }))
    }

    pub(super) fn open(
        name: &FileName,
        fetching: Fetching,
        (files, reading): (&[FileName], Reading),
    ) -> Result<Session, Failure> {
        let limits = FetchLimits { edges: fetching.edges, everything: fetching.everything };
        let _watch = Progress::begin(fetching.time);
        let mut engine: Box<dyn Engine> = engine(name)?;
        if !files.is_empty() {
            engine = Box::new(Layered::new(engine, over(files, &reading)?, &STOP)?);
        }
        Ok(Session::supplied(Supplier::new(engine, limits, &STOP)?, &STOP)?)
    }

    /// Tables of somebody's own, read whole.
    #[cfg(feature = "postgres")]
    pub(super) fn open_tables(
        (name, tables): (&FileName, &[&FileName]),
        fetching: Fetching,
        (over_it, reading): (&[FileName], Reading),
    ) -> Result<Session, Failure> {
        use crate::remote::postgres::Address;
        let address = Address::read(name.as_str(), &Environment)?;
        let _watch = Progress::begin(fetching.time);
        let mut builder = Builder::new();
        for file in tables {
            let map = TableMap::read(&files::read(file, Purpose::Graph)?)?;
            let rows = crate::remote::postgres::tables(&address, map, fetching.edges, &STOP)?;
            let told = format!("tables of {}", address.told());
            crate::data::read(&mut builder, &Text::new(told, rows), "tables");
        }
        let atlas = over(over_it, &reading)?(builder)?.finish()?;
        tell_notes(&atlas);
        Ok(Session::new(&atlas))
    }

    #[cfg(not(feature = "postgres"))]
    pub(super) fn open_tables(
        (name, _): (&FileName, &[&FileName]),
        _: Fetching,
        _: (&[FileName], Reading),
    ) -> Result<Session, Failure> {
        Err(not_built(name, "postgres"))
    }

    pub(super) fn save(name: &FileName, atlas: &Atlas) -> Result<(), Failure> {
        let _watch = Progress::begin(None);
        Ok(crate::remote::save(&mut *engine(name)?, atlas, &STOP)?)
    }
}
