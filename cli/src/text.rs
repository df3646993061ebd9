//! Numbers, times and ratios as people write and read them. Readers never echo what they
//! were given: it may be secret.

use crate::malformed::Malformed;
use covenant_circuits::json::decimal;
use covenant_circuits::numbers::{Ratio, Value};
use covenant_verifier::expect::quantity::{self, Scalar};
pub(crate) use covenant_verifier::time::date;
use num_bigint::BigUint;
use std::time::{SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// The same text with one character at the end of each line, so that lines are counted as people
/// count them: the reader of CSV takes the two of Windows for one line's end and the next one's
/// beginning. May be secret.
pub(crate) fn lines(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// A decimal number such as `1250.75`, times `10^decimals`. Exact: more digits than that
/// after the point are refused, unless they are zeros.
pub(crate) fn scaled(text: &str, decimals: u32) -> Result<u128, Malformed> {
    let expected = |what: &str| Err(Malformed::new(what, describe(text)));
    let (whole, significant) = parts(text)?;
    if significant.len() > decimals as usize {
        return expected(&format!("at most {decimals} digits after the point"));
    }
    let missing = decimals as usize - significant.len();
    let all = format!("{whole}{significant}{}", "0".repeat(missing));
    all.trim_start_matches('0')
        .parse::<u128>()
        .or_else(|e| {
            if all.bytes().all(|c| c == b'0') {
                Ok(0)
            } else {
                Err(e)
            }
        })
        .or_else(|_| expected("a number in range"))
}

/// The digits of a decimal number before its point, and those after it without zeros at the end.
pub(crate) fn parts(text: &str) -> Result<(&str, &str), Malformed> {
    let expected = |what: &str| Err(Malformed::new(what, describe(text)));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty()
        || (text.contains('.') && fraction.is_empty())
        || !digits(whole)
        || !digits(fraction)
    {
        return expected("a decimal number such as 1250.75, without sign, blanks or exponent");
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return expected("a decimal number without leading zeros");
    }
    Ok((whole, fraction.trim_end_matches('0')))
}

/// The same; more digits than that are rounded up or down where it is said which.
pub(crate) fn rounded(text: &str, decimals: u32, up: Option<bool>) -> Result<u128, Malformed> {
    let fraction = text.split_once('.').map(|(_, fraction)| fraction);
    let cut = fraction.and_then(|fraction| fraction.get(decimals as usize..));
    let (Some(up), Some(cut)) = (up, cut) else {
        return scaled(text, decimals);
    };
    // What is cut off has to be digits too.
    scaled(text, decimals + cut.len() as u32)?;
    let kept = text.len() - cut.len();
    let kept = text.get(..kept).unwrap_or(text).trim_end_matches('.');
    let more = up && cut.bytes().any(|digit| digit != b'0');
    Ok(scaled(kept, decimals)? + u128::from(more))
}

/// What a text looks like, without quoting it: it may be secret.
pub(crate) fn describe(text: &str) -> String {
    let odd = text.chars().find(|c| !c.is_ascii_digit());
    match (text.chars().count(), odd) {
        (0, _) => "nothing".into(),
        (n, None) => format!("{n} digits"),
        (n, Some(c)) => format!("{n} characters, among them {c:?}"),
    }
}

/// `125%` as in expectations, or `12500bps`.
pub(crate) fn ratio(text: &str) -> Result<Ratio, String> {
    let bps = match text.strip_suffix("bps") {
        Some(bps) => decimal::parse(bps).and_then(|bps| u32::try_from(bps).ok()),
        None => quantity::basis_points(&Scalar::Text(text.replace(" %", "%"))),
    };
    bps.and_then(|bps| Ratio::new(bps).ok()).ok_or_else(|| {
        format!("expected a ratio such as 125%, 102.5% or 12500bps, below 10485.76%, got {text:?}")
    })
}

/// `12500` basis points as `125.00 %`.
pub(crate) fn percent(bps: impl Into<u64>) -> String {
    let bps: u64 = bps.into();
    format!("{}.{:02} %", bps / 100, bps % 100)
}

/// Quote units as in expectations, to micro-units.
pub(crate) fn debt(text: &str) -> Result<Value, String> {
    quantity::micro_units(&Scalar::Text(text.into()))
        .and_then(|micro| Value::new(micro).ok())
        .ok_or_else(|| format!("expected {}, got {}", quantity::DEBT, describe(text)))
}

/// 2000-01-01T00:00:00Z: no account, price or proof is older.
const EARLIEST: u64 = 946_684_800;
/// How far another clock may be ahead of this machine's, in seconds.
const SKEW: u64 = 120;
/// How far ahead a time can be meant to be, in seconds: a hundred years.
const LATEST: u64 = 100 * 366 * 86_400;

/// RFC 3339 with any offset, a date (its first second, UTC), Unix seconds, or `now`; to Unix
/// seconds. Fractions of a second are cut off. What is written in another way, or is of another
/// century, is refused rather than taken for something else.
pub(crate) fn time(text: &str) -> Result<u64, String> {
    let expected = |got: &str| {
        Err(format!(
            "expected a time such as 2026-11-20T16:00:00Z, 2026-11-20T17:00:00+01:00, 2026-11-20, Unix seconds or now, got {got}"
        ))
    };
    if text == "now" {
        return Ok(now());
    }
    let digits = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let seconds = match (digits, text.len()) {
        (true, 8) => {
            return expected(&format!(
                "{text:?}: write a date as {}-{}-{}",
                &text[..4],
                &text[4..6],
                &text[6..]
            ));
        }
        (true, 12..) => {
            return expected(&format!(
                "{} digits: Unix seconds have ten, milliseconds thirteen",
                text.len()
            ));
        }
        (true, _) => text.parse().ok(),
        (false, 10) => instant(&format!("{text}T00:00:00Z")),
        (false, _) => instant(text),
    };
    match seconds {
        Some(seconds) if seconds < EARLIEST => expected(&format!("{text:?}, before the year 2000")),
        Some(seconds) if seconds > now().saturating_add(LATEST) => {
            expected(&format!("{text:?}, more than a hundred years from now"))
        }
        Some(seconds) => Ok(seconds),
        None => expected(&format!("{text:?}")),
    }
}

/// A time that has come: when something was taken.
pub(crate) fn past(text: &str) -> Result<u64, String> {
    let time = time(text)?;
    match has_come(time) {
        true => Ok(time),
        false => Err(format!(
            "expected a time that has come, got {}; this machine's clock says {}",
            date(time),
            date(now())
        )),
    }
}

/// Whether a time has come by this machine's clock, or by one that is a little ahead.
pub(crate) fn has_come(time: u64) -> bool {
    time <= now().saturating_add(SKEW)
}

/// RFC 3339, with hyphens and colons; to Unix seconds, fractions of a second cut off.
pub(crate) fn instant(text: &str) -> Option<u64> {
    // jiff reads dates without hyphens and names of zones too.
    let form = text.as_bytes().get(4) == Some(&b'-') && !text.contains('[');
    let time: jiff::Timestamp = text.parse().ok().filter(|_| form)?;
    u64::try_from(time.as_second()).ok()
}

/// A duration such as `90s`, `24h` or `7d`, in seconds.
pub(crate) fn age(text: &str) -> Result<u64, String> {
    quantity::seconds(&Scalar::Text(text.into()))
        .ok_or_else(|| format!("expected {}, got {text:?}", quantity::DURATION))
}

/// This machine's clock, in Unix seconds.
pub(crate) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_secs())
}

