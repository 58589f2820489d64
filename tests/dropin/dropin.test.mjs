// The drop-in table, row by row, through the old package and through ours.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { assertExpected, assertSame, comparableRequest, verdictOf } from './compare.mjs'
import { run, startServers } from './dropin.mjs'
import { casesOf, TABLE } from './table.mjs'

const servers = await startServers()
after(() => servers.stop())

for (const [subject, rows] of Object.entries(TABLE)) {
  describe(subject, () => {
    for (const one of rows.flatMap(casesOf)) {
      const { row, auth, kind } = one
      const defect = row.signedDefect && kind === 'fix' ? row.signedDefect : row.defect
      test(`${kind}${kind === 'fix' ? ` (${defect})` : ''} ${auth}: ${row.name}`, () => check(one))
    }
  })
}

async function check({ row, auth, signed, kind }) {
  const ours = await run(servers, row, auth, 'ours')
  if (row.ours) assertExpected(ours, row.ours)
  // A row that expects a refusal says so; in all others the gateway takes our signature.
  const refused = row.ours?.verdict ?? row.ours?.requests
  if (signed && refused === undefined) for (const request of ours.requests) assertVerdict(request)
  if (row.skipOld) return
  const old = await run(servers, row, auth, 'old')
  if (kind === 'keep') assertSame(ours, old, row)
  else if (row.signedDefect) {
    assert.deepEqual(ours.requests.map(comparableRequest), old.requests.map(comparableRequest))
    assert.equal(verdictOf(old.requests[0]), 'SignatureDoesNotMatch', 'the old defect')
  } else if (row.old) assertExpected(old, row.old)
}

function assertVerdict(request) {
  // What the gateway does not know at all it refuses before it looks at the signature.
  const verdict = verdictOf(request)
  assert.ok(verdict === 'ok' || verdict === 'UnknownRoute', `${verdict}: ${request.verdict.message}`)
}

test('the table is whole', () => {
  const rows = Object.values(TABLE).flat()
  const names = rows.map((row) => `${row.name} ${row.auth ?? ''} ${row.kind}`)
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
    'every row has its own name',
  )
  assert.ok(rows.length >= 150, `${rows.length} rows`)
  assert.deepEqual(
    rows.filter((row) => row.kind === 'fix' && !row.defect).map((row) => row.name),
    [],
  )
  const kinds = rows.flatMap(casesOf).map(({ kind }) => kind)
  const count = (kind) => kinds.filter((one) => one === kind).length
  console.log(`drop-in table: ${rows.length} rows, ${count('keep')} cases keep, ${count('fix')} cases fix`)
})
