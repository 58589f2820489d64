//! What AWS says of a call that policies do not allow: who, what, by which policy, and where to look further.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

use crate::text::{before, split_once, trim};

/// The parts of the sentence; empty where it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Denied<'a> {
    /// `execute-api:Invoke`
    pub action: &'a str,
    /// The ARN of what was called.
    pub resource: &'a str,
    /// `identity-based`, `resource-based`, `VPC endpoint`, `service control`, `session`, …
    pub policy_type: &'a str,
    /// The ARN of the policy that denies.
    pub policy: &'a str,
    /// For `GetRequestAuthorizationDetails`.
    pub authorization_id: &'a str,
    /// Where IAM shows the details.
    pub url: &'a str,
}

impl<'a> Denied<'a> {
    /// Reads a message.
    #[must_use]
    pub fn read(message: &'a str) -> Self {
        let word = |start| {
            let (_, after) = split_once(message, start).unwrap_or_default();
            trim(before(after, " \t\r\n\"'<>,;\\"), ".:()")
        };
        let explicit = split_once(message, "explicit deny in a").map(|(_, after)| trim_article(after));
        let implicit = split_once(message, "because no ").map(|(_, after)| after);
        let policy_type = explicit.or(implicit).and_then(|text| split_once(text, " policy"));
        // A kind of policy is a few words.
        let policy_type = policy_type.filter(|(kind, _)| kind.len() < 40);
        let url = word("Go to ");
        Self {
            action: word("not authorized to perform: "),
            resource: word("on resource: "),
            policy_type: policy_type.map_or("", |(kind, _)| kind),
            policy: word(" policy: "),
            authorization_id: word("authorization id: "),
            url: if url.starts_with("https://") { url } else { "" },
        }
    }
}

/// `an identity-based`, `a VPC endpoint`: what is after the article's `a`.
fn trim_article(after: &str) -> &str {
    trim(after.strip_prefix('n').unwrap_or(after), " ")
}
