//! What ends a coverage before its time, and what cures it: prices outside of what was proved, by
//! feeds and by signatures, and documents that were revoked (K2).

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod world;

use covenant_contracts::{Arguments, Outcome};
use covenant_solidity::registry::{
    Challenge, Feed, PolicyEnvelope, Round, Submission, ended_calldata, uncured_calldata,
};
use revm::primitives::Address;
use world::{NOW, World, bytes, claim, code, proved_prices, reverts};

fn send(w: &mut World, data: &[u8]) -> Outcome {
    w.evm.call(w.registry, data).unwrap()
}

/// A facility that may be challenged.
fn challengeable(w: &mut World, salt: u8) -> u128 {
    w.terms.envelope = PolicyEnvelope::of(&claim().policy).hash();
    w.open(salt)
}

fn times(prices: &[u128], asset: usize, bps: u128) -> Vec<u128> {
    let mut moved = prices.to_vec();
    moved[asset] = moved[asset] / 10_000 * bps;
    moved
}

/// Signed prices: bitcoin, which may be owed, rises; nobody knows what is owed now.
#[test]
fn k2_signed_prices_that_left_what_was_proved() {
    let mut w = World::new();
    let f = challengeable(&mut w, 70);
    let s = w.submission(f, 0);
    let proved = proved_prices(&s);
    assert!(w.submit(f, &s).success);
    let bitcoin = (claim().policy.assets().iter()).position(|a| a.symbol == "BTC");
    let gone = times(&proved, bitcoin.unwrap(), 11_000);
    let made = |w: &World, s: &Submission, as_of: u64| {
        let mut challenge = w.challenge(s, &gone).unwrap().unwrap();
        challenge.word = w.signed_prices(s, as_of, &gone);
        challenge.calldata(f)
    };
    // Not after those that were proved with.
    let data = made(&w, &s, s.prices.as_of);
    reverts(&send(&mut w, &data), "NotLater(uint64,uint64)");
    // Another basis, another envelope.
    let good = || {
        let mut challenge = w.challenge(&s, &gone).unwrap().unwrap();
        challenge.word = w.signed_prices(&s, s.prices.as_of + 1, &gone);
        challenge
    };
    let damaged: Vec<(Vec<u8>, &str)> = {
        type Break = fn(&mut Challenge<'_>);
        let breaks: [(Break, &str); 7] = [
            (|c| c.basis.ratioBps += 1, "WrongBasis(bytes32,bytes32)"),
            (
                |c| c.basis.documents.0[0] ^= 1,
                "WrongBasis(bytes32,bytes32)",
            ),
            (|c| c.proved[0] += 1, "WrongBasis(bytes32,bytes32)"),
            (
                |c| c.envelope.ratios[0] += 1,
                "WrongEnvelope(bytes32,bytes32)",
            ),
            (|c| c.present[0] += 1, "WrongSignature(address)"),
            (
                |c| c.vector[0] = c.vector[0].wrapping_sub("1".parse().unwrap()),
                "BadVector(uint256)",
            ),
            (
                |c| c.vector.iter_mut().for_each(|y| *y = Default::default()),
                "NotOutside(uint256)",
            ),
        ];
        (breaks.into_iter())
            .map(|(damage, error)| {
                let mut challenge = good();
                damage(&mut challenge);
                (challenge.calldata(f), error)
            })
            .collect()
    };
    let data = good().calldata(f);
    for (bad, error) in damaged {
        reverts(&send(&mut w, &bad), error);
    }
    assert!(w.is_covered(f));
    let outcome = send(&mut w, &data);
    assert!(outcome.success, "{outcome:?}");
    assert!(!w.is_covered(f));
    reverts(&send(&mut w, &data), "NothingCovered(uint128)");

    // The proof of before is void; one with prices of before the end does not cure.
    reverts(
        &w.submit(f, &w.submission(f, 1)),
        "WrongEpoch(uint64,uint64)",
    );
    reverts(
        &w.submit(f, &w.submission(f, 2)),
        "SupersededRound(uint256,uint256)",
    );
    let uncured = uncured_calldata(f, &w.terms);
    reverts(&send(&mut w, &uncured), "TooEarly(uint256,uint256)");
    // Those of the second of the end are of before, too.
    let mut cure = w.submission(f, 2);
    cure.prices.as_of = NOW;
    w.sign(&mut cure);
    reverts(&w.submit(f, &cure), "SupersededRound(uint256,uint256)");
    w.evm.set_time(NOW + 1);
    cure.prices.as_of = NOW + 1;
    w.sign(&mut cure);
    assert!(w.submit(f, &cure).success && w.is_covered(f));
    w.evm.set_time(NOW + 3_600);
    reverts(&send(&mut w, &uncured), "NothingToCure(uint128)");
}

/// Inside, no vector is found; and one of other prices shows nothing.
#[test]
fn k2_prices_inside_are_no_challenge() {
    let mut w = World::new();
    let f = challengeable(&mut w, 71);
    let s = w.submission(f, 0);
    let proved = proved_prices(&s);
    assert!(w.submit(f, &s).success);
    // As in section 6a.1.
    let order = claim()
        .policy
        .assets()
        .iter()
        .map(|a| a.symbol.clone())
        .collect::<Vec<_>>();
    let place = |symbol: &str| order.iter().position(|s| s == symbol).unwrap();
    let mut inside = proved.clone();
    for (symbol, bps) in [("T-bill", 9_950), ("ETH", 9_000), ("BTC", 7_000)] {
        inside = times(&inside, place(symbol), bps);
    }
    assert!(w.challenge(&s, &inside).is_none());
    let gone = times(&proved, place("BTC"), 11_000);
    let mut challenge = w.challenge(&s, &gone).unwrap().unwrap();
    challenge.present = inside.clone();
    challenge.word = w.signed_prices(&s, s.prices.as_of + 1, &inside);
    let data = challenge.calldata(f);
    let outcome = send(&mut w, &data);
    reverts(&outcome, "NotOutside(uint256)");
    assert!(w.is_covered(f));
}

/// Every price that the native envelope calls outside has a vector that the contract takes, however
/// odd the digits are; a coverage is ended once, so the state is made anew.
#[test]
fn k2_vectors_of_odd_prices() {
    let mut w = World::new();
    let f = challengeable(&mut w, 72);
    let proved = proved_prices(&w.submission(f, 0));
    let mut seed = 7u64;
    let mut random = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % most
    };
    let (mut outside, mut epoch) = (0, 0);
    for turn in 0..12u64 {
        let mut s = w.submission(f, epoch);
        s.prices.as_of = NOW;
        w.sign(&mut s);
        assert!(w.submit(f, &s).success, "turn {turn}");
        epoch += 1;
        let moved: Vec<u128> = (proved.iter())
            .map(|p| p / 1_000_003 * u128::from(300_000 + random(900_000)) + 1)
            .collect();
        w.evm.set_time(NOW + 1);
        if let Some(made) = w.challenge(&s, &moved) {
            let mut challenge = made.unwrap();
            challenge.word = w.signed_prices(&s, NOW + 1, &moved);
            let data = challenge.calldata(f);
            let outcome = send(&mut w, &data);
            assert!(outcome.success, "{moved:?}: {outcome:?}");
            outside += 1;
            w = World::new();
            assert_eq!(challengeable(&mut w, 72), f);
            epoch = 0;
        }
        w.evm.set_time(NOW);
    }
    assert!(outside > 5, "{outside}");
}

