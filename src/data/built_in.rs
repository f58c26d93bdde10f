//! The built-in graph, compiled into the binary.

use super::read;
use crate::diagnostic::Text;
use crate::graph::Builder;

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

impl BuiltIn {
    /// Reads the part's files.
    pub fn read_into(&self, builder: &mut Builder) {
        for (name, content) in self.files {
            let text = Text::new(*name, *content);
            read(builder, &text, self.layer);
        }
    }
}
