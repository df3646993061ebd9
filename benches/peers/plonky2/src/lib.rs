//! The work in plonky2, zero knowledge on. What it does otherwise, all of it to its
//! advantage: accounts are committed to with its native Poseidon over Goldilocks (blinding
//! and subject of four elements); ids need no range check of their own because a position's
//! is looked up among the public ones; price times weight, and ratio times debt, are public
//! products; nothing is rounded.
//!
//! An amount has three limbs (38, 37, 37 bits), an id two of 60. A position's index selects
//! its id and a power of two whose bits say into which total the amount goes.

use num_bigint::BigUint;
use num_traits::{ToPrimitive, Zero};
use plonky2::field::goldilocks_field::GoldilocksField;
use plonky2::field::types::{Field, PrimeField64};
use plonky2::hash::hash_types::{HashOut, HashOutTarget};
use plonky2::hash::poseidon::PoseidonHash;
use plonky2::iop::target::Target;
use plonky2::iop::witness::{PartialWitness, WitnessWrite};
use plonky2::plonk::circuit_builder::CircuitBuilder;
use plonky2::plonk::circuit_data::{CircuitConfig, CircuitData};
use plonky2::plonk::config::{Hasher, PoseidonGoldilocksConfig};
use work::{DIVISOR, Work};

pub const D: usize = 2;
pub type C = PoseidonGoldilocksConfig;
pub type F = GoldilocksField;

const AMOUNT_LIMBS: [usize; 3] = [38, 37, 37];
const ID_LIMBS: [usize; 2] = [60, 60];
/// Radix of the valuation, bits: two of its digits make the first limb of an amount.
const RADIX: usize = 19;
/// Digits of price times weight.
const FACTOR_DIGITS: usize = 8;
/// Digits of the sum: totals of 8, factors of 8.
const SUM_DIGITS: usize = 16;
const CARRY_BITS: usize = 40;

fn limbs(x: &BigUint, bits: impl IntoIterator<Item = usize>) -> Vec<F> {
    let mut rest = x.clone();
    bits.into_iter()
        .map(|b| {
            let limb = &rest % (BigUint::from(1u8) << b);
            rest >>= b;
            F::from_canonical_u64(limb.to_u64().unwrap_or_default())
        })
        .collect()
}

fn digits(x: &BigUint, n: usize) -> Vec<F> {
    limbs(x, std::iter::repeat_n(RADIX, n))
}

fn position(id: &BigUint, amount: &BigUint) -> Vec<F> {
    [limbs(id, ID_LIMBS), limbs(amount, AMOUNT_LIMBS)].concat()
}

fn quarters(x: &BigUint) -> Vec<F> {
    limbs(x, [63; 4])
}

fn header(work: &Work) -> Vec<F> {
    [
        quarters(&work.tag.0),
        quarters(&work.subject.0),
        vec![F::from_canonical_u64(work.as_of)],
    ]
    .concat()
}

/// The accounts' commitments in this system's own hash.
pub fn commitments(work: &Work) -> Vec<HashOut<F>> {
    work.accounts
        .iter()
        .map(|account| {
            let mut message = header(work);
            message.extend(quarters(&account.blinding.0));
            for (id, amount) in &account.positions {
                message.extend(position(&id.0, &amount.0));
            }
            PoseidonHash::hash_no_pad(&message)
        })
        .collect()
}

/// Price times weight.
fn factor(work: &Work, asset: usize) -> BigUint {
    &work.assets[asset].price.0 * work.assets[asset].weight
}

fn required(work: &Work) -> BigUint {
    &work.debt.0 * work.ratio * DIVISOR
}

/// The circuit of claims of one size.
pub struct Circuit {
    pub data: CircuitData<F, C, D>,
    header: Vec<Target>,
    ids: Vec<[Target; 2]>,
    factors: Vec<Vec<Target>>,
    required: Vec<Target>,
    commitments: Vec<HashOutTarget>,
    blindings: Vec<Vec<Target>>,
    positions: Vec<Vec<(Target, Vec<Target>)>>,
    slack: Vec<Target>,
    carries: Vec<Target>,
}

