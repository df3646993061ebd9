//! From a signed bundle and a facility's terms to a submission.

use super::context::Place;
use crate::codes::Code;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::rpc::hex;
use covenant_circuits::account::Kind;
use covenant_circuits::field::{to_be_bytes, to_hex};
use covenant_solidity::abi::Document;
use covenant_solidity::registry::role::{COLLATERAL, LIABILITY, PRICES};
use covenant_solidity::registry::{
    Attestation, PriceWord, Round, Signatures, Submission, Terms, Undertaking,
};
use covenant_verifier::bundle::{AccountFile, Bundle};
use covenant_verifier::signed::{
    AccountAttestation, AnySignature, ControlUndertaking, PriceSignature, PriceSnapshot, Signer,
};

/// A submission, and every signature that the registry checks with it, in its order.
pub(super) struct Made {
    pub(super) submission: Submission,
    pub(super) documents: Vec<Document>,
}

/// Signatures that are named, over one document.
struct Word<'a> {
    terms: &'a Terms,
    digest: [u8; 32],
    signed: &'a Signatures,
}

impl Word<'_> {
    fn documents(&self) -> impl Iterator<Item = Document> {
        let signers = self.signed.attesters.iter();
        let signers = signers.filter_map(|place| self.terms.attesters.get(usize::from(*place)));
        signers.map(|attester| Document {
            signer: attester.signer.into(),
            digest: self.digest.into(),
        })
    }
}

/// Refuses what the registry would refuse whatever its state: another context, subject or
/// policy, or signatures that the terms do not require. Ages are for the chain to judge.
pub(super) fn submission(
    bundle: &Bundle,
    terms: &Terms,
    place: &Place,
    version: u8,
    rounds: &[u128],
) -> Result<Made, Failure> {
    let statement = bundle.statement();
    let context = place.context()?;
    if statement.context() != context {
        let (expected, got) = (to_hex(&context.get()), to_hex(&statement.context().get()));
        let said = format!(
            "context: expected {expected}, of this chain, registry, facility and epoch, got {got}; prove with --context-hash"
        );
        return Err(Failure::new(Code::NotForChain, said).differs("context", expected, got));
    }
    equal("subject", &terms.subject, &statement.subject().get())?;
    equal("policy", &terms.policy, &statement.policy())?;
    let shown = statement.commitments().iter().zip(statement.kinds());
    let (mut attestations, mut undertakings) = (Vec::new(), Vec::new());
    let mut documents = Vec::new();
    for (i, (commitment, kind)) in shown.enumerate() {
        let account = (bundle.accounts().iter()).find(|a| a.commitment == *commitment);
        let (attested, first) = attestation(i, *kind, account, terms, place)?;
        let word = AccountAttestation {
            commitment: *commitment,
            subject: statement.subject(),
            as_of: attested.as_of,
            valid_until: first.valid_until,
            kind: *kind,
            account: first.account,
            counterpart: first.counterpart,
        };
        let signed = &attested.signed;
        let digest = *word.digest().as_bytes();
        documents.extend(
            Word {
                terms,
                digest,
                signed,
            }
            .documents(),
        );
        if terms.secured_party != [0; 32]
            && *kind == Kind::Collateral
            && let Some(account) = account
        {
            let (held, digest) = undertaking(i, account, &attested, first, bundle, terms, place)?;
            let signed = &held.signed;
            documents.extend(
                Word {
                    terms,
                    digest,
                    signed,
                }
                .documents(),
            );
            undertakings.push(held);
        }
        attestations.push(attested);
    }
    let prices = prices(bundle, terms, place, rounds)?;
    if terms.feeds.is_empty() {
        let word = PriceSnapshot {
            policy: statement.policy(),
            as_of: prices.as_of,
            prices: statement.prices().to_vec(),
        };
        let digest = *word.digest().as_bytes();
        let signed = &prices.signed;
        documents.extend(
            Word {
                terms,
                digest,
                signed,
            }
            .documents(),
        );
    }
    let submission = Submission {
        binding: place.binding(),
        version,
        statement: statement.clone(),
        attestations,
        undertakings,
        prices,
        proof: bundle.proof().to_vec(),
    };
    Ok(Made {
        submission,
        documents,
    })
}

