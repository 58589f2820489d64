// The shape of results: what callers of axios know.

import { redactedHeaders } from '../diagnose/redact.ts'
import { recorded } from './errors.js'

/**
 * What is kept of a call for its result or error: nothing in it is a credential.
 *
 * @typedef {{ config: object, request?: () => Request, explain?: () => any }} CallRecord `explain`: how it was
 *   signed, for an error
 *
 * @typedef {{ method: string, url: string, headers: Record<string, string> }} Prepared
 *
 * @typedef {(key: string, value: any) => any} Reviver as JSON.parse takes it
 */

/**
 * @param {Prepared} prepared
 * @param {import('./body.js').Payload} data
 * @param {number} timeout
 * @param {{ retries: number, retryCount: number } | undefined} retry
 * @returns {CallRecord}
 */
export function callRecord(prepared, data, timeout, retry) {
  const { url, method } = prepared
  const headers = redactedHeaders(prepared.headers)
  const config = { url, method: method.toLowerCase(), headers, data: data ?? undefined, timeout }
  /** @type {Request | undefined} */
  let request
  return {
    config: retry ? { ...config, 'axios-retry': retry } : config,
    // Few callers look at it, and making a Request costs as much as signing does.
    request() {
      const body = typeof data === 'string' || data instanceof Uint8Array ? data : undefined
      request ??= new Request(url, { method, headers, body })
      return request
    },
  }
}

/**
 * @param {Response} response
 * @param {string} responseType
 * @param {CallRecord} record
 * @param {Reviver} [hide] hides what must not be shown
 */
export async function readResponse(response, responseType, record, hide) {
  const headers = readHeaders(response.headers)
  const result = {
    data: await readData(response, responseType, hide),
    status: response.status,
    statusText: hide ? hide('', response.statusText) : response.statusText,
    headers: hide ? JSON.parse(JSON.stringify(headers), hide) : headers,
  }
  return recorded(result, record)
}

/**
 * @param {Response} response
 * @param {string} responseType
 * @param {Reviver} [hide]
 * @returns {Promise<unknown> | unknown}
 */
function readData(response, responseType, hide) {
  if (responseType === 'arraybuffer') return response.arrayBuffer()
  if (responseType === 'blob') return response.blob()
  if (responseType === 'stream') return response.body
  return response.text().then(responseType === 'json' ? (text) => parsed(text, hide) : undefined)
}

/**
 * JSON whenever it parses, whatever the content type says; otherwise the text.
 *
 * @param {string} text
 * @param {Reviver} [revive] sees each text in it
 */
export function parsed(text, revive) {
  if (text === '') return ''
  try {
    return JSON.parse(text, revive)
  } catch {
    return revive ? revive('', text) : text
  }
}

function readHeaders(/** @type {Headers} */ from) {
  /** @type {Record<string, string | string[]>} */
  const headers = Object.fromEntries(from)
  const cookies = from.getSetCookie?.() ?? []
  if (cookies.length > 0) headers['set-cookie'] = cookies
  // The body was decoded, so the header no longer says the truth about data.
  if (/^((x-)?gzip|deflate|br|zstd)$/i.test(`${headers['content-encoding']}`)) {
    delete headers['content-encoding']
  }
  return headers
}
