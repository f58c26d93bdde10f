//! Decisions about a puzzle's items, what follows from them, and the way back.

use super::puzzle::{Puzzle, Weight};

/// What is decided of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Open,
    In,
    Out,
}

/// Decisions made and their consequences.
#[derive(Debug, Clone)]
pub(super) struct State<'p> {
    pub(super) puzzle: &'p Puzzle,
    pub(super) status: Vec<Status>,
    /// The items decided, in order.
    pub(super) trail: Vec<u32>,
    /// For each clause: how many options are not out.
    pub(super) left: Vec<u32>,
    /// For each clause: how many options are in.
    pub(super) held: Vec<u32>,
    /// What the items that are in weigh.
    pub(super) weight: Weight,
}

/// The decisions contradict one another.
pub(super) struct Conflict;

impl<'p> State<'p> {
    pub(super) fn new(puzzle: &'p Puzzle) -> Self {
        let clauses = puzzle.owner.len();
        Self {
            puzzle,
            status: vec![Status::Open; puzzle.len()],
            trail: Vec::new(),
            left: (0..clauses).map(|clause| puzzle.options.row(clause).len() as u32).collect(),
            held: vec![0; clauses],
            weight: 0,
        }
    }

    pub(super) fn is(&self, item: u32, status: Status) -> bool {
        self.status[item as usize] == status
    }

    /// Makes decisions with all that follows: the last option left of a clause is in, what has
    /// lost all options of a clause is out, and so is what can only be derived from itself.
    pub(super) fn decide(
        &mut self,
        decisions: impl IntoIterator<Item = (u32, Status)>,
    ) -> Result<(), Conflict> {
        let mut waiting: Vec<(u32, Status)> = decisions.into_iter().collect();
        loop {
            while let Some((item, status)) = waiting.pop() {
                self.set(item, status, &mut waiting)?;
            }
            let (founded, _) = self.puzzle.derive(|item| !self.is(item, Status::Out));
            for item in (0..self.puzzle.len() as u32).filter(|item| !founded[*item as usize]) {
                match self.status[item as usize] {
                    Status::In => return Err(Conflict),
                    Status::Open => waiting.push((item, Status::Out)),
                    Status::Out => {}
                }
            }
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
        let puzzle = self.puzzle;
        let concerned = if status == Status::In {
            self.weight += puzzle.weight[item as usize];
            for clause in puzzle.serves.row(item as usize) {
                self.held[*clause as usize] += 1;
            }
            puzzle.asks.row(item as usize)
        } else {
            for clause in puzzle.serves.row(item as usize) {
                self.left[*clause as usize] -= 1;
            }
            puzzle.serves.row(item as usize)
        };
        for clause in concerned {
            let clause = *clause as usize;
            let owner = puzzle.owner[clause];
            match (self.left[clause], self.status[owner as usize]) {
                (0, Status::In) => return Err(Conflict),
                (0, Status::Open) => waiting.push((owner, Status::Out)),
                (1, Status::In) if self.held[clause] == 0 => {
                    let mut options = puzzle.options.row(clause).iter();
                    let last = options.find(|option| !self.is(**option, Status::Out));
                    waiting.extend(last.map(|option| (*option, Status::In)));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes back all decisions but the first `keep`.
    pub(super) fn undo(&mut self, keep: usize) {
        while self.trail.len() > keep
            && let Some(item) = self.trail.pop()
        {
            let clauses = self.puzzle.serves.row(item as usize);
            if std::mem::replace(&mut self.status[item as usize], Status::Open) == Status::In {
                self.weight -= self.puzzle.weight[item as usize];
                for clause in clauses {
                    self.held[*clause as usize] -= 1;
                }
            } else {
                for clause in clauses {
                    self.left[*clause as usize] += 1;
                }
            }
        }
    }
}