/// Feeds: whoever sees them fall ends the coverage and earns the bond; new rounds cure.
#[test]
fn k2_feeds_that_left_what_was_proved() {
    let mut w = World::new();
    let claim = claim();
    let mut feeds = Vec::new();
    let set = |w: &mut World, feed: Address, answer: u128, at: u64| {
        let arguments = Arguments::new()
            .number(answer)
            .number(at.into())
            .number(at.into())
            .number(1);
        assert!(
            w.call(feed, "set(int256,uint256,uint256,bool)", arguments)
                .success
        );
    };
    for (asset, price) in claim.policy.assets().iter().zip(claim.statement.prices()) {
        let feed = code("test/Helpers.sol", "SetFeed", &Arguments::new().number(8));
        let feed = w.evm.deploy(&feed).unwrap();
        let answer = price.get() / 10u128.pow(36 - 8 - asset.decimals);
        set(&mut w, feed, answer, NOW - 10);
        feeds.push((feed, answer, 10u128.pow(36 - 8 - asset.decimals)));
        w.terms.feeds.push(Feed {
            feed: bytes(feed),
            asset_decimals: asset.decimals as u8,
            max_age: 9_000,
        });
    }
    let f = challengeable(&mut w, 73);
    let latest = |w: &World, epoch| {
        let mut s = w.submission(f, epoch);
        s.prices = Default::default();
        s.prices.rounds = vec![Round::LATEST; w.terms.feeds.len()];
        s
    };
    let mut s = latest(&w, 0);
    assert!(w.submit(f, &s).success && w.is_covered(f));
    s.prices.rounds.clear();
    let bitcoin = claim
        .policy
        .assets()
        .iter()
        .position(|a| a.symbol == "BTC")
        .unwrap();
    let (feed, answer, scale) = feeds[bitcoin];
    let mut gone = proved_prices(&s);
    gone[bitcoin] = answer * 11 / 10 * scale;
    let data = w.challenge(&s, &gone).unwrap().unwrap().calldata(f);
    reverts(&send(&mut w, &data), "NotOutside(uint256)");
    w.evm.set_time(NOW + 60);
    set(&mut w, feed, answer * 11 / 10, NOW + 60);
    let outcome = send(&mut w, &data);
    assert!(outcome.success, "{outcome:?}");
    assert!(!w.is_covered(f));
    // The price is back: a new round, a new proof.
    w.evm.set_time(NOW + 120);
    set(&mut w, feed, answer, NOW + 120);
    let outcome = w.submit(f, &latest(&w, 2));
    assert!(outcome.success && w.is_covered(f), "{outcome:?}");
}

