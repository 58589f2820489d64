// No secret outlives the page or leaves it, whatever it was imported from and however it is called: after
// every importer, and after a reload, all that is kept and given away is searched.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { everythingKept } from '../lib/storage.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const url = `${gateway.url}/stage/open/echo/item`

/** Everything that must not show has this word in it. */
const CANARY = 'canary'
const [ID, SECRET, TOKEN, WORD] = [
  'AKIDCANARY',
  'canary/SECRET+KEY==',
  'canary/TOKEN+of/session==',
  'canary-word',
]
const found = (text) => [...text.matchAll(/.{0,60}canary.{0,30}/gi)].map(([match]) => match)

const postman = (content) =>
  JSON.stringify({
    info: { name: 'P', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    ...content,
  })
const pairs = (object) => Object.entries(object).map(([key, value]) => ({ key, value, type: 'string' }))
const item = (name, auth, more = {}) => ({
  name,
  request: { method: 'GET', header: [], url: { raw: url }, ...(auth && { auth }), ...more },
})
const awsv4 = (values) => ({
  type: 'awsv4',
  awsv4: pairs({ region: 'us-east-1', service: 'execute-api', ...values }),
})
const BLOCKS = (id, secret, token, word, user = 'somebody') => [
  item('awsv4', awsv4({ accessKey: id, secretKey: secret, sessionToken: token })),
  item('awsv4 in the query', awsv4({ accessKey: id, secretKey: secret, addAuthDataToQuery: true })),
  item('key in a header', { type: 'apikey', apikey: pairs({ key: 'x-note', value: word, in: 'header' }) }),
  item('key in the query', { type: 'apikey', apikey: pairs({ key: 'q', value: word, in: 'query' }) }),
  item('key of AWS', { type: 'apikey', apikey: pairs({ key: 'x-api-key', value: word, in: 'header' }) }),
  item('basic', { type: 'basic', basic: pairs({ username: user, password: word }) }),
  item('bearer', { type: 'bearer', bearer: pairs({ token: word }) }),
  item('oauth2', {
    type: 'oauth2',
    oauth2: pairs({ accessToken: word, clientSecret: word, addTokenTo: 'header' }),
  }),
  item('header', undefined, { header: pairs({ Authorization: `Bearer ${word}` }) }),
  item('query', undefined, { url: { raw: `${url}?access_token=${word}` } }),
]

const IMPORTS = {
  'Postman, values': postman({ item: BLOCKS(ID, SECRET, TOKEN, WORD) }),
  'Postman, variables of any name': postman({
    item: BLOCKS('{{a}}', '{{b}}', '{{c}}', '{{d}}'),
    variable: pairs({ a: ID, b: SECRET, c: TOKEN, d: WORD }),
  }),
  'Postman, variables made of variables': postman({
    item: BLOCKS('{{a}}', '{{b}}', '{{c}}', '{{d}}'),
    variable: pairs({ a: '{{e}}', b: '{{f}}', c: '{{f}}', d: '{{f}}', e: ID, f: SECRET }),
  }),
  'Postman, inherited by folders': postman({
    auth: awsv4({ accessKey: '{{one}}', secretKey: '{{two}}' }),
    item: [
      { name: 'F', item: [item('inner')], auth: { type: 'bearer', bearer: pairs({ token: '{{three}}' }) } },
    ],
    variable: pairs({ one: ID, two: SECRET, three: WORD }),
  }),
  OpenAPI: JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'O', version: '1' },
    servers: [{ url: gateway.url }],
    security: [{ own: [] }],
    paths: {
      '/stage/open/echo/item': {
        get: {
          summary: 'One',
          parameters: [
            { name: 'Authorization', in: 'header', required: true, example: `Bearer ${WORD}` },
            { name: 'x-api-key', in: 'header', required: true, example: WORD },
            { name: 'X-Auth-Token', in: 'header', required: true, schema: { type: 'string', default: WORD } },
            { name: 'access_token', in: 'query', required: true, example: WORD },
          ],
        },
      },
    },
    components: { securitySchemes: { own: { type: 'apiKey', name: 'q', in: 'query', example: WORD } } },
  }),
  'curl, IAM': `curl --aws-sigv4 aws:amz:us-east-1:execute-api -u '${ID}:${SECRET}' -H 'x-amz-security-token: ${TOKEN}' ${url}`,
  'curl, a key': `curl -H 'X-Api-Key: ${WORD}' ${url}`,
  'curl, user and password': `curl -u 'somebody:${WORD}' ${url}`,
  'curl, in the URL': `curl 'http://somebody:${WORD}@${new URL(url).host}/stage/open/echo/item?api_key=${WORD}'`,
  'curl, bearer': `curl -H 'Authorization: Bearer ${WORD}' ${url}`,
  'curl, --oauth2-bearer': `curl --oauth2-bearer ${WORD} ${url}`,
  'curl, cookies': `curl -b 'session=${WORD}' -H 'Cookie: a=${WORD}' ${url}`,
  'curl, a token of its own name': `curl -H 'X-Auth-Token: ${WORD}' ${url}`,
  'curl, a signed request': `curl -H 'Authorization: AWS4-HMAC-SHA256 Credential=${ID}/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=${CANARY}' -H 'X-Amz-Date: 20260101T000000Z' -H 'X-Amz-Security-Token: ${TOKEN}' ${url}`,
  'curl, a presigned URL': `curl '${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${ID}%2F20260101%2Fus-east-1%2Fexecute-api%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Security-Token=${encodeURIComponent(TOKEN)}&X-Amz-Signature=${CANARY}'`,
  awscurl: `awscurl --access_key ${ID} --secret_key '${SECRET}' --session_token '${TOKEN}' ${url}`,
  'an export of this page, changed by hand': JSON.stringify({
    format: 'gatesign-tester',
    version: 1,
    collections: [
      {
        id: 'c',
        name: 'C',
        requests: [
          {
            id: 'r',
            name: 'One',
            method: 'GET',
            url: `${url}?access_token=${WORD}&q={{plain}}`,
            headers: [
              { on: true, name: 'authorization', value: `Bearer ${WORD}` },
              { on: true, name: 'x-api-key', value: '{{odd}}' },
            ],
            auth: { kind: 'none' },
          },
        ],
      },
    ],
    environments: [
      {
        id: 'e',
        name: 'E',
        variables: [
          { name: 'odd', value: WORD },
          { name: 'plain', value: 'visible' },
        ],
      },
    ],
    history: [
      {
        at: '2026-01-01T00:00:00Z',
        called: `${url}?access_token=${WORD}`,
        status: 200,
        request: {
          method: 'GET',
          url,
          headers: [{ on: true, name: 'Authorization', value: `Basic ${WORD}` }],
        },
      },
    ],
  }),
}

