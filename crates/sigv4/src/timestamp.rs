//! Milliseconds since the epoch and the two forms in which Signature Version 4 writes them:
//! `20130524T000000Z` (ISO 8601 basic format, `x-amz-date`) and `20130524` (credential scope).

use crate::error::Error;
use crate::text::{number, slice};

const DAY: i64 = 86_400_000;

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z, between the years 0 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Converts milliseconds since the epoch; fractions are cut off.
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
        const PLACES: [(usize, usize); 6] = [(0, 4), (4, 6), (6, 8), (9, 11), (11, 13), (13, 15)];
        if text.len() != 16 || slice(text, 8, 9) != "T" || slice(text, 15, 16) != "Z" {
            return None;
        }
        let mut fields = [0; 6];
        for (field, (start, end)) in fields.iter_mut().zip(PLACES) {
            *field = number(slice(text, start, end))?;
        }
        Self::from_civil(fields)
    }

    /// Converts year, month, day, hour, minute and second in UTC; `None` if one is out of range.
    #[must_use]
    pub fn from_civil(fields: [u32; 6]) -> Option<Self> {
        const RANGES: [(u32, u32); 6] = [(0, 9999), (1, 12), (1, 31), (0, 23), (0, 59), (0, 60)];
        if fields.iter().zip(RANGES).any(|(field, (least, most))| *field < least || *field > most) {
            return None;
        }
        let [year, month, day, hour, minute, second] = fields;
        let seconds = (hour * 60 + minute) * 60 + second;
        Some(Self(days_from_civil(year, month, day) * DAY + i64::from(seconds) * 1000))
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
        let seconds = u32::try_from(self.0.rem_euclid(DAY) / 1000).unwrap_or_default();
        let mut text = *b"********T******Z";
        let (date, time) = text.split_at_mut(9);
        write_digits(date, (year * 100 + month) * 100 + day);
        write_digits(time, (seconds / 3600 * 100 + seconds / 60 % 60) * 100 + seconds % 60);
        AmzDate(text)
    }
}

/// A time in the form of `x-amz-date`: `20130524T000000Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AmzDate([u8; 16]);

impl AmzDate {
    /// Placeholder without a time.
    pub(crate) const fn none() -> Self {
        Self([0; 16])
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The day, in the form of the credential scope: `20130524`.
    #[must_use]
    pub fn date(&self) -> &str {
        slice(self.as_str(), 0, 8)
    }
}

/// Writes a number in decimal digits to all positions but the last.
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn write_digits(places: &mut [u8], number: u32) {
    let mut rest = number;
    for place in places.iter_mut().rev().skip(1) {
        *place = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

/// The days of 400 years, after which the Gregorian calendar repeats itself.
const ERA: u32 = 146_097;
/// 0000-03-01 and 1970-01-01, in days since 400 years before the former, so that no date of the range is
/// negative.
const EPOCH: i64 = 719_468 + ERA as i64;

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar. Years are counted from March, so that
/// the leap day is the last day of its year.
fn days_from_civil(year: u32, month: u32, day: u32) -> i64 {
    let year = year + 400 - u32::from(month <= 2);
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    i64::from(era * ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year) - EPOCH
}

/// The inverse of [`days_from_civil`]: year, month, day.
fn civil_from_days(days: i64) -> (u32, u32, u32) {
    let days = u32::try_from(days + EPOCH).unwrap_or_default();
    let (era, day_of_era) = (days / ERA, days % ERA);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year_of_era + u32::from(month <= 2) - 400, month, day)
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
