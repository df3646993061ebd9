//! SHPLONK: one linear combination of all commitments, checked by one pairing.
//!
//! With T all points, S_i the points of set i, Z_S(u) the product of u - s over s in S:
//! F = sum_i v^i Z_S0(u) / Z_Si(u) * sum_j y^j (C_ij - r_ij(u) G) - Z_S0(u) W + u W', and
//! e(F, G2) = e(W', tau G2).

use crate::body::{ADD_GAS, Body, MUL_GAS, PAIRING_GAS, all, coordinates, inverse, revert};
use crate::code::{Code, Slot, coordinate};
use crate::expression::{Graph, Id};
use crate::protocol::{Challenge, Commitment, Evaluation, Set};
use crate::{Result, SolidityError};
use covenant_circuits::field::Fr;
use ff::Field;
use halo2curves::CurveAffine;
use halo2curves::bn256::G2Affine;

/// Words that are kept on the stack while the scalars are computed.
const READ_OFTEN: usize = 7;

/// What is to be inverted for the opening, in memory.
#[derive(Debug)]
pub(crate) struct Points {
    /// Z_T\S0 (u), then its inverse.
    pub(crate) others: Slot,
    /// x, then its inverse.
    pub(crate) x: Slot,
}

/// Points with their factors, in memory: x, y and the scalar they are multiplied by.
#[derive(Debug)]
pub(crate) struct Terms {
    /// What is folded: by x^n, then by y.
    folded: Slot,
    /// The sets but the first, by v^i Z_S0 / Z_Si.
    sets: Vec<Slot>,
    /// The generator, by minus the evaluation of everything at u.
    generator: Slot,
    /// W, by -Z_S0(u).
    quotient: Slot,
    /// W', by u.
    opening: Slot,
}

