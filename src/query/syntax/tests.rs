//! The language's text, compared with naive twins: the lexer with the grammar's token rules, the
//! table of precedence with brackets set by hand, what is printed with what was read.

use super::grammar::{Grammar, Rule};
use super::lexer::{LexemeKind, Lexer};
use super::{Condition, Expression, Query, Statement, Token, parse};
use crate::diagnostic::Text;
use pest::Parser;
use pest::iterators::Pair;
use proptest::prelude::*;
use proptest::sample::select;
use std::ops::Range;

const TOKENS: [(LexemeKind, Rule); 6] = [
    (LexemeKind::Word, Rule::word),
    (LexemeKind::Quoted, Rule::quoted),
    (LexemeKind::Field, Rule::field),
    (LexemeKind::Variable, Rule::variable),
    (LexemeKind::Arrow, Rule::arrow),
    (LexemeKind::Comma, Rule::comma),
];

/// The token that the grammar finds at the start of a text, and how long it is.
fn token(text: &str) -> Option<(LexemeKind, usize)> {
    TOKENS.iter().find_map(|(kind, rule)| {
        let pairs = Grammar::parse(*rule, text).ok()?;
        Some((*kind, pairs.as_str().len()))
    })
}

fn is_token(kind: LexemeKind) -> bool {
    TOKENS.iter().any(|(own, _)| *own == kind)
}

/// Each lexeme is what the grammar finds at its place, and only blanks are left out.
fn agrees(text: &str) {
    let mut end = 0;
    for lexeme in Lexer::of_typed(text) {
        let (start, rest) = (lexeme.span.start, &text[lexeme.span.start..]);
        assert!(text[end..start].chars().all(|c| c.is_whitespace() && c != '\n'), "{text:?}");
        let own = is_token(lexeme.kind).then_some((lexeme.kind, lexeme.span.len()));
        assert_eq!(own, token(rest), "{text:?} at {start}");
        let comment = Grammar::parse(Rule::COMMENT, rest).is_ok();
        assert_eq!(comment, lexeme.kind == LexemeKind::Comment, "{text:?} at {start}");
        end = lexeme.span.end;
    }
    assert!(text[end..].trim().is_empty(), "{text:?}");
}

/// Where the tokens of a statement stand, as the grammar tells; none if it is no statement.
fn parsed_tokens(text: &str) -> Option<Vec<Range<usize>>> {
    let pairs = Grammar::parse(Rule::statement, text).ok()?;
    let is_leaf = |pair: &Pair<'_, Rule>| {
        let rule = pair.as_rule();
        TOKENS.iter().any(|(_, own)| *own == rule) || format!("{rule:?}").ends_with("_word")
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for pair in pairs.flatten().filter(is_leaf) {
        let span = pair.as_span().start()..pair.as_span().end();
        // The word of `@word` is no token of its own.
        if found.last().is_none_or(|last| last.end <= span.start) {
            found.push(span);
        }
    }
    Some(found)
}

fn lexed_tokens(text: &str) -> Vec<Range<usize>> {
    let tokens = Lexer::of_typed(text).filter(|lexeme| is_token(lexeme.kind));
    tokens.map(|lexeme| lexeme.span).collect()
}

/// Pieces of statements, such as break a lexer that is not careful.
const PIECES: [&str; 38] = [
    "devops",
    "to",
    "->",
    "-",
    ",",
    "\"a b\"",
    "\"\\\"\"",
    "'c d'",
    "''",
    "`f g`",
    "?h",
    "?`i`",
    "@mine",
    "(a)",
    "(",
    ")",
    "{",
    "}",
    ";",
    "/* ( \n */",
    "// '\n",
    "/*/ */",
    "then",
    "+",
    "|",
    "&",
    "union",
    "é-x",
    "a.b/c",
    "知识",
    "1\u{fe0f}\u{20e3}",
    "👩\u{200d}💻",
    "\u{202e}",
    "\n",
    "\t",
    "#",
    "\"",
    "*\u{20e3}",
];

fn texts(most: usize) -> impl Strategy<Value = String> {
    let piece = (select(&PIECES[..]), select(&["", " "][..]));
    let pieces = proptest::collection::vec(piece, 0..most);
    pieces.prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_lexer_cuts_as_the_token_rules_do(text in texts(12), any in "\\PC{0,12}") {
        agrees(&text);
        agrees(&any);
    }

    #[test]
    fn the_parser_sees_the_lexemes(text in texts(7)) {
        if let Some(parsed) = parsed_tokens(&text) {
            prop_assert_eq!(lexed_tokens(&text), parsed);
        }
    }

    #[test]
    fn plain_statements_are_what_the_grammar_makes_of_them(text in texts(7)) {
        // An empty change of graph hides a statement from the lane of the plain.
        let read = |text: &str| parse(&Statement::whole(&Text::new("", text)));
        let by_grammar = read(&format!("with {{}} {text}"));
        // Behind one, no stages alone can stand.
        let whole = |query: &Query| query.name.is_none() && !query.to_string().starts_with("@last");
        if let (Ok(one), Ok(other)) = (read(&text), by_grammar) && whole(&one) {
            prop_assert_eq!(one.to_string(), other.to_string());
        }
    }

    #[test]
    fn precedence_is_as_with_all_brackets((plain, whole) in conditions()) {
        prop_assert_eq!(condition(&plain).to_string(), condition(&whole).to_string(), "{}", plain);
    }

    #[test]
    fn what_is_printed_is_read_again((plain, _) in conditions(), text in texts(7)) {
        let once = condition(&plain).to_string();
        prop_assert_eq!(condition(&once).to_string(), once);
        if let Ok(query) = parse(&Statement::whole(&Text::new("", text))) {
            let once = query.to_string();
            let again = parse(&Statement::whole(&Text::new("", once.as_str())));
            prop_assert_eq!(again.map(|query| query.to_string()), Ok(once));
        }
    }
}

