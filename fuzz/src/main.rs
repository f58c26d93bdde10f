//! Fuzzing on a stable toolchain: `cargo run --release -- TARGET SECONDS [SEED]` in this folder.
//! Mutates what the documents and tests hold, and keeps in `findings/` each input on which a target
//! panics, takes longer than a second or breaks a law. A finding that is mended moves to
//! `tests/regressions/`.

mod chance;
mod mutate;
mod seeds;
mod targets;

use chance::Chance;
use std::error::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use targets::{TARGETS, Target};

/// What no single input may take.
const SLOW: Duration = Duration::from_secs(1);
/// Findings after which a run ends.
const ENOUGH: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    let usage = format!("TARGET SECONDS [SEED]; targets are {}", names.join(", "));
    let [name, seconds, rest @ ..] = arguments.as_slice() else { return Err(usage.into()) };
    let target = TARGETS.iter().find(|target| target.name == *name).ok_or(usage)?;
    let seed = rest.first().map_or(Ok(1), |seed| seed.parse())?;
    let findings = run(target, Duration::from_secs(seconds.parse()?), Chance::new(seed))?;
    if findings == 0 { Ok(()) } else { Err(format!("{findings} findings").into()) }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("findings")
}

fn run(target: &Target, budget: Duration, mut chance: Chance) -> Result<usize, Box<dyn Error>> {
    fs::create_dir_all(folder())?;
    // A run that aborts leaves its input here.
    let running = folder().join(format!("{}.running", target.name));
    let seeds = (target.seeds)();
    let mut corpus = seeds.clone();
    let (begun, mut runs, mut findings) = (Instant::now(), 0_u64, 0);
    std::panic::set_hook(Box::new(|_| {}));
    while begun.elapsed() < budget && findings < ENOUGH {
        let input = if runs < seeds.len() as u64 {
            seeds[runs as usize].clone()
        } else {
            mutate::mutated(&corpus, &mut chance)
        };
        fs::write(&running, &input)?;
        let started = worked(begun);
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let took = worked(begun).saturating_sub(started);
        runs += 1;
        let told = match outcome {
            Err(panic) => Some(format!("panic: {}", message(&*panic))),
            Ok(Err(law)) => Some(law),
            Ok(Ok(_)) if took > SLOW => Some(format!("took {took:?}")),
            Ok(Ok(whole)) => {
                // What is taken whole is worth changing further.
                if whole && chance.below(50) == 0 && input.len() < 4_000 {
                    let at = chance.below(corpus.len());
                    if corpus.len() < 5_000 {
                        corpus.push(input.clone())
                    } else {
                        corpus[at].clone_from(&input)
                    }
                }
                None
            }
        };
        if let Some(told) = told {
            findings += 1;
            let file = folder().join(format!("{}-{findings}-{runs}", target.name));
            fs::write(&file, &input)?;
            eprintln!("{}: {told}", file.display());
        }
    }
    fs::remove_file(running)?;
    println!("{}: {runs} runs in {:?}, {findings} findings", target.name, begun.elapsed());
    Ok(findings)
}

/// How long this thread has worked: on a processor, where the system tells that, since a machine
/// with much else to do is slow at times; or else the time gone by.
fn worked(begun: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}
