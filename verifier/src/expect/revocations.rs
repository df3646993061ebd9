//! What its own signer has withdrawn is refused (docs/spec.md, section 8.2, row 26).

use super::basket::Basket;
use super::findings::Findings;
use super::signatures::{ContractWord, check_signatures, of_revocations, place};
use super::{Expected, Mismatch};
use crate::bundle::Bundle;
use covenant_claims::ident::Hash;
use covenant_claims::signed::{Digest, PriceSnapshot, SignedRevocation, Signer};

/// No document of the bundle is withdrawn by a revocation of the bundle's or of the relying
/// party's. `hash` is that of the bundle's statement; the signatures of the relying party's
/// revocations are checked here, those of the bundle's were. A revocation that nobody is known to
/// have signed withdraws nothing. Returns those of contracts.
pub(super) fn check_revoked(
    expected: &Expected,
    bundle: &Bundle,
    basket: &Basket<'_>,
    hash: Hash,
    now: u64,
    found: &mut Findings,
) -> Vec<ContractWord> {
    let answers = &expected.contract_answers;
    let words = check_signatures(of_revocations(&expected.revocations), answers, found);
    let of_accounts = basket.all().flat_map(|account| &account.file.revocations);
    let revocations = of_accounts.chain(&expected.revocations);
    let revocations: Vec<&SignedRevocation> =
        revocations.filter(|r| r.check(answers).is_ok()).collect();
    if revocations.is_empty() {
        return words;
    }
    let mut stands = |at: String, digest: Digest, signer: Signer| {
        let document = Hash::from(digest);
        let mut withdrawn = revocations.iter();
        if let Some(revocation) = withdrawn.find(|r| r.withdraws(document, signer, now)) {
            found.add(Mismatch::Revoked {
                at,
                signer,
                since: revocation.at,
            });
        }
    };
    let statement = bundle.statement();
    let subject = statement.subject();
    for account in basket.all() {
        let (at, file) = (account.place, account.file);
        let of = file.attestations.len();
        for (n, attestation) in file.attestations.iter().enumerate() {
            let digest = attestation.document(file, subject).digest();
            stands(
                place(at, "attestation", n, of),
                digest,
                attestation.attester,
            );
        }
        let of = file.undertakings.len();
        for (n, undertaking) in file.undertakings.iter().enumerate() {
            let digest = undertaking.document(subject).digest();
            stands(
                place(at, "undertakings", n, of),
                digest,
                undertaking.attester,
            );
        }
    }
    if let Some(representation) = bundle.representation() {
        let digest = representation.document(subject, hash).digest();
        stands("representation".into(), digest, representation.signer);
    }
    let digest = PriceSnapshot {
        policy: statement.policy(),
        as_of: bundle.prices().as_of,
        prices: statement.prices().to_vec(),
    }
    .digest();
    for (i, price) in bundle.price_signatures().iter().enumerate() {
        stands(format!("prices.signatures[{i}]"), digest, price.signer);
    }
    words
}
