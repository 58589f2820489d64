// The shape of results: the fields of axios's responses.

import { redactedHeaders } from '../diagnose/redact.ts'
import type { Payload } from './body.ts'
import { recorded } from './errors.ts'

/**
 * What is kept of a call for its result or error. It contains no credential.
 *
 * `explain`: how the request was signed, for an error
 */
export type CallRecord = { config: object; request?: () => Request; explain?: () => any }

export type Prepared = { method: string; url: string; headers: Record<string, string> }

/** A reviver for JSON.parse */
export type Reviver = (key: string, value: any) => any

export function callRecord(
  prepared: Prepared,
  data: Payload,
  timeout: number,
  retry: { retries: number; retryCount: number } | undefined,
): CallRecord {
  const { url, method } = prepared
  const headers = redactedHeaders(prepared.headers)
  const config = { url, method: method.toLowerCase(), headers, data: data ?? undefined, timeout }
  let request: Request | undefined
  return {
    config: retry ? { ...config, 'axios-retry': retry } : config,
    // Few callers read it, and creating a Request costs as much as signing.
    request() {
      const body = typeof data === 'string' || data instanceof Uint8Array ? data : undefined
      request ??= new Request(url, { method, headers, body })
      return request
    },
  }
}

/** @param hide redacts what must not be shown */
export async function readResponse(
  response: Response,
  responseType: string,
  record: CallRecord,
  hide?: Reviver,
) {
  const headers = readHeaders(response.headers)
  const result = {
    data: await readData(response, responseType, hide),
    status: response.status,
    statusText: hide ? hide('', response.statusText) : response.statusText,
    headers: hide ? JSON.parse(JSON.stringify(headers), hide) : headers,
  }
  return recorded(result, record)
}

function readData(response: Response, responseType: string, hide?: Reviver): Promise<unknown> | unknown {
  if (responseType === 'arraybuffer') return response.arrayBuffer()
  if (responseType === 'blob') return response.blob()
  if (responseType === 'stream') return response.body
  return response.text().then(responseType === 'json' ? (text) => parsed(text, hide) : undefined)
}

/**
 * The parsed body if it is JSON, whatever the content type says; otherwise the text.
 *
 * @param revive called for each string in it
 */
export function parsed(text: string, revive?: Reviver) {
  if (text === '') return ''
  try {
    return JSON.parse(text, revive)
  } catch {
    return revive ? revive('', text) : text
  }
}

function readHeaders(from: Headers) {
  const headers: Record<string, string | string[]> = Object.fromEntries(from)
  const cookies = from.getSetCookie?.() ?? []
  if (cookies.length > 0) headers['set-cookie'] = cookies
  // The body was decoded, so the header no longer describes it.
  if (/^((x-)?gzip|deflate|br|zstd)$/i.test(`${headers['content-encoding']}`)) {
    delete headers['content-encoding']
  }
  return headers
}
