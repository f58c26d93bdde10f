//! Every rule of the search on small problems, against trying all sets of items.

use super::branch_and_bound::{Aim, Fit, search};
use super::budget::Budget;
use super::decompose::decompose;
use super::dual_ascent::lower_bound;
use super::parts::{SolvedPart, places, solve};
use super::problem::{Problem, Weight};
use super::propagate::{Assignment, Conflict, Status};
use super::tie_break::{PlanCandidate, first_list};
use crate::analysis::and_or::instance::Instance;
use crate::analysis::and_or::tests::{closure, instance, subsets};
use crate::dice::Dice;
use crate::graph::NodeIndex;
use crate::stop::NEVER;

const HUGE: Weight = Weight::MAX >> 1;

/// A problem all of whose items can be derived, with one goal or two.
fn problem(dice: &mut Dice) -> Problem {
    let instance = loop {
        let instance = instance(dice);
        if instance.derive(|_| true).order.len() == instance.len() {
            break instance;
        }
    };
    let count = instance.len() as u32;
    let weight = (0..count).map(|_| Weight::from(1 + dice.roll(4_u32))).collect();
    let goals = (0..=dice.roll(2)).map(|_| dice.roll(count)).collect();
    let mut pairs = Vec::new();
    for (clause, owner) in instance.owner.iter().enumerate() {
        for option in instance.options.row(clause) {
            if dice.roll(3) == 0 {
                pairs.push((*owner, *option, 1 + dice.roll(2)));
            }
        }
    }
    Problem { instance, weight, goals, pairs }
}

/// All plans: sets that can be derived by themselves and contain the goals.
fn plans(problem: &Problem) -> Vec<Vec<u32>> {
    let all = subsets(problem.instance.len());
    let with_goals = all.filter(|set| problem.goals.iter().all(|goal| set.contains(goal)));
    with_goals.filter(|set| closure(&problem.instance, set) == *set).collect()
}

/// The plans of these that weigh least, and of those the best sourced ones.
fn best(problem: &Problem, mut plans: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let least = plans.iter().map(|plan| problem.weight_of(plan)).min();
    plans.retain(|plan| Some(problem.weight_of(plan)) == least);
    let most = plans.iter().map(|plan| problem.sources_of(plan)).max();
    plans.retain(|plan| Some(problem.sources_of(plan)) == most);
    plans
}

fn least(problem: &Problem, plans: &[Vec<u32>]) -> Option<Weight> {
    plans.iter().map(|plan| problem.weight_of(plan)).min()
}

fn plenty() -> Budget<'static> {
    Budget::new(100_000, &NEVER)
}

/// Some random decisions, and the plans that agree with them.
fn decisions(dice: &mut Dice, problem: &Problem) -> (Vec<(u32, Status)>, Vec<Vec<u32>>) {
    let count = problem.instance.len() as u32;
    let one = |dice: &mut Dice| {
        (dice.roll(count), if dice.roll(2) == 0 { Status::In } else { Status::Out })
    };
    let made: Vec<(u32, Status)> = (0..dice.roll(3)).map(|_| one(dice)).collect();
    let agrees = |plan: &Vec<u32>| {
        made.iter().all(|(item, status)| plan.contains(item) == (*status == Status::In))
    };
    let agreeing = plans(problem).into_iter().filter(agrees).collect();
    (made, agreeing)
}

#[test]
fn what_propagation_decides_holds_in_every_plan_that_agrees() {
    let mut dice = Dice(11);
    let (mut conflicts, mut forced) = (0, 0);
    for _ in 0..500 {
        let problem = problem(&mut dice);
        let (made, agreeing) = decisions(&mut dice, &problem);
        let mut assignment = Assignment::of_goals(&problem).expect("goals can be derived");
        if assignment.decide(made).is_err() {
            assert!(agreeing.is_empty(), "{agreeing:?}");
            conflicts += 1;
            continue;
        }
        for plan in &agreeing {
            assert!(assignment.items(Status::In).all(|item| plan.contains(&item)));
            assert!(assignment.items(Status::Out).all(|item| !plan.contains(&item)));
        }
        let inside: Vec<u32> = assignment.items(Status::In).collect();
        assert_eq!(assignment.weight, problem.weight_of(&inside));
        forced += inside.len();
    }
    assert!(conflicts > 30 && forced > 500, "{conflicts} {forced}");
}

#[test]
fn propagation_knows_its_three_rules() {
    use Status::{In, Open, Out};
    // 0 asks for 1 or 2; 1 asks for 3; 4 and 5 can found each other, 4 also by 1.
    let clauses = [(0, vec![1, 2]), (1, vec![3]), (4, vec![5, 1]), (5, vec![4])];
    let problem = Problem {
        instance: Instance::new(6, clauses),
        weight: vec![1; 6],
        goals: vec![0],
        pairs: Vec::new(),
    };
    let decide = |made: &[(u32, Status)]| {
        let mut assignment = Assignment::of_goals(&problem).expect("no conflict");
        assignment.decide(made.iter().copied()).map(|()| assignment.status)
    };
    assert_eq!(decide(&[]), Ok(vec![In, Open, Open, Open, Open, Open]));
    // The last option is in, with what it needs.
    assert_eq!(decide(&[(2, Out)]), Ok(vec![In, In, Out, In, Open, Open]));
    // What has lost its options is out; and with 1 nothing founds 4 and 5 any more.
    assert_eq!(decide(&[(3, Out)]), Ok(vec![In, Out, In, Out, Out, Out]));
    assert_eq!(decide(&[(3, Out), (2, Out)]), Err(Conflict));
    assert_eq!(decide(&[(1, Out), (5, In)]), Err(Conflict));
}

