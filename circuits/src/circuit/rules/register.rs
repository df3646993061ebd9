//! The challenge register `g`, of the second phase: keyed sums of positions and assets (S2),
//! bits, pairs and sums over rho (S6 to S8). Each equation is written once, over whatever a
//! row is made of: the gate is it over expressions, the honest value solves it over elements.
//!
//! # Soundness
//! The challenges are drawn after everything that they join is committed (H10),
//! and no polynomial in them is 0 by chance (H11). Asset and kind are one pole of two separate
//! values: the kind's part is a challenge, so that a wrong id cannot make up for a wrong kind,
//! whatever number the id is (H33). Ids are distinct (H34); the count of an asset may be
//! anything, since it is summed like the amounts (H38).

use super::{Equation, Gate, Switch, Switching};
use crate::circuit::cells::{Algebra, E, NamedCell, Row, Track, active, cell, powers};
use crate::circuit::columns::{ArithmeticGate, Challenges, RowRule};
use crate::circuit::layout::Layout;
use crate::field::{Fr, two_pow};
use ff::Field;

const G: NamedCell = cell("register", Track::G, 0);
const G_ABOVE: NamedCell = cell("register above", Track::G, -1);
const G_TWO_ABOVE: NamedCell = cell("register two rows above", Track::G, -2);

/// An equation that defines the register, over both kinds of rows.
macro_rules! defines {
    ($name:expr, $on:expr, $cells:expr, $equation:ident) => {
        Equation {
            name: $name,
            on: $on,
            cells: $cells,
            term: |v| $equation(v),
            defines_register: Some(|v| $equation(v)),
        }
    };
}

const AMOUNT: NamedCell = cell("amount", Track::A, 0);
const ENTRY: NamedCell = cell("entry", Track::B, 0);
const ID: NamedCell = cell("asset id", Track::B, 1);
const COUNTS: NamedCell = cell(
    "how it counts: 0 not, 1 collateral, 2 liability",
    Track::C,
    0,
);
const STATE: NamedCell = cell("state of the block", Track::D, 0);

/// `(g - g'') (gamma + id + rho kind) - amount - delta`.
fn position<R: Row>(row: &mut R) -> R::Term {
    let (amount, id, counts) = (row.cell(AMOUNT), row.cell(ID), row.cell(COUNTS));
    let key = id + (counts.clone() - R::Term::number(1)) * row.rho();
    let weight = amount + row.delta() * active(counts);
    // The register skips a row, where two rows are a position; it is beside the first.
    let (g, before) = (row.cell(G), row.cell(G_TWO_ABOVE));
    (g - before) * (row.gamma() + key) - weight
}

/// `(c - 1) (c - 2)`: not 0 where a position is not counted.
fn not_counted(counts: E) -> E {
    (counts.clone() - E::number(1)) * (counts - E::number(2))
}

const POSITIONED: Switch = Switch::Form(ArithmeticGate::Position);

/// S2. A position: `a` = amount, `b` = entry, `c` = how it counts, `d` = the block's state
/// (H25); `b` of the row below = asset id. The entry may be any element (H29): only one that
/// counts is id and amount (H32).
pub const POSITION: Gate = Gate {
    name: "position",
    switching: Switching::Together,
    equations: &[
        Equation::new(
            "counts = 0 or the block's state",
            POSITIONED,
            &[COUNTS, STATE],
            |v| {
                let counts = v.cell(COUNTS);
                counts.clone() * (counts - v.cell(STATE))
            },
        ),
        Equation::new(
            "counted: entry = id * 2^128 + amount",
            POSITIONED,
            &[COUNTS, ENTRY, ID, AMOUNT],
            |v| v.cell(COUNTS) * (v.cell(ENTRY) - v.cell(ID) * two_pow(128) - v.cell(AMOUNT)),
        ),
        Equation::new("not counted: id = 0", POSITIONED, &[COUNTS, ID], |v| {
            not_counted(v.cell(COUNTS)) * v.cell(ID)
        }),
        Equation::new(
            "not counted: amount = 0",
            POSITIONED,
            &[COUNTS, AMOUNT],
            |v| not_counted(v.cell(COUNTS)) * v.cell(AMOUNT),
        ),
        Equation::new(
            // The first factor is not 0 where it is not counted, and 0 where it is a liability
            // that is.
            "not counted and not collateral: entry = 0",
            POSITIONED,
            &[COUNTS, STATE, ENTRY],
            |v| (v.cell(COUNTS) - E::number(2)) * (v.cell(STATE) - E::number(1)) * v.cell(ENTRY),
        ),
        defines!(
            "(g - g'') (gamma + id + rho kind) = amount + delta",
            POSITIONED,
            &[AMOUNT, ID, COUNTS, G, G_TWO_ABOVE],
            position
        ),
    ],
};

