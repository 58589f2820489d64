//! `wasm-bindgen-test-runner`, built from this workspace's lock file, so that its version always
//! equals the one of `wasm-bindgen`. Cargo calls it as the runner of the wasm32 test binaries.

fn main() {
    if let Err(error) = wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        eprintln!("{error:?}");
        std::process::exit(1);
    }
}
