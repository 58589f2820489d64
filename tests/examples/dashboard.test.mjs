// What the dashboard downloads for its credentials: with the package's own pool, and with the AWS SDK's.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

async function download(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: path('examples/dashboard') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  })
  return brotliCompressSync(outputFiles[0].contents).length
}

test('examples/README.md says what the dashboard downloads, and what it did with the AWS SDK', async () => {
  const script = readFileSync(path('examples/dashboard/dashboard.js'), 'utf8')
  const before = script.replace("'gatesign/credentials'", "'@aws-sdk/credential-provider-cognito-identity'")
  assert.notEqual(before, script)
  const measured = [await download(script), await download(before)]
  console.log(`counted: the dashboard ${measured[0]} bytes (brotli), with the AWS SDK's pool ${measured[1]}`)
  const text = readFileSync(path('examples/README.md'), 'utf8')
  const said = /downloads ([\d.]+) KB \(brotli, its chart library included\), ([\d.]+) KB/.exec(text)
  for (const [index, bytes] of measured.entries()) {
    assert.ok(Math.abs(said[index + 1] * 1000 - bytes) <= bytes / 10, `${said[index + 1]} KB, it is ${bytes}`)
  }
})
