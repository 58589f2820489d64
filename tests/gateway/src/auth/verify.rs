//! The checks on a signed request, in the order AWS makes them; the first that fails is the answer.

use std::sync::Arc;

use subtle::ConstantTimeEq;

use super::canonical::{self, ALGORITHM, UNSIGNED_PAYLOAD};
use super::claim::{self, Claim, Location};
use super::identity::{Identities, Identity};
use super::recompute::{Scope, expected_signature};
use super::timestamp::{format_basic, parse_basic};
use crate::arrived::Arrived;
use crate::errors::Refusal;

/// How far a request's date may be from the server's clock, either way.
const TOLERANCE_MS: i64 = 5 * 60 * 1000;
const TERMINATOR: &str = "aws4_request";

/// What the verifier holds a request against.
pub struct Rules<'a> {
    /// Region of the credential scope.
    pub region: &'a str,
    /// Service of the credential scope.
    pub service: &'a str,
    /// The server's clock, milliseconds since the epoch.
    pub now_ms: i64,
    /// Who may sign.
    pub identities: &'a Identities,
    /// Whether `x-amz-content-sha256: UNSIGNED-PAYLOAD` is taken.
    pub allow_unsigned_payload: bool,
}

/// A request whose signature is right.
#[derive(Clone)]
pub struct Verified {
    /// Who signed.
    pub identity: Arc<Identity>,
    /// Header or query.
    pub location: Location,
    /// Whether the session token was part of what was signed (`None` without a token).
    pub session_token_signed: Option<bool>,
}

/// The canonical request and the string to sign that the gateway makes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The canonical request.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
}

/// Checks a request's signature; an `Err` is what API Gateway would answer.
pub fn verify(request: &Arrived, rules: &Rules<'_>) -> Result<Verified, Refusal> {
    let claim = claim::read(request)?;
    let date_ms = check_date(&claim, rules.now_ms)?;
    check_host_and_algorithm(&claim)?;
    let key_id = check_scope(&claim, rules)?;
    let identity = rules.identities.find(key_id).ok_or_else(Refusal::unrecognized_client)?;
    let scope = Scope { region: rules.region, service: rules.service, date_ms };
    let session_token_signed = check_signature(request, &claim, &identity, &scope, rules)?;
    check_token(&claim, &identity, rules.now_ms)?;
    Ok(Verified { identity, location: claim.location, session_token_signed })
}

fn check_date(claim: &Claim, now_ms: i64) -> Result<i64, Refusal> {
    let date_ms = parse_basic(&claim.date).ok_or_else(|| {
        Refusal::incomplete(format!(
            "Date must be in ISO-8601 'basic format'. Got '{}'. See http://en.wikipedia.org/wiki/ISO_8601",
            claim.date
        ))
    })?;
    let now = format_basic(now_ms);
    let (lifetime_ms, lifetime) = lifetime(claim)?;
    if date_ms < now_ms - lifetime_ms {
        let earliest = format_basic(now_ms - lifetime_ms);
        return Err(Refusal::invalid_signature(
            "SignatureExpired",
            format!("Signature expired: {} is now earlier than {earliest} ({now} - {lifetime}.)", claim.date),
        ));
    }
    if date_ms > now_ms + TOLERANCE_MS {
        let latest = format_basic(now_ms + TOLERANCE_MS);
        return Err(Refusal::invalid_signature(
            "SignatureNotYetCurrent",
            format!(
                "Signature not yet current: {} is still later than {latest} ({now} + 5 min.)",
                claim.date
            ),
        ));
    }
    Ok(date_ms)
}

/// How long the signature is good: 5 minutes, or less when `X-Amz-Expires` says so.
fn lifetime(claim: &Claim) -> Result<(i64, String), Refusal> {
    let Some(text) = &claim.expires else {
        return Ok((TOLERANCE_MS, "5 min".into()));
    };
    let seconds =
        text.parse::<i64>().ok().filter(|seconds| (1..=604_800).contains(seconds)).ok_or_else(|| {
            Refusal::incomplete(format!(
                "X-Amz-Expires must be a number of seconds from 1 to 604800. Got '{text}'"
            ))
        })?;
    if seconds * 1000 >= TOLERANCE_MS {
        return Ok((TOLERANCE_MS, "5 min".into()));
    }
    Ok((seconds * 1000, format!("{seconds} sec")))
}

fn check_host_and_algorithm(claim: &Claim) -> Result<(), Refusal> {
    if !claim.signed_headers.iter().any(|name| name == "host") {
        return Err(Refusal::invalid_signature(
            "HostNotSigned",
            "'Host' must be a 'SignedHeader' in the AWS Authorization.",
        ));
    }
    if claim.algorithm != ALGORITHM {
        return Err(Refusal::incomplete(format!("Unsupported AWS 'algorithm': '{}'", claim.algorithm)));
    }
    Ok(())
}

