// Documents: links lead somewhere, commands are run by a step, snippets run as they are printed.

import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startIdentityStub } from '../client/identity-stub.mjs'
import { API_KEY, LONG_LIVED, startGateway } from '../lib/gateway.mjs'
import { isCovered } from './commands.mjs'
import { anchors, importsAnother, links, split } from './markdown.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PRELOAD = new URL('send-to-gateway.mjs', import.meta.url).href
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .trim()
  .split('\n')

/** Snippets of these are no whole programs: migration.test.mjs runs them. */
const EXCERPTS = ['MIGRATION.md']

/** What the stand-in for Cognito gives. */
const TEMPORARY = {
  accessKeyId: 'ASIAEXAMPLECOGNITO',
  secretAccessKey: 'cognito/wJalrXUtnFEMI+EXAMPLEKEY',
  sessionToken: 'an/example+token==',
  expiration: new Date(Date.now() + 3_600_000),
}

let gateway
let cognito
let folder
before(async () => {
  gateway = await startGateway()
  cognito = await startIdentityStub(TEMPORARY)
  const { expiration, ...identity } = TEMPORARY
  await gateway.identity({ ...identity, expiresAtMs: expiration.getTime() })
  // Beside the tests, where the packages that the snippets import are found.
  const target = join(ROOT, 'node_modules/.snippets')
  mkdirSync(target, { recursive: true })
  folder = mkdtempSync(join(target, 'run-'))
})
after(() => {
  gateway?.stop()
  cognito?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

async function node(args) {
  const env = {
    PATH: process.env.PATH,
    DOCS_GATEWAY: gateway.url,
    AWS_ACCESS_KEY_ID: LONG_LIVED.accessKey,
    AWS_SECRET_ACCESS_KEY: LONG_LIVED.secretKey,
    API_KEY,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY: cognito.url,
  }
  return await promisify(execFile)(process.execPath, args, { env, timeout: 120_000 })
}

/** All lines of a shell block; in a block without language those that begin with one of our tools. */
function commandsOf(language, text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (language === 'sh' || language === 'bash') return lines
  return language === '' ? lines.filter((line) => /^(cargo|npm|npx|node) /.test(line)) : []
}

test('the README can be read in one go', () => {
  const lines = readFileSync(join(ROOT, 'README.md'), 'utf8').trimEnd().split('\n')
  assert.ok(lines.length <= 200, `${lines.length} lines: put what is more into docs/`)
})

let snippets = 0
for (const name of documents) {
  const { blocks, prose } = split(readFileSync(join(ROOT, name), 'utf8'))
  describe(name, () => {
    test('links lead to files and headings that exist', () => {
      for (const link of links(prose).filter((link) => !/^[a-z]+:/.test(link))) {
        const [path, anchor] = link.split('#')
        const file = path === '' ? join(ROOT, name) : join(ROOT, dirname(name), path)
        assert.ok(existsSync(file), `${link} does not exist`)
        if (anchor) {
          const there = anchors(split(readFileSync(file, 'utf8')).prose)
          assert.ok(there.includes(anchor), `${link}: no such heading among ${there}`)
        }
      }
    })

    for (const { language, text, line } of blocks) {
      if (language === 'json') test(`line ${line}: is JSON`, () => void JSON.parse(text))
      const commands = commandsOf(language, text)
      if (commands.length > 0) {
        test(`line ${line}: each command is run by a step`, () => {
          for (const command of commands) {
            assert.ok(isCovered(command), `add to tests/docs/commands.mjs, with a test: ${command}`)
          }
        })
      }
      // tests/integrations/clients/snippets.mjs runs the others.
      if (language === 'js' && !EXCERPTS.includes(name) && !importsAnother(text)) {
        snippets += 1
        test(`line ${line}: runs`, async () => {
          const extension = /\brequire\(/.test(text) ? 'cjs' : 'mjs'
          const file = join(folder, `${name.replaceAll('/', '-')}-${line}.${extension}`)
          writeFileSync(file, text)
          const { stdout } = await node(['--import', PRELOAD, file])
          // Each prints something: a snippet whose call was never sent prints nothing, or `undefined`.
          assert.match(stdout, /\S/)
          assert.doesNotMatch(stdout, /^undefined$/m)
          if (text.includes('Cognito')) await checkCognito()
        })
      }
    }
  })
}

/** The pool's credentials were fetched, and signed the request. */
async function checkCognito() {
  assert.deepEqual(
    cognito.asked.map(({ action }) => action),
    ['GetId', 'GetCredentialsForIdentity'],
  )
  const { verdict } = (await gateway.requests()).at(-1)
  assert.equal(verdict.accessKeyId, TEMPORARY.accessKeyId)
}

after(() => console.log(`counted: ${documents.length} documents, ${snippets} snippets`))
