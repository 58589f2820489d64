//! How a service wants its requests signed. A new rule is a field of [`Rules`]; which services have it
//! is in [`Rules::for_service`].

use crate::list::{List, as_it_is, lower_case};
use core::fmt;

/// The defaults fit API Gateway and every service but S3; [`Rules::for_service`] picks them.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "one independent rule each")]
pub struct Rules {
    /// Encode the path of the wire once more for the signature. Default true; S3 false.
    pub double_encode_path: bool,
    /// Remove dot segments and repeated slashes for the signature. Default true; S3 false, where
    /// every character of a key counts.
    pub normalize_path: bool,
    /// Hash the body into the signature. Default true; false signs `UNSIGNED-PAYLOAD`.
    pub sign_payload: bool,
    /// Send and sign `x-amz-content-sha256`. Default false; S3 true.
    pub payload_header: bool,
    /// Sign presigned URLs with `UNSIGNED-PAYLOAD`. Default false; S3 true.
    pub unsigned_presign: bool,
    /// Add the session token after signing, as a few services want. Default false.
    pub omit_session_token: bool,
    /// Further headers that are sent but not signed.
    pub unsignable_headers: HeaderNames,
    /// Headers that are signed although they are among those above or among those that no service
    /// expects in a signature.
    pub signable_headers: HeaderNames,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            double_encode_path: true,
            normalize_path: true,
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
    /// The rules of a service by its name in the credential scope.
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
    #[must_use]
    pub fn for_service(service: &str) -> Self {
        let s3 = matches!(service, "s3" | "s3express" | "s3-object-lambda" | "s3-outposts");
        Self {
            double_encode_path: !s3,
            normalize_path: !s3,
            payload_header: s3,
            unsigned_presign: s3,
            ..Self::default()
        }
    }
}

/// A set of header names, in any case. Asking for one takes little time however many there are.
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
    /// Whether a name is among them; it must be in lower case.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.has_sorted(name)
    }
}

impl<'a> FromIterator<&'a str> for HeaderNames {
    fn from_iter<T: IntoIterator<Item = &'a str>>(names: T) -> Self {
        let mut list = List::default();
        for name in names {
            list.push(name, lower_case, "", as_it_is);
        }
        list.sort();
        Self(list)
    }
}

impl fmt::Debug for HeaderNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
