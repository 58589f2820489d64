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
            'Params',
            'Headers',
            'Body',
            'Auth',
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

for (const width of [360, 1280]) {
  test(
    `every tab of the request is in sight, however much is in them: ${width} px`,
    withPage(
      async (tester) => {
        await tester.url.fill('https://abc123.execute-api.us-east-1.amazonaws.com/prod/{a}')
        for (let i = 1; i <= 12; i++) await tester.row('parameter', i, `name${i}`, 'value')
        await tester.tab('Headers').first().click()
        for (let i = 1; i <= 12; i++) await tester.row('header', i, `x-name${i}`, 'value')
        await tester.tab('Body').click()
        await tester.page.getByRole('radio', { name: 'Text', exact: true }).check()
        await tester.page.getByRole('tab', { name: 'Body in use' }).waitFor()
        const tabs = tester.page.getByRole('tablist', { name: 'Parts of the request' })
        const [wanted, has] = await tabs.evaluate(({ scrollWidth, clientWidth }) => [
          scrollWidth,
          clientWidth,
        ])
        assert.ok(wanted <= has, `the tabs are ${wanted} px wide, and have ${has} px`)
      },
      { viewport: { width, height: 800 } },
    ),
  )
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
    const told = /(\d+) KB to start/.exec(
      readFileSync(new URL('../../../docs/webtester.md', import.meta.url), 'utf8'),
    )
    assert.ok(Math.abs(Number(told?.[1]) * 1000 - sum) < 1500, `docs/webtester.md says ${told?.[0]}`)
    console.log(`first load: ${sum} bytes of brotli in ${asked.size} files`)
  }),
)
