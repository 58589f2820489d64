// What the names of hosts tell: the table that the client's own reading is tested with too.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { apiOf } from '../../src/js/host.js'
import { importSource } from '../../xtask/sources.mjs'

const { readAllowed, refusalOf } = await importSource('src/cli/serve/allowed.ts')

const HOSTS = readFileSync(new URL('../../src/client/hosts.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' '))

test('the region of a host', () => {
  assert.ok(HOSTS.length > 10)
  for (const [host, region] of HOSTS) assert.equal(apiOf(host)?.region ?? '-', region, host)
})

test('a star stands for the API of any host that tells its region', () => {
  const regional = HOSTS.filter(([, region]) => region !== '-')
  for (const [host] of regional) {
    const allowed = readAllowed([host.replace(/^[^.]+/, '*')])
    assert.equal(refusalOf(allowed, new URL(`https://${host}/prod`)), '', host)
    assert.match(refusalOf(allowed, new URL(`https://a.${host}/prod`)), /is not on the forwarder's list/)
  }
  for (const [host] of HOSTS.filter((row) => !regional.includes(row))) {
    assert.throws(() => readAllowed([host.replace(/^[^.]+/, '*')]), /--forward takes HOST/, host)
  }
})
