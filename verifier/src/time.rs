//! Times as people read them.

/// Unix seconds as RFC 3339, in UTC: `2026-11-20T21:00:00Z`. Of a time that it cannot write, after
/// the year 9999, the seconds.
pub fn date(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().filter(|s| *s < LAST);
    match time.and_then(|s| jiff::Timestamp::from_second(s).ok()) {
        Some(time) => time.to_string(),
        None => format!("{seconds} s"),
    }
}

/// The first second of the year 10000.
const LAST: i64 = 253_402_300_800;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc() {
        assert_eq!(date(0), "1970-01-01T00:00:00Z");
        assert_eq!(date(1_790_000_000), "2026-09-21T14:13:20Z");
        // The last that the library writes, as some zone is still in the year 9999 then.
        assert_eq!(date(253_402_207_200), "9999-12-30T22:00:00Z");
        assert_eq!(date(253_402_207_201), "253402207201 s");
        assert_eq!(date(u64::MAX), "18446744073709551615 s");
    }
}
