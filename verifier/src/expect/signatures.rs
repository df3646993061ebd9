//! Every signature that a verdict may rest on, with its place (docs/spec.md, section 8.2, rows 22
//! and 26): that each is its signer's, and what contracts have to be queried for that.

use super::basket::Basket;
use super::findings::Findings;
use super::{Expected, Mismatch, Place};
use crate::bundle::Bundle;
use covenant_claims::ident::Hash;
use covenant_claims::signed::{
    Answers, AnySignature, Block, Contract, Digest, PriceSnapshot, Question, SignatureError,
    SignedRevocation, Signer,
};
use covenant_claims::statement::StatementError;

/// A signature, and where it is.
pub(super) struct Entry<'a> {
    at: String,
    digest: Digest,
    signer: Signer,
    signature: &'a AnySignature,
}

/// A contract's signature that counts, by the answer that the relying party recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContractWord {
    /// `accounts[i].attestation`, `prices.signatures[i]` and the like.
    pub at: String,
    /// Whose it is.
    pub contract: Contract,
    /// Where the contract was queried.
    pub block: Block,
}

impl Expected {
    /// What contracts have to be queried before this bundle can be verified, and where each of
    /// these signatures is: in the bundle, or among the relying party's own revocations. Empty
    /// where keys alone signed. The answers go into [`Expected::contract_answers`].
    ///
    /// # Errors
    /// The statement does not fit the shape that the bundle names.
    pub fn questions(&self, bundle: &Bundle) -> Result<Vec<(String, Question)>, StatementError> {
        let hash = bundle.statement().hash(bundle.circuit(), &bundle.shape())?;
        let basket = Basket::of(bundle, &self.trees);
        let mut entries = of_bundle(bundle, &basket, hash);
        entries.extend(of_revocations(&self.revocations));
        let question = |entry: Entry<'_>| {
            let question = entry.signature.question(&entry.digest, entry.signer);
            Some((entry.at, question.ok()??))
        };
        Ok(entries.into_iter().filter_map(question).collect())
    }
}

/// Where the n-th document of a list of an account is: in a file, one alone is no list.
pub(super) fn place(account: Place, list: &str, n: usize, of: usize) -> String {
    match of {
        1 => format!("{account}.{list}"),
        _ => format!("{account}.{list}[{n}]"),
    }
}

/// Those of a bundle and of the leaves of its trees, in the order in which they are checked. `hash`
/// is that of its statement.
pub(super) fn of_bundle<'a>(bundle: &'a Bundle, basket: &Basket<'a>, hash: Hash) -> Vec<Entry<'a>> {
    let statement = bundle.statement();
    let subject = statement.subject();
    let mut entries = Vec::new();
    let mut add = |at: String, digest, signer, signature| {
        entries.push(Entry {
            at,
            digest,
            signer,
            signature,
        });
    };
    for account in basket.all() {
        let file = account.file;
        let at = |list, n, of| place(account.place, list, n, of);
        let of = file.attestations.len();
        for (n, a) in file.attestations.iter().enumerate() {
            let digest = a.document(file, subject).digest();
            add(at("attestation", n, of), digest, a.attester, &a.signature);
        }
        let of = file.undertakings.len();
        for (n, u) in file.undertakings.iter().enumerate() {
            let digest = u.document(subject).digest();
            add(at("undertakings", n, of), digest, u.attester, &u.signature);
        }
    }
    if let Some(r) = bundle.representation() {
        let digest = r.document(subject, hash).digest();
        add("representation".into(), digest, r.signer, &r.signature);
    }
    for account in basket.all() {
        for (n, r) in account.file.revocations.iter().enumerate() {
            let at = format!("{}.revocations[{n}]", account.place);
            add(at, r.revocation().digest(), r.signer, &r.signature);
        }
    }
    let digest = PriceSnapshot {
        policy: statement.policy(),
        as_of: bundle.prices().as_of,
        prices: statement.prices().to_vec(),
    }
    .digest();
    for (i, price) in bundle.price_signatures().iter().enumerate() {
        let at = format!("prices.signatures[{i}]");
        add(at, digest, price.signer, &price.signature);
    }
    entries
}

/// Those of the revocations that the relying party has.
pub(super) fn of_revocations(revocations: &[SignedRevocation]) -> Vec<Entry<'_>> {
    let places = revocations.iter().enumerate();
    places
        .map(|(i, revocation)| Entry {
            at: format!("revocations[{i}] of the expectations"),
            digest: revocation.revocation().digest(),
            signer: revocation.signer,
            signature: &revocation.signature,
        })
        .collect()
}

/// Every one is by whom it names, whoever that is. Returns those of contracts.
pub(super) fn check_signatures(
    entries: Vec<Entry<'_>>,
    answers: &Answers,
    found: &mut Findings,
) -> Vec<ContractWord> {
    let mut words = Vec::new();
    for entry in entries {
        let Entry {
            at,
            digest,
            signer,
            signature,
        } = entry;
        match signature.check(&digest, signer, answers) {
            Ok(block) => {
                let answered = signer.contract().zip(block);
                words.extend(answered.map(|(contract, block)| ContractWord {
                    at,
                    contract,
                    block,
                }));
            }
            Err(SignatureError::NotQueried { contract }) => found.not_queried(at, contract),
            Err(error) => found.add(Mismatch::Signature { at, error }),
        }
    }
    words
}
