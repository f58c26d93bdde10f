//! What is suggested is answered: every suggestion of every error is typed as it is told.

mod support;

use opsatlas::diagnostic::{Diagnostic, Text};
use opsatlas::graph::Atlas;
use opsatlas::query::{Limits, Session, Statement, VERBS, statements};
use std::collections::BTreeSet;
use support::documents::{documents, fences};
use support::{err, root, run};

/// What stands in back quotes.
fn quoted(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

/// Does a text begin as a question with an operand does?
fn asks(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    text.contains(' ') && VERBS.iter().any(|verb| verb.name == word)
}

/// Is there a word in it that stands for another?
fn has_placeholder(text: &str) -> bool {
    let shouted = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    text.contains('…') || text.contains('[') || text.split_whitespace().any(shouted)
}

/// Types each suggestion of a problem; how many there were.
fn typed_back(session: &Session, asked: &str, problem: &Diagnostic) -> usize {
    let answered = |query: &str| -> Result<(), String> {
        if query.starts_with('.') {
            // A command of the program, no query.
            let output = run(&[query]);
            assert!(output.status.success(), "{asked}\n  suggests `{query}`: {}", err(&output));
            return Ok(());
        }
        let statement = Statement::whole(&Text::new("query", query));
        let answer = session.clone().answer(&statement, &Limits::default());
        answer.map(drop).map_err(|further| format!("{asked}\n  suggests `{query}`: {further}"))
    };
    for query in problem.suggestions() {
        answered(query).unwrap_or_else(|told| panic!("{told}"));
        assert_ne!(query, asked, "it suggests itself");
        assert!(problem.help[0].contains(&format!("`{query}`")), "{asked}: {:?}", problem.help);
    }
    for help in &problem.help {
        // Forms to be filled in stand without quotes: what stands in quotes can be copied.
        for query in quoted(help)
            .into_iter()
            .filter(|text| asks(text) && !["why not", "rank S by"].contains(text))
        {
            answered(query).unwrap_or_else(|told| panic!("{told}"));
        }
        // What one may type instead is suggested, or a single word.
        if problem.suggestions().is_empty() && help.starts_with("did you mean") {
            assert!(quoted(help).iter().all(|text| !text.contains(' ')), "{asked}: {help}");
        }
    }
    problem.suggestions().len()
}

#[test]
fn every_suggestion_in_the_documents_is_answered() {
    let atlas = Atlas::built_in();
    let (mut errors, mut suggestions) = (0, 0);
    for (file, document) in documents() {
        for fence in fences(&document, "query").0 {
            let mut session = Session::new(&atlas);
            let text = Text::new(file.as_str(), fence.trim_end());
            for statement in statements(&text) {
                if let Err(problem) = session.answer(&statement, &Limits::default()) {
                    errors += 1;
                    suggestions += typed_back(&session, statement.as_typed(), &problem);
                }
            }
        }
    }
    assert!(errors > 60, "only {errors} errors were raised: is the scanner blind?");
    assert!(suggestions > 30, "only {suggestions} suggestions in {errors} errors");
}

#[test]
fn queries_in_the_prose_of_documents_are_answered() {
    let atlas = Atlas::built_in();
    let mut asked = 0;
    for (file, document) in documents() {
        // They ask graphs of other nodes: one to be written, and those of the benchmarks.
        if file.ends_with("knowledge.md") || file.ends_with("performance.md") {
            continue;
        }
        let prose = fences(&document, "").1;
        for text in prose
            .lines()
            .flat_map(quoted)
            .filter(|text| asks(text) && !["why not", "rank S by"].contains(text))
        {
            // `A`, `B` and the like stand for any name.
            let words = text.split(' ').map(|word| {
                let letter = word.trim_matches(|c: char| !c.is_ascii_alphabetic());
                let name = match letter {
                    "A" | "X" | "N" | "M" => "docker",
                    "B" | "S" | "Y" => "llmops",
                    "C" => "mlops",
                    _ => return word.to_owned(),
                };
                word.replace(letter, name)
            });
            let query = words.collect::<Vec<String>>().join(" ");
            if has_placeholder(&query)
                || query.contains(['(', '{', '@', '|', '>'])
                || query.contains(" -")
            {
                continue;
            }
            asked += 1;
            atlas.query(&query).unwrap_or_else(|problem| panic!("{file}: `{text}`: {problem}"));
        }
    }
    assert!(asked > 20, "only {asked} queries were found");
}

#[test]
fn loose_questions_are_answered_or_suggest_what_is() {
    let atlas = Atlas::built_in();
    let questions =
        std::fs::read_to_string(root().join("tests/regressions/phrases.txt")).expect("the file");
    // Those that ask nothing of a graph.
    let others = ["quit"];
    let mut meant = BTreeSet::new();
    for question in questions.lines() {
        let Err(problem) = atlas.query(question) else { continue };
        typed_back(&Session::new(&atlas), question, &problem);
        let one = problem.suggestions().len() == 1 || others.contains(&question);
        assert!(one, "{question}: {:?}", problem.help);
        meant.extend(problem.suggestions().to_vec());
    }
    for query in [
        "plan llmops",
        "why docker in (prereqs llmops)",
        "tools of mlops except tools of devops",
        "tools then count",
        "rank tools by unlocks",
    ] {
        assert!(meant.contains(query), "no question is told as `{query}`: {meant:?}");
    }
}

#[test]
fn free_questions_are_told_as_what_they_mean() {
    let atlas = Atlas::built_in();
    let file = |name: &str| {
        std::fs::read_to_string(root().join("tests/regressions").join(name)).expect("the file")
    };
    // Two people are known by name.
    let mut session = Session::new(&atlas);
    ["ann", "bo"].into_iter().for_each(|name| session.define(name, Vec::new()));
    let mut faults = Vec::new();
    for line in file("questions.txt").lines() {
        let (question, meant) = line.split_once(" => ").expect("a question and what it means");
        let told = session.ask(question).err().map(|problem| problem.suggestions().to_vec());
        if told.as_deref() != Some(&[meant.to_owned()]) {
            faults.push(format!("{question}: {told:?} for {meant}"));
        }
    }
    // What asks for something else than the graph can say is not told as a question to it.
    for question in file("no-questions.txt").lines() {
        let problem = atlas.query(question).expect_err(question);
        if !problem.suggestions().is_empty() {
            faults.push(format!("{question}: {:?} for nothing", problem.suggestions()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_misled_once_is_told_right() {
    let atlas = Atlas::built_in();
    for (asked, right) in [
        ("tools of mlops minus tools of devops", "tools of mlops except tools of devops"),
        ("tools of mlops not in devops", "tools of mlops except tools of devops"),
        ("most important tools", "rank tools by unlocks"),
        ("how many tools are there", "tools then count"),
        ("plan llmops skip python", "plan llmops avoid python"),
        ("tols of mlps", "tools of mlops"),
        ("how do I lern kuberntes", "plan kubernetes"),
        ("why do i need dokcer for llmops?", "why docker in (prereqs llmops)"),
        ("(tools limit 5) + docker", "(tools then limit 5) + docker"),
        ("tools then where sources => 2", "tools then where sources >= 2"),
        ("salary sre", "sre then select name, salary"),
        ("shortest path from linux to llmops", "path linux -> llmops shortest"),
        ("tools order by sources desc limit 3", "tools then sort by sources desc then limit 3"),
        ("roles without salary", "roles then where salary is null"),
        ("roles without sre", "roles except sre"),
        ("give me the skills of sre", "skills of sre"),
        ("difference mlops llmops", "compare mlops, llmops"),
        ("help", ".help"),
        ("tools group by kind", "tools then group by kind"),
        ("tools of mlops then group kind", "tools of mlops then group by kind"),
        ("tools of mlops then select *", "tools of mlops"),
        ("tools of mlops without tools of devops", "tools of mlops except tools of devops"),
        ("prereqs llmops only required", "prereqs llmops required only"),
    ] {
        let problem = atlas.query(asked).expect_err(asked);
        assert_eq!(problem.suggestions(), [right], "{asked}: {:?}", problem.help);
    }
    // No suggestion is better than one that answers something else.
    for asked in
        ["path devops -", "prereqs (kinds)", "plan functions minimize hours", "xyzzy plugh"]
    {
        let problem = atlas.query(asked).expect_err(asked);
        assert!(problem.suggestions().is_empty(), "{asked}: {:?}", problem.suggestions());
    }
}

#[test]
fn what_a_closed_schema_wants_declared_can_be_copied() {
    let built_in = opsatlas::data::save(&Atlas::built_in());
    let strange = r#"{"atlas": 1, "nodes": [
        {"id": "x1", "kind": "gizmo", "properties": {"weight": 3, "colour": "red"}},
        {"id": "x2", "kind": "gadget"}, {"id": "x3", "kind": "tol"}],
        "edges": [{"from": "x1", "kind": "devours", "to": "docker", "properties": {"depth": 2}}]}"#;
    let load = |files: &[(&str, &str)]| Atlas::from_texts(files.iter().copied());
    let problems = load(&[("ops.json", &built_in), ("mine.json", strange)]).expect_err("strangers");
    assert_eq!(problems.len(), 7);
    let told = problems.iter().flat_map(|problem| &problem.help).map(|note| &**note);
    let told: Vec<&str> = told.collect();
    let files: Vec<&str> =
        told.iter().filter_map(|help| Some(&help[help.find("{\"atlas\"")?..])).collect();
    let [file] = files.as_slice() else { panic!("one file for all: {told:?}") };
    assert!(told.contains(&"did you mean `tool`?"), "{told:?}");
    let mended = strange.replace("tol\"", "tool\"");
    load(&[("ops.json", &built_in), ("mine.json", &mended), ("schema.json", file)])
        .expect("a graph");
    load(&[("ops.json", &built_in), ("schema.json", file), ("mine.json", &mended)])
        .expect("a graph");
}
