//! Bugs planted into captured constraints, each of the family of the first forgery: a value
//! that the adversary chooses and that nothing bounds. Whatever claims to look for such bugs
//! must find every one of them.

pub mod rollup;

use covenant_circuits::circuit::columns::{
    ArithmeticGate, Hashing, Range, RowRule, advice, fixed, second,
};
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::lint::emitted::Emitted;
use covenant_circuits::lint::{Captured, Constraint, LintError, Place};
use covenant_claims::field::Fr;
use covenant_claims::numbers::VALUE_DIVISOR;
use ff::{Field, PrimeField};
use halo2_proofs::plonk::Expression;

/// Indices of challenges, as the circuit draws them.
const DELTA: usize = 3;
const KAPPA: usize = 4;
const SIGMA: usize = 5;
/// Rows of public inputs.
const FROM: usize = 1;
const TO: usize = 2;

/// Gates of the keyed sums.
const KEYS: [&str; 3] = ["position", "key of an asset", "kind of an account"];

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
    AmountRange: "the top of an amount is in no range: an entry's lower half is unbounded",
    PolicyIdRange: "the top of a policy's asset id is in no range: it may reach into the share",
    WidthRange: "the top of a tier's width is in no range: a policy word has two decodings",
    ShareRange: "shares and weights have no complement: they may be above 10^4",
    PublicKind: "nothing ties an account's public kind to its tag",
    KindKey: "collateral and liabilities have one factor: they add up to one total",
    WindowFrom: "an account may be older than the window",
    WindowTo: "an account may be younger than the window",
    BlockActive: "a block may be active after one that is not",
    ChainSelected: "the chain after a block may be any value: an account can be cut",
    RegisterSelected: "what a block adds to the totals need not be its own",
    EveryPosition: "a position of a liability need not be counted",
    MustCount: "whether every position counts need not follow from kind and policy",
    EmptyAmount: "the key of empty positions takes amounts: entries of id 0 vanish",
    Count: "how many positions make up a total is not bound",
    MayOwe: "nothing ties a liability's key to the policy's may_owe",
    MaskBit: "a bit of a group mask may be any number and leak into its neighbour",
    UsedBit: "bit 15 of a mask need not be the used flag: the word may have a bit that no field has",
    UnusedWord: "the word of an unused asset need not be 0: more assets than the digest has",
    UsedAgain: "an asset may be used after one that is not",
    ZeroPrice: "the price of an asset may be 0",
    NettedTwice: "what is netted does not lessen the collateral: more may be netted than there is",
    Remainder: "the remainder of S4 may be negative: a value may be more than what is held",
    CountedRange: "what an asset counts for may be negative: the others' may be too much",
    LineDropped: "the lines of the second tier on bound nothing",
    HeldCap: "an asset may be any share of what is held",
    ReportRemainder: "a report line may leave more than its grain",
    OutputSlot: "the output of a permutation is not bound",
    AbsorbSlot: "what a permutation absorbs is not bound",
    WeightCopy: "the weights of hashing are no copies: the prover chooses them",
    HashEnd: "the sum of hashing need not begin at 0 below the permutations",
    HashEnds: "the sum of hashing is pinned at neither end",
    Sigma: "lanes of permutations have one weight: what one lacks another makes up for",
);

impl Bug {
    /// Whether the layout has what the bug is about.
    pub fn is_of(self, layout: &Layout) -> bool {
        self != Self::Sigma || layout.lanes > 1
    }

