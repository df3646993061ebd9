//! Bugs planted into captured constraints, each of the family of the first forgery: a value
//! that the adversary chooses and that nothing bounds. Whatever claims to look for such bugs
//! must find every one of them.

use covenant_circuits::circuit::columns::{ArithmeticGate, Range, RowRule, advice, fixed};
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::lint::emitted::Emitted;
use covenant_circuits::lint::{Captured, Constraint, LintError, Place};
use covenant_claims::field::{Fr, two_pow};
use covenant_claims::numbers::{ASSET_ID_BITS, VALUE_DIVISOR};
use ff::{Field, PrimeField};
use halo2_proofs::plonk::Expression;

/// Index of a challenge, as the circuit draws them.
const RHO: usize = 0;
const DELTA: usize = 3;

macro_rules! bugs {
    ($($name:ident: $words:literal,)+) => {
        /// A planted bug.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Bug { $(#[doc = $words] $name,)+ }
        impl Bug {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
            /// What is wrong, in a line.
            pub fn description(self) -> &'static str {
                match self { $(Self::$name => $words,)+ }
            }
        }
    };
}
bugs!(
    KindKey: "the kind's part of a key is 2^120, so that a wrong id makes up for a wrong kind",
    AmountRange: "the top of an amount is in no range: an entry's lower half is unbounded",
    PolicyIdRange: "the top of a policy's asset id is in no range: it may reach into the share",
    PublicKind: "nothing ties an account's public kind to its header",
    BlockKind: "a block of positions may be of another kind than its header",
    ChainBegins: "the chain of an account may begin anywhere: it can be cut in front",
    ChainHolds: "the chain after a block may be any value: an account can be cut at its end",
    HiddenLiability: "an entry of a liability need not be counted",
    MaskBit: "a bit of a group mask may be any number and leak into its neighbour",
    UsedBit: "bit 15 of a mask need not be the used flag: the word may have a bit that no field has",
    WordField: "the top of a tier's width is in no range: a policy word has two decodings",
    Remainder: "the remainder of S4 may be negative: a value may be more than what is held",
    ZeroPrice: "the price of an asset may be 0",
    Count: "how many positions make up a total is not bound",
    NettedTwice: "what is netted does not lessen the collateral: more may be netted than there is",
);

impl Bug {
    /// Edits what was captured of a circuit, and its constraints. Nothing happens where the
    /// circuit has no such part.
    pub fn plant(self, constraints: &mut Vec<Constraint>, captured: &mut Captured) {
        let mut edit = Edit(captured);
        match self {
            Self::KindKey => {
                replace_in_keys(constraints, RHO, two_pow(ASSET_ID_BITS));
            }
            Self::Count => {
                replace_in_keys(constraints, DELTA, Fr::ZERO);
            }
            Self::PublicKind => {
                constraints.retain(|c| c.name != "a of row 1 = 1 if a liability, else 0");
            }
            Self::BlockKind => {
                constraints.retain(|c| c.name != "d = 0 or d of the block before");
            }
            Self::ChainBegins => {
                constraints.retain(|c| c.name != "a of the next block = active ? output : 0");
            }
            Self::ChainHolds => constraints
                .retain(|c| c.name != "a of the next block = active ? output : a of row 0"),
            Self::HiddenLiability => {
                constraints.retain(|c| c.name != "not counted and not collateral: entry = 0");
            }
            Self::MaskBit => constraints.retain(|c| c.name != "bit"),
            Self::UsedBit => {
                constraints.retain(|c| c.name != "b = -2^(n - 1) times the top bit");
            }
            Self::AmountRange => edit.clear_ranges(Range::Amount),
            Self::PolicyIdRange => edit.clear_ranges(Range::AssetId),
            Self::WordField => {
                edit.set_rules(RowRule::WidthRange, None);
                edit.set_rules(RowRule::WidthExport, Some(RowRule::Export));
            }
            Self::Remainder => edit.free_remainders(),
            Self::ZeroPrice => edit.free_prices(),
            Self::NettedTwice => edit.keep_netted(),
        }
    }
}

/// What key generation would see of a layout's circuit with a bug.
///
/// # Errors
/// halo2 could not synthesize the circuit.
pub fn emitted(layout: Layout, bug: Bug) -> Result<Emitted, LintError> {
    let mut emitted = Emitted::of(layout)?;
    bug.plant(&mut emitted.constraints, &mut emitted.captured);
    Ok(emitted)
}

