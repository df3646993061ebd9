//! What a relying party embeds to check a proof of collateral: no prover code, no reader
//! of reference strings or keys, no randomness.

pub mod transcript;
