//! Changes of accounts: what their positions count as, which of their blocks are used, when they
//! were taken, and where their chains begin and end.

use crate::circuit::Target;
use crate::draft::{Draft, kind_tag};
use crate::honest;
use crate::rng::{Rng, two_pow};
use covenant_circuits::field::Fr;
use covenant_circuits::poseidon;
use ff::{Field, PrimeField};

/// Row of the public kinds.
const KINDS: usize = 7;

/// A position of an account, used or not.
pub fn a_position(draft: &Draft, rng: &mut Rng) -> (usize, usize) {
    let m = rng.below(draft.fields.accounts.len());
    (m, rng.below(draft.shape.positions()))
}

/// A position counts for any side of any asset, by an id that is off by what a packing or a
/// kind may make up for, with any amount.
pub fn aim_elsewhere(draft: &mut Draft, rng: &mut Rng) {
    let (m, p) = a_position(draft, rng);
    let liability = draft.is_liability(m);
    let asset = rng.below(draft.used);
    // Half of them of the kind that the account is not.
    let side = usize::from(liability != rng.one_in(2));
    const SHIFTS: [u64; 6] = [120, 112, 128, 136, 8, 0];
    let unit = two_pow(rng.pick(&SHIFTS)) * Fr::from(1 + rng.next() % 2);
    let offset = rng.pick(&[Fr::ZERO, Fr::ZERO, unit, -unit]);
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
    draft.note(format!(
        "account {m} position {p} counts for side {side} of asset {asset}, its id off by {offset:?}"
    ));
    if rng.one_in(8) {
        // The entry that was there, whatever it says.
        draft.position(m, p).entry = before;
        draft.read_as(m, p, amount, true);
        draft.position(m, p).entry = before;
        draft.note("by the entry that was there");
    }
}

/// The same entry cut into another id and amount.
pub fn read_differently(draft: &mut Draft, rng: &mut Rng) {
    let (m, p) = a_position(draft, rng);
    let amount = match rng.below(4) {
        0 => rng.edge(),
        1 => Fr::from_u128(rng.bits(112)),
        _ => Fr::ZERO,
    };
    let still = rng.one_in(3);
    draft.read_as(m, p, amount, still);
    if rng.one_in(2) {
        draft.position(m, p).counts = Fr::ONE;
    }
    draft.note(format!(
        "account {m} position {p}: its entry cut differently, amount {amount:?}, counted still: {still}"
    ));
}

/// Kinds, used blocks, and whether positions count.
pub fn flags(draft: &mut Draft, rng: &mut Rng) {
    let m = rng.below(draft.fields.accounts.len());
    let other = match rng.below(6) {
        0 => rng.edge(),
        _ => Fr::from(rng.next() % 3),
    };
    let account = &mut draft.fields.accounts[m];
    let b = rng.below(account.blocks.len());
    match rng.below(5) {
        0 => {
            account.liability = other;
            draft.note(format!("account {m}: {other:?} is its kind"));
            if rng.one_in(2) {
                draft.oblige();
            }
        }
        1 => {
            account.every = other;
            draft.note(format!(
                "account {m}: {other:?} says whether every position counts"
            ));
        }
        2 => {
            account.blocks[b].active = other;
            draft.note(format!(
                "account {m} block {b}: {other:?} says whether it is used"
            ));
        }
        3 => {
            account
                .blocks
                .iter_mut()
                .for_each(|block| block.active = other);
            draft.note(format!(
                "account {m}: {other:?} says whether its blocks are used"
            ));
        }
        _ => {
            let positions = account.blocks[b].positions.len();
            let from = if b == 0 { 0 } else { 12 + 15 * (b - 1) };
            for p in from..from + positions {
                if rng.one_in(2) {
                    let position = draft.position(m, p);
                    let amount = position.amount;
                    draft.read_as(m, p, amount, true);
                    draft.position(m, p).counts = other;
                }
            }
            draft.note(format!(
                "account {m} block {b}: its positions count as {other:?}"
            ));
        }
    }
}

/// When an account was taken, or the window.
pub fn window(draft: &mut Draft, rng: &mut Rng) {
    let m = rng.below(draft.fields.accounts.len());
    let [from, to] = draft.fields.window;
    let at = match rng.below(6) {
        0 => from - Fr::ONE,
        1 => to + Fr::ONE,
        2 => from - Fr::from(rng.next() >> 1),
        3 => to + Fr::from(rng.next() >> 1),
        4 => rng.edge(),
        _ => from + two_pow(64) * Fr::from(rng.next() % 4),
    };
    match rng.below(4) {
        0 => draft.fields.window[rng.below(2)] = at,
        _ => draft.fields.accounts[m].as_of = at,
    }
    draft.note(format!(
        "account {m} or the window is of another time: {at:?}"
    ));
}

/// Accounts of which the circuit sees a part only, permutations that hash something else, and
/// public values that are lied about.
pub fn chain(draft: &mut Draft, target: &Target<'_>, rng: &mut Rng) {
    let layout = &target.layout;
    let m = rng.below(draft.fields.accounts.len());
    let b = rng.below(layout.claim().unwrap().blocks());
    draft.follow();
    let hidden = [
        (0, rng.edge()),
        (1, listed(draft, rng)),
        (2, listed(draft, rng)),
    ];
    match rng.below(5) {
        0 => {
            // A block that is left out.
            let mut inputs = [Fr::ZERO; 16];
            inputs[0] = draft.chain(m, b);
            hidden
                .iter()
                .for_each(|(at, entry)| inputs[1 + at] = *entry);
            draft.hidden.push(inputs);
            draft
                .lies
                .push((target.chain(m, b), poseidon::hash(inputs)));
            draft.note(format!("account {m} leaves a block out after block {b}"));
        }
        1 => {
            let inputs = draft.other_entries(m, b, &hidden);
            draft.tricks.swaps.push((layout.account(m, b), inputs));
            draft.note(format!("account {m} block {b} hashes other entries"));
        }
        2 => {
            let permutation = rng.below(layout.room());
            draft.tricks.twists.push((permutation, rng.edge()));
            draft.note(format!("permutation {permutation} puts out something else"));
        }
        3 => {
            let liability = Fr::from(rng.next() & 1);
            draft.lies.push((target.tag(m), kind_tag(liability)));
            draft.note(format!("account {m} is hashed as of kind {liability:?}"));
        }
        _ => {
            let row = if rng.one_in(2) {
                KINDS
            } else {
                rng.below(layout.claim().unwrap().public_inputs())
            };
            let value = match row {
                KINDS => Fr::from(rng.next() % (1 << layout.claim().unwrap().accounts())),
                _ => rng.edge(),
            };
            draft.lies.push((target.public(row), value));
            draft.note(format!("public input {row} is {value:?}"));
        }
    }
}

fn listed(draft: &Draft, rng: &mut Rng) -> Fr {
    draft.fields.assets[rng.below(draft.used)].id * two_pow(128) + Fr::from(1 + rng.next() % 1000)
}
