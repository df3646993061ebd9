//! Documents that their own signers withdrew: refused from then on, whether the bundle or the
//! relying party has the revocation (docs/spec.md, sections 7.7 and 8.2).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod signed;

use covenant_claims::ident::Hash;
use covenant_claims::signed::{
    Digest, PriceSnapshot, Revocation, SignatureError, SignedRevocation,
};
use covenant_keys::SigningKey;
use covenant_verifier::expect::Mismatch;
use signed::{MADE, NOW, check, mismatch, with, with_account};

fn revocation(key: &SigningKey, document: Digest, at: u64) -> SignedRevocation {
    let document = Hash::from(document);
    key.revoke(&Revocation { document, at }).unwrap()
}

fn attestation(i: usize) -> Digest {
    let file = &MADE.signed.accounts()[i];
    let subject = MADE.signed.statement().subject();
    file.attestations[0].document(file, subject).digest()
}

fn prices() -> Digest {
    PriceSnapshot {
        policy: MADE.signed.statement().policy(),
        as_of: MADE.signed.prices().as_of,
        prices: MADE.signed.statement().prices().to_vec(),
    }
    .digest()
}

#[test]
fn v6_what_its_signer_revoked_is_refused() {
    for (key, document, place) in [
        (
            &MADE.attesters[1],
            attestation(1),
            "accounts[1].attestation",
        ),
        (&MADE.sources[1], prices(), "prices.signatures[1]"),
    ] {
        for since in [0, NOW] {
            let revocation = revocation(key, document, since);
            let refused = Mismatch::Revoked {
                at: place.into(),
                signer: key.address().into(),
                since,
            };
            // In the relying party's records, and in any account file of the bundle.
            let expected = with(|e| e.revocations = vec![revocation.clone()]);
            assert_eq!(mismatch(&MADE.signed, &expected, NOW), refused);
            let carried = with_account(2, |file| file.clone().revoked(revocation.clone()).unwrap());
            assert_eq!(mismatch(&carried, &MADE.expected, NOW), refused);
        }
        // Later, of another document, or by another signer: it stands.
        let other = SigningKey::generate().unwrap();
        for revocation in [
            revocation(key, document, NOW + 1),
            revocation(key, attestation(0), 0),
            revocation(&other, document, 0),
        ] {
            let expected = with(|e| e.revocations = vec![revocation.clone()]);
            assert!(check(&MADE.signed, &expected, NOW).is_ok());
        }
        // What nobody signed is no revocation, and is not passed over.
        let mut forged = revocation(&other, document, 0);
        forged.signer = key.address().into();
        let expected = with(|e| e.revocations = vec![forged.clone()]);
        let error = mismatch(&MADE.signed, &expected, NOW);
        let Mismatch::Signature { at, error } = error else {
            panic!("{error}");
        };
        assert!(at.contains("revocations[0]"), "{at}");
        assert!(matches!(error, SignatureError::Forged { .. }), "{error}");
    }
}
