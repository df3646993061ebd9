//! Everything that a prover chooses, by name: as values, and as the cells at which the values
//! enter the circuit. Unlike the builder's witness, every field takes any element.

mod places;
mod sums;

pub use places::places;

use covenant_circuits::shape::{GROUPS, Shape, TIERS};
use std::fmt::Arguments;

#[derive(Clone, Default)]
pub struct Position<T> {
    pub entry: T,
    pub counts: T,
    pub amount: T,
}

#[derive(Clone, Default)]
pub struct Block<T> {
    pub active: T,
    /// Twelve in the first block, fifteen in the others, fewer in the last.
    pub positions: Vec<Position<T>>,
}

#[derive(Clone, Default)]
pub struct Account<T> {
    pub liability: T,
    pub every: T,
    pub as_of: T,
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
    pub held_share: T,
    pub groups: [T; GROUPS],
    pub netting: T,
    pub may_owe: T,
    pub multipliers: Vec<T>,
    pub widths: [T; TIERS - 1],
    pub weights: [T; TIERS],
    pub inverse: T,
    pub netted: T,
    /// Collateral and liability.
    pub sides: [Side<T>; 2],
}

#[derive(Clone, Default)]
pub struct Group<T> {
    /// Least and most of what counts, and of what is held.
    pub counted: [T; 2],
    pub held: [T; 2],
    pub reported: T,
    pub line: T,
    /// What it holds.
    pub sum: T,
}

#[derive(Clone, Default)]
pub struct Scenario<T> {
    /// c_a.
    pub counted: Vec<T>,
    /// What counts, in all and of each group.
    pub total: T,
    pub groups: [T; GROUPS],
    /// With the debt.
    pub owed: T,
}

#[derive(Clone, Default)]
pub struct Fields<T> {
    pub subject: T,
    /// First and last second of the window.
    pub window: [T; 2],
    pub debt: T,
    pub ratio: T,
    pub context: T,
    pub prices: Vec<T>,
    pub accounts: Vec<Account<T>>,
    /// Empty positions that count, of collateral and of liabilities.
    pub empty: [T; 2],
    pub terms: T,
    pub complete: T,
    pub grain: T,
    pub ratios: Vec<T>,
    pub groups: [Group<T>; GROUPS],
    pub assets: Vec<Asset<T>>,
    /// What is held in all.
    pub held: T,
    pub scenarios: Vec<Scenario<T>>,
}

/// Positions of each block of an account.
pub fn blocks(shape: Shape) -> Vec<usize> {
    use covenant_circuits::shape::{FIRST_BLOCK, PER_BLOCK};
    let first = shape.positions().min(FIRST_BLOCK);
    let rest = (1..shape.blocks()).map(|b| {
        let before = FIRST_BLOCK + (b - 1) * PER_BLOCK;
        (shape.positions() - before).min(PER_BLOCK)
    });
    std::iter::once(first).chain(rest).collect()
}

impl<T: Clone + Default> Fields<T> {
    pub fn blank(shape: Shape) -> Self {
        let asset = Asset {
            multipliers: vec![T::default(); shape.scenarios() - 1],
            ..Asset::default()
        };
        let block = |positions| Block {
            positions: vec![Position::default(); positions],
            ..Block::default()
        };
        let account = Account {
            blocks: blocks(shape).into_iter().map(block).collect(),
            ..Account::default()
        };
        let scenario = Scenario {
            counted: vec![T::default(); shape.assets()],
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
        for (i, x) in $self.window.$iter().enumerate() {
            $see(format_args!("{} of the window", ["start", "end"][i]), x);
        }
        $see(format_args!("debt"), &$($m)? $self.debt);
        $see(format_args!("ratio"), &$($m)? $self.ratio);
        $see(format_args!("context"), &$($m)? $self.context);
        for (a, x) in $self.prices.$iter().enumerate() {
            $see(format_args!("price {a}"), x);
        }
        for (m, account) in $self.accounts.$iter().enumerate() {
            $see(format_args!("account {m} liability"), &$($m)? account.liability);
            $see(format_args!("account {m} every"), &$($m)? account.every);
            $see(format_args!("account {m} as_of"), &$($m)? account.as_of);
            $see(format_args!("account {m} blinding"), &$($m)? account.blinding);
            for (b, block) in account.blocks.$iter().enumerate() {
                $see(format_args!("account {m} block {b} active"), &$($m)? block.active);
                for (p, x) in block.positions.$iter().enumerate() {
                    $see(format_args!("account {m} block {b} position {p} entry"), &$($m)? x.entry);
                    $see(format_args!("account {m} block {b} position {p} counts"), &$($m)? x.counts);
                    $see(format_args!("account {m} block {b} position {p} amount"), &$($m)? x.amount);
                }
            }
        }
        for (s, x) in $self.empty.$iter().enumerate() {
            $see(format_args!("empty positions of {}", ["collateral", "liabilities"][s]), x);
        }
        $see(format_args!("terms"), &$($m)? $self.terms);
        $see(format_args!("complete"), &$($m)? $self.complete);
        $see(format_args!("grain"), &$($m)? $self.grain);
        for (j, x) in $self.ratios.$iter().enumerate() {
            $see(format_args!("ratio {}", j + 1), x);
        }
        for (g, group) in $self.groups.$iter().enumerate() {
            for (i, x) in group.counted.$iter().enumerate() {
                $see(format_args!("group {g} {} counted share", ["least", "most"][i]), x);
            }
            for (i, x) in group.held.$iter().enumerate() {
                $see(format_args!("group {g} {} held share", ["least", "most"][i]), x);
            }
            $see(format_args!("group {g} reported"), &$($m)? group.reported);
            $see(format_args!("group {g} line"), &$($m)? group.line);
            $see(format_args!("group {g} held"), &$($m)? group.sum);
        }
        for (a, x) in $self.assets.$iter().enumerate() {
            $see(format_args!("asset {a} used"), &$($m)? x.used);
            $see(format_args!("asset {a} used bit"), &$($m)? x.used_bit);
            $see(format_args!("asset {a} id"), &$($m)? x.id);
            $see(format_args!("asset {a} share"), &$($m)? x.share);
            $see(format_args!("asset {a} held share"), &$($m)? x.held_share);
            for (g, x) in x.groups.$iter().enumerate() {
                $see(format_args!("asset {a} group {g}"), x);
            }
            $see(format_args!("asset {a} netting"), &$($m)? x.netting);
            $see(format_args!("asset {a} may_owe"), &$($m)? x.may_owe);
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
        $see(format_args!("held"), &$($m)? $self.held);
        for (j, scenario) in $self.scenarios.$iter().enumerate() {
            for (a, x) in scenario.counted.$iter().enumerate() {
                $see(format_args!("scenario {j} asset {a} counted"), x);
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
