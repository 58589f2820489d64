/**
 * Credentials in Node, Deno and Bun: what pages have (`credentials-web.d.ts`), and those of this machine. One
 * line takes whatever the AWS CLI would:
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
 * Files are read when a provider is called, each time. A login that has ended rejects with the command to run.
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

/** Where messages go that say which source was used. No credential is in one. */
export interface Logger {
  /**
   * Gets one text for each source that gave credentials.
   *
   * @default none
   */
  debug?: ((...content: any[]) => void) | undefined
  /**
   * Gets what should not be.
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
   * Taken for the AWS SDK's sake: the files are read each time.
   *
   * @default none
   */
  ignoreCache?: boolean | undefined
  /**
   * Told which source was used.
   *
   * @default none
   */
  logger?: Logger | undefined
}

/** Of {@link fromEnv}. */
export interface FromEnvInit {
  /**
   * Told that the environment was used.
   *
   * @default none
   */
  logger?: Logger | undefined
}

/**
 * `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_CREDENTIAL_EXPIRATION` and
 * `AWS_ACCOUNT_ID` of the environment.
 *
 * ```ts
 * const credentials = fromEnv()
 * ```
 *
 * @throws {CredentialsProviderError} if one of the first two is not set: the provider rejects
 */
export function fromEnv(init?: FromEnvInit): Provider

/** Of {@link fromIni}. */
export interface FromIniInit extends SourceProfileInit {
  /**
   * Returns the code of the MFA device that a profile's `mfa_serial` names. Without it such profiles are refused.
   *
   * @default none
   */
  mfaCodeProvider?: ((mfaSerial: string) => string | Promise<string>) | undefined
  /**
   * Called in place of STS's `AssumeRole`.
   *
   * @default STS
   */
  roleAssumer?: ((source: AwsIdentity, params: any) => Promise<AwsIdentity>) | undefined
  /**
   * Called in place of STS's `AssumeRoleWithWebIdentity`.
   *
   * @default STS
   */
  roleAssumerWithWebIdentity?: ((params: any) => Promise<AwsIdentity>) | undefined
  /**
   * How STS and AWS SSO are asked.
   *
   * @default in the profile's region
   */
  clientConfig?: StsClientConfig | undefined
  /**
   * How often a container's or instance's service is asked again.
   *
   * @default 0
   */
  maxRetries?: number | undefined
  /**
   * Ms that such a service has to answer.
   *
   * @default 1000
   */
  timeout?: number | undefined
}

/**
 * A profile of `~/.aws/config` and `~/.aws/credentials`: its keys, `role_arn` with `source_profile`,
 * `credential_source` or `web_identity_token_file`, `credential_process`, `sso_session` and the older form of AWS
 * SSO. What else a profile logs in with (`login_session`), the AWS CLI is asked for, if it is installed.
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

/** Of {@link fromSSO}. The first four are given together, or a profile has them. */
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
   * The name of the `sso-session` that has the login.
   *
   * @default the profile's, or none: the older form
   */
  ssoSession?: string | undefined
  /**
   * How AWS SSO is asked.
   *
   * @default in its region
   */
  clientConfig?: ClientConfig | undefined
}

/**
 * A role of IAM Identity Center, for the login that `aws sso login` keeps. It is renewed while that needs no
 * browser.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 *
 * ```ts
 * const credentials = fromSSO({ profile: 'work' })
 * ```
 *
 * @throws {CredentialsProviderError} `… run aws sso login --profile work` if the login has ended, and if a setting
 *   is missing: the provider rejects
 */
export function fromSSO(init?: FromSSOInit): Provider

/** Of {@link fromProcess}. */
export interface FromProcessInit extends SourceProfileInit {}

