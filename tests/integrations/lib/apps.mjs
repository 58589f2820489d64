// Projects of users: copies of the folders in apps/, next to the package as npm would install it from its tarball.

import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { run, start } from '../../runtimes/lib/process.mjs'

const HERE = fileURLToPath(new URL('..', import.meta.url))
/** Above them are the packages of others; in them is the package itself, a folder and not a link. */
const FOLDER = join(HERE, '.apps')
const PACKAGE = fileURLToPath(new URL('../../../pkg', import.meta.url))

let installing

/** Packs and unpacks it, once for all rows. */
async function install() {
  const installed = join(FOLDER, 'node_modules/gatesign')
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(installed, { recursive: true })
  await run('npm', ['pack', '--pack-destination', FOLDER, '--loglevel=error'], { cwd: PACKAGE })
  const tarball = readdirSync(FOLDER).find((name) => name.endsWith('.tgz'))
  await run('tar', ['-xzf', join(FOLDER, tarball), '--strip-components=1', '-C', installed])
}

/** @param {string} name of a folder in apps/ */
export async function appOf(name) {
  installing ??= install()
  await installing
  const folder = join(FOLDER, name)
  cpSync(join(HERE, 'apps', name), folder, { recursive: true })
  return folder
}

/** A program of the packages, in Node. */
export const tool = (path, options, cwd, env = {}) =>
  run(process.execPath, [join(HERE, 'node_modules', path), ...options], { cwd, env, timeout: 240_000 })

/** A server among the programs of the packages; the caller ends it. */
export function startTool(path, options, cwd, env = {}) {
  const child = start(process.execPath, [join(HERE, 'node_modules', path), ...options], {
    ...{ cwd, env: { ...process.env, ...env } },
  })
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
  for (let i = 0; i < 300; i += 1) {
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
