//! Completion at the prompt: commands by their table, queries by the binder that answers them.

use super::commands::{COMMANDS, CommandOperand, called, is_command, split, topics};
use crate::cli::io::file_name::FileName;
use crate::diagnostic::{drives_terminal, visible};
use crate::query::{Completion, Offer, Session};
use crate::render::FORMATS;
use rustyline::completion::Pair;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Where what is typed last starts, and what it could become.
pub(crate) fn candidates(session: &Session, before: &str) -> Completion {
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    if !is_command(&before[line..]) {
        return session.complete(before);
    }
    let start = before.len() - before[line..].trim_start().len();
    if !before[start..].contains(char::is_whitespace) {
        let (name, _) = split(&before[start..]);
        let fitting = COMMANDS.iter().filter(|command| command.name.starts_with(&name));
        let offers = fitting.map(|command| {
            let blank = if command.takes == CommandOperand::Nothing { "" } else { " " };
            Offer { text: format!("{}{blank}", command.name), what: command.summary.to_owned() }
        });
        return Completion { start, offers: offers.collect() };
    }
    let (name, _) = split(&before[start..]);
    match called(&name).map(|command| command.takes) {
        None => Completion::default(),
        Some(CommandOperand::Names | CommandOperand::Change) => of_names(session, before, start),
        Some(takes) => argument(takes, before),
    }
}

/// Names behind a command that begins at `start`, as in a query.
fn of_names(session: &Session, before: &str, start: usize) -> Completion {
    const VERB: &str = "near ";
    let command = before[start..].find(char::is_whitespace).unwrap_or(0);
    let names = before[start + command..].trim_start();
    let shift = before.len() - names.len();
    let mut found = session.complete(&format!("{VERB}{names}"));
    // Words of the language end with a blank; names do not.
    found.offers.retain(|offer| !offer.text.ends_with(' '));
    Completion { start: (found.start + shift).saturating_sub(VERB.len()), ..found }
}

/// What can stand behind a command.
fn argument(takes: CommandOperand, before: &str) -> Completion {
    let start = before.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    let typed = before[start..].to_lowercase();
    let offer = |(text, what): (&str, &str)| {
        let fits = text.starts_with(&typed);
        fits.then(|| Offer { text: text.to_owned(), what: what.to_owned() })
    };
    let offers = match takes {
        CommandOperand::Nothing | CommandOperand::Names | CommandOperand::Change => Vec::new(),
        CommandOperand::Topic => topics().filter_map(offer).collect(),
        CommandOperand::Format => {
            let formats = FORMATS.iter().map(|format| (format.name, format.summary));
            formats.filter_map(offer).collect()
        }
        CommandOperand::Switch => [("on", ""), ("off", "")].into_iter().filter_map(offer).collect(),
        CommandOperand::Files => return of_files(before),
    };
    Completion { start, offers }
}

/// Files and folders that begin as the last word does, which may stand in quotes.
fn of_files(before: &str) -> Completion {
    let quotes = before.matches('"').count();
    // Where quotes are odd in number, the last one is still open.
    let (start, quoted) = match before.rfind('"') {
        Some(quote) if quotes % 2 == 1 => (quote, true),
        _ => (before.rfind(char::is_whitespace).map_or(0, |blank| blank + 1), false),
    };
    let typed = before[start..].trim_start_matches('"');
    let (folder, begun) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(_, begun)| (&typed[..typed.len() - begun.len()], begun));
    let offers = names_in(folder).into_iter().filter(|(name, _)| {
        let hidden = name.starts_with('.') && !begun.starts_with('.');
        name.to_lowercase().starts_with(&begun.to_lowercase()) && !hidden
    });
    let offers = offers.map(|(name, is_folder)| {
        let path = format!("{folder}{name}");
        let quote = quoted || path.contains(char::is_whitespace);
        let text = match (is_folder, quote) {
            (true, false) => format!("{path}/"),
            (true, true) => format!("\"{path}/"),
            (false, true) => format!("\"{path}\""),
            (false, false) => path,
        };
        Offer { text, what: if is_folder { "folder".to_owned() } else { String::new() } }
    });
    Completion { start, offers: offers.collect() }
}

/// What a folder holds, by name, each with whether it is a folder itself; nothing if it cannot be
/// read. Names that could drive a terminal are left out.
fn names_in(folder: &str) -> Vec<(String, bool)> {
    let folder = if folder.is_empty() { "./".to_owned() } else { FileName::at_home(folder) };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let plain = !name.chars().any(|letter| drives_terminal(letter) || letter == '"');
        plain.then(|| (name, entry.path().is_dir()))
    });
    let mut found: Vec<(String, bool)> = named.collect();
    found.sort_unstable();
    found
}

/// Candidates as rustyline lists them, as many as `rows` hold in `width` columns, each with
/// what it is; a last one tells how many more there are.
pub(crate) fn listed(found: Completion, typed: &str, width: usize, rows: usize) -> Vec<Pair> {
    let Completion { offers, .. } = found;
    let more = offers.len().saturating_sub(rows);
    // What all of them begin with is still completed where they are not all shown.
    let common = common_start(&offers).filter(|common| common.len() > typed.len());
    let shown = &offers[..offers.len() - more];
    let column =
        shown.iter().map(|offer| visible(offer.text.trim_end()).width()).max().unwrap_or(0);
    let alone = offers.len() == 1;
    let mut pairs: Vec<Pair> = shown
        .iter()
        .map(|Offer { text, what }| {
            let bare = visible(text.trim_end());
            let gap = " ".repeat(column - bare.width() + 2);
            let room = width.saturating_sub(column + 3);
            let what = cut(&visible(what), room);
            let display =
                if alone || what.is_empty() { bare } else { format!("{bare}{gap}{what}") };
            Pair { display, replacement: text.clone() }
        })
        .collect();
    if more > 0 {
        let replacement = common.unwrap_or(typed).to_owned();
        pairs.push(Pair { display: format!("… {more} more; type on"), replacement });
    }
    pairs
}

