//! The text of a contract while it is written: lines of Yul with their indentation, words
//! in hexadecimal, and the places in memory.

use covenant_circuits::field::{Fr, to_hex};
use ff::PrimeField;
use halo2curves::bn256::Fq;

/// Lines of Yul.
#[derive(Debug, Default)]
pub(crate) struct Code {
    text: String,
    depth: usize,
}

impl Code {
    pub(crate) fn new(depth: usize) -> Self {
        Self {
            text: String::new(),
            depth,
        }
    }

    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        for _ in 0..self.depth {
            self.text.push_str("    ");
        }
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    /// More of the last line.
    pub(crate) fn append(&mut self, text: &str) {
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A comment, after an empty line.
    pub(crate) fn note(&mut self, comment: &str) {
        self.text.push('\n');
        for line in comment.lines() {
            self.line(format!("// {line}"));
        }
    }

    /// A name that the circuit gives, as a comment: one line of ASCII, whatever is in it.
    pub(crate) fn named(&mut self, name: &str) {
        let name: String = (name.chars())
            .map(|c| if matches!(c, ' '..='~') { c } else { '?' })
            .collect();
        self.line(format!("// {name}"));
    }

    pub(crate) fn open(&mut self, line: impl AsRef<str>) {
        self.line(line);
        self.depth += 1;
    }

    pub(crate) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.line("}");
    }

    pub(crate) fn store(&mut self, at: Slot, value: impl AsRef<str>) {
        self.line(format!("mstore({at}, {})", value.as_ref()));
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// An address in memory, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Slot(pub(crate) usize);

impl Slot {
    pub(crate) fn plus(self, bytes: usize) -> Self {
        Self(self.0 + bytes)
    }
    /// The word there.
    pub(crate) fn load(self) -> String {
        format!("mload({self})")
    }
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

/// Hands out memory from low to high.
#[derive(Debug)]
pub(crate) struct Memory {
    next: usize,
}

impl Memory {
    pub(crate) fn from(start: usize) -> Self {
        Self { next: start }
    }

    pub(crate) fn words(&mut self, count: usize) -> Slot {
        let slot = Slot(self.next);
        self.next += 32 * count;
        slot
    }

    pub(crate) fn word(&mut self) -> Slot {
        self.words(1)
    }

    /// Memory from there on is free again.
    pub(crate) fn back_to(&mut self, slot: Slot) {
        self.next = slot.0;
    }
}

/// A scalar as a literal without leading zeros.
pub(crate) fn scalar(x: &Fr) -> String {
    shorten(&to_hex(x))
}

/// A coordinate as a literal of 32 bytes.
pub(crate) fn coordinate(x: &Fq) -> String {
    let bytes = x.to_repr();
    let digits: String = bytes
        .as_ref()
        .iter()
        .rev()
        .map(|b| format!("{b:02x}"))
        .collect();
    format!("0x{digits}")
}

fn shorten(hex: &str) -> String {
    let digits = hex.trim_start_matches("0x").trim_start_matches('0');
    match digits.is_empty() {
        true => "0".into(),
        false => format!("0x{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A comment ends with its line: no name reaches the code after it.
    #[test]
    fn names_stay_within_their_comment() {
        let mut code = Code::new(1);
        code.named("a = b\nselfdestruct(0)\r\u{2028}\u{202e}c\t\u{e9}");
        assert_eq!(code.finish(), "    // a = b?selfdestruct(0)???c??\n");
    }
}
