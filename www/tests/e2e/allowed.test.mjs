// Where credentials may go: to what a person has called, typed or allowed; everything else is asked about.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { API_KEY, LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { importText } from '../lib/portable.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const collection = (requests, environments = []) =>
  JSON.stringify({
    format: 'gatesign-tester',
    version: 1,
    collections: [{ id: 'c', name: 'Brought', requests }],
    environments,
  })

const saved = (name, change = {}) => ({
  name,
  method: 'GET',
  url: `${gateway.url}/stage/movie_list`,
  auth: { kind: 'iam', region: 'us-east-1' },
  ...change,
})

const question = (tester) => tester.page.getByRole('dialog', { name: 'Send credentials to a new place?' })
const entry = (tester, name) => tester.page.getByRole('button', { name, exact: true })
/** Its button shows where the pointer is. */
async function sendFromList(tester, name) {
  await tester.page.getByRole('button', { name: `GET ${name}` }).hover()
  await tester.page.getByRole('button', { name: `Send ${name}` }).click()
}
const sentNow = async () => (await gateway.requests()).filter(({ method }) => method !== 'OPTIONS').length

test(
  'an import does not send by being opened, nor to a new place without a question',
  withPage(async (tester) => {
    await tester.credentials()
    await importText(tester, collection([saved('Hidden', { sendOnOpen: true })]))
    await entry(tester, 'GET Hidden').click()
    await tester.until(async () => (await tester.url.inputValue()).endsWith('/stage/movie_list'))
    await tester.page.waitForTimeout(500)
    assert.equal(await sentNow(), 0, 'opening it sends nothing')
    await sendFromList(tester, 'Hidden')
    await question(tester).getByText(gateway.url).waitFor()
    await question(tester).getByRole('button', { name: 'Do not send' }).click()
    await tester.result.getByText('Nothing was sent.').waitFor()
    assert.equal(await sentNow(), 0, 'a no is a no')
    await tester.button('Send').click()
    await question(tester).waitFor()
    await tester.page.keyboard.press('Escape')
    await question(tester).waitFor({ state: 'detached' })
    assert.equal(await sentNow(), 0, 'and so is Esc')
    assert.match(await tester.sendAndAllow(), /^200/)
    assert.match(await tester.send(), /^200/, 'it is asked once')
    await tester.page.reload()
    await tester.credentials()
    await tester.page.getByRole('button', { name: /^GET Hidden/ }).click()
    assert.match(await tester.send(), /^200/, 'also after a reload')
  }),
)

test(
  'a secret variable goes nowhere unasked either',
  withPage(async (tester) => {
    const dialog = await tester.newEnvironment()
    await tester.row('variable', 1, 'word', 'hidden-canary')
    await tester.field('Variable 1 is secret').check()
    await dialog.getByRole('button', { name: 'Close' }).click()
    const url = `${gateway.url}/stage/open/echo/{{word}}`
    await importText(tester, collection([saved('Taker', { url, auth: { kind: 'none' } })]))
    await sendFromList(tester, 'Taker')
    await question(tester).getByText('{{word}}').waitFor()
    await question(tester).getByRole('button', { name: 'Do not send' }).click()
    assert.equal(await sentNow(), 0)
    // Another environment has no secret in it: there is nothing to ask.
    await importText(
      tester,
      collection([saved('Open', { url: `${gateway.url}/stage/open/echo/x`, auth: { kind: 'none' } })]),
    )
    await sendFromList(tester, 'Open')
    await tester.status.waitFor()
    assert.equal(await sentNow(), 1)
  }),
)

