//! What an attacker thinks of: choices that fit one another, with parameters at random. A
//! scheme lays out a plain world, in which all else holds, and takes the largest debt that its
//! lie covers, so that the statement is false if only the circuit lets the lie pass. Draws of
//! single changes reach such fits too rarely.

mod accounts;
mod counting;
mod entries;
mod policy;
mod slots;
mod world;

use crate::circuit::Target;
use crate::draft::{Draft, Knobs};
use crate::rng::Rng;
use world::World;

/// What a scheme is played in.
struct Play<'a> {
    draft: &'a mut Draft,
    target: &'a Target<'a>,
    knobs: &'a mut Knobs,
    rng: &'a mut Rng,
    world: World,
}

/// The same few shapes of lies stand behind most of what can be wrong with such a circuit.
const SCHEMES: [fn(&mut Play<'_>); 32] = [
    // Words of the policy.
    |play| play.leaks_a_bit(),
    |play| play.stretches_an_id(),
    |play| play.stretches_a_width(),
    |play| play.weighs_more(),
    |play| play.leaves_the_mask(),
    |play| play.hides_an_asset(),
    |play| play.skips_a_slot(),
    |play| play.prices_at_nothing(),
    // What is held, owed and netted.
    |play| play.raises_values(),
    |play| play.nets_twice(),
    |play| play.raises_totals(),
    |play| play.stretches_an_amount(),
    |play| play.owes_what_may_not_be_owed(),
    // Entries.
    |play| play.leaves_an_entry_out(),
    |play| play.need_not_count(),
    |play| play.reads_an_entry_as_nothing(),
    |play| play.empties_an_entry(),
    |play| play.counts_as_the_other_kind(),
    // Accounts and their hashes.
    |play| play.says_another_kind(),
    |play| play.hashes_another_kind(),
    |play| play.leaves_the_window(),
    |play| play.leaves_a_gap(),
    |play| play.leaves_a_block_out(),
    |play| play.hashes_another_block(),
    |play| play.hashes_nothing(),
    |play| play.puts_out_another_hash(),
    |play| play.puts_out_two_other_hashes(),
    // What counts, what is held, and the report.
    |play| play.counts_below_nothing(),
    |play| play.counts_by_fewer_lines(),
    |play| play.holds_beyond_a_cap(),
    |play| play.reports_less(),
    |play| play.reports_unasked(),
];

/// Plays a scheme on a draft and the prover's choices.
pub fn play(draft: &mut Draft, target: &Target<'_>, knobs: &mut Knobs, rng: &mut Rng) {
    let world = World::lay(draft, knobs, rng);
    let mut play = Play {
        draft,
        target,
        knobs,
        rng,
        world,
    };
    let scheme = play.rng.pick(&SCHEMES);
    scheme(&mut play);
}
