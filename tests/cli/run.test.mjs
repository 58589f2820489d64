// `gatesign run`: saved collections against the gateway, with what they expect of its answers.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { importSource } from '../../xtask/sources.mjs'
import { API_KEY, LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { KEYS, startTerminal } from '../lib/terminal.mjs'

const { folder, gatesign, gateway } = await startTerminal()
const { valueAt, failuresOf } = await importSource('src/cli/run/assertions.ts')

const request = (name, url, more = {}) => ({
  format: 2,
  name,
  method: 'GET',
  url,
  auth: { kind: 'iam', region: REGION, service: 'execute-api' },
  ...more,
})
const exported = (requests, more = {}) => ({
  format: 'gatesign-tester',
  version: 1,
  collections: [{ name: 'Movies', requests }],
  ...more,
})

function save(name, data) {
  const file = join(folder, name)
  writeFileSync(file, typeof data === 'string' ? data : JSON.stringify(data))
  return file
}

describe("the web tester's export", () => {
  const environments = [
    { name: 'local', variables: [{ name: 'base', value: 'BASE' }] },
    { name: 'nowhere', variables: [{ name: 'base', value: 'http://127.0.0.1:1' }] },
  ]
  const collection = () =>
    save(
      'movies.json',
      JSON.stringify(
        exported(
          [
            request('all', '{{base}}/movie_list', {
              folder: 'List',
              tests: [
                { status: 200 },
                { time: 20_000 },
                { header: 'Content-Type', contains: 'json' },
                { json: '$.Items', type: 'array' },
                { json: '$.Items.length', atLeast: 10 },
                { json: '$.Items[0].title', type: 'string' },
              ],
              save: { first: '$.Items[0].title', year: '$.Items[0].year' },
            }),
            request('one', '{{base}}/movie/{year}/{title}', {
              variables: { year: '{{year}}', title: '{{first}}' },
              tests: [{ status: '2xx' }],
            }),
            request('with a key', '{{base}}/key/movie_list', { auth: { kind: 'key' } }),
            request('echo', '{{base}}/echo', {
              method: 'POST',
              body: { kind: 'json', text: '{"a":"{{first}}"}' },
              tests: [{ json: 'method', equals: 'POST' }],
            }),
          ],
          { environments },
        ),
      ).replaceAll('BASE', `${gateway.url}/stage`),
    )

  test('is signed, sent in its order, and checked', async () => {
    const env = { ...KEYS, GATESIGN_API_KEY: API_KEY }
    const { code, out, error } = await gatesign(['run', collection(), '--env', 'local'], { env })
    assert.equal(code, 0, out + error)
    assert.match(
      out,
      /^ok {4}200 +\d+ ms {2}List \/ all\nok {4}200 .*one\nok {4}200 .*with a key\nok {4}200 .*echo\n\n4 requests, 0 failed\n$/,
    )
    const got = await gateway.requests()
    assert.equal(got.length, 4)
    assert.ok(got.every(({ verdict }) => verdict.ok))
    assert.match(got[1].target, /^\/stage\/movie\/\d{4}\/./)
  })

  test('--region-set signs with Version 4A, and so does a request that names regions', async () => {
    const at = `${gateway.url}/stage/open/echo`
    const named = { kind: 'iam', regionSet: 'us-east-1,eu-west-1', service: 'execute-api' }
    const file = save('regions.json', exported([request('a', at), request('b', at, { auth: named })]))
    const sets = async () =>
      (await gateway.requests()).slice(-2).map(({ headers }) => {
        const sent = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
        return [sent['x-amz-region-set'], sent.authorization?.split(' ')[0]]
      })
    const [v4, v4a] = ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256']
    for (const [line, expected] of [
      [
        [],
        [
          [undefined, v4],
          ['us-east-1,eu-west-1', v4a],
        ],
      ],
      [
        ['--region-set', '*'],
        [
          ['*', v4a],
          ['*', v4a],
        ],
      ],
      [
        ['--region', REGION],
        [
          [undefined, v4],
          [undefined, v4],
        ],
      ],
    ]) {
      const { code, out, error } = await gatesign(['run', file, ...line])
      assert.equal(code, 0, out + error)
      assert.deepEqual(await sets(), expected)
    }
    const both = await gatesign(['run', file, '--region-set', '*', '--region', REGION])
    assert.deepEqual([both.code, /--region-set and --region exclude each other/.test(both.error)], [2, true])
  })

  test('what its collection and folders say is inherited, the nearest first', async () => {
    const inherit = { kind: 'inherit' }
    const [movies] = exported([
      request('deep', '/movie_list', { folder: 'A / B', auth: inherit }),
      request('own', `${gateway.url}/stage/open/echo`, { folder: 'A', auth: { kind: 'none' } }),
    ]).collections
    const settings = { url: 'http://127.0.0.1:1', auth: { kind: 'iam', region: 'eu-west-1' } }
    const folders = [
      { path: 'A', settings: { auth: { kind: 'inherit', region: REGION }, url: gateway.url } },
      {
        path: 'A / B',
        settings: { auth: inherit, url: '/stage', headers: [{ on: true, name: 'x-note', value: 'B' }] },
      },
    ]
    const file = save('folders.json', exported([], { collections: [{ ...movies, settings, folders }] }))
    const { code, out, error } = await gatesign(['run', file], { env: KEYS })
    assert.equal(code, 0, out + error)
    const [deep, own] = await gateway.requests()
    assert.deepEqual([deep.verdict.ok, deep.target], [true, '/stage/movie_list'])
    assert.deepEqual(deep.headers.find(([name]) => name === 'x-note')?.[1], 'B')
    assert.ok(!own.headers.some(([name]) => name === 'authorization' || name === 'x-note'))
  })

  test('a refusal, a missing key and a closed port fail, each with its reason', async () => {
    const env = { ...KEYS, AWS_SECRET_ACCESS_KEY: 'another-secret' }
    const { code, out } = await gatesign(['run', collection(), '--env', 'local'], { env })
    assert.equal(code, 1)
    assert.match(out, /FAIL {2}403 .*all\n {6}status is 403, expected 200\n {6}json \$\.Items/)
    assert.match(out, /\$\.Items\[0\]\.title is missing: first has no value/)
    assert.match(out, /\{\{year\}\} has no value in this environment/)
    assert.match(out, /there is no API key: set GATESIGN_API_KEY/)
    assert.match(out, /4 requests, 4 failed/)
    assert.ok(!out.includes('another-secret'))
    const closed = await gatesign(['run', '--bail', collection(), '--env', 'nowhere'])
    assert.equal(closed.code, 1)
    assert.match(
      closed.out,
      /^FAIL {2}--- .*all\n {6}connect ECONNREFUSED 127\.0\.0\.1:1\n\n1 request, 1 failed\n$/,
    )
  })

  test('variables from arguments, the environment and files, the nearer first', async () => {
    const file = save('one.json', exported([request('echo', '{{base}}/echo?a={{a}}&b={{b}}&c={{c}}')]))
    const values = save('values.json', { base: `${gateway.url}/stage`, a: '1', b: '1', c: 1 })
    const env = { ...KEYS, GATESIGN_VAR_b: '2', GATESIGN_VAR_c: '2' }
    const { code, out } = await gatesign(['run', file, '--env', values, '--var', 'c=3'], { env })
    assert.equal(code, 0, out)
    assert.equal((await gateway.requests())[0].target, '/stage/echo?a=1&b=2&c=3')
  })

  test('JUnit, which other programs read', async () => {
    const hostile = request('<"&\u0007\u001b]0;x', `${gateway.url}/stage/open/movie_list`, {
      auth: { kind: 'none' },
      tests: [{ json: '$.Items.length', equals: '<1>' }],
    })
    const gone = request('gone', 'http://127.0.0.1:1/', { auth: { kind: 'none' } })
    const report = join(folder, 'report.xml')
    const { code } = await gatesign(['run', save('c.json', exported([hostile, gone])), '--junit', report])
    assert.equal(code, 1)
    const read = `import sys, xml.etree.ElementTree as e
r = e.parse(sys.argv[1]).getroot()
print(r.get('tests'), r.get('failures'), r.get('errors'), [c.get('name') for c in r.iter('testcase')], [f.get('message') for f in r.iter('failure')], [f.get('message') for f in r.iter('error')])`
    const { stdout, stderr } = spawnSync(process.env.PYTHON ?? 'python3', ['-c', read, report], {
      encoding: 'utf8',
    })
    assert.match(
      stdout,
      /^2 1 1 \['<"&\\\\u0007\\\\u001b\]0;x', 'gone'\] \['json \$\.Items\.length is \d+, expected to equal "<1>"'\] \['connect ECONNREFUSED/,
      stderr,
    )
    const { out } = await gatesign(['run', join(folder, 'c.json'), '--junit', '-'])
    assert.ok(out.endsWith(readFileSync(report, 'utf8').slice(-14)))
  })
})

describe('a Postman collection', () => {
  const collection = (more = {}) => ({
    info: {
      name: 'From Postman',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'awsv4',
      awsv4: [
        { key: 'accessKey', value: '{{ak}}' },
        { key: 'secretKey', value: '{{sk}}' },
        { key: 'region', value: REGION },
        { key: 'service', value: 'execute-api' },
      ],
    },
    item: [
      {
        name: 'Folder',
        item: [
          {
            name: 'list',
            request: {
              method: 'GET',
              url: { raw: '{{base}}/movie_list', host: ['{{base}}'], path: ['movie_list'] },
            },
          },
        ],
      },
    ],
    ...more,
  })
  const environment = () =>
    save('postman-environment.json', {
      name: 'env',
      values: [
        { key: 'base', value: `${gateway.url}/stage`, enabled: true },
        { key: 'ak', value: LONG_LIVED.accessKey, type: 'secret', enabled: true },
        { key: 'sk', value: LONG_LIVED.secretKey, type: 'secret', enabled: true },
      ],
    })

  test('with the keys of its environment', async () => {
    const file = save('postman.json', collection())
    const { code, out, error } = await gatesign(['run', file, '--env', environment()], { env: {} })
    assert.equal(code, 0, out + error)
    assert.match(out, /^ok {4}200 .*Folder \/ list/)
    assert.ok((await gateway.requests())[0].verdict.ok)
  })

  test('what is left out of it is said', async () => {
    const event = [{ listen: 'test', script: { exec: ['pm.test()'] } }]
    const file = save('postman-scripts.json', collection({ event }))
    const { error } = await gatesign(['run', file, '--env', environment()], { env: {} })
    assert.match(error, /script was left out/)
  })
})

describe('credentials go only to hosts that are named', () => {
  let got
  const foreign = async (args, env = { ...KEYS, GATESIGN_API_KEY: API_KEY }) => {
    got = []
    const server = createServer((request, response) => {
      got.push(request.headers)
      response.end('{}')
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const at = `http://api.example:${server.address().port}`
    const file = save(
      'foreign.json',
      exported([request('x', `${at}/x`, { auth: { kind: 'iam', region: REGION, withApiKey: true } })]),
    )
    const typed = args.map((arg) => arg.replace('HOST', at))
    try {
      return await gatesign(['run', file, '--resolve', `*:${server.address().port}:127.0.0.1`, ...typed], {
        env,
      })
    } finally {
      server.close()
    }
  }

  test('not to one that only the collection names', async () => {
    const { code, out } = await foreign([])
    assert.equal(code, 1)
    assert.match(out, /credentials are sent only to hosts that you allow: add --allow api\.example:\d+/)
    assert.deepEqual(got, [])
  })

  test('to one that is named', async () => {
    assert.equal((await foreign(['--allow', 'HOST'])).code, 0)
    assert.equal(got[0]['x-api-key'], API_KEY)
    assert.equal((await foreign(['--var', 'base=HOST'])).code, 0)
    assert.match(got[0].authorization, /^AWS4-HMAC-SHA256/)
    assert.equal((await foreign(['--allow', 'other.example'])).code, 1)
  })
})

describe('wrong usage', () => {
  for (const [name, content, args, told] of [
    ['no file', undefined, [], /ENOENT/],
    ['no JSON', 'openapi: 3', [], /is not JSON/],
    [
      'something else',
      '{"openapi":"3.0"}',
      [],
      /neither an export of the web tester nor a Postman collection/,
    ],
    ['no requests', JSON.stringify(exported([])), [], /has no requests/],
    [
      'an unknown environment',
      JSON.stringify(exported([request('a', 'http://127.0.0.1:1/')])),
      ['--env', 'x'],
      /no environment "x" \(there is none\)/,
    ],
    [
      'a variable without a name',
      JSON.stringify(exported([request('a', 'http://127.0.0.1:1/')])),
      ['--var', 'secret-word'],
      /--var takes NAME=VALUE/,
    ],
    [
      'no host',
      JSON.stringify(exported([request('a', 'http://127.0.0.1:1/')])),
      ['--allow', ''],
      /--allow takes HOST/,
    ],
  ]) {
    test(name, async () => {
      const file = content === undefined ? join(folder, 'absent.json') : save('wrong.json', content)
      const { code, error } = await gatesign(['run', file, ...args])
      assert.equal(code, 2)
      assert.match(error, told)
      assert.ok(!error.includes('secret-word'))
    })
  }
})

test('paths into JSON', () => {
  const data = { a: { b: [1, { 'c d': 'x' }] }, 'e.f': 2, length: 7, list: [1, 2, 3], text: 'four' }
  for (const [path, expected] of [
    ['$', data],
    ['$.a.b[0]', 1],
    ['a.b[1]["c d"]', 'x'],
    ["$['e.f']", 2],
    ['$.length', 7],
    ['list.length', 3],
    ['text.length', 4],
    ['list[3]', undefined],
    ['a.x.y', undefined],
    ['constructor', undefined],
    ['a.__proto__', undefined],
    ['list.map', undefined],
    ['a[', undefined],
  ]) {
    assert.deepEqual(valueAt(data, path), expected, path)
  }
})

test('every comparison holds and fails', () => {
  const body = JSON.stringify({ n: 5, s: 'text', l: [{ a: 1 }, 2], z: null })
  const received = { status: 201, time: 120, headers: new Map([['x-a', 'one two']]), body }
  for (const [good, bad] of [
    [{ status: 201 }, { status: 200 }],
    [{ status: '2xx' }, { status: '4xx' }],
    [{ status: [200, 201] }, { status: [] }],
    [{ time: 120 }, { time: 119 }],
    [{ header: 'X-A' }, { header: 'x-b' }],
    [
      { header: 'x-a', contains: 'two' },
      { header: 'x-a', equals: 'two' },
    ],
    [
      { json: 'n', equals: 5 },
      { json: 'n', equals: '5' },
    ],
    [
      { json: 'n', not: 6 },
      { json: 'n', not: 5 },
    ],
    [
      { json: 'n', atLeast: 5, atMost: 5 },
      { json: 'n', atLeast: 5, atMost: 4 },
    ],
    [
      { json: 'l', contains: { a: 1 } },
      { json: 'l', contains: { a: 2 } },
    ],
    [
      { json: 'l', length: 2 },
      { json: 'n', length: 1 },
    ],
    [
      { json: 'l', type: 'array' },
      { json: 'z', type: 'object' },
    ],
    [
      { json: 'z', exists: true },
      { json: 'q', exists: true },
    ],
    [
      { json: 'q', exists: false },
      { json: 'z', exists: false },
    ],
    [
      { json: 'l[0]', equals: { a: 1 } },
      { json: 'l[0]', equals: { a: 1, b: 2 } },
    ],
    [{ body: true, contains: 'text' }, { body: 'text' }],
  ]) {
    assert.deepEqual(failuresOf([good], received), [], JSON.stringify(good))
    assert.equal(failuresOf([bad], received).length, 1, JSON.stringify(bad))
  }
  assert.match(failuresOf([{ stauts: 200 }], received)[0], /unknown test/)
  assert.match(failuresOf([{ json: 'a' }], { ...received, body: '<a>' })[0], /not JSON/)
  assert.equal(failuresOf(undefined, { ...received, status: 404 }).length, 1)
  assert.deepEqual(failuresOf(undefined, received), [])
})
