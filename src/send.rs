//! A client that sends (feature `send`): the policy of the npm package over any transport. It retries,
//! corrects the clock, renews credentials, and has a timeout for the whole call; the transport sends, waits
//! and returns the time. The feature `web` has a transport over the platform's fetch, and `examples/reqwest`
//! shows one over `reqwest`.

use crate::client::refusal::{Failure, Next, next};
use crate::client::template::Value;
use crate::client::{Call, Client as Core, Options, Prepared};
use crate::sigv4::timestamp::Timestamp;
use crate::sigv4::{Credentials, Payload};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::future::Future;
use error::Refused;
use source::Source;
use std::sync::{Mutex, MutexGuard, PoisonError};

mod error;
mod race;
mod source;
mod turn;

pub use error::{Error, NetworkError};

/// Sends requests, waits, and returns the time.
pub trait Transport {
    /// An answer whose body has not been read.
    type Response: Response;

    /// The URL as the platform's parser writes it, and its origin (`https://host:port`); none if the parser
    /// refuses it. What is signed must be what is sent: if the returned URL differs, nothing is sent.
    fn parse(&self, url: &str) -> Option<(String, String)>;

    /// Milliseconds since the epoch.
    fn now(&self) -> f64;

    /// A random number from 0 to 1, for the delays between attempts.
    fn random(&self) -> f64;

    /// Waits this many milliseconds.
    fn sleep(&self, ms: f64) -> impl Future<Output = ()>;

    /// Sends one request, and does not follow redirects if it is guarded. Dropping the future cancels the
    /// request.
    fn send(&self, request: Outgoing<'_>) -> impl Future<Output = Result<Self::Response, NetworkError>>;
}

/// An answer.
pub trait Response {
    /// The status; 0 for a redirect that the platform hides.
    fn status(&self) -> u16;

    /// The first header of this name, which is in lower case.
    fn header(&self, name: &str) -> Option<String>;

    /// The whole body as text.
    fn text(self) -> impl Future<Output = Result<String, NetworkError>>;
}

/// A request to send.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    /// Upper case.
    pub method: &'a str,
    /// The URL as [`Transport::parse`] returns it.
    pub url: &'a str,
    /// Lower-case names, each once.
    pub headers: &'a [(String, String)],
    /// Absent if there is no body.
    pub body: Option<&'a [u8]>,
    /// Whether it contains a credential, which a redirect would send to another server.
    pub guarded: bool,
}

/// Credentials, and until when they are valid.
pub struct Identity {
    /// Access key id, secret access key and token.
    pub credentials: Credentials,
    /// When they expire, in milliseconds since the epoch; absent for never.
    pub expires: Option<f64>,
}

/// The source of credentials: an async function. It is called once for concurrent requests, again five
/// minutes before the credentials expire, and with `true` when the gateway says that the token has expired.
pub trait Provider {
    /// Returns the credentials, or why there are none, in a text without credentials.
    fn identity(&self, force_refresh: bool) -> impl Future<Output = Result<Identity, String>>;
}

impl<F, G> Provider for F
where
    F: Fn(bool) -> G,
    G: Future<Output = Result<Identity, String>>,
{
    fn identity(&self, force_refresh: bool) -> impl Future<Output = Result<Identity, String>> {
        self(force_refresh)
    }
}

/// How long to wait before a retry.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Delay {
    /// Not at all.
    #[default]
    None,
    /// This many milliseconds.
    Fixed(f64),
    /// 2ⁿ · 100 ms and up to 20 % more.
    Exponential,
}

/// What a client does when a call fails.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// How many times a failed call is sent again. Each attempt is signed again.
    pub retries: u32,
    /// The delay before each retry. A longer `Retry-After` wins.
    pub delay: Delay,
    /// The timeout of a whole call in milliseconds; 0 for none.
    pub timeout: f64,
    /// Whether to correct a wrong clock by the gateway's, and to send the call once more.
    pub correct_clock: bool,
    /// Milliseconds that are added to the clock for signing.
    pub clock_offset: f64,
}

impl Default for Policy {
    fn default() -> Self {
        Self { retries: 0, delay: Delay::None, timeout: 0.0, correct_clock: true, clock_offset: 0.0 }
    }
}

