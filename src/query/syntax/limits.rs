//! Limits of a statement, checked before the parser sees it.

use super::lexer::{Lexeme, LexemeKind, Lexer};
use super::statements::Statement;
use crate::diagnostic::Diagnostic;

/// How many brackets may nest; the same in every build.
pub const NESTING_LIMIT: usize = 128;
/// How long a statement may be, in bytes.
pub const LENGTH_LIMIT: usize = 1 << 20;

/// The lexemes of a statement that is not too long, whose quotes and comments close, and whose
/// brackets pair.
pub(super) fn checked_lexemes(statement: &Statement) -> Result<Vec<Lexeme>, Diagnostic> {
    let content = statement.content();
    if content.len() > LENGTH_LIMIT {
        let message =
            format!("a query may have {LENGTH_LIMIT} bytes, this one has {}", content.len());
        return Err(Diagnostic::new("too-long", message));
    }
    let mut lexemes = Vec::new();
    let mut open = Vec::new();
    let error = |code, at: usize, message: &str| {
        Diagnostic::new(code, message).at(statement.place(&(at..at + 1)))
    };
    for lexeme in Lexer::new(content) {
        let at = lexeme.span.start;
        match lexeme.kind {
            LexemeKind::Open => open.push(at),
            LexemeKind::Close if open.pop().is_none() => {
                return Err(error("unmatched-bracket", at, "this bracket closes nothing"));
            }
            LexemeKind::OpenComment => {
                return Err(error("unclosed-comment", at, "this comment has no end")
                    .help("comments are `// to the end of the line` and `/* … */`"));
            }
            LexemeKind::OpenQuote => {
                return Err(error("unclosed-quote", at, "this quote is never closed")
                    .help("quotes go around a name: \"Argo CD\" or 'Argo CD'"));
            }
            _ => {}
        }
        if open.len() > NESTING_LIMIT {
            let message = format!("brackets may nest {NESTING_LIMIT} levels deep, not more");
            return Err(error("too-deep", at, &message));
        }
        lexemes.push(lexeme);
    }
    if let Some(at) = open.last() {
        return Err(error("unmatched-bracket", *at, "this bracket is never closed"));
    }
    if lexemes.iter().all(Lexeme::is_blank) {
        return Err(Diagnostic::new("empty-query", "there is no query here")
            .help("try `path devops -> llmops` or `prereqs llmops`"));
    }
    Ok(lexemes)
}
