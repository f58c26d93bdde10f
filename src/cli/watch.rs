//! Watches over long work: shows on a terminal that it goes on, and stops it when its time is up.

use super::terminal::{self, STOP};
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long work may take before anything is shown.
const QUIET: Duration = Duration::from_millis(500);
/// Time between two pictures.
const BEAT: Duration = Duration::from_millis(120);
const PICTURES: [&str; 4] = ["⠋", "⠙", "⠴", "⠦"];

/// Lasts as long as the work.
pub(crate) struct Watch {
    thread: Option<(Sender<()>, JoinHandle<()>)>,
    expired: Arc<AtomicBool>,
}

impl Watch {
    /// Work begins that may take `limit`, if there is one.
    pub(crate) fn begin(limit: Option<Duration>) -> Self {
        static SHOWS: LazyLock<bool> = LazyLock::new(|| std::io::stderr().is_terminal());
        let (expired, shows) = (Arc::new(AtomicBool::new(false)), *SHOWS);
        if !shows && limit.is_none() {
            return Self { thread: None, expired };
        }
        let (sender, ended) = mpsc::channel();
        let flag = Arc::clone(&expired);
        let thread = std::thread::spawn(move || {
            let began = Instant::now();
            let mut beat = 0;
            loop {
                let next = if !shows {
                    Duration::MAX
                } else if beat == 0 {
                    QUIET
                } else {
                    BEAT
                };
                let left =
                    limit.map_or(Duration::MAX, |limit| limit.saturating_sub(began.elapsed()));
                let overdue = left.is_zero() && flag.load(Ordering::Relaxed);
                let wait = if overdue { next } else { next.min(left) };
                // Whoever drops the sender has ended.
                if ended.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
                if limit.is_some_and(|limit| began.elapsed() >= limit) && !overdue {
                    flag.store(true, Ordering::Relaxed);
                    STOP.store(true, Ordering::Relaxed);
                }
                if shows && began.elapsed() >= QUIET {
                    show(beat, began.elapsed());
                    beat += 1;
                }
            }
            if beat > 0 {
                clear();
            }
        });
        Self { thread: Some((sender, thread)), expired }
    }

    /// Has the time run out?
    pub(crate) fn expired(&self) -> bool {
        self.expired.load(Ordering::Relaxed)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.thread.take() {
            drop(sender);
            // It has only shown something; how it ended is of no interest.
            let _ = thread.join();
        }
    }
}

fn show(beat: usize, elapsed: Duration) {
    let mut out = std::io::stderr().lock();
    let seconds = elapsed.as_secs_f32();
    let shown = if terminal::moves_cursor() {
        let picture = PICTURES[beat % PICTURES.len()];
        write!(out, "\r{picture} {seconds:.1} s\u{1b}[K")
    } else if beat == 0 {
        writeln!(out, "working; Ctrl-C stops")
    } else {
        return;
    };
    // A terminal that has gone needs no picture.
    let _ = shown.and_then(|()| out.flush());
}

fn clear() {
    if terminal::moves_cursor() {
        let mut out = std::io::stderr().lock();
        let _ = write!(out, "\r\u{1b}[K").and_then(|()| out.flush());
    }
}
