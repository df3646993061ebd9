//! One asset, one account, no policy to speak of: every number can be chosen, and is, at
//! both ends of its range and beyond (C6).

use super::*;

/// Numbers of a claim, of any size, told to the circuit consistently modulo r.
#[derive(Clone)]
struct Numbers {
    amount: BigUint,
    price: BigUint,
    debt: BigUint,
    ratio: BigUint,
}

fn big(n: u128) -> BigUint {
    n.into()
}

fn two(n: u32) -> BigUint {
    BigUint::from(1u8) << n
}

fn order() -> BigUint {
    fr_to_big(-Fr::ONE) + 1u8
}

fn fr_to_big(x: Fr) -> BigUint {
    BigUint::from_bytes_le(x.to_repr().as_ref())
}

fn fr(x: &BigUint) -> Fr {
    let mut repr = [0u8; 32];
    let bytes = (x % order()).to_bytes_le();
    repr[..bytes.len()].copy_from_slice(&bytes);
    Fr::from_repr(repr).unwrap()
}

impl Numbers {
    fn new(amount: u128, debt: u128, ratio: u32) -> Self {
        Self {
            amount: big(amount),
            price: big(10u128.pow(30)),
            debt: big(debt),
            ratio: ratio.into(),
        }
    }

    /// Everything follows from the numbers: the commitment, the public inputs, the value,
    /// its remainder and what counts. Nothing is reduced to its range.
    fn witness(&self) -> Witness {
        let policy = policy(
            vec![asset("a", 10_000, &[], json!([{"weight_bps": 10_000}]))],
            json!([]),
            json!([]),
        );
        let opening = covenant_fixtures::account(Kind::Collateral, &[("a", 1)]);
        let header = opening.header();
        let claim = claim(policy, vec![opening], 0, 1);
        let mut w = witness(&claim, &covenant_fixtures::fullest(&claim), [1, 12, 1, 1]);

        let (id, amount) = (w.assets[0].id, fr(&self.amount));
        let position = &mut w.accounts[0].blocks[0].positions[0];
        position.amount = amount;
        position.entry = id * Fr::from(2).pow([128]) + amount;
        w.public[DEBT] = fr(&self.debt);
        w.public[RATIO] = fr(&self.ratio);
        w.public[COMMITMENT] = commit(header, &[position.entry]);
        w.public[COMMITMENT + 1] = fr(&self.price);
        w.assets[0].inverse = fr(&self.price).invert().unwrap_or(Fr::ZERO);
        let (value, remainder) = (&self.amount * &self.price).div_rem(&big(10u128.pow(30)));
        let side = &mut w.assets[0].collateral;
        side.rest = amount;
        (side.value, side.remainder) = (fr(&value), fr(&remainder));
        w.scenarios[0].counted[0] = fr(&(value * 100_000_000u32));
        w
    }
}

#[test]
fn c6_amounts_at_both_ends() {
    let amount = |amount: BigUint| {
        let numbers = Numbers {
            amount,
            price: big(1),
            ..Numbers::new(0, 0, 10_000)
        };
        accepts(&numbers.witness())
    };
    assert!(amount(big(0)) && amount(big(1)) && amount(two(112) - 1u8));
    for beyond in [
        two(112),
        two(112) + 1u8,
        two(113),
        two(128) - 1u8,
        order() - 1u8,
    ] {
        assert!(!amount(beyond.clone()), "{beyond}");
    }
}

#[test]
fn c6_prices_at_both_ends() {
    let price = |price: BigUint| {
        let numbers = Numbers {
            price,
            ..Numbers::new(1, 0, 10_000)
        };
        accepts(&numbers.witness())
    };
    assert!(!price(big(0)) && price(big(1)) && price(two(120) - 1u8));
    // A price is public: its type refuses what the circuit is never shown.
    assert!(Price::new(0).is_err() && Price::new(1 << 120).is_err());
    assert!(!price(order() - 1u8));
}

#[test]
fn c6_values_at_both_ends() {
    let value = |value: BigUint| {
        let numbers = Numbers {
            amount: value,
            ..Numbers::new(0, 0, 10_000)
        };
        accepts(&numbers.witness())
    };
    assert!(value(big(0)) && value(big(1)) && value(two(80) - 1u8));
    for beyond in [two(80), two(81), two(100)] {
        assert!(!value(beyond.clone()), "{beyond}");
    }
}

