//! The smallest layout that holds a shape. Above both the layout and the trace, since finding
//! it means building a trace and counting its rows.

use super::layout::{Layout, Profile};
use super::trace;
use super::witness::Witness;
use crate::shape::Shape;

/// What the search finds for the shapes with a name, in their own profile: k, bits of a limb,
/// limbs a row, rows. Recorded so that a verifier, which has no use for a trace, need not
/// build one; a test searches again and compares.
const FOUND: [(Shape, (u32, u32, usize, usize)); 4] = [
    (Shape::SMALL, (12, 11, 2, 3917)),
    (Shape::MEDIUM, (12, 11, 9, 3663)),
    (Shape::LARGE, (13, 12, 8, 8109)),
    (Shape::XLARGE, (19, 12, 8, 438_829)),
];

/// The smallest layout that holds the shape, in the profile of its standard.
pub fn smallest(shape: Shape) -> Layout {
    let profile = Profile::of(shape);
    match FOUND.iter().find(|(known, _)| *known == shape) {
        Some((_, (k, limb_bits, limbs, rows_used))) => Layout {
            shape,
            profile,
            k: *k,
            limbs: *limbs,
            limb_bits: *limb_bits,
            rows_used: *rows_used,
        },
        None => smallest_in(shape, profile),
    }
}

/// The smallest layout of a profile that holds the shape.
pub fn smallest_in(shape: Shape, profile: Profile) -> Layout {
    let candidates = profile.candidates().iter();
    let layouts = candidates.map(|(k, limb_bits, limbs)| Layout {
        shape,
        profile,
        k: *k,
        limbs: *limbs,
        limb_bits: *limb_bits,
        rows_used: 0,
    });
    // The permutations alone say that most are too short, without a trace.
    let mut long = layouts.filter(|l| l.block(l.permutations()) + 2 <= l.usable());
    let found = long.find_map(|layout| {
        let rows_used = rows_used(&layout);
        (rows_used <= layout.usable()).then_some(Layout {
            rows_used,
            ..layout
        })
    });
    // Shapes are bounded, so that the largest candidate holds them all (a test says so); a
    // trace that does not fit has no key (H14).
    found.unwrap_or(Layout {
        shape,
        profile,
        k: 28,
        limbs: 8,
        limb_bits: 12,
        rows_used: usize::MAX,
    })
}

/// Rows that a trace takes, with the row that closes the lookup.
fn rows_used(layout: &Layout) -> usize {
    trace::build(layout, &Witness::blank(layout.shape)).end() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recorded_is_what_the_search_finds() {
        for (shape, _) in FOUND {
            assert_eq!(
                smallest(shape),
                smallest_in(shape, Profile::of(shape)),
                "{shape}"
            );
        }
        assert_eq!(
            FOUND.map(|(shape, _)| shape),
            Shape::NAMED.map(|(_, shape)| shape)
        );
    }
}
