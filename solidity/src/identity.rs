//! From the evaluations to the quotient's: inverses in one batch, Lagrange polynomials,
//! the public inputs' evaluation, every gate and the permutation argument.

use crate::body::{Body, MODEXP_GAS, inverse, revert};
use crate::code::{Slot, scalar};
use crate::expression::{Graph, Id, Leaves};
use crate::protocol::Challenge;
use crate::{Result, SolidityError};
use covenant_circuits::field::Fr;
use ff::{Field, PrimeField};
use halo2_proofs::plonk::{Any, Expression};

/// Lagrange polynomials at x, and the public inputs'.
#[derive(Debug)]
pub(crate) struct Lagrange {
    first: Slot,
    last: Slot,
    /// 1 - l_last - l_blind.
    active: Slot,
    instance: Slot,
}

/// An identity and what it says.
#[derive(Debug)]
struct Named {
    name: String,
    value: Id,
}

/// Neighbours with a common factor, if there is one: it is multiplied once.
#[derive(Debug)]
struct Group {
    when: Option<Id>,
    terms: Vec<Named>,
}

impl Body<'_> {
    /// 1 / d for each d of `others`, in place, and the Lagrange polynomials
    /// l_i(x) = (x^n - 1) / n / (x omega^-i - 1) of the rows that are needed, all from one
    /// inversion. An input of 0 has no inverse: the proof is refused.
    pub(crate) fn inverses(&mut self, power: Slot, others: &[Slot]) -> Lagrange {
        let before = self.protocol.cs.blinding_factors() + 1;
        let rows = before + self.protocol.instances;
        let [first, last, active, instance] = [(); 4].map(|()| self.memory.word());
        self.public = Some(instance);
        let table = self.memory.words(2 * rows);
        let prefix = self.memory.words(others.len());
        let modexp = self.memory.words(6);
        let at = |row: usize| table.plus(64 * row);
        let start = i32::try_from(before).unwrap_or(0);
        let (ahead, back) = (self.protocol.root(start), self.protocol.root(-1));
        let n = inverse(Fr::from(1u64 << self.protocol.k));
        let inputs = self.instance(0);
        let x = self.challenge(Challenge::X).load();

        let code = &mut self.code;
        code.note("All inverses from one: d = x omega^-i - 1 for the last rows and the rows of the public\ninputs, and the others. Beside each d is the product of those before it.");
        code.open("{");
        code.line("let product := 1");
        code.line(format!("let z := mulmod({x}, {}, r)", scalar(&ahead)));
        code.open(format!(
            "for {{ let i := {} }} lt(i, {}) {{ i := add(i, 0x40) }} {{",
            at(0),
            at(rows)
        ));
        code.line("let d := add(z, sub(r, 1))");
        code.line("mstore(i, d)");
        code.line("mstore(add(i, 0x20), product)");
        code.line("product := mulmod(product, d, r)");
        code.line(format!("z := mulmod(z, {}, r)", scalar(&back)));
        code.close();
        for (i, slot) in others.iter().enumerate() {
            code.store(prefix.plus(32 * i), "product");
            code.line(format!("product := mulmod(product, {}, r)", slot.load()));
        }
        code.line("// product^(r - 2)");
        for (i, word) in ["0x20", "0x20", "0x20", "product", "sub(r, 2)", "r"]
            .into_iter()
            .enumerate()
        {
            code.store(modexp.plus(32 * i), word);
        }
        code.line(format!(
            "ok := staticcall({MODEXP_GAS}, 5, {modexp}, 0xc0, 0, 0x20)"
        ));
        code.line("let inverse := mload(0)");
        code.open("if iszero(and(ok, iszero(iszero(inverse)))) {");
        revert(code, "ProofInvalid");
        code.close();
        for (i, slot) in others.iter().enumerate().rev() {
            code.line(format!(
                "product := mulmod(inverse, {}, r)",
                prefix.plus(32 * i).load()
            ));
            code.line(format!("inverse := mulmod(inverse, {}, r)", slot.load()));
            code.store(*slot, "product");
        }
        code.line("let sum := 0");
        if rows > before + 1 {
            code.open(format!(
                "for {{ let i := {} let c := {:#x} }} gt(i, {}) {{ i := sub(i, 0x40) c := sub(c, 0x20) }} {{",
                at(rows - 1),
                inputs + 32 * (rows - before - 1),
                at(before)
            ));
            code.line("sum := addmod(sum, mulmod(mulmod(inverse, mload(add(i, 0x20)), r), calldataload(c), r), r)");
            code.line("inverse := mulmod(inverse, mload(i), r)");
            code.close();
        }
        code.line("// (x^n - 1) / n");
        code.line(format!(
            "let factor := mulmod(add({}, sub(r, 1)), {}, r)",
            power.load(),
            scalar(&n)
        ));
        code.line(format!(
            "z := mulmod(inverse, {}, r)",
            at(before).plus(32).load()
        ));
        code.line(format!(
            "inverse := mulmod(inverse, {}, r)",
            at(before).load()
        ));
        code.store(first, "mulmod(factor, z, r)");
        code.store(
            instance,
            format!("mulmod(factor, addmod(sum, mulmod(z, calldataload({inputs:#x}), r), r), r)"),
        );
        code.line("// The blinded rows, then the last one.");
        code.line("sum := 0");
        for row in (1..before).rev() {
            code.line(format!(
                "sum := addmod(sum, mulmod(inverse, {}, r), r)",
                at(row).plus(32).load()
            ));
            code.line(format!("inverse := mulmod(inverse, {}, r)", at(row).load()));
        }
        code.store(last, "mulmod(factor, inverse, r)");
        code.store(
            active,
            "addmod(1, sub(r, mulmod(factor, addmod(sum, inverse, r), r)), r)",
        );
        code.close();
        self.memory.back_to(table);
        Lagrange {
            first,
            last,
            active,
            instance,
        }
    }

    /// The quotient's evaluation: every identity folded by y, over x^n - 1.
    pub(crate) fn identities(&mut self, lagrange: &Lagrange, inverse: Slot) -> Result<Slot> {
        let mut graph = Graph::default();
        let mut groups = self.gates(&mut graph)?;
        groups.extend(self.permutation(&mut graph, lagrange)?);
        for group in &groups {
            for id in group
                .when
                .iter()
                .chain(group.terms.iter().map(|t| &t.value))
            {
                graph.will_use(*id);
            }
        }
        let quotient = self.memory.word();
        let longest = (groups.iter())
            .filter(|group| group.when.is_some())
            .map(|group| group.terms.len())
            .max()
            .unwrap_or(1);
        let powers = self.powers_of_y(longest);
        let y = self.challenge(Challenge::Y).load();
        self.code.note(
            "Every identity, folded by y: the gates, each times its switch, then the permutation.\nEach is named: the gate and the equation that holds where its switch is not 0.",
        );
        self.code.line("let sum := 0");
        self.code.line("let inner");
        let mut begun = false;
        for Group { when, terms } in groups {
            let Some((first, rest)) = terms.split_first() else {
                continue;
            };
            let value = self.named(&mut graph, first);
            let folded = |value: &str, power: &str| match begun {
                true => format!("addmod({value}, mulmod(sum, {power}, r), r)"),
                false => value.to_owned(),
            };
            match when {
                Some(when) => {
                    if rest.is_empty() {
                        let when = graph.write(when, &mut self.code, &mut self.memory);
                        let value = format!("mulmod({when}, {value}, r)");
                        self.code.line(format!("sum := {}", folded(&value, &y)));
                    } else {
                        self.code.line(format!("inner := {value}"));
                        for term in rest {
                            let value = self.named(&mut graph, term);
                            self.code.line(format!(
                                "inner := addmod({value}, mulmod(inner, {y}, r), r)"
                            ));
                        }
                        let when = graph.write(when, &mut self.code, &mut self.memory);
                        let power = powers.get(terms.len()).copied().unwrap_or(Slot(0)).load();
                        let value = format!("mulmod({when}, inner, r)");
                        self.code.line(format!("sum := {}", folded(&value, &power)));
                    }
                }
                None => self.code.line(format!("sum := {}", folded(&value, &y))),
            }
            begun = true;
        }
        self.code
            .store(quotient, format!("mulmod(sum, {}, r)", inverse.load()));
        Ok(quotient)
    }

    /// Yul of an identity, below its name.
    fn named(&mut self, graph: &mut Graph, term: &Named) -> String {
        self.code.named(&term.name);
        graph.write(term.value, &mut self.code, &mut self.memory)
    }

    /// Slots of y^0 .. y^most; the first two stand for y itself.
    fn powers_of_y(&mut self, most: usize) -> Vec<Slot> {
        let y = self.challenge(Challenge::Y);
        let mut powers = vec![y, y];
        while powers.len() <= most {
            let last = powers.last().copied().unwrap_or(y);
            let slot = self.memory.word();
            self.code
                .store(slot, format!("mulmod({}, {}, r)", last.load(), y.load()));
            powers.push(slot);
        }
        powers
    }

    /// The gates' constraints in their order; neighbours with a common left factor together.
    fn gates(&self, graph: &mut Graph) -> Result<Vec<Group>> {
        let mut groups: Vec<Group> = Vec::new();
        for gate in self.protocol.cs.gates() {
            for (i, constraint) in gate.polynomials().iter().enumerate() {
                let name = match gate.constraint_name(i) {
                    "" => gate.name().to_owned(),
                    same if same == gate.name() => same.to_owned(),
                    constraint => format!("{}: {constraint}", gate.name()),
                };
                let Expression::Product(when, term) = constraint else {
                    let value = graph.expression(constraint, self)?;
                    groups.push(Group {
                        when: None,
                        terms: vec![Named { name, value }],
                    });
                    continue;
                };
                let when = graph.expression(when, self)?;
                let value = graph.expression(term, self)?;
                let term = Named { name, value };
                match groups.last_mut() {
                    Some(last) if last.when == Some(when) => last.terms.push(term),
                    _ => groups.push(Group {
                        when: Some(when),
                        terms: vec![term],
                    }),
                }
            }
        }
        Ok(groups)
    }

    /// The permutation argument, as halo2 orders it.
    fn permutation(&self, graph: &mut Graph, lagrange: &Lagrange) -> Result<Vec<Group>> {
        let missing = || SolidityError::Unsupported {
            what: "permuted columns queried at the current row",
        };
        let products = &self.protocol.products;
        let evaluation = |graph: &mut Graph, index| graph.calldata(self.evaluation(index));
        let first = graph.memory(lagrange.first);
        let last = graph.memory(lagrange.last);
        let active = graph.memory(lagrange.active);
        let [beta, gamma, x] = [Challenge::Beta, Challenge::Gamma, Challenge::X]
            .map(|c| graph.memory(self.challenge(c)));
        let one = graph.constant(Fr::ONE);
        let mut identities = Vec::new();
        if let Some(product) = products.first() {
            let z = evaluation(graph, product.here);
            let term = graph.difference(one, z);
            identities.push(("z = 1 in the first row", graph.product(first, term)));
        }
        if let Some(product) = products.last() {
            let z = evaluation(graph, product.here);
            let square = graph.product(z, z);
            let term = graph.difference(square, z);
            identities.push(("z = 0 or 1 in the last row", graph.product(last, term)));
        }
        for pair in products.windows(2) {
            if let [before, product] = pair {
                let z = evaluation(graph, product.here);
                let end = evaluation(graph, before.last.unwrap_or(before.here));
                let term = graph.difference(z, end);
                let name = "z begins where the one before it ends";
                identities.push((name, graph.product(first, term)));
            }
        }
        let columns = self.protocol.cs.permutation().get_columns();
        let chunk = self.protocol.cs.degree() - 2;
        let beta_x = graph.product(beta, x);
        let mut delta = Fr::ONE;
        let mut sigma = self.protocol.sigmas_from;
        for (product, columns) in products.iter().zip(columns.chunks(chunk)) {
            let mut left = evaluation(graph, product.next);
            let mut right = evaluation(graph, product.here);
            for column in columns {
                let value = match column.column_type() {
                    Any::Advice(_) => {
                        graph.calldata(self.advice(column.index(), 0).ok_or_else(missing)?)
                    }
                    Any::Fixed => {
                        graph.calldata(self.fixed(column.index(), 0).ok_or_else(missing)?)
                    }
                    Any::Instance => graph.memory(lagrange.instance),
                };
                let value = graph.sum(value, gamma);
                let permuted = evaluation(graph, sigma);
                let permuted = graph.product(beta, permuted);
                let term = graph.sum(value, permuted);
                left = graph.product(left, term);
                let factor = graph.constant(delta);
                let named = graph.product(beta_x, factor);
                let term = graph.sum(value, named);
                right = graph.product(right, term);
                delta *= Fr::DELTA;
                sigma += 1;
            }
            let term = graph.difference(left, right);
            let name = "z_next (a + beta sigma + gamma) ... = z (a + beta delta^i x + gamma) ...";
            identities.push((name, graph.product(active, term)));
        }
        let group = |(name, value)| Group {
            when: None,
            terms: vec![Named {
                name: format!("permutation: {name}"),
                value,
            }],
        };
        Ok(identities.into_iter().map(group).collect())
    }
}
