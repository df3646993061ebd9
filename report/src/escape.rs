//! The one door by which a text enters the HTML: what is markup is escaped, and what is not seen is
//! shown. Names of policies, assets, groups and attesters come from other people, who could hide or
//! turn around what a reader sees.

use askama::filters::Escaper;
use std::fmt::{self, Write};

/// Escapes HTML and makes control characters, line ends, and invisible or direction-changing
/// characters visible, as `⟨U+202E⟩`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visible;

impl Escaper for Visible {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        for c in string.chars() {
            match c {
                '&' => dest.write_str("&amp;")?,
                '<' => dest.write_str("&lt;")?,
                '>' => dest.write_str("&gt;")?,
                '"' => dest.write_str("&#34;")?,
                '\'' => dest.write_str("&#39;")?,
                c if hidden(c) => write!(dest, "⟨U+{:04X}⟩", u32::from(c))?,
                c => dest.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// The same for text that is no HTML yet, such as a plot's labels.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match hidden(c) {
            true => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

/// Whether a character is not seen, or changes where others are seen: controls and line ends,
/// separators, soft hyphens and fillers, zero widths, marks and overrides of direction, variation
/// selectors, tags, annotations.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB
            | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        assert!(Visible.write_escaped_str(&mut out, text).is_ok());
        out
    }

    #[test]
    fn markup_is_text_and_what_hides_is_seen() {
        assert_eq!(
            escaped("<script>\"x\" & 'y'</script>"),
            "&lt;script&gt;&#34;x&#34; &amp; &#39;y&#39;&lt;/script&gt;"
        );
        assert_eq!(escaped("a\u{202e}b\nc"), "a⟨U+202E⟩b⟨U+000A⟩c");
        assert_eq!(visible("a\u{2066}\u{feff}"), "a⟨U+2066⟩⟨U+FEFF⟩");
        // Other alphabets are left as they are.
        assert_eq!(escaped("Zürich 銀行 بنك"), "Zürich 銀行 بنك");
    }
}
