//! What a question is about: its mentions with their roles, and the classes of its other words.

use super::mentions::{Mention, QuestionPart, parts};
use super::rows::{ANYTHING, QuestionRow};
use super::{Gone, Reading};
use crate::graph::Atlas;
use crate::query::hints::phrasings::Captures;
use crate::query::hints::words::Words;
use crate::query::hints::words::lists::{
    ALSO, ALWAYS, ARTICLES, COURSEWARE, HAVING, HEADED, HELD, HOLDERS, LED_BY, MODIFIERS, PRONOUNS,
    Role, STATES, TELLING, TURNING,
};
use crate::query::hints::words::vocabulary::{
    asks_whether, class_of, is_and, is_boundary, is_filler, is_foreign, role_after,
};
use std::collections::BTreeSet;

/// Stands for all names, in whatever roles.
const MIXED: char = '*';

/// What a question says, as far as rows look at it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sense {
    /// What is named, with the role that the words in front give it.
    named: Vec<(Role, Vec<String>)>,
    kinds: Vec<String>,
    people: Vec<String>,
    /// All sets that have a name, people most often.
    everyone: String,
    /// Amounts and the like, each with the capital that stands for it.
    amounts: Vec<(char, String)>,
    /// Classes of words that a row must speak of.
    classes: BTreeSet<&'static str>,
    /// Classes that a row may speak of.
    seen: BTreeSet<&'static str>,
    /// Is one of its words what it asks for, as `difference` is?
    says_what: bool,
    /// How many strange words may still be passed over.
    passed_over: usize,
}

/// Is it a word of what is asked for, as `difference` is?
fn tells(part: &QuestionPart) -> bool {
    let QuestionPart::Word(word) = part else { return false };
    class_of(word).is_some_and(|class| TELLING.split(' ').any(|other| other == class))
}

impl Sense {
    /// The sense of a question, if each of its words has one; a few may be passed over.
    pub(super) fn of(
        words: &Words<'_>,
        atlas: &Atlas,
        exact: bool,
        passed_over: usize,
    ) -> Option<Self> {
        let parts = parts(words, atlas, exact);
        let says_what = parts.iter().any(tells);
        let everyone = words.everyone();
        let mut sense = Self { everyone, says_what, passed_over, ..Self::default() };
        if asks_whether(words.word(0)) {
            sense.seen.insert("whether");
        }
        let (mut since, mut carried) = (0, None);
        for (at, part) in parts.iter().enumerate() {
            let QuestionPart::Mention(mention) = part else { continue };
            let from = since + sense.known_before(&parts[since..at]);
            let is_name = matches!(mention, Mention::Names(_));
            let again = matches!(mention, Mention::Kind(kind) if sense.kinds.contains(kind));
            let role = sense.take(&parts[from..at], since, Some(is_name || again))?;
            match mention {
                Mention::Names(names) => {
                    let joined = [Role::Plain, Role::Goal, Role::For].contains(&role);
                    let role = carried.take().filter(|_| joined).unwrap_or(role);
                    // Names in a row are one list of what is known: `know linux git docker`.
                    let in_a_row = at == since
                        && matches!(
                            at.checked_sub(1).map(|at| &parts[at]),
                            Some(QuestionPart::Mention(Mention::Names(_)))
                        );
                    match sense.named.last_mut() {
                        Some((Role::Known, list)) if in_a_row => {
                            list.extend(names.iter().cloned());
                        }
                        _ => sense.named.push((role, names.clone())),
                    }
                }
                // `tools of llmops without tools of mlops`: what leaves out the kind leaves out what it is of.
                Mention::Kind(_) if again => {
                    carried = Some(role).filter(|role| *role == Role::Avoided);
                }
                Mention::Kind(kind) => sense.kinds.push(kind.clone()),
                Mention::Person(person) => sense.people.push(person.clone()),
                Mention::Amount(capital, amount) => sense.amounts.push((*capital, amount.clone())),
            }
            since = at + 1;
        }
        let from = since + sense.known_before(&parts[since..]);
        sense.take(&parts[from..], since, None)?;
        Some(sense)
    }

    /// What is named is known if a word right behind it says so: `linux known, need kubernetes`; how many words
    /// only say from what it was learned: `finished the docker tutorial`.
    fn known_before(&mut self, behind: &[QuestionPart]) -> usize {
        let word = |at: usize| match behind.get(at) {
            Some(QuestionPart::Word(word)) => word.as_str(),
            _ => "",
        };
        let from = usize::from(COURSEWARE.contains(&word(0)));
        let mut at = from;
        while HAVING.contains(&word(at)) {
            at += 1;
        }
        let ends = at == behind.len() || is_boundary(word(at));
        let held = ends && at > from + 1 && HELD.contains(&word(at - 1));
        match self.named.last_mut() {
            Some((role @ Role::Plain, _)) if held || STATES.contains(&word(at)) => {
                *role = Role::Known;
            }
            Some((Role::Known, _)) => {}
            Some((role @ (Role::For | Role::From), _)) if HOLDERS.contains(&word(0)) => {
                *role = Role::Known;
                return 1;
            }
            _ => return 0,
        }
        from
    }

