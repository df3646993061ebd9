//! What an attacker thinks of: choices that fit one another, with parameters at random. A
//! scheme lays out a plain world, in which all else holds, and takes the largest debt that its
//! lie covers, so that the statement is false if only the circuit lets the lie pass. Draws of
//! single changes reach such fits too rarely.

mod policy;
mod sides;
mod world;

use crate::circuit::Target;
use crate::draft::{Draft, Knobs};
use crate::rng::Rng;
use world::World;

/// What a scheme is played in.
struct Play<'a> {
    draft: &'a mut Draft,
    target: &'a Target,
    knobs: &'a mut Knobs,
    rng: &'a mut Rng,
    world: World,
}

/// Plays a scheme on a draft and the prover's choices. The same few shapes of lies stand
/// behind most of what can be wrong with such a circuit.
pub fn play(draft: &mut Draft, target: &Target, knobs: &mut Knobs, rng: &mut Rng) {
    let world = World::lay(draft, knobs, rng);
    let mut play = Play {
        draft,
        target,
        knobs,
        rng,
        world,
    };
    match play.rng.below(15) {
        0 => play.leaks_a_bit(),
        1 => play.stretches_an_id(),
        2 => play.stretches_a_width(),
        3 => play.raises_values(),
        4 => play.nets_twice(),
        5 => play.begins_late(),
        6 => play.ends_early(),
        7 => play.counts_as_the_other_kind(),
        8 => play.stretches_an_amount(),
        9 => play.leaves_an_entry_out(),
        10 => play.reads_an_entry_as_nothing(),
        11 => play.turns_blocks(),
        12 => play.leaves_the_mask(),
        13 => play.says_another_kind(),
        _ => play.prices_at_nothing(),
    }
}
