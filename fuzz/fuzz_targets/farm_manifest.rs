//! See `covenant-fuzz-targets`.
#![no_main]

use covenant_fuzz::json_target;

json_target!("farm_manifest");
