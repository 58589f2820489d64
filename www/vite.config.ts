import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { added, collected } from './scripts/licences'

export default defineConfig({
  // Relative addresses: the page works from any path of any static host.
  base: './',
  build: {
    target: 'es2022',
    // Safari 16.4 and its time have no light-dark(): it is written out for them.
    cssTarget: ['chrome111', 'firefox114', 'safari16.4'],
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    // What others wrote goes along under their terms.
    license: { fileName: 'licenses.md' },
    // The Content-Security-Policy allows no inline script, so no polyfill and no data: modules.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 500,
  },
  // Some of what the page reads is shared with the command line, in ../src.
  server: { fs: { allow: ['..'] } },
  worker: { format: 'es', plugins: () => [collected()] },
  plugins: [added(fileURLToPath(new URL('dist/licenses.md', import.meta.url)))],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: { include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
})
