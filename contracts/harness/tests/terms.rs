//! Terms and who may change them, price feeds, re-entrancy, and the debt that a facility
//! backs (K2).

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod world;

use covenant_contracts::{Arguments, Outcome};
use covenant_solidity::registry::{Feed, Round, Submission, Terms};
use revm::primitives::Address;
use world::{AS_OF, DEBT, DELAY, NOW, World, bytes, claim, code, reverts};

fn helper(w: &mut World, name: &str, arguments: &Arguments) -> Address {
    w.evm
        .deploy(&code("test/Helpers.sol", name, arguments))
        .unwrap()
}

/// A finished round of a feed.
fn set(w: &mut World, feed: Address, answer: u128, updated: u64) {
    round(w, feed, answer, updated, updated, true);
}

fn round(w: &mut World, feed: Address, answer: u128, started: u64, updated: u64, answered: bool) {
    let arguments = Arguments::new()
        .number(answer)
        .number(started.into())
        .number(updated.into())
        .number(answered.into());
    let outcome = w.call(feed, "set(int256,uint256,uint256,bool)", arguments);
    assert!(outcome.success);
}

/// A facility whose prices are feeds of eight decimals that say what the vectors say.
fn with_feeds(w: &mut World) -> (u128, Vec<(Address, u128)>) {
    let claim = claim();
    let mut feeds = Vec::new();
    for (asset, price) in claim.policy.assets().iter().zip(claim.statement.prices()) {
        let feed = helper(w, "SetFeed", &Arguments::new().number(8));
        let answer = price.get() / 10u128.pow(36 - 8 - asset.decimals);
        set(w, feed, answer, AS_OF);
        feeds.push((feed, answer));
        w.terms.feeds.push(Feed {
            feed: bytes(feed),
            asset_decimals: asset.decimals as u8,
            max_age: 900,
        });
    }
    (w.open(20), feeds)
}

fn by_feeds(w: &World, facility: u128) -> Submission {
    let mut s = w.submission(facility, 0);
    s.prices.rounds = vec![Round::LATEST; w.terms.feeds.len()];
    s
}

/// K2. Feeds: stale, from the future, unfinished, without an answer, or superseded.
#[test]
fn k2_feeds() {
    let mut w = World::new();
    let (f, feeds) = with_feeds(&mut w);
    let (feed, answer) = feeds[1];
    let s = by_feeds(&w, f);
    w.evm.set_time(AS_OF + 901);
    reverts(&w.submit(f, &s), "StalePrice(uint256,uint256)");
    w.evm.set_time(NOW);
    set(&mut w, feed, answer, NOW + 1);
    reverts(&w.submit(f, &s), "FuturePrice(uint256,uint256)");
    round(&mut w, feed, answer, NOW, 0, true);
    reverts(&w.submit(f, &s), "BadRound(uint256)");
    round(&mut w, feed, answer, NOW, NOW, false);
    reverts(&w.submit(f, &s), "BadRound(uint256)");
    for none in [0, 1 << 120, u128::MAX] {
        set(&mut w, feed, none, NOW);
        reverts(&w.submit(f, &s), "BadAnswer(uint256,int256)");
    }
    set(&mut w, feed, answer + 1, NOW);
    reverts(&w.submit(f, &s), "ProofRejected(bytes4)");
    let mut bad = s.clone();
    let superseded = "SupersededRound(uint256,uint256)";
    bad.prices.rounds[1] = Round::new(99).unwrap();
    reverts(&w.submit(f, &bad), superseded);
    bad.prices.rounds[1] = Round::new((1 << 80) - 1).unwrap();
    reverts(&w.submit(f, &bad), "BadRound(uint256)");
    bad.prices.rounds.pop();
    reverts(&w.submit(f, &bad), "WrongCount(uint256,uint256)");
    set(&mut w, feed, answer, NOW);
    let outcome = w.submit(f, &s);
    assert!(outcome.success, "{outcome:?}");
}

