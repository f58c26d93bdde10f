//! A server that is asked: a connection to it that is opened anew, once a statement, where it is
//! lost, if the graph is still the one that was opened.

use super::engine::Reply;
use super::link::{Link, Opening, Work};
use super::trouble::Trouble;
use crate::diagnostic::Diagnostic;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How to reach a server.
pub(super) struct Place<C> {
    /// How to tell it: without a password.
    pub(super) told: String,
    /// Where a password is taken from.
    pub(super) password: &'static str,
    pub(super) opening: Opening<C>,
    /// Begins to look at one state, and says which save it is of.
    pub(super) state: Work<C, Option<String>>,
}

/// A server.
pub(super) struct Server<C> {
    pub(super) place: Place<C>,
    link: Link<C>,
    /// Which save is looked at, once that is known.
    pub(super) saved: Option<String>,
    /// Has this statement been tried again?
    again: bool,
}

impl<C: 'static> Server<C> {
    /// Opens a connection.
    pub(super) fn open(place: Place<C>, stop: &AtomicBool) -> Reply<Self> {
        match Link::open(&place.opening, stop)? {
            Ok(link) => Ok(Self { place, link, saved: None, again: false }),
            Err(trouble) => Err(trouble.problem(&place.told, place.password)),
        }
    }

    /// What to tell of trouble.
    pub(super) fn told(&self, trouble: Trouble) -> Diagnostic {
        trouble.problem(&self.place.told, self.place.password)
    }

    /// A statement begins: what is asked until the next one is asked of one state.
    pub(super) fn begin(&mut self, stop: &AtomicBool) -> Reply<()> {
        self.again = false;
        self.look(stop)
    }

    /// From now on nothing is tried again.
    #[cfg_attr(not(feature = "bolt"), allow(dead_code, reason = "others save in one transaction"))]
    pub(super) fn only_once(&mut self) {
        self.again = true;
    }

    /// Looks at one state, which must be the one that was opened.
    pub(super) fn look(&mut self, stop: &AtomicBool) -> Reply<()> {
        let state = Arc::clone(&self.place.state);
        let saved = self.ask(stop, move |open| state(open))?;
        self.check(saved.as_ref())
    }

    /// Does work; where the connection is lost it is opened anew, once for a statement.
    pub(super) fn ask<T: Send + 'static>(
        &mut self,
        stop: &AtomicBool,
        work: impl Fn(&mut C) -> Result<T, Trouble> + Send + Sync + 'static,
    ) -> Reply<T> {
        let work: Work<C, T> = Arc::new(work);
        let mut found = self.link.run(&work, stop)?;
        if found.as_ref().is_err_and(Trouble::is_loss) && !self.again {
            self.again = true;
            self.link = Link::open(&self.place.opening, stop)?.map_err(|own| self.told(own))?;
            if self.saved.is_some() {
                let saved = self.link.run(&Arc::clone(&self.place.state), stop)?;
                self.check(saved.map_err(|own| self.told(own))?.as_ref())?;
            }
            found = self.link.run(&work, stop)?;
        }
        found.map_err(|trouble| self.told(trouble))
    }

    /// What is there must be what was opened.
    fn check(&self, saved: Option<&String>) -> Reply<()> {
        if saved.is_some() && (self.saved.is_none() || saved == self.saved.as_ref()) {
            return Ok(());
        }
        let message = format!("{} was saved anew while it was open", self.place.told);
        Err(Diagnostic::new("graph-replaced", message).outside().help("open it again"))
    }
}
