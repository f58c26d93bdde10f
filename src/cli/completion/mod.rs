//! Completion in a shell: scripts that ask the program what could stand where the cursor is, so
//! that verbs, formats and names of whatever graph is loaded are offered as at the prompt.

use super::args::{self, COLORS, Options, SHELLS};
use super::io::graphs;
use super::join_arguments::join_arguments;
use super::profile::{Absent, Learner};
use super::prompt::candidates;
use crate::diagnostic::drives_terminal;
use crate::graph::fold;
use crate::query::{Completion, Offer, Session};
use crate::render::FORMATS;
use clap_complete::Shell;
use std::ffi::OsString;

/// How many words are offered: nobody reads more.
const OFFERED: usize = 500;

/// The script of a shell; of the less common ones one that knows the flags alone.
pub(crate) fn script(shell: Shell) -> Vec<u8> {
    let (text, between) = match shell {
        Shell::Bash => (include_str!("opsatlas.bash"), "|"),
        Shell::Zsh => (include_str!("opsatlas.zsh"), "|"),
        Shell::Fish => (include_str!("opsatlas.fish"), " "),
        other => {
            let mut script = Vec::new();
            clap_complete::generate(other, &mut args::command(), "opsatlas", &mut script);
            return script;
        }
    };
    let command = args::command();
    let files = command.get_arguments().filter(|arg| args::takes_file(arg)).flat_map(|arg| {
        let short = arg.get_short().map(|letter| format!("-{letter}"));
        short.into_iter().chain(arg.get_long().map(|name| format!("--{name}")))
    });
    let files: Vec<String> = files.collect();
    text.replace("@FILES@", &files.join(between)).into_bytes()
}

/// What could stand in the place of the last of these words, a line each with what it is.
pub(crate) fn offers(words: &[Vec<u8>]) -> String {
    let words: Vec<String> =
        words.iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect();
    let Some((typed, before)) = words.split_last() else { return String::new() };
    let offers = of_flags(typed, before).unwrap_or_else(|| of_query(typed, before));
    let harmless = |offer: &Offer| !offer.text.chars().any(drives_terminal);
    let offers = offers.into_iter().filter(harmless).take(OFFERED);
    let line = |Offer { text, what }: Offer| {
        let what = what.replace(drives_terminal, " ");
        format!("{text}\t{what}\n")
    };
    offers.map(line).collect()
}

/// Flags, or what stands behind one; `None` where a part of a query stands.
fn of_flags(typed: &str, before: &[String]) -> Option<Vec<Offer>> {
    let command = args::command();
    let offer = |(text, what): (&str, &str)| Offer { text: text.to_owned(), what: what.to_owned() };
    let starting = |rows: &mut dyn Iterator<Item = (&str, &str)>| {
        rows.filter(|(text, _)| text.starts_with(&typed.to_lowercase())).map(offer).collect()
    };
    let last = before.last().map_or("", String::as_str);
    // `--flag=value` is one word, or three as bash cuts it.
    if let Some((flag, value)) = typed.split_once('=').filter(|(flag, _)| flag.starts_with("--")) {
        let offers = of_flags(value, &[flag.to_owned()])?;
        let joined = |offer: Offer| Offer { text: format!("{flag}={}", offer.text), ..offer };
        return Some(offers.into_iter().map(joined).collect());
    }
    if let [.., flag, _] = before
        && last == "="
        && flag.starts_with("--")
    {
        return of_flags(typed, std::slice::from_ref(flag));
    }
    if typed == "=" && last.starts_with("--") {
        return of_flags("", before);
    }
    let long = last.strip_prefix("--");
    let short = last.strip_prefix('-').and_then(|rest| rest.parse().ok());
    let behind = command.get_arguments().find(|arg| {
        long.is_some() && arg.get_long() == long || short.is_some() && arg.get_short() == short
    });
    if let Some(arg) = behind.filter(|arg| arg.get_action().takes_values()) {
        return Some(match arg.get_long() {
            Some("format") => starting(&mut FORMATS.iter().map(|row| (row.name, row.summary))),
            Some("completions") => starting(&mut SHELLS.iter().map(|name| (*name, ""))),
            Some("color") => starting(&mut COLORS.iter().map(|(name, _)| (*name, ""))),
            _ => Vec::new(),
        });
    }
    let is_flag = typed.starts_with('-') && !before.iter().any(|word| word == "--");
    is_flag.then(|| {
        let flags = command.get_arguments().filter(|arg| !arg.is_hide_set());
        let flags = flags.filter_map(|arg| {
            let what = arg.get_help().map(ToString::to_string).unwrap_or_default();
            Some(Offer { text: format!("--{}", arg.get_long()?), what })
        });
        flags.filter(|flag| flag.text.starts_with(typed)).collect()
    })
}

/// What the prompt would offer, for the last word alone.
fn of_query(typed: &str, before: &[String]) -> Vec<Offer> {
    if before.iter().any(|word| ["-h", "--help", "-V", "--version"].contains(&word.as_str())) {
        return Vec::new();
    }
    let program = std::iter::once("opsatlas").chain(before.iter().map(String::as_str));
    let Ok(options) = args::read(program.map(OsString::from)) else { return Vec::new() };
    let Ok(atlas) = graphs::load(&options.graphs, options.reading()) else { return Vec::new() };
    let mut session = Session::new(&atlas);
    // Without a profile there is less to offer.
    let _ = Learner::new(&options).open(&mut session, Absent::Fine);
    let asked = query_before(&options, &session);
    let text = format!("{asked}{typed}");
    let (text, shift) = match text.strip_prefix("help ") {
        Some(topic) => (format!(".help {topic}"), 1),
        None => (text, 0),
    };
    let found = candidates(&session, &text);
    let begin = asked.len() + shift;
    shortened(found, &text, begin, &session)
}

