//! What a bundle says, read out of its typed values; verified or not.

use crate::data::{self, Claim, ClaimedAccount, HeldLine, PolicyTerms, PriceLine, Scenario};
use crate::words::plain;
use covenant_claims::account::Kind;
use covenant_claims::field::to_hex;
use covenant_claims::ident::SubjectId;
use covenant_claims::numbers::{MICRO, ONE_IN_BPS, PRICE_EXPONENT, Price};
use covenant_claims::policy::Policy;
use covenant_claims::statement::Statement;
use covenant_verifier::Bundle;
use num_bigint::BigUint;

/// Decimals of values (docs/spec.md, section 2).
const VALUE_DECIMALS: usize = 6;

impl Claim {
    /// Of a bundle, with the relying party's name for the subject where it is the bundle's.
    pub(crate) fn of(bundle: &Bundle, subject_name: &str) -> Self {
        let (statement, policy) = (bundle.statement(), bundle.policy());
        let named = SubjectId::of(subject_name).ok() == Some(statement.subject());
        let liabilities = statement.kinds().iter();
        let liabilities = liabilities.filter(|kind| **kind == Kind::Liability).count();
        let prices = policy.assets().iter().zip(statement.prices());
        let accounts = bundle.accounts().iter().zip(statement.kinds());
        Self {
            circuit: bundle.circuit().into(),
            shape: bundle.shape().to_string(),
            ceremony: bundle.ceremony().into(),
            statement: statement
                .hash(bundle.circuit(), &bundle.shape())
                .ok()
                .map(|hash| hash.to_string()),
            context: to_hex(&statement.context().get()),
            subject: to_hex(&statement.subject().get()),
            subject_name: named.then(|| subject_name.to_owned()),
            public_debt: plain(statement.public_debt().get(), VALUE_DECIMALS),
            collateral_accounts: statement.kinds().len() - liabilities,
            liability_accounts: liabilities,
            policy: PolicyTerms::of(policy),
            scenarios: scenarios(statement, policy),
            held: held(statement, policy),
            as_of_from: statement.window().from(),
            as_of_to: statement.window().to(),
            prices_as_of: bundle.prices().as_of,
            prices: prices
                .map(|(asset, price)| PriceLine {
                    asset: asset.name.clone(),
                    symbol: asset.symbol.clone(),
                    price: whole(*price, asset.decimals),
                })
                .collect(),
            accounts: accounts
                .map(|(account, kind)| ClaimedAccount {
                    commitment: account.commitment.to_string(),
                    kind: kind.to_string(),
                    as_of: account.as_of,
                })
                .collect(),
        }
    }
}

fn scenarios(statement: &Statement, policy: &Policy) -> Vec<Scenario> {
    let debt = BigUint::from(statement.public_debt().get());
    // Micro-units times basis points.
    let counted = |bps: u32| plain(&debt * bps, VALUE_DECIMALS + 4);
    let base = Scenario {
        counted_at_least: counted(statement.ratio().bps()),
        name: policy.scenario_name(0).into(),
        ratio_bps: statement.ratio().bps(),
        policy_bps: policy.document().min_ratio_bps,
        moves: Vec::new(),
    };
    let rules = policy.document().scenarios().iter();
    let stressed = rules.map(|rule| Scenario {
        name: rule.name.clone(),
        counted_at_least: counted(rule.min_ratio_bps),
        ratio_bps: rule.min_ratio_bps,
        policy_bps: rule.min_ratio_bps,
        moves: data::terms::moves(rule, policy),
    });
    std::iter::once(base).chain(stressed).collect()
}

fn held(statement: &Statement, policy: &Policy) -> Vec<HeldLine> {
    let groups = policy.document().groups().iter().zip(statement.report());
    let reported = groups.filter(|(rule, _)| rule.report());
    let debt = statement.public_debt().get();
    let line = |(rule, line): (&covenant_claims::policy::GroupRule, &_)| {
        let grains: &covenant_claims::numbers::ReportLine = line;
        let (at_least, below) = between(policy, &BigUint::from(grains.get()), 1);
        HeldLine {
            group: rule.name.clone(),
            grains: grains.get().to_string(),
            of_public_debt_bps: share(&at_least, debt),
            at_least: plain(at_least, 0),
            below: plain(below, 0),
        }
    };
    reported.map(line).collect()
}

/// What so many grains of so many lines stand for, in whole quote units: at least, and below.
pub(crate) fn between(policy: &Policy, grains: &BigUint, lines: usize) -> (BigUint, BigUint) {
    let grain = policy.report_grain();
    (grains * grain, (grains + lines) * grain)
}

/// Whole quote units over micro-units, in basis points, rounded down.
pub(crate) fn share(part: &BigUint, debt: u128) -> Option<u64> {
    if debt == 0 {
        return None;
    }
    let bps = part * MICRO * ONE_IN_BPS / debt;
    Some(u64::try_from(bps).unwrap_or(u64::MAX))
}

/// The price of a whole unit, exact.
pub(crate) fn whole(price: Price, decimals: u32) -> String {
    let decimals = PRICE_EXPONENT.saturating_sub(decimals);
    plain(price.get(), decimals as usize)
}
