//! Text to lexemes, as the token rules of the grammar cut it. Whoever looks at raw text (parser,
//! statements, colours, completion, arguments of the shell) looks at these. Within a condition,
//! where `-` is minus, the grammar cuts words further.

use pest::unicode::{
    EMOJI_MODIFIER, EXTENDED_PICTOGRAPHIC, FORMAT, LETTER, MARK, NUMBER, OTHER_SYMBOL,
};
use std::ops::Range;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LexemeKind {
    /// Letters and digits with what may stand inside a name: `word` of the grammar.
    Word,
    /// `"…"` or `'…'`
    Quoted,
    /// A field in back quotes, or behind a question mark.
    Field,
    /// `@name`
    Variable,
    /// `->`
    Arrow,
    /// `,`
    Comma,
    /// `(` or `{`
    Open,
    /// `)` or `}`
    Close,
    /// `;`
    Semicolon,
    /// A line's end outside quotes and comments.
    LineEnd,
    /// `// …` or `/* … */`
    Comment,
    /// Any other character.
    Sign,
    /// A quote that nothing closes, with the rest of its line.
    OpenQuote,
    /// A comment that nothing closes, with all that follows.
    OpenComment,
}

/// A stretch of text that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) kind: LexemeKind,
    pub(crate) span: Range<usize>,
}

impl Lexeme {
    /// Is it as a blank to the parser?
    pub(crate) fn is_blank(&self) -> bool {
        matches!(self.kind, LexemeKind::Comment | LexemeKind::LineEnd)
    }
}

/// The lexemes of a text, one after the other; blanks between them are left out. Linear, unless
/// quotes that never close may do so on any later line.
#[derive(Debug)]
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// May a quote close on a later line?
    across_lines: bool,
}

impl<'t> Lexer<'t> {
    /// Of a text where a quote closes on its line.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, across_lines: false }
    }

    /// Of what was typed at a prompt, where a quote may close on a later line.
    pub(crate) fn of_typed(text: &'t str) -> Self {
        Self { across_lines: true, ..Self::new(text) }
    }

    /// The kind and length of what a text begins with.
    fn first(&self, rest: &str, first: char) -> (LexemeKind, usize) {
        match first {
            ',' => (LexemeKind::Comma, 1),
            '(' | '{' => (LexemeKind::Open, 1),
            ')' | '}' => (LexemeKind::Close, 1),
            ';' => (LexemeKind::Semicolon, 1),
            '\n' => (LexemeKind::LineEnd, 1),
            '-' if rest.starts_with("->") => (LexemeKind::Arrow, 2),
            '/' if rest.starts_with("//") => (LexemeKind::Comment, line_length(rest)),
            '/' if rest.starts_with("/*") => match rest[2..].find("*/") {
                Some(end) => (LexemeKind::Comment, end + 4),
                None => (LexemeKind::OpenComment, rest.len()),
            },
            '"' | '\'' => match quoted_length(rest, self.across_lines) {
                0 => (LexemeKind::OpenQuote, line_length(rest)),
                length => (LexemeKind::Quoted, length),
            },
            '`' => match quoted_length(rest, self.across_lines) {
                0 => (LexemeKind::OpenQuote, line_length(rest)),
                length => (LexemeKind::Field, length),
            },
            '?' => match rest[1..].strip_prefix('`') {
                Some(_) => {
                    prefixed(LexemeKind::Field, quoted_length(&rest[1..], self.across_lines))
                }
                None => prefixed(LexemeKind::Field, name_length(&rest[1..], ".")),
            },
            '@' => prefixed(LexemeKind::Variable, name_length(&rest[1..], "-./")),
            _ => match name_length(rest, "-./") {
                0 => (LexemeKind::Sign, first.len_utf8()),
                length => (LexemeKind::Word, length),
            },
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        let rest = &self.text[self.at..];
        let rest = rest.trim_start_matches(|c: char| c == ' ' || c != '\n' && c.is_whitespace());
        let start = self.text.len() - rest.len();
        let (kind, length) = self.first(rest, rest.chars().next()?);
        self.at = start + length;
        Some(Lexeme { kind, span: start..self.at })
    }
}

/// A sign with what it stands before, or the sign alone.
fn prefixed(kind: LexemeKind, length: usize) -> (LexemeKind, usize) {
    if length == 0 { (LexemeKind::Sign, 1) } else { (kind, 1 + length) }
}

fn line_length(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// How long the quoted text is that `text` begins with, quotes and all; 0 if it is never closed.
fn quoted_length(text: &str, across_lines: bool) -> usize {
    let bytes = text.as_bytes();
    let mut escaped = false;
    // Bytes will do: those of other characters in UTF-8 equal none of these signs.
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            b'\n' if !across_lines => return 0,
            _ if escaped => escaped = false,
            // Single quotes and back quotes know no escapes.
            b'\\' if bytes[0] == b'"' => escaped = true,
            _ if *byte == bytes[0] => return at + 1,
            _ => {}
        }
    }
    0
}

/// How long the name is that a text begins with; 0 if there is none. Signs of `inside` belong to
/// it where it goes on behind them.
fn name_length(text: &str, inside: &str) -> usize {
    let mut end = letter_length(text);
    while end > 0 {
        let ascii = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        end += text.as_bytes()[end..].iter().take_while(|byte| ascii(byte)).count();
        let rest = &text[end..];
        let more = match rest.chars().next() {
            Some(sign @ ('-' | '.' | '/')) => {
                let behind = &rest[1..];
                let joins = inside.contains(sign) && !(sign == '-' && behind.starts_with('_'));
                usize::from(joins && letter_length(behind) > 0)
            }
            Some(other) if !other.is_ascii() && (MARK(other) || is_joiner(other)) => {
                other.len_utf8()
            }
            _ => letter_length(rest),
        };
        if more == 0 {
            break;
        }
        end += more;
    }
    end
}

