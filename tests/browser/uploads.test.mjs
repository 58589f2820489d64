// Uploads from pages, to the S3 server that checks every signature: streams over HTTP/2 in Chromium, the one browser that
// sends them; parts over HTTP/1.1 in Chromium and Firefox.

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createSigner } from 'gatesign'
import { chromium } from 'playwright-core'
import puppeteer from 'puppeteer-core'
import { S3_CREDENTIALS, startS3 } from '../lib/s3.mjs'
import { launchOptions } from '../lib/switches.mjs'
import { startHttp1, startHttp2 } from './uploads-site.mjs'

const SIGNER = { ...S3_CREDENTIALS, region: 'us-east-1', service: 's3' }
const PATIENCE = 120_000
const signer = createSigner(SIGNER)

let s3
let folder
let http1
let http2
/** Open pages, by browser and protocol. */
const pages = {}
const closing = []

before(async () => {
  s3 = await startS3()
  folder = await mkdtemp(join(tmpdir(), 'gatesign-page-uploads-'))
  http1 = await startHttp1(s3.url)
  http2 = await startHttp2(s3.url, folder)
  const { url, ...init } = signer.sign({ method: 'PUT', url: `${s3.url}/bucket` })
  assert.equal((await fetch(url, init)).status, 200)

  const one = await chromium.launch(launchOptions())
  closing.push(() => one.close())
  const context = await one.newContext({ ignoreHTTPSErrors: true })
  for (const [name, { url }] of Object.entries({ http1, http2 })) {
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE)
    await page.goto(url)
    pages[`chromium ${name}`] = page
  }
  const other = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    ...{ protocolTimeout: PATIENCE, timeout: PATIENCE },
    extraPrefsFirefox: {
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  })
  closing.push(() => other.close())
  pages['firefox http1'] = await other.newPage()
  pages['firefox http1'].setDefaultTimeout(PATIENCE)
  await pages['firefox http1'].goto(http1.url)
})
after(async () => {
  for (const close of closing) await close()
  for (const site of [http1, http2]) {
    site?.server.closeAllConnections?.()
    site?.server.close()
  }
  await s3?.stop()
  if (folder) await rm(folder, { recursive: true })
})

/** The same bytes as in the page. */
const bytesOf = (size) => Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) & 255))

async function stored(key) {
  const { url, headers } = signer.sign({ url: `${s3.url}/bucket/${key}` })
  const response = await fetch(url, { headers })
  return response.status === 200 ? Buffer.from(await response.arrayBuffer()) : response.status
}

/** Uploads from a page, by one of the functions, a body of one kind. */
const upload = (name, request) =>
  pages[name].evaluate(
    async ({ by, key, size, kind, signer: keys, ...options }) => {
      const [{ createSigner }, { signStream, uploadInParts }] = await globalThis.loaded
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) & 255)
      let at = 0
      const bodies = {
        Blob: () => new Blob([bytes]),
        stream: () =>
          new ReadableStream({
            pull(controller) {
              if (at >= size) return controller.close()
              controller.enqueue(bytes.subarray(at, at + 50_000))
              at += 50_000
            },
          }),
      }
      const signer = createSigner(keys)
      const url = `${location.origin}/bucket/${key}`
      try {
        if (by === 'parts') return await uploadInParts(signer, { url, body: bodies[kind](), ...options })
        const request = { url, body: bodies[kind](), contentLength: size, ...options }
        const { url: signedUrl, ...init } = signStream(signer, request)
        const response = await fetch(signedUrl, init)
        return { status: response.status, text: await response.text() }
      } catch (error) {
        return { error: `${error.name}: ${error.message}` }
      }
    },
    { ...request, signer: SIGNER },
  )

describe('a stream over HTTP/2 in Chromium', () => {
  for (const options of [{}, { checksum: null }, { signPayload: false }, { checksum: 'CRC64NVME' }]) {
    for (const kind of ['stream', 'Blob']) {
      test(`${kind} ${JSON.stringify(options)}`, async () => {
        const key = `h2-${kind}-${Object.entries(options).join('-').replaceAll(',', '-')}`
        const result = await upload('chromium http2', { by: 'stream', key, size: 300_000, kind, ...options })
        assert.deepEqual(result, { status: 200, text: '' })
        assert.deepEqual(await stored(key), bytesOf(300_000))
      })
    }
  }

  test('with a wrong secret', async () => {
    const request = { by: 'stream', key: 'wrong', size: 300_000, kind: 'stream' }
    const wrong = { ...SIGNER, secretAccessKey: 'wrong' }
    const result = await pages['chromium http2'].evaluate(
      async ({ wrong, size }) => {
        const [{ createSigner }, { signStream }] = await globalThis.loaded
        const body = new Blob([new Uint8Array(size)]).stream()
        const { url, ...init } = signStream(createSigner(wrong), {
          ...{ url: `${location.origin}/bucket/wrong`, body, contentLength: size },
        })
        // The server may answer, or close the connection, before it has read the stream.
        return fetch(url, init).then(
          ({ status }) => status,
          ({ name }) => name,
        )
      },
      { wrong, size: request.size },
    )
    assert.ok([403, 'TypeError'].includes(result), `${result}`)
    assert.equal(await stored('wrong'), 404)
  })
})

describe('a stream over HTTP/1.1', () => {
  test('Chromium refuses it', async () => {
    const request = { by: 'stream', key: 'h1', size: 300_000, kind: 'stream' }
    assert.match((await upload('chromium http1', request)).error, /^TypeError: Failed to fetch/)
    assert.equal(await stored('h1'), 404)
  })

  test('Firefox sends no streams: the error says what does it', async () => {
    const request = { by: 'stream', key: 'h1', size: 300_000, kind: 'stream' }
    const { error } = await upload('firefox http1', request)
    assert.equal(error, 'TypeError: body cannot be sent: fetch does not send streams here. Use uploadInParts')
    assert.equal(await stored('h1'), 404)
  })
})

describe('parts', () => {
  const PART = 5 * 1024 * 1024
  for (const name of ['chromium http1', 'chromium http2', 'firefox http1']) {
    for (const kind of ['stream', 'Blob']) {
      for (const [size, parts] of [
        [1000, 1],
        [PART + 1, 2],
      ]) {
        test(`${name}: ${kind}, ${size} bytes`, async () => {
          const key = `${name}-${kind}-${size}`.replace(' ', '-')
          const result = await upload(name, { by: 'parts', key, size, kind })
          assert.equal(result.error, undefined)
          assert.deepEqual([result.size, result.parts], [size, parts])
          assert.match(result.etag, parts === 1 ? /^"[0-9a-f]{32}"$/ : /^"[0-9a-f]{32}-2"$/)
          assert.deepEqual(await stored(key), bytesOf(size))
        })
      }
    }
  }
})
