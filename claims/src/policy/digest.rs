//! The policy digest d (docs/spec.md, section 5): canonical terms, then packed words.

use super::{Asset, Policy, PolicyDocument};
use crate::field::{Fr, two_pow};
use crate::ident::{TAG_POLICY, ascii_tag, keccak248};
use crate::poseidon;
use ff::{Field, PrimeField};

/// keccak256 of the RFC 8785 canonical JSON, shifted right by 8 bits.
pub(super) fn terms(document: &PolicyDocument) -> Fr {
    // A document of text and integers always has a canonical form.
    keccak248(&serde_jcs::to_vec(document).unwrap_or_default())
}

/// The inputs of the two header permutations beside tag and chain value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeaderWords {
    /// `terms`.
    pub terms: Fr,
    /// `sum ratio_j * 2^(16 (j - 1))` over scenarios 1 .. 15.
    pub ratios: Fr,
    /// Number of assets.
    pub count: Fr,
    /// `sum min_g * 2^(16 g)` over groups 0 .. 14.
    pub mins: Fr,
    /// `sum max_g * 2^(16 g)`.
    pub maxs: Fr,
}

impl HeaderWords {
    pub(super) fn of(policy: &Policy) -> Self {
        Self {
            terms: policy.terms,
            ratios: pack16(policy.ratios.iter().copied()),
            count: Fr::from(policy.assets.len() as u64),
            mins: pack16(policy.groups.iter().map(|g| g.min_share)),
            maxs: pack16(policy.groups.iter().map(|g| g.max_share)),
        }
    }
}

/// The three packed words of an asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AssetWords {
    /// id, share, group mask, netting, multipliers 1 .. 5.
    pub w1: Fr,
    /// width 1, weight 1, width 2, weight 2, multipliers 6 .. 10.
    pub w2: Fr,
    /// width 3, weight 3, weight 4, multipliers 11 .. 15.
    pub w3: Fr,
}

impl AssetWords {
    /// Packs an asset.
    pub fn of(asset: &Asset) -> Self {
        let [t1, t2, t3, t4] = asset.tiers;
        let multipliers =
            |from: usize| pack16(asset.multipliers.iter().copied().skip(from).take(5));
        let at = |x: u64, bit: u32| Fr::from(x) * two_pow(bit);
        Self {
            w1: Fr::from_u128(asset.id.get())
                + at(asset.max_share.into(), 120)
                + at(asset.groups.into(), 136)
                + at(asset.netting.into(), 152)
                + multipliers(0) * two_pow(160),
            w2: at(t1.width, 0)
                + at(t1.weight.into(), 64)
                + at(t2.width, 80)
                + at(t2.weight.into(), 144)
                + multipliers(5) * two_pow(160),
            w3: at(t3.width, 0)
                + at(t3.weight.into(), 64)
                + at(t4.weight.into(), 80)
                + multipliers(10) * two_pow(96),
        }
    }
}

fn pack16(fields: impl Iterator<Item = u16>) -> Fr {
    let mut sum = Fr::ZERO;
    let mut unit = Fr::ONE;
    for field in fields {
        sum += unit * Fr::from(u64::from(field));
        unit *= two_pow(16);
    }
    sum
}

pub(super) fn digest(policy: &Policy) -> Fr {
    let words = policy.header_words();
    let d = poseidon::hash([
        ascii_tag(TAG_POLICY),
        words.terms,
        words.ratios,
        words.count,
    ]);
    let d = poseidon::hash([d, words.mins, words.maxs, Fr::ZERO]);
    policy.assets.iter().fold(d, |d, asset| {
        let AssetWords { w1, w2, w3 } = AssetWords::of(asset);
        poseidon::hash([d, w1, w2, w3])
    })
}
