//! What may reach a terminal: characters that could drive it are told, not sent.

/// Could this character drive a terminal or turn the order of what is read: a control, a line end,
/// a bidirectional override? Joiners, direction marks, variation selectors and emoji tags are parts of
/// names and can not.
#[must_use]
pub fn drives_terminal(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200b}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2061}'..='\u{206f}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0001}'
        )
}

/// The same JSON with every character that could drive a terminal escaped; such characters
/// stand in strings only, and mean the same there.
#[must_use]
pub fn harmless_json(json: String) -> String {
    // Below those, only controls could; and JSON escapes them.
    let may_drive = |character| character >= '\u{7f}' && drives_terminal(character);
    if json.is_ascii() && !json.contains('\u{7f}') || !json.contains(may_drive) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if may_drive(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// May letters that nobody sees follow, which spell the name of a flag?
fn takes_tags(character: char) -> bool {
    matches!(character, '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
        || is_tag(character)
}

fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0020}'..='\u{e007f}')
}

/// Is it seen as it is, without a look at each character? Most texts are.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// `text` with every character that could drive a terminal made visible: controls as pictures
/// such as `␛`, others as `<U+202E>`; so are tags that belong to no emoji.
#[must_use]
pub fn visible(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '\u{0}'..='\u{1f}' => {
                shown.push(char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'));
            }
            '\u{7f}' => shown.push('\u{2421}'),
            _ if drives_terminal(character) || is_tag(character) && !takes_tags(before) => {
                shown.push_str(&format!("<U+{:04X}>", character as u32));
                continue;
            }
            _ => shown.push(character),
        }
        before = character;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_drives_a_terminal_is_seen_and_what_joins_letters_stays() {
        let kept = [
            "می\u{200c}خواهم",
            "ශ්\u{200d}රී",
            "👩\u{200d}👩\u{200d}👧",
            "🏳\u{fe0f}\u{200d}🌈",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} england",
            "soft\u{ad}hyphen",
            "a\u{200e}b",
            "a\u{2060}b\u{feff}c",
        ];
        for text in kept {
            assert_eq!(visible(text), text);
        }
        let told = [
            ("\u{1b}[31m", "␛[31m"),
            ("a\u{202e}b", "a<U+202E>b"),
            ("a\u{e0067}\u{e0062}", "a<U+E0067><U+E0062>"),
            ("\u{9b}\u{7f}\u{200b}", "<U+009B>␡<U+200B>"),
        ];
        for (text, shown) in told {
            assert_eq!(visible(text), shown);
        }
    }
}
