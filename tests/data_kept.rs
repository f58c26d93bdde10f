//! Nothing is lost: what was read is not replaced by an answer, what has changed is not
//! overwritten, what several write at once is all kept, and a kill leaves no half.
#![cfg(unix)]

mod support;

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use support::{err, folder, out, run_in};

const OWN: &str = r#"{"atlas": 1, "nodes": [{"id": "bread"}, {"id": "flour"}]}"#;

fn text(file: &Path) -> String {
    fs::read_to_string(file).expect("a text")
}

/// Past the test runner, which keeps what a passing test prints to itself.
fn skipped(why: &str) {
    std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).expect("standard error");
}

/// A shell in `folder` that knows the program as `$P`.
fn shell(folder: &Path, script: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_opsatlas");
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).current_dir(folder).env("P", program).env("NO_COLOR", "1");
    shell.stdin(Stdio::null()).output().expect("a shell")
}

#[test]
fn no_answer_takes_the_place_of_what_was_read() {
    let folder = folder("kept-inputs");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("written");
    write("own.json", OWN);
    write("batch.txt", "nodes then count\n");
    write("me.json", r#"{"knows": 1, "items": []}"#);
    symlink("own.json", folder.join("link.json")).expect("a link");
    symlink("link.json", folder.join("further.json")).expect("a link");
    fs::hard_link(folder.join("own.json"), folder.join("hard.json")).expect("a link");
    symlink(&folder, folder.join("here")).expect("a link");
    let graph = ["-g", "own.json"];
    for (given, target) in [
        (&graph[..], "own.json"),
        (&graph, "link.json"),
        (&graph, "further.json"),
        (&graph, "hard.json"),
        (&graph, "here/./own.json"),
        (&["-g", "hard.json"], "own.json"),
        (&["-g", "link.json"], "hard.json"),
        (&["-g", "ops", "-g", "own.json"], "own.json"),
        (&["-f", "batch.txt"], "batch.txt"),
        (&["--me", "me.json"], "me.json"),
        (&["-g", "own.json", "--save", "saved.json"], "saved.json"),
    ] {
        let arguments = [given, &["-F", "json", "-o", target, "-c", "nodes"]].concat();
        let refused = run_in(&folder, &arguments, "");
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(out(&refused).contains("overwrites-input"), "{arguments:?}: {}", out(&refused));
    }
    let stdin = shell(&folder, "$P -g - -F json -o own.json nodes < own.json");
    assert!(out(&stdin).contains("overwrites-input"), "{stdin:?}");
    let stdin = shell(&folder, "$P -F json -o batch.txt < batch.txt");
    assert!(out(&stdin).contains("overwrites-input"), "{stdin:?}");
    assert_eq!(text(&folder.join("own.json")), OWN);
    assert_eq!(text(&folder.join("batch.txt")), "nodes then count\n");
    assert!(!folder.join("new.json").exists());
    // Saving is for that, but not over a profile or a batch.
    for (target, code) in [("own.json", 0), ("me.json", 2), ("batch.txt", 2)] {
        let arguments = ["-g", "own.json", "--me", "me.json", "--save", target, "-f", "batch.txt"];
        assert_eq!(run_in(&folder, &arguments, "").status.code(), Some(code), "{target}");
    }
    assert!(text(&folder.join("own.json")).contains("flour"));
}

#[test]
fn what_is_no_file_by_its_own_name_is_written_to() {
    let folder = folder("kept-streams");
    let around = |redirection: &str, target: &str| {
        let ask = format!("$P -F csv -o {target} nodes then count");
        shell(&folder, &format!("{{ echo first; {ask}; echo last; }} {redirection}"))
    };
    for (redirection, target) in [
        ("> log", "/dev/stdout"),
        ("> log", "-"),
        ("> log", "/proc/self/fd/1"),
        ("> log", "/dev/fd/1"),
        ("2> log >&2", "/dev/stderr"),
        ("3> log >&3", "/dev/fd/3"),
        ("9> log >&9", "/proc/self/fd/9"),
    ] {
        let done = around(redirection, target);
        assert!(done.status.success(), "{target}: {}", err(&done));
        let log = text(&folder.join("log"));
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(
            (lines.len(), lines[0], lines[1], lines[3]),
            (4, "first", "value", "last"),
            "{log}"
        );
    }
    fs::write(folder.join("log"), "old\n").expect("written");
    assert!(around(">> log", "/dev/stdout").status.success());
    assert!(text(&folder.join("log")).starts_with("old\nfirst\nvalue\n"));
    // A pipe takes the answer and stays what it is.
    let piped = shell(
        &folder,
        "mkfifo pipe; cat pipe > got & $P -F csv -o pipe nodes then count; wait; test -p pipe",
    );
    assert!(piped.status.success() && text(&folder.join("got")).starts_with("value\n"));
    assert!(run_in(&folder, &["-F", "csv", "-o", "/dev/null", "nodes"], "").status.success());
    assert_eq!(run_in(&folder, &["-o", "/dev/fd/77", "nodes"], "").status.code(), Some(1));
    // A link that leads nowhere yet is kept, and what it names is made.
    symlink("later.csv", folder.join("link.csv")).expect("a link");
    assert!(run_in(&folder, &["-o", "link.csv", "nodes"], "").status.success());
    assert!(folder.join("link.csv").is_symlink() && text(&folder.join("later.csv")).len() > 100);
    symlink("round.csv", folder.join("round.csv")).expect("a link");
    assert_eq!(run_in(&folder, &["-o", "round.csv", "nodes"], "").status.code(), Some(1));
}

/// Saves over `own.json` while that is changed by `change`; what comes of it.
fn saved_while(folder: &Path, change: &str) -> (Output, String) {
    fs::write(folder.join("own.json"), OWN).expect("written");
    fs::write(folder.join("touch.json"), OWN).expect("written");
    let script = format!(
        "rm -f pipe other.json; mkfifo pipe; $P -F json -g own.json -g pipe --save own.json & \
         exec 3> pipe; {change}; echo '{{\"atlas\": 1}}' >&3; exec 3>&-; wait $!"
    );
    let done = shell(folder, &script);
    (done, text(&folder.join("own.json")))
}

#[test]
fn what_has_changed_since_it_was_read_is_not_saved_over() {
    let folder = folder("kept-changes");
    let (done, own) = saved_while(&folder, "true");
    assert!(done.status.success() && own.contains("\"nodes\": [\n"), "{done:?}");
    let other = OWN.replace("flour", "grain");
    for change in [
        "echo >> own.json".to_owned(),
        format!("echo '{other}' > own.json"),
        // Of the same size and time, in place and as another file.
        format!("printf '%s' '{other}' > own.json; touch -r touch.json own.json"),
        format!(
            "printf '%s' '{other}' > other.json; touch -r own.json other.json; mv other.json own.json"
        ),
    ] {
        let (done, own) = saved_while(&folder, &change);
        assert_eq!(done.status.code(), Some(1), "{change}: {done:?}");
        assert!(out(&done).contains("changed-file"), "{done:?}");
        assert!(own.contains("grain") || own == format!("{OWN}\n"), "{change}: {own}");
    }
    let (done, _) = saved_while(&folder, "rm own.json; echo mine > own.json");
    assert_eq!(done.status.code(), Some(1));
    // What another has made meanwhile is not lost either.
    let script = "mkfifo new-pipe; $P -g own.json -g new-pipe --save new.json & exec 3> new-pipe; \
        echo mine > new.json; echo '{\"atlas\": 1}' >&3; exec 3>&-; wait $!";
    fs::write(folder.join("own.json"), OWN).expect("written");
    assert_eq!(shell(&folder, script).status.code(), Some(1));
    assert_eq!(text(&folder.join("new.json")), "mine\n");
    let left = fs::read_dir(&folder).expect("there").flatten();
    let left: Vec<_> =
        left.filter(|entry| entry.file_name().as_encoded_bytes()[0] == b'.').collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_is_read_only_or_somebody_else_s_stays() {
    let folder = folder("kept-modes");
    let file = folder.join("own.json");
    fs::write(&file, OWN).expect("written");
    fs::set_permissions(&file, Permissions::from_mode(0o400)).expect("a mode");
    for arguments in [&["-g", "own.json", "--save", "own.json"][..], &["-o", "own.json", "nodes"]] {
        let refused = run_in(&folder, arguments, "");
        assert_eq!(refused.status.code(), Some(1));
        let told = out(&refused) + &err(&refused);
        assert!(told.contains("read-only"), "{told}");
    }
    fs::set_permissions(&file, Permissions::from_mode(0o644)).expect("a mode");
    if chown(&file, Some(4242), None).is_err() {
        return skipped("only root can give a file away");
    }
    let refused = run_in(&folder, &["-g", "own.json", "--save", "own.json"], "");
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("belongs to somebody else"), "{}", err(&refused));
    assert_eq!((text(&file).as_str(), fs::metadata(&file).expect("there").uid()), (OWN, 4242));
}

#[test]
fn a_kill_leaves_the_old_file_or_the_new_one_and_nothing_beside() {
    let folder = folder("kept-kill");
    let nodes: Vec<String> = (0..40_000).map(|at| format!("{{\"id\": \"n{at}\"}}")).collect();
    let graph = format!("{{\"atlas\": 1, \"nodes\": [{}]}}", nodes.join(","));
    fs::write(folder.join("own.json"), graph).expect("written");
    let save = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_opsatlas"));
        program.args(["-g", "own.json", "--save", "saved.json"]).current_dir(&folder);
        program.spawn().expect("it starts")
    };
    assert!(save().wait().expect("it ends").success());
    let whole = text(&folder.join("saved.json"));
    for pause in (0..20).map(|step| step * 30) {
        let mut program = save();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        let _ = program.kill();
        program.wait().expect("it ends");
        assert!(text(&folder.join("saved.json")) == whole, "half a file");
    }
    let left = fs::read_dir(&folder).expect("there").count();
    if cfg!(target_os = "linux") {
        assert_eq!(left, 2, "something was left beside");
    }
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = folder("kept-full");
    let script = "mkdir disk && mount -t tmpfs -o size=64k none disk";
    if !shell(&folder, script).status.success() {
        return skipped("no small file system can be mounted here");
    }
    let disk = folder.join("disk");
    fs::write(disk.join("old.json"), "old").expect("written");
    let full = run_in(&disk, &["-F", "json", "-o", "old.json", "nodes"], "");
    let told = (full.status.code(), text(&disk.join("old.json")), err(&full));
    let left = fs::read_dir(&disk).expect("there").count();
    assert!(shell(&folder, "umount disk").status.success());
    assert_eq!((told.0, told.1.as_str(), left), (Some(1), "old", 1), "{}", told.2);
}
