// `npx gatesign` as a process with an environment of its own, against the gateway.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { LONG_LIVED, REGION } from './gateway.mjs'
import { gatewayForTests } from './gateway-for-tests.mjs'
import { CLI } from './served.mjs'

/** The environment of a run, if the test gives no other. */
export const KEYS = {
  AWS_ACCESS_KEY_ID: LONG_LIVED.accessKey,
  AWS_SECRET_ACCESS_KEY: LONG_LIVED.secretKey,
  AWS_REGION: REGION,
}

/** A gateway and an empty folder for the tests of a file. */
export async function startTerminal() {
  const gateway = await gatewayForTests()
  const folder = mkdtempSync(join(tmpdir(), 'gatesign-cli-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return {
    gateway,
    folder,
    movies: `${gateway.url}/stage/movie_list`,

    /** Runs it; nothing of this process's environment gets through. */
    gatesign(args, { env = KEYS, input = '', cwd = folder } = {}) {
      const child = spawn(process.execPath, [CLI, ...args], { env: { HOME: folder, ...env }, cwd })
      const said = { out: '', error: '' }
      child.stdout.on('data', (text) => {
        said.out += text
      })
      child.stderr.on('data', (text) => {
        said.error += text
      })
      child.stdin.end(input)
      return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })))
    },
  }
}