/// The undertaking of those who attested a collateral account, for the facility at its place; the
/// one that lasts longest of those that began by the snapshot. With its digest.
fn undertaking(
    index: usize,
    account: &AccountFile,
    attested: &Attestation,
    first: &covenant_verifier::signed::Attestation,
    bundle: &Bundle,
    terms: &Terms,
    place: &Place,
) -> Result<(Undertaking, [u8; 32]), Failure> {
    let at = format!("accounts[{index}].undertakings");
    let facility = place.facility_id()?;
    let fits = |u: &covenant_verifier::signed::Undertaking| {
        u.account == first.account
            && to_be_bytes(&u.secured_party.get()) == terms.secured_party
            && u.facility == facility
            && u.wording.0 == terms.wording
            && u.held_from <= attested.as_of
    };
    let all: Vec<_> = (account.undertakings.iter()).filter(|u| fits(u)).collect();
    let by_attesters = |from: u64, until: u64| {
        let same = (all.iter()).filter(|u| (u.held_from, u.held_until) == (from, until));
        let words = same.map(|u| (u.attester, &u.signature));
        let mut signed = places(&at, words, COLLATERAL, terms, place)?;
        signed.retain(|(place, _)| attested.signed.attesters.contains(place));
        Ok::<_, Failure>(signed)
    };
    let mut times: Vec<(u64, u64)> = (all.iter()).map(|u| (u.held_until, u.held_from)).collect();
    times.sort_unstable();
    for (until, from) in times.into_iter().rev() {
        let signed = by_attesters(from, until)?;
        let Some(found) = all.first().filter(|_| !signed.is_empty()) else {
            continue;
        };
        let document = ControlUndertaking {
            held_from: from,
            held_until: until,
            ..found.document(bundle.statement().subject())
        };
        let (attesters, signatures) = signed.into_iter().unzip();
        let held = Undertaking {
            held_from: from,
            held_until: until,
            signed: Signatures {
                attesters,
                signatures,
            },
        };
        return Ok((held, *document.digest().as_bytes()));
    }
    Err(refused(
        &at,
        &format!(
            "one for the terms' secured party and wording and the facility {}, by an attester of the account, from {} or before",
            to_hex(&facility.get()),
            attested.as_of
        ),
        format!(
            "{}, none of which is; see covenant account undertake",
            account.undertakings.len()
        ),
    ))
}

/// What the contract would not accept.
pub(in crate::verbs) fn refused(field: &str, expected: &str, got: impl ToString) -> Failure {
    let wrong = Malformed::new(expected, got).field(field);
    Failure::of(wrong.coded(Code::NotForChain))
}

fn equal(
    field: &str,
    expected: &[u8; 32],
    got: &covenant_circuits::field::Fr,
) -> Result<(), Failure> {
    if to_be_bytes(got) == *expected {
        return Ok(());
    }
    let (expected, got) = (hex(expected), to_hex(got));
    let said = format!("{field}: expected {expected}, as in the terms, got {got}");
    Err(Failure::new(Code::NotForChain, said).differs(field, expected, got))
}

/// The words of attesters that the terms accept for the kind that the proof shows; a bundle's
/// account is of that kind, and its attestations are of one account with one counterpart and one
/// time until which they hold: the registry takes one document for each account.
fn attestation<'a>(
    index: usize,
    shown: Kind,
    account: Option<&'a AccountFile>,
    terms: &Terms,
    place: &Place,
) -> Result<(Attestation, &'a covenant_verifier::signed::Attestation), Failure> {
    let at = format!("accounts[{index}]");
    let Some((account, first)) = account.and_then(|a| Some((a, a.attestations.first()?))) else {
        return Err(refused(
            &at,
            "an account that its attester signed",
            "one without a signature; see covenant account sign",
        ));
    };
    let (kind, role) = match shown {
        Kind::Collateral => (0, COLLATERAL),
        Kind::Liability => (1, LIABILITY),
    };
    let words = account.attestations.iter();
    let same = words.filter(|word| word.valid_until == first.valid_until);
    let words = same.map(|word| (word.attester, &word.signature));
    let signed = places(&format!("{at}.attestation"), words, role, terms, place)?;
    if signed.len() < usize::from(terms.attester_quorum) {
        return Err(refused(
            &format!("{at}.attestation"),
            &format!(
                "{} until {} by attesters of the terms with the role {role}",
                terms.attester_quorum, first.valid_until
            ),
            signed.len(),
        ));
    }
    let (attesters, signatures) = signed.into_iter().unzip();
    let attested = Attestation {
        as_of: account.as_of,
        valid_until: first.valid_until,
        kind,
        account: to_be_bytes(&first.account.get()),
        counterpart: first
            .counterpart
            .map_or([0; 32], |commitment| to_be_bytes(&commitment.0)),
        signed: Signatures {
            attesters,
            signatures,
        },
    };
    Ok((attested, first))
}

