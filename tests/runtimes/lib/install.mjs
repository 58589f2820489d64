// Brings what the rows need: npm packages from the lock file, browsers from Debian.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { run } from './process.mjs'

const FOLDER = new URL('..', import.meta.url).pathname

/** `npm ci`, unless the lock file is the one that was installed last. */
export async function installPackages() {
  const lock = readFileSync(`${FOLDER}package-lock.json`, 'utf8')
  const stamp = `${FOLDER}node_modules/.installed-lock`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, timeout: 600_000 })
  writeFileSync(stamp, lock)
}

/** A program of Debian, and the package that brings it. */
const PROGRAMS = {
  chromium: ['/usr/bin/chromium'],
  'firefox-esr': ['/usr/bin/firefox-esr'],
  'webkit2gtk-driver': ['/usr/bin/WebKitWebDriver'],
  xvfb: ['/usr/bin/Xvfb'],
}

let installing = Promise.resolve()

/**
 * Makes sure that Debian packages are there: installs them as root on Debian, or fails saying which.
 *
 * @param {(keyof typeof PROGRAMS)[]} names
 */
export function installDebian(names) {
  // One after the other: dpkg has one lock.
  const done = installing.then(() => install(names))
  installing = done.catch(() => {})
  return done
}

async function install(names) {
  const missing = names.filter((name) => !PROGRAMS[name].every((path) => existsSync(path)))
  if (missing.length === 0) return
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`missing: ${missing.join(', ')}. On Debian or Ubuntu, as root: ${command}`)
  }
  const wait = ['-o', 'DPkg::Lock::Timeout=600']
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  try {
    await run('apt-get', ['update', ...wait], { env, timeout: 600_000 })
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...wait, ...missing], {
      env,
      timeout: 900_000,
    })
  } catch (error) {
    throw new Error(`missing: ${missing.join(', ')}, and "${command}" failed: ${error.message}`)
  }
}
