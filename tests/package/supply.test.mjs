// What the module and the web tester are made of: exactly these crates and npm packages, in these versions,
// under these licences. A change of a list is a change of a file, so that someone looks at it.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { FEATURES } from '../../xtask/release/linked.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const LIST = new URL('../supply/shipped.txt', import.meta.url)
const TESTER_LIST = new URL('../supply/tester.txt', import.meta.url)
const PERMISSIVE = new Set(['MIT', 'Apache-2.0', 'Unicode-3.0', 'ISC'])

test('the crates of the module and their licences are those of the list', () => {
  const tree = execFileSync(
    'cargo',
    [
      ...['tree', '--locked', '--package', 'gatesign', '--edges', 'normal', '--features', FEATURES],
      ...['--target', 'wasm32-unknown-unknown', '--prefix', 'none', '--format', '{p}: {l}'],
    ],
    { cwd: root, encoding: 'utf8' },
  )
  const lines = tree.split('\n').map((line) => line.replace(/ \([^)]*\)(?=:)/g, '').replace(/ \(\*\)$/, ''))
  const found = [...new Set(lines.filter((line) => line !== '' && !/^gatesign(-sigv4)? /.test(line)))].sort()
  assert.deepEqual(found, readFileSync(LIST, 'utf8').trim().split('\n'))
  for (const line of found) {
    const licences = line.slice(line.indexOf(': ') + 2).match(/[A-Za-z][A-Za-z\d.-]*/g)
    const known = licences.filter((word) => word !== 'OR' && word !== 'AND')
    assert.ok(known.length > 0 && known.every((licence) => PERMISSIVE.has(licence)), line)
  }
  const text = readFileSync(new URL('../../pkg/licenses.md', import.meta.url), 'utf8')
  for (const line of found) {
    const [, name, version, licence] = /^(\S+) v(\S+): (.*)$/.exec(line)
    const [, section] = text.split(`## ${name} - ${version} (${licence})\n`)
    assert.match(
      section.split(/^## /m)[0],
      /permission is hereby granted/i,
      `the licence of ${name} goes along`,
    )
  }
  console.log(`counted: ${found.length} crates of the module, each with its version and licence on the list`)
})

test('the npm packages in the tester are those of the list, and their licences go along', () => {
  const text = readFileSync(new URL('../../pkg/tester/licenses.md', import.meta.url), 'utf8')
  const [, ...sections] = text.split(/^## /m)
  const found = sections.map((section) => {
    const [, name, version, licence] = /^(\S+) - (\S+) \((.+)\)\n/.exec(section)
    assert.ok(PERMISSIVE.has(licence), `${name}: ${licence}`)
    assert.match(section, /copyright/i, `${name} has no licence text`)
    return `${name} ${version}: ${licence}`
  })
  assert.deepEqual(found.sort(), readFileSync(TESTER_LIST, 'utf8').trim().split('\n'))
  console.log(
    `counted: ${found.length} npm packages in the tester, each with its version and licence on the list`,
  )
})

test('the bill of materials has what is shipped, and nothing else', () => {
  const lines = (list) => readFileSync(list, 'utf8').trim().split('\n')
  const crates = lines(LIST).map((line) => line.replace(/^(\S+) v(\S+): .*$/, 'pkg:cargo/$1@$2'))
  const packages = lines(TESTER_LIST).map((line) =>
    line.replace(/^(\S+) (\S+): .*$/, 'pkg:npm/$1@$2').replace('npm/@', 'npm/%40'),
  )
  const folder = mkdtempSync(join(tmpdir(), 'gatesign-sbom-'))
  try {
    const metadata = join(folder, 'metadata.json')
    const described = execFileSync(
      'cargo',
      [
        ...['metadata', '--format-version', '1', '--locked', '--features', FEATURES],
        ...['--filter-platform', 'wasm32-unknown-unknown'],
      ],
      { cwd: root, maxBuffer: 1e9 },
    )
    writeFileSync(metadata, described)
    const bom = JSON.parse(
      execFileSync(process.execPath, ['xtask/release/sbom.mjs', metadata, 'Cargo.lock'], { cwd: root }),
    )
    const listed = bom.components.map(({ purl }) => purl)
    const ours = listed.filter((purl) => purl.startsWith('pkg:cargo/gatesign-'))
    assert.equal(ours.length, 1, 'the low crate')
    assert.deepEqual(listed.filter((purl) => !ours.includes(purl)).sort(), [...crates, ...packages].sort())
    const without = bom.components.filter(({ hashes, purl }) => !hashes && !ours.includes(purl))
    assert.deepEqual(without, [], 'each has the checksum of its archive')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('no policy of the tester allows inline scripts or styles, or code from elsewhere', () => {
  const page = readFileSync(new URL('../../pkg/tester/index.html', import.meta.url), 'utf8')
  const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page)
  assert.match(policy, /default-src 'none'/)
  assert.doesNotMatch(policy, /'unsafe-(inline|eval|hashes)'/)
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/)
  assert.match(policy, /style-src 'self';/)
})

test('the reader of YAML in the command is the one of the tester, and its licence goes along', () => {
  const [tester] = readFileSync(TESTER_LIST, 'utf8').match(/^yaml .*$/m)
  const { devDependencies } = JSON.parse(readFileSync(`${root}xtask/package.json`, 'utf8'))
  assert.equal(tester, `yaml ${devDependencies.yaml}: ISC`)
  const text = readFileSync(new URL('../../pkg/licenses.md', import.meta.url), 'utf8')
  const [, section] = text.split(`## yaml - ${devDependencies.yaml} (ISC)\n`)
  assert.match(section, /Copyright Eemeli Aro[\s\S]*permission to use, copy, modify/i)
})

test('the package installs no other package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../pkg/package.json', import.meta.url), 'utf8'))
  for (const kind of [
    'dependencies',
    'optionalDependencies',
    'peerDependencies',
    'bundledDependencies',
    'scripts',
  ])
    assert.equal(manifest[kind], undefined, kind)
})

test('what tests and benchmarks import is declared, and nothing else', () => {
  const listed = (folder) => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    )
    return Object.keys({ ...dependencies, ...devDependencies })
  }
  // Runtimes and integrations have npm projects of their own.
  const apart = ['node_modules', 'runtimes', 'integrations']
  const subjects = readdirSync(`${root}tests`, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !apart.includes(entry.name),
  )
  const files = [...subjects.map(({ name }) => `tests/${name}`), 'benches'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true }).map((name) => `${root}${folder}/${name}`),
  )
  const texts = files.filter((file) => /\.[cm]?[jt]s$/.test(file)).map((file) => readFileSync(file, 'utf8'))
  const imported = texts.flatMap((text) =>
    Array.from(
      text.matchAll(
        /\b(?:from|import|import\(|require\(|require\.resolve\(|meta\.resolve\() ?'((?:@[\w-]+\/)?[\w-]+)(?:\/[^']*)?'/g,
      ),
      ([, name]) => name,
    ),
  )
  const found = new Set(imported)
  const declared = listed('')
  assert.deepEqual(
    declared.filter((name) => !found.has(name)),
    [],
    'declared, but not imported',
  )
  const known = new Set([...declared, ...listed('xtask'), ...listed('tests/runtimes')])
  assert.deepEqual(
    [...found].filter((name) => !known.has(name)),
    [],
    'imported, but not declared',
  )
})
