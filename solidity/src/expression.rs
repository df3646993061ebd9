//! Arithmetic modulo r as a graph without repetitions, and the Yul that computes it.
//!
//! Sums are kept unreduced while they stay at most 5 r < 2^256; `mulmod` and `addmod` take
//! such operands. What is used more than once is computed once and kept in memory, where that
//! costs less than computing it again; what is read most is in variables.

use crate::code::{Code, Memory, Slot, scalar};
use crate::{Challenge, Result, SolidityError};
use covenant_circuits::field::{Fr, to_be_bytes};
use ff::{Field, PrimeField};
use halo2_proofs::plonk::Expression;
use std::collections::HashMap;

/// Unreduced values are at most so many times r.
const MOST: u32 = 5;
/// Kept values are at most so many times r.
const KEPT: u32 = 2;
/// A constant of so many uses is frequent.
const FREQUENT: usize = 4;
/// Operands that may wait on the stack, of the 16 that the EVM reaches.
const PENDING: usize = 8;

/// A value of the graph.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Id(usize);

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Node {
    /// Big-endian.
    Constant([u8; 32]),
    /// A reduced word of the calldata.
    Calldata(usize),
    /// A reduced word of memory.
    Memory(Slot),
    Negated(Id),
    Sum(Id, Id),
    Difference(Id, Id),
    Product(Id, Id),
}

/// Where the leaves of a gate's expression are.
pub(crate) trait Leaves {
    /// Byte of the calldata where a fixed column's evaluation is.
    fn fixed(&self, column: usize, rotation: i32) -> Option<usize>;
    /// Byte of the calldata where an advice column's evaluation is.
    fn advice(&self, column: usize, rotation: i32) -> Option<usize>;
    /// Memory where the public inputs' evaluation is.
    fn instance(&self, column: usize, rotation: i32) -> Option<Slot>;
    /// Memory where a challenge is.
    fn challenge(&self, challenge: Challenge) -> Option<Slot>;
}

/// The graph.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    ids: HashMap<Node, Id>,
    uses: Vec<usize>,
    /// Where values that were computed are kept.
    kept: HashMap<Id, (Slot, u32)>,
    /// Variables that hold words of calldata or memory.
    variables: HashMap<Id, String>,
    /// Which values are worth a place in memory, once they were weighed.
    worth: Vec<bool>,
}

/// Yul of a value, its bound in multiples of r, and the stack it needs.
struct Text {
    yul: String,
    bound: u32,
    depth: usize,
}

