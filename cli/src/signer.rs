//! Whose key signs: an encrypted keystore, an environment variable for automation, or an
//! external wallet or HSM that is shown the typed data and returns a signature.

use crate::codes::Code;
use crate::files;
use crate::outcome::Failure;
use crate::text;
use clap::Args;
use covenant_keys::{SigningKey, store};
use covenant_verifier::signed::{self, AnySignature, SignatureError, SignerError};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// How a document is signed.
#[derive(Args, Debug)]
pub(crate) struct SignerArgs {
    /// A keystore v3 file, or env:NAME for a hex key in an environment variable
    #[arg(long, value_name = "KEY", required_unless_present_any = ["print_typed_data", "signature"])]
    key: Option<String>,
    /// The keystore's password is the first line of this file [default: prompted for]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Print the EIP-712 typed data that a wallet or HSM signs, and write nothing
    #[arg(long, conflicts_with_all = ["key", "signature"])]
    print_typed_data: bool,
    /// Attach a signature made elsewhere; a contract's is not checked
    #[arg(
        long,
        value_name = "0x...",
        conflicts_with = "key",
        requires = "signer"
    )]
    signature: Option<String>,
    /// Who made that signature: the address of a key, or eip155:<chain id>:<address> of a contract
    #[arg(long, value_name = "SIGNER")]
    signer: Option<String>,
}

/// What to do with a document.
pub(crate) enum Signer {
    /// Show it.
    Print,
    /// Sign it with this key.
    Key(Box<SigningKey>),
    /// Attach this signature by that signer.
    External(signed::Signer, AnySignature),
}

impl SignerArgs {
    pub(crate) fn signer(&self) -> Result<Signer, Failure> {
        if self.print_typed_data {
            return Ok(Signer::Print);
        }
        if let (Some(signature), Some(signer)) = (&self.signature, &self.signer) {
            let signer = signer
                .parse()
                .map_err(|e: SignerError| Failure::new(Code::Usage, format!("--signer: {e}")))?;
            let read = AnySignature::read(signature, signer);
            let signature = read.map_err(|e: SignatureError| {
                let said = format!("--signature: {e}");
                Failure::of(e).saying(said)
            })?;
            return Ok(Signer::External(signer, signature));
        }
        key(
            self.key.as_deref().unwrap_or_default(),
            self.password_file.as_deref(),
        )
        .map(|key| Signer::Key(Box::new(key)))
    }
}

/// That what is signed was taken at a time that it can have been taken at: who signs vouches for it.
pub(crate) fn check_taken(path: &Path, as_of: u64) -> Result<(), Failure> {
    if text::can_be_taken(as_of) {
        return Ok(());
    }
    let (expected, got) = ("Unix seconds of a time that has come", text::date(as_of));
    let said = format!("as_of: expected {expected}, got {got}; nothing was signed");
    Err(Failure::in_file(path, Code::Malformed, said).differs("as_of", expected, got))
}

/// What is said where a contract's signature was attached.
pub(crate) fn unchecked(signer: &signed::Signer) -> String {
    match signer.contract() {
        None => String::new(),
        Some(contract) => format!(
            "\nnot checked: only {contract} can tell whether the signature is its own; covenant verify --rpc queries it"
        ),
    }
}

/// The key in a keystore, or in the environment variable NAME for `env:NAME`.
pub(crate) fn key(name: &str, password_file: Option<&Path>) -> Result<SigningKey, Failure> {
    if let Some(variable) = name.strip_prefix("env:") {
        return SigningKey::from_env(variable).map_err(|e| {
            let said = format!("{name}: {e}");
            Failure::of(e).saying(said)
        });
    }
    let path = Path::new(name);
    if !path.is_file() {
        return Err(Failure::in_file(
            path,
            Code::FileNotRead,
            "expected a keystore file, got none",
        ));
    }
    let password = password(password_file, "password: ")?;
    store::read(path, &password).map_err(|e| Failure::of_file(path, e))
}

/// A keystore's password, which may be empty: the first line of a file, or prompted for on the
/// terminal.
pub(crate) fn password(file: Option<&Path>, prompt: &str) -> Result<Zeroizing<String>, Failure> {
    let password = match file {
        Some(path) => {
            let text = files::read(path, 1 << 16)?;
            Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())
        }
        None if std::io::stdin().is_terminal() => {
            Zeroizing::new(rpassword::prompt_password(prompt).map_err(|e| {
                let said = format!("the password could not be read: {e}");
                Failure::new(Code::PasswordMissing, said)
            })?)
        }
        None => {
            return Err(Failure::new(
                Code::PasswordMissing,
                "expected a terminal to prompt for the password on, or --password-file",
            ));
        }
    };
    Ok(password)
}

/// The same for a new keystore, which an empty password would not protect.
pub(crate) fn new_password(
    file: Option<&Path>,
    prompt: &str,
) -> Result<Zeroizing<String>, Failure> {
    let password = password(file, prompt)?;
    if password.is_empty() {
        return Err(Failure::new(
            Code::PasswordMissing,
            "expected a password, got an empty one",
        ));
    }
    Ok(password)
}
