//! The signature a request should have had, computed by the crate `aws-sigv4`.
//!
//! That crate signs requests that are about to be sent, so a request that arrived is first brought back
//! to what it was: the parameters and headers the signer adds are taken out again.

use std::borrow::Cow;
use std::time::Duration;

use aws_sigv4::http_request::{
    SessionTokenMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign,
};
use aws_sigv4::sign::v4::SigningParams;

use super::canonical::{UNSIGNED_PAYLOAD, query_pairs};
use super::claim::{Claim, Location};
use super::identity::Identity;
use super::timestamp::system_time;
use crate::arrived::Arrived;

/// What the signer itself adds to the query of a presigned URL.
const ADDED_PARAMETERS: [&str; 6] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
];

/// The expected signature in hex; `None` where `aws-sigv4` cannot sign such a request as it arrived:
/// bytes that are not UTF-8, names it never signs, a date or an expiry in another spelling. `without`
/// names parameters that were added after signing.
pub(super) fn expected_signature(
    request: &Arrived,
    claim: &Claim,
    identity: &Identity,
    scope: &Scope<'_>,
    payload_hash: &str,
    without: &[&str],
) -> Option<String> {
    let mut settings = SigningSettings::default();
    let mut excluded = Vec::new();
    let url = match claim.location {
        Location::Header => {
            let signs_date = claim.signed_headers.iter().any(|name| name == "x-amz-date");
            if !signs_date {
                excluded.push(Cow::Borrowed("x-amz-date"));
            }
            format!("http://gateway{}", request.target)
        }
        Location::Query => {
            settings.signature_location = SignatureLocation::QueryParams;
            let seconds: u64 = claim.expires.as_ref()?.parse().ok()?;
            settings.expires_in = Some(Duration::from_secs(seconds));
            let query: Vec<&str> = request
                .query()
                .split('&')
                .filter(|part| {
                    let name = part.split('=').next().unwrap_or_default();
                    !ADDED_PARAMETERS.contains(&name) && !without.contains(&name)
                })
                .collect();
            format!("http://gateway{}?{}", request.path(), query.join("&"))
        }
    };
    settings.excluded_headers = Some(excluded);
    settings.session_token_mode = SessionTokenMode::Include;
    if !representable(request, claim) {
        return None;
    }
    let signed = request
        .headers
        .iter()
        .filter(|(name, _)| claim.signed_headers.iter().any(|signed| signed.eq_ignore_ascii_case(name)));
    let body = if payload_hash == UNSIGNED_PAYLOAD {
        SignableBody::UnsignedPayload
    } else {
        SignableBody::Precomputed(payload_hash.to_owned())
    };
    let signable = SignableRequest::new(
        &request.method,
        url,
        signed.map(|(name, value)| (name.as_str(), value.as_str())),
        body,
    )
    .ok()?;
    let signing_identity = identity.signing_identity();
    let params = SigningParams::builder()
        .identity(&signing_identity)
        .region(scope.region)
        .name(scope.service)
        .time(system_time(scope.date_ms))
        .settings(settings)
        .build()
        .ok()?
        .into();
    sign(signable, &params).ok().map(|output| output.signature().to_owned())
}

/// The parts of the scope, already checked against the claim.
pub(super) struct Scope<'a> {
    pub region: &'a str,
    pub service: &'a str,
    pub date_ms: i64,
}

/// Whether `aws-sigv4` can be asked: it decodes queries as UTF-8, signs each name once and in order, never
/// signs some names of presigned URLs, and writes the date and the expiry itself.
fn representable(request: &Arrived, claim: &Claim) -> bool {
    let utf8 = query_pairs(request.query())
        .iter()
        .all(|(name, value)| std::str::from_utf8(name).is_ok() && std::str::from_utf8(value).is_ok());
    let names_in_order = claim.signed_headers.is_sorted_by(|a, b| a < b);
    let all_present = claim.signed_headers.iter().all(|name| request.header(name).is_some());
    let one_date = request.header_values("x-amz-date").count() <= 1;
    let own_rules = claim.location == Location::Query
        && claim
            .signed_headers
            .iter()
            .any(|name| ["x-amz-user-agent", "x-amz-checksum-mode"].contains(&name.as_str()));
    let plain_expiry =
        claim.expires.as_ref().is_none_or(|text| text.parse::<u64>().is_ok_and(|n| n.to_string() == *text));
    utf8 && names_in_order && all_present && one_date && !own_rules && plain_expiry
}
