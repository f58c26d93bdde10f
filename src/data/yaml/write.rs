//! Facts as YAML: what native JSON says, in blocks. Texts that YAML could take for something else
//! stand in quotes.

use crate::diagnostic::drives_terminal;
use serde_json::Value;

/// What comes first in an object, in this order; everything else follows by name, sources last.
const FIRST: [&str; 14] = [
    "atlas", "$schema", "schema", "id", "source", "value", "from", "kind", "to", "name", "title",
    "aliases", "section", "line",
];
/// What comes last.
const LAST: [&str; 3] = ["sources", "nodes", "edges"];
/// The longest key that stands on a line with its value.
const KEY: usize = 1_000;

/// A value as a YAML document.
pub(crate) fn written(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(map) if !map.is_empty() => block(value, 0, &mut text),
        Value::Array(list) if !list.is_empty() => block(value, 0, &mut text),
        _ => text.push_str(&inline(value)),
    }
    text.truncate(text.trim_end_matches('\n').len());
    text.push('\n');
    text
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty() && !is_short(list),
        _ => false,
    }
}

/// A few plain values fit on one line.
fn is_short(list: &[Value]) -> bool {
    list.len() <= 8 && list.iter().all(|item| !item.is_object() && !item.is_array())
}

/// A list or an object from the current place on, which is `indent` columns from the left.
fn block(value: &Value, indent: usize, text: &mut String) {
    let margin = " ".repeat(indent);
    let mut first = true;
    let mut line = |text: &mut String| {
        if !std::mem::take(&mut first) {
            text.push_str(&margin);
        }
    };
    match value {
        Value::Array(list) => {
            for item in list {
                line(text);
                text.push_str("- ");
                nested(item, indent + 2, true, text);
            }
        }
        Value::Object(map) => {
            let place = |key: &str| {
                let last = LAST.iter().position(|last| *last == key);
                let first = FIRST.iter().position(|first| *first == key);
                last.map_or(first.unwrap_or(FIRST.len()), |last| FIRST.len() + 1 + last)
            };
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            members.sort_by_key(|(key, _)| place(key));
            for (key, item) in members {
                line(text);
                let key = scalar(key);
                if key.len() > KEY {
                    text.push_str(&format!("? {key}\n{margin}: "));
                } else {
                    text.push_str(&format!("{key}: "));
                }
                nested(item, indent + 2, false, text);
            }
        }
        _ => text.push_str(&inline(value)),
    }
}

/// A value behind a dash, where it may go on at once, or behind a key.
fn nested(value: &Value, indent: usize, goes_on: bool, text: &mut String) {
    if is_block(value) {
        if !goes_on {
            text.truncate(text.len() - 1);
            text.push('\n');
            text.push_str(&" ".repeat(indent));
        }
        block(value, indent, text);
    } else {
        text.push_str(&inline(value));
        text.push('\n');
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(list) => {
            let items: Vec<String> = list.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(_) => "{}".to_owned(),
        other => other.to_string(),
    }
}

/// Words that some reader of YAML takes for something else.
const WORDS: [&str; 11] =
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

fn scalar(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || " _-/.()+".contains(letter);
    let begins = text.starts_with(char::is_alphabetic) && !text.ends_with(' ');
    let word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    if begins && !word && text.chars().all(plain) {
        return text.to_owned();
    }
    let quoted = super::quoted(text);
    let hidden = |letter: char| {
        letter >= '\u{7f}' && drives_terminal(letter)
            || matches!(letter, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{85}')
    };
    if !quoted.contains(hidden) {
        return quoted;
    }
    let mut safe = String::new();
    for letter in quoted.chars() {
        if hidden(letter) {
            letter
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| safe += &format!("\\u{unit:04x}"));
        } else {
            safe.push(letter);
        }
    }
    safe
}
