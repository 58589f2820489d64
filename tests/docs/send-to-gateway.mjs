// Preloaded into snippets: requests to AWS hosts go to the local gateway, with the host that was signed.
//
// So a snippet runs as it is printed, and the gateway checks the signature for the real host name.

import { once } from 'node:events'
import { request as open } from 'node:http'
import { buffer } from 'node:stream/consumers'

const { hostname, port } = new URL(process.env.DOCS_GATEWAY)

const toAnywhere = globalThis.fetch
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init)
  const { host, pathname, search } = new URL(request.url)
  // The stand-in for Cognito.
  if (process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY === `http://${host}`) return toAnywhere(request)
  if (!host.endsWith('.amazonaws.com')) throw new TypeError(`a snippet must not call ${host}`)
  const headers = { ...Object.fromEntries(request.headers), host }
  const sent = open({ hostname, port, path: pathname + search, method: request.method, headers })
  sent.end(Buffer.from(await request.arrayBuffer()))
  const [answer] = await once(sent, 'response')
  return new Response(await buffer(answer), { status: answer.statusCode, headers: answer.headers })
}
