//! `knowing S` and `knowing only S`: what need not be learned any more.

use crate::analysis::{must, sorted_unique};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Flow, NodeIndex};
use crate::query::Limits;
use crate::query::bind::arguments::Arguments;
use crate::query::bind::operand::{self, Operand};
use crate::query::bind::options::{KNOWING, KNOWING_ONLY};

/// The operands of both options.
#[derive(Debug)]
pub(crate) struct Knowing {
    /// Known with all that one must know for it.
    with: Vec<Operand>,
    /// Known alone.
    only: Option<Operand>,
}

/// What is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// What was named behind `knowing`, by id.
    pub(crate) named: Vec<NodeIndex>,
    /// Everything known, by id.
    pub(crate) all: Vec<NodeIndex>,
}

impl Knowing {
    /// Nothing is known.
    pub(crate) fn nothing() -> Self {
        Self { with: Vec::new(), only: None }
    }

    /// Resolves the options of a verb; `more` is known as well.
    pub(crate) fn bind(
        arguments: &Arguments<'_>,
        more: Option<Operand>,
    ) -> Result<Self, Diagnostic> {
        let known = |row| {
            let items = arguments.option_value(row)?;
            items.map(|items| operand::people(arguments.binder, items)).transpose()
        };
        let (named, only) = (known(&KNOWING)?, known(&KNOWING_ONLY)?);
        Ok(Self { with: more.into_iter().chain(named).collect(), only })
    }

    /// What is known in a graph: `knowing A` means A and what every way to A contains.
    pub(crate) fn known(&self, atlas: &Atlas, limits: &Limits<'_>) -> Known {
        let named = self.with.iter().flat_map(|operand| operand.nodes(atlas, limits));
        let named = sorted_unique(named.collect());
        let mut all = must(&Flow::required(atlas), &named).nodes;
        all.extend(self.only.iter().flat_map(|operand| operand.nodes(atlas, limits)));
        Known { named, all: sorted_unique(all) }
    }
}
