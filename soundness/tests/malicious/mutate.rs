//! What an adversary does to a draft: one to three of these, in any combination. Those of
//! [`early`] change what is committed to, packed and aimed at, before the totals are made;
//! those of [`unsettled`] the totals' making, those of [`late`] single cells after it.

mod accounts;
mod words;

use crate::circuit::Target;
use crate::draft::{Draft, Knobs};
use crate::rng::{Rng, two_pow};
use accounts::{a_position, aim_elsewhere, chain, flags, read_differently, window};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::GROUPS;
use ff::{Field, PrimeField};
use words::{a_slot, words};

pub fn knobs(rng: &mut Rng) -> Knobs {
    Knobs {
        netted: (!rng.one_in(3)).then_some(Fr::ZERO),
        shares: !rng.one_in(5),
        held: !rng.one_in(5),
        covered: !rng.one_in(20),
        debt: match rng.below(20) {
            0 => Some(1),
            1 => None,
            2 => Some(-1),
            _ => Some(0),
        },
        ..Knobs::honest()
    }
}

pub fn early(draft: &mut Draft, target: &Target<'_>, rng: &mut Rng) {
    match rng.below(20) {
        0..5 => aim_elsewhere(draft, rng),
        5 | 6 => read_differently(draft, rng),
        7 => {
            let (m, p) = a_position(draft, rng);
            let entry = rng.edge();
            draft.note(format!("account {m} position {p}: any entry, not counted"));
            draft.uncount(m, p, entry);
        }
        8 | 9 => flags(draft, rng),
        10 | 11 => chain(draft, target, rng),
        12 => window(draft, rng),
        13..16 => words(draft, rng),
        16 => {
            let slot = a_slot(draft, rng);
            let value = slot.of(&mut draft.fields);
            *value = rng.near(*value);
            draft.note(format!("{slot:?} is any"));
        }
        17 => {
            let a = rng.below(draft.used);
            let price = rng.pick(&[Fr::ZERO, Fr::ZERO, Fr::ONE, two_pow(120) - Fr::ONE]);
            draft.note(format!("price {a} is an end of its range, or 0"));
            draft.fields.prices[a] = price;
        }
        18 => {
            // Flags of the policy that say of what is held, reported or owed.
            let (a, g) = (rng.below(draft.used), rng.below(GROUPS));
            let flag = Fr::from(rng.next() & 1);
            let f = &mut draft.fields;
            let name = match rng.below(4) {
                0 => {
                    f.complete = flag;
                    "complete".into()
                }
                1 => {
                    f.assets[a].may_owe = flag;
                    format!("may_owe of asset {a}")
                }
                2 => {
                    f.groups[g].reported = flag;
                    format!("the report of group {g}")
                }
                _ => {
                    f.grain = if rng.one_in(2) {
                        Fr::ZERO
                    } else {
                        Fr::from(rng.next() >> 11)
                    };
                    "the grain".into()
                }
            };
            if rng.one_in(2) {
                draft.oblige();
            }
            draft.note(format!("{name} is another"));
        }
        _ => {
            let a = rng.below(draft.fields.assets.len());
            let flag = if rng.one_in(3) {
                rng.edge()
            } else {
                Fr::from(rng.next() & 1)
            };
            draft.note(format!("asset {a}: another used flag"));
            let which = rng.below(3);
            let asset = &mut draft.fields.assets[a];
            if which != 1 {
                asset.used = flag;
            }
            if which != 0 {
                asset.used_bit = flag;
            }
        }
    }
}

/// Totals, values and allocations that are not what follows.
pub fn unsettled(draft: &mut Draft, knobs: &mut Knobs, rng: &mut Rng) {
    let side = rng.below(2);
    match rng.below(13) {
        0 | 1 => {
            knobs.kept[side] = true;
            draft.note(format!("side {side} keeps what is netted"));
            if rng.one_in(2) {
                knobs.netted = Some(Fr::from_u128(rng.bits(100) >> rng.below(90)));
                draft.note("more is netted");
            }
        }
        2 => {
            knobs.netted = Some(rng.edge());
            draft.note("what is netted is off by any number");
        }
        3 => {
            knobs.wraps[side] = 1 + rng.next() as u32 % 3;
            draft.note(format!("side {side}: values modulo r"));
        }
        4 => {
            knobs.count = rng.small();
            draft.note("counts are off");
        }
        5 => {
            knobs.no_count = true;
            draft.note("counts are 0");
        }
        6 => {
            knobs.shares = false;
            draft.note("shares are not minded");
        }
        7 => {
            knobs.empty[side] = rng.small();
            draft.note(format!("side {side}: other empty positions"));
        }
        8 => {
            knobs.more[side] = rng.edge();
            draft.note(format!("side {side}: other totals"));
        }
        9 => {
            knobs.lines = 1 + rng.below(3);
            draft.note("not all lines are minded");
        }
        10 => {
            knobs.counted = vec![(rng.below(draft.used), rng.edge())];
            draft.note("an asset counts for more or less");
        }
        11 => {
            knobs.report = rng.small();
            draft.note("lines of the report are off");
        }
        _ => {
            knobs.value[side] = match rng.below(4) {
                0 => rng.edge(),
                1 => -Fr::ONE,
                _ => Fr::from(rng.pick(&[1, 1_000])),
            };
            draft.note(format!(
                "side {side}: values are off, remainders make up for it"
            ));
        }
    }
}

/// Single values after everything was settled.
pub fn late(draft: &mut Draft, rng: &mut Rng) {
    let j = rng.below(draft.fields.scenarios.len());
    match rng.below(5) {
        0 => {
            // What one asset counts for, another takes.
            let (from, to) = (rng.below(draft.used), rng.below(draft.used));
            let x = rng.edge();
            let counted = &mut draft.fields.scenarios[j].counted;
            counted[from] -= x;
            counted[to] += x;
            draft.fields.add_up();
            draft.note(format!("scenario {j}: asset {to} takes from asset {from}"));
        }
        1 => {
            let g = rng.below(GROUPS);
            let f = &mut draft.fields;
            let sum = match rng.below(5) {
                0 => &mut f.scenarios[j].total,
                1 => &mut f.scenarios[j].owed,
                2 => &mut f.scenarios[j].groups[g],
                3 => &mut f.held,
                _ => &mut f.groups[g].sum,
            };
            *sum = rng.near(*sum);
            draft.note(format!("scenario {j}: a sum is off"));
        }
        _ => {
            let count = draft.fields.list().len();
            let chosen = rng.below(count);
            let (mut at, notes) = (0, &mut draft.notes);
            draft.fields.visit_mut(|name, value| {
                if at == chosen {
                    *value = rng.near(*value);
                    notes.push(format!("{name} is any, alone"));
                }
                at += 1;
            });
        }
    }
}
