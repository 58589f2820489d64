// The workflows of the hosted CI: a linter finds nothing in them, and they do no more than call the driver.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(ROOT, '.github/workflows')
const read = (name) => readFileSync(join(FOLDER, name), 'utf8')

test("zizmor finds nothing in workflows and Dependabot's settings", () => {
  const zizmor = join(dirname(process.env.PYTHON), 'zizmor')
  const said = execFileSync(zizmor, ['--offline', '--no-progress', '--strict-collection', '.github'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: 'pipe',
  })
  assert.match(said, /No findings to report/)
})

test('a workflow runs nothing but cargo xtask', () => {
  const names = readdirSync(FOLDER)
  assert.deepEqual(names.sort(), ['codeql.yml', 'release.yml', 'test.yml'])
  for (const name of names) {
    for (const [, command] of read(name).matchAll(/^\s*(?:- )?run: (.*)$/gm)) {
      assert.match(
        command,
        /^(sudo -E env "PATH=\$PATH" "HOME=\$HOME" )?cargo xtask (test|package --publish)$/,
      )
    }
    // Others can move a tag; nobody can move a commit.
    for (const [, version] of read(name).matchAll(/uses: [\w/-]+@(\S+)/g))
      assert.match(version, /^[0-9a-f]{40}$/)
  }
})

test('Dependabot looks into every folder with a lock file', () => {
  const { updates } = parse(readFileSync(join(ROOT, '.github/dependabot.yml'), 'utf8'))
  const folders = updates
    .filter((update) => update['package-ecosystem'] === 'npm')
    .flatMap(({ directory, directories = [directory] }) => directories)
  const tracked = execFileSync('git', ['ls-files', '*package-lock.json'], { cwd: ROOT, encoding: 'utf8' })
  const locked = tracked
    .trim()
    .split('\n')
    .filter((file) => !file.includes('/fixtures/'))
  assert.deepEqual(folders, locked.map((file) => join('/', dirname(file))).sort())
})
