//! Everything that a prover chooses, by name: as values, and as the cells at which the values
//! enter the circuit. Unlike the builder's witness, every field takes any element.

use covenant_circuits::circuit::columns::Config;
use covenant_circuits::circuit::columns::advice;
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::circuit::trace;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use covenant_circuits::shape::{GROUPS, Shape};
use ff::Field;
use std::fmt::Arguments;

#[derive(Clone, Default)]
pub struct Position<T> {
    pub entry: T,
    pub counts: T,
    pub id: T,
    pub amount: T,
}

#[derive(Clone, Default)]
pub struct Block<T> {
    pub state: T,
    pub positions: [Position<T>; 3],
}

#[derive(Clone, Default)]
pub struct Account<T> {
    pub state: T,
    pub blinding: T,
    pub blocks: Vec<Block<T>>,
}

#[derive(Clone, Default)]
pub struct Side<T> {
    pub rest: T,
    pub count: T,
    pub value: T,
    pub remainder: T,
}

#[derive(Clone, Default)]
pub struct Asset<T> {
    pub used: T,
    /// Bit 15 of the mask, for the register alone.
    pub used_bit: T,
    pub id: T,
    pub share: T,
    pub groups: [T; GROUPS],
    pub netting: T,
    pub multipliers: Vec<T>,
    pub widths: [T; 3],
    pub weights: [T; 4],
    pub inverse: T,
    pub netted: T,
    /// Collateral and liability.
    pub sides: [Side<T>; 2],
}

#[derive(Clone, Default)]
pub struct Scenario<T> {
    pub tiers: Vec<[T; 4]>,
    /// What counts, in all and of each group.
    pub total: T,
    pub groups: [T; GROUPS],
    pub owed: T,
}

#[derive(Clone, Default)]
pub struct Fields<T> {
    pub subject: T,
    pub as_of: T,
    pub debt: T,
    pub ratio: T,
    pub context: T,
    pub prices: Vec<T>,
    pub accounts: Vec<Account<T>>,
    pub terms: T,
    pub ratios: Vec<T>,
    pub shares: [(T, T); GROUPS],
    pub assets: Vec<Asset<T>>,
    pub scenarios: Vec<Scenario<T>>,
}

impl<T: Clone + Default> Fields<T> {
    pub fn blank(shape: Shape) -> Self {
        let asset = Asset {
            multipliers: vec![T::default(); shape.scenarios() - 1],
            ..Asset::default()
        };
        let account = Account {
            blocks: vec![Block::default(); shape.blocks()],
            ..Account::default()
        };
        let scenario = Scenario {
            tiers: vec![Default::default(); shape.assets()],
            ..Scenario::default()
        };
        Self {
            prices: vec![T::default(); shape.assets()],
            accounts: vec![account; shape.accounts()],
            ratios: vec![T::default(); shape.scenarios() - 1],
            assets: vec![asset; shape.assets()],
            scenarios: vec![scenario; shape.scenarios()],
            ..Self::default()
        }
    }
}

