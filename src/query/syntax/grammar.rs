//! The grammar, as pest makes a parser of it, and what its tokens stand for.

use super::ast::FieldName;
use super::statements::Statement;
use crate::diagnostic::Diagnostic;
use pest::iterators::Pair;
use std::ops::Range;

/// The parser of `grammar/query.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/query.pest"]
pub(super) struct Grammar;

/// A rule that matched, with what matched within it.
pub(super) type RuleMatch<'t> = Pair<'t, Rule>;

pub(super) fn span(pair: &RuleMatch<'_>) -> Range<usize> {
    pair.as_span().start()..pair.as_span().end()
}

/// The field that is written so, with or without its back quotes and question mark.
pub(super) fn field(written: &str) -> FieldName {
    let name = written.strip_prefix('?');
    let optional = name.is_some();
    FieldName { name: name.unwrap_or(written).trim_matches('`').to_owned(), optional }
}

/// The text of a quoted name: JSON escapes in `"…"`, none in `'…'`.
pub(super) fn unquoted(
    statement: &Statement,
    quoted: &RuleMatch<'_>,
) -> Result<String, Diagnostic> {
    let raw = quoted.as_str();
    if raw.starts_with('\'') {
        return Ok(raw[1..raw.len() - 1].to_owned());
    }
    let mut json = String::with_capacity(raw.len());
    for character in raw.chars() {
        match character {
            '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", character as u32)),
            _ => json.push(character),
        }
    }
    serde_json::from_str(&json).map_err(|_| {
        Diagnostic::new(
            "bad-escape",
            "a backslash in \"…\" must begin a JSON escape such as \\\" or \\n",
        )
        .at(statement.place(&span(quoted)))
        .help("write \\\\ for a backslash, or use '…', which takes no escapes")
    })
}