/// K2. The round that was proved with counts until the terms' lag after the next one began, not for
/// as long as it is fresh: among all fresh rounds a subject would choose the best.
#[test]
fn k2_superseded_rounds() {
    let mut w = World::new();
    w.terms.max_lag = 500;
    let (f, feeds) = with_feeds(&mut w);
    w.terms.max_lag = 499;
    let strict = w.open(22);
    let (feed, answer) = feeds[1];
    set(&mut w, feed, answer + 1, NOW - 500);
    set(&mut w, feed, answer + 2, NOW);
    let of = |w: &World, facility, round| {
        let mut s = by_feeds(w, facility);
        s.prices.rounds[1] = Round::new(round).unwrap();
        s
    };
    let superseded = "SupersededRound(uint256,uint256)";
    reverts(&w.submit(strict, &of(&w, strict, 1)), superseded);
    w.terms.max_lag = 500;
    reverts(&w.submit(f, &of(&w, f, 2)), "ProofRejected(bytes4)");
    let outcome = w.submit(f, &of(&w, f, 1));
    assert!(outcome.success, "{outcome:?}");
}

/// K2. The L2's sequencer is down, or was until a moment ago.
#[test]
fn k2_sequencer() {
    let mut w = World::new();
    let sequencer = helper(&mut w, "SetFeed", &Arguments::new().number(0));
    w.terms.sequencer = bytes(sequencer);
    w.terms.sequencer_grace = 300;
    let (f, _) = with_feeds(&mut w);
    let s = by_feeds(&w, f);
    for (down, since) in [(1, NOW - 500), (0, NOW - 300), (0, 0), (0, NOW + 1)] {
        round(&mut w, sequencer, down, since, since, true);
        reverts(&w.submit(f, &s), "SequencerDown()");
    }
    round(&mut w, sequencer, 0, NOW - 301, NOW, true);
    assert!(w.submit(f, &s).success);
}

/// K2. A feed that submits again while it is read. There is no guard to enter twice: whatever is
/// called during a submission is called statically and cannot change anything.
#[test]
fn k2_reentrancy() {
    let mut w = World::new();
    let (outer, _) = with_feeds(&mut w);
    let inner = by_feeds(&w, outer);
    let data = inner.calldata(outer, &w.terms);
    let honest = w.terms.clone();
    let feed = helper(&mut w, "ReentrantFeed", &Arguments::new());
    let arguments = Arguments::new().address(&bytes(w.registry)).bytes(&data);
    assert!(w.call(feed, "set(address,bytes)", arguments).success);
    w.terms.feeds[2].feed = bytes(feed);
    let f = w.open(21);
    let s = by_feeds(&w, f);
    let outcome = w.submit(f, &s);
    // The static call within ended without a reason, and so did the submission.
    assert!(!outcome.success && outcome.output.is_empty(), "{outcome:?}");
    assert!(!w.is_covered(f));
    w.terms = honest;
    assert!(!w.is_covered(outer));
    // By itself it would have passed.
    assert!(w.evm.call(w.registry, &data).unwrap().success);
    assert!(w.is_covered(outer));
}

fn change(w: &mut World, facility: u128, next: &Terms) -> Outcome {
    let data = w.terms.change_calldata(facility, next);
    w.evm.call(w.registry, &data).unwrap()
}

