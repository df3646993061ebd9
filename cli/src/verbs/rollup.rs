//! `covenant rollup`: many accounts become one, by a tree of proofs (docs/spec.md, section 8a).

mod branch;
mod build;
mod collateral;
mod folder;
mod plan;
mod verify;

pub(crate) use branch::BranchOutput;
pub(crate) use build::BuildOutput;
pub(crate) use collateral::walked;
pub(crate) use folder::branch_of;
pub(crate) use plan::PlanOutput;
pub(crate) use verify::VerifyOutput;

use super::Global;
use crate::Outcome;
use clap::Subcommand;

#[derive(Subcommand, Debug)]
pub(crate) enum RollupVerb {
    Build(build::Build),
    Verify(verify::Verify),
    Branch(branch::Branch),
    Plan(plan::Plan),
}

impl RollupVerb {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        match self {
            Self::Build(verb) => verb.run(global),
            Self::Verify(verb) => verb.run(global),
            Self::Branch(verb) => verb.run(),
            Self::Plan(verb) => verb.run(),
        }
    }

    /// Whether the verb needs more memory than a machine may have.
    pub(crate) fn needs_memory(&self) -> bool {
        matches!(self, Self::Build(_))
    }
}
