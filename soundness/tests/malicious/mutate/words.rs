//! Changes of policy words: fields that are not what the word says, and words that stay as they
//! are while their fields change.

use crate::draft::Draft;
use crate::fields::Fields;
use crate::rng::{Rng, two_pow};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::GROUPS;
use ff::Field;

/// A field of a packed word.
#[derive(Clone, Copy, Debug)]
pub enum Slot {
    Id(usize),
    Share(usize),
    HeldShare(usize),
    Group(usize, usize),
    Netting(usize),
    MayOwe(usize),
    Multiplier(usize, usize),
    Width(usize, usize),
    Weight(usize, usize),
    Ratio(usize),
    /// Least or most of what counts.
    Counted(usize, usize),
    /// Least or most of what is held.
    Held(usize, usize),
    Complete,
    Reported(usize),
    Grain,
}

impl Slot {
    pub fn of(self, f: &mut Fields<Fr>) -> &mut Fr {
        match self {
            Self::Id(a) => &mut f.assets[a].id,
            Self::Share(a) => &mut f.assets[a].share,
            Self::HeldShare(a) => &mut f.assets[a].held_share,
            Self::Group(a, g) => &mut f.assets[a].groups[g],
            Self::Netting(a) => &mut f.assets[a].netting,
            Self::MayOwe(a) => &mut f.assets[a].may_owe,
            Self::Multiplier(a, j) => &mut f.assets[a].multipliers[j],
            Self::Width(a, t) => &mut f.assets[a].widths[t],
            Self::Weight(a, t) => &mut f.assets[a].weights[t],
            Self::Ratio(j) => &mut f.ratios[j],
            Self::Counted(g, i) => &mut f.groups[g].counted[i],
            Self::Held(g, i) => &mut f.groups[g].held[i],
            Self::Complete => &mut f.complete,
            Self::Reported(g) => &mut f.groups[g].reported,
            Self::Grain => &mut f.grain,
        }
    }
}

/// The fields of a word with their places, lowest first.
fn a_word(draft: &Draft, rng: &mut Rng) -> Vec<(Slot, u64)> {
    let a = rng.below(draft.used);
    let scenarios = draft.fields.ratios.len();
    let moves = |from: usize, shift: u64| {
        let js = (from..scenarios.min(from + 5)).zip(0u64..);
        js.map(move |(j, i)| (Slot::Multiplier(a, j), shift + 16 * i))
    };
    match rng.below(20) {
        0..5 => {
            let mut word = vec![(Slot::Id(a), 0), (Slot::Share(a), 120)];
            word.push((Slot::Group(a, 0), 136));
            word.push((Slot::Group(a, GROUPS - 1), 150));
            word.push((Slot::Netting(a), 152));
            word.push((Slot::MayOwe(a), 153));
            word.extend(moves(0, 160));
            word
        }
        5..9 => (0..GROUPS)
            .zip(136..)
            .map(|(g, shift)| (Slot::Group(a, g), shift))
            .collect(),
        9..12 => {
            let mut word = vec![(Slot::Width(a, 0), 0), (Slot::Weight(a, 0), 64)];
            word.extend([(Slot::Width(a, 1), 80), (Slot::Weight(a, 1), 144)]);
            word.extend(moves(5, 160));
            word
        }
        12 | 13 => {
            let mut word = vec![(Slot::Width(a, 2), 0), (Slot::Weight(a, 2), 64)];
            word.push((Slot::Weight(a, 3), 80));
            word.extend(moves(10, 96));
            word.push((Slot::HeldShare(a), 176));
            word
        }
        14 | 15 => {
            let mut word = vec![(Slot::Complete, 8)];
            word.extend(
                (0..GROUPS)
                    .zip(16..)
                    .map(|(g, shift)| (Slot::Reported(g), shift)),
            );
            word.push((Slot::Grain, 32));
            word
        }
        16 if scenarios > 0 => (0..scenarios)
            .zip(0u64..)
            .map(|(j, i)| (Slot::Ratio(j), 16 * i))
            .collect(),
        _ => {
            let (of, i) = (rng.below(2), rng.below(2));
            let slot = |g| match of {
                0 => Slot::Counted(g, i),
                _ => Slot::Held(g, i),
            };
            (0..GROUPS)
                .zip(0u64..)
                .map(|(g, at)| (slot(g), 16 * at))
                .collect()
        }
    }
}

pub fn a_slot(draft: &Draft, rng: &mut Rng) -> Slot {
    let word = a_word(draft, rng);
    rng.pick(&word).0
}

/// A word that stays as it is while what one field loses another gains: whole units of the
/// upper one, or units of the lower one and a fraction modulo r.
pub fn words(draft: &mut Draft, rng: &mut Rng) {
    let word = a_word(draft, rng);
    if rng.one_in(2) {
        return beyond(draft, rng);
    }
    // A mask's bits are moved where a cap is in the way.
    let capped = word.iter().position(|(slot, _)| match slot {
        Slot::Group(a, g) => {
            draft.fields.assets[*a].groups[*g] != Fr::ZERO
                && draft.fields.groups[*g].counted[1] != Fr::from(10_000)
        }
        _ => false,
    });
    let low = match capped {
        Some(at) if at > 0 && word.len() == GROUPS => at - 1,
        _ if rng.one_in(4) => 0,
        _ => rng.below(word.len()),
    };
    let high = match rng.below(6) {
        0 => rng.below(word.len()),
        _ => (low + 1) % word.len(),
    };
    if low == high {
        return;
    }
    let (low, high) = if word[low].1 < word[high].1 {
        (low, high)
    } else {
        (high, low)
    };
    let ((low, from), (high, to)) = (word[low], word[high]);
    let unit = two_pow(to - from);
    let step = match rng.below(8) {
        0 => rng.edge(),
        1 => rng.small(),
        2 | 3 => -Fr::ONE,
        _ => Fr::ONE,
    };
    let (gain, loss) = match rng.below(4) {
        0 => (step, step * unit.invert().unwrap()),
        _ => (step * unit, step),
    };
    *low.of(&mut draft.fields) += gain;
    *high.of(&mut draft.fields) -= loss;
    draft.note(format!("{low:?} gains {gain:?}, {high:?} makes up for it"));
}

/// A field beyond its range by a unit of its upper neighbour: the last id, a tier's width, or
/// a bit of a mask in the place of the next one, where that is in a group with a cap.
fn beyond(draft: &mut Draft, rng: &mut Rng) {
    let (a, t) = (rng.below(draft.used), rng.below(2));
    let groups = &draft.fields.groups;
    let capped = (1..GROUPS).find(|g| {
        draft.fields.assets[a].groups[*g] != Fr::ZERO && groups[*g].counted[1] != Fr::from(10_000)
    });
    let (low, high, bits) = match (rng.below(3), capped) {
        (0, _) => (Slot::Id(draft.used - 1), Slot::Share(draft.used - 1), 120),
        (1, Some(g)) => (Slot::Group(a, g - 1), Slot::Group(a, g), 1),
        _ => (Slot::Width(a, t), Slot::Weight(a, t), 64),
    };
    *low.of(&mut draft.fields) += two_pow(bits);
    *high.of(&mut draft.fields) -= Fr::ONE;
    draft.note(format!("{low:?} takes a unit of {high:?}"));
}