macro_rules! visit {
    ($self:ident, $see:ident, $iter:ident $(, $m:tt)?) => {{
        $see(format_args!("subject"), &$($m)? $self.subject);
        $see(format_args!("as_of"), &$($m)? $self.as_of);
        $see(format_args!("debt"), &$($m)? $self.debt);
        $see(format_args!("ratio"), &$($m)? $self.ratio);
        $see(format_args!("context"), &$($m)? $self.context);
        for (a, x) in $self.prices.$iter().enumerate() {
            $see(format_args!("price {a}"), x);
        }
        for (m, account) in $self.accounts.$iter().enumerate() {
            $see(format_args!("account {m} state"), &$($m)? account.state);
            $see(format_args!("account {m} blinding"), &$($m)? account.blinding);
            for (b, block) in account.blocks.$iter().enumerate() {
                $see(format_args!("account {m} block {b} state"), &$($m)? block.state);
                for (p, x) in block.positions.$iter().enumerate() {
                    let p = 3 * b + p;
                    $see(format_args!("account {m} position {p} entry"), &$($m)? x.entry);
                    $see(format_args!("account {m} position {p} counts"), &$($m)? x.counts);
                    $see(format_args!("account {m} position {p} id"), &$($m)? x.id);
                    $see(format_args!("account {m} position {p} amount"), &$($m)? x.amount);
                }
            }
        }
        $see(format_args!("terms"), &$($m)? $self.terms);
        for (j, x) in $self.ratios.$iter().enumerate() {
            $see(format_args!("ratio {}", j + 1), x);
        }
        for (g, (least, most)) in $self.shares.$iter().enumerate() {
            $see(format_args!("group {g} least share"), least);
            $see(format_args!("group {g} most share"), most);
        }
        for (a, x) in $self.assets.$iter().enumerate() {
            $see(format_args!("asset {a} used"), &$($m)? x.used);
            $see(format_args!("asset {a} used bit"), &$($m)? x.used_bit);
            $see(format_args!("asset {a} id"), &$($m)? x.id);
            $see(format_args!("asset {a} share"), &$($m)? x.share);
            for (g, x) in x.groups.$iter().enumerate() {
                $see(format_args!("asset {a} group {g}"), x);
            }
            $see(format_args!("asset {a} netting"), &$($m)? x.netting);
            for (j, x) in x.multipliers.$iter().enumerate() {
                $see(format_args!("asset {a} multiplier {}", j + 1), x);
            }
            for (t, x) in x.widths.$iter().enumerate() {
                $see(format_args!("asset {a} width {t}"), x);
            }
            for (t, x) in x.weights.$iter().enumerate() {
                $see(format_args!("asset {a} weight {t}"), x);
            }
            $see(format_args!("asset {a} inverse"), &$($m)? x.inverse);
            $see(format_args!("asset {a} netted"), &$($m)? x.netted);
            for (s, x) in x.sides.$iter().enumerate() {
                let s = ["collateral", "liability"][s];
                $see(format_args!("asset {a} {s} rest"), &$($m)? x.rest);
                $see(format_args!("asset {a} {s} count"), &$($m)? x.count);
                $see(format_args!("asset {a} {s} value"), &$($m)? x.value);
                $see(format_args!("asset {a} {s} remainder"), &$($m)? x.remainder);
            }
        }
        for (j, scenario) in $self.scenarios.$iter().enumerate() {
            for (a, tiers) in scenario.tiers.$iter().enumerate() {
                for (t, x) in tiers.$iter().enumerate() {
                    $see(format_args!("scenario {j} asset {a} tier {t}"), x);
                }
            }
            $see(format_args!("scenario {j} total"), &$($m)? scenario.total);
            for (g, x) in scenario.groups.$iter().enumerate() {
                $see(format_args!("scenario {j} group {g}"), x);
            }
            $see(format_args!("scenario {j} owed"), &$($m)? scenario.owed);
        }
    }};
}

impl<T> Fields<T> {
    /// Every field, always in the same order.
    pub fn visit<'a>(&'a self, mut see: impl FnMut(Arguments<'_>, &'a T)) {
        visit!(self, see, iter);
    }

    pub fn visit_mut(&mut self, mut see: impl FnMut(Arguments<'_>, &mut T)) {
        visit!(self, see, iter_mut, mut);
    }

    pub fn list(&self) -> Vec<&T> {
        let mut all = Vec::new();
        self.visit(|_, x| all.push(x));
        all
    }
}

