// Electron: its npm package is there, its program is not. Each half of an application runs in what it would be there:
// what its main process loads in Node, its page from a file in Chromium, under the policy of its own.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { LONG_LIVED, REGION } from '../../lib/gateway.mjs'
import { frameworks, run } from '../lib/apps.mjs'
import { openUrl } from '../lib/page.mjs'

export const rows = [
  {
    id: 'electron',
    name: 'Electron',
    packages: ['electron'],
    project: frameworks,
    how: 'does not run here: its program comes from GitHub, which the tests do not reach. (Here: an application compiled against its types, what its main process loads in Node 24, its page from `file:` in Chromium under a Content Security Policy)',
    async run(checks) {
      const folder = await frameworks.appOf('electron')
      const bundle = (file, settings) =>
        build({
          ...{ entryPoints: [join(folder, `${file}.ts`)], outfile: join(folder, `${file}.js`), bundle: true },
          ...{ external: ['electron'], logLevel: 'error', ...settings },
        })
      await checks.check('its types, and bundles of all three parts', async () => {
        await frameworks.tool('typescript/bin/tsc', ['--project', folder], folder)
        for (const file of ['main', 'movies', 'preload'])
          await bundle(file, { platform: 'node', format: 'cjs' })
        await bundle('renderer', { platform: 'browser', format: 'iife' })
      })
      await checks.signed('what the main process calls', async () => {
        const script = "require('./movies.js').countMovies().then((count) => console.log(count > 0))"
        const env = {
          INVOKE_URL: checks.url,
          ACCESS_KEY: LONG_LIVED.accessKey,
          SECRET_KEY: LONG_LIVED.secretKey,
        }
        const { stdout } = await run(process.execPath, ['--eval', script], { cwd: folder, env })
        assert.equal(stdout.trim(), 'true')
      })
      await checks.signed('a page that calls for itself', async () => {
        const config = { invokeUrl: checks.url, region: REGION, ...LONG_LIVED }
        const { textOf, errors, close } = await openUrl(pathToFileURL(join(folder, 'index.html')).href, {
          // What preload.ts gives the page there.
          before: `window.bridge = { config: async () => (${JSON.stringify(config)}) }`,
        })
        try {
          assert.match(await textOf('#movies'), /^[1-9]\d* movies$/)
          assert.deepEqual(errors, [])
        } finally {
          await close()
        }
      })
    },
  },
]
