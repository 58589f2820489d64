// The two kinds of errors, as callers of the AWS SDK know them. No credential is in either.

/** A provider has no credentials; `tryNextLink` says whether a chain continues with the next provider. */
export class CredentialsProviderError extends Error {
  readonly tryNextLink: boolean

  constructor(message: string, tryNextLink = true) {
    super(message)
    this.name = 'CredentialsProviderError'
    this.tryNextLink = tryNextLink
  }
}

/** A service refused: `name` is its code. A chain ends with it. */
export interface ServiceError extends Error {
  $fault: 'client' | 'server'
  $metadata: { httpStatusCode: number }
}
