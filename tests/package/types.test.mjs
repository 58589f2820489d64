// index.d.ts says what the code does: the same exports, and the options that are read, each with a comment.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, mock, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import * as namespace from 'gatesign'
import { createSigner, newClient } from 'gatesign'

const types = readFileSync(new URL('../../pkg-template/index.d.ts', import.meta.url), 'utf8')

/** An interface's own members in order: name, whether it is optional, comment, type. */
function declared(name, source = types) {
  const [, text] = new RegExp(`^export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(source)
  const member = /(?:^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^ {2}(?:readonly )?(\w+)(\??):((?:.|\n {4})*)/gm
  return Array.from(text.matchAll(member), ([, comment = '', name, optional, type]) => ({
    ...{ name, comment, type, optional: optional === '?' },
  }))
}

/** The names of an interface's members. */
const members = (name) =>
  declared(name)
    .map((member) => member.name)
    .sort()

/** Every optional member of an interface, with no value: `process.env` gives such for what is not set. */
const unset = (name) =>
  Object.fromEntries(declared(name).flatMap((member) => (member.optional ? [[member.name, undefined]] : [])))

/** Those that may be null, with that. */
const nulls = (name) =>
  Object.fromEntries(
    declared(name).flatMap(({ name, type }) => (/\bnull\b/.test(type) ? [[name, null]] : [])),
  )

/** An object that notes what is read of it. */
function watched(values) {
  const names = new Set()
  const get = (target, name) => {
    if (typeof name === 'string') names.add(name)
    return target[name]
  }
  return { object: new Proxy(values, { get }), names }
}

const config = {
  invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com',
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'secret',
}

test('exports', () => {
  const documented = Array.from(
    types.matchAll(/^export (?:function|const) (\w+)|^export (default)/gm),
    ([, name, byDefault]) => name ?? byDefault,
  )
  assert.deepEqual(Object.keys(namespace).sort(), documented.sort())
})

describe('the options that are read are those that are documented', () => {
  test('Config', () => {
    const { object, names } = watched(config)
    newClient(object)
    assert.deepEqual([...names].sort(), members('Config'))
  })

  test('AdditionalParams', async () => {
    const { object, names } = watched({})
    await newClient(config).sign({ additionalParams: object })
    assert.deepEqual([...names].sort(), members('AdditionalParams'))
  })

  test('CallRequest', async () => {
    const { object, names } = watched({ expiresIn: 60 })
    await newClient(config).sign(object)
    await newClient(config).presign(object)
    assert.deepEqual([...names].sort(), [...members('CallRequest'), 'expiresIn'].sort())
  })

  test('SignRequest', () => {
    const signer = createSigner({ accessKeyId: 'a', secretAccessKey: 'b', region: 'r', service: 's' })
    const { object, names } = watched({ url: 'https://example.com/', expiresIn: 60 })
    signer.sign(object)
    signer.presign(object)
    assert.deepEqual([...names].sort(), [...members('SignRequest'), 'expiresIn'].sort())
  })

  for (const name of [...members('SignerOptions'), 'accessKeyId', 'secretAccessKey', 'sessionToken']) {
    test(`SignerOptions: ${name} is checked`, () => {
      const options = {
        accessKeyId: 'a',
        secretAccessKey: 'b',
        region: 'r',
        service: 's',
        [name]: Symbol('x'),
      }
      assert.throws(
        () => createSigner(options).sign({ url: 'https://example.com/' }),
        (error) => error instanceof TypeError && error.message.includes(name),
      )
    })
  }
})

for (const [what, given] of [
  ['undefined', unset],
  ['null, where it may be,', nulls],
]) {
  test(`an option that is ${what} is one that is absent`, async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const plain = newClient(config)
    const client = newClient({ ...given('Config'), ...config })
    const call = { ...given('CallRequest'), additionalParams: given('AdditionalParams') }
    assert.deepEqual(await client.sign(call), await plain.sign({}))

    const options = { accessKeyId: 'a', secretAccessKey: 'b', region: 'r', service: 's3' }
    const request = { url: 'https://example.com/' }
    const signer = createSigner({ ...given('Identity'), ...given('SignerOptions'), ...options })
    const { body, ...signed } = signer.sign({ ...given('SignRequest'), ...request })
    const { body: none, ...expected } = createSigner(options).sign(request)
    assert.deepEqual(signed, expected)
    assert.equal(body ?? none, undefined)
    mock.timers.reset()
  })
}

describe('the subpaths', () => {
  const typesOf = (file) => readFileSync(new URL(`../../pkg-template/${file}`, import.meta.url), 'utf8')

  test('gatesign/slim has what the main entry has, and init', async () => {
    assert.match(typesOf('slim.d.ts'), /^export \* from '.\/index.js'$/m)
    assert.deepEqual(
      Object.keys(await import('gatesign/slim')).sort(),
      [...Object.keys(namespace), 'init'].sort(),
    )
  })

  test('gatesign/smithy', async () => {
    const smithy = await import('gatesign/smithy')
    assert.deepEqual(Object.keys(smithy), ['SignatureV4', 'SignatureV4MultiRegion', 'SignatureV4a'])
    const [, text] = /^export declare class SignatureV4 \{\n([\s\S]*?)^\}/m.exec(typesOf('smithy.d.ts'))
    const documented = new Set(Array.from(text.matchAll(/^ {2}(\w+)[(<]/gm), ([, name]) => name))
    assert.deepEqual(Object.getOwnPropertyNames(smithy.SignatureV4.prototype).sort(), [...documented].sort())
  })

  for (const name of ['events', 'streams', 'sdk']) {
    test(`gatesign/${name}`, async () => {
      const functions = typesOf(`${name}.d.ts`).matchAll(/^export function (\w+)/gm)
      const documented = Array.from(functions, ([, name]) => name)
      assert.deepEqual(Object.keys(await import(`gatesign/${name}`)).sort(), documented.sort())
    })
  }

  test('gatesign/global', () => {
    const [, text] = /var apigClientFactory: \{\n([\s\S]*?)^ {2}\}/m.exec(typesOf('global.d.ts'))
    const documented = Array.from(text.matchAll(/^ {4}(\w+):/gm), ([, name]) => name)
    const context = { atob, TextEncoder, TextDecoder }
    runInNewContext(readFileSync(fileURLToPath(import.meta.resolve('gatesign/global')), 'utf8'), context)
    assert.deepEqual(Object.keys(context.apigClientFactory).sort(), documented.sort())
  })
})

describe('what the comments say', () => {
  const smithy = readFileSync(new URL('../../pkg-template/smithy.d.ts', import.meta.url), 'utf8')
  const events = readFileSync(new URL('../../pkg-template/events.d.ts', import.meta.url), 'utf8')
  const streams = readFileSync(new URL('../../pkg-template/streams.d.ts', import.meta.url), 'utf8')
  const sigv4 = readFileSync(new URL('../../pkg-template/sigv4client.d.ts', import.meta.url), 'utf8')
  const sdk = readFileSync(new URL('../../pkg-template/sdk.d.ts', import.meta.url), 'utf8')

  test('every member has one', () => {
    for (const source of [types, smithy, events, streams, sdk, sigv4]) {
      const interfaces = source.matchAll(/^export (?:interface|declare class) \w+[^{]*\{\n([\s\S]*?)^\}/gm)
      const lines = Array.from(interfaces, ([, text]) => text.split('\n')).flat()
      const bare = lines.filter(
        (line, i) => /^ {2}(?:readonly )?['\w-]+[?(:<]/.test(line) && !/\*\/$/.test(lines[i - 1]),
      )
      assert.deepEqual(bare, [])
    }
  })

  for (const [source, names] of [
    [
      types,
      ['Identity', 'Config', 'AdditionalParams', 'CallRequest', 'SignerOptions', 'UrlParts', 'SignRequest'],
    ],
    [smithy, ['HttpRequest', 'SignatureV4Options', 'SigningOptions', 'RequestSigningOptions']],
    [smithy, ['RequestPresigningOptions', 'EventSigningOptions']],
    [events, ['EventOptions']],
    [streams, ['ChunkRequest', 'StreamRequest', 'UploadRequest']],
    [sigv4, ['SigV4Config', 'SigV4Request']],
  ]) {
    for (const name of names) {
      test(`${name}: what may be absent has a default`, () => {
        const silent = declared(name, source).filter(
          ({ optional, comment }) => optional && !/^ *\*? @default \S/m.test(comment),
        )
        assert.deepEqual(
          silent.map((member) => member.name),
          [],
        )
      })
    }
  }

  test('the headers that are redacted', async () => {
    const { comment } = declared('SentConfig').find(({ name }) => name === 'headers')
    const named = Array.from(comment.matchAll(/`([a-z0-9-]+)`/g), ([, name]) => name)
    const given = [...named, 'authentication', 'set-cookie', 'x-amz-date', 'x-api', 'x-csrf-token', 'x-token']
    const client = newClient({ invokeUrl: config.invokeUrl, fetch: async () => new Response('{}') })
    const headers = Object.fromEntries(given.map((name) => [name, 'value']))
    const { config: sent } = await client.invokeApi({}, '', 'GET', { headers })
    const redacted = Object.keys(sent.headers).filter((name) => sent.headers[name] === '[redacted]')
    assert.deepEqual(redacted.sort(), named.sort())
    assert.equal(redacted.length, 8)
  })

  test('functions that can refuse their arguments say so', () => {
    const functions = (types + events + streams + sdk).matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport function (\w+)/g,
    )
    const silent = Array.from(functions).filter(([, comment]) => !comment.includes('@throws {TypeError}'))
    assert.deepEqual(silent, [])
  })
})
