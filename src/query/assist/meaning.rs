//! What the parts of a query that is being typed mean: the binder tells what it finds, the
//! lexer what quotes, comments and words between operands are.

use crate::diagnostic::Text;
use crate::query::Session;
use crate::query::assist::completion::closed;
use crate::query::bind::{Binder, Expected, Meaning, Observer};
use crate::query::hints::misspelt::UNKNOWN;
use crate::query::syntax::{Item, Lexeme, LexemeKind, Lexer, Statement, parse, typed_statements};
use crate::query::verbs::VERBS;
use std::cell::RefCell;
use std::ops::Range;

/// Words that mean something wherever nothing else claims them.
const WORDS: [&str; 15] = [
    "let",
    "with",
    "to",
    "of",
    "then",
    "union",
    "intersect",
    "except",
    "and",
    "or",
    "not",
    "in",
    "is",
    "contains",
    "by",
];

impl Session {
    /// What the parts of `text` mean, in order and without overlap; parts that mean nothing by
    /// themselves are left out. `text` may be several statements and break off anywhere.
    #[must_use]
    pub fn meanings(&self, text: &str) -> Vec<(Range<usize>, Meaning)> {
        let mut found = Vec::new();
        for statement in typed_statements(text) {
            let start = statement.start();
            let bound = self.bound_meanings(&statement).unwrap_or_default();
            found.extend(bound.into_iter().map(|(span, meaning)| {
                (start + span.start..(start + span.end).min(text.len()), meaning)
            }));
        }
        found.retain(|(span, _)| !span.is_empty());
        let free = |span: &Range<usize>, taken: &[(Range<usize>, Meaning)]| {
            taken.iter().all(|(own, _)| own.end <= span.start || span.end <= own.start)
        };
        for (span, meaning) in written(text) {
            if free(&span, &found) {
                found.push((span, meaning));
            }
        }
        // What was bound last lies innermost.
        let mut apart: Vec<(Range<usize>, Meaning)> = Vec::new();
        for (span, meaning) in found.into_iter().rev() {
            if free(&span, &apart) {
                apart.push((span, meaning));
            }
        }
        for span in word_runs(text) {
            if free(&span, &apart)
                && let Some(meaning) = self.loose_meaning(&text[span.clone()])
            {
                apart.push((span, meaning));
            }
        }
        apart.sort_by_key(|(span, _)| span.start);
        apart
    }

    /// What the binder finds in one statement, in its bytes; `None` if that is no query.
    fn bound_meanings(&self, statement: &Statement) -> Option<Vec<(Range<usize>, Meaning)>> {
        let whole;
        let (query, statement) = match parse(statement) {
            Ok(query) => (query, statement),
            Err(_) => {
                let (text, _) = closed(statement.content(), "")?;
                whole = Statement::whole(&Text::new("query", text));
                (parse(&whole).ok()?, &whole)
            }
        };
        let heard = Heard::default();
        let bound = self.binder(statement, Some(&heard)).query(&query);
        let mut found = heard.0.into_inner();
        if let Err(problem) = bound
            && UNKNOWN.contains(&problem.code)
            && let Some(place) = problem.place
        {
            let start = statement.start();
            found.push((place.span.start - start..place.span.end - start, Meaning::Unknown));
        }
        Some(found)
    }

    /// What a run of words is that nothing has claimed: a name or kind in a query that is not
    /// whole yet.
    fn loose_meaning(&self, words: &str) -> Option<Meaning> {
        let atlas = self.atlas();
        match (atlas.resolve_kind(words).as_slice(), atlas.resolve(words).as_slice()) {
            ([_, ..], _) => Some(Meaning::Kind),
            (_, [node]) => Some(Meaning::Node(atlas.node(*node).kinds.first().copied())),
            _ => None,
        }
    }
}

/// What the stretches that were looked up turned out to be.
#[derive(Debug, Default)]
struct Heard(RefCell<Vec<(Range<usize>, Meaning)>>);

impl Observer for Heard {
    fn record(&self, span: &Range<usize>, meaning: Meaning) {
        self.0.borrow_mut().push((span.clone(), meaning));
    }

    fn suggest(&self, _: &Binder<'_>, _: &[Item], _: Expected<'_>) {}
}