const BITS_NUMBER: NamedCell = cell("part of the mask", Track::A, 0);
const TOP: NamedCell = cell("less than 0 by the top bit", Track::B, 0);
const LIMBS: NamedCell = cell("bits", Track::Limbs, 0);

/// The limbs that hold bits.
fn bits<R: Row>(row: &mut R) -> Vec<R::Term> {
    let mut limbs = row.limbs();
    limbs.truncate(row.layout().bits_a_row());
    limbs
}

/// `g - rho^n g' - sum bit_i rho^i`.
fn bits_register<R: Row>(row: &mut R) -> R::Term {
    let (bits, rho) = (bits(row), row.rho());
    let sum = bits.iter().rev().fold(row.cell(G_ABOVE), |sum, bit| {
        sum * rho.clone() + bit.clone()
    });
    row.cell(G) - sum
}

/// S8. Bits of a group mask. How many there are, and limbs that are none, is the layout's:
/// those equations are added to these by the gates.
pub const BITS: Gate = Gate {
    name: "bits",
    switching: Switching::Together,
    equations: &[
        Equation::new(
            "a = bits",
            Switch::Rules(&[RowRule::Bits]),
            &[BITS_NUMBER, LIMBS],
            |v| {
                let value = powers(bits(v), Fr::from(2));
                v.cell(BITS_NUMBER) - value
            },
        ),
        // In the first of a mask's rows `b` is what the word has less than the bits: the used
        // flag (H53).
        Equation::new(
            "b = -2^(n - 1) times the top bit",
            Switch::Rules(&[RowRule::Bits]),
            &[TOP, LIMBS],
            |v| {
                let top = bits(v).pop().unwrap_or_else(|| E::number(0));
                let unit = v.layout().top_bit();
                v.cell(TOP) + top * unit
            },
        ),
        defines!(
            "g = bits over rho, after g'",
            Switch::Rules(&[RowRule::Bits]),
            &[LIMBS, G_ABOVE, G],
            bits_register
        ),
    ],
};

const USED: NamedCell = cell("used", Track::A, 0);
const ASSET_ID: NamedCell = cell("asset id", Track::B, 0);
const ASSET_TOTAL: NamedCell = cell("total", Track::C, 0);
const ASSET_COUNT: NamedCell = cell("number of positions", Track::D, 0);
const KEYED: [RowRule; 2] = [RowRule::Key, RowRule::LiabilityKey];

/// `(g - g') (gamma + b + rho kind) + a (c + delta d)`, with its switch.
fn key<R: Row>(row: &mut R) -> R::Term {
    let (collateral, liability) = (row.on(&[RowRule::Key]), row.on(&[RowRule::LiabilityKey]));
    let on = collateral + liability.clone();
    let (used, id) = (row.cell(USED), row.cell(ASSET_ID));
    let (total, count) = (row.cell(ASSET_TOTAL), row.cell(ASSET_COUNT));
    let step = row.cell(G) - row.cell(G_ABOVE);
    let weight = total + row.delta() * count;
    on * (step.clone() * (row.gamma() + id) + used * weight) + liability * row.rho() * step
}

/// `(1 - used) cell`, with its switch.
fn unused<R: Row>(row: &mut R, cell: NamedCell) -> R::Term {
    row.on(&KEYED) * (R::Term::number(1) - row.cell(USED)) * row.cell(cell)
}

/// S2. What the positions added to the register, the assets take away.
pub const KEY: Gate = Gate {
    name: "key of an asset",
    switching: Switching::Inside,
    equations: &[
        defines!(
            "(g - g') (gamma + b + rho kind) = -a (c + delta d)",
            Switch::Rules(&KEYED),
            &[USED, ASSET_ID, ASSET_TOTAL, ASSET_COUNT, G, G_ABOVE],
            key
        ),
        Equation::new(
            "unused: c = 0",
            Switch::Rules(&KEYED),
            &[USED, ASSET_TOTAL],
            |v| unused(v, ASSET_TOTAL),
        ),
        Equation::new(
            "unused: d = 0",
            Switch::Rules(&KEYED),
            &[USED, ASSET_COUNT],
            |v| unused(v, ASSET_COUNT),
        ),
    ],
};

const HIGH: NamedCell = cell("the earlier of the pair", Track::A, 0);
const LOW: NamedCell = cell("the later of the pair", Track::B, 0);

fn pair<R: Row>(row: &mut R) -> R::Term {
    let rho = row.rho();
    let value = (row.cell(G_ABOVE) * rho.clone() + row.cell(HIGH)) * rho + row.cell(LOW);
    row.cell(G) - value
}

