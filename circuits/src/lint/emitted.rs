//! The constraint system that a layout emits, as text: every polynomial of every gate, every
//! fixed cell, every copy. Nothing of a witness. tools/formal proves the statement from these
//! files, and `proved.json` there names the digest of each, so that a changed circuit without
//! a new proof fails a test.

use super::{Captured, Constraint, LintError, Place, capture, constraints};
use crate::circuit::CovenantCircuit;
use crate::circuit::columns::CHALLENGES;
use crate::circuit::fit;
use crate::circuit::layout::{Layout, Profile};
use crate::circuit::program::Program;
use crate::field::{self, Fr};
use crate::rollup::{RollupShape, RollupShapeError};
use crate::shape::{Shape, ShapeError};
use ff::Field;
use halo2_proofs::plonk::Expression;
use serde_json::{Value, json};

/// A system that can be written down, or changed before it is.
#[derive(Clone, Debug)]
pub struct Emitted {
    /// The layout.
    pub layout: Layout,
    /// Fixed cells, copies and columns.
    pub captured: Captured,
    /// Polynomials that are 0 at every row.
    pub constraints: Vec<Constraint>,
}

/// A formal layout: k, lanes, bits of a limb, limbs a row.
type Limbs = (u32, usize, u32, usize);

/// Shapes that the proofs are about: a small one, and one in which there are several of each
/// thing, two blocks an account and a gap in front of the multipliers.
const SHAPES: [(usize, usize, usize, usize); 2] = [(1, 3, 1, 1), (2, 14, 2, 3)];

/// Lanes and limbs of the shapes that ship, and of one without packed lines that is wide.
const LIMBS: [(Profile, Limbs); 4] = [
    (Profile::Narrow, (12, 1, 11, 2)),
    (Profile::Wide, (11, 5, 10, 18)),
    (Profile::Wide, (12, 6, 11, 12)),
    (Profile::Wide, (12, 6, 11, 16)),
];

/// Roll-up shapes that the proofs are about: one of each thing; several, with two blocks an account
/// and of the merged account; and a list of two levels with an empty node.
const ROLLUPS: [(usize, usize, usize); 3] = [(1, 1, 1), (2, 13, 14), (17, 1, 2)];

/// Of those, the one that is proved with the limbs of the larger roll-ups too.
const WIDER: ((usize, usize, usize), Limbs) = ((2, 13, 14), (13, 9, 12, 12));

/// The claims' layouts that every run of the proofs is about, by name: `SHAPES` with `LIMBS`, and
/// `small` as it ships.
pub fn layouts() -> Result<Vec<(String, Layout)>, ShapeError> {
    let mut found = vec![("small".to_owned(), fit::smallest(Shape::SMALL))];
    for (m, p, a, j) in SHAPES {
        let shape = Shape::new(m, p, a, j)?;
        for (profile, (k, lanes, limb_bits, limbs)) in LIMBS {
            let layout = Layout {
                program: shape.into(),
                profile,
                k,
                lanes,
                limbs,
                limb_bits,
                rows_used: 0,
            };
            let profile = match profile {
                Profile::Wide => "wide",
                Profile::Narrow => "narrow",
            };
            let name = format!("{}-{profile}-{k}-{limb_bits}x{limbs}", shape.dimensions());
            found.push((name, layout));
        }
    }
    Ok(found)
}

/// The roll-ups' layouts that every run of the proofs is about, by name: `ROLLUPS`, `WIDER`, and
/// short lists as they ship.
pub fn rollup_layouts() -> Result<Vec<(String, Layout)>, RollupShapeError> {
    let mut found = vec![of_rollup(RollupShape::SHORT)];
    for (m, p, q) in ROLLUPS {
        found.push(of_rollup(RollupShape::new(m, p, q)?));
    }
    let ((m, p, q), (k, lanes, limb_bits, limbs)) = WIDER;
    let (name, fitted) = of_rollup(RollupShape::new(m, p, q)?);
    let layout = Layout {
        k,
        lanes,
        limb_bits,
        limbs,
        ..fitted
    };
    found.push((format!("{name}-wide-{k}-{limb_bits}x{limbs}"), layout));
    Ok(found)
}

/// A roll-up as it would ship, by the name of its published files.
fn of_rollup(shape: RollupShape) -> (String, Layout) {
    let (m, p, q) = (shape.accounts(), shape.positions(), shape.merged());
    (format!("rollup-{m}x{p}-{q}"), fit::smallest(shape))
}

/// The larger circuits that ship, whose proofs take minutes.
pub fn larger() -> Vec<(String, Layout)> {
    let claims =
        [Shape::MEDIUM, Shape::LARGE].map(|shape| (shape.to_string(), fit::smallest(shape)));
    let rollups = [RollupShape::CREDITORS, RollupShape::PORTFOLIOS].map(of_rollup);
    claims.into_iter().chain(rollups).collect()
}

impl Emitted {
    /// What key generation would see.
    pub fn of(layout: Layout) -> Result<Self, LintError> {
        let circuit = CovenantCircuit::blank_in(layout);
        let captured = capture(layout.k, &circuit, &[], &[Fr::ZERO; CHALLENGES])?.captured;
        let constraints = constraints(&captured.cs);
        Ok(Self {
            layout,
            captured,
            constraints,
        })
    }

