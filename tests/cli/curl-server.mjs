// A server whose answers curl and `gatesign call` are compared by, with a proxy and TLS next to it.

import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createSocketServer } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

async function listening(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}

/** @param {string} folder for the certificate */
export async function startCurlServer(folder) {
  let got = []
  let flaky = 0
  const record = (request, body) => {
    const headers = []
    for (let i = 0; i < request.rawHeaders.length; i += 2) headers.push(request.rawHeaders.slice(i, i + 2))
    got.push({ method: request.method, target: request.url, headers, body: body.toString('latin1') })
  }
  const handle = async (request, response) => {
    const chunks = []
    try {
      for await (const chunk of request) chunks.push(chunk)
    } catch {
      return
    }
    record(request, Buffer.concat(chunks))
    answer(request, response)
  }
  const answer = (request, response) => {
    const [, kind, value] = request.url.replace(/^http:\/\/[^/]+/, '').split(/[/?]/)
    const { socket } = response
    switch (kind) {
      case 'status':
        return response.writeHead(Number(value), { location: '/text' }).end(`status ${value}`)
      case 'redirect': {
        const other = `http://localhost:${port}/text`
        const to = { loop: '/redirect/loop', elsewhere: other }[value] ?? '/text'
        return response.writeHead(Number(value) || 302, { location: to }).end('moved')
      }
      case 'text':
        return response.writeHead(200, { 'content-type': 'text/plain', 'x-own': 'own' }).end('text\n')
      case 'gzip':
        return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('was compressed'))
      case 'flaky':
        return response.writeHead(flaky++ % 3 === 2 ? 200 : 503).end()
      case 'slow':
        return
      case 'slow-body':
        return response.writeHead(200).write('begun')
      case 'close':
        return socket.end()
      case 'reset':
        return socket.resetAndDestroy()
      case 'half-head':
        return socket.end('HTTP/1.1 200 OK\r\nContent-Le')
      case 'partial':
        return socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')
      case 'partial-chunks':
        return socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n')
      case 'no-http':
        return socket.end('220 mail.example ESMTP\r\n')
      default:
        return response.end('ok')
    }
  }
  const server = createServer(handle)
  const port = await listening(server)

  const [key, cert] = ['key', 'cert'].map((name) => join(folder, `${name}.pem`))
  const make = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost'
  const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert]
  execFileSync('openssl', [...make.split(' '), ...names], { stdio: 'pipe' })
  const tls = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, handle)
  const tlsPort = await listening(tls)

  // What a plain HTTP request to a port of TLS gets from most servers: an alert.
  const alerting = createSocketServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])))
  })
  const alertPort = await listening(alerting)

  // It answers itself, so that it is seen what came through it; to CONNECT it says no.
  const proxy = createServer(handle)
  proxy.on('connect', (request, socket) => {
    record(request, Buffer.alloc(0))
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
  })
  const proxyPort = await listening(proxy)

  const closed = createSocketServer()
  const closedPort = await listening(closed)
  await once(closed.close(), 'close')

  const all = [server, tls, alerting, proxy]
  return {
    places: {
      URL: `http://127.0.0.1:${port}`,
      PORT: String(port),
      TLS: `https://localhost:${tlsPort}`,
      CA: cert,
      CLOSED: `http://127.0.0.1:${closedPort}`,
      PROXY: `http://127.0.0.1:${proxyPort}`,
      'TLS-AS-HTTP': `http://127.0.0.1:${alertPort}`,
      'HTTP-AS-TLS': `https://127.0.0.1:${port}`,
    },
    begin() {
      got = []
      flaky = 0
    },
    received: () => got,
    async stop() {
      for (const each of all) {
        each.closeAllConnections?.()
        each.close()
      }
    },
  }
}
