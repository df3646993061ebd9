//! The smallest layout that holds a shape. Above both the layout and the trace, since finding
//! it means building a trace and counting its rows.

use super::layout::{Layout, MOST_LANES, Profile};
use super::program::Program;
use super::trace;

/// The smallest layout that holds the shape, in the profile of its standard.
pub fn smallest(program: impl Into<Program>) -> Layout {
    let program = program.into();
    smallest_in(program, Profile::of(program))
}

/// The smallest layout of a profile that holds the shape: the fewest rows, then the fewest lanes.
pub fn smallest_in(program: impl Into<Program>, profile: Profile) -> Layout {
    let program = program.into();
    let candidates = profile.candidates().iter();
    let layouts = candidates.filter_map(|(k, limb_bits, limbs)| {
        let most = if profile == Profile::Wide {
            MOST_LANES
        } else {
            1
        };
        let lanes = (1..=most).map(|lanes| Layout {
            program,
            profile,
            k: *k,
            lanes,
            limbs: *limbs,
            limb_bits: *limb_bits,
            rows_used: 0,
        });
        // The permutations alone say that most are too short, without a trace.
        lanes.into_iter().find(Layout::has_room)
    });
    let mut long = layouts;
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
        program,
        profile,
        k: 28,
        lanes: 1,
        limbs: 8,
        limb_bits: 16,
        rows_used: usize::MAX,
    })
}

/// Rows that a trace takes, with the row that closes the lookup.
pub fn rows_used(layout: &Layout) -> usize {
    trace::blank(layout).end() + 1
}
