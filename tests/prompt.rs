//! The prompt, driven through a pseudo-terminal as a person drives it.
#![cfg(unix)]

mod support;

use rexpect::session::{PtySession, spawn_command};
use std::path::Path;
use std::process::Command;
use support::folder;

const WAIT: u64 = 20_000;

fn open(state: &Path, arguments: &[&str]) -> PtySession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opsatlas"));
    command.args(arguments).env("XDG_STATE_HOME", state).env("TERM", "xterm").env("NO_COLOR", "1");
    spawn_command(command, Some(WAIT)).expect("a terminal")
}

fn say(prompt: &mut PtySession, line: &str) {
    prompt.send_line(line).expect("typed");
}

fn see(prompt: &mut PtySession, text: &str) -> String {
    // The terminal library takes each byte for a character.
    let bytes: String = text.bytes().map(char::from).collect();
    prompt.exp_string(&bytes).unwrap_or_else(|error| panic!("`{text}` was not shown: {error}"))
}

#[test]
fn the_first_screen_leads_on() {
    let mut prompt = open(&folder("prompt-first"), &[]);
    see(&mut prompt, "DevOps → GitOps → MLOps → LLMOps");
    see(&mut prompt, "AIOps");
    see(&mut prompt, "1  path devops -> llmops");
    see(&mut prompt, "opsatlas> ");
    say(&mut prompt, "1");
    see(&mut prompt, "declarative infrastructure");
    see(&mut prompt, "opsatlas> ");
    say(&mut prompt, "prereqs kuberntes");
    see(&mut prompt, "did you mean `kubernetes`?");
    say(&mut prompt, ".help prereqs");
    see(&mut prompt, "leave out what is only recommended");
    say(&mut prompt, ".hlep");
    see(&mut prompt, "error[unknown-command]");
    see(&mut prompt, "did you mean `.help`?");
    say(&mut prompt, ".quit");
    prompt.exp_eof().expect("it left");
}

#[test]
fn tab_completes_verbs_and_names() {
    let mut prompt = open(&folder("prompt-tab"), &[]);
    see(&mut prompt, "opsatlas> ");
    prompt.send("unl\t").expect("typed");
    prompt.flush().expect("sent");
    see(&mut prompt, "unlocks ");
    prompt.send("argo c\t").expect("typed");
    prompt.flush().expect("sent");
    see(&mut prompt, "\"Argo CD\"");
    say(&mut prompt, "");
    see(&mut prompt, "LLMOps");
    prompt.send_control('d').expect("typed");
    prompt.exp_eof().expect("it left");
}

#[test]
fn ctrl_c_clears_the_line_and_history_outlives_the_prompt() {
    let state = folder("prompt-history");
    let mut prompt = open(&state, &[]);
    see(&mut prompt, "opsatlas> ");
    say(&mut prompt, "nodes then count");
    see(&mut prompt, "opsatlas> ");
    prompt.send("half a que").expect("typed");
    prompt.flush().expect("sent");
    prompt.send_control('c').expect("typed");
    see(&mut prompt, "opsatlas> ");
    prompt.send_control('d').expect("typed");
    prompt.exp_eof().expect("it left");
    let kept = std::fs::read_to_string(state.join("opsatlas/history")).expect("the history");
    assert!(kept.contains("nodes then count") && !kept.contains("half a que"));
    let mut prompt = open(&state, &[]);
    see(&mut prompt, "opsatlas> ");
    prompt.send("\u{1b}[A").expect("typed");
    prompt.flush().expect("sent");
    see(&mut prompt, "nodes then count");
    prompt.send_control('c').expect("typed");
    see(&mut prompt, "opsatlas> ");
    say(&mut prompt, ".quit");
    prompt.exp_eof().expect("it left");
}

#[test]
fn a_graph_of_ones_own_has_a_first_screen_too() {
    let folder = folder("prompt-own");
    let file = folder.join("own.json");
    let text = "{\"atlas\": 1, \"nodes\": [{\"id\": \"bread\"}, {\"id\": \"flour\"}]}";
    std::fs::write(&file, text).expect("written");
    let mut prompt = open(&folder, &["-g", file.to_str().expect("a path")]);
    see(&mut prompt, "2 nodes, 0 edges");
    see(&mut prompt, "opsatlas> ");
    say(&mut prompt, "nodes then count");
    see(&mut prompt, "2\r\n");
    say(&mut prompt, ".quit");
    prompt.exp_eof().expect("it left");
}

#[test]
fn a_profile_is_edited_at_the_prompt() {
    let state = folder("prompt-profile");
    let file = state.join("knows.json");
    std::fs::write(&file, r#"{"knows": 1, "items": [{"id": "cobol", "evidence": "long ago"}]}"#)
        .expect("written");
    let mut prompt = open(&state, &["--me", &file.to_string_lossy()]);
    see(&mut prompt, "opsatlas> ");
    say(&mut prompt, ".know k8s, helm");
    see(&mut prompt, "known now: helm, kubernetes");
    say(&mut prompt, "plan kubernetes knowing @me");
    see(&mut prompt, "nothing is left to learn");
    say(&mut prompt, ".forget helm");
    see(&mut prompt, "forgotten: helm");
    say(&mut prompt, ".know nobody-knows-this");
    see(&mut prompt, "no node is called");
    say(&mut prompt, ".quit");
    prompt.exp_eof().expect("it ends");
    let saved = std::fs::read_to_string(&file).expect("there");
    assert!(saved.contains(r#"{"id":"cobol","evidence":"long ago"}"#), "{saved}");
    assert!(
        saved.contains(r#"{"id":"kubernetes","since":"20"#) && !saved.contains("helm"),
        "{saved}"
    );
}
