//! The circuit under attack, in a layout and with or without a planted bug: from named values
//! to a mended trace.

use crate::fields::{self, Fields};
use crate::mend::{Mended, Mender};
use crate::rng::Rng;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::columns::{Config, advice};
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Constraint, Place, capture, constraints};
use covenant_circuits::poseidon::PARAMETERS;
use covenant_soundness::planted::Bug;
use ff::Field;

pub struct Target {
    pub layout: Layout,
    pub mender: Mender,
    config: Config,
    /// Number of the cell of each field, in the order of [`Fields::visit`].
    inputs: Vec<Option<usize>>,
    /// Cells that a constraint reads and that are no field, for lies about any of them.
    pub others: Vec<usize>,
    /// The five S-box inputs of each permutation's first row.
    absorbed: Vec<[Result<usize, Fr>; 5]>,
}

impl Target {
    pub fn new(layout: Layout, bug: Option<Bug>) -> Self {
        let circuit = CovenantCircuit::laid_out(
            layout,
            &covenant_circuits::circuit::witness::Witness::blank(layout.shape),
        );
        let public = vec![Fr::ZERO; layout.shape.public_inputs()];
        let captured = capture(layout.k, &circuit, &[public], &[Fr::ZERO; 4]).unwrap();
        let (mut captured, config) = (captured.captured, captured.config);
        let mut constraints = constraints(&captured.cs);
        let mut removed = constraints.clone();
        if let Some(bug) = bug {
            bug.plant(&mut constraints, &mut captured);
        }
        let left = |r: &Constraint| {
            constraints
                .iter()
                .any(|c| (&c.gate, &c.name) == (&r.gate, &r.name))
        };
        removed.retain(|r| !left(r));
        let places = fields::places(&layout, &config);
        let mender = Mender::new(&layout, &config, &captured, constraints, removed, &places);
        let number = |place: &Place| mender.equations.number.get(place).copied();
        let inputs: Vec<Option<usize>> = places.iter().map(number).collect();
        let written = circuit.trace().journal().cells().iter();
        let written = written.map(|((c, r), _)| Place::Advice(config.advice[*c].index(), *r));
        let mut others: Vec<usize> = written.filter_map(|place| number(&place)).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|cell| !inputs.contains(&Some(*cell)));
        let absorbed = (0..layout.permutations()).map(|p| {
            std::array::from_fn(|lane| {
                let (column, row) = layout.sbox(lane);
                let column = config.advice[advice::X + column].index();
                let place = Place::Advice(column, layout.block(p) + row);
                number(&place).ok_or(Fr::ZERO)
            })
        });
        let absorbed = absorbed.collect();
        Self {
            layout,
            mender,
            config,
            inputs,
            others,
            absorbed,
        }
    }

    pub fn mend(
        &self,
        fields: &Fields<Fr>,
        lies: &[(usize, Fr)],
        challenges: &[Fr; 4],
        by_lookup: bool,
    ) -> Mended {
        let values = fields.list().into_iter().zip(&self.inputs);
        let inputs: Vec<(usize, Fr)> = values
            .filter_map(|(value, cell)| Some(((*cell)?, *value)))
            .collect();
        self.mender.mend(&inputs, lies, challenges, by_lookup)
    }

    /// The cell of a public input.
    pub fn public(&self, row: usize) -> usize {
        self.mender.equations.number[&Place::Instance(self.config.instance.index(), row)]
    }

    /// The bit of an account that says whether it is a liability.
    pub fn kind(&self, account: usize) -> usize {
        let column = self.config.advice[advice::A].index();
        let header = self.layout.block(self.layout.account(account));
        self.mender.equations.number[&Place::Advice(column, header + 1)]
    }

    /// The chain value with which a permutation begins, or that the last before it ended with.
    pub fn chain(&self, permutation: usize) -> usize {
        let column = self.config.advice[advice::A].index();
        self.mender.equations.number[&Place::Advice(column, self.layout.block(permutation))]
    }

    /// The public inputs of a trace. One that nothing reads is 0.
    pub fn public_inputs(&self, cells: &[Fr]) -> Vec<Fr> {
        let rows = 0..self.layout.shape.public_inputs();
        rows.map(|row| cells[self.public(row)]).collect()
    }

    /// What each permutation took: the inputs of a hash, where its first lane is 0.
    pub fn hashed(&self, cells: &[Fr]) -> Vec<[Fr; 4]> {
        let lanes = self.absorbed.iter().filter_map(|lanes| {
            let mut inputs = [Fr::ZERO; 5];
            for ((input, cell), constant) in
                inputs.iter_mut().zip(lanes).zip(&PARAMETERS.constants[0])
            {
                *input = cell.map_or_else(|x| x, |cell| cells[cell]) - constant;
            }
            let [capacity, inputs @ ..] = inputs;
            (capacity == Fr::ZERO).then_some(inputs)
        });
        lanes.collect()
    }
}

/// Challenges as a transcript would draw them.
pub fn challenges(rng: &mut Rng) -> [Fr; 4] {
    std::array::from_fn(|_| rng.field())
}
