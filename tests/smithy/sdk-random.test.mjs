// Seeded random commands through the S3 and DynamoDB clients of the AWS SDK, once with its own signer and once
// with ours: the same requests leave, signatures and all. Keys with every spelling, streams, tokens, clocks.

import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, mock, test } from 'node:test'
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { HttpResponse } from '@smithy/core/protocols'
import { SignatureV4 } from 'gatesign/smithy'
import { seeded } from '../lib/seeded.mjs'

// LONG is set by cargo xtask test --long.
const COMMANDS = process.env.LONG ? 10_000 : 400
const totals = { sent: 0, refused: 0 }
let signed = 0
class Counted extends SignatureV4 {
  async sign(...given) {
    signed += 1
    return super.sign(...given)
  }
}
before(() => mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-04T05:06:07.890Z') }))
after(() => {
  mock.timers.reset()
  console.log(
    `counted: ${COMMANDS} random commands of the AWS SDK, with its signer and with ours: ${totals.sent} left the ` +
      `same, ${totals.refused} were refused by the SDK`,
  )
})

const PIECES = [
  ...[
    'a',
    'Z',
    '/',
    '//',
    ' ',
    '+',
    '%',
    '%20',
    '%2F',
    '.',
    '..',
    '/./',
    '/../',
    'é',
    '日',
    '😀',
    '!',
    "'",
    '(',
  ],
  ...[
    ')',
    '*',
    '~',
    ':',
    '@',
    '&',
    '=',
    '?',
    '#',
    ';',
    ',',
    '$',
    '[',
    '|',
    '\\',
    '^',
    '`',
    '"',
    '<',
    '\t',
    '\u007f',
  ],
]
const WORDS = ['a', 'B', ' ', '  ', '=', '/', '+', '"', ',', ';', '%', '~']
const BODIES = [
  ...['text ü', '', undefined, Buffer.alloc(70_000, 1), new Uint8Array([1, 2])].map((body) => () => body),
  () => Readable.from([Buffer.from('ab'), Buffer.from('cd')]),
  () => new Blob(['blob']),
  () => new Response('web ').body,
]
const ENDPOINTS = [
  'https://s3.example.com',
  'http://127.0.0.1:9000',
  'https://[::1]:9443',
  'https://a.example/b/c',
]
const IDENTITIES = [
  { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'other/secret+', sessionToken: 'to/ken+==' },
]

/** A client, its options and a command: the same for the same random numbers. */
function given(random) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const text = (pieces) => Array.from({ length: 1 + random() * 6 }, () => pick(pieces)).join('')
  const [Key, word, other, body] = [text(PIECES), text(WORDS), text(WORDS), pick(BODIES)()]
  const isStream = body instanceof Readable || body instanceof ReadableStream
  const object = { Bucket: 'bucket', Key }
  const commands = [
    () =>
      new PutObjectCommand({
        ...object,
        Body: body,
        ContentLength: isStream ? 4 : undefined,
        Metadata: { m: word },
      }),
    () => new GetObjectCommand({ ...object, ResponseContentType: word, VersionId: other, Range: 'bytes=0-' }),
    () => new CopyObjectCommand({ ...object, CopySource: `bucket/${encodeURIComponent(Key)}` }),
    () => new ListObjectsV2Command({ Bucket: 'bucket', Prefix: Key, Delimiter: word }),
    () => new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects: [{ Key }] } }),
    () => new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [{ Key: word, Value: other }] } }),
    () => new PutItemCommand({ TableName: 'table', Item: { a: { S: Key } } }),
    () => new QueryCommand({ TableName: 'table', KeyConditionExpression: Key }),
  ]
  const chosen = Math.floor(random() * commands.length)
  const options = {
    credentials: pick(IDENTITIES),
    systemClockOffset: pick([0, 3_600_000, -7_200_000]),
    endpoint: pick([undefined, ...ENDPOINTS]),
    forcePathStyle: random() < 0.5,
    requestChecksumCalculation: pick(['WHEN_SUPPORTED', 'WHEN_REQUIRED']),
  }
  return { Client: chosen < 6 ? S3Client : DynamoDBClient, options, command: commands[chosen]() }
}

/** What leaves, or why nothing does. */
async function outcome(seed, signer) {
  const { Client, options, command } = given(seeded(seed))
  let left
  const requestHandler = {
    async handle({ method, hostname, port, path, query, headers, body }) {
      left = { method, hostname, port, path, query, headers: { ...headers } }
      if (body instanceof Readable) for await (const _ of body);
      return {
        response: new HttpResponse({
          statusCode: 200,
          body: Readable.from([Client === S3Client ? '<a/>' : '{}']),
        }),
      }
    },
  }
  const client = new Client({
    region: 'us-east-1',
    maxAttempts: 1,
    requestHandler,
    logger: {},
    ...options,
    ...signer,
  })
  // They are signed and differ with each call.
  const fixed = (next) => (given) => {
    for (const name of Object.keys(given.request.headers))
      if (/^amz-sdk-|user-agent$/.test(name)) given.request.headers[name] = 'fixed'
    return next(given)
  }
  client.middlewareStack.addRelativeTo(fixed, { relation: 'before', toMiddleware: 'httpSigningMiddleware' })
  const [{ reason }] = await Promise.allSettled([client.send(command)])
  return left ?? `${reason}`
}

test(`${COMMANDS} commands`, async () => {
  for (let seed = 1; seed <= COMMANDS; seed += 1) {
    const theirs = await outcome(seed, {})
    assert.deepEqual(await outcome(seed, { signerConstructor: Counted }), theirs, `seed ${seed}`)
    totals[typeof theirs === 'string' ? 'refused' : 'sent'] += 1
  }
  assert.equal(signed, totals.sent, 'by our signer')
})
