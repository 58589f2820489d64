// newClient's configuration: read once, checked, and never changed.

import type { Config, CredentialProvider } from '../../pkg-template/index.d.ts'
import { contentTypeOf } from './call.ts'
import { Clock, canBeSigned } from './clock.ts'
import type { Handle } from './core.ts'
import { checkIdentity, checkOrder, credentialSource, type Identity, KEY_ID } from './credentials.ts'
import { endpointOf } from './host.ts'
import { newClient, setCredentials } from './jobs.ts'
import { checkNames } from './misspelt.ts'
import { hashHeader } from './payload-hash.ts'
import type { Signature } from './v4a-client.ts'
import {
  choiceOption,
  headerFields,
  isGiven,
  mustBe,
  namesOption,
  numberOption,
  objectOption,
  textOption,
  typedOption,
  type Unchecked,
} from './values.ts'

/** What a client needs in addition to its handle. It contains no credential. */
export interface Settings {
  /** The client in the module */
  handle: Handle
  /** The source of credentials, if they were not passed */
  source: ReturnType<typeof credentialSource> | undefined
  signs: boolean
  /** Signs in place of the module */
  signature: Signature | undefined
  origin: string
  contentType: string
  signPayload: boolean | undefined
  /** The x-amz-content-sha256 of the config, name and value */
  hashHeader: string[]
  repeatArrays: boolean
  clock: Clock
  correctClockSkew: boolean
  retries: number | undefined
  retryCondition: ((error: unknown) => unknown) | undefined
  retryDelay: unknown
  shouldResetTimeout: boolean
  fetch: typeof fetch | undefined
}

/** The options, to detect misspelled ones. */
const NAMES = [
  'invokeUrl',
  'accessKey',
  'secretKey',
  'sessionToken',
  'credentials',
  'region',
  'service',
  'signature',
  'regionSet',
  'apiKey',
  'headers',
  'host',
  'retries',
  'retryDelay',
  'retryCondition',
  'queryArrayFormat',
  'systemClockOffset',
]

export function readConfig(value: unknown): Settings {
  const config: Unchecked<Config> = typeof value === 'object' && value !== null ? value : {}
  checkNames('newClient', config, NAMES)
  const invokeUrl = invokeUrlOf(config.invokeUrl)
  const accessKey = textOption('accessKey', config.accessKey)
  const secretKey = textOption('secretKey', config.secretKey)
  const sessionToken = textOption('sessionToken', config.sessionToken)
  const apiKey = textOption('apiKey', config.apiKey)
  const credentials = config.credentials ?? undefined
  if (invokeUrl !== '') checkCredentials(accessKey, secretKey, sessionToken, credentials)
  const signs = credentials !== undefined || accessKey !== ''
  const headers = headerFields('headers', config.headers)
  // The only refusal that is not a TypeError, because callers of the old package expect it.
  if (invokeUrl === '') throw new Error('invokeUrl must be specified!')
  // The module then makes requests without signing them.
  const signsElsewhere = isGiven(config.signature)
  const handle = newClient({
    invokeUrl,
    origin: originOf(invokeUrl),
    region: signsElsewhere ? '' : textOption('region', config.region),
    service: textOption('service', config.service),
    apiKey,
    accept: textOption('defaultAcceptType', config.defaultAcceptType) || 'application/json',
    host: textOption('host', config.host).toLowerCase(),
    signs: signs && !signsElsewhere,
    headers,
    unsignableHeaders: namesOption('unsignableHeaders', config.unsignableHeaders),
    signableHeaders: namesOption('signableHeaders', config.signableHeaders),
  })
  try {
    const signature = signatureOf(config, originOf(invokeUrl))
    const settings: Settings = {
      handle,
      source: undefined,
      signs,
      signature,
      origin: originOf(invokeUrl),
      contentType:
        contentTypeOf(headers) ||
        textOption('defaultContentType', config.defaultContentType) ||
        'application/json',
      signPayload: isGiven(config.signPayload)
        ? typedOption('signPayload', config.signPayload, 'boolean')
        : undefined,
      hashHeader: hashHeader(headers),
      repeatArrays:
        choiceOption('queryArrayFormat', config.queryArrayFormat, ['comma', 'repeat']) === 'repeat',
      clock: clockOf(config.systemClockOffset),
      correctClockSkew: config.correctClockSkew !== false,
      retries: config.retries === undefined ? undefined : Number(config.retries) || 0,
      retryCondition:
        typeof config.retryCondition === 'function'
          ? (config.retryCondition as Settings['retryCondition'])
          : undefined,
      retryDelay: config.retryDelay,
      shouldResetTimeout: config.shouldResetTimeout === true,
      fetch: isGiven(config.fetch)
        ? (typedOption('fetch', config.fetch, 'function') as typeof fetch)
        : undefined,
    }
    const use = (identity: Identity) =>
      signature ? signature.use(identity) : setCredentials(handle, identity)
    if (typeof credentials === 'function')
      settings.source = credentialSource(credentials as CredentialProvider, use)
    else if (credentials !== undefined) use(checkIdentity(credentials))
    else if (signs) use({ accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken })
    return settings
  } catch (error) {
    // The caller never gets this client, so it is destroyed here.
    handle.destroy()
    throw error
  }
}

