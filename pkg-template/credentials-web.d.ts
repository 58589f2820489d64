/**
 * Credentials for pages, Workers and Node, without the AWS SDK and under its names:
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
 * Each function returns a provider, which asks when it is called, and not before. `newClient`, clients of the
 * AWS SDK and each other's `masterCredentials` take providers as they are, call one once for concurrent requests,
 * and again before its credentials end. A provider called by hand asks each time.
 *
 * A service that refuses makes a provider reject with an error whose `name` is the service's code, such as
 * `NotAuthorizedException`, with its status in `$metadata.httpStatusCode`; what else is wrong rejects with a
 * {@link CredentialsProviderError}, and an option that cannot work with a `TypeError` that names it. Throttled
 * requests, answers from 500 on and failures of the network are tried again, up to `maxAttempts`. No credential
 * and no token is in any error. Requests go to the service's own address or to `endpoint`; redirects are refused.
 */

import type { CredentialProvider, Identity } from './index.js'

/** What a provider gives. */
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
   * When they end.
   *
   * @default never
   */
  readonly expiration?: Date
  /**
   * The account they belong to, twelve digits.
   *
   * @default not known
   */
  readonly accountId?: string
  /**
   * What the AWS SDK calls so; not read here.
   *
   * @default none
   */
  readonly credentialScope?: string
}

/** Credentials that end. */
export interface TemporaryIdentity extends AwsIdentity {
  /** Sent and signed as `x-amz-security-token`. */
  readonly sessionToken: string
  /** When they end. */
  readonly expiration: Date
}

/** What Cognito gives. */
export interface CognitoIdentity extends TemporaryIdentity {
  /** The identity's id in its pool, such as `us-east-1:11111111-2222-3333-4444-555555555555`. */
  readonly identityId: string
}

/** What clients of the AWS SDK tell a provider; `newClient` gives `forceRefresh` only. */
export interface ProviderProperties {
  /**
   * The region of the client, for providers that ask a service and were given none; and its profile.
   *
   * @default none
   */
  callerClientConfig?: { region?: string | (() => string | Promise<string>); profile?: string }
  /**
   * True asks again what the provider keeps.
   *
   * @default false
   */
  forceRefresh?: boolean
}

/** @throws what is described for each function: a provider rejects */
export type Provider<Given extends AwsIdentity = AwsIdentity> = (
  properties?: ProviderProperties,
) => Promise<Given>

/** Credentials cannot be had. The class is not exported: look at `name`. */
export interface CredentialsProviderError extends Error {
  /** `CredentialsProviderError`, as in the AWS SDK. */
  name: string
  /** Whether a chain of providers goes on to its next one. */
  tryNextLink: boolean
}

/** How the service is asked that gives the credentials. */
export interface ClientConfig {
  /**
   * The service's region, or a function that returns it.
   *
   * @default for Cognito the one that the id begins with; for STS the caller's, in Node the environment's and the
   *   profile's, then `us-east-1`
   * @throws {TypeError} if it cannot be part of a host name
   */
  region?: string | (() => string | Promise<string>) | undefined
  /**
   * The service's address, in place of AWS's own, or a function that returns it.
   *
   * @default in Node `AWS_ENDPOINT_URL_STS` (`…_COGNITO_IDENTITY`, `…_SSO`), `AWS_ENDPOINT_URL` or the profile's
   *   `endpoint_url`; otherwise the region's
   * @throws {TypeError} if it is neither `https:` nor on this machine
   */
  endpoint?: string | URL | (() => string | URL | undefined | Promise<string | URL | undefined>) | undefined
  /**
   * How often a request is sent at most.
   *
   * @default 3
   */
  maxAttempts?: number | undefined
  /**
   * Called in place of the global `fetch`.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof fetch | undefined
}

/** {@link ClientConfig} of AWS STS. */
export interface StsClientConfig extends ClientConfig {
  /**
   * What `AssumeRole` is signed with, if `masterCredentials` does not say.
   *
   * @default none
   */
  credentials?: Identity | CredentialProvider | undefined
  /**
   * In Node the profile whose region and endpoint are taken.
   *
   * @default `AWS_PROFILE`, then `default`
   */
  profile?: string | undefined
}

/** Of {@link fromCognitoIdentity} and {@link fromCognitoIdentityPool}. */
export interface CognitoProviderParameters {
  /**
   * How Cognito is asked.
   *
   * @default in the region that the id begins with
   */
  clientConfig?: ClientConfig | undefined
  /**
   * The role to take, where the login's token allows several.
   *
   * @default the one that the pool chooses
   */
  customRoleArn?: string | undefined
  /**
   * Who has logged in: tokens by the name of their provider, such as `{
   * 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Example': idToken }`. A function is called for each request, for
   * tokens that are renewed. Without them the user is a guest.
   *
   * @default none
   */
  logins?: Record<string, string | (() => string | Promise<string>)> | undefined
}

/** Of {@link fromCognitoIdentity}. */
export interface FromCognitoIdentityParameters extends CognitoProviderParameters {
  /** The identity's id, with its region. */
  identityId: string
}

/** Where ids of identities are kept. `localStorage` is one. */
export interface IdentityCache {
  /** @returns what was kept under the key, or nothing */
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>
  /** Keeps a value. What it throws is passed over. */
  setItem(key: string, value: string): unknown
  /** Forgets a value. What it throws is passed over. */
  removeItem(key: string): unknown
}

/** Of {@link fromCognitoIdentityPool}. */
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
   * Where the id of a guest is kept, and that of a user whom `userIdentifier` names.
   *
   * @default the database (IndexedDB) in which the AWS SDK keeps it, so that guests stay who they are; where there is
   *   none, memory
   */
  cache?: IdentityCache | undefined
  /**
   * Your own name of the user, under which the id is kept.
   *
   * @default that of all guests without `logins`; with `logins` the id is kept in the provider only
   */
  userIdentifier?: string | undefined
}

