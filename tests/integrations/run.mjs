// The integrations: node tests/integrations/run.mjs [--only NAME]… [--list] [--write-docs]
//
// Every row uses the built package through another project's own package, against a gateway of its own. NAME is a
// part of a row's id. A whole run writes target/integrations.json; with --write-docs and no failure also
// docs/figures.json and the documents that show it.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { installed } from '../runtimes/lib/packages.mjs'

/** Some of the packages need a newer Node than the one that runs the tests. */
const NODE = installed('node-24/bin/node', import.meta.dirname)
const FRAMEWORKS = fileURLToPath(new URL('frameworks/node_modules', import.meta.url))

if (!existsSync(NODE) || !existsSync(FRAMEWORKS)) {
  console.error('the packages are missing: cargo xtask test integrations installs them')
  process.exitCode = 1
} else if (process.versions.node.startsWith('24.')) {
  await (await import('./lib/rows.mjs')).main(process.argv.slice(2))
} else {
  const { status } = spawnSync(NODE, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}
