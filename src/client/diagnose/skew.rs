//! The server's time, read from its own error text: browsers cannot see the Date header of another
//! origin, but they can read the body.

use crate::sigv4::timestamp::Timestamp;
use crate::text::split_once;

/// The server's clock in a message such as `Signature expired: 20170212T175938Z is now earlier than
/// 20170215T145534Z (20170215T150034Z - 5 min.)` or `Signature not yet current: … is still later
/// than … (20170731T091615Z + 5 min.)`: the time in parentheses.
#[must_use]
pub fn server_time(message: &str) -> Option<Timestamp> {
    let after = ["Signature expired: ", "Signature not yet current: "]
        .iter()
        .find_map(|start| split_once(message, start))?
        .1;
    Timestamp::parse(split_once(after, "(")?.1.get(..16)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sigv4::timestamp::AmzDate;
    use std::prelude::rust_2024::*;

    #[test]
    fn reads_the_time_in_parentheses() {
        for (message, time) in [
            (
                "Signature expired: 20170212T175938Z is now earlier than 20170215T145534Z (20170215T150034Z - 5 min.)",
                Some("20170215T150034Z"),
            ),
            (
                "Signature not yet current: 20170731T092200Z is still later than 20170731T092115Z (20170731T091615Z + 5 min.)",
                Some("20170731T091615Z"),
            ),
            ("Signature expired: x", None),
            ("Signature expired: x (日本", None),
            ("Forbidden", None),
        ] {
            let read = server_time(message).map(Timestamp::amz_date);
            assert_eq!(read.as_ref().map(AmzDate::as_str), time, "{message}");
        }
    }
}