async function bring(tester, text) {
  await tester.button('Import').click()
  const dialog = tester.page.getByRole('dialog', { name: /^Import/ })
  await dialog.getByRole('textbox').fill(text)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  // It closes, or says what was left out.
  const told = tester.page.getByRole('dialog', { name: 'Imported, with something left out' })
  await Promise.race([told.waitFor(), dialog.waitFor({ state: 'detached' })])
  if (await told.isVisible()) await told.getByRole('button', { name: 'Close', exact: true }).last().click()
  await told.waitFor({ state: 'detached' })
}

const hasHistory = async (page) => /^history: \[\{/m.test(await everythingKept(page))
const enabled = (tester, button) => tester.until(() => button.isEnabled())

/** Exports of collections and history, as files. */
async function exported(tester) {
  await tester.button('Export').click()
  const dialog = tester.page.getByRole('dialog', { name: 'Export' })
  const texts = []
  for (const name of ['Download collections', 'Download history']) {
    const button = dialog.getByRole('button', { name })
    // The history is read when the dialog opens.
    if (/history/.test(name) && (await hasHistory(tester.page))) await enabled(tester, button)
    else if (await button.isDisabled()) continue
    const coming = tester.page.waitForEvent('download')
    await button.click()
    texts.push(await readFile(await (await coming).path(), 'utf8'))
  }
  await tester.page.keyboard.press('Escape')
  return texts.join('\n')
}

/** The request in the editor as code, in every language. */
async function snippets(tester) {
  await tester.tab('Code').click()
  const texts = []
  for (const language of ['curl', 'gatesign', 'fetch', 'Python']) {
    await tester.page.getByRole('radio', { name: language, exact: true }).check()
    // Not that of the language before.
    await tester.until(async () => (await tester.page.locator('.result [aria-busy=true]').count()) === 0)
    await tester.page.locator('pre.code, .result .state:not(.waiting)').first().waitFor()
    texts.push(await tester.result.innerText())
  }
  await tester.tab('Response').click()
  return texts.join('\n')
}

/** Longer than drafts and marks wait. */
const SETTLED_MS = 900

async function search(tester, when) {
  await tester.page.waitForTimeout(SETTLED_MS)
  await tester.until(async () => (await tester.page.locator('[aria-busy=true]').count()) === 0)
  assert.deepEqual(found(await everythingKept(tester.page)), [], `kept ${when}`)
  assert.deepEqual(found(await exported(tester)), [], `exported ${when}`)
}

const names = (tester) => tester.page.getByRole('complementary', { name: 'Requests' }).locator('li .name')

for (const [form, text] of Object.entries(IMPORTS)) {
  test(
    form,
    withPage(async (tester) => {
      await bring(tester, text)
      await search(tester, 'after the import')
      const count = await names(tester).count()
      for (let i = 0; i < Math.max(count, 1); i++) {
        if (count > 0) await names(tester).nth(i).click()
        assert.deepEqual(found(await snippets(tester)), [], 'a snippet')
        await tester.button('Send').click()
        // Sent with what came along, or refused with a reason; asked about never.
        await tester.page.locator('.summary .status, .result .bad-text').first().waitFor()
      }
      await search(tester, 'after sending')
      await tester.page.reload()
      await tester.url.waitFor()
      await search(tester, 'after a reload')
      const before = (await gateway.requests()).length
      for (let i = 0; i < Math.max(count, 1); i++) {
        if (count > 0) await names(tester).nth(i).click()
        await tester.button('Send').click()
        await tester.page.locator('.summary .status, .result .bad-text').first().waitFor()
      }
      const sent = JSON.stringify((await gateway.requests()).slice(before))
      assert.doesNotMatch(sent, /\[redacted\]|not kept/, 'nothing is sent in its place')
      await search(tester, 'after sending again')
    }),
  )
}

test(
  'what is typed: keys, tokens, headers and secret variables',
  withPage(async (tester) => {
    await tester.request('GET', '/stage/open/echo/item')
    await tester.credentials({ accessKey: ID, secretKey: SECRET, sessionToken: TOKEN })
    await tester.tab('Headers').click()
    await tester.row('header', 1, 'x-auth-token', WORD)
    await tester.row('header', 2, 'x-note', `as ${SECRET}`)
    await search(tester, 'after typing')
    await tester.page.reload()
    await tester.tab('Headers').click()
    const field = tester.field('Value of header 1')
    assert.equal(await field.inputValue(), '')
    assert.equal(await field.getAttribute('placeholder'), 'not kept: enter it again')
    await tester.button('Send').click()
    await tester.result.getByText('Nothing was sent. The value of x-auth-token was not kept').waitFor()
    await field.fill('again')
    await tester.button('Send').click()
    await tester.result.getByText('A credential stood here and was not kept').waitFor()
    assert.deepEqual(await gateway.requests(), [])
  }),
)
