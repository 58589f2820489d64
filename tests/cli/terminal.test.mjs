// What a server sends never steers the terminal: with a terminal of its own, and hostile answers in every place.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { importSource } from '../../xtask/sources.mjs'
import { CLI } from '../lib/served.mjs'
import { KEYS } from '../lib/terminal.mjs'

/** By what they do. All of them may come in a body; headers and status lines take what HTTP lets through. */
const HOSTILE = {
  'clipboard (OSC 52)': '\u001b]52;c;cm0gLXJmIH4=\u0007',
  'title (OSC 0)': '\u001b]0;owned\u001b\\',
  'hyperlink (OSC 8)': '\u001b]8;;http://evil.example\u001b\\text\u001b]8;;\u001b\\',
  'clear the screen': '\u001b[2J\u001b[H',
  'cursor up, and over the line': '\u001b[1A\u001b[2Kgatesign: all is well',
  'C1: CSI, OSC, DCS': '\u009b2J \u009d0;owned\u009c \u0090q\u009c',
  'CR over the line': 'danger\rharmless',
  backspaces: 'rm -rf /\b\b\b\b\b\b\b\bls',
  'bell, shift out, DEL': '\u0007\u000e\u007f',
  'right to left': 'user\u202etxt.exe\u202c \u2066a\u2069 \u061c \u200f',
  'line separators': 'a\u2028b\u2029c',
  'half of a surrogate pair': 'a\ud800b',
}
const ALL = Object.values(HOSTILE).join(' ')

/** What a terminal would act on. The terminal writes a line's end as CR LF. */
const ACTED_ON =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/
const assertHarmless = (text) => assert.doesNotMatch(text.replace(/\r+\n/g, '\n'), ACTED_ON)

let server
let raw
let urls
before(async () => {
  server = createServer((request, response) => {
    const [, kind, value] = request.url.split('/')
    const text = value ? HOSTILE[decodeURIComponent(value)] : ALL
    if (kind === 'binary') return response.end(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0x1b]))
    if (kind === 'split') {
      for (const byte of Buffer.from(`é${ALL}\r\nend`)) response.write(Buffer.from([byte]))
      return response.end()
    }
    if (kind === 'refused') {
      const message = `User: ${text} is not authorized to perform: ${text}`
      return response
        .writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' })
        .end(JSON.stringify({ message, Message: message }))
    }
    if (kind === 'page') return response.writeHead(Number(502)).end(`<html>${text}</html>`)
    response.end(text)
  })
  // Latin-1 in a status line and in headers: the bytes of C1.
  raw = createSocketServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () =>
      socket.end(
        Buffer.from(
          'HTTP/1.1 418 \u009b2J\u009d0;x\u009c\r\nX-\u007cA: \u009b2J\u0085\r\nLocation: /\u009b\r\nContent-Length: 0\r\n\r\n',
          'latin1',
        ),
      ),
    )
  })
  const listening = async (each) => {
    await once(each.listen(0, '127.0.0.1'), 'listening')
    return `http://127.0.0.1:${each.address().port}`
  }
  urls = { body: await listening(server), head: await listening(raw) }
})
after(() => {
  server.closeAllConnections()
  for (const each of [server, raw]) each.close()
})

