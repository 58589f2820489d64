// Signatures without a call.

import { beyondAscii, Failure, IDENTITY, REGION, same, sent, signedClient } from './support.mjs'

/** @type {import('./support.mjs').Check[]} */
export const SIGNING = [
  [
    'a presigned URL needs nothing else',
    async ({ gatesign, gateway, control }) => {
      const client = signedClient(gatesign, gateway)
      const url = await client.presign({ pathTemplate: '/movie_list', expiresIn: 600 })
      same((await fetch(url)).status, 200, 'status')
      const [request] = await sent(control)
      same([request.verdict.ok, request.verdict.by], [true, 'query'], 'verdict')
    },
  ],
  [
    'createSigner signs a request for fetch',
    async ({ gatesign, gateway, control }) => {
      const signer = gatesign.createSigner({ ...IDENTITY, region: REGION, service: 'execute-api' })
      const headers = { 'content-type': 'text/plain' }
      const { method, url, ...rest } = signer.sign({
        method: 'POST',
        url: `${gateway}/stage/echo/s`,
        headers,
        body: beyondAscii('%C3%A9'),
      })
      same((await fetch(url, { method, ...rest })).status, 200, 'status')
      const [request] = await sent(control)
      same([request.verdict.ok, request.bodyLength], [true, 2], 'verdict, bodyLength')
    },
  ],
  [
    'createSigner gives the published signatures',
    async ({ gatesign }) => {
      // get-vanilla of the official suite.
      const signer = gatesign.createSigner({ ...IDENTITY, region: REGION, service: 'service' })
      const explained = signer.explain({ url: 'https://example.amazonaws.com/', date: '20150830T123600Z' })
      same(
        explained.signature,
        '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
        'get-vanilla',
      )
      // The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
      const s3 = gatesign.createSigner({
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        region: REGION,
        service: 's3',
      })
      const url = 'https://examplebucket.s3.amazonaws.com/test.txt'
      const signed = s3.presign({ url, expiresIn: 86_400, date: new Date(Date.UTC(2013, 4, 24)) })
      const signature = new URL(signed).searchParams.get('X-Amz-Signature')
      same(
        signature,
        'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
        'presigned GET of S3',
      )
    },
  ],
]

/**
 * A WebSocket API: the handshake can carry no header, so the signature is in the URL.
 *
 * @type {import('./support.mjs').Check}
 */
export const SOCKET = [
  'a presigned URL opens a WebSocket',
  async ({ gatesign, gateway, control }) => {
    const client = signedClient(gatesign, gateway, { invokeUrl: `${gateway.replace('http:', 'ws:')}/stage` })
    const message = beyondAscii('hello %C3%BC')
    const socket = new WebSocket(await client.presign({ pathTemplate: '/ws', expiresIn: 60 }))
    const answer = new Promise((resolve, reject) => {
      socket.addEventListener('open', () => socket.send(message))
      socket.addEventListener('message', ({ data }) => resolve(data))
      socket.addEventListener('error', () => reject(new Failure('the WebSocket did not open')))
    })
    same(await answer, message, 'message')
    socket.close()
    const [request] = await sent(control)
    same([request.verdict.ok, request.verdict.by], [true, 'query'], 'verdict')
  },
]
