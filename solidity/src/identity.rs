//! From the evaluations to the quotient's: inverses in one batch, Lagrange polynomials,
//! the public inputs' evaluation, every gate and the permutation argument.

use crate::body::{Body, MODEXP_GAS, inverse, revert};
use crate::code::{Slot, scalar};
use crate::expression::{Graph, Id, Leaves, multiple_of_r};
use crate::protocol::Challenge;
use crate::{Result, SolidityError};
use covenant_circuits::field::Fr;
use ff::{Field, PrimeField};
use halo2_proofs::plonk::{Any, Expression};
use std::collections::BTreeMap;

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

/// A circuit of more public inputs folds them in a loop, which is dearer and shorter.
const UNROLLED: usize = 32;
/// Words that are kept on the stack while the identities are computed: with r, y, the sums and
/// what waits of an expression, the 16 places that the EVM reaches.
const READ_OFTEN: usize = 3;
/// Coefficients of one nested expression: each is a place of the stack.
const NESTED: usize = 4;

impl Body<'_> {
    /// 1 / d for each d of `others`, in place, and the Lagrange polynomials
    /// l_i(x) = (x^n - 1) / n * omega^i / (x - omega^i) of the rows that are needed, all from
    /// one inversion. Sums over rows are one fraction each, so that a row costs no inverse of its
    /// own. A denominator of 0 has no inverse: the proof is refused.
    pub(crate) fn inverses(&mut self, power: Slot, others: &[Slot]) -> Lagrange {
        let before = self.protocol.cs.blinding_factors() + 1;
        let [first, last, active, instance] = [(); 4].map(|()| self.memory.word());
        self.public = Some(instance);
        let [blinded, inputs] = [(); 2].map(|()| self.memory.word());
        let numerators = [(); 2].map(|()| self.memory.word());
        let inverted = [&[first, last, blinded, inputs], others].concat();
        let prefix = self.memory.words(inverted.len());
        let modexp = self.memory.words(6);
        let n = inverse(Fr::from(1u64 << self.protocol.k));
        let minus_one = scalar(&-Fr::ONE);
        let end = i32::try_from(before).unwrap_or(0);
        let last_row = self.protocol.root(-end);
        let x = self.challenge(Challenge::X).load();

        self.code
            .note("Lagrange polynomials: x - omega^i for the first row and the last usable one.");
        self.code.open("{");
        self.code.line(format!("let x := {x}"));
        self.code.store(first, format!("add(x, {minus_one})"));
        self.code
            .store(last, format!("add(x, {})", scalar(&-last_row)));
        let (numerator, denominator) = self.blinded_rows(before);
        self.code
            .note("The blinded rows: their sum of omega^i / (x - omega^i), as one fraction.");
        self.polynomial("above", &numerator);
        self.polynomial("below", &denominator);
        let [above_blinded, above_inputs] = numerators;
        self.code.store(above_blinded, "above");
        self.code.store(blinded, "below");
        let scale = self.public_inputs();
        self.code.store(above_inputs, "sum");
        self.code.store(inputs, "product");
        self.code.close();

        let public = self.instance(0);
        let code = &mut self.code;
        code.note("All inverses from one, that of their product: product^(r - 2).");
        code.open("{");
        for (i, slot) in inverted.iter().enumerate() {
            if i == 0 {
                code.line(format!("let product := {}", slot.load()));
                continue;
            }
            code.store(prefix.plus(32 * i), "product");
            code.line(format!("product := mulmod(product, {}, r)", slot.load()));
        }
        for (i, word) in ["0x20", "0x20", "0x20", "product", "sub(r, 2)", "r"]
            .into_iter()
            .enumerate()
        {
            code.store(modexp.plus(32 * i), word);
        }
        code.line(format!(
            "let ok := staticcall({MODEXP_GAS}, 5, {modexp}, 0xc0, 0, 0x20)"
        ));
        code.line("let inverse := mload(0)");
        code.open("if iszero(and(ok, iszero(iszero(inverse)))) {");
        revert(code, "ProofInvalid");
        code.close();
        for (i, slot) in inverted.iter().enumerate().skip(1).rev() {
            code.line(format!(
                "product := mulmod(inverse, {}, r)",
                prefix.plus(32 * i).load()
            ));
            code.line(format!("inverse := mulmod(inverse, {}, r)", slot.load()));
            code.store(*slot, "product");
        }
        code.line("// (x^n - 1) / n");
        code.line(format!(
            "let factor := mulmod(add({}, {minus_one}), {}, r)",
            power.load(),
            scalar(&n)
        ));
        code.store(
            instance,
            format!(
                "mulmod(factor, add(mulmod(inverse, calldataload({:#x}), r), mulmod({}, mulmod({}, {}, r), r)), r)",
                public,
                scalar(&scale),
                above_inputs.load(),
                inputs.load()
            ),
        );
        code.store(first, "mulmod(factor, inverse, r)");
        code.line(format!(
            "let end := mulmod(factor, mulmod({}, {}, r), r)",
            scalar(&last_row),
            last.load()
        ));
        code.store(last, "end");
        code.store(
            active,
            format!(
                "addmod(1, sub({}, add(end, mulmod(factor, mulmod({}, {}, r), r))), r)",
                multiple_of_r(2),
                above_blinded.load(),
                blinded.load()
            ),
        );
        code.close();
        self.memory.back_to(blinded);
        Lagrange {
            first,
            last,
            active,
            instance,
        }
    }

    /// Sum of omega^-i / (X - omega^-i) over the rows after the last usable one: the
    /// coefficients of numerator and denominator, from the constant ones up.
    fn blinded_rows(&self, before: usize) -> (Vec<Fr>, Vec<Fr>) {
        let times = |p: &[Fr], root: Fr| {
            let mut product = vec![Fr::ZERO; p.len() + 1];
            for (i, x) in p.iter().enumerate() {
                if let Some(up) = product.get_mut(i + 1) {
                    *up += x;
                }
                if let Some(same) = product.get_mut(i) {
                    *same -= root * x;
                }
            }
            product
        };
        let (mut numerator, mut denominator) = (vec![Fr::ZERO], vec![Fr::ONE]);
        for row in 1..before {
            let root = self.protocol.root(-i32::try_from(row).unwrap_or(0));
            let mut sum = times(&numerator, root);
            for (to, from) in sum.iter_mut().zip(&denominator) {
                *to += root * from;
            }
            numerator = sum;
            denominator = times(&denominator, root);
        }
        while numerator.len() > 1 && numerator.last().is_some_and(|x| bool::from(x.is_zero())) {
            numerator.pop();
        }
        (numerator, denominator)
    }

    /// A variable for a polynomial's value at x, by Horner.
    fn polynomial(&mut self, name: &str, coefficients: &[Fr]) {
        let mut rest = coefficients.iter().rev();
        let leading = rest.next().copied().unwrap_or(Fr::ZERO);
        let next = rest.next();
        let begun = match next {
            None => scalar(&leading),
            Some(next) if leading == Fr::ONE => format!("add(x, {})", scalar(next)),
            Some(next) => format!("add(mulmod(x, {}, r), {})", scalar(&leading), scalar(next)),
        };
        self.code.line(format!("let {name} := {begun}"));
        let rest: Vec<&Fr> = rest.collect();
        for some in rest.chunks(NESTED) {
            let value = some.iter().fold(name.to_owned(), |value, c| {
                format!("add({}, mulmod(x, {value}, r))", scalar(c))
            });
            // The constant waits on the stack if it is written last.
            self.code.line(format!("{name} := {value}"));
        }
    }

    /// Variables `sum` and `product`, and the number that their fraction is to be multiplied by
    /// to be the sum of p_i omega^i / (x - omega^i) over the public inputs but the first.
    fn public_inputs(&mut self) -> Fr {
        let instances = self.protocol.instances;
        let omega = self.protocol.root(1);
        let at = |row: usize| format!("calldataload({:#x})", 4 + 32 * row);
        let root = |row: usize| omega.pow_vartime([row as u64]);
        let code = &mut self.code;
        code.note("The public inputs but the first: their sum of p_i omega^i / (x - omega^i), as one fraction.");
        if instances > UNROLLED {
            let back = scalar(&self.protocol.root(-1));
            code.line("// omega^i cancels: p_i / (x omega^-i - 1)");
            code.line("let sum := 0");
            code.line("let product := 1");
            code.line(format!("let z := mulmod(x, {back}, r)"));
            code.open(format!(
                "for {{ let c := {:#x} }} lt(c, {:#x}) {{ c := add(c, 0x20) }} {{",
                4 + 32,
                4 + 32 * instances
            ));
            code.line(format!("let d := add(z, {})", scalar(&-Fr::ONE)));
            code.line("sum := add(mulmod(sum, d, r), mulmod(calldataload(c), product, r))");
            code.line("product := mulmod(product, d, r)");
            code.line(format!("z := mulmod(z, {back}, r)"));
            code.close();
            return Fr::ONE;
        }
        if instances < 2 {
            code.line("let sum := 0");
            code.line("let product := 1");
            return Fr::ONE;
        }
        // Before row i, product is omega^(i - 1) times that of x - omega^j, 0 < j < i: what p_i is
        // multiplied by, but for one omega. Its next factor is omega (x - omega^i).
        code.line(format!("let wx := mulmod(x, {}, r)", scalar(&omega)));
        code.line(format!("let sum := {}", at(1)));
        code.line(format!("let product := add(wx, {})", scalar(&-root(2))));
        for row in 2..instances {
            code.line(format!(
                "sum := add(mulmod(add(x, {}), sum, r), mulmod({}, product, r))",
                scalar(&-root(row)),
                at(row)
            ));
            code.line(format!(
                "product := mulmod(add(wx, {}), product, r)",
                scalar(&-root(row + 1))
            ));
        }
        root(instances)
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
        self.code.note(
            "Every identity, folded by y: the gates, each times its switch, then the permutation.\nEach is named: the gate and the equation that holds where its switch is not 0.",
        );
        self.code.open("{");
        self.code
            .line(format!("let y := {}", self.challenge(Challenge::Y).load()));
        let powers = self.powers_of_y(&groups);
        graph.read_often(READ_OFTEN, &mut self.code);
        self.code.line("let sum := 0");
        let inner = groups.iter().any(|group| group.terms.len() > 1);
        if inner {
            self.code.line("let inner");
        }
        let mut begun = false;
        for Group { when, terms } in groups {
            let Some((first, rest)) = terms.split_first() else {
                continue;
            };
            let Some(when) = when else {
                let value = self.named(&mut graph, first);
                self.code.line(match begun {
                    true => format!("sum := add(mulmod(sum, y, r), {value})"),
                    false => format!("sum := {value}"),
                });
                begun = true;
                continue;
            };
            let mut value = self.named(&mut graph, first);
            if !rest.is_empty() {
                self.code.line(format!("inner := {value}"));
                for term in rest {
                    let value = self.named(&mut graph, term);
                    self.code
                        .line(format!("inner := add(mulmod(inner, y, r), {value})"));
                }
                value = "inner".to_owned();
            }
            let when = graph.write(when, &mut self.code, &mut self.memory);
            let power = match powers.get(&terms.len()) {
                Some(slot) => slot.load(),
                None => "y".to_owned(),
            };
            self.code.line(match begun {
                true => {
                    format!("sum := add(mulmod(sum, {power}, r), mulmod({value}, {when}, r))")
                }
                false => format!("sum := mulmod({value}, {when}, r)"),
            });
            begun = true;
        }
        self.code
            .store(quotient, format!("mulmod(sum, {}, r)", inverse.load()));
        self.code.close();
        self.memory.back_to(quotient.plus(32));
        Ok(quotient)
    }

    /// Yul of an identity, below its name, to which the sum so far can be added.
    fn named(&mut self, graph: &mut Graph, term: &Named) -> String {
        self.code.named(&term.name);
        graph.write_summand(term.value, &mut self.code, &mut self.memory)
    }

    /// Slots of the powers of y above the first that groups are folded by, each the product of
    /// two before it.
    fn powers_of_y(&mut self, groups: &[Group]) -> BTreeMap<usize, Slot> {
        let mut needed: Vec<usize> = (groups.iter().skip(1))
            .map(|group| group.terms.len())
            .collect();
        needed.sort_unstable();
        let mut powers = BTreeMap::new();
        for power in needed {
            self.power_of_y(power, &mut powers);
        }
        powers
    }

    fn power_of_y(&mut self, power: usize, powers: &mut BTreeMap<usize, Slot>) -> String {
        if power < 2 {
            return "y".to_owned();
        }
        if let Some(slot) = powers.get(&power) {
            return slot.load();
        }
        let known = |i: &usize| *i == 1 || powers.contains_key(i);
        let part = (1..=power / 2)
            .rev()
            .find(|i| known(i) && known(&(power - i)));
        let part = part.unwrap_or(power / 2);
        let [a, b] = [part, power - part].map(|i| self.power_of_y(i, powers));
        let slot = self.memory.word();
        self.code.store(slot, format!("mulmod({a}, {b}, r)"));
        powers.insert(power, slot);
        slot.load()
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
                // Gates that are always on have nothing to be multiplied by.
                let when = Some(when).filter(|when| !graph.is_one(*when));
                let term = Named { name, value };
                match groups.last_mut() {
                    Some(last) if when.is_some() && last.when == when => last.terms.push(term),
                    _ => groups.push(Group {
                        when,
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
