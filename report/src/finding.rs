//! What verification found, read out of the evidence that only verification makes.

use crate::claim::{between, share, whole};
use crate::covenants;
use crate::data::{
    AccountWord, BucketLine, Envelope, Finding, Lapses, Margin, PriceWord, PricesBy, Signed,
    UndertakingLine,
};
use crate::details::{Details, disjoint};
use crate::report::{Later, Words};
use crate::words::plain;
use covenant_claims::numbers::Price;
use covenant_claims::policy::Policy;
use covenant_verifier::bundle::AccountFile;
use covenant_verifier::envelope::{PricesError, Standing};
use covenant_verifier::expect::{AccountSource, Expected, NamedSigner, Place, PriceSource};
use covenant_verifier::{Bundle, Verified};
use num_bigint::BigUint;

impl Finding {
    /// Of what was verified. `bundle` and `expected` are those it was verified with.
    ///
    /// # Errors
    /// There are more or fewer later prices than assets.
    pub(crate) fn of(
        verified: &Verified,
        bundle: &Bundle,
        (expected, words): (&Expected, &Words),
        later: Option<Later<'_>>,
        details: Option<&Details>,
    ) -> Result<Self, PricesError> {
        let envelope = envelope(verified, later)?;
        let lapses = verified.lapses();
        let required = expected.undertakings.as_ref();
        Ok(Self {
            proved: verified.proved(),
            trusting: verified.trusting(),
            not_proved: verified.not_proved(),
            accounts: accounts(verified, bundle),
            prices: prices(verified.prices()),
            must_include: verified
                .must_include()
                .iter()
                .map(ToString::to_string)
                .collect(),
            secured_party: required.and_then(|_| words.secured_party.clone()),
            facility: required.and_then(|_| words.facility.clone()),
            representation: verified.representation().map(|signer| signer.to_string()),
            lapses: Lapses {
                first: lapses.first(),
                accounts: lapses.accounts,
                attestations: lapses.attestations,
                undertakings: lapses.undertakings,
            },
            covenants: covenants::of(verified, expected, words, later.is_some()),
            maturity: details.map_or_else(Vec::new, |details| maturity(verified, details)),
            held_together: together(verified),
            envelope,
        })
    }
}

fn accounts(verified: &Verified, bundle: &Bundle) -> Vec<AccountWord> {
    let kinds = bundle.accounts().iter().zip(verified.statement().kinds());
    let word = |(index, ((file, kind), source)): (usize, ((&AccountFile, &_), &_))| {
        let kind: &covenant_claims::account::Kind = kind;
        let held = verified
            .held()
            .iter()
            .find(|held| held.place == Place::account(index));
        AccountWord {
            commitment: file.commitment.to_string(),
            kind: kind.to_string(),
            as_of: file.as_of,
            self_declared: *source == AccountSource::SelfDeclared,
            signed: match source {
                AccountSource::Attesters(signers) => {
                    signers.iter().map(|signer| signed(file, signer)).collect()
                }
                // A report is made of a bundle alone, without trees.
                AccountSource::SelfDeclared | AccountSource::Tree(_) => Vec::new(),
            },
            undertaking: held.map(|held| UndertakingLine {
                attester: held.attester.clone(),
                from: held.from,
                until: held.until,
            }),
        }
    };
    let accounts = kinds.zip(verified.accounts()).enumerate();
    accounts.map(word).collect()
}

fn signed(file: &AccountFile, signer: &NamedSigner) -> Signed {
    // What was verified names signers of this very file.
    let mut attestations = file.attestations.iter();
    let attestation = attestations.find(|a| a.attester == signer.address);
    Signed {
        attester: signer.name.clone(),
        signer: signer.address.to_string(),
        valid_until: attestation.map_or(0, |a| a.valid_until),
    }
}

fn prices(source: &PriceSource) -> PriceWord {
    let by = |by| PriceWord {
        by,
        signers: Vec::new(),
    };
    match source {
        PriceSource::Signers(signers) => PriceWord {
            by: PricesBy::Signers,
            signers: signers.iter().map(ToString::to_string).collect(),
        },
        PriceSource::RelyingParty => by(PricesBy::RelyingParty),
        PriceSource::Nobody => by(PricesBy::Nobody),
    }
}

fn envelope(verified: &Verified, later: Option<Later<'_>>) -> Result<Envelope, PricesError> {
    let own = verified.statement().prices();
    let (prices, as_of): (&[Price], u64) = match later {
        Some(later) => (later.prices, later.as_of),
        None => (own, verified.prices_as_of()),
    };
    let envelope = verified.envelope();
    let ratio_bps = match envelope.at(prices)? {
        Standing::Inside { ratio_bps, .. } => Some(ratio_bps),
        Standing::Outside { .. } => None,
    };
    let margins = envelope.margins(prices)?.into_iter();
    let assets = verified
        .policy()
        .assets()
        .iter()
        .zip(own.iter().zip(prices));
    let margins = margins
        .zip(assets)
        .map(|(margin, (asset, (proved, price)))| Margin {
            asset: margin.asset,
            symbol: margin.symbol,
            proved: whole(*proved, asset.decimals),
            price: whole(*price, asset.decimals),
            fall_bps: margin.fall_bps,
            rise_bps: margin.rise_bps,
        });
    Ok(Envelope {
        later: later.is_some(),
        prices_as_of: as_of,
        inside: ratio_bps.is_some(),
        ratio_bps,
        margins: margins.collect(),
    })
}

/// What the reported groups of a list hold together: their lines, added.
fn bucket(verified: &Verified, name: &str, groups: Vec<String>) -> BucketLine {
    let policy = verified.policy();
    let lines = policy
        .document()
        .groups()
        .iter()
        .zip(verified.statement().report());
    let lines = lines.filter(|(rule, _)| groups.contains(&rule.name));
    let grains: BigUint = lines.map(|(_, line)| BigUint::from(line.get())).sum();
    let (at_least, below) = between(policy, &grains, groups.len());
    BucketLine {
        name: name.into(),
        of_public_debt_bps: share(&at_least, verified.statement().public_debt().get()),
        at_least: plain(at_least, 0),
        below: plain(below, 0),
        groups,
    }
}

fn maturity(verified: &Verified, details: &Details) -> Vec<BucketLine> {
    let buckets = details.maturity.iter();
    buckets
        .map(|bucket_of| bucket(verified, &bucket_of.name, bucket_of.groups.clone()))
        .collect()
}

/// All reported groups, where adding them adds no asset twice.
fn together(verified: &Verified) -> Option<BucketLine> {
    let policy: &Policy = verified.policy();
    let reported = policy
        .document()
        .groups()
        .iter()
        .filter(|rule| rule.report());
    let names: Vec<String> = reported.map(|rule| rule.name.clone()).collect();
    let apart = names.iter().enumerate().all(|(i, one)| {
        let others = names.iter().skip(i + 1);
        others.into_iter().all(|other| disjoint(policy, one, other))
    });
    (apart && !names.is_empty()).then(|| bucket(verified, "reported groups together", names))
}
