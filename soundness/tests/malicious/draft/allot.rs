//! What counts, what is reported, and the largest debt that is covered.

use super::{Draft, Knobs, element};
use crate::decode::integer;
use covenant_circuits::field::Fr;
use ff::Field;
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;

impl Draft {
    /// The least of the lines, or 0 where it is below 0.
    pub(super) fn fill(&mut self, j: usize, a: usize, lines: usize) {
        let int = |x: &Fr| BigInt::from(integer(x));
        let asset = &self.fields.assets[a];
        let mut beyond = int(&asset.sides[0].value) * int(&self.fields.multiplier(j, a));
        let mut line = int(&asset.weights[0]) * &beyond;
        let mut least = line.clone();
        for l in 1..lines {
            beyond -= int(&asset.widths[l - 1]) * 10_000_000_000u64;
            line += (int(&asset.weights[l]) - int(&asset.weights[l - 1])) * &beyond;
            least = least.min(line.clone());
        }
        let least = least.to_biguint().unwrap_or_default();
        self.fields.scenarios[j].counted[a] = element(&least);
    }

    /// Counts nothing of assets that are above a share, and of none where that does not do.
    pub(super) fn mind_shares(&mut self) {
        for j in 0..self.fields.scenarios.len() {
            for round in 0..4 {
                let mut above = self.above_shares(j);
                if !above.contains(&true) {
                    break;
                }
                if round == 3 {
                    above.fill(true);
                }
                for (counted, above) in self.fields.scenarios[j].counted.iter_mut().zip(above) {
                    if above {
                        *counted = Fr::ZERO;
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
        let shares = || scenario.groups.iter().zip(&self.fields.groups);
        let below = |(c, g): (&Fr, &crate::fields::Group<Fr>)| {
            integer(c) * 10_000u32 < integer(&g.counted[0]) * &total
        };
        let floor = shares().any(below);
        let groups: Vec<bool> = shares().map(|(c, g)| above(c, &g.counted[1])).collect();
        let assets = self.fields.assets.iter().zip(&scenario.counted);
        let is_above = assets.map(|(asset, counted)| {
            let mut bits = asset.groups.iter().zip(&groups);
            floor
                || above(counted, &asset.share)
                || bits.any(|(bit, above)| *above && *bit != Fr::ZERO)
        });
        is_above.collect()
    }

    /// The policy's shares of what is held become what its accounts need.
    pub(super) fn widen_held(&mut self) {
        let total = integer(&self.fields.held);
        if total == BigUint::ZERO {
            return;
        }
        let f = &mut self.fields;
        let most = |part: &Fr| (integer(part) * 10_000u32).div_ceil(&total);
        for asset in f.assets.iter_mut().filter(|a| a.used == Fr::ONE) {
            let needed = most(&asset.sides[0].value).max(integer(&asset.held_share));
            asset.held_share = element(&needed);
        }
        for group in &mut f.groups {
            let needed = most(&group.sum).max(integer(&group.held[1]));
            group.held[1] = element(&needed);
            let least = (integer(&group.sum) * 10_000u32).div_floor(&total);
            group.held[0] = element(&least.min(integer(&group.held[0])));
        }
    }

    pub(super) fn report(&mut self, knobs: &Knobs) {
        let grain = integer(&self.fields.grain) * 1_000_000u32;
        for group in &mut self.fields.groups {
            group.line = Fr::ZERO;
            if group.reported == Fr::ONE && grain != BigUint::ZERO {
                let line = integer(&group.sum).div_floor(&grain);
                group.line = element(&line);
                if line != BigUint::ZERO {
                    group.line += knobs.report;
                }
            }
        }
        if let Some((g, line)) = knobs.unasked {
            self.fields.groups[g].line = line;
        }
    }

    /// The largest debt that is covered.
    pub(super) fn cover(&mut self, knobs: &Knobs) {
        self.fields.debt = Fr::ZERO;
        self.fields.add_up();
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