/// What all texts begin with.
fn common_start(offers: &[Offer]) -> Option<&str> {
    let (first, rest) = offers.split_first()?;
    let mut common = first.text.as_str();
    for offer in rest {
        let same = common.chars().zip(offer.text.chars()).take_while(|(a, b)| a == b);
        common = &common[..same.map(|(letter, _)| letter.len_utf8()).sum()];
    }
    Some(common)
}

/// As much of a text as fits into `width` columns; nothing where that says nothing.
fn cut(text: &str, width: usize) -> String {
    const LEAST: usize = 8;
    if text.width() <= width {
        return text.to_owned();
    }
    if width < LEAST {
        return String::new();
    }
    let mut left = width - 1;
    let fits = |letter: &char| {
        let own = letter.width().unwrap_or(0);
        let fits = own <= left;
        left = left.saturating_sub(own);
        fits
    };
    text.chars().take_while(fits).collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::{candidates, listed};
    use crate::graph::Atlas;
    use crate::query::{Completion, Limits, Offer, Session, Statement};
    use unicode_width::UnicodeWidthStr;

    fn is_offered(session: &Session, before: &str, start: usize, offered: &str) {
        let found = candidates(session, before);
        let kept = before.get(found.start..start).unwrap_or("?");
        let wanted = format!("{kept}{offered}");
        let offered = found.offers.iter().any(|offer| offer.text == wanted);
        assert!(offered, "{before}: {wanted} in {} {:?}", found.start, found.offers);
    }

    #[test]
    fn commands_and_what_stands_behind_them_are_offered() {
        let atlas = Atlas::built_in();
        let session = Session::new(&atlas);
        for (before, start, offered) in [
            (".he", 0, ".help "),
            (".format js", 8, "jsonl"),
            (".help pre", 6, "prereqs"),
            (".timer o", 7, "off"),
            (".know docker, argo c", 14, "\"Argo CD\""),
            (".read Cargo.to", 6, "Cargo.toml"),
            (".read \"src/cli/prompt/rep", 6, "\"src/cli/prompt/repl.rs\""),
            (".graph ops src/cl", 11, "src/cli/"),
            ("nodes\n.fo", 6, ".format "),
        ] {
            is_offered(&session, before, start, offered);
        }
    }

    #[test]
    fn what_is_offered_can_stand_there() {
        let atlas = Atlas::built_in();
        let mut session = Session::new(&atlas);
        let named = Statement::whole(&crate::diagnostic::Text::new("query", "let mine = docker"));
        session.answer(&named, &Limits::default()).expect("a set");
        for (before, start, offered) in [
            ("unl", 0, "unlocks "),
            ("tool", 0, "tools"),
            ("tools o", 6, "of "),
            ("tools of ml", 9, "MLOps"),
            ("show argo", 5, "\"Argo CD\""),
            ("show Argo C", 5, "\"Argo CD\""),
            ("show \"argo c", 5, "\"Argo CD\""),
            ("path Argo CD -> llmo", 16, "LLMOps"),
            ("path devops t", 12, "to "),
            ("path devops to mlops av", 21, "avoid "),
            ("prereqs (tools of giT", 18, "GitOps"),
            ("prereqs llmops dep", 15, "depth "),
            ("prereqs llmops over bu", 20, "builds-on"),
            ("prereqs llmops th", 15, "then "),
            ("prereqs llmops then whe", 20, "where "),
            ("prereqs llmops then sor", 20, "sort by "),
            ("tools then where ki", 17, "kind"),
            ("tools then where main", 17, "`main-concern`"),
            ("tools then where kind = ski", 24, "skills"),
            ("tools then sort by sour", 19, "sources"),
            ("tools except dock", 13, "Docker"),
            ("rank tools by deg", 14, "degree "),
            ("prereqs @mi", 8, "@mine"),
            ("let x = unl", 8, "unlocks "),
            ("tools; unl", 7, "unlocks "),
            ("with { -dock", 8, "Docker"),
            ("with { +mlops bui", 14, "builds-on"),
            ("with { +mlops builds-on llm", 24, "LLMOps"),
            ("with { -docker } prere", 17, "prereqs "),
            ("compare mlops llm", 14, "LLMOps"),
        ] {
            is_offered(&session, before, start, offered);
        }
        let names = candidates(&session, "show ");
        assert!(names.offers.iter().all(|offer| offer.text != "prereqs "), "no verb stands there");
        let numbers = candidates(&session, "prereqs llmops depth ");
        assert!(numbers.offers.is_empty(), "a number stands there: {:?}", numbers.offers);
    }

    #[test]
    fn what_is_listed_fits_and_completes_no_more_than_all_share() {
        let offers =
            (0..50).map(|at| Offer { text: format!("node-{at:02}"), what: "知".repeat(60) });
        let found = Completion { start: 0, offers: offers.collect() };
        let pairs = listed(found, "no", 40, 9);
        assert_eq!(pairs.len(), 10);
        assert!(pairs.iter().all(|pair| pair.display.width() < 40), "{}", pairs[0].display);
        assert_eq!(
            (pairs[9].replacement.as_str(), pairs[9].display.as_str()),
            ("node-", "… 41 more; type on")
        );
    }
}
