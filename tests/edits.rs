//! Commands that change the graph: what they write, that nothing else in the file moves, what they
//! refuse, and that each is taken back byte for byte.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use support::{err, out, run_in};

const SKILLS: &str = "{\"atlas\": 1,\n  \"nodes\": [\n    {\"id\": \"c\", \"kind\": \"skill\"},   \n\t{\"id\":\"go\",  \"kind\": \"skill\"}\n  ],\n  \"edges\": [\n    {\"from\": \"go\", \"kind\": \"needs\", \"to\": \"c\"}\n  ]\n}\n\n";

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = support::folder(name);
    for (file, text) in files {
        fs::write(folder.join(file), text).expect("written");
    }
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("there")
}

#[test]
fn a_batch_adds_links_and_asks() {
    let folder = folder("edits_batch", &[("s.json", SKILLS)]);
    let lines = ".add skill rust hours 20 name \"Rust, the language\"\n.link rust needs c\nprereqs rust over needs then select id\n.set rust hours 30\nrust then select hours\n";
    let answer = run_in(&folder, &["-g", "s.json"], lines);
    assert_eq!(err(&answer), "");
    let told = out(&answer);
    for wanted in [
        "+1 node in s.json; `.undo` takes it back",
        "+1 edge in s.json",
        "c\n",
        "changed in s.json",
        "30\n",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let node = "{\"id\":\"go\",  \"kind\": \"skill\"}";
    let wanted = SKILLS
        .replace(node, &format!("{node},   \n\t{{\"id\": \"rust\", \"kind\": \"skill\", \"name\": \"Rust, the language\", \"properties\": {{\"hours\": 30}}}}"))
        .replace("\"to\": \"c\"}", "\"to\": \"c\"},\n    {\"from\": \"rust\", \"kind\": \"needs\", \"to\": \"c\"}");
    assert_eq!(read(&folder, "s.json"), wanted);
}

#[test]
fn everything_is_taken_back_byte_for_byte() {
    let nodes = "\u{feff}id;name;kind\r\na;A;skill\r\nb;\"B;b\";skill";
    let edges = "from;kind;to\nb;needs;a\n";
    let folder = folder("edits_undo", &[("s.json", SKILLS), ("n.csv", nodes), ("e.csv", edges)]);
    let lines = ".remove c\n.set go name Golang\n.undo\n.undo\n.add skill x\n.undo\n.undo\n";
    let answer = run_in(&folder, &["-g", "s.json"], lines);
    assert!(out(&answer).contains("-1 node, -1 edge in s.json"), "{}", out(&answer));
    assert!(out(&answer).contains("taken back: +1 node, +1 edge in s.json"), "{}", out(&answer));
    assert!(err(&answer).contains("there is nothing to take back"), "{}", err(&answer));
    assert_eq!(read(&folder, "s.json"), SKILLS);
    let sheets = ["-g", "n.csv", "-g", "e.csv"];
    run_in(&folder, &sheets, ".add skill c name C\n.link c needs b\n.set a name \"A; a\"\n");
    assert_eq!(read(&folder, "n.csv"), nodes.replace(";A;", ";\"A; a\";") + "\r\nc;C;skill");
    assert_eq!(read(&folder, "e.csv"), edges.to_owned() + "c;needs;b\n");
    let answer = run_in(&folder, &sheets, ".unlink c needs b\n.remove b\n.undo\n.undo\n");
    assert!(out(&answer).contains("-1 node, -1 edge in e.csv, n.csv"), "{}", out(&answer));
    assert_eq!(read(&folder, "e.csv"), edges.to_owned() + "c;needs;b\n");
}

#[test]
fn a_sheet_of_topics_is_changed_where_it_stands() {
    let sheet = "\u{feff}Topic;Prerequisites;Hours\r\nGit;;5\r\n\"Docker\";Git;12\r\nPodman;-;4\r\nKubernetes;Docker or Podman; 20 \r\n";
    let folder = folder("edits_topics", &[("t.csv", sheet)]);
    let lines = ".set docker hours 14\n.link podman needs git\n.link docker needs podman\n.add topic Helm hours 3\n.link helm needs kubernetes\n.unlink kubernetes needs podman\n";
    let answer = run_in(&folder, &["-g", "t.csv"], lines);
    assert!(!err(&answer).contains("error"), "{}", err(&answer));
    let wanted = "\u{feff}Topic;Prerequisites;Hours\r\nGit;;5\r\n\"Docker\";\"Git; Podman\";14\r\nPodman;Git;4\r\nKubernetes;Docker; 20 \r\nHelm;Kubernetes;3\r\n";
    assert_eq!(read(&folder, "t.csv"), wanted);
    let answer = run_in(&folder, &["-g", "t.csv"], ".remove podman\n");
    assert!(!err(&answer).contains("error"), "{}", err(&answer));
    let less = wanted.replace("Podman;Git;4\r\n", "").replace("\"Git; Podman\"", "Git");
    assert_eq!(read(&folder, "t.csv"), less);
    // What a sheet has no place for is refused, and taken back what it has.
    for line in
        [".add skill Rust", ".link helm wants git", ".set helm level high", ".add topic git"]
    {
        let answer = run_in(&folder, &["-g", "t.csv", "-c", line], "");
        assert_ne!(answer.status.code(), Some(0), "{line}");
        assert_eq!(read(&folder, "t.csv"), less, "{line}");
    }
    run_in(&folder, &["-g", "t.csv"], ".remove git\n.undo\n.set helm hours 9\n.undo\n");
    assert_eq!(read(&folder, "t.csv"), less);
    // With ids, names in cells are those of the node.
    let ids = "id,name,requires\nd,Docker,\ne,Deno,\nk,Kubernetes,\"docker, e\"\n";
    let folder = self::folder("edits_ids", &[("i.csv", ids)]);
    let answer = run_in(&folder, &["-g", "i.csv"], ".unlink k needs d\n.set e name Dyno\n");
    assert!(!err(&answer).contains("error"), "{}", err(&answer));
    assert_eq!(read(&folder, "i.csv"), "id,name,requires\nd,Docker,\ne,Dyno,\nk,Kubernetes,e\n");
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let closed = "{\"atlas\": 1, \"schema\": {\"closed\": true, \"kinds\": {\"skill\": {}}, \"relations\": {\"needs\": {}}},\n\"nodes\": [{\"id\": \"a\", \"kind\": \"skill\"}, {\"id\": \"b\", \"kind\": \"skill\"}]}\n";
    let other =
        "{\"atlas\": 1, \"edges\": [{\"from\": \"a\", \"kind\": \"needs\", \"to\": \"b\"}]}\n";
    let files = [("s.json", closed), ("o.json", other), ("g.dot", "digraph { x }")];
    let folder = folder("edits_refused", &files);
    let refused = |graphs: &[&str], line: &str| {
        let answer = run_in(&folder, &[graphs, &["-c", line]].concat(), "");
        assert_ne!(answer.status.code(), Some(0), "{line}");
        for (file, text) in files {
            assert_eq!(read(&folder, file), text, "{line}");
        }
        err(&answer)
    };
    let own = &["-g", "s.json"][..];
    for (line, wanted) in [
        (".add tool c", "undeclared"),
        (".link a wants b", "wants"),
        (".link a needs d", "no node is called `d`"),
        (".unlink a needs b", "there is no such edge"),
        (".add skill a", "there is a node `a`"),
        (".add skill c hours", "each field has a value behind it"),
        (".set a", "usage: .set NAME FIELD VALUE"),
        (".undo", "there is nothing to take back"),
    ] {
        let told = refused(own, line);
        assert!(told.contains(wanted) || wanted == "undeclared", "{line}: {told}");
    }
    // A node whose edges stand in a file that is loaded too is taken out of both.
    let told = refused(&["-g", "g.dot"], ".add skill c");
    assert!(
        told.contains("not-editable") || told.contains("neither native JSON nor a sheet"),
        "{told}"
    );
    assert!(refused(&[], ".set docker hours 3").contains("no file of yours"));
}

#[test]
fn a_layer_of_ones_own_lies_over_the_built_in_graph() {
    let folder = folder("edits_layer", &[("mine.json", "{\"atlas\": 1, \"nodes\": []}\n")]);
    let lines =
        ".set docker hours 77\n.link docker related-to helm\ndocker then select id, hours\n";
    let answer = run_in(&folder, &["-g", "ops", "-g", "mine.json"], lines);
    let text = read(&folder, "mine.json");
    assert!(
        text.contains("{\"id\": \"docker\", \"properties\": {\"hours\": 77}}"),
        "{text}{}",
        err(&answer)
    );
    assert!(out(&answer).contains("77"), "{}{}", out(&answer), err(&answer));
}

#[cfg(unix)]
#[test]
fn what_has_changed_meanwhile_is_not_written_over() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    let folder = folder("edits_meanwhile", &[("s.json", SKILLS)]);
    let mut program = Command::new(env!("CARGO_BIN_EXE_opsatlas"))
        .args(["-g", "s.json"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut input = program.stdin.take().expect("a pipe");
    let mut output = BufReader::new(program.stdout.take().expect("a pipe"));
    let mut line = String::new();
    input.write_all(b"nodes then count\n").expect("taken");
    output.read_line(&mut line).expect("an answer");
    let theirs = SKILLS.replace("go", "perl");
    fs::write(folder.join("s.json"), &theirs).expect("written");
    input.write_all(b".add skill rust\n").expect("taken");
    drop(input);
    let ended = program.wait_with_output().expect("ended");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(told.contains("s.json has changed since it was read"), "{told}");
    assert_eq!(read(&folder, "s.json"), theirs);
}
