//! Lines typed at the prompt, through a pseudo-terminal: completion, lines that go on, pasting,
//! interrupts, history.
#![cfg(unix)]

mod support;

use rexpect::session::PtySession;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::folder;
use support::prompt::{PROMPT, ask, leave, open, open_with, say, see, type_in};

fn opened(name: &str) -> PtySession {
    let mut prompt = open(&folder(name), &[]);
    see(&mut prompt, PROMPT);
    prompt
}

#[test]
fn tab_completes_verbs_names_commands_and_files() {
    let folder = folder("prompt-tab");
    std::fs::write(folder.join("my batch.txt"), "kinds then count\n").expect("written");
    let mut prompt = open(&folder, &[]);
    see(&mut prompt, PROMPT);
    type_in(&mut prompt, "unl\t");
    see(&mut prompt, "unlocks ");
    type_in(&mut prompt, "cost m\t");
    see(&mut prompt, "\"Cost monitoring\"");
    say(&mut prompt, "");
    see(&mut prompt, "LLMOps");
    see(&mut prompt, PROMPT);
    type_in(&mut prompt, "prereqs gitops th\t");
    see(&mut prompt, "then ");
    type_in(&mut prompt, "cou\t");
    see(&mut prompt, "count");
    say(&mut prompt, "");
    see(&mut prompt, PROMPT);
    type_in(&mut prompt, ".rea\t");
    see(&mut prompt, ".read ");
    type_in(&mut prompt, "my\t");
    see(&mut prompt, "\"my batch.txt\"");
    say(&mut prompt, "");
    see(&mut prompt, "5\r\n");
    see(&mut prompt, PROMPT);
    type_in(&mut prompt, "tools of mlo\t");
    // Several fit, each with what it is.
    see(&mut prompt, "MLOps");
    see(&mut prompt, "domain");
    see(&mut prompt, PROMPT);
    prompt.send_control('c').expect("typed");
    see(&mut prompt, PROMPT);
    leave(prompt);
}

#[test]
fn a_line_goes_on_until_it_is_whole_or_ended() {
    let mut prompt = opened("prompt-multi-line");
    for (lines, wanted) in [
        (vec!["docker,", "helm"], "2 nodes"),
        (vec!["tools of (prereqs llmops", "intersect domains) then", "count"], "20"),
        (vec!["show \"Argo", "CD\""], "Argo CD  tool"),
        (vec!["path devops ->", "llmops shortest"], "DevOps → MLOps → LLMOps"),
        (vec!["prereqs (docker", ""], "error["),
        (vec!["path devops to;"], "error["),
        (vec!["prereqs nothing-such"], "error[unknown-name]"),
    ] {
        for line in lines {
            say(&mut prompt, line);
        }
        see(&mut prompt, wanted);
        see(&mut prompt, PROMPT);
    }
    leave(prompt);
}

#[test]
fn several_pasted_statements_are_answered_in_order() {
    let mut prompt = opened("prompt-paste");
    let pasted = "kinds then count\ndocker,\n  helm\n.format csv\ntools of gitops\n  then count";
    type_in(&mut prompt, &format!("\u{1b}[200~{pasted}\u{1b}[201~\r"));
    see(&mut prompt, "5\r\n");
    see(&mut prompt, "2 nodes");
    see(&mut prompt, "value\r\n4");
    see(&mut prompt, PROMPT);
    leave(prompt);
}

/// A graph with far more paths than anyone can wait for, and the query for them.
fn ladder(folder: &Path) -> PathBuf {
    let node = |at: usize| format!("{{\"id\": \"n{at}\"}}");
    let edge = |from: usize, to: usize| {
        format!("{{\"from\": \"n{from}\", \"kind\": \"needs\", \"to\": \"n{to}\"}}")
    };
    let nodes: Vec<String> = (0..=900).map(node).collect();
    let edges = (0..300).flat_map(|at| {
        let [a, b, c, d] = [3 * at, 3 * at + 1, 3 * at + 2, 3 * at + 3];
        [edge(b, a), edge(c, a), edge(d, b), edge(d, c)]
    });
    let edges: Vec<String> = edges.collect();
    let text = format!(
        "{{\"atlas\": 1, \"schema\": {{\"relations\": {{\"needs\": {{\"prerequisite\": \"target\"}}}}}}, \"nodes\": [{}], \"edges\": [{}]}}",
        nodes.join(", "),
        edges.join(", ")
    );
    let file = folder.join("ladder.json");
    std::fs::write(&file, text).expect("written");
    file
}

const HARD: &str = "paths n0 -> n900 limit 10000";

#[test]
fn ctrl_c_stops_a_hard_query_and_clears_a_line() {
    let folder = folder("prompt-interrupt");
    let file = ladder(&folder);
    let mut prompt = open(&folder, &["-g", file.to_str().expect("a path")]);
    see(&mut prompt, PROMPT);
    type_in(&mut prompt, "half a que");
    prompt.send_control('c').expect("typed");
    see(&mut prompt, PROMPT);
    say(&mut prompt, HARD);
    // What goes on is shown after a while.
    see(&mut prompt, "⠋");
    let stopped = Instant::now();
    prompt.send_control('c').expect("typed");
    let shown = see(&mut prompt, "stopped before all paths asked for were found");
    assert!(!shown.contains("\n21. "), "more than twenty paths of a stopped answer");
    see(&mut prompt, PROMPT);
    assert!(stopped.elapsed() < Duration::from_secs(8), "{:?}", stopped.elapsed());
    assert!(ask(&mut prompt, "nodes then count").contains("901"));
    leave(prompt);
}

