//! A secp256k1 signing key: never printed, wiped from memory when dropped.

use covenant_claims::account::{Commitment, Opening};
use covenant_claims::policy::Policy;
use covenant_claims::signed::{
    AccountFile, AccountRef, Address, Attestation, AuditorOpinion, ControlUndertaking, Digest,
    DocumentError, MarginNotice, PriceSignature, Representation, Revocation, Signature,
    SignedNotice, SignedOpinion, SignedPrices, SignedRepresentation, SignedRevocation, Undertaking,
    snapshot,
};
use k256::ecdsa;
use rand_core::{OsRng, RngCore};
use std::fmt;
use zeroize::Zeroizing;

/// A key that signs documents.
#[derive(Clone)]
pub struct SigningKey(ecdsa::SigningKey);

/// A key could not be made, read or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Not 32 bytes of hex.
    #[error("key: expected 64 hex digits, with or without 0x, got {got} characters")]
    Format {
        /// Length of the text; the text itself is secret.
        got: usize,
    },
    /// Zero, or not below the order of the group.
    #[error("key: expected a number between 1 and the group order less 1, got another")]
    OutOfRange,
    /// No such environment variable, or one that is not text.
    #[error("key: expected it in the environment variable {name}, which is not set to text")]
    Environment {
        /// The variable.
        name: String,
    },
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness")]
    Randomness,
    /// The curve arithmetic failed, which does not happen.
    #[error("the document could not be signed")]
    Signing,
    /// The account or the prices cannot be signed.
    #[error("{0}")]
    Document(#[from] DocumentError),
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> Option<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    OsRng.try_fill_bytes(bytes.as_mut_slice()).ok()?;
    Some(bytes)
}

impl SigningKey {
    /// A new key, from the operating system's randomness.
    pub fn generate() -> Result<Self, KeyError> {
        loop {
            let bytes = random::<32>().ok_or(KeyError::Randomness)?;
            // All but one in 2^127 are keys.
            if let Ok(key) = Self::from_bytes(&bytes) {
                return Ok(key);
            }
        }
    }

