//! For each clause a false statement whose witness is consistent in all else, so that only
//! the clause stands between it and acceptance.

use crate::cases::{self, slot};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::numbers::VALUE_DIVISOR;
use covenant_circuits::shape::Shape;
use ff::{Field, PrimeField};
use num_bigint::BigUint;
use num_integer::Integer;

pub struct Lie {
    pub clause: &'static str,
    pub what: &'static str,
    pub tell: fn(&mut Witness),
}

/// S9 has no false statement: its lie is another public context, with the old trace.
pub const LIES: [Lie; 15] = [
    Lie {
        clause: "S1",
        what: "another blinding",
        tell: |w| w.accounts[0].blinding += Fr::ONE,
    },
    Lie {
        clause: "S1",
        what: "another commitment",
        tell: |w| w.public[Shape::NAMED_INPUTS] += Fr::ONE,
    },
    Lie {
        clause: "S1",
        what: "a liability shown as collateral",
        tell: |w| w.public[6] = Fr::ZERO,
    },
    Lie {
        clause: "S2",
        what: "one unit more than the positions",
        tell: |w| {
            let eth = slot("ETH");
            w.assets[eth].collateral.rest += Fr::ONE;
            revalue(w, eth);
        },
    },
    Lie {
        clause: "S2",
        what: "a liability left out of the totals",
        tell: |w| {
            let usd = slot("USD");
            w.assets[usd].collateral.rest += Fr::ONE;
            w.assets[usd].netted -= Fr::ONE;
            revalue(w, usd);
        },
    },
    Lie {
        clause: "S3",
        what: "netting against the policy",
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
        tell: |w| {
            let side = &mut w.assets[slot("ETH")].collateral;
            side.value += Fr::ONE;
            side.remainder -= Fr::from_u128(VALUE_DIVISOR);
        },
    },
    Lie {
        clause: "S4",
        what: "a liability rounded down",
        tell: |w| {
            let side = &mut w.assets[slot("ETH")].liability;
            side.value -= Fr::ONE;
            side.remainder -= Fr::from_u128(VALUE_DIVISOR);
        },
    },
    Lie {
        clause: "S5",
        what: "all in the first tier",
        tell: |w| {
            let tiers = &mut w.scenarios[0].tiers[slot("ETH")];
            tiers[0] += tiers[3];
            tiers[3] = Fr::ZERO;
        },
    },
    Lie {
        clause: "S5",
        what: "more than there is",
        tell: |w| {
            w.scenarios[1].tiers[slot("USD")][3] += Fr::ONE;
        },
    },
    Lie {
        clause: "S6",
        what: "an asset above its largest share",
        tell: |w| {
            let usd = &mut w.scenarios[0].tiers[slot("USD")];
            usd[3] = Fr::from(20_000_000_000_000u64);
        },
    },
    Lie {
        clause: "S7",
        what: "not covered at a higher ratio",
        tell: |w| w.public[4] = Fr::from(1_000_000),
    },
    Lie {
        clause: "S7",
        what: "not covered with a larger debt",
        tell: |w| w.public[3] = Fr::from(1_000_000_000_000u64),
    },
    Lie {
        clause: "S8",
        what: "other terms than the digest's",
        tell: |w| w.terms += Fr::ONE,
    },
    Lie {
        clause: "S8",
        what: "another inverse of a price",
        tell: |w| w.assets[slot("ETH")].inverse += Fr::ONE,
    },
];

/// The honest witness with a lie told.
pub fn told(lie: &Lie) -> Witness {
    let mut witness = cases::witness(&cases::claim(), cases::shape());
    (lie.tell)(&mut witness);
    witness
}

/// Values and remainders that follow from the rests.
fn revalue(w: &mut Witness, asset: usize) {
    let price = int(&w.public[Shape::NAMED_INPUTS + w.shape.accounts() + asset]);
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
