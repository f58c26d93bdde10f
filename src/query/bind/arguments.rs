//! What stands behind a verb: operand, stops, options. Asking for an argument resolves it, or
//! tells what is wrong with it, where, and what to type.

use super::binder::{Binder, Expected, Meaning};
use super::operand::{self, Operand};
use super::options::{OTHER_OPTIONS, OVER, option_starts};
use super::signature::{OptionRow, Signature};
use super::unknown::unknown_relation;
use crate::analysis::{Amount, millionths};
use crate::diagnostic::Diagnostic;
use crate::graph::{Decimal, Prerequisite, Relation, RelationId, Relations, quoted_if_needed};
use crate::query::hints::misspelt::split_names;
use crate::query::syntax::{Item, Token, shell_hint, span_of, words, words_or_quoted};
use std::ops::Range;
use std::slice;

/// The arguments of one verb.
#[derive(Debug)]
pub(crate) struct Arguments<'a> {
    pub(crate) binder: Binder<'a>,
    pub(crate) name: &'static str,
    signature: Signature,
    verb_span: Range<usize>,
    head: &'a [Item],
    options: Vec<(&'static str, Range<usize>, &'a [Item])>,
}

impl<'a> Arguments<'a> {
    /// Splits what stands behind a verb into operand and options. A word is an option only where
    /// one can stand.
    pub(crate) fn new(
        binder: Binder<'a>,
        signature: Signature,
        items: &'a [Item],
    ) -> Result<Self, Diagnostic> {
        let behind = &items[1..];
        let starts = option_starts(binder, signature, behind);
        let head = &behind[..starts.first().map_or(behind.len(), |(start, ..)| *start)];
        let mut options: Vec<(&'static str, Range<usize>, &[Item])> = Vec::new();
        for (index, (start, length, words)) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(behind.len(), |(next, ..)| *next);
            let span = span_of(&behind[*start..start + length]);
            if options.iter().any(|(known, ..)| known == words) {
                let message = format!("`{words}` stands twice");
                return Err(binder
                    .error("repeated-option", &span, message)
                    .help("give each option once"));
            }
            binder.record(&span, Meaning::Verb);
            options.push((words, span, &behind[start + length..end]));
        }
        let (name, verb_span) = (signature.name, items[0].span.clone());
        Ok(Self { binder, name, signature, verb_span, head, options })
    }

    /// The verb's place.
    pub(crate) fn verb_span(&self) -> &Range<usize> {
        &self.verb_span
    }

    /// A problem with how the verb is used.
    pub(crate) fn misuse(
        &self,
        code: &'static str,
        span: &Range<usize>,
        message: String,
    ) -> Diagnostic {
        self.binder.error(code, span, message).help(format!("usage: {}", self.signature.usage()))
    }

    pub(crate) fn after_verb(&self) -> Range<usize> {
        self.verb_span.end..self.verb_span.end
    }

