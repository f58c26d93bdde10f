//! Questions about time, as people put them, and how they are asked here.

use super::{Phrasing, row};

pub(super) const ROWS: &[Phrasing] = &[
    // In so many weeks, at so many hours.
    row(
        "plan|roadmap|path|curriculum|learn|study|become to|for? become|becoming|be|learn? a|an? A in|within|over N weeks|week",
        &["plan A then schedule in N default 1"],
        "plan llmops in 14 weeks",
    ),
    row(
        "plan|roadmap|path|curriculum|learn|study|become to|for? become|becoming|be|learn? a|an? A in|within|over M months|month",
        &["plan A then schedule in M default 1"],
        "plan to become mlops engineer in 3 months",
    ),
    row(
        "plan|roadmap|path|curriculum|learn|study|become to|for? become|becoming|be|learn? a|an? A at|with|in|for? N hours|hour|h a|per|each|every|/? week|weekly",
        &["plan A then schedule at N default 1"],
        "learn mlops with 6 hours a week",
    ),
    row(
        "Q schedule in|over|within N weeks|week?",
        &["Q then schedule in N default 1"],
        "plan gitops schedule in 14",
    ),
    row(
        "Q schedule at|with N hours|hour|h? a|per|each|every? week?",
        &["Q then schedule at N default 1"],
        "plan gitops schedule at 6 hours per week",
    ),
    // How long.
    row(
        "how long|much|many time|hours|weeks|months? do|does|would|will|is? it|i? take|need? for|to? learn|become|master|study? a|an? A take?",
        &["plan A then sum hours", "plan A"],
        "how long does it take to learn llmops",
    ),
    row(
        "time|hours|duration|effort to|for|of learn? A",
        &["plan A then sum hours", "plan A"],
        "time to learn mlops",
    ),
];
