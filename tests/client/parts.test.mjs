// Pay for what you import: the entries with a part of the package, and what bundlers leave out of the main one.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as gatesign from 'gatesign'
import { bundled } from '../../xtask/added.mjs'

const require = createRequire(import.meta.url)
const PACKAGE = new URL('../../pkg/', import.meta.url)
const signer = await import(new URL('signer.mjs', PACKAGE))
const diagnosis = await import(new URL('diagnose.mjs', PACKAGE))
const web = await import(new URL('web.mjs', PACKAGE))

const IDENTITY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }

describe('gatesign/signer', () => {
  test('exports createSigner alone', () => assert.deepEqual(Object.keys(signer), ['createSigner']))

  test('signs, presigns and explains as the main entry does, also what is refused, but for warnings', () => {
    let warnings = 0
    for (const options of [
      { region: 'us-east-1', service: 'service' },
      { region: 'eu-central-1', service: 's3', sessionToken: 'a token' },
      { region: 'us-east-1', service: 'execute-api', date: Date.UTC(2020, 1, 1) },
      { region: '', service: 's3' },
    ]) {
      const results = [signer, gatesign].map(({ createSigner }) => outcome(() => used(createSigner, options)))
      const [, whole] = results
      // The names of AWS's hosts are in the main entry only.
      if (whole[2]?.warning) {
        warnings += 1
        assert.match(whole[2].warning, /^The host's name tells the (service|region) /)
        delete whole[2].warning
      }
      assert.deepEqual(results[0], whole)
    }
    assert.equal(warnings, 2)
    const { signature } = signer
      .createSigner({ ...IDENTITY, region: 'us-east-1', service: 'service' })
      .explain({ url: 'https://example.amazonaws.com/', date: '20150830T123600Z' })
    assert.equal(signature, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31', 'get-vanilla')
  })

  test("in Node it is the main entry's, by import and by require", async () => {
    assert.equal((await import('gatesign/signer')).createSigner, gatesign.createSigner)
    assert.equal(require('gatesign/signer').createSigner, gatesign.createSigner)
  })
})

function used(createSigner, options) {
  const date = '20150830T123600Z'
  const made = createSigner({ ...IDENTITY, ...options })
  const request = { url: 'https://bucket.s3.us-east-1.amazonaws.com/a b?x=1', headers: { 'x-a': 'b' }, date }
  return [
    made.sign({ ...request, method: 'PUT', body: 'é'.repeat(100) }),
    made.presign({ ...request, expiresIn: 60 }),
    made.explain(request),
    made.signString('text', date),
  ]
}

function outcome(make) {
  try {
    return make()
  } catch ({ message }) {
    return message
  }
}

describe('gatesign/diagnose', () => {
  test('exports diagnose alone', () => assert.deepEqual(Object.keys(diagnosis), ['diagnose']))

  test('needs no module: it answers before init of gatesign/slim', async () => {
    const slim = await import(new URL('slim.mjs', PACKAGE))
    const { credentials, init } = { credentials: { accessKeyId: 'A', secretAccessKey: 's' }, init: slim.init }
    assert.equal(typeof init, 'function')
    assert.throws(() => slim.createSigner({ ...credentials, region: 'us-east-1', service: 's3' }), /init/)
    assert.equal(slim.diagnose('Missing Authentication Token').kind, 'MissingAuthenticationToken')
  })

  test('says what the main entry in Node says', () => {
    const problems = [
      'Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z',
      '<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>',
      { status: 403, headers: {}, body: '{"message":"Forbidden"}' },
      { status: 403, headers: { 'x-amzn-errortype': 'ExpiredTokenException' }, body: '{"message":"é"}' },
      new TypeError('Failed to fetch'),
      { status: 200, headers: {}, body: 'ok' },
    ]
    for (const problem of problems) {
      assert.deepEqual(diagnosis.diagnose(problem), gatesign.diagnose(problem))
      assert.deepEqual(web.diagnose(problem), gatesign.diagnose(problem))
    }
  })

  test('the main entry of browsers has this one', () => assert.equal(web.diagnose, diagnosis.diagnose))

  test("in Node it is the main entry's, by import and by require", async () => {
    assert.equal((await import('gatesign/diagnose')).diagnose, gatesign.diagnose)
    assert.equal(require('gatesign/diagnose').diagnose, gatesign.diagnose)
  })
})

test('the main entry of browsers exports what that of Node does', () => {
  const names = Object.keys(gatesign).filter((name) => !['module.exports', '__esModule'].includes(name))
  assert.deepEqual(Object.keys(web).sort(), names.sort())
})

describe('what a bundler leaves out of the main entry', () => {
  /** A text of each part. */
  const SIGNS = {
    client: 'invokeUrl must be specified!',
    diagnose: 'Then check that accessKey and secretKey are set',
  }
  const folder = fileURLToPath(PACKAGE)

  for (const [name, parts] of [
    ['newClient', ['client']],
    ['createSigner', ['client']],
    ['diagnose', ['diagnose']],
    ['newClient, diagnose', ['client', 'diagnose']],
  ]) {
    test(`import { ${name} } has ${parts.join(' and ')}`, async () => {
      const contents = `import { ${name} } from './web.mjs'\nglobalThis.used = [${name}]`
      const text = Buffer.from(await bundled(contents, folder)).toString()
      const found = Object.keys(SIGNS).filter((part) => text.includes(SIGNS[part]))
      assert.deepEqual(found, parts)
    })
  }
})