    /// Edits what was captured of a circuit, and its constraints. Nothing happens where the
    /// circuit has no such part.
    pub fn plant(
        self,
        layout: &Layout,
        constraints: &mut Vec<Constraint>,
        captured: &mut Captured,
    ) {
        let drop = |constraints: &mut Vec<Constraint>, name: &str| {
            constraints.retain(|c| c.name != name);
        };
        let mut edit = Edit { captured, layout };
        match self {
            Self::AmountRange => edit.clear_ranges(Range::Amount),
            Self::PolicyIdRange => edit.clear_ranges(Range::AssetId),
            Self::WidthRange => {
                edit.set_rules(RowRule::WidthRange, None);
                edit.set_rules(RowRule::WidthExport, Some(RowRule::Export));
            }
            Self::ShareRange => edit.set_rules(RowRule::Complement, None),
            Self::PublicKind => drop(constraints, "b = tag of the kind"),
            Self::KindKey => replace(constraints, &KEYS, KAPPA, Fr::ONE),
            Self::WindowFrom => edit.open_window(FROM),
            Self::WindowTo => edit.open_window(TO),
            Self::BlockActive => drop(constraints, "a = 0 or a of the block before"),
            Self::ChainSelected => drop(constraints, "chain = active ? output : chain before"),
            Self::RegisterSelected => drop(constraints, "g = active ? g' : g before"),
            Self::EveryPosition => drop(constraints, "every position: c = 1"),
            Self::MustCount => drop(constraints, "a = a' + a_next - a' a_next"),
            Self::EmptyAmount => edit.free_empty(),
            Self::Count => replace(constraints, &KEYS, DELTA, Fr::ZERO),
            Self::MayOwe => edit.free_owed(),
            Self::MaskBit => drop(constraints, "bit"),
            Self::UsedBit => {
                drop(constraints, "b = -2^(n - 1) times the top bit");
                drop(constraints, "operand = top bit");
            }
            Self::UnusedWord => drop(constraints, "unused: b = 0"),
            Self::UsedAgain => drop(constraints, "a = 0 or a'"),
            Self::ZeroPrice => edit.set_rules(RowRule::Priced, Some(RowRule::OnlyIf)),
            Self::NettedTwice => edit.keep_netted(),
            Self::Remainder => edit.free_remainders(),
            Self::CountedRange => {
                // Packed, c_a is a number by its own equation; else by its limbs.
                drop(constraints, "a_next = number");
                edit.free_counted();
            }
            Self::LineDropped => {
                drop(constraints, "a - number before = (b - b before) c");
                drop(constraints, "number - number above = (b - b') c");
                drop(constraints, "number - a = (b - b') c");
            }
            Self::HeldCap => edit.free_held(),
            Self::ReportRemainder => edit.set_rules(RowRule::Remainder, None),
            Self::OutputSlot => edit.set_hashing(Hashing::PutsOut, Hashing::Own),
            Self::AbsorbSlot => edit.set_hashing(Hashing::Absorbs, Hashing::Own),
            Self::WeightCopy => edit.free_weights(),
            Self::HashEnd => edit.set_rules(RowRule::HashEnd, None),
            Self::HashEnds => constraints.retain(|c| c.gate != "hashing begins and ends"),
            Self::Sigma => replace(constraints, &["hashing"], SIGMA, Fr::ONE),
        }
    }
}

/// What key generation would see of a layout's circuit with a bug.
///
/// # Errors
/// halo2 could not synthesize the circuit.
pub fn emitted(layout: Layout, bug: Bug) -> Result<Emitted, LintError> {
    let mut emitted = Emitted::of(layout)?;
    bug.plant(
        &emitted.layout,
        &mut emitted.constraints,
        &mut emitted.captured,
    );
    Ok(emitted)
}

