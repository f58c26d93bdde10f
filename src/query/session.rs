//! Sessions: statements asked of one graph, one after the other.

use super::bind::binder::{Binder, NamedSets, Observer, later, named};
use super::bind::query::Vocabulary;
use super::hints::advice::Advisor;
use super::limits::Limits;
use super::operator::Bound;
use super::stages::STAGES;
use super::supply::{Fetched, Supply};
use super::syntax::{LAST, Statement, parse};
use super::verbs::VERBS;
use crate::answer::{Answer, Note, Set};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Atlas, NodeIndex, Partial, intact};
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

/// The whole language.
static LANGUAGE: Vocabulary = Vocabulary { verbs: VERBS, stages: STAGES };

/// A run of statements on one graph; what `let` names lasts until it ends.
#[derive(Debug, Clone)]
pub struct Session {
    atlas: Atlas,
    names: NamedSets,
    /// The last statement that was answered, which a question may go on from.
    before: String,
    /// Where the graph is held, if only a part of it is here.
    supply: Option<Arc<Mutex<dyn Supply>>>,
}

impl Session {
    /// A run that knows no `@name` yet.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        Self { atlas: atlas.clone(), names: NamedSets::new(), before: String::new(), supply: None }
    }

    /// A run on a graph that is held elsewhere.
    #[cfg(feature = "databases")]
    pub(crate) fn supplied(
        mut supply: impl Supply + 'static,
        stop: &AtomicBool,
    ) -> Result<Self, Diagnostic> {
        let atlas = supply.begin(&[], stop)?;
        let supply = Arc::new(Mutex::new(supply));
        Ok(Self { supply: Some(supply), ..Self::new(&atlas) })
    }

    /// What the last statement took from where the graph is held, if it is not here.
    #[must_use]
    pub fn fetched(&self) -> Option<Fetched> {
        let supply = self.supply.as_ref()?;
        Some(supply.lock().unwrap_or_else(PoisonError::into_inner).fetched())
    }

    /// The graph it asks.
    #[must_use]
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    /// Goes on with another state of the graph: what was named stays, as far as its nodes are there.
    pub fn go_on(&mut self, atlas: &Atlas) {
        let supply = self.supply.clone();
        let supply = supply.as_ref().map(|own| own.lock().unwrap_or_else(PoisonError::into_inner));
        self.move_to(atlas, &|number| supply.as_ref()?.place(number));
    }

    /// The same, where it is known where in a whole graph the node of a number is.
    fn move_to(&mut self, atlas: &Atlas, place: &dyn Fn(i64) -> Option<NodeIndex>) {
        let before = std::mem::replace(&mut self.atlas, atlas.clone());
        for set in self.names.values_mut() {
            *set = named(match (before.partial(), atlas.partial()) {
                (Some(before), Some(now)) => set.moved(&|node| now.node(before.number(node))),
                (Some(before), None) => set.moved(&|node| place(before.number(node))),
                _ if before.is(atlas) => continue,
                _ => {
                    // Another graph numbers its nodes in another way: ids are what lasts.
                    let ids = set.nodes.iter().map(|node| before.id(*node));
                    Set::of(ids.filter_map(|id| atlas.by_id(id)).collect())
                }
            });
        }
    }

    /// Gives a set a name, as `let` does; an earlier set of that name is forgotten.
    pub fn define(&mut self, name: &str, nodes: Vec<NodeIndex>) {
        self.names.insert(name.to_owned(), named(Set::of(nodes)));
    }

    /// What a name stands for, if it was given.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&[NodeIndex]> {
        self.names.get(name).map(|set| set.nodes.as_slice())
    }

    /// Answers one query, in which `@name` stands for what was defined.
    ///
    /// # Errors
    /// What is wrong with the query, where, and what to type instead.
    pub fn ask(&mut self, text: &str) -> Result<Answer, Diagnostic> {
        self.answer(&Statement::whole(&Text::new("query", text)), &Limits::default())
    }

    /// Answers one statement.
    ///
    /// # Errors
    /// What is wrong with the query, where, and what to type instead.
    pub fn answer(
        &mut self,
        statement: &Statement,
        limits: &Limits<'_>,
    ) -> Result<Answer, Diagnostic> {
        self.answer_shown(statement, limits, |_, _| ()).map(|(answer, ())| answer)
    }

    /// Answers one statement and shows it: all is here then that is looked at on the way.
    pub(crate) fn answer_shown<T>(
        &mut self,
        statement: &Statement,
        limits: &Limits<'_>,
        show: impl Fn(&Self, &Answer) -> T,
    ) -> Result<(Answer, T), Diagnostic> {
        let answered = self.settled(limits.stop, |session| {
            let answered = session.answered(statement, limits)?;
            let shown = show(session, &answered.1);
            Ok((answered, shown))
        });
        let answered = answered.and_then(|answered| answered);
        // Who is told what is meant goes on from that.
        match answered.as_ref().map_err(Diagnostic::suggestions) {
            Ok(_) => statement.as_typed().clone_into(&mut self.before),
            Err([query]) => query.clone_into(&mut self.before),
            Err(_) => {}
        }
        let ((name, answer), shown) = answered?;
        self.remember(name, &answer);
        Ok((answer, shown))
    }

    /// What `ask` finds when all is here that it looks at.
    pub(crate) fn settled<T>(
        &mut self,
        stop: &AtomicBool,
        ask: impl Fn(&Self) -> Result<T, Diagnostic>,
    ) -> Result<Result<T, Diagnostic>, Diagnostic> {
        // Damage in a snapshot unwinds from wherever it is met: here it becomes a refusal.
        let found = |session: &Self| intact(|| ask(session)).unwrap_or_else(|damage| Err(*damage));
        let Some(supply) = self.supply.clone() else { return Ok(found(self)) };
        let mut supply = supply.lock().unwrap_or_else(PoisonError::into_inner);
        let atlas = supply.begin(&self.kept_numbers(), stop)?;
        self.move_to(&atlas, &|number| supply.place(number));
        // To a fixed point: what was looked for in vain is fetched and the question asked anew.
        // Each round brings something that was missing, so there is a last one.
        loop {
            let found = found(self);
            let wanted = self.atlas.partial().map(Partial::take_wanted).unwrap_or_default();
            if wanted.is_empty() {
                return Ok(found);
            }
            let atlas = supply.fetch(wanted, stop)?;
            self.move_to(&atlas, &|number| supply.place(number));
        }
    }

    /// The whole graph, wherever it is held.
    #[cfg(feature = "cli")]
    pub(crate) fn whole(&mut self, stop: &AtomicBool) -> Result<Atlas, Diagnostic> {
        self.settled(stop, |session| {
            let _ = session.atlas.loaded_nodes();
            Ok(session.atlas.clone())
        })?
    }

    /// The numbers of the nodes that have been named.
    fn kept_numbers(&self) -> Vec<i64> {
        let nodes = self.names.values().flat_map(|set| set.mentions());
        let number = |node: NodeIndex| Some(self.atlas.partial()?.number(node));
        nodes.filter_map(number).collect()
    }

    fn remember(&mut self, name: Option<String>, answer: &Answer) {
        // From an empty answer nobody goes on: then `@last` stays what it was.
        let found = answer.shape().has_nodes() && answer.count() > 0;
        let last = found.then(|| LAST.to_owned());
        let names: BTreeSet<String> = last.into_iter().chain(name).collect();
        if !names.is_empty() {
            let set = later(answer.clone());
            self.names.extend(names.into_iter().map(|name| (name, set.clone())));
        }
    }

    /// The answer to a statement, and the name that it is to have.
    fn answered(
        &self,
        statement: &Statement,
        limits: &Limits<'_>,
    ) -> Result<(Option<String>, Answer), Diagnostic> {
        let (name, bound) =
            self.bind(statement).map_err(|problem| self.advised(statement, problem))?;
        let mut answer = bound.operator.run(&self.atlas, limits);
        if let Some(problem) = answer.refusal.take() {
            return Err(self.with_advice(|advisor| advisor.mended(statement, *problem)));
        }
        // The flag may be raised where nobody looks at it any more: rather one warning too many.
        if limits.stopped() && answer.complete {
            answer.complete = false;
            answer.notes.push("stopped before everything was looked at".into());
        }
        answer.notes.iter_mut().for_each(Note::bound);
        Ok((name, answer))
    }

    /// What a statement's names are looked up in, and who looks on.
    pub(super) fn binder<'a>(
        &'a self,
        statement: &'a Statement,
        observer: Option<&'a dyn Observer>,
    ) -> Binder<'a> {
        let (atlas, names) = (&self.atlas, &self.names);
        Binder { atlas, statement, names, language: &LANGUAGE, observer }
    }

    /// The statement with its names resolved, and the name that its answer is to have.
    fn bind(&self, statement: &Statement) -> Result<(Option<String>, Bound), Diagnostic> {
        let query = parse(statement)?;
        let binder = self.binder(statement, None);
        let bound = binder.query(&query)?;
        let Some(name) = &query.name else { return Ok((None, bound)) };
        let bound = binder.expect_nodes(bound, &name.span, "`let` names a set of nodes")?;
        Ok((name.word().map(str::to_owned), bound))
    }

    /// The same problem with what to type instead.
    fn advised(&self, statement: &Statement, problem: Diagnostic) -> Diagnostic {
        self.with_advice(|advisor| advisor.advised(statement, problem))
    }

    fn with_advice<T>(&self, ask: impl FnOnce(&mut Advisor<'_>) -> T) -> T {
        let verbs = VERBS.iter().filter(|verb| !verb.stands_alone());
        let verbs: Vec<&str> = verbs.map(|verb| verb.name).collect();
        let people = self.names.keys().map(String::as_str).filter(|name| *name != LAST);
        let people: Vec<&str> = people.collect();
        let problem_of = |statement: &Statement| self.bind(statement).err();
        // Advice tries many texts: what those would need is not fetched for it.
        let advise = |advising| self.atlas.partial().iter().for_each(|own| own.advise(advising));
        advise(true);
        let told =
            ask(&mut Advisor::new(&self.atlas, [&verbs, &people], &self.before, &problem_of));
        advise(false);
        told
    }
}

impl Atlas {
    /// Answers one query.
    ///
    /// # Errors
    /// What is wrong with the query, where, and what to type instead.
    pub fn query(&self, text: &str) -> Result<Answer, Diagnostic> {
        Session::new(self).ask(text)
    }
}
