//! What stands for the capitals of a phrasing, and what a template becomes with it.

/// What each capital of a phrasing stands for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Captures(Vec<(char, String)>);

impl Captures {
    pub(crate) fn with(&self, slot: char, text: String) -> Self {
        let mut all = self.0.clone();
        all.push((slot, text));
        Self(all)
    }

    /// The query that a template becomes; `None` if nothing stands for one of its capitals.
    pub(crate) fn fill(&self, template: &str) -> Option<String> {
        let mut query = String::new();
        let characters: Vec<char> = template.chars().collect();
        let apart = |at: Option<usize>| {
            at.and_then(|at| characters.get(at)).is_none_or(|c| !c.is_alphanumeric())
        };
        for (at, character) in characters.iter().enumerate() {
            let stands_alone = apart(at.checked_sub(1)) && apart(Some(at + 1));
            if character.is_ascii_uppercase() && stands_alone {
                query.push_str(&self.0.iter().find(|(slot, _)| slot == character)?.1);
            } else {
                query.push(*character);
            }
        }
        Some(query)
    }
}
