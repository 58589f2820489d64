//! Every rule with the texts that AWS sends.

use super::*;
use std::format;
use std::prelude::rust_2024::*;

/// Kind, status (0: no response), error type, message, code.
type Row = (&'static str, u16, &'static str, &'static str, &'static str);

pub(super) const CORAL: &str =
    "InvalidSignatureException:http://internal.amazon.com/coral/com.amazon.coral.service/";

const REFUSALS: &[Row] = &[
    ("Waf", 202, "WafAction", "", ""),
    ("Waf", 405, "WafAction", "<html>captcha</html>", ""),
    ("Waf", 403, "WAF_FILTERED", "Forbidden", ""),
    (
        "SignatureExpired",
        403,
        "AccessDenied",
        "<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>60</X-Amz-Expires></Error>",
        "",
    ),
    (
        "HeadersNotSigned",
        403,
        "AccessDenied",
        "<Error><Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message><HeadersNotSigned>x-amz-acl</HeadersNotSigned></Error>",
        "",
    ),
    (
        "PayloadHashMismatch",
        400,
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        "",
    ),
    (
        "CredentialScope",
        400,
        "AuthorizationQueryParametersError",
        "Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
        "",
    ),
    (
        "CredentialScope",
        400,
        "AuthorizationHeaderMalformed",
        "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
        "",
    ),
    (
        "InvalidClientTokenId",
        403,
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records.",
        "",
    ),
    (
        "AccessDenied",
        403,
        "AccessDeniedException",
        "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
        "",
    ),
    ("Misdirected", 421, "", "", ""),
    ("HeadersTooLarge", 431, "", "", ""),
    ("HostNotFound", 1, "", "getaddrinfo ENOTFOUND abc123.execute-api.us-east-1.amazonaws.com", ""),
    (
        "HostNotFound",
        1,
        "",
        "curl: (6) Could not resolve host: abc123.execute-api.us-east-1.amazonaws.com",
        "",
    ),
    ("HostNotFound", 0, "", "net::ERR_NAME_NOT_RESOLVED", ""),
    (
        "ConnectionRefused",
        1,
        "",
        "curl: (7) Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server",
        "",
    ),
    ("ConnectionRefused", 0, "", "GET https://localhost:1/ net::ERR_CONNECTION_REFUSED", ""),
    ("ConnectionTimeout", 0, "", "connect ETIMEDOUT 10.0.0.7:443", "ETIMEDOUT"),
    (
        "ConnectionTimeout",
        0,
        "",
        "Connect Timeout Error (attempted address: 10.0.0.7:443, timeout: 10000ms)",
        "UND_ERR_CONNECT_TIMEOUT",
    ),
    (
        "ConnectionTimeout",
        1,
        "",
        "curl: (28) Failed to connect to 10.0.0.7 port 443 after 130000 ms: Couldn't connect to server",
        "",
    ),
    ("ConnectionReset", 0, "", "socket hang up", "ECONNRESET"),
    ("ConnectionReset", 0, "", "read ECONNRESET", "ECONNRESET"),
    ("ConnectionReset", 1, "", "curl: (52) Empty reply from server", ""),
    (
        "PlainHttp",
        0,
        "",
        "write EPROTO 8:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/ssl/record.c:354:",
        "EPROTO",
    ),
    (
        "PlainHttp",
        0,
        "",
        "C0:error:0A0000C6:SSL routines:tls_get_more_records:packet length too long",
        "ERR_SSL_PACKET_LENGTH_TOO_LONG",
    ),
    ("PlainHttp", 1, "", "curl: (35) OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number", ""),
    ("Certificate", 1, "", "unable to get local issuer certificate", ""),
    ("Certificate", 1, "", "curl: (60) SSL certificate problem: unable to get local issuer certificate", ""),
    ("Certificate", 0, "", "net::ERR_CERT_AUTHORITY_INVALID", ""),
    (
        "Cors",
        1,
        "",
        "Access to fetch at 'https://abc123.execute-api.us-east-1.amazonaws.com/prod' from origin 'http://localhost:5173' has been blocked by CORS policy: Response to preflight request doesn't pass access control check",
        "",
    ),
    ("NetworkError", 0, "", "Failed to fetch", ""),
    ("NetworkError", 0, "", "fetch failed", ""),
    (
        "SignatureExpired",
        403,
        "InvalidSignatureException",
        "Signature expired: 20170212T175938Z is now earlier than 20170215T145534Z (20170215T150034Z - 5 min.)",
        "",
    ),
    ("SignatureExpired", 400, "RequestExpired", "Request has expired.", ""),
    (
        "SignatureNotYetCurrent",
        403,
        CORAL,
        "Signature not yet current: 20170731T092200Z is still later than 20170731T092115Z (20170731T091615Z + 5 min.)",
        "",
    ),
    ("ClockSkew", 403, "RequestTimeTooSkewed", "", ""),
    (
        "SignatureExpired",
        403,
        "RequestTimeTooSkewed",
        "<Error><Code>RequestTimeTooSkewed</Code><RequestTime>20261128T100000Z</RequestTime><ServerTime>2026-11-28T11:00:00Z</ServerTime></Error>",
        "",
    ),
    (
        "SignatureNotYetCurrent",
        403,
        "RequestTimeTooSkewed",
        "<Error><Code>RequestTimeTooSkewed</Code><RequestTime>20261128T120000Z</RequestTime><ServerTime>2026-11-28T11:00:00Z</ServerTime></Error>",
        "",
    ),
    (
        "CredentialScope",
        403,
        "com.amazon.coral.service#SignatureDoesNotMatch",
        "Credential should be scoped to a valid region, not 'X'. ",
        "",
    ),
    (
        "CredentialScope",
        403,
        "InvalidSignatureException",
        "Credential should be scoped to correct service: 'execute-api'. ",
        "",
    ),
    (
        "CredentialScope",
        403,
        "InvalidSignatureException",
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. ",
        "",
    ),
    (
        "CredentialScope",
        403,
        "InvalidSignatureException",
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20130609', from '20130609T095204Z'.",
        "",
    ),
    (
        "IncompleteSignature",
        403,
        "InvalidSignatureException",
        "'Host' must be a 'SignedHeader' in the AWS Authorization.",
        "",
    ),
    (
        "IncompleteSignature",
        403,
        "InvalidSignatureException",
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
        "",
    ),
    (
        "IncompleteSignature",
        403,
        "IncompleteSignatureException",
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): 'x='.",
        "",
    ),
    (
        "IncompleteSignature",
        403,
        "",
        "'TOKEN' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer TOKEN'.",
        "",
    ),
    (
        "IncompleteSignature",
        403,
        "",
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization=x",
        "",
    ),
    (
        "IncompleteSignature",
        403,
        "",
        "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
        "",
    ),
    (
        "IncompleteSignature",
        403,
        "IncompleteSignatureException",
        "Date must be in ISO-8601 'basic format'. Got 'x'. See http://en.wikipedia.org/wiki/ISO_8601",
        "",
    ),
    (
        "IncompleteSignature",
        403,
        "",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'x'",
        "",
    ),
    ("IncompleteSignature", 403, "IncompleteSignatureException", "Unsupported AWS 'algorithm': 'x'", ""),
    // A page of another origin sees no x-amzn-errortype.
    (
        "IncompleteSignature",
        403,
        "",
        "Date must be in ISO-8601 'basic format'. Got 'x'. See http://en.wikipedia.org/wiki/ISO_8601",
        "",
    ),
    ("IncompleteSignature", 403, "", "Unsupported AWS 'algorithm': 'x'", ""),
    (
        "IncompleteSignature",
        403,
        "",
        "Authorization header must begin with the algorithm name, which cannot include an equal-sign",
        "",
    ),
    (
        "MissingAuthenticationToken",
        403,
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
        "",
    ),
    ("MissingAuthenticationToken", 403, "", r#"{"message":"Missing Authentication Token"}"#, ""),
    (
        "InvalidClientTokenId",
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
        "",
    ),
    ("InvalidClientTokenId", 403, "", "The security token included in the request is invalid", ""),
    ("InvalidClientTokenId", 403, "InvalidClientTokenId", "", ""),
    ("InvalidClientTokenId", 403, "InvalidAccessKeyId", "", ""),
    (
        "ExpiredToken",
        403,
        "ExpiredTokenException",
        "The security token included in the request is expired",
        "",
    ),
    ("ExpiredToken", 403, "", "The security token included in the request is expired", ""),
    (
        "AccessDenied",
        403,
        "AccessDeniedException",
        "User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-west-2:********2543:ID/api/GET/",
        "",
    ),
    ("AccessDenied", 403, "AccessDeniedException", "User is not authorized to access this resource", ""),
    (
        "AccessDenied",
        403,
        "",
        "User is not authorized to access this resource with an explicit deny in an identity-based policy",
        "",
    ),
    ("QuotaExceeded", 429, "LimitExceededException", "Limit Exceeded", ""),
    ("QuotaExceeded", 429, "", "Limit Exceeded", ""),
    ("Throttled", 429, "TooManyRequestsException", "Too Many Requests", ""),
    ("Throttled", 429, "", "", ""),
    ("Throttled", 400, "ThrottlingException", "Rate exceeded", ""),
    ("Throttled", 400, "RequestLimitExceeded", "Request limit exceeded.", ""),
    ("Gone", 410, "GoneException", "", ""),
    ("SignatureDoesNotMatch", 403, "SignatureDoesNotMatch", "Signature mismatch", ""),
    ("SignatureDoesNotMatch", 403, "InvalidSignatureException", "", ""),
    ("PayloadTooLarge", 413, "RequestTooLargeException", "Request Too Long", ""),
    ("PayloadTooLarge", 500, "", "HTTP content length exceeded 10485760 bytes.", ""),
    ("UriTooLong", 414, "", "Request URI too long", ""),
    ("UnsupportedMediaType", 415, "BadRequestException", "Unsupported Media Type", ""),
    ("EndpointTimeout", 504, "InternalServerErrorException", "Endpoint request timed out", ""),
    ("EndpointTimeout", 504, "", "Network error communicating with endpoint", ""),
    ("CloudFront", 403, "", "<TITLE>ERROR: The request could not be satisfied</TITLE>", ""),
    ("ApiKey", 403, "ForbiddenException", "Forbidden", ""),
    ("ApiKey", 403, "", r#"{"message":"Forbidden"}"#, ""),
    ("Unauthorized", 401, "UnauthorizedException", "Unauthorized", ""),
    ("NotFound", 404, "", "Not Found", ""),
    ("BadRequest", 400, "BadRequestException", "Invalid request body", ""),
    ("BadRequest", 400, "BadRequestException", "Missing required request parameters: [x]", ""),
    ("BadGateway", 502, "InternalServerErrorException", "Internal server error", ""),
    ("ServiceUnavailable", 503, "", "Service Unavailable", ""),
    ("InternalServerError", 500, "AuthorizerConfigurationException", "", ""),
    ("InternalServerError", 500, "InternalServerErrorException", "Internal server error", ""),
    ("Redirect", 302, "", "", ""),
    ("Redirect", 0, "", "Redirect refused", "ERR_REDIRECT"),
    ("Timeout", 0, "", "timeout of 100ms exceeded", "ECONNABORTED"),
    ("Canceled", 0, "", "canceled", "ERR_CANCELED"),
    ("HostNotFound", 0, "", "getaddrinfo ENOTFOUND x", "ENOTFOUND"),
    ("HostNotFound", 0, "", "", "EAI_AGAIN"),
    ("Certificate", 0, "", "", "CERT_HAS_EXPIRED"),
    ("Certificate", 0, "", "", "ERR_TLS_CERT_ALTNAME_INVALID"),
    ("NetworkError", 0, "", "Failed to fetch", ""),
    ("NetworkError", 0, "", "NetworkError when attempting to fetch resource.", ""),
    ("NetworkError", 0, "", "Load failed", ""),
    ("ConnectionRefused", 0, "", "connect ECONNREFUSED 127.0.0.1:1", "ECONNREFUSED"),
    // Texts without their status.
    ("EndpointTimeout", 0, "", "Network error communicating with endpoint", ""),
    ("UriTooLong", 0, "", "Request URI too long", ""),
    ("UnsupportedMediaType", 0, "", "Unsupported Media Type", ""),
    ("BadRequest", 0, "", "Invalid request body", ""),
    ("BadRequest", 0, "", "Missing required request parameters: [x]", ""),
    // Whatever a success says.
    ("Succeeded", 200, "", "", ""),
    ("Succeeded", 204, "", "Signature expired: x", ""),
    ("Unknown", 409, "", "conflict", ""),
    ("Unknown", 403, "", "", ""),
];

fn refusal(row: &Row) -> Refusal<'static> {
    let (_, status, error_type, message, code) = *row;
    Refusal { status: (status > 0).then_some(status), error_type, message, code, ..Refusal::default() }
}

