//! The vector of a challenge as the contract takes it: integers below 2^100, whose sums are strictly
//! less (docs/spec.md, section 6a).

use super::PolicyEnvelope;
use alloy_primitives::I256;
use covenant_circuits::numbers::ONE_IN_BPS;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Entries of the vector are below 2 to this.
const BITS: u64 = 100;

/// Numbers show nothing to the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VectorError {
    /// Not one number, price proved with and price of now for each asset.
    #[error(
        "vector: expected one number and two prices for each of the policy's {expected} assets, got {got}"
    )]
    Count {
        /// Assets of the policy.
        expected: usize,
        /// The first other length.
        got: usize,
    },
    /// A number has a sign that the asset's place in the policy does not allow.
    #[error("vector[{asset}]: expected a number of the other sign or 0")]
    Sign {
        /// The asset's place, from 0.
        asset: usize,
    },
    /// No sum that is strictly less: with the numbers as they are, or once they are integers.
    #[error(
        "vector: expected a strictly smaller sum at present prices, got none in scenario {scenario}"
    )]
    NotOutside {
        /// 0 for the base.
        scenario: usize,
    },
}

impl PolicyEnvelope {
    /// The exact vector of [`Standing::Outside`](covenant_verifier::envelope::Standing) as integers:
    /// times the least number that makes all of them whole, or, where that makes them too large,
    /// rounded. Either is checked as the contract will check it.
    ///
    /// # Errors
    /// They show nothing to the contract.
    pub fn vector(
        &self,
        may_owe: bool,
        proved: &[u128],
        present: &[u128],
        exact: &[BigRational],
    ) -> Result<Vec<I256>, VectorError> {
        let common = exact
            .iter()
            .fold(BigInt::one(), |common, y| common.lcm(y.denom()));
        let whole: Vec<BigInt> = (exact.iter())
            .map(|y| (y * BigRational::from(common.clone())).to_integer())
            .collect();
        let least = whole.iter().fold(BigInt::zero(), |all, y| all.gcd(y));
        let mut whole: Vec<BigInt> = match least.is_zero() {
            true => whole,
            false => whole.into_iter().map(|y| y / &least).collect(),
        };
        let largest = whole.iter().map(BigInt::bits).max().unwrap_or_default();
        if largest > BITS {
            // Halves would be below 2^99 then; up they go to 2^99 at most.
            let shift = largest - (BITS - 1);
            let half = BigInt::one() << (shift - 1);
            whole = (whole.into_iter())
                .map(|y| (y + &half).div_floor(&(BigInt::one() << shift)))
                .collect();
        }
        self.check_outside(may_owe, proved, present, &whole)?;
        Ok(whole.iter().map(integer).collect())
    }

    /// As `Envelopes.checkOutside` does, in integers without a bound.
    fn check_outside(
        &self,
        may_owe: bool,
        proved: &[u128],
        present: &[u128],
        vector: &[BigInt],
    ) -> Result<(), VectorError> {
        let expected = vector.len();
        let assets = self.multipliers.len().checked_div(self.ratios.len());
        for got in [proved.len(), present.len(), assets.unwrap_or(expected)] {
            if got != expected {
                return Err(VectorError::Count { expected, got });
            }
        }
        for (asset, y) in vector.iter().enumerate() {
            let owed = may_owe && self.owed.bit(asset);
            let wrong = y.is_negative() && !owed || y.is_positive() && self.weightless.bit(asset);
            if wrong || y.bits() > BITS {
                return Err(VectorError::Sign { asset });
            }
        }
        let one = u32::from(u16::try_from(ONE_IN_BPS).unwrap_or(u16::MAX));
        let base = vec![one; expected];
        let scenarios = (self.ratios.iter())
            .zip(self.multipliers.chunks(expected.max(1)))
            .map(|(ratio, multipliers)| (*ratio, multipliers));
        let all = std::iter::once((1, base.as_slice())).chain(scenarios);
        for (scenario, (ratio, multipliers)) in all.enumerate() {
            if ratio == 0 {
                continue;
            }
            let prices = present.iter().zip(proved).zip(multipliers);
            let sum =
                prices
                    .zip(vector)
                    .fold(BigInt::zero(), |sum, (((now, then), multiplier), y)| {
                        let now = BigInt::from(*now) * one;
                        sum + y * (now - BigInt::from(*then) * *multiplier)
                    });
            if !sum.is_negative() {
                return Err(VectorError::NotOutside { scenario });
            }
        }
        Ok(())
    }
}

/// Below 2^100.
fn integer(y: &BigInt) -> I256 {
    let (sign, digits) = y.to_u64_digits();
    let size = alloy_primitives::U256::from_limbs_slice(&digits);
    let positive = I256::from_raw(size);
    match sign {
        Sign::Minus => positive.wrapping_neg(),
        _ => positive,
    }
}
