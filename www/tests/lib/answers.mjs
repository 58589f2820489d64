// A server whose answers a test gives as bytes and media types, readable for every page.

import { createServer } from 'node:http'

/** @param {Record<string, { type: string, body: string | Uint8Array, headers?: Record<string, string> }>} answers by path */
export async function serveAnswers(answers) {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    if (!answer) return void response.writeHead(404).end()
    const shared = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' }
    response.writeHead(200, { ...shared, 'content-type': answer.type, ...answer.headers }).end(answer.body)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