/// S8, S7. Two numbers enter the register over rho.
pub const PAIR: Gate = Gate {
    name: "g = rho^2 g' + rho a + b",
    switching: Switching::Together,
    equations: &[defines!(
        "g = rho^2 g' + rho a + b",
        Switch::Rules(&[RowRule::Pair]),
        &[G_ABOVE, HIGH, LOW, G],
        pair
    )],
};

const NEW: NamedCell = cell("what enters", Track::C, 0);

fn horner<R: Row>(row: &mut R) -> R::Term {
    let value = row.rho() * row.cell(G_ABOVE) + row.cell(NEW);
    row.cell(G) - value
}

/// S6, S7. A number enters the register over rho.
pub const HORNER: Gate = Gate {
    name: "g = rho g' + c",
    switching: Switching::Together,
    equations: &[defines!(
        "g = rho g' + c",
        Switch::Rules(&[RowRule::Horner]),
        &[G_ABOVE, NEW, G],
        horner
    )],
};

const FACTOR: NamedCell = cell("the register's factor", Track::C, 0);

fn dot<R: Row>(row: &mut R) -> R::Term {
    let value = row.cell(G_ABOVE) + row.cell(G_TWO_ABOVE) * row.cell(FACTOR);
    row.cell(G) - value
}

/// S6, S7. The value above plus the one above that times a number.
pub const DOT: Gate = Gate {
    name: "g = g' + g'' c",
    switching: Switching::Together,
    equations: &[defines!(
        "g = g' + g'' c",
        Switch::Rules(&[RowRule::Dot, RowRule::CapDot]),
        &[G_ABOVE, G_TWO_ABOVE, FACTOR, G],
        dot
    )],
};

/// A row's values, while the register is being made.
pub(in crate::circuit) struct RowValues<'a> {
    advice: &'a [Vec<Fr>],
    layout: &'a Layout,
    challenges: &'a Challenges,
    row: usize,
    rule: Option<RowRule>,
    /// The register in the rows above.
    above: &'a [Fr],
    /// What it is taken to be in this one.
    own: Fr,
}

impl Row for RowValues<'_> {
    type Term = Fr;

    fn cell(&mut self, cell: NamedCell) -> Fr {
        let layout = self.layout();
        let (kind, column, rotation) = cell.query(&layout);
        let row = self.row.checked_add_signed(rotation as isize);
        match (kind, rotation) {
            ("second", 0) => self.own,
            ("second", _) => row.map_or(Fr::ZERO, |row| self.above[row]),
            _ => row
                .and_then(|row| self.advice[column].get(row).copied())
                .unwrap_or_default(),
        }
    }
    fn limbs(&mut self) -> Vec<Fr> {
        let layout = self.layout();
        (0..layout.limbs)
            .map(|limb| self.advice[layout.first_limb() + limb][self.row])
            .collect()
    }
    fn on(&mut self, rules: &[RowRule]) -> Fr {
        match self.rule.is_some_and(|rule| rules.contains(&rule)) {
            true => Fr::ONE,
            false => Fr::ZERO,
        }
    }
    fn rho(&mut self) -> Fr {
        self.challenges.rho
    }
    fn gamma(&mut self) -> Fr {
        self.challenges.gamma
    }
    fn delta(&mut self) -> Fr {
        self.challenges.delta
    }
    fn layout(&self) -> Layout {
        *self.layout
    }
}

/// What defines the register at a row: the equation of its rule, or of a position.
pub(in crate::circuit) fn defining(rule: Option<RowRule>) -> Option<fn(&mut RowValues<'_>) -> Fr> {
    let gates = [&POSITION, &BITS, &KEY, &PAIR, &HORNER, &DOT];
    let equations = gates.into_iter().flat_map(|gate| gate.equations);
    let mut defining = equations.filter(|equation| match (equation.on, rule) {
        (Switch::Rules(rules), Some(rule)) => rules.contains(&rule),
        (Switch::Form(_), None) => true,
        _ => false,
    });
    defining.find_map(|equation| equation.defines_register)
}

/// The register's honest value at a row: the root of the equation that defines it, which is
/// linear in it; 0 where it has none, so that a gate fails.
pub(in crate::circuit) fn honest(
    equation: fn(&mut RowValues<'_>) -> Fr,
    (layout, advice): (&Layout, &[Vec<Fr>]),
    challenges: &Challenges,
    row: usize,
    rule: Option<RowRule>,
    above: &[Fr],
) -> Fr {
    let mut values = RowValues {
        advice,
        layout,
        challenges,
        row,
        rule,
        above,
        own: Fr::ZERO,
    };
    let at_zero = equation(&mut values);
    values.own = Fr::ONE;
    let slope = equation(&mut values) - at_zero;
    if slope == Fr::ONE {
        return -at_zero;
    }
    -at_zero * slope.invert().unwrap_or(Fr::ZERO)
}
