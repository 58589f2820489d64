#![no_main]

#[path = "../../tests/fuzzing/mod.rs"]
#[allow(dead_code, reason = "each target calls one of the checks")]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::refusal(data));
