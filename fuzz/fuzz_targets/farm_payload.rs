//! See `covenant-fuzz-targets`.
#![no_main]

use covenant_fuzz::target;

target!("farm_payload");
