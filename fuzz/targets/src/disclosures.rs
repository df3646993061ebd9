//! What an auditor is handed: disclosures after they are opened, opinions, packs of evidence.

use crate::golden::bundle;
use crate::secrets::assert_untold;
use crate::{Verdict, refused};
use covenant_circuits::account::OpeningError;
use covenant_disclosure::{Disclosed, Disclosure, DisclosureError, Pack};
use covenant_verifier::signed::{Answers, SignedOpinion};

/// Secret: no error repeats a number of the openings. What is taken is of the stored bundle.
pub(crate) fn disclosure(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    // The seeds name no statement, as its hash changes with the circuit.
    let of_bundle = bundle().statement();
    let hash = of_bundle.hash(bundle().circuit(), &bundle().shape());
    let hash = hash.unwrap();
    let text = &text.replace("\"0x01\"", &format!("\"{hash}\""));
    let disclosure = match Disclosure::from_json(text) {
        Ok(disclosure) => disclosure,
        Err(e) => {
            // Versions and times are no secrets, and the reader has to name them.
            let told = matches!(
                e,
                DisclosureError::Version { .. }
                    | DisclosureError::Window(_)
                    | DisclosureError::Opening {
                        error: OpeningError::Version { .. },
                        ..
                    }
            );
            if !told {
                assert_untold(text, &e.to_string());
            }
            return refused(&e);
        }
    };
    let written = disclosure.to_json();
    let read = Disclosure::from_json(&written).unwrap();
    assert!(*read.to_json() == *written, "a round trip changed it");
    let (statement, window) = (disclosure.statement(), disclosure.window());
    match Disclosed::by(disclosure, bundle()) {
        Ok(disclosed) => {
            assert_eq!((statement, window), (hash, of_bundle.window()));
            let all = bundle().accounts();
            let (opened, others) = (disclosed.accounts(), disclosed.undisclosed());
            assert_eq!(opened.len() + others.len(), all.len());
            for account in opened {
                let commitment = account.opening.commitment();
                assert_eq!(commitment, all[account.index].commitment);
                assert!(!others.contains(&account.index));
            }
        }
        Err(e) => {
            refused(&e);
        }
    }
    Verdict::Read
}

/// Written and read again equal; an opinion with another text is not signed.
pub(crate) fn opinion(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let opinion = match SignedOpinion::from_json(text) {
        Ok(opinion) => opinion,
        Err(e) => return refused(&e),
    };
    let read = SignedOpinion::from_json(&opinion.to_json()).unwrap();
    assert_eq!(read, opinion, "a round trip changed it");
    if let Err(e) = opinion.check(&Answers::none()) {
        refused(&e);
        return Verdict::Read;
    }
    assert!(opinion.signer.contract().is_none(), "nobody was queried");
    let mut other = opinion;
    other.exceptions.push('x');
    assert!(other.check(&Answers::none()).is_err());
    Verdict::Read
}

/// What is read is what would be written. Any contents can be packed, and are read again.
pub(crate) fn pack(data: &[u8]) -> Verdict {
    let part = data.get(..data.len().min(1 << 16)).unwrap_or_default();
    let packed = Pack::new(
        part.into(),
        part.into(),
        part.into(),
        [("d".into(), part.into())],
    );
    let packed = packed.unwrap();
    let bytes = packed.to_bytes().unwrap();
    assert!(Pack::is_begun_by(&bytes));
    assert_eq!(Pack::from_bytes(&bytes).unwrap(), packed);
    match Pack::from_bytes(data) {
        Ok(pack) => {
            assert!(pack.to_bytes().unwrap() == data, "two packs of one content");
            Verdict::Read
        }
        Err(e) => refused(&e),
    }
}
