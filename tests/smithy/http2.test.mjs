// gatesign/smithy in the AWS SDK's HTTP/2 clients, which have :authority in the place of host: what arrives at an
// HTTP/2 server is verified with the SDK's own signer.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http2'
import { after, before, beforeEach, test } from 'node:test'
import { Sha256 } from '@aws-crypto/sha256-js'
import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime'
import { KinesisClient, ListStreamsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis'
import { SignatureV4 as TheirSignatureV4 } from '@smithy/signature-v4'
import { createSigner, newClient } from 'gatesign'
import { SignatureV4 } from 'gatesign/smithy'
import { client, REGION, signedBy, WAYS } from '../lib/sdk-client.mjs'

const IDENTITIES = {
  'a long-lived key': {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  },
  'a session token': {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 'temporary/EXAMPLE+KEY',
    sessionToken: 'to/ken+==',
  },
}

const server = createServer()
/** What arrived: headers with the pseudo-headers, body, protocol. */
const requests = []
let url
before(async () => {
  server.on('stream', async (stream, headers) => {
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    requests.push({ headers: { ...headers }, body: Buffer.concat(chunks) })
    stream.respond({ ':status': 200, 'content-type': 'application/json' })
    stream.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${server.address().port}`
})
after(() => server.close())
beforeEach(() => requests.splice(0))

/** The Authorization header that the SDK's own signer gives what arrived. */
async function expected(credentials, service, { headers, body }) {
  const [, names] = /SignedHeaders=([^,]+)/.exec(headers.authorization)
  const signed = names.split(';').map((name) => [name, headers[name]])
  const { pathname, search } = new URL(headers[':path'], url)
  const query = Object.fromEntries(new URLSearchParams(search))
  const signer = new TheirSignatureV4({ credentials, region: REGION, service, sha256: Sha256 })
  const [, y, mo, d, h, mi, s] = /^(....)(..)(..)T(..)(..)(..)Z$/.exec(headers['x-amz-date'])
  const signingDate = new Date(Date.UTC(y, mo - 1, d, h, mi, s))
  const request = {
    method: headers[':method'],
    path: pathname,
    query,
    headers: Object.fromEntries(signed),
    body,
  }
  return (await signer.sign({ ...request, protocol: 'http:', hostname: 'h' }, { signingDate })).headers
    .authorization
}

const CALLS = [
  [
    'Kinesis: PutRecord',
    KinesisClient,
    'kinesis',
    () => new PutRecordCommand({ StreamName: 's', PartitionKey: 'p', Data: Buffer.from('data ü') }),
  ],
  ['Kinesis: ListStreams', KinesisClient, 'kinesis', () => new ListStreamsCommand({})],
  [
    'Bedrock Runtime: InvokeModel',
    BedrockRuntimeClient,
    'bedrock',
    () =>
      new InvokeModelCommand({
        modelId: 'anthropic.claude-v2:1',
        body: '{"prompt":"é"}',
        contentType: 'application/json',
      }),
  ],
  [
    'Bedrock Runtime: Converse',
    BedrockRuntimeClient,
    'bedrock',
    () =>
      new ConverseCommand({
        modelId: 'arn:aws:bedrock:us-east-1::model/a b',
        messages: [{ role: 'user', content: [{ text: 'x' }] }],
      }),
  ],
]
for (const [name, Client, service, command] of CALLS) {
  for (const [whose, credentials] of Object.entries(IDENTITIES)) {
    for (const way of Object.keys(WAYS)) {
      test(`${name}, ${whose}, ${way}`, async () => {
        const sdk = client(Client, url, credentials, service, way)
        try {
          await signedBy(1, () => sdk.send(command()))
        } finally {
          sdk.destroy()
        }
        assert.equal(requests.length, 1)
        const [{ headers }] = requests
        assert.equal(headers[':authority'], new URL(url).host)
        assert.equal(headers.host, undefined)
        assert.equal(headers['x-amz-security-token'], credentials.sessionToken)
        assert.equal(headers.authorization, await expected(credentials, service, requests[0]))
        assert.match(headers.authorization, /SignedHeaders=:authority;/)
      })
    }
  }
}

test('sign and presign are those of the SDK with :authority, in any place', async () => {
  for (const credentials of Object.values(IDENTITIES)) {
    for (const headers of [
      { ':authority': 'kinesis.us-east-1.amazonaws.com:8443', 'x-a': '1' },
      { 'x-a': '1', ':authority': 'other.example', host: 'both.example' },
    ]) {
      const options = { credentials, region: REGION, service: 'kinesis' }
      const request = () => ({
        method: 'POST',
        protocol: 'https:',
        hostname: 'h',
        path: '/',
        query: {},
        headers: { ...headers },
        body: 'x',
      })
      const at = { signingDate: new Date('2026-03-04T05:06:07Z') }
      const theirs = new TheirSignatureV4({ ...options, sha256: Sha256 })
      const ours = new SignatureV4(options)
      assert.deepEqual((await ours.sign(request(), at)).headers, (await theirs.sign(request(), at)).headers)
      assert.deepEqual((await ours.presign(request(), at)).query, (await theirs.presign(request(), at)).query)
    }
  }
})

test('createSigner takes :authority; other pseudo-headers, and all of them in newClient, are refused', async () => {
  const signer = createSigner({ ...IDENTITIES['a long-lived key'], region: REGION, service: 'kinesis' })
  const { canonicalRequest } = signer.explain({
    url: 'https://h.example/',
    headers: { ':authority': 'a.example' },
  })
  assert.match(canonicalRequest, /\n:authority:a\.example\nx-amz-date:[^\n]+\n\n:authority;x-amz-date\n/)
  for (const name of [':path', ':method', ':scheme', ':Authority', '::authority', ':']) {
    const message = `headers must be names that HTTP allows (RFC 9110 token); got ${JSON.stringify(name)}`
    assert.throws(() => signer.sign({ url: 'https://h.example/', headers: { [name]: 'x' } }), {
      name: 'TypeError',
      message,
    })
  }
  const message = /^headers must be names that HTTP allows.*":authority"$/
  const calling = newClient({
    invokeUrl: 'https://h.example',
    region: REGION,
    credentials: IDENTITIES['a long-lived key'],
  })
  await assert.rejects(calling.sign({ additionalParams: { headers: { ':authority': 'x' } } }), {
    name: 'TypeError',
    message,
  })
  const line = /^headers must be values without control characters/
  assert.throws(() => signer.sign({ url: 'https://h.example/', headers: { ':authority': 'a\r\nb' } }), {
    message: line,
  })
})
