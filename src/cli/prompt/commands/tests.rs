//! The table of commands, and how their names are typed.

use super::{COMMANDS, Takes, called, is_command, split};

#[test]
fn commands_have_their_names_cut_short_and_other_prefixes() {
    for (typed, wanted) in [
        (".help", Some(".help")),
        (":h", Some(".help")),
        ("\\q", Some(".quit")),
        (".exit", Some(".quit")),
        (".?", Some(".help")),
        (".fmt csv", None),
        (".form csv", Some(".format")),
        (".HELP path", Some(".help")),
        (".hlep", None),
    ] {
        assert!(is_command(typed), "{typed}");
        let (name, _) = split(typed);
        assert_eq!(called(&name).map(|command| command.name), wanted, "{typed}");
    }
    assert!(!is_command("docker") && !is_command("\"a\"") && !is_command(".5"));
}

#[test]
fn the_table_is_well_formed() {
    for command in COMMANDS {
        assert!(command.name.starts_with('.'));
        assert_eq!(command.operand.is_empty(), command.takes == Takes::Nothing, "{}", command.name);
        assert!(!command.summary.is_empty() && !command.summary.ends_with('.'));
        assert_eq!(called(command.name).map(|found| found.name), Some(command.name));
    }
}

#[test]
fn the_document_has_every_command() {
    let document = include_str!("../../../../docs/prompt.md");
    for command in COMMANDS {
        // In a table a bar is escaped.
        let usage = command.usage().replace('|', "\\|");
        let row = format!("| `{usage}` | {} |", command.summary);
        assert!(document.contains(&row), "docs/prompt.md lacks: {row}");
    }
}
