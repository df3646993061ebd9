//! Sealing to X25519 keys of age (age-encryption.org/v1): binary files, of any number of recipients.
//!
//! age hides what is disclosed, and a file that was altered or cut does not open. It does not say who
//! sealed it, and nothing here rests on that. Neither passphrases, SSH keys nor plugins are taken, so
//! that no file makes whoever opens it run a program or compute for minutes.

use crate::disclosure::{Disclosure, MAX_BYTES};
use age::secrecy::ExposeSecret;
use age::{DecryptError, Decryptor, Encryptor, x25519};
use std::fmt;
use std::io::{Read, Write};
use zeroize::Zeroizing;

/// Largest sealed file that is read, in bytes: the largest disclosure, age's header, and a tag for
/// each 64 KiB.
pub const MAX_SEALED: usize = MAX_BYTES + (1 << 20);

/// What a binary file of age begins with.
const FIRST_LINE: &[u8] = b"age-encryption.org/v1\n";

/// Most recipients or identities at once.
pub const MAX_KEYS: usize = 64;

const RECIPIENT: &str = "an X25519 recipient of age, age1 and 58 characters more";
const IDENTITY: &str = "an X25519 identity of age, AGE-SECRET-KEY-1 and 58 characters more";

/// Whom something is sealed to: `age1` and more. Public.
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

/// The key that opens what was sealed to its recipient: `AGE-SECRET-KEY-1` and more. It has no `Debug`.
pub struct Identity(x25519::Identity);

/// Something could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// Not an X25519 recipient of age.
    #[error("expected {RECIPIENT}, got something else")]
    Recipient,
    /// Not an X25519 identity of age. What was found may be secret, and is not told.
    #[error("expected {IDENTITY}, got something else")]
    Identity,
    /// A line of a file of keys is not one. What was found may be secret, and is not told.
    #[error("line {line}: expected {expected}, got something else")]
    Line {
        /// 1-based.
        line: usize,
        /// What belongs there.
        expected: &'static str,
    },
    /// No key, or too many.
    #[error("expected 1 to {MAX_KEYS} keys, got {got}")]
    Count {
        /// How many.
        got: usize,
    },
    /// Encryption failed.
    #[error("it could not be sealed")]
    Sealing,
    /// Not a file of age.
    #[error("expected a binary file of age, got something else")]
    NotSealed,
    /// Larger than any disclosure, sealed or opened.
    #[error("expected at most {MAX_SEALED} bytes, got more")]
    TooLarge,
    /// Sealed to others.
    #[error("expected a file that is sealed to this identity, got one for others")]
    NotForThisKey,
    /// Altered, or cut off.
    #[error("the sealed file was altered or is not whole")]
    Damaged,
    /// What was sealed is not text.
    #[error("expected UTF-8 inside of the sealed file, got other bytes")]
    NotText,
}

impl std::str::FromStr for Recipient {
    type Err = SealError;
    fn from_str(text: &str) -> Result<Self, SealError> {
        text.parse().map(Self).map_err(|_| SealError::Recipient)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({self})")
    }
}

impl Recipient {
    /// A file of recipients: one a line; blank lines and lines that begin with `#` are skipped.
    pub fn read_all(text: &str) -> Result<Vec<Self>, SealError> {
        lines(text, RECIPIENT)
    }
}

impl std::str::FromStr for Identity {
    type Err = SealError;
    fn from_str(text: &str) -> Result<Self, SealError> {
        text.parse().map(Self).map_err(|_| SealError::Identity)
    }
}

impl Identity {
    /// A new one, of the operating system's randomness.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Whom to seal to, so that this opens it.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// The file of this identity, as age-keygen writes it. Secret.
    pub fn to_file(&self) -> Zeroizing<String> {
        let secret = self.0.to_string();
        let text = format!(
            "# public key: {}\n{}\n",
            self.recipient(),
            secret.expose_secret()
        );
        Zeroizing::new(text)
    }

    /// A file of identities, as age-keygen writes it: one a line; blank lines and lines that begin
    /// with `#` are skipped.
    pub fn read_all(text: &str) -> Result<Vec<Self>, SealError> {
        lines(text, IDENTITY)
    }
}

fn lines<T: std::str::FromStr>(text: &str, expected: &'static str) -> Result<Vec<T>, SealError> {
    let lines = (1..).zip(text.lines().map(str::trim));
    let keys = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let keys = keys.map(|(line, key)| key.parse().map_err(|_| SealError::Line { line, expected }));
    let keys: Vec<T> = keys.collect::<Result<_, _>>()?;
    check_count(keys.len())?;
    Ok(keys)
}

fn check_count(got: usize) -> Result<(), SealError> {
    match (1..=MAX_KEYS).contains(&got) {
        true => Ok(()),
        false => Err(SealError::Count { got }),
    }
}

/// Seals a disclosure, so that each of the recipients opens it alone.
pub fn seal(disclosure: &Disclosure, recipients: &[Recipient]) -> Result<Vec<u8>, SealError> {
    seal_text(&disclosure.to_json(), recipients)
}

/// Seals any text. [`seal()`] is what disclosures are sealed with.
pub fn seal_text(text: &str, recipients: &[Recipient]) -> Result<Vec<u8>, SealError> {
    check_count(recipients.len())?;
    if text.len() > MAX_BYTES {
        return Err(SealError::TooLarge);
    }
    let keys = recipients.iter().map(|r| &r.0 as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(keys).map_err(|_| SealError::Sealing)?;
    let mut sealed = Vec::with_capacity(text.len() + 4096);
    let mut writer = encryptor
        .wrap_output(&mut sealed)
        .map_err(|_| SealError::Sealing)?;
    writer
        .write_all(text.as_bytes())
        .map_err(|_| SealError::Sealing)?;
    writer.finish().map_err(|_| SealError::Sealing)?;
    Ok(sealed)
}

/// What was sealed, where one of the identities opens it: whole, or an error. Secret.
pub fn unseal(sealed: &[u8], identities: &[Identity]) -> Result<Zeroizing<String>, SealError> {
    check_count(identities.len())?;
    if sealed.len() > MAX_SEALED {
        return Err(SealError::TooLarge);
    }
    if !sealed.starts_with(FIRST_LINE) {
        return Err(SealError::NotSealed);
    }
    let keys = identities.iter().map(|i| &i.0 as &dyn age::Identity);
    let decryptor = Decryptor::new_buffered(sealed).map_err(|e| said(&e))?;
    let reader = decryptor.decrypt(keys).map_err(|e| said(&e))?;
    // Wiped whatever happens. The plain text is shorter than the sealed one, so that it never moves.
    let mut bytes = Zeroizing::new(Vec::with_capacity(sealed.len() + 1));
    let mut reader = reader.take(MAX_BYTES as u64 + 1);
    (reader.read_to_end(&mut bytes)).map_err(|_| SealError::Damaged)?;
    if bytes.len() > MAX_BYTES {
        return Err(SealError::TooLarge);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| SealError::NotText)?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// age's own errors are in the language of the machine, and there are more of them than differ here.
fn said(error: &DecryptError) -> SealError {
    match error {
        DecryptError::NoMatchingKeys => SealError::NotForThisKey,
        DecryptError::InvalidHeader | DecryptError::UnknownFormat => SealError::NotSealed,
        _ => SealError::Damaged,
    }
}
