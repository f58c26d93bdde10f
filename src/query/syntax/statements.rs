//! Texts to statements: one a line in a batch; at a prompt, where an answer is due as soon as one
//! is whole, a quote may close on a later line, and a line that ends or begins with an operator
//! goes on.

use super::lexer::{Lexeme, LexemeKind, Lexer};
use crate::diagnostic::{Place, Text};
use std::ops::Range;
use std::sync::Arc;

/// A stretch of a text that is one statement.
#[derive(Debug, Clone)]
pub struct Statement {
    text: Arc<Text>,
    span: Range<usize>,
}

impl Statement {
    /// A text that is one statement.
    #[must_use]
    pub fn whole(text: &Arc<Text>) -> Self {
        Self { text: Arc::clone(text), span: 0..text.content.len() }
    }

    /// A stretch of a text.
    pub(in crate::query) fn part(text: &Arc<Text>, span: Range<usize>) -> Self {
        Self { text: Arc::clone(text), span }
    }

    /// The statement as typed, without blanks around.
    #[must_use]
    pub fn as_typed(&self) -> &str {
        self.content().trim()
    }

    /// Where it begins in its text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.span.start
    }

    /// A stretch of it as typed.
    pub(in crate::query) fn typed(&self, span: Range<usize>) -> &str {
        self.content().get(span).unwrap_or_default()
    }

    pub(in crate::query) fn content(&self) -> &str {
        &self.text.content[self.span.clone()]
    }

    /// A stretch of the statement, as typed.
    pub(crate) fn text(&self, span: &Range<usize>) -> &str {
        self.content().get(span.clone()).unwrap_or_default()
    }

    /// The place of a stretch of the statement.
    #[must_use]
    pub fn place(&self, span: &Range<usize>) -> Place {
        let start = self.span.start;
        Place::new(&self.text, start + span.start..start + span.end)
    }
}

/// Words behind which a query cannot end.
const HANGING: [&str; 9] =
    ["to", "then", "union", "intersect", "except", "of", "where", "and", "or"];
/// Words that a statement cannot begin with.
const JOINING: [&str; 6] = ["then", "union", "intersect", "except", "and", "or"];

/// The statements of a batch: one a line, or several separated by `;`, both outside brackets and
/// quotes. Blank and comment lines yield nothing. A bracket that is never closed holds no lines
/// together, so that what follows is still read. Linear.
#[must_use]
pub fn statements(text: &Arc<Text>) -> Vec<Statement> {
    let found = split(&text.content, false).into_iter();
    found.map(|stretch| Statement::part(text, stretch.span)).collect()
}

/// The statements of what was typed or pasted. Linear.
#[must_use]
pub fn typed_statements(content: &str) -> Vec<Statement> {
    // The language takes no line's end inside a quote.
    let mut on_one_line = String::with_capacity(content.len());
    for lexeme in Lexer::of_typed(content) {
        on_one_line.push_str(&content[on_one_line.len()..lexeme.span.start]);
        let written = &content[lexeme.span];
        match lexeme.kind {
            LexemeKind::Quoted | LexemeKind::Field => {
                on_one_line.push_str(&written.replace('\n', " "));
            }
            _ => on_one_line.push_str(written),
        }
    }
    on_one_line.push_str(&content[on_one_line.len()..]);
    let text = Text::new("query", on_one_line);
    let found = split(content, true).into_iter();
    found.map(|stretch| Statement::part(&text, stretch.span)).collect()
}

/// Has what was typed to go on before it can be answered? An empty line or `;` ends it anyhow.
#[must_use]
pub fn is_incomplete(content: &str) -> bool {
    let found = split(content, true);
    let broken = found.iter().find(|stretch| stretch.open == Some(OpenConstruct::Quote));
    let open = broken.or(found.last()).and_then(|stretch| stretch.open);
    let ended = content.trim_end().ends_with(';') && open != Some(OpenConstruct::Braces);
    open.is_some() && !ends_blank(content) && !ended
}

/// Is the last line of these empty?
fn ends_blank(content: &str) -> bool {
    content.rsplit_once('\n').is_some_and(|(_, last)| last.trim().is_empty())
}

/// Where a statement stands.
struct Stretch {
    span: Range<usize>,
    /// What it ends in the midst of, if it does.
    open: Option<OpenConstruct>,
}

/// In the midst of what a statement ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenConstruct {
    /// Braces, where `;` divides changes.
    Braces,
    /// A quote or comment that is closed nowhere, so that the statement ends with its line.
    Quote,
    /// Another bracket, or an operator that something has to follow.
    Other,
}

