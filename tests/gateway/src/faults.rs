//! Faults a test asks for: rules that pick requests, and which of them applies.

pub mod action;

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::arrived::Arrived;
pub use action::Action;

/// A rule as a test writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleSpec {
    /// Which requests; none given: all.
    #[serde(default, rename = "match")]
    matches: Match,
    /// How often the rule applies at most; none given: without end.
    times: Option<u64>,
    /// Chance of applying to a request that matches, 0 to 1.
    probability: Option<f64>,
    /// Seed of that chance, so that a run can be repeated.
    #[serde(default)]
    seed: u64,
    /// Whether the route does its work before the fault; each action has its own default.
    after_effect: Option<bool>,
    /// What happens.
    action: Action,
}

/// What a request must have for a rule to apply.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Match {
    /// Method, any case. Preflights (`OPTIONS`) are matched only by name.
    method: Option<String>,
    /// Start of the encoded path.
    path_prefix: Option<String>,
}

impl Match {
    fn covers(&self, request: &Arrived) -> bool {
        let method = self.method.as_ref().map_or_else(
            || request.method != "OPTIONS",
            |method| method.eq_ignore_ascii_case(&request.method),
        );
        let path = self.path_prefix.as_ref().is_none_or(|prefix| request.path().starts_with(prefix.as_str()));
        method && path
    }
}

/// A rule at work.
struct Rule {
    id: u64,
    spec: RuleSpec,
    left: Option<u64>,
    hits: u64,
    chance: fastrand::Rng,
}

/// What a rule does to one request.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What happens.
    pub action: Action,
    /// Whether the route does its work first.
    pub after_effect: bool,
}

/// All rules, in the order they were given.
#[derive(Default)]
pub struct Faults {
    rules: Mutex<Vec<Rule>>,
}

impl Faults {
    /// Adds rules from JSON: one rule, an array of rules, or `{"rules": [...]}`. All or none.
    pub fn add(&self, given: &Value) -> Result<(), String> {
        let list = given.get("rules").unwrap_or(given);
        let specs: Vec<RuleSpec> = if list.is_array() {
            Vec::deserialize(list)
        } else {
            RuleSpec::deserialize(list).map(|spec| vec![spec])
        }
        .map_err(|error| error.to_string())?;
        for spec in &specs {
            spec.action.check()?;
            if spec.probability.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
                return Err("probability must be from 0 to 1".into());
            }
        }
        let mut rules = self.lock();
        for spec in specs {
            let id = rules.last().map_or(1, |last| last.id + 1);
            rules.push(Rule {
                id,
                left: spec.times,
                hits: 0,
                chance: fastrand::Rng::with_seed(spec.seed),
                spec,
            });
        }
        Ok(())
    }

    /// The first rule that covers this request, has times left and falls to chance.
    pub fn pick(&self, request: &Arrived) -> Option<Fault> {
        let mut rules = self.lock();
        let rule = rules.iter_mut().find_map(|rule| {
            let falls = rule.left != Some(0)
                && rule.spec.matches.covers(request)
                && match rule.spec.probability {
                    Some(probability) => rule.chance.f64() < probability,
                    None => true,
                };
            falls.then_some(rule)
        })?;
        rule.hits += 1;
        rule.left = rule.left.map(|left| left - 1);
        let action = rule.spec.action.clone();
        Some(Fault { after_effect: rule.spec.after_effect.unwrap_or_else(|| action.answers_whole()), action })
    }

    /// The rules with what became of them.
    pub fn json(&self) -> Value {
        self.lock()
            .iter()
            .map(|rule| {
                json!({
                    "id": rule.id,
                    "action": rule.spec.action.name(),
                    "hits": rule.hits,
                    "timesLeft": rule.left,
                })
            })
            .collect()
    }

    /// Takes all rules away.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, target: &str) -> Arrived {
        Arrived { method: method.into(), target: target.into(), ..Arrived::default() }
    }

    #[test]
    fn first_rule_with_times_left_applies() {
        let faults = Faults::default();
        faults
            .add(&json!([
                { "match": { "method": "post", "pathPrefix": "/stage/a" }, "times": 1, "action": { "type": "badJson" } },
                { "action": { "type": "garbage" } },
            ]))
            .expect("rules");
        let name = |method, target| faults.pick(&request(method, target)).map(|f| f.action.name());
        assert_eq!(name("POST", "/stage/a?x"), Some("badJson"));
        assert_eq!(name("POST", "/stage/a?x"), Some("garbage"));
        assert_eq!(name("GET", "/"), Some("garbage"));
        assert_eq!(name("OPTIONS", "/"), None);
        assert_eq!(faults.json()[0]["hits"], 1);
        assert_eq!(faults.json()[1]["hits"], 2);
    }

    #[test]
    fn chance_repeats_with_its_seed() {
        let run = || -> Vec<bool> {
            let faults = Faults::default();
            faults
                .add(&json!({ "probability": 0.3, "seed": 7, "action": { "type": "badJson" } }))
                .expect("rule");
            (0..1000).map(|_| faults.pick(&request("GET", "/")).is_some()).collect()
        };
        let hits = run();
        assert_eq!(hits, run());
        let count = hits.iter().filter(|hit| **hit).count();
        assert!((250..350).contains(&count), "{count}");
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        let faults = Faults::default();
        for rule in [
            json!({}),
            json!({ "action": { "type": "explode" } }),
            json!({ "action": { "type": "stall", "delay": 1 } }),
            json!({ "action": { "type": "status", "status": 99 } }),
            json!({ "probability": 2, "action": { "type": "badJson" } }),
            json!({ "matches": {}, "action": { "type": "badJson" } }),
        ] {
            assert!(faults.add(&rule).is_err(), "{rule}");
        }
        assert_eq!(faults.json(), json!([]));
    }
}
