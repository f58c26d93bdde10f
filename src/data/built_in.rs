//! The built-in graph, compiled into the binary.

use super::read;
use crate::diagnostic::Text;
use crate::graph::{Atlas, Builder, Bytes};
use std::sync::Arc;

/// A part of the built-in graph that `-g` can name.
#[derive(Debug)]
pub struct BuiltIn {
    /// The layer its facts belong to.
    pub layer: &'static str,
    pub(super) files: &'static [(&'static str, &'static str)],
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$((concat!("graph-data/", $name), include_str!(concat!("../../graph-data/", $name)))),*]
    };
}

/// The layers of the built-in graph, lowest first.
pub const BUILT_IN: [BuiltIn; 2] = [
    BuiltIn {
        layer: "texts",
        files: files![
            "schema.json",
            "sources.json",
            "texts/shared.json",
            "texts/devops.json",
            "texts/gitops.json",
            "texts/mlops.json",
            "texts/llmops.json",
            "texts/aiops.json",
        ],
    },
    BuiltIn {
        layer: "practice",
        files: files![
            "practice/sources.json",
            "practice/foundations.json",
            "practice/containers.json",
            "practice/delivery.json",
            "practice/cloud.json",
            "practice/observability.json",
            "practice/sources-delivery.json",
            "practice/linux.json",
            "practice/networking.json",
            "practice/delivery-practice.json",
            "practice/container-parts.json",
            "practice/kubernetes.json",
            "practice/gitops-practice.json",
            "practice/infrastructure.json",
            "practice/security.json",
            "practice/reliability.json",
            "practice/telemetry.json",
            "practice/data-stores.json",
            "practice/machine-learning.json",
            "practice/llm.json",
            "practice/sources-ml.json",
            "practice/mathematics.json",
            "practice/deep-learning.json",
            "practice/data-engineering.json",
            "practice/ml-platforms.json",
            "practice/serving.json",
            "practice/ml-monitoring.json",
            "practice/language-models.json",
            "practice/rag.json",
            "practice/agents.json",
            "practice/llm-evaluation.json",
            "practice/llm-safety.json",
            "practice/llm-serving.json",
            "practice/sources-aiops.json",
            "practice/aiops.json",
            "practice/sources-effort.json",
            "practice/sources-roles.json",
            "practice/roles.json",
            "practice/sources-backgrounds.json",
            "practice/backgrounds.json",
            "practice/effort.json",
            "practice/sources-wider.json",
            "practice/wider.json",
        ],
    },
];

/// Words are looked at where they lie, which must be where words can be.
#[repr(C, align(8))]
struct Aligned<T: ?Sized>(T);

/// All of it as a snapshot: what [`BuiltIn::read_into`] would make of the texts.
static SNAPSHOT: &Aligned<[u8]> = &Aligned(*include_bytes!("../../graph-data/ops.atlas"));

impl BuiltIn {
    /// Reads the part's files.
    pub fn read_into(&self, builder: &mut Builder) {
        for (text, _) in self.texts() {
            read(builder, &text, self.layer);
        }
    }

    fn texts(&self) -> impl Iterator<Item = (Arc<Text>, &'static str)> {
        self.files.iter().map(|(name, content)| (Text::lasting(*name, content), self.layer))
    }
}

/// A builder that holds the whole built-in graph, so that other files can be laid over it.
#[must_use]
pub fn built_in() -> Builder {
    let texts = BUILT_IN.iter().flat_map(BuiltIn::texts).map(|(text, _)| text);
    Builder::holding(&Atlas::built_in(), Some(texts.collect()))
}

/// What the texts say.
fn read_texts() -> Builder {
    let mut builder = Builder::new();
    BUILT_IN.iter().for_each(|part| part.read_into(&mut builder));
    builder
}

impl Atlas {
    /// The built-in graph of the Ops world, all layers.
    ///
    /// # Panics
    /// Never in a released build: a test holds that the built-in files are valid.
    #[must_use]
    pub fn built_in() -> Self {
        // The snapshot's words are those of most machines; where they are not, the texts are read.
        if cfg!(target_endian = "little") {
            Self::of_snapshot(&Bytes::BuiltIn(&SNAPSHOT.0), "ops").expect("written by this version")
        } else {
            read_texts().finish().expect("valid texts")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SNAPSHOT, read_texts};
    use crate::data::{save, snapshot};
    use crate::graph::{Atlas, FilePlace};
    use std::{env, fs};

    /// Everything that is told of a graph, and where it stands.
    fn told(atlas: &Atlas) -> (String, Vec<FilePlace>, Vec<&[usize]>) {
        let nodes = || atlas.nodes().map(|node| atlas.node(node));
        let edges = atlas.edges().into_iter().map(|edge| atlas.edge(edge).place);
        let places = nodes().map(|node| node.place).chain(edges).collect();
        (save(atlas), places, nodes().map(|node| &*node.layers).collect())
    }

    /// `UPDATE=1 cargo test --lib prepared` writes it anew.
    #[test]
    fn what_was_prepared_is_what_the_texts_say() {
        let atlas = match read_texts().finish() {
            Ok(atlas) => atlas,
            Err(problems) => panic!("the built-in graph has problems: {problems:#?}"),
        };
        let prepared = snapshot(&atlas).expect("small enough");
        if env::var_os("UPDATE").is_some() {
            fs::write("graph-data/ops.atlas", &prepared).expect("written");
        } else {
            assert!(prepared == SNAPSHOT.0, "UPDATE=1 cargo test --lib prepared");
            assert_eq!(told(&Atlas::built_in()), told(&atlas));
        }
    }
}
