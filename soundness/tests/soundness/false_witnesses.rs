//! For each clause a false statement whose witness is consistent in all else, so that only
//! the clause stands between it and acceptance.

use crate::cases::{self, account, slot};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::{Fr, to_be_bytes, two_pow};
use covenant_circuits::numbers::VALUE_DIVISOR;
use covenant_circuits::relation;
use covenant_circuits::shape::{REPORT_WORDS, Shape};
use ff::{Field, PrimeField};
use num_bigint::BigUint;
use num_integer::Integer;

pub struct Lie {
    pub clause: &'static str,
    pub what: &'static str,
    pub of: fn() -> Witness,
    pub tell: fn(&mut Witness),
}

/// Rows of public inputs.
const DEBT: usize = 4;
const RATIO: usize = 5;
const KINDS: usize = 7;
const REPORT: usize = Shape::NAMED_INPUTS;
const COMMITMENTS: usize = REPORT + REPORT_WORDS;

fn plain() -> Witness {
    cases::witness(&cases::claim(), cases::shape())
}

fn complete() -> Witness {
    cases::witness(&cases::complete_claim(5000), cases::shape())
}

/// What is owed in dollars neither counts nor is in the totals.
fn leave_out_a_liability(w: &mut Witness) {
    let (at, usd) = (account(w, 1), slot("USD"));
    let owed = &mut w.accounts[at].blocks[0].positions[0];
    (owed.counts, owed.amount) = (0, Fr::ZERO);
    let asset = &mut w.assets[usd];
    asset.collateral.rest += asset.netted;
    asset.liability.count -= Fr::ONE;
    (asset.netted, asset.liability.rest) = (Fr::ZERO, Fr::ZERO);
    revalue(w, usd);
}

/// Ether is a quarter of what is held, and may be a fifth.
fn beyond() -> Witness {
    let claim = cases::complete_claim(2000);
    let allocation = covenant_fixtures::fullest(&claim);
    let error = relation::check(&claim, &allocation).unwrap_err();
    assert_eq!(error.clause(), "S6", "{error}");
    Witness::honest(&claim, &allocation, cases::shape()).unwrap()
}