#[test]
fn every_known_refusal() {
    for row in REFUSALS {
        let diagnosis = diagnose(&refusal(row));
        assert_eq!(diagnosis.kind, row.0, "{row:?}");
        assert!(!diagnosis.summary.is_empty() && !diagnosis.hint.is_empty(), "{row:?}");
        assert_eq!((diagnosis.difference, diagnosis.server), (None, None), "{row:?}");
    }
}

#[test]
fn every_rule_has_a_case() {
    for kind in rules::kinds() {
        assert!(REFUSALS.iter().any(|row| row.0 == kind), "{kind} has no case");
    }
}

#[test]
fn a_denial_says_who_may_not_do_what() {
    let sentence = "User: arn:aws:sts::123456789012:assumed-role/R/S is not authorized to perform: execute-api:Invoke \
                    on resource: arn:aws:execute-api:eu-west-1:********1234:API/STAGE/GET/path with an explicit deny";
    let body = format!(r#"{{"Message":"{sentence}"}}"#);
    let refusal = Refusal { status: Some(403), message: &body, ..Refusal::default() };
    assert_eq!(diagnose(&refusal).summary, sentence);
    // What else is in a log line is no part of it.
    for after in [
        r#"", "x-amz-security-token": "canary""#,
        "\\n x-api-key:canary",
        "\nx-api-key:canary",
        "</Message>canary",
    ] {
        let line = format!("ERROR {sentence}{after}");
        let refusal = Refusal { message: &line, ..Refusal::default() };
        assert_eq!(diagnose(&refusal).summary, sentence);
    }
}

#[test]
fn advice_on_cors_is_for_browsers() {
    for (message, expected) in [
        ("Failed to fetch", true),
        ("Load failed", true),
        ("NetworkError when attempting to fetch resource.", true),
        ("fetch failed", false),
    ] {
        let refusal = Refusal { message, ..Refusal::default() };
        assert_eq!(diagnose(&refusal).hint.contains("OPTIONS"), expected, "{message}");
    }
}

#[test]
fn a_denial_has_its_parts() {
    let who = "User: arn:aws:iam::123456789012:user/u is not authorized to perform:";
    let arn = "arn:aws:execute-api:us-east-1:123456789012:abc123/prod/GET/x";
    let policy = "arn:aws:organizations::1:policy/o-1/service_control_policy/p-1";
    let url = "https://console.aws.amazon.com/iam/authorization-details/d-1";
    for (rest, expected) in [
        (
            format!("execute-api:Invoke on resource: {arn} with an explicit deny in a resource-based policy"),
            ["execute-api:Invoke", arn, "resource-based", "", "", ""],
        ),
        (
            format!(
                "execute-api:Invoke on resource: {arn} with an explicit deny in an identity-based policy: {policy}"
            ),
            ["execute-api:Invoke", arn, "identity-based", policy, "", ""],
        ),
        (
            format!(
                "vpc-lattice-svcs:Invoke on resource: {arn} because no VPC endpoint policy allows the vpc-lattice-svcs:Invoke action"
            ),
            ["vpc-lattice-svcs:Invoke", arn, "VPC endpoint", "", "", ""],
        ),
        (
            format!(
                "execute-api:Invoke on resource: {arn} with an explicit deny in a service control policy. Go to {url} for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: d-1"
            ),
            ["execute-api:Invoke", arn, "service control", "", "d-1", url],
        ),
        ("execute-api:Invoke".into(), ["execute-api:Invoke", "", "", "", "", ""]),
    ] {
        let message = format!("{who} {rest}");
        let denied = Denied::read(&message);
        let Denied { action, resource, policy_type, policy, authorization_id, url } = denied;
        assert_eq!([action, resource, policy_type, policy, authorization_id, url], expected, "{message}");
        let refusal = Refusal { status: Some(403), message: &message, ..Refusal::default() };
        let Diagnosis { kind, hint, .. } = diagnose(&refusal);
        assert_eq!(kind, "AccessDenied");
        assert_eq!(hint.contains("explicit Deny"), message.contains("explicit deny"), "{hint}");
        assert_eq!(hint.contains(action), !message.contains("explicit deny"), "{hint}");
    }
}
