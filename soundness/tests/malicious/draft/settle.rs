//! What follows from a draft's choices, as a prover would make it: totals and values.

use super::{Draft, element};
use crate::decode::integer;
use covenant_circuits::field::Fr;
use ff::Field;
use num_bigint::BigUint;
use num_integer::Integer;

/// The prover's choices while the draft is settled.
#[derive(Clone)]
pub struct Knobs {
    /// Netted beyond (or below) the least of both totals; `None` where nothing is netted.
    pub netted: Option<Fr>,
    /// Whether what is netted is left in the totals of collateral and liabilities.
    pub kept: [bool; 2],
    /// What is added to the totals of assets that have positions.
    pub more: [Fr; 2],
    /// Multiples of r added to price times total.
    pub wraps: [u32; 2],
    /// What is added to every count, and whether counts are 0 instead.
    pub count: Fr,
    pub no_count: bool,
    /// What is added to the counts of empty positions.
    pub empty: [Fr; 2],
    /// What is added to values (and taken from remainders, times 10^30).
    pub value: [Fr; 2],
    /// How many of the lines are minded.
    pub lines: usize,
    /// What is added to what assets count for, in every scenario.
    pub counted: Vec<(usize, Fr)>,
    /// Whether shares of what counts are minded.
    pub shares: bool,
    /// Whether shares of what is held are widened until they hold.
    pub held: bool,
    /// What is added to lines of the report that are not 0.
    pub report: Fr,
    /// A line of a group that is not asked for.
    pub unasked: Option<(usize, Fr)>,
    /// Whether ratios are lowered until the debt is covered.
    pub covered: bool,
    /// What is added to the largest debt that is covered; `None` for no debt.
    pub debt: Option<i64>,
}

impl Knobs {
    /// Those of an honest prover.
    pub fn honest() -> Self {
        Self {
            netted: Some(Fr::ZERO),
            kept: [false; 2],
            more: [Fr::ZERO; 2],
            wraps: [0; 2],
            count: Fr::ZERO,
            no_count: false,
            empty: [Fr::ZERO; 2],
            value: [Fr::ZERO; 2],
            lines: 4,
            counted: Vec::new(),
            shares: true,
            held: true,
            report: Fr::ZERO,
            unasked: None,
            covered: true,
            debt: Some(0),
        }
    }
}

impl Draft {
    /// Totals, values, the allocation and the debt, as a prover would make them of the draft.
    pub fn settle(&mut self, knobs: &Knobs) {
        self.follow();
        for a in 0..self.fields.assets.len() {
            self.total(a, knobs);
        }
        self.empties(knobs);
        for j in 0..self.fields.scenarios.len() {
            for a in 0..self.fields.assets.len() {
                self.fill(j, a, knobs.lines);
            }
            for (a, more) in &knobs.counted {
                self.fields.scenarios[j].counted[*a] += *more;
            }
        }
        self.fields.add_up();
        if knobs.shares {
            self.mind_shares();
        }
        if knobs.held {
            self.widen_held();
        }
        self.report(knobs);
        self.cover(knobs);
        self.fields.add_up();
    }

    fn total(&mut self, a: usize, knobs: &Knobs) {
        let mut sums = [(Fr::ZERO, Fr::ZERO); 2];
        for ((m, p), aim) in self.aims.iter().filter(|(_, aim)| aim.asset == a) {
            // What a block adds that is not active reaches no total.
            let (block, _) = Self::place(*p);
            if self.fields.accounts[*m].blocks[block].active != Fr::ZERO {
                sums[aim.side].0 += aim.amount;
                sums[aim.side].1 += Fr::ONE;
            }
        }
        let asset = &mut self.fields.assets[a];
        let price = self.fields.prices[a];
        asset.inverse = asset.used * price.invert().unwrap_or(Fr::ZERO);
        let least = integer(&sums[0].0).min(integer(&sums[1].0));
        asset.netted = match knobs.netted {
            Some(more) if asset.netting != Fr::ZERO => element(&least) + more,
            _ => Fr::ZERO,
        };
        let r = integer(&-Fr::ONE) + 1u8;
        let unit = BigUint::from(10u8).pow(30);
        for (s, (side, (total, count))) in asset.sides.iter_mut().zip(sums).enumerate() {
            let netted = if knobs.kept[s] {
                Fr::ZERO
            } else {
                asset.netted
            };
            side.rest = total - netted;
            side.count = if knobs.no_count { Fr::ZERO } else { count };
            if count != Fr::ZERO {
                side.count += knobs.count;
                side.rest += knobs.more[s];
            }
            let product = integer(&side.rest) * integer(&price) + &r * knobs.wraps[s];
            let value = if s == 0 {
                product.div_floor(&unit)
            } else {
                product.div_ceil(&unit)
            };
            side.value = element(&value)
                + if asset.used == Fr::ONE {
                    knobs.value[s]
                } else {
                    Fr::ZERO
                };
            let over = side.rest * price - side.value * element(&unit);
            side.remainder = if s == 0 { over } else { -over };
        }
    }

    /// Positions of id 0 that count, in blocks that are used.
    fn empties(&mut self, knobs: &Knobs) {
        let mut empty = knobs.empty;
        for (m, account) in self.fields.accounts.iter().enumerate() {
            let side = usize::from(account.liability != Fr::ZERO);
            for p in 0..self.shape.positions() {
                let (block, at) = Self::place(p);
                let block = &account.blocks[block];
                let position = &block.positions[at];
                let counts = block.active != Fr::ZERO && position.counts == Fr::ONE;
                let is_empty = position.entry == position.amount;
                if counts && is_empty && !self.aims.contains_key(&(m, p)) {
                    empty[side] += Fr::ONE;
                }
            }
        }
        self.fields.empty = empty;
    }
}
