// gatesign/sdk: the methods of API Gateway's generated SDK, sent to the gateway.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { methodsOf } from 'gatesign/sdk'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

const api = JSON.parse(readFileSync(new URL('movies.json', import.meta.url), 'utf8'))
const gateway = await gatewayForTests()
let client
let methods
before(() => {
  client = newClient({ invokeUrl: `${gateway.url}/stage`, ...LONG_LIVED, region: REGION })
  methods = methodsOf(client, api)
})

/** What `invokeApi` is given, instead of being sent. */
function recorded(document) {
  const calls = []
  const invokeApi = (...args) => {
    calls.push(args)
    return Promise.resolve()
  }
  return { methods: methodsOf({ invokeApi }, document), calls }
}

const document = (paths, more = {}) => ({ openapi: '3.0.1', paths, ...more })

describe('names', () => {
  // Methods of public SDKs that API Gateway generated, with the paths in their scripts.
  for (const [path, method, name] of [
    ['/', 'options', 'rootOptions'],
    ['/posts/{id}', 'get', 'postsIdGet'],
    ['/posts/{id}/comments/{createdAt}', 'options', 'postsIdCommentsCreatedAtOptions'],
    ['/img/comment/{img_id}', 'put', 'imgCommentImgIdPut'],
    ['/backlog/backlog-item/{backlog_id}', 'get', 'backlogBacklogItemBacklogIdGet'],
    ['/get-track-info-by-tag', 'get', 'getTrackInfoByTagGet'],
    ['/get_bookings', 'get', 'getBookingsGet'],
    ['/getAllEvents', 'post', 'getAllEventsPost'],
    ['/helloIAM', 'get', 'helloIAMGet'],
    ['/{userId}/favHouseStatus/houseId', 'post', 'userIdFavHouseStatusHouseIdPost'],
    ['/lolllolololo/jsgeysmnejsge/gbdb57', 'post', 'lolllolololoJsgeysmnejsgeGbdb57Post'],
    ['/api/v1/users/profile/disable/{profileEmail}', 'put', 'apiV1UsersProfileDisableProfileEmailPut'],
    ['/auth-svc/api-docs/{proxy+}', 'get', 'authSvcApiDocsProxyGet'],
    ['/admin-proxy/{proxy+}', 'options', 'adminProxyProxyOptions'],
  ]) {
    test(`${method.toUpperCase()} ${path}`, () => {
      assert.deepEqual(Object.keys(recorded(document({ [path]: { [method]: {} } })).methods), [name])
    })
  }

  test('ANY has the name of every method but for those that are there', async () => {
    const { methods, calls } = recorded(
      document({ '/a': { 'x-amazon-apigateway-any-method': {}, get: { operationId: 'readA' } } }),
    )
    const verbs = ['Get', 'Head', 'Post', 'Put', 'Patch', 'Delete', 'Options'].map((verb) => `a${verb}`)
    assert.deepEqual(Object.keys(methods), [...verbs, 'readA'])
    await methods.readA()
    await methods.aPatch()
    assert.deepEqual(
      calls.map(([, template, method]) => [template, method]),
      [
        ['/a', 'GET'],
        ['/a', 'PATCH'],
      ],
    )
  })

  test('a name of two operations is refused when it is called; their ids are not', async () => {
    const { methods, calls } = recorded(
      document({ '/a-b': { get: { operationId: 'first' } }, '/a_b': { get: { operationId: 'aBGet' } } }),
    )
    await assert.rejects(
      () => methods.aBGet(),
      new TypeError('aBGet names both GET /a-b and GET /a_b: call the one that you mean with invokeApi'),
    )
    await methods.first()
    assert.equal(calls.length, 1)
  })

  test('an id that cannot be a name, or would make a promise of the methods, is none', async () => {
    const ids = ['then', '__proto__', 'list pets', '1st', '', 7, null]
    const paths = Object.fromEntries(
      ids.map((operationId, index) => [`/p${index}`, { get: { operationId } }]),
    )
    const { methods } = recorded(document(paths))
    assert.deepEqual(
      Object.keys(methods),
      ids.map((_, index) => `p${index}Get`),
    )
    assert.equal(Object.getPrototypeOf(await methods), null)
  })
})

