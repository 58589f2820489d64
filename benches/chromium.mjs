// The signing cases in Chromium: one bundle of all signers, run in a page.

import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { launchOptions } from '../tests/lib/switches.mjs'

const require = createRequire(import.meta.url)

const PAGE = `
import * as gatesign from '../pkg/web.mjs'
import * as aws4fetch from 'aws4fetch'
import * as smithy from '@smithy/signature-v4'
import { Sha256 } from '@aws-crypto/sha256-js'
import { interleaved } from './measure.mjs'
import { BODIES, presigners, signers } from './signers.mjs'
const peers = { gatesign, aws4fetch, smithy, hashes: { 'sha256-js': Sha256 } }
globalThis.bench = async (name, effort) =>
  interleaved(name === 'presign' ? presigners(peers) : signers(peers, BODIES[name]), effort)
`

/** @param {string[]} names of cases */
export async function chromium(names, effort) {
  const { version, results } = await inPage(
    PAGE,
    names.map((name) => [name, effort]),
  )
  return { version, results: Object.fromEntries(names.map((name, i) => [name, results[i]])) }
}

/**
 * @param {string} contents a script that makes `globalThis.bench`
 * @param {unknown[]} calls what it is called with, one after the other: a list is its arguments
 */
export async function inPage(contents, calls) {
  const { outputFiles } = await require('esbuild').build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
  })
  // From 127.0.0.1, which is a secure context: aws4fetch needs WebCrypto.
  const server = createServer((request, response) => {
    const script = request.url === '/bench.js'
    // Isolated pages have a clock of 5 µs, and not of 100.
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('cross-origin-embedder-policy', 'require-corp')
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(
      script ? outputFiles[0].text : '<!doctype html><script type="module" src="/bench.js"></script>',
    )
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await require('playwright-core').chromium.launch(launchOptions())
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.waitForFunction(() => typeof globalThis.bench === 'function')
    const results = []
    for (const call of calls) {
      results.push(await page.evaluate((given) => globalThis.bench(...[given].flat()), call))
    }
    return { version: browser.version(), results }
  } finally {
    await browser.close()
    server.close()
  }
}
