// What will not work is said before it is sent, and what did not is told apart; each with the button that helps.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { freePort } from '../../../tests/lib/server-process.mjs'
import { checkAccess } from '../lib/access.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const about = (tester) => tester.page.locator('#about-url')
const focused = (tester) => tester.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))

test(
  'before sending: region, http, private host, empty variable, session token; each with its button, by keyboard',
  withPage(async (tester) => {
    await tester.credentials(LONG_LIVED, 'us-east-1')
    await tester.url.fill('https://abc123.execute-api.eu-west-1.amazonaws.com/prod/movies')
    await about(tester).getByText('The host is in eu-west-1, the signature is for us-east-1.').waitFor()
    await tester.button('Use eu-west-1').press('Enter')
    assert.equal(await tester.field('Region').inputValue(), 'eu-west-1')
    await about(tester).getByText('API abc123').waitFor()

    await tester.url.fill('http://abc123.execute-api.eu-west-1.amazonaws.com/prod/movies')
    await about(tester).getByText('http is not encrypted').waitFor()
    await tester.button('Use https').press('Enter')
    assert.equal(
      await tester.url.inputValue(),
      'https://abc123.execute-api.eu-west-1.amazonaws.com/prod/movies',
    )

    await tester.url.fill('https://vpce-0a1-b2c.execute-api.eu-west-1.vpce.amazonaws.com/prod/movies')
    await tester.button('Add x-apigw-api-id').press('Enter')
    await tester.until(async () => (await focused(tester)) === 'Value of header 1')
    await tester.page.keyboard.type('abc123')
    await tester.button('Add x-apigw-api-id').waitFor({ state: 'detached' })

    await tester.url.fill(`${gateway.url}/stage/movie/{year}/{title}`)
    await about(tester).getByText('{year} is empty').waitFor()
    await tester.button('Fill it in').press('Enter')
    await tester.until(() => tester.field('year').evaluate((field) => field === document.activeElement))
    await tester.page.keyboard.type('2013')
    await about(tester).getByText('{title} is empty').waitFor()
    await tester.field('title').fill('Gravity')
    await tester.tab('Auth').click()
    await tester.field('Access key id').fill('ASIAEXAMPLETEMPORARY')
    await tester.button('Open session token').press('Enter')
    await tester.until(async () => (await focused(tester)) === 'Session token')
    // A variable of the query may be empty.
    await tester.url.fill(`${gateway.url}/stage/movie_list{?page}`)
    await tester.field('Session token').fill('token')
    await tester.until(async () => !/is empty/.test(await about(tester).innerText()))
    assert.deepEqual(await gateway.requests(), [])
  }),
)

test(
  'the host answers, and CORS is missing: the setting, or a signature in the query',
  withPage(async (tester) => {
    await gateway.configure({ cors: { enabled: true, allowHeaders: 'content-type' } })
    await tester.credentials()
    await tester.request('GET', '/stage/movie_list')
    await tester.button('Send').click()
    const { host } = new URL(gateway.url)
    await tester.page
      .getByRole('heading', {
        name: `${host} answers, but not to this page: it refuses the CORS preflight`,
      })
      .waitFor()
    await tester.button('Sign in the query, which needs no preflight').press('Enter')
    await tester.until(async () => /^200/.test((await tester.status.textContent()) ?? ''))
    const probe = (await gateway.requests()).find(({ method }) => method === 'HEAD')
    assert.equal(probe.target, '/')
    assert.ok(
      !probe.headers.some(([name]) => /authorization|x-amz/i.test(name)),
      'it carries nothing of the request',
    )
  }),
)

/** Nothing listens there. */
const closed = `http://127.0.0.1:${await freePort()}`
test(
  'nothing answers: no word of CORS',
  withPage(
    async (tester) => {
      await tester.credentials()
      await tester.url.fill(`${closed}/stage/movie_list`)
      await tester.button('Send').click()
      const said = tester.page.getByRole('region', { name: 'Diagnosis' })
      await said.getByText(/^Nothing answers at 127\.0\.0\.1:\d+: the name is not known here/).waitFor()
      assert.equal(await said.getByRole('link', { name: /^Open it in a tab/ }).getAttribute('href'), closed)
      assert.doesNotMatch(await said.innerText(), /CORS/)
    },
    { provoked: [closed] },
  ),
)

test(
  'a refusal that names the service, and an expired token',
  withPage(async (tester) => {
    await tester.credentials(LONG_LIVED)
    await tester.field('Service').fill('sns')
    await tester.request('GET', '/stage/movie_list')
    assert.match(await tester.send(), /^403/)
    await tester.button('Use the service execute-api').press('Enter')
    assert.equal(await tester.field('Service').inputValue(), 'execute-api')
    assert.match(await tester.send(), /^200/)
    await gateway.identity({
      accessKeyId: 'ASIAENDED',
      secretAccessKey: 'ended/secret',
      sessionToken: 'ended',
      expiresInMs: 0,
    })
    await tester.credentials({ accessKey: 'ASIAENDED', secretKey: 'ended/secret', sessionToken: 'ended' })
    await tester.tab('Params').click()
    assert.match(await tester.send(), /^403/)
    await tester.result.getByRole('button', { name: 'Open session token' }).press('Enter')
    await tester.until(async () => (await focused(tester)) === 'Session token')
  }),
)

for (const colorScheme of ['light', 'dark']) {
  test(
    `axe-core finds nothing at 360 px: ${colorScheme}`,
    withPage(
      async (tester) => {
        await tester.credentials(LONG_LIVED, 'us-east-1')
        await tester.url.fill('https://abc123.execute-api.eu-west-1.amazonaws.com/prod/movies')
        await tester.button('Use eu-west-1').waitFor()
        await checkAccess(tester, 'a hint')
        await gateway.configure({ cors: { enabled: false }, corsOnErrors: false })
        await tester.request('GET', '/stage/movie_list')
        await tester.button('Send').click()
        await tester.button('See the preflight, and a setting that allows it').waitFor()
        await checkAccess(tester, 'no CORS')
        await tester.url.fill(closed)
        await tester.button('Send').click()
        await tester.page.getByText(/^Nothing answers/).waitFor()
        await checkAccess(tester, 'nothing answers')
      },
      { colorScheme, viewport: { width: 360, height: 760 }, bypassCSP: true, provoked: [closed] },
    ),
  )
}
