//! Most statements are names, arrows, commas and `then`, and nothing else. Those are read from
//! their lexemes; the grammar, which says the same of them, takes ten times as long.

use super::ast::{Item, Phrase, Query, Token};
use super::lexer::{Lexeme, LexemeKind};

/// Words by which the grammar tells more than a run of items.
const OTHER_WORDS: [&str; 6] = ["let", "with", "where", "union", "except", "intersect"];

/// The query, if it is as plain as that.
pub(super) fn query(text: &str, lexemes: &[Lexeme]) -> Option<Query> {
    let mut stages = Vec::new();
    let mut first = None;
    let mut items = Vec::new();
    let mut lexemes = lexemes.iter().filter(|lexeme| !lexeme.is_blank()).peekable();
    while let Some(lexeme) = lexemes.next() {
        let written = &text[lexeme.span.clone()];
        let is = |word: &&str| word.eq_ignore_ascii_case(written);
        let token = match lexeme.kind {
            // `then` is an operator only between operands.
            LexemeKind::Word
                if is(&"then")
                    && !items.is_empty()
                    && lexemes.peek().is_some_and(|next| begins_operand(next.kind)) =>
            {
                let phrase = Phrase { items: std::mem::take(&mut items) };
                match first {
                    None => first = Some(phrase),
                    Some(_) => stages.push(phrase),
                }
                continue;
            }
            // Nor is it one at the head of a statement, where the grammar knows more.
            LexemeKind::Word if is(&"then") && items.is_empty() && first.is_none() => return None,
            LexemeKind::Word if !OTHER_WORDS.iter().any(is) => Token::Word(written.to_owned()),
            LexemeKind::Quoted if !written.contains('\\') => {
                Token::Quoted(written[1..written.len() - 1].to_owned())
            }
            LexemeKind::Variable => Token::Variable(written[1..].to_owned()),
            LexemeKind::Arrow => Token::Arrow,
            LexemeKind::Comma => Token::Comma,
            _ => return None,
        };
        items.push(Item { token, span: lexeme.span.clone() });
    }
    let last = Some(Phrase { items }).filter(|phrase| !phrase.items.is_empty())?;
    let first = match first {
        None => last,
        Some(first) => {
            stages.push(last);
            first
        }
    };
    Some(Query { name: None, changes: Vec::new(), first, rest: Vec::new(), stages })
}

fn begins_operand(kind: LexemeKind) -> bool {
    !matches!(kind, LexemeKind::Arrow | LexemeKind::Comma)
}
