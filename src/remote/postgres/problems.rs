//! What the driver and the server say, told as what it is.

use crate::remote::trouble::Trouble;
use postgres::Error;
use postgres::error::SqlState;
use std::error::Error as _;

/// What comes of writing into a connection.
impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        let told = error.to_string();
        let own = error.into_inner().and_then(|own| own.downcast::<Error>().ok());
        own.map_or(Self::Refused(told), |own| (*own).into())
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let source = || error.source().map_or_else(|| error.to_string(), ToString::to_string);
        let Some(told) = error.as_db_error() else {
            let text = error.to_string();
            return match text.as_str() {
                _ if error.is_closed() || text.starts_with("error communicating") => Self::Lost,
                text if text.starts_with("error connecting") || text.starts_with("timeout") => {
                    Self::NoServer(source())
                }
                text if text.starts_with("error performing TLS") => Self::NoTls(source()),
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
}
