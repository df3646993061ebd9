//! What a job is: its kind, circuit, ceremony and public inputs, and the key that is made of them.

use crate::failure::Failure;
use covenant_claims::ident::keccak256;
use std::fmt;
use std::str::FromStr;

/// What a key is hashed with, so that it is no hash of anything else.
const DOMAIN: &[u8] = b"covenant-farm job 1";

/// The key of a job: two that would prove the same have the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; 32]);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{}", hex(&self.0))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Key {
    type Err = Failure;
    fn from_str(text: &str) -> Result<Self, Failure> {
        let bytes = text.strip_prefix("0x").and_then(unhex);
        let bytes = bytes.and_then(|b| b.try_into().ok());
        bytes.map(Self).ok_or_else(|| {
            let got: String = text.chars().take(80).collect();
            Failure::at("key", "0x and 64 lower-case hex digits", got)
        })
    }
}

impl Key {
    /// Of bytes that the database returned.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Result<Self, Failure> {
        bytes.try_into().map(Self).map_err(|_| Failure::Answer {
            got: format!("a key of {} bytes", bytes.len()),
        })
    }
}

/// Everything public about a job that its proof depends on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spec {
    /// What is proved: `claim`.
    pub kind: String,
    /// The circuit's id.
    pub circuit: String,
    /// The digest of the ceremony: keccak256 of its tau G2.
    pub ceremony: [u8; 32],
    /// The public inputs.
    pub public: Vec<u8>,
}

impl Spec {
    /// keccak256 of the parts, each after its length.
    pub fn key(&self) -> Key {
        let mut bytes = DOMAIN.to_vec();
        for part in [
            self.kind.as_bytes(),
            self.circuit.as_bytes(),
            &self.ceremony,
            &self.public,
        ] {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        }
        Key(keccak256(&bytes))
    }
}

/// How soon a job is wanted. Workers take the urgent ones first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, clap::ValueEnum)]
pub enum QueueName {
    /// Before all others.
    Urgent,
    /// What is proved every hour.
    Hourly,
    /// When there is nothing else.
    Bulk,
}

impl QueueName {
    /// All, in the order in which they are served.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Hourly, Self::Bulk];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Hourly => "hourly",
            Self::Bulk => "bulk",
        }
    }
}

impl FromStr for QueueName {
    type Err = Failure;
    fn from_str(text: &str) -> Result<Self, Failure> {
        let found = Self::ALL.into_iter().find(|q| q.name() == text);
        found.ok_or_else(|| Failure::at("queue", "urgent, hourly or bulk", format!("{text:?}")))
    }
}

/// Lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of lower-case hex digits.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let nibble = |c: &u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(nibble(high)? << 4 | nibble(low)?),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec() -> Spec {
        Spec {
            kind: "claim".into(),
            circuit: "c".into(),
            ceremony: [7; 32],
            public: vec![1, 2],
        }
    }

    #[test]
    fn every_part_and_every_border_between_parts_is_in_the_key() {
        let mut keys = vec![spec().key()];
        for change in [
            |s: &mut Spec| s.kind = "claims".into(),
            |s| s.circuit = "d".into(),
            |s| s.ceremony = [8; 32],
            |s| s.public = vec![1, 3],
            |s| s.public.push(0),
            |s| (s.kind, s.circuit) = ("clai".into(), "mc".into()),
        ] as [fn(&mut Spec); 6]
        {
            let mut other = spec();
            change(&mut other);
            assert!(!keys.contains(&other.key()), "{other:?}");
            keys.push(other.key());
        }
    }

    #[test]
    fn a_key_is_read_as_it_is_written_and_no_other_way() {
        let key = spec().key();
        assert_eq!(key.to_string().parse::<Key>().unwrap(), key);
        for bad in [
            "",
            "0x",
            "0x12",
            &key.to_string().to_uppercase(),
            &key.to_string()[2..],
        ] {
            assert!(bad.parse::<Key>().is_err(), "{bad}");
        }
    }
}
