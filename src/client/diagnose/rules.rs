//! The refusals that API Gateway, and the services behind it, are known to give. First match wins;
//! the texts are matched softly, because the owner of an API can replace every one of them.

use super::Refusal;
use crate::text::{contains, find as find_text, split};
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;

/// One known refusal.
struct Rule {
    kind: &'static str,
    /// One of these has to hold.
    when: &'static [When],
    summary: &'static str,
    hint: &'static str,
}

/// What a refusal is known by. Texts have `|` between them, and one of them is enough. They are
/// data, because a function for each rule would be 1 KB more of the module's download.
enum When {
    /// The error type, or the message, has one of these in it.
    Says(&'static str),
    /// The status is in this range, both ends included.
    Status(u16, u16),
    /// Both: this status, and one of these texts.
    StatusThatSays(u16, &'static str),
    /// There was no response, and the error's code has one of these in it.
    Code(&'static str),
    /// There was no response.
    NoStatus,
}

impl When {
    fn holds(&self, refusal: &Refusal<'_>) -> bool {
        let says = |texts| has_one(refusal.message, texts) || has_one(refusal.error_type, texts);
        match *self {
            Self::Says(texts) => says(texts),
            Self::Status(first, last) => {
                refusal.status.is_some_and(|status| first <= status && status <= last)
            }
            Self::StatusThatSays(status, texts) => refusal.status == Some(status) && says(texts),
            Self::Code(texts) => has_one(refusal.code, texts),
            Self::NoStatus => refusal.status.is_none(),
        }
    }
}

fn has_one(text: &str, of: &'static str) -> bool {
    split(of, "|").any(|part| contains(text, part))
}

/// Kind, summary and hint of the first rule that applies.
pub(super) fn find(refusal: &Refusal<'_>) -> (&'static str, Cow<'static, str>, &'static str) {
    let found = RULES.iter().find(|rule| rule.when.iter().any(|when| when.holds(refusal)));
    let rule = found.unwrap_or(&UNKNOWN);
    let sentence = denied(refusal.message).filter(|_| rule.kind == "AccessDenied");
    (rule.kind, sentence.map_or(Cow::Borrowed(rule.summary), Cow::Owned), rule.hint)
}

/// The kinds of all rules.
#[cfg(test)]
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.kind)
}

/// `User: ARN is not authorized to perform: ACTION on resource: ARN …`, from its first word on.
fn denied(message: &str) -> Option<String> {
    let at = find_text(message, "User: ")?;
    let sentence = message.get(at..)?.trim_end_matches(['"', '}']);
    contains(sentence, "is not authorized to perform").then(|| sentence.to_owned())
}

/// What is said of everything else.
static UNKNOWN: Rule = Rule {
    kind: "Unknown",
    when: &[],
    summary: "The request failed in a way that is not known here.",
    hint: "Look at the status and the body; a refusal by the backend behind the gateway is its own.",
};

const RULES: &[Rule] = &[
    Rule {
        kind: "SignatureExpired",
        when: &[When::Says("Signature expired|RequestExpired")],
        summary: "The signature is too old for the gateway: this clock is behind, or the request waited too long.",
        hint: "Set the clock, or leave correctClockSkew on; a presigned URL has to be made anew.",
    },
    Rule {
        kind: "SignatureNotYetCurrent",
        when: &[When::Says("Signature not yet current|RequestTimeTooSkewed")],
        summary: "The signature is from the future for the gateway: this clock is ahead.",
        hint: "Set the clock, or leave correctClockSkew on.",
    },
    Rule {
        kind: "CredentialScope",
        when: &[When::Says("Credential should be scoped|Date in Credential scope does not match")],
        summary: "The request was signed for another region, service or day than the gateway's.",
        hint: "Set region to the API's own (a custom domain hides it) and service to execute-api.",
    },
    Rule {
        kind: "IncompleteSignature",
        when: &[When::Says(
            "IncompleteSignature|missing equal-sign|Authorization header requires|AWS query-string parameters \
             must include|must be a 'SignedHeader'|as HTTP header|slash-delimited elements",
        )],
        summary: "The Authorization header is not one of Signature Version 4.",
        hint: "A Bearer or other token was sent to a method with IAM authorization, or to a path that does not \
               exist; or the access key has a space or newline in it; or the request was signed twice.",
    },
    Rule {
        kind: "MissingAuthenticationToken",
        when: &[When::Says("MissingAuthenticationToken|Missing Authentication Token")],
        summary: "The request came without a signature, or for a method, path or stage that does not exist.",
        hint: "Check stage, path and method first: API Gateway answers the same for an unknown route. Then check \
               that accessKey and secretKey are set. On a preflight: OPTIONS must not need IAM.",
    },
    Rule {
        kind: "ExpiredToken",
        when: &[When::Says("ExpiredToken|security token included in the request is expired")],
        summary: "The temporary credentials have expired.",
        hint: "Get new ones; with a provider in config.credentials they are renewed by themselves.",
    },
    Rule {
        kind: "InvalidClientTokenId",
        when: &[When::Says(
            "UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|security token included in the request \
             is invalid",
        )],
        summary: "AWS does not know this access key, or its session token is missing or another one's.",
        hint: "Keys that begin with ASIA need their sessionToken; keys of another partition (China, GovCloud) or \
               deleted ones are unknown here.",
    },
    Rule {
        kind: "AccessDenied",
        when: &[When::Says(
            "AccessDenied|is not authorized to perform|not authorized to access this resource|explicit deny",
        )],
        summary: "The signature is right, but this identity may not call this method.",
        hint: "Allow execute-api:Invoke on the method's ARN in the identity's policy, and in the API's resource \
               policy too if it has one (private APIs: the VPC endpoint). \"User: anonymous\" means that the \
               request was not signed.",
    },
    Rule {
        kind: "QuotaExceeded",
        when: &[When::Says("LimitExceededException|Limit Exceeded")],
        summary: "The quota of the API key's usage plan is used up.",
        hint: "Sending again does not help before the quota's next period; raise it in the usage plan.",
    },
    Rule {
        kind: "Throttled",
        when: &[When::Says("TooManyRequests|Throttling"), When::Status(429, 429)],
        summary: "Too many requests: a limit of the account, stage, method or usage plan was reached.",
        hint: "Set retries with retryDelay: 'exponential'; the request was not carried out.",
    },
    Rule {
        kind: "PayloadTooLarge",
        when: &[When::Says("content length exceeded|Request Too Long"), When::Status(413, 413)],
        summary: "The body is larger than the gateway takes (10 MB).",
        hint: "Upload large bodies to S3 with a presigned URL.",
    },
    Rule {
        kind: "UriTooLong",
        when: &[When::Status(414, 414)],
        summary: "The URL is longer than the gateway takes.",
        hint: "Send the values in the body of a POST.",
    },
    Rule {
        kind: "UnsupportedMediaType",
        when: &[When::Status(415, 415)],
        summary: "The method has no mapping for this Content-Type.",
        hint: "Set the Content-Type that the API expects; defaultContentType is application/json.",
    },
    Rule {
        kind: "EndpointTimeout",
        when: &[When::Says("Endpoint request timed out"), When::Status(504, 504)],
        summary: "The backend did not answer the gateway in time (29 seconds by default).",
        hint: "Make the backend quicker or asynchronous, or raise the integration's timeout; it may still have \
               carried the request out.",
    },
    Rule {
        kind: "CloudFront",
        when: &[When::Says("The request could not be satisfied")],
        summary: "CloudFront, in front of the API, refused the request.",
        hint: "A GET with a body, a wrong host name or a firewall rule is the usual reason.",
    },
    Rule {
        kind: "ApiKey",
        when: &[When::StatusThatSays(403, "Forbidden")],
        summary: "Forbidden: the API key is missing or wrong, or the host is not one of this API.",
        hint: "Set apiKey to a key that is enabled and in a usage plan of this stage. For a private API check host \
               (x-apigw-api-id) and the VPC endpoint. An HTTP API with IAM says no more than this for a wrong \
               signature too: check region, service and credentials.",
    },
    Rule {
        kind: "Unauthorized",
        when: &[When::Status(401, 401)],
        summary: "An authorizer refused the request: its token is missing, wrong or expired.",
        hint: "This method wants a Cognito, JWT or Lambda authorizer's token, not a signature.",
    },
    Rule {
        kind: "NotFound",
        when: &[When::Status(404, 404)],
        summary: "There is no such route or resource.",
        hint: "Check stage, path and method.",
    },
    Rule {
        kind: "BadRequest",
        when: &[When::Status(400, 400)],
        summary: "The request does not pass the API's validation.",
        hint: "Compare parameters and body with the method's request model.",
    },
    Rule {
        kind: "BadGateway",
        when: &[When::Status(502, 502)],
        summary: "The backend's answer was not one that the gateway understands.",
        hint: "A Lambda function has to return statusCode, headers and a body that is a string.",
    },
    Rule {
        kind: "ServiceUnavailable",
        when: &[When::Status(503, 503)],
        summary: "The backend, or the link to it, is not available.",
        hint: "Set retries; check the integration and the VPC link.",
    },
    Rule {
        kind: "InternalServerError",
        when: &[When::Status(500, u16::MAX)],
        summary: "The gateway or the backend failed.",
        hint: "The API's execution log tells why: a missing permission to invoke the function, a mapping error or \
               an exception.",
    },
    Rule {
        kind: "Redirect",
        when: &[When::Code("ERR_REDIRECT"), When::Status(300, 399)],
        summary: "The gateway answered with a redirect, which a signed request never follows.",
        hint: "Call the new address with a client whose invokeUrl names it, if you trust it with your credentials.",
    },
    Rule {
        kind: "Timeout",
        when: &[When::Code("ECONNABORTED")],
        summary: "There was no answer within the timeout.",
        hint: "Raise timeout (ms), or set retries with shouldResetTimeout; the request may have been carried out.",
    },
    Rule {
        kind: "Canceled",
        when: &[When::Code("ERR_CANCELED")],
        summary: "The caller's signal aborted the request.",
        hint: "The request may have been carried out before.",
    },
    Rule {
        kind: "HostNotFound",
        when: &[When::Code("ENOTFOUND|EAI_AGAIN")],
        summary: "The host's name does not resolve.",
        hint: "Check invokeUrl. The name of a private API resolves inside its VPC only; from elsewhere use the VPC \
               endpoint's own name.",
    },
    Rule {
        kind: "Certificate",
        when: &[When::Code("CERT|TLS|SSL|VERIFY")],
        summary: "The server's certificate does not verify.",
        hint: "Call the API by a name that its certificate has; inside a company, add the proxy's root certificate.",
    },
    Rule {
        kind: "NetworkError",
        when: &[When::NoStatus],
        summary: "There was no answer that could be read: no connection, or a browser's CORS check failed.",
        hint: "In a browser: OPTIONS must answer without IAM and allow the headers authorization, x-amz-date, \
               x-amz-security-token, x-api-key and content-type by name, and the gateway responses DEFAULT_4XX and \
               DEFAULT_5XX need Access-Control-Allow-Origin, or the real refusal stays hidden. Otherwise: check \
               the network, invokeUrl and the proxy.",
    },
];