    /// The items of the operand, as they stand.
    pub(crate) fn head(&self) -> Result<&'a [Item], Diagnostic> {
        if self.head.is_empty() {
            let message = if self.signature.options.is_empty() {
                let wanted = self.signature.takes.written();
                format!("`{}` needs something behind it: {wanted}", self.name)
            } else {
                format!("`{}` needs to know of what", self.name)
            };
            return Err(self.misuse("missing-operand", &self.after_verb(), message));
        }
        Ok(self.head)
    }

    /// The verb's operand.
    pub(crate) fn operand(&self) -> Result<Operand, Diagnostic> {
        let head = self.head()?;
        if let Some(arrow) = head.iter().find(|item| item.token == Token::Arrow) {
            let message = format!("`{}` takes no arrow", self.name);
            let problem = self.misuse("unexpected", &arrow.span, message);
            return Err(problem.help("from one place to another leads path A -> B"));
        }
        operand::bind(self.binder, head).map_err(|problem| self.half_an_option(problem))
    }

    /// Advises on an option of which only the first word stands there, or that has another name.
    fn half_an_option(&self, mut problem: Diagnostic) -> Diagnostic {
        for item in self.head.iter().skip(1) {
            let Token::Word(word) = &item.token else { continue };
            let other = OTHER_OPTIONS.iter().find(|(other, _)| word.eq_ignore_ascii_case(other));
            let own = other
                .and_then(|(_, own)| self.signature.options.iter().find(|row| row.words == *own));
            let mut rows = self.signature.options.iter();
            let half = || {
                rows.find(|row| row.words.split_once(' ').is_some_and(|(first, _)| first == word))
            };
            if let Some(row) = own.or_else(half) {
                problem.help = vec![format!("the option is `{} {}`", row.words, row.value).into()];
                return problem;
            }
        }
        problem
    }

    /// No operand: the verb stands alone.
    pub(crate) fn nothing(&self) -> Result<(), Diagnostic> {
        match self.head {
            [] => Ok(()),
            items => {
                let message = format!("`{}` stands alone", self.name);
                let problem = self.misuse("unexpected", &span_of(items), message);
                let name = words(items).unwrap_or_default();
                Err(
                    if self.signature.options.iter().any(|row| row.words == "of")
                        && !name.is_empty()
                    {
                        problem.help(format!("about a node: `{} of {name}`", self.name))
                    } else {
                        problem
                    },
                )
            }
        }
    }

    /// Does an arrow stand in the operand, or `to` where the words are no name?
    pub(crate) fn has_arrow(&self) -> bool {
        let to = |item: &Item| item.is_word("to");
        let name = words(self.head);
        let is_name = name.is_some_and(|name| !self.binder.atlas.resolve(&name).is_empty());
        self.head.iter().any(|item| item.token == Token::Arrow)
            || !is_name && self.head.iter().skip(1).any(to)
    }

    /// Two or more operands with arrows between them.
    pub(crate) fn stops(&self) -> Result<Vec<Operand>, Diagnostic> {
        let head = self.head()?;
        let is_arrow = |item: &Item| item.token == Token::Arrow || item.is_word("to");
        let mut parts: Vec<&[Item]> = Vec::new();
        let mut start = 0;
        for (at, item) in head.iter().enumerate() {
            // With nothing before it, it begins no part: `to` may be a name, and an arrow is told
            // later.
            if is_arrow(item) && at > start {
                parts.push(&head[start..at]);
                start = at + 1;
            }
        }
        parts.push(&head[start..]);
        // Behind a whole name an arrow can follow.
        if let Some([_, .., last]) = parts.last() {
            let arrows = [("to", "where to"), ("->", "where to")];
            self.binder.suggest(slice::from_ref(last), Expected::Words(&arrows));
        }
        if parts.len() > STOPS_LIMIT {
            let message = format!("`{}` takes at most {STOPS_LIMIT} stops", self.name);
            return Err(self.binder.error("too-many", &span_of(head), message));
        }
        if parts.len() == 1 {
            let end = span_of(head).end;
            let message = format!("`{}` needs to know where to", self.name);
            let problem = self.misuse("missing-target", &(end..end), message);
            return Err(match split_names(self.binder.atlas, head) {
                Some(names) => {
                    problem.help(format!("write `{} {}`", self.name, names.join(" -> ")))
                }
                None => shell_hint(problem),
            });
        }
        if parts.last().is_some_and(|part| part.is_empty()) {
            let end = span_of(head).end;
            let message = format!("`{}` needs a name behind the arrow", self.name);
            return Err(shell_hint(self.misuse("missing-target", &(end..end), message)));
        }
        let stops = parts.into_iter().map(|part| operand::bind(self.binder, part));
        stops.collect::<Result<_, _>>().map_err(|problem| self.half_an_option(problem))
    }

    /// Is a flag given?
    pub(crate) fn flag(&self, row: &OptionRow) -> Result<bool, Diagnostic> {
        match self.value(row) {
            None => Ok(false),
            Some((_, [])) => Ok(true),
            Some((_, items)) => {
                let message = format!("nothing can follow `{}` but another option", row.words);
                Err(self.misuse("unexpected", &span_of(items), message))
            }
        }
    }

    /// The number of an option.
    pub(crate) fn number(&self, row: &OptionRow) -> Result<Option<usize>, Diagnostic> {
        self.read(row, whole_number, "a whole number from 0")
    }

    /// The amount that an option says.
    pub(crate) fn amount(&self, row: &OptionRow) -> Result<Option<Amount>, Diagnostic> {
        self.read(row, |word| millionths(&Decimal::read(word)?), "a number from 0")
    }

    /// What the one word of an option says.
    fn read<T>(
        &self,
        row: &OptionRow,
        read: impl Fn(&str) -> Option<T>,
        wanted: &str,
    ) -> Result<Option<T>, Diagnostic> {
        let said = match self.value(row) {
            None => return Ok(None),
            Some((_, [one])) => one.word().and_then(read),
            Some(_) => None,
        };
        let message = || format!("`{}` takes {wanted}", row.words);
        said.map(Some).ok_or_else(|| self.misuse("bad-number", &self.place_of(row), message()))
    }

    /// Where the value of an option stands, or is missing.
    pub(crate) fn place_of(&self, row: &OptionRow) -> Range<usize> {
        match self.value(row) {
            Some((span, [])) => span.end..span.end,
            Some((_, items)) => span_of(items),
            None => self.after_verb(),
        }
    }

    /// The verb or stage with all that stands behind it.
    pub(crate) fn span(&self) -> Range<usize> {
        let behind = self
            .options
            .iter()
            .flat_map(|(_, span, items)| [span.end, items.last().map_or(0, |item| item.span.end)]);
        let end = behind.chain(self.head.last().map(|item| item.span.end)).max();
        self.verb_span.start..end.unwrap_or(0).max(self.verb_span.end)
    }

    /// The operand of an option.
    pub(crate) fn option_operand(&self, row: &OptionRow) -> Result<Option<Operand>, Diagnostic> {
        let items = self.option_value(row)?;
        items.map(|items| operand::bind(self.binder, items)).transpose()
    }

    /// What stands behind an option's words, which must be something.
    pub(crate) fn option_value(&self, row: &OptionRow) -> Result<Option<&'a [Item]>, Diagnostic> {
        match self.value(row) {
            Some((span, [])) => Err(self.missing_value(row, &span)),
            found => Ok(found.map(|(_, items)| items)),
        }
    }

    /// Is the item a part of this option?
    pub(crate) fn is_in(&self, row: &OptionRow, item: &Item) -> bool {
        self.value(row).is_some_and(|(span, items)| {
            (span.start..span_of(items).end.max(span.end)).contains(&item.span.start)
        })
    }

    fn missing_value(&self, row: &OptionRow, span: &Range<usize>) -> Diagnostic {
        let message =
            format!("`{}` needs something behind it: {} {}", row.words, row.words, row.value);
        self.misuse("missing-operand", &(span.end..span.end), message)
    }

    /// What stands behind an option's words, with their place.
    pub(crate) fn value(&self, row: &OptionRow) -> Option<(Range<usize>, &'a [Item])> {
        let found = self.options.iter().find(|(words, ..)| *words == row.words);
        found.map(|(_, span, items)| (span.clone(), *items))
    }

    /// The relations of `over`, each of which must have a flow, or be one that the verb `follows`
    /// all the same.
    pub(crate) fn relations(
        &self,
        row: &OptionRow,
        follows: fn(&Relation) -> bool,
    ) -> Result<Relations, Diagnostic> {
        let Some((span, items)) = self.value(row) else {
            return Ok(None);
        };
        if items.is_empty() {
            return Err(self.missing_value(row, &span));
        }
        let parts = items.split(|item| item.token == Token::Comma);
        let mut chosen = Vec::new();
        for part in parts {
            let relation = self.relation(part, &span)?;
            let facts = &self.binder.atlas.schema().relations[relation];
            if facts.prerequisite == Some(Prerequisite::None) && !follows(facts) {
                let message = format!("`{}` says nothing about what one needs first", facts.name);
                let problem = self.binder.error("no-flow", &span_of(part), message);
                let name = quoted_if_needed(&facts.name);
                return Err(problem.help(format!("what it joins to X: near X over {name}")));
            }
            chosen.push(relation);
        }
        Ok(Some(chosen))
    }

    fn relation(&self, part: &[Item], span: &Range<usize>) -> Result<RelationId, Diagnostic> {
        self.binder.suggest(part, Expected::Relation);
        let name = words_or_quoted(part);
        let place = if part.is_empty() { span.clone() } else { span_of(part) };
        let name = name.ok_or_else(|| {
            self.misuse("unknown-relation", &place, "a relation's name must stand here".to_owned())
        })?;
        let atlas = self.binder.atlas;
        let found = atlas.resolve_relation(&name);
        match found.as_slice() {
            [relation] => {
                self.binder.record(&place, Meaning::Relation);
                Ok(*relation)
            }
            [] => Err(unknown_relation(self.binder, &name, &place)),
            several => {
                let names =
                    several.iter().map(|id| quoted_if_needed(&atlas.schema().relations[*id].name));
                let message = format!("`{name}` can mean several relations");
                Err(self.binder.error("ambiguous-name", &place, message).instead(names))
            }
        }
    }

    /// The flow that a verb follows must exist.
    pub(crate) fn must_flow(&self, flows: bool) -> Result<(), Diagnostic> {
        if flows {
            return Ok(());
        }
        let message = format!(
            "`{}` follows the learning flow, but no relation of this graph says what one needs first",
            self.name
        );
        let problem = self.binder.error("no-flow", &self.verb_span, message);
        let relations = &self.binder.atlas.schema().relations;
        if relations.is_empty() {
            return Err(problem.help("this graph has no edges"));
        }
        let undeclared = relations.iter().find(|relation| relation.prerequisite.is_none());
        let Some(relation) = undeclared else {
            return Err(problem.help("what any relation joins to X is shown by near X"));
        };
        let name = quoted_if_needed(&relation.name);
        let schema = format!(
            "lay a schema over the graph: -g schema.json with {{\"atlas\": 1, \"schema\": {{\"relations\": {{{}: {{\"prerequisite\": \"target\"}}}}}}}}",
            serde_json::Value::from(relation.name.as_str())
        );
        Err(if self.signature.options.iter().any(|row| row.words == OVER.words) {
            problem
                .help(format!("add `over {name}` to read its edges as \"source needs target\""))
                .help(format!("or {schema}"))
        } else {
            problem.help(schema)
        })
    }
}

/// How many stops a way may name.
const STOPS_LIMIT: usize = 256;

/// A whole number; one beyond all counting is as good as the largest.
pub(crate) fn whole_number(word: &str) -> Option<usize> {
    let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| word.parse().unwrap_or(usize::MAX))
}
