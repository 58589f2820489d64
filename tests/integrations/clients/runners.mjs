// Runners and bundlers as they are set up today: Vitest, tsx, TypeScript, and what is uploaded to Lambda.

import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { LONG_LIVED } from '../../lib/gateway.mjs'
import { appOf, run, tool } from '../lib/apps.mjs'

const variables = (checks) => ({
  INVOKE_URL: checks.url,
  ACCESS_KEY: LONG_LIVED.accessKey,
  SECRET_KEY: LONG_LIVED.secretKey,
})

/** What the gateway saw: some calls with the right key, and one with another. */
async function checkRecord({ gateway }) {
  const verdicts = (await gateway.requests()).map(({ verdict }) => verdict.kind ?? verdict.by)
  assert.ok(verdicts.filter((verdict) => verdict === 'header').length > 1, `${verdicts}`)
  assert.equal(verdicts.filter((verdict) => verdict === 'SignatureDoesNotMatch').length, 1)
}

const vitest = (environment) => ({
  id: `vitest-${environment}`,
  name: 'Vitest',
  packages: ['vitest', environment],
  how: `\`--environment ${environment}\``,
  async run(checks) {
    const folder = await appOf('vitest')
    await checks.check('calls, bodies and a refusal, in its own tests', async () => {
      const env = { ...variables(checks), ENVIRONMENT: environment, CI: '1' }
      const { stdout } = await tool('vitest/vitest.mjs', ['run', '--environment', environment], folder, env)
      assert.match(stdout, /4 passed/)
    })
    await checks.check('the gateway verified them', () => checkRecord(checks))
  },
})

/** Ways to make one file of a function, as its upload has it. */
const BUNDLES = {
  'esbuild, CommonJS': (entry, folder) => byEsbuild(entry, join(folder, 'index.cjs'), 'cjs'),
  'esbuild, ES module': (entry, folder) => byEsbuild(entry, join(folder, 'index.mjs'), 'esm'),
  'webpack, CommonJS': (entry, folder) => byWebpack(entry, folder, 'index.cjs', 'commonjs2'),
  'webpack, ES module': (entry, folder) => byWebpack(entry, folder, 'index.mjs', 'module'),
}

async function byEsbuild(entry, outfile, format) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format,
  })
  return outfile
}

async function byWebpack(entry, folder, filename, type) {
  const { default: webpack } = await import('webpack')
  const compiler = webpack({
    ...{ entry, mode: 'production', target: 'node20' },
    ...{
      output: { path: folder, filename, library: { type } },
      experiments: { outputModule: type === 'module' },
    },
  })
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, made) => (error ? reject(error) : resolve(made)))
  })
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'))
  return join(folder, filename)
}

export const rows = [
  vitest('jsdom'),
  vitest('happy-dom'),
  {
    id: 'tsx',
    name: 'tsx',
    packages: ['tsx'],
    how: '`tsx movies.ts`',
    async run(checks) {
      const folder = await appOf('tsx')
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
      await checks.signed('a program in TypeScript', async () => {
        const { stdout } = await tool('tsx/dist/cli.mjs', ['movies.ts'], folder, variables(checks))
        assert.equal(stdout.trim(), '200 true true')
      })
    },
  },
  {
    id: 'typescript',
    name: 'TypeScript',
    packages: ['typescript'],
    how: '`moduleResolution` node10, node16, nodenext and bundler, strict',
    async run(checks) {
      const folder = await appOf('types')
      for (const [moduleResolution, module] of [
        ['node10', 'commonjs'],
        ['node16', 'node16'],
        ['nodenext', 'nodenext'],
        ['bundler', 'esnext'],
      ]) {
        await checks.check(moduleResolution, async () => {
          const compilerOptions = {
            ...{ moduleResolution, module, strict: true, noEmit: true, target: 'es2022', types: [] },
            lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
          }
          const project = join(folder, `tsconfig.${moduleResolution}.json`)
          writeFileSync(project, JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
          await tool('typescript/bin/tsc', ['--project', project], folder)
        })
      }
    },
  },
  {
    id: 'lambda',
    name: 'AWS Lambda bundles',
    packages: ['esbuild', 'webpack'],
    how: 'one file, alone in a folder, with a session token',
    async run(checks) {
      const folder = await appOf('lambda')
      const sessionToken = 'a/session+token=='
      const temporary = {
        accessKeyId: 'ASIAEXAMPLELAMBDA',
        secretAccessKey: 'lambda/EXAMPLEKEY',
        sessionToken,
      }
      for (const [name, bundle] of Object.entries(BUNDLES)) {
        await checks.check(name, async () => {
          await checks.gateway.reset()
          await checks.gateway.identity({ ...temporary, expiresInMs: 3_600_000 })
          // Nothing is above it: no packages.
          const alone = mkdtempSync(join(tmpdir(), 'gatesign-lambda-'))
          try {
            const file = await bundle(join(folder, 'handler.mjs'), alone)
            copyFileSync(join(folder, 'call.mjs'), join(alone, 'call.mjs'))
            const { stdout } = await run(process.execPath, ['call.mjs', file], {
              cwd: alone,
              env: {
                ...{ INVOKE_URL: checks.url, AWS_REGION: 'us-east-1', AWS_SESSION_TOKEN: sessionToken },
                AWS_ACCESS_KEY_ID: temporary.accessKeyId,
                AWS_SECRET_ACCESS_KEY: temporary.secretAccessKey,
              },
            })
            assert.match(stdout, /^200 [1-9]/)
            const [{ verdict }] = await checks.gateway.requests()
            assert.deepEqual([verdict.accessKeyId, verdict.sessionTokenSigned], [temporary.accessKeyId, true])
          } finally {
            rmSync(alone, { recursive: true, force: true })
          }
        })
      }
    },
  },
  {
    id: 'react-native',
    name: 'React Native',
    packages: ['esbuild'],
    how: "does not work: Hermes has no WebAssembly, and the first use says so. Sign on a server. (Here: a bundle under React Native's conditions, in an engine without WebAssembly)",
    async run(checks) {
      const folder = await appOf('react-native')
      const outfile = join(folder, 'bundle.js')
      await build({
        ...{ entryPoints: [join(folder, 'app.js')], outfile, bundle: true, format: 'iife', target: 'es2018' },
        ...{
          platform: 'neutral',
          conditions: ['react-native'],
          mainFields: ['react-native', 'browser', 'main'],
        },
        banner: { js: 'delete globalThis.WebAssembly;' },
      })
      await checks.check('newClient and createSigner say what is missing', async () => {
        const { stdout } = await run(process.execPath, [outfile])
        const [client, signer] = stdout.trim().split('\n')
        for (const said of [client, signer]) assert.match(said, /^(Type)?Error: .*WebAssembly/)
      })
    },
  },
]