/// Puts a constant in the place of a challenge in the gates of the keyed sums.
fn replace_in_keys(constraints: &mut [Constraint], challenge: usize, by: Fr) {
    for constraint in constraints {
        if constraint.gate == "position" || constraint.gate == "key of an asset" {
            constraint.poly = replaced(&constraint.poly, challenge, by);
        }
    }
}

fn replaced(e: &Expression<Fr>, challenge: usize, by: Fr) -> Expression<Fr> {
    let inner = |e: &Expression<Fr>| Box::new(replaced(e, challenge, by));
    match e {
        Expression::Challenge(c) if c.index() == challenge => Expression::Constant(by),
        Expression::Negated(e) => Expression::Negated(inner(e)),
        Expression::Sum(a, b) => Expression::Sum(inner(a), inner(b)),
        Expression::Product(a, b) => Expression::Product(inner(a), inner(b)),
        Expression::Scaled(e, factor) => Expression::Scaled(inner(e), *factor),
        other => other.clone(),
    }
}

// Columns of the constraint system have the builder's numbers, because the circuit makes them
// first and in this order.
struct Edit<'a>(&'a mut Captured);

impl Edit<'_> {
    fn has_rule(&self, row: usize, rule: RowRule) -> bool {
        let values = rule.values().into_iter().enumerate();
        let mut values = values.map(|(i, value)| self.0.fixed[fixed::RULE + i][row] == value);
        values.all(|same| same)
    }

    fn set_rule(&mut self, row: usize, rule: Option<RowRule>) {
        let values = rule.map_or([Fr::ZERO; 3], RowRule::values);
        for (i, value) in values.into_iter().enumerate() {
            self.0.fixed[fixed::RULE + i][row] = value;
        }
    }

    fn set_rules(&mut self, from: RowRule, to: Option<RowRule>) {
        for row in 0..self.0.rows {
            if self.has_rule(row, from) {
                self.set_rule(row, to);
            }
        }
    }

    fn clear_ranges(&mut self, range: Range) {
        for cell in &mut self.0.fixed[fixed::RANGE] {
            if *cell == range.value() {
                *cell = Fr::ZERO;
            }
        }
    }

    /// The rows that show that a remainder is below 10^30 copy it from its own, whose limbs
    /// say nothing any more.
    fn free_remainders(&mut self) {
        let most = Fr::from_u128(VALUE_DIVISOR - 1);
        let shown = (0..self.0.rows).filter(|row| {
            self.has_rule(*row, RowRule::Sum) && self.0.fixed[fixed::KA][*row] == most
        });
        let shown: Vec<Place> = shown.map(|row| Place::Advice(advice::B, row)).collect();
        for (from, to) in &self.0.copies {
            if let Place::Advice(advice::A, row) = from
                && shown.contains(to)
            {
                self.0.fixed[fixed::RANGE][*row] = Fr::ZERO;
            }
        }
    }

    /// `price * inverse`, less `used * inverse`, and what makes it 1.
    fn free_prices(&mut self) {
        let product = |form: Fr, kc: Fr, ka: Fr, row: usize| {
            [fixed::FORM, fixed::KC, fixed::KA].map(|column| self.0.fixed[column][row])
                == [form, kc, ka]
        };
        let form = ArithmeticGate::Product.value();
        let found: Vec<usize> = (0..self.0.rows - 2)
            .filter(|row| {
                product(form, Fr::ZERO, Fr::ONE, *row)
                    && product(form, Fr::ONE, -Fr::ONE, *row + 1)
                    && self.has_rule(*row + 2, RowRule::Zero)
            })
            .collect();
        for row in found {
            self.set_rule(row + 2, None);
        }
    }

    /// The row before a key of collateral adds what is left and what is netted.
    fn keep_netted(&mut self) {
        for row in 1..self.0.rows {
            if self.has_rule(row, RowRule::Key)
                && self.0.fixed[fixed::FORM][row - 1] == ArithmeticGate::Plus.value()
            {
                self.0.fixed[fixed::FORM][row - 1] = ArithmeticGate::Linear.value();
            }
        }
    }
}
