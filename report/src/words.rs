//! Numbers and times as a report shows them: quote units exact and with commas, ratios as
//! `125.00 %`, times in UTC.

use num_bigint::BigUint;

/// Basis points as `125.00 %`, with a blank at which no line ends.
pub(crate) fn percent(bps: u64) -> String {
    format!(
        "{}.{:02}\u{a0}%",
        commas(&(bps / 100).to_string()),
        bps % 100
    )
}

/// A move of a price, with its sign, in basis points.
pub(crate) fn movement(bps: i64) -> String {
    match bps {
        0 => "unchanged".into(),
        b if b < 0 => format!("−{}", percent(b.unsigned_abs())),
        b => format!("+{}", percent(b.unsigned_abs())),
    }
}

/// `n / 10^decimals`, exact, without trailing zeros: for JSON.
pub(crate) fn plain(n: impl Into<BigUint>, decimals: usize) -> String {
    let digits = format!("{:0>width$}", n.into(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    match fraction.trim_end_matches('0') {
        "" => whole.into(),
        fraction => format!("{whole}.{fraction}"),
    }
}

/// A decimal such as `-1234567.5` with commas, exact: at least two decimals where it has any.
pub(crate) fn grouped(decimal: &str) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", decimal),
    };
    match digits.split_once('.') {
        Some((whole, fraction)) => format!("{sign}{}.{fraction:0<2}", commas(whole)),
        None => format!("{sign}{}", commas(digits)),
    }
}

/// A decimal with commas and two decimals, rounded towards 0.
pub(crate) fn cents(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let cents: String = fraction.chars().chain("00".chars()).take(2).collect();
    grouped(&format!("{whole}.{cents}"))
}

/// A comma before every three digits from the right.
fn commas(digits: &str) -> String {
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Unix seconds as `2026-11-20 21:00:00 UTC`.
pub(crate) fn date(seconds: u64) -> String {
    // The year 9999 is where the form ends.
    let time = i64::try_from(seconds).ok().filter(|s| *s < 253_402_300_800);
    match time.and_then(|s| jiff::Timestamp::from_second(s).ok()) {
        Some(time) => time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        None => "after the year 9999".into(),
    }
}

/// Seconds as `24 h` or `1 h 30 min`; whole, exact.
pub(crate) fn duration(seconds: u64) -> String {
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3_600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, unit)| format!("{} {unit}", commas(&n.to_string())))
        .collect();
    match parts.is_empty() {
        true => "0 s".into(),
        false => parts.join(" "),
    }
}

/// The first and last digits of an id.
pub(crate) fn short(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    match (chars.get(..8), chars.len().checked_sub(6)) {
        (Some(head), Some(from)) if chars.len() > 18 => {
            let tail = chars.get(from..).unwrap_or_default();
            format!("{}…{}", String::from_iter(head), String::from_iter(tail))
        }
        _ => id.into(),
    }
}

/// The name of a currency without its namespace.
pub(crate) fn currency(quote: &str) -> &str {
    quote.strip_prefix("iso4217:").unwrap_or(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_read_once() {
        assert_eq!(percent(12_500), "125.00\u{a0}%");
        assert_eq!(movement(-6_505), "−65.05\u{a0}%");
        assert_eq!(plain(1_250_750_000u128, 6), "1250.75");
        assert_eq!(grouped("145213467901.5"), "145,213,467,901.50");
        assert_eq!(grouped("-1000"), "−1,000");
        assert_eq!(cents("1234.999"), "1,234.99");
        assert_eq!(cents("-0.5"), "−0.50");
        assert_eq!(date(1_790_000_000), "2026-09-21 14:13:20 UTC");
        assert_eq!(date(u64::MAX), "after the year 9999");
        assert_eq!(duration(90_061), "1 d 1 h 1 min 1 s");
        assert_eq!(duration(0), "0 s");
        assert_eq!(short("0x0123456789abcdef0123"), "0x012345…ef0123");
        assert_eq!(short("0x01"), "0x01");
    }
}
