// A page with a Cognito identity pool: its guest stays the same one, also for the AWS SDK, which keeps ids where we do.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, before, beforeEach, test } from 'node:test'
import { startChromium } from '../lib/chromium.mjs'
import { GIVEN, startServices } from '../lib/credential-services.mjs'
import { startGateway } from '../lib/gateway.mjs'

const POOL = 'us-east-1:11111111-2222-3333-4444-555555555555'

let gateway
let chromium
let services
let page
before(async () => {
  gateway = await startGateway()
  services = await startServices()
  chromium = await startChromium()
  page = await chromium.browser.newPage()
  await page.goto(chromium.url)
})
after(async () => {
  await chromium?.stop()
  gateway?.stop()
  services?.stop()
})
beforeEach(async () => {
  services.reset()
  await gateway.reset()
  await gateway.identity(GIVEN)
})

/** Whose key the gateway has seen, and which guest it was. */
const call = () =>
  page.evaluate(
    async ({ invokeUrl, endpoint, identityPoolId }) => {
      const { newClient } = await import('/web.mjs')
      const { fromCognitoIdentityPool } = await import('/credentials-web.mjs')
      const credentials = fromCognitoIdentityPool({ identityPoolId, clientConfig: { endpoint } })
      const client = newClient({ invokeUrl, region: 'us-east-1', credentials })
      const { data } = await client.invokeApi({}, '/echo', 'GET')
      return { key: data.accessKeyId, guest: (await credentials()).identityId }
    },
    { invokeUrl: `${gateway.url}/stage`, endpoint: services.url, identityPoolId: POOL },
  )
const asked = () => services.state.asked.map(({ action }) => action)

test('a guest calls an API, and is the same one when the page is opened again', async () => {
  assert.deepEqual(await call(), { key: GIVEN.accessKeyId, guest: 'us-east-1:an-identity' })
  assert.equal(asked()[0], 'GetId')
  services.reset()
  services.state.answers.GetId = () => ({ body: { IdentityId: 'us-east-1:another' } })
  await page.reload()
  assert.deepEqual(await call(), { key: GIVEN.accessKeyId, guest: 'us-east-1:an-identity' })
  assert.ok(!asked().includes('GetId'))
})

test('the AWS SDK in the same page has the same guest', async () => {
  await call()
  services.reset()
  const { build } = createRequire(new URL('../../xtask/package.json', import.meta.url))('esbuild')
  const { outputFiles } = await build({
    stdin: {
      contents: `export { fromCognitoIdentityPool } from '@aws-sdk/credential-provider-cognito-identity'`,
      resolveDir: new URL('..', import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'sdk',
    platform: 'browser',
    write: false,
    logLevel: 'warning',
  })
  await page.addScriptTag({ content: outputFiles[0].text })
  const guest = await page.evaluate(
    async ({ endpoint, identityPoolId }) => {
      const clientConfig = { region: 'us-east-1', endpoint }
      return (await window.sdk.fromCognitoIdentityPool({ identityPoolId, clientConfig })()).identityId
    },
    { endpoint: services.url, identityPoolId: POOL },
  )
  assert.equal(guest, 'us-east-1:an-identity')
  assert.deepEqual(asked(), ['GetCredentialsForIdentity'])
})

test('a page without storage gets a guest each time', async () => {
  await page.evaluate(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('storage is turned off', 'SecurityError')
    }
  })
  assert.equal((await call()).guest, 'us-east-1:an-identity')
  assert.ok(asked().includes('GetId'))
})