/// One call.
#[derive(Clone, Copy, Default)]
pub struct Invoke<'a> {
    /// RFC 6570 template, appended to invokeUrl; with `absolute`, path and query of a URL on its origin.
    pub template: &'a str,
    /// Whether `template` is used as it is.
    pub absolute: bool,
    /// Values of the template's variables.
    pub variables: &'a [(&'a str, Value<'a>)],
    /// The method, in upper or lower case.
    pub method: &'a str,
    /// The call's own headers, which win over the client's, without the content type.
    pub headers: &'a [(&'a str, &'a str)],
    /// Names and values of the query, not yet encoded.
    pub parameters: &'a [(&'a str, &'a str)],
    /// The body's media type.
    pub content_type: &'a str,
    /// Absent if there is no body.
    pub body: Option<&'a [u8]>,
    /// The timeout of this call in milliseconds; 0 for the policy's.
    pub timeout: f64,
}

/// A client that sends over `T` and signs with credentials of `P`.
pub struct Client<T, P> {
    transport: T,
    provider: Option<P>,
    source: Source,
    core: Mutex<Core>,
    /// Milliseconds added to the transport's clock.
    offset: Mutex<f64>,
    policy: Policy,
    origin: String,
}

/// A request that is ready to be sent.
struct Ready {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    guarded: bool,
}

/// How many milliseconds the clocks may differ before a correction is worth it.
const SKEW: f64 = 60_000.0;

impl<T: Transport, P: Provider> Client<T, P> {
    /// Checks what every request will contain; nothing is sent. `options.origin` and `options.signs` are set
    /// here. Without a provider requests are not signed.
    ///
    /// # Errors
    /// [`Error::Argument`] names the option that cannot work.
    pub fn new(
        options: &Options<'_>,
        policy: Policy,
        transport: T,
        provider: Option<P>,
    ) -> Result<Self, Error> {
        let origin = transport.parse(options.invoke_url).map(|(_, origin)| origin).unwrap_or_default();
        let options = Options { origin: &origin, signs: provider.is_some(), ..*options };
        let core = Core::new(&options).map_err(Error::Argument)?;
        Ok(Self {
            transport,
            provider,
            source: Source::default(),
            core: Mutex::new(core),
            offset: Mutex::new(policy.clock_offset),
            policy,
            origin,
        })
    }

