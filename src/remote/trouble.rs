//! What can go wrong with a database, told without a word of what may be secret.

use crate::diagnostic::{Diagnostic, Note};

/// What went wrong.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Nobody listens there.
    NoServer(String),
    /// The server lets nobody in by this name and password.
    NoAccess(String),
    /// There is no TLS with it, or not with whom it should be.
    #[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "others say less"))]
    NoTls(String),
    /// The connection is gone.
    Lost,
    /// The server says no.
    Refused(String),
    /// What came is not what was saved.
    #[cfg_attr(not(feature = "bolt"), allow(dead_code, reason = "other engines have types"))]
    Damaged(String),
}

impl Trouble {
    /// Is it worth another try?
    pub(super) fn is_loss(&self) -> bool {
        matches!(self, Self::Lost)
    }

    /// What to tell of a server; `password` says where one is taken from.
    pub(super) fn problem(self, server: &str, password: &str) -> Diagnostic {
        let problem = match self {
            Self::NoServer(why) => {
                let message = format!("no database answers at {server}: {why}");
                Diagnostic::new("no-server", message)
                    .help("is it running, and are host and port right?")
            }
            Self::NoAccess(why) => {
                Diagnostic::new("no-access", format!("{server} refuses access: {why}"))
                    .help(format!("a password is taken from {password}"))
            }
            Self::NoTls(why) => Diagnostic::new("no-tls", format!("no TLS with {server}: {why}"))
                .help("`sslrootcert=FILE` names who signs its certificate")
                .help("`sslmode=prefer` does without, for a network that you trust"),
            Self::Lost => {
                Diagnostic::new("lost-connection", format!("the connection to {server} is lost"))
                    .help("a question opens it once more; ask again when the server is back")
            }
            Self::Damaged(why) => return bad_rows(&why),
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

/// What came is not what was saved.
pub(super) fn bad_rows(message: &str) -> Diagnostic {
    let message = format!("the graph in the database is damaged: {message}");
    let help = Note::naming("save it anew: `", "save", " ADDRESS`");
    Diagnostic::new("bad-rows", message).outside().help(help)
}