describe('parameters go where the document says', () => {
  test('path and query: the gateway takes the signature', async () => {
    const { data } = await methods.movieListGet({ limit: 2 })
    assert.ok(data.Items.length > 0)
    const { year, title } = data.Items[0]
    const movie = await methods.movieYearTitleGet({ year, title, lang: 'en', tag: ['a', 'b c'] })
    assert.equal(movie.data.Item.title, title)
    const requests = await gateway.requests()
    assert.deepEqual(
      requests.map(({ verdict }) => verdict.ok),
      [true, true],
    )
    assert.match(requests[1].target, /^\/stage\/movie\/\d+\/[^/?]+\?lang=en&tag=a%2Cb%20c$/)
  })

  test('body, header and a greedy variable', async () => {
    assert.equal((await methods.moviePost({}, { year: 2024, title: 'Flow', info: {} })).status, 201)
    const { data } = await methods.movieListGet({ 'X-Trace': 'seven' }, undefined, {
      headers: { 'x-other': '8' },
    })
    assert.ok(data.Count > 0)
    const { data: echo } = await methods.echoProxyPost({ proxy: 'a b/c?d/%2F' }, { a: 1 })
    assert.equal(echo.target, '/stage/echo/a%20b/c%3Fd/%252F')
    assert.equal(Buffer.from(echo.bodyBase64, 'base64').toString(), '{"a":1}')
    const requests = await gateway.requests()
    assert.deepEqual(
      requests.map(({ verdict }) => verdict.ok),
      [true, true, true],
    )
    const headers = new Map(requests[1].headers)
    assert.deepEqual([headers.get('x-trace'), headers.get('x-other')], ['seven', '8'])
  })

  test('what the call has in additionalParams wins', async () => {
    const { methods, calls } = recorded(api)
    const signal = AbortSignal.timeout(1000)
    for (const [queryParams, headers] of [
      [{ limit: 3 }, { 'x-trace': 'c' }],
      [new URLSearchParams({ limit: '3' }), new Headers({ 'x-trace': 'c' })],
      ['limit=3', new Map([['x-trace', 'c']])],
    ]) {
      await methods.movieListGet({ limit: 1, 'X-Trace': 'a' }, undefined, { queryParams, headers, signal })
      const [, , , additional] = calls.pop()
      assert.deepEqual(
        { ...additional, queryParams: additional.queryParams.map((pair) => pair.map(String)) },
        { queryParams: [['limit', '3']], headers: [['x-trace', 'c']], signal },
      )
    }
  })

  test('a parameter in two places has one value in both, as in the generated SDK', async () => {
    const parameters = ['path', 'query', 'header'].map((place) => ({ name: 'id', in: place }))
    const { methods, calls } = recorded(document({ '/x/{id}': { get: { parameters } } }))
    await methods.xIdGet({ id: 7 })
    assert.deepEqual(calls[0].slice(0, 4), [
      { v0: 7 },
      '/x/{v0}',
      'GET',
      { queryParams: [['id', 7]], headers: [['id', 7]] },
    ])
  })

  test('names that mean something in a template, or in a table', async () => {
    const names = ['a:1', 'a*', '?a', 'v1', 'v0', 'toString', '__proto__', 'a,b']
    const path = names.map((name) => `/{${name}}`).join('')
    const { methods } = { methods: methodsOf(client, document({ [`/echo${path}`]: { get: {} } })) }
    const [call] = Object.values(methods)
    const { data } = await call(Object.fromEntries(names.map((name, index) => [name, `value ${index}`])))
    assert.equal(data.target, `/stage/echo/${names.map((_, index) => `value%20${index}`).join('/')}`)
    await assert.rejects(() => call({}), /params must have "a:1", "a\*", /)
  })
})

describe('forms of documents', () => {
  test('Swagger 2.0 is the same as OpenAPI 3', async () => {
    const swagger = {
      swagger: '2.0',
      host: 'abc123.execute-api.us-east-1.amazonaws.com',
      basePath: '/stage',
      parameters: { year: { name: 'year', in: 'path', required: true, type: 'integer' } },
      paths: {
        '/movie/{year}/{title}': {
          get: {
            parameters: [
              { $ref: '#/parameters/year' },
              { name: 'title', in: 'path', required: true, type: 'string' },
              { name: 'lang', in: 'query', type: 'string' },
              { name: 'If-Match', in: 'header', required: true, type: 'string' },
              { name: 'Movie', in: 'body', required: true, schema: { $ref: '#/definitions/Movie' } },
            ],
          },
        },
      },
    }
    const { methods, calls } = recorded(swagger)
    await methods.movieYearTitleGet({ year: 1999, title: 'The Matrix', lang: 'en', 'If-Match': '"1"' })
    assert.deepEqual(calls, [
      [
        { v0: 1999, v1: 'The Matrix' },
        '/movie/{v0}/{v1}',
        'GET',
        { queryParams: [['lang', 'en']], headers: [['If-Match', '"1"']] },
        undefined,
      ],
    ])
  })

  test('parameters of the path, references, and what the path has in it without saying so', async () => {
    const { methods, calls } = recorded(
      document(
        {
          '/a/{b}': {
            parameters: [{ $ref: '#/components/parameters/q' }, { name: 'r', in: 'query', required: true }],
            get: {
              parameters: [
                { name: 'r', in: 'query' },
                { name: 'c', in: 'path' },
                { name: 'd', in: 'cookie' },
              ],
            },
          },
          'x-amazon-apigateway': { get: {} },
        },
        { components: { parameters: { q: { name: 'q', in: 'query' } } } },
      ),
    )
    await methods.aBGet({ b: 1, q: 2 })
    assert.deepEqual(calls[0].slice(0, 4), [
      { v0: 1 },
      '/a/{v0}',
      'GET',
      { queryParams: [['q', 2]], headers: [] },
    ])
    await assert.rejects(
      () => methods.aBGet({ b: 1, d: 2 }),
      /aBGet: params must be of "b", "q", "r"; got "d"/,
    )
  })
})

