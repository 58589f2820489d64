//! `wasm-bindgen`, built as the runner is: writes the scripts of a module for a page.

fn main() {
    if let Err(error) = wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(std::env::args_os()) {
        eprintln!("{error:?}");
        std::process::exit(1);
    }
}
