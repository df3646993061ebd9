//! Proving jobs in a queue, for more claims than one machine proves: PostgreSQL with pgmq keeps the
//! jobs, workers prove them, and whoever submitted them fetches and verifies the proofs.
//!
//! - The database is trusted with nothing but to keep the queue moving. Openings are sealed to the
//!   workers' key, which it never sees, and deleted in the transaction that stores the proof.
//! - A worker can withhold a proof, never forge one: what is fetched is verified first.
//! - The queue may lose, repeat and delay anything; a job is done once or it is named.
//!
//! [`Work`] is what is done for a kind of job; a [`Registry`] has the kinds that a program knows;
//! [`run()`] is the command line over them. docs/farm.md has the states, roles and guarantees.

pub mod claim;
pub mod connect;
pub mod events;
pub mod failure;
mod files;
pub mod job;
pub mod lanes;
pub mod manifest;
pub mod metrics;
mod proving;
pub mod queue;
pub mod rollup;
pub mod schema;
mod verbs;
pub mod work;
pub mod worker;

pub use failure::{Exit, Failure};
pub use job::{Key, QueueName, Spec};
pub use verbs::{Outcome, run};
pub use work::{Cancel, Opened, Proof, Refusal, Registry, Work};
