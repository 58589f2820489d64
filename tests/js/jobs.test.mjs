// The numbers by which src/js/core.js calls the module's jobs are those of src/boundary/job.rs.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const numbers = (file, form) =>
  [...readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8').matchAll(form)].map(
    ([, name, number]) => `${name} ${number}`,
  )

test('both sides of the boundary number the jobs alike', () => {
  const rust = numbers('boundary/job.rs', /^pub const (\w+): u32 = (\d+);$/gm)
  const script = numbers('js/core.js', /^(?:export )?const ([A-Z_]+) = (\d+)$/gm)
  assert.ok(rust.length > 10)
  assert.deepEqual(script, rust)
})
