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

/**
 * A server that answers a request, with what it was asked, when the test says so: to see what is while one runs.
 * @returns its `url`; `waiting` are the requests that have come and have no answer
 */
export async function serveWhenTold() {
  const waiting = []
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', 'authorization, x-amz-date')
    if (request.method === 'OPTIONS') response.end()
    else waiting.push(() => response.end(JSON.stringify({ asked: request.url })))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    waiting,
    answer: () => waiting.shift()(),
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
