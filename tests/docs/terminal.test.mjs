// Every `npx gatesign` line of the documents, typed as it is printed: with the package that was built, and with
// requests to AWS hosts led to the local gateway by a proxy.

import assert from 'node:assert/strict'
import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { LONG_LIVED, startGateway } from '../lib/gateway.mjs'
import { startAwsProxy } from './aws-proxy.mjs'
import { isOfTerminal } from './commands.mjs'
import { split } from './markdown.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REFUSAL = '{"message":"The security token included in the request is expired"}'

let gateway
let folder
let proxy
before(async () => {
  gateway = await startGateway()
  folder = mkdtempSync(join(tmpdir(), 'gatesign-terminal-'))
  writeFileSync(join(folder, 'error.txt'), REFUSAL)
  writeFileSync(join(folder, 'movies.json'), collection())
  cpSync(join(ROOT, 'tests/sdk/movies.json'), join(folder, 'api.json'))
  proxy = await startAwsProxy(gateway.url, folder)
})
after(() => {
  proxy?.stop()
  gateway?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** What a shell runs for the line, in a folder that has error.txt. */
function shell(line, more = '') {
  const npx = `exec '${process.execPath}' '${join(ROOT, 'pkg/cli.mjs')}'`
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    ...proxy.env,
    AWS_ACCESS_KEY_ID: LONG_LIVED.accessKey,
    AWS_SECRET_ACCESS_KEY: LONG_LIVED.secretKey,
  }
  return ['sh', ['-c', line.replace(/^npx gatesign/, npx) + more], { cwd: folder, env, timeout: 300_000 }]
}

/** The collection that the document shows. */
function collection() {
  const { blocks } = split(readFileSync(join(ROOT, 'docs/command.md'), 'utf8'))
  return blocks.find(({ text }) => text.includes('"gatesign-tester"')).text
}

const printed = async (line) => (await promisify(execFile)(...shell(line))).stdout

/** What each command has to do. */
const CHECKS = {
  async call(line) {
    assert.match(await printed(line), /The Matrix/)
    const { verdict } = (await gateway.requests()).at(-1)
    assert.deepEqual([verdict.ok, verdict.by], [true, 'header'])
  },
  async presign(line) {
    const [, seconds] = /--expires (\d+)/.exec(line)
    assert.equal(new URL((await printed(line)).trim()).searchParams.get('X-Amz-Expires'), seconds)
  },
  async explain(line) {
    assert.match(
      await printed(line),
      /^Canonical request\n\nGET\n\/stage\/movie_list\n\nhost:abc123\.execute-api/,
    )
  },
  async run(line) {
    assert.match(await printed(line), /^ok {4}200 .*list\nok {4}200 .*one\n\n2 requests, 0 failed\n$/)
    const [, report] = /--junit (\S+)/.exec(line)
    assert.match(readFileSync(join(folder, report), 'utf8'), /<testsuites tests="2" failures="0" errors="0"/)
  },
  async types(line) {
    assert.equal(await printed(line), '')
    assert.match(readFileSync(join(folder, 'api.d.ts'), 'utf8'), /movieYearTitleGet: MethodOf/)
  },
  async proxy(line) {
    const child = spawn(...shell(line, ' --port 0'))
    try {
      const [said] = await once(child.stdout, 'data')
      const [url] = /http:\S+/.exec(said)
      assert.match(await (await fetch(`${url}stage/movie_list`)).text(), /The Matrix/)
      assert.equal((await fetch(`${url}other`)).status, 403)
    } finally {
      child.kill('SIGINT')
      await once(child, 'exit')
    }
  },
  async diagnose(line) {
    assert.match(await printed(line), /^ExpiredToken: /)
  },
  async serve(line) {
    const hosts = /--forward (\S+)/.exec(line)?.[1].split(',') ?? []
    // Another program may have the port that the document names.
    const child = spawn(...shell(line, ' --port 0'))
    try {
      const [said] = await once(child.stdout, 'data')
      const [url] = /http:\S+/.exec(said)
      const config = await (await fetch(`${url}config.json`)).json()
      assert.deepEqual(config.forwarder.hosts, hosts)
    } finally {
      child.kill('SIGINT')
    }
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
  },
}

const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .trim()
  .split('\n')
const lines = documents.flatMap((name) =>
  split(readFileSync(join(ROOT, name), 'utf8'))
    .blocks.flatMap(({ text }) => text.split('\n'))
    .filter(isOfTerminal),
)

test('there are some of each', () => {
  assert.deepEqual([...new Set(lines.map((line) => line.split(' ')[2]))].sort(), Object.keys(CHECKS).sort())
})

for (const line of lines) test(line, () => CHECKS[line.split(' ')[2]](line))

after(() => console.log(`counted: ${lines.length} lines for the terminal`))