/// The statements of a text, those left out that are blank.
fn split(content: &str, typed: bool) -> Vec<Stretch> {
    let lexer = || if typed { Lexer::of_typed(content) } else { Lexer::new(content) };
    // While a bracket may still be closed by what is typed next, it holds lines together.
    let closed = content.contains(['(', '{']) && (!typed || ends_blank(content));
    let unpaired = if closed { unpaired_brackets(lexer()) } else { Vec::new() };
    let mut found = Vec::new();
    let mut lexemes = lexer().peekable();
    let mut now = Beginning::default();
    while let Some(lexeme) = lexemes.next() {
        let at = lexeme.span.start;
        let ends = match lexeme.kind {
            LexemeKind::Semicolon => now.brackets.is_empty(),
            LexemeKind::LineEnd => {
                !(now.holds_lines() || typed && now.joins(content, lexemes.peek()))
            }
            _ => false,
        };
        match lexeme.kind {
            kind if ends => {
                let broken = now.broken && kind == LexemeKind::LineEnd;
                let open = broken.then_some(OpenConstruct::Quote);
                if now.last.is_some() {
                    found.push(Stretch { span: now.start..at, open });
                }
                now = Beginning { start: lexeme.span.end, ..Beginning::default() };
                continue;
            }
            LexemeKind::Open => now.brackets.push(Bracket {
                is_brace: content[at..].starts_with('{'),
                holds_lines: unpaired.binary_search(&at).is_err(),
            }),
            LexemeKind::Close => drop(now.brackets.pop()),
            LexemeKind::OpenQuote | LexemeKind::OpenComment => now.broken = true,
            _ => {}
        }
        if !lexeme.is_blank() {
            now.alone = now.last.is_none();
            now.last = Some(lexeme);
        }
    }
    if now.last.is_some() {
        found.push(Stretch { span: now.start..content.len(), open: now.open(content) });
    }
    found
}

/// Where the brackets stand that nothing closes.
fn unpaired_brackets(lexer: Lexer<'_>) -> Vec<usize> {
    let mut open = Vec::new();
    for lexeme in lexer {
        match lexeme.kind {
            LexemeKind::Open => open.push(lexeme.span.start),
            LexemeKind::Close => drop(open.pop()),
            _ => {}
        }
    }
    open
}

struct Bracket {
    is_brace: bool,
    /// Does it close, so that lines within it are one statement?
    holds_lines: bool,
}

/// What has been read of a statement.
#[derive(Default)]
struct Beginning {
    start: usize,
    /// The brackets that are open, innermost last.
    brackets: Vec<Bracket>,
    /// Is there a quote or comment that nothing closes?
    broken: bool,
    /// The last lexeme that is no blank, and is it the only one?
    last: Option<Lexeme>,
    alone: bool,
}

impl Beginning {
    /// Is it in brackets that close on a later line?
    fn holds_lines(&self) -> bool {
        // What does not close is never within what does.
        self.brackets.last().is_some_and(|innermost| innermost.holds_lines)
    }

    /// Does an operator join it to the next line, which begins with `next`?
    fn joins(&self, content: &str, next: Option<&Lexeme>) -> bool {
        let whole = !self.broken && self.brackets.is_empty() && self.last.is_some();
        let line = next.filter(|next| whole && next.kind != LexemeKind::LineEnd);
        line.is_some_and(|next| self.hangs(content) || continues(content, next))
    }

    /// Does it end with something that more has to follow?
    fn hangs(&self, content: &str) -> bool {
        let Some(Lexeme { kind, span }) = &self.last else { return false };
        let written = &content[span.clone()];
        match kind {
            LexemeKind::Comma | LexemeKind::Arrow => true,
            LexemeKind::Sign if written == "-" => content[..span.start].ends_with(' '),
            LexemeKind::Sign => ["|", "&", "+", "=", "<"].contains(&written),
            LexemeKind::Word => {
                !self.alone && HANGING.iter().any(|word| word.eq_ignore_ascii_case(written))
            }
            _ => false,
        }
    }

    /// In the midst of what it is, where the text ends.
    fn open(&self, content: &str) -> Option<OpenConstruct> {
        if self.brackets.iter().any(|bracket| bracket.is_brace) {
            Some(OpenConstruct::Braces)
        } else if self.broken {
            Some(OpenConstruct::Quote)
        } else {
            (!self.brackets.is_empty() || self.hangs(content)).then_some(OpenConstruct::Other)
        }
    }
}

/// Does a line that begins so belong to what stands before it?
fn continues(content: &str, first: &Lexeme) -> bool {
    let written = &content[first.span.clone()];
    match first.kind {
        LexemeKind::Comma | LexemeKind::Arrow => true,
        LexemeKind::Sign => ["|", "&", "+"].contains(&written),
        LexemeKind::Word => JOINING.iter().any(|word| word.eq_ignore_ascii_case(written)),
        _ => false,
    }
}

/// Whether a text that comes line by line may go on: is a bracket or a comment still open?
#[derive(Debug, Clone, Copy, Default)]
pub struct Unfinished {
    depth: usize,
    comment: bool,
}