#[test]
fn terms_are_weakened_after_a_delay_and_strengthened_at_once() {
    let mut w = World::new();
    let f = w.facility;
    let announce = |terms: &Terms| Arguments::new().number(f).word(terms.hash());
    let name = "announceTerms(uint128,bytes32)";
    type Change = fn(&mut Terms);
    let weakenings: [Change; 21] = [
        |t| t.min_ratio_bps -= 1,
        |t| t.max_account_age += 1,
        |t| t.max_price_age += 1,
        |t| t.coverage_seconds += 1,
        |t| t.price_quorum -= 1,
        |t| t.min_public_debt -= 1,
        |t| t.policy[31] ^= 1,
        |t| t.subject[31] ^= 1,
        |t| t.attesters[0].roles ^= 2,
        |t| t.max_window += 1,
        |t| t.envelope[0] ^= 1,
        |t| t.circuits.clear(),
        |t| t.circuits.push([8; 32]),
        |t| t.debt_sources.clear(),
        |t| t.debt_sources.insert(0, [8; 20]),
        |t| t.beneficiary[0] ^= 1,
        |t| t.max_lag += 1,
        |t| t.cure_seconds += 1,
        |t| t.secured_party = [0; 32],
        |t| t.wording[0] ^= 1,
        |t| t.attesters[0].roles &= 15,
    ];
    let known = w.terms.clone();
    w.terms.circuits = vec![world::circuit_hash()];
    w.terms.debt_sources = vec![[9; 20]];
    w.terms.secured_party[31] = 5;
    w.terms.attesters[0].roles |= 16;
    let guarded = w.open(40);
    for (i, weaken) in weakenings.into_iter().enumerate() {
        let mut weaker = w.terms.clone();
        weaken(&mut weaker);
        let outcome = change(&mut w, guarded, &weaker);
        assert!(!outcome.success, "weakening {i}");
        reverts(&outcome, "NotAnnounced(bytes32,bytes32)");
    }
    let mut bad = w.terms.clone();
    bad.hook = bad.attesters[0].signer;
    let outcome = change(&mut w, guarded, &bad);
    reverts(&outcome, "NotAnnounced(bytes32,bytes32)");
    w.terms = known;
    let mut weaker = vec![w.terms.clone(); 3];
    weaker[0].min_ratio_bps -= 1;
    weaker[1].max_account_age += 1;
    // Less debt would hold the pledges.
    weaker[2].min_public_debt -= 1;
    assert!(w.submit(f, &w.submission(f, 0)).success);
    assert!(w.call(w.registry, name, announce(&weaker[0])).success);
    w.evm.set_time(NOW + DELAY - 1);
    reverts(&change(&mut w, f, &weaker[0]), "TooEarly(uint256,uint256)");
    reverts(
        &change(&mut w, f, &weaker[1]),
        "NotAnnounced(bytes32,bytes32)",
    );
    w.evm.set_time(NOW + DELAY + 7 * DELAY);
    reverts(&change(&mut w, f, &weaker[0]), "TooLate(uint256,uint256)");
    w.evm.set_time(NOW + DELAY);
    assert!(change(&mut w, f, &weaker[0]).success);
    reverts(
        &change(&mut w, f, &weaker[0]),
        "WrongTerms(bytes32,bytes32)",
    );
    w.terms = weaker[0].clone();
    weaker[2].min_ratio_bps -= 1;
    assert!(w.call(w.registry, name, announce(&weaker[2])).success);
    w.evm.set_time(NOW + 2 * DELAY);
    reverts(
        &change(&mut w, f, &weaker[2]),
        "DebtOutstanding(bool,uint256)",
    );
    assert!(w.consent(f).success);
    assert!(change(&mut w, f, &weaker[2]).success);

    // Stronger at once, and what was covered must be proved again.
    let mut w = World::new();
    let f = w.facility;
    let waiting = w.submission(f, 1);
    assert!(w.submit(f, &w.submission(f, 0)).success && w.is_covered(f));
    let mut stronger = w.terms.clone();
    stronger.min_ratio_bps += 1;
    stronger.max_price_age -= 1;
    assert!(change(&mut w, f, &stronger).success);
    assert!(!w.is_covered(f));
    w.terms = stronger;
    reverts(&w.submit(f, &waiting), "WrongEpoch(uint64,uint64)");
    // Prices are of after the change.
    let mut again = w.submission(f, 2);
    reverts(&w.submit(f, &again), "SupersededRound(uint256,uint256)");
    w.evm.set_time(NOW + 1);
    again.prices.as_of = NOW + 1;
    w.sign(&mut again);
    assert!(w.submit(f, &again).success);
}

#[test]
fn facilities_belong_to_their_owners() {
    let mut w = World::new();
    let f = w.facility;
    reverts(&w.open_with(1), "FacilityExists(uint128)");
    let (owner, other) = (w.evm.caller, Address::with_last_byte(0x77));
    let transfer = |to| Arguments::new().number(f).address(&bytes(to));
    let name = "transferFacility(uint128,address)";
    w.evm.caller = other;
    let refused = "NotFacilityOwner(address,address)";
    reverts(&w.call(w.registry, name, transfer(other)), refused);
    reverts(&w.release(f), refused);
    let terms = w.terms.clone();
    reverts(&change(&mut w, f, &terms), refused);
    let announce = Arguments::new().number(f).word([1; 32]);
    let outcome = w.call(w.registry, "announceTerms(uint128,bytes32)", announce);
    reverts(&outcome, refused);
    w.evm.caller = owner;
    reverts(
        &w.call(w.registry, name, transfer(Address::ZERO)),
        "NoOwner()",
    );
    assert!(w.call(w.registry, name, transfer(other)).success);
    reverts(&w.call(w.registry, name, transfer(owner)), refused);
}

