//! How a service expects its requests to be signed. A new rule is a field of [`Rules`];
//! [`Rules::for_service`] says which services have it.

use crate::list::{List, as_it_is, lower_case};
use core::fmt;

/// The rules of a service. The defaults fit API Gateway and every service but S3; [`Rules::for_service`]
/// picks the rules.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "one independent rule each")]
pub struct Rules {
    /// Encode the path that is sent a second time for the signature. Default true; S3 false.
    pub double_encode_path: bool,
    /// Remove dot segments and repeated slashes for the signature. Default true; S3 false, where
    /// every character of a key counts.
    pub normalize_path: bool,
    /// If the path is encoded once, sign it as S3 reads it. Default true.
    ///
    /// - `%2F` is a slash of the key, and the slashes of a key are not encoded (`UriEncode` in
    ///   <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>). aws4 and aws4fetch,
    ///   whose suites were made on S3 itself, sign `/`; s3s and Ceph refuse `%2F`. The clients of the AWS SDK
    ///   never send one: they write the slashes of a key as they are.
    /// - A literal `+` is a space, as in a form: the canonical path that S3 showed for `/a+b` is `/a%20b`
    ///   (<https://github.com/aws/aws-sdk-net/pull/4473>). [`written_plus`](crate::signature_params::written_plus) avoids it.
    ///
    /// `false` signs both unchanged, as the signer of the AWS SDK for JavaScript and servers that use the
    /// path as it arrives do.
    pub decode_slashes: bool,
    /// Hash the body into the signature. Default true; VPC Lattice false: it signs `UNSIGNED-PAYLOAD`.
    pub sign_payload: bool,
    /// Send and sign `x-amz-content-sha256`. Default false; S3, VPC Lattice, `aoss` true.
    pub payload_header: bool,
    /// Sign presigned URLs with `UNSIGNED-PAYLOAD`. Default false; S3 true.
    pub unsigned_presign: bool,
    /// Add the session token after signing. Default false; `iotdevicegateway` true.
    pub omit_session_token: bool,
    /// Further headers that are sent but not signed.
    pub unsignable_headers: HeaderNames,
    /// Headers that are signed although they are in `unsignable_headers` or are not signed by default.
    pub signable_headers: HeaderNames,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            double_encode_path: true,
            normalize_path: true,
            decode_slashes: true,
            sign_payload: true,
            payload_header: false,
            unsigned_presign: false,
            omit_session_token: false,
            unsignable_headers: HeaderNames::default(),
            signable_headers: HeaderNames::default(),
        }
    }
}

impl Rules {
    /// The rules of a service by its name in the credential scope. Each service with its own rules has a row.
    #[must_use]
    pub fn for_service(service: &str) -> Self {
        let mut rules = Self::default();
        match service {
            // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
            "s3" | "s3express" | "s3-object-lambda" | "s3-outposts" => {
                rules.double_encode_path = false;
                rules.normalize_path = false;
                rules.payload_header = true;
                rules.unsigned_presign = true;
            }
            // VPC Lattice does not sign bodies, and requires the header to say so:
            // https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
            "vpc-lattice-svcs" => {
                rules.sign_payload = false;
                rules.payload_header = true;
            }
            // OpenSearch Serverless requires the payload hash as a header, and refuses a signature over
            // Content-Length:
            // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-clients.html
            "aoss" => {
                rules.payload_header = true;
                rules.unsignable_headers.add(&["content-length"]);
            }
            // MQTT over WebSocket: the script of this page adds the token after it has signed, and so does
            // aws4fetch. https://docs.aws.amazon.com/iot/latest/developerguide/mqtt-ws.html
            "iotdevicegateway" => rules.omit_session_token = true,
            _ => {}
        }
        rules
    }
}

/// A set of header names, in upper or lower case. Looking up a name is fast, however many there are.
///
/// ```
/// use gatesign_sigv4::{HeaderNames, Rules};
///
/// let unsignable_headers: HeaderNames = ["X-Trace-Id", "x-request-id"].into_iter().collect();
/// let rules = Rules { unsignable_headers, ..Rules::default() };
/// assert!(rules.unsignable_headers.has("x-trace-id"));
/// ```
#[derive(Clone, Default)]
pub struct HeaderNames(List);

impl HeaderNames {
    /// Whether the set has a name, which must be in lower case.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.has_sorted(name)
    }

    /// Adds names to the set.
    pub fn add(&mut self, names: &[&str]) {
        for name in names {
            self.0.push(name, lower_case, "", as_it_is);
        }
        self.0.sort();
    }
}

impl<'a> FromIterator<&'a str> for HeaderNames {
    fn from_iter<T: IntoIterator<Item = &'a str>>(names: T) -> Self {
        let mut set = Self::default();
        for name in names {
            set.0.push(name, lower_case, "", as_it_is);
        }
        set.0.sort();
        set
    }
}

impl fmt::Debug for HeaderNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
