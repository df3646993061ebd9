//! From a signed bundle and a facility's terms to a submission.

use super::context::Place;
use crate::codes::Code;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::rpc::hex;
use covenant_circuits::account::Kind;
use covenant_circuits::field::{to_be_bytes, to_hex};
use covenant_solidity::registry::{Attestation, PriceWord, Round, Signatures, Submission, Terms};
use covenant_verifier::bundle::{AccountFile, Bundle};
use covenant_verifier::signed::{AnySignature, Signer};

/// Roles of attesters, as in Terms.sol.
const COLLATERAL: u8 = 1;
const LIABILITY: u8 = 2;
const PRICES: u8 = 4;

/// Refuses what the registry would refuse whatever its state: another context, subject or
/// policy, or signatures that the terms do not require. Ages are for the chain to judge.
pub(super) fn submission(
    bundle: &Bundle,
    terms: &Terms,
    place: &Place,
    rounds: &[u128],
) -> Result<Submission, Failure> {
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
    let attestations = (shown.enumerate())
        .map(|(i, (commitment, kind))| {
            let account = (bundle.accounts().iter()).find(|a| a.commitment == *commitment);
            attestation(i, *kind, account, terms, place)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Submission {
        binding: place.binding(),
        statement: statement.clone(),
        attestations,
        prices: prices(bundle, terms, place, rounds)?,
        proof: bundle.proof().to_vec(),
    })
}

/// What the contract would not accept.
fn refused(field: &str, expected: &str, got: impl ToString) -> Failure {
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
fn attestation(
    index: usize,
    shown: Kind,
    account: Option<&AccountFile>,
    terms: &Terms,
    place: &Place,
) -> Result<Attestation, Failure> {
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
    Ok(Attestation {
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
    })
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
    let words = bundle.price_signatures().iter();
    let words = words.map(|s| (s.signer, &s.signature));
    let signed = places("price_signatures", words, PRICES, terms, place)?;
    if signed.len() < usize::from(terms.price_quorum) {
        return Err(refused(
            "price_signatures",
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
        as_of: bundle.prices().as_of,
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
