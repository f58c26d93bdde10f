//! Texts that stay short enough to be read, whatever names they tell.

/// `text`, cut after so many characters that it still fits into a message.
#[must_use]
pub fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The first few of these, and how many more there are.
pub(crate) fn first_few(mut all: Vec<String>, most: usize) -> Vec<String> {
    let more = all.len().saturating_sub(most);
    all.truncate(most);
    all.extend((more > 0).then(|| format!("{more} more")));
    all
}

/// A message or note in which no name is longer than anyone reads, nor the whole.
pub(crate) fn bounded(text: String) -> String {
    const WORD: usize = 400;
    const WHOLE: usize = 4_000;
    if text.len() <= WORD {
        return text;
    }
    let words = text.split(' ').map(|word| match word.char_indices().nth(WORD) {
        // What closes it stays, such as a quote.
        Some(_) => {
            let name = word.trim_end_matches(['`', '"', ')', ',', ';', ':', '.']);
            shortened(name) + &word[name.len()..]
        }
        None => word.to_owned(),
    });
    let text = words.collect::<Vec<String>>().join(" ");
    match text.char_indices().nth(WHOLE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::bounded;

    #[test]
    fn no_name_makes_a_message_long() {
        let short = "no node is called `abc`";
        assert_eq!(bounded(short.to_owned()), short);
        let long = format!("no node is called `{}`; ask", "x".repeat(5_000_000));
        let expected = format!("no node is called `{}…`; ask", "x".repeat(59));
        assert_eq!(bounded(long), expected);
        assert_eq!(bounded("a b ".repeat(100_000)).chars().count(), 4_001);
    }
}
