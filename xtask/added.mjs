// Measures what a provider of gatesign/credentials adds to a page that has newClient, when it is bundled as for a page.

import { build } from 'esbuild'

/** Each provider, with the most bytes that it may add after brotli. */
const ADDED = [{ name: 'fromCognitoIdentityPool', budget: 1500 }]

/** @param {string} contents of a module in the folder of the package */
export async function bundled(contents, folder) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  })
  return outputFiles[0].contents
}

/**
 * @param {string} folder of the package
 * @param {(contents: Uint8Array[]) => { raw: number, gzip: number, brotli: number }} sizesOf
 */
export async function added(folder, sizesOf) {
  const client = "import { newClient } from './web.mjs'\n"
  const without = sizesOf([await bundled(`${client}globalThis.used = newClient`, folder)])
  const rows = []
  for (const { name, budget } of ADDED) {
    const provider = `import { ${name} } from './credentials-web.mjs'\n`
    const whole = sizesOf([
      await bundled(`${client}${provider}globalThis.used = [newClient, ${name}]`, folder),
    ])
    const more = (kind) => whole[kind] - without[kind]
    rows.push({ name: `+ ${name}`, budget, raw: more('raw'), gzip: more('gzip'), brotli: more('brotli') })
  }
  return rows
}
