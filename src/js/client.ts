// newClient: the drop-in replacement, and what this package adds to it.

import type { CallRequest } from '../../pkg-template/index.d.ts'
import { type Call, readCall, readFetch } from './call.ts'
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

  function readParts(request: unknown) {
    const {
      pathParams,
      pathTemplate = '',
      method = 'GET',
      additionalParams,
      body,
    } = objectOption<CallRequest>('request', request)
    return readCall(settings, pathParams, pathTemplate, method, additionalParams, body)
  }

  /** Reads a request that is only signed, and gets credentials to sign it with. */
  async function readRequest(request: unknown, init?: RequestInit) {
    const call = await (isTarget(request) ? readTarget(settings, request, init) : readParts(request))
    await inTime(call, Promise.resolve(settings.source?.current() ?? 0))
    return call
  }

  /** Makes the request for the current time. */
  async function prepared(call: Call, explains: boolean) {
    const hash = call.hash ?? (settings.signature ? '' : await hashLarge(call.payload))
    return prepare(settings, call, { ...call.fields, hash, explains }, settings.clock.now())
  }

  /** Makes its URL for the current time. */
  async function presigned(request: unknown, explains: boolean) {
    const seconds = secondsOption(objectOption<CallRequest & Lifetime>('request', request).expiresIn)
    const call = await readRequest(request)
    if (call.payload !== null) throw new TypeError('body must be empty: a presigned URL does not cover one')
    const fields = { ...call.fields, hash: call.hash ?? '', explains }
    const { handle, signature, clock } = settings
    const now = clock.now()
    const result =
      settings.signs && signature
        ? signature.presign(prepareJob(handle, fields, null, now), fields, seconds, now)
        : presignCall(handle, fields, seconds, now)
    checkQuery(result.url, call.fields.headers, call.signPayload ?? settings.signPayload)
    return result
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
      const reading = readCall(settings, pathParams, pathTemplate, method, additionalParams, body)
      const call = reading instanceof Promise ? await reading : reading
      return send(settings, call, (response) => readResponse(response, call.responseType, call.record))
    },

    async fetch(input: string | URL | Request, init?: RequestInit) {
      checkCallable(settings)
      return signedFetch(settings, input, init)
    },

    async sign(request: unknown, init?: RequestInit) {
      const call = await readRequest(request, init)
      const { method, url, headers } = await prepared(call, false)
      return { method, url, headers, body: call.payload ?? undefined }
    },

    async presign(request: unknown) {
      return (await presigned(request, false)).url
    },

    async explain(request: unknown) {
      if (!settings.signs) {
        throw new TypeError('accessKey must be specified: unsigned requests have no signature to explain')
      }
      // A WebSocket is opened with only a URL, so the signature is in the query.
      const inQuery =
        settings.origin.startsWith('ws') ||
        isGiven(objectOption<CallRequest & Lifetime>('request', request).expiresIn)
      const result = inQuery
        ? await presigned(request, true)
        : await prepared(await readRequest(request), true)
      return warned(result.explanation)
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

/** Whether it is a first argument of fetch, and not a request in its parts. */
const isTarget = (value: unknown): value is string | URL | Request =>
  typeof value === 'string' || /^(URL|Request)$/.test(tagOf(value))

/** Reads the arguments of fetch; the URL must be on invokeUrl's origin. */
function readTarget(settings: Settings, input: string | URL | Request, init?: RequestInit): Promise<Call> {
  // From any realm or package: whatever is treated as a URL is sent.
  const request = tagOf(input) === 'Request' ? (input as Request) : undefined
  const base = `${settings.origin}/`
  let url: URL | undefined
  try {
    url = new URL(request ? request.url : (input as string | URL), base)
  } catch {
    // The error below names it.
  }
  // The origin alone is not enough: a blob URL has the origin of the page that created it.
  if (!url?.href.startsWith(base)) {
    const got = url ? `one on ${url.protocol}//${url.username && '...@'}${url.host}` : 'none'
    throw new TypeError(`input must be a URL on invokeUrl's origin ${settings.origin}; got ${got}`)
  }
  return readFetch(settings, url, request, init)
}

/** fetch with a signature. */
async function signedFetch(
  settings: Settings,
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const reading = readTarget(settings, input, init)
  let refused: Response | undefined
  const keep = (response: Response) => {
    refused = response.type === 'opaqueredirect' ? response : response.clone()
  }
  try {
    return await send(settings, await reading, (response) => response, keep)
  } catch (caught) {
    const error = caught as any
    if (!error?.isAxiosError) throw error
    // Like fetch: resolves with the server's answer, and rejects with the platform's own errors or the signal's reason.
    const { code, response } = error
    if (refused && (response || code === 'ERR_REDIRECT')) return refused
    throw 'cause' in error ? error.cause : error
  }
}