impl Graph {
    fn add(&mut self, node: Node) -> Id {
        if let Some(id) = self.ids.get(&node) {
            return *id;
        }
        let id = Id(self.nodes.len());
        self.nodes.push(node.clone());
        self.uses.push(0);
        self.ids.insert(node, id);
        id
    }

    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id.0)
    }

    fn constant_of(&self, id: Id) -> Option<Fr> {
        match self.node(id) {
            Some(Node::Constant(bytes)) => covenant_circuits::field::from_be_bytes(bytes),
            _ => None,
        }
    }

    pub(crate) fn is_one(&self, id: Id) -> bool {
        self.constant_of(id) == Some(Fr::ONE)
    }

    pub(crate) fn constant(&mut self, x: Fr) -> Id {
        self.add(Node::Constant(to_be_bytes(&x)))
    }

    pub(crate) fn calldata(&mut self, at: usize) -> Id {
        self.add(Node::Calldata(at))
    }

    pub(crate) fn memory(&mut self, at: Slot) -> Id {
        self.add(Node::Memory(at))
    }

    pub(crate) fn negated(&mut self, a: Id) -> Id {
        if let Some(x) = self.constant_of(a) {
            return self.constant(-x);
        }
        match self.node(a).cloned() {
            Some(Node::Negated(inner)) => inner,
            Some(Node::Difference(x, y)) => self.difference(y, x),
            _ => self.add(Node::Negated(a)),
        }
    }

    pub(crate) fn sum(&mut self, a: Id, b: Id) -> Id {
        match (self.constant_of(a), self.constant_of(b)) {
            (Some(x), Some(y)) => return self.constant(x + y),
            (Some(x), _) if bool::from(x.is_zero()) => return b,
            (_, Some(y)) if bool::from(y.is_zero()) => return a,
            (_, Some(y)) if short(&-y) => {
                let y = self.constant(-y);
                return self.difference(a, y);
            }
            (Some(x), _) if short(&-x) => {
                let x = self.constant(-x);
                return self.difference(b, x);
            }
            _ => {}
        }
        match (self.node(a).cloned(), self.node(b).cloned()) {
            (_, Some(Node::Negated(y))) => self.difference(a, y),
            (Some(Node::Negated(x)), _) => self.difference(b, x),
            _ => self.add(Node::Sum(a, b)),
        }
    }

    pub(crate) fn difference(&mut self, a: Id, b: Id) -> Id {
        match (self.constant_of(a), self.constant_of(b)) {
            (Some(x), Some(y)) => return self.constant(x - y),
            (Some(x), _) if bool::from(x.is_zero()) => return self.negated(b),
            (_, Some(y)) if bool::from(y.is_zero()) => return a,
            (_, Some(y)) if !short(&y) => {
                let y = self.constant(-y);
                return self.sum(a, y);
            }
            _ => {}
        }
        match self.node(b).cloned() {
            Some(Node::Negated(y)) => self.sum(a, y),
            _ => self.add(Node::Difference(a, b)),
        }
    }

    pub(crate) fn product(&mut self, a: Id, b: Id) -> Id {
        let (a, b) = (a.min(b), a.max(b));
        for (factor, other) in [(a, b), (b, a)] {
            match self.constant_of(factor) {
                Some(x) if bool::from(x.is_zero()) => return factor,
                Some(x) if x == Fr::ONE => return other,
                Some(x) if x == -Fr::ONE => return self.negated(other),
                Some(x) if short(&-x) => {
                    let x = self.constant(-x);
                    let product = self.product(x, other);
                    return self.negated(product);
                }
                _ => {}
            }
        }
        match (self.node(a).cloned(), self.node(b).cloned()) {
            (Some(Node::Negated(x)), Some(Node::Negated(y))) => self.product(x, y),
            _ => match (self.constant_of(a), self.constant_of(b)) {
                (Some(x), Some(y)) => self.constant(x * y),
                _ => self.add(Node::Product(a, b)),
            },
        }
    }

    /// A gate's expression.
    pub(crate) fn expression(&mut self, e: &Expression<Fr>, leaves: &impl Leaves) -> Result<Id> {
        let unsupported = |what| SolidityError::Unsupported { what };
        let queried = || unsupported("gates over queried columns");
        Ok(match e {
            Expression::Constant(x) => self.constant(*x),
            Expression::Fixed(query) => {
                let at = leaves.fixed(query.column_index(), query.rotation().0);
                self.calldata(at.ok_or_else(queried)?)
            }
            Expression::Advice(query) => {
                let at = leaves.advice(query.column_index(), query.rotation().0);
                self.calldata(at.ok_or_else(queried)?)
            }
            Expression::Challenge(challenge) => {
                let at = leaves.challenge(Challenge::Circuit(challenge.index()));
                self.memory(at.ok_or_else(|| unsupported("challenges of its own"))?)
            }
            Expression::Instance(query) => {
                let at = leaves.instance(query.column_index(), query.rotation().0);
                self.memory(at.ok_or_else(queried)?)
            }
            Expression::Selector(_) => return Err(queried()),
            Expression::Negated(a) => {
                let a = self.expression(a, leaves)?;
                self.negated(a)
            }
            Expression::Sum(a, b) => {
                let (a, b) = (self.expression(a, leaves)?, self.expression(b, leaves)?);
                self.sum(a, b)
            }
            Expression::Product(a, b) => {
                let (a, b) = (self.expression(a, leaves)?, self.expression(b, leaves)?);
                self.product(a, b)
            }
            Expression::Scaled(a, factor) => {
                let a = self.expression(a, leaves)?;
                let factor = self.constant(*factor);
                self.product(a, factor)
            }
        })
    }

    /// Counts one more use of a value, and of its operands where it is the first. To be
    /// called for everything that will be written before anything is.
    pub(crate) fn will_use(&mut self, id: Id) {
        let Some(count) = self.uses.get_mut(id.0) else {
            return;
        };
        *count += 1;
        if *count > 1 {
            return;
        }
        match self.node(id).cloned() {
            Some(Node::Negated(a)) => self.will_use(a),
            Some(Node::Sum(a, b) | Node::Difference(a, b) | Node::Product(a, b)) => {
                self.will_use(a);
                self.will_use(b);
            }
            _ => {}
        }
    }

    /// Puts the words that are read most into variables, 3 gas less a use, and decides what is
    /// kept. After the uses were counted, and before anything is written.
    pub(crate) fn read_often(&mut self, most: usize, code: &mut Code) {
        let mut words: Vec<(usize, usize)> = (self.nodes.iter().zip(&self.uses).enumerate())
            .filter(|(_, (node, _))| matches!(node, Node::Calldata(_) | Node::Memory(_)))
            .map(|(i, (_, uses))| (*uses, i))
            .filter(|(uses, _)| *uses > 3)
            .collect();
        words.sort_unstable_by_key(|(uses, i)| (std::cmp::Reverse(*uses), *i));
        for (_, i) in words.into_iter().take(most) {
            let (name, value) = match self.nodes.get(i) {
                Some(Node::Calldata(at)) => (format!("c{at:x}"), format!("calldataload({at:#x})")),
                Some(Node::Memory(at)) => (format!("m{:x}", at.0), at.load()),
                _ => continue,
            };
            code.line(format!("let {name} := {value}"));
            self.variables.insert(Id(i), name);
        }
        self.weigh();
    }

    /// Yul of a value: an expression of at most 5 r, after the statements that keep its shared
    /// parts.
    pub(crate) fn write(&mut self, id: Id, code: &mut Code, memory: &mut Memory) -> String {
        self.text(id, MOST, code, memory).yul
    }

    /// The same of at most 4 r: what is at most r can be added to it.
    pub(crate) fn write_summand(&mut self, id: Id, code: &mut Code, memory: &mut Memory) -> String {
        self.text(id, MOST - 1, code, memory).yul
    }

    /// Stores a value where it is read from then on.
    pub(crate) fn store(&mut self, id: Id, at: Slot, code: &mut Code, memory: &mut Memory) {
        let text = match self.kept.contains_key(&id) {
            true => self.text(id, KEPT, code, memory),
            false => self.operation(id, KEPT, code, memory),
        };
        code.store(at, &text.yul);
        self.kept.insert(id, (at, text.bound));
    }

    /// Whether a value is worth its place in memory.
    fn is_kept(&self, id: Id) -> bool {
        self.worth.get(id.0).copied().unwrap_or(false)
    }

    /// Which values are worth their place: 6 gas to store one and 6 for each use, against
    /// computing it each time. Operands are before what is made of them.
    fn weigh(&mut self) {
        let (mut costs, mut worth) = (Vec::<usize>::new(), Vec::new());
        for (i, node) in self.nodes.iter().enumerate() {
            let part = |id: &Id| costs.get(id.0).copied().unwrap_or(0);
            let cost = match node {
                Node::Constant(_) => 3,
                Node::Calldata(_) | Node::Memory(_) => match self.variables.contains_key(&Id(i)) {
                    true => 3,
                    false => 6,
                },
                Node::Negated(a) => part(a) + 6,
                Node::Sum(a, b) => part(a) + part(b) + 3,
                Node::Difference(a, b) => part(a) + part(b) + 9,
                Node::Product(a, b) => part(a) + part(b) + 11,
            };
            let uses = self.uses.get(i).copied().unwrap_or(0);
            let kept = uses > 1 && (uses - 1) * cost > 6 + 6 * uses;
            worth.push(kept);
            costs.push(if kept { 6 } else { cost });
        }
        self.worth = worth;
    }

    /// Minus a value that is used once and is a number times something: the number is negated
    /// instead.
    fn opposite(&mut self, id: Id) -> Option<Id> {
        let Some(Node::Product(a, b)) = self.node(id).cloned() else {
            return None;
        };
        if self.kept.contains_key(&id) || self.is_kept(id) {
            return None;
        }
        let (x, other) = match (self.constant_of(a), self.constant_of(b)) {
            (Some(x), _) => (x, b),
            (_, Some(x)) => (x, a),
            _ => return None,
        };
        let x = self.constant(-x);
        Some(self.add(Node::Product(x, other)))
    }

    /// The value of `id`, at most `most` times r.
    fn text(&mut self, id: Id, most: u32, code: &mut Code, memory: &mut Memory) -> Text {
        if let Some((slot, bound)) = self.kept.get(&id) {
            return reduced(leaf(slot.load(), *bound), most);
        }
        if let Some(name) = self.variables.get(&id) {
            return leaf(name.clone(), 1);
        }
        let compound = matches!(
            self.node(id),
            Some(Node::Sum(..) | Node::Difference(..) | Node::Product(..))
        );
        if (compound && self.is_kept(id)) || self.is_frequent(id) {
            let text = self.operation(id, KEPT, code, memory);
            return reduced(self.keep(id, &text, code, memory), most);
        }
        let text = self.operation(id, most, code, memory);
        if text.depth > PENDING {
            let text = self.operation(id, KEPT.min(most), code, memory);
            return reduced(self.keep(id, &text, code, memory), most);
        }
        text
    }

    /// Long constants that are used often are kept too: 3 gas more a use, 29 bytes less.
    fn is_frequent(&self, id: Id) -> bool {
        let uses = self.uses.get(id.0).copied().unwrap_or(0);
        let long = |x: Fr| !short(&x) && !short(&-x);
        uses >= FREQUENT && self.constant_of(id).is_some_and(long)
    }

    fn keep(&mut self, id: Id, text: &Text, code: &mut Code, memory: &mut Memory) -> Text {
        let slot = memory.word();
        code.store(slot, &text.yul);
        self.kept.insert(id, (slot, text.bound));
        leaf(slot.load(), text.bound)
    }

    fn operation(&mut self, id: Id, most: u32, code: &mut Code, memory: &mut Memory) -> Text {
        match self.node(id).cloned() {
            None => leaf("0".into(), 1),
            Some(Node::Constant(_)) => {
                let x = self.constant_of(id).unwrap_or(Fr::ZERO);
                leaf(scalar(&x), 1)
            }
            Some(Node::Calldata(at)) => leaf(format!("calldataload({at:#x})"), 1),
            Some(Node::Memory(slot)) => leaf(slot.load(), 1),
            Some(Node::Negated(a)) => match self.opposite(a) {
                Some(opposite) => self.text(opposite, most, code, memory),
                None => negated(self.text(a, most, code, memory)),
            },
            Some(Node::Sum(a, b)) => {
                let a = self.text(a, MOST, code, memory);
                let b = self.text(b, MOST, code, memory);
                added(a, b, most)
            }
            Some(Node::Difference(a, b)) => {
                let a = self.text(a, MOST, code, memory);
                let b = match (self.constant_of(b), self.opposite(b)) {
                    (Some(x), _) => leaf(scalar(&-x), 1),
                    (_, Some(opposite)) => self.text(opposite, MOST, code, memory),
                    _ => negated(self.text(b, MOST, code, memory)),
                };
                added(a, b, most)
            }
            Some(Node::Product(a, b)) => {
                let a = self.text(a, MOST, code, memory);
                let b = self.text(b, MOST, code, memory);
                binary("mulmod", a, b)
            }
        }
    }
}

