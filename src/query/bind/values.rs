//! Values beside one another: their order, and arithmetic on numbers. Both are exact.

use crate::graph::{Decimal, composed};
use crate::query::syntax::Arithmetic;
use num_bigint::BigInt;
use serde_json::{Number, Value};
use std::cmp::Ordering;
use std::str::FromStr;

/// Digits that a number may have to be reckoned with; the limit keeps arithmetic quick.
const MOST_DIGITS: i128 = 1000;
/// Digits of a quotient that does not end sooner.
const QUOTIENT_DIGITS: usize = 16;
/// Digits up to which a quotient that ends is exact.
const EXACT_QUOTIENT: i128 = 40;

/// How two numbers, texts (in canonical composition) or truths compare; `None` across types.
pub(crate) fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => Some(composed(a).cmp(&composed(b))),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => Some(match (a.as_i64(), b.as_i64()) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => Decimal::from(a).cmp(&Decimal::from(b)),
        }),
        _ => None,
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
    let written = value.as_number()?.to_string();
    let turned = written.strip_prefix('-').map_or_else(|| format!("-{written}"), str::to_owned);
    Number::from_str(&turned).ok().map(Value::Number)
}

/// What two numbers make; nothing if one is no number, for a division by zero, and where operands
/// or result have too many digits. Exact, but for a quotient that does not end, which is rounded.
pub(crate) fn arithmetic(a: &Value, sign: Arithmetic, b: &Value) -> Option<Value> {
    let (a, b) = (a.as_number()?, b.as_number()?);
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64())
        && let Some(small) = small(a.into(), sign, b.into())
    {
        return Number::from_i128(small).map(Value::Number);
    }
    let (a, b) = (Exact::of(a)?, Exact::of(b)?);
    let result = match sign {
        Arithmetic::Plus | Arithmetic::Minus | Arithmetic::Modulo => {
            let exponent = a.exponent.min(b.exponent);
            let (a, b) = (a.with(exponent)?, b.with(exponent)?);
            let digits = match sign {
                Arithmetic::Plus => a + b,
                Arithmetic::Minus => a - b,
                _ if b == BigInt::ZERO => return None,
                _ => a % b,
            };
            Exact { digits, exponent }
        }
        Arithmetic::Times => {
            let exponent = a.exponent.checked_add(b.exponent)?;
            Exact { digits: a.digits * b.digits, exponent }
        }
        Arithmetic::Divided => a.divided_by(&b)?,
    };
    result.value()
}

/// Most of what is reckoned: two whole numbers that make a whole one.
fn small(a: i128, sign: Arithmetic, b: i128) -> Option<i128> {
    match sign {
        Arithmetic::Plus => a.checked_add(b),
        Arithmetic::Minus => a.checked_sub(b),
        Arithmetic::Times => a.checked_mul(b),
        Arithmetic::Divided => (a.checked_rem(b)? == 0).then(|| a / b),
        Arithmetic::Modulo => a.checked_rem(b),
    }
}

/// A number to reckon with: digits times a power of ten.
#[derive(Debug)]
struct Exact {
    digits: BigInt,
    exponent: i128,
}

impl Exact {
    fn of(number: &Number) -> Option<Self> {
        let number = Decimal::from(number);
        if number.digits().len() as i128 > MOST_DIGITS {
            return None;
        }
        let digits = if number.digits().is_empty() { "0" } else { number.digits() };
        let digits = BigInt::from_str(digits).ok()?;
        let exponent = number.exponent();
        Some(Self { digits: if number.is_negative() { -digits } else { digits }, exponent })
    }

    /// Its digits beside a lower power of ten.
    fn with(self, exponent: i128) -> Option<BigInt> {
        let zeros = self.exponent.checked_sub(exponent)?;
        if self.digits == BigInt::ZERO {
            return Some(self.digits);
        }
        // A sum has as many digits as its numbers lie apart: beyond the limit there is none.
        (zeros <= MOST_DIGITS).then(|| self.digits * BigInt::from(10).pow(zeros as u32))
    }