function run(command, args, input = '') {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', TERM: 'xterm', ...KEYS },
  })
  const said = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.error += text
  })
  child.stdin.end(input)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })))
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`
/** With a terminal for all three streams. */
const inTerminal = (...args) => {
  const line = [process.execPath, CLI, ...args].map(quoted).join(' ')
  return run('script', ['-qefc', line, '/dev/null'])
}
const piped = (...args) => run(process.execPath, [CLI, ...args])

describe('in a terminal', () => {
  for (const name of Object.keys(HOSTILE)) {
    test(`${name}, in a body and in a refusal`, async () => {
      const { out, code } = await inTerminal('call', `${urls.body}/text/${encodeURIComponent(name)}`)
      assertHarmless(out)
      assert.match(out, /\\u[0-9a-f]{4}|\ufffd/)
      assert.equal(code, 0)
      const refused = await inTerminal('call', '-v', '-i', `${urls.body}/refused/${encodeURIComponent(name)}`)
      assertHarmless(refused.out)
      assert.match(refused.out, /403 AccessDenied/)
    })
  }

  test('in a body that comes byte by byte, whose characters and line ends stay whole', async () => {
    const { out } = await inTerminal('call', `${urls.body}/split`)
    assertHarmless(out)
    assert.match(out, /^é\\u001b\]52/)
    assert.match(out, /[^\\]\r\nend$/)
  })

  test('in the head', async () => {
    for (const option of ['-i', '-I', '-v', '-D-']) {
      const { out } = await inTerminal('call', option, urls.head)
      assertHarmless(out)
      assert.match(out, /\\u009b2J/)
    }
  })

  test('in what -w prints', async () => {
    const { out } = await inTerminal(
      'call',
      '-so',
      '/dev/null',
      '-w',
      '%header{x-|a}%{header_json}%{json}',
      urls.head,
    )
    assertHarmless(out)
    assert.match(out, /\\u009b2J/)
  })

  test('binary is refused as curl refuses it; -o - shows it escaped', async () => {
    const refused = await inTerminal('call', `${urls.body}/binary`)
    assert.equal(refused.code, 23)
    assert.match(refused.out, /^gatesign: the answer is binary.*-o FILE/)
    const shown = await inTerminal('call', '-o', '-', `${urls.body}/binary`)
    assert.equal(shown.code, 0)
    assertHarmless(shown.out)
    assert.match(shown.out, /^\\u007fELF\\u0000\\u0001\\u001b/)
  })

  test('what diagnose is given', async () => {
    const line = `printf %s ${quoted(JSON.stringify({ message: `explicit deny: ${ALL}` }))} | ${quoted(process.execPath)} ${quoted(CLI)} diagnose`
    const { out } = await run('script', ['-qefc', line, '/dev/null'])
    assertHarmless(out)
    assert.match(out, /AccessDenied|Unknown/)
  })
})

describe('without a terminal', () => {
  test('a body is what came, byte for byte', async () => {
    const { out } = await piped('call', `${urls.body}/text`)
    assert.equal(out, Buffer.from(ALL).toString())
  })

  test('everything else is shown without control characters, wherever it goes', async () => {
    const { out, error } = await piped('call', '-v', '-o', '/dev/null', '-i', `${urls.body}/refused`)
    assert.match(error, /AccessDenied/)
    for (const text of [out, error]) assertHarmless(text)
    const page = await piped('call', '-fS', `${urls.body}/page`)
    assert.deepEqual([page.code, page.out], [22, ''])
    assertHarmless(page.error)
    for (const json of [[], ['--json']]) {
      const told = await run(
        process.execPath,
        [CLI, 'diagnose', ...json],
        `403 Forbidden ${ALL} is not authorized`,
      )
      assertHarmless(told.out)
      if (json.length > 0) assert.ok(JSON.parse(told.out).kind)
    }
  })

  test('so are the arguments that errors name', async () => {
    for (const args of [
      [ALL.replaceAll('\0', '')],
      ['call', `--${HOSTILE['clear the screen']}`, urls.body],
      ['call', '-m', ALL, urls.body],
      ['call', '-d', `@/nonexistent/${ALL}`, urls.body],
      ['call', '-o', `/nonexistent/${ALL}`, urls.body],
      ['call', `http://[${ALL}]/`],
    ]) {
      const { code, error } = await piped(...args)
      assert.ok(code > 0)
      assertHarmless(error)
    }
  })
})

test('the one function that shows text leaves ordinary text alone', async () => {
  const { shown, shownLine } = await importSource('src/cli/shown.ts')
  const ordinary = 'a\tb\nc é 日本 😀 👩‍👩‍👧 עברית العربية \\ "\'\u00a0'
  assert.equal(shown(ordinary), ordinary)
  assert.equal(shownLine('a\tb\nc'), 'a\\u0009b\\u000ac')
  assert.equal(shown('a\r\nb'), 'a\nb')
  assert.equal(JSON.parse(shown(JSON.stringify(ALL))), ALL)
})

describe('diagnose', () => {
  test('reads at most 1 MB, and says so', async () => {
    const { code, error } = await run(process.execPath, [CLI, 'diagnose'], 'x'.repeat(1024 * 1024 + 1))
    assert.equal(code, 2)
    assert.match(error, /reads at most 1048576 bytes/)
  })

  test('takes time in proportion to what it reads', async () => {
    for (const filler of [
      ' ',
      '=',
      '"',
      '\n',
      'status ',
      'status:',
      'HTTP/1.1 ',
      'x: ',
      '{"message":"',
      '<Code>',
      '\\',
      "'",
    ]) {
      const text = `status${filler.repeat(Math.floor(900_000 / filler.length))}`
      const began = performance.now()
      const { code } = await run(process.execPath, [CLI, 'diagnose'], text)
      assert.equal(code, 0)
      assert.ok(
        performance.now() - began < 30_000,
        `${JSON.stringify(filler)}: ${performance.now() - began} ms`,
      )
    }
  })
})