#[test]
fn terms_that_make_no_sense_are_refused() {
    type Break = fn(&mut Terms);
    let breaks: [Break; 24] = [
        |t| t.subject = [0; 32],
        |t| t.subject = [0xff; 32],
        |t| t.policy = [0; 32],
        |t| t.min_ratio_bps = 0,
        |t| t.min_ratio_bps = 1 << 20,
        |t| t.circuits = vec![[1; 32]; 17],
        |t| t.debt_sources = vec![[9; 20]; 2],
        |t| t.debt_sources = vec![world::NONE],
        |t| t.beneficiary = world::NONE,
        |t| t.max_account_age = 0,
        |t| t.max_window = 1 << 24,
        |t| t.max_price_age = 0,
        |t| t.coverage_seconds = 0,
        |t| t.cure_seconds = 1 << 24,
        |t| t.attester_quorum = 0,
        |t| t.price_quorum = 3,
        |t| t.attesters.swap(0, 1),
        |t| t.attesters[1] = t.attesters[0],
        |t| t.attesters[1].signer = world::NONE,
        |t| t.attesters[0].roles |= 32,
        // A custodian, or whoever signs prices alone, cannot be a required creditor.
        |t| t.attesters.iter_mut().for_each(|k| k.roles = 8 | 1 | 4),
        |t| t.secured_party = [0xff; 32],
        |t| t.bond = 1,
        |t| t.hook = [9; 20],
    ];
    let mut w = World::new();
    let good = w.terms.clone();
    for (i, damage) in breaks.into_iter().enumerate() {
        w.terms = good.clone();
        damage(&mut w.terms);
        reverts(&w.open_with(50 + i as u8), "BadTerms(string)");
    }
}

/// A token that a facility backs, deployed before it, and the facility's terms.
fn backed(w: &mut World, salt: u8) -> (u128, Address) {
    let f = w.id_of(salt);
    let arguments = Arguments::new()
        .bytes(b"Backed")
        .bytes(b"BKD")
        .address(&bytes(w.registry))
        .number(f)
        .address(&bytes(w.evm.caller));
    let token = code("src/BackedToken.sol", "BackedToken", &arguments);
    let token = w.evm.deploy(&token).unwrap();
    w.terms.debt_sources = vec![bytes(token)];
    w.terms.min_public_debt = 0;
    w.terms.beneficiary = world::NONE;
    assert_eq!(w.open(salt), f);
    (f, token)
}

const NOT_COVERED: &str = "NotCovered(uint128,bytes32)";

/// A token whose supply is the debt mints as far as coverage goes, while it lasts, under terms that
/// were pinned.
#[test]
fn a_backed_token_mints_what_is_covered() {
    let mut w = World::new();
    let (f, token) = backed(&mut w, 30);
    let to = Address::with_last_byte(5);
    let amount = |x| Arguments::new().address(&bytes(to)).number(x);
    let name = "mint(address,uint256)";
    reverts(&w.call(token, name, amount(1)), NOT_COVERED);
    assert!(w.submit(f, &w.submission(f, 0)).success && w.is_covered(f));
    // Under terms that nobody pinned.
    reverts(&w.call(token, name, amount(1)), NOT_COVERED);
    let mut other = w.terms.clone();
    other.debt_sources = vec![[9; 20]];
    let pin = |w: &mut World, terms: &Terms| w.evm.call(token, &terms.pin_calldata()).unwrap();
    reverts(&pin(&mut w, &other), "NotADebtSource()");
    let terms = w.terms.clone();
    let outcome = w.by(to, |w| pin(w, &terms));
    reverts(&outcome, "NotIssuer(address,address)");
    assert!(pin(&mut w, &terms).success);
    reverts(&pin(&mut w, &terms), "NotAnnounced(bytes32,bytes32)");
    assert!(w.call(token, name, amount(DEBT - 1)).success);
    reverts(&w.call(token, name, amount(2)), NOT_COVERED);
    assert!(w.call(token, name, amount(1)).success && w.is_covered(f));
    reverts(&w.call(token, name, amount(1)), NOT_COVERED);
    // A smaller debt than the supply cannot be submitted.
    let less = w.submission_of(w.binding(f, 1), DEBT - 1);
    reverts(&w.submit(f, &less), "DebtUnderstated(uint256,uint256)");
    let issuer = std::mem::replace(&mut w.evm.caller, to);
    reverts(
        &w.call(token, name, amount(1)),
        "NotIssuer(address,address)",
    );
    let burn = Arguments::new().number(10);
    assert!(w.call(token, "burn(uint256)", burn).success);
    w.evm.caller = issuer;
    assert!(w.call(token, name, amount(10)).success);
    w.evm.set_time(NOW + 5_000);
    reverts(&w.call(token, name, amount(0)), NOT_COVERED);
}

