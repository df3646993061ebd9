//! SHPLONK: one linear combination of all commitments, checked by one pairing.
//!
//! With T all points, S_i the points of set i, Z_S(u) the product of u - s over s in S:
//! F = sum_i v^i Z_S0(u) / Z_Si(u) * sum_j y^j (C_ij - r_ij(u) G) - Z_S0(u) W + u W', and
//! e(F, G2) = e(W', tau G2).

use crate::body::{ADD_GAS, Body, MUL_GAS, PAIRING_GAS, coordinates, inverse, revert};
use crate::code::{Slot, coordinate, scalar};
use crate::expression::{Graph, Id};
use crate::protocol::{Challenge, Commitment, Evaluation, Set};
use crate::{Result, SolidityError};
use covenant_circuits::field::Fr;
use ff::Field;
use halo2curves::CurveAffine;
use halo2curves::bn256::G2Affine;

/// What the opening needs beside the challenges, in memory.
#[derive(Debug)]
pub(crate) struct Points {
    /// u - x omega^rotation, per rotation.
    differences: Vec<(i32, Slot)>,
    /// Z_T\S0 (u), then its inverse.
    pub(crate) others: Slot,
    /// x, then its inverse.
    pub(crate) x: Slot,
}

/// Scalars of the linear combination, in memory.
#[derive(Debug)]
pub(crate) struct Scalars {
    /// v^i Z_S0 / Z_Si for every set but the first, whose is 1.
    sets: Vec<Slot>,
    /// Minus the evaluation of everything at u.
    generator: Slot,
    /// -Z_S0(u).
    quotient: Slot,
}

