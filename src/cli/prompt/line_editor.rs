//! What the line editor asks while one types: candidates, hints, colours, whether the text is
//! whole. What the binder says of a line is asked once.

use super::commands::{called, is_command, split};
use super::complete::{candidates, listed};
use crate::answer::TextRole;
use crate::cli::progress::Progress;
use crate::cli::terminal::{self, STOP};
use crate::diagnostic::visible;
use crate::graph::intact;
use crate::query::{Completion, LexemeKind, Lexer, Meaning, Session, is_incomplete};
use crate::render::paint;
use anstyle::{AnsiColor, Style};
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::SearchDirection;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context, Helper};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Longer texts are neither coloured nor hinted at: they were pasted.
const LONGEST: usize = 4_000;
/// How long names from a database are waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// What is shown where a text has to go on.
const GOES_ON: &str = "  goes on; an empty line ends it";

type MeaningSpans = Vec<(Range<usize>, Meaning)>;

/// rustyline's view of a session.
#[derive(Helper)]
pub(crate) struct LineHelper<'a> {
    session: &'a RefCell<Session>,
    color: bool,
    /// The line asked about last, and what it means or could become.
    meant: RefCell<(String, MeaningSpans)>,
    offered: RefCell<(String, Completion)>,
    /// Is the line still edited, so that the bracket at the cursor is of interest?
    edited: Cell<bool>,
}

impl<'a> LineHelper<'a> {
    pub(crate) fn new(session: &'a RefCell<Session>, color: bool) -> Self {
        Self {
            session,
            color,
            meant: RefCell::default(),
            offered: RefCell::default(),
            edited: Cell::new(true),
        }
    }

    /// What could stand here, with names that the session has not met yet, if they are in a
    /// database: for who asks, not with each letter.
    fn all_offers(&self, before: &str) -> Completion {
        let mut session = self.session.borrow_mut();
        if session.atlas().partial().is_none() {
            drop(session);
            return self.offers(before);
        }
        let _watch = Progress::begin(Some(PATIENCE));
        let found = session.settled(&STOP, |own| Ok(candidates(own, before)));
        // The watch may have raised it, and it must not stop the question that is typed.
        STOP.store(false, Ordering::Relaxed);
        found.and_then(|found| found).unwrap_or_else(|_| candidates(&session, before))
    }

    fn offers(&self, before: &str) -> Completion {
        let mut known = self.offered.borrow_mut();
        if known.0 != before {
            let found = intact(|| candidates(&self.session.borrow(), before));
            *known = (before.to_owned(), found.unwrap_or_default());
        }
        known.1.clone()
    }

    fn parts(&self, line: &str) -> MeaningSpans {
        let mut known = self.meant.borrow_mut();
        if known.0 != line {
            let found = intact(|| self.session.borrow().meanings(line));
            *known = (line.to_owned(), found.unwrap_or_default());
        }
        known.1.clone()
    }

    /// What the one candidate adds to what is typed, or the one that all others begin with.
    fn continuation(&self, line: &str) -> Option<String> {
        const LOOKED_AT: usize = 50;
        let Completion { start, offers } = self.offers(line);
        let typed = line.get(start..).filter(|typed| !typed.trim().is_empty())?;
        if offers.len() > LOOKED_AT {
            return None;
        }
        let shortest = offers.iter().min_by_key(|offer| offer.text.len())?.text.trim_end();
        let bare = |text: &str| text.trim_matches('"').to_lowercase();
        let start = bare(shortest);
        if !offers.iter().all(|offer| bare(&offer.text).starts_with(&start)) {
            return None;
        }
        let mut rest = shortest.chars();
        let same = |letter: char| {
            rest.next().is_some_and(|own| own.to_lowercase().eq(letter.to_lowercase()))
        };
        let rest = typed.chars().all(same).then(|| rest.as_str().to_owned());
        rest.filter(|rest| !rest.is_empty())
    }
}

/// The rest of an earlier line, if that is one line.
fn remembered(line: &str, context: &Context<'_>) -> Option<String> {
    let history = context.history();
    let last = context.history_index().min(history.len().checked_sub(1)?);
    let found = history.starts_with(line, last, SearchDirection::Reverse).ok()??;
    let rest = found.entry.get(line.len()..)?;
    // What could drive a terminal is no hint.
    let shown = !rest.is_empty() && visible(rest) == rest;
    shown.then(|| rest.to_owned())
}

