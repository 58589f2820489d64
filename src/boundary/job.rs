//! What the module does for the scripts, with the numbers of `src/js/jobs.ts`; a test compares both lists.

/// A job; its number is its position here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Makes a client.
    NewClient,
    /// Sets a client's credentials.
    SetCredentials,
    /// The request of a client's call.
    Prepare,
    /// The presigned URL of a client's call.
    PresignCall,
    /// Makes a signer.
    NewSigner,
    /// The headers to add to a request.
    Sign,
    /// The query of a presigned URL.
    Presign,
    /// The signature of a text.
    SignString,
    /// The names of a template's variables.
    TemplateNames,
    /// Decides about a failed attempt.
    Next,
    /// Wipes a client or signer, and the remains of its jobs.
    Destroy,
    /// What a host's name says, and which part of a signature's scope contradicts it.
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
