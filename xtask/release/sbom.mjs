// Prints what the module and the web tester contain, as CycloneDX: node xtask/release/sbom.mjs METADATA LOCK > FILE
//
// METADATA is the output of `cargo metadata` for wasm32 with the feature `wasm`; LOCK is Cargo.lock, for the checksums.
// The packages of the tester are read from the list of licenses that its build writes. Build tools and tests are left
// out, because they are not shipped.

import { readFileSync } from 'node:fs'
import { crates } from './linked.mjs'

const [metadataFile, lockFile] = process.argv.slice(2)
const { root, ids: found, byId, linked } = crates(JSON.parse(readFileSync(metadataFile, 'utf8')))

const checksums = new Map()
for (const entry of readFileSync(lockFile, 'utf8').split('[[package]]')) {
  const field = (name) => new RegExp(`^${name} = "(.*)"$`, 'm').exec(entry)?.[1]
  checksums.set(`${field('name')}@${field('version')}`, field('checksum'))
}

const reference = (id) => `pkg:cargo/${byId.get(id).name}@${byId.get(id).version}`

function component(id) {
  const { name, version, license, description } = byId.get(id)
  const checksum = checksums.get(`${name}@${version}`)
  return {
    type: 'library',
    'bom-ref': reference(id),
    name,
    version,
    ...(description && { description: description.trim() }),
    ...(license && { licenses: [{ expression: license.replaceAll('/', ' OR ') }] }),
    ...(checksum && { hashes: [{ alg: 'SHA-256', content: checksum }] }),
    purl: reference(id),
  }
}

/** npm packages, each with its archive's checksum from the lock file. */
const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
const bundled = readFileSync('pkg/tester/licenses.md', 'utf8').matchAll(/^## (\S+) - (\S+) \((.+)\)$/gm)
const ofTester = [...bundled].map(([, name, version, license]) => {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const { integrity, version: lockedVersion } =
    locked[`www/node_modules/${name}`] ?? locked[`node_modules/${name}`]
  if (version !== lockedVersion) throw new Error(`${name}: ${version} is bundled, ${lockedVersion} is locked`)
  const content = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex')
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    licenses: [{ expression: license }],
    hashes: [{ alg: 'SHA-512', content }],
    purl,
  }
})

const ids = [...found].sort((a, b) => (reference(a) < reference(b) ? -1 : 1))
const bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: component(root) },
  components: [...ids.filter((id) => id !== root).map(component), ...ofTester],
  dependencies: ids.map((id) => ({
    ref: reference(id),
    dependsOn: [
      ...linked(id).map(reference).sort(),
      ...(id === root ? ofTester.map(({ purl }) => purl) : []),
    ],
  })),
}
console.log(JSON.stringify(bom, null, 2))