#[test]
fn a_time_limit_stops_what_takes_longer_and_nothing_else() {
    let folder = folder("prompt-time");
    let file = ladder(&folder);
    let graph = ["-g", file.to_str().expect("a path")];
    let run = |limit: &str, query: &str| {
        support::run(&[&graph[..], &["--limit-time", limit, query]].concat())
    };
    let stopped = run("0.3", HARD);
    assert_eq!(stopped.status.code(), Some(4));
    let shown = support::out(&stopped);
    assert!(shown.contains("note: the time of 0.3 s is up; --limit-time raises that"), "{shown}");
    let whole = run("600", "prereqs n900 then count");
    assert_eq!((whole.status.code(), support::out(&whole).as_str()), (Some(0), "900\n"));
    assert!(support::err(&whole).is_empty(), "nothing is shown where nobody looks");
    assert_eq!(run("soon", "nodes").status.code(), Some(2));
}

#[test]
fn history_outlives_the_prompt_and_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let state = folder("prompt-history");
    let mut prompt = open(&state, &[]);
    see(&mut prompt, PROMPT);
    ask(&mut prompt, "nodes then count");
    ask(&mut prompt, " kinds");
    type_in(&mut prompt, "half a que");
    prompt.send_control('c').expect("typed");
    see(&mut prompt, PROMPT);
    leave(prompt);
    let file = state.join("opsatlas/history");
    let kept = std::fs::read_to_string(&file).expect("the history");
    assert!(kept.contains("nodes then count"), "{kept}");
    assert!(!kept.contains("half a que") && !kept.contains("kinds"), "{kept}");
    let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut prompt = open(&state, &[]);
    see(&mut prompt, PROMPT);
    type_in(&mut prompt, "\u{1b}[A");
    see(&mut prompt, "nodes then count");
    prompt.send_control('c').expect("typed");
    see(&mut prompt, PROMPT);
    // Ctrl-R, in another letter case.
    type_in(&mut prompt, "\u{12}THEN C");
    see(&mut prompt, "nodes then count");
    prompt.send_control('c').expect("typed");
    see(&mut prompt, PROMPT);
    leave(prompt);
}

#[test]
fn the_oldest_lines_of_a_long_history_go() {
    let state = folder("prompt-long-history");
    let file = state.join("opsatlas/history");
    std::fs::create_dir_all(state.join("opsatlas")).expect("a folder");
    let lines: Vec<String> = (0..5_500).map(|at| format!("show n{at}\n")).collect();
    std::fs::write(&file, format!("#V2\n{}", lines.concat())).expect("written");
    let mut prompt = open(&state, &[]);
    see(&mut prompt, PROMPT);
    ask(&mut prompt, "nodes then count");
    leave(prompt);
    let kept = std::fs::read_to_string(&file).expect("the history");
    assert_eq!(kept.lines().filter(|line| !line.starts_with('#')).count(), 5_000);
    assert!(kept.contains("nodes then count") && kept.contains("show n501\n"), "the latest stay");
    assert!(!kept.contains("show n500\n"), "the oldest go");
}

#[test]
fn a_long_answer_is_cut_at_the_prompt_and_says_so() {
    let folder = folder("prompt-long-answer");
    let nodes: Vec<String> = (0..10_001).map(|at| format!("{{\"id\": \"n{at}\"}}")).collect();
    let text = format!("{{\"atlas\": 1, \"nodes\": [{}]}}", nodes.join(","));
    std::fs::write(folder.join("many.json"), text).expect("written");
    let mut prompt = open(&folder, &["-g", "many.json"]);
    see(&mut prompt, PROMPT);
    assert!(!ask(&mut prompt, "nodes then limit 10000").contains("incomplete"));
    assert!(ask(&mut prompt, "nodes").contains("incomplete"));
    leave(prompt);
}

#[test]
fn two_prompts_keep_both_their_lines() {
    let state = folder("prompt-two");
    let mut prompts = [open(&state, &[]), open(&state, &[])];
    for prompt in &mut prompts {
        see(prompt, PROMPT);
    }
    for (at, word) in ["docker", "helm", "git", "linux"].iter().enumerate() {
        ask(&mut prompts[at % 2], &format!("show {word}"));
    }
    for prompt in prompts {
        leave(prompt);
    }
    let kept = std::fs::read_to_string(state.join("opsatlas/history")).expect("the history");
    for word in ["docker", "helm", "git", "linux"] {
        assert!(kept.contains(&format!("show {word}\n")), "{word}: {kept}");
    }
}

#[test]
fn where_history_cannot_be_kept_that_is_said_once() {
    let folder = folder("prompt-no-history");
    let taken = folder.join("taken");
    std::fs::write(&taken, "no folder").expect("written");
    let states = [
        [("XDG_STATE_HOME", taken.to_str().expect("a path")), ("HOME", "")],
        [("XDG_STATE_HOME", ""), ("HOME", "")],
    ];
    for state in states {
        let mut prompt = open_with(&folder, &[], &state);
        let first = see(&mut prompt, PROMPT);
        assert!(first.contains("note: the history lasts until you leave"), "{first}");
        let rest = ask(&mut prompt, "kinds then count") + &ask(&mut prompt, "nodes then count");
        assert!(rest.contains('5') && !rest.contains("history"), "{rest}");
        type_in(&mut prompt, "\u{1b}[A\u{1b}[A");
        see(&mut prompt, "kinds then count");
        prompt.send_control('c').expect("typed");
        see(&mut prompt, PROMPT);
        leave(prompt);
    }
}