/// S9 has no false statement: its lie is another public context, with the old trace.
pub const LIES: [Lie; 29] = [
    Lie {
        clause: "S1",
        what: "another blinding",
        of: plain,
        tell: |w| w.accounts[0].blinding += Fr::ONE,
    },
    Lie {
        clause: "S1",
        what: "another commitment",
        of: plain,
        tell: |w| w.public[COMMITMENTS] += Fr::ONE,
    },
    Lie {
        clause: "S1",
        what: "a liability shown as collateral",
        of: plain,
        tell: |w| w.public[KINDS] = Fr::ZERO,
    },
    Lie {
        clause: "S1",
        what: "an account before the window",
        of: plain,
        tell: |w| w.public[1] = Fr::from(cases::AS_OF + 1),
    },
    Lie {
        clause: "S1",
        what: "an account after the window",
        of: plain,
        tell: |w| w.public[2] = Fr::from(cases::AS_OF - 1),
    },
    Lie {
        clause: "S1",
        what: "a liability whose positions need not count",
        of: plain,
        tell: |w| {
            let at = account(w, 1);
            w.accounts[at].every = 0;
            leave_out_a_liability(w);
        },
    },
    Lie {
        clause: "S1",
        what: "collateral under a complete policy whose positions need not count",
        of: complete,
        tell: |w| {
            // The one of nothing, so that no other clause refuses the sums.
            let (at, usd) = (account(w, 0), slot("USD"));
            w.accounts[at].every = 0;
            let positions = &mut w.accounts[at].blocks[0].positions;
            let empty = positions
                .iter_mut()
                .find(|p| p.counts == 1 && p.amount == Fr::ZERO);
            empty.unwrap().counts = 0;
            w.assets[usd].collateral.count -= Fr::ONE;
        },
    },
    Lie {
        clause: "S1",
        what: "a block after the account's last",
        of: plain,
        tell: |w| {
            let at = account(w, 0);
            w.accounts[at].blocks[1].active = 1;
        },
    },
    Lie {
        clause: "S2",
        what: "one unit more than the positions",
        of: plain,
        tell: |w| {
            let eth = slot("ETH");
            w.assets[eth].collateral.rest += Fr::ONE;
            revalue(w, eth);
        },
    },
    Lie {
        clause: "S2",
        what: "one position more than there are",
        of: plain,
        tell: |w| {
            let eth = slot("ETH");
            w.assets[eth].collateral.count += Fr::ONE;
            w.assets[eth].collateral.rest += Fr::ONE;
            revalue(w, eth);
        },
    },
    Lie {
        clause: "S2",
        what: "a liability left out of the totals",
        of: plain,
        tell: |w| {
            let usd = slot("USD");
            w.assets[usd].collateral.rest += Fr::ONE;
            w.assets[usd].netted -= Fr::ONE;
            revalue(w, usd);
        },
    },
    Lie {
        clause: "S2",
        what: "a position of a liability that does not count",
        of: plain,
        tell: leave_out_a_liability,
    },
    Lie {
        clause: "S2",
        what: "an empty position of each side more than there are",
        of: plain,
        tell: |w| w.empty = (w.empty.0 + Fr::ONE, w.empty.1 + Fr::ONE),
    },
    Lie {
        clause: "S3",
        what: "netting against the policy",
        of: plain,
        tell: |w| {
            let eth = slot("ETH");
            w.assets[eth].netted = Fr::ONE;
            w.assets[eth].collateral.rest -= Fr::ONE;
            w.assets[eth].liability.rest -= Fr::ONE;
            revalue(w, eth);
        },
    },
    Lie {
        clause: "S4",
        what: "a value rounded up",
        of: plain,
        tell: |w| {
            let side = &mut w.assets[slot("ETH")].collateral;
            side.value += Fr::ONE;
            side.remainder -= Fr::from_u128(VALUE_DIVISOR);
        },
    },
    Lie {
        clause: "S4",
        what: "a liability rounded up twice",
        of: plain,
        tell: |w| {
            let side = &mut w.assets[slot("ETH")].liability;
            side.value += Fr::ONE;
            side.remainder += Fr::from_u128(VALUE_DIVISOR);
        },
    },
    Lie {
        clause: "S4",
        what: "a liability rounded down",
        of: plain,
        tell: |w| {
            let side = &mut w.assets[slot("ETH")].liability;
            side.value -= Fr::ONE;
            side.remainder -= Fr::from_u128(VALUE_DIVISOR);
        },
    },
    Lie {
        clause: "S5",
        what: "one more than the line of the second tier",
        of: plain,
        tell: |w| w.scenarios[0].counted[slot("ETH")] += Fr::ONE,
    },
    Lie {
        clause: "S5",
        what: "all at the weight of the first tier",
        of: plain,
        tell: |w| {
            let eth = slot("ETH");
            let value = w.assets[eth].collateral.value;
            w.scenarios[0].counted[eth] = value * Fr::from(8_500 * 10_000);
        },
    },
    Lie {
        clause: "S5",
        what: "more than there is",
        of: plain,
        tell: |w| w.scenarios[1].counted[slot("USD")] += Fr::ONE,
    },
    Lie {
        clause: "S6",
        what: "an asset above its largest share of what counts",
        of: plain,
        tell: |w| w.scenarios[0].counted[slot("USD")] = Fr::from(200_000_000_000_000_000),
    },
    Lie {
        clause: "S6",
        what: "an asset above its largest share of what is held",
        of: beyond,
        tell: |_| {},
    },
    Lie {
        clause: "S7",
        what: "not covered at a higher ratio",
        of: plain,
        tell: |w| w.public[RATIO] = Fr::from(1_000_000),
    },
    Lie {
        clause: "S7",
        what: "not covered with a larger debt",
        of: plain,
        tell: |w| w.public[DEBT] = Fr::from(1_000_000_000_000u64),
    },
    Lie {
        clause: "S8",
        what: "other terms than the digest's",
        of: plain,
        tell: |w| w.terms += Fr::ONE,
    },
    Lie {
        clause: "S8",
        what: "a price of 0, which erases a debt",
        of: plain,
        tell: |w| {
            let (eth, prices) = (slot("ETH"), COMMITMENTS + w.shape.accounts());
            w.public[prices + eth] = Fr::ZERO;
            revalue(w, eth);
            for scenario in &mut w.scenarios {
                scenario.counted[eth] = Fr::ZERO;
            }
        },
    },
    Lie {
        clause: "S8",
        what: "a complete policy taken for another",
        of: complete,
        tell: |w| {
            w.complete = 0;
            for account in &mut w.accounts {
                account.every = account.liability;
            }
        },
    },
    Lie {
        clause: "S10",
        what: "a grain more than a group has",
        of: complete,
        tell: |w| {
            w.groups[0].line += Fr::ONE;
            w.public[REPORT] += Fr::ONE;
        },
    },
    Lie {
        clause: "S10",
        what: "a line of a group that is not reported",
        of: complete,
        tell: |w| {
            w.groups[4].line = Fr::ONE;
            w.public[REPORT + 1] += two_pow(80);
        },
    },
];

/// The honest witness with a lie told.
pub fn told(lie: &Lie) -> Witness {
    let mut witness = (lie.of)();
    (lie.tell)(&mut witness);
    witness
}

/// Values and remainders that follow from the rests.
pub fn revalue(w: &mut Witness, asset: usize) {
    let price = int(&w.public[COMMITMENTS + w.shape.accounts() + asset]);
    let divisor = BigUint::from(VALUE_DIVISOR);
    let slot = &mut w.assets[asset];
    for (side, up) in [(&mut slot.collateral, false), (&mut slot.liability, true)] {
        let product = int(&side.rest) * &price;
        let value = if up {
            product.div_ceil(&divisor)
        } else {
            product.div_floor(&divisor)
        };
        let whole = &value * &divisor;
        side.remainder = field(&if up { whole - product } else { product - whole });
        side.value = field(&value);
    }
}

fn int(x: &Fr) -> BigUint {
    BigUint::from_bytes_be(&to_be_bytes(x))
}

fn field(x: &BigUint) -> Fr {
    Fr::from_str_vartime(&x.to_string()).unwrap()
}