/// Runs of words with nothing but blanks between them, cut at [`WORDS`] and behind verbs.
fn word_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut joined = false;
    for Lexeme { kind, span } in Lexer::of_typed(text) {
        let verb = VERBS.iter().any(|verb| verb.name.eq_ignore_ascii_case(&text[span.clone()]));
        let names = kind == LexemeKind::Word && !verb && !is_between(&text[span.clone()]);
        match runs.last_mut() {
            Some(run)
                if names && joined && text[run.end..span.start].trim_matches(' ').is_empty() =>
            {
                run.end = span.end;
            }
            _ if names => runs.push(span),
            _ => {}
        }
        joined = names;
    }
    runs
}

/// Is it one of [`WORDS`]?
fn is_between(written: &str) -> bool {
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(written))
}

/// Quotes, comments and [`WORDS`], by how they are written.
fn written(text: &str) -> Vec<(Range<usize>, Meaning)> {
    let meaning = |kind: LexemeKind, written: &str| match kind {
        LexemeKind::Quoted | LexemeKind::OpenQuote => Some(Meaning::Quoted),
        LexemeKind::Field if written.ends_with('`') => Some(Meaning::Quoted),
        LexemeKind::Comment | LexemeKind::OpenComment => Some(Meaning::Comment),
        LexemeKind::Word if is_between(written) => Some(Meaning::Verb),
        _ => None,
    };
    let lexemes = Lexer::of_typed(text);
    let found = lexemes.filter_map(|Lexeme { kind, span }| {
        meaning(kind, &text[span.clone()]).map(|meaning| (span, meaning))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::Meaning;
    use crate::graph::Atlas;
    use crate::query::Session;

    /// The parts that mean something, each with a letter for what.
    fn told(session: &Session, text: &str) -> String {
        let letter = |meaning| match meaning {
            Meaning::Verb => 'v',
            Meaning::Kind => 'k',
            Meaning::Node(_) => 'n',
            Meaning::Relation => 'r',
            Meaning::Field => 'f',
            Meaning::Variable => '@',
            Meaning::Quoted => 'q',
            Meaning::Comment => 'c',
            Meaning::Unknown => 'u',
        };
        let parts = session.meanings(text);
        let parts = parts.into_iter().map(|(span, m)| format!("{}:{}", letter(m), &text[span]));
        parts.collect::<Vec<String>>().join(" ")
    }

    #[test]
    fn parts_mean_what_the_binder_takes_them_for() {
        let atlas = Atlas::built_in();
        let session = Session::new(&atlas);
        for (text, wanted) in [
            ("path devops -> argo cd", "v:path n:devops n:argo cd"),
            ("path devops to argo cd", "v:path n:devops v:to n:argo cd"),
            (
                "prereqs llmops depth 2 over builds-on",
                "v:prereqs n:llmops v:depth v:over r:builds-on",
            ),
            ("prereqs kuberntes", "v:prereqs u:kuberntes"),
            ("tools of \"Argo CD\" union roles", "k:tools v:of n:\"Argo CD\" v:union k:roles"),
            ("tools then where kind = tool", "k:tools v:then v:where f:kind k:tool"),
            ("nodes; prereqs docker // why", "v:nodes v:prereqs n:docker c:// why"),
            ("prereqs (tools of mlops", "v:prereqs k:tools v:of n:mlops"),
            ("path devops ->", "v:path n:devops"),
            ("path argo cd", "v:path n:argo cd"),
            ("show \"Argonaut", "v:show u:\"Argonaut"),
            ("tools \"Argo", "k:tools q:\"Argo"),
            ("prereqs @mine", "v:prereqs u:@mine"),
            ("", ""),
        ] {
            assert_eq!(told(&session, text), wanted, "{text}");
        }
    }

    #[test]
    fn any_text_has_parts_apart_and_in_order() {
        let atlas = Atlas::built_in();
        let session = Session::new(&atlas);
        for text in ["é知 \u{202e} // ", "\"\\", "((((", "a\n\nb; c\n'd", "/*", "with {", "let x ="]
        {
            for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let parts = session.meanings(&text[..end]);
                assert!(parts.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "{text}");
                assert!(parts.iter().all(|(span, _)| text[..end].get(span.clone()).is_some()));
            }
        }
    }
}
