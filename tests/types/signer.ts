// createSigner with every option.

import { createSigner, type Explanation, type Signer, type SignerOptions } from 'gatesign'

const options: SignerOptions = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  region: 'us-east-1',
  service: 's3',
  doubleEncodePath: false,
  normalizePath: false,
  signPayload: false,
  payloadHeader: true,
  omitSessionToken: true,
  unsignableHeaders: ['x-trace'],
  signableHeaders: ['user-agent'],
  date: '20130524T000000Z',
}
const signer: Signer = createSigner(options)

const { url, ...init } = signer.sign({
  method: 'PUT',
  url: new URL('https://bucket.s3.us-east-1.amazonaws.com/key'),
  headers: { 'content-type': 'text/plain' },
  body: new Uint8Array(4),
  date: new Date(),
})
export const sent: Promise<Response> = fetch(url, init)
export const link: string = signer.presign({ url: 'https://example.com/', expiresIn: 3600, date: 0 })
export const explanation: Explanation = signer.explain({
  url: { host: 'example.com', path: '/', query: 'a=1' },
})
export const policy: string = signer.signString('text', Date.now())
signer.sign({ url, bodyHash: 'UNSIGNED-PAYLOAD', headers: null })
