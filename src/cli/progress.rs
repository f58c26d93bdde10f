//! Watches over long work: shows on a terminal that it goes on, and stops it when its time is up.

use super::terminal;
use super::terminal::STOP;
use crate::answer::TextRole;
use crate::query::Fetched;
use crate::render::paint;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long work may take before anything is shown.
const QUIET: Duration = Duration::from_millis(500);
/// How long what was found in time may take to be written.
const GRACE: Duration = Duration::from_millis(500);
/// Time between two pictures.
const BEAT: Duration = Duration::from_millis(120);
const PICTURES: [&str; 4] = ["⠋", "⠙", "⠴", "⠦"];

/// Lasts as long as the work.
pub(crate) struct Progress {
    thread: Option<(Sender<()>, JoinHandle<()>)>,
    state: Arc<ProgressState>,
}

#[derive(Default)]
struct ProgressState {
    expired: AtomicBool,
    writing: AtomicBool,
}

impl Progress {
    /// Work begins that may take `limit`, if there is one.
    pub(crate) fn begin(limit: Option<Duration>) -> Self {
        static SHOWS: LazyLock<bool> = LazyLock::new(|| std::io::stderr().is_terminal());
        let (state, shows) = (Arc::new(ProgressState::default()), *SHOWS);
        if !shows && limit.is_none() {
            return Self { thread: None, state };
        }
        let (sender, ended) = mpsc::channel();
        let own = Arc::clone(&state);
        let thread = std::thread::spawn(move || own.watch(limit, shows, &ended));
        Self { thread: Some((sender, thread)), state }
    }

    /// Has the time run out?
    pub(crate) fn expired(&self) -> bool {
        self.state.expired.load(Ordering::Relaxed)
    }

    /// All is found and only has to be written, which may take a little longer.
    pub(crate) fn writes(&self) {
        self.state.writing.store(true, Ordering::Relaxed);
    }
}

impl ProgressState {
    /// Raises the flag when the time is up, and once more when writing takes long, too.
    fn watch(&self, limit: Option<Duration>, shows: bool, ended: &Receiver<()>) {
        let began = Instant::now();
        let mut due: Vec<(Duration, bool)> = limit
            .map_or(Vec::new(), |limit| vec![(limit.saturating_add(GRACE), true), (limit, false)]);
        let mut beat = 0;
        loop {
            let next = match beat {
                _ if !shows => Duration::MAX,
                0 => QUIET,
                _ => BEAT,
            };
            let left = due.last().map(|(due, _)| due.saturating_sub(began.elapsed()));
            // Whoever drops the sender has ended.
            let wait = next.min(left.unwrap_or(Duration::MAX));
            if ended.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
                break;
            }
            if let Some((_, late)) = due.pop_if(|(due, _)| began.elapsed() >= *due) {
                self.expired.store(true, Ordering::Relaxed);
                if late || !self.writing.load(Ordering::Relaxed) {
                    STOP.store(true, Ordering::Relaxed);
                }
            }
            if shows && began.elapsed() >= QUIET {
                show(beat, began.elapsed());
                beat += 1;
            }
        }
        if beat > 0 {
            clear();
        }
    }
}

impl Drop for Progress {
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

/// A footer with the time that an answer took.
pub(crate) fn timed(took: Duration, fetched: Option<Fetched>, color: bool) -> String {
    let mut words = match took.as_secs_f64() {
        seconds if seconds < 1.0 => format!("{:.1} ms", seconds * 1e3),
        seconds => format!("{seconds:.2} s"),
    };
    if let Some(Fetched { rounds, rows, bytes }) = fetched {
        let size = bytes.div_ceil(1024);
        words.push_str(&format!(", fetched in {rounds} rounds: {rows} rows, {size} KiB"));
    }
    paint(TextRole::Dim, &words, color) + "\n"
}
