// newClient: the drop-in, and what the package adds to it.

import { readCall, readFetch } from './call.js'
import { destroy, readConfig } from './config.js'
import { warned } from './host.js'
import { prepare as prepareJob, presignCall } from './jobs.js'
import { checkQuery } from './payload-hash.js'
import { hashLarge } from './platform.js'
import { readResponse } from './response.js'
import { prepare, send } from './send.js'
import { isGiven, objectOption, secondsOption, tagOf } from './values.js'
import { inTime } from './waiting.js'

/**
 * @param {any} config see index.d.ts
 */
export function newClient(config) {
  const settings = readConfig(config)

  /** Reads a request that is not sent, and makes sure of credentials to sign it with. */
  async function read(/** @type {unknown} */ request) {
    const {
      pathParams,
      pathTemplate = '',
      method = 'GET',
      additionalParams,
      body,
    } = objectOption('request', request)
    const call = await readCall(settings, pathParams, pathTemplate, method, additionalParams, body)
    await inTime(call, Promise.resolve(settings.source?.current() ?? 0))
    return call
  }

  /** Makes it for now. */
  async function prepared(/** @type {unknown} */ request, /** @type {boolean} */ explain) {
    const call = await read(request)
    const hash = call.hash ?? (settings.signature ? '' : await hashLarge(call.payload))
    const fields = { ...call.fields, hash, explains: explain }
    return { call, made: prepare(settings, call, fields, settings.clock.now()) }
  }

  /** Makes its URL for now. */
  async function presigned(/** @type {any} */ request, /** @type {boolean} */ explains) {
    const seconds = secondsOption(objectOption('request', request).expiresIn)
    const call = await read(request)
    if (call.payload !== null) throw new TypeError('body must be empty: a presigned URL covers none')
    const fields = { ...call.fields, hash: call.hash ?? '', explains }
    const { handle, signature, clock } = settings
    const now = clock.now()
    const made =
      settings.signs && signature
        ? signature.presign(prepareJob(handle, fields, null, now), fields, seconds, now)
        : presignCall(handle, fields, seconds, now)
    checkQuery(made.url, call.fields.headers, call.signPayload ?? settings.signPayload)
    return made
  }

  return {
    async invokeApi(
      /** @type {unknown} */ pathParams,
      /** @type {unknown} */ pathTemplate,
      /** @type {unknown} */ method,
      /** @type {unknown} */ additionalParams,
      /** @type {unknown} */ body,
    ) {
      checkCallable(settings)
      const read = readCall(settings, pathParams, pathTemplate, method, additionalParams, body)
      const call = read instanceof Promise ? await read : read
      return send(settings, call, (response) => readResponse(response, call.responseType, call.record))
    },

    async fetch(/** @type {any} */ input, /** @type {any} */ init) {
      checkCallable(settings)
      return signedFetch(settings, input, init)
    },

    async sign(/** @type {unknown} */ request) {
      const { call, made } = await prepared(request, false)
      const { method, url, headers } = made
      return { method, url, headers, body: call.payload ?? undefined }
    },

    async presign(/** @type {unknown} */ request) {
      return (await presigned(request, false)).url
    },

    async explain(/** @type {any} */ request) {
      if (!settings.signs) {
        throw new TypeError('accessKey must be specified: unsigned requests have no signature to explain')
      }
      // A WebSocket is opened by its URL alone: the signature is in the query.
      const inQuery = settings.origin.startsWith('ws') || isGiven(objectOption('request', request).expiresIn)
      const { explanation } = inQuery ? await presigned(request, true) : (await prepared(request, true)).made
      return warned(explanation)
    },

    destroy() {
      destroy(settings)
    },
  }
}

function checkCallable(/** @type {import('./config.js').Settings} */ { origin }) {
  if (!origin.startsWith('http')) {
    throw new TypeError(
      `invokeUrl must be an http or https URL to be called; got ${origin}: use presign for WebSockets`,
    )
  }
}

/**
 * fetch with a signature: the URL must be on invokeUrl's origin.
 *
 * @param {import('./config.js').Settings} settings
 * @param {any} input
 * @param {any} init
 * @returns {Promise<Response>}
 */
async function signedFetch(settings, input, init) {
  // Of any realm or package: what is taken for a URL is sent.
  const request = tagOf(input) === 'Request' ? input : undefined
  const base = `${settings.origin}/`
  let url
  try {
    url = new URL(request ? request.url : input, base)
  } catch {
    // Named below.
  }
  // Not only its origin: a blob's is that of the page that made it.
  if (!url?.href.startsWith(base)) {
    const got = url ? `one on ${url.protocol}//${url.username && '...@'}${url.host}` : 'none'
    throw new TypeError(`input must be a URL on invokeUrl's origin ${settings.origin}; got ${got}`)
  }
  /** @type {Response | undefined} */
  let refused
  const keep = (/** @type {Response} */ response) => {
    refused = response.type === 'opaqueredirect' ? response : response.clone()
  }
  try {
    const call = await readFetch(settings, url, request, init)
    return await send(settings, call, (response) => response, keep)
  } catch (caught) {
    const error = /** @type {any} */ (caught)
    if (!error?.isAxiosError) throw error
    // fetch resolves with what the server said, and rejects with the platform's own errors, or the signal's reason.
    const { code, response } = error
    if (refused && (response || code === 'ERR_REDIRECT')) return refused
    throw 'cause' in error ? error.cause : error
  }
}
