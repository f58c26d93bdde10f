//! What to type instead of a query that cannot be answered: whole queries, each of which has been
//! bound before it is told, so that it is answered as it stands.

use super::follow_up;
use super::misspelt::UNKNOWN;
use super::phrasings::{Phrasing, of_language, others, readings};
use super::questions::{self, CLOSE, GIST, Reading};
use super::words::Words;
use crate::diagnostic::{Diagnostic, SUGGESTIONS, Text, did_you_mean};
use crate::graph::Atlas;
use crate::query::syntax::Statement;

/// Codes of problems with what cannot stand where it does.
const UNEXPECTED: [&str; 3] = ["unexpected", "unexpected-end", "unclosed-quote"];
/// The longest statement of which the whole is told again.
const LONGEST: usize = 200;
/// In graphs of more kinds, each of which any word may name, no question is read freely.
const MOST_KINDS: usize = 2_000;
/// How many queries are tried for one problem at most: each costs as much as binding it.
const TRIED: usize = 48;

/// Looks for queries that are answered.
pub(crate) struct Advisor<'s> {
    atlas: &'s Atlas,
    /// The verbs that take something.
    verbs: &'s [&'s str],
    /// The sets that have a name.
    people: &'s [&'s str],
    /// What was asked before.
    before: &'s str,
    /// What is wrong with a statement, if anything.
    problem_of: &'s dyn Fn(&Statement) -> Option<Diagnostic>,
    tried: usize,
}

