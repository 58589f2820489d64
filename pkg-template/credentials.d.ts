/**
 * Credentials in Node, Deno and Bun: everything that pages have (`credentials-web.d.ts`), and the credentials of this
 * machine. This finds the credentials that the AWS CLI would use:
 *
 * ```ts
 * import { newClient } from 'gatesign'
 * import { fromNodeProviderChain } from 'gatesign/credentials'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod',
 *   credentials: fromNodeProviderChain(),
 * })
 * ```
 *
 * Files are read each time a provider is called. If a login has expired, the provider rejects with the command to run.
 */

import type {
  AwsIdentity,
  ClientConfig,
  FromWebTokenInit,
  Provider,
  StsClientConfig,
  TemporaryIdentity,
} from './credentials-web.js'

export * from './credentials-web.js'

/** Receives messages that say which source was used. They contain no credentials. */
export interface Logger {
  /**
   * Called with one message for each source that returned credentials.
   *
   * @default none
   */
  debug?: ((...content: any[]) => void) | undefined
  /**
   * Called with warnings.
   *
   * @default none
   */
  warn?: ((...content: any[]) => void) | undefined
}

/** Options of every provider that reads the shared files. */
export interface SourceProfileInit {
  /**
   * The profile's name.
   *
   * @default `AWS_PROFILE`, then `default`
   */
  profile?: string | undefined
  /**
   * Path of the credentials file.
   *
   * @default `AWS_SHARED_CREDENTIALS_FILE`, then `~/.aws/credentials`
   */
  filepath?: string | undefined
  /**
   * Path of the config file.
   *
   * @default `AWS_CONFIG_FILE`, then `~/.aws/config`
   */
  configFilepath?: string | undefined
  /**
   * Accepted for compatibility with the AWS SDK; the files are always read again.
   *
   * @default none
   */
  ignoreCache?: boolean | undefined
  /**
   * Receives a message that says which source was used.
   *
   * @default none
   */
  logger?: Logger | undefined
}

/** Options of {@link fromEnv}. */
export interface FromEnvInit {
  /**
   * Receives a message that the environment was used.
   *
   * @default none
   */
  logger?: Logger | undefined
}

/**
 * Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_CREDENTIAL_EXPIRATION` and
 * `AWS_ACCOUNT_ID` from the environment.
 *
 * ```ts
 * const credentials = fromEnv()
 * ```
 *
 * @throws {CredentialsProviderError} if one of the first two is not set: the provider rejects
 */
export function fromEnv(init?: FromEnvInit): Provider

/** Options of {@link fromIni}. */
export interface FromIniInit extends SourceProfileInit {
  /**
   * Returns the code of the MFA device that a profile's `mfa_serial` names. Without it such profiles are refused.
   *
   * @default none
   */
  mfaCodeProvider?: ((mfaSerial: string) => string | Promise<string>) | undefined
  /**
   * Called instead of STS's `AssumeRole`.
   *
   * @default STS
   */
  roleAssumer?: ((source: AwsIdentity, params: any) => Promise<AwsIdentity>) | undefined
  /**
   * Called instead of STS's `AssumeRoleWithWebIdentity`.
   *
   * @default STS
   */
  roleAssumerWithWebIdentity?: ((params: any) => Promise<AwsIdentity>) | undefined
  /**
   * How to call STS and AWS SSO.
   *
   * @default in the profile's region
   */
  clientConfig?: StsClientConfig | undefined
  /**
   * How often a failed request to a container's or instance's service is sent again.
   *
   * @default 0
   */
  maxRetries?: number | undefined
  /**
   * Milliseconds within which such a service must answer.
   *
   * @default 1000
   */
  timeout?: number | undefined
}

