// The rows of docs/comparison.md that a program can find out, so that they are true of the packages as
// they are installed here.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { startGateway } from '../lib/gateway.mjs'
import { KEYS, PACKAGES } from './compared.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const { build } = createRequire(import.meta.url)('esbuild')
const TOKEN = { ...KEYS, sessionToken: 'an/example+token==' }
const HOUR = 3_600_000

/** Modules of Node, which a page has only by polyfills. */
const BUILT_IN = ['buffer', 'crypto', 'http', 'https', 'querystring', 'url']

/** What cannot be found out by a program. */
const NOT_RUN = ['most used and longest proven']

const [head, , ...lines] = /## Comparison\n\n((?:\|.*\n)+)/
  .exec(readFileSync(join(ROOT, 'docs/comparison.md'), 'utf8'))[1]
  .split('\n')
  .filter((line) => line !== '')
const cells = (line) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.replaceAll('**', '').trim())
const names = cells(head).slice(1)
const rows = new Map(lines.map((line) => cells(line)).map(([name, ...given]) => [name, given]))

/** Answers as a test says, and keeps what arrived. */
let server
let origin
let arrived
let answers
before(async () => {
  server = createServer((request, response) => {
    arrived.push({ path: request.url, headers: request.headers })
    const status = answers.shift() ?? 200
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${server.address().port}`
})
after(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  arrived = []
  answers = []
})

/** The headers that a package signs, whether it sends them or gives them back; lower case. */
async function signed(item, options) {
  if (!item.sign) {
    await item.call(origin, options)
    return arrived.at(-1).headers
  }
  const headers = await item.sign(`${origin}/pets/7`, options)
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

const yes = (is) => (is ? 'yes' : 'no')
const isFailure = () => undefined

const ROWS = {
  async 'signs in headers / in the query'(item) {
    const { authorization } = await signed(item)
    const url = await item.presign?.(`${origin}/pets/7`)
    return `${yes(/Signature=/.test(authorization))} / ${yes(/X-Amz-Signature=/.test(url))}`
  },

  async 'sends, repeats, expands templates'(item) {
    answers = [503]
    await item.call?.(origin, { retries: 1 })
    const does = [
      arrived.length > 0 && 'sends',
      arrived.length > 1 && 'repeats',
      arrived[0]?.path === '/pets/7' && 'expands templates',
    ].filter(Boolean)
    return does.length === 3 ? 'yes' : does.join(', ') || 'no'
  },

  async 'session token is signed'(item) {
    const { authorization } = await signed(item, { credentials: TOKEN })
    return yes(/SignedHeaders=[^,]*x-amz-security-token/.test(authorization))
  },

  async 'credentials that renew themselves'(item, name) {
    let given = 0
    const credentials = async () => {
      given++
      return { ...KEYS, accessKeyId: `AKIDEXAMPLE${given}`, expiration: new Date(Date.now() + 1000) }
    }
    if (name === 'gatesign') {
      for (let i = 0; i < 2; i++) await item.call(origin, { credentials })
      return yes(/AKIDEXAMPLE2\//.test(arrived[1].headers.authorization))
    }
    const first = await signed(item, { credentials }).catch(isFailure)
    return yes(/AKIDEXAMPLE1\//.test(first?.authorization))
  },

  async 'corrects the clock'(item, name) {
    if (name === '@smithy/signature-v4') return (await sdkCorrects()) ? "the SDK's clients do" : 'no'
    if (!item.call) return 'no'
    const gateway = await startGateway()
    try {
      await gateway.configure({ clockOffsetMs: HOUR })
      const status = await item.call(gateway.url, { path: '/stage/movie_list' }).catch(isFailure)
      return yes(status === 200)
    } finally {
      gateway.stop()
    }
  },

  async 'says why it was refused'(_, name) {
    return yes(Object.keys(await moduleOf(name)).some((exported) => /diagnos|explain/i.test(exported)))
  },

  async 'synchronous signing'(item) {
    if (!item.sign) return '–'
    const result = item.sign(`${origin}/`)
    await result
    return yes(!(result instanceof Promise))
  },

  async 'works on `http://` pages'(item, name) {
    const { needsNode } = await bundleOf(name)
    const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto')
    // Pages without TLS have no crypto.subtle.
    const getRandomValues = (array) => array
    Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues }, configurable: true })
    try {
      const headers = await signed(item).catch(isFailure)
      const works = /Signature=/.test(headers?.authorization)
      return works && needsNode ? 'with polyfills' : yes(works)
    } finally {
      Object.defineProperty(globalThis, 'crypto', own)
    }
  },

  async 'guesses service and region from any AWS host'(item, name) {
    const unknown = { service: undefined, region: undefined }
    if (name === 'aws-api-gateway-client') {
      const { authorization } = await signed(item, { region: '' })
      return yes(/\/us-west-2\//.test(authorization))
    }
    const scopeOf = async (host) => {
      const headers = await Promise.resolve()
        .then(() => item.sign(`https://${host}/`, unknown))
        .catch(isFailure)
      return /Credential=[^,]*/.exec(headers?.authorization ?? headers?.Authorization)?.[0] ?? ''
    }
    if ((await scopeOf('sqs.us-west-2.amazonaws.com')).includes('/us-west-2/sqs/')) return 'yes'
    if (name !== 'gatesign') return 'no'
    const { newClient } = await moduleOf(name)
    const { accessKeyId: accessKey, secretAccessKey: secretKey } = KEYS
    const client = newClient({ invokeUrl: 'https://sqs.us-west-2.amazonaws.com', accessKey, secretKey })
    const { headers } = await client.sign({ method: 'GET' })
    return headers.authorization.includes('/us-west-2/sqs/') ? 'yes, `newClient`' : 'no'
  },

  'plain JavaScript, no WebAssembly': async (_, name) =>
    yes(!(await bundleOf(name)).text.includes('WebAssembly')),

  async 'smallest download'(_, name) {
    const sizes = new Map()
    for (const each of names) sizes.set(each, await downloadOf(each))
    return yes(sizes.get(name) === Math.min(...sizes.values()))
  },

  async 'signs the chunks of a body that streams'(_, name) {
    if (name !== 'gatesign') return yes((await bundleOf(name)).text.includes('chunk-signature='))
    const [{ createSigner }, { signStream }] = [await import('gatesign'), await import('gatesign/streams')]
    const signer = createSigner({ ...KEYS, region: 'us-east-1', service: 's3' })
    const body = new Blob(['text']).stream()
    const signed = signStream(signer, { url: 'https://bucket.example/key', body, contentLength: 4 })
    const [, text] = (await new Response(signed.body).text()).split('\r\n')
    return yes(text === 'text' && /STREAMING-AWS4-/.test(signed.headers['x-amz-content-sha256']))
  },

  async 'signature version 4A (several regions)'(item, name) {
    const { authorization = '' } = item.signForRegions?.(`${origin}/pets/7`, 'us-east-1,eu-west-1') ?? {}
    if (authorization.startsWith('AWS4-ECDSA-P256-SHA256 ')) return 'yes'
    return yes(Object.keys(await moduleOf(name)).some((exported) => /v4a/i.test(exported)))
  },
}

