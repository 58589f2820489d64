//! The numbers of the jobs, as in `src/js/core.js`.

/// Makes a client.
pub const NEW_CLIENT: u32 = 0;
/// Gives a client its credentials.
pub const SET_CREDENTIALS: u32 = 1;
/// The request of a client's call.
pub const PREPARE: u32 = 2;
/// The presigned URL of a client's call.
pub const PRESIGN_CALL: u32 = 3;
/// Makes a signer. The jobs before this one are a client's, those after it a signer's.
pub const NEW_SIGNER: u32 = 4;
/// The headers to add to a request.
pub const SIGN: u32 = 5;
/// The query of a request's presigned URL.
pub const PRESIGN: u32 = 6;
/// The signature of a text.
pub const SIGN_STRING: u32 = 7;
/// The names of a template's variables. The first of the jobs that nobody owns.
pub const TEMPLATE_NAMES: u32 = 8;
/// Whether a failed attempt is repeated.
pub const IS_RETRYABLE: u32 = 9;
/// The delay of `retryDelay: 'exponential'` in ms.
pub const EXPONENTIAL_DELAY: u32 = 10;
/// What a `Retry-After` header asks for in ms.
pub const RETRY_AFTER: u32 = 11;
/// The server's clock in a refusal's message.
pub const SERVER_TIME: u32 = 12;
/// The cause of a refusal.
pub const DIAGNOSE: u32 = 13;
/// Wipes a client or signer, and what is left of its jobs.
pub const DESTROY: u32 = 14;
