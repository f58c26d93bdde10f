//! The body of a note: its headings, links, tags, inline fields (`needs:: [[a]]`) and claims.

use super::claims::{Claim, TextBlock};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use std::ops::Range;

/// A link to another note.
#[derive(Debug)]
pub(super) struct NoteLink {
    /// What it leads to, without a heading.
    pub(super) target: String,
    /// The heading in the target.
    pub(super) heading: Option<String>,
    /// The words it stands for, where they are not its target.
    pub(super) words: Option<String>,
    /// The heading under which it stands.
    pub(super) section: Option<String>,
    pub(super) at: usize,
    /// Is it told where it leads to nothing? A path that is none of a note's may be a file's.
    pub(super) to_note: bool,
    /// The inline field that it stands in.
    pub(super) field: Option<String>,
    /// Its block, and where in the words of that.
    pub(super) block: (usize, usize),
}

/// An inline field without links.
#[derive(Debug)]
pub(super) struct InlineField {
    pub(super) key: String,
    pub(super) value: String,
}

#[derive(Debug, Default)]
pub(super) struct NoteBody {
    pub(super) headings: Vec<String>,
    pub(super) links: Vec<NoteLink>,
    pub(super) tags: Vec<String>,
    pub(super) fields: Vec<InlineField>,
    pub(super) claims: Vec<Claim>,
}

/// Reads what stands in a note from `start` on.
pub(super) fn read_body(content: &str, start: usize) -> NoteBody {
    let options = Options::ENABLE_WIKILINKS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let events = || {
        let parser = Parser::new_ext(&content[start..], options).into_offset_iter();
        TextMergeWithOffset::new(parser)
    };
    // Read twice where there are comments: that nothing ends one is known at the end only.
    let marks = if content.contains(COMMENT) { comment_marks(events()) } else { 0 };
    let mut reader = BodyReader { start, marks, ..BodyReader::default() };
    for (event, range) in events() {
        reader.take(event, range);
    }
    reader.end_line();
    reader.body
}

/// What begins and ends a comment, in a line or over several.
const COMMENT: &str = "%%";

/// The marks of comments in a text: an even number, since one that nothing ends is text.
fn comment_marks<'a>(events: impl Iterator<Item = (Event<'a>, Range<usize>)>) -> usize {
    let (mut inside, mut marks) = (0_usize, 0);
    for (event, _) in events {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. }) => inside += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => inside -= 1,
            Event::Text(text) if inside == 0 => marks += text.matches(COMMENT).count(),
            _ => {}
        }
    }
    marks / 2 * 2
}

#[derive(Default)]
struct BodyReader {
    start: usize,
    /// The marks of comments that are still to come.
    marks: usize,
    body: NoteBody,
    block: TextBlock,
    blocks: usize,
    /// The links that are open, which is one at a time, and the words in it.
    open: Vec<(Option<NoteLink>, String)>,
    heading: Option<String>,
    /// Does a line begin here?
    begins: bool,
    /// The inline field of this line, its value, and whether a link stands in it.
    field: Option<(String, String, bool)>,
    /// Code, and the definitions of footnotes, say nothing.
    code: usize,
}

