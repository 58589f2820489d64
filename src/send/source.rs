//! Credentials of a provider, which is called once for all calls that need them, and again before they
//! expire.

use super::turn::Turn;
use super::{Provider, lock};
use crate::sigv4::Credentials;
use alloc::string::String;
use std::sync::Mutex;

/// How long before they expire credentials are renewed, in milliseconds.
const EARLY: f64 = 300_000.0;
/// How long to wait after a failed renewal while the old credentials are valid, in milliseconds.
const PAUSE: f64 = 30_000.0;

#[derive(Default)]
struct State {
    /// Counts identities, so that a refused one is renewed only once, however many calls failed with it. 0
    /// for none yet.
    generation: u64,
    expires: f64,
    paused_until: f64,
    /// Counts answers of the provider, so that calls that waited for one use it.
    answers: u64,
    failed: Option<String>,
}

#[derive(Default)]
pub(super) struct Source {
    state: Mutex<State>,
    turn: Turn,
}

impl Source {
    /// Makes sure that an identity is in use, and returns its number.
    pub(super) async fn current(
        &self,
        provider: &impl Provider,
        now: &impl Fn() -> f64,
        take: &impl Fn(Credentials) -> Result<(), String>,
    ) -> Result<u64, String> {
        let answers = {
            let state = lock(&self.state);
            let time = now();
            let waits = time < state.expires && time < state.paused_until;
            if state.generation > 0 && (time < state.expires - EARLY || waits) {
                return Ok(state.generation);
            }
            state.answers
        };
        let renewed = self.renew_once(answers, false, provider, take).await;
        let mut state = lock(&self.state);
        let time = now();
        match renewed {
            Err(error) if time >= state.expires => Err(error),
            Err(_) => {
                state.paused_until = time + PAUSE;
                Ok(state.generation)
            }
            Ok(()) => Ok(state.generation),
        }
    }

    /// Renews after the gateway called an identity expired, unless another one is already in use.
    pub(super) async fn renew_after(
        &self,
        refused: u64,
        provider: &impl Provider,
        take: &impl Fn(Credentials) -> Result<(), String>,
    ) -> Result<(), String> {
        let answers = {
            let state = lock(&self.state);
            if state.generation != refused {
                return Ok(());
            }
            state.answers
        };
        self.renew_once(answers, true, provider, take).await
    }

    /// Calls the provider, unless another call got an answer since `answers` was counted.
    async fn renew_once(
        &self,
        answers: u64,
        force: bool,
        provider: &impl Provider,
        take: &impl Fn(Credentials) -> Result<(), String>,
    ) -> Result<(), String> {
        let _turn = self.turn.take().await;
        {
            let state = lock(&self.state);
            if state.answers != answers {
                return state.failed.clone().map_or(Ok(()), Err);
            }
        }
        let found = provider.identity(force).await;
        let renewed = found.and_then(|identity| take(identity.credentials).map(|()| identity.expires));
        let mut state = lock(&self.state);
        state.answers += 1;
        state.failed = renewed.as_ref().err().cloned();
        let expires = renewed?;
        state.generation += 1;
        state.expires = expires.unwrap_or(f64::INFINITY);
        Ok(())
    }
}
