// Jest: its environments have globals of their own and choose conditions of the package by themselves.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { installed, versionOf } from '../lib/packages.mjs'
import { run } from '../lib/process.mjs'

const require = createRequire(import.meta.url)

/**
 * @param {string} id
 * @param {string} how
 * @param {string} environment the package that makes it
 * @param {string[]} [conditions] of `exports`, in place of the environment's own
 */
function jestRow(id, how, environment, conditions) {
  return {
    id,
    runtime: 'Jest',
    how,
    async run({ project, gateway }) {
      const cwd = project.folderWith(id, { '.': 'fixtures/jest', smoke: 'smoke' })
      await build({
        entryPoints: [join(cwd, 'smoke/smoke.mjs')],
        outfile: join(cwd, 'smoke.cjs'),
        bundle: true,
        format: 'cjs',
        platform: 'node',
      })
      const config = {
        rootDir: cwd,
        testEnvironment: require.resolve(environment),
        testEnvironmentOptions: conditions ? { customExportConditions: conditions } : {},
        transform: {},
      }
      const result = join(cwd, 'result.json')
      const options = [installed('jest/bin/jest.js'), '--runInBand', '--watchman=false']
      await run(process.execPath, [...options, '--config', JSON.stringify(config)], {
        cwd,
        env: { GATEWAY: gateway.url, RESULT: result },
      })
      return { ...JSON.parse(readFileSync(result, 'utf8')), version: versionOf('jest') }
    },
  }
}

export const rows = [
  jestRow('jest-node', 'require, testEnvironment node', 'jest-environment-node'),
  jestRow(
    'jest-jsdom',
    'require, testEnvironment jsdom: all but fetch, which jsdom lacks',
    'jest-environment-jsdom',
  ),
  jestRow(
    'jest-jsdom-node',
    "require, testEnvironment jsdom with Node's conditions",
    'jest-environment-jsdom',
    ['node', 'node-addons'],
  ),
  jestRow('jest-fixed-jsdom', 'require, testEnvironment jest-fixed-jsdom', 'jest-fixed-jsdom'),
]
