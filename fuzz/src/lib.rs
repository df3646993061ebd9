//! How a body of `covenant-fuzz-targets` becomes a libFuzzer target.

pub use covenant_fuzz_targets::{Target, by_name, mutate};
pub use libfuzzer_sys;

/// A target with libFuzzer's own mutations.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        static TARGET: std::sync::LazyLock<$crate::Target> =
            std::sync::LazyLock::new(|| $crate::by_name($name));
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| {
            (TARGET.run)(data);
        });
    };
}

/// A target whose input is a JSON document: half of the mutations keep it one.
#[macro_export]
macro_rules! json_target {
    ($name:literal) => {
        $crate::target!($name);
        $crate::libfuzzer_sys::fuzz_mutator!(|data: &mut [u8],
                                              size: usize,
                                              max_size: usize,
                                              seed: u32| {
            if seed % 2 == 0 {
                return $crate::libfuzzer_sys::fuzzer_mutate(data, size, max_size);
            }
            let mut sequence = $crate::mutate::Sequence::from(seed.into());
            let mutated = $crate::mutate::document(&data[..size], &mut sequence);
            if mutated.len() > max_size {
                return $crate::libfuzzer_sys::fuzzer_mutate(data, size, max_size);
            }
            data[..mutated.len()].copy_from_slice(&mutated);
            mutated.len()
        });
    };
}
