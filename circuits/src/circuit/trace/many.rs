//! The trace of claims that share a proof: each is written by the functions that write one, into
//! its own part. One claim is the case N = 1.
//!
//! # Soundness
//! What claims share: the constants, which are pinned (H16); the challenges, the range table, the
//! weights and the two sums over all rows, range checks and hashing, which hold for each cell as
//! they do in the trace of one claim (H86). No copy joins cells of two claims, and no gate reads
//! rows of two: so each claim's clauses are those of a trace of its own.

use super::{Public, claim, constants, finish, free_rows, scenarios};
use crate::circuit::builder::TraceBuilder;
use crate::circuit::layout::Layout;
use crate::circuit::witness::Witness;

/// Writes the whole trace of as many claims as the layout's program has, in their order.
pub(super) fn build(layout: &Layout, witnesses: &[Witness]) -> TraceBuilder {
    let mut built = TraceBuilder::new(layout, free_rows(layout));
    let trace = &mut built;
    let parts = layout.parts().zip(witnesses);
    let claims: Vec<Public<'_>> = parts
        .map(|(part, witness)| Public { witness, part })
        .collect();
    let reserved = claims
        .iter()
        .map(|public| scenarios::reserve(trace, layout, public.witness.shape));
    let reserved: Vec<_> = reserved.collect();
    for public in &claims {
        public.write(trace);
    }
    trace.section("constants");
    let constants = constants(trace, layout);
    trace.section("origin");
    let origin = trace.register_zero(layout.origin());
    for (public, reserved) in claims.iter().zip(&reserved) {
        claim(trace, layout, public, &constants, origin, reserved);
    }
    finish(trace, layout);
    built
}
