//! Runs in an empty project with the crate: checks the signature that AWS publishes for get-vanilla.

use gatesign::Credentials;
use gatesign::sigv4::{Payload, Request, Rules, Signer, timestamp::Timestamp};

fn main() -> Result<(), gatesign::sigv4::Error> {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into();
    let credentials = Credentials::new("AKIDEXAMPLE".into(), secret, None);
    let signer = Signer::new(credentials, "us-east-1", "service", Rules::default())?;
    let host = "example.amazonaws.com";
    let request = Request { method: "GET", host, path: "/", query: "", headers: &[], payload: Payload::Empty };
    let signed = signer.sign(&request, Timestamp::from_millis(1_440_938_160_000.0)?);
    assert_eq!(signed.signature(), "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    println!("the crate's signature is the published one");
    Ok(())
}
