// SWR and TanStack Query in a page, and axios there.

import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { LONG_LIVED, REGION } from '../../lib/gateway.mjs'
import { openPage } from '../lib/page.mjs'

const DASHBOARD = fileURLToPath(new URL('../pages/dashboard.jsx', import.meta.url))

async function bundled() {
  const { outputFiles } = await build({
    ...{ entryPoints: [DASHBOARD], bundle: true, write: false, format: 'esm', jsx: 'automatic' },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return outputFiles[0].text
}

export const rows = [
  {
    id: 'dashboard',
    name: 'SWR, TanStack Query and axios in a page',
    packages: ['swr', '@tanstack/react-query', 'axios', 'react'],
    how: 'React in Chromium, across origins',
    async run(checks) {
      const script = await bundled()
      const config = { region: REGION, ...LONG_LIVED }
      const open = (options) => openPage(script, { invokeUrl: checks.url, config: { ...config, ...options } })
      await checks.signed('what all three show', async () => {
        const { textOf, page, errors, close } = await open({})
        try {
          assert.match(await textOf('#swr'), /^\d+ movies$/)
          assert.match(await textOf('#query'), /^\d+ movies$/)
          assert.equal(await textOf('#axios'), 'the form arrived')
          const before = Number.parseInt(await textOf('#query'), 10)
          await page.click('button')
          assert.equal(await textOf('#added'), 'Flow')
          await page.waitForFunction(
            (count) => document.querySelector('#query').textContent === `${count} movies`,
            before + 1,
          )
          assert.deepEqual(errors, [])
        } finally {
          await close()
        }
      })
      await checks.check('a wrong secret key is refused', async () => {
        await checks.gateway.reset()
        const { textOf, close } = await open({ secretKey: 'not-the-right-secret' })
        try {
          assert.equal(await textOf('#swr'), 'status 403')
          assert.equal(await textOf('#query'), 'status 403')
          assert.match(await textOf('#axios'), /403/)
        } finally {
          await close()
        }
      })
    },
  },
]
