// Builds the page to dist/, and puts a copy into the package, for `gatesign serve`: node scripts/build.mjs

import { cpSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const inPackage = fileURLToPath(new URL('../../pkg/tester', import.meta.url))

await build({ root, logLevel: 'warn' })
rmSync(inPackage, { recursive: true, force: true })
// Vite's manifest is for size.mjs.
cpSync(`${root}dist`, inPackage, { recursive: true, filter: (source) => basename(source) !== '.vite' })
