// fetch, sign, presign, explain and diagnose.

import { type CallRequest, type Client, type Diagnosis, diagnose } from 'gatesign'

const request: CallRequest = {
  pathParams: { id: 1 },
  pathTemplate: '/pets/{id}',
  method: 'POST',
  additionalParams: { headers: { 'x-a': '1' } },
  body: { a: 1 },
}

export async function use(client: Client): Promise<Diagnosis> {
  const response: Response = await client.fetch('/pets', { method: 'POST', body: 'x', keepalive: true })
  await client.fetch(new Request(response.url))
  await client.fetch(new URL(response.url))

  const { url, ...init } = await client.sign(request)
  await fetch(url, init)

  const link: string = await client.presign({ ...request, expiresIn: 60 })
  new WebSocket(await client.presign({ expiresIn: 60 }))

  const { canonicalRequest, stringToSign, credentialScope, signedHeaders, payloadHash, signature, amzDate } =
    await client.explain(request)
  console.log(
    canonicalRequest,
    stringToSign,
    credentialScope,
    signedHeaders,
    payloadHash,
    signature,
    amzDate,
    link,
  )

  const diagnosis = diagnose(
    { status: response.status, headers: response.headers, body: await response.text() },
    { canonicalRequest },
  )
  if (diagnosis.kind === 'SignatureDoesNotMatch' && diagnosis.diff) {
    const { part, line, ours, theirs } = diagnosis.diff
    console.log(part, line.toFixed(), ours, theirs, diagnosis.server?.canonicalRequest)
  }
  return diagnosis
}
