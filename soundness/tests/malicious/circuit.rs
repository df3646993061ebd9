//! The circuit under attack, in a layout and with or without a planted bug: from named values
//! to a mended trace.

use crate::fields::{self, Fields};
use crate::mend::hash::Tricks;
use crate::mend::{Mended, Mender};
use crate::rng::Rng;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::columns::{CHALLENGES, Config, advice};
use covenant_circuits::circuit::layout::{Layout, OUTPUT_SLOT};
use covenant_circuits::circuit::permutation::INPUTS;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Captured, Constraint, Place, capture, constraints};
use covenant_soundness::planted::Bug;
use ff::Field;

/// A layout's circuit, captured.
pub struct Site {
    pub layout: Layout,
    config: Config,
    captured: Captured,
    constraints: Vec<Constraint>,
    /// The cell of each field.
    at: Fields<Option<Place>>,
    /// Cells that the trace's builder writes.
    written: Vec<Place>,
}

impl Site {
    pub fn new(layout: Layout) -> Self {
        let circuit = CovenantCircuit::laid_out(layout, &Witness::blank(layout.claim().unwrap()));
        let public = vec![Fr::ZERO; layout.claim().unwrap().public_inputs()];
        let captured = capture(layout.k, &circuit, &[public], &[Fr::ZERO; CHALLENGES]).unwrap();
        let (captured, config) = (captured.captured, captured.config);
        let constraints = constraints(&captured.cs);
        let mut places = fields::places(&layout, &config).into_iter();
        let mut at = Fields::blank(layout.claim().unwrap());
        at.visit_mut(|_, place| *place = places.next());
        let written = circuit.trace().journal().cells().iter();
        let written = written.map(|((c, r), _)| Place::Advice(config.advice[*c].index(), *r));
        Self {
            written: written.collect(),
            layout,
            config,
            captured,
            constraints,
            at,
        }
    }
}

pub struct Target<'a> {
    pub layout: Layout,
    pub mender: Mender,
    site: &'a Site,
    /// Number of the cell of each field, in the order of [`Fields::visit`].
    inputs: Vec<Option<usize>>,
    /// Cells that a constraint reads and that are no field, for lies about any of them.
    pub others: Vec<usize>,
}

impl<'a> Target<'a> {
    pub fn new(site: &'a Site, bug: Option<Bug>) -> Self {
        let mut captured = site.captured.clone();
        let mut constraints = site.constraints.clone();
        if let Some(bug) = bug {
            bug.plant(&site.layout, &mut constraints, &mut captured);
        }
        let left = |r: &Constraint| {
            let name = |c: &Constraint| (c.gate.clone(), c.name.clone());
            constraints.iter().any(|c| name(c) == name(r))
        };
        let removed = site
            .constraints
            .iter()
            .filter(|r| !left(r))
            .cloned()
            .collect();
        let places: Vec<Place> = site
            .at
            .list()
            .into_iter()
            .map(|place| place.unwrap())
            .collect();
        let layout = site.layout;
        let mender = Mender::new(
            &layout,
            &site.config,
            &captured,
            constraints,
            removed,
            &places,
        );
        let number = |place: &Place| mender.equations.number.get(place).copied();
        let inputs: Vec<Option<usize>> = places.iter().map(number).collect();
        let mut others: Vec<usize> = site.written.iter().filter_map(number).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|cell| !inputs.contains(&Some(*cell)));
        Self {
            layout,
            mender,
            site,
            inputs,
            others,
        }
    }

    pub fn mend(
        &self,
        fields: &Fields<Fr>,
        lies: &[(usize, Fr)],
        tricks: &Tricks,
        challenges: &[Fr; CHALLENGES],
        by_lookup: bool,
    ) -> Mended {
        let values = fields.list().into_iter().zip(&self.inputs);
        let inputs: Vec<(usize, Fr)> = values
            .filter_map(|(value, cell)| Some(((*cell)?, *value)))
            .collect();
        self.mender
            .mend(&inputs, lies, tricks, challenges, by_lookup)
    }

    fn number(&self, column: usize, row: usize) -> usize {
        let column = self.site.config.advice[column].index();
        self.mender.equations.number[&Place::Advice(column, row)]
    }

    /// The cell of a public input.
    pub fn public(&self, row: usize) -> usize {
        self.mender.equations.number[&Place::Instance(self.site.config.instance.index(), row)]
    }

    /// The tag of an account.
    pub fn tag(&self, account: usize) -> usize {
        let header = self.layout.account(account, 0);
        self.number(advice::B, self.layout.slot(header, 0))
    }

    /// The chain value after a block of an account.
    pub fn chain(&self, account: usize, block: usize) -> usize {
        let end = self
            .layout
            .slot(self.layout.account(account, block), OUTPUT_SLOT);
        let column = match self.layout.is_wide() {
            true => self.layout.operand().0,
            false => advice::C,
        };
        self.number(column, end)
    }

    fn row(place: &Option<Place>) -> usize {
        match place {
            Some(Place::Advice(_, row)) => *row,
            _ => panic!("a cell of the trace"),
        }
    }

    /// What an asset's liabilities are taken times, and what empty positions are.
    pub fn may_owe(&self, asset: usize) -> [usize; 2] {
        let at = &self.site.at;
        let (column, below) = self.layout.operand();
        [&at.assets[asset].sides[1].count, &at.empty[1]]
            .map(|count| self.number(column, Self::row(count) + below))
    }

    /// The total of empty positions.
    pub fn empty_total(&self, side: usize) -> usize {
        self.number(advice::C, Self::row(&self.site.at.empty[side]) - 1)
    }

    /// What a mask's word has less than its bits.
    pub fn excess(&self, asset: usize) -> usize {
        // Of the mask's rows the first has the uppermost bits.
        self.number(advice::B, Self::row(&self.site.at.assets[asset].used_bit))
    }

    /// The public inputs of a trace.
    pub fn public_inputs(&self, cells: &[Fr]) -> Vec<Fr> {
        let rows = 0..self.layout.claim().unwrap().public_inputs();
        rows.map(|row| cells[self.public(row)]).collect()
    }

    /// The inputs of the hashes that were taken.
    pub fn hashed(&self, cells: &[Fr], tricks: &Tricks) -> Vec<[Fr; INPUTS]> {
        let slots = self.mender.permutations.iter().map(|p| p.absorbed(cells));
        slots
            .chain(tricks.swaps.iter().map(|(_, inputs)| *inputs))
            .collect()
    }
}

/// Challenges as a transcript would draw them.
pub fn challenges(rng: &mut Rng) -> [Fr; CHALLENGES] {
    std::array::from_fn(|_| rng.field())
}
