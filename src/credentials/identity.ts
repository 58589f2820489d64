// What providers give: what clients of this package and of the AWS SDK take.

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
