// newClient's configuration: read once, checked, and never changed.

import { contentTypeOf } from './call.js'
import { Clock, canBeSigned } from './clock.js'
import { checked, credentialSource } from './credentials.js'
import { endpointOf } from './host.js'
import { newClient, setCredentials } from './jobs.js'
import { checkNames } from './misspelt.js'
import { hashHeader } from './payload-hash.js'
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
} from './values.js'

/**
 * What a client needs next to its handle. No credential is in it.
 *
 * @typedef {object} Settings
 * @property {import('./core.js').Handle} handle in the module
 * @property {ReturnType<typeof credentialSource> | undefined} source where credentials come from, if not given
 * @property {boolean} signs
 * @property {import('./v4a-client.js').Signature | undefined} signature who signs, if not the module
 * @property {string} origin
 * @property {string} contentType
 * @property {boolean | undefined} signPayload
 * @property {string[]} hashHeader the config's own x-amz-content-sha256, name and value
 * @property {boolean} repeatArrays
 * @property {Clock} clock
 * @property {boolean} correctClockSkew
 * @property {number | undefined} retries
 * @property {((error: unknown) => unknown) | undefined} retryCondition
 * @property {unknown} retryDelay
 * @property {boolean} shouldResetTimeout
 * @property {typeof fetch | undefined} fetch
 */

/** The options, for those that are nearly one. */
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

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const KEY_ID = /^A[KS]IA[A-Z0-9]{16}$/

/** @returns {Settings} */
export function readConfig(/** @type {any} */ given) {
  const config = typeof given === 'object' && given !== null ? given : {}
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
  // The one refusal that is no TypeError, because callers of the old package know it.
  if (invokeUrl === '') throw new Error('invokeUrl must be specified!')
  // Then the module makes requests and signs none.
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
    /** @type {Settings} */
    const settings = {
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
      retryCondition: typeof config.retryCondition === 'function' ? config.retryCondition : undefined,
      retryDelay: config.retryDelay,
      shouldResetTimeout: config.shouldResetTimeout === true,
      fetch: isGiven(config.fetch) ? typedOption('fetch', config.fetch, 'function') : undefined,
    }
    const use = (/** @type {import('./credentials.js').Identity} */ identity) =>
      signature ? signature.use(identity) : setCredentials(handle, identity)
    if (typeof credentials === 'function') settings.source = credentialSource(credentials, use)
    else if (credentials !== undefined) use(checked(credentials))
    else if (signs) use({ accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken })
    return settings
  } catch (error) {
    // Nobody will have this client to destroy it.
    handle.destroy()
    throw error
  }
}

/** Who signs, if not the module. @returns {import('./v4a-client.js').Signature | undefined} */
function signatureOf(/** @type {any} */ config, /** @type {string} */ origin) {
  const { signature, regionSet } = config
  if (isGiven(signature)) {
    const { forClient } = objectOption('signature', signature)
    return typedOption('signature.forClient', forClient, 'function')(config, endpointOf(origin))
  }
  if (isGiven(regionSet)) throw new TypeError('regionSet needs signature: v4a of gatesign/v4a')
}

/** Wipes what the module holds. What is still under way fails at its next signature. */
export function destroy(/** @type {Settings} */ settings) {
  settings.handle.destroy()
  settings.signature?.destroy()
  settings.source = undefined
}

function clockOf(/** @type {unknown} */ offset) {
  const clock = new Clock(numberOption('systemClockOffset', offset))
  if (canBeSigned(clock.now())) return clock
  throw mustBe('systemClockOffset', 'milliseconds after which the year has four digits', offset, true)
}

function invokeUrlOf(/** @type {unknown} */ value) {
  if (value instanceof URL) return value.href
  // The old package takes every false value for a missing one.
  return value ? textOption('invokeUrl', value) : ''
}

/** The URL's origin as the platform writes it; empty if it is no URL. */
function originOf(/** @type {string} */ url) {
  try {
    const { protocol, host } = new URL(url)
    return host === '' ? '' : `${protocol}//${host}`
  } catch {
    return ''
  }
}

/**
 * @param {string} accessKey
 * @param {string} secretKey
 * @param {string} sessionToken
 * @param {unknown} credentials
 */
function checkCredentials(accessKey, secretKey, sessionToken, credentials) {
  if ((accessKey === '') !== (secretKey === '')) {
    const missing = accessKey === '' ? 'accessKey' : 'secretKey'
    throw new TypeError(
      `${missing} is missing: accessKey and secretKey are needed together, or neither of them`,
    )
  }
  if (credentials !== undefined && accessKey + sessionToken !== '') {
    throw new TypeError('credentials must not be given together with accessKey, secretKey or sessionToken')
  }
  if (KEY_ID.test(secretKey) && !KEY_ID.test(accessKey)) {
    throw new TypeError('accessKey and secretKey are swapped: secretKey has the form of an access key id')
  }
  if (KEY_ID.test(accessKey) && accessKey.startsWith('ASIA') && sessionToken === '') {
    throw new TypeError(
      'sessionToken is missing: an accessKey that begins with ASIA is temporary and needs it',
    )
  }
  if (typeof (/** @type {any} */ (credentials)?.then) === 'function') {
    throw new TypeError(
      'credentials must be an object or a function that returns one; got a promise: pass () => it',
    )
  }
  if (credentials !== undefined && typeof credentials !== 'function' && typeof credentials !== 'object') {
    throw mustBe('credentials', 'an object or a function that returns one', credentials)
  }
}
