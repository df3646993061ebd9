//! The JSON documents of docs/spec.md, section 10: what reads is written and read again equal, and
//! so is what that writes.

use crate::golden;
use crate::secrets::assert_untold;
use crate::{Verdict, refused};
use covenant_circuits::account::{Opening, OpeningError};
use covenant_circuits::policy::Policy;
use covenant_verifier::bundle::{AccountFile, Bundle, SignedPrices, snapshot};
use covenant_verifier::signed::Answers;
use covenant_verifier::verify::verify;

pub(crate) fn bundle(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let bundle = match Bundle::from_json(text) {
        Ok(bundle) => bundle,
        Err(e) => return refused(&e),
    };
    let written = bundle.to_json();
    let read = Bundle::from_json(&written).unwrap();
    assert!(read == bundle, "a round trip changed the bundle");
    assert_eq!(read.to_json(), written);

    // Whatever the carrier changed, nothing but the golden statement is proved.
    let golden = golden::bundle();
    match verify(&bundle, golden::key(), golden::expected(), golden::NOW) {
        Ok(verified) => {
            assert!(verified.statement() == golden.statement());
            assert!(verified.policy() == golden.policy());
            assert!(bundle.proof() == golden.proof());
        }
        Err(e) => {
            refused(&e);
        }
    }
    Verdict::Read
}

pub(crate) fn policy(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let policy = match Policy::from_json(text) {
        Ok(policy) => policy,
        Err(e) => return refused(&e),
    };
    let written = serde_json::to_string(policy.document()).unwrap();
    let read = Policy::from_json(&written).unwrap();
    assert!(read == policy, "a round trip changed the policy");

    // The order in the file decides nothing but `terms`.
    let mut document = policy.document().clone();
    document.assets.reverse();
    let reversed = Policy::new(document).unwrap();
    assert_eq!(reversed.assets(), policy.assets());
    assert_eq!(
        reversed.digest() == policy.digest(),
        reversed.terms() == policy.terms()
    );

    // docs/spec.md, section 5, on what the statement will use.
    assert!(policy.assets().is_sorted_by(|a, b| a.id < b.id));
    for asset in policy.assets() {
        assert!(asset.id.get() != 0 && asset.id.get() >> 120 == 0);
        assert!(asset.max_share <= 10_000 && asset.tiers[0].weight <= 10_000);
        assert!(asset.tiers.is_sorted_by(|a, b| a.weight >= b.weight));
        assert!(asset.tiers.iter().all(|t| t.width >> 60 == 0));
        assert_eq!(asset.tiers[3].width, 0);
        assert_eq!(asset.groups >> 15, 0);
        assert_eq!(asset.multipliers.len(), policy.scenarios() - 1);
    }
    assert!(
        policy
            .groups()
            .iter()
            .all(|g| g.min_share <= g.max_share && g.max_share <= 10_000)
    );
    Verdict::Read
}

pub(crate) fn prices(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let signed = match SignedPrices::from_json(text) {
        Ok(signed) => signed,
        Err(e) => return refused(&e),
    };
    let written = signed.to_json();
    let read = SignedPrices::from_json(&written).unwrap();
    assert!(read == signed, "a round trip changed the prices");
    assert_eq!(read.to_json(), written);
    assert!(signed.prices().prices.values().all(|p| p.get() >> 120 == 0));

    let policy = golden::bundle().policy();
    if let Ok(snapshot) = snapshot(signed.prices(), policy) {
        assert_eq!(snapshot.prices.len(), policy.assets().len());
        for signature in signed.signatures() {
            let _ =
                signature
                    .signature
                    .check(&snapshot.digest(), signature.signer, &Answers::none());
        }
    }
    Verdict::Read
}

pub(crate) fn account(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let file = match AccountFile::from_json(text) {
        Ok(file) => file,
        Err(e) => return refused(&e),
    };
    let written = file.to_json();
    let read = AccountFile::from_json(&written).unwrap();
    assert!(read == file, "a round trip changed the account");
    assert_eq!(read.to_json(), written);
    for attestation in &file.attestations {
        let attached = file.clone().attested(attestation.clone());
        assert_eq!(attestation.check_key(&file).is_ok(), attached.is_ok());
        // Nobody asked, so that nothing is believed of a contract.
        let checked = attestation.check(&file, &Answers::none()).is_ok();
        let is_key = attestation.attester.contract().is_none();
        assert_eq!(checked, attached.is_ok() && is_key);
        if let Err(e) = attached {
            refused(&e);
        }
    }
    Verdict::Read
}

/// Secret: neither an error nor `Debug` repeats a number of the file.
pub(crate) fn opening(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let opening = match Opening::from_json(text) {
        Ok(opening) => opening,
        Err(e) => {
            // The version is no secret, and the reader has to name it.
            if !matches!(e, OpeningError::Version { .. }) {
                assert_untold(text, &e.to_string());
            }
            return refused(&e);
        }
    };
    assert_untold(text, &format!("{opening:?} {:?}", opening.positions()));
    let written = opening.to_json();
    let read = Opening::from_json(&written).unwrap();
    assert!(read == opening, "a round trip changed the opening");
    assert!(*read.to_json() == *written);
    assert_eq!(read.commitment(), opening.commitment());
    assert!(
        opening
            .positions()
            .iter()
            .all(|p| p.amount.get() >> 112 == 0)
    );
    Verdict::Read
}
