//! Milliseconds since the epoch and the two forms in which Signature Version 4 writes them:
//! `20130524T000000Z` (ISO 8601 basic format, `x-amz-date`) and `20130524` (credential scope).

use crate::error::Error;

const DAY: i64 = 86_400_000;

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z, between the years 0 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch; fractions are cut off.
    ///
    /// # Errors
    /// [`Error::Date`] if the year would not have four digits, or `ms` is not a number.
    pub fn from_millis(ms: f64) -> Result<Self, Error> {
        // 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z
        if (-62_167_219_200_000.0..=253_402_300_799_999.0).contains(&ms) {
            #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
            let whole = ms as i64;
            #[expect(clippy::cast_precision_loss, reason = "milliseconds of dates are exact")]
            let cut_up = whole as f64 > ms;
            Ok(Self(whole - i64::from(cut_up)))
        } else {
            Err(Error::Date)
        }
    }

    /// Reads `20130524T000000Z`; `None` if `text` has another form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: &[u8; 16] = text.as_bytes().try_into().ok()?;
        let [y1, y2, y3, y4, mo1, mo2, d1, d2, b'T', h1, h2, mi1, mi2, s1, s2, b'Z'] = bytes else {
            return None;
        };
        let year = number(&[*y1, *y2, *y3, *y4])?;
        let (month, day) = (number(&[*mo1, *mo2])?, number(&[*d1, *d2])?);
        let (hour, minute) = (number(&[*h1, *h2])?, number(&[*mi1, *mi2])?);
        Self::from_civil(year, month, day, hour, minute, number(&[*s1, *s2])?)
    }

    /// From the fields of a UTC date; `None` if one is out of range.
    #[must_use]
    pub fn from_civil(year: i64, month: i64, day: i64, h: i64, m: i64, s: i64) -> Option<Self> {
        let in_range = (0..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && (0..24).contains(&h)
            && (0..60).contains(&m)
            && (0..=60).contains(&s);
        in_range.then(|| Self(days_from_civil(year, month, day) * DAY + (h * 3600 + m * 60 + s) * 1000))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    /// Days since the epoch: the part of the time that the signing key depends on.
    #[must_use]
    pub fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// `20130524T000000Z`
    #[must_use]
    pub fn amz_date(self) -> AmzDate {
        let (year, month, day) = civil_from_days(self.day());
        let seconds = self.0.rem_euclid(DAY) / 1000;
        let [y1, y2] = two_digits(year / 100);
        let [y3, y4] = two_digits(year % 100);
        let ([mo1, mo2], [d1, d2]) = (two_digits(month), two_digits(day));
        let ([h1, h2], [m1, m2]) = (two_digits(seconds / 3600), two_digits(seconds / 60 % 60));
        let [s1, s2] = two_digits(seconds % 60);
        AmzDate([y1, y2, y3, y4, mo1, mo2, d1, d2, b'T', h1, h2, m1, m2, s1, s2, b'Z'])
    }
}

/// A time as `x-amz-date` has it: `20130524T000000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmzDate([u8; 16]);

impl AmzDate {
    /// All of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The day, as the credential scope has it: `20130524`.
    #[must_use]
    pub fn date(&self) -> &str {
        self.as_str().get(..8).unwrap_or_default()
    }
}

/// The decimal digits of a number below 100.
fn two_digits(value: i64) -> [u8; 2] {
    let value = u8::try_from(value).unwrap_or_default();
    [b'0' + value / 10 % 10, b'0' + value % 10]
}

fn number(digits: &[u8]) -> Option<i64> {
    digits
        .iter()
        .try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0')))
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, counted in 400-year eras
/// that begin in March, so that the leap day is the last of its year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`]: year, month, day.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn writes_and_reads_the_same_time() {
        for (ms, text) in [
            (0.0, "19700101T000000Z"),
            (1_369_353_600_000.0, "20130524T000000Z"),
            (1_440_938_160_999.0, "20150830T123600Z"),
            (951_827_696_000.0, "20000229T123456Z"),
            (-1.0, "19691231T235959Z"),
            (-62_167_219_200_000.0, "00000101T000000Z"),
            (253_402_300_799_999.0, "99991231T235959Z"),
        ] {
            let time = Timestamp::from_millis(ms).unwrap();
            assert_eq!(time.amz_date().as_str(), text);
            let read = Timestamp::parse(text).unwrap();
            assert_eq!(read.millis(), time.millis().div_euclid(1000) * 1000);
        }
    }

    #[test]
    fn every_day_of_the_range_round_trips() {
        let first = Timestamp::parse("00000101T000000Z").unwrap().day();
        let last = Timestamp::parse("99991231T000000Z").unwrap().day();
        for day in first..=last {
            let (y, m, d) = civil_from_days(day);
            assert_eq!(days_from_civil(y, m, d), day);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for ms in [f64::NAN, f64::INFINITY, -6.3e13, 2.6e14] {
            assert!(Timestamp::from_millis(ms).is_err(), "{ms}");
        }
        for text in ["", "20130524", "2013-05-24T00:00", "20131324T000000Z", "20130524T250000Z"] {
            assert!(Timestamp::parse(text).is_none(), "{text}");
        }
    }
}
