//! Completion: a query that breaks off at the cursor is bound as if a word stood there, and
//! wherever the binder looks that word up, it offers what would have fitted.

use crate::diagnostic::Text;
use crate::graph::{fold, quoted_if_needed};
use crate::query::Session;
use crate::query::assist::meaning::Meaning;
use crate::query::bind::arguments::{Binder, OptionRow};
use crate::query::bind::fields::written;
use crate::query::stages::STAGES;
use crate::query::syntax::{Item, LexemeKind, Lexer, Statement, Token, parse, statements};
use crate::query::verbs::VERBS;
use std::cell::{Ref, RefCell};
use std::collections::HashSet;
use std::ops::Range;

/// What could stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What takes the place of the text from [`Completion::start`] to the cursor.
    pub text: String,
    /// What it is, in a few words.
    pub what: String,
}

/// Everything that could stand at the cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where the text begins that an offer replaces, in bytes.
    pub start: usize,
    /// What is offered, likeliest first, each text once.
    pub offers: Vec<Offer>,
}

/// The place where the text breaks off, and what has been offered for it so far.
#[derive(Debug, Default)]
pub(crate) struct Cursor {
    /// Its byte in the statement.
    pub(crate) at: usize,
    pub(crate) offers: RefCell<Vec<(usize, Offer)>>,
    /// What is typed from some place on, folded.
    pub(crate) begun: RefCell<(Option<usize>, String)>,
    /// What the stretches that were looked up turned out to be.
    pub(crate) meanings: RefCell<Vec<(Range<usize>, Meaning)>>,
}

/// How many offers are looked for; nobody reads more.
const MOST: usize = 1_000;
/// The letter that stands in for what is not typed yet.
const STAND_IN: &str = "x";

impl Session {
    /// What could stand at the end of `before`, a query that may break off anywhere.
    #[must_use]
    pub fn complete(&self, before: &str) -> Completion {
        let Some((text, start)) = closed(before, STAND_IN) else {
            return Completion::default();
        };
        let cursor = Cursor { at: before.len() - start, ..Cursor::default() };
        let statement = Statement::whole(&Text::new("query", text));
        let binder = Binder {
            atlas: self.atlas(),
            statement: &statement,
            names: &self.names,
            cursor: Some(&cursor),
        };
        // What the binder offered on its way counts, not how it ends.
        if let Ok(query) = parse(&statement) {
            let _ = crate::query::bind::query::bind_query(binder, &query);
        }
        completion(before, start, cursor.offers.into_inner())
    }
}

/// Offers that begin at different places, as replacements of one stretch.
fn completion(before: &str, statement: usize, offers: Vec<(usize, Offer)>) -> Completion {
    let Some(first) = offers.iter().map(|(start, _)| *start).min() else {
        return Completion { start: before.len(), offers: Vec::new() };
    };
    let start = statement + first;
    let mut seen = HashSet::new();
    let whole = offers.into_iter().map(|(own, offer)| {
        let kept = before.get(start..statement + own).unwrap_or_default();
        Offer { text: format!("{kept}{}", offer.text), ..offer }
    });
    Completion { start, offers: whole.filter(|offer| seen.insert(offer.text.clone())).collect() }
}

/// The last statement of a text with a stand-in at its end and everything open closed, and
/// where it begins.
pub(crate) fn closed(before: &str, stand_in: &str) -> Option<(String, usize)> {
    let ended = before.trim_end_matches([' ', '\t']).ends_with([';', '\n']);
    let listed = statements(&Text::new("query", before));
    let start = match listed.last() {
        _ if ended => before.len(),
        Some(last) => last.start(),
        None => before.len(),
    };
    let mut text = before[start..].to_owned();
    let mut open = Vec::new();
    let mut quote = None;
    for lexeme in Lexer::new(&before[start..]) {
        let written = &before[start..][lexeme.span];
        match lexeme.kind {
            LexemeKind::Open => open.push(if written == "{" { "} x" } else { ")" }),
            LexemeKind::Close => drop(open.pop()),
            LexemeKind::OpenComment => return None,
            LexemeKind::OpenQuote => quote = written.chars().next(),
            _ => {}
        }
    }
    text.push_str(stand_in);
    text.extend(quote);
    // Behind changes a query has to come.
    text.extend(open.into_iter().rev());
    Some((text, start))
}

