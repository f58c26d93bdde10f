//! The prompt, driven through a pseudo-terminal: first screen, commands, graphs, terminals.
#![cfg(unix)]

mod support;

use rexpect::session::PtySession;
use support::folder;
use support::prompt::{PROMPT, ask, leave, open, open_with, resize, say, see, type_in};

#[test]
fn the_first_screen_leads_on() {
    let mut prompt = open(&folder("prompt-first"), &[]);
    see(&mut prompt, "DevOps → GitOps → MLOps → LLMOps");
    see(&mut prompt, "AIOps");
    see(&mut prompt, "1  path devops -> llmops");
    see(&mut prompt, PROMPT);
    say(&mut prompt, "1");
    see(&mut prompt, "declarative infrastructure");
    see(&mut prompt, PROMPT);
    say(&mut prompt, "prereqs kuberntes");
    see(&mut prompt, "did you mean `prereqs kubernetes`?");
    say(&mut prompt, ".help prereqs");
    see(&mut prompt, "leave out what is only recommended");
    say(&mut prompt, ".hlep");
    see(&mut prompt, "error[unknown-command]");
    see(&mut prompt, "did you mean `.help`?");
    say(&mut prompt, ".timer soon");
    see(&mut prompt, "error[bad-command]");
    see(&mut prompt, "usage: .timer [on|off]");
    say(&mut prompt, ":q");
    prompt.exp_eof().expect("it left");
}

#[test]
fn enter_on_an_empty_line_asks_the_one_query_suggested() {
    let state = folder("prompt-suggested");
    let mut prompt = open(&state, &[]);
    see(&mut prompt, PROMPT);
    let told = ask(&mut prompt, "what is gitops");
    assert!(told.contains("did you mean `show gitops`?") && told.contains("Enter"), "{told}");
    say(&mut prompt, "");
    let shown = see(&mut prompt, "show gitops");
    assert!(shown.contains(PROMPT), "{shown}");
    let card = see(&mut prompt, PROMPT);
    assert!(card.contains("analogy"), "{card}");
    // Once only, and never one of several.
    say(&mut prompt, "");
    assert!(!see(&mut prompt, PROMPT).contains("analogy"));
    assert!(!ask(&mut prompt, "sre-engineer").contains("Enter on"));
    // A command can be suggested as well.
    assert!(ask(&mut prompt, "i know docker").contains("did you mean `.know docker`?"));
    say(&mut prompt, "");
    see(&mut prompt, "known now: docker");
    see(&mut prompt, PROMPT);
    assert!(ask(&mut prompt, ".know").contains("1 entry in "));
    for line in ["help path", ".mode", "\\d", ".tables"] {
        let told = ask(&mut prompt, line);
        assert!(!told.contains("error"), "{line}: {told}");
    }
    assert!(ask(&mut prompt, ".clear").contains("Ctrl-L"));
    leave(prompt);
}

/// A step of the tour: its question looks like a prompt too.
fn step(prompt: &mut PtySession, line: &str) -> String {
    say(prompt, line);
    see(prompt, "\n");
    see(prompt, PROMPT);
    let shown = see(prompt, "the tour.");
    see(prompt, PROMPT);
    shown
}

#[test]
fn the_tour_goes_on_by_enter_and_ends_by_a_question() {
    let mut prompt = open(&folder("prompt-tour"), &[]);
    see(&mut prompt, PROMPT);
    let mut shown = step(&mut prompt, ".tour");
    let mut steps = 1;
    while shown.contains("Enter goes on") {
        assert!(!shown.contains("error["), "{shown}");
        shown = step(&mut prompt, "");
        steps += 1;
    }
    assert!(shown.contains("That was ") && steps >= 6, "{steps}: {shown}");
    step(&mut prompt, ".tour");
    assert!(ask(&mut prompt, "kinds then count").contains('5'));
    assert!(!ask(&mut prompt, "").contains("Enter goes on"));
    leave(prompt);
}