/// Whether something can have been taken at a time: one of this century that has come. Milliseconds
/// are none.
pub(crate) fn can_be_taken(time: u64) -> bool {
    time >= EARLIEST && has_come(time)
}

/// `n / 10^decimals`, exact, without trailing zeros: for JSON.
pub(crate) fn plain(n: impl Into<BigUint>, decimals: usize) -> String {
    let digits = format!("{:0>width$}", n.into(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        whole.into()
    } else {
        format!("{whole}.{fraction}")
    }
}

/// `n / 10^decimals` with commas and two decimals, rounded down: for people.
pub(crate) fn grouped(n: impl Into<BigUint>, decimals: usize) -> String {
    cents(&plain(n, decimals))
}

/// `n / 10^decimals` with commas, exact: for people who compare it.
pub(crate) fn exact(n: impl Into<BigUint>, decimals: usize) -> String {
    grouped_exact(&plain(n, decimals))
}

/// A decimal with commas and two decimals, rounded down.
pub(crate) fn cents(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let cents: String = fraction.chars().chain("00".chars()).take(2).collect();
    format!("{}.{cents}", commas(whole))
}

/// A decimal with commas, all of it.
pub(crate) fn grouped_exact(decimal: &str) -> String {
    match decimal.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", commas(whole)),
        None => commas(decimal),
    }
}

