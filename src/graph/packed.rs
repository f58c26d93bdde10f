//! Properties as a snapshot writes them. Most answers show none or one of a node's many, so that each
//! value is made when it is asked for.

use super::blocks::damage;
use super::decimal::as_spelt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::panic::resume_unwind;
use std::sync::{Arc, OnceLock};

/// The properties of a node or of edges, by name.
#[derive(Debug, Clone)]
pub(super) struct PackedProperties {
    properties: Box<[Packed]>,
    names: Arc<[Arc<str>]>,
    /// All values' bytes.
    bytes: Box<[u8]>,
    file: Arc<str>,
}

#[derive(Debug, Clone)]
struct Packed {
    name: u32,
    /// Where its bytes end.
    end: u32,
    value: OnceLock<Box<Value>>,
}

impl PackedProperties {
    /// Those of a file, each by the number of its name; `None` if one has no such name.
    pub(super) fn new(
        forms: Vec<(u32, &[u8])>,
        names: &Arc<[Arc<str>]>,
        file: &Arc<str>,
    ) -> Option<Self> {
        let mut bytes = Vec::new();
        let properties = forms.into_iter().map(|(name, value)| {
            bytes.extend_from_slice(value);
            let end = u32::try_from(bytes.len()).ok()?;
            ((name as usize) < names.len()).then(|| Packed { name, end, value: OnceLock::new() })
        });
        Some(Self {
            properties: properties.collect::<Option<_>>()?,
            names: Arc::clone(names),
            bytes: bytes.into(),
            file: Arc::clone(file),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.properties.len()
    }

    pub(super) fn name(&self, at: usize) -> &str {
        &self.names[self.properties[at].name as usize]
    }

    pub(super) fn value(&self, at: usize) -> &Value {
        self.properties[at].value.get_or_init(|| {
            let end = |property: &Packed| property.end as usize;
            // A value begins where the one before it ends: only ends are kept.
            let start = at.checked_sub(1).map_or(0, |before| end(&self.properties[before]));
            let bytes = &self.bytes[start..end(&self.properties[at])];
            let value = postcard::from_bytes(bytes).ok().and_then(ValueForm::value).map(Box::new);
            value.unwrap_or_else(|| resume_unwind(Box::new(damage(&self.file))))
        })
    }
}

/// The bytes of a value.
pub(super) fn packed(value: &Value) -> Option<Vec<u8>> {
    postcard::to_stdvec(&ValueForm::of(value)).ok()
}

/// A JSON value, numbers by their digits.
#[derive(Serialize, Deserialize)]
enum ValueForm<'t> {
    Null,
    Bool(bool),
    Number(String),
    #[serde(borrow)]
    Text(&'t str),
    List(Vec<ValueForm<'t>>),
    Object(Vec<(&'t str, ValueForm<'t>)>),
}

impl<'t> ValueForm<'t> {
    fn of(value: &'t Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let members = members.iter();
                Self::Object(members.map(|(key, value)| (key.as_str(), Self::of(value))).collect())
            }
        }
    }

    fn value(self) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Number(digits) => Value::Number(as_spelt(&digits)?),
            Self::Text(text) => Value::String(text.to_owned()),
            Self::List(items) => {
                Value::Array(items.into_iter().map(Self::value).collect::<Option<_>>()?)
            }
            Self::Object(members) => {
                let members = members.into_iter();
                let members = members.map(|(key, value)| Some((key.to_owned(), value.value()?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{PackedProperties, packed};
    use crate::graph::blocks::intact;
    use serde_json::{Value, json};
    use std::sync::Arc;

    fn of_file(forms: Vec<(u32, &[u8])>) -> Option<PackedProperties> {
        let names: Arc<[Arc<str>]> = ["hours", "outcome"].map(Arc::from).into();
        PackedProperties::new(forms, &names, &"kept.atlas".into())
    }

    #[test]
    fn values_are_made_as_they_were_packed() {
        let values: [Value; 2] = [json!([1.50, "x", {"": [true, null]}]), json!({})];
        let forms = values.each_ref().map(|value| packed(value).expect("bytes"));
        let list = of_file((0..).zip(forms.iter().map(Vec::as_slice)).collect()).expect("names");
        assert_eq!(
            [0, 1].map(|at| (list.name(at), list.value(at))),
            [("hours", &values[0]), ("outcome", &values[1]),]
        );
        assert!(of_file(vec![(2, &forms[1])]).is_none(), "no such name");
    }

    #[test]
    fn bytes_that_are_no_value_are_damage() {
        let list = of_file(vec![(0, &[9])]).expect("a name");
        let damage = intact(|| list.value(0).clone()).expect_err("refused");
        assert_eq!(damage.code, "bad-snapshot");
    }
}
