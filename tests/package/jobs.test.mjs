// Both sides of the protocol have the same jobs: src/js/jobs.ts numbers them by their places in src/boundary/job.rs,
// and has a function for each of those of src/boundary/jobs.rs.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const source = (file) => readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8')
const all = (text, form) => [...text.matchAll(form)].map(([, ...groups]) => groups)

const script = source('js/jobs.ts')
const [, list] = /ALL: \[Self; \d+\] = \[([^\]]*)\]/.exec(source('boundary/job.rs'))
const jobs = all(list, /Self::(\w+)/g).map(([name]) => name)

test('the scripts number the jobs as the module does', () => {
  assert.ok(jobs.length > 10)
  assert.deepEqual(
    all(script, /^const ([A-Z\d_]+) = (\d+)$/gm).map(([name, number]) => `${name} ${number}`),
    jobs.map((name, number) => `${name.replace(/\B[A-Z]/g, '_$&').toUpperCase()} ${number}`),
  )
})

test('each job has a function of its name on both sides; destroy belongs to each handle', () => {
  const camelCase = (name) => name[0].toLowerCase() + name.slice(1)
  const expected = jobs
    .map(camelCase)
    .filter((name) => name !== 'destroy')
    .sort()
  assert.deepEqual(
    all(script, /^export (?:const|function) (\w+)/gm)
      .flat()
      .sort(),
    expected,
  )
  const rust = all(source('boundary/jobs.rs'), /^pub\(super\) fn (\w+)/gm).flat()
  assert.deepEqual(
    rust.map((name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())).sort(),
    expected,
  )
})

test('nothing else knows a number or an order', () => {
  for (const file of ['call', 'client', 'config', 'send', 'signer']) {
    assert.doesNotMatch(source(`js/${file}.ts`), /\b(tell|ask)\(/, file)
  }
})
