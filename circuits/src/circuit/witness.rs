//! The prover's values, clause by clause, as plain numbers. [`Witness::honest`] makes
//! them from a claim and an allocation; tests lie in them, and the circuit must notice.

use crate::account::Kind;
use crate::field::Fr;
use crate::numbers::{ONE_IN_BPS, VALUE_DIVISOR};
use crate::policy::Asset;
use crate::relation::{self, Allocation};
use crate::shape::{FIRST_BLOCK, GROUPS, PER_BLOCK, Shape, TIERS, blocks_of};
use crate::statement::{Claim, StatementError};
use ff::{Field, PrimeField};
use num_bigint::BigUint;
use num_integer::Integer;

/// A position as the circuit counts it.
#[derive(Clone, Copy, Debug, Default)]
pub struct PositionWitness {
    /// What the hash absorbs.
    pub entry: Fr,
    /// 1 where it counts, 0 where it does not.
    pub counts: u64,
    /// The amount where it counts, else any.
    pub amount: Fr,
}

/// A block of positions.
#[derive(Clone, Debug, Default)]
pub struct BlockWitness {
    /// 1 where the account's hash has the block, 0 after its end.
    pub active: u64,
    /// Its positions: twelve in the first block, fifteen in the others, fewer in the last.
    pub positions: Vec<PositionWitness>,
}

/// An account slot (S1).
#[derive(Clone, Debug, Default)]
pub struct AccountWitness {
    /// 1 for a liability.
    pub liability: u64,
    /// 1 where every position must count.
    pub every: u64,
    /// When it was taken; in the window, in an unused slot too.
    pub as_of: u64,
    /// The blinding.
    pub blinding: Fr,
    /// Its blocks.
    pub blocks: Vec<BlockWitness>,
}

/// A value with its remainder (S4).
#[derive(Clone, Copy, Debug, Default)]
pub struct ValueWitness {
    /// What is left of the total after netting, in base units.
    pub rest: Fr,
    /// Positions that make up the total.
    pub count: Fr,
    /// v_a or o_a.
    pub value: Fr,
    /// Of the division by 10^30, against the prover.
    pub remainder: Fr,
}

/// An asset slot (S2..S4, S8).
#[derive(Clone, Debug, Default)]
pub struct AssetWitness {
    /// 1 for an asset of the policy, 0 for an unused slot.
    pub used: u64,
    /// Its id.
    pub id: Fr,
    /// Largest share of what counts.
    pub share: u64,
    /// Largest share of what is held.
    pub held_share: u64,
    /// Groups it belongs to.
    pub groups: [bool; GROUPS],
    /// Whether it may be netted.
    pub netting: u64,
    /// Whether it may be owed.
    pub may_owe: u64,
    /// Multipliers of scenarios 1 .. J - 1.
    pub multipliers: Vec<u64>,
    /// Widths of tiers 1 .. 3.
    pub widths: [u64; TIERS - 1],
    /// Weights of the tiers.
    pub weights: [u64; TIERS],
    /// 1 over the price, in an unused slot 0.
    pub inverse: Fr,
    /// n_a.
    pub netted: Fr,
    /// Collateral side.
    pub collateral: ValueWitness,
    /// Liability side.
    pub liability: ValueWitness,
}

/// A group slot (S6, S8, S10).
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupWitness {
    /// Smallest and largest share of what counts.
    pub counted: (u64, u64),
    /// Smallest and largest share of what is held.
    pub held: (u64, u64),
    /// Whether the statement reports it.
    pub reported: bool,
    /// Its line of the report.
    pub line: Fr,
}

/// The choices of a scenario (S5).
#[derive(Clone, Debug, Default)]
pub struct ScenarioWitness {
    /// c_a of each asset slot.
    pub counted: Vec<Fr>,
}

/// Everything the prover puts into the circuit.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The shape.
    pub shape: Shape,
    /// The public inputs.
    pub public: Vec<Fr>,
    /// M slots.
    pub accounts: Vec<AccountWitness>,
    /// Empty positions that count, of collateral and of liabilities.
    pub empty: (Fr, Fr),
    /// `terms` of the policy.
    pub terms: Fr,
    /// 1 where the policy is complete.
    pub complete: u64,
    /// The grain of reports, in whole quote units.
    pub grain: u64,
    /// Required ratios of scenarios 1 .. J - 1.
    pub ratios: Vec<u64>,
    /// G slots.
    pub groups: [GroupWitness; GROUPS],
    /// A slots.
    pub assets: Vec<AssetWitness>,
    /// J scenarios.
    pub scenarios: Vec<ScenarioWitness>,
}