/**
 * What the program prints that a profile names in `credential_process`; it is run by the shell.
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

/** Of {@link fromTokenFile}. */
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
 * As `fromWebToken`, with a token in a file: service accounts of EKS, and CI systems.
 *
 * ```ts
 * const credentials = fromTokenFile()
 * ```
 *
 * @throws {CredentialsProviderError} if file or role are not named: the provider rejects
 * @throws {Error} if the file cannot be read, and those of STS: the provider rejects
 */
export function fromTokenFile(init?: FromTokenFileInit): Provider

/** Of {@link fromHttp} in Node. What is not given, the environment says. */
export interface FromHttpOptions {
  /**
   * The address.
   *
   * @default the variable `AWS_CONTAINER_CREDENTIALS_FULL_URI`
   */
  awsContainerCredentialsFullUri?: string | undefined
  /**
   * The path at `http://169.254.170.2`; it wins.
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
   * Path of a file with that, read each time; it wins.
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
   * Ms that the server has to answer, and between two attempts.
   *
   * @default 1000
   */
  timeout?: number | undefined
  /**
   * Told which address was used.
   *
   * @default none
   */
  logger?: Logger | undefined
}

/**
 * Credentials from an HTTP endpoint, asked without a proxy.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 *
 * ```ts
 * const credentials = fromHttp({ awsContainerCredentialsFullUri: 'http://localhost:9911/creds' })
 * ```
 *
 * @throws {CredentialsProviderError} if there is no address, it is neither `https:`, on this machine, nor that of
 *   ECS or EKS, or it answers something else: the provider rejects
 */
export function fromHttp(options?: FromHttpOptions): Provider<TemporaryIdentity>

/** Of {@link fromContainerMetadata}. */
export interface RemoteProviderInit {
  /**
   * How often a request that failed is sent again.
   *
   * @default 0
   */
  maxRetries?: number | undefined
  /**
   * Ms that the service has to answer.
   *
   * @default 1000
   */
  timeout?: number | undefined
  /**
   * Told which service was used.
   *
   * @default none
   */
  logger?: Logger | undefined
}

/**
 * Credentials of a container of ECS, or of EKS Pod Identity, whose address and token are in the environment.
 *
 * ```ts
 * const credentials = fromContainerMetadata()
 * ```
 *
 * @throws {CredentialsProviderError} outside of such containers, and as `fromHttp`: the provider rejects
 */
export function fromContainerMetadata(init?: RemoteProviderInit): Provider<TemporaryIdentity>

/** Of {@link fromInstanceMetadata}. */
export interface InstanceMetadataInit extends RemoteProviderInit {
  /**
   * Never ask without a token (IMDSv1).
   *
   * @default false: only if no token can be had, and neither `AWS_EC2_METADATA_V1_DISABLED` nor the profile's
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
 * Credentials of an EC2 instance's role (IMDSv2). When they cannot be renewed, those that were there are used for
 * some minutes longer.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 *
 * ```ts
 * const credentials = fromInstanceMetadata()
 * ```
 *
 * @throws {CredentialsProviderError} if there is no such service, or it has no role: the provider rejects
 */
export function fromInstanceMetadata(init?: InstanceMetadataInit): Provider

/** Of {@link fromNodeProviderChain}: those of all its sources. */
export type DefaultProviderInit = Omit<FromIniInit, 'clientConfig'> &
  FromSSOInit &
  FromTokenFileInit &
  FromHttpOptions &
  InstanceMetadataInit

/**
 * The first that has credentials, in the order of the AWS SDK: the environment (unless a profile is named), AWS SSO
 * that the options name, the profile, its `credential_process`, a web identity's token file, a container, an
 * instance (unless `AWS_EC2_METADATA_DISABLED`). It keeps what it gave for as long as that is valid.
 *
 * ```ts
 * const credentials = fromNodeProviderChain({ profile: 'work' })
 * ```
 *
 * @throws {CredentialsProviderError} if there are none, or a login has ended: the provider rejects
 */
export function fromNodeProviderChain(init?: DefaultProviderInit): Provider
