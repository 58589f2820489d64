// Writes the part of the package for the registry JSR: node xtask/release/jsr.mjs [FOLDER], by default target/jsr
//
// JSR has only ES modules, each of which refers to its types. So each entry is the one for browsers, Deno and workers,
// which embeds its module. `deno publish` in the folder publishes it; tests/runtimes does a dry run.
//
// https://jsr.io/docs/publishing-packages

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const FROM = 'pkg'
const to = process.argv[2] ?? 'target/jsr'
const manifest = JSON.parse(readFileSync(`${FROM}/package.json`, 'utf8'))
/** Not for JSR: scripts that read a file next to them, or that need a page without modules. */
const LEFT_OUT = ['./slim', './global']

/** The script and the types of an entry for browsers. */
const entries = Object.entries(manifest.exports).flatMap(([name, conditions]) => {
  const { default: script, types } = conditions.browser?.import ?? conditions.import ?? {}
  return script && !LEFT_OUT.includes(name) ? [{ name, script, types }] : []
})

/** A script, and the files of the package that it imports. */
function files(script, found = new Set()) {
  if (found.has(script)) return found
  found.add(script)
  const text = readFileSync(join(FROM, script), 'utf8')
  for (const [, other] of text.matchAll(/(?:from|import)\s*\(?\s*["'](\.\/[\w-]+\.mjs)["']/g))
    files(other, found)
  return found
}

rmSync(to, { recursive: true, force: true })
mkdirSync(to, { recursive: true })
for (const script of new Set(entries.flatMap(({ script }) => [...files(script)])))
  cpSync(join(FROM, script), join(to, script))
for (const { script, types } of entries) {
  const text = readFileSync(join(FROM, script), 'utf8')
  writeFileSync(join(to, script), `/* @ts-self-types="${types}" */\n${text}`)
}
// Deno does not find types by the name of a missing script.
for (const types of ['./index.d.mts', ...entries.map((entry) => entry.types)]) {
  const text = readFileSync(join(FROM, types), 'utf8')
  writeFileSync(join(to, types), text.replace(/(from '\.\/[\w-]+)\.mjs'/g, "$1.d.mts'"))
}
for (const file of ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'licenses.md'])
  cpSync(join(FROM, file), join(to, file))
const exports = Object.fromEntries(entries.map(({ name, script }) => [name, script]))
const { version, license } = manifest
writeFileSync(
  join(to, 'jsr.json'),
  `${JSON.stringify({ name: '@gatesign/gatesign', version, license, exports }, null, 2)}\n`,
)
console.log(`${basename(to)}: ${entries.map(({ name }) => name).join(' ')}`)
