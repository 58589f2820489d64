// What a request says of its own signature: a payload hash of its own, an earlier signature in its URL.

import { beforeAll, describe, expect, it } from 'vitest'
import { NO_CREDENTIALS } from '../../src/model/credentials'
import { emptyRequest, row } from '../../src/model/request'
import { callOf } from '../../src/sign/call'
import { ready } from '../../src/sign/gatesign'
import { explainWire, wireOf } from '../../src/sign/wire'

beforeAll(() => ready)

const KEYS = { ...NO_CREDENTIALS, accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const DIGEST = '4a60bf7d4bc1e485744cf7e8d0860524752fca1ce42331be7c439fd23043f151'

function callTo(service: string, place: 'header' | 'query', url: string, headers: [string, string][] = []) {
  const doc = emptyRequest()
  doc.method = 'PUT'
  doc.url = url
  doc.headers = headers.map(([name, value]) => row(name, value))
  doc.auth = { ...doc.auth, kind: 'iam', place, service, region: 'us-east-1' }
  return callOf(doc, new Map())
}

async function signed(call: ReturnType<typeof callTo>, credentials = KEYS) {
  const wire = await wireOf(call, credentials)
  const explained = explainWire(wire, call, credentials)
  expect(explained?.proved, explained?.canonicalRequest).toBe(true)
  return { wire, canonical: explained?.canonicalRequest ?? '' }
}

describe.each(['execute-api', 's3', 'vpc-lattice-svcs'])('%s', (service) => {
  describe.each(['header', 'query'] as const)('signature in the %s', (place) => {
    it.each(['UNSIGNED-PAYLOAD', DIGEST])(
      'the payload hash that a header names is signed: %s',
      async (hash) => {
        const headers: [string, string][] = [['X-Amz-Content-Sha256', hash]]
        const { wire, canonical } = await signed(callTo(service, place, 'https://h.example/k', headers))
        expect(wire.headers['x-amz-content-sha256']).toBe(hash)
        expect(canonical).toContain(`\nx-amz-content-sha256:${hash}\n`)
        expect(canonical.endsWith(`\n${hash}`)).toBe(true)
      },
    )

    it('headers of AWS that are sent are signed', async () => {
      const headers: [string, string][] = [['x-amz-acl', 'private']]
      const { canonical } = await signed(callTo(service, place, 'https://h.example/k', headers))
      expect(canonical).toMatch(/\n(?:accept;)?host;x-amz-acl(?:;x-amz-content-sha256)?(?:;x-amz-date)?\n/)
    })

    it('an earlier signature is removed', async () => {
      const names = [
        'Algorithm',
        'Credential',
        'Date',
        'Expires',
        'SignedHeaders',
        'Security-Token',
        'Signature',
      ]
      const query = names.map((name) => `X-Amz-${name}=old`).join('&')
      const call = callTo(service, place, `https://h.example/k?a=1&${query}`)
      const { wire } = await signed(call, { ...KEYS, sessionToken: 'new' })
      expect(wire.url).not.toContain('old')
      const left = [...new URL(wire.url).searchParams.keys()]
      expect(left.sort()).toEqual(
        place === 'header' ? ['a'] : [...names.map((name) => `X-Amz-${name}`), 'a'].sort(),
      )
    })
  })
})

it('a WebSocket has no headers that its URL could sign', async () => {
  const call = callTo('execute-api', 'query', 'wss://h.example/k', [['x-amz-acl', 'private']])
  const { wire } = await signed(call)
  expect(new URL(wire.url).searchParams.get('X-Amz-SignedHeaders')).toBe('host')
})

describe.each(['header', 'query'] as const)('Signature Version 4A in the %s', (place) => {
  const callFor = (regionSet: string) => {
    const doc = emptyRequest()
    doc.url = 'https://h.example/k'
    doc.auth = { ...doc.auth, kind: 'iam', place, service: 's3', regionSet }
    return callOf(doc, new Map())
  }

  it('is for the regions, and its steps lead to it', async () => {
    const { wire, canonical } = await signed(callFor(' us-east-1,eu-west-1 '))
    const [name, value] =
      place === 'header'
        ? ['x-amz-region-set', wire.headers['x-amz-region-set']]
        : ['X-Amz-Region-Set', new URL(wire.url).searchParams.get('X-Amz-Region-Set')]
    expect(value).toBe('us-east-1,eu-west-1')
    expect(canonical).toContain(name)
    expect(JSON.stringify(wire)).toContain('AWS4-ECDSA-P256-SHA256')
  })

  it('says which regions cannot be', async () => {
    await expect(signed(callFor('us-east-1 eu-west-1'))).rejects.toThrow(/regionSet must be regions' codes/)
  })
})
