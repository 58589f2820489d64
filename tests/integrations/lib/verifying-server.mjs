// A server of this machine that verifies what arrives with the AWS SDK's own signer: for what the local gateway does not
// speak, such as GraphQL and the Model Context Protocol.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { LONG_LIVED, REGION } from '../../lib/gateway.mjs'

/**
 * What is wrong with a request's signature; undefined for nothing.
 *
 * @param {{ method: string, path: string, headers: Record<string, string>, body: string | Uint8Array }} request
 *   `path` with its query, names of headers in lower case
 * @param {string} service
 */
export async function refusalOf({ method, path, headers, body }, service) {
  const { authorization = '', ...sent } = headers
  const [, scope, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), ?SignedHeaders=(\S+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? []
  if (!scope) return 'no signature'
  const [keyId, , region, scoped] = scope.split('/')
  if (keyId !== LONG_LIVED.accessKey || region !== REGION || scoped !== service) return `the scope ${scope}`
  const signed = names.split(';')
  if (!signed.includes('host')) return 'host is not signed'
  const date = new Date(sent['x-amz-date'].replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'))
  if (!(Math.abs(Date.now() - date) < 300_000)) return `the time ${sent['x-amz-date']}`
  const url = new URL(path, `http://${sent.host}`)
  const signer = new SignatureV4({
    credentials: { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey },
    ...{ region, service, sha256: Sha256, applyChecksum: false },
  })
  const again = await signer.sign(
    {
      ...{ method, protocol: 'http:', hostname: url.hostname, path: url.pathname, body: String(body) },
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(signed.map((name) => [name, sent[name] ?? ''])),
    },
    { signingDate: date },
  )
  return again.headers.authorization.endsWith(signature) ? undefined : 'another signature'
}

/**
 * @param {string} service of the credential scope
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, body: string) => void} answer
 *   of what is verified; all else gets 403
 */
export async function startVerifyingServer(service, answer) {
  const arrived = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const { method, url: path, headers } = request
    const refusal = await refusalOf({ method, path, headers, body }, service)
    arrived.push({ method, path, refusal })
    if (refusal)
      response
        .writeHead(403, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: refusal }))
    else answer(request, response, body.toString())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    server,
    arrived,
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
