//! The shape of the house: which room may know which, how large a room may be, what no room has.
//! Each rule is a pure function on a file's path and text, and is itself tested.

mod support;

use opsatlas::query::{STAGES, VERBS};
use opsatlas::render::FORMATS;
use std::collections::BTreeSet;
use support::root;

/// The layers, lowest first: a module may use those before it.
const LAYERS: [&str; 14] = [
    "stop",
    "csr",
    "layout",
    "diagnostic",
    "graph",
    "analysis",
    "answer",
    "data",
    "export",
    "import",
    "query",
    "remote",
    "render",
    "cli",
];
const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 50;
/// Names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "common", "helpers", "core", "types"];

/// A word that only some places may hold.
struct Reserved {
    word: &'static str,
    places: &'static [&'static str],
}

const RESERVED: &[Reserved] = &[
    Reserved {
        word: "std::fs",
        places: &["cli/", "import/files.rs", "import/folder.rs", "import/mapping.rs"],
    },
    Reserved { word: "std::env::", places: &["cli/"] },
    Reserved { word: "std::process", places: &["cli/", "main.rs", "render/graphviz.rs"] },
    Reserved {
        word: "std::time",
        places: &[
            "cli/",
            "render/graphviz.rs",
            "remote/bolt/",
            "remote/link.rs",
            "remote/postgres/",
        ],
    },
    Reserved { word: "stdin()", places: &["cli/"] },
    Reserved { word: "stdout()", places: &["cli/"] },
    Reserved { word: "pest::", places: &["query/syntax/"] },
    Reserved { word: "petgraph::", places: &["csr.rs", "graph/", "analysis/"] },
    Reserved {
        word: "serde::",
        places: &["data/", "diagnostic/note.rs", "graph/", "remote/records.rs", "render/json/"],
    },
    Reserved {
        word: "postcard::",
        places: &["graph/mapped/", "graph/packed.rs", "graph/snapshot/"],
    },
    Reserved { word: "crc32fast::", places: &["graph/blocks/", "graph/snapshot/"] },
    Reserved {
        word: "bytemuck::",
        places: &["graph/blocks/", "graph/snapshot/", "import/mapping.rs"],
    },
    Reserved { word: "memmap2::", places: &["import/mapping.rs"] },
    Reserved {
        word: "miniz_oxide::",
        places: &["data/built_in.rs", "layout/text.rs", "render/pdf/"],
    },
    Reserved { word: "graphviz_rust::", places: &["render/dot.rs", "render/graphviz.rs"] },
    Reserved { word: "resvg::", places: &["render/png.rs", "render/raster.rs", "render/pdf/"] },
    Reserved { word: "base64::", places: &["render/html/mod.rs"] },
    Reserved { word: "hmac_sha256::", places: &["render/html/mod.rs", "render/calendar.rs"] },
    Reserved {
        word: "ttf_parser::",
        places: &["layout/text.rs", "render/raster.rs", "render/pdf/"],
    },
    Reserved { word: "rustyline::", places: &["cli/"] },
    Reserved { word: "granit_parser::", places: &["data/yaml/"] },
    Reserved { word: "pulldown_cmark::", places: &["import/notes/"] },
    Reserved { word: "quick_xml::", places: &["import/", "render/syllables.rs"] },
    Reserved { word: "unicode_normalization::", places: &["graph/folding.rs"] },
    Reserved { word: "unicase::", places: &["graph/folding.rs"] },
    Reserved { word: "clap::", places: &["cli/args/"] },
];

/// All source files, by path below `src`.
fn sources() -> Vec<(String, String)> {
    let base = root().join("src");
    let mut open = vec![base.clone()];
    let mut files = Vec::new();
    while let Some(place) = open.pop() {
        if place.is_dir() {
            let entries = std::fs::read_dir(&place).expect("a folder");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if place.extension().is_some_and(|end| end == "rs") {
            let path = place.strip_prefix(&base).expect("below src").to_string_lossy().into_owned();
            files.push((path, std::fs::read_to_string(&place).expect("a source file")));
        }
    }
    files.sort();
    files
}

/// The text without comments and tests, which may say what they like.
fn code(text: &str) -> String {
    let lines = text
        .split("#[cfg(test)]")
        .next()
        .unwrap_or(text)
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""));
    lines.collect::<Vec<&str>>().join("\n")
}

fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// Imports of modules above one's own.
fn upward_imports(path: &str, text: &str) -> Vec<String> {
    let Some(own) = LAYERS.iter().position(|layer| *layer == room(path)) else {
        return Vec::new();
    };
    let code = code(text);
    let above = LAYERS[own + 1..].iter().filter(|layer| code.contains(&format!("crate::{layer}")));
    above.map(|layer| format!("{path} knows {layer}, which stands above it")).collect()
}

fn reserved_words(path: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let wrong = RESERVED.iter().filter(|reserved| {
        code.contains(reserved.word) && !reserved.places.iter().any(|place| path.starts_with(place))
    });
    wrong
        .map(|reserved| {
            format!("{path} names {}, reserved for {:?}", reserved.word, reserved.places)
        })
        .collect()
}