/// The query up to the word that is completed.
fn query_before(options: &Options, session: &Session) -> String {
    let words = options.words().into_iter();
    let words: Vec<String> =
        words.map(|word| String::from_utf8_lossy(&word).into_owned()).collect();
    match words.as_slice() {
        [] => String::new(),
        words => format!("{} ", join_arguments(words, session.atlas())),
    }
}

/// Offers for what begins at `begin`, where the last word does: names without the quotes, which the
/// shell sets, or the id, where that is the name as one types it.
fn shortened(found: Completion, text: &str, begin: usize, session: &Session) -> Vec<Offer> {
    let atlas = session.atlas();
    let Completion { start, offers } = found;
    let typed = &text[begin..];
    let begins = |text: &str, start: &str| {
        text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
    };
    let several = offers.len() > 1;
    let shorten = |Offer { text: offered, what }: Offer| {
        let mut whole = offered.trim_end().to_owned();
        let bare: Option<String> =
            serde_json::from_str(&whole).ok().filter(|_| whole.starts_with('"'));
        let name = bare.as_deref().unwrap_or(&whole);
        let ids = atlas.resolve(name);
        let id = ids.first().filter(|_| ids.len() == 1).map(|node| atlas.id(*node));
        let own = text[start.min(begin)..].trim_start_matches('"');
        let as_id = id.filter(|id| fold(id) == fold(name) && begins(id, own));
        if let Some(id) = as_id {
            whole = id.to_owned();
        } else if let Some(bare) = bare.filter(|bare| {
            // Amid a query that the shell takes as one word, quotes within a name need those around.
            let alone = begin >= start || !bare.contains(['"', '\'', '\\']);
            alone && bare.contains(char::is_whitespace)
        }) {
            whole = bare;
        }
        let whole = match begin.checked_sub(start) {
            // Earlier words are part of the name: only its next word is to come, since the shell
            // would set quotes around several.
            Some(ahead) if ahead > 0 => {
                let ahead = text[start..begin].trim_start_matches('"');
                let rest = begins(&whole, ahead).then(|| &whole[ahead.len()..])?;
                rest.split_whitespace().next()?.to_owned()
            }
            _ => format!("{}{whole}", &text[begin..start.max(begin)]),
        };
        // A shell may write what several have in common, which must not be less than was typed.
        let whole = if several && begins(&whole, typed) {
            format!("{typed}{}", &whole[typed.len()..])
        } else {
            whole
        };
        Some(Offer { text: whole, what })
    };
    let mut offers: Vec<Offer> = offers.into_iter().filter_map(shorten).collect();
    // A shell completes what was typed: what only holds it, or has it as another name, is told where
    // nothing else is.
    if offers.iter().any(|offer| begins(&offer.text, typed)) {
        offers.retain(|offer| begins(&offer.text, typed));
    }
    offers.dedup_by(|one, other| one.text == other.text);
    offers
}

#[cfg(test)]
mod tests {
    use super::{offers, script};
    use clap_complete::Shell;

    fn offered(words: &[&str]) -> Vec<String> {
        let words: Vec<Vec<u8>> = words.iter().map(|word| word.as_bytes().to_vec()).collect();
        let offers = offers(&words);
        offers.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn verbs_names_formats_and_flags_are_offered() {
        for (words, wanted) in [
            (&["unl"][..], "unlocks"),
            (&["path", "devops", "to", "llmo"], "llmops"),
            (&["show", "argo-c"], "argo-cd"),
            (&["show", "argo", "C"], "CD"),
            (&["path devops to llmo"], "path devops to llmops"),
            (&["prereqs", "mlops", "the"], "then"),
            (&["prereqs", "mlops", "then", "cou"], "count"),
            (&["-F", "json", "unl"], "unlocks"),
            (&["-F", "merm"], "mermaid"),
            (&["--format", "jsonl"], "jsonl"),
            (&["--format=jsonl"], "--format=jsonl"),
            (&["--format", "=", "jsonl"], "jsonl"),
            (&["--format", "="], "jsonl"),
            (&["show", "argo", "cd", "im"], "Image"),
            (&["--completions", "z"], "zsh"),
            (&["--color", "n"], "never"),
            (&["--limit-r"], "--limit-rows"),
            (&["help", "prer"], "prereqs"),
            (&["tools", "of", "ml"], "mlops"),
        ] {
            let found = offered(words);
            assert!(found.iter().any(|text| text == wanted), "{words:?}: {found:?}");
        }
        let several = offered(&["show", "ML"]);
        assert!(
            several.len() > 1 && several.iter().all(|text| text.starts_with("ML")),
            "{several:?}"
        );
        for nothing in
            [&["--help", "pa"][..], &["-g", ""], &["--nonsense", "pa"], &["-g", "none", "pa"]]
        {
            assert!(offered(nothing).is_empty(), "{nothing:?}");
        }
        assert!(offered(&["--format", "=", "mer"]) == ["mermaid"], "no node is a format");
    }

    #[test]
    fn scripts_know_which_flags_take_a_file() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let script = String::from_utf8(script(shell)).expect("text");
            for flag in ["-g", "--graph", "-o", "--save"] {
                assert!(script.contains(flag), "{shell}: {flag}");
            }
            assert!(!script.contains("@FILES@") && script.contains("--complete --"), "{shell}");
        }
    }
}
