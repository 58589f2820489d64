// The snippets of the documents that import a package of another project: they run as they are printed, but that the
// hosts of AWS are servers of this machine, and TypeScript takes them.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importsAnother, split } from '../../docs/markdown.mjs'
import { LONG_LIVED } from '../../lib/gateway.mjs'
import { installed } from '../../runtimes/lib/packages.mjs'
import { run } from '../../runtimes/lib/process.mjs'
import { startAppSync } from '../lib/appsync-server.mjs'
import { startMcp } from '../lib/mcp-server.mjs'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const FOLDER = fileURLToPath(new URL('../node_modules/.snippets', import.meta.url))
const TSC = installed('typescript/bin/tsc', fileURLToPath(new URL('..', import.meta.url)))

const KEYS = { AWS_ACCESS_KEY_ID: LONG_LIVED.accessKey, AWS_SECRET_ACCESS_KEY: LONG_LIVED.secretKey }

/** Every such snippet, with the document and the line in which it begins. */
function snippets() {
  const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' })
    .trim()
    .split('\n')
  return documents.flatMap((name) =>
    split(readFileSync(join(ROOT, name), 'utf8'))
      .blocks.filter(({ language, text }) => language === 'js' && importsAnother(text))
      .map(({ text, line }) => ({ name, line, text })),
  )
}

/** The text with local servers in the place of AWS's hosts, whose names tell region and service. */
function toServers(text, servers) {
  return text.replace(
    /(invokeUrl: )?(['`])https:\/\/abc123\.([\w-]+)\.us-east-1\.amazonaws\.com/g,
    (whole, option, quote, service) => {
      const { url, name } = servers[service] ?? assert.fail(`no server stands for ${whole}`)
      return `${option ? `region: 'us-east-1', service: '${name}', ${option}` : ''}${quote}${url}`
    },
  )
}

export const rows = [
  {
    id: 'snippets',
    name: 'the snippets of the documents',
    packages: ['typescript'],
    how: 'as they are printed, their types too',
    async run(checks) {
      const [appsync, mcp] = await Promise.all([startAppSync(), startMcp()])
      const servers = {
        'execute-api': { url: checks.gateway.url, name: 'execute-api' },
        'appsync-api': { url: appsync.url, name: 'appsync' },
        'bedrock-agentcore': { url: mcp.url, name: 'bedrock-agentcore' },
      }
      /** How many requests were verified, and whether all were. */
      const verified = async () => {
        const refusals = [...appsync.arrived, ...mcp.arrived].map(({ refusal }) => refusal ?? 'none')
        const verdicts = (await checks.gateway.requests()).map(({ verdict }) =>
          verdict.ok ? 'none' : verdict.kind,
        )
        return [...refusals, ...appsync.refusals.map((refusal) => refusal ?? 'none'), ...verdicts]
      }
      rmSync(FOLDER, { recursive: true, force: true })
      mkdirSync(FOLDER, { recursive: true })
      const found = snippets()
      await checks.check('there are some', () => assert.ok(found.length > 2, `${found.length}`))
      for (const { name, line, text } of found) {
        const file = join(FOLDER, `${name.replaceAll('/', '-').replace('.md', '')}-${line}.mts`)
        writeFileSync(file, text)
        const script = file.replace('.mts', '.mjs')
        writeFileSync(script, toServers(text, servers))
        await checks.check(`${name}, line ${line}`, async () => {
          const before = (await verified()).length
          const { stdout } = await run(process.execPath, [script], { env: KEYS, timeout: 120_000 })
          assert.match(stdout, /\S/)
          assert.doesNotMatch(stdout, /^undefined$/m)
          const results = (await verified()).slice(before)
          assert.ok(results.length > 0, 'no request arrived')
          assert.deepEqual(
            results.filter((result) => result !== 'none'),
            [],
          )
        })
      }
      await checks.check('TypeScript takes them', async () => {
        const compilerOptions = {
          ...{
            target: 'es2022',
            module: 'nodenext',
            lib: ['es2022', 'dom', 'dom.iterable'],
            types: ['node'],
          },
          // The environment's variables are texts here, as they are in JavaScript.
          ...{ strict: true, strictNullChecks: false, noEmit: true, skipLibCheck: true },
        }
        writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }))
        await run(process.execPath, [TSC, '--project', FOLDER])
      })
      appsync.stop()
      mcp.stop()
    },
  },
]
