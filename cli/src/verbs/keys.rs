//! `covenant keys`: keystores for those who sign.

use crate::Outcome;
use crate::outcome::{Failure, Report};
use crate::signer;
use clap::{Args, Subcommand};
use covenant_keys::{SigningKey, store};
use serde_json::json;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum KeysVerb {
    /// Make a new key in an encrypted keystore v3 file
    New(New),
    /// Print the address of a key
    Address(Address),
}

/// Make a new key in an encrypted keystore v3 file, the format of every Ethereum tool.
#[derive(Args, Debug)]
pub(crate) struct New {
    /// The keystore to write; never replaces a file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The password is the first line of this file [default: asked for]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// Print the address of a key.
#[derive(Args, Debug)]
pub(crate) struct Address {
    /// A keystore, or env:NAME
    key: String,
    /// The password is the first line of this file [default: asked for]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl KeysVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::New(verb) => {
                let file = verb.password_file.as_deref();
                let password = signer::password(file, "new password: ")?;
                if file.is_none() && *signer::password(None, "again: ")? != *password {
                    return Err(Failure::unknown("expected the same password twice"));
                }
                let key = SigningKey::generate().map_err(Failure::unknown)?;
                store::write(&verb.out, &key, &password).map_err(Failure::unknown)?;
                let address = key.address().to_string();
                let text = format!("address   {address}\nkeystore  {}", verb.out.display());
                let json =
                    json!({ "address": address, "keystore": verb.out.display().to_string() });
                Ok(Report::done(text, json))
            }
            Self::Address(verb) => {
                let key = signer::key(&verb.key, verb.password_file.as_deref())?;
                let address = key.address().to_string();
                Ok(Report::done(address.clone(), json!({ "address": address })))
            }
        }
    }
}
