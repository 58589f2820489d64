// The commands of www/README.md that are for those who write the page.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const WWW = fileURLToPath(new URL('../../www', import.meta.url))
const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url))

test('npx vite serves the page while it is written', async () => {
  // A group of its own: npx starts vite as a process of its own.
  const child = spawn('npx', ['vite'], { cwd: WWW, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    const url = await new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`vite ended with ${code}`)))
      createInterface(child.stdout).on('line', (line) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal
        const found = /(http:\/\/\S+)\//.exec(line.replace(/\x1b\[\d+m/g, ''))
        if (found) resolve(found[1])
      })
    })
    assert.match(await (await fetch(`${url}/`)).text(), /\/src\/main\.tsx/)
    const script = await fetch(`${url}/src/main.tsx`)
    assert.match(script.headers.get('content-type'), /javascript/)
    assert.match(await script.text(), /import/)
  } finally {
    process.kill(-child.pid)
    await ended
  }
})

test('node scripts/screenshots.mjs makes every picture that the documents show', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatesign-pictures-'))
  try {
    await promisify(execFile)(process.execPath, ['scripts/screenshots.mjs', folder], {
      cwd: WWW,
      timeout: 600_000,
    })
    const read = (name) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8')
    const documents = read('README.md') + read('www/README.md')
    const shown = [...documents.matchAll(/docs\/images\/([\w-]+\.png)/g)].map(([, name]) => name)
    assert.ok(shown.length >= 4)
    for (const name of shown) {
      assert.ok(existsSync(join(IMAGES, name)), name)
      const picture = readFileSync(join(folder, name))
      assert.equal(picture.toString('latin1', 1, 4), 'PNG')
      const size = (file) => [file.readUInt32BE(16), file.readUInt32BE(20)]
      assert.deepEqual(
        size(picture),
        size(readFileSync(join(IMAGES, name))),
        `${name} has the size of the old one`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
