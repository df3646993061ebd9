//! Changes of accounts: what their positions count as, the states of their blocks, and where
//! their chains begin and end.

use crate::circuit::Target;
use crate::draft::Draft;
use crate::honest;
use crate::rng::{Rng, two_pow};
use covenant_circuits::field::Fr;
use covenant_circuits::poseidon;
use ff::{Field, PrimeField};

/// A position of an account in use, or any.
pub fn a_position(draft: &Draft, rng: &mut Rng) -> (usize, usize) {
    let m = rng.below(draft.fields.accounts.len());
    (m, rng.below(draft.shape.positions()))
}

/// A position counts for any side of any asset, by an id that is off by what a packing or a
/// kind may make up for, with any amount.
pub fn aim_elsewhere(draft: &mut Draft, rng: &mut Rng) {
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
pub fn read_differently(draft: &mut Draft, rng: &mut Rng) {
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
pub fn states(draft: &mut Draft, rng: &mut Rng) {
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
pub fn chain(draft: &mut Draft, target: &Target, rng: &mut Rng) {
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