#[test]
fn rolling_back_leaves_no_trace() {
    let mut dice = Dice(12);
    for _ in 0..300 {
        let problem = problem(&mut dice);
        let mut assignment = Assignment::of_goals(&problem).expect("goals can be derived");
        let before = assignment.clone();
        let savepoint = assignment.savepoint();
        for _ in 0..2 {
            let (made, _) = decisions(&mut dice, &problem);
            // A conflict leaves decisions behind, too.
            let _ = assignment.decide(made);
        }
        assignment.roll_back(savepoint);
        let state =
            |a: &Assignment<'_>| (a.status.clone(), a.left.clone(), a.held.clone(), a.weight);
        assert_eq!(state(&assignment), state(&before));
    }
}

#[test]
fn the_bound_is_no_more_than_the_least_plan_weighs() {
    let mut dice = Dice(13);
    let (mut tight, mut all) = (0, 0);
    for _ in 0..500 {
        let problem = problem(&mut dice);
        let (made, agreeing) = decisions(&mut dice, &problem);
        let mut assignment = Assignment::of_goals(&problem).expect("goals can be derived");
        let Some(least) = least(&problem, &agreeing) else { continue };
        assert!(assignment.decide(made).is_ok());
        let bound = lower_bound(&assignment, HUGE, &mut plenty());
        assert!(bound.weight <= least, "{} > {least}", bound.weight);
        assert!(agreeing.contains(&bound.plan), "{:?} is none of {agreeing:?}", bound.plan);
        // Reduced costs: a plan with an open item weighs at least the bound and its rest.
        for plan in &agreeing {
            for item in plan.iter().filter(|item| assignment.is(**item, Status::Open)) {
                assert!(bound.weight + bound.rest[*item as usize] <= problem.weight_of(plan));
            }
        }
        tight += usize::from(bound.weight == least);
        all += 1;
    }
    assert!(all > 200 && tight * 10 > all * 8, "{tight} of {all}");
}

#[test]
fn a_bound_stops_when_it_is_enough_and_has_a_plan_when_the_budget_is_not() {
    // Two goals that weigh 3 and 4 need 5 and 6 more.
    let instance = Instance::new(4, [(0, vec![2]), (1, vec![3])]);
    let problem = Problem { instance, weight: vec![3, 4, 5, 6], goals: vec![0, 1], pairs: vec![] };
    let mut assignment = Assignment::new(&problem);
    // Not decided to the end, so that there is something left to raise.
    for goal in [0, 1] {
        assignment.status[goal] = Status::In;
    }
    let enough = lower_bound(&assignment, 4, &mut plenty());
    assert_eq!((enough.weight, enough.plan), (5, vec![]));
    let spent = lower_bound(&assignment, HUGE, &mut Budget::new(0, &NEVER));
    assert_eq!((spent.weight, spent.plan), (5, vec![0, 1, 2, 3]));
    assert_eq!(lower_bound(&assignment, HUGE, &mut plenty()).weight, 11);
}

#[test]
fn parts_add_up_to_the_whole() {
    let mut dice = Dice(14);
    let (mut several, mut decided_within) = (0, 0);
    for _ in 0..500 {
        let problem = problem(&mut dice);
        let forced = Assignment::of_goals(&problem).expect("goals can be derived");
        let parts = decompose(&forced);
        let inside = |item: u32| forced.is(item, Status::In);
        let mut together: Weight = 0;
        let mut taken: Vec<u32> = forced.items(Status::In).collect();
        for part in &parts {
            decided_within += part.items[1..].iter().filter(|item| inside(**item)).count();
            let own = plans(&part.problem);
            let best = &best(&part.problem, own)[0];
            let fresh = best.iter().filter(|item| **item != 0);
            let fresh = fresh.map(|item| part.items[*item as usize]).filter(|item| !inside(*item));
            taken.extend(fresh);
        }
        taken.sort_unstable();
        together += problem.weight_of(&taken);
        let all = plans(&problem);
        assert_eq!(Some(together), least(&problem, &all));
        assert!(best(&problem, all).contains(&taken), "{taken:?}");
        several += usize::from(parts.len() > 1);
    }
    assert!(several > 20 && decided_within > 20, "{several} {decided_within}");
}

