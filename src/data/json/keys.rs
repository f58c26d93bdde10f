//! The keys of an object, for a look before it is read.

use super::Reader;
use super::scanner::ScanStep;
use std::borrow::Cow;

impl<'t> Reader<'_, 't> {
    /// The keys of an object; problems with it are left to whoever reads it.
    pub(in crate::data) fn keys(&mut self, slice: &'t str) -> Vec<Cow<'t, str>> {
        let content = &*self.text.content;
        let mut keys = Vec::new();
        let mut step = self.scanner.enter(self.offset(slice));
        while let ScanStep::At(at) = step {
            let Ok((key_end, value)) = self.scanner.member(at) else { break };
            keys.push(content[at + 1..key_end - 1].into());
            let Ok(end) = self.scanner.skip(value) else { break };
            let Ok(next) = self.scanner.next(end, b'}') else { break };
            step = next;
        }
        keys
    }
}
