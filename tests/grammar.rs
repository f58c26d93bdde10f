//! `docs/grammar.md`: the language at a glance, made from the grammar and the tables
//! (`UPDATE=1` rewrites it).

mod support;

use opsatlas::analysis::MEASURES;
use opsatlas::query::{STAGES, VERBS};
use pest_meta::ast::{Expr, Rule as GrammarRule};
use pest_meta::parser::{self, Rule};
use support::root;

/// Rules that say how text is cut, not what it means.
const LEXICAL: [&str; 12] = [
    "escaped",
    "plain",
    "raw",
    "letter",
    "inside",
    "start",
    "operator",
    "boundary",
    "WHITESPACE",
    "COMMENT",
    "statement",
    "column",
];

fn rules() -> Vec<GrammarRule> {
    let text = std::fs::read_to_string(root().join("grammar/query.pest")).expect("the grammar");
    let pairs = parser::parse(Rule::grammar_rules, &text).expect("a grammar");
    parser::consume_rules(pairs).expect("rules")
}

/// The rule that only stands for one keyword, as that keyword.
fn keyword(rules: &[GrammarRule], name: &str) -> Option<String> {
    let rule = rules.iter().find(|rule| rule.name == name && name.ends_with("_word"))?;
    let mut open = vec![&rule.expr];
    while let Some(expression) = open.pop() {
        match expression {
            Expr::Insens(word) => return Some(word.clone()),
            Expr::Seq(left, right) => open.extend([&**right, &**left]),
            _ => {}
        }
    }
    None
}

/// An expression in the notation of the page; looking ahead is left out.
fn shown(rules: &[GrammarRule], expression: &Expr, inside: bool) -> String {
    let wrap = |text: String| if inside { format!("( {text} )") } else { text };
    let all = |left: &Expr, right: &Expr, sign: &str| {
        let parts = [shown(rules, left, sign == " "), shown(rules, right, sign == " ")];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(sign)
    };
    match expression {
        Expr::Str(text) if text == "`" => "`` ` ``".to_owned(),
        Expr::Str(text) | Expr::Insens(text) => format!("`{text}`"),
        Expr::Range(from, to) => format!("`{from}` to `{to}`"),
        Expr::Ident(name) => {
            keyword(rules, name).map_or_else(|| name.clone(), |word| format!("`{word}`"))
        }
        Expr::Seq(left, right) => {
            let text = all(left, right, " ");
            text.strip_prefix("( ")
                .and_then(|text| text.strip_suffix(" )"))
                .filter(|text| !text.contains("( "))
                .map_or(text.clone(), str::to_owned)
        }
        Expr::Choice(left, right) => wrap(all(left, right, " | ")),
        Expr::Opt(inner) => format!("[ {} ]", shown(rules, inner, false)),
        Expr::Rep(inner) => format!("{{ {} }}", shown(rules, inner, false)),
        Expr::RepOnce(inner) => {
            let inner = shown(rules, inner, true);
            format!("{inner} {{ {inner} }}")
        }
        _ => String::new(),
    }
}

fn page() -> String {
    let rules = rules();
    let mut page = String::from(
        "# The language at a glance\n\nMade from [grammar/query.pest](../grammar/query.pest) and the program's tables by a test.\n\
         `[ ]` may be left out, `{ }` may repeat, `|` parts alternatives. A *word* is letters and digits with\n`- _ . /` inside; blanks and comments can stand anywhere between.\n\n## Shape\n\n| rule | is |\n|---|---|\n",
    );
    for rule in &rules {
        let lexical =
            LEXICAL.contains(&rule.name.as_str()) || keyword(&rules, &rule.name).is_some();
        let text = shown(&rules, &rule.expr, false);
        if !lexical && rule.name != "word" {
            page.push_str(&format!("| {} | {} |\n", rule.name, text.replace('|', "\\|")));
        }
    }
    page.push_str("\n## Verbs\n\n| usage | answers |\n|---|---|\n");
    let row = |usage: &str, summary: &str| {
        format!("| `{}` | {} |\n", usage.replace('|', "\\|"), summary.replace('|', "\\|"))
    };
    for verb in VERBS {
        page.push_str(&row(&verb.usage(), verb.summary));
    }
    page.push_str(&row("KIND of S", "nodes of a kind that the members of S own"));
    page.push_str("\n## Stages\n\n| usage | makes |\n|---|---|\n");
    for stage in STAGES {
        page.push_str(&row(&stage.usage(), stage.summary));
    }
    page.push_str("\n## Measures\n\n| measure | counts |\n|---|---|\n");
    for measure in MEASURES {
        page.push_str(&row(measure.name, measure.summary));
    }
    page
}

#[test]
fn the_page_is_what_grammar_and_tables_say() {
    let file = root().join("docs/grammar.md");
    let now = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &now).expect("written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == now, "docs/grammar.md is out of date: run with UPDATE=1");
    assert!(now.contains("| query |") && now.contains("`prereqs S"), "the page is empty");
}
