//! Limits of a statement, checked before the parser sees it.

use super::lexer::{Mark, Scan};
use super::statements::Statement;
use crate::diagnostic::Diagnostic;

/// How many brackets may nest; the same in every build.
pub const NESTING_LIMIT: usize = 128;
/// How long a statement may be, in bytes.
pub const LENGTH_LIMIT: usize = 1 << 20;

/// Checks length, quotes, comments and brackets before the parser sees the text.
pub(super) fn check(statement: &Statement) -> Result<(), Diagnostic> {
    let content = statement.content();
    let error = |code, at: usize, message: &str| {
        let width = content[at..].chars().next().map_or(0, char::len_utf8);
        Diagnostic::new(code, message).at(statement.place(&(at..at + width)))
    };
    if content.len() > LENGTH_LIMIT {
        let message =
            format!("a query may have {LENGTH_LIMIT} bytes, this one has {}", content.len());
        return Err(Diagnostic::new("too-long", message));
    }
    let mut scan = Scan::new(content);
    let mut open = Vec::new();
    let mut anything = false;
    while let Some((at, mark)) = scan.next_mark() {
        anything = true;
        match mark {
            Mark::Open => open.push(at),
            Mark::Close if open.pop().is_none() => {
                return Err(error("unmatched-bracket", at, "this bracket closes nothing"));
            }
            Mark::Unclosed("comment") => {
                return Err(error("unclosed-comment", at, "this comment has no end")
                    .help("comments are `// to the end of the line` and `/* … */`"));
            }
            Mark::Unclosed(_) => {
                return Err(error("unclosed-quote", at, "this quote is never closed")
                    .help("quotes go around a name: \"Argo CD\" or 'Argo CD'"));
            }
            _ => {}
        }
        if open.len() > NESTING_LIMIT {
            let message = format!("brackets may nest {NESTING_LIMIT} levels deep, not more");
            return Err(error("too-deep", at, &message));
        }
    }
    if let Some(at) = open.last() {
        return Err(error("unmatched-bracket", *at, "this bracket is never closed"));
    }
    if !anything {
        return Err(Diagnostic::new("empty-query", "there is no query here")
            .help("try `path devops -> llmops` or `prereqs llmops`"));
    }
    Ok(())
}
