//! The farm against a real server, with worker processes of its own. Most jobs are of a kind that
//! costs nothing, so that faults are quick; `claims` proves real ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod claims;
mod ends;
mod faults;
mod figures;
mod harness;
mod order;
mod privacy;
mod server;
mod toy;
mod trees;
