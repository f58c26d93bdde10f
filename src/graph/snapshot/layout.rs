//! Where in a snapshot what stands: a few fixed bytes, a head that is read whole, and sections
//! that are not. Words are as the machine writes them, so that they need not be read either.

use crate::diagnostic::{Diagnostic, Note};
use crate::graph::blocks::{BLOCK, Bytes, Section, Sums, WORD, damage, refusal};
use crate::graph::{FieldUses, Prerequisite, Schema};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The form's version, to be raised with any change of it or of what is computed ahead: learning
/// order, levels, folding of names, which arcs a flow has. Snapshots of another one are refused.
const VERSION: u32 = 5;
/// What no text begins with.
pub(crate) const MAGIC: [u8; 8] = *b"\x89atlas\r\n";
/// Differs in its bytes where words do.
const ORDER: u32 = 0x0102_0304;
/// Magic, version, order, length and checksum of the head, length of the whole.
const FIXED: usize = 32;
const ALIGN: usize = 8;

/// What is read when a snapshot is opened.
#[derive(Serialize, Deserialize)]
pub(super) struct SnapshotHeader {
    /// Nodes, edges, and what edges say beyond their ends.
    pub(super) counts: [u32; 3],
    pub(super) schema: Schema,
    pub(super) layers: Vec<String>,
    pub(super) notes: Vec<Note>,
    pub(super) files: Vec<String>,
    /// Sets of kinds, and of layers.
    pub(super) sets: Vec<Vec<usize>>,
    pub(super) property_names: Vec<String>,
    pub(super) indices: Vec<IndexHead>,
    /// Where each level of the names ends, of the given ones and of the folded ones.
    pub(super) levels: [Vec<u32>; 2],
    pub(super) has_orders: bool,
    /// The properties in use, each with how many nodes and edges have it.
    pub(super) field_uses: FieldUses,
    pub(super) stretches: Vec<SectionRange>,
    /// The checksums of the blocks of the last one, which holds those of all others.
    pub(super) sums: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct IndexHead {
    pub(super) prerequisites: Vec<Prerequisite>,
    pub(super) required_only: bool,
    pub(super) has_recommended: bool,
}

/// A section: its bytes, from where sections begin.
#[derive(Serialize, Deserialize)]
pub(super) struct SectionRange {
    start: u64,
    length: u64,
}

/// The whole, of a head and the sections' bytes, in the order they are taken again.
pub(super) fn written(mut head: SnapshotHeader, mut sections: Vec<Vec<u8>>) -> Option<Vec<u8>> {
    let sums = |section: &Vec<u8>| section.chunks(BLOCK).map(crc32fast::hash).collect::<Vec<_>>();
    let all: Vec<u32> = sections.iter().flat_map(sums).collect();
    let all: Vec<u8> = all.into_iter().flat_map(u32::to_ne_bytes).collect();
    head.sums = sums(&all);
    sections.push(all);
    let mut start = 0;
    for section in &sections {
        head.stretches.push(SectionRange { start, length: section.len() as u64 });
        start += section.len().next_multiple_of(ALIGN) as u64;
    }
    let head = postcard::to_stdvec(&head).ok()?;
    let begin = (FIXED + head.len()).next_multiple_of(ALIGN);
    let mut whole = Vec::with_capacity(begin + start as usize);
    whole.extend(MAGIC);
    for word in [VERSION, ORDER, u32::try_from(head.len()).ok()?, crc32fast::hash(&head)] {
        whole.extend(word.to_ne_bytes());
    }
    whole.extend((begin as u64 + start).to_ne_bytes());
    whole.extend(&head);
    for section in &sections {
        // Aligned in the file is aligned in memory: a map begins at a page.
        whole.resize(whole.len().next_multiple_of(ALIGN), 0);
        whole.extend(section);
    }
    whole.resize(whole.len().next_multiple_of(ALIGN), 0);
    Some(whole)
}

/// The head of a snapshot, and where its sections begin. Says why it can't be had.
pub(super) fn head(bytes: &[u8], name: &str) -> Result<(SnapshotHeader, usize), Diagnostic> {
    let word = |at: usize| {
        let word = bytes.get(at..at + 4)?;
        word.try_into().ok().map(u32::from_ne_bytes)
    };
    if !bytes.starts_with(&MAGIC) {
        return Err(refusal(format!("{name} is no graph that was saved in binary form")));
    }
    let cut = || refusal(format!("{name} is cut off: it ends after {} bytes", bytes.len()));
    let (Some(version), Some(order)) = (word(8), word(12)) else { return Err(cut()) };
    // Before the version, which another order of bytes would turn round as well.
    if order == ORDER.swap_bytes() {
        let message = format!("{name} was written on a machine with another order of bytes");
        return Err(refusal(message));
    }
    if order != ORDER {
        return Err(damage(name));
    }
    if version != VERSION {
        return Err(refusal(format!(
            "{name} is in version {version} of the binary form; this program reads {VERSION}"
        )));
    }
    let (Some(length), Some(sum), Some(low)) = (word(16), word(20), bytes.get(24..FIXED)) else {
        return Err(cut());
    };
    let whole = low.try_into().map_or(0, u64::from_ne_bytes);
    if (bytes.len() as u64) < whole {
        return Err(cut());
    }
    let end = FIXED + length as usize;
    let head = bytes
        .get(FIXED..end)
        .filter(|head| bytes.len() as u64 == whole && crc32fast::hash(head) == sum);
    let head = head.and_then(|head| postcard::from_bytes(head).ok());
    head.map(|head| (head, end.next_multiple_of(ALIGN))).ok_or_else(|| damage(name))
}

/// The sections of a snapshot, in the order they were written.
pub(super) struct Sections<'b> {
    bytes: &'b Bytes,
    begin: usize,
    rest: std::vec::IntoIter<SectionRange>,
    /// The checksums of those that are still to come.
    sums: Sums,
    file: Arc<str>,
}

