//! Arguments to a query text: the shell took the quotes away, so a name with blanks gets them
//! back.

use crate::graph::Atlas;
use crate::query::{LexemeKind, Lexer, VERBS};

/// Words that make an argument with blanks a piece of query, besides option words.
const OPERATOR_WORDS: [&str; 6] = ["to", "then", "union", "intersect", "except", "of"];

/// The arguments as one query text.
pub(crate) fn join_arguments(words: &[String], atlas: &Atlas) -> String {
    if let [only] = words {
        return only.clone();
    }
    let parts = words.iter().map(|word| {
        if word.contains(char::is_whitespace) && is_name(word, atlas) {
            serde_json::Value::from(word.as_str()).to_string()
        } else {
            word.clone()
        }
    });
    parts.collect::<Vec<String>>().join(" ")
}

/// With a quote, operator, option word or bracket in it, an argument is a name only if it is one.
fn is_name(argument: &str, atlas: &Atlas) -> bool {
    if !atlas.resolve(argument).is_empty() {
        return true;
    }
    let mut operator = false;
    for lexeme in Lexer::new(argument) {
        let written = &argument[lexeme.span];
        operator |= match lexeme.kind {
            LexemeKind::Quoted | LexemeKind::OpenQuote => return false,
            LexemeKind::Word => is_keyword(written),
            LexemeKind::Sign => "[]|&+-<>=".contains(written),
            LexemeKind::Comma
            | LexemeKind::Semicolon
            | LexemeKind::Arrow
            | LexemeKind::Open
            | LexemeKind::Close => true,
            _ => false,
        };
    }
    !operator
}

fn is_keyword(word: &str) -> bool {
    let is = |keyword: &str| keyword.eq_ignore_ascii_case(word);
    let mut options = VERBS.iter().flat_map(|verb| verb.options);
    OPERATOR_WORDS.into_iter().any(is)
        || options.any(|row| row.words.split(' ').next().is_some_and(is))
}

#[cfg(test)]
mod tests {
    use super::join_arguments;
    use crate::graph::Atlas;

    fn joined(words: &[&str], atlas: &Atlas) -> String {
        join_arguments(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), atlas)
    }

    #[test]
    fn names_with_blanks_get_their_quotes_back() {
        let atlas = Atlas::built_in();
        for (words, query) in [
            (&["show Argo CD"][..], "show Argo CD"),
            (&["show", "Argo CD"], "show \"Argo CD\""),
            (&["show", "argo", "cd"], "show argo cd"),
            (&["show", "no such thing"], "show \"no such thing\""),
            (&["prereqs", "llmops then count"], "prereqs llmops then count"),
            (&["prereqs", "llmops depth 2"], "prereqs llmops depth 2"),
            (&["path", "devops -> llmops"], "path devops -> llmops"),
            (&["tools", "of (prereqs llmops)"], "tools of (prereqs llmops)"),
            (&["show", "'Argo CD'"], "show 'Argo CD'"),
            (&["show", "a\tb"], "show \"a\\tb\""),
        ] {
            assert_eq!(joined(words, &atlas), query);
        }
    }

    #[test]
    fn what_looks_like_a_query_is_a_name_where_a_node_has_it() {
        let text = r#"{"atlas": 1, "nodes": [{"id": "to be, or"}, {"id": "it's \"so\" \\ here"}]}"#;
        let own = Atlas::from_texts([("own.json", text)]).expect("a graph");
        assert_eq!(joined(&["show", r#"it's "so" \ here"#], &own), r#"show "it's \"so\" \\ here""#);
        assert_eq!(joined(&["show", "to be, or"], &own), "show \"to be, or\"");
        assert_eq!(joined(&["show", "to be, or"], &Atlas::built_in()), "show to be, or");
    }
}
