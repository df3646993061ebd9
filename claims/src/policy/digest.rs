//! The policy digest d (docs/spec.md, section 5): canonical terms, then packed words.

use super::{Asset, Group, Policy, PolicyDocument};
use crate::field::{Fr, two_pow};
use crate::ident::{TAG_POLICY, ascii_tag, keccak248};
use crate::poseidon::{self, INPUTS};
use ff::{Field, PrimeField};

/// Assets that one block of the digest absorbs, three words each.
pub const ASSETS_PER_BLOCK: usize = (INPUTS - 1) / 3;

/// keccak256 of the RFC 8785 canonical JSON, shifted right by 8 bits.
pub(super) fn terms(document: &PolicyDocument) -> Fr {
    // A document of text and integers always has a canonical form.
    keccak248(&serde_jcs::to_vec(document).unwrap_or_default())
}

/// The inputs of the header's permutation beside the tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeaderWords {
    /// `terms`.
    pub terms: Fr,
    /// `sum ratio_j * 2^(16 (j - 1))` over scenarios 1 .. 15.
    pub ratios: Fr,
    /// `number of assets + complete * 2^8 + sum report_g * 2^(16 + g) + report_grain * 2^32`.
    pub header: Fr,
    /// `sum min_g * 2^(16 g)` over groups 0 .. 14: smallest counted shares.
    pub mins: Fr,
    /// The same of largest counted shares.
    pub maxs: Fr,
    /// The same of smallest held shares.
    pub held_mins: Fr,
    /// The same of largest held shares.
    pub held_maxs: Fr,
}

impl HeaderWords {
    pub(super) fn of(policy: &Policy) -> Self {
        let shares = |share: fn(&Group) -> u16| pack16(policy.groups.iter().map(share));
        let document = &policy.document;
        Self {
            terms: policy.terms,
            ratios: pack16(policy.ratios.iter().copied()),
            header: Fr::from(policy.assets.len() as u64)
                + at(document.complete().into(), 8)
                + (16u32..)
                    .zip(&policy.groups)
                    .map(|(bit, group)| at(group.report.into(), bit))
                    .sum::<Fr>()
                + at(document.report_grain(), 32),
            mins: shares(|g| g.min_share),
            maxs: shares(|g| g.max_share),
            held_mins: shares(|g| g.min_held_share),
            held_maxs: shares(|g| g.max_held_share),
        }
    }
}

/// The three packed words of an asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AssetWords {
    /// id, share, group mask, netting, may_owe, multipliers 1 .. 5.
    pub w1: Fr,
    /// width 1, weight 1, width 2, weight 2, multipliers 6 .. 10.
    pub w2: Fr,
    /// width 3, weight 3, weight 4, multipliers 11 .. 15, largest held share.
    pub w3: Fr,
}

impl AssetWords {
    /// Packs an asset.
    pub fn of(asset: &Asset) -> Self {
        let [t1, t2, t3, t4] = asset.tiers;
        let multipliers =
            |from: usize| pack16(asset.multipliers.iter().copied().skip(from).take(5));
        Self {
            w1: Fr::from_u128(asset.id.get())
                + at(asset.max_share.into(), 120)
                + at(asset.groups.into(), 136)
                + at(asset.netting.into(), 152)
                + at(asset.may_owe.into(), 153)
                + multipliers(0) * two_pow(160),
            w2: at(t1.width, 0)
                + at(t1.weight.into(), 64)
                + at(t2.width, 80)
                + at(t2.weight.into(), 144)
                + multipliers(5) * two_pow(160),
            w3: at(t3.width, 0)
                + at(t3.weight.into(), 64)
                + at(t4.weight.into(), 80)
                + multipliers(10) * two_pow(96)
                + at(asset.max_held_share.into(), 176),
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

/// A field at its bit.
fn at(x: u64, bit: u32) -> Fr {
    Fr::from(x) * two_pow(bit)
}

pub(super) fn digest(policy: &Policy) -> Fr {
    let words = policy.header_words();
    let d = poseidon::hash([
        ascii_tag(TAG_POLICY),
        words.terms,
        words.ratios,
        words.header,
        words.mins,
        words.maxs,
        words.held_mins,
        words.held_maxs,
    ]);
    policy.assets.chunks(ASSETS_PER_BLOCK).fold(d, |d, assets| {
        let mut block = [Fr::ZERO; INPUTS];
        let words = assets.iter().flat_map(|asset| {
            let AssetWords { w1, w2, w3 } = AssetWords::of(asset);
            [w1, w2, w3]
        });
        for (input, word) in block.iter_mut().zip(std::iter::once(d).chain(words)) {
            *input = word;
        }
        poseidon::hash(block)
    })
}
