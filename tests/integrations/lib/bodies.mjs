// A body of each kind: what a client is given for it, and what has to arrive.

import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'

const TEXT = '{"title":"Das Boot – ü"}'
const bytes = new TextEncoder().encode(TEXT)

function form() {
  const made = new FormData()
  made.append('title', 'Das Boot – ü')
  made.append('poster', new File([bytes], 'poster.bin', { type: 'application/x-poster' }))
  return made
}

async function checkForm({ body, type }) {
  assert.match(type, /^multipart\/form-data; ?boundary=/)
  const read = await new Response(body, { headers: { 'content-type': type } }).formData()
  assert.equal(read.get('title'), 'Das Boot – ü')
  const file = read.get('poster')
  assert.deepEqual([file.name, file.type, await file.text()], ['poster.bin', 'application/x-poster', TEXT])
}

const isText = ({ body }) => assert.equal(body.toString(), TEXT)

/** @type {Record<string, { body: () => any, headers?: Record<string, string>, check: (arrived: { body: Buffer, type: string }) => unknown }>} */
export const BODIES = {
  'a text': { body: () => TEXT, headers: { 'content-type': 'application/json' }, check: isText },
  bytes: {
    body: () => Buffer.from(bytes),
    headers: { 'content-type': 'application/octet-stream' },
    check: isText,
  },
  FormData: { body: form, check: checkForm },
  URLSearchParams: {
    body: () => new URLSearchParams({ title: 'Das Boot – ü', a: 'b c' }),
    check({ body, type }) {
      assert.equal(body.toString(), 'title=Das+Boot+%E2%80%93+%C3%BC&a=b+c')
      assert.match(type, /^application\/x-www-form-urlencoded/)
    },
  },
  Blob: {
    body: () => new Blob([bytes], { type: 'application/x-movie' }),
    check({ body, type }) {
      assert.deepEqual([body.toString(), type], [TEXT, 'application/x-movie'])
    },
  },
  'a stream of the Web': {
    body: () => new Blob([bytes]).stream(),
    headers: { 'content-type': 'application/json' },
    check: isText,
  },
  'a stream of Node': {
    body: () => Readable.from([bytes.slice(0, 5), bytes.slice(5)], { objectMode: false }),
    headers: { 'content-type': 'application/json' },
    check: isText,
  },
  'a compressed body': {
    body: () => gzipSync(bytes),
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    check: ({ body }) => assert.deepEqual(body, gzipSync(bytes)),
  },
}

/**
 * Sends each kind, and compares what arrived; the gateway has verified its signature then.
 *
 * @param {import('./checks.mjs').Checks} checks
 * @param {(url: string, body: any, headers: Record<string, string>) => Promise<any>} send resolves with the echo's JSON
 * @param {string[]} [without] kinds that the client itself does not take
 */
export async function sendBodies(checks, send, without = []) {
  for (const [name, { body, headers = {}, check }] of Object.entries(BODIES)) {
    if (without.includes(name)) continue
    await checks.signed(`body: ${name}`, async () => {
      const echo = await send(`${checks.url}/echo`, body(), { ...headers })
      const type = echo.headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? ''
      await check({ body: Buffer.from(echo.bodyBase64, 'base64'), type })
    })
  }
}
