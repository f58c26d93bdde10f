//! What a cell of prerequisites names: several by `;` or line ends, or by commas where all between
//! them are names, or the sheet as a whole reads so, since names have commas. "A or B" is a choice.

/// A stretch of a cell, with where it begins.
pub(super) type Piece<'c> = (usize, &'c str);

/// Words for nothing at all, where no topic is called so.
const NOTHING: [&str; 7] = ["-", "–", "—", "none", "n/a", "nothing", "no prerequisites"];

/// How a sheet reads cells.
pub(super) struct Separators<'k> {
    pub(super) is_known: &'k dyn Fn(&str) -> bool,
    pub(super) comma: bool,
    /// How many commas a name has at most.
    pub(super) commas_in_names: usize,
}

/// Without blanks around it.
fn trimmed((at, text): Piece<'_>) -> Piece<'_> {
    let rest = text.trim_start();
    (at + text.len() - rest.len(), rest.trim_end())
}

/// Without what begins an item of a list.
fn unmarked((at, text): Piece<'_>) -> Piece<'_> {
    let rest = text.strip_prefix(['-', '•', '*', '–']).filter(|rest| rest.starts_with(' '));
    rest.map_or((at, text), |rest| trimmed((at + text.len() - rest.len(), rest)))
}

/// The parts between signs, without empty ones.
fn split((at, text): Piece<'_>, mut is_sign: impl FnMut(char) -> bool) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (end, sign) in text.char_indices().filter(|(_, sign)| is_sign(*sign)) {
        found.push((at + start, &text[start..end]));
        start = end + sign.len_utf8();
    }
    found.push((at + start, &text[start..]));
    found.into_iter().map(trimmed).filter(|(_, text)| !text.is_empty()).collect()
}

/// The parts of a cell that `;` and line ends separate.
fn lines<'c>(cell: &'c str, is_known: &dyn Fn(&str) -> bool) -> Vec<Piece<'c>> {
    let whole = trimmed((0, cell));
    if whole.1.is_empty() || is_known(whole.1) {
        return if whole.1.is_empty() { Vec::new() } else { vec![whole] };
    }
    let lines = split(whole, |sign| matches!(sign, ';' | '\n' | '\r'));
    lines.into_iter().map(|line| if is_known(line.1) { line } else { unmarked(line) }).collect()
}

/// A name without the address behind it, as Notion writes links: `Docker (https://…)`.
pub(super) fn unlinked(name: &str) -> &str {
    let linked = name.rsplit_once(" (").filter(|(_, rest)| {
        rest.starts_with("https://") || rest.starts_with("http://") || rest.ends_with(".md)")
    });
    linked.filter(|(_, rest)| rest.ends_with(')')).map_or(name, |(bare, _)| bare.trim_end())
}

impl Separators<'_> {
    /// Of the names between commas that are none as a whole, how many are known and how many not.
    pub(super) fn between_commas(&self, cell: &str) -> [usize; 2] {
        let mut count = [0, 0];
        let lines = lines(cell, self.is_known).into_iter();
        for line in lines.filter(|line| line.1.contains(',') && !(self.is_known)(line.1)) {
            for name in self.cut(line) {
                let mut options = options(name, self.is_known).into_iter();
                count[usize::from(!options.any(|(_, option)| (self.is_known)(option)))] += 1;
            }
        }
        count
    }

    /// What a cell names, each with its choices: one where there is none.
    pub(super) fn items<'c>(&self, cell: &'c str) -> Vec<Vec<Piece<'c>>> {
        let mut items: Vec<Vec<Piece<'c>>> = Vec::new();
        for line in lines(cell, self.is_known) {
            for (at, text) in self.names(line) {
                // Behind a comma, `or B` goes on with the choice before it.
                let rest = text.get(..3).filter(|word| word.eq_ignore_ascii_case("or "));
                match (rest, items.last_mut()) {
                    (Some(_), Some(last)) if !(self.is_known)(text) => {
                        last.extend(options((at + 3, &text[3..]), self.is_known));
                    }
                    _ if self.is_nothing(text) => {}
                    _ => items.push(options((at, text), self.is_known)),
                }
            }
        }
        items
    }

    fn is_nothing(&self, text: &str) -> bool {
        NOTHING.contains(&text.to_lowercase().as_str()) && !(self.is_known)(text)
    }

    /// The names of a line: cut at commas where all of them are known, or the sheet reads so.
    fn names<'c>(&self, line: Piece<'c>) -> Vec<Piece<'c>> {
        if !line.1.contains(',') || (self.is_known)(line.1) {
            return vec![line];
        }
        let names = self.cut(line);
        let is_name = |name: &Piece<'c>| {
            options(*name, self.is_known).iter().all(|(_, option)| (self.is_known)(option))
        };
        if self.comma || names.iter().all(is_name) { names } else { vec![line] }
    }

    /// The parts between commas that stand outside of quotes, without quotes around them.
    fn parts<'c>(&self, line: Piece<'c>) -> Vec<Piece<'c>> {
        // One quote without another is no pair, but inches or the like.
        let paired = line.1.matches('"').count().is_multiple_of(2);
        let mut quoted = false;
        let parts = split(line, |sign| {
            quoted ^= paired && sign == '"';
            sign == ',' && !quoted
        });
        let bare = |(at, text): Piece<'c>| {
            let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            let inner = inner.filter(|inner| !inner.contains('"') && !(self.is_known)(text));
            inner.map_or((at, text), |inner| trimmed((at + 1, inner)))
        };
        parts.into_iter().map(bare).collect()
    }

    /// The names between commas: of those that hold commas, the longest that is known.
    fn cut<'c>(&self, line: Piece<'c>) -> Vec<Piece<'c>> {
        let parts = self.parts(line);
        let mut names = Vec::new();
        let mut first = 0;
        while first < parts.len() {
            let most = (first + self.commas_in_names).min(parts.len() - 1);
            let joined = |last: usize| {
                let end = parts[last].0 + parts[last].1.len();
                (parts[first].0, &line.1[parts[first].0 - line.0..end - line.0])
            };
            let last = (first + 1..=most).rev().find(|last| (self.is_known)(joined(*last).1));
            names.push(joined(last.unwrap_or(first)));
            first = last.unwrap_or(first) + 1;
        }
        names
    }
}