    /// The canonical text: JSON of arrays and strings, a line a part.
    pub fn text(&self) -> String {
        let program = self.layout.program;
        let mut head = vec![
            json!(["accounts", program.accounts()]),
            json!(["positions", program.positions()]),
        ];
        match program {
            Program::Claim(shape) => {
                head.push(json!(["assets", shape.assets()]));
                head.push(json!(["scenarios", shape.scenarios()]));
            }
            Program::Many(shape) => {
                head.push(json!(["claims", shape.claims()]));
                head.push(json!(["assets", shape.claim().assets()]));
                head.push(json!(["scenarios", shape.claim().scenarios()]));
            }
            Program::Rollup(shape) => head.push(json!(["merged", shape.merged()])),
        }
        head.extend([
            json!(["rows", self.captured.rows]),
            json!(["usable", self.captured.usable]),
            json!(["public inputs", program.public_inputs()]),
        ]);
        let phases: Vec<u8> = self.captured.cs.advice_column_phase();
        let parts = [
            ("head", json!(head)),
            ("advice phases", json!(phases)),
            (
                "challenge phases",
                json!(self.captured.cs.challenge_phase()),
            ),
            ("constraints", self.polynomials()),
            ("fixed", self.fixed()),
            ("copies", self.copies()),
        ];
        let lines: Vec<String> = parts
            .iter()
            .map(|(name, part)| format!("[\"{name}\",{part}]"))
            .collect();
        format!("[{}]\n", lines.join(",\n"))
    }

    fn polynomials(&self) -> Value {
        let constraints = self.constraints.iter();
        constraints
            .map(|c| json!([c.gate, c.name, tree(&c.poly, &self.captured)]))
            .collect()
    }

    /// Cells that are not 0, column by column; a selector is a column after the fixed ones.
    fn fixed(&self) -> Value {
        let selectors = self.captured.selectors.iter();
        let selectors = selectors.map(|s| s.iter().map(|on| Fr::from(u64::from(*on))).collect());
        let columns = self.captured.fixed.iter().cloned().chain(selectors);
        columns
            .map(|column: Vec<Fr>| -> Value {
                let cells = column.iter().enumerate().filter(|(_, x)| **x != Fr::ZERO);
                cells.map(|(row, x)| json!([row, hex(x)])).collect()
            })
            .collect()
    }

    fn copies(&self) -> Value {
        let cell = |place: &Place| match place {
            Place::Advice(c, r) => json!(["a", c, r]),
            Place::Fixed(c, r) => json!(["f", c, r]),
            Place::Instance(c, r) => json!(["i", c, r]),
        };
        let copies = self.captured.copies.iter();
        copies.map(|(l, r)| json!([cell(l), cell(r)])).collect()
    }
}

fn hex(x: &Fr) -> String {
    let bytes = field::repr(x);
    let digits: String = bytes.iter().rev().map(|b| format!("{b:02x}")).collect();
    format!("0x{}", digits.trim_start_matches('0'))
}

/// An expression in prefix form.
fn tree(e: &Expression<Fr>, captured: &Captured) -> Value {
    let tree = |e| tree(e, captured);
    match e {
        Expression::Constant(x) => json!(hex(x)),
        Expression::Selector(s) => json!(["f", captured.fixed.len() + s.index(), 0]),
        Expression::Fixed(q) => json!(["f", q.column_index(), q.rotation().0]),
        Expression::Advice(q) => json!(["a", q.column_index(), q.rotation().0]),
        Expression::Instance(q) => json!(["i", q.column_index(), q.rotation().0]),
        Expression::Challenge(c) => json!(["h", c.index()]),
        Expression::Negated(e) => json!(["*", hex(&-Fr::ONE), tree(e)]),
        Expression::Sum(a, b) => json!(["+", tree(a), tree(b)]),
        Expression::Product(a, b) => json!(["*", tree(a), tree(b)]),
        Expression::Scaled(e, factor) => json!(["*", hex(factor), tree(e)]),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::Value;
    use sha2::{Digest, Sha256};

    /// `make formal` proves the theorems and writes the digests.
    #[test]
    fn the_proofs_are_about_this_circuit() {
        let proved: Value =
            serde_json::from_str(include_str!("../../../tools/formal/proved.json")).unwrap();
        let systems = proved["systems"].as_object().unwrap();
        let mut every = layouts().unwrap();
        every.extend(rollup_layouts().unwrap());
        let larger = larger().into_iter();
        let larger: Vec<(String, Layout)> = larger
            .filter(|(name, _)| systems.contains_key(name))
            .collect();
        assert_eq!(systems.len(), every.len() + larger.len());
        for (name, layout) in every.into_iter().chain(larger) {
            let text = Emitted::of(layout).unwrap().text();
            let digest: String = Sha256::digest(text.as_bytes())
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect();
            assert_eq!(
                proved["systems"][&name], *digest,
                "{name} has changed: run make formal, or make formal-all"
            );
        }
    }
}
