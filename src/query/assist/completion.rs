//! Completion: a query that breaks off at the cursor is bound as if a word stood there, and
//! wherever the binder expects something there, what would have fitted is offered.

use crate::diagnostic::Text;
use crate::graph::{fold, quoted_if_needed};
use crate::query::Session;
use crate::query::bind::{Binder, Expected, Meaning, Observer};
use crate::query::stages::STAGES;
use crate::query::syntax::{
    Item, LexemeKind, Lexer, Statement, Token, parse, span_of, statements, written_field,
};
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
struct CompletionPoint {
    /// Its byte in the statement.
    at: usize,
    offers: RefCell<Vec<(usize, Offer)>>,
    /// What is typed from some place on, folded.
    begun: RefCell<(Option<usize>, String)>,
}

/// What can follow an operand that is whole.
const SET_OPERATORS: [(&str, &str); 4] = [
    ("then", "a stage: where, sort by, limit, count …"),
    ("union", "and these"),
    ("intersect", "only what is in both"),
    ("except", "without these"),
];
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
        let cursor = CompletionPoint { at: before.len() - start, ..CompletionPoint::default() };
        let statement = Statement::whole(&Text::new("query", text));
        // What was expected on the way counts, not how it ends.
        if let Ok(query) = parse(&statement) {
            let _ = self.binder(&statement, Some(&cursor)).query(&query);
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

impl Observer for CompletionPoint {
    fn record(&self, _: &Range<usize>, _: Meaning) {}

    fn suggest(&self, binder: &Binder<'_>, items: &[Item], expected: Expected<'_>) {
        match expected {
            Expected::Kind(span) if span.contains(&self.at) => self.kinds(binder, span.start),
            Expected::Field(span, known) if span.contains(&self.at) => {
                for name in known() {
                    self.offer(binder, span.start, &name, || (written_field(&name), "a field"));
                }
            }
            Expected::Kind(_) | Expected::Field(..) => {}
            _ => {
                let leaf =
                    |item: &&Item| !matches!(item.token, Token::Group(_) | Token::Condition(_));
                let mut leaves = items.iter().filter(leaf);
                if let Some(item) = leaves.find(|item| item.span.contains(&self.at)) {
                    self.suggest_at(binder, items, item, expected);
                }
            }
        }
    }
}

impl CompletionPoint {
    /// Offers what is expected where the cursor is in an item among these.
    fn suggest_at(&self, binder: &Binder<'_>, items: &[Item], item: &Item, expected: Expected<'_>) {
        let (start, alone) = (span_of(items).start, items.len() == 1);
        match expected {
            Expected::Phrase if alone => {
                for verb in VERBS {
                    let blank = if verb.stands_alone() { "" } else { " " };
                    let text = || (format!("{}{blank}", verb.name), verb.summary);
                    self.offer(binder, start, verb.name, text);
                }
            }
            Expected::Stage if alone => {
                for stage in STAGES {
                    let signature = stage.signature();
                    let blank = if signature.stands_alone() { "" } else { " " };
                    let text = || (format!("{}{blank}", signature.words()), stage.summary);
                    self.offer(binder, start, stage.name, text);
                }
            }
            Expected::SetOperator => self.words(binder, item, &SET_OPERATORS),
            Expected::Words(words) => self.words(binder, item, words),
            Expected::Name => self.names(binder, start, item),
            Expected::Relation => {
                for relation in &binder.atlas.schema().relations {
                    let what = relation.summary.as_deref().unwrap_or("a relation");
                    let text = || (quoted_if_needed(&relation.name), what);
                    self.offer(binder, start, &relation.name, text);
                }
            }
            _ => {}
        }
    }

    /// Offers what begins with the text from `start` to the cursor: `form` is compared; the rest is
    /// what to write, and what it is.
    fn offer<W: Into<String>>(
        &self,
        binder: &Binder<'_>,
        start: usize,
        form: &str,
        text: impl FnOnce() -> (String, W),
    ) {
        if self.offers.borrow().len() < MOST
            && fold(form).starts_with(&*self.begun(binder.statement, start))
        {
            let (text, what) = text();
            self.offers.borrow_mut().push((start, Offer { text, what: what.into() }));
        }
    }

    /// The text from `start` to the cursor, folded; once for all that it is compared with.
    fn begun(&self, statement: &Statement, start: usize) -> Ref<'_, String> {
        if self.begun.borrow().0 != Some(start) {
            let typed = statement.typed(start..self.at);
            let typed = fold(typed.trim_start_matches(['"', '\'', '@', '?', '`']));
            *self.begun.borrow_mut() = (Some(start), typed);
        }
        Ref::map(self.begun.borrow(), |(_, begun)| begun)
    }

    /// Offers words, each followed by a blank.
    fn words(&self, binder: &Binder<'_>, item: &Item, words: &[(&str, &str)]) {
        for (word, what) in words {
            self.offer(binder, item.span.start, word, || (format!("{word} "), *what));
        }
    }

    /// Offers nodes, kinds and named sets.
    fn names(&self, binder: &Binder<'_>, start: usize, item: &Item) {
        if let Token::Variable(_) = item.token {
            for name in binder.names.keys() {
                self.offer(binder, item.span.start, name, || (format!("@{name}"), "a named set"));
            }
            return;
        }
        if !matches!(item.token, Token::Quoted(_)) {
            self.kinds(binder, start);
        }
        let atlas = binder.atlas;
        for node in atlas.beginning(&self.begun(binder.statement, start)) {
            let facts = atlas.node(node);
            let text = || {
                let own = atlas.is_alone(facts.name(), node);
                let name = quoted_if_needed(if own { facts.name() } else { &facts.id });
                (name, atlas.kind_words(node))
            };
            let forms = [facts.name(), facts.id.as_str()].into_iter();
            for form in forms.chain(facts.aliases.iter().map(String::as_str)) {
                self.offer(binder, start, form, text);
            }
        }
    }

    /// Offers kinds, by their plurals.
    fn kinds(&self, binder: &Binder<'_>, start: usize) {
        for kind in &binder.atlas.schema().kinds {
            let plural = kind.plural();
            let what = kind.summary.as_deref().unwrap_or("a kind");
            self.offer(binder, start, &plural, || (quoted_if_needed(&plural), what));
        }
    }
}
