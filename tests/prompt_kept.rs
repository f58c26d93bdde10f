//! What the prompt keeps: several at once, files that are none, an end from outside.
#![cfg(unix)]

mod support;

use rexpect::session::{PtySession, spawn_command};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::{Duration, Instant};
use support::folder;
use support::prompt::{PROMPT, ask, leave, open, say, see, type_in};

#[test]
fn three_prompts_at_once_lose_nothing() {
    let state = folder("kept-three");
    let mut nodes: Vec<String> = (0..60).map(|at| format!("{{\"id\": \"n{at}\"}}")).collect();
    nodes.push("{\"id\": \"other\"}".to_owned());
    let graph = format!("{{\"atlas\": 1, \"nodes\": [{}]}}", nodes.join(","));
    fs::write(state.join("own.json"), graph).expect("written");
    let arguments = ["-g", "own.json", "--me", "me.json"];
    let mut prompts: Vec<PtySession> = (0..3).map(|_| open(&state, &arguments)).collect();
    for prompt in &mut prompts {
        see(prompt, PROMPT);
    }
    let threads = prompts.into_iter().enumerate().map(|(at, mut prompt)| {
        std::thread::spawn(move || {
            for step in 0..20 {
                let told = ask(&mut prompt, &format!(".know n{}", 20 * at + step));
                assert!(told.contains("known now"), "{told}");
            }
            leave(prompt);
        })
    });
    for thread in threads.collect::<Vec<_>>() {
        thread.join().expect("all were known");
    }
    let known = fs::read_to_string(state.join("me.json")).expect("the profile");
    let typed = fs::read_to_string(state.join("opsatlas/history")).expect("the history");
    for at in 0..60 {
        assert!(known.contains(&format!("\"n{at}\"")), "n{at} is not known: {known}");
        assert!(typed.contains(&format!(".know n{at}\n")), "n{at} was not kept: {typed}");
    }
    for file in ["me.json", "opsatlas/history"] {
        let mode = fs::metadata(state.join(file)).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let names = fs::read_dir(&state).expect("there").flatten().map(|entry| entry.file_name());
    assert!(names.into_iter().all(|name| name.as_encoded_bytes()[0] != b'.'), "something is left");
}

#[test]
fn a_prompt_and_a_shell_lose_none_of_one_anothers_marks() {
    let state = folder("kept-both");
    let nodes: Vec<String> = (0..30).map(|at| format!("{{\"id\": \"n{at}\"}}")).collect();
    let graph = format!("{{\"atlas\": 1, \"nodes\": [{}]}}", nodes.join(","));
    fs::write(state.join("own.json"), graph).expect("written");
    let mut prompt = open(&state, &["-g", "own.json"]);
    see(&mut prompt, PROMPT);
    let shell = {
        let state = state.clone();
        std::thread::spawn(move || {
            for at in 15..30 {
                let told =
                    support::run_in(&state, &["-g", "own.json", &format!(".know n{at}")], "");
                assert!(support::out(&told).contains("known now"), "{}", support::err(&told));
            }
        })
    };
    for at in 0..15 {
        assert!(ask(&mut prompt, &format!(".know n{at}")).contains("known now"));
    }
    shell.join().expect("all were known");
    // What the shell wrote last is seen.
    assert!(ask(&mut prompt, ".know").contains("30 entries in "));
    assert!(ask(&mut prompt, ".know n0").contains("known already (30 in "));
    assert!(ask(&mut prompt, "@me then count").contains("30"));
    leave(prompt);
}

#[test]
fn what_never_ends_does_not_hang_the_prompt() {
    let state = folder("kept-endless");
    fs::create_dir(state.join("opsatlas")).expect("a folder");
    let pipe = |name: &str| {
        let made = Command::new("mkfifo").arg(state.join(name)).status().expect("mkfifo");
        assert!(made.success());
    };
    pipe("opsatlas/history");
    pipe("pipe.json");
    let mut prompt = open(&state, &[]);
    assert!(see(&mut prompt, PROMPT).contains("is no regular file"));
    for line in [".graph pipe.json", ".read pipe.json", ".read /dev/zero", ".graph ops /dev/zero"] {
        assert!(ask(&mut prompt, line).contains("is no regular file"), "{line}");
    }
    assert!(ask(&mut prompt, "kinds then count").contains('5'));
    leave(prompt);
    fs::remove_file(state.join("opsatlas/history")).expect("removed");
    std::os::unix::fs::symlink("/dev/zero", state.join("opsatlas/history")).expect("a link");
    let mut prompt = open(&state, &[]);
    assert!(see(&mut prompt, PROMPT).contains("is no regular file"));
    leave(prompt);
    let refused = support::run_in(&state, &["--me", "pipe.json", "nodes"], "");
    assert_eq!(refused.status.code(), Some(1));
    assert!(support::err(&refused).contains("is no regular file"));
}

#[test]
fn a_prompt_that_is_ended_leaves_the_terminal_as_it_was() {
    let state = folder("kept-terminal");
    let mut shell = Command::new("sh");
    let script = "stty -a > before; sh -c 'echo $$ > id; exec $P'; echo ended $? > end; \
        stty -a > after; echo done";
    shell.args(["-c", script]).current_dir(&state);
    shell.env("P", env!("CARGO_BIN_EXE_opsatlas")).env("XDG_STATE_HOME", &state);
    shell.env("TERM", "xterm").env("NO_COLOR", "1");
    let mut session = spawn_command(shell, Some(20_000)).expect("a terminal");
    see(&mut session, PROMPT);
    type_in(&mut session, "half a que");
    see(&mut session, "half a que");
    let id = fs::read_to_string(state.join("id")).expect("a number");
    assert!(Command::new("kill").args(["-TERM", id.trim()]).status().expect("kill").success());
    see(&mut session, "\u{1b}[?2004l");
    see(&mut session, "done");
    let read = |name: &str| fs::read_to_string(state.join(name)).expect("told");
    assert_eq!(read("before"), read("after"));
    assert_eq!(read("end"), "ended 143\n");
}

#[test]
fn what_was_not_written_is_not_said_to_be() {
    let state = folder("kept-told");
    let own = r#"{"atlas": 1, "nodes": [{"id": "bread"}]}"#;
    fs::write(state.join("own.json"), own).expect("written");
    let mut prompt = open(&state, &["-g", "own.json"]);
    see(&mut prompt, PROMPT);
    ask(&mut prompt, ".output /dev/full");
    let told = ask(&mut prompt, "nodes");
    assert!(told.contains("error[io]") && !told.contains("written"), "{told}");
    let told = ask(&mut prompt, ".output own.json");
    assert!(told.contains("error[overwrites-input]"), "{told}");
    ask(&mut prompt, ".output");
    ask(&mut prompt, "nodes");
    assert!(ask(&mut prompt, ".export own.json").contains("error[overwrites-input]"));
    assert!(ask(&mut prompt, ".export opsatlas/../own.json").contains("error[overwrites-input]"));
    let history = ask(&mut prompt, ".export opsatlas/history");
    assert!(history.contains("error["), "{history}");
    ask(&mut prompt, ".format csv");
    let history = ask(&mut prompt, ".output opsatlas/history");
    assert!(history.contains("error[overwrites-input]"), "{history}");
    say(&mut prompt, ".quit");
    prompt.exp_eof().expect("it left");
    assert_eq!(fs::read_to_string(state.join("own.json")).expect("there"), own);
}

#[test]
fn a_lock_that_is_held_is_waited_for_and_then_told() {
    let state = folder("kept-locked");
    let held = fs::File::open(&state).expect("the folder");
    held.lock().expect("locked");
    let mut prompt = open(&state, &["--me", "me.json"]);
    see(&mut prompt, PROMPT);
    let began = Instant::now();
    assert!(ask(&mut prompt, ".know helm").contains("has locked the folder"));
    assert!(began.elapsed() < Duration::from_secs(15));
    held.unlock().expect("unlocked");
    assert!(ask(&mut prompt, ".know helm").contains("known now: helm"));
    leave(prompt);
}
