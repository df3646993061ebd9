//! Ethereum keystores, version 3 (the Web3 Secret Storage Definition): scrypt and PBKDF2
//! are read, scrypt is written.
//!
//! The format is put together here from the primitives' own crates: the crates that offer
//! all of it panic on short fields, take any cost parameters, replace files that exist and
//! write them readable by all. Here costs are bounded before any work, secrets are wiped.

use crate::key::{KeyError, SigningKey, random};
use aes::Aes128;
use aes::cipher::{KeyIvInit, StreamCipher};
use covenant_claims::json::{self, JsonError};
use covenant_claims::signed::Address;
use serde::{Deserialize, Serialize};
use sha3::{Digest, Keccak256};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Largest keystore that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 16;
/// log2 of scrypt's N in what is written: with r = 8 it takes 128 MiB.
const LOG_N: u8 = 17;
const R: u32 = 8;
const P: u32 = 1;
/// Most memory that scrypt may take is 128 N r bytes: 512 MiB.
const MAX_N_TIMES_R: u64 = 1 << 22;
/// Most work: N r p, some seconds.
const MAX_N_TIMES_R_TIMES_P: u64 = 1 << 24;
const MAX_ROUNDS: u32 = 10_000_000;
const CIPHER: &str = "aes-128-ctr";
const PRF: &str = "hmac-sha256";

