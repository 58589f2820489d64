// gatesign/smithy without an SDK: every way of signing. sdk/clients.ts has the SDK's own clients.

import { type HttpRequest, SignatureV4 } from 'gatesign/smithy'

export const signer = new SignatureV4({
  credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }),
  region: async () => 'us-east-1',
  service: 's3',
  uriEscapePath: false,
  applyChecksum: true,
})

export async function use(): Promise<string> {
  const request: HttpRequest = {
    method: 'GET',
    protocol: 'https:',
    hostname: 'example.com',
    path: '/',
    query: { a: ['1', '2'], b: null },
    headers: {},
  }
  const signingDate = new Date()
  const { headers } = await signer.sign(request, { signingDate, signableHeaders: new Set(['user-agent']) })
  const { query } = await signer.presign(request, { expiresIn: 60, hoistableHeaders: new Set(['range']) })
  const event = { headers: new Uint8Array(0), payload: new Uint8Array(0) }
  const signature: string = await signer.sign(event, { priorSignature: '' })
  const message = { headers: { a: { type: 'string', value: 'x' } }, body: new Uint8Array(0) }
  const signed = await signer.sign({ message, priorSignature: signature })
  console.log(headers.authorization, query, signed.signature)
  return signer.sign('text')
}