/// Positions of each block of an account of so many.
pub(super) fn blocks(positions: usize) -> Vec<usize> {
    let first = positions.min(FIRST_BLOCK);
    let mut left = positions - first;
    let rest = (1..blocks_of(positions)).map(|_| {
        let positions = left.min(PER_BLOCK);
        left -= positions;
        positions
    });
    std::iter::once(first).chain(rest).collect()
}

impl Witness {
    /// All zero, for key generation.
    pub fn blank(shape: Shape) -> Self {
        let blocks = blocks(shape.positions())
            .into_iter()
            .map(|positions| BlockWitness {
                active: 0,
                positions: vec![PositionWitness::default(); positions],
            });
        let account = AccountWitness {
            blocks: blocks.collect(),
            ..Default::default()
        };
        Self {
            shape,
            public: vec![Fr::ZERO; shape.public_inputs()],
            accounts: vec![account; shape.accounts()],
            empty: (Fr::ZERO, Fr::ZERO),
            terms: Fr::ZERO,
            complete: 0,
            grain: 0,
            ratios: vec![0; shape.scenarios() - 1],
            groups: [GroupWitness::default(); GROUPS],
            assets: vec![
                AssetWitness {
                    multipliers: vec![0; shape.scenarios() - 1],
                    ..Default::default()
                };
                shape.assets()
            ],
            scenarios: vec![
                ScenarioWitness {
                    counted: vec![Fr::ZERO; shape.assets()]
                };
                shape.scenarios()
            ],
        }
    }

    /// The values of a claim under an allocation. Makes no promise that they satisfy the
    /// circuit: a false claim gives values that do not.
    pub fn honest(
        claim: &Claim,
        allocation: &Allocation,
        shape: Shape,
    ) -> Result<Self, StatementError> {
        claim.check_fits(&shape)?;
        let mut witness = Self::blank(shape);
        witness.public = claim.statement.public_inputs(&shape)?;
        witness.fill_policy(claim);
        witness.fill_accounts(claim);
        witness.fill_values(claim, allocation);
        for (scenario, choices) in witness.scenarios.iter_mut().zip(&allocation.scenarios) {
            for (to, from) in scenario.counted.iter_mut().zip(&choices.counted) {
                *to = Fr::from_u128(*from);
            }
        }
        Ok(witness)
    }

    fn fill_accounts(&mut self, claim: &Claim) {
        let mut openings = claim.openings.iter();
        let mut empty = [0u64; 2];
        for slot in &mut self.accounts {
            let opening = openings.next();
            slot.as_of = opening.map_or(claim.statement.window().from(), |o| o.as_of());
            let liability = opening.is_some_and(|o| o.kind() == Kind::Liability);
            slot.liability = liability.into();
            slot.every = u64::from(liability).max(self.complete);
            let (positions, blocks) = match opening {
                Some(opening) => {
                    slot.blinding = opening.blinding();
                    let positions = opening.positions();
                    let beyond = positions.len().saturating_sub(FIRST_BLOCK);
                    (positions, 1 + beyond.div_ceil(PER_BLOCK))
                }
                None => (&[][..], 0),
            };
            let mut positions = positions.iter();
            for (i, block) in slot.blocks.iter_mut().enumerate() {
                block.active = u64::from(i < blocks);
                for to in &mut block.positions {
                    to.counts = slot.every;
                    match positions.next() {
                        Some(position) => {
                            let listed = claim.policy.assets().iter().any(|a| a.id == position.id);
                            to.entry = position.entry();
                            to.counts = to.counts.max(listed.into());
                            to.amount =
                                Fr::from_u128(position.amount.get() * u128::from(to.counts));
                        }
                        None if block.active == 1 => {
                            let [collateral, owed] = &mut empty;
                            *(if liability { owed } else { collateral }) += to.counts;
                        }
                        None => {}
                    }
                }
            }
        }
        self.empty = (Fr::from(empty[0]), Fr::from(empty[1]));
    }

