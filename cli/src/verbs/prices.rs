//! `covenant prices`: from quoted prices to a prices file, signed by its source.

mod build;
mod sign;

pub(crate) use build::BuildOutput;
pub(crate) use sign::SignOutput;

use crate::Outcome;
use clap::Subcommand;

#[derive(Subcommand, Debug)]
pub(crate) enum PricesVerb {
    // Of many options.
    Build(Box<build::Build>),
    Sign(sign::Sign),
}

impl PricesVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Build(verb) => verb.run(),
            Self::Sign(verb) => verb.run(),
        }
    }
}
