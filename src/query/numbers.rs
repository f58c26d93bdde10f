//! Values beside one another: their order, and arithmetic on numbers.

use super::syntax::Arithmetic;
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// A number: exact as long as it is whole and not huge.
#[derive(Debug, Clone, Copy)]
enum Quantity {
    Whole(i128),
    Real(f64),
}

impl Quantity {
    fn of(value: &Value) -> Option<Self> {
        let number = value.as_number()?;
        let whole = number.as_i128().or_else(|| number.as_u128().and_then(|n| n.try_into().ok()));
        whole.map(Self::Whole).or_else(|| number.as_f64().map(Self::Real))
    }

    #[expect(clippy::cast_precision_loss, reason = "beyond 53 bits a real number is near enough")]
    fn real(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Real(real) => real,
        }
    }

    fn value(self) -> Option<Value> {
        match self {
            Self::Whole(whole) => Number::from_i128(whole).map(Value::Number),
            Self::Real(real) => Number::from_f64(real).map(Value::Number),
        }
    }
}

/// How two numbers, texts or truths compare; `None` across types.
pub(crate) fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        _ => match (Quantity::of(a)?, Quantity::of(b)?) {
            (Quantity::Whole(a), Quantity::Whole(b)) => Some(a.cmp(&b)),
            (a, b) => a.real().partial_cmp(&b.real()),
        },
    }
}

/// A total order: numbers, then texts, then truths, then everything else by its text; `null` last.
pub(crate) fn in_order(a: &Value, b: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Number(_) => 0,
        Value::String(_) => 1,
        Value::Bool(_) => 2,
        Value::Array(_) | Value::Object(_) => 3,
        Value::Null => 4,
    };
    let texts = || a.to_string().cmp(&b.to_string());
    rank(a).cmp(&rank(b)).then_with(|| compare(a, b).unwrap_or_else(texts))
}

/// The number with its sign turned.
pub(crate) fn negative(value: &Value) -> Option<Value> {
    arithmetic(&Value::from(0), Arithmetic::Minus, value)
}

/// What two numbers make; nothing if one is no number, for a division by zero, and where the
/// result is no finite number. Whole numbers stay exact; a division that leaves a rest is real.
pub(crate) fn arithmetic(a: &Value, sign: Arithmetic, b: &Value) -> Option<Value> {
    let (a, b) = (Quantity::of(a)?, Quantity::of(b)?);
    if let (Quantity::Whole(a), Quantity::Whole(b)) = (a, b) {
        let whole = match sign {
            Arithmetic::Plus => a.checked_add(b),
            Arithmetic::Minus => a.checked_sub(b),
            Arithmetic::Times => a.checked_mul(b),
            Arithmetic::Divided => {
                let divides = a.checked_rem(b)? == 0;
                divides.then(|| a.checked_div(b)).flatten()
            }
            Arithmetic::Modulo => return Quantity::Whole(a.checked_rem(b)?).value(),
        };
        if let Some(whole) = whole {
            return Quantity::Whole(whole).value();
        }
    }
    let (a, b) = (a.real(), b.real());
    let real = match sign {
        Arithmetic::Plus => a + b,
        Arithmetic::Minus => a - b,
        Arithmetic::Times => a * b,
        Arithmetic::Divided => a / b,
        Arithmetic::Modulo => a % b,
    };
    Quantity::Real(real).value()
}
