//! What is near a misspelt word, and how it is offered.

/// Asks whether one of these texts is meant.
pub(crate) fn did_you_mean(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("`{}`", text.as_ref())).collect();
    format!("did you mean {}?", texts.join(" or "))
}

/// `a`, `b` or `c`, each as something to type.
pub(crate) fn one_of(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut texts: Vec<String> =
        texts.into_iter().map(|text| format!("`{}`", text.as_ref())).collect();
    match (texts.pop(), texts.is_empty()) {
        (None, _) => String::new(),
        (Some(last), true) => last,
        (Some(last), false) => format!("{} or {last}", texts.join(", ")),
    }
}

/// How many suggestions a message offers.
pub const SUGGESTIONS: usize = 3;

/// The candidates nearest to `wanted`, best first, ties in the order given: first by optimal
/// string alignment distance (at most a third of the letters may differ, none of a single one), then those that
/// contain it. Letter case does not count. Linear in the candidates.
pub fn nearest<'c>(wanted: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let mut search = Nearest::new(wanted);
    for candidate in candidates {
        if search.is_possible(signature(candidate)) {
            search.offer(candidate);
        }
    }
    search.found()
}

/// The signature of texts that have to be looked at themselves.
const ANY: u64 = u64::MAX;
/// How many bits of a signature tell letters; its length stands above them.
const LETTERS: u32 = 56;

/// Which letters a text has, whatever their case, and how many: what is far from another text in
/// these is far from it.
pub(crate) fn signature(text: &str) -> u64 {
    // Eight bits tell the length, and letters beyond ASCII fold in ways that bits do not tell.
    if !text.is_ascii() || text.len() > 200 {
        return ANY;
    }
    let letters = text.bytes().fold(0, |letters, byte| letters | letter_bit(byte));
    (text.len() as u64) << LETTERS | letters
}

/// One bit each for letters and digits, a few for all else.
fn letter_bit(byte: u8) -> u64 {
    1 << match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'z' => byte - b'a' + 10,
        b'A'..=b'Z' => byte - b'A' + 10,
        _ => 36 + byte % 20,
    }
}

/// A search for what is nearest to a text.
pub(crate) struct Nearest<'c> {
    wanted: String,
    length: usize,
    signature: u64,
    pattern: Option<Pattern>,
    /// What was found so far, the best first, each once.
    best: Vec<(usize, &'c str)>,
}

impl<'c> Nearest<'c> {
    pub(crate) fn new(wanted: &str) -> Self {
        let wanted = wanted.to_lowercase();
        let length = wanted.chars().count();
        let pattern = Pattern::new(&wanted);
        Self { length, signature: signature(&wanted), pattern, wanted, best: Vec::new() }
    }

    /// How many letters may differ.
    fn allowed(&self) -> usize {
        if self.length == 1 { 0 } else { (self.length / 3).max(1) }
    }

    /// What a candidate has to stay below to be among the best.
    fn limit(&self) -> usize {
        self.best.get(SUGGESTIONS - 1).map_or(usize::MAX, |(score, _)| *score)
    }

    /// Could a text of this signature be among the best?
    pub(crate) fn is_possible(&self, other: u64) -> bool {
        if self.length == 0 || self.length > 200 {
            return false;
        }
        if other == ANY || self.signature == ANY {
            return true;
        }
        let letters = |signature: u64| signature & ((1 << LETTERS) - 1);
        let (own, others) = (letters(self.signature), letters(other));
        let length = (other >> LETTERS) as usize;
        let gap = length.abs_diff(self.length);
        // Each letter that only one of them has is an edit, and so is each that one has more.
        let edits = (own & !others).count_ones().max((others & !own).count_ones()) as usize;
        let Some(below) = self.limit().checked_sub(1) else { return false };
        let most = self.allowed().min(below);
        // Or it holds the wanted text whole, which scores behind all that is a few edits away.
        let inside = own & !others == 0 && length >= self.length;
        gap.max(edits) <= most || inside && self.allowed() + 1 + gap < self.limit()
    }