test(
  'imported keys take nobody’s place: they get a name, and their requests use it',
  withPage(async (tester) => {
    await tester.credentials({ accessKey: 'AKIDMINE', secretKey: 'my-own-secret' })
    await importText(
      tester,
      `curl --aws-sigv4 aws:amz:us-east-1:execute-api --user '${LONG_LIVED.accessKey}:${LONG_LIVED.secretKey}' ${gateway.url}/stage/movie_list`,
    )
    await tester.page.getByText('your other credentials are unchanged').waitFor()
    assert.match(await tester.send(), /^200/, 'what came together goes together')
    assert.equal((await tester.arrived()).verdict.accessKeyId, LONG_LIVED.accessKey)
    await tester.tab('Auth').click()
    const identity = tester.field('Identity')
    assert.equal(await identity.inputValue(), new URL(gateway.url).host)
    await identity.selectOption('Default')
    assert.equal(await tester.field('Access key id').inputValue(), 'AKIDMINE')
    await tester.button('Use them for all requests').click()
    assert.equal(await tester.field('Access key id').inputValue(), LONG_LIVED.accessKey)
  }),
)

test(
  'a placeholder takes no place at all',
  withPage(async (tester) => {
    await tester.credentials()
    for (const [id, secret] of [
      ['%AWS_ACCESS_KEY_ID%', '%AWS_SECRET_ACCESS_KEY%'],
      ['${Env:AWS_ACCESS_KEY_ID}', '${Env:AWS_SECRET_ACCESS_KEY}'],
      ['{{ak}}', '{{sk}}'],
      ['<key>', '<secret>'],
    ]) {
      await importText(
        tester,
        `curl --aws-sigv4 aws:amz:us-east-1:execute-api --user '${id}:${secret}' ${gateway.url}/stage/movie_list`,
      )
      await tester.tab('Auth').click()
      assert.equal(await tester.field('Identity').inputValue(), '', id)
      assert.equal(await tester.field('Access key id').inputValue(), LONG_LIVED.accessKey, id)
    }
    assert.match(await tester.sendAndAllow(), /^200/)
  }),
)

test(
  'an API key under a name of its own, a token and a password are credentials too',
  withPage(async (tester) => {
    await tester.request('GET', '/stage/open/echo/auth')
    await tester.tab('Auth').click()
    const choose = (name) => tester.page.getByRole('radio', { name, exact: true }).check()
    await choose('API key')
    await tester.field('Name of the API key').fill('token')
    await tester.field('Sent in').selectOption('query')
    await tester.apiKey.fill(API_KEY)
    assert.match(await tester.send(), /^200/)
    assert.equal(
      (await tester.arrived()).target,
      `/stage/open/echo/auth?token=${encodeURIComponent(API_KEY)}`,
    )
    await tester.field('Sent in').selectOption('header')
    await gateway.configure({ cors: { allowHeaders: 'token,authorization' } })
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).header('token'), API_KEY)
    await choose('Bearer')
    await tester.field('Token').fill('a.bearer-token')
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).header('authorization'), 'Bearer a.bearer-token')
    await choose('Basic')
    await tester.field('User').fill('Größe')
    await tester.field('Password').fill('p:w')
    assert.match(await tester.send(), /^200/)
    const basic = `Basic ${Buffer.from('Größe:p:w').toString('base64')}`
    assert.equal((await tester.arrived()).header('authorization'), basic)
  }),
)

test(
  'credentials may name variables, which are secret from then on',
  withPage(async (tester) => {
    const dialog = await tester.newEnvironment()
    await tester.row('variable', 1, 'ak', LONG_LIVED.accessKey)
    await tester.row('variable', 2, 'sk', LONG_LIVED.secretKey)
    await dialog.getByRole('button', { name: 'Close' }).click()
    await tester.credentials({ accessKey: '{{ak}}', secretKey: '{{sk}}' })
    // One notice of both or one of each, as fast as they are typed.
    await tester.page.getByText(/\{\{sk\}\} is used as a credential/).waitFor()
    await tester.request('GET', '/stage/movie_list')
    assert.match(await tester.send(), /^200/)
    await tester.page.reload()
    await tester.tab('Auth').click()
    assert.equal(await tester.field('Access key id').inputValue(), '{{ak}}', 'a name is kept')
    await tester.button('Send').click()
    await tester.result.getByText('Nothing was sent. {{ak}} has no value in this environment.').waitFor()
  }),
)
