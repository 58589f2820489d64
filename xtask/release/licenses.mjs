// Prints the licences of the crates in the module and of the packages in the command, which have to be distributed with
// them. Procedural macros are listed too, although only their output is in the module.
// node xtask/release/licenses.mjs METADATA > FILE

import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { crates } from './linked.mjs'

const { ids, byId } = crates(JSON.parse(readFileSync(process.argv[2], 'utf8')))

/** MIT if there is a choice; some crates have one file for all licences. */
const FILES = [/^LICENSE-MIT/i, /^LICENSE-UNICODE/i, /^LICEN[SC]E(\.\w+)?$/i]

function textsOf({ name, license, manifest_path }) {
  const folder = dirname(manifest_path)
  const files = readdirSync(folder)
  const [mit, unicode, one] = FILES.map((pattern) => files.find((file) => pattern.test(file)))
  const wanted = license.includes('Unicode') ? [mit, unicode] : [mit ?? one]
  if (!/MIT|^BSD-3-Clause$/.test(license) || wanted.includes(undefined)) {
    throw new Error(`${name}: no text of ${license} in ${files.join(', ')}`)
  }
  return wanted.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
}

// The crates of this repository have the package's own licence.
const found = [...ids].map((id) => byId.get(id)).filter(({ source }) => source !== null)
found.sort((a, b) => (a.name < b.name ? -1 : 1))
console.log('# Licenses\n\nThe module is made with these crates. For the web tester see tester/licenses.md.')
for (const crate of found) {
  console.log(`\n## ${crate.name} - ${crate.version} (${crate.license})\n\n${textsOf(crate)}`)
}

const yaml = dirname(createRequire(import.meta.url).resolve('yaml/package.json'))
const { version, license } = JSON.parse(readFileSync(join(yaml, 'package.json'), 'utf8'))
console.log(
  `\nThe command \`gatesign types\` reads YAML with this package.\n\n## yaml - ${version} (${license})\n`,
)
console.log(readFileSync(join(yaml, 'LICENSE'), 'utf8').trim())
