//! Statements: values of a property that each say who says so, a list of `{"value": …, "sources": […]}`.

use super::Citation;
use serde_json::Value;

pub(super) fn is_statement(value: &Value) -> bool {
    value.get("value").is_some()
}

/// Is this value a list of statements, each with its own sources?
pub(crate) fn is_statements(value: &Value) -> bool {
    value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(is_statement))
}

/// The values a property states: each statement's, or the property itself.
pub(crate) fn statements(value: &Value) -> impl Iterator<Item = &Value> {
    let list = value.as_array().filter(|_| is_statements(value));
    let single = list.is_none().then_some(value);
    let several = list.into_iter().flatten().filter_map(|said| said.get("value"));
    several.chain(single)
}

/// The values a property states, each with who says so.
pub(crate) fn cited_statements(value: &Value) -> Vec<(&Value, Vec<Citation>)> {
    stated(value).into_iter().map(|said| (said.value, said.cited)).collect()
}

/// One statement of a property.
#[derive(Debug)]
pub(crate) struct CitedStatement<'v> {
    /// What it says.
    pub(crate) value: &'v Value,
    /// Who says so.
    pub(crate) cited: Vec<Citation>,
    /// Whatever else it says, by name.
    pub(crate) details: Vec<(&'v str, &'v Value)>,
}

/// The statements of a property, whole; a plain value is one by nobody.
pub(crate) fn stated(value: &Value) -> Vec<CitedStatement<'_>> {
    let Some(list) = value.as_array().filter(|_| is_statements(value)) else {
        return vec![CitedStatement { value, cited: Vec::new(), details: Vec::new() }];
    };
    let said = list.iter().filter_map(Value::as_object).filter_map(|said| {
        let cited = said.get("sources").and_then(Value::as_array).into_iter().flatten();
        let details =
            said.iter().filter(|(name, _)| !["value", "sources"].contains(&name.as_str()));
        Some(CitedStatement {
            value: said.get("value")?,
            cited: cited.filter_map(citation).collect(),
            details: details.map(|(name, value)| (name.as_str(), value)).collect(),
        })
    });
    said.collect()
}

fn citation(cited: &Value) -> Option<Citation> {
    let text = |name: &str| cited.get(name).and_then(Value::as_str).map(str::to_owned);
    let line = cited.get("line").and_then(Value::as_u64);
    Some(Citation {
        source: text("source")?,
        section: text("section"),
        line,
        address: text("address"),
    })
}
