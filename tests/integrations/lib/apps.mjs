// Projects of users: copies of the folders in apps/, next to the package as npm would install it from its tarball.

import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { installed, versionOf } from '../../runtimes/lib/packages.mjs'
import { run, start } from '../../runtimes/lib/process.mjs'

const HERE = fileURLToPath(new URL('..', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../../pkg', import.meta.url))

/**
 * A project of npm whose folder apps/ has projects of users.
 *
 * @param {string} folder of tests/integrations
 */
function projectOf(folder) {
  const home = join(HERE, folder)
  /** Above it are the packages of others; in it is the package itself, a folder and not a link. */
  const copies = join(home, '.apps')
  let installing

  /** Packs and unpacks it, once for all rows. */
  async function install() {
    const own = join(copies, 'node_modules/gatesign')
    rmSync(copies, { recursive: true, force: true })
    mkdirSync(own, { recursive: true })
    await run('npm', ['pack', '--pack-destination', copies, '--loglevel=error'], { cwd: PACKAGE })
    const tarball = readdirSync(copies).find((name) => name.endsWith('.tgz'))
    await run('tar', ['-xzf', join(copies, tarball), '--strip-components=1', '-C', own])
  }

  return {
    /** @param {string} name of a folder in apps/ */
    async appOf(name) {
      installing ??= install()
      await installing
      const app = join(copies, name)
      cpSync(join(home, 'apps', name), app, { recursive: true })
      return app
    },
    /** A program of the packages, in Node. */
    tool: (path, options, cwd, env = {}) =>
      run(process.execPath, [installed(path, home), ...options], { cwd, env, timeout: 240_000 }),
    startTool: (path, options, cwd, env) => startNode(installed(path, home), options, cwd, env),
    /** @param {string} name of a package */
    versionOf: (name) => versionOf(name, home),
  }
}

export const clients = projectOf('.')
export const { appOf, tool } = clients
export const frameworks = projectOf('frameworks')

/** A server that runs in Node; the caller ends it. */
export function startNode(script, options, cwd, env = {}) {
  const child = start(process.execPath, [script, ...options], { cwd, env: { ...process.env, ...env } })
  child.said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      child.said += text
    })
  }
  return child
}

/** Waits until a server answers. */
export async function listening(url, child) {
  for (let i = 0; i < 900; i += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${child.said}`)
    const answered = await fetch(new URL('/nothing', url)).then(
      () => true,
      () => false,
    )
    if (answered) return
    await sleep(200)
  }
  throw new Error(`no server at ${url}:\n${child.said}`)
}

export { run }
