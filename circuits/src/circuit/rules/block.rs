//! Blocks of accounts (S1, S2) and of the policy (S8), in the slots of `b`: slot 0 to 15 are what
//! a permutation absorbs, slot 16 is what it puts out.
//!
//! An account's first block absorbs tag, subject, time and blinding in slots 0 to 3 and twelve
//! entries; the others absorb the chain value in slot 0 and fifteen entries. `a` of a header's
//! slots 1 to 3 are the bit of a liability, whether every position counts, and whether the policy
//! is complete. `a` of slot 16 says whether a block is active.
//!
//! # Soundness
//! Nothing is known of an entry or a blinding (H29). A block is active only if the one before it
//! is (H24), the chain value after an account's blocks is that of the last active one (H28), and
//! only what an active block's positions add to the register reaches the totals (H25): the
//! entries of a block that is not active are those of no account. A position counts or does not;
//! it has to where every position must (H30, H31). One that counts adds its amount and 1 at the
//! pole of what its entry has above 128 bits (H32), which must be the id of an asset (H33), or 0:
//! an empty position.

use super::{Equation, Gate, Switch, Switching, defines};
use crate::account::Kind;
use crate::circuit::cells::{At, NamedCell, Row, Track, cell};
use crate::circuit::columns::RowRule::{Block, Header, Must, Position, Word};
use crate::circuit::view::constant;
use crate::field::{Fr, two_pow};
use ff::Field;

const fn before(name: &'static str, track: Track) -> NamedCell {
    NamedCell {
        name,
        track,
        at: At::BlockBefore,
    }
}

const TAG: NamedCell = cell("tag", Track::B, 0);
const LIABILITY: NamedCell = cell("bit of a liability", Track::A, 1);
const HEADER: Switch = Switch::Rules(&[Header]);

/// S1. The tag of an account says the kind that the public input says.
pub const ACCOUNT_HEADER: Gate = Gate {
    name: "header of an account",
    switching: Switching::Together,
    equations: &[
        Equation::new("a_next is a bit", HEADER, &[LIABILITY], |v| {
            let bit = v.cell(LIABILITY);
            bit.clone() * (bit - constant(Fr::ONE))
        }),
        Equation::new("b = tag of the kind", HEADER, &[TAG, LIABILITY], |v| {
            let (collateral, liability) = (Kind::Collateral.tag(), Kind::Liability.tag());
            let kind = v.cell(LIABILITY) * (liability - collateral);
            v.cell(TAG) - (constant(collateral) + kind)
        }),
    ],
};

const OWED: NamedCell = cell("bit of a liability", Track::A, -1);
const MUST: NamedCell = cell("whether every position counts", Track::A, 0);
const COMPLETE: NamedCell = cell("whether the policy is complete", Track::A, 1);

/// S1. A liability, or any account under a complete policy: every position counts.
pub const EVERY_POSITION: Gate = Gate {
    name: "every position counts",
    switching: Switching::Together,
    equations: &[Equation::new(
        "a = a' + a_next - a' a_next",
        Switch::Rules(&[Must]),
        &[OWED, COMPLETE, MUST],
        |v| {
            let (owed, complete) = (v.cell(OWED), v.cell(COMPLETE));
            let either = owed.clone() + complete.clone() - owed * complete;
            v.cell(MUST) - either
        },
    )],
};

const ACTIVE: NamedCell = cell("whether the block is active", Track::A, 0);
const ACTIVE_BEFORE: NamedCell = before("whether the block before is active", Track::A);
const OUTPUT: NamedCell = cell("output of the permutation", Track::B, 0);
const CHAIN: NamedCell = cell("chain value", Track::Chain, 0);
const CHAIN_BEFORE: NamedCell = before("chain value before", Track::Chain);
const G: NamedCell = cell("register", Track::G, 0);
const G_POSITIONS: NamedCell = cell("register after the block's positions", Track::G, -1);
const G_BEFORE: NamedCell = before("register before the block", Track::G);
const ENDS: Switch = Switch::Rules(&[Block]);

