//! What an adversary does to a draft: one to three of these, in any combination. Those of
//! [`early`] change what is committed to, packed and aimed at, before the totals are made;
//! those of [`late`] change the totals' making and single cells after it.

mod accounts;
mod words;

use crate::circuit::Target;
use crate::draft::{Draft, Knobs};
use crate::rng::{Rng, two_pow};
use accounts::{a_position, aim_elsewhere, chain, read_differently, states};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::GROUPS;
use ff::{Field, PrimeField};
use words::{a_slot, words};

pub fn knobs(rng: &mut Rng) -> Knobs {
    Knobs {
        netted: (!rng.one_in(3)).then_some(Fr::ZERO),
        kept: [false; 2],
        wraps: [0; 2],
        count: Fr::ZERO,
        no_count: false,
        value: [Fr::ZERO; 2],
        shares: !rng.one_in(5),
        covered: !rng.one_in(20),
        debt: match rng.below(20) {
            0 => Some(1),
            1 => None,
            2 => Some(-1),
            _ => Some(0),
        },
    }
}

pub fn early(draft: &mut Draft, target: &Target, rng: &mut Rng) {
    match rng.below(18) {
        0..3 | 16 | 17 => aim_elsewhere(draft, rng),
        3 | 4 => read_differently(draft, rng),
        5 => {
            let (m, p) = a_position(draft, rng);
            let entry = rng.edge();
            draft
                .notes
                .push(format!("account {m} position {p}: any entry, not counted"));
            draft.uncount(m, p, entry);
        }
        6 | 7 => states(draft, rng),
        8 | 9 => chain(draft, target, rng),
        10..13 => words(draft, rng),
        13 => {
            let slot = a_slot(draft, rng);
            let value = slot.of(&mut draft.fields);
            *value = rng.near(*value);
            draft.notes.push(format!("{slot:?} is any"));
        }
        14 => {
            let a = rng.below(draft.used);
            let price = rng.pick(&[Fr::ZERO, Fr::ZERO, Fr::ONE, two_pow(120) - Fr::ONE]);
            draft
                .notes
                .push(format!("price {a} is an end of its range, or 0"));
            draft.fields.prices[a] = price;
        }
        _ => {
            let a = rng.below(draft.fields.assets.len());
            let flag = if rng.one_in(3) {
                rng.edge()
            } else {
                Fr::from(rng.next() & 1)
            };
            draft.notes.push(format!("asset {a}: another used flag"));
            match rng.below(3) {
                0 => draft.fields.assets[a].used = flag,
                1 => draft.fields.assets[a].used_bit = flag,
                _ => {
                    draft.fields.assets[a].used = flag;
                    draft.fields.assets[a].used_bit = flag;
                }
            }
        }
    }
}

/// Totals, values and allocations that are not what follows.
pub fn unsettled(draft: &mut Draft, knobs: &mut Knobs, rng: &mut Rng) {
    let side = rng.below(2);
    match rng.below(9) {
        0 | 1 => {
            knobs.kept[side] = true;
            draft
                .notes
                .push(format!("side {side} keeps what is netted"));
            if rng.one_in(2) {
                knobs.netted = Some(Fr::from_u128(rng.bits(100) >> rng.below(90)));
                draft.notes.push("more is netted".into());
            }
        }
        2 => {
            knobs.netted = Some(rng.edge());
            draft
                .notes
                .push("what is netted is off by any number".into());
        }
        3 => {
            knobs.wraps[side] = 1 + rng.next() as u32 % 3;
            draft.notes.push(format!("side {side}: values modulo r"));
        }
        4 => {
            knobs.count = rng.small();
            draft.notes.push("counts are off".into());
        }
        5 => {
            knobs.no_count = true;
            draft.notes.push("counts are 0".into());
        }
        6 => {
            knobs.shares = false;
            draft.notes.push("shares are not minded".into());
        }
        _ => {
            knobs.value[side] = match rng.below(4) {
                0 => rng.edge(),
                1 => -Fr::ONE,
                _ => Fr::from(rng.pick(&[1, 1_000])),
            };
            draft.notes.push(format!(
                "side {side}: values are off, remainders make up for it"
            ));
        }
    }
}

/// Single values after everything was settled.
pub fn late(draft: &mut Draft, rng: &mut Rng) {
    let j = rng.below(draft.fields.scenarios.len());
    let a = rng.below(draft.used);
    match rng.below(4) {
        0 => {
            let (from, to) = (rng.below(4), rng.below(4));
            let x = rng.edge();
            let tiers = &mut draft.fields.scenarios[j].tiers[a];
            tiers[from] -= x;
            tiers[to] += x;
            draft.fields.add_up();
            draft.notes.push(format!(
                "scenario {j} asset {a}: tier {to} takes from tier {from}"
            ));
        }
        1 => {
            let g = rng.below(GROUPS);
            let scenario = &mut draft.fields.scenarios[j];
            let sum = match rng.below(3) {
                0 => &mut scenario.total,
                1 => &mut scenario.owed,
                _ => &mut scenario.groups[g],
            };
            *sum = rng.near(*sum);
            draft.notes.push(format!("scenario {j}: a sum is off"));
        }
        _ => {
            let count = draft.fields.list().len();
            let chosen = rng.below(count);
            let (mut at, note) = (0, &mut draft.notes);
            draft.fields.visit_mut(|name, value| {
                if at == chosen {
                    *value = rng.near(*value);
                    note.push(format!("{name} is any, alone"));
                }
                at += 1;
            });
        }
    }
}
