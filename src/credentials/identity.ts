// What providers return, and clients of this package and of the AWS SDK accept.

export interface SdkIdentity {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
  readonly accountId?: string
  readonly credentialScope?: string
}

/** Of temporary credentials, which always have both. */
export interface TemporaryIdentity extends SdkIdentity {
  readonly sessionToken: string
  readonly expiration: Date
}
