//! What its own signer has withdrawn is refused (docs/spec.md, section 8.2, row 26).

use super::signatures::{ContractWord, check_signatures, of_revocations};
use super::{Expected, Mismatch};
use crate::bundle::Bundle;
use crate::verify::VerifyError;
use covenant_claims::ident::Hash;
use covenant_claims::signed::{Digest, PriceSnapshot, SignedRevocation, Signer};

/// No document of the bundle is withdrawn by a revocation of the bundle's or of the relying
/// party's. `hash` is that of the bundle's statement; the bundle's signatures were checked, the
/// relying party's revocations are checked here. Returns those of contracts.
pub(super) fn check_revoked(
    expected: &Expected,
    bundle: &Bundle,
    hash: Hash,
    now: u64,
) -> Result<Vec<ContractWord>, VerifyError> {
    let own = of_revocations(&expected.revocations);
    let words = check_signatures(own, &expected.contract_answers)?;
    let of_bundle = bundle.accounts().iter().flat_map(|file| &file.revocations);
    let revocations: Vec<&SignedRevocation> = of_bundle.chain(&expected.revocations).collect();
    if revocations.is_empty() {
        return Ok(words);
    }
    let stands = |at: String, digest: Digest, signer: Signer| {
        let document = Hash::from(digest);
        let mut withdrawn = revocations.iter();
        match withdrawn.find(|r| r.withdraws(document, signer, now)) {
            Some(revocation) => Err(Mismatch::Revoked {
                at,
                signer,
                since: revocation.at,
            }),
            None => Ok(()),
        }
    };
    let statement = bundle.statement();
    let subject = statement.subject();
    for (i, file) in bundle.accounts().iter().enumerate() {
        for attestation in &file.attestations {
            let digest = attestation.document(file, subject).digest();
            let at = format!("accounts[{i}].attestation");
            stands(at, digest, attestation.attester)?;
        }
        for (n, undertaking) in file.undertakings.iter().enumerate() {
            let digest = undertaking.document(subject).digest();
            let at = format!("accounts[{i}].undertakings[{n}]");
            stands(at, digest, undertaking.attester)?;
        }
    }
    if let Some(representation) = bundle.representation() {
        let digest = representation.document(subject, hash).digest();
        stands("representation".into(), digest, representation.signer)?;
    }
    let digest = PriceSnapshot {
        policy: statement.policy(),
        as_of: bundle.prices().as_of,
        prices: statement.prices().to_vec(),
    }
    .digest();
    for (i, price) in bundle.price_signatures().iter().enumerate() {
        stands(format!("prices.signatures[{i}]"), digest, price.signer)?;
    }
    Ok(words)
}
