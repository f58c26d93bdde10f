//! What is said in the words of a language, this one or another: stages without `then`, sets without
//! `except`. No free question begins as a query does and goes on like that.

use super::{Phrasing, row};

pub(super) const ROWS: &[Phrasing] = &[
    row("select count T? from K", &["K then count"], "select count(*) from tools"),
    row(
        "select * from Q where T limit N",
        &["Q then where T then limit N"],
        "select * from tools where sources > 2 limit 3",
    ),
    row("select * from Q limit N", &["Q then limit N"], "select * from tools limit 5"),
    row(
        "select F from Q limit N",
        &["Q then limit N then select F"],
        "select id, name from tools limit 5",
    ),
    row("select * from Q where T", &["Q then where T"], "select * from tools where sources > 2"),
    row("select * from Q", &["Q"], "select * from tools"),
    row(
        "select F from Q where T",
        &["Q then where T then select F"],
        "select name from tools where sources > 2",
    ),
    row(
        "select F from Q order by T",
        &["Q then sort by T then select F"],
        "select name from tools order by sources desc",
    ),
    row("select F from Q", &["Q then select F"], "select id, name from tools"),
    row(
        "Q then? sort|order|sorted|ordered by T then? limit|top|first|head|take N",
        &["Q then sort by T then limit N"],
        "tools order by sources desc limit 3",
    ),
    row("Q then? sort|order|sorted|ordered by? T", &["Q then sort by T"], "tools order by name"),
    row("Q then? group|grouped by? F", &["Q then group by F"], "tools group by layer"),
    row("Q then? select *", &["Q"], "tools then select *"),
    row("Q then? select|fields|columns|project F", &["Q then select F"], "tools fields name, id"),
    row("Q then? distinct|unique", &["Q"], "tools of mlops then distinct"),
    row("Q then? limit|head|take N", &["Q then limit N"], "tools limit 5"),
    row("Q then? offset|skip N", &["Q then offset N"], "tools skip 5"),
    row(
        "K of|for A without|minus|excluding|except|but|not not? K? of|for B",
        &["K of A except K of B"],
        "tools of mlops without tools of devops",
    ),
    row(
        "top|best|first N K by unlocks|importance",
        &["rank K by unlocks then limit N"],
        "top 10 skills by unlocks",
    ),
    row(
        "K with|by|having the? highest|largest|biggest|most F",
        &["K then sort by F desc"],
        "roles with highest salary",
    ),
    row("V A only? required|mandatory only?", &["V A required only"], "prereqs llmops required"),
];
