/**
 * Credentials for pages, Workers and Node, with the names of the AWS SDK but without it:
 *
 * ```ts
 * import { newClient } from 'gatesign'
 * import { fromCognitoIdentityPool } from 'gatesign/credentials'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod',
 *   credentials: fromCognitoIdentityPool({ identityPoolId: 'us-east-1:11111111-2222-3333-4444-555555555555' }),
 * })
 * ```
 *
 * Each function returns a provider, which sends no request until it is called. `newClient`, clients of the AWS SDK and
 * the option `masterCredentials` accept providers. They call one once for concurrent requests, and again before its
 * credentials expire. If you call a provider yourself, it asks its service each time.
 *
 * If the service refuses, the provider rejects with an error whose `name` is the service's code, such as
 * `NotAuthorizedException`, with the status in `$metadata.httpStatusCode`. An option that cannot work rejects with a
 * `TypeError` that names it, and any other failure with a {@link CredentialsProviderError}. Throttled requests, answers
 * with status 500 or above and network errors are tried again, up to `maxAttempts`. Errors contain no credential and no
 * token. Requests go to the service's own address or to `endpoint`; redirects are refused.
 */

import type { CredentialProvider, Identity } from './index.js'

/** What a provider resolves with. */
export interface AwsIdentity {
  /** Access key id. */
  readonly accessKeyId: string
  /** Secret access key. */
  readonly secretAccessKey: string
  /**
   * The token of temporary credentials. A long-lived key has none.
   *
   * @default none
   */
  readonly sessionToken?: string
  /**
   * When the credentials expire.
   *
   * @default never
   */
  readonly expiration?: Date
  /**
   * The id of their account, twelve digits.
   *
   * @default not known
   */
  readonly accountId?: string
  /**
   * A field of the AWS SDK; not read here.
   *
   * @default none
   */
  readonly credentialScope?: string
}

/** Credentials that expire. */
export interface TemporaryIdentity extends AwsIdentity {
  /** Sent and signed as `x-amz-security-token`. */
  readonly sessionToken: string
  /** When the credentials expire. */
  readonly expiration: Date
}

/** Credentials from Cognito. */
export interface CognitoIdentity extends TemporaryIdentity {
  /** The identity's id in its pool, such as `us-east-1:11111111-2222-3333-4444-555555555555`. */
  readonly identityId: string
}

/** What clients of the AWS SDK pass to a provider; `newClient` passes only `forceRefresh`. */
export interface ProviderProperties {
  /**
   * The client's region, for providers that call a service and have no region of their own; and its profile.
   *
   * @default none
   */
  callerClientConfig?: { region?: string | (() => string | Promise<string>); profile?: string }
  /**
   * `true` bypasses the provider's cache.
   *
   * @default false
   */
  forceRefresh?: boolean
}

/** @throws what each function describes: the provider rejects */
export type Provider<Given extends AwsIdentity = AwsIdentity> = (
  properties?: ProviderProperties,
) => Promise<Given>

/** No credentials are available. The class is not exported: test `name`. */
export interface CredentialsProviderError extends Error {
  /** `CredentialsProviderError`, as in the AWS SDK. */
  name: string
  /** Whether a chain of providers continues with the next one. */
  tryNextLink: boolean
}

