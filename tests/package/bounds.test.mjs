// Bounds that the core, the scripts, the types and the page name: one value in all of them.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { createSigner } from 'gatesign'

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const numberIn = (path, pattern) => Number(pattern.exec(read(path))[1].replaceAll('_', ''))

const MOST_SECONDS = numberIn('src/js/bounds.ts', /MOST_SECONDS = ([\d_]+)/)
const RENEWED_EARLY = numberIn('src/js/bounds.ts', /RENEWED_EARLY = ([\d_]+)/)

describe('the life of a presigned URL', () => {
  test('the core has the same bound', () => {
    assert.equal(numberIn('crates/sigv4/src/lib.rs', /MAX_EXPIRES: u32 = ([\d_]+)/), MOST_SECONDS)
  })

  test('errors of the core and of the scripts name it', () => {
    const signer = createSigner({ accessKeyId: 'a', secretAccessKey: 'b', region: 'r', service: 's' })
    const presign = (expiresIn) => signer.presign({ url: 'https://a.b/', expiresIn })
    assert.match(presign(MOST_SECONDS), /X-Amz-Expires=\d+/)
    assert.throws(() => presign(MOST_SECONDS + 1), new RegExp(` from 1 to ${MOST_SECONDS}; `))
    assert.match(read('src/client/error.rs'), new RegExp(` of seconds from 1 to ${MOST_SECONDS}"`))
  })

  test('types and help name it, and no script writes it once more', () => {
    for (const file of ['index', 'smithy'])
      assert.match(read(`pkg-template/${file}.d.ts`), new RegExp(`\\b1 to ${MOST_SECONDS}\\b`))
    for (const file of ['js/values', 'cli/main', 'cli/options/connection', 'verify/signed'])
      assert.doesNotMatch(read(`src/${file}.ts`), /604_?800/)
    assert.doesNotMatch(read('www/src/panels/auth-signature.tsx'), /604_?800/)
  })
})

test('credentials are renewed as early in Rust as in JavaScript, and as the types say', () => {
  assert.equal(numberIn('src/send/source.rs', /EARLY: f64 = ([\d_]+)\.0/), RENEWED_EARLY)
  assert.match(read('pkg-template/index.d.ts'), new RegExp(`again ${RENEWED_EARLY / 60_000} minutes before`))
})
