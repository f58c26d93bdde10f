//! The beginning of an answer, for want of time to tell all of it.

use super::{Answer, Body, Set};

impl Answer {
    /// The first few nodes, paths, steps or rows, and nothing that is not needed to tell these: it is
    /// written soon, whatever the whole is like.
    #[must_use]
    pub fn brief(&self, limit: usize) -> Self {
        let mut body = match &self.body {
            Body::Set(set) => {
                let nodes: Vec<_> = set.nodes.iter().take(limit).copied().collect();
                let recommended = nodes.iter().filter(|node| set.recommended.contains(node));
                let recommended = recommended.copied().collect();
                Body::Set(Set { recommended, over: set.over.clone(), ..Set::of(nodes) })
            }
            body => body.clone(),
        };
        match &mut body {
            Body::Paths(paths) => {
                paths.routes.truncate(limit);
                paths.all_of = None;
            }
            Body::Plan(plan) => {
                plan.made.steps.truncate(limit);
                // What can only be learned together may be all of it.
                plan.made.steps.iter_mut().for_each(|step| step.truncate(limit));
                plan.made.choices.truncate(limit);
                plan.known.clear();
            }
            Body::Table(table) => table.rows.truncate(limit),
            Body::Set(_) | Body::Card(_) | Body::Value(_) => {}
        }
        let mut notes: Vec<String> = self.notes.iter().take(limit).cloned().collect();
        let brief = Self { atlas: self.atlas.clone(), body, notes: Vec::new(), complete: false };
        let (left, whole) = (brief.count(), self.count());
        notes.push(if left < whole {
            format!("{left} of {whole} are told: there was no time to write all")
        } else {
            "there was no time to write all".to_owned()
        });
        Self { notes, ..brief }
    }
}