impl<'b> Sections<'b> {
    /// All of them but the last, which has the checksums of the others; `None` if it cannot be.
    pub(super) fn new(
        bytes: &'b Bytes,
        begin: usize,
        head: &mut SnapshotHeader,
        file: &str,
    ) -> Option<Self> {
        let mut all = std::mem::take(&mut head.stretches);
        // The last one first: it has the checksums by which all others are checked.
        let last = all.pop()?;
        let sums = Sums::These(std::mem::take(&mut head.sums).into());
        let mut sections =
            Self { bytes, begin, rest: vec![last].into_iter(), sums, file: file.into() };
        sections.sums = Sums::Among(Arc::new(sections.next(None)?), 0);
        sections.rest = all.into_iter();
        Some(sections)
    }

    /// The next one, if it is one within the bytes and has as many `words` as it must.
    pub(super) fn next(&mut self, words: Option<usize>) -> Option<Section> {
        let SectionRange { start, length } = self.rest.next()?;
        let start = usize::try_from(start).ok()?.checked_add(self.begin)?;
        let range = start..start.checked_add(usize::try_from(length).ok()?)?;
        let blocks = range.len().div_ceil(BLOCK);
        let sums = self.sums.clone();
        let has_sums = match &mut self.sums {
            Sums::These(sums) => sums.len() == blocks,
            Sums::Among(all, first) => {
                *first += blocks;
                *first <= all.words_len()
            }
        };
        // An empty stretch is cast to words only to see whether it begins where words may.
        let sound = has_sums
            && range.end <= self.bytes.all().len()
            && bytemuck::try_cast_slice::<u8, u32>(&self.bytes.all()[start..start]).is_ok()
            && words.is_none_or(|words| words.checked_mul(WORD) == Some(range.len()));
        sound.then(|| Section::new(self.bytes, range, sums, &self.file))
    }
}
