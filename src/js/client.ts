// newClient: the drop-in, and what the package adds to it.

import type { CallRequest } from '../../pkg-template/index.d.ts'
import { readCall, readFetch } from './call.ts'
import { destroy, readConfig, type Settings } from './config.ts'
import { warned } from './host.ts'
import { prepare as prepareJob, presignCall } from './jobs.ts'
import { checkQuery } from './payload-hash.ts'
import { hashLarge } from './platform.ts'
import { readResponse } from './response.ts'
import { prepare, send } from './send.ts'
import { isGiven, type Lifetime, objectOption, secondsOption, tagOf } from './values.ts'
import { inTime } from './waiting.ts'

export function newClient(config: unknown) {
  const settings = readConfig(config)

  /** Reads a request that is not sent, and makes sure of credentials to sign it with. */
  async function read(request: unknown) {
    const {
      pathParams,
      pathTemplate = '',
      method = 'GET',
      additionalParams,
      body,
    } = objectOption<CallRequest>('request', request)
    const call = await readCall(settings, pathParams, pathTemplate, method, additionalParams, body)
    await inTime(call, Promise.resolve(settings.source?.current() ?? 0))
    return call
  }

  /** Makes it for now. */
  async function prepared(request: unknown, explain: boolean) {
    const call = await read(request)
    const hash = call.hash ?? (settings.signature ? '' : await hashLarge(call.payload))
    const fields = { ...call.fields, hash, explains: explain }
    return { call, made: prepare(settings, call, fields, settings.clock.now()) }
  }

  /** Makes its URL for now. */
  async function presigned(request: unknown, explains: boolean) {
    const seconds = secondsOption(objectOption<CallRequest & Lifetime>('request', request).expiresIn)
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
      pathParams: unknown,
      pathTemplate: unknown,
      method: unknown,
      additionalParams: unknown,
      body: unknown,
    ) {
      checkCallable(settings)
      const read = readCall(settings, pathParams, pathTemplate, method, additionalParams, body)
      const call = read instanceof Promise ? await read : read
      return send(settings, call, (response) => readResponse(response, call.responseType, call.record))
    },

    async fetch(input: string | URL | Request, init?: RequestInit) {
      checkCallable(settings)
      return signedFetch(settings, input, init)
    },

    async sign(request: unknown) {
      const { call, made } = await prepared(request, false)
      const { method, url, headers } = made
      return { method, url, headers, body: call.payload ?? undefined }
    },

    async presign(request: unknown) {
      return (await presigned(request, false)).url
    },

    async explain(request: unknown) {
      if (!settings.signs) {
        throw new TypeError('accessKey must be specified: unsigned requests have no signature to explain')
      }
      // A WebSocket is opened by its URL alone: the signature is in the query.
      const inQuery =
        settings.origin.startsWith('ws') ||
        isGiven(objectOption<CallRequest & Lifetime>('request', request).expiresIn)
      const { explanation } = inQuery ? await presigned(request, true) : (await prepared(request, true)).made
      return warned(explanation)
    },

    destroy() {
      destroy(settings)
    },
  }
}

function checkCallable({ origin }: Settings) {
  if (!origin.startsWith('http')) {
    throw new TypeError(
      `invokeUrl must be an http or https URL to be called; got ${origin}: use presign for WebSockets`,
    )
  }
}

/** Fetch with a signature: the URL must be on invokeUrl's origin. */
async function signedFetch(
  settings: Settings,
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  // Of any realm or package: what is taken for a URL is sent.
  const request = tagOf(input) === 'Request' ? (input as Request) : undefined
  const base = `${settings.origin}/`
  let url: URL | undefined
  try {
    url = new URL(request ? request.url : (input as string | URL), base)
  } catch {
    // Named below.
  }
  // Not only its origin: a blob's is that of the page that made it.
  if (!url?.href.startsWith(base)) {
    const got = url ? `one on ${url.protocol}//${url.username && '...@'}${url.host}` : 'none'
    throw new TypeError(`input must be a URL on invokeUrl's origin ${settings.origin}; got ${got}`)
  }
  let refused: Response | undefined
  const keep = (response: Response) => {
    refused = response.type === 'opaqueredirect' ? response : response.clone()
  }
  try {
    const call = await readFetch(settings, url, request, init)
    return await send(settings, call, (response) => response, keep)
  } catch (caught) {
    const error = caught as any
    if (!error?.isAxiosError) throw error
    // fetch resolves with what the server said, and rejects with the platform's own errors, or the signal's reason.
    const { code, response } = error
    if (refused && (response || code === 'ERR_REDIRECT')) return refused
    throw 'cause' in error ? error.cause : error
  }
}
