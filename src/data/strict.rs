//! JSON values whose objects have each key once: `serde_json` alone keeps the last of two equal
//! keys silently.

use crate::graph::Properties;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;
use std::str::FromStr;

/// The key under which `serde_json` hands over a number that it keeps digit by digit.
const NUMBER: &str = "$serde_json::private::Number";

/// An object of values, each key once.
#[derive(Default)]
pub(super) struct StrictMap(pub(super) Properties);

/// A value in whose objects each key stands once.
pub(super) struct Strict(pub(super) Value);

impl<'de> Deserialize<'de> for StrictMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Strict::deserialize(deserializer)?.0 {
            Value::Object(map) => Ok(Self(map.into_iter().collect())),
            _ => Err(D::Error::custom("an object is wanted")),
        }
    }
}

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Build;
        impl<'de> Visitor<'de> for Build {
            type Value = Strict;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Strict, E> {
                Ok(Strict(Value::Null))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Strict, E> {
                Ok(Strict(Value::Bool(value)))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Strict, E> {
                Ok(Strict(number.into()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Strict, E> {
                Ok(Strict(number.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Strict, E> {
                Ok(Strict(Value::String(text.to_owned())))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Strict, A::Error> {
                let mut items = Vec::new();
                while let Some(Strict(item)) = list.next_element()? {
                    items.push(item);
                }
                Ok(Strict(Value::Array(items)))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut parts: A) -> Result<Strict, A::Error> {
                let mut map = Map::new();
                while let Some(key) = parts.next_key::<String>()? {
                    if key == NUMBER {
                        let Digits(digits) = parts.next_value()?;
                        let number = Number::from_str(&digits).map_err(A::Error::custom)?;
                        return Ok(Strict(Value::Number(number)));
                    }
                    let Strict(value) = parts.next_value()?;
                    if map.insert(key, value).is_some() {
                        return Err(A::Error::custom("a key stands twice"));
                    }
                }
                Ok(Strict(Value::Object(map)))
            }
        }
        deserializer.deserialize_any(Build)
    }
}

/// The digits of a number as `serde_json` hands them over, owned. A text of a file, under a key that
/// looks like that of a number, is borrowed or a piece, and is refused here.
struct Digits(String);

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Owned;
        impl Visitor<'_> for Owned {
            type Value = Digits;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the digits of a number")
            }
            fn visit_str<E: Error>(self, _: &str) -> Result<Digits, E> {
                Err(E::custom("no number"))
            }
            fn visit_string<E>(self, digits: String) -> Result<Digits, E> {
                Ok(Digits(digits))
            }
        }
        deserializer.deserialize_string(Owned)
    }
}
