//! What an adversary does to a draft: one to three of these, in any combination. Those of
//! [`early`] change what is committed to, packed and aimed at, before the totals are made;
//! those of [`late`] change the totals' making and single cells after it.

use crate::circuit::Target;
use crate::draft::{Draft, Knobs};
use crate::fields::Fields;
use crate::honest;
use crate::rng::{Rng, two_pow};
use covenant_circuits::field::Fr;
use covenant_circuits::poseidon;
use covenant_circuits::shape::GROUPS;
use ff::{Field, PrimeField};

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

/// A position of an account in use, or any.
fn a_position(draft: &Draft, rng: &mut Rng) -> (usize, usize) {
    let m = rng.below(draft.fields.accounts.len());
    (m, rng.below(draft.shape.positions()))
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

/// A position counts for any side of any asset, by an id that is off by what a packing or a
/// kind may make up for, with any amount.
fn aim_elsewhere(draft: &mut Draft, rng: &mut Rng) {
    let (m, p) = a_position(draft, rng);
    let liability = draft.fields.accounts[m].state == Fr::from(2);
    let asset = rng.below(draft.used);
    // Mostly of the kind that the account is not.
    let side = usize::from(liability != (rng.below(3) > 0));
    const SHIFTS: [u64; 6] = [120, 112, 128, 136, 8, 0];
    let unit = two_pow(rng.pick(&SHIFTS)) * Fr::from(1 + rng.next() % 2);
    let mut offset = rng.pick(&[Fr::ZERO, Fr::ZERO, unit, -unit]);
    if liability != (side == 1) && !rng.one_in(3) {
        // What may make up for the other kind.
        offset = if liability {
            -two_pow(120)
        } else {
            two_pow(120)
        };
    }
    let honest = Fr::from_u128(honest::amount(draft, rng, asset, side == 1));
    let amount = match rng.below(8) {
        0 => rng.edge(),
        1 | 2 => {
            // Beyond the range of amounts, at a price at which its value is in range.
            draft.fields.prices[asset] = Fr::ONE;
            two_pow(112) * Fr::from(1 + rng.next() % 3) + rng.small()
        }
        3 => -honest,
        _ => honest,
    };
    let before = draft.position(m, p).entry;
    draft.aim(m, p, asset, side, offset, amount);
    if rng.one_in(4) {
        draft.position(m, p).counts = Fr::from(rng.next() % 4);
    }
    draft.notes.push(format!(
        "account {m} position {p} counts for side {side} of asset {asset}, its id off by {offset:?}"
    ));
    if rng.one_in(8) {
        // The entry that was there, whatever it says.
        draft.follow();
        draft.position(m, p).entry = before;
        draft.read_as(m, p, amount, true);
        draft.notes.push("by the entry that was there".into());
    }
}

/// The same entry cut into another id and amount.
fn read_differently(draft: &mut Draft, rng: &mut Rng) {
    let (m, p) = a_position(draft, rng);
    let amount = match rng.below(4) {
        0 => rng.edge(),
        1 => Fr::from_u128(rng.bits(112)),
        _ => Fr::ZERO,
    };
    let still = rng.one_in(3);
    draft.read_as(m, p, amount, still);
    if draft.position(m, p).counts == Fr::ZERO && rng.one_in(2) {
        draft.position(m, p).counts = draft.fields.accounts[m].state;
    }
    draft.notes.push(format!(
        "account {m} position {p}: its entry cut differently, amount {amount:?}, counted still: {still}"
    ));
}

/// States of headers and blocks.
fn states(draft: &mut Draft, rng: &mut Rng) {
    let m = rng.below(draft.fields.accounts.len());
    let other = match rng.below(6) {
        0 => rng.edge(),
        _ => Fr::from(rng.next() % 4),
    };
    let account = &mut draft.fields.accounts[m];
    let b = rng.below(account.blocks.len());
    match rng.below(4) {
        0 => {
            account.state = other;
            draft
                .notes
                .push(format!("account {m}: state {other:?} of the header alone"));
        }
        1 => {
            account.blocks[b].state = other;
            for position in &mut account.blocks[b].positions {
                if rng.one_in(2) && position.counts != Fr::ZERO {
                    position.counts = other;
                }
            }
            draft
                .notes
                .push(format!("account {m} block {b}: state {other:?}"));
        }
        2 => {
            // Blocks of another kind than the header, and what they hold with them.
            for block in &mut account.blocks {
                block.state = other;
                for position in &mut block.positions {
                    if position.counts != Fr::ZERO {
                        position.counts = other;
                    }
                }
            }
            draft
                .notes
                .push(format!("account {m}: all blocks in state {other:?}"));
            if rng.one_in(2) {
                let honest = Fr::from(1 + rng.next() % 2);
                draft.fields.accounts[m].state = honest;
                draft.notes.push(format!("its header in state {honest:?}"));
            }
        }
        _ => {
            let state = account.blocks[b].state;
            for position in &mut account.blocks[b].positions {
                position.counts = if rng.one_in(2) { other } else { state };
            }
            draft.notes.push(format!(
                "account {m} block {b}: its positions count as {other:?}"
            ));
        }
    }
}

/// Accounts of which the circuit sees a part only, and public values that are lied about.
fn chain(draft: &mut Draft, target: &Target, rng: &mut Rng) {
    let layout = &target.layout;
    let m = rng.below(draft.fields.accounts.len());
    let (first, blocks) = (layout.account(m), layout.shape.blocks());
    draft.follow();
    match rng.below(4) {
        0 | 1 => {
            // Blocks in front that are left out.
            let header = draft.header(draft.fields.accounts[m].state, rng.field());
            let entries = [rng.edge(), listed(draft, rng), listed(draft, rng)];
            let block = [poseidon::hash(header), entries[0], entries[1], entries[2]];
            draft.hidden.extend([header, block]);
            draft
                .lies
                .push((target.chain(first + 1), poseidon::hash(block)));
            draft
                .notes
                .push(format!("account {m} begins after a block that is left out"));
        }
        2 => {
            let block = [
                draft.chain(m, None),
                listed(draft, rng),
                Fr::ZERO,
                rng.edge(),
            ];
            draft.hidden.push(block);
            draft
                .lies
                .push((target.chain(first + 1 + blocks), poseidon::hash(block)));
            draft
                .notes
                .push(format!("account {m} ends before a block that is left out"));
        }
        _ => {
            let row = if rng.one_in(2) {
                6
            } else {
                rng.below(layout.shape.public_inputs())
            };
            let value = match row {
                6 => Fr::from(rng.next() % (1 << layout.shape.accounts())),
                _ => rng.edge(),
            };
            draft.lies.push((target.public(row), value));
            draft.notes.push(format!("public input {row} is {value:?}"));
        }
    }
}

fn listed(draft: &Draft, rng: &mut Rng) -> Fr {
    draft.fields.assets[rng.below(draft.used)].id * two_pow(128) + Fr::from(1 + rng.next() % 1000)
}

/// A field of a packed word.
#[derive(Clone, Copy, Debug)]
pub enum Slot {
    Id(usize),
    Share(usize),
    Group(usize, usize),
    Netting(usize),
    Multiplier(usize, usize),
    Width(usize, usize),
    Weight(usize, usize),
    Ratio(usize),
    Least(usize),
    Most(usize),
}

impl Slot {
    pub fn of(self, f: &mut Fields<Fr>) -> &mut Fr {
        match self {
            Self::Id(a) => &mut f.assets[a].id,
            Self::Share(a) => &mut f.assets[a].share,
            Self::Group(a, g) => &mut f.assets[a].groups[g],
            Self::Netting(a) => &mut f.assets[a].netting,
            Self::Multiplier(a, j) => &mut f.assets[a].multipliers[j],
            Self::Width(a, t) => &mut f.assets[a].widths[t],
            Self::Weight(a, t) => &mut f.assets[a].weights[t],
            Self::Ratio(j) => &mut f.ratios[j],
            Self::Least(g) => &mut f.shares[g].0,
            Self::Most(g) => &mut f.shares[g].1,
        }
    }
}

/// The fields of a word with their places, lowest first.
fn a_word(draft: &Draft, rng: &mut Rng) -> Vec<(Slot, u64)> {
    let a = rng.below(draft.used);
    let scenarios = draft.fields.ratios.len();
    let moves = |from: usize, shift: u64| {
        let js = (from..scenarios.min(from + 5)).zip(0u64..);
        js.map(move |(j, i)| (Slot::Multiplier(a, j), shift + 16 * i))
    };
    match rng.below(16) {
        0..5 => {
            let mut word = vec![(Slot::Id(a), 0), (Slot::Share(a), 120)];
            word.push((Slot::Group(a, 0), 136));
            word.push((Slot::Group(a, GROUPS - 1), 150));
            word.push((Slot::Netting(a), 152));
            word.extend(moves(0, 160));
            word
        }
        5..9 => (0..GROUPS)
            .zip(136..)
            .map(|(g, shift)| (Slot::Group(a, g), shift))
            .collect(),
        9..12 => {
            let mut word = vec![(Slot::Width(a, 0), 0), (Slot::Weight(a, 0), 64)];
            word.extend([(Slot::Width(a, 1), 80), (Slot::Weight(a, 1), 144)]);
            word.extend(moves(5, 160));
            word
        }
        12 | 13 => {
            let mut word = vec![(Slot::Width(a, 2), 0), (Slot::Weight(a, 2), 64)];
            word.push((Slot::Weight(a, 3), 80));
            word.extend(moves(10, 96));
            word
        }
        14 if scenarios > 0 => (0..scenarios)
            .zip(0u64..)
            .map(|(j, i)| (Slot::Ratio(j), 16 * i))
            .collect(),
        _ => match rng.next() & 1 {
            0 => (0..GROUPS)
                .zip(0u64..)
                .map(|(g, i)| (Slot::Least(g), 16 * i))
                .collect(),
            _ => (0..GROUPS)
                .zip(0u64..)
                .map(|(g, i)| (Slot::Most(g), 16 * i))
                .collect(),
        },
    }
}

fn a_slot(draft: &Draft, rng: &mut Rng) -> Slot {
    let word = a_word(draft, rng);
    rng.pick(&word).0
}

/// A word that stays as it is while what one field loses another gains: whole units of the
/// upper one, or units of the lower one and a fraction modulo r.
fn words(draft: &mut Draft, rng: &mut Rng) {
    let word = a_word(draft, rng);
    // A mask's bits are moved where a cap is in the way.
    let capped = word.iter().position(|(slot, _)| match slot {
        Slot::Group(a, g) => {
            draft.fields.assets[*a].groups[*g] != Fr::ZERO
                && draft.fields.shares[*g].1 != Fr::from(10_000)
        }
        _ => false,
    });
    if rng.one_in(2) {
        return beyond(draft, rng);
    }
    let low = match capped {
        Some(at) if at > 0 && word.len() == GROUPS => at - 1,
        _ if rng.one_in(4) => 0,
        _ => rng.below(word.len()),
    };
    let high = match rng.below(6) {
        0 => rng.below(word.len()),
        _ => (low + 1) % word.len(),
    };
    if low == high {
        return;
    }
    let (low, high) = if word[low].1 < word[high].1 {
        (low, high)
    } else {
        (high, low)
    };
    let ((low, from), (high, to)) = (word[low], word[high]);
    let unit = two_pow(to - from);
    let step = match rng.below(8) {
        0 => rng.edge(),
        1 => rng.small(),
        2 | 3 => -Fr::ONE,
        _ => Fr::ONE,
    };
    let (gain, loss) = match rng.below(4) {
        0 => (step, step * unit.invert().unwrap()),
        _ => (step * unit, step),
    };
    *low.of(&mut draft.fields) += gain;
    *high.of(&mut draft.fields) -= loss;
    draft
        .notes
        .push(format!("{low:?} gains {gain:?}, {high:?} makes up for it"));
}

/// A field beyond its range by a unit of its upper neighbour: the last id, a tier's width, or
/// a bit of a mask in the place of the next one, where that is in a group with a cap.
fn beyond(draft: &mut Draft, rng: &mut Rng) {
    let (a, t) = (rng.below(draft.used), rng.below(2));
    let shares = draft.fields.shares;
    let capped = (1..GROUPS).find(|g| {
        draft.fields.assets[a].groups[*g] != Fr::ZERO && shares[*g].1 != Fr::from(10_000)
    });
    let (low, high, bits) = match (rng.below(3), capped) {
        (0, _) => (Slot::Id(draft.used - 1), Slot::Share(draft.used - 1), 120),
        (1, Some(g)) => (Slot::Group(a, g - 1), Slot::Group(a, g), 1),
        _ => (Slot::Width(a, t), Slot::Weight(a, t), 64),
    };
    *low.of(&mut draft.fields) += two_pow(bits);
    *high.of(&mut draft.fields) -= Fr::ONE;
    draft
        .notes
        .push(format!("{low:?} takes a unit of {high:?}"));
}

/// Totals, values and countings that are not what follows.
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
