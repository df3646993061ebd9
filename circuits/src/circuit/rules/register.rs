//! The challenge register `g`, of the second phase: keyed sums of positions and assets (S2),
//! bits, pairs and sums over rho (S6 to S8). Each equation is written once, over whatever a
//! row is made of: the gate is it over expressions, the honest value solves it over elements.
//!
//! # Soundness
//! The challenges are drawn after everything that they join is committed (H10),
//! and no polynomial in them is 0 by chance (H11). Asset and kind are two separate values: the
//! id is the pole, and the kind a factor that is a challenge or 1, so that a wrong id cannot make
//! up for a wrong kind, whatever number the id is (H33). Ids are distinct (H34); the count of an
//! asset may be anything, since it is summed like the amounts (H38).

use super::{Equation, Gate, Switch, Switching, defines};
use crate::circuit::cells::{Algebra, E, NamedCell, Row, Track, cell, powers};
use crate::circuit::columns::{Challenges, RowRule};
use crate::circuit::layout::Layout;
use crate::field::Fr;
use ff::Field;

const G: NamedCell = cell("register", Track::G, 0);
const G_ABOVE: NamedCell = cell("register above", Track::G, -1);
const G_TWO_ABOVE: NamedCell = cell("register two rows above", Track::G, -2);
const G_BELOW: NamedCell = cell("register below", Track::G, 1);

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

const COUNT: NamedCell = cell("number of positions", Track::A, 0);
const ASSET_ID: NamedCell = cell("asset id", Track::B, 0);
const LISTED: NamedCell = cell("whether there is such an asset", Track::Operand, 0);
const ASSET_TOTAL: NamedCell = cell("total", Track::C, 0);
const KEYED: [RowRule; 2] = [RowRule::Key, RowRule::LiabilityKey];

/// `(g - g') (gamma + b) + (1 or kappa) operand (c + delta a)`, with its switch.
fn key<R: Row>(row: &mut R) -> R::Term {
    let (collateral, liability) = (row.on(&[RowRule::Key]), row.on(&[RowRule::LiabilityKey]));
    let on = collateral.clone() + liability.clone();
    let weight = row.cell(ASSET_TOTAL) + row.delta() * row.cell(COUNT);
    let weight = row.cell(LISTED) * weight;
    let step = row.cell(G) - row.cell(G_ABOVE);
    let pole = row.gamma() + row.cell(ASSET_ID);
    on * step * pole + (collateral + liability * row.kappa()) * weight
}

/// S2. What the positions added to the register, the assets take away.
pub const KEY: Gate = Gate {
    name: "key of an asset",
    switching: Switching::Inside,
    equations: &[defines!(
        "(g - g') (gamma + b) = -(1 or kappa) operand (c + delta a)",
        Switch::Rules(&KEYED),
        &[COUNT, ASSET_ID, LISTED, ASSET_TOTAL, G, G_ABOVE],
        key
    )],
};

const OWED: NamedCell = cell("bit of a liability", Track::B, 0);

/// `g - g'' - g' (1 + (kappa - 1) b)`.
fn kind<R: Row>(row: &mut R) -> R::Term {
    let one = R::Term::number(1);
    let factor = one.clone() + (row.kappa() - one) * row.cell(OWED);
    row.cell(G) - row.cell(G_TWO_ABOVE) - row.cell(G_ABOVE) * factor
}

/// S1, S2. What an account's positions add to the totals of its kind.
pub const KIND: Gate = Gate {
    name: "kind of an account",
    switching: Switching::Together,
    equations: &[defines!(
        "g = g'' + g' (1 + (kappa - 1) b)",
        Switch::Rules(&[RowRule::Kind]),
        &[OWED, G, G_ABOVE, G_TWO_ABOVE],
        kind
    )],
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
        Switch::Rules(&[RowRule::Horner, RowRule::Floor]),
        &[G_ABOVE, NEW, G],
        horner
    )],
};

const FACTOR: NamedCell = cell("the factor of the register below", Track::A, 0);

fn dot<R: Row>(row: &mut R) -> R::Term {
    let value = row.cell(G_ABOVE) + row.cell(G_BELOW) * row.cell(FACTOR);
    row.cell(G) - value
}

/// S6, S7. The value above plus that below times a number.
pub const DOT: Gate = Gate {
    name: "g = g' + g_next a",
    switching: Switching::Together,
    equations: &[defines!(
        "g = g' + g_next a",
        Switch::Rules(&[RowRule::ZeroDot, RowRule::Counted]),
        &[G_ABOVE, G_BELOW, FACTOR, G],
        dot
    )],
};

/// A row's values, while the register is being made.
pub(in crate::circuit) struct RowValues<'a> {
    advice: &'a [Vec<Fr>],
    layout: &'a Layout,
    challenges: &'a Challenges,
    row: usize,
    rule: RowRule,
    /// The register in the other rows, as far as it is known.
    others: &'a [Fr],
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
            ("second", _) => row.map_or(Fr::ZERO, |row| self.others[row]),
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
        match rules.contains(&self.rule) {
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
    fn kappa(&mut self) -> Fr {
        self.challenges.kappa
    }
    fn layout(&self) -> Layout {
        *self.layout
    }
}

/// What defines the register at a row: an equation of its rule.
pub(in crate::circuit) fn defining(rule: RowRule) -> Option<fn(&mut RowValues<'_>) -> Fr> {
    let gates = super::BLOCKS
        .iter()
        .chain(&super::SETTLEMENT)
        .chain([&&BITS]);
    let equations = gates.flat_map(|gate| gate.equations);
    let mut of_rule = equations.filter(|equation| match equation.on {
        Switch::Rules(rules) => rules.contains(&rule),
        Switch::Form(_) => false,
    });
    of_rule.find_map(|equation| equation.defines_register)
}

/// The register's honest value at a row: the root of the equation that defines it, which is
/// linear in it; 0 where it has none, so that a gate fails.
pub(in crate::circuit) fn honest(
    equation: fn(&mut RowValues<'_>) -> Fr,
    (layout, advice): (&Layout, &[Vec<Fr>]),
    challenges: &Challenges,
    row: usize,
    rule: RowRule,
    others: &[Fr],
) -> Fr {
    let mut values = RowValues {
        advice,
        layout,
        challenges,
        row,
        rule,
        others,
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
