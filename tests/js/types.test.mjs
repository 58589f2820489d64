// index.d.ts says what the code does: the same exports, and the options that are read, each with a comment.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, mock, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import * as namespace from 'gatesign'
import { createSigner, newClient } from 'gatesign'

const types = readFileSync(new URL('../../pkg-template/index.d.ts', import.meta.url), 'utf8')

/** The names of an interface's members. */
function members(name) {
  const [, text] = new RegExp(`^export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(types)
  return Array.from(text.matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm), ([, member]) => member).sort()
}

/** Every optional member of an interface, with no value: `process.env` gives such for what is not set. */
function unset(name) {
  const [, text] = new RegExp(`^export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(types)
  const names = Array.from(text.matchAll(/^ {2}(?:readonly )?(\w+)\?:/gm), ([, member]) => member)
  return Object.fromEntries(names.map((member) => [member, undefined]))
}

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

test('an option that is undefined is one that is absent', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const plain = newClient(config)
  const client = newClient({ ...unset('Config'), ...config })
  const call = { ...unset('CallRequest'), additionalParams: unset('AdditionalParams') }
  assert.deepEqual(await client.sign(call), await plain.sign({}))

  const options = { accessKeyId: 'a', secretAccessKey: 'b', region: 'r', service: 's3' }
  const url = 'https://example.com/'
  const signer = createSigner({ ...unset('Identity'), ...unset('SignerOptions'), ...options })
  assert.deepEqual(signer.sign({ ...unset('SignRequest'), url }), createSigner(options).sign({ url }))
  mock.timers.reset()
})

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
    assert.deepEqual(Object.keys(smithy), ['SignatureV4'])
    const [, text] = /^export declare class SignatureV4 \{\n([\s\S]*?)^\}/m.exec(typesOf('smithy.d.ts'))
    const documented = new Set(Array.from(text.matchAll(/^ {2}(\w+)[(<]/gm), ([, name]) => name))
    assert.deepEqual(Object.getOwnPropertyNames(smithy.SignatureV4.prototype).sort(), [...documented].sort())
  })

  test('gatesign/global', () => {
    const [, text] = /var apigClientFactory: \{\n([\s\S]*?)^ {2}\}/m.exec(typesOf('global.d.ts'))
    const documented = Array.from(text.matchAll(/^ {4}(\w+):/gm), ([, name]) => name)
    const context = { atob, TextEncoder, TextDecoder }
    runInNewContext(readFileSync(fileURLToPath(import.meta.resolve('gatesign/global')), 'utf8'), context)
    assert.deepEqual(Object.keys(context.apigClientFactory).sort(), documented.sort())
  })
})

test('every member has a comment', () => {
  const interfaces = types.matchAll(/^export interface \w+[^{]*\{\n([\s\S]*?)^\}/gm)
  const lines = Array.from(interfaces, ([, text]) => text.split('\n')).flat()
  const bare = lines.filter(
    (line, i) => /^ {2}(?:readonly )?['\w-]+[?(:<]/.test(line) && !/\*\/$/.test(lines[i - 1]),
  )
  assert.deepEqual(bare, [])
})
