// What comes in: curl, OpenAPI, Postman, and this page's own exports. Every one of them is then sent.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { API_KEY, LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const { accessKey, secretKey } = LONG_LIVED

async function bring(tester, text) {
  await tester.button('Import').click()
  const dialog = tester.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(text)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  return dialog
}

const closed = (dialog) => dialog.waitFor({ state: 'detached' })

const openSaved = (tester, name) => tester.page.getByRole('button', { name }).first().click()

const CURL = (url) => `curl --aws-sigv4 "aws:amz:us-east-1:execute-api" --user '${accessKey}:${secretKey}' \\
  -X POST -H 'Content-Type: application/json' -H 'x-amz-security-token: ' \\
  --data-raw '{"year":2013,"title":"It'\\''s","info":{}}' '${url}/stage/movie?a=1'`

for (const way of ['the dialog', 'a paste into the URL']) {
  test(
    `curl --aws-sigv4, by ${way}`,
    withPage(async (tester) => {
      if (way === 'the dialog') await closed(await bring(tester, CURL(gateway.url)))
      else await tester.paste(tester.url, CURL(gateway.url))
      await tester.until(async () => (await tester.url.inputValue()).includes('/stage/movie'))
      assert.match(await tester.send(), /^201/)
      const { verdict, body, target } = await tester.arrived()
      assert.deepEqual([verdict.by, verdict.accessKeyId, target], ['header', accessKey, '/stage/movie?a=1'])
      assert.deepEqual(JSON.parse(body.toString()), { year: 2013, title: "It's", info: {} })
    }),
  )
}

test(
  'imported keys do not keep the session token of the ones before',
  withPage(async (tester) => {
    await tester.credentials({ accessKey: 'ASIAOTHER', secretKey: 'other', sessionToken: 'stale' })
    await closed(await bring(tester, CURL(gateway.url).replace("-H 'x-amz-security-token: ' ", '')))
    await tester.page.getByText('The request was imported, its credentials into memory.').waitFor()
    assert.match(await tester.send(), /^201/)
    const { verdict, header } = await tester.arrived()
    assert.deepEqual([verdict.accessKeyId, header('x-amz-security-token')], [accessKey, undefined])
  }),
)

/** As API Gateway exports a REST API, with IAM on one method and a key on the other. */
const openApi = (url) => ({
  openapi: '3.0.1',
  info: { title: 'Movies by OpenAPI', version: '1' },
  servers: [{ url: `${url}/{basePath}`, variables: { basePath: { default: 'stage' } } }],
  paths: {
    '/movie/{year}/{title}': {
      get: {
        summary: 'One movie of a year',
        parameters: [
          { name: 'year', in: 'path', required: true, schema: { type: 'integer', example: 2013 } },
          { name: 'title', in: 'path', required: true, schema: { type: 'string', example: 'Gravity' } },
          { name: 'X-Amz-Date', in: 'header' },
        ],
        security: [{ sigv4: [] }],
        'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST' },
      },
      options: { 'x-amazon-apigateway-integration': { type: 'mock' } },
    },
    '/key/movie_list': { get: { summary: 'Movies by key', security: [{ api_key: [] }] } },
  },
  components: {
    securitySchemes: {
      sigv4: {
        type: 'apiKey',
        name: 'Auth',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
      api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    },
  },
})

const yaml = (url) => `openapi: 3.0.1
info: {title: Movies by OpenAPI, version: "1"}
servers:
  - url: ${url}/{basePath}
    variables:
      basePath: {default: stage}
paths:
  /movie/{year}/{title}:
    get:
      summary: One movie of a year
      parameters:
        - {name: year, in: path, required: true, schema: {type: integer, example: 2013}}
        - {name: title, in: path, required: true, schema: {type: string, example: Gravity}}
      security: [{sigv4: []}]
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST}
    options:
      x-amazon-apigateway-integration: {type: mock}
  /key/movie_list:
    get: {summary: Movies by key, security: [{api_key: []}]}
components:
  securitySchemes:
    sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
    api_key: {type: apiKey, name: x-api-key, in: header}
`

for (const [form, text] of [
  ['JSON', JSON.stringify(openApi(gateway.url))],
  ['YAML', yaml(gateway.url)],
]) {
  test(
    `OpenAPI in ${form}: IAM and API key methods`,
    withPage(async (tester) => {
      await tester.credentials()
      await closed(await bring(tester, text))
      await tester.page.getByRole('button', { name: 'Movies by OpenAPI 2' }).waitFor()
      await openSaved(tester, 'GET One movie of a year')
      // The document names no region, and neither does this host.
      await tester.field('Region').fill('us-east-1')
      assert.match(await tester.sendAndAllow(), /^200/)
      const { verdict, target } = await tester.arrived()
      assert.deepEqual([verdict.by, target], ['header', '/stage/movie/2013/Gravity'])
      await openSaved(tester, 'GET Movies by key')
      await tester.tab('Auth').click()
      await tester.apiKey.fill(API_KEY)
      assert.match(await tester.send(), /^200/)
      assert.equal((await tester.arrived()).verdict.by, 'apiKey')
    }),
  )
}