    /// Looks at a candidate.
    pub(crate) fn offer(&mut self, candidate: &'c str) {
        let Some(score) = self.score(candidate).filter(|score| *score < self.limit()) else {
            return;
        };
        if self.best.iter().all(|(_, known)| *known != candidate) {
            // Behind those that score the same, so that ties stay in the order given.
            let place = self.best.partition_point(|(known, _)| *known <= score);
            self.best.insert(place, (score, candidate));
            self.best.truncate(SUGGESTIONS);
        }
    }

    /// May so many letters differ? Words at either end that are the same excuse no others: `kubernetes pod
    /// pending` is no misspelt `Kubernetes auditing`, `no docker` no `docker`.
    fn is_near(&self, distance: usize, candidate: &str) -> bool {
        let same = |(own, other): &(&str, &str)| own.eq_ignore_ascii_case(other);
        let front = self.wanted.split(' ').zip(candidate.split(' ')).take_while(same);
        let end = self.wanted.rsplit(' ').zip(candidate.rsplit(' ')).take_while(same);
        let excused: usize = front.chain(end).map(|(own, _)| own.chars().count() + 1).sum();
        let left = self.length.saturating_sub(excused);
        distance <= self.allowed().min((left / 3).max(1))
    }

    fn score(&self, candidate: &str) -> Option<usize> {
        let (length, allowed) = (self.length, self.allowed());
        let ascii = self.pattern.as_ref().filter(|_| candidate.is_ascii());
        let gap = |other: usize| other.abs_diff(length);
        if let Some(pattern) = ascii {
            let gap = gap(candidate.len());
            let distance = (gap <= allowed).then(|| pattern.distance(candidate.as_bytes()));
            let near = |distance: &usize| self.is_near(*distance, candidate);
            return distance.filter(near).or_else(|| {
                let mut windows = candidate.as_bytes().windows(length);
                let inside = windows.any(|part| part.eq_ignore_ascii_case(self.wanted.as_bytes()));
                (length >= 3 && inside).then_some(allowed + 1 + gap)
            });
        }
        let folded = candidate.to_lowercase();
        let gap = gap(folded.chars().count());
        let distance = (gap <= allowed).then(|| strsim::osa_distance(&self.wanted, &folded));
        distance.filter(|distance| self.is_near(*distance, &folded)).or_else(|| {
            let inside = length >= 3 && folded.contains(&self.wanted);
            inside.then_some(allowed + 1 + gap)
        })
    }

    /// The best, in order.
    pub(crate) fn found(self) -> Vec<&'c str> {
        self.best.into_iter().map(|(_, candidate)| candidate).collect()
    }
}

/// A word of at most 64 ASCII letters, as where in it each letter stands: distances to it are
/// computed a column at a time (Hyyrö, "A bit-vector algorithm for computing Levenshtein and
/// Damerau edit distances", 2003).
struct Pattern {
    places: [u64; 128],
    length: usize,
}

impl Pattern {
    fn new(word: &str) -> Option<Self> {
        let fits = word.is_ascii() && !word.is_empty() && word.len() <= 64;
        let mut places = [0; 128];
        for (at, byte) in word.bytes().enumerate().take_while(|_| fits) {
            places[usize::from(byte.to_ascii_lowercase())] |= 1 << at;
        }
        fits.then_some(Self { places, length: word.len() })
    }

