// The package itself: what is in the tarball, and what the linters of packages say of it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installed, versionOf } from '../lib/packages.mjs'
import { run } from '../lib/process.mjs'
import { PACKAGE } from '../lib/project.mjs'

const FOLDER = new URL('..', import.meta.url).pathname
const ROOT = new URL('../../..', import.meta.url).pathname

/** A row of checks; each check gives nothing, or throws or gives the problem. */
function checkRow(id, runtime, how, version, checks) {
  return {
    id,
    runtime,
    how,
    async run(context) {
      const passed = []
      const failed = []
      for (const [name, check] of checks) {
        const problem = await Promise.resolve(check(context)).catch((error) => error.message)
        if (problem) failed.push({ name, error: problem })
        else passed.push(name)
      }
      return { passed, failed, version: version() }
    },
  }
}

/** Everything that may be in the tarball, and nothing else; `*` stands for names that the build makes. */
async function contents() {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: PACKAGE })
  const [{ files }] = Object.values(JSON.parse(stdout))
  const found = files.map(({ path }) => path).sort()
  const allowed = readFileSync(`${FOLDER}contents.txt`, 'utf8').trim().split('\n')
  const patterns = allowed.map(
    (line) => new RegExp(`^${line.replaceAll('.', '\\.').replace('*', '[\\w.-]+')}$`),
  )
  const surplus = found.filter((file) => !patterns.some((pattern) => pattern.test(file)))
  const missing = allowed.filter((_, i) => !found.some((file) => patterns[i].test(file)))
  return surplus.length + missing.length === 0
    ? ''
    : `not in contents.txt: [${surplus}]; missing: [${missing}]`
}

/** No dependency, nothing that runs at installation. */
function manifest({ project }) {
  const { dependencies, optionalDependencies, peerDependencies, scripts } = JSON.parse(
    readFileSync(`${project.installed}/package.json`, 'utf8'),
  )
  const found = JSON.stringify({ dependencies, optionalDependencies, peerDependencies, scripts })
  return found === '{}' ? '' : `found ${found}`
}

async function publint({ project }) {
  const { stdout } = await run(
    process.execPath,
    [installed('publint/src/cli.js'), '--strict', project.tarball],
    { cwd: FOLDER },
  )
  return stdout.includes('All good!') ? '' : stdout
}

async function attw({ project }) {
  const { stdout } = await run(installed('.bin/attw'), ['--format', 'ascii', '--no-color', project.tarball], {
    cwd: FOLDER,
  })
  return stdout.includes('No problems found') ? '' : stdout
}

/** What JSR would take: `deno publish` checks types, the graph of modules and the names of files. */
async function jsr() {
  const folder = join(mkdtempSync(join(tmpdir(), 'gatesign-jsr-')), 'package')
  await run(process.execPath, ['xtask/release/jsr.mjs', folder], { cwd: ROOT })
  const options = ['publish', '--dry-run', '--allow-dirty']
  const { stdout, stderr } = await run(installed('@deno/linux-x64-glibc/deno'), options, {
    cwd: folder,
    env: { DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
  })
  rmSync(join(folder, '..'), { recursive: true })
  return /Dry run complete/.test(stdout + stderr) ? '' : stdout + stderr
}

/** A consumer in TypeScript under one way of resolving names. */
async function consumer({ project }, file, options) {
  const cwd = project.folderWith('types', { '.': 'fixtures/types' })
  const all = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom',
    '--types',
    '',
    ...options,
    file,
  ]
  await run(installed('.bin/tsc'), all, { cwd })
}

export const rows = [
  checkRow('tarball', 'npm pack', 'what the tarball holds', () => versionOfPackage(), [
    ['the files are those of contents.txt', contents],
    ['there is no dependency and no install script', manifest],
  ]),
  checkRow('publint', 'publint', 'the tarball, strict', () => versionOf('publint'), [
    ['reports nothing', publint],
  ]),
  checkRow('attw', 'arethetypeswrong', 'the tarball', () => versionOf('@arethetypeswrong/cli'), [
    ['reports nothing', attw],
  ]),
  checkRow('jsr', 'JSR', 'a dry run of `deno publish`', () => versionOf('@deno/linux-x64-glibc'), [
    ['would be published', jsr],
  ]),
  checkRow('types', 'TypeScript', 'consumers of the tarball, strict', () => versionOf('typescript'), [
    ['an ES module, node16', (context) => consumer(context, 'module.mts', ['--module', 'node16'])],
    ['CommonJS, node16', (context) => consumer(context, 'common.cts', ['--module', 'node16'])],
    ['an ES module, nodenext', (context) => consumer(context, 'module.mts', ['--module', 'nodenext'])],
    [
      'bundler',
      (context) => consumer(context, 'bundled.ts', ['--module', 'esnext', '--moduleResolution', 'bundler']),
    ],
  ]),
]

const versionOfPackage = () => JSON.parse(readFileSync(`${PACKAGE}/package.json`, 'utf8')).version
