//! Changes of an input: bytes, words that mean something, pieces of other inputs.

use super::chance::Chance;

/// What the languages and formats read as something special.
const WORDS: &[&str] = &[
    "->",
    "|",
    "then ",
    "where ",
    "with { ",
    "+",
    "-",
    "except ",
    "(",
    ")",
    "}",
    ";",
    ",",
    "@x",
    "let x = ",
    "depth 0",
    "limit 9",
    "over uses",
    "\"",
    "'",
    "\\",
    "`",
    "//",
    "/*",
    "*/",
    "paths ",
    "plan ",
    "prereqs ",
    "show ",
    "count",
    "?a",
    "1e999",
    "-0",
    "18446744073709551616",
    "null",
    "true",
    "[",
    "]",
    "{",
    ":",
    "\"id\"",
    "\"atlas\": 1",
    "\"nodes\"",
    "\"edges\"",
    "\"graph\"",
    "\"metadata\"",
    "{}",
    "[]",
    "<",
    ">",
    "</",
    "/>",
    "<node id=\"a\"/>",
    "<data key=\"d0\">",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#0;",
    "<!--",
    "-->",
    "<graph edgedefault=\"directed\">",
    "digraph",
    "strict ",
    "subgraph ",
    "node ",
    "edge ",
    "--",
    "=",
    "#",
    "a:b:c",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "知",
    "\u{1f600}",
    ":ID",
    ":START_ID(x)",
    ":END_ID",
    ":LABEL",
    ":int",
    "[]",
    "id,",
    "from,to",
    "a,b",
    "\"\"",
];

pub fn mutated(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = corpus[chance.below(corpus.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(input.len() + 1);
        let end = (at + chance.below(40)).min(input.len());
        match chance.below(9) {
            0 if at < input.len() => input[at] ^= 1 << chance.below(8),
            1 if at < input.len() => input[at] = chance.next() as u8,
            2 => drop(input.drain(at..end)),
            3 => input.truncate(at),
            4 | 5 => drop(input.splice(at..at, WORDS[chance.below(WORDS.len())].bytes())),
            6 => drop(input.splice(at..end, WORDS[chance.below(WORDS.len())].bytes())),
            7 => {
                let other = &corpus[chance.below(corpus.len())];
                let from = chance.below(other.len() + 1);
                let to = (from + chance.below(200)).min(other.len());
                let piece = other[from..to].to_vec();
                drop(input.splice(at..at, piece));
            }
            _ => {
                let piece = input[at..end].repeat(1 + chance.below(20));
                drop(input.splice(at..at, piece));
            }
        }
    }
    input.truncate(20_000);
    input
}