impl Unfinished {
    /// Takes the next line; is everything closed behind it?
    pub fn closed_by(&mut self, line: &str) -> bool {
        let mut rest = line;
        if self.comment {
            let Some(end) = line.find("*/") else { return false };
            (self.comment, rest) = (false, &line[end + 2..]);
        }
        for lexeme in Lexer::new(rest) {
            match lexeme.kind {
                LexemeKind::Open => self.depth += 1,
                LexemeKind::Close => self.depth = self.depth.saturating_sub(1),
                LexemeKind::OpenComment => self.comment = true,
                _ => {}
            }
        }
        self.depth == 0 && !self.comment
    }
}

#[cfg(test)]
mod tests {
    use super::{Statement, Unfinished, is_incomplete, statements, typed_statements};
    use crate::diagnostic::Text;

    #[test]
    fn what_has_to_go_on() {
        for open in [
            "tools of (prereqs llmops",
            "show \"Argo",
            "show 'Argo\nC",
            "docker,",
            "docker, // the first",
            "path devops ->",
            "path devops to",
            "tools of",
            "tools then",
            "tools |",
            "tools then where sources > 1 and",
            "with { -docker;",
            "nodes\n(kinds",
            "nodes /* why",
            "let mine =",
        ] {
            assert!(is_incomplete(open), "{open}");
            assert!(!is_incomplete(&format!("{open}\n")), "an empty line ends {open}");
        }
        for whole in [
            "",
            " ",
            "tools",
            "path devops to llmops",
            "plan-to",
            "how-to",
            "to",
            "(tools)",
            "show \"Argo CD\"",
            "path a to;",
            "show \"Argo;",
            "wrong ) bracket",
            "tools -x",
        ] {
            assert!(!is_incomplete(whole), "{whole}");
        }
    }

    #[test]
    fn where_typed_statements_end() {
        for (typed, wanted) in [
            ("nodes\nkinds; relations", vec!["nodes", "kinds", "relations"]),
            ("docker,\nhelm\nkinds", vec!["docker,\nhelm", "kinds"]),
            ("tools\n  then count\nkinds", vec!["tools\n  then count", "kinds"]),
            ("path devops\n-> llmops", vec!["path devops\n-> llmops"]),
            ("show \"Argo\nCD\"\nkinds", vec!["show \"Argo CD\"", "kinds"]),
            ("show \"Argo\nkinds\n", vec!["show \"Argo", "kinds"]),
            ("(docker,\nhelm)", vec!["(docker,\nhelm)"]),
            ("docker,\n\nkinds", vec!["docker,", "kinds"]),
            ("(docker\nkinds\n", vec!["(docker", "kinds"]),
            ("path a to;", vec!["path a to"]),
            ("// only this\n\n", vec![]),
        ] {
            let found = typed_statements(typed);
            let found: Vec<&str> = found.iter().map(Statement::as_typed).collect();
            assert_eq!(found, wanted, "{typed}");
        }
    }

    #[test]
    fn where_statements_of_a_batch_end() {
        for (batch, wanted) in [
            ("nodes\nkinds; relations;", vec!["nodes", "kinds", "relations"]),
            ("docker,\nhelm", vec!["docker,", "helm"]),
            ("(docker,\nhelm)\nkinds", vec!["(docker,\nhelm)", "kinds"]),
            ("with { -a; -b } c; d", vec!["with { -a; -b } c", "d"]),
            ("show \"a;b\" // c; d\n;;\n", vec!["show \"a;b\" // c; d"]),
            ("show \"a\nb\"", vec!["show \"a", "b\""]),
            ("a /* b\n */ c\n/* d", vec!["a /* b\n */ c", "/* d"]),
            // A bracket that is never closed holds no lines, but what follows `;` it holds.
            ("(a; b\nc", vec!["(a; b", "c"]),
            ("(a\n(b,\nc)\nd", vec!["(a", "(b,\nc)", "d"]),
            ("a)\nb", vec!["a)", "b"]),
        ] {
            let found = statements(&Text::new("batch", batch));
            let found: Vec<&str> = found.iter().map(Statement::as_typed).collect();
            assert_eq!(found, wanted, "{batch}");
        }
    }

    #[test]
    fn lines_are_held_back_while_something_is_open() {
        let mut unfinished = Unfinished::default();
        let closed: Vec<bool> = ["a (b\n", "\")\" // )\n", "/* )\n", ") */ )\n", "'(\n"]
            .map(|line| unfinished.closed_by(line))
            .to_vec();
        assert_eq!(closed, [false, false, false, true, true]);
    }

    #[test]
    fn places_are_those_of_the_text_that_was_typed() {
        let found = typed_statements("nodes\n show 'Argo\nCD'");
        assert_eq!(found[1].start(), 6);
        assert_eq!(found[1].as_typed(), "show 'Argo CD'");
        assert_eq!(found[1].place(&(1..5)).span, 7..11);
    }
}