    /// The key with those big-endian bytes.
    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        ecdsa::SigningKey::from_bytes(bytes.into())
            .map(Self)
            .map_err(|_| KeyError::OutOfRange)
    }

    pub(crate) fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes().into())
    }

    /// A key that exists elsewhere: 64 hex digits, with or without `0x`.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let bad = || KeyError::Format { got: text.len() };
        let digits = text.strip_prefix("0x").unwrap_or(text).as_bytes();
        let (pairs, []) = digits.as_chunks::<2>() else {
            return Err(bad());
        };
        let mut bytes = Zeroizing::new([0; 32]);
        if pairs.len() != bytes.len() {
            return Err(bad());
        }
        let nibble = |c: u8| {
            char::from(c)
                .to_digit(16)
                .and_then(|d| u8::try_from(d).ok())
        };
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            let (high, low) = (
                nibble(*high).ok_or_else(bad)?,
                nibble(*low).ok_or_else(bad)?,
            );
            *byte = high << 4 | low;
        }
        Self::from_bytes(&bytes)
    }

    /// The key in an environment variable, as [`Self::from_hex`] reads it.
    pub fn from_env(name: &str) -> Result<Self, KeyError> {
        let text = std::env::var(name).map_err(|_| KeyError::Environment { name: name.into() })?;
        Self::from_hex(&Zeroizing::new(text))
    }

    /// Who signs with this key.
    pub fn address(&self) -> Address {
        Address::of(self.0.verifying_key())
    }

    /// Signs a document: deterministic (RFC 6979, SHA-256), s in the lower half, v 27 or 28.
    pub fn sign(&self, digest: &Digest) -> Result<Signature, KeyError> {
        let (signature, recovery) = self
            .0
            .sign_prehash_recoverable(digest.as_bytes())
            .map_err(|_| KeyError::Signing)?;
        // An r past the group order (one in 2^127) has no v of 27 or 28.
        if recovery.is_x_reduced() {
            return Err(KeyError::Signing);
        }
        let mut bytes = [27 + recovery.to_byte(); 65];
        for (to, from) in bytes.iter_mut().zip(signature.to_bytes()) {
            *to = from;
        }
        Ok(Signature::from_bytes(bytes))
    }

    /// Signs an account as its attester, until `valid_until` (Unix seconds). The account is
    /// computed here from the opening, so that nothing is signed that was not recomputed.
    /// `counterpart` is the commitment of the same account's other kind at the same time: what
    /// the attester is owed on it. `None` says that there is nothing of it.
    pub fn attest(
        &self,
        opening: &Opening,
        account: AccountRef,
        valid_until: u64,
        counterpart: Option<Commitment>,
    ) -> Result<AccountFile, KeyError> {
        self.attest_unchecked(AccountFile::of(opening), account, valid_until, counterpart)
    }

    /// The same for an account that the caller vouches for without its opening.
    pub fn attest_unchecked(
        &self,
        file: AccountFile,
        account: AccountRef,
        valid_until: u64,
        counterpart: Option<Commitment>,
    ) -> Result<AccountFile, KeyError> {
        let document = file.document(account, valid_until, counterpart)?;
        let attestation = Attestation {
            attester: self.address().into(),
            account,
            valid_until,
            counterpart,
            signature: self.sign(&document.digest())?.into(),
        };
        Ok(file.attested(attestation)?)
    }

    /// Undertakes, as an attester of an account, to hold it. The document is of the file's subject.
    pub fn undertake(
        &self,
        file: AccountFile,
        document: &ControlUndertaking,
    ) -> Result<AccountFile, KeyError> {
        let undertaking = Undertaking {
            attester: self.address().into(),
            account: document.account,
            secured_party: document.secured_party,
            facility: document.facility,
            held_from: document.held_from,
            held_until: document.held_until,
            wording: document.wording,
            signature: self.sign(&document.digest())?.into(),
        };
        Ok(file.undertaken(undertaking)?)
    }

    /// Represents, as the subject, what it says of a statement.
    pub fn represent(&self, document: &Representation) -> Result<SignedRepresentation, KeyError> {
        Ok(SignedRepresentation {
            signer: self.address().into(),
            no_other_debt: document.no_other_debt,
            wording: document.wording,
            signature: self.sign(&document.digest())?.into(),
        })
    }

    /// Signs, as an auditor, what it says of a statement in these texts. The document must be of them:
    /// what is signed is what the texts hash to.
    pub fn opine(
        &self,
        document: &AuditorOpinion,
        procedures: &str,
        exceptions: &str,
    ) -> Result<SignedOpinion, KeyError> {
        let signature = self.sign(&document.digest())?.into();
        let signer = self.address().into();
        Ok(SignedOpinion::new(
            document, procedures, exceptions, signer, signature,
        ))
    }

    /// Withdraws a document of this signer.
    pub fn revoke(&self, revocation: &Revocation) -> Result<SignedRevocation, KeyError> {
        Ok(SignedRevocation {
            signer: self.address().into(),
            document: revocation.document,
            at: revocation.at,
            signature: self.sign(&revocation.digest())?.into(),
        })
    }

    /// Signs, as whoever watches a facility, that its state changed.
    pub fn notify(&self, notice: MarginNotice) -> Result<SignedNotice, KeyError> {
        Ok(SignedNotice {
            signer: self.address().into(),
            signature: self.sign(&notice.digest())?.into(),
            notice,
        })
    }

    /// Adds this signer's signature to prices, which fit the policy.
    pub fn sign_prices(
        &self,
        prices: SignedPrices,
        policy: &Policy,
    ) -> Result<SignedPrices, KeyError> {
        let document = snapshot(prices.prices(), policy).map_err(DocumentError::from)?;
        let signature = PriceSignature {
            signer: self.address().into(),
            signature: self.sign(&document.digest())?.into(),
        };
        Ok(prices.signed(policy, signature)?)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.address())
    }
}
