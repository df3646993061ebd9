//! The work as R1CS under Groth16: Poseidon with circomlib's parameters, three constraints
//! an S-box; ranges by bits; an asset's share of a position is non-zero only where the ids
//! agree, and the shares sum to the amount. Rounding as S4 of docs/spec.md.
//!
//! Public: header, ratio, debt, assets, commitments.

use ark_bn254::Fr;
use ark_ff::{PrimeField, Zero};
use ark_r1cs_std::boolean::Boolean;
use ark_r1cs_std::eq::EqGadget;
use ark_r1cs_std::fields::FieldVar;
use ark_r1cs_std::fields::fp::FpVar;
use ark_r1cs_std::prelude::AllocVar;
use ark_relations::r1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError};
use light_poseidon::PoseidonParameters;
use light_poseidon::parameters::bn254_x5::get_poseidon_parameters;
use num_bigint::BigUint;
use work::{AMOUNT_BITS, DIVISOR, ID_BITS, REMAINDER_BITS, SLACK_BITS, VALUE_BITS, Work};

type Var = FpVar<Fr>;
type System = ConstraintSystemRef<Fr>;

pub fn field(x: &BigUint) -> Fr {
    Fr::from_be_bytes_mod_order(&x.to_bytes_be())
}

/// The claim as a circuit; the false ones too, so that tests can try to prove them.
#[derive(Clone)]
pub struct Claim<'a>(pub &'a Work);

impl Claim<'_> {
    /// In the order in which the circuit allocates them.
    pub fn public(&self) -> Vec<Fr> {
        let w = self.0;
        let mut inputs = vec![
            field(&w.tag.0),
            field(&w.subject.0),
            w.as_of.into(),
            w.ratio.into(),
            field(&w.debt.0),
        ];
        for asset in &w.assets {
            inputs.extend([
                field(&asset.id.0),
                field(&asset.price.0),
                asset.weight.into(),
            ]);
        }
        inputs.extend(w.accounts.iter().map(|a| field(&a.commitment.0)));
        inputs
    }
}

fn secret(cs: &System, x: Fr) -> Result<Var, SynthesisError> {
    Var::new_witness(cs.clone(), || Ok(x))
}

/// A new variable of that many bits.
fn ranged(cs: &System, x: &BigUint, bits: usize) -> Result<Var, SynthesisError> {
    let value = secret(cs, field(x))?;
    let bits = (0..bits as u64)
        .map(|i| Boolean::new_witness(cs.clone(), || Ok(x.bit(i))))
        .collect::<Result<Vec<_>, _>>()?;
    Boolean::le_bits_to_fp(&bits)?.enforce_equal(&value)?;
    Ok(value)
}

fn quint(x: &Var) -> Result<Var, SynthesisError> {
    Ok(x.square()?.square()? * x)
}

fn hash(parameters: &PoseidonParameters<Fr>, inputs: [Var; 4]) -> Result<Var, SynthesisError> {
    let mut state = vec![Var::zero()];
    state.extend(inputs);
    let (width, full) = (parameters.width, parameters.full_rounds);
    for round in 0..full + parameters.partial_rounds {
        for (lane, constant) in state.iter_mut().zip(&parameters.ark[round * width..]) {
            *lane += *constant;
        }
        let is_full = round < full / 2 || round >= full / 2 + parameters.partial_rounds;
        for lane in state.iter_mut().take(if is_full { width } else { 1 }) {
            *lane = quint(lane)?;
        }
        state = parameters
            .mds
            .iter()
            .map(|row| {
                row.iter()
                    .zip(&state)
                    .fold(Var::zero(), |sum, (m, x)| sum + x * *m)
            })
            .collect();
    }
    Ok(state.swap_remove(0))
}

impl ConstraintSynthesizer<Fr> for Claim<'_> {
    fn generate_constraints(self, cs: System) -> Result<(), SynthesisError> {
        let w = self.0;
        let public = self
            .public()
            .into_iter()
            .map(|x| Var::new_input(cs.clone(), || Ok(x)))
            .collect::<Result<Vec<_>, _>>()?;
        let (header, rest) = public.split_at(5);
        let (assets, commitments) = rest.split_at(3 * w.assets.len());
        let parameters =
            get_poseidon_parameters::<Fr>(5).map_err(|_| SynthesisError::Unsatisfiable)?;
        let shift = Fr::from(BigUint::from(1u8) << 128);
        let mut totals = vec![Var::zero(); w.assets.len()];
        for (account, commitment) in w.accounts.iter().zip(commitments) {
            let [tag, subject, as_of] = [0, 1, 2].map(|i| header[i].clone());
            let blinding = secret(&cs, field(&account.blinding.0))?;
            let mut h = hash(&parameters, [tag, subject, as_of, blinding])?;
            for block in account.positions.chunks(3) {
                let mut entries = Vec::new();
                for (id, amount) in block {
                    let id_var = ranged(&cs, &id.0, ID_BITS)?;
                    let amount_var = ranged(&cs, &amount.0, AMOUNT_BITS)?;
                    entries.push(&id_var * shift + &amount_var);
                    let mut sum = Var::zero();
                    for ((asset, listed), total) in
                        w.assets.iter().zip(assets.chunks(3)).zip(&mut totals)
                    {
                        let held = asset.id == *id;
                        let share = secret(&cs, if held { field(&amount.0) } else { Fr::zero() })?;
                        share.mul_equals(&(&id_var - &listed[0]), &Var::zero())?;
                        sum += &share;
                        *total += share;
                    }
                    sum.enforce_equal(&amount_var)?;
                }
                let [a, b, c] = [0, 1, 2].map(|i| entries.get(i).cloned().unwrap_or(Var::zero()));
                h = hash(&parameters, [h, a, b, c])?;
            }
            h.enforce_equal(commitment)?;
        }
        let found = w.totals();
        let mut counted = Var::zero();
        for (((total, listed), value), remainder) in totals
            .iter()
            .zip(assets.chunks(3))
            .zip(&found.values)
            .zip(&found.remainders)
        {
            let value = ranged(&cs, value, VALUE_BITS)?;
            let remainder_var = ranged(&cs, remainder, REMAINDER_BITS)?;
            // Below the divisor: what is missing to it is not negative either.
            let missing = BigUint::from(DIVISOR) - 1u8 - remainder;
            let missing = ranged(&cs, &missing, REMAINDER_BITS)?;
            (&remainder_var + &missing).enforce_equal(&Var::constant(Fr::from(DIVISOR - 1)))?;
            total.mul_equals(&listed[1], &(&value * Fr::from(DIVISOR) + remainder_var))?;
            counted += value * &listed[2];
        }
        let required = &header[3] * &header[4];
        // A claim that is not covered has no slack; whatever is put here fails.
        let slack = ranged(&cs, &found.slack.unwrap_or_default(), SLACK_BITS)?;
        counted.enforce_equal(&(required + slack))
    }
}