/// What is shown behind the cursor, and whether it can be taken over.
pub(crate) struct Suggestion {
    text: String,
    taken: bool,
}

impl Hint for Suggestion {
    fn display(&self) -> &str {
        &self.text
    }

    fn completion(&self) -> Option<&str> {
        self.taken.then_some(self.text.as_str())
    }
}

impl Hinter for LineHelper<'_> {
    type Hint = Suggestion;

    fn hint(&self, line: &str, at: usize, context: &Context<'_>) -> Option<Suggestion> {
        // Without colours one could not tell a hint from what is typed.
        if !self.color || at < line.len() || line.len() > LONGEST {
            return None;
        }
        if line.ends_with('\n') && is_incomplete(line.trim_end_matches('\n')) {
            return Some(Suggestion { text: GOES_ON.to_owned(), taken: false });
        }
        if line.trim().is_empty() {
            return None;
        }
        let text = remembered(line, context).or_else(|| self.continuation(line))?;
        Some(Suggestion { text, taken: true })
    }
}

impl Completer for LineHelper<'_> {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        const MOST: usize = 60;
        // The prompt, the line typed and the count of the rest stay in sight.
        let rows = terminal::height().saturating_sub(4).clamp(4, MOST);
        let found = self.all_offers(&line[..at]);
        let start = found.start;
        Ok((start, listed(found, &line[start..at], terminal::width(), rows)))
    }
}

impl Validator for LineHelper<'_> {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let last = context.input().rsplit('\n').next().unwrap_or_default();
        Ok(if !is_command(last) && is_incomplete(context.input()) {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}

impl Highlighter for LineHelper<'_> {
    fn highlight<'l>(&self, line: &'l str, at: usize) -> Cow<'l, str> {
        if line.is_empty() || line.len() > LONGEST {
            return Cow::Borrowed(line);
        }
        let pair = self.edited.get().then(|| brackets_at(line, at)).flatten();
        let mut shown = String::with_capacity(line.len() * 2);
        let mut end = 0;
        for (span, look) in looks(line, &self.known_parts(line, at), pair) {
            shown.push_str(&line[end..span.start]);
            shown.push_str(&look.paint(&line[span.clone()]));
            end = span.end;
        }
        shown.push_str(&line[end..]);
        Cow::Owned(shown)
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(paint(TextRole::Strong, prompt, true))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(paint(TextRole::Dim, hint, true))
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        match candidate.find("  ") {
            Some(gap) => {
                let (text, what) = candidate.split_at(gap);
                Cow::Owned(format!("{text}{}", paint(TextRole::Dim, what, true)))
            }
            None => Cow::Borrowed(candidate),
        }
    }

    fn highlight_char(&self, line: &str, _: usize, kind: CmdKind) -> bool {
        self.edited.set(kind != CmdKind::ForcedRefresh);
        line.len() <= LONGEST && (kind != CmdKind::MoveCursor || line.contains(BRACKETS))
    }
}

/// How a stretch looks.
enum InputStyle {
    Of(TextRole),
    In(Style),
}

impl InputStyle {
    fn paint(&self, text: &str) -> String {
        match self {
            Self::Of(role) => paint(*role, text, true),
            Self::In(style) => format!("{style}{text}{style:#}"),
        }
    }
}

fn look_of(meaning: Meaning) -> InputStyle {
    let colored = |color: AnsiColor| InputStyle::In(Style::new().fg_color(Some(color.into())));
    match meaning {
        Meaning::Verb => InputStyle::Of(TextRole::Strong),
        Meaning::Node(kind) => InputStyle::Of(TextRole::Node(kind)),
        Meaning::Kind | Meaning::Relation | Meaning::Field | Meaning::Variable => {
            colored(AnsiColor::Cyan)
        }
        Meaning::Quoted => colored(AnsiColor::Green),
        Meaning::Comment => InputStyle::Of(TextRole::Dim),
        Meaning::Unknown => colored(AnsiColor::Red),
    }
}

const BRACKETS: [char; 4] = ['(', ')', '{', '}'];

