//! What can be changed while the gateway runs: clock, CORS, the private API's id, recording.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Settings of the running gateway; `GET /__gateway/config` shows them, `POST` changes some.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Config {
    /// Added to the machine's clock, milliseconds.
    pub clock_offset_ms: i64,
    /// Answers to preflights and the headers of other answers.
    pub cors: Cors,
    /// Whether refusals carry CORS headers (real ones do not unless `DEFAULT_4XX` is configured).
    pub cors_on_errors: bool,
    /// The API id that `x-apigw-api-id` or `Host` must name; `None` for a public API.
    pub require_api_id: Option<String>,
    /// Whether requests are kept for `GET /__gateway/requests`.
    pub record: bool,
    /// Largest body taken, bytes.
    pub max_body_bytes: usize,
}

/// CORS settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cors {
    /// False: no `OPTIONS` method and no CORS headers.
    pub enabled: bool,
    /// `access-control-allow-headers`.
    pub allow_headers: String,
    /// `access-control-allow-origin`.
    pub allow_origin: String,
    /// `access-control-expose-headers`; empty for none, as API Gateway has it.
    pub expose_headers: String,
}

/// API Gateway's payload quota.
const PAYLOAD_QUOTA: usize = 10 * 1024 * 1024;

impl Default for Config {
    fn default() -> Self {
        Self {
            clock_offset_ms: 0,
            cors: Cors::default(),
            cors_on_errors: true,
            require_api_id: None,
            record: true,
            max_body_bytes: PAYLOAD_QUOTA,
        }
    }
}

impl Default for Cors {
    fn default() -> Self {
        Self {
            enabled: true,
            allow_headers: "Content-Type,Authorization,X-Amz-Date,X-Api-Key,X-Amz-Security-Token".into(),
            allow_origin: "*".into(),
            expose_headers: String::new(),
        }
    }
}

impl Config {
    /// This configuration with the members of `change` laid over it; unknown names are errors.
    pub fn merged(&self, change: &Value) -> Result<Self, String> {
        let mut whole = serde_json::to_value(self).map_err(|error| error.to_string())?;
        lay_over(&mut whole, change);
        serde_json::from_value(whole).map_err(|error| error.to_string())
    }
}

/// Objects are laid over member by member, anything else replaces.
fn lay_over(base: &mut Value, change: &Value) {
    if let (Value::Object(base), Value::Object(change)) = (&mut *base, change) {
        for (name, value) in change {
            lay_over(base.entry(name.clone()).or_insert(Value::Null), value);
        }
        return;
    }
    base.clone_from(change);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn merges_deeply_and_refuses_unknown_names() {
        let config = Config::default()
            .merged(&json!({ "cors": { "allowOrigin": "http://a" }, "clockOffsetMs": -5 }))
            .expect("known names");
        assert_eq!(config.cors.allow_origin, "http://a");
        assert!(config.cors.enabled);
        assert_eq!(config.clock_offset_ms, -5);
        assert!(Config::default().merged(&json!({ "clokc": 1 })).is_err());
        assert!(Config::default().merged(&json!([])).is_err());
        assert_eq!(
            config.merged(&json!({ "requireApiId": "abc" })).expect("id").require_api_id,
            Some("abc".into())
        );
    }
}