test(
  'a small document that describes a very large example is imported at once',
  withPage(async (tester) => {
    const own = { $ref: '#/components/schemas/N' }
    const properties = Object.fromEntries([...'abcdefghi'].map((name) => [name, own]))
    const schema = { content: { 'application/json': { schema: own } } }
    const text = JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'Recursive' },
      servers: [{ url: gateway.url }],
      paths: { '/stage/open/echo': { post: { requestBody: schema } } },
      components: { schemas: { N: { type: 'object', properties } } },
    })
    // What takes long is ended by the page itself, in words.
    await closed(await bring(tester, text))
    await tester.page.getByRole('button', { name: 'Recursive 1' }).waitFor()
  }),
)

const postman = (url) => ({
  info: {
    name: 'From Postman',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  variable: [{ key: 'base', value: `${url}/stage` }],
  auth: {
    type: 'awsv4',
    awsv4: Object.entries({ accessKey, secretKey, region: 'us-east-1', service: 'execute-api' }).map(
      ([key, value]) => ({ key, value }),
    ),
  },
  item: [
    {
      name: 'Folder',
      item: [
        {
          name: 'Echo it',
          request: {
            method: 'POST',
            header: [{ key: 'x-off', value: 'no', disabled: true }],
            body: { mode: 'raw', raw: '{"a":1}', options: { raw: { language: 'json' } } },
            url: {
              raw: '{{base}}/echo/:id?q=two words',
              query: [{ key: 'q', value: 'two words' }],
              variable: [{ key: 'id', value: '7' }],
            },
          },
        },
      ],
    },
  ],
})

test(
  'a Postman collection with its AWS authorization and its variables',
  withPage(async (tester) => {
    await closed(await bring(tester, JSON.stringify(postman(gateway.url))))
    await openSaved(tester, 'POST Echo it')
    await tester.page.locator('.environment select').selectOption('From Postman')
    assert.match(await tester.send(), /^200/)
    const { verdict, target, body, header } = await tester.arrived()
    assert.deepEqual(
      [verdict.by, verdict.accessKeyId, target],
      ['header', accessKey, '/stage/echo/7?q=two%20words'],
    )
    assert.deepEqual(JSON.parse(body.toString()), { a: 1 })
    assert.equal(header('x-off'), undefined)
  }),
)

test(
  'what is no such thing is refused in words, and stays to be corrected',
  withPage(async (tester) => {
    const dialog = await bring(tester, '{"swagger":"2.0","info":{}}')
    await tester.until(async () => /^This is/.test(await dialog.getByRole('alert').innerText()))
    await tester.page.keyboard.press('Escape')
  }),
)

test(
  'collections, environments and history go out and come in again, without a secret',
  withPage(async (tester) => {
    const download = async (name) => {
      const [file] = await Promise.all([tester.page.waitForEvent('download'), tester.button(name).click()])
      return readFile(await file.path(), 'utf8')
    }
    await closed(await bring(tester, JSON.stringify(postman(gateway.url))))
    await openSaved(tester, 'POST Echo it')
    await tester.page.locator('.environment select').selectOption('From Postman')
    await tester.send()
    await tester.button('Export').first().click()
    const [collections, history] = [
      await download('Download collections'),
      await download('Download history'),
    ]
    await tester.page.keyboard.press('Escape')
    for (const text of [collections, history]) {
      assert.equal(JSON.parse(text).format, 'gatesign-tester')
      assert.ok(!text.includes(secretKey) && !text.includes(accessKey), 'an export holds a credential')
      assert.match(text, /echo/)
    }
    // A second person, whose page is empty.
    await tester.page.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name)
    })
    await tester.page.reload()
    await tester.page.getByText('Collections keep requests under a name.').waitFor()
    await closed(await bring(tester, collections))
    await closed(await bring(tester, history))
    await tester.page.getByRole('tab', { name: 'Collections' }).click()
    await openSaved(tester, 'POST Echo it')
    await tester.page.locator('.environment select').selectOption('From Postman')
    await tester.credentials()
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).target, '/stage/echo/7?q=two%20words')
    await tester.tab('History').click()
    await tester.until(
      async () =>
        (await tester.page.getByRole('button', { name: /^POST \/stage\/echo\/7\?q=two%20words/ }).count()) ===
        2,
    )
  }),
)
