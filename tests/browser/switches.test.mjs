// Chromium takes the last switch of a name, so ours has to turn off what Playwright's does.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { launchOptions } from '../lib/switches.mjs'

/** Of Edge, and of Windows. */
const OF_OTHERS = /^ms[A-Z]|Win$/

test('what Playwright turns off in Chromium is off', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
  const source = readFileSync(join(folder, 'lib/coreBundle.js'), 'utf8')
  const [, list] = /^ +disabledFeatures = \[\n([^\]]*)\]/m.exec(source)
  const playwrights = Array.from(list.matchAll(/^ +"(\w+)"/gm), ([, name]) => name)
  assert.ok(playwrights.length > 10, `${playwrights}`)
  const prefix = '--disable-features='
  const switches = launchOptions().args.filter((text) => text.startsWith(prefix))
  assert.equal(switches.length, 1)
  const off = switches[0].slice(prefix.length).split(',')
  assert.deepEqual(
    playwrights.filter((name) => !off.includes(name) && !OF_OTHERS.test(name)),
    [],
  )
})