/// A comma before every three digits from the right.
pub(crate) fn commas(digits: &str) -> String {
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_strict() {
        assert_eq!(scaled("1250.75", 6), Ok(1_250_750_000));
        assert_eq!(scaled("0.5", 1), Ok(5));
        assert_eq!(scaled("0", 18), Ok(0));
        assert_eq!(scaled("1.500", 1), Ok(15));
        for (text, down, up) in [("1.239", 123, 124), ("1.230", 123, 123), ("1", 100, 100)] {
            assert_eq!(rounded(text, 2, Some(false)), Ok(down), "{text}");
            assert_eq!(rounded(text, 2, Some(true)), Ok(up), "{text}");
        }
        assert_eq!(rounded("0.9", 0, Some(true)), Ok(1));
        assert!(rounded("1.239", 2, None).is_err());
        assert!(rounded("1.23x", 2, Some(true)).is_err());
        for bad in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1e3",
            "01",
            " 1",
            "1,000",
            "1.23",
            "0x1",
            "1.2.3",
            "999999999999999999999999999999999999999999",
        ] {
            assert!(scaled(bad, 1).is_err(), "{bad}");
        }
        assert!(
            !scaled("987654321.12345", 2)
                .unwrap_err()
                .to_string()
                .contains("987654321")
        );
    }

    #[test]
    fn ratios_and_times() {
        assert_eq!(ratio("125%").unwrap().bps(), 12_500);
        assert_eq!(ratio("102.5 %").unwrap().bps(), 10_250);
        assert_eq!(ratio("12500bps").unwrap().bps(), 12_500);
        for bad in ["125", "0%", "-5%", "100.001%", "10485.76%", "", "%"] {
            assert!(ratio(bad).is_err(), "{bad}");
        }
        assert_eq!(time("1790000000"), Ok(1_790_000_000));
        assert_eq!(time("2000-01-02"), Ok(EARLIEST + 86_400));
        assert_eq!(time(&date(1_790_000_000)), Ok(1_790_000_000));
        assert_eq!(date(1_790_000_000), "2026-09-21T14:13:20Z");
        let (utc, east) = ("2026-11-20T16:00:00Z", "2026-11-20T17:00:00+01:00");
        assert_eq!(time(utc), time(east));
        assert_eq!(time("2026-11-20T16:00:00.9Z"), time(utc));
        for (bad, got) in [
            ("", "\"\""),
            ("yesterday", "yesterday"),
            ("2026-13-01", "2026-13-01"),
            ("-5", "-5"),
            ("5", "before the year 2000"),
            ("1969-01-01", "1969"),
            ("1999-12-31", "before the year 2000"),
            ("1790000000000", "13 digits"),
            ("20261120", "2026-11-20"),
            ("20261120T160000Z", "20261120T160000Z"),
            ("2026-11-20T16:00:00", "2026-11-20T16:00:00"),
            ("2026-11-20T16:00:00+01:00[Europe/Berlin]", "Berlin"),
            ("2226-01-01", "a hundred years"),
        ] {
            let error = time(bad).unwrap_err();
            assert!(error.contains(got), "{bad}: {error}");
        }
        assert!(past("now").is_ok());
        let ahead = date(now() + 3600);
        assert!(past(&ahead).unwrap_err().contains(&ahead));
    }

    #[test]
    fn amounts_are_shown_without_loss_or_with_cents() {
        assert_eq!(plain(1_250_750_000u128, 6), "1250.75");
        assert_eq!(plain(5u128, 6), "0.000005");
        assert_eq!(grouped(1_234_567_890_123u128, 6), "1,234,567.89");
        assert_eq!(grouped(0u128, 6), "0.00");
    }
}
