//! The prover's values, clause by clause, as plain numbers. [`Witness::honest`] makes
//! them from a claim and an allocation; tests lie in them, and the circuit must notice.

use crate::account::Kind;
use crate::field::Fr;
use crate::numbers::{ONE_IN_BPS, VALUE_DIVISOR};
use crate::relation::{self, Allocation};
use crate::shape::{GROUPS, POSITIONS_PER_BLOCK, Shape, TIERS};
use crate::statement::{Claim, StatementError};
use ff::{Field, PrimeField};
use num_bigint::BigUint;
use num_integer::Integer;

/// A position as the circuit counts it.
#[derive(Clone, Copy, Debug, Default)]
pub struct PositionWitness {
    /// What the hash absorbs.
    pub entry: Fr,
    /// 0: not counted; 1: collateral; 2: liability.
    pub counts: u64,
    /// The asset's id where counted, else 0.
    pub id: Fr,
    /// The amount where counted, else 0.
    pub amount: Fr,
}

/// A block of three positions.
#[derive(Clone, Copy, Debug, Default)]
pub struct BlockWitness {
    /// 0: unused; 1: collateral; 2: liability.
    pub state: u64,
    /// Its positions.
    pub positions: [PositionWitness; POSITIONS_PER_BLOCK],
}

/// An account slot (S1).
#[derive(Clone, Debug, Default)]
pub struct AccountWitness {
    /// 0: unused; 1: collateral; 2: liability.
    pub state: u64,
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
    /// Largest share.
    pub share: u64,
    /// Groups it belongs to.
    pub groups: [bool; GROUPS],
    /// Whether it may be netted.
    pub netting: u64,
    /// Multipliers of scenarios 1 .. J - 1.
    pub multipliers: Vec<u64>,
    /// Widths of tiers 1 .. 3.
    pub widths: [u64; TIERS - 1],
    /// Weights of the tiers.
    pub weights: [u64; TIERS],
    /// 1 over the price, in an unused slot 1.
    pub inverse: Fr,
    /// n_a.
    pub netted: Fr,
    /// Collateral side.
    pub collateral: ValueWitness,
    /// Liability side.
    pub liability: ValueWitness,
}

/// The choices of a scenario (S5).
#[derive(Clone, Debug, Default)]
pub struct ScenarioWitness {
    /// x_1 .. x_4 of each asset slot.
    pub tiers: Vec<[Fr; TIERS]>,
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
    /// `terms` of the policy.
    pub terms: Fr,
    /// Required ratios of scenarios 1 .. J - 1.
    pub ratios: Vec<u64>,
    /// Smallest and largest share of each group.
    pub shares: [(u64, u64); GROUPS],
    /// A slots.
    pub assets: Vec<AssetWitness>,
    /// J scenarios.
    pub scenarios: Vec<ScenarioWitness>,
}

impl Witness {
    /// All zero, for key generation.
    pub fn blank(shape: Shape) -> Self {
        Self {
            shape,
            public: vec![Fr::ZERO; shape.public_inputs()],
            accounts: vec![
                AccountWitness {
                    blocks: vec![BlockWitness::default(); shape.blocks()],
                    ..Default::default()
                };
                shape.accounts()
            ],
            terms: Fr::ZERO,
            ratios: vec![0; shape.scenarios() - 1],
            shares: [(0, 0); GROUPS],
            assets: vec![
                AssetWitness {
                    inverse: Fr::ONE,
                    multipliers: vec![0; shape.scenarios() - 1],
                    ..Default::default()
                };
                shape.assets()
            ],
            scenarios: vec![
                ScenarioWitness {
                    tiers: vec![[Fr::ZERO; TIERS]; shape.assets()]
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
        witness.fill_accounts(claim);
        witness.fill_policy(claim);
        witness.fill_values(claim, allocation);
        for (scenario, choices) in witness.scenarios.iter_mut().zip(&allocation.scenarios) {
            for (to, from) in scenario.tiers.iter_mut().zip(&choices.tiers) {
                *to = from.map(Fr::from_u128);
            }
        }
        Ok(witness)
    }

    fn fill_accounts(&mut self, claim: &Claim) {
        for (slot, opening) in self.accounts.iter_mut().zip(&claim.openings) {
            slot.state = match opening.kind() {
                Kind::Collateral => 1,
                Kind::Liability => 2,
            };
            slot.blinding = opening.blinding();
            for (block, positions) in slot
                .blocks
                .iter_mut()
                .zip(opening.positions().chunks(POSITIONS_PER_BLOCK))
            {
                block.state = slot.state;
                for (to, position) in block.positions.iter_mut().zip(positions) {
                    to.entry = position.entry();
                    let listed = claim.policy.assets().iter().any(|a| a.id == position.id);
                    if listed || opening.kind() == Kind::Liability {
                        to.counts = slot.state;
                        to.id = Fr::from_u128(position.id.get());
                        to.amount = Fr::from_u128(position.amount.get());
                    }
                }
            }
        }
    }

    fn fill_policy(&mut self, claim: &Claim) {
        let policy = &claim.policy;
        self.terms = policy.terms();
        for (to, from) in self.ratios.iter_mut().zip(policy.scenario_ratios()) {
            *to = u64::from(*from);
        }
        for (to, from) in self.shares.iter_mut().zip(policy.groups()) {
            *to = (u64::from(from.min_share), u64::from(from.max_share));
        }
        for (slot, asset) in self.assets.iter_mut().zip(policy.assets()) {
            slot.used = 1;
            slot.id = Fr::from_u128(asset.id.get());
            slot.share = asset.max_share.into();
            slot.groups = std::array::from_fn(|g| asset.groups >> g & 1 == 1);
            slot.netting = asset.netting.into();
            for (to, from) in slot.multipliers.iter_mut().zip(&asset.multipliers) {
                *to = u64::from(*from);
            }
            let [t1, t2, t3, _] = asset.tiers;
            slot.widths = [t1.width, t2.width, t3.width];
            slot.weights = asset.tiers.map(|t| t.weight.into());
        }
    }

    fn fill_values(&mut self, claim: &Claim, allocation: &Allocation) {
        // Prices are not 0, by their type (H70).
        for (slot, price) in self.assets.iter_mut().zip(claim.statement.prices()) {
            slot.inverse = Fr::from_u128(price.get()).invert().unwrap_or(Fr::ZERO);
        }
        // A liability outside the policy has no totals; the circuit rejects it anyway.
        let totals = relation::totals(claim).unwrap_or_default();
        let priced = self
            .assets
            .iter_mut()
            .zip(totals)
            .zip(&allocation.netted)
            .zip(claim.statement.prices());
        let mut counts = vec![(0u64, 0u64); claim.policy.assets().len()];
        for opening in &claim.openings {
            for position in opening.positions() {
                if let Some(at) = claim
                    .policy
                    .assets()
                    .iter()
                    .position(|a| a.id == position.id)
                {
                    match opening.kind() {
                        Kind::Collateral => counts[at].0 += 1,
                        Kind::Liability => counts[at].1 += 1,
                    }
                }
            }
        }
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

/// A number below r (H2) as an element.
fn big(x: &BigUint) -> Fr {
    x.iter_u64_digits().rev().fold(Fr::ZERO, |sum, digit| {
        sum * crate::field::two_pow(64) + Fr::from(digit)
    })
}
