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
    let wanted = wanted.to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > 200 {
        return Vec::new();
    }
    let allowed = if length == 1 { 0 } else { (length / 3).max(1) };
    let mut scored: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let folded = candidate.to_lowercase();
            let gap = folded.chars().count().abs_diff(length);
            if gap <= allowed {
                let distance = strsim::osa_distance(&wanted, &folded);
                if distance <= allowed {
                    return Some((distance, candidate));
                }
            }
            let inside = length >= 3 && folded.contains(&wanted);
            inside.then_some((allowed + 1 + gap, candidate))
        })
        .collect();
    scored.sort_by_key(|(score, _)| *score);
    let mut best: Vec<&str> = Vec::new();
    for (_, candidate) in scored {
        if best.len() < SUGGESTIONS && !best.contains(&candidate) {
            best.push(candidate);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, nearest, one_of};

    #[test]
    fn the_nearest_come_first_and_each_once() {
        let names = ["docker", "docket", "kubernetes", "docker", "locker"];
        assert_eq!(nearest("dockex", names), ["docker", "docket", "locker"]);
        // What holds the word comes behind what is a typing error away.
        assert_eq!(nearest("dock", ["dockyard", "duck"]), ["duck", "dockyard"]);
        assert_eq!(nearest("DOCKER", ["docker"]), ["docker"]);
        assert!(nearest("x", ["y"]).is_empty() && nearest("", names).is_empty());
    }

    #[test]
    fn texts_are_told_as_something_to_type() {
        assert_eq!(one_of([] as [&str; 0]), "");
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(did_you_mean(&["a", "b"]), "did you mean `a` or `b`?");
    }
}