describe('refusals name the argument, before anything is sent', () => {
  for (const [args, message] of [
    [[{ year: 1999 }], 'movieYearTitleGet: params must have "title"'],
    [[], 'movieYearTitleGet: params must have "year", "title"'],
    [[{ year: 1999, title: null }], 'movieYearTitleGet: params must have "title"'],
    [
      [{ year: 1999, title: 'x', language: 'en' }],
      'movieYearTitleGet: params must be of "year", "title", "lang", "tag"; got "language"',
    ],
    [['x'], 'movieYearTitleGet: params must be an object; got string'],
    [[[1]], 'movieYearTitleGet: params must be an object; got an array'],
    [
      [{ year: 1, title: 'x' }, undefined, 5],
      'movieYearTitleGet: additionalParams must be an object; got number',
    ],
    [[{ year: 1, title: 'x' }, undefined, { queryParams: 5 }], 'queryParams must be an object; got number'],
  ]) {
    test(message, async () => {
      await assert.rejects(() => methods.movieYearTitleGet(...args), new TypeError(message))
      assert.deepEqual(await gateway.requests(), [])
    })
  }

  test('what invokeApi refuses', async () => {
    await assert.rejects(() => methods.movieYearTitleGet({ year: 1, title: '..' }), TypeError)
    assert.deepEqual(await gateway.requests(), [])
  })

  for (const [given, message] of [
    [undefined, 'got undefined'],
    [null, 'got null'],
    ['{"openapi":"3.0.1"}', 'got string'],
    [[], 'got an array'],
    [{}, 'got another object'],
    [{ openapi: '4.0.0' }, 'got another object'],
    [{ openapi: '3.0.1', paths: {} }, 'got none'],
    [{ openapi: '3.0.1', paths: { '/x': { trace: {} } } }, 'got none'],
    [{ openapi: '3.0.1', paths: { '/x': { get: null } } }, 'got none'],
  ]) {
    test(`methodsOf: ${JSON.stringify(given)}`, () => {
      assert.throws(
        () => methodsOf(client, given),
        (error) =>
          error instanceof TypeError &&
          error.message.startsWith('api must ') &&
          error.message.endsWith(message),
      )
    })
  }

  test('a client that is none', () => {
    for (const none of [undefined, null, {}, 7, { invokeApi: 1 }])
      assert.throws(() => methodsOf(none, api), /^TypeError: client must be what newClient returns/)
  })

  test('a status and a network error are those of invokeApi', async () => {
    await assert.rejects(
      () => methods.movieYearTitleGet({ year: 1, title: 'nothing' }),
      (error) => error.isAxiosError && error.response.status === 404,
    )
  })
})

test('references in a circle, and documents with twenty thousand operations', () => {
  const circle = document({ '/x': { $ref: '#/paths/~1y' }, '/y': { $ref: '#/paths/~1x' }, '/z': { get: {} } })
  assert.deepEqual(Object.keys(recorded(circle).methods), ['zGet'])
  const paths = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, index) => [`/${'-'.repeat(index % 9)}${index}`, { get: {} }]),
  )
  const start = performance.now()
  assert.equal(Object.keys(recorded(document(paths)).methods).length, 20_000)
  const same = Object.fromEntries(
    Object.keys(paths).map((path) => [`/a${path.replace(/\d/g, '-')}${path}`, { get: {} }]),
  )
  recorded(document(same))
  assert.ok(performance.now() - start < 20_000)
})