#[test]
fn formats_files_and_times() {
    let folder = folder("prompt-files");
    let mut prompt = open(&folder, &[]);
    see(&mut prompt, PROMPT);
    ask(&mut prompt, ".format csv");
    assert!(ask(&mut prompt, "roles of aiops then count").contains("value\r\n3"));
    ask(&mut prompt, ".format table");
    ask(&mut prompt, ".timer on");
    assert!(ask(&mut prompt, "kinds then count").contains(" ms"));
    ask(&mut prompt, ".timer off");
    assert!(!ask(&mut prompt, "kinds then count").contains(" ms"));
    ask(&mut prompt, ".output 'a list.jsonl'");
    assert!(ask(&mut prompt, "tools of gitops").contains("4 nodes written to a list.jsonl"));
    ask(&mut prompt, "roles of aiops");
    ask(&mut prompt, ".output");
    let written = std::fs::read_to_string(folder.join("a list.jsonl")).expect("written");
    assert_eq!(written.lines().count(), 7);
    assert!(ask(&mut prompt, "tools of gitops").contains("4 nodes"));
    ask(&mut prompt, ".export tools.dot");
    let written = std::fs::read_to_string(folder.join("tools.dot")).expect("written");
    assert!(written.contains("Argo CD"));
    assert!(ask(&mut prompt, ".export tools.xyz").contains("error[unknown-format]"));
    std::fs::write(folder.join("batch.txt"), "docker\n.format csv\nhelm;\nprereqs nothing-such\n")
        .expect("written");
    let read = ask(&mut prompt, ".read batch.txt");
    assert!(read.contains("Docker  tool") && read.contains("helm,Helm,tool"), "{read}");
    assert!(read.contains("batch.txt:4:9"), "{read}");
    std::fs::write(folder.join("loop.txt"), ".read loop.txt\n").expect("written");
    assert!(ask(&mut prompt, ".read loop.txt").contains("files deep"));
    assert!(ask(&mut prompt, ".schema").contains("builds-on"));
    leave(prompt);
}

#[test]
fn another_graph_takes_over_unless_it_is_wrong() {
    let folder = folder("prompt-own");
    let text = "{\"atlas\": 1, \"nodes\": [{\"id\": \"bread\"}, {\"id\": \"flour\"}]}";
    std::fs::write(folder.join("own.json"), text).expect("written");
    std::fs::write(folder.join("bad.json"), "{\"atlas\": 1, \"nodes\": [{}]}").expect("written");
    let mut prompt = open(&folder, &["-g", "own.json"]);
    see(&mut prompt, "2 nodes, 0 edges");
    see(&mut prompt, PROMPT);
    assert!(ask(&mut prompt, "nodes then count").contains("2\r\n"));
    assert!(ask(&mut prompt, ".graph bad.json").contains("bad.json:1"));
    assert!(ask(&mut prompt, "nodes then count").contains("2\r\n"));
    assert!(ask(&mut prompt, ".graph ops own.json").contains("DevOps"));
    assert!(ask(&mut prompt, "show bread").contains("bread"));
    assert!(ask(&mut prompt, "domains then count").contains("5\r\n"));
    assert!(ask(&mut prompt, ".graph").contains("own"));
    leave(prompt);
}

#[test]
fn long_answers_go_through_the_pager() {
    let pager = [("PAGER", "sed 's/^/paged: /'")];
    let mut prompt = open_with(&folder("prompt-pager"), &[], &pager);
    see(&mut prompt, PROMPT);
    resize(&prompt, 80, 10);
    assert!(ask(&mut prompt, "nodes").contains("paged: "));
    assert!(!ask(&mut prompt, "domains").contains("paged: "));
    ask(&mut prompt, ".pager off");
    assert!(!ask(&mut prompt, "nodes").contains("paged: "));
    leave(prompt);
    let mut prompt = open_with(&folder("prompt-no-pager"), &[], &[("PAGER", "no-such-program")]);
    see(&mut prompt, PROMPT);
    resize(&prompt, 80, 10);
    assert!(ask(&mut prompt, "nodes").contains("Argo CD"));
    leave(prompt);
}

