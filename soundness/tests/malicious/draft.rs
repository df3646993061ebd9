//! A witness in the making: the prover's fields, what each position is meant to count as, and
//! the totals, values and allocations that a prover would put down for it.

use crate::decode::integer;
use crate::fields::{Fields, Position};
use crate::honest::tag;
use crate::rng::two_pow;
use covenant_circuits::field::Fr;
use covenant_circuits::poseidon;
use covenant_circuits::shape::Shape;
use ff::Field;
use num_bigint::BigUint;
use num_integer::Integer;
use std::collections::BTreeMap;

/// The prover's choices while the draft is settled.
#[derive(Clone)]
pub struct Knobs {
    /// Netted beyond (or below) the least of both totals; `None` where nothing is netted.
    pub netted: Option<Fr>,
    /// Whether what is netted is left in the totals of collateral and liabilities.
    pub kept: [bool; 2],
    /// Multiples of r added to price times total.
    pub wraps: [u32; 2],
    /// What is added to every count, and whether counts are 0 instead.
    pub count: Fr,
    pub no_count: bool,
    /// What is added to values (and taken from remainders, times 10^30).
    pub value: [Fr; 2],
    /// Whether shares are minded.
    pub shares: bool,
    /// Whether ratios are lowered until the debt is covered.
    pub covered: bool,
    /// What is added to the largest debt that is covered; `None` for no debt.
    pub debt: Option<i64>,
}

/// An asset and a side that a position is meant to count for, and how far its id is from the
/// asset's.
#[derive(Clone)]
struct Aim {
    asset: usize,
    side: usize,
    offset: Fr,
    amount: Fr,
    /// Whether the id and the entry follow the policy's id.
    follows: bool,
}

#[derive(Clone)]
pub struct Draft {
    pub shape: Shape,
    pub fields: Fields<Fr>,
    /// Assets of the policy.
    pub used: usize,
    /// Cells that are lied about.
    pub lies: Vec<(usize, Fr)>,
    /// Hashes that the adversary took outside of the circuit.
    pub hidden: Vec<[Fr; 4]>,
    pub notes: Vec<String>,
    aims: BTreeMap<(usize, usize), Aim>,
}

impl Draft {
    pub fn blank(shape: Shape) -> Self {
        Self {
            shape,
            fields: Fields::blank(shape),
            used: 0,
            lies: Vec::new(),
            hidden: Vec::new(),
            notes: Vec::new(),
            aims: BTreeMap::new(),
        }
    }

    pub fn position(&mut self, m: usize, p: usize) -> &mut Position<Fr> {
        &mut self.fields.accounts[m].blocks[p / 3].positions[p % 3]
    }

    /// The position shall count for a side of an asset, by an id that far from the asset's.
    pub fn aim(&mut self, m: usize, p: usize, asset: usize, side: usize, offset: Fr, amount: Fr) {
        let aim = Aim {
            asset,
            side,
            offset,
            amount,
            follows: true,
        };
        self.aims.insert((m, p), aim);
        let state = self.fields.accounts[m].blocks[p / 3].state;
        self.position(m, p).counts = state;
    }

    /// The entry stays and is read another way; it counts for nothing, or still for its side.
    pub fn read_as(&mut self, m: usize, p: usize, amount: Fr, counts_still: bool) {
        self.follow();
        let entry = self.position(m, p).entry;
        let id = (entry - amount) * two_pow(128).invert().unwrap();
        let position = self.position(m, p);
        (position.id, position.amount) = (id, amount);
        if !counts_still {
            self.aims.remove(&(m, p));
        } else if let Some(aim) = self.aims.get_mut(&(m, p)) {
            (aim.amount, aim.follows) = (amount, false);
        }
    }

    /// The position counts for nothing, and its entry is any.
    pub fn uncount(&mut self, m: usize, p: usize, entry: Fr) {
        self.aims.remove(&(m, p));
        *self.position(m, p) = Position {
            entry,
            ..Position::default()
        };
    }

    /// Ids and entries of what is aimed at an asset.
    pub fn follow(&mut self) {
        for ((m, p), aim) in self.aims.clone() {
            if aim.follows {
                let id = self.fields.assets[aim.asset].id + aim.offset;
                let position = self.position(m, p);
                (position.id, position.amount) = (id, aim.amount);
                position.entry = id * two_pow(128) + aim.amount;
            }
        }
    }

    /// The chain of an account's hashes: its value after the header and the blocks in use.
    pub fn chain(&self, m: usize, from: Option<Fr>) -> Fr {
        let account = &self.fields.accounts[m];
        let header = self.header(account.state, account.blinding);
        let first = from.unwrap_or_else(|| poseidon::hash(header));
        let used = account
            .blocks
            .iter()
            .filter(|block| block.state != Fr::ZERO);
        used.fold(first, |h, block| {
            let [e1, e2, e3] = [0, 1, 2].map(|p: usize| block.positions[p].entry);
            poseidon::hash([h, e1, e2, e3])
        })
    }

    pub fn header(&self, state: Fr, blinding: Fr) -> [Fr; 4] {
        [tag(state), self.fields.subject, self.fields.as_of, blinding]
    }

    /// Totals, values, the allocation and the debt, as a prover would make them of the draft.
    pub fn settle(&mut self, knobs: &Knobs) {
        self.follow();
        for a in 0..self.fields.assets.len() {
            self.total(a, knobs);
        }
        for j in 0..self.fields.scenarios.len() {
            for a in 0..self.fields.assets.len() {
                self.fill(j, a);
            }
        }
        self.fields.add_up();
        if knobs.shares {
            self.mind_shares();
        }
        self.cover(knobs);
    }

