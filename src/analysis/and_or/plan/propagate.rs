//! Decisions about a problem's items, what follows from them, and the way back: unit propagation
//! over a trail, as SAT solvers do it, and with it the rule that nothing founds itself, as
//! unfounded sets in answer set programming (M. Gebser, B. Kaufmann, T. Schaub: Conflict-driven
//! answer set solving. Artificial Intelligence 187, 2012).

use super::problem::{Problem, Weight};

/// What is decided of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Open,
    In,
    Out,
}

/// Decisions made and their consequences.
#[derive(Debug, Clone)]
pub(super) struct Assignment<'p> {
    pub(super) problem: &'p Problem,
    pub(super) status: Vec<Status>,
    /// The items decided, in order.
    trail: Vec<u32>,
    /// For each clause: how many options are not out.
    pub(super) left: Vec<u32>,
    /// For each clause: how many options are in.
    pub(super) held: Vec<u32>,
    /// What the items that are in weigh.
    pub(super) weight: Weight,
}

/// The decisions contradict one another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conflict;

/// How far the decisions went at some time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Savepoint(usize);

impl<'p> Assignment<'p> {
    /// Nothing decided.
    pub(super) fn new(problem: &'p Problem) -> Self {
        let clauses = problem.instance.owner.len();
        Self {
            problem,
            status: vec![Status::Open; problem.instance.len()],
            trail: Vec::new(),
            left: (0..clauses)
                .map(|clause| problem.instance.options.row(clause).len() as u32)
                .collect(),
            held: vec![0; clauses],
            weight: 0,
        }
    }

    /// The goals are in, and what follows from that alone.
    pub(super) fn of_goals(problem: &'p Problem) -> Result<Self, Conflict> {
        let mut assignment = Self::new(problem);
        assignment.decide(problem.goals.iter().map(|goal| (*goal, Status::In)))?;
        Ok(assignment)
    }

    /// Is that decided of the item?
    pub(super) fn is(&self, item: u32, status: Status) -> bool {
        self.status[item as usize] == status
    }

    /// The items of which that is decided.
    pub(super) fn items(&self, status: Status) -> impl Iterator<Item = u32> {
        self.problem.instance.items().filter(move |item| self.is(*item, status))
    }

    /// Makes decisions with all that follows: the last option left of a clause is in, what has
    /// lost all options of a clause is out, and so is what can only be derived from itself. After
    /// a conflict some of the decisions stand: roll back.
    pub(super) fn decide(
        &mut self,
        decisions: impl IntoIterator<Item = (u32, Status)>,
    ) -> Result<(), Conflict> {
        let mut waiting: Vec<(u32, Status)> = decisions.into_iter().collect();
        loop {
            while let Some((item, status)) = waiting.pop() {
                self.set(item, status, &mut waiting)?;
            }
            // Clauses alone would let items on a cycle support one another. What cannot be derived
            // from all that is not out is unfounded.
            let founded = self.problem.instance.derive(|item| !self.is(item, Status::Out)).done;
            for item in self.problem.instance.items().filter(|item| !founded[*item as usize]) {
                match self.status[item as usize] {
                    Status::In => return Err(Conflict),
                    Status::Open => waiting.push((item, Status::Out)),
                    Status::Out => {}
                }
            }
            // What is out narrows other clauses, which may unfound more: until nothing follows.
            if waiting.is_empty() {
                return Ok(());
            }
        }
    }

    fn set(
        &mut self,
        item: u32,
        status: Status,
        waiting: &mut Vec<(u32, Status)>,
    ) -> Result<(), Conflict> {
        if self.is(item, status) {
            return Ok(());
        }
        if !self.is(item, Status::Open) {
            return Err(Conflict);
        }
        self.status[item as usize] = status;
        self.trail.push(item);
        let instance = &self.problem.instance;
        let serves = instance.serves.row(item as usize);
        // What is in makes its own clauses pressing; what is out narrows those that it served.
        let concerned = if status == Status::In {
            self.weight += self.problem.weight[item as usize];
            count(&mut self.held, serves, |n| n + 1);
            instance.asks.row(item as usize)
        } else {
            count(&mut self.left, serves, |n| n - 1);
            serves
        };
        for clause in concerned {
            let clause = *clause as usize;
            let owner = instance.owner[clause];
            match (self.left[clause], self.status[owner as usize]) {
                (0, Status::In) => return Err(Conflict),
                (0, Status::Open) => waiting.push((owner, Status::Out)),
                // Unit propagation: one option is left of a clause that nothing satisfies yet.
                (1, Status::In) if self.held[clause] == 0 => {
                    let mut options = instance.options.row(clause).iter();
                    let last = options.find(|option| !self.is(**option, Status::Out));
                    waiting.extend(last.map(|option| (*option, Status::In)));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A place to come back to.
    pub(super) fn savepoint(&self) -> Savepoint {
        Savepoint(self.trail.len())
    }

    /// Takes back all decisions made since.
    pub(super) fn roll_back(&mut self, to: Savepoint) {
        // The counters are sums over decided items, so it does not matter in which order they go.
        for item in self.trail.split_off(to.0) {
            let clauses = self.problem.instance.serves.row(item as usize);
            if std::mem::replace(&mut self.status[item as usize], Status::Open) == Status::In {
                self.weight -= self.problem.weight[item as usize];
                count(&mut self.held, clauses, |n| n - 1);
            } else {
                count(&mut self.left, clauses, |n| n + 1);
            }
        }
    }
}

/// Counts one up or down for each of these clauses.
fn count(counts: &mut [u32], clauses: &[u32], by: impl Fn(u32) -> u32) {
    for clause in clauses {
        counts[*clause as usize] = by(counts[*clause as usize]);
    }
}
