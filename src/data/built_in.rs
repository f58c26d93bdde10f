//! The built-in graph, compiled into the binary.

use super::read;
use crate::diagnostic::Text;
use crate::graph::{Atlas, Builder, Bytes};
use std::sync::{Arc, OnceLock};

/// A part of the built-in graph that `-g` can name.
#[derive(Debug)]
pub struct BuiltIn {
    /// The layer its facts belong to.
    pub layer: &'static str,
    files: &'static [&'static str],
}

/// The layers of the built-in graph, lowest first.
pub const BUILT_IN: [BuiltIn; 2] = [
    BuiltIn {
        layer: "texts",
        files: &[
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
        files: &[
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

/// The texts one after the other, a NUL between two, deflated: they are only asked for by who
/// lays something over them or wants one layer alone.
static TEXTS: &[u8] = include_bytes!("../../graph-data/ops.texts");
const BETWEEN: char = '\0';

/// All texts, in order, each with its layer.
fn all_texts() -> impl Iterator<Item = (Arc<Text>, &'static str)> {
    static OPENED: OnceLock<String> = OnceLock::new();
    let texts = OPENED.get_or_init(|| {
        let opened = miniz_oxide::inflate::decompress_to_vec(TEXTS).unwrap_or_default();
        String::from_utf8(opened).unwrap_or_default()
    });
    let named = BUILT_IN.iter().flat_map(|part| part.files.iter().map(|name| (*name, part.layer)));
    let text = |((name, layer), content)| (Text::lasting(file_name(name), content), layer);
    named.zip(texts.split(BETWEEN)).map(text)
}

/// What the file of a text is called.
fn file_name(name: &str) -> String {
    format!("graph-data/{name}")
}

impl BuiltIn {
    /// Reads the part's files.
    pub fn read_into(&self, builder: &mut Builder) {
        for (text, layer) in all_texts().filter(|(_, layer)| *layer == self.layer) {
            read(builder, &text, layer);
        }
    }
}

/// A builder that holds the whole built-in graph, so that other files can be laid over it.
#[must_use]
pub fn built_in() -> Builder {
    let texts = all_texts().map(|(text, _)| text).collect();
    Builder::holding(&Atlas::built_in(), Some(texts))
}

/// The same without its texts, which are a tenth of what a page has to load: what is wrong between it and
/// a file is told by file and line, and of the file alone the line is shown.
#[must_use]
pub fn built_in_unquoted() -> Builder {
    Builder::holding(&Atlas::built_in(), None)
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
            let mut builder = Builder::new();
            BUILT_IN.iter().for_each(|part| part.read_into(&mut builder));
            builder.finish().expect("valid texts")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BETWEEN, BUILT_IN, SNAPSHOT, TEXTS, file_name};
    use crate::data::{read, save, snapshot};
    use crate::diagnostic::Text;
    use crate::graph::{Atlas, Builder, FilePlace};
    use std::{env, fs};

    /// Everything that is told of a graph, and where it stands.
    fn told(atlas: &Atlas) -> (String, Vec<FilePlace>, Vec<&[usize]>) {
        let nodes = || atlas.nodes().map(|node| atlas.node(node));
        let edges = atlas.edges().into_iter().map(|edge| atlas.edge(edge).place);
        let places = nodes().map(|node| node.place).chain(edges).collect();
        (save(atlas), places, nodes().map(|node| &*node.layers).collect())
    }

    /// `UPDATE=1 cargo test --lib prepared` writes both anew.
    #[test]
    fn what_was_prepared_is_what_the_texts_say() {
        let (mut builder, mut all) = (Builder::new(), Vec::new());
        for part in &BUILT_IN {
            for name in part.files {
                let content = fs::read_to_string(file_name(name)).expect("a file");
                let text = Text::new(file_name(name), content.clone());
                read(&mut builder, &text, part.layer);
                all.push(content);
            }
        }
        let atlas = match builder.finish() {
            Ok(atlas) => atlas,
            Err(problems) => panic!("the built-in graph has problems: {problems:#?}"),
        };
        let kept = snapshot(&atlas).expect("small enough");
        let all = all.join(&BETWEEN.to_string());
        if env::var_os("UPDATE").is_some() {
            let texts = miniz_oxide::deflate::compress_to_vec(all.as_bytes(), 10);
            fs::write("graph-data/ops.atlas", &kept).expect("written");
            fs::write("graph-data/ops.texts", &texts).expect("written");
        } else {
            let texts = miniz_oxide::inflate::decompress_to_vec(TEXTS).expect("deflated");
            assert!(texts == all.as_bytes(), "UPDATE=1 cargo test --lib prepared");
            assert!(kept == SNAPSHOT.0, "UPDATE=1 cargo test --lib prepared");
            assert_eq!(told(&Atlas::built_in()), told(&atlas));
        }
    }
}