    /// Passes over a strange word, if it can hardly be what is asked for: it is none of what the graph
    /// cannot tell, and stands behind no name. Unless another word says what is asked, it stands in front of
    /// no name either, nor behind a word that asks for what comes next.
    fn pass_over(&mut self, words: &[&str], at: usize, after: bool, before: bool) -> Option<()> {
        let asked_for = at.checked_sub(1).is_some_and(|at| {
            let class = class_of(words[at]);
            ARTICLES.contains(&words[at]) || class.is_some_and(|class| HEADED.contains(&class))
        });
        let behind = after && at == 0;
        let in_front = before && at + 1 == words.len();
        let bare = !self.says_what;
        let two_before = at.checked_sub(2).map_or("", |at| words[at]);
        let led = LED_BY.iter().any(|[first, second]| {
            at > 0 && words[at - 1] == *second && ["", two_before].contains(first)
        });
        // What is led to and ends there is a name that nothing has: `from docker to zorbium`.
        let ends = words.get(at + 1).map_or(!before, |next| is_and(next) || is_boundary(next));
        let mut leading = words[..at].iter().rev().filter(|word| !ARTICLES.contains(*word));
        let led_to = leading.next().is_some_and(|word| {
            class_of(word) != Some("me") && *word != "am" && role_after(&[*word]).1.is_some()
        });
        if behind
            || led
            || ends && led_to
            || bare && (asked_for || in_front || is_foreign(words[at]))
        {
            return None;
        }
        self.passed_over = self.passed_over.checked_sub(1)?;
        Some(())
    }

    /// Takes the words in front of a mention (of a name: `Some(true)`): the role that they give it, if any; the
    /// others have a class.
    fn take(
        &mut self,
        parts: &[QuestionPart],
        since: usize,
        mention: Option<bool>,
    ) -> Option<Role> {
        let before_name = mention == Some(true);
        let (after_mention, before_mention) = (since > 0, mention.is_some());
        let words: Vec<&str> = parts
            .iter()
            .filter_map(|part| match part {
                QuestionPart::Word(word) => Some(word.as_str()),
                QuestionPart::Mention(_) => None,
            })
            .collect();
        for at in 1..words.len() {
            let (role, _) = role_after(&words[at - 1..at]);
            let turns = [Role::Before, Role::Avoided, Role::Instead].contains(&role)
                || words[at - 1] == "after";
            // What stands for a name has its role: `istio, what comes before it`.
            if PRONOUNS.contains(&words[at])
                && turns
                && let Some((own @ (Role::Plain | Role::Goal), _)) = self.named.last_mut()
            {
                *own = role;
            }
        }
        let (role, marker) = if before_name { role_after(&words) } else { (Role::Plain, None) };
        for (at, word) in words.iter().enumerate() {
            let own = class_of(word);
            // Somebody is told of rather than asked for: `people who know linux`.
            if own == Some("who") && after_mention && at == 0 && before_name {
                continue;
            }
            let also = ALSO.iter().find(|(class, _)| Some(*class) == own).map(|(_, also)| *also);
            let class = also.or(own);
            self.seen.extend(own.into_iter().chain(also));
            match class {
                Some(_) if marker == Some(at) => {}
                Some(class) if ALWAYS.contains(&class) => {}
                Some(class) => {
                    self.classes.insert(class);
                }
                None if is_filler(word) => {}
                None => self.pass_over(&words, at, after_mention, before_mention)?,
            }
        }
        Some(role)
    }

    /// How it goes on from another question.
    pub(super) fn goes_on(&self) -> Option<Gone> {
        let adds = |role: &Role| [Role::Known, Role::Avoided, Role::Via].contains(role);
        let silent = self.classes.is_empty();
        match (self.named.as_slice(), self.kinds.as_slice()) {
            ([], []) if silent && self.amounts.is_empty() && self.people.is_empty() => {
                Some(Gone::Which)
            }
            ([], []) => Some(Gone::With),
            ([], [kind]) if silent && self.amounts.is_empty() => Some(Gone::Only(kind.clone())),
            ([(role, _)], []) if adds(role) => Some(Gone::With),
            ([(Role::From, names)], []) if silent => Some(Gone::From(names.clone())),
            ([(_, names)], []) if silent => Some(Gone::To(names.clone())),
            _ => None,
        }
    }

    /// Does it say more than that something is asked?
    pub(super) fn says_something(&self) -> bool {
        !(self.classes.is_empty() || self.named.is_empty() && self.kinds.is_empty())
    }

    /// Does it speak of what is required, or only recommended?
    pub(super) fn narrows(&self) -> bool {
        ["needed", "optional", "must"].iter().any(|class| self.seen.contains(class))
    }

