//! What the words in usages and answers mean.

/// Each word, in the order in which one meets them.
pub(crate) const WORDS: &[(&str, &str)] = &[
    ("N", "one node: a name such as `docker` or \"argo cd\""),
    ("S", "a set: names with commas, a kind such as `tools`, or a query in parentheses"),
    ("node", "one thing one can learn, use or be: a tool, a skill, a domain, a role"),
    ("kind", "what a node is; alone it means all of that kind: `tools`"),
    ("relation", "what an edge between two nodes says: builds-on, uses, alternative-to …"),
    ("flow", "the direction of learning: what is needed first, then what needs it"),
    ("milestone", "a node that plans pause at, such as a domain: what it needs stands under it"),
    ("layer", "the facts of one file or set of files; later layers add to earlier ones"),
    ("recommended", "of use, but optional: one can do without (`required only` leaves it out)"),
    ("profile", "what you know, kept in a file: `.know docker` adds to it, `@me` means it"),
];