/// The product of amount and price has one value: none that is right modulo r only.
#[test]
fn c6_a_value_that_wraps_r() {
    let numbers = Numbers::new(1_000, 0, 10_000);
    let mut w = numbers.witness();
    assert!(accepts(&w));
    let (value, remainder) =
        (&numbers.amount * &numbers.price + order()).div_rem(&big(10u128.pow(30)));
    assert!(value > two(80));
    let side = &mut w.assets[0].collateral;
    (side.value, side.remainder) = (fr(&value), fr(&remainder));
    w.scenarios[0].counted[0] = Fr::ZERO;
    assert!(!accepts(&w));
    // The same with a value in its range and a remainder that makes up for it.
    let mut w = numbers.witness();
    let side = &mut w.assets[0].collateral;
    side.value += Fr::from(7);
    side.remainder -= Fr::from(7) * fr(&big(10u128.pow(30)));
    assert!(!accepts(&w));
}

#[test]
fn c6_what_counts_is_no_more_than_its_lines_and_no_less_than_nothing() {
    let with = |change: &dyn Fn(Fr) -> Fr| {
        let mut w = Numbers::new(1_000, 0, 10_000).witness();
        let counted = &mut w.scenarios[0].counted[0];
        *counted = change(*counted);
        accepts(&w)
    };
    assert!(with(&|c| c) && with(&|c| c - Fr::ONE) && with(&|_| Fr::ZERO));
    assert!(!with(&|c| c + Fr::ONE) && !with(&|_| -Fr::ONE));
    assert!(!with(&|_| fr(&two(200))) && !with(&|c| -c));
}

#[test]
fn c6_the_threshold_is_exact() {
    let holds = |amount, debt, ratio| accepts(&Numbers::new(amount, debt, ratio).witness());
    // 11000 = 110 % of 10000.
    assert!(holds(11_000, 10_000, 11_000));
    assert!(!holds(11_000, 10_000, 11_001));
    assert!(!holds(11_000, 10_001, 11_000));
    assert!(!holds(10_999, 10_000, 11_000));
    // At the ends of the ranges: 2^80 - 1 at 100 %, and the largest ratio.
    let largest = (1 << 80) - 1;
    assert!(holds(largest, largest, 10_000));
    assert!(!holds(largest, largest, 10_001));
    assert!(!holds(largest - 1, largest, 10_000));
    let ratio = (1 << 20) - 1;
    assert!(holds(u128::from(ratio), 10_000, ratio));
    assert!(!holds(u128::from(ratio) - 1, 10_000, ratio));
    assert!(!holds(0, 1, 1) && holds(1, 10_000, 1) && holds(0, 0, ratio));
}

/// Public inputs have types: what would be a negative debt is no `Value`, and a slack that
/// is negative does not pass for a positive one.
#[test]
fn c6_debts_and_ratios_beyond_their_types() {
    assert!(Value::new(1 << 80).is_err() && Ratio::new(1 << 20).is_err() && Ratio::new(0).is_err());
    // No collateral, a debt of 1 and every multiple of r in its way.
    for debt in [big(1), two(80) - 1u8, two(80), two(200)] {
        let numbers = Numbers {
            debt: debt.clone(),
            ..Numbers::new(0, 0, 10_000)
        };
        assert!(!accepts(&numbers.witness()), "{debt}");
    }
}

/// Where the line is drawn: the circuit takes debt and ratio as they are given, so that a
/// verifier, native or on chain, must itself refuse a debt of 2^80 and a ratio of 2^20 and
/// more. Natively there is no other way in than `Value` and `Ratio`.
#[test]
fn c6_the_circuit_leaves_the_range_of_debt_and_ratio_to_the_verifier() {
    let minus_one = order() - 1u8;
    for (debt, ratio) in [(minus_one.clone(), big(10_000)), (big(1), minus_one)] {
        let numbers = Numbers {
            debt,
            ratio,
            ..Numbers::new(1_000_000, 0, 1)
        };
        assert!(accepts(&numbers.witness()));
    }
}

/// S4. The remainder is below 10^30: a value rounded down twice is another value.
#[test]
fn c6_a_remainder_has_one_value() {
    let divisor = fr(&big(10u128.pow(30)));
    let mut w = Numbers::new(1_000, 0, 10_000).witness();
    // Nothing counts, so that a smaller value is in nothing's way.
    w.scenarios[0].counted[0] = Fr::ZERO;
    assert!(accepts(&w));
    let side = &mut w.assets[0].collateral;
    side.value -= Fr::ONE;
    side.remainder += divisor;
    assert!(!accepts(&w));
}