/// K2. The collateral of a token stays until the last of it is burnt, whatever the coverage; then its
/// pledges bind nobody, released or not.
#[test]
fn k2_pledges_hold_as_long_as_there_is_debt() {
    let mut w = World::new();
    let (f, token) = backed(&mut w, 33);
    let terms = w.terms.clone();
    assert!(w.submit(f, &w.submission(f, 0)).success);
    assert!(w.evm.call(token, &terms.pin_calldata()).unwrap().success);
    let holder = Address::with_last_byte(5);
    let mint = Arguments::new().address(&bytes(holder)).number(7);
    assert!(w.call(token, "mint(address,uint256)", mint).success);
    let outstanding = "DebtOutstanding(bool,uint256)";
    reverts(&w.release(f), outstanding);
    // Nobody is a beneficiary, so nobody consents.
    reverts(&w.consent(f), "NotBeneficiary(address,address)");

    w.evm.set_time(NOW + 5_000);
    (w.terms.debt_sources, w.terms.min_public_debt) = (Vec::new(), 1);
    w.terms.beneficiary = bytes(world::BENEFICIARY);
    (w.terms.max_account_age, w.terms.max_price_age) = (20_000, 20_000);
    let other = w.open(34);
    let mut s = w.submission(other, 0);
    for a in &mut s.attestations {
        a.valid_until = NOW + 9_000;
    }
    w.sign(&mut s);
    reverts(&w.submit(other, &s), "Pledged(uint256,uint128)");
    let burn = Arguments::new().number(7);
    let outcome = w.by(holder, |w| w.call(token, "burn(uint256)", burn));
    assert!(outcome.success);
    assert!(w.submit(other, &s).success);
    assert!(w.release(f).success);
}

/// A debt source that says nothing covers nothing, and is no reason to let collateral go.
#[test]
fn k2_a_debt_source_that_says_nothing() {
    let mut w = World::new();
    (w.terms.min_public_debt, w.terms.beneficiary) = (0, world::NONE);
    w.terms.debt_sources = vec![[9; 20]];
    let f = w.open(35);
    reverts(&w.submit(f, &w.submission(f, 0)), "DebtUnknown()");
    reverts(&w.release(f), "DebtOutstanding(bool,uint256)");
    assert!(!w.is_covered(f));
}

/// A token's supply in other decimals, rounded up to micro-units.
#[test]
fn a_debt_source_is_scaled_and_rounded_up() {
    for (decimals, supply, debt) in [
        (18u8, DEBT * 10u128.pow(12), DEBT),
        (18, DEBT * 10u128.pow(12) + 1, DEBT + 1),
        (0, DEBT / 1_000_000, DEBT),
        (6, DEBT, DEBT),
    ] {
        let mut w = World::new();
        let arguments = Arguments::new().number(decimals.into());
        let token = helper(&mut w, "FreeToken", &arguments);
        let to = Arguments::new().address(&[9; 20]).number(supply);
        assert!(w.call(token, "mint(address,uint256)", to).success);
        let source = Arguments::new().address(&bytes(token));
        let source = code("src/DebtSources.sol", "TokenDebt", &source);
        w.terms.debt_sources = vec![bytes(w.evm.deploy(&source).unwrap())];
        w.terms.min_public_debt = 0;
        let f = w.open(31);
        let less = w.submission_of(w.binding(f, 0), debt - 1);
        reverts(&w.submit(f, &less), "DebtUnderstated(uint256,uint256)");
        assert!(w.submit(f, &w.submission_of(w.binding(f, 0), debt)).success);
        assert!(w.is_covered(f));
        let one = Arguments::new()
            .address(&[9; 20])
            .number(10u128.pow(decimals.into()));
        assert!(w.call(token, "mint(address,uint256)", one).success);
        assert!(!w.is_covered(f), "the debt grew past what was proved");
    }
}