    fn divided_by(self, divisor: &Self) -> Option<Self> {
        let length = |digits: &BigInt| digits.magnitude().to_string().len() as i128;
        // Long division on whole numbers: with so many zeros behind the dividend, a quotient that
        // ends within the digits wanted leaves no rest.
        let zeros = (EXACT_QUOTIENT + length(&divisor.digits) - length(&self.digits)).max(0);
        let exponent = self.exponent.checked_sub(divisor.exponent)?.checked_sub(zeros)?;
        let dividend = self.digits * BigInt::from(10).pow(zeros as u32);
        let digits = dividend.checked_div(&divisor.digits)?;
        let exact = &digits * &divisor.digits == dividend;
        let quotient = Self { digits, exponent };
        if exact { Some(quotient) } else { quotient.rounded() }
    }

    /// To so many digits as a quotient has; there are more.
    fn rounded(self) -> Option<Self> {
        let written = self.digits.magnitude().to_string();
        let (kept, rest) = written.split_at_checked(QUOTIENT_DIGITS)?;
        let up = rest.as_bytes().first().is_some_and(|digit| *digit >= b'5');
        let digits = BigInt::from_str(kept).ok()? + i32::from(up);
        let digits = if self.digits < BigInt::ZERO { -digits } else { digits };
        Some(Self { digits, exponent: self.exponent.checked_add(rest.len() as i128)? })
    }

    fn value(&self) -> Option<Value> {
        let number = Decimal::read(&format!("{}e{}", self.digits, self.exponent))?;
        if number.digits().len() as i128 > MOST_DIGITS {
            return None;
        }
        Number::from_str(&number.written()).ok().map(Value::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Arithmetic, arithmetic, compare, in_order};
    use serde_json::Value;

    fn number(text: &str) -> Value {
        serde_json::from_str(text).expect(text)
    }

    fn reckoned(a: &str, sign: &str, b: &str) -> Option<String> {
        let signs = Arithmetic::SIGNS.iter();
        let (_, sign) = signs.copied().find(|(written, _)| *written == sign).expect("a sign");
        arithmetic(&number(a), sign, &number(b)).map(|value| value.to_string())
    }

    #[test]
    fn arithmetic_is_exact() {
        let right = [
            ("1", "+", "2", "3"),
            ("0.1", "+", "0.2", "0.3"),
            ("9007199254740993", "-", "0.5", "9007199254740992.5"),
            (
                "9223372036854775807",
                "*",
                "9223372036854775807",
                "85070591730234615847396907784232501249",
            ),
            ("18446744073709551616", "+", "1", "18446744073709551617"),
            ("1e400", "-", "1e400", "0"),
            ("1e400", "*", "1e400", "1e+800"),
            ("10", "/", "4", "2.5"),
            ("9007199254740993", "/", "2", "4503599627370496.5"),
            ("2", "/", "3", "0.6666666666666667"),
            ("-20", "/", "3", "-6.666666666666667"),
            ("1e30", "/", "3", "333333333333333300000000000000"),
            ("-7", "%", "3", "-1"),
            ("0.7", "%", "0.2", "0.1"),
            ("1e999999999999", "*", "2e-999999999999", "2"),
        ];
        for (a, sign, b, right) in right {
            assert_eq!(reckoned(a, sign, b).as_deref(), Some(right), "{a} {sign} {b}");
        }
        for (a, sign, b) in [("1", "/", "0"), ("1", "%", "0.0"), ("1", "+", "1e99999999999")] {
            assert_eq!(reckoned(a, sign, b), None, "{a} {sign} {b}");
        }
    }

    /// No order of three values contradicts itself, and what is equal stays so beside others.
    #[test]
    fn the_order_is_total() {
        let written = r#"[1, 1.0, 100, 12, 3, 1e400, 1e+400, -1e400, 0.1, 9007199254740992.0,
            9007199254740993, 9007199254740993.5, 18446744073709551616, "1", "a", true, false,
            [1], {"a": 1}, null]"#;
        let Value::Array(values) = number(written) else { panic!("a list") };
        for a in &values {
            for b in &values {
                assert_eq!(in_order(a, b), in_order(b, a).reverse(), "{a} {b}");
                assert!(compare(a, b).is_none_or(|order| order == in_order(a, b)), "{a} {b}");
                for c in &values {
                    let falls = in_order(a, b).is_le() && in_order(b, c).is_le();
                    assert!(!falls || in_order(a, c).is_le(), "{a} {b} {c}");
                }
            }
        }
    }
}
