//! The words and signs of flowcharts: names of nodes, texts in brackets, and links.

use super::stop;
use crate::import::dot::entity;
use crate::import::intake::Stop;

/// Where a chart is read.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// A link between nodes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct MermaidLink {
    /// Has it an arrow at its beginning and at its end?
    pub(super) arrows: [bool; 2],
    pub(super) text: Option<String>,
    /// Is it there for the drawing alone?
    pub(super) invisible: bool,
}

/// Brackets around texts, the longer ones first.
const BRACKETS: [(&str, &str); 11] = [
    ("(((", ")))"),
    ("((", "))"),
    ("([", "])"),
    ("(-", "-)"),
    ("(", ")"),
    ("[[", "]]"),
    ("[(", ")]"),
    ("[", "]"),
    ("{{", "}}"),
    ("{", "}"),
    (">", "]"),
];

/// How long the code of a character may be.
const CODE: usize = 12;

impl<'t> Cursor<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes this, if it stands here.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let there = self.rest().starts_with(wanted);
        self.at += if there { wanted.len() } else { 0 };
        there
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|letter| !fits(letter)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Passes blanks within a line.
    pub(super) fn skip_blanks(&mut self) {
        self.take_while(|letter| letter.is_whitespace() && letter != '\n');
    }

    /// Passes blanks, ends of lines and of statements, and comments.
    pub(super) fn skip_between(&mut self) {
        loop {
            self.take_while(|letter| letter.is_whitespace() || letter == ';');
            if self.rest().starts_with("%%{") {
                let end = self.rest().find("}%%").map_or(self.rest().len(), |end| end + 3);
                self.at += end;
            } else if self.rest().starts_with("%%") {
                self.skip_line();
            } else {
                return;
            }
        }
    }

    pub(super) fn skip_line(&mut self) {
        self.take_while(|letter| letter != '\n');
    }

    /// What stands here up to the end of the statement, which may be in quotes.
    pub(super) fn statement(&mut self) -> &'t str {
        let start = self.at;
        let mut quoted = false;
        for (offset, letter) in self.text[start..].char_indices() {
            quoted ^= letter == '"';
            if letter == '\n' || letter == ';' && !quoted {
                self.at = start + offset;
                return self.text[start..self.at].trim();
            }
        }
        self.at = self.text.len();
        self.text[start..].trim()
    }

    /// The name of a node; empty if none stands here.
    pub(super) fn id(&mut self) -> &'t str {
        let rest = self.rest();
        let mut letters = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map(|(_, next)| *next);
            let belongs = match letter {
                // A hyphen belongs to a name unless it begins a link.
                '-' => !matches!(next, None | Some('-' | '>' | '.')),
                '=' => next != Some('='),
                '~' => !rest[at..].starts_with("~~~"),
                '&' => at > 0 && next.is_some_and(|next| !next.is_whitespace()),
                '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '|' | ';' | ',' | '"' | '@'
                | ':' | '^' => false,
                _ => !letter.is_whitespace(),
            };
            if !belongs {
                end = at;
                break;
            }
        }
        self.at += end;
        &rest[..end]
    }

    /// The text in the brackets that stand here, if any do.
    pub(super) fn bracketed(&mut self) -> Result<Option<String>, Stop> {
        let start = self.at;
        let Some((open, close)) = BRACKETS.into_iter().find(|(open, _)| self.take(open)) else {
            return Ok(None);
        };
        let inner = self.rest();
        let quoted = inner.trim_start().starts_with('"');
        if quoted {
            self.at += inner.len() - inner.trim_start().len();
            let text = self.quoted()?;
            self.take_while(char::is_whitespace);
            if self.take(close) {
                return Ok(Some(text));
            }
        } else if let Some(end) = inner.find(close) {
            self.at += end + close.len();
            let text = inner[..end].trim();
            // A slanted side: `[/text\]`.
            let slant = ['/', '\\'];
            let slanted = open == "[" && text.len() > 1 && text.starts_with(slant);
            let text = match text.strip_suffix(slant) {
                Some(text) if slanted => &text[1..],
                _ => text,
            };
            return Ok(Some(shown(text.trim().trim_matches('"'))));
        }
        Err(stop(start..start + open.len(), format!("this `{open}` is not closed by `{close}`")))
    }

    /// A text in quotes, which begin here.
    pub(super) fn quoted(&mut self) -> Result<String, Stop> {
        let start = self.at;
        let inner = &self.text[start + 1..];
        let Some(end) = inner.find('"') else {
            return Err(stop(start..start + 1, "this quote is not closed"));
        };
        self.at = start + end + 2;
        Ok(shown(&inner[..end]))
    }

    /// The link that stands here, if one does.
    pub(super) fn link(&mut self) -> Result<Option<MermaidLink>, Stop> {
        let start = self.at;
        // `x` may be the head of a link or a letter: where no line follows it is given back.
        let head = self.peek().filter(|first| matches!(first, '<' | 'x' | 'o'));
        self.at += usize::from(head.is_some());
        let body = self.rest();
        let mut link = MermaidLink { arrows: [head.is_some(), false], ..MermaidLink::default() };
        if body.starts_with("~~~") && head.is_none() {
            self.take_while(|letter| letter == '~');
            link.invisible = true;
        } else if body.starts_with("--") {
            self.line(&mut link, '-', "--")?;
        } else if body.starts_with("==") {
            self.line(&mut link, '=', "==")?;
        } else if body.starts_with("-.") {
            self.dotted(&mut link)?;
        } else {
            self.at = start;
            return Ok(None);
        }
        self.skip_blanks();
        if self.peek() == Some('|') {
            let bar = self.at;
            self.at += 1;
            let Some(end) = self.rest().find('|') else {
                return Err(stop(bar..bar + 1, "this `|` is not closed"));
            };
            link.text = Some(shown(self.rest()[..end].trim().trim_matches('"')));
            self.at += end + 1;
        }
        Ok(Some(link))
    }

    /// A line of `-` or `=`, with a text inside or without.
    fn line(&mut self, link: &mut MermaidLink, sign: char, open: &str) -> Result<(), Stop> {
        let start = self.at;
        // Two signs open a text; three are a whole line.
        let long = self.take_while(|letter| letter == sign).len() > 2;
        if self.head(link) || long {
            return Ok(());
        }
        let inner = self.rest();
        let Some(end) = inner.find(open) else {
            return Err(stop(start..self.at, format!("the text of this `{open}` does not end")));
        };
        link.text = Some(shown(inner[..end].trim().trim_matches('"')));
        self.at += end;
        self.take_while(|letter| letter == sign);
        self.head(link);
        Ok(())
    }

    /// `-.->`, `-.-` or `-. text .->`.
    fn dotted(&mut self, link: &mut MermaidLink) -> Result<(), Stop> {
        let start = self.at;
        self.at += 1;
        self.take_while(|letter| letter == '.');
        if !self.take("-") {
            let inner = self.rest();
            let Some(end) = inner.find(".-") else {
                return Err(stop(start..self.at, "the text of this `-.` does not end"));
            };
            let text = inner[..end].trim_end_matches('.').trim().trim_matches('"');
            link.text = Some(shown(text));
            self.at += end + 2;
        }
        self.head(link);
        Ok(())
    }

    /// The arrow at a link's end.
    fn head(&mut self, link: &mut MermaidLink) -> bool {
        let head = self.take(">") || self.take("x") || self.take("o");
        link.arrows[1] = head;
        head
    }
}

