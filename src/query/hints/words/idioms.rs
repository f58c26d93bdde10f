//! Words that say together what one word says, other words for kinds, and words for numbers.

/// What people call kinds that have another name; only where the graph has that kind.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("roles", "job jobs position positions profession professions rolle rollen"),
    (
        "tools",
        "technology technologies tooling toolset toolchain stack software product products platform platforms werkzeug werkzeuge tooling toolset toolchain programs framework frameworks",
    ),
    (
        "skills",
        "skillset skillsets competence competences competencies competency ability abilities fähigkeit fähigkeiten",
    ),
    ("domains", "discipline disciplines bereich bereiche"),
    ("concepts", "practice practices konzept konzepte"),
];

/// Words that say together what one word says as well, a row a line; `^` is the beginning of the question, `$` its end.
/// The first that fits counts: longer ones stand before those that they begin with.
pub(crate) const IDIOMS: &str = include_str!("idioms.txt");

/// Small numbers in words.
pub(crate) const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Units of time, by their first letter.
pub(crate) const UNITS: &[(char, &str)] = &[
    ('h', "h hr hrs hour hours std stunde stunden"),
    ('d', "d day days daily tag tage"),
    ('w', "w wk week weeks weekly woche wochen session sessions lesson lessons lecture lectures"),
    ('m', "month months monat monate monaten"),
    ('y', "year years jahr jahre"),
];