impl Circuit {
    /// `accounts` of `positions`, and a power of two of assets.
    pub fn new(accounts: usize, positions: usize, assets: usize) -> Self {
        let config = CircuitConfig::standard_recursion_zk_config();
        let mut b = CircuitBuilder::<F, D>::new(config);
        let header = b.add_virtual_targets(9);
        let ids: Vec<[Target; 2]> = (0..assets).map(|_| b.add_virtual_target_arr()).collect();
        let factors: Vec<_> = (0..assets)
            .map(|_| b.add_virtual_targets(FACTOR_DIGITS))
            .collect();
        let required = b.add_virtual_targets(SUM_DIGITS);
        let commitments = b.add_virtual_hashes(accounts);
        b.register_public_inputs(&header);
        ids.iter().for_each(|id| b.register_public_inputs(id));
        factors.iter().for_each(|f| b.register_public_inputs(f));
        b.register_public_inputs(&required);
        commitments
            .iter()
            .for_each(|c| b.register_public_inputs(&c.elements));

        let powers: Vec<Target> = (0..assets)
            .map(|a| b.constant(F::from_canonical_u64(1 << a)))
            .collect();
        let column = |l: usize| ids.iter().map(|id| id[l]).collect::<Vec<_>>();
        let zero = b.zero();
        let mut totals = vec![[zero; 3]; assets];
        let (mut blindings, mut all) = (Vec::new(), Vec::new());
        for commitment in &commitments {
            let blinding = b.add_virtual_targets(4);
            let mut message = [header.clone(), blinding.clone()].concat();
            let mut held = Vec::new();
            for _ in 0..positions {
                let index = b.add_virtual_target();
                let amount = b.add_virtual_targets(3);
                for (limb, bits) in amount.iter().zip(AMOUNT_LIMBS) {
                    b.range_check(*limb, bits);
                }
                message.push(b.random_access(index, column(0)));
                message.push(b.random_access(index, column(1)));
                message.extend(&amount);
                let chosen = b.random_access(index, powers.clone());
                let chosen = b.split_le(chosen, assets);
                for (total, bit) in totals.iter_mut().zip(chosen) {
                    for (sum, limb) in total.iter_mut().zip(&amount) {
                        *sum = b.mul_add(bit.target, *limb, *sum);
                    }
                }
                held.push((index, amount));
            }
            let hash = b.hash_n_to_hash_no_pad::<PoseidonHash>(message);
            b.connect_hashes(hash, *commitment);
            blindings.push(blinding);
            all.push(held);
        }

        let mut sums = vec![zero; SUM_DIGITS];
        for (total, factor) in totals.iter().zip(&factors) {
            for (i, digit) in total_digits(&mut b, total).into_iter().enumerate() {
                for (j, f) in factor.iter().enumerate() {
                    sums[i + j] = b.mul_add(digit, *f, sums[i + j]);
                }
            }
        }
        // sums + carries = required + slack, digit by digit; a carry may be as low as -2.
        let (slack, carries) = (
            b.add_virtual_targets(SUM_DIGITS),
            b.add_virtual_targets(SUM_DIGITS),
        );
        let radix = b.constant(F::from_canonical_u64(1 << RADIX));
        let mut carried = zero;
        for k in 0..SUM_DIGITS {
            b.range_check(slack[k], RADIX);
            let shifted = b.add_const(carries[k], F::TWO);
            b.range_check(shifted, CARRY_BITS);
            let left = b.add(sums[k], carried);
            let right = b.add(required[k], slack[k]);
            let right = b.mul_add(carries[k], radix, right);
            b.connect(left, right);
            carried = carries[k];
        }
        b.assert_zero(carried);
        let data = b.build::<C>();
        Self {
            data,
            header,
            ids,
            factors,
            required,
            commitments,
            blindings,
            positions: all,
            slack,
            carries,
        }
    }

