//! Claims: sentences that say by a footnote which source they are from.

/// The words of a paragraph, an item or a cell so far.
#[derive(Debug, Default)]
pub(super) struct TextBlock {
    pub(super) words: String,
    /// Behind the last footnote.
    told: usize,
}

/// A sentence with the labels of its footnotes.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) text: String,
    pub(super) labels: Vec<String>,
    pub(super) section: Option<String>,
    pub(super) at: usize,
    /// Its block, and from where to where in its words.
    pub(super) block: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl TextBlock {
    /// Notes a footnote behind the words so far.
    pub(super) fn cite(
        &mut self,
        label: &str,
        claims: &mut Vec<Claim>,
        (block, at): (usize, usize),
        section: Option<String>,
    ) {
        let fresh = &self.words[self.told..];
        let nothing = fresh.trim_matches(|letter: char| !letter.is_alphanumeric()).is_empty();
        if nothing {
            if let Some(last) = claims.last_mut().filter(|last| last.block == block) {
                last.labels.push(label.to_owned());
            }
            return;
        }
        // A sentence begins behind the end of another.
        let body = fresh.trim_end().trim_end_matches(['.', '!', '?']);
        let mut begin = body.match_indices(['.', '!', '?']).map(|(end, _)| end + 1);
        let begin = begin.rfind(|end| body[*end..].starts_with(' ')).unwrap_or(0);
        let from = self.told + begin;
        let (to, text) = (self.words.len(), self.words[from..].trim().to_owned());
        claims.push(Claim { text, labels: vec![label.to_owned()], section, at, block, from, to });
        self.told = to;
    }
}