/// The choices of "A or B", unless that is a name.
fn options<'c>(item: Piece<'c>, is_known: &dyn Fn(&str) -> bool) -> Vec<Piece<'c>> {
    let item = trimmed(item);
    if is_known(item.1) {
        return vec![item];
    }
    let (mut found, mut start) = (Vec::new(), 0);
    let text = item.1;
    // Bytes will do: `or` and the blanks around it are ASCII, so that cuts fall between characters.
    let bytes = text.as_bytes();
    for at in 1..bytes.len().saturating_sub(3) {
        let word = bytes[at..at + 2].eq_ignore_ascii_case(b"or");
        if word && bytes[at - 1].is_ascii_whitespace() && bytes[at + 2].is_ascii_whitespace() {
            found.push((item.0 + start, &text[start..at]));
            start = at + 3;
        }
    }
    found.push((item.0 + start, &text[start..]));
    let mut found: Vec<Piece<'c>> =
        found.into_iter().map(trimmed).filter(|(_, text)| !text.is_empty()).collect();
    if let [(at, first), _, ..] = found.as_mut_slice()
        && first.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("either "))
    {
        *at += 7;
        *first = &first[7..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Separators, unlinked};

    const KNOWN: [&str; 6] = ["a", "b", "c", "Backup, Restore", "Fight or Flight", "d; e"];

    fn is_known(name: &str) -> bool {
        KNOWN.contains(&name)
    }

    fn read(cell: &str, comma: bool) -> Vec<Vec<&str>> {
        let separators = Separators { is_known: &is_known, comma, commas_in_names: 1 };
        let items = separators.items(cell);
        for (at, text) in items.iter().flatten() {
            assert_eq!(&cell[*at..*at + text.len()], *text, "{cell}");
        }
        items.iter().map(|item| item.iter().map(|(_, text)| *text).collect()).collect()
    }

    #[test]
    fn cells_are_cut_where_no_name_is() {
        for (cell, comma, wanted) in [
            ("a; b ;c;", false, vec![vec!["a"], vec!["b"], vec!["c"]]),
            (" a\r\n- b\n• x y", false, vec![vec!["a"], vec!["b"], vec!["x y"]]),
            ("a, x", false, vec![vec!["a, x"]]),
            ("a, x", true, vec![vec!["a"], vec!["x"]]),
            (
                "a, Backup, Restore, b or c",
                false,
                vec![vec!["a"], vec!["Backup, Restore"], vec!["b", "c"]],
            ),
            (
                "a,\"Backup, Restore\", \"b\"",
                false,
                vec![vec!["a"], vec!["Backup, Restore"], vec!["b"]],
            ),
            ("a,\"x, y\"", true, vec![vec!["a"], vec!["x, y"]]),
            ("a,\"b", true, vec![vec!["a"], vec!["\"b"]]),
            ("Backup, Restore", true, vec![vec!["Backup, Restore"]]),
            ("a, Backup, Restore, c", true, vec![vec!["a"], vec!["Backup, Restore"], vec!["c"]]),
            ("d; e", false, vec![vec!["d; e"]]),
            (
                "a or b OR c; Fight or Flight",
                false,
                vec![vec!["a", "b", "c"], vec!["Fight or Flight"]],
            ),
            ("either a or b", false, vec![vec!["a", "b"]]),
            ("a, or b", true, vec![vec!["a", "b"]]),
            ("—", false, vec![]),
            ("None; a", false, vec![vec!["a"]]),
            ("Floor or", false, vec![vec!["Floor or"]]),
        ] {
            assert_eq!(read(cell, comma), wanted, "{cell}");
        }
    }

    #[test]
    fn commas_are_counted_where_they_may_separate() {
        let separators = Separators { is_known: &is_known, comma: false, commas_in_names: 1 };
        assert_eq!(separators.between_commas("a, x; Backup, Restore; b, c"), [3, 1]);
        assert_eq!(separators.between_commas("x, Backup, Restore"), [1, 1]);
        assert_eq!(separators.between_commas("a; b"), [0, 0]);
    }

    #[test]
    fn addresses_behind_names_are_none_of_theirs() {
        for (name, wanted) in [
            ("Docker (https://www.notion.so/Docker-1f?pvs=21)", "Docker"),
            ("A (b) (Topics/A%20b%201f.md)", "A (b)"),
            ("Go (language)", "Go (language)"),
            ("see (http://x", "see (http://x"),
        ] {
            assert_eq!(unlinked(name), wanted);
        }
    }
}