    /// The prover's inputs; for a false claim they contradict one another.
    pub fn witness(
        &self,
        work: &Work,
        commitments: &[HashOut<F>],
    ) -> anyhow::Result<PartialWitness<F>> {
        let mut w = PartialWitness::new();
        w.set_target_arr(&self.header, &header(work))?;
        for (a, (id, factors)) in self.ids.iter().zip(&self.factors).enumerate() {
            w.set_target_arr(id, &limbs(&work.assets[a].id.0, ID_LIMBS))?;
            w.set_target_arr(factors, &digits(&factor(work, a), FACTOR_DIGITS))?;
        }
        w.set_target_arr(&self.required, &digits(&required(work), SUM_DIGITS))?;
        for (target, commitment) in self.commitments.iter().zip(commitments) {
            w.set_hash_target(*target, *commitment)?;
        }
        for ((account, blinding), held) in work
            .accounts
            .iter()
            .zip(&self.blindings)
            .zip(&self.positions)
        {
            w.set_target_arr(blinding, &quarters(&account.blinding.0))?;
            for ((id, amount), (index, limb)) in account.positions.iter().zip(held) {
                let place = work.index(id).unwrap_or_default();
                w.set_target(*index, F::from_canonical_usize(place))?;
                w.set_target_arr(limb, &limbs(&amount.0, AMOUNT_LIMBS))?;
            }
        }
        let totals = work.totals().totals;
        let covered: BigUint = totals
            .iter()
            .enumerate()
            .map(|(a, t)| t * factor(work, a))
            .sum();
        let need = required(work);
        let slack = if covered >= need {
            &covered - &need
        } else {
            BigUint::zero()
        };
        let slack = digits(&slack, SUM_DIGITS);
        w.set_target_arr(&self.slack, &slack)?;
        let mut sums = vec![0i128; SUM_DIGITS];
        for (a, total) in totals.iter().enumerate() {
            for (i, t) in digits(total, 8).iter().enumerate() {
                for (j, f) in digits(&factor(work, a), FACTOR_DIGITS).iter().enumerate() {
                    sums[i + j] +=
                        i128::from(t.to_canonical_u64()) * i128::from(f.to_canonical_u64());
                }
            }
        }
        let mut carried = 0i128;
        let need = digits(&need, SUM_DIGITS);
        for k in 0..SUM_DIGITS {
            let right = i128::from(need[k].to_canonical_u64() + slack[k].to_canonical_u64());
            carried = (sums[k] + carried - right) >> RADIX;
            w.set_target(self.carries[k], F::from_noncanonical_i64(carried as i64))?;
        }
        Ok(w)
    }
}

/// Eight digits of a total whose limbs have grown by up to 16 bits.
fn total_digits(b: &mut CircuitBuilder<F, D>, total: &[Target; 3]) -> Vec<Target> {
    // Limbs stand at bits 0, 38 and 75; digits at multiples of 19: the last two limbs are
    // joined at bit 38 before they are cut.
    let (d0, rest) = b.split_low_high(total[0], RADIX, 54);
    let (d1, carry) = b.split_low_high(rest, RADIX, 35);
    let middle = b.add(total[1], carry);
    let (d2, rest) = b.split_low_high(middle, RADIX, 54);
    // 18 bits of the second limb's 37 are left below bit 75.
    let (low, carry) = b.split_low_high(rest, 18, 35);
    let high = b.add(total[2], carry);
    // The lowest bit of what stands at bit 75 completes the digit at 57.
    let (bit, rest) = b.split_low_high(high, 1, 54);
    let scale = b.constant(F::from_canonical_u64(1 << 18));
    let d3 = b.mul_add(bit, scale, low);
    let (d4, rest) = b.split_low_high(rest, RADIX, 53);
    let (d5, d6) = b.split_low_high(rest, RADIX, 34);
    vec![d0, d1, d2, d3, d4, d5, d6]
}