/// A document that its signer has revoked ends what rests on it, at once or when it says.
#[test]
fn k2_revoked_documents_end_a_coverage() {
    let mut w = World::new();
    let f = w.facility;
    let s = w.submission(f, 0);
    assert!(w.submit(f, &s).success);
    let (basis, documents) = (w.basis(&s), w.documents(&s));
    let end = |w: &World, index| ended_calldata(f, &w.terms, &basis, &documents, index);
    let data = end(&w, 1);
    reverts(&send(&mut w, &data), "NotRevoked(address,bytes32)");
    let revoke = |w: &mut World, index: usize, from: u64| {
        let document = &documents[index];
        let arguments = Arguments::new().word(document.digest.0).number(from.into());
        let signer = Address::from(document.signer.into_array());
        let outcome = w.by(signer, |w| {
            w.call(w.registry, "revokeOwn(bytes32,uint64)", arguments)
        });
        assert!(outcome.success);
    };
    revoke(&mut w, 1, NOW + 100);
    assert!(send(&mut w, &data).success);
    assert!(w.is_covered(f));
    w.evm.set_time(NOW + 100);
    assert!(!w.is_covered(f));
    w.evm.set_time(NOW + 50);
    revoke(&mut w, 0, NOW);
    let data = end(&w, 0);
    assert!(send(&mut w, &data).success);
    assert!(!w.is_covered(f));
    reverts(&send(&mut w, &data), "NothingCovered(uint128)");
    w.evm.set_time(NOW + 50 + 3_600);
    let uncured = uncured_calldata(f, &w.terms);
    assert!(send(&mut w, &uncured).success);
    reverts(&send(&mut w, &uncured), "NothingToCure(uint128)");
}