/// The parts in order, the pair of brackets among them, unless these are quoted.
fn looks(
    line: &str,
    parts: &MeaningSpans,
    pair: Option<[usize; 2]>,
) -> Vec<(Range<usize>, InputStyle)> {
    let mut looks: Vec<(Range<usize>, InputStyle)> =
        parts.iter().map(|(span, meaning)| (span.clone(), look_of(*meaning))).collect();
    let inside = |at: usize| parts.iter().any(|(span, _)| span.contains(&at));
    for at in pair.into_iter().flatten().filter(|at| !inside(*at) && *at < line.len()) {
        let style = Style::new().bold().fg_color(Some(AnsiColor::Blue.into()));
        looks.push((at..at + 1, InputStyle::In(style)));
    }
    looks.sort_by_key(|(span, _)| span.start);
    looks
}

/// The bracket under the cursor or before it, and its other half.
fn brackets_at(line: &str, at: usize) -> Option<[usize; 2]> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for lexeme in Lexer::of_typed(line) {
        match lexeme.kind {
            LexemeKind::Open => open.push(lexeme.span.start),
            LexemeKind::Close => pairs.extend(open.pop().map(|own| [own, lexeme.span.start])),
            _ => {}
        }
    }
    let pair_of = |at: usize| pairs.iter().find(|pair| pair.contains(&at)).copied();
    pair_of(at).or_else(|| pair_of(at.checked_sub(1)?))
}

impl LineHelper<'_> {
    /// The parts of a line; a name at its end that may still become one is not yet unknown.
    fn known_parts(&self, line: &str, at: usize) -> MeaningSpans {
        if is_command(line) && !line.contains('\n') {
            let (name, _) = split(line);
            let start = line.len() - line.trim_start().len();
            let end = line[start..].find(char::is_whitespace).map_or(line.len(), |end| start + end);
            let known = called(&name).map(|_| Meaning::Verb);
            return known.map(|meaning| (start..end, meaning)).into_iter().collect();
        }
        let mut parts = self.parts(line);
        if let Some((span, Meaning::Unknown)) = parts.last()
            && span.end == line.trim_end().len()
            && at == line.len()
            && !self.offers(line).offers.is_empty()
        {
            parts.pop();
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::{LineHelper, brackets_at};
    use crate::graph::Atlas;
    use crate::query::Session;
    use rustyline::Context;
    use rustyline::highlight::Highlighter;
    use rustyline::hint::{Hint, Hinter};
    use rustyline::history::{History, MemHistory};
    use std::cell::RefCell;

    #[test]
    fn brackets_find_their_other_half() {
        assert_eq!(brackets_at("a (b (c)) d", 9), Some([2, 8]));
        assert_eq!(brackets_at("a (b (c)) d", 2), Some([2, 8]));
        assert_eq!(brackets_at("a (b", 3), None);
        assert_eq!(brackets_at("知)", 4), None);
    }

    #[test]
    fn colours_change_no_letter_and_hints_come_from_history_or_the_one_name() {
        let atlas = Atlas::built_in();
        let session = RefCell::new(Session::new(&atlas));
        let assistant = LineHelper::new(&session, true);
        let mut history = MemHistory::new();
        history.add("prereqs llmops then count").expect("kept");
        let context = Context::new(&history);
        let hint = |line: &str| {
            let hint = assistant.hint(line, line.len(), &context)?;
            Some((hint.display().to_owned(), hint.completion().is_some()))
        };
        assert_eq!(hint("prereqs ll"), Some(("mops then count".to_owned(), true)));
        assert_eq!(hint("show bigpan"), Some(("da".to_owned(), true)));
        assert_eq!(hint("tools of aiopsl"), Some(("ab".to_owned(), true)));
        assert_eq!(hint("show "), None);
        assert_eq!(hint("docker,\n"), Some((super::GOES_ON.to_owned(), false)));
        let line = "prereqs (kuberntes + \"Argo CD\") // é";
        let shown = assistant.highlight(line, 8);
        let mut plain = String::new();
        let mut escape = false;
        for letter in shown.chars() {
            match letter {
                '\u{1b}' => escape = true,
                'm' if escape => escape = false,
                _ if !escape => plain.push(letter),
                _ => {}
            }
        }
        assert_eq!(plain, line);
        assert!(shown.contains("\u{1b}[31mkuberntes"), "{shown:?}");
    }
}
