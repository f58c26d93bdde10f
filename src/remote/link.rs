//! A connection in a thread of its own, so that whoever waits for it can stop waiting: a server
//! that stalls holds nobody.

use super::engine::Reply;
use super::trouble::{Trouble, stopped};
use crate::stop::raised;
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

/// Tells a server to stop what it does.
pub(super) type Cancel = Arc<dyn Fn() + Send + Sync>;
/// Opens a connection.
pub(super) type Opening<C> = Arc<dyn Fn() -> Result<(C, Cancel), Trouble> + Send + Sync>;
/// What is done on a connection; it may be done again.
pub(super) type Work<C, T> = Arc<dyn Fn(&mut C) -> Result<T, Trouble> + Send + Sync>;

type Job<C> = Box<dyn FnOnce(&mut C) + Send>;

/// The near end of a connection.
pub(super) struct Link<C> {
    jobs: Sender<Job<C>>,
    cancel: Cancel,
    /// Does it still work on what nobody waits for?
    busy: bool,
}

impl<C> fmt::Debug for Link<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

impl<C: 'static> Link<C> {
    /// Opens a connection.
    pub(super) fn open(opening: &Opening<C>, stop: &AtomicBool) -> Reply<Result<Self, Trouble>> {
        let (jobs, work) = mpsc::channel::<Job<C>>();
        let (opened, answer) = mpsc::channel();
        let opening = Arc::clone(opening);
        thread::spawn(move || match opening() {
            Err(trouble) => drop(opened.send(Err(trouble))),
            Ok((mut connection, cancel)) => {
                let _ = opened.send(Ok(cancel));
                while let Ok(job) = work.recv() {
                    job(&mut connection);
                }
            }
        });
        match wait(&answer, stop, None) {
            Some(opened) => Ok(opened.map(|cancel| Self { jobs, cancel, busy: false })),
            None => Err(stopped()),
        }
    }

    /// Does work and waits for it, unless it is to stop.
    pub(super) fn run<T: Send + 'static>(
        &mut self,
        work: &Work<C, T>,
        stop: &AtomicBool,
    ) -> Reply<Result<T, Trouble>> {
        let (done, answer) = mpsc::channel();
        let work = Arc::clone(work);
        let job: Job<C> = Box::new(move |open| drop(done.send(work(open))));
        if self.busy || self.jobs.send(job).is_err() {
            return Ok(Err(Trouble::Lost));
        }
        let found = wait(&answer, stop, Some(&self.cancel));
        self.busy = found.is_none();
        match found {
            // What came though it was to stop came whole.
            Some(Err(_)) if raised(stop) => Err(stopped()),
            Some(found) => Ok(found),
            None => Err(stopped()),
        }
    }
}

/// Waits for what a thread sends. When it is to stop, the server is told so, and soon nobody
/// waits any more.
fn wait<T>(
    answer: &Receiver<Result<T, Trouble>>,
    stop: &AtomicBool,
    cancel: Option<&Cancel>,
) -> Option<Result<T, Trouble>> {
    let mut until = None;
    loop {
        match answer.recv_timeout(BEAT) {
            Ok(found) => return Some(found),
            Err(RecvTimeoutError::Disconnected) => return Some(Err(Trouble::Lost)),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if !raised(stop) {
            continue;
        }
        let until = *until.get_or_insert_with(|| {
            if let Some(cancel) = cancel.cloned() {
                thread::spawn(move || cancel());
            }
            Instant::now() + GRACE
        });
        if Instant::now() >= until {
            return None;
        }
    }
}
