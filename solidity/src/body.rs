//! The body of `verify`: where everything is in calldata and memory, the checks before
//! any work, and the transcript.

use crate::code::{Code, Memory, Slot, scalar};
use crate::protocol::Protocol;
use crate::{Challenge, expression::Leaves};
use covenant_circuits::field::Fr;
use ff::Field;
use halo2curves::bn256::G1Affine;
use std::collections::HashMap;

/// Order of the scalar field.
pub(crate) const R: &str = "0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001";
/// Order of the base field.
const P: &str = "0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47";
/// Memory below belongs to Solidity; its first 64 bytes are scratch.
const FREE: usize = 0x80;

/// Gas that a precompile may take: twice and more what it costs, and never all there is.
pub(crate) const MODEXP_GAS: &str = "20000";
pub(crate) const ADD_GAS: &str = "2000";
pub(crate) const MUL_GAS: &str = "20000";
pub(crate) const PAIRING_GAS: &str = "300000";

/// Squares of one block: each is a place of the stack.
const SQUARES: u32 = 7;
/// Checks of one statement: each is a level of its nested expression.
const CHECKS: usize = 30;

/// The body while it is written.
#[derive(Debug)]
pub(crate) struct Body<'a> {
    pub(crate) protocol: &'a Protocol<'a>,
    pub(crate) code: Code,
    pub(crate) memory: Memory,
    challenges: HashMap<Challenge, Slot>,
    /// The public inputs' evaluation, once it is computed.
    pub(crate) public: Option<Slot>,
}

impl<'a> Body<'a> {
    pub(crate) fn new(protocol: &'a Protocol<'a>) -> Self {
        Self {
            protocol,
            code: Code::new(3),
            memory: Memory::from(FREE),
            challenges: HashMap::new(),
            public: None,
        }
    }

    /// Byte of the calldata where the proof begins: after the selector, the instances, the
    /// offset and the length.
    fn proof(&self) -> usize {
        4 + 32 * self.protocol.instances + 64
    }

    /// Byte of the calldata where an instance is.
    pub(crate) fn instance(&self, index: usize) -> usize {
        4 + 32 * index
    }

    /// Byte of the calldata where a point of the proof is; SHPLONK's two are the last.
    pub(crate) fn point(&self, index: usize) -> usize {
        let after = match index >= self.protocol.points {
            true => 32 * self.protocol.evaluations,
            false => 0,
        };
        self.proof() + 64 * index + after
    }

    /// Byte of the calldata where an evaluation is.
    pub(crate) fn evaluation(&self, index: usize) -> usize {
        self.proof() + 64 * self.protocol.points + 32 * index
    }

    pub(crate) fn challenge(&self, challenge: Challenge) -> Slot {
        self.challenges
            .get(&challenge)
            .copied()
            .unwrap_or(Slot(FREE))
    }

    /// Exact calldata.
    pub(crate) fn check_length(&mut self) {
        let (proof, length) = (self.proof(), self.protocol.proof_length());
        let offset = proof - 64;
        let code = &mut self.code;
        code.line(format!("let r := {R}"));
        code.note("Exact calldata: the offset of the proof, its length, nothing after it.");
        code.open(format!(
            "if iszero(and(and(eq(calldatasize(), {}), eq(calldataload({offset:#x}), {:#x})), eq(calldataload({:#x}), {length}))) {{",
            proof + length,
            offset - 4 + 32,
            offset + 32,
        ));
        revert(code, "WrongLength");
        code.close();
    }

    /// Every scalar below r, every point on the curve with coordinates below p.
    pub(crate) fn check_words(&mut self) {
        let instances = self.instance(0)..self.instance(self.protocol.instances);
        let evaluations = self.evaluation(0)..self.evaluation(self.protocol.evaluations);
        let points: Vec<usize> = (0..self.protocol.points + 2)
            .map(|i| self.point(i))
            .collect();
        let code = &mut self.code;
        code.open("{");
        code.note("Every public input and every evaluation is below r.");
        code.line("let ok := 1");
        let words: Vec<usize> = instances.chain(evaluations).step_by(32).collect();
        for words in words.chunks(CHECKS) {
            let below = |at: &usize| format!("lt(calldataload({at:#x}), r)");
            all(code, words.iter().map(below));
        }
        code.note(
            "Every point: x < p, y < p and y^2 = x^3 + 3. The identity (0, 0) is not on the curve.",
        );
        code.open("{");
        code.line(format!("let p := {P}"));
        for points in points.chunks(CHECKS / 3) {
            let checks = points.iter().flat_map(|at| {
                let x = format!("calldataload({at:#x})");
                let y = format!("calldataload({:#x})", at + 32);
                [
                    format!("lt({x}, p)"),
                    format!("lt({y}, p)"),
                    format!(
                        "eq(mulmod({y}, {y}, p), addmod(mulmod({x}, mulmod({x}, {x}, p), p), 3, p))"
                    ),
                ]
            });
            all(code, checks);
        }
        code.close();
        code.open("if iszero(ok) {");
        revert(code, "NotCanonical");
        code.close();
        code.close();
    }

