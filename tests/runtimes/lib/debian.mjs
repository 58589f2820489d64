// Brings what the rows need of Debian: browsers.

import { existsSync } from 'node:fs'
import { run } from './process.mjs'

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
