//! How a service wants its requests signed. A new rule is a field of [`Rules`]; which services have it
//! is in [`Rules::for_service`].

use alloc::string::String;
use alloc::vec::Vec;

/// The defaults fit API Gateway and every service but S3; [`Rules::for_service`] picks them.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Further header names, in lower case, that are sent but not signed.
    pub unsignable_headers: Vec<String>,
    /// Header names that are signed although they are among those above or among those that no service
    /// expects in a signature, in lower case.
    pub signable_headers: Vec<String>,
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
            unsignable_headers: Vec::new(),
            signable_headers: Vec::new(),
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
