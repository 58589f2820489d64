import { describe, expect, it } from 'vitest'
import { createSigner, ready } from '../../src/sign/gatesign'
import { linesOfRequest, linesOfString } from '../../src/sign/lines'
import { differenceOf } from '../../src/viewers/difference'

const CASES: [ours: string, theirs: string, differs: string][] = [
  ['format=dynamodb', 'format=other', 'dynamodb'],
  ['/a%20b', '/a%2520b', ''],
  ['/a%2520b', '/a%20b', '52'],
  ['same', 'same', ''],
  ['aa', 'a', 'a'],
  ['', 'x', ''],
  ['x', '', 'x'],
]

it.each(CASES)('%j next to %j', (ours, theirs, differs) => {
  const { from, to } = differenceOf(ours, theirs)
  expect(ours.slice(from, to)).toBe(differs)
})

describe('lines that explain themselves', () => {
  const request =
    'GET\n/a%2520b\na=1\nhost:h\nx-amz-date:20250101T000000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD'

  it('of a canonical request', () => {
    const scope = '20250101/us-east-1/execute-api/aws4_request'
    const meanings = linesOfRequest(request, scope).map(({ meaning }) => meaning)
    expect(meanings).toHaveLength(8)
    expect(meanings[1]).toContain('once more')
    expect(meanings[4]).toContain('5 minutes')
    expect(meanings[7]).toContain('not part of the signature')
  })

  // As the package itself signs: `%` of the wire stays as it is, or is encoded once more.
  it.each([
    's3',
    's3express',
    's3-object-lambda',
    's3-outposts',
    'execute-api',
    'vpc-lattice-svcs',
    'aoss',
    'es',
    's3tables',
  ])('of the path for %s', async (service) => {
    await ready
    const signer = createSigner({ accessKeyId: 'A', secretAccessKey: 's', region: 'us-east-1', service })
    const { canonicalRequest, credentialScope } = signer.explain({ url: 'https://h.example/a%20b' })
    const [, path] = linesOfRequest(canonicalRequest, credentialScope)
    expect(path?.meaning).toContain(path?.text === '/a%20b' ? 'only once' : 'once more')
  })

  it('of a body that is sent in chunks', () => {
    const chunked = request.replace('UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
    expect(linesOfRequest(chunked, 'a/b/s3/aws4_request').at(-1)?.meaning).toContain('chunks')
  })

  it('of a string to sign', () => {
    const lines = linesOfString(
      'AWS4-HMAC-SHA256\n20250101T000000Z\n20250101/us-east-1/execute-api/aws4_request\nabc',
    )
    expect(lines.every(({ meaning }) => meaning !== '')).toBe(true)
  })
})
