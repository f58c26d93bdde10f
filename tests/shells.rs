//! Completion scripts in the shells that they are for: what each offers where the cursor is.
#![cfg(unix)]

mod support;

use std::path::Path;
use std::process::Command;
use support::{folder, root};

/// What a shell says to a script; `None`, and aloud, where there is no such shell.
#[expect(clippy::print_stderr, reason = "what is skipped is said aloud")]
fn said(shell: &str, arguments: &[&str], script: &str) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_opsatlas")).parent().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let done = Command::new(shell)
        .args(arguments)
        .args(["-c", script])
        .current_dir(root())
        .env("PATH", format!("{}:{path}", program.display()))
        .env("HOME", folder(&format!("shells-{shell}")))
        .env("TERM", "dumb")
        .output();
    let Ok(done) = done else {
        eprintln!("SKIPPED: {shell} is not installed");
        return None;
    };
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{shell}: {said}{}", String::from_utf8_lossy(&done.stderr));
    Some(said)
}

/// The words before the cursor, and one that must be among the offers, the first of each line.
const CASES: &[(&[&str], &str)] = &[
    (&["unl"], "unlocks"),
    (&["path", "devops", "to", "llmo"], "llmops"),
    (&["show", "argo-cd-im"], "argo-cd-image-updater"),
    (&["-F", "merm"], "mermaid"),
    (&["--limit-r"], "--limit-rows"),
    (&["help", "prer"], "prereqs"),
    (&["prereqs", "mlops", "then", "cou"], "count"),
    (&["-g", "tests/no-graph.json", "show", "arg"], ""),
];

fn check(shell: &str, ask: impl Fn(&[&str]) -> Option<String>) {
    for (words, wanted) in CASES {
        let Some(offers) = ask(words) else { return };
        let mut lines = offers.lines().map(|line| line.split('\t').next().unwrap_or_default());
        if wanted.is_empty() {
            assert!(lines.all(str::is_empty), "{shell} {words:?}: {offers}");
        } else {
            assert!(lines.any(|line| line.trim() == *wanted), "{shell} {words:?}: {offers}");
        }
    }
}

#[test]
fn bash_offers_what_can_stand_there() {
    let ask = |words: &[&str]| {
        let script = format!(
            "eval \"$(opsatlas --completions bash)\"; complete -p opsatlas >/dev/null || exit 9; \
             COMP_WORDS=(opsatlas {}); COMP_CWORD={}; _opsatlas; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len()
        );
        said("bash", &["--norc", "--noprofile"], &script)
    };
    check("bash", ask);
    if let Some(names) = ask(&["show", "'Argo\\ CD\\ Im'"]) {
        assert_eq!(names, "Argo\\ CD\\ Image\\ Updater\n");
    }
}

#[test]
fn zsh_offers_what_can_stand_there() {
    let ask = |words: &[&str]| {
        let script = format!(
            "autoload -U compinit; compinit -u -D; eval \"$(opsatlas --completions zsh)\"; \
             [[ $_comps[opsatlas] = _opsatlas ]] || exit 9; \
             compadd() {{ print -l -- $texts }}; words=(opsatlas {}); CURRENT={}; _opsatlas || true",
            words.join(" "),
            words.len() + 1
        );
        said("zsh", &["-f"], &script)
    };
    check("zsh", ask);
    if let Some(names) = ask(&["show", "'Argo\\ CD\\ Im'"]) {
        assert_eq!(names, "Argo CD Image Updater\n");
    }
    // A quote that is still open is none of the query's.
    if let Some(queries) = ask(&["'\"path devops to llmo'"]) {
        assert!(queries.lines().any(|line| line == "path devops to llmops"), "{queries}");
    }
}

#[test]
fn fish_offers_what_can_stand_there() {
    let ask = |words: &[&str]| {
        let line = format!("opsatlas {}", words.join(" "));
        let script = format!("opsatlas --completions fish | source; complete -C '{line}'");
        said("fish", &["--no-config"], &script)
    };
    check("fish", ask);
    if let Some(files) = ask(&["-g", "Cargo.to"]) {
        assert!(files.lines().any(|line| line.trim() == "Cargo.toml"), "{files}");
    }
}