impl Body<'_> {
    /// The differences between u and the points; what of them must be inverted.
    pub(crate) fn points(&mut self) -> Points {
        let (x, u) = (self.challenge(Challenge::X), self.challenge(Challenge::U));
        self.code.note("u - x omega^i for every rotation i.");
        let mut differences = Vec::new();
        for rotation in self.protocol.rotations() {
            let slot = self.memory.word();
            let point = match rotation {
                0 => x.load(),
                _ => format!(
                    "mulmod({}, {}, r)",
                    scalar(&self.protocol.root(rotation)),
                    x.load()
                ),
            };
            self.code
                .store(slot, format!("addmod({}, sub(r, {point}), r)", u.load()));
            differences.push((rotation, slot));
        }
        let (others, inverse_x) = (self.memory.word(), self.memory.word());
        let mut points = Points {
            differences,
            others,
            x: inverse_x,
        };
        self.code.store(inverse_x, x.load());
        let mut graph = Graph::default();
        if let Some(set) = self.protocol.sets.first() {
            let product = points.vanishing(&mut graph, |r| !set.rotations.contains(&r));
            graph.will_use(product);
            let value = graph.write(product, &mut self.code, &mut self.memory);
            self.code.store(others, value);
        }
        points.others = others;
        points
    }

    /// The scalars of the combination.
    pub(crate) fn scalars(&mut self, points: &Points, quotient: Slot) -> Scalars {
        let mut graph = Graph::default();
        let others = graph.memory(points.others);
        let x = graph.memory(points.x);
        let [v, y] = [Challenge::Sets, Challenge::SetFold].map(|c| graph.memory(self.challenge(c)));
        let mut total = graph.constant(Fr::ZERO);
        let mut power = graph.constant(Fr::ONE);
        let mut weights = Vec::new();
        for (i, set) in self.protocol.sets.iter().enumerate() {
            let mut value = self.at_u(&mut graph, set, points, x, y, quotient);
            if i > 0 {
                power = graph.product(power, v);
                let rest = points.vanishing(&mut graph, |r| !set.rotations.contains(&r));
                let ratio = graph.product(others, rest);
                let weight = graph.product(power, ratio);
                value = graph.product(weight, value);
                weights.push(weight);
            }
            total = graph.sum(total, value);
        }
        let total = graph.negated(total);
        let first = match self.protocol.sets.first() {
            Some(set) => points.vanishing(&mut graph, |r| set.rotations.contains(&r)),
            None => graph.constant(Fr::ONE),
        };
        let first = graph.negated(first);
        for id in weights.iter().chain([&total, &first]) {
            graph.will_use(*id);
        }
        self.code
            .note("SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).");
        let mut keep = |id| {
            let slot = self.memory.word();
            let value = graph.write(id, &mut self.code, &mut self.memory);
            self.code.store(slot, value);
            slot
        };
        Scalars {
            sets: weights.into_iter().map(&mut keep).collect(),
            generator: keep(total),
            quotient: keep(first),
        }
    }

    /// Sum over the set's points p of L_p(u) * sum_j y^j eval_jp.
    fn at_u(
        &self,
        graph: &mut Graph,
        set: &Set,
        points: &Points,
        x: Id,
        y: Id,
        quotient: Slot,
    ) -> Id {
        let mut value = graph.constant(Fr::ZERO);
        for (index, rotation) in set.rotations.iter().enumerate() {
            let mut folded = graph.constant(Fr::ZERO);
            for (_, evaluations) in set.members.iter().rev() {
                let evaluation = match evaluations.get(index) {
                    Some(Evaluation::Proof(i)) => graph.calldata(self.evaluation(*i)),
                    _ => graph.memory(quotient),
                };
                folded = graph.product(folded, y);
                folded = graph.sum(folded, evaluation);
            }
            // 1 / prod (omega^p - omega^q), and 1 / x for each factor.
            let own = self.protocol.root(*rotation);
            let mut denominator = Fr::ONE;
            for other in set.rotations.iter().filter(|r| *r != rotation) {
                denominator *= own - self.protocol.root(*other);
            }
            let factor = graph.constant(inverse(denominator));
            let mut basis =
                points.vanishing(graph, |r| r != *rotation && set.rotations.contains(&r));
            for _ in 1..set.rotations.len() {
                basis = graph.product(basis, x);
            }
            basis = graph.product(basis, factor);
            let term = graph.product(basis, folded);
            value = graph.sum(value, term);
        }
        value
    }

    /// The combination of the commitments, and the pairing.
    pub(crate) fn pairing(
        &mut self,
        power: Slot,
        scalars: &Scalars,
        tau_g2: &G2Affine,
    ) -> Result<()> {
        // A point and its factor; where its multiple goes and what is added to it.
        let (factor_of, sum_of) = (self.memory.words(3), self.memory.words(4));
        // A scaled set, the sum so far, and what the pairing needs beside that sum.
        let scaled = self.memory.words(2);
        let total = self.memory.words(12);
        let quotient = self.memory.words(2);
        let msm = Msm {
            point: factor_of,
            sum: sum_of,
            scaled,
            total,
        };

        let (first, count) = self.protocol.pieces;
        self.code
            .note("The quotient's commitment: its pieces folded by x^n.");
        self.load(msm.point, Commitment::Proof(first + count - 1), quotient)?;
        self.code.store(msm.factor(), power.load());
        for piece in (first..first + count - 1).rev() {
            self.fold(&msm, Commitment::Proof(piece), quotient)?;
        }
        self.code
            .line(format!("mcopy({quotient}, {}, 0x40)", msm.point));

        let y = self.challenge(Challenge::SetFold).load();
        for (i, set) in self.protocol.sets.iter().enumerate() {
            self.code.note(&format!(
                "Set {i}: opened at x omega^i for i = {:?}, folded by y.",
                set.rotations
            ));
            let mut members = set.members.iter().rev();
            if let Some((last, _)) = members.next() {
                self.load(msm.point, *last, quotient)?;
            }
            if set.members.len() > 1 {
                self.code.store(msm.factor(), &y);
            }
            for (commitment, _) in members {
                self.fold(&msm, *commitment, quotient)?;
            }
            match i.checked_sub(1).and_then(|i| scalars.sets.get(i)) {
                None => self
                    .code
                    .line(format!("mcopy({total}, {}, 0x40)", msm.point)),
                Some(weight) => {
                    self.code.store(msm.factor(), weight.load());
                    self.add_scaled(&msm);
                }
            }
        }
        self.code
            .note("The generator, SHPLONK's quotient W and its opening W'.");
        let (w, opening) = (self.protocol.points, self.protocol.points + 1);
        self.code.store(msm.point, "1");
        self.code.store(msm.point.plus(32), "2");
        self.code.store(msm.factor(), scalars.generator.load());
        self.add_scaled(&msm);
        let u = self.challenge(Challenge::U).load();
        for (point, factor) in [(w, scalars.quotient.load()), (opening, u)] {
            self.load(msm.point, Commitment::Proof(point), quotient)?;
            self.code.store(msm.factor(), factor);
            self.add_scaled(&msm);
        }

        self.code.note("e(F, -G2) e(W', tau G2) = 1.");
        let second = total.plus(6 * 32);
        self.g2(total.plus(64), &-G2Affine::generator())?;
        self.load(second, Commitment::Proof(opening), quotient)?;
        self.g2(second.plus(64), tau_g2)?;
        let code = &mut self.code;
        code.line(format!(
            "ok := and(ok, staticcall({PAIRING_GAS}, 8, {total}, 0x180, 0, 0x20))"
        ));
        code.open("if iszero(ok) {");
        revert(code, "PrecompileFailed");
        code.close();
        code.open("if iszero(eq(mload(0), 1)) {");
        revert(code, "ProofInvalid");
        code.close();
        code.line("mstore(0, 1)");
        code.line("return(0, 0x20)");
        Ok(())
    }

    /// point := factor * point + commitment.
    fn fold(&mut self, msm: &Msm, commitment: Commitment, quotient: Slot) -> Result<()> {
        self.load(msm.sum.plus(64), commitment, quotient)?;
        self.multiply(msm.point, msm.sum);
        self.code.line(format!(
            "ok := and(ok, staticcall({ADD_GAS}, 6, {}, 0x80, {}, 0x40))",
            msm.sum, msm.point
        ));
        Ok(())
    }

    /// total := total + factor * point.
    fn add_scaled(&mut self, msm: &Msm) {
        self.multiply(msm.point, msm.scaled);
        self.code.line(format!(
            "ok := and(ok, staticcall({ADD_GAS}, 6, {}, 0x80, {}, 0x40))",
            msm.scaled, msm.total
        ));
    }

    fn multiply(&mut self, from: Slot, to: Slot) {
        self.code.line(format!(
            "ok := and(ok, staticcall({MUL_GAS}, 7, {from}, 0x60, {to}, 0x40))"
        ));
    }

    fn load(&mut self, to: Slot, commitment: Commitment, quotient: Slot) -> Result<()> {
        let point = match commitment {
            Commitment::Proof(index) => {
                let at = self.point(index);
                self.code.line(format!("calldatacopy({to}, {at:#x}, 0x40)"));
                return Ok(());
            }
            Commitment::Quotient => {
                self.code.line(format!("mcopy({to}, {quotient}, 0x40)"));
                return Ok(());
            }
            Commitment::Fixed(index) => self.protocol.fixed.get(index),
            Commitment::Sigma(index) => self.protocol.sigmas.get(index),
        };
        // The identity, a column of zeros, is (0, 0) to the precompiles.
        let zero = || ("0".to_owned(), "0".to_owned());
        let point = point.ok_or(SolidityError::Unsupported {
            what: "a commitment for every column",
        })?;
        let (x, y) = coordinates(point).unwrap_or_else(zero);
        self.code.store(to, x);
        self.code.store(to.plus(32), y);
        Ok(())
    }

    /// A point of the second group: imaginary parts first.
    fn g2(&mut self, to: Slot, point: &G2Affine) -> Result<()> {
        let found: Option<halo2curves::Coordinates<G2Affine>> = point.coordinates().into();
        let found = found.ok_or(SolidityError::TauG2)?;
        let words = [found.x().c1, found.x().c0, found.y().c1, found.y().c0];
        for (i, word) in words.iter().enumerate() {
            self.code.store(to.plus(32 * i), coordinate(word));
        }
        Ok(())
    }
}

impl Points {
    /// The product of u - x omega^i over some of the rotations.
    fn vanishing(&self, graph: &mut Graph, of: impl Fn(i32) -> bool) -> Id {
        let mut product = graph.constant(Fr::ONE);
        for (_, slot) in self.differences.iter().filter(|(r, _)| of(*r)) {
            let difference = graph.memory(*slot);
            product = graph.product(product, difference);
        }
        product
    }
}

/// Memory of the linear combination.
struct Msm {
    /// x, y, factor.
    point: Slot,
    /// x, y of the multiple; x, y of what is added.
    sum: Slot,
    /// x, y of a multiple; the sum so far follows.
    scaled: Slot,
    total: Slot,
}

impl Msm {
    fn factor(&self) -> Slot {
        self.point.plus(64)
    }
}