/// Puts a constant in the place of a challenge in some gates.
fn replace(constraints: &mut [Constraint], gates: &[&str], challenge: usize, by: Fr) {
    for constraint in constraints {
        if gates.contains(&constraint.gate.as_str()) {
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
// first and in this order; those of the second phase come after the first's.
struct Edit<'a> {
    captured: &'a mut Captured,
    layout: &'a Layout,
}

impl Edit<'_> {
    fn rows(&self) -> std::ops::Range<usize> {
        0..self.captured.rows
    }

    fn has_rule(&self, row: usize, rule: RowRule) -> bool {
        let values = rule.values().into_iter().enumerate();
        let mut values = values.map(|(i, value)| self.fixed(fixed::RULE + i, row) == value);
        values.all(|same| same)
    }

    fn fixed(&self, column: usize, row: usize) -> Fr {
        self.captured.fixed[column][row]
    }

    fn set(&mut self, column: usize, row: usize, value: Fr) {
        self.captured.fixed[column][row] = value;
    }

    fn set_rules(&mut self, from: RowRule, to: Option<RowRule>) {
        let values = to.map_or([Fr::ZERO; 3], RowRule::values);
        for row in self
            .rows()
            .filter(|row| self.has_rule(*row, from))
            .collect::<Vec<_>>()
        {
            for (i, value) in values.into_iter().enumerate() {
                self.set(fixed::RULE + i, row, value);
            }
        }
    }

    fn clear_ranges(&mut self, range: Range) {
        for cell in &mut self.captured.fixed[fixed::RANGE] {
            if *cell == range.value() {
                *cell = Fr::ZERO;
            }
        }
    }

    fn has_form(&self, row: usize, form: ArithmeticGate, kc: Fr, ka: Fr) -> bool {
        [fixed::FORM, fixed::KC, fixed::KA].map(|column| self.fixed(column, row))
            == [form.value(), kc, ka]
    }

    /// The cell of a row's operand.
    fn operand(&self, row: usize) -> Place {
        let (column, below) = self.layout.operand();
        Place::Advice(column, row + below)
    }

    /// The rows of a window's number that has that public input as one of its ends: its limbs say
    /// nothing any more.
    fn open_window(&mut self, end: usize) {
        let public = Place::Advice(advice::A, end);
        let copied = self.captured.copies.iter();
        let copied: Vec<Place> = copied
            .filter(|(from, _)| *from == public)
            .map(|(_, to)| *to)
            .collect();
        let rows = self.rows().filter(|row| {
            self.has_rule(*row, RowRule::Adds)
                && (copied.contains(&Place::Advice(advice::B, *row))
                    || copied.contains(&self.operand(*row)))
        });
        for row in rows.collect::<Vec<_>>() {
            self.set(fixed::RANGE, row, Fr::ZERO);
        }
    }

    /// The register above the key of empty positions is not 0 any more.
    fn free_empty(&mut self) {
        let rows = self.rows().skip(1).filter(|row| {
            (self.has_rule(*row, RowRule::Key) || self.has_rule(*row, RowRule::LiabilityKey))
                && self.has_form(*row - 1, ArithmeticGate::Linear, Fr::ZERO, Fr::ZERO)
        });
        for row in rows.collect::<Vec<_>>() {
            self.set(fixed::FORM, row - 1, Fr::ZERO);
        }
    }

    fn free_owed(&mut self) {
        let rows = self
            .rows()
            .filter(|row| self.has_rule(*row, RowRule::LiabilityKey));
        let operands: Vec<Place> = rows.map(|row| self.operand(row)).collect();
        self.captured
            .copies
            .retain(|(_, to)| !operands.contains(to));
    }

    /// The row before a key of collateral adds what is left and what is netted.
    fn keep_netted(&mut self) {
        for row in self.rows() {
            if self.has_rule(row, RowRule::OnlyIf)
                && self.has_form(row, ArithmeticGate::Plus, Fr::ZERO, Fr::ONE)
            {
                self.set(fixed::KA, row, Fr::ZERO);
            }
        }
    }

    /// The rows that show that a remainder is below 10^30 copy it from its own, whose limbs
    /// say nothing any more.
    fn free_remainders(&mut self) {
        let most = Fr::from_u128(VALUE_DIVISOR - 1);
        let shown = self
            .rows()
            .filter(|row| self.has_rule(*row, RowRule::Sum) && self.fixed(fixed::KA, *row) == most);
        let shown: Vec<Place> = shown.map(|row| Place::Advice(advice::B, row)).collect();
        let copies = self.captured.copies.iter();
        let rows = copies.filter_map(|(from, to)| match from {
            Place::Advice(advice::A, row) if shown.contains(to) => Some(*row),
            _ => None,
        });
        for row in rows.collect::<Vec<_>>() {
            self.set(fixed::RANGE, row, Fr::ZERO);
        }
    }

    fn free_counted(&mut self) {
        for row in self.rows() {
            if self.has_rule(row, RowRule::Counted) {
                self.set(fixed::RANGE, row, Fr::ZERO);
            }
        }
    }

    /// The rule of a share, where the number that follows is a value and no c_a.
    fn free_held(&mut self) {
        let follows = self.layout.share_rows();
        let rows = self.rows().filter(|row| {
            self.has_rule(*row, RowRule::Share) && !self.has_rule(*row + follows, RowRule::Counted)
        });
        for row in rows.collect::<Vec<_>>() {
            for i in 0..3 {
                self.set(fixed::RULE + i, row, Fr::ZERO);
            }
        }
    }

    fn set_hashing(&mut self, from: Hashing, to: Hashing) {
        // Below the permutations the column has constants of the weights.
        for row in self.layout.hash_start()..self.layout.hash_end() {
            if self.fixed(fixed::HASHING, row) == from.value() {
                self.set(fixed::HASHING, row, to.value());
            }
        }
    }

    fn free_weights(&mut self) {
        let weights = self.layout.advice_columns() + second::WEIGHT;
        let copies = &mut self.captured.copies;
        copies.retain(|(_, to)| !matches!(to, Place::Advice(column, _) if *column == weights));
    }
}
