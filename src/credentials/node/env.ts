// Credentials in environment variables.

import { CredentialsProviderError } from '../errors.ts'
import type { SdkIdentity } from '../identity.ts'
import type { Logger } from './profiles.ts'

export const fromEnv =
  (init: { logger?: Logger | undefined } = {}) =>
  async (): Promise<SdkIdentity> => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env
    const { AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION, AWS_CREDENTIAL_SCOPE, AWS_ACCOUNT_ID } = process.env
    if (!accessKeyId || !secretAccessKey) {
      throw new CredentialsProviderError(
        `${accessKeyId ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID'} is not set in the environment`,
      )
    }
    init.logger?.debug?.('credentials of the environment: AWS_ACCESS_KEY_ID')
    return {
      accessKeyId,
      secretAccessKey,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
      ...(AWS_CREDENTIAL_EXPIRATION && { expiration: new Date(AWS_CREDENTIAL_EXPIRATION) }),
      ...(AWS_CREDENTIAL_SCOPE && { credentialScope: AWS_CREDENTIAL_SCOPE }),
      ...(AWS_ACCOUNT_ID && { accountId: AWS_ACCOUNT_ID }),
    }
  }
