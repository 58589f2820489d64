//! Replays every input of the fuzz targets' corpus, and what fuzzing has found, on stable Rust.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests stop at the first surprise"
)]

mod fuzzing;

use std::fs;
use std::path::Path;

type Check = fn(&[u8]);

/// Longer beginnings than this take most of the time and repeat themselves.
const LONGEST: usize = 192;

#[test]
fn every_input_of_the_corpus_is_taken() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let targets: [(&str, Check); 5] = [
        ("canonical", fuzzing::canonical),
        ("presign", fuzzing::presign),
        ("template", fuzzing::template),
        ("refusal", fuzzing::refusal),
        ("boundary", fuzzing::boundary),
    ];
    let mut inputs = 0;
    for (name, check) in targets {
        let mut files: Vec<_> =
            fs::read_dir(corpus.join(name)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{name} has a corpus");
        for file in files {
            let data = fs::read(&file).unwrap();
            check(&data);
            // Its beginnings are inputs too: texts cut in the middle of a field.
            let beginnings = data.len().min(LONGEST);
            for end in 0..beginnings {
                check(&data[..end]);
            }
            inputs += 1 + beginnings;
        }
    }
    println!("\ncounted: {inputs} inputs of the fuzz targets' corpus and their beginnings");
}
