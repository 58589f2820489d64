// A body of each kind: what a client is given for it, and what has to arrive.

import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'

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
    // Who compresses says on which system in one of its bytes.
    check: ({ body }) => assert.equal(gunzipSync(body).toString(), TEXT),
  },
}

/** What a page makes of the text, as functions of it. */
const PAGE_BODIES = {
  'a text': (text) => text,
  bytes: (text) => new TextEncoder().encode(text).buffer,
  FormData: (text) => {
    const made = new FormData()
    made.append('title', 'Das Boot – ü')
    made.append('poster', new File([text], 'poster.bin', { type: 'application/x-poster' }))
    return made
  },
  Blob: (text) => new Blob([text], { type: 'application/x-movie' }),
  'a compressed body': (text) =>
    new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
}

async function checkEcho(echo, check) {
  const type = echo.headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? ''
  await check({ body: Buffer.from(echo.bodyBase64, 'base64'), type })
}

/**
 * Sends each kind, and compares what arrived; the gateway has verified its signature then.
 *
 * @param {import('./checks.mjs').Checks} checks
 * @param {(url: string, body: any, headers: Record<string, string>) => Promise<any>} send resolves with the echo's JSON
 * @param {{ without?: string[], by?: string }} [options] without: kinds that the client itself does not take; by: which of
 *   its functions sends, if there are several
 */
export async function sendBodies(checks, send, { without = [], by } = {}) {
  for (const [name, { body, headers = {}, check }] of Object.entries(BODIES)) {
    if (without.includes(name)) continue
    await checks.signed(by ? `body of ${by}: ${name}` : `body: ${name}`, async () => {
      await checkEcho(await send(`${checks.url}/echo`, body(), { ...headers }), check)
    })
  }
}

/**
 * The same kinds for `send` of a page, which makes them itself.
 *
 * @param {import('./checks.mjs').Checks} checks
 * @param {import('playwright-core').Page} page whose function `send(url, body, headers)` resolves with the echo's JSON
 */
export async function sendBodiesInPage(checks, page) {
  for (const [name, make] of Object.entries(PAGE_BODIES)) {
    const { headers = {}, check } = BODIES[name]
    // Its preflight would be refused: APIs do not allow pages to set it, unless they are told to.
    const { 'content-encoding': _, ...allowed } = headers
    await checks.signed(`body: ${name}`, async () => {
      const echo = await page.evaluate(
        `(async (text, headers) => send(${JSON.stringify(`${checks.url}/echo`)}, await (${make})(text), headers))(${JSON.stringify(TEXT)}, ${JSON.stringify(allowed)})`,
      )
      await checkEcho(echo, check)
    })
  }
}