impl Fields<Fr> {
    /// What the builder's witness says.
    pub fn of(w: &Witness) -> Self {
        let mut f = Self::blank(w.shape);
        [f.subject, f.as_of] = [w.public[0], w.public[1]];
        [f.debt, f.ratio, f.context] = [w.public[3], w.public[4], w.public[5]];
        f.prices = w.public[w.public.len() - w.shape.assets()..].to_vec();
        for (to, from) in f.accounts.iter_mut().zip(&w.accounts) {
            to.state = from.state.into();
            to.blinding = from.blinding;
            for (to, from) in to.blocks.iter_mut().zip(&from.blocks) {
                to.state = from.state.into();
                for (to, from) in to.positions.iter_mut().zip(&from.positions) {
                    to.entry = from.entry;
                    to.counts = from.counts.into();
                    to.id = from.id;
                    to.amount = from.amount;
                }
            }
        }
        f.terms = w.terms;
        f.ratios = w.ratios.iter().map(|x| Fr::from(*x)).collect();
        f.shares = w.shares.map(|(least, most)| (least.into(), most.into()));
        for (to, from) in f.assets.iter_mut().zip(&w.assets) {
            to.used = from.used.into();
            to.used_bit = Fr::from(u64::from(from.used == 1));
            to.id = from.id;
            to.share = from.share.into();
            to.groups = from.groups.map(|bit| Fr::from(u64::from(bit)));
            to.netting = from.netting.into();
            to.multipliers = from.multipliers.iter().map(|x| Fr::from(*x)).collect();
            to.widths = from.widths.map(Fr::from);
            to.weights = from.weights.map(Fr::from);
            to.inverse = from.inverse;
            to.netted = from.netted;
            for (to, from) in to.sides.iter_mut().zip([&from.collateral, &from.liability]) {
                to.rest = from.rest;
                to.count = from.count;
                to.value = from.value;
                to.remainder = from.remainder;
            }
        }
        for (to, from) in f.scenarios.iter_mut().zip(&w.scenarios) {
            to.tiers = from.tiers.clone();
        }
        f.add_up();
        f
    }

    /// `m_{j,a}`.
    pub fn multiplier(&self, scenario: usize, asset: usize) -> Fr {
        match scenario.checked_sub(1) {
            None => Fr::from(10_000),
            Some(j) => self.assets[asset].multipliers[j],
        }
    }

    /// What counts and what is owed, from the rest.
    pub fn add_up(&mut self) {
        for j in 0..self.scenarios.len() {
            let (mut total, mut owed, mut groups) = (Fr::ZERO, Fr::ZERO, [Fr::ZERO; GROUPS]);
            for (a, asset) in self.assets.iter().enumerate() {
                let tiers = self.scenarios[j].tiers[a].iter();
                let counted: Fr = tiers.zip(&asset.weights).map(|(x, w)| *x * w).sum();
                total += counted * asset.used_bit;
                for (sum, bit) in groups.iter_mut().zip(&asset.groups) {
                    *sum += counted * bit;
                }
                owed += asset.sides[1].value * self.multiplier(j, a);
            }
            let scenario = &mut self.scenarios[j];
            (scenario.total, scenario.owed, scenario.groups) = (total, owed, groups);
        }
    }
}

/// A witness without meaning, no two fields of which have the same value.
fn marked(shape: Shape) -> Witness {
    let mut w = Witness::blank(shape);
    let mut rng = crate::rng::Rng::new(0x006d_6172_6b65_6421, 0);
    w.public.iter_mut().for_each(|x| *x = rng.field());
    for account in &mut w.accounts {
        account.state = rng.next() >> 1;
        account.blinding = rng.field();
        for block in &mut account.blocks {
            block.state = rng.next() >> 1;
            for p in &mut block.positions {
                (p.entry, p.id, p.amount) = (rng.field(), rng.field(), rng.field());
                p.counts = rng.next() >> 1;
            }
        }
    }
    w.terms = rng.field();
    w.ratios.iter_mut().for_each(|x| *x = rng.next());
    for (least, most) in &mut w.shares {
        (*least, *most) = (rng.next(), rng.next());
    }
    for asset in &mut w.assets {
        (asset.used, asset.share, asset.netting) = (rng.next(), rng.next(), rng.next());
        (asset.id, asset.netted, asset.inverse) = (rng.field(), rng.field(), rng.field());
        asset.multipliers.iter_mut().for_each(|x| *x = rng.next());
        asset.widths.iter_mut().for_each(|x| *x = rng.next());
        asset.weights.iter_mut().for_each(|x| *x = rng.next());
        for side in [&mut asset.collateral, &mut asset.liability] {
            (side.rest, side.count) = (rng.field(), rng.field());
            (side.value, side.remainder) = (rng.field(), rng.field());
        }
    }
    for scenario in &mut w.scenarios {
        for tiers in &mut scenario.tiers {
            *tiers = std::array::from_fn(|_| rng.field());
        }
    }
    w
}

