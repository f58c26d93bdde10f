//! The learner's profile: what someone knows, since when, and what shows it.

use super::json::{Member, Reader};
use super::native::{check_version, missing, unknown};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Atlas, Builder, NodeIndex};
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What someone knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// One entry for each thing known, in the file's order.
    pub items: Vec<KnownItem>,
}

/// One thing known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KnownItem {
    /// Its id, or another name of it.
    pub id: String,
    /// Since when: a year, a month or a day, as `2026`, `2026-03` or `2026-03-14`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// What shows it, in a few words or as an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

const PROFILE_LIKE: &str = "it looks like {\"knows\": 1, \"items\": [{\"id\": \"docker\"}]}";
const MEMBERS: [&str; 2] = ["knows", "items"];
const ITEM: [&str; 3] = ["id", "since", "evidence"];

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// Every problem, each with its place.
    pub fn read(text: &Arc<Text>) -> Result<Self, Vec<Diagnostic>> {
        // A builder without facts collects the problems.
        let mut builder = Builder::new();
        let file = builder.begin_file(text, "");
        let mut reader = Reader::new(&mut builder, text, file);
        let mut profile = Self::default();
        let root = reader.root("a profile", PROFILE_LIKE);
        for member in root.map(|(_, members)| members).unwrap_or_default() {
            profile.member(&mut reader, &member);
        }
        builder.finish().map(|_| profile)
    }

    fn member<'t>(&mut self, reader: &mut Reader<'_, 't>, member: &Member<'t>) {
        match member.key.as_ref() {
            "knows" => check_version(reader, member.value),
            "items" => {
                let mut seen = BTreeSet::new();
                for slice in reader.array(member.value, "`items`").unwrap_or_default() {
                    reader.end();
                    let Some(item) = item(reader, slice) else { continue };
                    if !seen.insert(item.id.clone()) {
                        let message = format!("`{}` stands twice", item.id);
                        reader.problem(slice, Diagnostic::new("duplicate-id", message));
                    }
                    self.items.push(item);
                }
            }
            _ => unknown(reader, member, "a profile", &MEMBERS),
        }
    }

    /// The nodes that the entries name, by id, and the entries that name none, or several.
    #[must_use]
    pub fn resolve(&self, atlas: &Atlas) -> (Vec<NodeIndex>, Vec<&str>) {
        let (mut nodes, mut lacking) = (BTreeSet::new(), Vec::new());
        for item in &self.items {
            match atlas.resolve(&item.id).as_slice() {
                [node] => drop(nodes.insert(*node)),
                _ => lacking.push(item.id.as_str()),
            }
        }
        (nodes.into_iter().collect(), lacking)
    }

    /// The profile as a file: an entry a line.
    #[must_use]
    pub fn save(&self) -> String {
        let lines = self.items.iter().map(|item| serde_json::to_string(item).unwrap_or_default());
        let lines: Vec<String> = lines.map(|line| format!("  {line}")).collect();
        match lines.as_slice() {
            [] => "{\"knows\": 1, \"items\": []}\n".to_owned(),
            lines => format!("{{\"knows\": 1, \"items\": [\n{}\n]}}\n", lines.join(",\n")),
        }
    }
}

fn item<'t>(reader: &mut Reader<'_, 't>, slice: &'t str) -> Option<KnownItem> {
    let mut item = KnownItem::default();
    let members = reader.object(slice, "an entry")?;
    reader.begin(&members, &["id"]);
    let mut has_id = false;
    for member in members {
        match member.key.as_ref() {
            "id" => {
                has_id = true;
                item.id = reader.id(member.value, "`id`")?.into_owned();
            }
            "since" => {
                item.since = reader.string(member.value, "`since`");
                if item.since.as_deref().is_some_and(|since| !is_date(since)) {
                    reader.misfit(member.value, "`since`", "a date like \"2026-03-14\"");
                }
            }
            "evidence" => item.evidence = reader.string(member.value, "`evidence`"),
            _ => unknown(reader, &member, "an entry", &ITEM),
        }
    }
    if !has_id {
        missing(reader, slice, "entry", "id");
    }
    has_id.then_some(item)
}

/// A year, a month or a day.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let fits = |(part, length): (&&str, usize)| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let within = |at: usize, most: u8| {
        parts
            .get(at)
            .is_none_or(|part| part.parse().is_ok_and(|number| (1..=most).contains(&number)))
    };
    parts.len() <= 3 && parts.iter().zip([4, 2, 2]).all(fits) && within(1, 12) && within(2, 31)
}