/// A keystore could not be opened or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeystoreError {
    /// Larger than any keystore.
    #[error("keystore: expected at most {MAX_BYTES} bytes, got more")]
    TooLarge,
    /// Not JSON, or not a keystore.
    #[error("keystore: {0}")]
    Json(#[from] JsonError),
    /// A field that is not supported, or out of its range.
    #[error("keystore: {field}: expected {expected}, got {got}")]
    Field {
        /// Which.
        field: &'static str,
        /// What is supported.
        expected: String,
        /// What is there.
        got: String,
    },
    /// The password does not open it.
    #[error("keystore: the password is wrong, or the file was altered")]
    Password,
    /// It opened, and what is inside is not a key.
    #[error("keystore: {0}")]
    Key(#[from] KeyError),
    /// It opened, and holds another key than it says.
    #[error("keystore: expected the key of {expected}, as the file says, got that of {got}")]
    Address {
        /// The file's.
        expected: Address,
        /// The key's.
        got: Address,
    },
    /// The file is there already.
    #[error("{path}: expected a path where there is no file yet, got one that exists")]
    Exists {
        /// Where.
        path: String,
    },
    /// The file system.
    #[error("{path}: {message}")]
    Io {
        /// Where.
        path: String,
        /// What it said.
        message: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Keystore {
    version: u64,
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(alias = "Crypto")]
    crypto: Crypto,
}

#[derive(Serialize, Deserialize)]
struct Crypto {
    cipher: String,
    cipherparams: CipherParams,
    ciphertext: String,
    kdf: String,
    kdfparams: KdfParams,
    mac: String,
}

#[derive(Serialize, Deserialize)]
struct CipherParams {
    iv: String,
}

/// Of both functions; each checks what it needs.
#[derive(Serialize, Deserialize, Default)]
struct KdfParams {
    dklen: u32,
    salt: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    p: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    c: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prf: Option<String>,
}

fn field(field: &'static str, expected: impl Into<String>, got: impl ToString) -> KeystoreError {
    KeystoreError::Field {
        field,
        expected: expected.into(),
        got: got.to_string().chars().take(80).collect(),
    }
}

/// A password in the Unicode forms that wallets and keyboards make of it, as it is first: an é is
/// one character or an e with an accent, by the system that it was typed on.
fn forms(password: &str) -> Vec<Zeroizing<String>> {
    let mut forms = vec![Zeroizing::new(password.to_owned())];
    let others: [String; 4] = [
        password.nfc().collect(),
        password.nfd().collect(),
        password.nfkc().collect(),
        password.nfkd().collect(),
    ];
    for form in others.map(Zeroizing::new) {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// Opens a keystore, whatever the Unicode form of the password that it was made with.
pub fn decrypt(text: &str, password: &str) -> Result<SigningKey, KeystoreError> {
    if text.len() > MAX_BYTES {
        return Err(KeystoreError::TooLarge);
    }
    let file: Keystore = json::from_str(text)?;
    if file.version != 3 {
        return Err(field("version", "3", file.version));
    }
    let crypto = &file.crypto;
    if crypto.cipher != CIPHER {
        return Err(field("cipher", CIPHER, &crypto.cipher));
    }
    let iv: [u8; 16] = bytes("iv", &crypto.cipherparams.iv)?;
    let mut secret = Zeroizing::new(bytes::<32>("ciphertext", &crypto.ciphertext)?);
    let mac: [u8; 32] = bytes("mac", &crypto.mac)?;
    let address = file.address.as_deref().map(address).transpose()?;

    let opened = forms(password).into_iter().find_map(|form| {
        let derived = derive(crypto, &form);
        let is_it = |derived: &_| bool::from(mac_of(derived, &secret).ct_eq(&mac));
        match derived {
            Ok(derived) => is_it(&derived).then_some(Ok(derived)),
            Err(error) => Some(Err(error)),
        }
    });
    let derived = opened.unwrap_or(Err(KeystoreError::Password))?;
    apply_cipher(&derived, &iv, &mut secret);
    let key = SigningKey::from_bytes(&secret)?;
    match address {
        Some(expected) if expected != key.address() => Err(KeystoreError::Address {
            expected,
            got: key.address(),
        }),
        _ => Ok(key),
    }
}

/// Makes a keystore, with scrypt at N = 2^17, r = 8, p = 1.
pub fn encrypt(key: &SigningKey, password: &str) -> Result<String, KeystoreError> {
    let no_randomness = || KeystoreError::Key(KeyError::Randomness);
    let salt = random::<32>().ok_or_else(no_randomness)?;
    let iv = random::<16>().ok_or_else(no_randomness)?;
    let id = random::<16>().ok_or_else(no_randomness)?;
    let derived = scrypt_key(password, salt.as_slice(), LOG_N, R, P)?;
    let mut secret = key.to_bytes();
    apply_cipher(&derived, &iv, &mut secret);
    let file = Keystore {
        version: 3,
        id: uuid(&id),
        address: Some(key.address().to_string().to_lowercase().split_off(2)),
        crypto: Crypto {
            cipher: CIPHER.into(),
            cipherparams: CipherParams {
                iv: hex(iv.as_slice()),
            },
            ciphertext: hex(secret.as_slice()),
            kdf: "scrypt".into(),
            kdfparams: KdfParams {
                dklen: 32,
                salt: hex(salt.as_slice()),
                n: Some(1 << LOG_N),
                r: Some(R),
                p: Some(P),
                ..KdfParams::default()
            },
            mac: hex(&mac_of(&derived, &secret)),
        },
    };
    Ok(serde_json::to_string_pretty(&file).unwrap_or_default() + "\n")
}

type Derived = Zeroizing<[u8; 32]>;

/// The 32 bytes that a password and the file's parameters give.
fn derive(crypto: &Crypto, password: &str) -> Result<Derived, KeystoreError> {
    let params = &crypto.kdfparams;
    if params.dklen != 32 {
        return Err(field("dklen", "32", params.dklen));
    }
    let salt = decode(&params.salt).ok_or_else(|| field("salt", "hex digits", &params.salt))?;
    let given = |name, x: Option<u32>| x.ok_or_else(|| field(name, "a number", "none"));
    match crypto.kdf.as_str() {
        "scrypt" => {
            let (n, r, p) = (
                given("n", params.n)?,
                given("r", params.r)?,
                given("p", params.p)?,
            );
            if !n.is_power_of_two()
                || n < 2
                || r == 0
                || u64::from(n) * u64::from(r) > MAX_N_TIMES_R
            {
                let expected = format!("a power of two, with n times r at most {MAX_N_TIMES_R}");
                return Err(field("n", expected, format!("n = {n}, r = {r}")));
            }
            let largest_p = MAX_N_TIMES_R_TIMES_P / (u64::from(n) * u64::from(r));
            if p == 0 || u64::from(p) > largest_p {
                return Err(field("p", format!("1 to {largest_p}"), p));
            }
            // Some old files, one of the published vectors among them, break this rule.
            if n.trailing_zeros() >= 16 * r {
                let expected = format!("below 2^{}, as RFC 7914 requires for r = {r}", 16 * r);
                return Err(field("n", expected, n));
            }
            let log_n = u8::try_from(n.trailing_zeros()).unwrap_or(u8::MAX);
            scrypt_key(password, &salt, log_n, r, p)
        }
        "pbkdf2" => {
            let rounds = given("c", params.c)?;
            if rounds == 0 || rounds > MAX_ROUNDS {
                return Err(field("c", format!("1 to {MAX_ROUNDS}"), rounds));
            }
            if params.prf.as_deref() != Some(PRF) {
                return Err(field("prf", PRF, params.prf.as_deref().unwrap_or("none")));
            }
            let mut derived = Derived::default();
            pbkdf2::pbkdf2_hmac::<sha2::Sha256>(
                password.as_bytes(),
                &salt,
                rounds,
                derived.as_mut_slice(),
            );
            Ok(derived)
        }
        other => Err(field("kdf", "scrypt or pbkdf2", other)),
    }
}

fn scrypt_key(
    password: &str,
    salt: &[u8],
    log_n: u8,
    r: u32,
    p: u32,
) -> Result<Derived, KeystoreError> {
    let refused = |e: &dyn std::fmt::Display| field("kdfparams", "those of scrypt", e);
    let params = scrypt::Params::new(log_n, r, p, 32).map_err(|e| refused(&e))?;
    let mut derived = Derived::default();
    scrypt::scrypt(password.as_bytes(), salt, &params, derived.as_mut_slice())
        .map_err(|e| refused(&e))?;
    Ok(derived)
}

/// keccak256 of the second half of the derived key and the ciphertext.
fn mac_of(derived: &Derived, ciphertext: &[u8; 32]) -> [u8; 32] {
    let (_, second) = derived.split_at(16);
    let hash = Keccak256::new().chain_update(second);
    hash.chain_update(ciphertext).finalize().into()
}

/// AES-128-CTR under the first half of the derived key; its own inverse.
fn apply_cipher(derived: &Derived, iv: &[u8; 16], data: &mut [u8; 32]) {
    let mut first = Zeroizing::new([0; 16]);
    for (to, from) in first.iter_mut().zip(derived.iter()) {
        *to = *from;
    }
    let mut cipher = ctr::Ctr128BE::<Aes128>::new((&*first).into(), iv.into());
    cipher.apply_keystream(data);
}

/// The address as keystores write it: 40 hex digits, often without `0x`.
fn address(text: &str) -> Result<Address, KeystoreError> {
    let digits = text.strip_prefix("0x").unwrap_or(text).to_lowercase();
    format!("0x{digits}")
        .parse()
        .map_err(|_| field("address", "40 hex digits", text))
}

fn bytes<const N: usize>(name: &'static str, text: &str) -> Result<[u8; N], KeystoreError> {
    let bytes = decode(text).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| {
        let got = format!("{} characters", text.len());
        field(name, format!("{} hex digits", 2 * N), got)
    })
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let nibble = |c: &u8| u8::try_from(char::from(*c).to_digit(16)?).ok();
    let byte = |[high, low]: &[u8; 2]| Some(nibble(high)? << 4 | nibble(low)?);
    pairs.iter().map(byte).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A random UUID (version 4).
fn uuid(random: &[u8; 16]) -> String {
    let bits = u128::from_be_bytes(*random);
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let text = format!("{bits:032x}");
    let mut groups = Vec::new();
    let mut rest = text.as_str();
    for length in [8, 4, 4, 4] {
        let (group, tail) = rest.split_at(length);
        groups.push(group);
        rest = tail;
    }
    groups.push(rest);
    groups.join("-")
}