impl Body<'_> {
    /// What must be inverted: x, and the product of u - x omega^i over the points that are not
    /// of the first set.
    pub(crate) fn points(&mut self) -> Points {
        let points = Points {
            others: self.memory.word(),
            x: self.memory.word(),
        };
        self.code.note(
            "u - x omega^i for the points that the first set lacks, and x: both to be inverted.",
        );
        let x = self.challenge(Challenge::X).load();
        self.code.store(points.x, x);
        let mut graph = Graph::default();
        let mut product = graph.constant(Fr::ONE);
        for rotation in self.protocol.rotations() {
            let first = self.protocol.sets.first();
            if first.is_some_and(|set| !set.rotations.contains(&rotation)) {
                let difference = self.difference(&mut graph, rotation);
                product = graph.product(product, difference);
            }
        }
        graph.will_use(product);
        let value = graph.write(product, &mut self.code, &mut self.memory);
        self.code.store(points.others, value);
        points
    }

    /// u - x omega^rotation.
    fn difference(&self, graph: &mut Graph, rotation: i32) -> Id {
        let [x, u] = [Challenge::X, Challenge::U].map(|c| graph.memory(self.challenge(c)));
        let minus = graph.constant(-self.protocol.root(rotation));
        let point = graph.product(x, minus);
        graph.sum(u, point)
    }

    /// The rotations, those of most sets first: what many sets multiply by is shared.
    fn shared_first(&self) -> Vec<i32> {
        let sets = &self.protocol.sets;
        let count = |r: &i32| sets.iter().filter(|s| s.rotations.contains(r)).count();
        let mut all = self.protocol.rotations();
        all.sort_by_key(|r| std::cmp::Reverse(count(r)));
        all
    }

    /// The product of u - x omega^i over some rotations, the rarest first.
    fn vanishing(&self, graph: &mut Graph, of: impl Fn(&i32) -> bool) -> Id {
        let mut product = graph.constant(Fr::ONE);
        for rotation in self.shared_first().iter().rev().filter(|r| of(r)) {
            let difference = self.difference(graph, *rotation);
            product = graph.product(product, difference);
        }
        product
    }

    /// The scalars of the combination, where the points will be that they multiply.
    pub(crate) fn scalars(&mut self, points: &Points, power: Slot, quotient: Slot) -> Terms {
        let protocol = self.protocol;
        let terms = Terms {
            folded: self.memory.words(3),
            sets: (protocol.sets.iter().skip(1))
                .map(|_| self.memory.words(3))
                .collect(),
            generator: self.memory.words(3),
            quotient: self.memory.words(3),
            opening: self.memory.words(3),
        };
        let ratio = self.memory.word();
        let mut graph = Graph::default();
        let others = graph.memory(points.others);
        let v = graph.memory(self.challenge(Challenge::Sets));
        let in_first = |r: &i32| match protocol.sets.first() {
            Some(first) => first.rotations.contains(r),
            None => false,
        };
        let mut total = graph.constant(Fr::ZERO);
        let mut fold = graph.constant(Fr::ONE);
        let mut weights = Vec::new();
        for (i, set) in protocol.sets.iter().enumerate() {
            let mut value = self.at_u(&mut graph, set, ratio, quotient);
            if i > 0 {
                fold = graph.product(fold, v);
                // What both have cancels: only points that the first set lacks are divided by.
                let divided = set.rotations.iter().any(|r| !in_first(r));
                let rest = self.vanishing(&mut graph, |r| {
                    !set.rotations.contains(r) && (in_first(r) || divided)
                });
                let mut weight = graph.product(fold, rest);
                if divided {
                    weight = graph.product(weight, others);
                }
                value = graph.product(weight, value);
                weights.push(weight);
            }
            total = graph.sum(total, value);
        }
        let total = graph.negated(total);
        let first = self.vanishing(&mut graph, in_first);
        let first = graph.negated(first);
        for id in weights.iter().chain([&total, &first]) {
            graph.will_use(*id);
        }
        self.code
            .note("SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).\nWithin a set t = u / x: its points are at u - x omega^i = x (t - omega^i), and x cancels.");
        let (x, u) = (points.x.load(), self.challenge(Challenge::U).load());
        self.code.store(ratio, format!("mulmod({u}, {x}, r)"));
        self.code.open("{");
        graph.read_often(READ_OFTEN, &mut self.code);
        // Weights are used again, and read where they are.
        let slots = terms.sets.iter().zip(weights);
        let last = [(&terms.generator, total), (&terms.quotient, first)];
        for (slot, id) in slots.chain(last) {
            graph.store(id, slot.plus(64), &mut self.code, &mut self.memory);
        }
        self.code.close();
        self.code.store(terms.opening.plus(64), u);
        self.code.store(terms.folded.plus(64), power.load());
        self.memory.back_to(ratio);
        terms
    }

    /// Sum over the set's points p of L_p(u) * sum_j y^j eval_jp, by Newton's scheme: with t and
    /// the points before p, N := N (t - omega^p) + eval_p / prod_q (omega^p - omega^q) * D,
    /// D := D (t - omega^p).
    fn at_u(&self, graph: &mut Graph, set: &Set, ratio: Slot, quotient: Slot) -> Id {
        let y = graph.memory(self.challenge(Challenge::SetFold));
        let t = graph.memory(ratio);
        let mut value = graph.constant(Fr::ZERO);
        let mut before = graph.constant(Fr::ONE);
        for rotation in self.shared_first() {
            let Some(index) = set.rotations.iter().position(|r| *r == rotation) else {
                continue;
            };
            let mut folded = graph.constant(Fr::ZERO);
            for (_, evaluations) in set.members.iter().rev() {
                let evaluation = match evaluations.get(index) {
                    Some(Evaluation::Proof(i)) => graph.calldata(self.evaluation(*i)),
                    _ => graph.memory(quotient),
                };
                folded = graph.product(folded, y);
                folded = graph.sum(folded, evaluation);
            }
            let own = self.protocol.root(rotation);
            let mut denominator = Fr::ONE;
            for other in set.rotations.iter().filter(|r| **r != rotation) {
                denominator *= own - self.protocol.root(*other);
            }
            let factor = graph.constant(inverse(denominator));
            let term = graph.product(folded, factor);
            let term = graph.product(term, before);
            let own = graph.constant(-own);
            let difference = graph.sum(t, own);
            value = graph.product(value, difference);
            value = graph.sum(value, term);
            before = graph.product(before, difference);
        }
        value
    }

    /// The combination of the commitments, and the pairing.
    pub(crate) fn pairing(&mut self, terms: &Terms, tau_g2: &G2Affine) -> Result<()> {
        let protocol = self.protocol;
        // A scaled set, the sum so far, and what the pairing needs beside that sum.
        let scaled = self.memory.words(2);
        let total = scaled.plus(64);
        self.memory.words(12);
        // What is folded, in the order of folding from high to low. The multiple that each is
        // added to goes where the one before it was, so that the precompile reads both in place.
        let (first, count) = protocol.pieces;
        let pieces = (first..first + count - 1).rev().map(Commitment::Proof);
        let members = |set: &Set| -> Vec<Commitment> {
            set.members.iter().rev().skip(1).map(|(c, _)| *c).collect()
        };
        let mut order: Vec<Commitment> = pieces.collect();
        let sets_from = order.len();
        order.extend(protocol.sets.iter().flat_map(members));
        let base = self.memory.words(2 * (order.len() + 1));
        let place = |i: usize| base.plus(64 * (order.len() - 1 - i));
        // The random polynomial is opened where the quotient is and comes after it.
        let quotient = order.iter().position(|c| *c == Commitment::Quotient);
        let quotient = quotient.map(place).ok_or(SolidityError::Unsupported {
            what: "the quotient before the last polynomial of its set",
        })?;

        self.code
            .note("The points that are folded, each below the one before it.");
        let mut i = 0;
        while let Some(commitment) = order.get(i) {
            let Commitment::Proof(from) = *commitment else {
                self.load(place(i), *commitment)?;
                i += 1;
                continue;
            };
            // Neighbours of the proof that are neighbours in memory too are copied at once.
            let next = |n: usize| from.checked_sub(n).map(Commitment::Proof);
            let run = (1..)
                .find(|n| order.get(i + n).copied() != next(*n) || next(*n).is_none())
                .unwrap_or(1);
            self.code.line(format!(
                "calldatacopy({}, {:#x}, {:#x})",
                place(i + run - 1),
                self.point(from + 1 - run),
                64 * run
            ));
            i += run;
        }

        self.code.note(
            "The quotient's commitment: its pieces folded by x^n. Calls run from the last line up.",
        );
        self.code.line("let ok := 1");
        self.load(terms.folded, Commitment::Proof(first + count - 1))?;
        let fold = |i: usize, to: Slot| {
            let sum = place(i);
            [multiply(terms.folded, sum.plus(64)), add(sum, to)]
        };
        let calls = (0..sets_from).flat_map(|i| match i + 1 == sets_from {
            true => fold(i, quotient),
            false => fold(i, terms.folded),
        });
        in_order(&mut self.code, calls);
        let y = self.challenge(Challenge::SetFold).load();
        self.code.store(terms.folded.plus(64), y);
        let mut from = sets_from;
        for (i, set) in protocol.sets.iter().enumerate() {
            self.code.note(&format!(
                "Set {i}: opened at x omega^i for i = {:?}, folded by y.",
                set.rotations
            ));
            let weighted = i.checked_sub(1).and_then(|i| terms.sets.get(i)).copied();
            let to = weighted.unwrap_or(total);
            let folds = from..from + set.members.len().saturating_sub(1);
            from = folds.end;
            if let Some((last, _)) = set.members.last() {
                let start = if folds.is_empty() { to } else { terms.folded };
                self.load(start, *last)?;
            }
            let mut calls: Vec<String> = (folds.clone())
                .flat_map(|i| match i + 1 == folds.end {
                    true => fold(i, to),
                    false => fold(i, terms.folded),
                })
                .collect();
            if let Some(weighted) = weighted {
                calls.extend([multiply(weighted, scaled), add(scaled, total)]);
            }
            in_order(&mut self.code, calls);
        }
        self.code
            .note("The generator, SHPLONK's quotient W and its opening W'.");
        let (w, opening) = (protocol.points, protocol.points + 1);
        self.code.store(terms.generator, "1");
        self.code.store(terms.generator.plus(32), "2");
        self.load(terms.quotient, Commitment::Proof(w))?;
        self.load(terms.opening, Commitment::Proof(opening))?;
        let calls = [terms.generator, terms.quotient, terms.opening];
        let calls = calls.map(|term| [multiply(term, scaled), add(scaled, total)]);
        in_order(&mut self.code, calls.into_iter().flatten());

        self.code.note("e(F, -G2) e(W', tau G2) = 1.");
        let second = total.plus(6 * 32);
        self.g2(total.plus(64), &-G2Affine::generator())?;
        self.load(second, Commitment::Proof(opening))?;
        self.g2(second.plus(64), tau_g2)?;
        let code = &mut self.code;
        code.line(format!(
            "ok := and(staticcall({PAIRING_GAS}, 8, {total}, 0x180, 0, 0x20), ok)"
        ));
        code.open("if iszero(ok) {");
        revert(code, "PrecompileFailed");
        code.close();
        code.open("if iszero(eq(mload(0), 1)) {");
        revert(code, "ProofInvalid");
        code.close();
        code.line("return(0, 0x20)");
        Ok(())
    }

    fn load(&mut self, to: Slot, commitment: Commitment) -> Result<()> {
        let point = match commitment {
            Commitment::Proof(index) => {
                let at = self.point(index);
                self.code.line(format!("calldatacopy({to}, {at:#x}, 0x40)"));
                return Ok(());
            }
            // It is computed where it is read.
            Commitment::Quotient => return Ok(()),
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

/// to := from times the scalar behind it.
fn multiply(from: Slot, to: Slot) -> String {
    format!("staticcall({MUL_GAS}, 7, {from}, 0x60, {to}, 0x40)")
}

/// to := the two points at from.
fn add(from: Slot, to: Slot) -> String {
    format!("staticcall({ADD_GAS}, 6, {from}, 0x80, {to}, 0x40)")
}

/// Calls that run one after the other.
fn in_order(code: &mut Code, calls: impl IntoIterator<Item = String>) {
    let calls: Vec<String> = calls.into_iter().collect();
    all(code, calls.into_iter().rev());
}
