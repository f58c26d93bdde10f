//! What `path`, `paths` and `bottlenecks` are asked.

use crate::analysis::{Itinerary, Journey, Rule, best_path};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Flow, Relations};
use crate::query::Limits;
use crate::query::arguments::{AVOID, Arguments, OVER, SHORTEST, VIA};
use crate::query::operand::Operand;

/// An itinerary whose names are still to be resolved, and how its paths compare.
#[derive(Debug)]
pub(super) struct PathQuestion {
    stops: Vec<Operand>,
    pub(super) over: Relations,
    via: Option<Operand>,
    avoid: Option<Operand>,
    pub(super) rule: Rule,
}

impl PathQuestion {
    pub(super) fn bind(arguments: &Arguments<'_>) -> Result<Self, Diagnostic> {
        let over = arguments.relations(&OVER, |relation| relation.route)?;
        arguments.must_flow(&Flow::of_paths(arguments.scope.atlas, &over))?;
        let stops = arguments.stops()?;
        let via = arguments.option_operand(&VIA)?;
        if via.as_ref().is_some_and(|via| via.atoms.len() > Itinerary::VIA_LIMIT) {
            let message = format!("`via` takes at most {} names", Itinerary::VIA_LIMIT);
            return Err(arguments
                .scope
                .error("too-many", arguments.verb_span(), message)
                .help("name stops in their order instead: path A -> B -> C"));
        }
        let shortest = arguments.flag(&SHORTEST)? || over.is_some();
        Ok(Self {
            stops,
            over,
            via,
            avoid: arguments.option_operand(&AVOID)?,
            rule: if shortest { Rule::Shortest } else { Rule::RouteFirst },
        })
    }

    /// Has it neither stops on the way nor nodes to pass?
    pub(super) fn is_plain(&self) -> bool {
        self.stops.len() == 2 && self.via.is_none()
    }

    /// What is asked for, its names resolved to nodes.
    pub(super) fn itinerary(&self, atlas: &Atlas, limits: &Limits<'_>) -> Itinerary {
        let stops = self.stops.iter().map(|stop| stop.nodes(atlas, limits));
        let avoid = self.avoid.iter().flat_map(|avoid| avoid.nodes(atlas, limits));
        Itinerary {
            stops: stops.collect(),
            via: self.via.as_ref().map_or_else(Vec::new, |via| via.sets(atlas, limits)),
            avoid: avoid.collect(),
            over: self.over.clone(),
        }
    }

    /// Is there any path?
    pub(super) fn leads(&self, atlas: &Atlas, limits: &Limits<'_>) -> bool {
        best_path(&self.journey(atlas, limits), Rule::Shortest).is_some()
    }

    pub(super) fn journey<'g>(&self, atlas: &'g Atlas, limits: &Limits<'g>) -> Journey<'g> {
        Journey::through(atlas, self.itinerary(atlas, limits)).stopped_by(limits.stop)
    }
}