/** How to call the service that issues the credentials. */
export interface ClientConfig {
  /**
   * The service's region, or a function that returns it.
   *
   * @default for Cognito the region at the start of the id; for STS the caller's, in Node the environment's and the
   *   profile's, then `us-east-1`
   * @throws {TypeError} if it cannot be part of a host name
   */
  region?: string | (() => string | Promise<string>) | undefined
  /**
   * The service's address, to replace AWS's own, or a function that returns it.
   *
   * @default in Node `AWS_ENDPOINT_URL_STS` (`…_COGNITO_IDENTITY`, `…_SSO`), `AWS_ENDPOINT_URL` or the profile's
   *   `endpoint_url`; otherwise the region's
   * @throws {TypeError} if it is neither `https:` nor on this machine
   */
  endpoint?: string | URL | (() => string | URL | undefined | Promise<string | URL | undefined>) | undefined
  /**
   * How often a request is sent at most, the first attempt included.
   *
   * @default 3
   */
  maxAttempts?: number | undefined
  /**
   * Called instead of the global `fetch`.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof fetch | undefined
}

/** {@link ClientConfig} for AWS STS. */
export interface StsClientConfig extends ClientConfig {
  /**
   * Credentials to sign `AssumeRole` with, if `masterCredentials` is not set.
   *
   * @default none
   */
  credentials?: Identity | CredentialProvider | undefined
  /**
   * In Node, the profile whose region and endpoint are used.
   *
   * @default `AWS_PROFILE`, then `default`
   */
  profile?: string | undefined
}

/** Options of {@link fromCognitoIdentity} and {@link fromCognitoIdentityPool}. */
export interface CognitoProviderParameters {
  /**
   * How to call Cognito.
   *
   * @default in the region at the start of the id
   */
  clientConfig?: ClientConfig | undefined
  /**
   * The role to use if the login's token allows several.
   *
   * @default the one that the pool chooses
   */
  customRoleArn?: string | undefined
  /**
   * The user's logins: tokens by the name of their provider, such as `{
   * 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Example': idToken }`. A function is called for each request, which
   * allows tokens to be renewed. Without `logins` the user is a guest.
   *
   * @default none
   */
  logins?: Record<string, string | (() => string | Promise<string>)> | undefined
}

/** Options of {@link fromCognitoIdentity}. */
export interface FromCognitoIdentityParameters extends CognitoProviderParameters {
  /** The identity's id, with its region. */
  identityId: string
}

/** Stores ids of identities. `localStorage` has this interface. */
export interface IdentityCache {
  /** @returns the value stored under the key, or nothing */
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>
  /** Stores a value. Errors are ignored. */
  setItem(key: string, value: string): unknown
  /** Removes a value. Errors are ignored. */
  removeItem(key: string): unknown
}

/** Options of {@link fromCognitoIdentityPool}. */
export interface FromCognitoIdentityPoolParameters extends CognitoProviderParameters {
  /** The pool's id, with its region. */
  identityPoolId: string
  /**
   * The AWS account of the pool.
   *
   * @default not sent
   */
  accountId?: string | undefined
  /**
   * Stores the id of a guest, and of a user whom `userIdentifier` names.
   *
   * @default the database (IndexedDB) in which the AWS SDK stores it, so that guests keep their identity; without
   *   IndexedDB, memory
   */
  cache?: IdentityCache | undefined
  /**
   * Your own name for the user, under which the id is stored.
   *
   * @default without `logins` one name for all guests; with `logins` the id is kept in the provider only
   */
  userIdentifier?: string | undefined
}

/**
 * Returns credentials of a Cognito identity.
 * https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html
 *
 * ```ts
 * const credentials = fromCognitoIdentity({ identityId: 'us-east-1:11111111-2222-3333-4444-555555555555' })
 * ```
 *
 * @throws {Error} of Cognito, such as `ResourceNotFoundException`: the provider rejects
 */
export function fromCognitoIdentity(options: FromCognitoIdentityParameters): Provider<CognitoIdentity>

/**
 * Returns credentials of a user or guest of a Cognito identity pool, by the enhanced flow. If Cognito refuses an
 * identity, its id is removed, and the next call asks for a new one.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
 *
 * ```ts
 * const credentials = fromCognitoIdentityPool({
 *   identityPoolId: 'us-east-1:11111111-2222-3333-4444-555555555555',
 *   logins: { 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Example': async () => idToken },
 * })
 * ```
 *
 * @throws {Error} of Cognito, such as `NotAuthorizedException`: the provider rejects
 */
export function fromCognitoIdentityPool(options: FromCognitoIdentityPoolParameters): Provider<CognitoIdentity>

/** Options of {@link fromWebToken}. */
export interface FromWebTokenInit {
  /** The role's ARN. */
  roleArn: string
  /** The token of the web identity (OIDC, OAuth 2.0). */
  webIdentityToken: string
  /**
   * The session's name in logs.
   *
   * @default `gatesign-` and the time
   */
  roleSessionName?: string | undefined
  /**
   * The issuer of the token, for OAuth 2.0: `www.amazon.com` or `graph.facebook.com`.
   *
   * @default not sent
   */
  providerId?: string | undefined
  /**
   * Policies that restrict the session.
   *
   * @default none
   */
  policyArns?: { arn?: string | undefined }[] | undefined
  /**
   * A policy as JSON that restricts the session.
   *
   * @default none
   */
  policy?: string | undefined
  /**
   * Seconds until the credentials expire, 900 or more. STS sets the default.
   *
   * @default 3600
   */
  durationSeconds?: number | undefined
  /**
   * How to call STS.
   *
   * @default in the caller's region
   */
  clientConfig?: StsClientConfig | undefined
  /**
   * Called instead of STS, with the parameters of `AssumeRoleWithWebIdentity`.
   *
   * @default STS
   */
  roleAssumerWithWebIdentity?: ((params: any) => Promise<AwsIdentity>) | undefined
}

/**
 * Returns credentials of a role in exchange for the token of a web identity.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 *
 * ```ts
 * const credentials = fromWebToken({ roleArn: 'arn:aws:iam::123456789012:role/page', webIdentityToken: idToken })
 * ```
 *
 * @throws {Error} of STS, such as `InvalidIdentityTokenException`: the provider rejects
 */
export function fromWebToken(options: FromWebTokenInit): Provider

/** Options of {@link fromTemporaryCredentials}. */
export interface FromTemporaryCredentialsOptions {
  /**
   * The parameters of `AssumeRole`, by the names that STS uses: `RoleArn`, and `RoleSessionName`, `DurationSeconds`,
   * `ExternalId`, `Policy`, `PolicyArns`, `Tags`, `TransitiveTagKeys`, `SerialNumber`, `SourceIdentity`. By default
   * `RoleSessionName` is `gatesign-` and the time.
   */
  params: { RoleArn: string; RoleSessionName?: string | undefined } & Record<string, unknown>
  /**
   * Credentials that may assume the role.
   *
   * @default `clientConfig.credentials`, then, in Node, `fromNodeProviderChain()`
   */
  masterCredentials?: Identity | CredentialProvider | undefined
  /**
   * How to call STS.
   *
   * @default in the caller's region
   */
  clientConfig?: StsClientConfig | undefined
  /**
   * Returns the code of the MFA device in `params.SerialNumber`. Without it such parameters are refused.
   *
   * @default none
   */
  mfaCodeProvider?: ((serialNumber: string) => string | Promise<string>) | undefined
}

/**
 * Returns credentials of a role that other credentials may assume. This package signs the request.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 *
 * ```ts
 * const credentials = fromTemporaryCredentials({
 *   masterCredentials: fromCognitoIdentityPool({ identityPoolId }),
 *   params: { RoleArn: 'arn:aws:iam::123456789012:role/reader' },
 * })
 * ```
 *
 * @throws {CredentialsProviderError} without master credentials, or without a required MFA code: the provider rejects
 * @throws {Error} of STS, such as `AccessDenied`: the provider rejects
 */
export function fromTemporaryCredentials(
  options: FromTemporaryCredentialsOptions,
): Provider<TemporaryIdentity>

/** Options of {@link fromHttp}. */
export interface FromHttpOptions {
  /**
   * The address that answers `{ AccessKeyId, SecretAccessKey, Token, Expiration }`.
   *
   * @throws {CredentialsProviderError} if it is neither `https:`, on this machine, nor that of ECS or EKS
   */
  credentialsFullUri: string
  /**
   * Sent as `Authorization`.
   *
   * @default none
   */
  authorizationToken?: string | undefined
  /**
   * How often a request that failed is sent again.
   *
   * @default 3
   */
  maxRetries?: number | undefined
  /**
   * Milliseconds between two attempts.
   *
   * @default 1000
   */
  timeout?: number | undefined
  /**
   * Called instead of the global `fetch`.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof fetch | undefined
}

/**
 * Returns credentials from an HTTP endpoint, such as your own.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 *
 * ```ts
 * const credentials = fromHttp({ credentialsFullUri: 'https://login.example.com/credentials' })
 * ```
 *
 * @throws {CredentialsProviderError} if it answers with a status other than 200, or with anything but credentials: the
 *   provider rejects
 */
export function fromHttp(options: FromHttpOptions): Provider<TemporaryIdentity>