#[test]
fn answers_follow_the_width_of_the_terminal() {
    let mut prompt = open(&folder("prompt-width"), &[]);
    see(&mut prompt, PROMPT);
    for columns in [100, 40, 20] {
        resize(&prompt, columns, 24);
        let shown = ask(&mut prompt, "relations");
        let widest = shown.lines().map(|line| line.trim_end().chars().count()).max();
        assert!(widest <= Some(usize::from(columns)), "{columns}: {shown}");
    }
    leave(prompt);
}

#[test]
fn a_plain_terminal_is_enough() {
    let mut prompt = open_with(&folder("prompt-dumb"), &[], &[("TERM", "dumb")]);
    see(&mut prompt, PROMPT);
    for (lines, wanted) in [("domains then count", "5"), ("docker,\nhelm then count", "2")] {
        say(&mut prompt, lines);
        // This terminal does not echo what is typed.
        let shown = see(&mut prompt, PROMPT);
        assert_eq!(shown.trim_end(), wanted, "{shown:?}");
    }
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
    see(&mut prompt, PROMPT);
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

#[test]
fn names_never_drive_the_terminal() {
    let folder = folder("prompt-hostile");
    let text = "{\"atlas\": 1, \"schema\": {\"kinds\": {\"k\\u001b[31mind\": {}}}, \"nodes\": [{\"id\": \"evil\\u001b[31m\\u202e one\", \"kind\": \"k\\u001b[31mind\"}, {\"id\": \"bell\\u0007 two\"}, {\"id\": \"plain\"}], \"edges\": [{\"from\": \"plain\", \"to\": \"bell\\u0007 two\", \"kind\": \"r\\u001b[31m\"}]}";
    std::fs::write(folder.join("own.json"), text).expect("written");
    let mut shown = String::new();
    let mut prompt = open(&folder, &["-g", "own.json"]);
    shown += &see(&mut prompt, PROMPT);
    for line in ["nodes", "prereqs plain", ".schema", ".graph", "1", "2", "show \"evil"] {
        say(&mut prompt, line);
        shown += &see(&mut prompt, "\n");
    }
    say(&mut prompt, "\"");
    shown += &see(&mut prompt, "error[unknown-name]");
    // With colours there are hints and highlighting too.
    let arguments = ["-g", "own.json", "--color", "always"];
    let mut colored = open_with(&folder, &arguments, &[("NO_COLOR", "")]);
    shown += &see(&mut colored, PROMPT);
    type_in(&mut colored, "show \t");
    shown += &see(&mut colored, "k\u{241b}[31mind");
    type_in(&mut colored, "ev\t");
    shown += &see(&mut colored, "\\u202e one");
    assert!(!shown.contains('\u{202e}'), "{shown:?}");
    assert!(!shown.contains("evil\u{1b}[31m") && !shown.contains("k\u{1b}[31mind"), "{shown:?}");
}

#[test]
fn the_document_shows_what_the_prompt_says() {
    let text = std::fs::read_to_string(support::root().join("docs/prompt.md")).expect("a document");
    let sessions: Vec<&str> =
        text.split("```session\n").skip(1).filter_map(|part| part.split("```").next()).collect();
    assert!(sessions.len() >= 3);
    let mut prompt = open(&folder("prompt-document"), &[]);
    see(&mut prompt, PROMPT);
    for exchange in sessions.iter().flat_map(|session| session.split(PROMPT).skip(1)) {
        let first = exchange.lines().take(1);
        let more = exchange.lines().skip(1).map_while(|line| line.strip_prefix("opsatlas+"));
        let typed: Vec<&str> = first.chain(more).map(str::trim).collect();
        let wanted: Vec<&str> = exchange.lines().skip(typed.len()).collect();
        for line in &typed {
            say(&mut prompt, line);
            see(&mut prompt, "\n");
        }
        let shown = see(&mut prompt, PROMPT);
        // What stands before the prompt on its line is the editor's own.
        let shown = shown.rsplit_once('\n').map_or("", |(shown, _)| shown);
        let shown: Vec<&str> = shown.lines().map(str::trim_end).collect();
        let start = shown.len().saturating_sub(wanted.len());
        assert_eq!(shown[start..], wanted, "{typed:?}: {shown:?}");
    }
    leave(prompt);
}