test('every row is run, or known to be one that cannot be', () => {
  assert.deepEqual([...rows.keys()].sort(), [...Object.keys(ROWS), ...NOT_RUN].sort())
  assert.deepEqual(names, Object.keys(PACKAGES))
})

for (const [row, find] of Object.entries(ROWS)) {
  test(row, async () => {
    for (const [index, name] of names.entries()) {
      arrived = []
      answers = []
      const found = await find(PACKAGES[name], name)
      const says = rows.get(row)[index]
      assert.ok(
        says === found || says.startsWith(`${found},`) || says.startsWith(`${found} (`),
        `${name}: the document says “${says}”, found “${found}”`,
      )
    }
  })
}

after(() => console.log(`counted: ${Object.keys(ROWS).length * names.length} cells of the comparison`))

async function moduleOf(name) {
  const module = await import(name)
  return { ...module.default, ...module }
}

/** As a page that only signs would have it: one bundle, what it needs of Node left out. */
const bundles = new Map()
async function bundleOf(name) {
  if (!bundles.has(name)) {
    const entry = name === 'gatesign' ? 'gatesign/slim' : name
    const hash = name.startsWith('@smithy') ? "export { Sha256 } from '@aws-crypto/sha256-js'" : ''
    const { outputFiles, metafile } = await build({
      stdin: { contents: `export * from '${entry}'\n${hash}`, resolveDir: join(ROOT, 'tests') },
      ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', metafile: true },
      external: BUILT_IN,
      logLevel: 'error',
    })
    const [{ imports }] = Object.values(metafile.outputs)
    bundles.set(name, { text: outputFiles[0].text, needsNode: imports.some(({ external }) => external) })
  }
  return bundles.get(name)
}

async function downloadOf(name) {
  const module = name === 'gatesign' ? [readFileSync(join(ROOT, 'pkg/gatesign.wasm'))] : []
  const parts = [Buffer.from((await bundleOf(name)).text), ...module]
  return parts.reduce((sum, part) => sum + brotliCompressSync(part).length, 0)
}

/** Whether a client of the SDK signs with the server's time once it was refused for its own. */
async function sdkCorrects() {
  const dates = []
  const late = createServer((request, response) => {
    dates.push(request.headers['x-amz-date'])
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      date: new Date(Date.now() + HOUR).toUTCString(),
    }
    const isFirst = dates.length === 1
    const error = {
      __type: 'com.amazon.coral.service#InvalidSignatureException',
      message: 'Signature expired',
    }
    response.writeHead(isFirst ? 400 : 200, headers).end(JSON.stringify(isFirst ? error : { TableNames: [] }))
  }).listen(0, '127.0.0.1')
  await once(late, 'listening')
  const endpoint = `http://127.0.0.1:${late.address().port}`
  try {
    const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: KEYS })
    await client.send(new ListTablesCommand({}))
  } finally {
    late.closeAllConnections()
    late.close()
  }
  const time = (text) => Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  return time(dates[1]) - time(dates[0]) > HOUR / 2
}
