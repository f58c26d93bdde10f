//! A connection in a thread of its own, so that whoever waits for it can stop waiting: a server
//! that stalls holds nobody.

use super::address::Address;
use super::problems::{Trouble, stopped};
use crate::diagnostic::Diagnostic;
use crate::stop::raised;
use postgres::{CancelToken, Client, Error, NoTls, Statement};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How often it is looked whether to stop.
const BEAT: Duration = Duration::from_millis(10);
/// How long a server may take to hear that it is to stop.
const GRACE: Duration = Duration::from_millis(500);

/// A connection with the statements that it has prepared.
pub(super) struct Open {
    pub(super) client: Client,
    prepared: HashMap<String, Statement>,
}

impl Open {
    /// A statement, prepared once.
    pub(super) fn prepared(&mut self, text: &str) -> Result<Statement, Error> {
        if let Some(known) = self.prepared.get(text) {
            return Ok(known.clone());
        }
        let statement = self.client.prepare(text)?;
        self.prepared.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// What is done on a connection; it may be done again.
pub(super) type Work<T> = Arc<dyn Fn(&mut Open) -> Result<T, Trouble> + Send + Sync>;

type Job = Box<dyn FnOnce(&mut Open) + Send>;

/// The near end of a connection.
pub(super) struct Link {
    jobs: Sender<Job>,
    cancel: CancelToken,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

impl Link {
    /// Opens a connection.
    pub(super) fn open(address: &Address, stop: &AtomicBool) -> Result<Self, Diagnostic> {
        let (jobs, work) = mpsc::channel::<Job>();
        let (opened, answer) = mpsc::channel();
        let config = address.config.clone();
        thread::spawn(move || match config.connect(NoTls) {
            Err(error) => drop(opened.send(Err(Trouble::of(&error)))),
            Ok(client) => {
                let _ = opened.send(Ok(client.cancel_token()));
                let mut open = Open { client, prepared: HashMap::new() };
                while let Ok(job) = work.recv() {
                    job(&mut open);
                }
            }
        });
        let trouble = |trouble: Trouble| trouble.problem(&address.told());
        let cancel = wait(&answer, stop, None)?.map_err(trouble)?;
        Ok(Self { jobs, cancel })
    }

    /// Does work and waits for it, unless it is to stop.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: &Work<T>,
        stop: &AtomicBool,
    ) -> Result<Result<T, Trouble>, Diagnostic> {
        let (done, answer) = mpsc::channel();
        let work = Arc::clone(work);
        let job: Job = Box::new(move |open| drop(done.send(work(open))));
        if self.jobs.send(job).is_err() {
            return Ok(Err(Trouble::Lost));
        }
        wait(&answer, stop, Some(&self.cancel))
    }
}

/// Waits for what a thread sends. When it is to stop, the server is told so, and soon nobody
/// waits any more.
fn wait<T>(
    answer: &Receiver<Result<T, Trouble>>,
    stop: &AtomicBool,
    cancel: Option<&CancelToken>,
) -> Result<Result<T, Trouble>, Diagnostic> {
    let mut until = None;
    loop {
        match answer.recv_timeout(BEAT) {
            // What came though it was to stop came whole.
            Ok(Err(_)) if raised(stop) => return Err(stopped()),
            Ok(found) => return Ok(found),
            Err(RecvTimeoutError::Disconnected) => return Err(Trouble::Lost.problem("the server")),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if !raised(stop) {
            continue;
        }
        let until = *until.get_or_insert_with(|| {
            if let Some(cancel) = cancel.cloned() {
                thread::spawn(move || cancel.cancel_query(NoTls));
            }
            Instant::now() + GRACE
        });
        if Instant::now() >= until {
            return Err(stopped());
        }
    }
}
