//! Days of the proleptic Gregorian calendar, reckoned without a clock.

use std::fmt;

/// A day, told by how many lie between it and 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i64);

/// Days of 400 years, after which the calendar repeats.
const ERA: i64 = 146_097;
/// From the first of March of the year 0 to 1970-01-01.
const FROM_MARCH: i64 = 719_468;

impl Date {
    /// 1970-01-01, from which days are counted.
    pub const EPOCH: Self = Self(0);

    /// Reads `2026-12-07`, of the years 0001 to 9999. One digit for month or day will do.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return None };
        let digits = |part: &str, most: usize| {
            let right =
                (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            right.then(|| part.parse::<i64>().ok()).flatten()
        };
        let year = digits(year, 4).filter(|_| year.len() == 4)?;
        let (month, day) = (digits(month, 2)?, digits(day, 2)?);
        if year == 0 || !(1..=12).contains(&month) {
            return None;
        }
        // A day that the month has not comes out as one of the next month.
        let date = Self::of(year, month, day);
        (day > 0 && date.parts() == (year, month, day)).then_some(date)
    }

    /// Years begin in March, so that the leap day is their last.
    fn of(year: i64, month: i64, day: i64) -> Self {
        let year = year - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        // From March on months have 31, 30, 31, 30, 31 days and so on: five of them have 153.
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - FROM_MARCH)
    }

    /// Year, month and day.
    fn parts(self) -> (i64, i64, i64) {
        let days = self.0 + FROM_MARCH;
        let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        // Leap days come after 1,460, 36,524 and 146,096 days: less those, every year has 365.
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = (from_march + 2) % 12 + 1;
        (year + era * 400 + i64::from(month <= 2), month, day)
    }

    /// So many days later; `None` beyond the year 9999.
    #[must_use]
    pub fn later(self, days: i64) -> Option<Self> {
        let date = Self(self.0.checked_add(days)?);
        (date <= Self::of(9999, 12, 31)).then_some(date)
    }

    /// Year, month and day without anything between: `20261207`.
    #[must_use]
    pub fn compact(self) -> String {
        self.to_string().replace('-', "")
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_have_their_dates() {
        for (days, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_088, "2024-12-31"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(Date::EPOCH.later(days).expect("a day").to_string(), date);
        }
    }

    /// Naively: day by day, each month with as many days as the rhyme has.
    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let mut date = Date::read("1600-01-01").expect("a date");
        for year in 1600..2001 {
            for month in 1..=12 {
                let long = match month {
                    2 => 28 + i64::from(leap(year)),
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                for day in 1..=long {
                    let written = format!("{year}-{month:02}-{day:02}");
                    assert_eq!(date.to_string(), written);
                    assert_eq!(Date::read(&written), Some(date));
                    date = date.later(1).expect("a day more");
                }
                assert_eq!(Date::read(&format!("{year}-{month:02}-{:02}", long + 1)), None);
            }
        }
        assert_eq!(Date::read("1970-01-01"), Some(Date(0)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["2026-02-30", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01", "2026-1"]
        {
            assert_eq!(Date::read(text), None, "{text}");
        }
        for text in ["26-01-01", "2026-01-01-01", "2026-001-01", "2026-+1-01", "next-mon-day", ""] {
            assert_eq!(Date::read(text), None, "{text}");
        }
        let leap = Date::read("2028-2-29").expect("a date");
        assert_eq!((leap.to_string(), leap.compact()), ("2028-02-29".into(), "20280229".into()));
        assert_eq!(Date::read("9999-12-31").and_then(|last| last.later(1)), None);
    }
}