    fn total(&mut self, a: usize, knobs: &Knobs) {
        let mut sums = [(Fr::ZERO, Fr::ZERO); 2];
        for aim in self.aims.values().filter(|aim| aim.asset == a) {
            sums[aim.side].0 += aim.amount;
            sums[aim.side].1 += Fr::ONE;
        }
        let asset = &mut self.fields.assets[a];
        let price = self.fields.prices[a];
        asset.inverse = (price + Fr::ONE - asset.used).invert().unwrap_or(Fr::ZERO);
        let least = integer(&sums[0].0).min(integer(&sums[1].0));
        asset.netted = match knobs.netted {
            Some(more) if asset.netting != Fr::ZERO => element(&least) + more,
            _ => Fr::ZERO,
        };
        let r = integer(&-Fr::ONE) + 1u8;
        let unit = BigUint::from(10u8).pow(30);
        for (s, (side, (total, count))) in asset.sides.iter_mut().zip(sums).enumerate() {
            let netted = if knobs.kept[s] {
                Fr::ZERO
            } else {
                asset.netted
            };
            side.rest = total - netted;
            side.count = if knobs.no_count { Fr::ZERO } else { count };
            if count != Fr::ZERO {
                side.count += knobs.count;
            }
            let product = integer(&side.rest) * integer(&price) + &r * knobs.wraps[s];
            let value = if s == 0 {
                product.div_floor(&unit)
            } else {
                product.div_ceil(&unit)
            };
            side.value = element(&value)
                + if asset.used == Fr::ONE {
                    knobs.value[s]
                } else {
                    Fr::ZERO
                };
            let over = side.rest * price - side.value * element(&unit);
            side.remainder = if s == 0 { over } else { -over };
        }
    }

    /// Fills the tiers in order.
    fn fill(&mut self, j: usize, a: usize) {
        let multiplier = integer(&self.fields.multiplier(j, a));
        let asset = &self.fields.assets[a];
        let mut left = integer(&asset.sides[0].value) * multiplier;
        for t in 0..4 {
            let room = match asset.widths.get(t) {
                Some(width) => integer(width) * 10_000_000_000u64,
                None => left.clone(),
            };
            let x = room.min(left.clone());
            self.fields.scenarios[j].tiers[a][t] = element(&x);
            left -= x;
        }
    }

    /// Counts nothing of assets that are above a share, and of none where that does not do.
    fn mind_shares(&mut self) {
        for j in 0..self.fields.scenarios.len() {
            for round in 0..4 {
                let mut above = self.above_shares(j);
                if !above.contains(&true) {
                    break;
                }
                if round == 3 {
                    above.fill(true);
                }
                for (tiers, above) in self.fields.scenarios[j].tiers.iter_mut().zip(above) {
                    if above {
                        *tiers = [Fr::ZERO; 4];
                    }
                }
                self.fields.add_up();
            }
        }
    }

    /// Which assets are above their share or in a group above its own; all where a group is
    /// below its floor.
    fn above_shares(&self, j: usize) -> Vec<bool> {
        let scenario = &self.fields.scenarios[j];
        let total = integer(&scenario.total);
        let above = |part: &Fr, share: &Fr| integer(part) * 10_000u32 > integer(share) * &total;
        let shares = || scenario.groups.iter().zip(&self.fields.shares);
        let floor =
            shares().any(|(c, (least, _))| integer(c) * 10_000u32 < integer(least) * &total);
        let groups: Vec<bool> = shares().map(|(c, (_, most))| above(c, most)).collect();
        let assets = self.fields.assets.iter().zip(&scenario.tiers);
        let is_above = assets.map(|(asset, tiers)| {
            let counted: Fr = tiers.iter().zip(&asset.weights).map(|(x, w)| *x * w).sum();
            let mut bits = asset.groups.iter().zip(&groups);
            floor
                || above(&counted, &asset.share)
                || bits.any(|(bit, above)| *above && *bit != Fr::ZERO)
        });
        is_above.collect()
    }

    /// The largest debt that is covered.
    fn cover(&mut self, knobs: &Knobs) {
        let mut most: Option<BigUint> = None;
        for j in 0..self.fields.scenarios.len() {
            let scenario = &self.fields.scenarios[j];
            let (total, owed) = (integer(&scenario.total), integer(&scenario.owed));
            let ratio = match j.checked_sub(1) {
                None => &mut self.fields.ratio,
                Some(j) => &mut self.fields.ratios[j],
            };
            let covers = |ratio: &Fr| &owed * integer(ratio) <= total;
            if knobs.covered && !covers(ratio) {
                *ratio = element(&(&total / &owed));
                if j == 0 && *ratio == Fr::ZERO {
                    *ratio = Fr::ONE;
                }
            }
            if *ratio != Fr::ZERO {
                let room = (total / integer(ratio)).max(owed.clone()) - owed;
                let debt = room / 10_000u32;
                most = Some(most.map_or(debt.clone(), |m: BigUint| m.min(debt)));
            }
        }
        let most = most
            .unwrap_or_default()
            .min((BigUint::from(1u8) << 80u32) - 1u8);
        self.fields.debt = match knobs.debt {
            None => Fr::ZERO,
            Some(more) if more < 0 => element(&most) - Fr::from(more.unsigned_abs()),
            Some(more) => element(&most) + Fr::from(more.unsigned_abs()),
        };
    }
}

/// A number as an element, modulo r.
pub fn element(x: &BigUint) -> Fr {
    let unit = two_pow(64);
    x.iter_u64_digits()
        .rev()
        .fold(Fr::ZERO, |sum, word| sum * unit + Fr::from(word))
}