fn too_long(path: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() > FILE_LINES {
        wrong.push(format!("{path} has {} lines", lines.len()));
    }
    for (at, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split_whitespace().take(4).collect();
        if !words.contains(&"fn")
            || !line.trim_end().ends_with('{') && line.trim_end().ends_with(';')
        {
            continue;
        }
        let end = format!("{}}}", " ".repeat(indent));
        let length = lines[at..].iter().position(|line| *line == end).unwrap_or(0);
        if length > FUNCTION_LINES {
            wrong.push(format!("{path}:{} a function of {length} lines", at + 1));
        }
    }
    wrong
}

fn empty_name(path: &str) -> Vec<String> {
    let parts = path.split('/').map(|part| part.trim_end_matches(".rs"));
    parts
        .filter(|part| EMPTY_NAMES.contains(part))
        .map(|_| format!("{path} has a name that says nothing"))
        .collect()
}

/// Kinds and relations of the built-in graph named in quotes: vocabulary is data.
fn vocabulary(path: &str, text: &str, words: &BTreeSet<String>) -> Vec<String> {
    let code = code(text);
    let named = words.iter().filter(|word| code.contains(&format!("\"{word}\"")));
    named.map(|word| format!("{path} names `{word}`, which is data")).collect()
}

/// Flags named in texts: who embeds the library has none, so a text names a setting.
fn flags(path: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let parts = code.split([' ', '"', '`', '(']);
    let flag = |part: &&str| {
        let name = part.strip_prefix("--");
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let flags = parts.filter(flag).filter(|_| !path.starts_with("cli/"));
    flags.map(|flag| format!("{path} names the flag {flag}")).collect()
}

fn built_in_vocabulary() -> BTreeSet<String> {
    let atlas = opsatlas::graph::Atlas::built_in();
    let kinds = atlas.schema().kinds.iter().map(|kind| kind.name.clone());
    let relations = atlas.schema().relations.iter().map(|relation| relation.name.clone());
    kinds.chain(relations).collect()
}

#[test]
fn the_house_is_in_order() {
    let sources = sources();
    assert!(sources.len() > 40, "the scanner sees {} files only", sources.len());
    let words = built_in_vocabulary();
    let mut wrong = Vec::new();
    for (path, text) in &sources {
        wrong.extend(upward_imports(path, text));
        wrong.extend(reserved_words(path, text));
        wrong.extend(too_long(path, text));
        wrong.extend(empty_name(path));
        wrong.extend(vocabulary(path, text, &words));
        wrong.extend(flags(path, text));
        if !text.starts_with("//!") {
            wrong.push(format!("{path} does not begin by saying what it is"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rules_notice_what_they_forbid() {
    assert_eq!(upward_imports("graph/x.rs", "use crate::query::parse;").len(), 1);
    assert_eq!(upward_imports("render/x.rs", "use crate::query::parse; // crate::cli").len(), 0);
    assert_eq!(reserved_words("graph/x.rs", "std::fs::read(x)").len(), 1);
    assert_eq!(reserved_words("cli/x.rs", "std::fs::read(x)").len(), 0);
    assert_eq!(too_long("x.rs", &"\n".repeat(401)).len(), 1);
    let long = format!("    fn long() {{\n{}    }}\n", "        x();\n".repeat(60));
    assert_eq!(too_long("x.rs", &long).len(), 1);
    assert_eq!(empty_name("graph/utils.rs").len(), 1);
    for text in ["help(\"`--save FILE` writes it\")", "\"name a file: --me knows.json\""] {
        assert_eq!(flags("graph/x.rs", text).len(), 1);
        assert_eq!(flags("cli/x.rs", text).len(), 0);
    }
    assert_eq!(flags("graph/x.rs", "\"a -- b\" // --save").len(), 0);
    let words = BTreeSet::from(["leads-to".to_owned()]);
    assert_eq!(vocabulary("x.rs", "if name == \"leads-to\" {", &words).len(), 1);
}

#[test]
fn the_tables_are_well_formed() {
    let rows = VERBS.iter().map(|verb| (verb.name, verb.usage(), verb.summary));
    let rows: Vec<_> =
        rows.chain(STAGES.iter().map(|row| (row.name, row.usage(), row.summary))).collect();
    let names: BTreeSet<&str> = rows.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names.len(), rows.len(), "a name stands twice");
    for (name, usage, summary) in rows {
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name} is not lower case");
        assert!(usage.starts_with(name), "the usage of {name} does not begin with it");
        assert!(!summary.is_empty() && !summary.ends_with('.'), "{name}: {summary}");
    }
    let extensions: Vec<&str> =
        FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
    let distinct: BTreeSet<&&str> = extensions.iter().collect();
    assert_eq!(distinct.len(), extensions.len(), "two formats share an extension");
}

#[test]
fn every_rule_of_the_grammar_is_used() {
    let grammar = std::fs::read_to_string(root().join("grammar/query.pest")).expect("the grammar");
    let rooms = sources().into_iter().filter(|(path, _)| path.starts_with("query/syntax/"));
    let syntax: String = rooms.map(|(_, text)| text).collect();
    let rules: Vec<&str> = grammar
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim())
        .collect();
    assert!(rules.len() > 15, "only {} rules were found", rules.len());
    for rule in rules {
        let others = grammar.lines().filter(|line| !line.starts_with(&format!("{rule} ")));
        let body = others.collect::<Vec<&str>>().join(" ");
        let used = body.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == rule);
        let implicit = ["WHITESPACE", "COMMENT"].contains(&rule);
        assert!(
            used || implicit || syntax.contains(&format!("Rule::{rule}")),
            "{rule} is never used"
        );
    }
}
