//! Numbers of any size, in one exact order: whole numbers, decimals and powers of ten alike.

use serde_json::{Number, Value};
use std::cmp::Ordering;
use std::str::FromStr;

/// A decimal number, told by what decides its order: sign, size, digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// -1, 0 or 1.
    sign: i8,
    /// The number is 0.DIGITS times ten to this power; 0 for zero. Powers beyond its range, which
    /// take 38 digits to write, count alike.
    power: i128,
    /// Without zeros at either end; empty for zero.
    digits: Box<str>,
}

impl Decimal {
    /// The number that a value is, if it is one.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        value.as_number().map(Self::from)
    }

    /// Reads a number as JSON writes it, and also `+3`, `.5`, `5.` and `007`. Linear.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix(['-', '+']) {
            Some(rest) => (text.starts_with('-'), rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], power_of_ten(&rest[at + 1..])?),
            None => (rest, 0),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits = [whole, part].concat();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.truncate(digits.trim_end_matches('0').len());
        let zeros = digits.len() - digits.trim_start_matches('0').len();
        if digits.is_empty() {
            return Some(Self { sign: 0, power: 0, digits: "".into() });
        }
        // The point of 0.DIGITS stands before the first digit that is no zero.
        let power = exponent.saturating_add(whole.len() as i128 - zeros as i128);
        let sign = if negative { -1 } else { 1 };
        Some(Self { sign, power, digits: digits[zeros..].into() })
    }

    /// Less than nothing?
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.sign < 0
    }

    /// Its digits, without zeros at either end.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The power of ten of its last digit.
    #[must_use]
    pub fn exponent(&self) -> i128 {
        self.power.saturating_sub(self.digits.len() as i128)
    }

    /// The number as JSON writes it: plainly where that is short, otherwise with a power of ten.
    #[must_use]
    pub fn written(&self) -> String {
        /// More zeros than these are not written out.
        const ZEROS: i128 = 24;
        let sign = if self.is_negative() { "-" } else { "" };
        let (digits, power) = (&self.digits, self.power);
        let length = digits.len() as i128;
        if digits.is_empty() {
            return "0".to_owned();
        }
        if power > 0 && power <= length + ZEROS {
            let (power, length) = (power as usize, digits.len());
            if power >= length {
                return format!("{sign}{digits}{}", "0".repeat(power - length));
            }
            return format!("{sign}{}.{}", &digits[..power], &digits[power..]);
        }
        if (-5..=0).contains(&power) {
            return format!("{sign}0.{}{digits}", "0".repeat(power.unsigned_abs() as usize));
        }
        // A power of ten goes with one digit before the point, where 0.DIGITS has none.
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        format!("{sign}{first}{point}{rest}e{}", power - 1)
    }

    /// The number times ten to the power `places`, rounded to a whole one (halves upwards);
    /// `None` for negative ones and beyond the range of the result.
    #[must_use]
    pub fn scaled(&self, places: u32) -> Option<u128> {
        if self.is_negative() {
            return None;
        }
        let whole = self.power.checked_add(i128::from(places))?;
        if whole < 0 || self.digits.is_empty() {
            return Some(0);
        }
        // 10 to the 38th is the greatest power of ten that 128 bits hold.
        let whole = usize::try_from(whole).ok().filter(|whole| *whole < 39)?;
        let kept = &self.digits[..whole.min(self.digits.len())];
        let up = self.digits.as_bytes().get(whole).is_some_and(|digit| *digit >= b'5');
        let zeros = 10u128.checked_pow((whole - kept.len()) as u32)?;
        let kept = if kept.is_empty() { 0 } else { kept.parse::<u128>().ok()? };
        kept.checked_mul(zeros)?.checked_add(u128::from(up))
    }
}

/// A number that keeps its spelling, `1e400` too, for which `serde_json` alone writes `1e+400`.
/// `None` if JSON does not write numbers so.
pub(crate) fn as_spelt(text: &str) -> Option<Number> {
    let number = Number::from_str(text).ok()?;
    let spelt = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    Some(if spelt { Number::from_string_unchecked(text.to_owned()) } else { number })
}

/// The exponent of a number; one beyond all measure counts as the largest.
fn power_of_ten(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse().unwrap_or(i128::MAX);
    Some(if negative { -size } else { size })
}

impl From<&Number> for Decimal {
    fn from(number: &Number) -> Self {
        // Numbers of JSON are always read; nothing else can be in one.
        Self::read(&number.to_string()).unwrap_or(Self { sign: 0, power: 0, digits: "".into() })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // Without zeros at their ends digits compare as texts: a beginning is the smaller number.
        let size = || (self.power, &self.digits).cmp(&(other.power, &other.digits));
        self.sign
            .cmp(&other.sign)
            .then_with(|| if self.sign < 0 { size().reverse() } else { size() })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn read(text: &str) -> Decimal {
        Decimal::read(text).expect(text)
    }

    #[test]
    fn any_two_numbers_have_one_order() {
        let rising = [
            "-1e99999999999999999999",
            "-1e400",
            "-18446744073709551617",
            "-18446744073709551616.5",
            "-1",
            "-0.1",
            "-1e-400",
            "0",
            "1e-99999999999999999999",
            "1e-400",
            "0.09999999999999999999999",
            "0.1",
            "0.10000000000000000000001",
            "1",
            "2",
            "10",
            "9007199254740992.0",
            "9007199254740993",
            "18446744073709551616",
            "170141183460469231731687303715884105728",
            "1e400",
            "1.0000001e400",
            "1e401",
            "1e99999999999999999999",
        ];
        for (a, first) in rising.iter().enumerate() {
            for (b, second) in rising.iter().enumerate() {
                assert_eq!(read(first).cmp(&read(second)), a.cmp(&b), "{first} and {second}");
            }
        }
    }

    #[test]
    fn one_number_is_written_in_many_ways() {
        let same = [
            ["0", "-0.00e7"],
            ["1", "1.000"],
            ["100", "1e2"],
            ["0.5", ".5"],
            ["5", "+5."],
            ["7", "007"],
            ["1200", "0.012E+5"],
            ["-0.003", "-3e-3"],
        ];
        for [plain, other] in same {
            assert_eq!(read(plain), read(other), "{plain} and {other}");
            assert_eq!(read(other).written(), plain);
            assert_eq!(read(&read(other).written()), read(plain));
        }
        assert_eq!(read("12300e400").written(), "1.23e404");
        assert_eq!(read("-1e-9").written(), "-1e-9");
        for none in ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "٣", "0x10", "NaN", "1 "] {
            assert_eq!(Decimal::read(none), None, "{none}");
        }
    }

    #[test]
    fn scaling_is_exact() {
        let scaled = [
            ("0", Some(0)),
            ("4.1", Some(4_100_000)),
            ("0.0000004", Some(0)),
            ("0.0000005", Some(1)),
            ("1e-30", Some(0)),
            ("999999999999.000001", Some(999_999_999_999_000_001)),
            ("1e12", Some(1_000_000_000_000_000_000)),
            ("-1", None),
            ("1e400", None),
        ];
        for (number, right) in scaled {
            assert_eq!(read(number).scaled(6), right, "{number}");
        }
    }
}