impl<'s> Advisor<'s> {
    pub(crate) fn new(
        atlas: &'s Atlas,
        [verbs, people]: [&'s [&'s str]; 2],
        before: &'s str,
        problem_of: &'s dyn Fn(&Statement) -> Option<Diagnostic>,
    ) -> Self {
        Self { atlas, verbs, people, before, problem_of, tried: 0 }
    }

    /// The same problem with what to type instead.
    pub(crate) fn advised(&mut self, statement: &Statement, mut problem: Diagnostic) -> Diagnostic {
        let typed = statement.as_typed();
        let whole = typed.len() <= LONGEST && !typed.contains('\n');
        let edits = problem.take_instead();
        let unread = !["no-flow", "ambiguous-name", "missing-value"].contains(&problem.code);
        let followed = if whole && unread { self.followed(typed, true) } else { None };
        let read = whole && unread;
        if let Some(query) =
            followed.or_else(|| if read { self.meant(statement, &problem, true) } else { None })
        {
            // What is told of single words would only distract.
            problem.help.clear();
            return problem.suggest_queries(vec![query]);
        }
        let misspelt = UNKNOWN.iter().chain(&UNEXPECTED).any(|code| *code == problem.code);
        let first = typed.split_whitespace().next().unwrap_or_default();
        // A verb with a letter too few or too many is a slip before it is a word of a question.
        let slip = whole && problem.code == "unknown-verb";
        let slip = if slip { self.edited(statement, &problem, &edits, 0) } else { Vec::new() };
        if !slip.is_empty() {
            return problem.suggest_queries(slip);
        }
        let asks = !self.verbs.contains(&first) && self.atlas.resolve_kind(first).is_empty();
        // What begins as a query is mended word by word; anything else is read as a whole first.
        if whole
            && misspelt
            && asks
            && let Some(query) = self.loosely(typed)
        {
            problem.help.clear();
            return problem.suggest_queries(vec![query]);
        }
        let mut queries =
            if whole { self.edited(statement, &problem, &edits, 1) } else { Vec::new() };
        if queries.is_empty() && whole && misspelt {
            queries.extend(self.last_resort(statement, &problem, asks));
            if !queries.is_empty() {
                problem.help.clear();
            }
        }
        // What merely parts words tells nothing by itself.
        let parting = edits.iter().any(|edit| edit.trim() != edit || edit.is_empty());
        if !queries.is_empty() {
            return problem.suggest_queries(queries);
        }
        if !edits.is_empty() && !parting {
            problem.help.insert(0, did_you_mean(&edits).into());
        }
        problem
    }

    /// What a question means that nothing else mends: misspelt, or the rest of the one before.
    fn last_resort(
        &mut self,
        statement: &Statement,
        problem: &Diagnostic,
        asks: bool,
    ) -> Option<String> {
        let meant = self.meant(statement, problem, false);
        meant.or_else(|| self.followed(statement.as_typed(), false).filter(|_| asks))
    }

    /// The same problem of an answer that a stage could not take: its question was understood, so that
    /// only what is to stand in its place is told.
    pub(crate) fn mended(&mut self, statement: &Statement, mut problem: Diagnostic) -> Diagnostic {
        let edits = problem.take_instead();
        let queries = self.edited(statement, &problem, &edits, 1);
        match (queries.is_empty(), edits.is_empty()) {
            (false, _) => problem.suggest_queries(queries),
            (true, false) => problem.suggest(edits.first(), ""),
            (true, true) => problem,
        }
    }

    /// What a question means that goes on from the one before; not `openly`, also where no word of it says so.
    fn followed(&mut self, text: &str, openly: bool) -> Option<String> {
        let one_line = self.before.len() <= LONGEST && !self.before.contains('\n');
        let before = Words::new(self.before, self.verbs).filter(|_| one_line)?;
        let counts = text.to_lowercase().starts_with("how many");
        let counting =
            || Words::new(text, self.verbs).filter(|_| counts).map(|words| (words, false));
        let (rest, names) = if openly { Words::going_on(text, self.verbs) } else { counting() }?;
        let rest = rest.among(self.people);
        let meant = follow_up::meanings(&before, (&rest, names), self.atlas);
        meant.into_iter().find(|query| *query != self.before && self.is_answered(query))
    }

    /// Is the text a query of this graph?
    fn problem_of(&mut self, query: &str) -> Option<Diagnostic> {
        self.tried += 1;
        (self.problem_of)(&Statement::whole(&Text::new("query", query)))
    }

    fn is_answered(&mut self, query: &str) -> bool {
        self.tried < TRIED && self.problem_of(query).is_none()
    }

    /// The query that is meant by a question, or by the part in brackets where the problem is.
    fn meant(
        &mut self,
        statement: &Statement,
        problem: &Diagnostic,
        exact: bool,
    ) -> Option<String> {
        let typed = statement.as_typed();
        if let Some(query) = self.phrased(typed, exact, |query| query) {
            return Some(query);
        }
        let (start, end) = brackets(typed, offset(statement, problem)?)?;
        let inside = &typed[start..end];
        self.phrased(inside, exact, |query| format!("{}{query}{}", &typed[..start], &typed[end..]))
    }

    /// The words of a question, where they can be looked up soon enough.
    fn words<'t>(&self, text: &'t str) -> Option<Words<'t>>
    where
        's: 't,
    {
        let few = self.atlas.schema().kinds.len() <= MOST_KINDS;
        few.then(|| Words::new(text, self.verbs)).flatten().map(|words| words.among(self.people))
    }

    /// What a question with misspelt words means, if it has more than one word.
    fn loosely(&mut self, text: &str) -> Option<String> {
        let words = self.words(text)?;
        if words.len() == 1 {
            return None;
        }
        let free = |reading| (&words, text, false, reading);
        let close = self.in_free_words(free(CLOSE), &|query| query);
        close.or_else(|| self.in_free_words(free(GIST), &|query| query))
    }

    fn in_free_words(
        &mut self,
        (words, text, exact, readings): (&Words<'_>, &str, bool, &[Reading]),
        put: &dyn Fn(String) -> String,
    ) -> Option<String> {
        let meant = questions::meanings(words, self.atlas, exact, readings);
        let mut meant = meant.into_iter().filter(|query| query != text).map(put);
        meant.find(|query| is_command(query) || self.is_answered(query))
    }

    fn phrased(
        &mut self,
        text: &str,
        exact: bool,
        put: impl Fn(String) -> String,
    ) -> Option<String> {
        let words = self.words(text)?;
        let free = |readings| (&words, text, exact, readings);
        of_language()
            .find_map(|row| self.by_row(&words, text, (row, exact), &put))
            .or_else(|| self.in_free_words(free(CLOSE), &put))
            .or_else(|| others().find_map(|row| self.by_row(&words, text, (row, exact), &put)))
            .or_else(|| self.in_free_words(free(GIST), &put))
    }

    /// What a row makes of a question.
    fn by_row(
        &mut self,
        words: &Words<'_>,
        text: &str,
        (row, exact): (&Phrasing, bool),
        put: &dyn Fn(String) -> String,
    ) -> Option<String> {
        let readings = readings(words, self.atlas, row.said, exact);
        let templates = row.meant.iter();
        let queries = templates.flat_map(|one| readings.iter().filter_map(|read| read.fill(one)));
        let mut queries = queries.filter(|query| query != text).map(put);
        queries.find(|query| is_command(query) || self.is_answered(query))
    }

    /// The statement with each text in the place of what is wrong; one that has a further fault is
    /// mended once more.
    fn edited(
        &mut self,
        statement: &Statement,
        problem: &Diagnostic,
        edits: &[String],
        rounds: usize,
    ) -> Vec<String> {
        let typed = statement.as_typed();
        let (Some(start), Some(place)) = (offset(statement, problem), &problem.place) else {
            return Vec::new();
        };
        let end = start + place.span.len();
        let mut queries = Vec::new();
        for edit in plainest(typed.get(start..end).unwrap_or_default(), edits).take(SUGGESTIONS) {
            let (Some(before), Some(behind)) = (typed.get(..start), typed.get(end..)) else {
                continue;
            };
            let query = format!("{before}{edit}{behind}");
            if self.tried >= TRIED || queries.contains(&query) {
                continue;
            }
            match self.problem_of(&query) {
                None => queries.push(query),
                // What a node lacks is no fault of the text.
                Some(mut further) if rounds > 0 && further.code != "missing-value" => {
                    let edits = further.take_instead();
                    let statement = Statement::whole(&Text::new("query", query));
                    queries.extend(
                        self.edited(&statement, &further, &edits, rounds - 1).into_iter().take(1),
                    );
                }
                Some(_) => {}
            }
        }
        queries
    }
}