/// Checks region, service, terminator and date of the scope, all complaints in one text, and returns the
/// access key id.
fn check_scope<'a>(claim: &'a Claim, rules: &Rules<'_>) -> Result<&'a str, Refusal> {
    let parts: Vec<&str> = claim.credential.split('/').collect();
    let [key_id, date, region, service, terminator] = parts[..] else {
        return Err(Refusal::incomplete(format!(
            "Credential must have exactly 5 slash-delimited elements, \
             e.g. keyid/date/region/service/term, got '{}'",
            claim.credential
        )));
    };
    let mut message = String::new();
    if region != rules.region {
        message.push_str(&format!("Credential should be scoped to a valid region, not '{region}'. "));
    }
    if service != rules.service {
        message.push_str(&format!("Credential should be scoped to correct service: '{}'. ", rules.service));
    }
    if terminator != TERMINATOR {
        message.push_str(&format!(
            "Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{terminator}'. "
        ));
    }
    let day = &claim.date[..8];
    if date != day {
        message.push_str(&format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
             '{date}' != '{day}', from '{}'.",
            claim.date
        ));
    }
    if message.is_empty() {
        return Ok(key_id);
    }
    Err(Refusal::invalid_signature("CredentialScope", message))
}

/// Compares the signature; answers whether a session token that came along was signed.
fn check_signature(
    request: &Arrived,
    claim: &Claim,
    identity: &Identity,
    scope: &Scope<'_>,
    rules: &Rules<'_>,
) -> Result<Option<bool>, Refusal> {
    let payload_hash = payload_hash(request, rules);
    let matches = |without: &[&str]| {
        let expected = expected_signature(request, claim, identity, scope, &payload_hash, without)
            .unwrap_or_else(|| {
                let texts = texts(request, claim, &payload_hash, without);
                let scope = scope_text(claim);
                canonical::signature(&identity.secret_access_key, &scope, &texts.string_to_sign)
            });
        constant_time_eq(&expected, &claim.signature)
    };
    // A client that breaks its own word about the body is refused whatever it signed.
    let body_as_said = request.header("x-amz-content-sha256").is_none_or(|said| said == payload_hash);
    let has_token = claim.session_token.is_some();
    if body_as_said && matches(&[]) {
        let signed = claim.location == Location::Query
            || claim.signed_headers.iter().any(|name| name == "x-amz-security-token");
        return Ok(has_token.then_some(signed));
    }
    let token_added_later = &["X-Amz-Security-Token"];
    if body_as_said && has_token && claim.location == Location::Query && matches(token_added_later) {
        return Ok(Some(false));
    }
    Err(mismatch(&texts(request, claim, &payload_hash, &[])))
}

fn check_token(claim: &Claim, identity: &Identity, now_ms: i64) -> Result<(), Refusal> {
    let right = match (&claim.session_token, &identity.session_token) {
        (None, None) => true,
        (Some(given), Some(expected)) => constant_time_eq(expected, given),
        _ => false,
    };
    if !right {
        return Err(Refusal::unrecognized_client());
    }
    if identity.expires_at_ms.is_some_and(|end| now_ms >= end) {
        return Err(Refusal::expired_token());
    }
    Ok(())
}

/// The hash of the body that arrived, or `UNSIGNED-PAYLOAD` where the route takes it.
fn payload_hash(request: &Arrived, rules: &Rules<'_>) -> String {
    let said = request.header("x-amz-content-sha256");
    if rules.allow_unsigned_payload && said == Some(UNSIGNED_PAYLOAD) {
        return UNSIGNED_PAYLOAD.into();
    }
    canonical::sha256_hex(&request.body)
}

fn scope_text(claim: &Claim) -> String {
    claim.credential.split_once('/').map_or_else(String::new, |(_, scope)| scope.to_owned())
}

/// The gateway's canonical request and string to sign; `without` names parameters added after signing.
pub fn texts(request: &Arrived, claim: &Claim, payload_hash: &str, without: &[&str]) -> Texts {
    let mut without = without.to_vec();
    if claim.location == Location::Query {
        without.push("X-Amz-Signature");
    }
    let canonical_request = canonical::canonical_request(
        &request.method,
        &canonical::canonical_path(request.path()),
        &canonical::canonical_query(request.query(), &without),
        &canonical::canonical_headers(&request.headers, &claim.signed_headers),
        &claim.signed_headers.join(";"),
        payload_hash,
    );
    let string_to_sign = canonical::string_to_sign(&claim.date, &scope_text(claim), &canonical_request);
    Texts { canonical_request, string_to_sign }
}

fn mismatch(texts: &Texts) -> Refusal {
    Refusal::invalid_signature(
        "SignatureDoesNotMatch",
        format!(
            "The request signature we calculated does not match the signature you provided. \
             Check your AWS Secret Access Key and signing method. \
             Consult the service documentation for details.\n\n\
             The Canonical String for this request should have been\n'{}'\n\n\
             The String-to-Sign should have been\n'{}'\n",
            texts.canonical_request, texts.string_to_sign
        ),
    )
}

/// Compares without telling by its duration where two texts differ.
pub fn constant_time_eq(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}
