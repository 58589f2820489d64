// Imports a TypeScript module of src/, bundled as in the package, for tools and tests: Node 20 does not run TypeScript.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** @param {string} path from the root of the repository, such as `src/cli/serve/server.ts` */
export async function importSource(path) {
  const target = join(ROOT, 'target')
  mkdirSync(target, { recursive: true })
  const folder = mkdtempSync(join(target, 'source-'))
  try {
    const outfile = join(folder, 'module.mjs')
    await build({
      entryPoints: [join(ROOT, path)],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'es2022',
      logLevel: 'warning',
      alias: {
        'gatesign/credentials': join(ROOT, 'pkg/credentials-node.mjs'),
        'gatesign/slim': join(ROOT, 'pkg/slim-node.mjs'),
        'gatesign/v4a': join(ROOT, 'pkg/v4a-node.mjs'),
        'gatesign-yaml': join(ROOT, 'pkg/yaml.mjs'),
        gatesign: join(ROOT, 'pkg/node.mjs'),
      },
      external: [join(ROOT, 'pkg/*')],
      // Finds files next to the command in the package, such as its version.
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(ROOT, 'pkg/cli.mjs')).href) },
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
