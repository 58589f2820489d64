// Runs in an empty project with the tarball: checks by require and by import the signature that AWS publishes.

const assert = require('node:assert/strict')
const { existsSync } = require('node:fs')
const { join } = require('node:path')
const required = require('gatesign')

/** get-vanilla of the official suite (aws-signing-test-suite/v4). */
const OPTIONS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
}
const REQUEST = { url: 'https://example.amazonaws.com/', date: '20150830T123600Z' }
const EXPECTED = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'

async function check() {
  const tester = join(require.resolve('gatesign/package.json'), '../tester/index.html')
  assert.ok(existsSync(tester), 'the web tester is in the package')
  const imported = await import('gatesign')
  for (const { createSigner, newClient } of [required, imported]) {
    assert.equal(createSigner(OPTIONS).explain(REQUEST).signature, EXPECTED)
    assert.equal(typeof newClient({ invokeUrl: 'https://example.com' }).invokeApi, 'function')
  }
  console.log('the signature is the published one, by require and by import')
}
check()
