//! What a request claims about its signature: the `Authorization` header or the `X-Amz-*` parameters,
//! taken apart and not yet believed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::canonical::query_pairs;
use crate::arrived::Arrived;
use crate::errors::Refusal;

/// Where the signature was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// The `Authorization` header.
    Header,
    /// The query string (presigned URL).
    Query,
}

/// The parts of a signature as the client wrote them.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Header or query.
    pub location: Location,
    /// Algorithm name.
    pub algorithm: String,
    /// `keyid/date/region/service/aws4_request`.
    pub credential: String,
    /// Lower-case names, in the order given.
    pub signed_headers: Vec<String>,
    /// Hex signature.
    pub signature: String,
    /// The text of `X-Amz-Date`, or of `Date`.
    pub date: String,
    /// The text of `X-Amz-Expires`.
    pub expires: Option<String>,
    /// The session token, from the header or the parameter of that name.
    pub session_token: Option<String>,
}

const QUERY_PARTS: [&str; 5] =
    ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];

/// Reads the claim: refuses both forms at once, none, and a form with parts missing.
pub fn read(request: &Arrived) -> Result<Claim, Refusal> {
    let parameters = query_pairs(request.query());
    let parameter = |name: &str| {
        parameters
            .iter()
            .find(|(given, _)| given == name.as_bytes())
            .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
    };
    match (parameter("X-Amz-Algorithm"), request.header("authorization")) {
        (Some(_), Some(_)) => Err(Refusal::invalid_signature(
            "BothForms",
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
        )),
        (None, None) => Err(Refusal::missing_token()),
        (Some(algorithm), None) => from_query(algorithm, parameter),
        (None, Some(authorization)) => from_header(request, authorization),
    }
}

fn from_query(algorithm: String, parameter: impl Fn(&str) -> Option<String>) -> Result<Claim, Refusal> {
    let missing: String = QUERY_PARTS
        .iter()
        .filter(|name| parameter(name).is_none_or(|value| value.is_empty()))
        .map(|name| format!("AWS query-string parameters must include '{name}'. "))
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::incomplete(format!("{missing}Re-examine the query-string parameters.")));
    }
    let part = |name: &str| parameter(name).unwrap_or_default();
    Ok(Claim {
        location: Location::Query,
        algorithm,
        credential: part("X-Amz-Credential"),
        signed_headers: split_names(&part("X-Amz-SignedHeaders")),
        signature: part("X-Amz-Signature"),
        date: part("X-Amz-Date"),
        expires: parameter("X-Amz-Expires"),
        session_token: parameter("X-Amz-Security-Token"),
    })
}

fn from_header(request: &Arrived, authorization: &str) -> Result<Claim, Refusal> {
    let hashed = || STANDARD.encode(Sha256::digest(authorization.as_bytes()));
    let mut words = authorization.split([' ', ',']).map(str::trim).filter(|word| !word.is_empty());
    let algorithm = words.next().unwrap_or_default();
    if algorithm.contains('=') {
        return Err(Refusal::incomplete(
            "Authorization header must begin with the algorithm name, which cannot include an equal-sign",
        ));
    }
    let mut pairs = Vec::new();
    for word in words {
        let pair = word.split_once('=').ok_or_else(|| {
            Refusal::incomplete(format!(
                "Invalid key=value pair (missing equal-sign) in Authorization header \
                 (hashed with SHA-256 and encoded with Base64): '{}'.",
                hashed()
            ))
        })?;
        pairs.push(pair);
    }
    let part = |name: &str| {
        pairs
            .iter()
            .find(|(given, value)| *given == name && !value.is_empty())
            .map(|(_, value)| (*value).to_owned())
    };
    let date = request.header("x-amz-date").or_else(|| request.header("date")).map(str::to_owned);
    let (credential, signature, signed) = (part("Credential"), part("Signature"), part("SignedHeaders"));
    if let (Some(credential), Some(signature), Some(signed), Some(date)) =
        (&credential, &signature, &signed, &date)
    {
        return Ok(Claim {
            location: Location::Header,
            algorithm: algorithm.to_owned(),
            credential: credential.clone(),
            signed_headers: split_names(signed),
            signature: signature.clone(),
            date: date.clone(),
            expires: None,
            session_token: request.header("x-amz-security-token").map(str::to_owned),
        });
    }
    let mut message = String::new();
    for (name, given) in [("Credential", &credential), ("Signature", &signature), ("SignedHeaders", &signed)]
    {
        if given.is_none() {
            message.push_str(&format!("Authorization header requires '{name}' parameter. "));
        }
    }
    if date.is_none() {
        message.push_str(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
        );
    }
    Err(Refusal::incomplete(format!(
        "{message}(Hashed with SHA-256 and encoded with Base64) Authorization={}",
        hashed()
    )))
}

fn split_names(list: &str) -> Vec<String> {
    list.split(';').map(str::to_ascii_lowercase).collect()
}