/** Returns what signs in place of the module. */
function signatureOf(config: Unchecked<Config>, origin: string): Signature | undefined {
  const { signature, regionSet } = config
  if (isGiven(signature)) {
    const { forClient } = objectOption<{ forClient: unknown }>('signature', signature)
    return typedOption('signature.forClient', forClient, 'function')(config, endpointOf(origin))
  }
  if (isGiven(regionSet)) throw new TypeError('regionSet needs signature: v4a of gatesign/v4a')
}

/** Wipes what the module holds. Calls in flight fail at their next signature. */
export function destroy(settings: Settings) {
  settings.handle.destroy()
  settings.signature?.destroy()
  settings.source = undefined
}

function clockOf(offset: unknown) {
  const clock = new Clock(numberOption('systemClockOffset', offset))
  if (canBeSigned(clock.now())) return clock
  throw mustBe('systemClockOffset', 'milliseconds after which the year has four digits', offset, true)
}

function invokeUrlOf(value: unknown) {
  if (value instanceof URL) return value.href
  // The old package treats every falsy value as missing.
  return value ? textOption('invokeUrl', value) : ''
}

/** The URL's origin as the platform writes it; empty if it is not a URL. */
function originOf(url: string) {
  try {
    const { protocol, host } = new URL(url)
    return host === '' ? '' : `${protocol}//${host}`
  } catch {
    return ''
  }
}

function checkCredentials(accessKey: string, secretKey: string, sessionToken: string, credentials: unknown) {
  if ((accessKey === '') !== (secretKey === '')) {
    const missing = accessKey === '' ? 'accessKey' : 'secretKey'
    throw new TypeError(`${missing} is missing: pass both accessKey and secretKey, or neither`)
  }
  if (credentials !== undefined && accessKey + sessionToken !== '') {
    throw new TypeError('credentials must not be given together with accessKey, secretKey or sessionToken')
  }
  checkOrder({ accessKey, secretKey })
  if (KEY_ID.test(accessKey) && accessKey.startsWith('ASIA') && sessionToken === '') {
    throw new TypeError(
      'sessionToken is missing: an accessKey that begins with ASIA is temporary and needs it',
    )
  }
  if (typeof (credentials as any)?.then === 'function') {
    throw new TypeError(
      'credentials must be an object or a function that returns one; got a promise: pass () => it',
    )
  }
  if (credentials !== undefined && typeof credentials !== 'function' && typeof credentials !== 'object') {
    throw mustBe('credentials', 'an object or a function that returns one', credentials)
  }
}
