// What a page downloads for a Cognito identity pool: with the package, and with the AWS SDK's function of that name.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

const { build } = createRequire(new URL('../../xtask/package.json', import.meta.url))('esbuild')
const CLIENT = "import { newClient } from 'gatesign'\n"

/** Bytes after brotli of a page's script. */
async function download(script) {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'warning',
  })
  return brotliCompressSync(outputFiles[0].contents).length
}

test('the pool costs a page less than 1.5 KB; docs/credentials.md says what it costs', async () => {
  const none = await download(`${CLIENT}globalThis.used = newClient`)
  const from = (name) =>
    download(
      `${CLIENT}import { fromCognitoIdentityPool } from '${name}'\nglobalThis.used = [newClient, fromCognitoIdentityPool]`,
    )
  const ours = await from('gatesign/credentials')
  const theirs = await from('@aws-sdk/credential-provider-cognito-identity')
  console.log(`counted: client ${none}, with a pool ${ours}, with the AWS SDK's ${theirs} bytes (brotli)`)
  assert.ok(ours < none + 1500, `${ours} bytes, the client alone is ${none}`)
  const text = readFileSync(new URL('../../docs/credentials.md', import.meta.url), 'utf8')
  const [, own, sdk] = /downloads ([\d.]+) KB more for it \(brotli\); for .* it is ([\d.]+) KB/s.exec(text)
  for (const [said, measured] of [
    [own, ours - none],
    [sdk, theirs - none],
  ]) {
    assert.ok(Math.abs(said * 1000 - measured) <= measured / 10, `${said} KB, it is ${measured} bytes`)
  }
})