/// Where each field enters the circuit: the first cell beside the limbs that the builder
/// gives its value, in the order of [`Fields::visit`]. Bits of the mask are limbs, and found by changing them.
pub fn places(layout: &Layout, config: &Config) -> Vec<Place> {
    let shape = layout.shape;
    let witness = marked(shape);
    let trace = trace::build(layout, &witness);
    let cells = trace.journal().cells();
    let place = |column: usize, row: usize| Place::Advice(config.advice[column].index(), row);
    let limbs = layout.first_limb()..layout.d();
    let find = |value: Fr| {
        let beside = cells.iter().filter(|((c, _), _)| !limbs.contains(c));
        let mut found = beside.filter(|((c, r), _)| trace.value(*c, *r) == value);
        let ((column, row), _) = found.next().expect("every field is in the trace");
        place(*column, *row)
    };
    // The first cell of some columns that differs when the witness does, `skip` such cells on.
    let differs =
        |columns: std::ops::Range<usize>, section: &str, change: &dyn Fn(&mut Witness)| {
            let mut other = witness.clone();
            change(&mut other);
            let other = trace::build(layout, &other);
            let cells = cells.iter().filter(|((c, r), s)| {
                columns.contains(c) && *s == section && trace.value(*c, *r) != other.value(*c, *r)
            });
            cells.map(|((c, r), _)| place(*c, *r)).collect::<Vec<_>>()
        };
    let mut values = Fields::of(&witness);
    // The builder's totals take all assets.
    values.assets.iter_mut().for_each(|a| a.used_bit = Fr::ONE);
    values.add_up();
    let mut found = Fields::<Option<Place>>::blank(shape);
    for asset in 0..shape.assets() {
        let bit = differs(limbs.clone(), "S8 fields", &|w| w.assets[asset].used = 1);
        found.assets[asset].used_bit = Some(bit[0]);
        for group in 0..GROUPS {
            let bit = differs(limbs.clone(), "S8 fields", &|w| {
                w.assets[asset].groups[group] = true;
            });
            found.assets[asset].groups[group] = Some(bit[0]);
        }
    }
    // A group's sum in each scenario is in the register, and as many rows below it in
    // each.
    for group in 0..GROUPS {
        let sums = differs(advice::C..advice::C + 1, "S6 group shares", &|w| {
            w.assets[0].groups[group] = true;
        });
        let each = sums.len() / shape.scenarios();
        for (j, scenario) in found.scenarios.iter_mut().enumerate() {
            scenario.groups[group] = Some(sums[j * each]);
        }
    }
    let public = witness.public.len();
    let instance = |row: usize| Some(Place::Instance(config.instance.index(), row));
    [found.subject, found.as_of] = [instance(0), instance(1)];
    [found.debt, found.ratio, found.context] = [instance(3), instance(4), instance(5)];
    for (a, price) in found.prices.iter_mut().enumerate() {
        *price = instance(public - shape.assets() + a);
    }
    let mut all = values.list().into_iter();
    let mut list = Vec::new();
    found.visit(|_, place| {
        let value = all.next().unwrap();
        list.push(place.unwrap_or_else(|| find(*value)));
    });
    let mut distinct = list.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), list.len(), "a cell for each field");
    list
}
