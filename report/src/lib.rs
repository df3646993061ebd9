//! What a verified proof of collateral says, for people: one HTML file that loads nothing and runs
//! nothing, and the same content as data.
//!
//! [`Report::new`] reads it out of the evidence of a verification ([`Verified`](covenant_verifier::Verified)),
//! or out of the reasons of a refusal; [`html()`] renders it. [`Simulation`] is the same for the owner
//! of the secrets, who knows what is held. Whatever a report shows was either proved, or signed by
//! somebody whom it names, or stated by whoever made the report; it says which.

mod claim;
mod covenants;
pub mod data;
pub mod details;
mod escape;
mod finding;
mod html;
mod plots;
mod report;
pub mod simulation;
mod words;

pub use data::{Report, Template};
pub use details::{Details, DetailsError};
pub use html::{FIRST_LINES, RenderError, html, simulation_html};
pub use report::{Case, Later, Verdict, Words};
pub use simulation::Simulation;