/// A text as it is drawn: `#quot;` and `#9829;` are characters, `<br>` ends a line, and the signs
/// of Markdown strings are none.
pub(super) fn shown(text: &str) -> String {
    let markdown = text.trim().strip_prefix('`').and_then(|text| text.strip_suffix('`'));
    let text = markdown.map_or_else(|| text.to_owned(), |text| text.replace("**", ""));
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['#', '<', '\n']) {
        shown.push_str(&rest[..at]);
        rest = &rest[at..];
        let letter = coded(rest);
        if let Some((letter, behind)) = letter {
            shown.push(letter);
            rest = behind;
        } else if let Some(behind) = line_end(rest) {
            shown.push(' ');
            rest = behind;
        } else {
            let first = rest.chars().next().unwrap_or(' ');
            shown.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    shown.push_str(rest);
    shown.trim().to_owned()
}

/// The character that a code stands for, and what stands behind it.
fn coded(text: &str) -> Option<(char, &str)> {
    let code = text.strip_prefix('#')?;
    let length = code.bytes().take(CODE).position(|byte| byte == b';')?;
    let (code, behind) = (&code[..length], &code[length + 1..]);
    let numbered = code.starts_with(|first: char| first.is_ascii_digit());
    let letter = if numbered { entity(&format!("#{code}")) } else { entity(code) };
    letter.map(|letter| (letter, behind))
}

/// What stands behind an end of a line.
fn line_end(text: &str) -> Option<&str> {
    if let Some(behind) = text.strip_prefix('\n') {
        return Some(behind.trim_start());
    }
    let tag = text.get(..3).filter(|tag| tag.eq_ignore_ascii_case("<br"))?;
    let behind = text[tag.len()..].trim_start();
    behind.strip_prefix('/').unwrap_or(behind).strip_prefix('>')
}
