//! Completion at the prompt: commands by their table, queries by the binder that answers them.

use super::commands::COMMANDS;
use crate::query::{Completion, Offer, Session};
use rustyline::completion::{Completer, Pair};
use rustyline::{Context, Helper, Highlighter, Hinter, Validator};
use std::cell::RefCell;
use unicode_width::UnicodeWidthStr;

/// How many candidates are offered.
const SHOWN: usize = 60;

/// rustyline's view of a session.
#[derive(Helper, Highlighter, Hinter, Validator)]
pub(crate) struct Assistant<'a, 'g> {
    pub(crate) session: &'a RefCell<&'a mut Session<'g>>,
}

impl Completer for Assistant<'_, '_> {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let Completion { start, mut offers } = candidates(&self.session.borrow(), &line[..at]);
        offers.truncate(SHOWN);
        let width = offers.iter().map(|offer| offer.text.trim_end().width()).max().unwrap_or(0);
        let alone = offers.len() == 1;
        let pairs = offers.into_iter().map(|Offer { text, what }| {
            let gap = " ".repeat(width - text.trim_end().width());
            let display =
                if alone { text.clone() } else { format!("{}{gap}  {what}", text.trim_end()) };
            Pair { display, replacement: text }
        });
        Ok((start, pairs.collect()))
    }
}

/// Where what is typed last starts, and what it could become.
pub(crate) fn candidates(session: &Session<'_>, before: &str) -> Completion {
    if !before.trim_start().starts_with('.') {
        return session.complete(before);
    }
    let start = before.len() - before.trim_start().len();
    let commands = COMMANDS.iter().filter(|command| command.name.starts_with(&before[start..]));
    let offers = commands
        .map(|command| Offer { text: command.name.to_owned(), what: command.summary.to_owned() });
    Completion { start, offers: offers.collect() }
}

#[cfg(test)]
mod tests {
    use super::candidates;
    use crate::graph::Atlas;
    use crate::query::{Limits, Session, Statement};

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
            (".he", 0, ".help"),
        ] {
            let found = candidates(&session, before);
            let kept = before.get(found.start..start).unwrap_or("?");
            let wanted = format!("{kept}{offered}");
            let offered = found.offers.iter().any(|offer| offer.text == wanted);
            assert!(offered, "{before}: {wanted} in {} {:?}", found.start, found.offers);
        }
        let names = candidates(&session, "show ");
        assert!(names.offers.iter().all(|offer| offer.text != "prereqs "), "no verb stands there");
        let numbers = candidates(&session, "prereqs llmops depth ");
        assert!(numbers.offers.is_empty(), "a number stands there: {:?}", numbers.offers);
    }
}