    /// Sends until it succeeds or may not be tried again, and passes the answer to `finish`, which the
    /// timeout covers too.
    ///
    /// # Errors
    /// [`Error`] says what went wrong with the last attempt.
    pub async fn send<R, F, G>(&self, invoke: &Invoke<'_>, finish: F) -> Result<R, Error>
    where
        F: FnOnce(T::Response) -> G,
        G: Future<Output = Result<R, Error>>,
    {
        let timeout = if invoke.timeout > 0.0 { invoke.timeout } else { self.policy.timeout };
        let whole = async { finish(self.repeated(invoke, timeout).await?).await };
        if timeout > 0.0 {
            race::within(whole, self.transport.sleep(timeout))
                .await
                .unwrap_or(Err(Error::Timeout { ms: timeout }))
        } else {
            whole.await
        }
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// The origin that every call goes to.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    async fn repeated(&self, invoke: &Invoke<'_>, timeout: f64) -> Result<T::Response, Error> {
        let started = self.transport.now();
        let (mut attempt, mut corrected, mut renewed) = (0, false, false);
        let mut last = None;
        loop {
            // The gateway's answer says more than that there are no new credentials.
            let generation = match self.current().await {
                Ok(generation) => generation,
                Err(cause) => return Err(last.unwrap_or(Error::Credentials(cause))),
            };
            let now = timestamp(self.transport.now() + *lock(&self.offset))?;
            let ready = self.prepare(invoke, now)?;
            let refused = match self.attempt(&ready, invoke.body).await {
                Ok(response) => return Ok(response),
                Err(refused) => refused,
            };
            let failure = Failure {
                method: &ready.method,
                refusal: refused.refusal(),
                date: &refused.date,
                retry_after: &refused.retry_after,
                may_correct: self.policy.correct_clock && !corrected,
                may_renew: self.provider.is_some() && !renewed,
                attempt: if attempt < self.policy.retries { attempt + 1 } else { 0 },
                own_condition: false,
                exponential: self.policy.delay == Delay::Exponential,
            };
            match next(&failure, now, self.transport.random()) {
                Next::Stop => return Err(refused.error),
                Next::CorrectClock(time) => {
                    corrected = true;
                    self.correct(time);
                }
                Next::RenewToken => {
                    renewed = true;
                    if self.renew_after(generation).await.is_err() {
                        return Err(refused.error);
                    }
                }
                Next::Wait(least) => {
                    attempt += 1;
                    let delay = if let Delay::Fixed(ms) = self.policy.delay { least.max(ms) } else { least };
                    // If the next attempt cannot start in time, waiting would only hide the error.
                    if timeout > 0.0 && started + timeout - self.transport.now() <= delay {
                        return Err(refused.error);
                    }
                    self.transport.sleep(delay).await;
                }
            }
            last = Some(refused.error);
        }
    }

    async fn attempt(&self, ready: &Ready, body: Option<&[u8]>) -> Result<T::Response, Refused> {
        let Ready { method, url, headers, guarded } = ready;
        let outgoing = Outgoing { method, url, headers, body, guarded: *guarded };
        let response = self.transport.send(outgoing).await.map_err(Refused::from_network)?;
        let status = response.status();
        if (200..300).contains(&status) {
            return Ok(response);
        }
        Err(Refused::read(response, status, ready.guarded).await)
    }

    /// The exact request for the time `now`.
    fn prepare(&self, invoke: &Invoke<'_>, now: Timestamp) -> Result<Ready, Error> {
        let Invoke { template, absolute, method, headers, parameters, content_type, body, .. } = *invoke;
        let variables: BTreeMap<&str, &Value<'_>> =
            invoke.variables.iter().map(|(name, value)| (*name, value)).collect();
        let prepared: Prepared = lock(&self.core)
            .prepare(
                &Call {
                    absolute,
                    template,
                    variables: &|_, name| variables.get(name).copied(),
                    method,
                    headers,
                    parameters,
                    content_type,
                    has_body: body.is_some(),
                },
                body.map_or(Payload::Empty, Payload::Bytes),
                now,
            )
            .map_err(Error::Argument)?;
        let url = prepared.url().to_owned();
        // Whatever the arguments were, the platform must send what was signed, and to this origin.
        if self.transport.parse(&url) != Some((url.clone(), self.origin.clone())) {
            return Err(Error::NotAsSigned);
        }
        let headers: Vec<(String, String)> =
            prepared.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let carries = |name: &str| headers.iter().any(|(other, _)| other == name);
        let guarded = prepared.signed().is_some() || carries("x-api-key") || carries("x-amz-security-token");
        Ok(Ready { method: prepared.method().to_owned(), url, headers, guarded })
    }

    /// Makes sure that valid credentials are in use, and returns their number.
    async fn current(&self) -> Result<u64, String> {
        let Some(provider) = &self.provider else { return Ok(0) };
        self.source.current(provider, &|| self.transport.now(), &|credentials| self.take(credentials)).await
    }

    async fn renew_after(&self, refused: u64) -> Result<(), String> {
        let Some(provider) = &self.provider else { return Ok(()) };
        self.source.renew_after(refused, provider, &|credentials| self.take(credentials)).await
    }

    fn take(&self, credentials: Credentials) -> Result<(), String> {
        lock(&self.core)
            .set_credentials(credentials)
            .map_err(|error| alloc::string::ToString::to_string(&error))
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this age are whole numbers of an f64")]
    fn correct(&self, server: Timestamp) {
        let (server, here) = (server.millis() as f64, self.transport.now());
        let mut offset = lock(&self.offset);
        if (server - here - *offset).abs() > SKEW {
            *offset = server - here;
        }
    }
}

fn timestamp(ms: f64) -> Result<Timestamp, Error> {
    Timestamp::from_millis(ms).map_err(|_| Error::Clock)
}

/// A poisoned lock is fine: no change here takes two steps, so a panic cannot leave it half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
