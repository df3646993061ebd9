//! Numbers and their limbs.

use super::plan::Planner;
use super::step::Step;
use crate::compile::Node;
use crate::rng::words;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use ff::Field;

impl Planner<'_> {
    /// An equation whose unknown cells are digits of a number.
    pub fn digits(&self, e: usize, unknown: &[usize]) -> Option<Step> {
        let equation = &self.equations.all[e];
        let name = self.constraints[equation.constraint].name.as_str();
        let of_digits = ["limbs", "number", "halves"];
        if !of_digits.iter().any(|word| name.contains(word)) {
            return None;
        }
        let mut weights = Vec::new();
        for cell in unknown {
            let limb = self.equations.places[*cell]
                .iter()
                .any(|place| match place {
                    Place::Advice(c, _) if self.columns.limbs.contains(c) => true,
                    Place::Advice(c, row) => *c == self.columns.a && *row == equation.row + 1,
                    _ => false,
                });
            match equation.node.slope(*cell) {
                Node::Const(x) if limb => weights.push((*cell, x)),
                _ => return None,
            }
        }
        // Of all slopes one is the unit of the others, which are powers of 2 of it.
        let exponents = |unit: Fr| -> Option<Vec<u32>> {
            let inverse: Fr = Option::from(unit.invert())?;
            weights
                .iter()
                .map(|(_, x)| exponent(&(*x * inverse)))
                .collect()
        };
        let (unit, exponents) = weights
            .iter()
            .find_map(|(_, unit)| Some((*unit, exponents(*unit)?)))?;
        let mut limbs: Vec<(u32, usize)> = exponents
            .into_iter()
            .zip(weights.iter().map(|(c, _)| *c))
            .collect();
        limbs.sort_unstable();
        let next: Vec<u32> = limbs
            .iter()
            .skip(1)
            .map(|(x, _)| *x)
            .chain([u32::MAX])
            .collect();
        let limbs = limbs
            .iter()
            .zip(next)
            .map(|((x, cell), next)| (*cell, next - x))
            .collect();
        Some(Step::Digits {
            equation: e,
            scale: -Option::<Fr>::from(unit.invert())?,
            limbs,
            soft: false,
        })
    }
}

/// `e` where an element is `2^e`, with `e` below 240: no two such are each other's inverse.
fn exponent(x: &Fr) -> Option<u32> {
    let words = words(x);
    let ones: u32 = words.iter().map(|w| w.count_ones()).sum();
    let at = words.iter().position(|w| *w != 0)?;
    (ones == 1).then(|| 64 * at as u32 + words[at].trailing_zeros())
}

/// What is left of a number whose digits are taken.
pub struct Integer(pub [u64; 4]);

impl Integer {
    pub fn take(&mut self, bits: u32) -> Fr {
        let [a, b, c, d] = self.0;
        // Digits have fewer than 64 bits, but for the last, which is not taken here.
        let digit = a & ((1u64 << bits) - 1);
        let join = |low: u64, high: u64| low >> bits | high << (64 - bits);
        self.0 = [join(a, b), join(b, c), join(c, d), d >> bits];
        Fr::from(digit)
    }

    pub fn element(&self) -> Fr {
        let unit = crate::rng::two_pow(64);
        self.0
            .iter()
            .rev()
            .fold(Fr::ZERO, |sum, word| sum * unit + Fr::from(*word))
    }
}
