//! `svg` and `png` drawn by an installed Graphviz, when one of its engines is asked for by name.
//! The only subprocess, run with a limit of time.

use super::Look;
use super::dot::document;
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The engines of Graphviz that can be asked for.
pub const ENGINES: &[&str] = &["dot", "neato", "fdp", "sfdp", "circo", "twopi"];

/// How long Graphviz may take, and how often we look whether it is done.
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(10);
/// Pixels to an inch in a drawing of ours.
const INCH: f64 = 96.0;

/// Has Graphviz draw the answer.
pub(super) fn draw(
    answer: &Answer,
    look: &Look<'_>,
    engine: &str,
    format: &str,
) -> Result<Vec<u8>, Diagnostic> {
    let text = document(answer, look)?;
    let setting = format!("{}engine", look.drawing.setting_prefix);
    let mut command = Command::new("dot");
    command.arg(format!("-K{engine}")).arg(format!("-T{format}"));
    if format == "png" {
        command.arg(format!("-Gdpi={}", INCH * look.drawing.pixels()));
    }
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().map_err(|error| {
        if error.kind() != ErrorKind::NotFound {
            return failed(&error.to_string());
        }
        let message = format!("`{setting} {engine}` needs Graphviz, but no `dot` is on the PATH");
        Diagnostic::new("no-graphviz", message)
            .help(format!("leave out {setting}: our own layout needs nothing installed"))
            .help("or install Graphviz (the package is mostly called `graphviz`)")
            .outside()
    })?;
    // Each pipe has its own thread, so that none fills up while another is waited for.
    let mut input = child.stdin.take();
    let feeder = thread::spawn(move || input.as_mut().map(|pipe| pipe.write_all(text.as_bytes())));
    let output = reader(child.stdout.take());
    let errors = reader(child.stderr.take());
    let ended = wait(&mut child, PATIENCE);
    drop(feeder.join());
    let drawn = output.join().unwrap_or_default();
    let told = String::from_utf8_lossy(&errors.join().unwrap_or_default()).trim().to_owned();
    match ended {
        Some(true) if !drawn.is_empty() => Ok(drawn),
        Some(_) => Err(failed(&told)),
        None => Err(failed(&format!("it was not done after {} seconds", PATIENCE.as_secs()))
            .help(format!("ask for less, or leave out {setting}"))),
    }
}

fn failed(why: &str) -> Diagnostic {
    Diagnostic::new("no-graphviz", format!("Graphviz could not draw this: {why}"))
        .help("write the DOT document and look at it")
        .outside()
}

fn reader(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            drop(pipe.read_to_end(&mut bytes));
        }
        bytes
    })
}

/// Waits for the end: was it a success? `None` if it was killed for taking too long.
fn wait(child: &mut Child, patience: Duration) -> Option<bool> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if begun.elapsed() < patience => thread::sleep(GLANCE),
            Ok(None) | Err(_) => {
                drop(child.kill());
                drop(child.wait());
                return None;
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_killed() {
        let mut child = Command::new("sleep").arg("600").spawn().expect("it starts");
        assert_eq!(wait(&mut child, Duration::from_millis(30)), None);
        assert!(child.try_wait().expect("it is known").is_some(), "it still runs");
        let mut child = Command::new("true").spawn().expect("it starts");
        assert_eq!(wait(&mut child, PATIENCE), Some(true));
    }
}
