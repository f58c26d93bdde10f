//! What separates the cells of a sheet that is a text.

/// What stands most often in the header line, outside of quotes, separates the cells.
pub(crate) fn delimiter(header: &str) -> u8 {
    let outside = || header.split('"').step_by(2).flat_map(str::bytes);
    let count = |sign: u8| outside().filter(|byte| *byte == sign).count();
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// The sign between the cells of a sheet, and where its header begins: a first line `sep=;`, as Excel
/// writes it, names the sign.
pub(crate) fn separator(content: &str) -> (u8, usize) {
    let first = content.lines().next().unwrap_or_default();
    let named = first.get(..4).filter(|word| word.eq_ignore_ascii_case("sep="));
    match named.map(|_| first[4..].trim_end_matches('\r').as_bytes()) {
        Some(&[sign @ (b'\t' | b' '..=b'~')]) => {
            (sign, content.find('\n').map_or(content.len(), |end| end + 1))
        }
        _ => (delimiter(first), 0),
    }
}

/// A cell: in quotes, where it would be read in another way without them. These signs separate cells,
/// and other programs cut blanks at an end off.
pub(crate) fn quoted(text: &str, signs: &[char]) -> String {
    let special = |letter: char| signs.contains(&letter) || matches!(letter, '"' | '\r' | '\n');
    let bare = !text.contains(special) && text.trim() == text;
    if bare { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
