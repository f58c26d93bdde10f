//! A connection, the rows that come over it, and what can go wrong with it.

use super::address::Address;
use crate::remote::link::Cancel;
use crate::remote::server::Place;
use crate::remote::trouble::Trouble;
use neo4j::driver::{Driver, DriverConfig, Record};
use neo4j::session::SessionConfig;
use neo4j::{Neo4jError, ValueReceive, ValueSend};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// How long opening a connection may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many rows the server is asked for at once.
const FETCH: u64 = 10_000;

/// What a statement is given beside its text.
pub(super) type Parameters = HashMap<&'static str, ValueSend>;

/// Numbers as a parameter.
pub(super) fn numbers(numbers: impl Iterator<Item = i64>) -> ValueSend {
    ValueSend::List(numbers.map(ValueSend::Integer).collect())
}

/// Texts as a parameter.
pub(super) fn texts(texts: impl Iterator<Item = String>) -> ValueSend {
    ValueSend::List(texts.map(ValueSend::String).collect())
}

/// A connection.
pub(super) struct Open {
    driver: Driver,
    session: SessionConfig,
}

impl Open {
    /// Rows of a statement, each made into something.
    #[expect(clippy::result_large_err, reason = "the driver's own error")]
    pub(super) fn rows<T>(
        &mut self,
        text: &str,
        parameters: &Parameters,
        made: impl Fn(Row) -> Option<T>,
    ) -> Result<Vec<T>, Trouble> {
        let mut session = self.driver.session(self.session.clone());
        let statement = session.auto_commit(text).with_parameters(parameters);
        let found = statement.with_receiver(|records| {
            let mut found = Vec::new();
            for record in records {
                found.push(made(Row::of(record?)));
            }
            Ok(found)
        });
        let found: Option<Vec<T>> = found.run()?.into_iter().collect();
        found.ok_or_else(|| Trouble::Damaged("a value is missing, or not what it was".to_owned()))
    }
}

/// A row, value by value.
pub(super) struct Row(std::vec::IntoIter<ValueReceive>);

impl Row {
    fn of(record: Record) -> Self {
        Self(record.into_values().collect::<Vec<_>>().into_iter())
    }

    /// The next value is a list of rows.
    pub(super) fn rows(&mut self) -> Option<impl Iterator<Item = Option<Row>> + use<>> {
        let rows = self.0.next()?.try_into_list().ok()?.into_iter();
        Some(rows.map(|row| Some(Self(row.try_into_list().ok()?.into_iter()))))
    }

    pub(super) fn number(&mut self) -> Option<i64> {
        self.0.next()?.as_int()
    }

    pub(super) fn text(&mut self) -> Option<String> {
        self.0.next()?.try_into_string().ok()
    }

    /// A text, or none.
    #[expect(clippy::option_option, reason = "outside: is it there, inside: is it null")]
    pub(super) fn text_if_any(&mut self) -> Option<Option<String>> {
        match self.0.next()? {
            ValueReceive::Null => Some(None),
            value => Some(Some(value.try_into_string().ok()?)),
        }
    }

    pub(super) fn texts(&mut self) -> Option<Vec<String>> {
        let texts = self.0.next()?.try_into_list().ok()?.into_iter();
        texts.map(|text| text.try_into_string().ok()).collect()
    }
}

/// How to reach the server at an address.
pub(super) fn place(address: &Address) -> Place<Open> {
    let own = address.clone();
    let opening = move || -> Result<(Open, Cancel), Trouble> {
        let connection = own.connection().ok_or(Trouble::Lost)?;
        let config = DriverConfig::new()
            .with_auth(Arc::new(own.token()))
            .with_connection_timeout(PATIENCE)
            .with_connection_acquisition_timeout(PATIENCE)
            .with_user_agent(concat!("opsatlas/", env!("CARGO_PKG_VERSION")).to_owned())
            .with_fetch_size(FETCH)
            .map_err(|error| Trouble::Refused(error.to_string()))?;
        let mut session = SessionConfig::new();
        if let Some(database) = &own.database {
            session = session.with_database(Arc::new(database.clone()));
        }
        let mut open = Open { driver: Driver::new(connection, config), session };
        let nobody = |why: &Neo4jError| match why {
            Neo4jError::Disconnect { source: Some(source), .. } => source.to_string(),
            _ => "it does not speak Bolt".to_owned(),
        };
        match open.driver.verify_connectivity() {
            Err(error @ Neo4jError::Disconnect { .. }) => Err(Trouble::NoServer(nobody(&error))),
            found => {
                found?;
                open.rows("RETURN 1", &Parameters::new(), |_| Some(()))?;
                // Nothing tells it to stop: it is left alone with what it does.
                let cancel: Cancel = Arc::new(|| {});
                Ok((open, cancel))
            }
        }
    };
    let parameters: Parameters = [("graph", ValueSend::String(address.graph.clone()))].into();
    let state = move |open: &mut Open| -> Result<Option<String>, Trouble> {
        let text = "MATCH (g:AtlasGraph {graph: $graph, state: 'live'}) RETURN g.save";
        let saved = open.rows(text, &parameters, |mut row| Some(row.number()?.to_string()))?;
        Ok(saved.into_iter().next())
    };
    Place {
        told: address.told(),
        password: "the address or from OPSATLAS_PASSWORD",
        opening: Arc::new(opening),
        state: Arc::new(state),
    }
}

impl From<Neo4jError> for Trouble {
    fn from(error: Neo4jError) -> Self {
        match error {
            Neo4jError::Disconnect { .. } => Self::Lost,
            Neo4jError::Timeout { message, .. } | Neo4jError::InvalidConfig { message, .. } => {
                Self::NoServer(message)
            }
            Neo4jError::ServerError { error, .. } => {
                let no_access = [".Security.", ".Database.DatabaseNotFound"];
                // Some servers keep to themselves what it was and give a code.
                let why = format!("{} ({})", error.message(), error.code());
                if no_access.iter().any(|part| error.code().contains(part)) {
                    Self::NoAccess(why)
                } else {
                    Self::Refused(why)
                }
            }
            error => Self::Refused(error.to_string()),
        }
    }
}
