// The page itself: its weight, its layout, what axe-core finds, and that any static host will do.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { brotliSize, firstFiles, LIMIT } from '../../scripts/size.mjs'
import { checkAccess } from '../lib/access.mjs'
import { DIST, setup } from '../lib/tester.mjs'

const { withPage, site } = await setup({ under: '/some/path/' })

const DIALOGS = ['Variables', 'Import', 'Explain an error', 'Keyboard shortcuts', 'Save to a collection']

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1920]) {
    test(
      `axe-core finds nothing, nothing is cut: ${colorScheme}, ${width} px`,
      withPage(
        async (tester) => {
          for (const name of [
            'Parameters',
            'Headers',
            'Body',
            'Authorization',
            'Options',
            'Signature',
            'CORS',
            'Code',
            'Response',
          ]) {
            await tester.tab(name).first().click()
            await checkAccess(tester, name)
          }
          for (const name of DIALOGS) {
            await tester.page.getByRole('button', { name, exact: true }).click()
            await tester.page.getByRole('dialog').waitFor()
            await checkAccess(tester, name)
            await tester.page.keyboard.press('Escape')
            await tester.page.getByRole('dialog').waitFor({ state: 'detached' })
          }
        },
        { colorScheme, viewport: { width, height: 800 }, bypassCSP: true },
      ),
    )
  }
}

test(
  'first load: what Chromium asks for is what size.mjs counts, and it is small',
  withPage(async (tester) => {
    const asked = new Set()
    tester.page.on('request', (request) => asked.add(request.url().slice(site.url.length) || 'index.html'))
    await tester.page.reload({ waitUntil: 'networkidle' })
    for (const name of ['config.json', 'icon.svg']) asked.delete(name)
    const counted = new Set(firstFiles(DIST))
    assert.deepEqual(
      [...asked].filter((name) => !counted.has(name)),
      [],
      'loaded but not counted',
    )
    const sum = [...asked].reduce((sum, name) => sum + brotliSize(readFileSync(`${DIST}/${name}`)), 0)
    assert.ok(sum <= LIMIT, `${sum} bytes of brotli`)
    console.log(`first load: ${sum} bytes of brotli in ${asked.size} files`)
  }),
)
