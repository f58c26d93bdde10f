//! What can go wrong with a database, told without a word of what may be secret.

use crate::diagnostic::{Diagnostic, Note};
use postgres::Error;
use postgres::error::SqlState;
use std::error::Error as _;

/// What went wrong.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Nobody listens there.
    NoServer(String),
    /// The server lets nobody in by this name and password.
    NoAccess(String),
    /// The connection is gone.
    Lost,
    /// The server says no.
    Refused(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::of(&error)
    }
}

/// What comes of writing into a connection.
impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        let told = error.to_string();
        let own = error.into_inner().and_then(|own| own.downcast::<Error>().ok());
        own.map_or(Self::Refused(told), |own| Self::of(&own))
    }
}

impl Trouble {
    pub(super) fn of(error: &Error) -> Self {
        let source = || error.source().map_or_else(|| error.to_string(), ToString::to_string);
        let Some(told) = error.as_db_error() else {
            let text = error.to_string();
            return match text.as_str() {
                _ if error.is_closed() || text.starts_with("error communicating") => Self::Lost,
                text if text.starts_with("error connecting") || text.starts_with("timeout") => {
                    Self::NoServer(source())
                }
                text if text.contains("password missing") || text.starts_with("authentication") => {
                    Self::NoAccess("it wants a password".to_owned())
                }
                text if text.starts_with("invalid configuration") => Self::NoAccess(source()),
                _ => Self::Refused(source()),
            };
        };
        let state = told.code();
        let no_access = [
            SqlState::INVALID_PASSWORD,
            SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
            SqlState::INVALID_CATALOG_NAME,
            SqlState::INSUFFICIENT_PRIVILEGE,
        ];
        let gone = [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::CONNECTION_FAILURE,
        ];
        if no_access.contains(state) {
            Self::NoAccess(told.message().to_owned())
        } else if gone.contains(state) {
            Self::Lost
        } else {
            Self::Refused(told.message().to_owned())
        }
    }

    /// Is it worth another try?
    pub(super) fn is_loss(&self) -> bool {
        matches!(self, Self::Lost)
    }

    /// What to tell of the server of this name.
    pub(super) fn problem(self, server: &str) -> Diagnostic {
        let problem = match self {
            Self::NoServer(why) => {
                let message = format!("no database answers at {server}: {why}");
                Diagnostic::new("no-server", message)
                    .help("is it running, and are host and port right?")
            }
            Self::NoAccess(why) => {
                Diagnostic::new("no-access", format!("{server} refuses access: {why}"))
                    .help("a password is taken from PGPASSWORD or from .pgpass in your home folder")
            }
            Self::Lost => {
                Diagnostic::new("lost-connection", format!("the connection to {server} is lost"))
                    .help("a question opens it once more; ask again when the server is back")
            }
            Self::Refused(why) => Diagnostic::new("database", format!("{server} refuses: {why}")),
        };
        problem.outside()
    }
}

/// Someone, or a limit, stopped it.
pub(super) fn stopped() -> Diagnostic {
    Diagnostic::new("stopped", "stopped before the database had answered")
        .outside()
        .help(Note::naming("`", "limit-time", "` is how long an answer may take"))
}