fn leaf(yul: String, bound: u32) -> Text {
    Text {
        yul,
        bound,
        depth: 1,
    }
}

/// A multiple of r minus a value: as large as the value may be.
fn negated(a: Text) -> Text {
    let multiple = match a.bound {
        0 | 1 => "r".to_owned(),
        n => multiple_of_r(n),
    };
    Text {
        yul: format!("sub({multiple}, {})", a.yul),
        bound: a.bound,
        depth: a.depth + 1,
    }
}

fn reduced(text: Text, most: u32) -> Text {
    if text.bound <= most {
        return text;
    }
    Text {
        yul: format!("mod({}, r)", text.yul),
        bound: 1,
        depth: text.depth + 1,
    }
}

fn added(a: Text, b: Text, most: u32) -> Text {
    let bound = a.bound + b.bound;
    if bound > most {
        return binary("addmod", a, b);
    }
    let (first, second) = ordered(a, b);
    Text {
        depth: second.depth.max(first.depth + 1),
        yul: format!("add({}, {})", first.yul, second.yul),
        bound,
    }
}

fn binary(operation: &str, a: Text, b: Text) -> Text {
    let (first, second) = ordered(a, b);
    Text {
        // r waits on the stack, then the second operand.
        depth: (second.depth + 1).max(first.depth + 2),
        yul: format!("{operation}({}, {}, r)", first.yul, second.yul),
        bound: 1,
    }
}

/// The deeper operand last: Yul evaluates from the right.
fn ordered(a: Text, b: Text) -> (Text, Text) {
    match a.depth > b.depth {
        true => (b, a),
        false => (a, b),
    }
}

/// n r as a number of 256 bits, which 5 r still is.
pub(crate) fn multiple_of_r(n: u32) -> String {
    let mut sum = [0u8; 32];
    for _ in 0..n {
        let mut carry = 1u16;
        for (to, from) in sum.iter_mut().zip(to_be_bytes(&-Fr::ONE)).rev() {
            carry += u16::from(*to) + u16::from(from);
            *to = carry.to_le_bytes()[0];
            carry >>= 8;
        }
    }
    let digits: String = sum.iter().map(|b| format!("{b:02x}")).collect();
    format!("0x{digits}")
}

/// Whether a number is below 2^64.
fn short(x: &Fr) -> bool {
    x.to_repr().as_ref().iter().skip(8).all(|b| *b == 0)
}