#[test]
fn every_character_is_cut_as_the_grammar_cuts_it() {
    for character in ('\0'..=char::MAX).step_by(211).chain('\0'..'\u{500}') {
        for text in [format!("{character}"), format!("a{character}"), format!("a-{character}")] {
            agrees(&text);
        }
    }
}

#[test]
fn statements_with_comments_and_quotes_are_parsed_as_they_are_cut() {
    for text in ["a/* ( */->\"b -> c\",// '\n'd' then count", "with { -a b; +c to d } (e & `f`)"] {
        let parsed = parsed_tokens(text).expect("a statement");
        assert_eq!(lexed_tokens(text), parsed, "{text}");
        assert!(parsed.len() > 5);
    }
}

/// A condition without brackets, and the same with a pair around all that is joined.
type Twins = (String, String);

/// Parts joined from the left.
fn joined(
    part: impl Strategy<Value = Twins> + Clone,
    signs: &'static [&'static str],
) -> impl Strategy<Value = Twins> + Clone {
    let rest = proptest::collection::vec((select(signs), part.clone()), 0..3);
    (part, rest).prop_map(|(first, rest)| {
        rest.into_iter().fold(first, |(plain, whole), (sign, (next, next_whole))| {
            (format!("{plain} {sign} {next}"), format!("({whole} {sign} {next_whole})"))
        })
    })
}

const ENDS: [&str; 4] = ["is null", "is not null", "in (1, a + 2)", "not in (1)"];
const SIGNS: [&str; 7] = ["=", "<>", "<", ">=", "contains", "not contains", "starts with"];

/// Loosest last: what binds tighter is built first.
fn conditions() -> impl Strategy<Value = Twins> {
    let value = (select(&["", "", "-"][..]), select(&["a", "?b", "3", "'t'", "null"][..]));
    let value = value.prop_map(|(minus, value)| match minus {
        "" => (value.to_owned(), value.to_owned()),
        _ => (format!("-{value}"), format!("(-{value})")),
    });
    let sum = joined(joined(value, &["*", "/", "%"]), &["+", "-"]);
    let compared =
        (sum.clone(), select(&SIGNS[..]), sum.clone()).prop_map(|((a, b), sign, (c, d))| {
            (format!("{a} {sign} {c}"), format!("({b} {sign} {d})"))
        });
    let ended = (sum.clone(), select(&ENDS[..]))
        .prop_map(|((a, b), end)| (format!("{a} {end}"), format!("({b} {end})")));
    let test = (select(&["", "", "not ", "not not "][..]), prop_oneof![sum, compared, ended]);
    let test = test.prop_map(|(not, (plain, whole))| match not {
        "not not " => (format!("{not}{plain}"), format!("(not (not {whole}))")),
        _ => (format!("{not}{plain}"), format!("({not}{whole})")),
    });
    joined(joined(test, &["and"]), &["or"])
}

fn condition(text: &str) -> Condition {
    let text = Text::new("", format!("nodes then where {text}"));
    let query = parse(&Statement::whole(&text)).expect("a query");
    match query.stages[0].items.last().map(|item| item.token.clone()) {
        Some(Token::Condition(condition)) => *condition,
        other => panic!("{other:?} is no condition"),
    }
}

#[test]
fn chains_are_as_flat_as_they_are_written() {
    let told = |text: &str| condition(text).to_string();
    assert_eq!(told("a or b and not c = 1"), "`a` or `b` and not `c` = 1");
    assert!(
        matches!(condition("a or b or c").expression, Expression::Any(list) if list.len() == 3)
    );
    let Expression::Chain(_, rest) = condition("1 + 2 * 3 - 4").expression else {
        panic!("no chain");
    };
    assert_eq!(rest.len(), 2);
    assert_eq!(told("1 - (2 - 3)"), "1 - (2 - 3)");
    assert_eq!(told("(a or b) and c"), "(`a` or `b`) and `c`");
    assert_eq!(told("- - 3"), "3");
    // A place begins and ends with what is joined, brackets aside.
    assert_eq!(condition("not (a or b) = c // d").span, 17..33);
    // Comments within an operator are no part of it.
    assert_eq!(told("a not /* b */ contains 'c'"), "not `a` contains \"c\"");
}

#[test]
fn a_long_chain_of_signs_or_joints_is_no_deep_one() {
    for text in
        ["- ".repeat(20_000) + "1", "a + ".repeat(20_000) + "1", "not ".repeat(20_000) + "a"]
    {
        condition(&text);
    }
}
