// Cognito as in pages, at the address from the environment or a profile.

import * as cognito from '../cognito.ts'
import type { ClientConfig } from '../send.ts'
import { configuredEndpoint } from './endpoints.ts'

const configured = (config?: ClientConfig): ClientConfig => ({
  ...config,
  endpoint: config?.endpoint ?? (() => configuredEndpoint('cognito_identity')),
})

export const fromCognitoIdentity = (options: cognito.IdentityOptions) =>
  cognito.fromCognitoIdentity({ ...options, clientConfig: configured(options.clientConfig) })

export const fromCognitoIdentityPool = (options: cognito.PoolOptions) =>
  cognito.fromCognitoIdentityPool({ ...options, clientConfig: configured(options.clientConfig) })
