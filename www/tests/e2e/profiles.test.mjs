// The page as `gatesign serve --profile` serves it, and a login with Cognito, which needs no command.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { GIVEN, refusedJson, startServices } from '../../../tests/lib/credential-services.mjs'
import { startServe } from '../../../tests/lib/served.mjs'
import { checkAccess } from '../lib/access.mjs'
import { setup } from '../lib/tester.mjs'

const POOL = 'us-east-1:11111111-2222-3333-4444-555555555555'
const COGNITO = 'https://cognito-identity.us-east-1.amazonaws.com/'

const services = await startServices()
const home = mkdtempSync(join(tmpdir(), 'gatesign-profiles-'))
mkdirSync(join(home, '.aws'))
writeFileSync(
  join(home, '.aws/config'),
  `[profile work]\nrole_arn = arn:aws:iam::123456789012:role/Reader\nsource_profile = keys\nregion = us-east-1\n[profile ended]\nsso_start_url = https://x\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = r\n`,
)
writeFileSync(
  join(home, '.aws/credentials'),
  '[keys]\naws_access_key_id = AKIAKEYS\naws_secret_access_key = keys/secret\n',
)
const { gateway, site, withPage } = await setup({
  start: () => {
    const env = { HOME: home, AWS_ENDPOINT_URL: services.url, AWS_EC2_METADATA_DISABLED: 'true' }
    return startServe(['--profile', 'work,ended'], env)
  },
})
after(() => {
  services.stop()
  rmSync(home, { recursive: true })
})
beforeEach(async () => {
  services.reset()
  await gateway.identity(GIVEN)
})

const panel = (tester) => tester.page.getByRole('group', { name: 'Profiles of this machine' })

/** An open page with a request to the gateway, at its tab Auth. */
async function opened(tester) {
  await tester.request('GET', '/stage/echo')
  await tester.tab('Auth').click()
}

test(
  'two clicks: a profile, and Send',
  withPage(async (tester) => {
    await opened(tester)
    await tester.button('work').click()
    await panel(tester)
      .getByText(/^Those of work end in \d/)
      .waitFor()
    assert.match(await tester.send(), /^200/)
    const { verdict } = await tester.arrived()
    assert.deepEqual([verdict.ok, verdict.sessionTokenSigned], [true, true])
    assert.equal(await tester.button('work').getAttribute('aria-pressed'), 'true')
  }),
)

test(
  'who it is, and new credentials by one click',
  withPage(async (tester) => {
    services.state.answers.GetCallerIdentity = () => ({
      body: '<a><Arn>arn:aws:sts::123456789012:assumed-role/Reader/me</Arn><UserId>AROA:me</UserId><Account>123456789012</Account></a>',
    })
    await opened(tester)
    await tester.button('work').click()
    await tester.button('Who am I').click()
    const text = 'arn:aws:sts::123456789012:assumed-role/Reader/me in the account 123456789012.'
    await panel(tester).getByText(text).waitFor()
    const asked = services.state.asked.length
    await tester.button('Refresh').click()
    await tester.until(async () => services.state.asked.length > asked)
    await panel(tester)
      .getByText(/^Those of work end in/)
      .waitFor()
  }),
)

test(
  'a login that has ended: what to run',
  withPage(
    async (tester) => {
      await opened(tester)
      await tester.button('ended').click()
      await panel(tester)
        .getByText(/run aws sso login --profile ended$/)
        .waitFor()
      assert.equal(await tester.field('Access key id').inputValue(), '')
    },
    { provoked: [site.url] },
  ),
)

test(
  'nothing of it is kept, and no axe rule is broken',
  withPage(
    async (tester) => {
      await opened(tester)
      await tester.button('work').click()
      await panel(tester)
        .getByText(/^Those of work/)
        .waitFor()
      await tester.page.getByText('Sign in with Amazon Cognito').click()
      await tester.field('Identity pool').waitFor()
      await checkAccess(tester, 'profiles')
      await tester.send()
      const stored = await tester.page.evaluate(async () => {
        const texts = [JSON.stringify({ ...localStorage, ...sessionStorage })]
        for (const { name } of await indexedDB.databases()) {
          const database = await new Promise((resolve) => {
            indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result)
          })
          for (const store of database.objectStoreNames) {
            const rows = await new Promise((resolve) => {
              database.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) =>
                resolve(target.result)
            })
            texts.push(JSON.stringify(rows))
          }
        }
        return texts.join('\n')
      })
      for (const secret of Object.values(GIVEN)) assert.ok(!stored.includes(secret), secret)
    },
    { bypassCSP: true },
  ),
)

/** Cognito's own address, answered by the services. */
const toServices = (tester) =>
  tester.page.route(`${COGNITO}**`, async (route) => {
    const request = route.request()
    const headers = { 'x-amz-target': request.headers()['x-amz-target'] ?? '' }
    const response = await fetch(services.url, { method: 'POST', headers, body: request.postData() })
    await route.fulfill({
      status: response.status,
      headers: { 'access-control-allow-origin': '*' },
      body: await response.text(),
    })
  })
const tokenOf = (claims) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`

test(
  'a guest of a Cognito pool, without the command',
  withPage(async (tester) => {
    await toServices(tester)
    await opened(tester)
    await tester.field('Region').fill('us-east-1')
    await tester.page.getByText('Sign in with Amazon Cognito').click()
    await tester.field('Identity pool').fill(POOL)
    await tester.button('Sign in as a guest').click()
    await tester.page.getByText(/^The identity us-east-1:an-identity: its credentials end in/).waitFor()
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).verdict.ok, true)
    assert.deepEqual(
      services.state.asked.map(({ action }) => action),
      ['GetId', 'GetCredentialsForIdentity'],
    )
  }),
)

test(
  'a user of a Cognito pool: the token says who gave it; a refusal is shown',
  withPage(
    async (tester) => {
      await toServices(tester)
      await opened(tester)
      await tester.page.getByText('Sign in with Amazon Cognito').click()
      await tester.field('Identity pool').fill(POOL)
      const token = tokenOf({ iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example' })
      await tester.field('Token of the login').fill(token)
      await tester.button('Sign in').click()
      await tester.page.getByText(/^The identity us-east-1:an-identity/).waitFor()
      const [{ parameters }] = services.state.asked
      assert.deepEqual(parameters.Logins, { 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Example': token })
      services.state.answers.GetId = () => refusedJson(400, 'NotAuthorizedException', 'Token is not valid')
      services.state.answers.GetCredentialsForIdentity = services.state.answers.GetId
      await tester.button('Refresh').click()
      await tester.page.getByText('NotAuthorizedException: Token is not valid').waitFor()
    },
    { provoked: [COGNITO] },
  ),
)