    fn fill_policy(&mut self, claim: &Claim) {
        let policy = &claim.policy;
        self.terms = policy.terms();
        self.complete = policy.complete().into();
        self.grain = policy.report_grain();
        for (to, from) in self.ratios.iter_mut().zip(policy.scenario_ratios()) {
            *to = u64::from(*from);
        }
        let lines = claim.statement.report();
        for ((to, from), line) in self.groups.iter_mut().zip(policy.groups()).zip(lines) {
            *to = GroupWitness {
                counted: (from.min_share.into(), from.max_share.into()),
                held: (from.min_held_share.into(), from.max_held_share.into()),
                reported: from.report,
                line: Fr::from_u128(line.get()),
            };
        }
        for (slot, asset) in self.assets.iter_mut().zip(policy.assets()) {
            slot.fill(asset);
        }
    }

    fn fill_values(&mut self, claim: &Claim, allocation: &Allocation) {
        // Prices are not 0, by their type (H70).
        for (slot, price) in self.assets.iter_mut().zip(claim.statement.prices()) {
            slot.inverse = Fr::from_u128(price.get()).invert().unwrap_or(Fr::ZERO);
        }
        // A liability outside the policy has no totals; the circuit rejects it anyway.
        let totals = relation::totals(&claim.policy, &claim.openings).unwrap_or_default();
        let priced = self
            .assets
            .iter_mut()
            .zip(totals)
            .zip(&allocation.netted)
            .zip(claim.statement.prices());
        let counts = claim.policy.assets().iter().map(|asset| {
            let of = |kind: Kind| {
                let accounts = claim.openings.iter().filter(move |o| o.kind() == kind);
                let positions = accounts.flat_map(|o| o.positions());
                positions.filter(|p| p.id == asset.id).count() as u64
            };
            (of(Kind::Collateral), of(Kind::Liability))
        });
        for ((((slot, totals), netted), price), (collateral, liability)) in priced.zip(counts) {
            slot.netted = Fr::from_u128(*netted);
            let side = |total: u128, count: u64, up: bool| {
                let rest = total.saturating_sub(*netted);
                let (product, divisor) = (
                    BigUint::from(rest) * price.get(),
                    BigUint::from(VALUE_DIVISOR),
                );
                let value = if up {
                    product.div_ceil(&divisor)
                } else {
                    product.div_floor(&divisor)
                };
                let remainder = if up {
                    &value * &divisor - &product
                } else {
                    &product - &value * &divisor
                };
                ValueWitness {
                    rest: Fr::from_u128(rest),
                    count: Fr::from(count),
                    value: big(&value),
                    remainder: big(&remainder),
                }
            };
            slot.collateral = side(totals.collateral, collateral, false);
            slot.liability = side(totals.liability, liability, true);
        }
    }

    /// `m_{j,a}` as the circuit sees it.
    pub fn multiplier(&self, scenario: usize, asset: usize) -> Fr {
        match scenario.checked_sub(1) {
            None => Fr::from(u64::from(ONE_IN_BPS)),
            Some(j) => Fr::from(self.assets[asset].multipliers[j]),
        }
    }
}

impl AssetWitness {
    fn fill(&mut self, asset: &Asset) {
        self.used = 1;
        self.id = Fr::from_u128(asset.id.get());
        self.share = asset.max_share.into();
        self.held_share = asset.max_held_share.into();
        self.groups = std::array::from_fn(|g| asset.groups >> g & 1 == 1);
        self.netting = asset.netting.into();
        self.may_owe = asset.may_owe.into();
        for (to, from) in self.multipliers.iter_mut().zip(&asset.multipliers) {
            *to = u64::from(*from);
        }
        let [t1, t2, t3, _] = asset.tiers;
        self.widths = [t1.width, t2.width, t3.width];
        self.weights = asset.tiers.map(|t| t.weight.into());
    }
}

/// A number below r (H2) as an element.
fn big(x: &BigUint) -> Fr {
    x.iter_u64_digits().rev().fold(Fr::ZERO, |sum, digit| {
        sum * crate::field::two_pow(64) + Fr::from(digit)
    })
}
