// The numbers by which src/js/core.js calls the module's jobs are the places of src/boundary/job.rs.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const source = (file) => readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8')

test('both sides of the boundary number the jobs alike', () => {
  const [, all] = /ALL: \[Self; \d+\] = \[([^\]]*)\]/.exec(source('boundary/job.rs'))
  const rust = [...all.matchAll(/Self::(\w+)/g)].map(([, name], number) => {
    return `${name.replace(/\B[A-Z]/g, '_$&').toUpperCase()} ${number}`
  })
  const script = [...source('js/core.js').matchAll(/^(?:export )?const ([A-Z_]+) = (\d+)$/gm)]
  assert.ok(rust.length > 10)
  assert.deepEqual(
    script.map(([, name, number]) => `${name} ${number}`),
    rust,
  )
})