    /// The optimal string alignment distance to an ASCII text, whatever its letters' case.
    fn distance(&self, text: &[u8]) -> usize {
        // The distance is read off in the last row, where each column changes it by one at most.
        let last = 1 << (self.length - 1);
        let (mut down, mut up, mut diagonal, mut before) = (u64::MAX, 0, 0, 0);
        let mut distance = self.length;
        for byte in text {
            let here = self.places[usize::from(byte.to_ascii_lowercase() & 127)];
            // Two letters exchanged, which Damerau counts as one edit.
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = ((here & down).wrapping_add(down) ^ down) | here | up | swapped;
            let (right, left) = (up | !(diagonal | down), diagonal & down);
            distance += usize::from(right & last != 0);
            distance -= usize::from(left & last != 0);
            let (right, left) = (right << 1 | 1, left << 1);
            down = left | !(diagonal | right);
            up = right & diagonal;
            before = here;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, SUGGESTIONS, did_you_mean, nearest, one_of};
    use proptest::prelude::*;

    #[test]
    fn the_nearest_come_first_and_each_once() {
        let names = ["docker", "docket", "kubernetes", "docker", "locker"];
        assert_eq!(nearest("dockex", names), ["docker", "docket", "locker"]);
        // What holds the word comes behind what is a typing error away.
        assert_eq!(nearest("dock", ["dockyard", "duck"]), ["duck", "dockyard"]);
        assert_eq!(nearest("DOCKER", ["docker"]), ["docker"]);
        assert!(nearest("x", ["y"]).is_empty() && nearest("", names).is_empty());
        let auditing = ["kubernetes auditing"];
        assert!(nearest("kubernetes pod pending", auditing).is_empty());
        assert_eq!(nearest("kubernetes auditnig", auditing), auditing);
        assert!(nearest("no docker", ["docker"]).is_empty());
        assert_eq!(nearest("dev ops engineer", ["devops engineer"]), ["devops engineer"]);
    }

    #[test]
    fn texts_are_told_as_something_to_type() {
        assert_eq!(one_of([] as [&str; 0]), "");
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(did_you_mean(&["a", "b"]), "did you mean `a` or `b`?");
    }

    /// As it is defined.
    fn naive<'c>(wanted: &str, candidates: &[&'c str]) -> Vec<&'c str> {
        let wanted = wanted.to_lowercase();
        let length = wanted.chars().count();
        let allowed = if length == 1 { 0 } else { (length / 3).max(1) };
        let mut scored: Vec<(usize, &str)> = Vec::new();
        for candidate in candidates {
            let folded = candidate.to_lowercase();
            let distance = strsim::osa_distance(&wanted, &folded);
            // Whole words at the ends that are the same are no letters of which a third may differ.
            let front = wanted.split(' ').zip(folded.split(' ')).take_while(|(a, b)| a == b);
            let end = wanted.rsplit(' ').zip(folded.rsplit(' ')).take_while(|(a, b)| a == b);
            let same = front.chain(end).map(|(word, _)| word.chars().count() + 1);
            let same: usize = same.sum();
            if distance <= allowed.min((length.saturating_sub(same) / 3).max(1)) {
                scored.push((distance, candidate));
            } else if length >= 3 && folded.contains(&wanted) {
                scored.push((allowed + 1 + folded.chars().count().abs_diff(length), candidate));
            }
        }
        scored.sort_by_key(|(score, _)| *score);
        let mut best = Vec::new();
        for (_, candidate) in scored {
            if best.len() < SUGGESTIONS && !best.contains(&candidate) {
                best.push(candidate);
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn distances_are_those_of_the_definition(a in "[a-c]{1,64}", b in "[a-dA-C]{0,70}") {
            let pattern = Pattern::new(&a).expect("a short word");
            prop_assert_eq!(pattern.distance(b.as_bytes()), strsim::osa_distance(&a, &b.to_lowercase()));
        }

        #[test]
        fn nothing_near_is_passed_over(
            wanted in "[a-cA-C0-2éÉ -]{1,7}",
            candidates in proptest::collection::vec("[a-cA-C0-2éÉ -]{0,9}", 0..40),
        ) {
            let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
            prop_assert_eq!(nearest(&wanted, candidates.iter().copied()), naive(&wanted, &candidates));
        }
    }
}
