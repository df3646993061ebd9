//! Shares that cannot be kept together. Which rules can be kept at all is a linear program; the
//! bounds here find the slips that people make, and claim no more.

use super::{Basis, Refusal, Warning};
use crate::numbers::ONE_IN_BPS;
use crate::policy::{Asset, Group, Policy};

impl Basis {
    const ALL: [Self; 2] = [Self::Counted, Self::Held];

    fn floor(self, group: &Group) -> u32 {
        match self {
            Self::Counted => group.min_share,
            Self::Held => group.min_held_share,
        }
        .into()
    }

    fn cap(self, group: &Group) -> u32 {
        match self {
            Self::Counted => group.max_share,
            Self::Held => group.max_held_share,
        }
        .into()
    }

    /// What an asset can be at most. One without weight cannot count.
    fn asset_cap(self, asset: &Asset) -> u32 {
        match self {
            Self::Counted if asset.tiers.iter().all(|tier| tier.weight == 0) => 0,
            Self::Counted => asset.max_share.into(),
            Self::Held => asset.max_held_share.into(),
        }
    }
}

/// The groups that the policy has.
fn defined(policy: &Policy) -> impl Iterator<Item = (usize, &Group)> {
    let groups = policy.groups().iter().enumerate();
    groups.take(policy.document().groups().len())
}

/// Groups of which no asset is in two, with smallest shares above 100 % together: of all such
/// sets the one that asks for most.
pub(super) fn floors(policy: &Policy) -> impl Iterator<Item = Refusal> {
    // The groups that have an asset with this one, itself included.
    let meeting = |group: usize| {
        let assets = policy.assets().iter().map(|asset| asset.groups);
        let members = assets.filter(|groups| groups >> group & 1 == 1);
        members.fold(1u16 << group, |all, groups| all | groups)
    };
    Basis::ALL.into_iter().filter_map(move |basis| {
        // At most 2^15 sets of groups that do not meet: the sum of their floors, and a bit each.
        let mut sets = vec![(0, 0u16)];
        for (group, rule) in defined(policy).filter(|(_, rule)| basis.floor(rule) > 0) {
            let meeting = meeting(group);
            let apart = sets.iter().filter(|(_, set)| set & meeting == 0);
            let larger: Vec<_> = apart
                .map(|(sum, set)| (sum + basis.floor(rule), set | 1 << group))
                .collect();
            sets.extend(larger);
        }
        let (got, set) = sets.into_iter().max_by_key(|(sum, _)| *sum)?;
        let named = defined(policy).filter(|(group, _)| set >> group & 1 == 1);
        (got > ONE_IN_BPS).then(|| Refusal::Floors {
            basis,
            groups: named
                .filter_map(|(group, _)| policy.group_name(group).map(str::to_owned))
                .collect(),
            got,
        })
    })
}

/// Largest shares that leave part of the whole, or part of a smallest share, to nobody.
pub(super) fn nothing_fits(policy: &Policy) -> impl Iterator<Item = Warning> {
    Basis::ALL.into_iter().filter_map(move |basis| {
        if basis == Basis::Held && !policy.complete() {
            return None;
        }
        let caps = |of: &dyn Fn(&Asset) -> bool| -> u32 {
            let assets = policy.assets().iter().filter(|asset| of(asset));
            assets.map(|asset| basis.asset_cap(asset)).sum()
        };
        let is_in = |asset: &Asset, group: usize| asset.groups >> group & 1 == 1;
        // Each bounds the whole: by one group and all other assets, and by the assets that are in
        // one group only, group by group, and all other assets.
        let by_one = defined(policy).map(|(group, rule)| {
            let members = caps(&|asset| is_in(asset, group));
            members.min(basis.cap(rule)) + caps(&|asset| !is_in(asset, group))
        });
        let by_all = defined(policy)
            .map(|(group, rule)| caps(&|asset| asset.groups == 1 << group).min(basis.cap(rule)))
            .sum::<u32>()
            + caps(&|asset| asset.groups.count_ones() != 1);
        let whole = by_one.chain([by_all]).min().unwrap_or(0);
        if whole < ONE_IN_BPS {
            return Some(Warning::NothingFits { basis, most: whole });
        }
        let short = defined(policy).find_map(|(group, rule)| {
            let members = caps(&|asset| is_in(asset, group));
            (members < basis.floor(rule)).then_some(members)
        });
        short.map(|most| Warning::NothingFits { basis, most })
    })
}
