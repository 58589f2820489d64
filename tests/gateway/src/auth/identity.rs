//! Who may sign: the table of public example identities, and those a test registers.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::identity::Identity as SigningIdentity;

/// The API key of the routes that ask for one (an example value, public).
pub const API_KEY: &str = "d41d8cd98f00b204e9800998ecf8427eEXAMPLE";

/// A session token of the length and alphabet real ones have (an example value, public).
pub const SESSION_TOKEN: &str = concat!(
    "IQoJb3JpZ2luX2VjEFAaCXVzLWVhc3QtMSJHMEUCIQDexampleTokenForLoopbackOnly+7wq3/9kZt0aRk1vYxUeNfQJ2AIg",
    "Tm90QVJlYWxUb2tlbj/Y1B3dUZ6cHh2N0tqMnE0bWJz+HkqmQIIGBAAGgwxMjM0NTY3ODkwMTIiDHh5enp5L2V4YW1wbGUrdG9r",
    "ZW4qoQIcN2xkZ0p4c1p2bUJ3T3JhTGtlWGFtcGxl/yJ5cVRhU2RGZ0hqS2xadHhDdkJuTXExMjM0NTY3ODkwQUJDREVGR0hJSktM",
    "TU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkr/L3NsYXNoZXMrcGx1c2VzL2FuZCtlcXVh",
    "bHMvbWFrZStlbmNvZGluZy9tYXR0ZXIrMDEyMzQ1Njc4OS9hYmNkZWYrZ2hpamtsL21ub3BxcitzdHV2d3gveXoxMjM0KzU2Nzg5",
    "MC9BQkNERUYrR0hJSktML01OT1BRUitTVFVWV1gvWVoxMjM0KzU2Nzg5MC9sb29wYmFjaytvbmx5L2V4YW1wbGUrdmFsdWUvbm90",
    "K2Evc2VjcmV0K2F0L2FsbCt0aGlzL3N0cmluZytpcy9wdWJsaWMrYW5kL3Rlc3QrZGF0YS9vbmx5K3NvL3NoYXJlK2l0L2ZyZWVs",
    "eStpbi9kb2NzK2FuZC90ZXN0cytwbGVhc2UvdGhhbmsreW91L3ZlcnkrbXVjaC8wMTIzNDU2Nzg5K2FiY2RlZi8rLz0w/EXAMPLE==",
);

/// One row of the table below: id, secret, session token, expired, allowed, ARN.
type Row = (&'static str, &'static str, Option<&'static str>, bool, bool, &'static str);

/// The identities the gateway starts with. All values are examples and public.
const EXAMPLES: [Row; 4] = [
    (
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        None,
        false,
        true,
        "arn:aws:iam::123456789012:user/example",
    ),
    (
        "ASIAEXAMPLETEMPORARY",
        "temporary/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY",
        Some(SESSION_TOKEN),
        false,
        true,
        "arn:aws:sts::123456789012:assumed-role/example/session",
    ),
    (
        "ASIAEXAMPLEEXPIRED",
        "expired/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY",
        Some(SESSION_TOKEN),
        true,
        true,
        "arn:aws:sts::123456789012:assumed-role/example/expired",
    ),
    (
        "AKIDEXAMPLEDENIED",
        "denied/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY",
        None,
        false,
        false,
        "arn:aws:iam::123456789012:user/denied",
    ),
];

/// What the gateway knows of one access key id.
#[derive(Clone)]
pub struct Identity {
    /// Access key id.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: String,
    /// The session token that must come with a temporary key.
    pub session_token: Option<String>,
    /// Milliseconds since the epoch at which the credentials end; `None` for long-lived ones.
    pub expires_at_ms: Option<i64>,
    /// Whether the identity's policy allows `execute-api:Invoke`.
    pub allowed: bool,
    /// The ARN that an AccessDenied names.
    pub arn: String,
}

impl Identity {
    /// The credentials in the form `aws-sigv4` takes. Without the session token: the token that arrived
    /// is signed as the header or parameter it came in, so that a wrong one is found after the signature.
    pub(super) fn signing_identity(&self) -> SigningIdentity {
        Credentials::new(self.access_key_id.as_str(), self.secret_access_key.as_str(), None, None, "gateway")
            .into()
    }
}

/// The identities the gateway knows, by access key id.
pub struct Identities {
    known: RwLock<HashMap<String, Arc<Identity>>>,
}

impl Default for Identities {
    fn default() -> Self {
        Self { known: RwLock::new(examples()) }
    }
}

fn examples() -> HashMap<String, Arc<Identity>> {
    EXAMPLES
        .iter()
        .map(|&(id, secret, token, expired, allowed, arn)| {
            let identity = Identity {
                access_key_id: id.into(),
                secret_access_key: secret.into(),
                session_token: token.map(Into::into),
                expires_at_ms: expired.then_some(0),
                allowed,
                arn: arn.into(),
            };
            (id.to_owned(), Arc::new(identity))
        })
        .collect()
}

impl Identities {
    /// The identity of an access key id.
    pub fn find(&self, access_key_id: &str) -> Option<Arc<Identity>> {
        self.read().get(access_key_id).cloned()
    }

    /// Adds an identity or replaces the one with its id.
    pub fn register(&self, identity: Identity) {
        self.write().insert(identity.access_key_id.clone(), Arc::new(identity));
    }

    /// Forgets an identity; false when there was none.
    pub fn revoke(&self, access_key_id: &str) -> bool {
        self.write().remove(access_key_id).is_some()
    }

    /// Back to the table of examples.
    pub fn reset(&self) {
        *self.write() = examples();
    }

    /// All identities, sorted by id.
    pub fn all(&self) -> Vec<Arc<Identity>> {
        let mut all: Vec<_> = self.read().values().cloned().collect();
        all.sort_by(|a, b| a.access_key_id.cmp(&b.access_key_id));
        all
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, HashMap<String, Arc<Identity>>> {
        self.known.read().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, HashMap<String, Arc<Identity>>> {
        self.known.write().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
