//! `plan S`: the cheapest set of things to learn that reaches S, in learning order.

use super::{Takes, Verb};
use crate::analysis::{
    Amount, EFFORT, Outcome, Question, UNIT, effortless, in_learning_order, median, needed_by,
    plan, unpriced,
};
use crate::answer::{Answer, Body, Listing, Shape, Spent, StudyPlan};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Fetches, Flow, NodeIndex};
use crate::query::bind::{
    AVOID, Arguments, BoundField, FROM, KNOWING, KNOWING_ONLY, Knowing, ListedRow, Operand,
    OptionRow, REQUIRED_ONLY, Stands, named,
};
use crate::query::explain::{
    Reason, listed_ids,
    plan_notes::{blocked, told},
    why_planned,
};
use crate::query::syntax::span_of;
use crate::query::{Input, Limits, Operator};
use std::collections::BTreeSet;

/// `minimize FIELD`
const MINIMIZE: OptionRow =
    OptionRow::new("minimize", "FIELD", "the least sum of this field, instead of the fewest nodes");
/// `default X`
const DEFAULT: OptionRow = OptionRow::new("default", "X", "what a node without the field takes")
    .stands(Stands::With("minimize"));
pub(super) const VERB: Verb = Verb {
    name: "plan",
    fetches: Fetches::Closure,
    takes: Takes::SetOrEnds,
    options: &[KNOWING_ONLY, KNOWING, AVOID, MINIMIZE, DEFAULT, REQUIRED_ONLY, FROM],
    summary: "the least to learn for S, step by step, with the best of each set of alternatives",
    example: "plan llmops knowing docker, python",
    shape: Shape::Plan,
    bind: |arguments| Ok(Box::new(PlanOperator::bind(arguments)?)),
};

/// What a node takes.
#[derive(Debug)]
struct Measured {
    field: BoundField,
    default: Option<Amount>,
}

#[derive(Debug)]
pub(super) struct PlanOperator {
    goals: Operand,
    knowing: Knowing,
    avoid: Option<Operand>,
    measured: Option<Measured>,
    required_only: bool,
}

impl PlanOperator {
    /// The plan for these goals, without conditions.
    pub(super) fn of(goals: Operand) -> Self {
        let knowing = Knowing::nothing();
        Self { goals, knowing, avoid: None, measured: None, required_only: false }
    }

    fn bind(arguments: &Arguments<'_>) -> Result<Self, Diagnostic> {
        let atlas = arguments.binder.atlas;
        let required_only = arguments.flag(&REQUIRED_ONLY)?;
        arguments.must_flow(Flow::exists(atlas, &None))?;
        let (from, goals) = if arguments.has_arrow() {
            let mut stops = arguments.stops()?;
            if stops.len() > 2 {
                let message = "`plan` goes from one place to one other".to_owned();
                let span = span_of(arguments.head()?);
                let problem = arguments.misuse("unexpected", &span, message);
                return Err(problem.help("what is known is listed behind `knowing`"));
            }
            let goals = stops.pop();
            (stops.pop(), goals)
        } else {
            (None, Some(arguments.operand()?))
        };
        let planned = Self {
            goals: goals.unwrap_or(Operand { atoms: Vec::new() }),
            knowing: Knowing::bind(arguments, from)?,
            avoid: arguments.option_operand(&AVOID)?,
            measured: measured(arguments)?,
            required_only,
        };
        planned.all_measured(arguments)?;
        Ok(planned)
    }