#[test]
fn the_search_finds_the_lightest_and_the_best_sourced() {
    let mut dice = Dice(15);
    for _ in 0..500 {
        let problem = problem(&mut dice);
        let all = plans(&problem);
        let optimum = least(&problem, &all).expect("a plan");
        let mut assignment = Assignment::of_goals(&problem).expect("goals can be derived");
        let before = assignment.status.clone();
        let fit = Fit { weight: HUGE, sources: 0 };
        let found = search(&mut assignment, Aim::Lightest, fit, &mut plenty());
        let plan = found.plan.expect("a plan");
        assert_eq!(problem.weight_of(&plan), optimum);
        assert!(found.finished && found.least == optimum && all.contains(&plan));
        assert_eq!(assignment.status, before);
        let fit = Fit { weight: optimum, sources: problem.sources_of(&plan) + 1 };
        let better = search(&mut assignment, Aim::BestSourced, fit, &mut plenty());
        let plan = better.plan.unwrap_or(plan);
        assert!(best(&problem, all).contains(&plan));
        let lighter = Fit { weight: optimum - 1, sources: 0 };
        assert!(search(&mut assignment, Aim::Any, lighter, &mut plenty()).plan.is_none());
    }
}

#[test]
fn a_search_cut_short_tells_how_much_is_proved() {
    let mut dice = Dice(16);
    let mut open = 0;
    for _ in 0..500 {
        let problem = problem(&mut dice);
        let optimum = least(&problem, &plans(&problem)).expect("a plan");
        for nodes in 0..3 {
            let forced = Assignment::of_goals(&problem).expect("goals can be derived");
            let parts = decompose(&forced);
            let (solved, _) = solve(&parts, &mut Budget::new(nodes, &NEVER));
            for (part, solved) in parts.iter().zip(&solved) {
                let optimum = least(&part.problem, &plans(&part.problem)).expect("a plan");
                assert!(solved.least <= optimum && optimum <= solved.weight());
                open += usize::from(!solved.is_optimal());
            }
            assert!(forced.weight <= optimum);
        }
    }
    assert!(open > 0);
}

#[test]
fn the_price_of_an_item_is_the_lightest_plan_with_it() {
    let mut dice = Dice(17);
    let mut priced = 0;
    for _ in 0..300 {
        let problem = problem(&mut dice);
        let forced = Assignment::of_goals(&problem).expect("goals can be derived");
        let parts = decompose(&forced);
        let (solved, _) = solve(&parts, &mut plenty());
        for (part, solved) in parts.iter().zip(&solved) {
            for item in part.problem.instance.items() {
                let all = plans(&part.problem).into_iter().filter(|plan| plan.contains(&item));
                let expected = least(&part.problem, &all.collect::<Vec<_>>());
                let best = solved.with(item, &mut plenty());
                let weight = best.plan.map(|plan| part.problem.weight_of(&plan));
                assert_eq!((weight, best.finished), (expected, true));
                assert!(expected.is_none_or(|expected| best.least == expected));
                priced += 1;
            }
        }
    }
    assert!(priced > 300, "{priced}");
}

#[test]
fn ties_go_to_the_list_that_comes_first() {
    let mut dice = Dice(18);
    let mut tied = 0;
    for _ in 0..1_000 {
        let mut problem = problem(&mut dice);
        problem.weight.fill(1);
        problem.pairs.retain(|(a, b, _)| a + b == 5);
        let forced = Assignment::of_goals(&problem).expect("goals can be derived");
        let parts = decompose(&forced);
        let (mut solved, finished) = solve(&parts, &mut plenty());
        assert!(finished && solved.iter().all(SolvedPart::is_optimal));
        // Learning order is by item; ids run otherwise.
        let id = |item: u32| NodeIndex::new((item * 3 % 7) as usize);
        let at = places(&solved);
        let items = problem.instance.items().filter(|item| !forced.is(*item, Status::Out));
        let candidates =
            items.map(|item| PlanCandidate { node: id(item), at: at.get(&item).copied() });
        let candidates: Vec<PlanCandidate> = candidates.collect();
        assert!(first_list(&candidates, &mut solved, &mut plenty()));
        let mut plan: Vec<u32> = forced.items(Status::In).collect();
        plan.extend(solved.iter().flat_map(SolvedPart::taken));
        plan.sort_unstable();
        plan.dedup();
        let all = best(&problem, plans(&problem));
        let first = all.iter().min_by_key(|plan| plan.iter().map(|i| id(*i)).collect::<Vec<_>>());
        assert_eq!(Some(&plan), first, "{all:?}");
        tied += usize::from(all.len() > 1);
    }
    assert!(tied > 40, "{tied}");
}

#[test]
fn a_plan_is_pruned_of_what_it_can_do_without() {
    // 0 asks for 1 or 2, of which the dearer one goes.
    let instance = Instance::new(3, [(0, vec![1, 2])]);
    let problem = Problem { instance, weight: vec![1, 2, 3], goals: vec![0], pairs: vec![] };
    assert_eq!(problem.pruned(vec![0, 1, 2]), [0, 1]);
    assert_eq!(problem.pruned(vec![0, 2]), [0, 2]);
}

#[test]
fn work_counts_against_the_search_nodes() {
    let mut budget = Budget::new(3, &NEVER);
    budget.spend(150_000);
    assert_eq!(budget.left(), 2);
    budget.spend(50_000);
    budget.visit();
    assert!(budget.is_spent());
    budget.grant_one();
    assert_eq!(budget.left(), 1);
}