/// How long the letter is that a text begins with: a letter or digit of any script, an emoji, `_`,
/// or a keycap, which is a sign with marks.
fn letter_length(text: &str) -> usize {
    match text.chars().next() {
        Some('a'..='z' | 'A'..='Z' | '0'..='9' | '_') => 1,
        Some('#' | '*') => {
            let marks = text[1..].chars().take_while(|mark| !mark.is_ascii() && MARK(*mark));
            match marks.map(char::len_utf8).sum() {
                0 => 0,
                marks => 1 + marks,
            }
        }
        Some(other) if !other.is_ascii() && is_glyph(other) => other.len_utf8(),
        _ => 0,
    }
}

fn is_glyph(letter: char) -> bool {
    LETTER(letter)
        || NUMBER(letter)
        || OTHER_SYMBOL(letter)
        || EXTENDED_PICTOGRAPHIC(letter)
        || EMOJI_MODIFIER(letter)
}

/// What joins letters unseen. What turns the direction of writing does not.
fn is_joiner(letter: char) -> bool {
    FORMAT(letter) && !matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{LexemeKind, Lexer};

    /// Each lexeme behind a letter for its kind.
    fn cut(lexer: Lexer<'_>) -> Vec<String> {
        let text = lexer.text;
        let letter = |kind| match kind {
            LexemeKind::Word => 'w',
            LexemeKind::Quoted => 'q',
            LexemeKind::Field => 'f',
            LexemeKind::Variable => '@',
            LexemeKind::Arrow => '>',
            LexemeKind::Comma => ',',
            LexemeKind::Open => '(',
            LexemeKind::Close => ')',
            LexemeKind::Semicolon => ';',
            LexemeKind::LineEnd => 'n',
            LexemeKind::Comment => 'c',
            LexemeKind::Sign => 's',
            LexemeKind::OpenQuote => 'Q',
            LexemeKind::OpenComment => 'C',
        };
        lexer.map(|found| format!("{}{}", letter(found.kind), &text[found.span])).collect()
    }

    fn is_cut(text: &str, wanted: &[&str]) {
        assert_eq!(cut(Lexer::new(text)), wanted, "{text}");
    }

    #[test]
    fn names_go_on_behind_what_stands_inside_them() {
        is_cut("ci-cd a.b/c", &["wci-cd", "wa.b/c"]);
        is_cut("a- b", &["wa", "s-", "wb"]);
        is_cut("a-_b", &["wa", "s-", "w_b"]);
        is_cut("a._b", &["wa._b"]);
        is_cut("a->b", &["wa", ">->", "wb"]);
        is_cut("end.", &["wend", "s."]);
        is_cut("-x", &["s-", "wx"]);
    }

    #[test]
    fn names_are_of_any_script() {
        is_cut("知识 e\u{301}tat", &["w知识", "we\u{301}tat"]);
        is_cut("👩\u{200d}💻", &["w👩\u{200d}💻"]);
        is_cut("1\u{fe0f}\u{20e3}", &["w1\u{fe0f}\u{20e3}"]);
        is_cut("#\u{20e3}x #", &["w#\u{20e3}x", "s#"]);
        // What turns the direction of writing joins nothing.
        is_cut("a\u{202e}b", &["wa", "s\u{202e}", "wb"]);
    }

    #[test]
    fn quotes_close_on_their_line_unless_typed() {
        is_cut(r#""a \" b" 'c\' d"#, &[r#"q"a \" b""#, r"q'c\'", "wd"]);
        is_cut(r#""a\\" b"#, &[r#"q"a\\""#, "wb"]);
        is_cut("\"a\nb\"", &["Q\"a", "n\n", "wb", "Q\""]);
        is_cut("'it // is' `a b`", &["q'it // is'", "f`a b`"]);
        assert_eq!(cut(Lexer::of_typed("\"a\nb\" c")), ["q\"a\nb\"", "wc"]);
        assert_eq!(cut(Lexer::of_typed("a \"b\nc")), ["wa", "Q\"b", "n\n", "wc"]);
    }

    #[test]
    fn comments_are_lexemes_and_hide_what_they_hold() {
        is_cut("a // ( ' \nb", &["wa", "c// ( ' ", "n\n", "wb"]);
        is_cut("a/* \n\" */b", &["wa", "c/* \n\" */", "wb"]);
        is_cut("a /*/ b */", &["wa", "c/*/ b */"]);
        is_cut("a /* b\nc", &["wa", "C/* b\nc"]);
        is_cut("a//b", &["wa", "c//b"]);
    }

    #[test]
    fn brackets_signs_and_what_a_sign_begins() {
        is_cut("({;})", &["((", "({", ";;", ")}", "))"]);
        is_cut("@mine.x @ ?hours ?`a b` ?", &["@@mine.x", "s@", "f?hours", "f?`a b`", "s?"]);
        // A field's name has no `-` without back quotes.
        is_cut("?a-b", &["f?a", "s-", "wb"]);
        is_cut("a<=2,|&", &["wa", "s<", "s=", "w2", ",,", "s|", "s&"]);
        is_cut("?`a", &["s?", "Q`a"]);
        is_cut(" \t\u{a0}\r", &[]);
    }
}
