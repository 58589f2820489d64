// gatesign/streams and gatesign/events, where they are run apart from the main entry.

import { same } from './support.mjs'

/** The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
const SIGNATURES = [
  'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
  '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
  '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
  'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
]

/**
 * @param {any} entries `createSigner`, `signStream` and `readEvents`
 * @returns {Promise<[string, boolean][]>}
 */
export async function checkStreams({ createSigner, signStream, readEvents }) {
  const signer = createSigner({
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 's3',
  })
  const source = new ReadableStream({
    start(controller) {
      for (const size of [60_000, 6560]) controller.enqueue(new Uint8Array(size).fill(97))
      controller.close()
    },
  })
  const { body, contentLength } = signStream(signer, {
    url: 'https://s3.amazonaws.com/examplebucket/chunkObject.txt',
    headers: { 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
    body: source,
    contentLength: 66_560,
    checksum: 'CRC32C',
    date: '20130524T000000Z',
  })
  const text = await new Response(body).text()
  same(
    Array.from(text.matchAll(/signature[=:](\w+)/g), ([, signature]) => signature),
    SIGNATURES,
    'signatures',
  )
  const events = []
  for await (const { data } of readEvents(new Response('data: 1\r\n\r\ndata: 2\n\n'))) events.push(data)
  return [
    ['an upload that streams has the published signatures', text.length === contentLength],
    ['Server-Sent Events are read', events.join() === '1,2'],
  ]
}
