//! What the module does for the scripts, as `src/js/jobs.ts` numbers it; a test holds both lists together.

/// A job; its number is its place here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Makes a client.
    NewClient,
    /// Gives a client its credentials.
    SetCredentials,
    /// The request of a client's call.
    Prepare,
    /// The presigned URL of a client's call.
    PresignCall,
    /// Makes a signer.
    NewSigner,
    /// The headers to add to a request.
    Sign,
    /// The query of a request's presigned URL.
    Presign,
    /// The signature of a text.
    SignString,
    /// The names of a template's variables.
    TemplateNames,
    /// What to do about a failed attempt.
    Next,
    /// Wipes a client or signer, and what is left of its jobs.
    Destroy,
    /// What a host's name says, and what of a signature's scope contradicts it.
    Host,
    /// Makes a signer of Signature Version 4A.
    NewV4aSigner,
}

impl Job {
    /// All jobs in the order of their numbers.
    pub const ALL: [Self; 13] = [
        Self::NewClient,
        Self::SetCredentials,
        Self::Prepare,
        Self::PresignCall,
        Self::NewSigner,
        Self::Sign,
        Self::Presign,
        Self::SignString,
        Self::TemplateNames,
        Self::Next,
        Self::Destroy,
        Self::Host,
        Self::NewV4aSigner,
    ];
}
