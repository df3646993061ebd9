//! Whether a message repeats a secret of a file.

/// Runs of digits shorter than this may be in a message by chance, as line numbers do.
const RUN: usize = 8;

/// Panics if a run of [`RUN`] or more hex digits of the secret text, with a decimal digit
/// among them (words such as `deadbeef` apart), is in the message.
pub(crate) fn assert_untold(secret: &str, message: &str) {
    for run in secret.split(|c: char| !c.is_ascii_hexdigit()) {
        if run.len() >= RUN && run.bytes().any(|c| c.is_ascii_digit()) {
            assert!(!message.contains(run), "a secret is told: {message}");
            // Nor the half of one that is cut.
            let half = &run[..RUN.max(run.len() / 2)];
            assert!(!message.contains(half), "half a secret is told: {message}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::assert_untold;

    #[test]
    #[should_panic(expected = "a secret is told")]
    fn a_told_secret_is_found() {
        assert_untold(
            "{\"amount\": \"123456789\"}",
            "expected text, got 123456789",
        );
    }

    #[test]
    fn line_numbers_are_no_secrets() {
        assert_untold(
            "[1234, 123456789]",
            "line 1234, column 1234567: expected text",
        );
    }
}