impl Binder<'_> {
    /// The item under the cursor, if it is one of these.
    pub(crate) fn under_cursor<'i>(&self, items: &'i [Item]) -> Option<&'i Item> {
        let cursor = self.cursor?;
        let leaf = |item: &&Item| !matches!(item.token, Token::Group(_) | Token::Condition(_));
        items.iter().filter(leaf).find(|item| item.span.contains(&cursor.at))
    }

    /// Offers what begins with the text from `start` to the cursor: what to write, the form that
    /// is compared, and what it is.
    fn offer(
        &self,
        start: usize,
        text: impl FnOnce() -> String,
        form: &str,
        what: impl FnOnce() -> String,
    ) {
        let Some(cursor) = self.cursor.filter(|cursor| cursor.offers.borrow().len() < MOST) else {
            return;
        };
        if fold(form).starts_with(&*self.begun(cursor, start)) {
            cursor.offers.borrow_mut().push((start, Offer { text: text(), what: what() }));
        }
    }

    /// The text from `start` to the cursor, folded; once for all that it is compared with.
    fn begun<'c>(&self, cursor: &'c Cursor, start: usize) -> Ref<'c, String> {
        if cursor.begun.borrow().0 != Some(start) {
            let typed = self.statement.typed(start..cursor.at);
            let typed = fold(typed.trim_start_matches(['"', '\'', '@', '?', '`']));
            *cursor.begun.borrow_mut() = (Some(start), typed);
        }
        Ref::map(cursor.begun.borrow(), |(_, begun)| begun)
    }

    /// Offers what can begin a query: verbs, kinds, names.
    pub(crate) fn offer_phrase(&self, items: &[Item]) {
        if let (Some(item), 1) = (self.under_cursor(items), items.len()) {
            for verb in VERBS {
                let blank = if verb.usage.contains(' ') { " " } else { "" };
                let text = || format!("{}{blank}", verb.name);
                self.offer(item.span.start, text, verb.name, || verb.summary.to_owned());
            }
        }
    }

    /// Offers words, each followed by a blank, where a word under the cursor stands.
    pub(crate) fn offer_words(&self, item: &Item, words: &[(&str, &str)]) {
        for (word, what) in words {
            self.offer(item.span.start, || format!("{word} "), word, || (*what).to_owned());
        }
    }

    /// Offers the options of a verb.
    pub(crate) fn offer_options<'o>(&self, item: &Item, rows: impl Iterator<Item = &'o OptionRow>) {
        for row in rows {
            let text = || format!("{} ", row.words);
            self.offer(item.span.start, text, row.words, || row.summary.to_owned());
        }
    }

    /// Offers what can follow a whole operand.
    pub(crate) fn offer_operators(&self, item: &Item) {
        const OPERATORS: [(&str, &str); 4] = [
            ("then", "a stage: where, sort by, limit, count …"),
            ("union", "and these"),
            ("intersect", "only what is in both"),
            ("except", "without these"),
        ];
        self.offer_words(item, &OPERATORS);
    }

    /// Offers stages behind `then`.
    pub(crate) fn offer_stages(&self, items: &[Item]) {
        let Some(item) = self.under_cursor(items).filter(|_| items.len() == 1) else { return };
        for stage in STAGES {
            let words = stage
                .usage
                .split(' ')
                .take_while(|word| word.bytes().all(|b| b.is_ascii_lowercase()));
            let words: Vec<&str> = words.collect();
            let text = || {
                if stage.usage == stage.name {
                    stage.name.to_owned()
                } else {
                    format!("{} ", words.join(" "))
                }
            };
            self.offer(item.span.start, text, stage.name, || stage.summary.to_owned());
        }
    }

    /// Offers names of nodes, kinds and named sets where an operand breaks off.
    pub(crate) fn offer_names(&self, items: &[Item]) {
        let Some(item) = self.under_cursor(items) else { return };
        let start = items.first().map_or(item.span.start, |first| first.span.start);
        if let Token::Variable(_) = item.token {
            for name in self.names.keys() {
                self.offer(
                    item.span.start,
                    || format!("@{name}"),
                    name,
                    || "a named set".to_owned(),
                );
            }
            return;
        }
        if !matches!(item.token, Token::Quoted(_)) {
            self.offer_kinds(start);
        }
        for node in self.atlas.nodes() {
            let facts = self.atlas.node(node);
            let text = || {
                let own = self.atlas.is_alone(facts.name(), node);
                quoted_if_needed(if own { facts.name() } else { &facts.id })
            };
            let forms = [facts.name(), facts.id.as_str()].into_iter();
            for form in forms.chain(facts.aliases.iter().map(String::as_str)) {
                self.offer(start, text, form, || self.atlas.kind_words(node));
            }
        }
    }

    /// Offers kinds, by their plurals.
    fn offer_kinds(&self, start: usize) {
        for kind in &self.atlas.schema().kinds {
            let plural = kind.plural();
            let what = || kind.summary.clone().unwrap_or_else(|| "a kind".to_owned());
            self.offer(start, || quoted_if_needed(&plural), &plural, what);
        }
    }

    /// Offers kinds where a condition breaks off.
    pub(crate) fn offer_kinds_in(&self, span: &Range<usize>) {
        if self.cursor.is_some_and(|cursor| span.contains(&cursor.at)) {
            self.offer_kinds(span.start);
        }
    }

    /// Offers relations where one breaks off.
    pub(crate) fn offer_relations(&self, items: &[Item]) {
        let Some(item) = self.under_cursor(items) else { return };
        for relation in &self.atlas.schema().relations {
            let what = || relation.summary.clone().unwrap_or_else(|| "a relation".to_owned());
            let start = items.first().map_or(item.span.start, |first| first.span.start);
            self.offer(start, || quoted_if_needed(&relation.name), &relation.name, what);
        }
    }

    /// Offers fields where one breaks off.
    pub(crate) fn offer_fields(&self, span: &Range<usize>, known: impl FnOnce() -> Vec<String>) {
        if self.cursor.is_none_or(|cursor| !span.contains(&cursor.at)) {
            return;
        }
        for name in known() {
            self.offer(span.start, || written(&name), &name, || "a field".to_owned());
        }
    }
}
