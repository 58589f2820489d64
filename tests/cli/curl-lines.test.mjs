// `gatesign call` next to curl itself: the same line, what a server received, and the exit code.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { CLI } from '../lib/served.mjs'
import { LINES } from './curl-corpus.mjs'
import { startCurlServer } from './curl-server.mjs'

let server
let folder
let files
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatesign-curl-'))
  files = Object.fromEntries(
    ['FILE', 'JSON', 'BYTES', 'HEADERS'].map((name) => [name, join(folder, `${name}.txt`)]),
  )
  writeFileSync(files.FILE, 'a=1&\r\nb=\n2\n')
  writeFileSync(files.JSON, '{"lines":\r\n [1,\n2]}\n')
  writeFileSync(files.HEADERS, 'X-From-File: 1\nX-Other: two\n')
  writeFileSync(files.BYTES, Buffer.from(Array.from({ length: 256 }, (_, i) => i)))
  server = await startCurlServer(folder)
})
after(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Longer names first: URL is a part of none, but PORT is one of PROXY's neighbours. */
function filled(args) {
  const values = { ...files, ...server.places }
  const names = Object.keys(values).sort((a, b) => b.length - a.length)
  const pattern = new RegExp(`\\b(?:${names.join('|')})\\b`, 'g')
  return args.map((arg) => arg.replace(pattern, (name) => values[name]))
}

async function run(program, args) {
  server.begin()
  const env = { PATH: process.env.PATH, HOME: folder }
  const child = spawn(program, args, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: [], error: [] }
  child.stdout.on('data', (chunk) => said.out.push(chunk))
  child.stderr.on('data', (chunk) => said.error.push(chunk))
  const code = await new Promise((resolve) => child.once('close', resolve))
  return {
    code,
    out: Buffer.concat(said.out).toString('latin1'),
    error: Buffer.concat(said.error).toString(),
    got: server.received().map(normal),
  }
}

/** What every request has of its own kind, and nothing means. */
const LEFT_OUT = new Set(['host', 'connection', 'proxy-connection', 'expect'])

function normal({ method, target, headers, body }) {
  const named = new Map()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    if (LEFT_OUT.has(key)) continue
    named.set(key, named.has(key) ? `${named.get(key)}, ${value}` : value)
  }
  // Which program it is, unless the line says it; a length of nothing, which curl leaves out of a POST without data.
  if (/^(?:curl|gatesign)\//.test(named.get('user-agent'))) named.delete('user-agent')
  if (named.get('content-length') === '0') named.delete('content-length')
  // This curl may know zstd.
  named.set('accept-encoding', named.get('accept-encoding')?.replace(/, zstd$/, '') ?? '')
  const boundary = /boundary=(\S+)/.exec(named.get('content-type') ?? '')?.[1]
  const plain = (text) => (boundary ? text.replaceAll(boundary, 'BOUNDARY') : text)
  const type = named.get('content-type')
  if (type) named.set('content-type', plain(type))
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1]
  // curl writes what it adds to a query in small letters; a signature needs capital ones.
  const path = target.replace(/%[0-9a-f]{2}/gi, (hex) => hex.toUpperCase())
  return { method, target: path, host, headers: Object.fromEntries([...named].sort()), body: plain(body) }
}

const version = spawnSync('curl', ['--version']).stdout?.toString() ?? ''
const [, major = '0', minor = '0'] = /^curl (\d+)\.(\d+)/.exec(version) ?? []
/** --json is of 7.82, --url-query of 7.87. */
const isNew = Number(major) > 7 || Number(minor) >= 87

describe('the same as curl', { skip: !isNew && 'curl 7.87 or later is not installed' }, () => {
  for (const line of LINES) {
    const args = line.filter((arg) => typeof arg === 'string')
    const { out = false, only } = line.find((arg) => typeof arg !== 'string') ?? {}
    test(args.join(' ') || '(no argument)', async () => {
      const typed = filled(args)
      const curl = await run('curl', ['-q', ...typed])
      const own = await run(process.execPath, [CLI, 'call', '--no-sign', ...typed])
      assert.deepEqual(own.got, curl.got, own.error)
      assert.equal(own.code, curl.code, `curl: ${curl.error}\ncall: ${own.error}`)
      if (only) for (const text of [own.out, curl.out]) assert.match(text, only)
      else if (out) assert.equal(own.out, curl.out)
      // Nothing of OpenSSL's, Node's or a parser's own words.
      assert.doesNotMatch(own.error, /node:|\bat .*:\d+:\d+|SSL routines|HPE_|\.c:\d+/)
    })
  }
})

describe('where it means to differ', () => {
  const sent = async (...args) => {
    const { got, code, error } = await run(process.execPath, [CLI, 'call', '--no-sign', ...filled(args)])
    assert.equal(code, 0, error)
    return got[0]
  }

  test('an object or a list in JSON is application/json; anything else is a form, as with curl', async () => {
    for (const [data, type] of [
      ['{"a":1}', 'application/json'],
      [' [1,2]', 'application/json'],
      ['@JSON', 'application/json'],
      ['{"a":1', 'application/x-www-form-urlencoded'],
      ['"text"', 'application/x-www-form-urlencoded'],
      ['1', 'application/x-www-form-urlencoded'],
      ['{a}', 'application/x-www-form-urlencoded'],
    ]) {
      assert.equal((await sent('-d', data, 'URL/')).headers['content-type'], type, data)
    }
  })

  test('-d @FILE keeps a file that is no text', async () => {
    const { body } = await sent('-d', '@BYTES', 'URL/')
    assert.deepEqual(Buffer.from(body, 'latin1'), readFileSync(files.BYTES))
  })

  test('a head that breaks off is no answer', async () => {
    assert.equal(
      (await run(process.execPath, [CLI, 'call', '--no-sign', ...filled(['URL/half-head'])])).code,
      52,
    )
  })

  test("awscurl's --data-binary is a flag", async () => {
    const line = ['--data-binary', '--service', 'execute-api', '--region', 'us-east-1', '-X', 'POST']
    const { body, method } = await sent(...line, '-d', '@FILE', 'URL/stage/echo')
    assert.deepEqual([method, body], ['POST', readFileSync(files.FILE, 'latin1')])
  })

  test('-L takes nothing secret to another origin', async () => {
    const keys = ['-H', 'x-api-key: k', '-H', 'Authorization: Bearer t', '-b', 's=1', '-H', 'X-Own: 1']
    const { got } = await run(process.execPath, [
      CLI,
      'call',
      '--no-sign',
      '-L',
      ...keys,
      ...filled(['URL/redirect/elsewhere']),
    ])
    assert.equal(got.length, 2)
    assert.deepEqual(
      ['x-api-key', 'authorization', 'cookie', 'x-own'].map((name) =>
        got.map(({ headers }) => headers[name]),
      ),
      [
        ['k', undefined],
        ['Bearer t', undefined],
        ['s=1', undefined],
        ['1', '1'],
      ],
    )
  })
})