    /// Runs `ask` on the question in numbers.
    fn question<T>(
        &self,
        atlas: &Atlas,
        limits: &Limits<'_>,
        ask: impl FnOnce(&Question<'_>, &[NodeIndex]) -> T,
    ) -> T {
        let known = self.knowing.known(atlas, limits);
        let avoid = self.avoid.as_ref().map_or_else(Vec::new, |avoid| avoid.nodes(atlas, limits));
        let goals = self.goals.nodes(atlas, limits);
        let cost = self.cost(atlas, &goals);
        let question = Question {
            flow: &Flow::new(atlas, &None, self.required_only),
            goals: &goals,
            known: &known.all,
            avoid: &avoid,
            cost: &cost,
            search_limit: limits.search,
            stop: limits.stop,
        };
        ask(&question, &known.named)
    }

    /// What each node takes, if that is known.
    fn cost<'a>(
        &'a self,
        atlas: &'a Atlas,
        goals: &[NodeIndex],
    ) -> impl Fn(NodeIndex) -> Option<Amount> + 'a {
        let free = match &self.measured {
            Some(measured) if measured.field.name == EFFORT => {
                effortless(atlas, &atlas.nodes().collect::<Vec<NodeIndex>>(), goals)
            }
            _ => BTreeSet::new(),
        };
        let listing = Listing::plain(atlas);
        move |node| match &self.measured {
            None => Some(UNIT),
            Some(_) if free.contains(&node) => Some(0),
            Some(measured) => measured.cost(&listing, node),
        }
    }

    /// Every node that may be needed must have the field. Which ones may is a matter for analysis
    /// only if some node behind the goals lacks it, and then, as a rule, nothing is run.
    fn all_measured(&self, arguments: &Arguments<'_>) -> Result<(), Diagnostic> {
        let (Some(measured), Some((span, items))) = (&self.measured, arguments.value(&MINIMIZE))
        else {
            return Ok(());
        };
        let (atlas, limits) = (arguments.binder.atlas, Limits::default());
        if measured.default.is_some() {
            return Ok(());
        }
        let goals = self.goals.nodes(atlas, &limits);
        let cost = self.cost(atlas, &goals);
        let behind = needed_by(&Flow::new(atlas, &None, self.required_only), &goals, usize::MAX);
        if behind.iter().chain(&goals).all(|node| cost(*node).is_some()) {
            return Ok(());
        }
        let without = self.question(atlas, &limits, |question, _| unpriced(question));
        if without.is_empty() {
            return Ok(());
        }
        let field = &measured.field.name;
        let one = without.len() == 1;
        let (nodes, say) = if one { ("node", "says") } else { ("nodes", "say") };
        let message =
            format!("{} {nodes} that may be needed {say} no number for `{field}`", without.len());
        let span = if items.is_empty() { span } else { span_of(items) };
        let problem = arguments.binder.error("missing-value", &span, message);
        Err(problem
            .help(format!("without it: {}", listed_ids(atlas, &without)))
            .help("`default 1` takes 1 for each of them")
            .instead([format!("{} default 1", arguments.binder.statement.text(&span))]))
    }
}

impl Measured {
    /// The node's amount: of several statements the median.
    fn cost(&self, listing: &Listing<'_>, node: NodeIndex) -> Option<Amount> {
        median(&self.field.values(listing, ListedRow::Node(node))).or(self.default)
    }
}

/// The field to minimize, with what stands in for it.
fn measured(arguments: &Arguments<'_>) -> Result<Option<Measured>, Diagnostic> {
    let default = arguments.amount(&DEFAULT)?;
    let Some((span, items)) = arguments.value(&MINIMIZE) else {
        return match arguments.value(&DEFAULT) {
            None => Ok(None),
            Some((span, _)) => {
                let message = "`default` stands behind `minimize FIELD`".to_owned();
                Err(arguments.misuse("unexpected", &span, message))
            }
        };
    };
    if items.is_empty() {
        let message = "`minimize` needs the name of a field".to_owned();
        return Err(arguments.misuse("missing-operand", &(span.end..span.end), message));
    }
    let nodes = Input { shape: Shape::Set, columns: Vec::new() };
    let field = named(arguments, &nodes, items)?;
    Ok(Some(Measured { field, default }))
}

impl Operator for PlanOperator {
    fn reason(&self, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> Reason {
        self.question(atlas, limits, |question, _| why_planned(question, node))
    }

    fn run(&self, atlas: &Atlas, limits: &Limits<'_>) -> Answer {
        self.question(atlas, limits, |question, named| {
            let needed = needed_by(question.flow, question.goals, usize::MAX);
            let needed: BTreeSet<NodeIndex> =
                needed.into_iter().chain(question.goals.iter().copied()).collect();
            let known = question.known.iter().copied().filter(|node| needed.contains(node));
            let mut answer = StudyPlan {
                goals: question.goals.to_vec(),
                known: in_learning_order(atlas, known),
                ..StudyPlan::default()
            };
            let (mut notes, mut complete) = (Vec::new(), true);
            match plan(question) {
                Outcome::Plan(made) => {
                    complete = made.least == made.cost;
                    answer.made = made;
                    if let Some(measured) = &self.measured {
                        let nodes = answer.nodes().into_iter();
                        let of = nodes.filter_map(|node| Some((node, (question.cost)(node)?)));
                        answer.spent =
                            Some(Spent { field: measured.field.name.clone(), of: of.collect() });
                    }
                    notes = told(atlas, &answer, question, named);
                }
                Outcome::Blocked(why) => {
                    notes.extend(blocked(atlas, question, &why).into_iter().map(Into::into));
                }
                // Binding has refused such a question, unless a graph changed since.
                Outcome::Unpriced(nodes) => {
                    notes.push(format!("{} nodes have no such number", nodes.len()).into());
                    complete = false;
                }
            }
            Answer { notes, complete, ..Answer::new(atlas, Body::Plan(Box::new(answer))) }
        })
    }
}