fn prices(
    bundle: &Bundle,
    terms: &Terms,
    place: &Place,
    rounds: &[u128],
) -> Result<PriceWord, Failure> {
    let feeds = terms.feeds.len();
    if feeds != 0 {
        let assets = bundle.statement().prices().len();
        if feeds != assets {
            return Err(refused(
                "feeds",
                &format!("one for each of the policy's {assets} assets"),
                feeds,
            ));
        }
        let too_large = |id: u128| {
            Failure::new(
                Code::Usage,
                format!("--rounds: expected numbers below 2^80, got {id}"),
            )
        };
        let rounds = match rounds {
            [] => vec![Round::LATEST; feeds],
            given if given.len() == feeds => (given.iter())
                .map(|id| Round::new(*id).ok_or_else(|| too_large(*id)))
                .collect::<Result<_, _>>()?,
            other => {
                return Err(Failure::new(
                    Code::Usage,
                    format!(
                        "--rounds: expected one for each of the {feeds} feeds, got {}",
                        other.len()
                    ),
                ));
            }
        };
        return Ok(PriceWord {
            rounds,
            ..PriceWord::default()
        });
    }
    if !rounds.is_empty() {
        return Err(Failure::new(
            Code::Usage,
            "--rounds: expected none, as the terms have no feeds",
        ));
    }
    let signed = bundle.price_signatures();
    signed_prices(
        "price_signatures",
        signed,
        bundle.prices().as_of,
        terms,
        place,
    )
}

/// Prices by enough of those whom the terms name for them.
pub(in crate::verbs) fn signed_prices(
    field: &str,
    signatures: &[PriceSignature],
    as_of: u64,
    terms: &Terms,
    place: &Place,
) -> Result<PriceWord, Failure> {
    let words = signatures.iter().map(|s| (s.signer, &s.signature));
    let signed = places(field, words, PRICES, terms, place)?;
    if signed.len() < usize::from(terms.price_quorum) {
        return Err(refused(
            field,
            &format!(
                "{} by attesters of the terms with the role {PRICES}",
                terms.price_quorum
            ),
            format!("{}; see covenant prices sign", signed.len()),
        ));
    }
    let (attesters, signatures) = signed.into_iter().unzip();
    Ok(PriceWord {
        rounds: Vec::new(),
        as_of,
        signed: Signatures {
            attesters,
            signatures,
        },
    })
}

/// The signatures of those whom the terms name with the role, by their places there. The registry
/// queries whoever is a contract on its own chain (ERC-1271). Where an address signed with a key and
/// as a contract, it is one there, and its own signature is taken.
fn places<'a>(
    field: &str,
    words: impl Iterator<Item = (Signer, &'a AnySignature)>,
    role: u8,
    terms: &Terms,
    at: &Place,
) -> Result<Vec<(u8, Vec<u8>)>, Failure> {
    let mut signed = Vec::new();
    for (signer, signature) in words {
        let Some(place) = place_of(&signer, role, terms) else {
            continue;
        };
        let contract = signer.contract();
        if let Some(contract) = contract.filter(|c| c.chain() != at.chain_id) {
            let expected = format!("a signature by a contract of the chain {}", at.chain_id);
            return Err(refused(field, &expected, format!("one by {contract}")));
        }
        signed.push((place, contract.is_none(), signature.as_bytes().to_vec()));
    }
    signed.sort();
    signed.dedup_by_key(|(place, ..)| *place);
    let bare = signed.into_iter().map(|(place, _, bytes)| (place, bytes));
    Ok(bare.collect())
}

/// Where the terms name a signer with a role.
fn place_of(signer: &Signer, role: u8, terms: &Terms) -> Option<u8> {
    let found = (terms.attesters.iter())
        .position(|k| k.signer == *signer.address().as_bytes() && k.roles & role != 0)?;
    u8::try_from(found).ok()
}
