//! Every case of the official signing test suite, inside wasm: `cargo xtask test wasm`. Node reads the
//! files.
#![cfg(target_arch = "wasm32")]

mod common;

use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

#[wasm_bindgen(module = "node:fs")]
extern "C" {
    #[wasm_bindgen(js_name = readFileSync, catch)]
    fn read_file(path: &str, encoding: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_name = readdirSync)]
    fn read_folder(path: &str) -> JsValue;
}

#[wasm_bindgen(module = "node:child_process")]
extern "C" {
    #[wasm_bindgen(js_name = execFileSync)]
    fn run(program: &str, arguments: JsValue, options: JsValue) -> String;
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    encoding: &'static str,
    max_buffer: u32,
}

#[wasm_bindgen_test]
fn official_suite() {
    let options = Options { encoding: "utf8", max_buffer: 1 << 28 };
    let arguments = serde_wasm_bindgen::to_value(&common::METADATA.to_vec()).unwrap();
    let metadata = run("cargo", arguments, serde_wasm_bindgen::to_value(&options).unwrap());
    let suite = common::suite(&metadata, "v4");
    let names: Vec<String> = serde_wasm_bindgen::from_value(read_folder(&suite)).unwrap();
    let mut counts = [0, 0];
    for name in names {
        let file = |file: &str| read_file(&format!("{suite}/{name}/{file}"), "utf8").ok();
        counts[0] += 1;
        counts[1] += usize::from(common::check_case(&name, &file));
    }
    console_log!(
        "counted: official suite in wasm: {} cases in headers, {} in the query",
        counts[0],
        counts[1]
    );
    assert_eq!(counts, [40, 38], "the suite's own number of cases");
}
