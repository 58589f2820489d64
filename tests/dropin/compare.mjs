// Compares what two runs of a row came to, and holds one run against what the row expects.

import assert from 'node:assert/strict'
import { headersOf } from './rows.mjs'

/** @typedef {import('./dropin.mjs').Seen} Seen */

/** What each transport says of itself. The signature is judged by the gateway's verdict. */
const IGNORED = new Set([
  'host',
  'connection',
  'user-agent',
  'accept-encoding',
  'accept-language',
  'sec-fetch-mode',
  'content-length',
  'authorization',
  'x-amz-date',
])
const IGNORED_IN_ANSWERS = new Set([
  'date',
  'content-length',
  'connection',
  'keep-alive',
  'x-amzn-requestid',
  'x-amz-apigw-id',
])

/** A recorded request without what depends on the transport. */
export function comparableRequest(request) {
  const headers = headersOf(request)
  for (const name of IGNORED) delete headers[name]
  // Without a body the old package sends a Content-Type all the same; a row of its own tells.
  if (request.bodyLength === 0) delete headers['content-type']
  const length = Number(headersOf(request)['content-length'] ?? 0)
  return { method: request.method, target: request.target, headers, body: request.bodyBase64, length }
}

export const bodyOf = (request) => Buffer.from(request.bodyBase64, 'base64')

/** What the caller got, without what depends on the transport or the moment. */
function comparableOutcome({ kind, value, error }) {
  if (kind === 'resolves') return { kind, ...comparableResponse(value) }
  return {
    kind,
    name: error.name,
    message: messageOf(error),
    code: error.code,
    isAxiosError: error.isAxiosError,
    config: error.config && comparableConfig(error.config),
    hasResponse: 'response' in error,
    response: error.response && comparableResponse(error.response),
  }
}

/** The old package's text. Where the answer says why, ours ends with the sentence of its diagnosis. */
function messageOf({ message, diagnosis }) {
  if (!diagnosis || !message.endsWith(`: ${diagnosis.summary}`)) return message
  const own = message.slice(0, -diagnosis.summary.length - 2)
  assert.match(own, /^Request failed with status code \d{3}$/)
  return own
}

function comparableResponse({ status, statusText, data, headers, config, request }) {
  const shown = Object.fromEntries(Object.entries(headers).filter(([name]) => !IGNORED_IN_ANSWERS.has(name)))
  return {
    status,
    statusText,
    data: comparableData(data),
    headers: shown,
    config: comparableConfig(config),
    hasRequest: typeof request === 'object' && request !== null,
  }
}

function comparableConfig({ url, method, data, timeout, 'axios-retry': retry }) {
  const bytes = ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')
    : data
  return { url, method, data: bytes, timeout, retryCount: retry?.retryCount }
}

/** The echo route repeats the headers, which are compared elsewhere. */
function comparableData(data) {
  const isEcho =
    typeof data === 'object' && data !== null && Array.isArray(data.headers) && 'bodyBase64' in data
  return isEcho ? { ...data, headers: undefined } : data
}

/**
 * Everything must be the same.
 *
 * @param {Seen} ours
 * @param {Seen} old
 * @param {any} row
 */
export function assertSame(ours, old, row) {
  assert.deepEqual(ours.requests.map(comparableRequest), old.requests.map(comparableRequest), 'what arrived')
  const [a, b] = [comparableOutcome(ours), comparableOutcome(old)]
  for (const path of row.except ?? []) for (const outcome of [a, b]) remove(outcome, path.split('.'))
  assert.deepEqual(a, b, 'what the caller got')
  if (row.clock) assert.deepEqual(ours.delays, old.delays, 'delays')
}

function remove(from, [name, ...rest]) {
  if (from === undefined) return
  if (rest.length === 0) delete from[name]
  else remove(from[name], rest)
}

/**
 * Holds what was seen against what a row expects: only what the row mentions is looked at.
 *
 * @param {Seen} seen
 * @param {any} expected
 */
export function assertExpected(seen, expected) {
  const { sent, delays, requests, check, ...rest } = expected
  const first = seen.requests[0]
  if (sent !== undefined) assert.equal(seen.requests.length, sent, `requests sent; outcome ${describe(seen)}`)
  for (const [i, one] of (requests ?? []).entries()) assertRequest(seen.requests[i], one, seen)
  if (delays !== undefined) assert.deepEqual(seen.delays, delays, 'delays in ms')
  const { target, method, body, json, headers, verdict, ...outcome } = rest
  const request = { target, method, body, json, headers, verdict }
  if (Object.values(request).some((value) => value !== undefined)) {
    assert.ok(first, `a request arrived; outcome ${describe(seen)}`)
    assertRequest(first, request, seen)
  }
  assertOutcome(seen, outcome)
  assert.notEqual(check?.(seen), false, describe(seen))
}

function assertRequest(request, { target, method, body, json, headers = {}, verdict }, { place }) {
  if (method !== undefined) assert.equal(request.method, method)
  if (target !== undefined) assert.equal(request.target, target.replace('~', place.prefix))
  if (body !== undefined)
    assert.equal(
      bodyOf(request).toString(Buffer.isBuffer(body) ? 'hex' : 'utf8'),
      Buffer.isBuffer(body) ? body.toString('hex') : body,
    )
  if (json !== undefined) assert.deepEqual(JSON.parse(bodyOf(request).toString()), json)
  const arrived = headersOf(request)
  for (const [name, value] of Object.entries(headers)) {
    if (value instanceof RegExp) assert.match(arrived[name] ?? '', value, name)
    else assert.equal(arrived[name], value, name)
  }
  if (verdict !== undefined) assert.equal(verdictOf(request), verdict, request.verdict.message)
}

export const verdictOf = ({ verdict }) => (verdict.ok ? 'ok' : verdict.kind)

function assertOutcome(seen, expected) {
  const { resolves, rejects, throws, refuses, ...unknown } = expected
  assert.deepEqual(Object.keys(unknown), [], 'the row has a field that nothing looks at')
  for (const [kind, wanted] of Object.entries({ resolves, rejects, throws, refuses })) {
    if (wanted === undefined) continue
    assert.equal(seen.kind, kind, describe(seen))
    const got = kind === 'resolves' ? seen.value : seen.error
    for (const [name, value] of Object.entries(wanted)) {
      const actual =
        name === 'message' ? messageOf(got) : name.split('.').reduce((from, key) => from?.[key], got)
      if (value instanceof RegExp) assert.match(String(actual), value, name)
      else if (typeof value === 'function')
        assert.ok(actual instanceof value, `${name} is ${actual?.constructor?.name}`)
      else assert.deepEqual(actual, value, name)
    }
  }
}

const describe = ({ kind, value, error }) =>
  `${kind} ${error ? `${error.name}: ${error.message}` : value?.status}`