/// What one letter of a word makes of it, if that is one thing; else all that may be meant.
fn plainest<'e>(wrong: &str, edits: &'e [String]) -> impl Iterator<Item = &'e String> {
    let wrong = wrong.to_lowercase();
    let slip = move |edit: &&String| strsim::osa_distance(&wrong, &edit.to_lowercase()) == 1;
    let one = edits.iter().filter(&slip).count() == 1;
    edits.iter().filter(move |edit| !one || slip(edit))
}

/// Is it a command, which the names in it make whole?
fn is_command(query: &str) -> bool {
    query.starts_with('.')
}

/// Where in the statement as typed the problem is.
fn offset(statement: &Statement, problem: &Diagnostic) -> Option<usize> {
    let blanks = statement.content().len() - statement.content().trim_start().len();
    let place = problem.place.as_ref()?;
    place.span.start.checked_sub(statement.start() + blanks)
}

/// What stands in the innermost brackets around a place.
fn brackets(text: &str, at: usize) -> Option<(usize, usize)> {
    let before = text.get(..at)?;
    let mut depth = 0;
    let start = before.char_indices().rev().find_map(|(at, character)| {
        match character {
            ')' => depth += 1,
            '(' if depth == 0 => return Some(at + 1),
            '(' => depth -= 1,
            _ => {}
        }
        None
    })?;
    let mut depth = 0;
    let end = text[start..].char_indices().find_map(|(at, character)| {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start + at),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })?;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Atlas;
    use crate::query::hints::phrasings::phrasings;

    /// What is wrong with a row, if anything.
    fn fault(atlas: &Atlas, phrasing: &Phrasing) -> Option<String> {
        let (said, example) = (phrasing.said, phrasing.example);
        let verbs = crate::query::VERBS.iter().filter(|verb| !verb.stands_alone());
        let verbs: Vec<&str> = verbs.map(|verb| verb.name).collect();
        let readings = readings(&Words::new(example, &verbs)?, atlas, said, true);
        let Some(problem) = atlas.query(example).err() else {
            return Some("is a query".to_owned());
        };
        let [query] = problem.suggestions() else {
            return Some(format!("has not one suggestion: {:?}", problem.help));
        };
        let templates = phrasing.meant.iter();
        let meant = templates.flat_map(|one| readings.iter().filter_map(|read| read.fill(one)));
        if !meant.into_iter().any(|meant| meant == *query) {
            return Some(format!("is read by another row: {query}"));
        }
        let told = format!("did you mean `{query}`?");
        // Of a sound graph `check` has nothing to tell.
        let empty = is_command(query) || query == "check";
        let answered = empty || atlas.query(query).is_ok_and(|answer| answer.count() > 0);
        (!answered || problem.help != [told.as_str()]).then(|| format!("has no answer: {query}"))
    }

    #[test]
    fn of_more_kinds_no_question_is_read_freely() {
        let suggested = |kinds: usize| {
            let node = |at: usize| format!("{{\"id\": \"n{at}\", \"kind\": \"kind{at}\"}}");
            let nodes: Vec<String> = (0..kinds).map(node).collect();
            let text = format!("{{\"atlas\": 1, \"nodes\": [{}]}}", nodes.join(","));
            let atlas = Atlas::from_texts([("kinds.json", text)]).expect("a graph");
            atlas.query("what is n1").expect_err("no query").suggestions().to_vec()
        };
        assert_eq!(suggested(MOST_KINDS), ["show n1"]);
        assert!(suggested(MOST_KINDS + 1).is_empty());
    }

    #[test]
    fn every_phrasing_is_understood_by_its_own_row() {
        let atlas = Atlas::built_in();
        let faults = phrasings().filter_map(|row| {
            let fault = fault(&atlas, row)?;
            Some(format!("`{}` {fault}", row.example))
        });
        let faults: Vec<String> = faults.collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        let wrong = Phrasing { said: "A", meant: &["prereqs A"], example: "what is gitops" };
        assert!(fault(&atlas, &wrong).is_some());
    }
}