/// `g - g_before - a (g' - g_before)`.
fn counted<R: Row>(row: &mut R) -> R::Term {
    let (before, positions) = (row.cell(G_BEFORE), row.cell(G_POSITIONS));
    let step = row.cell(ACTIVE) * (positions - before.clone());
    row.cell(G) - before - step
}

/// S1, S8. The end of a block.
pub const BLOCK: Gate = Gate {
    name: "a block ends",
    switching: Switching::Together,
    equations: &[
        Equation::new(
            "a = 0 or a of the block before",
            ENDS,
            &[ACTIVE, ACTIVE_BEFORE],
            |v| {
                let active = v.cell(ACTIVE);
                active.clone() * (active - v.cell(ACTIVE_BEFORE))
            },
        ),
        Equation::new(
            "chain = active ? output : chain before",
            ENDS,
            &[ACTIVE, OUTPUT, CHAIN, CHAIN_BEFORE],
            |v| {
                let before = v.cell(CHAIN_BEFORE);
                let step = v.cell(ACTIVE) * (v.cell(OUTPUT) - before.clone());
                v.cell(CHAIN) - before - step
            },
        ),
        defines!(
            "g = active ? g' : g before",
            ENDS,
            &[ACTIVE, G_POSITIONS, G_BEFORE, G],
            counted
        ),
    ],
};

const USED: NamedCell = cell("used", Track::A, 0);
const USED_BEFORE: NamedCell = cell("used, of the word before", Track::A, -1);
const WORD: NamedCell = cell("word", Track::B, 0);
const WORDS: Switch = Switch::Rules(&[Word]);

/// S8. The words of assets: used ones first, then words of 0.
pub const ASSET_WORD: Gate = Gate {
    name: "a word of an asset",
    switching: Switching::Together,
    equations: &[
        Equation::new("a = 0 or a'", WORDS, &[USED, USED_BEFORE], |v| {
            let used = v.cell(USED);
            used.clone() * (used - v.cell(USED_BEFORE))
        }),
        Equation::new("unused: b = 0", WORDS, &[USED, WORD], |v| {
            (constant(Fr::ONE) - v.cell(USED)) * v.cell(WORD)
        }),
    ],
};

const AMOUNT: NamedCell = cell("amount", Track::A, 0);
const ENTRY: NamedCell = cell("entry", Track::B, 0);
const COUNTS: NamedCell = cell("1 if it counts, 0 if not", Track::C, 0);
const EVERY: NamedCell = cell("whether every position counts", Track::Operand, 0);
const G_ABOVE: NamedCell = cell("register above", Track::G, -1);
const POSITIONED: Switch = Switch::Rules(&[Position]);

/// `(g - g') (gamma + id) - c (amount + delta)`, with `entry = id 2^128 + amount`.
fn position<R: Row>(row: &mut R) -> R::Term {
    let (amount, entry) = (row.cell(AMOUNT), row.cell(ENTRY));
    let unit = two_pow(128).invert().unwrap_or(Fr::ZERO);
    let id = (entry - amount.clone()) * unit;
    let step = row.cell(G) - row.cell(G_ABOVE);
    step * (row.gamma() + id) - row.cell(COUNTS) * (amount + row.delta())
}

/// S1, S2. A position.
pub const POSITION: Gate = Gate {
    name: "position",
    switching: Switching::Together,
    equations: &[
        Equation::new("c is a bit", POSITIONED, &[COUNTS], |v| {
            let counts = v.cell(COUNTS);
            counts.clone() * (counts - constant(Fr::ONE))
        }),
        Equation::new("every position: c = 1", POSITIONED, &[EVERY, COUNTS], |v| {
            v.cell(EVERY) * (constant(Fr::ONE) - v.cell(COUNTS))
        }),
        defines!(
            "(g - g') (gamma + id) = c (amount + delta)",
            POSITIONED,
            &[AMOUNT, ENTRY, COUNTS, G, G_ABOVE],
            position
        ),
    ],
};