    /// The challenges, by keccak256 over what was absorbed since the last ones and their
    /// hash; each further one of a round by that of the hash before it and a byte of 1. Leaves
    /// them in memory.
    pub(crate) fn transcript(&mut self) {
        for round in &self.protocol.rounds {
            for challenge in &round.challenges {
                self.challenges.insert(*challenge, self.memory.word());
            }
        }
        let (instances, length) = (self.protocol.instances, self.protocol.proof_length());
        let buffer = self.memory.words(1 + instances + length / 32);
        let (first, proof) = (self.instance(0), self.proof());
        let digest = scalar(&self.protocol.digest);
        let code = &mut self.code;
        code.note("The transcript: the key's digest, the public inputs, the proof in its order.\nThe last hash is placed before each stretch of the proof.");
        code.store(buffer, digest);
        code.line(format!(
            "calldatacopy({}, {first:#x}, {:#x})",
            buffer.plus(32),
            32 * instances
        ));
        code.line(format!(
            "calldatacopy({}, {proof:#x}, {length})",
            buffer.plus(32 + 32 * instances)
        ));
        code.line("mstore8(0x20, 1)");
        code.open("{");
        code.line("let h");
        let mut from = buffer;
        let mut to = buffer.plus(32 + 32 * instances);
        for (i, round) in self.protocol.rounds.iter().enumerate() {
            to = to.plus(32 * round.words);
            if i > 0 {
                code.store(from, "h");
            }
            code.line(format!("h := keccak256({from}, {:#x})", to.0 - from.0));
            for (j, challenge) in round.challenges.iter().enumerate() {
                if j > 0 {
                    code.line("mstore(0, h)");
                    code.line("h := keccak256(0, 0x21)");
                }
                let slot = self.challenges.get(challenge).copied();
                code.line(format!(
                    "mstore({}, mod(h, r)) // {challenge:?}",
                    slot.unwrap_or(Slot(0))
                ));
            }
            from = Slot(to.0 - 32);
        }
        code.close();
        self.memory.back_to(buffer);
    }

    /// x^(2^k), which the caller keeps.
    pub(crate) fn power_of_x(&mut self) -> Slot {
        let slot = self.memory.word();
        let x = self.challenge(Challenge::X).load();
        self.code.note(&format!("x^n, n = 2^{}.", self.protocol.k));
        self.code.open("{");
        // A variable for each square costs 3 gas less than one for all, but they must stay in reach.
        self.code.line(format!("let power := {x}"));
        for first in (0..self.protocol.k).step_by(SQUARES as usize) {
            self.code.open("{");
            let mut last = "power".to_owned();
            for i in first + 1..(first + SQUARES).min(self.protocol.k) {
                self.code
                    .line(format!("let power{i} := mulmod({last}, {last}, r)"));
                last = format!("power{i}");
            }
            self.code
                .line(format!("power := mulmod({last}, {last}, r)"));
            self.code.close();
        }
        self.code.store(slot, "power");
        self.code.close();
        slot
    }
}

impl Body<'_> {
    /// x^n - 1, to be inverted.
    pub(crate) fn less_one(&mut self, power: Slot) -> Slot {
        let slot = self.memory.word();
        let minus = scalar(&-Fr::ONE);
        self.code
            .store(slot, format!("add({}, {minus})", power.load()));
        slot
    }
}

impl Leaves for Body<'_> {
    fn fixed(&self, column: usize, rotation: i32) -> Option<usize> {
        let queries = self.protocol.cs.fixed_queries();
        let index = queries
            .iter()
            .position(|(c, at)| c.index() == column && at.0 == rotation)?;
        Some(self.evaluation(self.protocol.fixed_from + index))
    }

    fn advice(&self, column: usize, rotation: i32) -> Option<usize> {
        let queries = self.protocol.cs.advice_queries();
        let index = queries
            .iter()
            .position(|(c, at)| c.index() == column && at.0 == rotation)?;
        Some(self.evaluation(index))
    }

    fn instance(&self, column: usize, rotation: i32) -> Option<Slot> {
        self.public.filter(|_| (column, rotation) == (0, 0))
    }

    fn challenge(&self, challenge: Challenge) -> Option<Slot> {
        self.challenges.get(&challenge).copied()
    }
}

/// `ok` stays 1 if all of these are 1 too. They are one expression, which costs 8 gas less for
/// each than a statement; the last line is evaluated first.
pub(crate) fn all(code: &mut Code, calls: impl IntoIterator<Item = String>) {
    let calls: Vec<String> = calls.into_iter().collect();
    let Some((last, before)) = calls.split_last() else {
        return;
    };
    code.line("ok :=");
    for call in before {
        code.line(format!("    and({call},"));
    }
    code.line(format!("    and({last}, ok)"));
    code.append(&")".repeat(before.len()));
}

/// Ends with a custom error that has no arguments.
pub(crate) fn revert(code: &mut Code, error: &str) {
    let hash = covenant_circuits::ident::keccak256(format!("{error}()").as_bytes());
    let selector: String = hash.iter().take(4).map(|b| format!("{b:02x}")).collect();
    code.line(format!("mstore(0, shl(224, 0x{selector})) // {error}()"));
    code.line("revert(0, 4)");
}

/// Coordinates of a point of the key; none if it is the identity.
pub(crate) fn coordinates(point: &G1Affine) -> Option<(String, String)> {
    use halo2curves::CurveAffine;
    let found: Option<halo2curves::Coordinates<G1Affine>> = point.coordinates().into();
    let found =
        found.filter(|_| !bool::from(group::prime::PrimeCurveAffine::is_identity(point)))?;
    Some((
        crate::code::coordinate(found.x()),
        crate::code::coordinate(found.y()),
    ))
}

/// 1 / x, and 0 of 0.
pub(crate) fn inverse(x: Fr) -> Fr {
    x.invert().unwrap_or(Fr::ZERO)
}