    /// The same with each name by itself, if lists stand in it.
    pub(super) fn apart(&self) -> Option<Self> {
        self.named.iter().any(|(_, names)| names.len() > 1).then(|| {
            let each = self
                .named
                .iter()
                .flat_map(|(role, names)| names.iter().map(|name| (*role, vec![name.clone()])));
            Self { named: each.collect(), ..self.clone() }
        })
    }

    /// Has it the classes of a row, and no others than the reading allows?
    fn is_spoken_of_by(&self, row: &QuestionRow, reading: Reading) -> bool {
        if row.is_gist() != (reading == Reading::Gist) {
            return false;
        }
        let mut allowed: BTreeSet<&str> = BTreeSet::new();
        for word in row.asked.split(' ').filter(|word| !["", ANYTHING].contains(word)) {
            if let Some(forbidden) = word.strip_prefix('-') {
                if self.seen.contains(forbidden) {
                    return false;
                }
            } else if let Some(optional) = word.strip_suffix('?') {
                allowed.insert(optional);
            } else if word.split('|').any(|class| self.seen.contains(class)) {
                allowed.extend(word.split('|'));
            } else {
                return false;
            }
        }
        let others: Vec<&&str> =
            self.classes.iter().filter(|class| !allowed.contains(**class)).collect();
        match others.as_slice() {
            [] => true,
            _ if reading == Reading::Gist => !others.iter().any(|class| TURNING.contains(class)),
            [one] => {
                reading == Reading::Coloured && MODIFIERS.split(' ').any(|class| class == **one)
            }
            _ => false,
        }
    }

    /// What stands for the capitals of a row, in each way in which the question is one of its kind.
    pub(super) fn read_as(&self, row: &QuestionRow, reading: Reading) -> Vec<Captures> {
        if !self.is_spoken_of_by(row, reading) {
            return Vec::new();
        }
        let everyone = Some(self.everyone.clone()).filter(|everyone| !everyone.is_empty());
        let mut reading = everyone
            .map_or_else(Captures::default, |everyone| Captures::default().with('G', everyone));
        let mut unread: Vec<char> = self.amounts.iter().map(|(capital, _)| *capital).collect();
        unread.extend(Some('K').filter(|_| !self.kinds.is_empty()));
        unread.extend(Some('P').filter(|_| !self.people.is_empty()));
        let tokens: Vec<&str> = row.about.split(' ').filter(|token| !token.is_empty()).collect();
        let mut slots = Vec::new();
        for token in tokens {
            let optional = token.ends_with('?');
            let token = token.trim_end_matches('?');
            let Some((slot, roles)) = token.split_once(':') else {
                let capital = token.chars().next().unwrap_or_default();
                let text = match capital {
                    'K' if self.kinds.len() == 1 => self.kinds.first().cloned(),
                    'P' if self.people.len() == 1 => self.people.first().cloned(),
                    'E' if self.people.len() > 1 => Some(self.people.join(", ")),
                    _ => {
                        let mut of_it = self.amounts.iter().filter(|(other, _)| *other == capital);
                        of_it.next().map(|(_, text)| text.clone())
                    }
                };
                match text {
                    Some(text) => {
                        reading = reading.with(capital, text);
                        let taken = if capital == 'E' { 'P' } else { capital };
                        unread.retain(|other| *other != taken);
                    }
                    None if optional => {}
                    None => return Vec::new(),
                }
                continue;
            };
            // All that is named is another thing than one list.
            let slot = if slot == "L*" { MIXED } else { slot.chars().next().unwrap_or_default() };
            slots.push((slot, roles, optional));
        }
        if !unread.is_empty() {
            return Vec::new();
        }
        self.filled(&slots, &mut vec![false; self.named.len()], reading)
    }

    /// Names for each slot, all of them used.
    fn filled(
        &self,
        slots: &[(char, &str, bool)],
        used: &mut Vec<bool>,
        reading: Captures,
    ) -> Vec<Captures> {
        let Some(((slot, roles, optional), rest)) = slots.split_first() else {
            return if used.iter().all(|used| *used) { vec![reading] } else { Vec::new() };
        };
        if ['L', MIXED].contains(slot) {
            let open: Vec<usize> = (0..used.len()).filter(|at| !used[*at]).collect();
            let fits = |at: &usize| self.named[*at].0.is_one_of(roles);
            let names: Vec<String> = open.iter().flat_map(|at| self.named[*at].1.clone()).collect();
            let apart = open.len() > 1 && *slot == 'L';
            if names.is_empty() || apart || !open.iter().all(fits) {
                return Vec::new();
            }
            return vec![reading.with('L', names.join(", "))];
        }
        let mut found = Vec::new();
        for at in 0..used.len() {
            let (role, names) = &self.named[at];
            if !used[at] && role.is_one_of(roles) {
                used[at] = true;
                found.extend(self.filled(rest, used, reading.with(*slot, names.join(", "))));
                used[at] = false;
            }
        }
        if *optional {
            found.extend(self.filled(rest, used, reading));
        }
        found
    }
}