/**
 * Uses a profile of `~/.aws/config` and `~/.aws/credentials`: its keys, `role_arn` with `source_profile`,
 * `credential_source` or `web_identity_token_file`, `credential_process`, `sso_session` and the older form of AWS SSO.
 * For other logins (`login_session`) it runs the AWS CLI, if that is installed.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 *
 * ```ts
 * const credentials = fromIni({ profile: 'work' })
 * ```
 *
 * @throws {CredentialsProviderError} that names the profile and what it lacks: the provider rejects
 * @throws {Error} of STS, such as `AccessDenied`: the provider rejects
 */
export function fromIni(init?: FromIniInit): Provider

/** Options of {@link fromSSO}. Pass the first four together, or use a profile that has them. */
export interface FromSSOInit extends SourceProfileInit {
  /**
   * The start URL of the login.
   *
   * @default the profile's
   */
  ssoStartUrl?: string | undefined
  /**
   * The account's id, twelve digits.
   *
   * @default the profile's
   */
  ssoAccountId?: string | undefined
  /**
   * The region of AWS SSO.
   *
   * @default the profile's, or its session's
   */
  ssoRegion?: string | undefined
  /**
   * The role's name.
   *
   * @default the profile's
   */
  ssoRoleName?: string | undefined
  /**
   * The name of the `sso-session` with the login.
   *
   * @default the profile's, or none: the older form
   */
  ssoSession?: string | undefined
  /**
   * How to call AWS SSO.
   *
   * @default in its region
   */
  clientConfig?: ClientConfig | undefined
}

/**
 * Returns credentials of a role of IAM Identity Center, with the login that `aws sso login` stores. The login is
 * renewed as long as that needs no browser.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 *
 * ```ts
 * const credentials = fromSSO({ profile: 'work' })
 * ```
 *
 * @throws {CredentialsProviderError} `… run aws sso login --profile work` if the login has expired, and if a setting is
 *   missing: the provider rejects
 */
export function fromSSO(init?: FromSSOInit): Provider

/** Options of {@link fromProcess}. */
export interface FromProcessInit extends SourceProfileInit {}

/**
 * Runs a profile's `credential_process` in the shell and returns the credentials that it prints.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 *
 * ```ts
 * const credentials = fromProcess({ profile: 'vault' })
 * ```
 *
 * @throws {CredentialsProviderError} with what the program wrote to standard error, if it fails, and if it prints
 *   anything else: the provider rejects
 */
export function fromProcess(init?: FromProcessInit): Provider

/** Options of {@link fromTokenFile}. */
export interface FromTokenFileInit
  extends Omit<FromWebTokenInit, 'roleArn' | 'webIdentityToken'>,
    SourceProfileInit {
  /**
   * The role's ARN.
   *
   * @default the variable `AWS_ROLE_ARN`
   */
  roleArn?: string | undefined
  /**
   * Path of the file with the token, which is read each time.
   *
   * @default the variable `AWS_WEB_IDENTITY_TOKEN_FILE`
   */
  webIdentityTokenFile?: string | undefined
}

/**
 * The same as `fromWebToken`, with a token from a file: for service accounts of EKS, and CI systems.
 *
 * ```ts
 * const credentials = fromTokenFile()
 * ```
 *
 * @throws {CredentialsProviderError} if the file or the role is not set: the provider rejects
 * @throws {Error} if the file cannot be read, and errors of STS: the provider rejects
 */
export function fromTokenFile(init?: FromTokenFileInit): Provider

/** Options of {@link fromHttp} in Node. Options that are not set are read from the environment. */
export interface FromHttpOptions {
  /**
   * The address.
   *
   * @default the variable `AWS_CONTAINER_CREDENTIALS_FULL_URI`
   */
  awsContainerCredentialsFullUri?: string | undefined
  /**
   * The path at `http://169.254.170.2`. It wins over the address.
   *
   * @default the variable `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`
   */
  awsContainerCredentialsRelativeUri?: string | undefined
  /**
   * Sent as `Authorization`.
   *
   * @default the variable `AWS_CONTAINER_AUTHORIZATION_TOKEN`
   */
  awsContainerAuthorizationToken?: string | undefined
  /**
   * Path of a file with that value, which is read each time. It wins over the value.
   *
   * @default the variable `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`
   */
  awsContainerAuthorizationTokenFile?: string | undefined
  /**
   * As in pages: the address.
   *
   * @default none
   */
  credentialsFullUri?: string | undefined
  /**
   * As in pages: sent as `Authorization`.
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
   * Milliseconds within which the server must answer, and between two attempts.
   *
   * @default 1000
   */
  timeout?: number | undefined
  /**
   * Receives a message that says which address was used.
   *
   * @default none
   */
  logger?: Logger | undefined
}