/**
 * Credentials of a Cognito identity.
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
 * Credentials of a user, or a guest, of a Cognito identity pool, by the enhanced flow. An identity that Cognito
 * refuses is forgotten, and asked for again the next time.
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

/** Of {@link fromWebToken}. */
export interface FromWebTokenInit {
  /** The role's ARN. */
  roleArn: string
  /** The token of the web identity (OIDC, OAuth 2.0). */
  webIdentityToken: string
  /**
   * Names the session in logs.
   *
   * @default `gatesign-` and the time
   */
  roleSessionName?: string | undefined
  /**
   * Who gave the token, for OAuth 2.0: `www.amazon.com` or `graph.facebook.com`.
   *
   * @default not sent
   */
  providerId?: string | undefined
  /**
   * Policies that narrow the session.
   *
   * @default none
   */
  policyArns?: { arn?: string | undefined }[] | undefined
  /**
   * A policy as JSON that narrows the session.
   *
   * @default none
   */
  policy?: string | undefined
  /**
   * Seconds until they end, from 900. STS sets the default.
   *
   * @default 3600
   */
  durationSeconds?: number | undefined
  /**
   * How STS is asked.
   *
   * @default in the caller's region
   */
  clientConfig?: StsClientConfig | undefined
  /**
   * Called with the parameters of `AssumeRoleWithWebIdentity` in place of STS.
   *
   * @default STS
   */
  roleAssumerWithWebIdentity?: ((params: any) => Promise<AwsIdentity>) | undefined
}

/**
 * Credentials of a role, for the token of a web identity.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 *
 * ```ts
 * const credentials = fromWebToken({ roleArn: 'arn:aws:iam::123456789012:role/page', webIdentityToken: idToken })
 * ```
 *
 * @throws {Error} of STS, such as `InvalidIdentityTokenException`: the provider rejects
 */
export function fromWebToken(options: FromWebTokenInit): Provider

/** Of {@link fromTemporaryCredentials}. */
export interface FromTemporaryCredentialsOptions {
  /**
   * The parameters of `AssumeRole` by their names there: `RoleArn`, and `RoleSessionName`, `DurationSeconds`,
   * `ExternalId`, `Policy`, `PolicyArns`, `Tags`, `TransitiveTagKeys`, `SerialNumber`, `SourceIdentity`.
   * `RoleSessionName` is `gatesign-` and the time by default.
   */
  params: { RoleArn: string; RoleSessionName?: string | undefined } & Record<string, unknown>
  /**
   * What may assume the role.
   *
   * @default `clientConfig.credentials`; in Node then `fromNodeProviderChain()`
   */
  masterCredentials?: Identity | CredentialProvider | undefined
  /**
   * How STS is asked.
   *
   * @default in the caller's region
   */
  clientConfig?: StsClientConfig | undefined
  /**
   * Returns the code of the MFA device in `params.SerialNumber`. Without it such params are refused.
   *
   * @default none
   */
  mfaCodeProvider?: ((serialNumber: string) => string | Promise<string>) | undefined
}

/**
 * Credentials of a role that other credentials may assume. The request is signed by this package.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 *
 * ```ts
 * const credentials = fromTemporaryCredentials({
 *   masterCredentials: fromCognitoIdentityPool({ identityPoolId }),
 *   params: { RoleArn: 'arn:aws:iam::123456789012:role/reader' },
 * })
 * ```
 *
 * @throws {CredentialsProviderError} without master credentials, or a code that is asked for: the provider rejects
 * @throws {Error} of STS, such as `AccessDenied`: the provider rejects
 */
export function fromTemporaryCredentials(
  options: FromTemporaryCredentialsOptions,
): Provider<TemporaryIdentity>

/** Of {@link fromHttp}. */
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
   * Ms between two attempts.
   *
   * @default 1000
   */
  timeout?: number | undefined
  /**
   * Called in place of the global `fetch`.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof fetch | undefined
}

/**
 * Credentials from an HTTP endpoint, such as one of your own.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 *
 * ```ts
 * const credentials = fromHttp({ credentialsFullUri: 'https://login.example.com/credentials' })
 * ```
 *
 * @throws {CredentialsProviderError} if it answers another status than 200, or something else: the provider rejects
 */
export function fromHttp(options: FromHttpOptions): Provider<TemporaryIdentity>