impl BodyReader {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.enter(tag, range),
            Event::End(tag) => self.leave(tag),
            Event::Text(text) if self.code == 0 => self.text(&text),
            Event::Code(text) if !self.in_comment() => self.plain(&text),
            Event::SoftBreak | Event::HardBreak => {
                self.end_line();
                self.plain(" ");
                self.begins = true;
            }
            Event::FootnoteReference(label) if !self.in_comment() => {
                let section = self.body.headings.last().cloned();
                let at = self.start + range.start;
                self.block.cite(&label, &mut self.body.claims, (self.blocks, at), section);
            }
            _ => {}
        }
    }

    fn enter(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::CodeBlock(_) => self.code += 1,
            Tag::Heading { .. } => {
                self.begin_block();
                self.heading = Some(String::new());
            }
            Tag::Paragraph | Tag::Item | Tag::TableCell => self.begin_block(),
            Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. } => {
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                let link = self.link(&dest_url, wiki, self.start + range.start);
                let link = link.filter(|_| !self.in_comment());
                self.open.push((link, String::new()));
            }
            _ => {}
        }
    }

    fn leave(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.code = self.code.saturating_sub(1),
            TagEnd::Heading(_) => {
                let heading = self.heading.take().unwrap_or_default().trim().to_owned();
                if !heading.is_empty() {
                    self.body.headings.push(heading);
                }
                self.begin_block();
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell => self.begin_block(),
            TagEnd::Link | TagEnd::Image => {
                let Some((Some(mut link), words)) = self.open.pop() else { return };
                let words = words.trim();
                let bare = [&link.target, &whole(&link)].iter().any(|own| *own == words);
                link.words = (!words.is_empty() && !bare).then(|| words.to_owned());
                if let Some((_, _, has_link)) = &mut self.field {
                    *has_link = true;
                }
                self.body.links.push(link);
            }
            _ => {}
        }
    }

    fn begin_block(&mut self) {
        self.end_line();
        self.block = TextBlock::default();
        self.blocks += 1;
        self.begins = true;
    }

    fn end_line(&mut self) {
        if let Some((key, value, has_link)) = self.field.take() {
            let value = value.trim();
            if !has_link && !value.is_empty() {
                self.body.fields.push(InlineField { key, value: value.to_owned() });
            }
        }
        self.begins = false;
    }

    fn in_comment(&self) -> bool {
        self.marks % 2 == 1
    }

    /// Text without its comments.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while self.marks > 0
            && self.open.is_empty()
            && let Some((before, behind)) = rest.split_once(COMMENT)
        {
            self.words(before);
            self.marks -= 1;
            rest = behind;
        }
        self.words(rest);
    }

    /// Text that may hold tags, or begin an inline field.
    fn words(&mut self, text: &str) {
        if self.in_comment() || text.is_empty() {
            return;
        }
        let mut rest = text;
        if std::mem::take(&mut self.begins)
            && self.open.is_empty()
            && let Some((key, value)) = text.split_once("::").filter(|(key, _)| is_key(key))
        {
            self.field = Some((key.trim().to_owned(), String::new(), false));
            rest = value;
        }
        if self.open.is_empty() {
            self.body.tags.extend(tags(rest));
        }
        self.plain(rest);
    }

    fn plain(&mut self, text: &str) {
        self.begins = false;
        self.block.words.push_str(text);
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        if let Some((_, value, _)) = &mut self.field {
            value.push_str(text);
        }
        if let Some((_, words)) = self.open.last_mut() {
            words.push_str(text);
        }
    }

    /// The link of an address, unless it leads out of the folder.
    fn link(&self, address: &str, wiki: bool, at: usize) -> Option<NoteLink> {
        let address = if wiki { address.to_owned() } else { decoded(address) };
        let leads_out = address.contains("://") || address.starts_with("mailto:");
        let (target, heading) = match address.split_once('#') {
            Some((target, heading)) => (target, Some(heading)),
            None => (address.as_str(), None),
        };
        // In a table the bar before the words is escaped.
        let target = target.trim_end_matches('\\').trim();
        if target.is_empty() || !wiki && leads_out {
            return None;
        }
        let is_note = super::is_note(target);
        let base = target.rsplit('/').next().unwrap_or(target);
        let other_file = base.rsplit_once('.').is_some_and(|(_, end)| {
            !is_note
                && (2..=4).contains(&end.len())
                && end.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        Some(NoteLink {
            target: target.to_owned(),
            heading: heading.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
            words: None,
            section: self.body.headings.last().cloned(),
            at,
            to_note: is_note || wiki && !other_file,
            field: self.field.as_ref().map(|(key, ..)| key.clone()),
            block: (self.blocks, self.block.words.len()),
        })
    }
}

/// A link as it is written in brackets.
fn whole(link: &NoteLink) -> String {
    match &link.heading {
        Some(heading) => format!("{}#{heading}", link.target),
        None => link.target.clone(),
    }
}

/// Is this the key of an inline field?
fn is_key(text: &str) -> bool {
    let text = text.trim();
    let fits = |letter: char| letter.is_alphanumeric() || " -_".contains(letter);
    !text.is_empty() && text.len() <= 64 && text.chars().all(fits)
}

/// `#tag` and `#tag/sub`: not a number alone.
fn tags(text: &str) -> Vec<String> {
    let fits = |letter: &char| letter.is_alphanumeric() || "-_/".contains(*letter);
    let begin = |(at, _): &(usize, &str)| {
        text[..*at].chars().next_back().is_none_or(|before| before.is_whitespace() || before == '(')
    };
    let found = text
        .match_indices('#')
        .filter(begin)
        .map(|(at, _)| text[at + 1..].chars().take_while(fits).collect::<String>());
    found.filter(|tag| tag.contains(|letter: char| !letter.is_numeric() && letter != '/')).collect()
}

/// A path in which `%20` is a blank.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| behind.get(..2).and_then(|code| str::from_utf8(code).ok()))
            .flatten()
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}