/**
 * Returns credentials from an HTTP endpoint, without using a proxy.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 *
 * ```ts
 * const credentials = fromHttp({ awsContainerCredentialsFullUri: 'http://localhost:9911/creds' })
 * ```
 *
 * @throws {CredentialsProviderError} if there is no address, if it is neither `https:`, on this machine, nor an address
 *   of ECS or EKS, and if it answers with anything but credentials: the provider rejects
 */
export function fromHttp(options?: FromHttpOptions): Provider<TemporaryIdentity>

/** Options of {@link fromContainerMetadata}. */
export interface RemoteProviderInit {
  /**
   * How often a request that failed is sent again.
   *
   * @default 0
   */
  maxRetries?: number | undefined
  /**
   * Milliseconds within which the service must answer.
   *
   * @default 1000
   */
  timeout?: number | undefined
  /**
   * Receives a message that says which service was used.
   *
   * @default none
   */
  logger?: Logger | undefined
}

/**
 * Returns credentials of a container in ECS, or of EKS Pod Identity. The address and token are read from the
 * environment.
 *
 * ```ts
 * const credentials = fromContainerMetadata()
 * ```
 *
 * @throws {CredentialsProviderError} outside such containers, and for the same reasons as `fromHttp`: the provider
 *   rejects
 */
export function fromContainerMetadata(init?: RemoteProviderInit): Provider<TemporaryIdentity>

/** Options of {@link fromInstanceMetadata}. */
export interface InstanceMetadataInit extends RemoteProviderInit {
  /**
   * Never send a request without a token (IMDSv1).
   *
   * @default false: only if no token is available, and neither `AWS_EC2_METADATA_V1_DISABLED` nor the profile's
   *   `ec2_metadata_v1_disabled` forbids it
   */
  ec2MetadataV1Disabled?: boolean | undefined
  /**
   * The profile whose `ec2_metadata_…` settings are read.
   *
   * @default `AWS_PROFILE`, then `default`
   */
  profile?: string | undefined
}

/**
 * Returns credentials of an EC2 instance's role (IMDSv2). If they cannot be renewed, the previous credentials are used
 * for some minutes longer. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 *
 * ```ts
 * const credentials = fromInstanceMetadata()
 * ```
 *
 * @throws {CredentialsProviderError} if there is no such service, or the instance has no role: the provider rejects
 */
export function fromInstanceMetadata(init?: InstanceMetadataInit): Provider

/** Options of {@link fromNodeProviderChain}: those of all its sources. */
export type DefaultProviderInit = Omit<FromIniInit, 'clientConfig'> &
  FromSSOInit &
  FromTokenFileInit &
  FromHttpOptions &
  InstanceMetadataInit

/**
 * Uses the first source that has credentials, in the order of the AWS SDK: the environment (unless a profile is set),
 * AWS SSO from the options, the profile, its `credential_process`, a web identity's token file, a container, an
 * instance (unless `AWS_EC2_METADATA_DISABLED`). It caches credentials as long as they are valid.
 *
 * ```ts
 * const credentials = fromNodeProviderChain({ profile: 'work' })
 * ```
 *
 * @throws {CredentialsProviderError} if there are none, or a login has expired: the provider rejects
 */
export function fromNodeProviderChain(init?: DefaultProviderInit): Provider
