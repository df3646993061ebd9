//! What ends a coverage before its time, from the bundle that was submitted: prices outside of what
//! was proved, or a document that was revoked.

use super::context::Place;
use super::submission::{Made, refused, signed_prices, submission};
use crate::claim;
use crate::codes::Code;
use crate::outcome::Failure;
use crate::rpc::hex;
use crate::text::percent;
use covenant_solidity::abi::Basis;
use covenant_solidity::registry::{
    Challenge, PolicyEnvelope, PriceWord, Terms, documents_hash, ended_calldata, prices_hash,
};
use covenant_verifier::bundle::Bundle;
use covenant_verifier::envelope::{Envelope, Standing};
use std::path::Path;

/// A coverage that the registry keeps, as it was submitted.
pub(super) struct Submitted<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) terms: &'a Terms,
    /// With the epoch that was proved for.
    pub(super) place: &'a Place,
}

impl Submitted<'_> {
    fn made(&self) -> Result<Made, Failure> {
        let rounds = [];
        submission(self.bundle, self.terms, self.place, 0, &rounds)
    }

    fn proved(&self) -> Vec<u128> {
        let prices = self.bundle.statement().prices().iter();
        prices.map(|price| price.get()).collect()
    }

    fn basis(&self, made: &Made) -> Basis {
        let statement = self.bundle.statement();
        Basis {
            ratioBps: statement.ratio().bps(),
            kinds: statement.kinds_word(),
            pricesAsOf: made.submission.prices.as_of,
            prices: prices_hash(&self.proved()).into(),
            documents: documents_hash(&made.documents).into(),
        }
    }

    /// Calldata of `challenge`, with prices of now: as they are where the terms have feeds, which the
    /// registry reads itself, else as enough of the terms' sources signed them.
    pub(super) fn challenge(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        let (statement, policy) = (self.bundle.statement(), self.bundle.policy());
        let envelope = PolicyEnvelope::of(policy);
        let hash = hex(&envelope.hash());
        if self.terms.envelope != envelope.hash() {
            return Err(refused(
                "envelope",
                &format!("{hash}, of the bundle's policy"),
                hex(&self.terms.envelope),
            ));
        }
        let made = self.made()?;
        let signed = claim::prices(path, policy)?;
        let now = signed.prices().in_order(policy);
        let now = now.map_err(|e| Failure::of_file(path, e))?;
        let standing = Envelope::of(statement, policy).at(&now);
        let exact = match standing.map_err(|e| Failure::of_file(path, refused_prices(&e)))? {
            Standing::Outside { vector } => vector,
            Standing::Inside { ratio_bps, .. } => {
                let got = format!("prices inside, which imply {}", percent(ratio_bps));
                return Err(refused("prices", "prices outside of what was proved", got));
            }
        };
        let mut word = PriceWord::default();
        if self.terms.feeds.is_empty() {
            let (proved, as_of) = (self.bundle.prices().as_of, signed.prices().as_of);
            if as_of <= proved {
                return Err(refused(
                    "as_of",
                    &format!("after {proved}, as it was proved with"),
                    as_of,
                ));
            }
            word = signed_prices(
                "signatures",
                signed.signatures(),
                as_of,
                self.terms,
                self.place,
            )?;
        }
        let present: Vec<u128> = now.iter().map(|price| price.get()).collect();
        let proved = self.proved();
        let may_owe = statement.kinds_word() != 0;
        let vector = envelope.vector(may_owe, &proved, &present, &exact);
        let vector = vector.map_err(|e| Failure::new(Code::NotForChain, e))?;
        let challenge = Challenge {
            terms: self.terms,
            basis: self.basis(&made),
            proved,
            envelope,
            word,
            present,
            vector,
        };
        Ok(challenge.calldata(self.place.facility))
    }

    /// Calldata of `endRevoked`: the signature of that signer over a document with that digest.
    pub(super) fn end_revoked(&self, digest: &[u8; 32]) -> Result<Vec<u8>, Failure> {
        let made = self.made()?;
        let found = (made.documents.iter()).position(|document| document.digest.0 == *digest);
        let Some(index) = found else {
            let all: Vec<String> = (made.documents.iter())
                .map(|document| document.digest.to_string())
                .collect();
            let expected = format!(
                "the digest of a document that was submitted: {}",
                all.join(", ")
            );
            return Err(refused("--document", &expected, hex(digest)));
        };
        let basis = self.basis(&made);
        let facility = self.place.facility;
        Ok(ended_calldata(
            facility,
            self.terms,
            &basis,
            &made.documents,
            index,
        ))
    }
}

fn refused_prices(e: &impl ToString) -> crate::malformed::Malformed {
    crate::malformed::Malformed::said(e.to_string())
}
