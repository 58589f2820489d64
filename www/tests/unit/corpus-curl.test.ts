// Every command of the corpus, run by curl itself and imported and sent as the page does: a local server receives
// the same. Commands of other shells have the one for sh next to them, which curl is run with.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CURL } from '../../src/import/curl-options'
import { readText } from '../../src/import/read'
import { recorder } from './lib/recorder'
import { sendAll } from './lib/sent'

const run = promisify(execFile)
const HOST = '127.0.0.1:9480'

interface Case {
  name: string
  text: string
  /** For sh, if the text is not. */
  sh: string
  /** What has to be said, and nothing else. */
  notes: string[]
}

const CASES: Case[] = readFileSync(new URL('../corpus/curl.txt', import.meta.url), 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((entry) => {
    const [name = '', ...rest] = entry.split('\n')
    const [text = '', ...sections] = rest.join('\n').split(/^--- /m)
    const section = (wanted: string) =>
      sections
        .find((item) => item.startsWith(`${wanted}\n`))
        ?.slice(wanted.length + 1)
        .trimEnd()
    const notes = (section('notes') ?? '').split('\n').filter(Boolean)
    return { name, text: text.trimEnd(), sh: section('sh') ?? text.trimEnd(), notes }
  })

let server: Awaited<ReturnType<typeof recorder>>
const folder = mkdtempSync(join(tmpdir(), 'curl-corpus-'))

beforeAll(async () => {
  server = await recorder()
  writeFileSync(join(folder, 'payload.json'), '{"from":"a file"}')
})
afterAll(() => server.close())

const KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

it('knows the options of curl as the curl that is installed does', async () => {
  const { stdout } = await run('curl', ['--help', 'all'])
  const options = [...stdout.matchAll(/^ (?:-(\S), |\s+)--(\S+)( [<[])?/gm)]
  expect(options.length).toBeGreaterThan(200)
  for (const [, letter, long = '', value] of options) {
    const known = CURL.long.get(long)
    expect([long, known?.valued], long).toEqual([long, value !== undefined && long !== 'help'])
    if (letter) expect(CURL.short.get(letter)).toBe(long)
  }
})

describe('curl receives the same', () => {
  it.each(CASES)('$name', async ({ text, sh, notes }) => {
    const here = (command: string) => command.replaceAll(HOST, server.base.replace('http://', ''))
    const env = { PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C.UTF-8', ...KEYS }
    await run('bash', ['-c', here(sh)], { cwd: folder, env, timeout: 20_000 }).catch((error: Error) => error)
    const expected = server.take()
    expect(expected.length, 'curl itself sent nothing').toBeGreaterThan(0)
    const found = await readText(here(text))
    found.credentials = withKeys(found.credentials)
    await sendAll(found, new TextEncoder().encode('{"from":"a file"}'))
    expect(server.take()).toEqual(expected)
    expect(found.notes.map((note) => notes.find((part) => note.includes(part)) ?? note).sort()).toEqual(
      [...notes].sort(),
    )
  })
})

/** As the page has them, whose user has entered them. */
function withKeys(given: Record<string, unknown>) {
  const keys = { accessKeyId: KEYS.AWS_ACCESS_KEY_ID, secretAccessKey: KEYS.AWS_SECRET_ACCESS_KEY }
  const id = String(given.accessKeyId ?? '')
  return id === '' || id.includes('{{') ? { ...given, ...keys, sessionToken: '' } : given
}
