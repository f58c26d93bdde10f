//! Answers that came quickly wait for one another: to write each by itself takes longer than to
//! find it. None waits long: what a slow question keeps from being written is written by a thread.

use super::pager;
use super::pager::Written;
use crate::cli::errors::Failure;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;
use std::time::Duration;

/// How many bytes wait at most.
const MOST: usize = 1 << 16;
/// How long they wait, about.
const PATIENCE: Duration = Duration::from_millis(20);

static WAITING: Mutex<Waiting> = Mutex::new(Waiting { bytes: Vec::new(), ended: None });

struct Waiting {
    bytes: Vec<u8>,
    /// Why the thread could write no more, until somebody asks.
    ended: Option<Result<Written, Failure>>,
}

impl Waiting {
    fn write(&mut self) -> Result<Written, Failure> {
        match self.ended.take() {
            Some(ended) => ended,
            None if self.bytes.is_empty() => Ok(Written::Yes),
            None => pager::print(&std::mem::take(&mut self.bytes)),
        }
    }
}

fn waiting() -> MutexGuard<'static, Waiting> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets an answer wait.
pub(crate) fn put(bytes: Vec<u8>) -> Result<Written, Failure> {
    let mut waiting = waiting();
    if waiting.bytes.is_empty() {
        waiting.bytes = bytes;
    } else {
        waiting.bytes.extend_from_slice(&bytes);
    }
    if waiting.bytes.len() > MOST { waiting.write() } else { Ok(Written::Yes) }
}

/// Writes all that waits.
pub(crate) fn flush() -> Result<Written, Failure> {
    waiting().write()
}

/// Something begins that may take long: from now on nothing waits for more than a moment.
pub(crate) fn not_for_long() {
    static CLERK: Once = Once::new();
    if waiting().bytes.is_empty() {
        return;
    }
    CLERK.call_once(|| {
        thread::spawn(|| {
            loop {
                thread::sleep(PATIENCE);
                let mut waiting = waiting();
                if waiting.ended.is_none() {
                    let ended = waiting.write();
                    waiting.ended = Some(ended).filter(|ended| !matches!(ended, Ok(Written::Yes)));
                }
            }
        });
    });
}
