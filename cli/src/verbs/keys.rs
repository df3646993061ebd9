//! `covenant keys`: keystores for those who sign, salts, identities for those who are disclosed to.

use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::outcome::{Failure, Report};
use crate::signer;
use clap::{Args, Subcommand};
use covenant_disclosure::Identity;
use covenant_keys::{KeystoreError, SigningKey, store};
use covenant_verifier::signed::AccountSalt;
use rand_core::OsRng;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;
use zeroize::Zeroizing;

#[derive(Subcommand, Debug)]
pub(crate) enum KeysVerb {
    New(New),
    Address(Address),
    Salt(Salt),
    Age(Age),
}

/// Make a new key in an encrypted keystore v3 file.
///
/// It is the format of every Ethereum tool. The file is readable by its owner only.
#[derive(Args, Debug)]
pub(crate) struct New {
    /// The keystore to write; never replaces a file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The password is the first line of this file [default: prompted for]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// Print the address of a key.
#[derive(Args, Debug)]
pub(crate) struct Address {
    /// A keystore, or env:NAME
    key: String,
    /// The password is the first line of this file [default: prompted for]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// Make the salt that keeps your references of accounts from being guessed.
///
/// Once: a reference is published as a hash with the salt, and with another salt it is another
/// account. The file is secret and readable by its owner only.
#[derive(Args, Debug)]
pub(crate) struct Salt {
    /// The file to write; never replaces a file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Make an age identity, to which others seal what they disclose to you.
///
/// An X25519 key in the format of age-keygen. The file is secret, not encrypted, and readable by its
/// owner only; hand out the recipient, which is printed.
#[derive(Args, Debug)]
pub(crate) struct Age {
    /// The file to write; never replaces a file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// A new age identity.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AgeOutput {
    /// Whom to seal to, so that it opens it. Public.
    recipient: String,
    /// The file that it is in. Secret.
    identity: String,
}

/// A new salt.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SaltOutput {
    /// The file that it is in. Secret.
    salt: String,
}

/// A new key.
#[derive(Serialize, JsonSchema)]
pub(crate) struct NewOutput {
    /// Its address.
    address: String,
    /// The file that it is in, encrypted.
    keystore: String,
}

/// A key.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AddressOutput {
    /// Its address.
    address: String,
}

/// The library has one error for a file system that refuses.
fn not_written(error: KeystoreError) -> Failure {
    match error {
        KeystoreError::Io { .. } => Failure::of(error).coded(Code::FileNotWritten),
        other => Failure::of(other),
    }
}

impl KeysVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::New(verb) => {
                let file = verb.password_file.as_deref();
                files::folder_of(&verb.out)?;
                let password = signer::new_password(file, "new password: ")?;
                if file.is_none() && *signer::new_password(None, "again: ")? != *password {
                    return Err(Failure::new(
                        Code::PasswordMissing,
                        "expected the same password twice",
                    ));
                }
                let key = SigningKey::generate().map_err(Failure::of)?;
                store::write(&verb.out, &key, &password).map_err(not_written)?;
                let address = key.address().to_string();
                let text = format!("address   {address}\nkeystore  {}", verb.out.display());
                let keystore = verb.out.display().to_string();
                Report::done(text, &NewOutput { address, keystore })
            }
            Self::Salt(verb) => {
                let salt = AccountSalt::random(OsRng).to_hex();
                let text = Zeroizing::new(format!("{}\n", *salt));
                files::write(&verb.out, &text, files::Kind::Secret)?;
                let salt = verb.out.display().to_string();
                let text = format!(
                    "salt      {salt} (keep it: references of accounts are the same only with it)"
                );
                Report::done(text, &SaltOutput { salt })
            }
            Self::Age(verb) => {
                let key = Identity::generate();
                files::write(&verb.out, &key.to_file(), files::Kind::Secret)?;
                let recipient = key.recipient().to_string();
                let identity = verb.out.display().to_string();
                let text =
                    format!("recipient  {recipient}\nidentity   {identity} (keep it secret)");
                Report::done(
                    text,
                    &AgeOutput {
                        recipient,
                        identity,
                    },
                )
            }
            Self::Address(verb) => {
                let key = signer::key(&verb.key, verb.password_file.as_deref())?;
                let address = key.address().to_string();
                Report::done(address.clone(), &AddressOutput { address })
            }
        }
    }
}
