//! Native JSON and the same in YAML: they hold everything but the layers' names.

use super::{Saved, Saver};
use crate::data::{save, yaml_of};
use crate::diagnostic::Diagnostic;

pub(super) const JSON: Saver = Saver {
    name: "json",
    extensions: &["json"],
    summary: "native JSON, which holds everything",
    save: |atlas, _| Ok(Saved::one(save(atlas), Vec::new())),
};

pub(super) const YAML: Saver = Saver {
    name: "yaml",
    extensions: &["yaml", "yml"],
    summary: "what native JSON says, in YAML",
    save: |atlas, _| {
        let unread = || Diagnostic::new("cannot-hold", "YAML cannot hold this graph");
        let text = yaml_of(save(atlas)).ok_or_else(unread)?;
        Ok(Saved::one(text, Vec::new()))
    },
};
