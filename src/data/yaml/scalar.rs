//! What a scalar without quotes is: the core schema of YAML 1.2, but that no digit is lost.

use super::quoted;
use crate::graph::{Decimal, as_spelt};

/// The JSON value that a plain scalar stands for. Numbers that begin with a zero (`007`) are texts,
/// as in sheets; so are `yes` and `no`, dates, and what is no finite number.
pub(super) fn as_json(text: &str) -> String {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return "null".to_owned(),
        "true" | "True" | "TRUE" => return "true".to_owned(),
        "false" | "False" | "FALSE" => return "false".to_owned(),
        _ => {}
    }
    number(text).unwrap_or_else(|| quoted(text))
}

fn number(text: &str) -> Option<String> {
    let begins = |first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.');
    if !text.starts_with(begins) {
        return None;
    }
    if !text.starts_with(['+', '.']) && as_spelt(text).is_some() {
        return Some(text.to_owned());
    }
    let based = [("0x", 16), ("0o", 8)]
        .into_iter()
        .find_map(|(prefix, base)| u128::from_str_radix(text.strip_prefix(prefix)?, base).ok());
    if let Some(whole) = based {
        return Some(whole.to_string());
    }
    let digits = text.trim_start_matches(['-', '+']);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let leading_zero =
        digits.starts_with('0') && digits[1..].starts_with(|next: char| next.is_ascii_digit());
    if !is_number || leading_zero || text.len() - digits.len() > 1 {
        return None;
    }
    Decimal::read(text).map(|number| number.written())
}
