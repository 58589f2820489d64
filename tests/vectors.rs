//! Every case of the official signing test suite, natively.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn official_suite() {
    let output = Command::new(env!("CARGO"))
        .args(common::METADATA)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let suite = common::suite(&String::from_utf8(output.stdout).expect("UTF-8"));
    let mut counts = [0, 0];
    for entry in fs::read_dir(&suite).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let folder = Path::new(&suite).join(&name);
        let has_query_form = common::check_case(&name, &|file| fs::read_to_string(folder.join(file)).ok());
        counts[0] += 1;
        counts[1] += usize::from(has_query_form);
    }
    println!("counted: official suite, natively: {} cases in headers, {} in the query", counts[0], counts[1]);
    assert_eq!(counts, [40, 38], "the suite's own number of cases");
}
